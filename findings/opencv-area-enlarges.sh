#!/usr/bin/env bash
# OpenCV 5.0.0 (opencv-python-headless 5.0.0.93), resize with INTER_AREA, which its page calls similar to
# nearest when a picture grows. By whole numbers it is exactly that. By anything else it mixes neighbours: two
# colours at 1.5, 2.5 or 3.37 times become many, mid-tones that belong to no palette, while
# INTER_NEAREST_EXACT keeps the two. A loader that uses INTER_AREA for every size (the usual advice for making
# smaller) softens small pixel art.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check opencv-python-headless==5.0.0.93 numpy==2.4.1
seen=$("$folder/venv/bin/python" - <<'PYTHON'
import cv2
import numpy as np

board = (np.indices((16, 16)).sum(0) % 2 * 255).astype(np.uint8)
for times in (2, 3, 1.5, 2.5, 3.37):
    size = (round(16 * times),) * 2
    counts = [len(np.unique(cv2.resize(board, size, interpolation=way)))
              for way in (cv2.INTER_AREA, cv2.INTER_NEAREST_EXACT)]
    print(times, *counts)
PYTHON
)
echo "$seen"
expected="2 2 2
3 2 2
1.5 3 2
2.5 3 2
3.37 20 2"
[ "$seen" = "$expected" ] || { echo "this has changed"; exit 1; }
