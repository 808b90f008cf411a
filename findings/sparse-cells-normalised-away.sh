#!/usr/bin/env bash
# csbdeep 0.8.2, normalize(x, 1, 99.8), which StarDist's pages put before every prediction, and cellpose 4.2.1.1, normalize_img,
# which it applies unasked: brightness is brought to percentiles of the picture itself. In a field with few cells on a ground
# of 0 (ground subtracted, a sparse well) both percentiles lie in the ground and their distance is 0. csbdeep divides by 1e-20:
# one cell in 256 x 256 is 2e22 bright, of which a network makes infinities. cellpose sets the whole picture to 0: with
# nine cells (0.9 % of the area) a blank field is what the network sees, and none can be found. Neither warns. So of one
# plate the full wells are counted, and the nearly empty ones, which are the drug's effect, read 0. Sixteen cells (1.7 %) come
# through. Safe: levels taken from the plate (csbdeep: normalize_mi_ma, cellpose: lowhigh), and a look at their distance.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -qq --disable-pip-version-check torch==2.14.1 torchvision==0.29.1 csbdeep==0.8.2 scipy==1.17.1 \
  opencv-python-headless==5.0.0.93 numpy==2.4.6
"$folder/venv/bin/pip" install -qq --disable-pip-version-check --no-deps cellpose==4.2.1.1
seen=$("$folder/venv/bin/python" - 2> "$folder/log" <<'PYTHON'
import warnings

import numpy as np

warnings.simplefilter("ignore")
from cellpose.transforms import normalize_img
from csbdeep.utils import normalize

down, right = np.indices((256, 256))
for many in (1, 2, 4, 8, 9, 16):
    field = np.zeros((256, 256), np.float32)
    for number in range(many):
        y, x = 30 + number // 4 * 60, 30 + number % 4 * 60
        away = (down - y) ** 2 + (right - x) ** 2
        field += np.where(away < 25, 200 - 4 * away, 0)
    share = (field > 0).mean() * 100
    by_csbdeep = normalize(field, 1, 99.8)
    by_cellpose = normalize_img(field[..., None].copy(), axis=-1)
    print(f"{many} cells, {share:.1f} % of the area | csbdeep: up to {by_csbdeep.max():.3g} | "
          f"cellpose: {'blank' if not by_cellpose.any() else f'up to {by_cellpose.max():.3g}'}")
PYTHON
) || { cat "$folder/log"; exit 1; }
echo "$seen"
expected="1 cells, 0.1 % of the area | csbdeep: up to 2e+22 | cellpose: blank
2 cells, 0.2 % of the area | csbdeep: up to 1.67 | cellpose: blank
4 cells, 0.4 % of the area | csbdeep: up to 1.25 | cellpose: blank
8 cells, 0.8 % of the area | csbdeep: up to 1.11 | cellpose: blank
9 cells, 0.9 % of the area | csbdeep: up to 1.11 | cellpose: blank
16 cells, 1.7 % of the area | csbdeep: up to 1.04 | cellpose: up to 1.35"
[ "$seen" = "$expected" ] || { echo "this has changed"; exit 1; }
