#!/usr/bin/env bash
# torch 2.14.1, interpolate(mode="bicubic"): antialias=True, which is for making smaller, changes enlarged pictures too, although
# there is nothing to smooth. Without it the curve is the one with a = -0.75 (as OpenCV 5.0.0's INTER_CUBIC), with it that with
# a = -0.5 (Keys, 1981; as Pillow 13.0.0): at 4 times up to 14 of 255 levels apart, and an edge overshoots by 11 or by 7 %. For
# bilinear the switch changes nothing when enlarging, as one expects. Two "bicubic" baselines of one super-resolution
# table differ by 0.14 dB on one photo, what a paper may claim as its gain; a network that was taught on Pillow's enlargements and
# is fed torch's sees other edges. scikit-image 0.26.0's order=3 is a third curve, a spline (cut to the range of what came in).
# Nothing says which. Safe: antialias=True wherever Pillow is the other side, and the curve's name beside a figure.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -qq --disable-pip-version-check torch==2.14.1 pillow==13.0.0 opencv-python-headless==5.0.0.93 scikit-image==0.26.0 numpy==2.4.6
seen=$("$folder/venv/bin/python" - 2> "$folder/log" <<'PYTHON'
import cv2
import numpy as np
import torch
from PIL import Image
from skimage import data, transform
from torch.nn.functional import interpolate


def ways(small, side):
    given = torch.from_numpy(small)[None, None]
    yield "torch", interpolate(given, (side, side), mode="bicubic")[0, 0].numpy()
    yield "torch, antialias", interpolate(given, (side, side), mode="bicubic", antialias=True)[0, 0].numpy()
    yield "Pillow", np.asarray(Image.fromarray(small).resize((side, side), Image.Resampling.BICUBIC))
    yield "OpenCV", cv2.resize(small, (side, side), interpolation=cv2.INTER_CUBIC)
    yield "scikit-image", transform.resize(small, (side, side), order=3, mode="edge")


true = data.camera()[:400, :400]
small = np.asarray(Image.fromarray(true).resize((100, 100), Image.Resampling.BICUBIC)).astype(np.float32)
large = dict(ways(small, 400))
edge = dict(ways(np.tile(np.repeat(np.float32([0, 255]), 16), (32, 1)), 128))
for name, picture in large.items():
    error = ((np.clip(picture, 0, 255) - true) ** 2).mean()
    near = [other for other in ("Pillow", "OpenCV") if np.abs(picture - large[other]).max() < 0.1]
    print(f"{name} | PSNR {10 * np.log10(255**2 / error):.2f} | as {' '.join(near) or 'neither'}"
          f" | an edge overshoots by {(edge[name].max() - 255) / 2.55:.0f} %")
given = torch.from_numpy(small)[None, None]
linear = [interpolate(given, (400, 400), mode="bilinear", antialias=smooth) for smooth in (False, True)]
print("bilinear, with and without antialias: equal", bool((linear[0] - linear[1]).abs().max() < 0.01))
PYTHON
) || { cat "$folder/log"; exit 1; }
echo "$seen"
expected="torch | PSNR 26.93 | as OpenCV | an edge overshoots by 11 %
torch, antialias | PSNR 26.79 | as Pillow | an edge overshoots by 7 %
Pillow | PSNR 26.79 | as Pillow | an edge overshoots by 7 %
OpenCV | PSNR 26.93 | as OpenCV | an edge overshoots by 11 %
scikit-image | PSNR 27.02 | as neither | an edge overshoots by 0 %
bilinear, with and without antialias: equal True"
[ "$seen" = "$expected" ] || { echo "this has changed"; exit 1; }
