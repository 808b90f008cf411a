#!/usr/bin/env bash
# piq 0.8.0 (torch 2.14.1), ssim and multi_scale_ssim as they come, on the hardest pair there is: a chequered dither
# of black and white against flat grey. Up to a shorter side of 383 piq says what scikit-image 0.26.0 and torchmetrics 1.9.0 say
# (0.004: nothing alike). From 384 on it says 1.0, the same picture: it first averages blocks of round(side / 256) pixels, as the
# authors' first script did, and the dither is gone before anything is compared. At 640 (blocks of 3) it is 0.05. So the same two
# sprites score 0.004 or 1.0 by how much they were enlarged for the comparison, dithering and film grain
# cost nothing, and as a loss (SSIMLoss) a network may draw a chequered sky. multi_scale_ssim starts without that step, yet it
# gives 0.78 where the first scale alone is 0.004. Safe: downsample=False, and pictures at their true size.
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

for side in (128, 256, 383, 384, 512, 639, 640, 896):
    chequered = (np.indices((side, side)).sum(0) % 2).astype(np.float32)
    flat = np.full_like(chequered, 0.5)
    a, b = (torch.from_numpy(x)[None, None] for x in (chequered, flat))
    print(side, "| piq", round(piq.ssim(a, b).item(), 3), "| downsample=False", round(piq.ssim(a, b, downsample=False).item(), 3),
          "| torchmetrics", round(structural_similarity_index_measure(a, b, data_range=1.0).item(), 3),
          "| scikit-image", round(float(structural_similarity(chequered, flat, data_range=1)), 3),
          "| piq, multi-scale", round(piq.multi_scale_ssim(a, b).item(), 2))
PYTHON
)
echo "$seen"
