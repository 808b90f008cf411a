#!/usr/bin/env bash
# labelme 6.3.1 (utils.shape_to_mask, which its exports are made with) and pycocotools 2.0.11, on the same corners. Both take corners
# for places on the edges between pixels: the square from 5 to 8 has an area of 9, and COCO's mask of it has 9 pixels. labelme
# draws it with Pillow's polygon, which takes the same numbers for pixels and its outline for inside: 16. A circle of radius 3 (28)
# becomes 37, of radius 5 (79) 97. So who learns from labelme's masks and is measured on COCO's polygons of the same drawing has an
# error that no network makes: the truth itself overlaps by 0.56 where it is 3 pixels wide and by 0.83 at 10, and counts as found in
# 20 % and 70 % of COCO's thresholds (0.5 to 0.95). A mask that is traced along its pixels' edges and drawn by labelme grows
# to the right and below, again every time: 36, 49, 64, 81. scikit-image's polygon2mask of the corners less half a pixel agrees
# with COCO. Safe: shapes of type "mask", which labelme keeps as they are (5.3 and newer), or pycocotools for polygons.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -qq --disable-pip-version-check labelme==6.3.1 pycocotools==2.0.11 scikit-image==0.26.0
seen=$("$folder/venv/bin/python" - 2> "$folder/log" <<'PYTHON'
import math

import numpy as np
from labelme.utils import shape_to_mask
from pycocotools import mask as coco
from skimage.draw import polygon2mask


def told(name, corners, labelme_kind="polygon", labelme_corners=None):
    by_labelme = shape_to_mask((64, 64), labelme_corners or corners, labelme_kind)
    runs = coco.merge(coco.frPyObjects([[value for corner in corners for value in corner]], 64, 64))
    by_coco = coco.decode(runs).astype(bool)
    by_skimage = polygon2mask((64, 64), np.array(corners)[:, ::-1] - 0.5)
    overlap = (by_labelme & by_coco).sum() / (by_labelme | by_coco).sum()
    right = np.mean([overlap >= least for least in np.arange(0.5, 1, 0.05).round(2)])
    x, y = np.array(corners).T
    area = abs((x * np.roll(y, -1) - np.roll(x, -1) * y).sum()) / 2
    print(f"{name} | area {area:.0f} | labelme {by_labelme.sum()}, pycocotools {by_coco.sum()}, scikit-image {by_skimage.sum()}"
          f" | overlap {overlap:.2f}, counts as found in {right:.0%} of COCO's ten thresholds")


for side in (3, 5, 10, 20):
    told(f"square of {side}", [[5, 5], [5 + side, 5], [5 + side, 5 + side], [5, 5 + side]])
for radius in (3, 5, 10):
    turns = [2 * math.pi * step / 64 for step in range(64)]
    ring = [[20 + radius * math.cos(turn), 20 + radius * math.sin(turn)] for turn in turns]
    told(f"circle of radius {radius}", ring, "circle", [[20, 20], [20 + radius, 20]])

grown = np.zeros((64, 64), bool)
grown[20:26, 20:26] = True
sizes = [int(grown.sum())]
for _ in range(3):
    ys, xs = np.nonzero(grown)  # a square: its four corners on pixel edges
    left, right, top, bottom = (int(v) for v in (xs.min(), xs.max() + 1, ys.min(), ys.max() + 1))
    grown = shape_to_mask((64, 64), [[left, top], [right, top], [right, bottom], [left, bottom]], "polygon")
    sizes.append(int(grown.sum()))
print("traced along its edges and drawn again, three times:", *sizes)
PYTHON
) || { cat "$folder/log"; exit 1; }
echo "$seen"
expected="square of 3 | area 9 | labelme 16, pycocotools 9, scikit-image 9 | overlap 0.56, counts as found in 20% of COCO's ten thresholds
square of 5 | area 25 | labelme 36, pycocotools 25, scikit-image 25 | overlap 0.69, counts as found in 40% of COCO's ten thresholds
square of 10 | area 100 | labelme 121, pycocotools 100, scikit-image 100 | overlap 0.83, counts as found in 70% of COCO's ten thresholds
square of 20 | area 400 | labelme 441, pycocotools 400, scikit-image 400 | overlap 0.91, counts as found in 90% of COCO's ten thresholds
circle of radius 3 | area 28 | labelme 37, pycocotools 28, scikit-image 32 | overlap 0.67, counts as found in 40% of COCO's ten thresholds
circle of radius 5 | area 78 | labelme 97, pycocotools 80, scikit-image 80 | overlap 0.81, counts as found in 70% of COCO's ten thresholds
circle of radius 10 | area 314 | labelme 349, pycocotools 317, scikit-image 316 | overlap 0.90, counts as found in 80% of COCO's ten thresholds
traced along its edges and drawn again, three times: 36 49 64 81"
[ "$seen" = "$expected" ] || { echo "this has changed"; exit 1; }
