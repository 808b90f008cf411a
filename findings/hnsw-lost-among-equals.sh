#!/usr/bin/env bash
# hnswlib 0.8.0, faiss 1.15.1 (IndexHNSWFlat) and usearch 2.26.6, the three usual approximate searches, each as it comes, on
# 10,000 equal vectors (the empty tile of a tile set, the resting frame of animations, the background of slides) and
# 100 others. Each of the others is asked for by itself and lies in the index at a distance of 0. None of the three finds a single
# one, whatever order they came in: the equal ones are each other's only neighbours, and no way leads out of them. What
# comes back is one of the equal ones, and nothing warns. Without these all three find all 100, and so does the exact
# search (IndexFlatL2). A search five times as wide (500) helps hnswlib alone. Safe: put doubles in once, or search exactly.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -qq --disable-pip-version-check hnswlib==0.8.0 faiss-cpu==1.15.1 usearch==2.26.6 numpy==2.4.6
seen=$("$folder/venv/bin/python" - <<'PYTHON'
import faiss
import hnswlib
import numpy as np
from usearch.index import Index

faiss.omp_set_num_threads(1)

def by_hnswlib(held, asked, wide=None):
    index = hnswlib.Index("l2", held.shape[1])
    index.init_index(len(held))
    index.set_num_threads(1)
    index.add_items(held)
    if wide:
        index.set_ef(wide)
    return index.knn_query(asked, 1)[0][:, 0]

def by_faiss(held, asked, wide=None):
    index = faiss.IndexHNSWFlat(held.shape[1], 32)
    index.add(held)
    if wide:
        index.hnsw.efSearch = wide
    return index.search(asked, 1)[1][:, 0]

def by_usearch(held, asked, wide=None):
    index = Index(ndim=held.shape[1], metric="l2sq", dtype="f32", **({"expansion_search": wide} if wide else {}))
    index.add(np.arange(len(held)), held, threads=1)
    return index.search(asked, 1, threads=1).keys[:, 0]

def exactly(held, asked, wide=None):
    index = faiss.IndexFlatL2(held.shape[1])
    index.add(held)
    return index.search(asked, 1)[1][:, 0]

others = np.random.default_rng(0).normal(size=(100, 64)).astype(np.float32)
others /= np.linalg.norm(others, axis=1, keepdims=True)
held = np.concatenate([np.full((10_000, 64), 1 / 8, np.float32), others])
order = np.random.default_rng(1).permutation(len(held))
own = np.arange(100)
for name, way in (("hnswlib", by_hnswlib), ("faiss", by_faiss), ("usearch", by_usearch), ("exact", exactly)):
    alone = (way(others, others) == own).sum()
    after = (way(held, others) == own + 10_000).sum()
    mixed = (order[way(held[order], others)] == own + 10_000).sum()
    wide = (order[way(held[order], others, 500)] == own + 10_000).sum()
    print(name, "| of 100 found: alone", alone, "| after 10,000 equal ones", after, "| mixed", mixed, "| searched wide", wide)
    assert alone == 100 and (name == "exact" or max(after, mixed, wide if name != "hnswlib" else 0) < 10), "this has changed"
PYTHON
)
echo "$seen"
[ "$(grep -c "alone 100" <<< "$seen")" = 4 ] || { echo "this has changed"; exit 1; }
