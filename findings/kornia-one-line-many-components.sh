#!/usr/bin/env bash
# kornia 0.9.0, contrib.connected_components as it comes. It spreads labels by max-pooling, a hundred times and no more, and
# does not say whether it was done: an object whose pixels are farther than that from each other along its own shape falls into pieces.
# One unbroken line, coiled up in 33 x 33 pixels, is 123 components, in 65 x 65 it is 558; SciPy 1.17.1 and
# scikit-image 0.26.0 say one. So outlines of sprites and fibres in tissue are counted many times over. The
# number of rounds must be given (num_iterations), and the longest path in the picture known before.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -qq --disable-pip-version-check torch==2.14.1 kornia==0.9.0 scipy==1.17.1 scikit-image==0.26.0
seen=$("$folder/venv/bin/python" -W ignore - 2>/dev/null <<'PYTHON'
import numpy as np
import torch
from kornia.contrib import connected_components
from scipy import ndimage
from skimage.measure import label

def coil(side):
    """One line, a pixel wide, from a corner to the middle."""
    drawn, at, way = np.zeros((side, side), bool), np.array([0, 0]), np.array([0, 1])
    lengths = [side - 1] + [length for length in range(side - 1, 0, -2) for _ in range(2)]
    drawn[0, 0] = True
    for length in lengths:
        for _ in range(length):
            at = at + way
            drawn[tuple(at)] = True
        way = np.array([way[1], -way[0]])
    return drawn

for side in (9, 17, 33, 65):
    line = coil(side)
    counted = len(connected_components(torch.tensor(line[None, None]).float()).unique()) - 1
    print(f"{side} x {side}: SciPy {ndimage.label(line)[1]}, scikit-image {label(line, connectivity=1).max()}, kornia {counted}")
PYTHON
)
echo "$seen"
wanted='9 x 9: SciPy 1, scikit-image 1, kornia 1
17 x 17: SciPy 1, scikit-image 1, kornia 15
33 x 33: SciPy 1, scikit-image 1, kornia 123
65 x 65: SciPy 1, scikit-image 1, kornia 558'
[ "$seen" = "$wanted" ] || { echo "this has changed"; exit 1; }
