#!/usr/bin/env bash
# SciPy 1.17.1, distance_transform_edt of a window that lies wholly inside one object: there is no ground to measure
# to, and what comes back are plausible distances to a place that does not exist, one pixel above the first one
# (1.0 there, 6.4 at the far corner of 5 x 5). cv2.distanceTransform (OpenCV 5.0.0) says 3.4e38 for the same window.
# Who teaches a network the depth of cells on crops teaches it a slope towards a corner wherever a crop lies in a large
# cell; nothing warns. A frame of ground around the window, or a test for it, mends that.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check scipy==1.17.1 numpy==2.4.1 opencv-python-headless==5.0.0.93
seen=$("$folder/venv/bin/python" - <<'PYTHON'
import cv2
import numpy as np
from scipy import ndimage

inside = np.ones((5, 5), np.uint8)
deep, nearest = ndimage.distance_transform_edt(inside, return_indices=True)
y, x = np.indices(inside.shape)
print("to (-1, 0):", np.allclose(deep, np.hypot(y + 1, x)), deep[0, 0], round(float(deep[4, 4]), 3))
print("nearest ground of the middle:", nearest[:, 2, 2].tolist())
print("OpenCV:", f"{cv2.distanceTransform(inside, cv2.DIST_L2, 5).min():.1e}")
inside[2, 2] = 0
print("with one pixel of ground:", ndimage.distance_transform_edt(inside).max().round(3))
PYTHON
)
echo "$seen"
wanted='to (-1, 0): True 1.0 6.403
nearest ground of the middle: [-1, 0]
OpenCV: 3.4e+38
with one pixel of ground: 2.828'
[ "$seen" = "$wanted" ] || { echo "this has changed"; exit 1; }
