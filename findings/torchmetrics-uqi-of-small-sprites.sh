#!/usr/bin/env bash
# torchmetrics 1.9.0, UniversalImageQualityIndex with its window of 11: two equal pictures must read 1. At 11
# pixels and more they do. At 8 x 8 and 9 x 9 equal pictures and negatives both read 0, at 10 x 10 both are
# not a number, without a warning: what the window's border is cut from is smaller than the cut. SSIM of the
# same package is right at 8.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check torchmetrics==1.9.0 torch==2.14.1 numpy
seen=$("$folder/venv/bin/python" - <<'PYTHON'
import torch
from torchmetrics.image import StructuralSimilarityIndexMeasure, UniversalImageQualityIndex

for side in (8, 9, 10, 11, 16):
    sprite = torch.rand(1, 3, side, side, generator=torch.Generator().manual_seed(side))
    read = [round(float(UniversalImageQualityIndex()(sprite, other)), 3) for other in (sprite, 1 - sprite)]
    likeness = round(float(StructuralSimilarityIndexMeasure(data_range=1.0)(sprite, sprite)), 3)
    print(side, read[0], "below 0" if read[1] < 0 else read[1], likeness)
PYTHON
)
echo "$seen"
expected="8 0.0 0.0 1.0
9 0.0 0.0 1.0
10 nan nan 1.0
11 1.0 below 0 1.0
16 1.0 below 0 1.0"
[ "$seen" = "$expected" ] || { echo "this has changed"; exit 1; }
