"""How long a search takes: faiss's exact index against brute force in numpy, in one run.

python benchmarks/search.py --count 27000 --dims 128

Both give the same hits; brute force is `vectors @ query` and `argpartition`. One query at a time,
as a person asks, and 256 at once. Files: how long saving and reopening the index take.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import faiss
import numpy as np

from pincel.look.embed import normalised
from pincel.look.index import Entry, VectorIndex, open_index


def brute(vectors: np.ndarray, queries: np.ndarray, count: int) -> np.ndarray:
    """Rows of the nearest, nearest first, (m, count)."""
    cosines = queries @ vectors.T
    some = np.argpartition(-cosines, count - 1, 1)[:, :count]
    order = np.argsort(-np.take_along_axis(cosines, some, 1), 1)
    return np.take_along_axis(some, order, 1)


def timed(work: Callable[[int], object], times: int) -> dict[str, float]:
    """Milliseconds of `work(k)`: median, 95 %, and CPU (all threads)."""
    work(0)
    walls = []
    cpu = time.process_time()
    for k in range(times):
        start = time.perf_counter()
        work(k)
        walls.append(time.perf_counter() - start)
    cpu = (time.process_time() - cpu) / times
    return {
        "median_ms": round(1000 * float(np.median(walls)), 3),
        "p95_ms": round(1000 * float(np.quantile(walls, 0.95)), 3),
        "cpu_ms": round(1000 * cpu, 3),
    }


def main() -> int:
    """Measure and print one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--count", type=int, default=27_000)
    parser.add_argument("--dims", type=int, default=128)
    parser.add_argument("--hits", type=int, default=5)
    parser.add_argument("--times", type=int, default=200)
    parser.add_argument("--threads", type=int, default=2)
    chosen = parser.parse_args()
    faiss.omp_set_num_threads(chosen.threads)
    rng = np.random.default_rng(0)
    vectors = normalised(rng.standard_normal((chosen.count, chosen.dims), np.float32))
    queries = normalised(rng.standard_normal((256, chosen.dims), np.float32))
    entries = tuple(Entry(f"card-{n:05d}") for n in range(chosen.count))
    index = VectorIndex(vectors, entries, {"by": "random"})
    hits = chosen.hits
    same = bool((index.search(queries, hits)[1] == brute(vectors, queries, hits)).all())
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "cards.index"
        start = time.perf_counter()
        path.write_bytes(index.to_bytes())
        saved = time.perf_counter() - start
        start = time.perf_counter()
        open_index(path).search(queries[:1], hits)
        opened = time.perf_counter() - start
        size = path.stat().st_size
    one, many = chosen.times, max(3, chosen.times // 20)
    report = {
        "count": chosen.count,
        "dims": chosen.dims,
        "threads": chosen.threads,
        "same_hits": same,
        "one query, faiss": timed(lambda k: index.search(queries[k % 256][None], hits), one),
        "one query, numpy": timed(lambda k: brute(vectors, queries[k % 256][None], hits), one),
        "256 queries, faiss": timed(lambda k: index.search(queries, hits), many),
        "256 queries, numpy": timed(lambda k: brute(vectors, queries, hits), many),
        "save_ms": round(1000 * saved, 1),
        "open_and_first_search_ms": round(1000 * opened, 1),
        "file_mb": round(size / 1e6, 1),
    }
    print(json.dumps(report, indent=1))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
