#!/usr/bin/env bash
# torchvision 0.29.1, decode_image with RGB_ALPHA. An indexed PNG with a transparent entry is right. A black-
# and-white PNG of one bit comes with alpha 1 of 255 everywhere: all but invisible. A grey or RGB PNG that
# names one transparent colour (tRNS, as 1-bit game art and old tools write it) comes fully opaque. Pillow
# 13.0.0, pngjs and sharp agree with the PNG specification on all four.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check torch==2.14.1 torchvision==0.29.1 pillow==13.0.0 numpy==2.4.1
seen=$(cd "$folder" && "$folder/venv/bin/python" - <<'PYTHON'
import warnings

import numpy as np
from PIL import Image
from torchvision.io import ImageReadMode, decode_image, read_file

warnings.simplefilter("ignore")
light = np.zeros((8, 8), np.uint8)
light[2:6, 2:6] = 255
grey = Image.fromarray(light)
indexed = Image.fromarray((light > 0).astype(np.uint8), "L").convert("P")
indexed.putpalette([0, 0, 0, 255, 255, 255])
indexed.save("indexed.png", transparency=0)
grey.convert("1").save("bits.png")
grey.save("grey.png", transparency=0)
grey.convert("RGB").save("rgb.png", transparency=(0, 0, 0))
for file in ("indexed.png", "bits.png", "grey.png", "rgb.png"):
    alpha = decode_image(read_file(file), ImageReadMode.RGB_ALPHA)[3].numpy()
    true = np.asarray(Image.open(file).convert("RGBA"))[..., 3]
    print(file, np.unique(alpha).tolist(), "should be", np.unique(true).tolist())
PYTHON
)
echo "$seen"
expected="indexed.png [0, 255] should be [0, 255]
bits.png [1] should be [255]
grey.png [255] should be [0, 255]
rgb.png [255] should be [0, 255]"
[ "$seen" = "$expected" ] || { echo "this has changed"; exit 1; }
