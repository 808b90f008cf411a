#!/usr/bin/env bash
# SciPy 1.17.1, scipy.ndimage with mode="wrap" on a seamless tile (a row 0 ... 7 that goes on with 0). In its filters (uniform_filter,
# gaussian_filter, ...) the row goes on as it should. In shift, affine_transform, rotate, zoom and map_coordinates the same word means
# that the last pixel IS the first one, a period of 7 instead of 8: moved by 3 the row is 4 5 6 0 1 2 3 4, its 7 is gone and the 4
# stands twice, where np.roll, scikit-image 0.26.0 (warp) and OpenCV 5.0.0 (BORDER_WRAP) give 5 6 7 0 1 2 3 4. So a tile scrolled by
# its own width comes back as another one (6 7 1 2 3 4 5 6: the ground jumps once a round), and a network for cyclic pictures (textures,
# panoramas, cell membranes unrolled) is taught a seam. A test that moves by whole turns of a constant, or by filters alone, sees
# nothing. What "wrap" means everywhere else is called "grid-wrap" here.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -qq --disable-pip-version-check scipy==1.17.1 scikit-image==0.26.0 opencv-python-headless==5.0.0.93 numpy==2.4.6
seen=$("$folder/venv/bin/python" - <<'PYTHON'
import cv2
import numpy as np
from scipy import ndimage
from skimage.transform import AffineTransform, warp

tile = np.tile(np.arange(8, dtype=np.float32), (8, 1))
rolled = np.roll(tile, 3, 1)
mean = sum(np.roll(tile, step, 1) for step in (-1, 0, 1)) / 3
print("filter, wrap | as np.roll:", bool(np.allclose(ndimage.uniform_filter1d(tile, 3, 1, mode="wrap"), mean)))
moved = {
    "shift, wrap": ndimage.shift(tile, (0, 3), order=0, mode="wrap"),
    "shift, wrap, order 3": ndimage.shift(tile, (0, 3), order=3, mode="wrap"),
    "affine_transform, wrap": ndimage.affine_transform(tile, np.eye(2), (0, -3), order=0, mode="wrap"),
    "map_coordinates, wrap": ndimage.map_coordinates(tile, np.indices((8, 8)) - [[[0]], [[3]]], order=0, mode="wrap"),
    "shift, grid-wrap": ndimage.shift(tile, (0, 3), order=0, mode="grid-wrap"),
    "scikit-image warp, wrap": warp(tile, AffineTransform(translation=(-3, 0)), order=0, mode="wrap"),
    "OpenCV BORDER_WRAP": cv2.warpAffine(tile, np.float32([[1, 0, 3], [0, 1, 0]]), (8, 8), flags=cv2.INTER_NEAREST,
                                         borderMode=cv2.BORDER_WRAP),
}
for name, row in moved.items():
    print(f"{name} |", *np.rint(row[0]).astype(int), "| as np.roll:", bool(np.allclose(row, rolled, atol=1e-3)))
once = ndimage.shift(tile, (0, 8), order=0, mode="wrap")
print("moved by its own width |", *once[0].astype(int))
PYTHON
)
echo "$seen"
expected="filter, wrap | as np.roll: True
shift, wrap | 4 5 6 0 1 2 3 4 | as np.roll: False
shift, wrap, order 3 | 4 5 6 0 1 2 3 4 | as np.roll: False
affine_transform, wrap | 4 5 6 0 1 2 3 4 | as np.roll: False
map_coordinates, wrap | 4 5 6 0 1 2 3 4 | as np.roll: False
shift, grid-wrap | 5 6 7 0 1 2 3 4 | as np.roll: True
scikit-image warp, wrap | 5 6 7 0 1 2 3 4 | as np.roll: True
OpenCV BORDER_WRAP | 5 6 7 0 1 2 3 4 | as np.roll: True
moved by its own width | 6 7 1 2 3 4 5 6"
[ "$seen" = "$expected" ] || { echo "this has changed"; exit 1; }
