#!/usr/bin/env bash
# imageio 2.38.1 and scikit-image 0.26.0 (whose io.imread is imageio) read the same sprite, once stored as
# RGBA and once with a palette whose first entry is transparent. RGBA comes as four channels. The indexed file
# comes as three: the ground is opaque and wears the hidden colour (magenta here), as if somebody had painted
# it. matplotlib 3.10.8 gives four channels for both. Most game sprites are indexed, and a network that learns
# from them learns the magenta.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check imageio==2.38.1 scikit-image==0.26.0 matplotlib==3.10.8 pillow==13.0.0 numpy==2.4.1
seen=$(cd "$folder" && "$folder/venv/bin/python" - <<'PYTHON'
import imageio.v3 as iio
import matplotlib.image
import numpy as np
from PIL import Image
from skimage import io

shape = np.zeros((8, 8), np.uint8)
shape[2:6, 2:6] = 1
indexed = Image.fromarray(shape, "L").convert("P")
indexed.putpalette([255, 0, 255, 0, 160, 60])
indexed.save("indexed.png", transparency=0)
Image.open("indexed.png").convert("RGBA").save("rgba.png")
readers = {"imageio": iio.imread, "scikit-image": io.imread, "matplotlib": matplotlib.image.imread}
for name, read in readers.items():
    for file in ("rgba.png", "indexed.png"):
        seen = read(file)
        corner = seen[0, 0] if seen.dtype == np.uint8 else (seen[0, 0] * 255).round().astype(int)
        print(name, file, seen.shape, corner.tolist())
PYTHON
)
echo "$seen"
expected="imageio rgba.png (8, 8, 4) [255, 0, 255, 0]
imageio indexed.png (8, 8, 3) [255, 0, 255]
scikit-image rgba.png (8, 8, 4) [255, 0, 255, 0]
scikit-image indexed.png (8, 8, 3) [255, 0, 255]
matplotlib rgba.png (8, 8, 4) [255, 0, 255, 0]
matplotlib indexed.png (8, 8, 4) [255, 0, 255, 0]"
[ "$seen" = "$expected" ] || { echo "this has changed"; exit 1; }
