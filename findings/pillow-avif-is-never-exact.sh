#!/usr/bin/env bash
# Pillow 13.0.0, pixel art of 16 colours as AVIF. quality=100 still halves the colour's resolution (4:2:0): 16 colours
# come back as about a thousand, a channel up to 176 of 255 away. lossless=True, which the WebP writer next door knows,
# is taken without a word and changes nothing. With subsampling="4:4:4" there are 16 colours, but not the same ones
# (up to 2 away). No setting of this writer gives a sprite back; WebP with lossless=True does.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pillow==13.0.0 numpy==2.4.1
seen=$("$folder/venv/bin/python" - <<'PYTHON'
from io import BytesIO
import numpy as np
from PIL import Image

rng = np.random.default_rng(0)
sprite = rng.integers(0, 256, (16, 3), dtype=np.uint8)[rng.integers(0, 16, (32, 32))]
for kind, told in (("AVIF", {"quality": 100}), ("AVIF", {"lossless": True}), ("AVIF", {"quality": 100, "lossless": True}),
                   ("AVIF", {"quality": 100, "subsampling": "4:4:4"}), ("WEBP", {"lossless": True})):
    file = BytesIO()
    Image.fromarray(sprite).save(file, kind, **told)
    back = np.asarray(Image.open(BytesIO(file.getvalue())).convert("RGB"))
    far = int(np.abs(back.astype(int) - sprite).max())
    colors = len(np.unique(back.reshape(-1, 3), axis=0))
    print(kind, told, "16 colours" if colors == 16 else "hundreds", "exact" if far == 0 else "near" if far < 5 else "far off")
PYTHON
)
echo "$seen"
wanted="AVIF {'quality': 100} hundreds far off
AVIF {'lossless': True} hundreds far off
AVIF {'quality': 100, 'lossless': True} hundreds far off
AVIF {'quality': 100, 'subsampling': '4:4:4'} 16 colours near
WEBP {'lossless': True} 16 colours exact"
[ "$seen" = "$wanted" ] || { echo "this has changed"; exit 1; }
