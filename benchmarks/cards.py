"""The card detector: does a photographed card find its original among 27,000?

python benchmarks/cards.py --steps 1200 --model cards.safetensors     train, then measure
python benchmarks/cards.py --steps 0 --model cards.safetensors        measure again

A card is a figure composed of the parts in $PINCEL_SHARED/data/doll-parts.zip, drawn twice its size
on a plain ground (80 x 80). The network learns on one deal of cards and is tested on another, with
no card in common: cards can be added to the index without training. It reads 40 x 40 pixels.

The photographs are those of `pincel.learn.photographed.PHONE`: turned by up to 15 degrees, corners
off by up to 8 % of the side, size ± 10 %, light 0.7 to 1.3 and uneven, tinted, blurred up to sigma
1, noisy, on a table of any colour, JPEG of quality 60 to 90.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import json
import os
import sys
import tempfile
import time
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import faiss
import numpy as np
import torch
from PIL import Image

from pincel.learn import prepare, siamese
from pincel.learn.course import Batch, Finished
from pincel.learn.data import Data, DataPart, Report
from pincel.learn.loop import climb
from pincel.learn.photographed import photographed
from pincel.learn.run import Run
from pincel.learn.teach import teach, written
from pincel.look.embed import Vectorizer, vectorizer_of
from pincel.look.index import Entry, VectorIndex
from pincel.nets._network import Model, model_bytes, open_model
from pincel.nets.contrastive import Net
from pincel.pixels.open import open_picture

# the order in which parts cover each other, and how often a figure wears one
ORDER = {"cloak": 0.5, "base": 1.0, "legs": 0.7, "boots": 0.7, "body": 0.9, "gloves": 0.5,
         "hand1": 0.8, "hand2": 0.6, "hair": 0.6, "head": 0.5}  # fmt: skip
GROUND = np.array([236, 228, 210], np.uint8)
SIDE = 80


def parts(archive: Path) -> dict[str, np.ndarray]:
    """All parts by folder, each (k, 32, 32, 4) uint8 with hard alpha."""
    found: dict[str, list[np.ndarray]] = {name: [] for name in ORDER}
    with zipfile.ZipFile(archive) as file:
        for name in sorted(file.namelist()):
            folder = next((part for part in Path(name).parts if part in ORDER), None)
            if folder and name.endswith(".png"):
                picture = Image.open(io.BytesIO(file.read(name))).convert("RGBA")
                found[folder].append(np.asarray(picture))
    return {name: np.stack(pictures) for name, pictures in found.items()}


def deal(
    wardrobe: dict[str, np.ndarray],
    count: int,
    rng: np.random.Generator,
    known: set[bytes] | None = None,
) -> np.ndarray:
    """`count` distinct figures on the ground, (n, 32, 32, 3) uint8, none of them in `known`.

    Parts cover each other without blending, so no colour arises that the parts do not have."""
    known = set() if known is None else known
    kept: list[np.ndarray] = []
    while len(kept) < count:
        figures = np.broadcast_to(GROUND, (2048, 32, 32, 3)).copy()
        for name, share in ORDER.items():
            choice = rng.integers(0, len(wardrobe[name]), len(figures))
            worn = wardrobe[name][choice]
            seen = (worn[..., 3:] >= 128) & (rng.random(len(figures)) < share)[:, None, None, None]
            figures = np.where(seen, worn[..., :3], figures)
        for figure in figures:
            code = figure.tobytes()
            if code not in known:
                known.add(code)
                kept.append(figure)
    return np.stack(kept[:count])


def card(figures: np.ndarray) -> np.ndarray:
    """Figures (n, 32, 32, 3) as cards (n, 80, 80, 3): twice as large, a margin around."""
    cards = np.broadcast_to(GROUND, (len(figures), SIDE, SIDE, 3)).copy()
    cards[:, 8:-8, 8:-8] = figures.repeat(2, 1).repeat(2, 2)
    return cards


def small(cards: np.ndarray) -> np.ndarray:
    """(n, 80, 80, 3) -> (n, 40, 40, 3), the mean of each 2 x 2 pixels."""
    halves = cards.reshape(len(cards), SIDE // 2, 2, SIDE // 2, 2, 3)
    return np.rint(halves.mean((2, 4), dtype=np.float32)).astype(np.uint8)


class Cards(siamese.Pairs):
    """Figures, each as a card and as a photograph of that card."""

    def see(self, rows: np.ndarray, generator: torch.Generator) -> tuple[np.ndarray, np.ndarray]:
        cards = card(self.train.pictures[rows])
        both = np.concatenate([small(cards), small(photographed(cards, generator))])
        return both, np.tile(np.arange(len(rows)), 2)

    def preparation(self) -> dict[str, Any]:
        generator = torch.Generator().manual_seed(self.seed)
        return prepare.preparation_facts(
            small(photographed(card(self.train.pictures[:512]), generator))
        )


def learn(figures: np.ndarray, chosen: argparse.Namespace) -> Model:
    """Train a network on these cards; tells loss and collapse meter as it goes."""
    part = DataPart(figures, np.zeros(len(figures), np.int64), [""] * len(figures))
    found = hashlib.sha256(figures.tobytes()).hexdigest()
    cards = Cards(Data("cards", ["card"], part, part, part, found, Report()), seed=chosen.seed)
    plan = siamese.SiamesePlan("photographs", 1, chosen.pairs, chosen.rate, chosen.seed)
    order = siamese.siamese_order(cards, plan, {"temperature": chosen.temperature})
    lasts = {"steps": chosen.steps, "warm": climb(chosen.steps, 100)}
    folder = Path(chosen.model).with_suffix(".run") if chosen.model else None
    run = Run.at(folder, lambda: written(replace(order, recipe={**order.recipe, **lasts})))
    started = time.process_time()
    for event in teach(run, cards):
        if isinstance(event, Finished):
            model = event.model
        elif isinstance(event, Batch) and (event.step % 50 == 0 or event.step == 1):
            told = event.told
            print(
                f"step {event.step:5d}  loss {event.loss:.4f}  spread {told['spread']:.2f}"
                f"  alignment {told['alignment']:.3f}  uniformity {told['uniformity']:.2f}"
                f"  rank {told['rank']:.0f}  {time.process_time() - started:.0f} CPU-s",
                flush=True,
            )
    about: dict[str, Any] = {"prepare": model.about["prepare"]}
    about["trained"] = {
        "steps": chosen.steps,
        "pairs": chosen.pairs,
        "cpu_seconds": round(time.process_time() - started, 1),
    }
    return Model("contrastive", model.net.eval(), about)


def thumbnails(pictures: np.ndarray) -> np.ndarray:
    """Plain pixels as a vector: what is compared without any network."""
    flat = pictures.reshape(len(pictures), -1).astype(np.float32)
    flat = flat - flat.mean(1, keepdims=True)
    return flat / np.maximum(np.linalg.norm(flat, axis=1, keepdims=True), 1e-6)


def indexed(vectors: np.ndarray) -> VectorIndex:
    return VectorIndex(vectors, tuple(Entry(f"card-{n:05d}") for n in range(len(vectors))))


def found_first(vectors: np.ndarray, shots: np.ndarray, wanted: np.ndarray) -> dict[str, float]:
    """Share of photographs whose original is the first hit, and among the first five."""
    _, rows = indexed(vectors).search(shots, 5)
    hits = rows == wanted[:, None]
    return {"first": float(hits[:, 0].mean()), "five": float(hits.any(1).mean())}


def latency(
    made_by: Vectorizer, index: VectorIndex, shots: np.ndarray, threads: int
) -> dict[str, Any]:
    """Milliseconds of one query, one photograph at a time, in a process that may use `threads`:
    `query` from a photograph's pixels to its five hits (`embed` and `search` are its two halves),
    `file` from a JPEG file on disk to its hits."""
    faiss.omp_set_num_threads(threads)
    torch.set_num_threads(threads)
    times: dict[str, list[float]] = {"embed": [], "search": [], "query": [], "file": []}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "photograph.jpg"
        cpu = 0.0
        for shot in shots:
            before = time.process_time()
            start = time.perf_counter()
            vector = made_by.arrays(small(shot[None]))
            between = time.perf_counter()
            index.search(vector, 5)
            end = time.perf_counter()
            cpu += time.process_time() - before
            times["embed"].append(between - start)
            times["search"].append(end - between)
            times["query"].append(end - start)
            Image.fromarray(shot).save(path, quality=90)
            start = time.perf_counter()
            index.search(made_by.pictures([open_picture(path)]), 5)
            times["file"].append(time.perf_counter() - start)
    told: dict[str, Any] = {"threads": threads, "queries": len(shots)}
    told["query_cpu_ms"] = round(1000 * cpu / len(shots), 2)
    for name, values in times.items():
        milliseconds = np.array(values[5:]) * 1000
        told[f"{name}_ms_min"] = round(float(milliseconds.min()), 2)
        told[f"{name}_ms_median"] = round(float(np.median(milliseconds)), 2)
        told[f"{name}_ms_95"] = round(float(np.quantile(milliseconds, 0.95)), 2)
    torch.set_num_threads(1)
    return told


def main() -> int:
    """Deal, train, index, photograph, search; prints one JSON object at the end."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--shared", default=os.environ.get("PINCEL_SHARED"))
    parser.add_argument("--cards", type=int, default=27_000)
    parser.add_argument("--queries", type=int, default=2_000)
    parser.add_argument("--steps", type=int, default=1_200)
    parser.add_argument("--pairs", type=int, default=128)
    parser.add_argument("--rate", type=float, default=2e-3)
    parser.add_argument("--temperature", type=float, default=0.1)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--model", help="file to keep the network in, or to read it from")
    parser.add_argument("--latency", action="store_true", help="measure only the time of a query")
    chosen = parser.parse_args()
    if not chosen.shared:
        sys.exit("give --shared or set PINCEL_SHARED: the folder that holds data/doll-parts.zip")
    torch.set_num_threads(1)
    wardrobe = parts(Path(chosen.shared) / "data" / "doll-parts.zip")
    known: set[bytes] = set()
    catalogue = deal(wardrobe, chosen.cards, np.random.default_rng(0), known)
    lesson = deal(wardrobe, chosen.cards, np.random.default_rng(1), known)
    print(f"{len(catalogue)} cards to find, {len(lesson)} others to learn on", flush=True)
    model = learn(lesson, chosen) if chosen.steps else open_model(chosen.model)
    if chosen.model and chosen.steps:
        Path(chosen.model).write_bytes(model_bytes(model))

    rng = np.random.default_rng(2)
    wanted = np.sort(rng.choice(len(catalogue), min(chosen.queries, len(catalogue)), False))
    camera = torch.Generator().manual_seed(1234)
    shots = np.concatenate(
        [photographed(card(catalogue[w]), camera) for w in np.array_split(wanted, 20)]
    )
    seen = small(shots)
    cards = np.concatenate([small(card(c)) for c in np.array_split(catalogue, 50)])
    made_by = vectorizer_of(model)
    started = time.process_time()
    vectors = made_by.arrays(cards)
    seconds = time.process_time() - started
    report: dict[str, Any] = {
        "cards": len(cards),
        "queries": len(wanted),
        "parameters": sum(p.numel() for p in model.net.parameters()),
        "trained": model.about.get("trained"),
        "index_cpu_seconds": round(seconds, 1),
    }
    if not chosen.latency:
        torch.manual_seed(chosen.seed)
        blank = vectorizer_of(Model("contrastive", Net(model.net.config), model.about))
        report["pixels"] = found_first(thumbnails(cards), thumbnails(seen), wanted)
        report["untrained"] = found_first(blank.arrays(cards), blank.arrays(seen), wanted)
        report["after"] = found_first(vectors, made_by.arrays(seen), wanted)
    # 1-minute load of the machine: 0 is quiet, 2 keeps two cores busy with other work
    report["load_before_timing"] = round(os.getloadavg()[0], 2)
    print("timing", flush=True)
    report["latency"] = [latency(made_by, indexed(vectors), shots[:505], n) for n in (1, 2)]
    print(json.dumps(report, indent=1))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
