#!/usr/bin/env bash
# torch 2.14.1 on a processor, a network in bfloat16 (.bfloat16(), or float16), gradients that are sums over many pixels. An indexed picture through
# nn.Embedding, one row a colour, of which 5,000 pixels are the ground: each gives a gradient of 1, so the row's is 5,000. It is 256: bfloat16 has eight bits, 256 + 1 is
# 256, and what is added one at a time stops there; in float16 it stops at 2,048. So the colour that covers most learns least. EmbeddingBag, w[i],
# index_add, index_put, replicate padding, grid_sample's border and AdaptiveAvgPool2d that enlarges a map of one pixel (interpolate's mode "area") stop as well.
# index_select, gather, take_along_dim, scatter_add, sum, repeat, one_hot @ w and the other modes of interpolate, a convolution's bias, add up in float32 and
# say 4,992, the nearest there is. So w[i] and w.index_select(0, i), one and the same, teach differently, and so do two ways to enlarge. Up to 256
# pixels of a kind all agree, so tests with sprites of 16 x 16 show nothing. Nothing warns. Safe: tables in float32 (autocast leaves them so),
# or w.index_select(0, i.flatten()).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -qq --disable-pip-version-check torch==2.14.1 numpy==2.4.6
seen=$(OMP_NUM_THREADS=1 "$folder/venv/bin/python" -W ignore - 2> "$folder/log" <<'PYTHON'
import torch
from torch.nn import functional as F

torch.set_num_threads(1)


def sums(n, kind):
    """Each adds up n ones."""
    which, ones = torch.zeros(n, dtype=torch.long), torch.ones(n, dtype=kind)
    row = torch.zeros(4, 3, dtype=kind, requires_grad=True)
    dot = torch.zeros(1, 1, 1, 1, dtype=kind, requires_grad=True)
    wide = which[:, None].expand(n, 3)

    def slope(y, x):
        return torch.autograd.grad(y.sum(), x)[0].flatten()[0].item()

    return {
        "embedding": slope(F.embedding(which, row), row),
        "embedding_bag": slope(F.embedding_bag(which[None], row, mode="sum"), row),
        "w[i]": slope(row[which], row),
        "index_add": torch.zeros(1, dtype=kind).index_add(0, which, ones).item(),
        "index_put": torch.zeros(1, dtype=kind).index_put((which,), ones, accumulate=True).item(),
        "replicate": slope(F.pad(dot, (0, 0, 0, n - 1), mode="replicate"), dot),
        "grid_sample": slope(F.grid_sample(dot, torch.zeros(1, n, 1, 2, dtype=kind), padding_mode="border", align_corners=False), dot),
        "adaptive": slope(F.adaptive_avg_pool2d(dot, (n, 1)), dot),
        "area": slope(F.interpolate(dot, size=(n, 1), mode="area"), dot),
        "index_select": slope(row.index_select(0, which), row),
        "gather": slope(row.gather(0, wide), row),
        "take_along_dim": slope(torch.take_along_dim(row, wide, 0), row),
        "scatter_add": torch.zeros(1, dtype=kind).scatter_add(0, which, ones).item(),
        "one_hot": slope(F.one_hot(which, 4).to(kind) @ row, row),
        "repeat": slope(dot.repeat(1, 1, n, 1), dot),
        "nearest": slope(F.interpolate(dot, size=(n, 1), mode="nearest"), dot),
        "bilinear": slope(F.interpolate(dot, size=(n, 1), mode="bilinear"), dot),
        "sum": ones.sum().item(),
    }


for n, kind in ((256, torch.bfloat16), (5000, torch.bfloat16), (5000, torch.float16), (5000, torch.float32)):
    groups = {}
    for name, value in sums(n, kind).items():
        groups.setdefault(int(value), []).append(name)
    print(n, str(kind)[6:], *(f"{value}: {' '.join(names) if len(groups) > 1 else 'all'}" for value, names in sorted(groups.items())), sep="; ")
PYTHON
) || { cat "$folder/log"; exit 1; }
slow="embedding embedding_bag w[i] index_add index_put replicate grid_sample adaptive area"
right="index_select gather take_along_dim scatter_add one_hot repeat nearest bilinear sum"
expected="256; bfloat16; 256: all
5000; bfloat16; 256: $slow; 4992: $right
5000; float16; 2048: $slow; 5000: $right
5000; float32; 5000: all"
echo "$seen"
echo "expected: 4992 in bfloat16 (the nearest to 5000), 5000 in float16"
[ "$seen" = "$expected" ] || { echo "this has changed"; exit 1; }
