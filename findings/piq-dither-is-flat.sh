#!/usr/bin/env bash
# piq 0.8.0 (torch 2.14.1), a usual package of image quality, asked for the hardest pair there is: a chequered dither of black
# and white against flat grey. SSIM by scikit-image 0.26.0 and torchmetrics 1.9.0 is 0.004, nothing alike, at every size. piq's is that up
# to a shorter side of 383; from 384 on it is 1.0, the very same picture: blocks of round(side / 256) pixels are averaged before
# anything is compared. So two sprites score 0.004 or 1.0 by how much they were enlarged for the comparison, and with
# SSIMLoss a network may draw a chequered sky at no cost. GMSD (0, equal) and HaarPSI (1, equal) average blocks of two at every
# size, sprites of 64 pixels included. Dither patterns, grain and interlacing are what none of the three sees. Safe:
# downsample=False for ssim, and a second measure that looks at single pixels.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -qq --disable-pip-version-check torch==2.14.1 torchvision==0.29.1 piq==0.8.0 torchmetrics==1.9.0 scikit-image==0.26.0 numpy==2.4.6
seen=$("$folder/venv/bin/python" - <<'PYTHON'
import warnings

import numpy as np
import torch

warnings.simplefilter("ignore")
import piq
from skimage.metrics import structural_similarity
from torchmetrics.functional.image import structural_similarity_index_measure

for side in (64, 256, 383, 384):
    chequered = (np.indices((side, side)).sum(0) % 2).astype(np.float32)
    flat = np.full_like(chequered, 0.5)
    a, b = (torch.from_numpy(x)[None, None].expand(-1, 3, -1, -1) for x in (chequered, flat))
    figures = {
        "scikit-image": structural_similarity(chequered, flat, data_range=1),
        "torchmetrics": structural_similarity_index_measure(a, b, data_range=1.0),
        "piq.ssim": piq.ssim(a, b),
        "downsample=False": piq.ssim(a, b, downsample=False),
        "GMSD": piq.gmsd(a, b),
        "HaarPSI": piq.haarpsi(a, b),
    }
    print(side, "|", ", ".join(f"{name} {float(value) + 0:.2f}" for name, value in figures.items()))
PYTHON
)
echo "$seen"
apart="scikit-image 0.00, torchmetrics 0.00, piq.ssim 0.00, downsample=False 0.00, GMSD 0.00, HaarPSI 1.00"
expected="64 | $apart
256 | $apart
383 | $apart
384 | ${apart/piq.ssim 0.00/piq.ssim 1.00}"
[ "$seen" = "$expected" ] || { echo "this has changed"; exit 1; }
