#!/usr/bin/env bash
# Pillow 13.0.0, a sprite of three colours saved as .ico, as it comes. Wanted is the sprite; what is written are the sizes
# of a fixed list (16, 24, 32, 48, 64, 128, 256) that are no larger, each made with Lanczos. A sprite of 20 x 20 becomes one icon
# of 16 x 16 with 91 colours, half-transparent ones among them; the sprite itself is not in the file. One of 40 x 40 likewise
# (16, 24 and 32). Of 32 x 32 the sprite is there, and 16 and 24 are blurred copies that Windows shows in its lists. Nothing
# warns. sizes=[sprite.size] writes the sprite and nothing else, for every size up to 256.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -qq --disable-pip-version-check pillow==13.0.0 numpy==2.4.6
seen=$("$folder/venv/bin/python" - <<'PYTHON'
import io

import numpy as np
from PIL import Image

def colors(image):
    rgba = np.asarray(image.convert("RGBA"))
    return len(np.unique(rgba[rgba[..., 3] > 0], axis=0)), bool(((rgba[..., 3] > 0) & (rgba[..., 3] < 255)).any())

def look(side, **settings):
    rgba = np.zeros((side, side, 4), np.uint8)
    rgba[side // 4 : side - 2, 3 : side - 3] = (171, 82, 54, 255)
    rgba[side // 4 : side // 2, side // 3 : side // 2] = (255, 236, 39, 255)
    rgba[side // 2, 3 : side - 3] = (29, 43, 83, 255)
    file = io.BytesIO()
    Image.fromarray(rgba).save(file, "ICO", **settings)
    file.seek(0)
    with Image.open(file) as image:
        held = sorted(image.ico.sizes())
        told = [f"{size[0]}: {n} colours{', soft' if soft else ''}" for size in held for n, soft in [colors(image.ico.getimage(size))]]
    print(f"{side} x {side}{' with sizes' if settings else ''} | " + " | ".join(told))

for side in (20, 32, 40):
    look(side)
look(20, sizes=[(20, 20)])
look(40, sizes=[(40, 40)])
PYTHON
)
echo "$seen"
wanted='20 x 20 | 16: 91 colours, soft
32 x 32 | 16: 88 colours, soft | 24: 102 colours, soft | 32: 3 colours
40 x 40 | 16: 90 colours, soft | 24: 115 colours, soft | 32: 103 colours, soft
20 x 20 with sizes | 20: 3 colours
40 x 40 with sizes | 40: 3 colours'
[ "$seen" = "$wanted" ] || { echo "this has changed"; exit 1; }
