#!/usr/bin/env bash
# scikit-image 0.26.0, regionprops: perimeter, and circularity 4 pi area / perimeter^2 from it, as every course has it (1 for a
# disk, less for what is long). Of a fibre one pixel thick the perimeter is its length less two, walked once, not there and back:
# 7 for nine pixels, whose outline is 20. So the longest, thinnest thing is the roundest: 2.31, and fibres up to 19 pixels
# pass "circularity over 0.8, a round cell"; a disk of radius 20 has 0.91, one of radius 2 has 1.28, one pixel has a
# perimeter of 0. Nothing warns. perimeter_crofton says 17.9 and 0.35 for the fibre, and 0.88 to 0.97 for the disks (over 1 only
# for a few pixels: cap it). OpenCV 5.0.0's arcLength goes there and back (16).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -qq --disable-pip-version-check scikit-image==0.26.0 numpy==2.4.6 scipy==1.17.1 opencv-python-headless==5.0.0.93
seen=$("$folder/venv/bin/python" - <<'PYTHON'
import cv2
import numpy as np
from skimage.measure import regionprops

def fibre(length, thick=1):
    return np.pad(np.ones((thick, length), np.uint8), 3)

def disk(radius):
    y, x = np.mgrid[-radius - 2 : radius + 3, -radius - 2 : radius + 3]
    return (x * x + y * y <= radius * radius).astype(np.uint8)

def look(name, mask):
    one = regionprops(mask.astype(int))[0]
    lengths = one.perimeter, one.perimeter_crofton
    round_ = [f"{4 * np.pi * one.area / length**2:.2f}" if length else "-" for length in lengths]
    border = cv2.arcLength(cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)[0][0], True)
    print(f"{name} | perimeter {lengths[0]:.1f} circularity {round_[0]} | crofton {lengths[1]:.1f} {round_[1]} | OpenCV {border:.1f}")

look("one pixel", fibre(1))
look("fibre of 9", fibre(9))
look("fibre of 19", fibre(19))
look("fibre of 9, two thick", fibre(9, 2))
for radius in (2, 5, 20):
    look(f"disk of radius {radius}", disk(radius))
PYTHON
)
echo "$seen"
wanted='one pixel | perimeter 0.0 circularity - | crofton 2.7 1.75 | OpenCV 0.0
fibre of 9 | perimeter 7.0 circularity 2.31 | crofton 17.9 0.35 | OpenCV 16.0
fibre of 19 | perimeter 17.0 circularity 0.83 | crofton 36.8 0.18 | OpenCV 36.0
fibre of 9, two thick | perimeter 18.0 circularity 0.70 | crofton 19.7 0.58 | OpenCV 18.0
disk of radius 2 | perimeter 11.3 circularity 1.28 | crofton 13.4 0.91 | OpenCV 11.3
disk of radius 5 | perimeter 33.0 circularity 0.94 | crofton 33.9 0.88 | OpenCV 33.0
disk of radius 20 | perimeter 131.9 circularity 0.91 | crofton 127.7 0.97 | OpenCV 131.9'
[ "$seen" = "$wanted" ] || { echo "this has changed"; exit 1; }
