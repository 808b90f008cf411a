#!/usr/bin/env bash
# torch 2.14.1 and torchvision 0.29.1 under torch.autocast("cpu", torch.bfloat16), as a training step is written. Autocast is for layers; of what
# moves pixels, grid_sample is on the list of operators that stay in float32. affine_grid is on no list: it is a product of matrices
# inside, and so the places come out in bfloat16, eight bits of them. A picture of 512 pixels "not moved at all" (the identity) has 44 % of its
# pixels elsewhere, one of 1024 has 61 %; turned by ten degrees, places are up to half a pixel off at 256, 1.7 at 512 and 2.7 at 1024.
# torchvision's rotate makes its places with the same kind of product: at 256 more than a quarter of the pixels are others, at 1024 four
# of five. Up to 256 the identity is exact, so a test with it shows nothing. Augmentation, or a spatial transformer, within the step thus crumbles edges,
# more so the larger the picture, and a mask that was turned outside of it does not fit. What comes out is float32, and nothing warns. Safe:
# torch.autocast("cpu", enabled=False) around what moves pixels, or augment before the step.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -qq --disable-pip-version-check torch==2.14.1 torchvision==0.29.1 numpy==2.4.6
seen=$("$folder/venv/bin/python" - 2> "$folder/log" <<'PYTHON'
import math

import torch
from torch.nn.functional import affine_grid, grid_sample
from torchvision.transforms.v2 import functional

ANGLE = math.radians(10)
MATRICES = {
    "not moved": torch.tensor([[[1.0, 0, 0], [0, 1, 0]]]),
    "turned": torch.tensor([[[math.cos(ANGLE), -math.sin(ANGLE), 0], [math.sin(ANGLE), math.cos(ANGLE), 0]]]),
}


def placed(picture, matrix):
    grid = affine_grid(matrix, list(picture.shape), align_corners=False)
    return grid, grid_sample(picture, grid, mode="nearest", align_corners=False)


def turned(picture, _):
    return None, functional.rotate(picture, 10)


for side in (64, 128, 256, 512, 1024):
    rows = torch.arange(side).float()[:, None].expand(side, side)
    picture = torch.stack([rows, rows.T])[None]  # every pixel says where it comes from
    said = [f"{side} pixels"]
    for name, matrix, way in (*((name, matrix, placed) for name, matrix in MATRICES.items()), ("torchvision's rotate", None, turned)):
        places, true = way(picture, matrix)
        with torch.autocast("cpu", torch.bfloat16):
            lowered, seen = way(picture, matrix)
        off = "" if places is None else f", places {lowered.dtype} up to {(lowered - places).abs().max() * side / 2:.1f} pixels off"
        said.append(f"{name}: {(seen != true).any(1).float().mean():.0%} of {seen.dtype} other pixels{off}")
    print(" | ".join(said).replace("torch.", ""))
PYTHON
) || { cat "$folder/log"; exit 1; }
echo "$seen"
expected="64 pixels | not moved: 0% of float32 other pixels, places bfloat16 up to 0.0 pixels off | turned: 7% of float32 other pixels, places bfloat16 up to 0.1 pixels off | torchvision's rotate: 7% of float32 other pixels
128 pixels | not moved: 0% of float32 other pixels, places bfloat16 up to 0.0 pixels off | turned: 15% of float32 other pixels, places bfloat16 up to 0.3 pixels off | torchvision's rotate: 15% of float32 other pixels
256 pixels | not moved: 0% of float32 other pixels, places bfloat16 up to 0.0 pixels off | turned: 28% of float32 other pixels, places bfloat16 up to 0.5 pixels off | torchvision's rotate: 28% of float32 other pixels
512 pixels | not moved: 44% of float32 other pixels, places bfloat16 up to 0.5 pixels off | turned: 53% of float32 other pixels, places bfloat16 up to 1.7 pixels off | torchvision's rotate: 63% of float32 other pixels
1024 pixels | not moved: 61% of float32 other pixels, places bfloat16 up to 0.5 pixels off | turned: 69% of float32 other pixels, places bfloat16 up to 2.7 pixels off | torchvision's rotate: 83% of float32 other pixels"
[ "$seen" = "$expected" ] || { echo "this has changed"; exit 1; }
