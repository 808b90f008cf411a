#!/usr/bin/env bash
# scikit-image 0.26.0, feature.hog: the direction of an edge counts for one bin of 20 degrees alone, without the share for the
# neighbouring bin that Dalal and Triggs (2005) give, and the first bin begins at exactly 0: at upright edges, the commonest there are.
# One that leans by a tenth of a degree to the left and one that leans by as much to the right have next to nothing in
# common (cosine 0.05), while two that are 18 degrees apart are nearly the same (0.94).
# OpenCV 4.14.0 (HOGDescriptor, no longer in 5.0.0's main modules) shares out: 1.00 and 0.50. So doors, masts and faces looked at straight
# on fall into two heaps by a hair, and which of the two is the scanner's affair. The page says that directions are counted in
# bins, not how. Safe: a description that shares out.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -qq --disable-pip-version-check scikit-image==0.26.0 opencv-python-headless==4.14.0.94 numpy==2.4.6
seen=$("$folder/venv/bin/python" - 2> "$folder/log" <<'PYTHON'
import cv2
import numpy as np
from skimage.feature import hog

opencv = cv2.HOGDescriptor((64, 64), (16, 16), (8, 8), (8, 8), 9)
ways = {
    "scikit-image": lambda a: hog(a, pixels_per_cell=(8, 8), cells_per_block=(2, 2)),
    "OpenCV": lambda a: opencv.compute((a * 255).round().astype(np.uint8)).ravel(),
}


def edge(lean):
    """A soft edge, dark to the left, that leans by `lean` degrees."""
    y, x = np.indices((64, 64)) - 31.5
    angle = np.deg2rad(lean)
    return 1 / (1 + np.exp(-(x * np.cos(angle) + y * np.sin(angle)) / 1.5))


def alike(a, b):
    return f"{a @ b / np.sqrt((a @ a) * (b @ b)):.2f}"


for name, of in ways.items():
    for a, b in ((-0.1, 0.1), (-2, 2), (-5, 5), (1, 19)):
        print(f"{name} | leaning by {a} and {b} | {alike(of(edge(a)), of(edge(b)))}")
PYTHON
) || { cat "$folder/log"; exit 1; }
echo "$seen"
wanted='scikit-image | leaning by -0.1 and 0.1 | 0.05
scikit-image | leaning by -2 and 2 | 0.05
scikit-image | leaning by -5 and 5 | 0.05
scikit-image | leaning by 1 and 19 | 0.94
OpenCV | leaning by -0.1 and 0.1 | 1.00
OpenCV | leaning by -2 and 2 | 0.99
OpenCV | leaning by -5 and 5 | 0.94
OpenCV | leaning by 1 and 19 | 0.50'
[ "$seen" = "$wanted" ] || { echo "this has changed"; exit 1; }
