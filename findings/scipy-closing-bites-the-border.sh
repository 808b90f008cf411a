#!/usr/bin/env bash
# SciPy 1.17.1, ndimage.binary_closing, which by its name and every textbook only adds: what lies in a set stays in it. Outside
# the window SciPy sees ground in both of its steps, so the second one eats a frame: a window that is wholly cell (7 x 7) keeps 25
# of 49 pixels, and a band of cells along a window's rim loses it, a wider frame with every iteration. binary_opening, which mends
# nothing there, eats corners as well (45 of 49). grey_closing of the same package, scikit-image 0.26.0 and OpenCV 5.0.0 keep
# all 49. So a mask "with its little holes closed" in tiles of 64 has seams one pixel wide on both sides of every joint: one
# nucleus over four tiles becomes four. border_value=1 is no way out: it paints ground at the rim as cell (two dots there
# become five). Safe: pad by the number of iterations, close, cut; or ndimage.grey_closing.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -qq --disable-pip-version-check scipy==1.17.1 scikit-image==0.26.0 opencv-python-headless==5.0.0.93 numpy==2.4.6
seen=$("$folder/venv/bin/python" - <<'PYTHON'
import cv2
import numpy as np
from scipy import ndimage
from skimage import morphology

full = np.ones((7, 7), np.uint8)
cross = morphology.disk(1)
padded = ndimage.binary_closing(np.pad(full, 1))[1:-1, 1:-1]
print("scipy binary_closing", ndimage.binary_closing(full).sum(), "twice", ndimage.binary_closing(full, iterations=2).sum())
print("scipy binary_opening", ndimage.binary_opening(full).sum())
print("scipy grey_closing", ndimage.grey_closing(full, footprint=cross).sum(), "| binary, padded", padded.sum())
print("skimage closing", morphology.closing(full, cross).sum(), "opening", morphology.opening(full, cross).sum())
print("opencv closing", cv2.morphologyEx(full, cv2.MORPH_CLOSE, cross).sum())
dot = np.zeros((7, 7), np.uint8)
dot[0, 0] = dot[0, 2] = 1
print("two dots at the rim: border_value=1", ndimage.binary_closing(dot, border_value=1).sum(),
      "| opencv", cv2.morphologyEx(dot, cv2.MORPH_CLOSE, cross).sum())

down, right = np.indices((128, 128)) - 63.5
nucleus = down**2 + right**2 < 40**2
tiles = np.zeros_like(nucleus)
for y in (0, 64):
    for x in (0, 64):
        tiles[y:y + 64, x:x + 64] = ndimage.binary_closing(nucleus[y:y + 64, x:x + 64])
print("one nucleus, closed in four tiles:", ndimage.label(tiles)[1], "objects,",
      int((nucleus & ~tiles).sum()), "of its pixels gone")
PYTHON
)
echo "$seen"
expected="scipy binary_closing 25 twice 9
scipy binary_opening 45
scipy grey_closing 49 | binary, padded 49
skimage closing 49 opening 49
opencv closing 49
two dots at the rim: border_value=1 5 | opencv 2
one nucleus, closed in four tiles: 4 objects, 316 of its pixels gone"
[ "$seen" = "$expected" ] || { echo "this has changed"; exit 1; }
