#!/usr/bin/env bash
# SciPy 1.17.1, ndimage.zoom(picture, 4, order=0), "each pixel four times". It lays the first pixel's middle on the
# first and the last one's on the last (as with a spline), so pixels of one sprite come out of different sizes: three
# pixels as 3, 6 and 3 wide, sixteen times 8 as 5, 8, 9, ... 5. A label picture's cells of 9 pixels each become cells of 121
# to 196 where all should have 144. grid_mode=True (and mode="nearest") repeats exactly, and so do np.repeat, skimage 0.26.0's
# resize(order=0) and OpenCV 5.0.0's INTER_NEAREST. Factor 2 happens to be even for both, so a test with it shows nothing.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -qq --disable-pip-version-check scipy==1.17.1 numpy==2.4.6 scikit-image==0.26.0 opencv-python-headless==5.0.0.93
seen=$("$folder/venv/bin/python" - <<'PYTHON'
import cv2
import numpy as np
from scipy import ndimage
from skimage.transform import resize

def widths(pixels, times):
    return np.bincount(ndimage.zoom(np.arange(pixels), times, order=0)).tolist()

for pixels, times in ((3, 4), (8, 2), (8, 3), (16, 8)):
    print(pixels, "pixels x", times, widths(pixels, times))
labels = np.kron(np.arange(1, 10, dtype=np.uint8).reshape(3, 3), np.ones((3, 3), np.uint8))
even = labels.repeat(4, 0).repeat(4, 1)
ways = {
    "zoom": ndimage.zoom(labels, 4, order=0),
    "zoom, grid_mode": ndimage.zoom(labels, 4, order=0, grid_mode=True, mode="nearest"),
    "skimage": resize(labels, even.shape, order=0, preserve_range=True, anti_aliasing=False),
    "OpenCV": cv2.resize(labels, even.shape[::-1], interpolation=cv2.INTER_NEAREST),
}
for name, grown in ways.items():
    areas = np.bincount(grown.astype(int).ravel())[1:]
    print(f"{name}: cells of {areas.min()} to {areas.max()}, as np.repeat: {bool((grown == even).all())}")
PYTHON
)
echo "$seen"
wanted='3 pixels x 4 [3, 6, 3]
8 pixels x 2 [2, 2, 2, 2, 2, 2, 2, 2]
8 pixels x 3 [2, 3, 4, 3, 3, 4, 3, 2]
16 pixels x 8 [5, 8, 9, 8, 9, 8, 9, 8, 8, 9, 8, 9, 8, 9, 8, 5]
zoom: cells of 121 to 196, as np.repeat: False
zoom, grid_mode: cells of 144 to 144, as np.repeat: True
skimage: cells of 144 to 144, as np.repeat: True
OpenCV: cells of 144 to 144, as np.repeat: True'
[ "$seen" = "$wanted" ] || { echo "this has changed"; exit 1; }
