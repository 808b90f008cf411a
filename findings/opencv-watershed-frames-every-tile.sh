#!/usr/bin/env bash
# OpenCV 5.0.0 (opencv-python-headless 5.0.0.93), cv2.watershed. Its page says that -1 stands between the regions. It stands all around the
# picture too, one pixel wide, whatever the markers say there: a picture that is wholly marked loses its frame (252 of 64 x 64), a
# cell that shows one pixel at the border is gone, marker and all, and one of 10 x 10 in a corner is 81. So where a slide is done in
# tiles, every seam is two pixels wide and belongs to no cell: of a large cell over four tiles of 64 there are four pieces that no
# label() joins again, and each is smaller. scikit-image 0.26.0 (segmentation.watershed, same picture and markers) keeps every pixel. Safe: a border of one pixel around the
# picture and its markers (copyMakeBorder), cut off afterwards, or scikit-image's.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -qq --disable-pip-version-check opencv-python-headless==5.0.0.93 scikit-image==0.26.0 scipy==1.17.1 numpy==2.4.6
seen=$("$folder/venv/bin/python" - <<'PYTHON'
import cv2
import numpy as np
from scipy.ndimage import label
from skimage.segmentation import watershed

flat = np.zeros((64, 64, 3), np.uint8)


def bordered(markers):
    """With a border of one pixel, cut off afterwards."""
    wide = [cv2.copyMakeBorder(a, 1, 1, 1, 1, cv2.BORDER_REPLICATE) for a in (flat, markers)]
    return cv2.watershed(*wide)[1:-1, 1:-1]


ways = {
    "OpenCV": lambda markers: cv2.watershed(flat, markers.copy()),
    "OpenCV, with a border": bordered,
    "scikit-image": lambda markers: watershed(flat[..., 0], markers),
}
whole = np.full((64, 64), 1, np.int32)
cells = whole.copy()  # 1: the ground; all is marked, nothing is left to decide
cells[:10, :10] = 2
cells[30:40, 0] = 3
for name, way in ways.items():
    print(f"{name} | wholly one cell: {(way(whole) == 1).sum()} of 4096", end=" | ")
    found = way(cells)
    print(f"10 x 10 in the corner: {(found == 2).sum()}, 10 x 1 at the border: {(found == 3).sum()}", end=" | ")
    tiles = np.block([[way(whole), way(whole)], [way(whole), way(whole)]])
    print(f"one cell over four tiles: {label(tiles == 1, np.ones((3, 3)))[1]}")
PYTHON
)
echo "$seen"
wanted='OpenCV | wholly one cell: 3844 of 4096 | 10 x 10 in the corner: 81, 10 x 1 at the border: 0 | one cell over four tiles: 4
OpenCV, with a border | wholly one cell: 4096 of 4096 | 10 x 10 in the corner: 100, 10 x 1 at the border: 10 | one cell over four tiles: 1
scikit-image | wholly one cell: 4096 of 4096 | 10 x 10 in the corner: 100, 10 x 1 at the border: 10 | one cell over four tiles: 1'
[ "$seen" = "$wanted" ] || { echo "this has changed"; exit 1; }
