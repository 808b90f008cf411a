#!/usr/bin/env bash
# Pillow 13.0.0, an indexed sprite (mode P) saved as GIF: colours that no pixel uses are dropped and the rest renumbered
# (5, 6, 7 become 0, 1, 2), without being asked; PNG, BMP, PCX, TIFF and TGA keep the numbers. A palette swap that
# replaces entry 5 (a game's usual way to recolour a hero) then paints nothing, or the wrong part. optimize=False
# keeps the numbers.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pillow==13.0.0 numpy==2.4.1
seen=$("$folder/venv/bin/python" - <<'PYTHON'
from io import BytesIO
import numpy as np
from PIL import Image

sprite = Image.fromarray(np.array([[5, 6], [7, 5]], np.uint8), "P")
sprite.putpalette([v for k in range(8) for v in (30 * k, 0, 255 - 30 * k)])

def numbers(kind, **told):
    file = BytesIO()
    sprite.save(file, kind, **told)
    return np.asarray(Image.open(BytesIO(file.getvalue()))).ravel().tolist()

for kind in ("PNG", "BMP", "PCX", "TIFF", "TGA", "GIF"):
    print(kind, numbers(kind))
print("GIF, optimize=False", numbers("GIF", optimize=False))
PYTHON
)
echo "$seen"
wanted='PNG [5, 6, 7, 5]
BMP [5, 6, 7, 5]
PCX [5, 6, 7, 5]
TIFF [5, 6, 7, 5]
TGA [5, 6, 7, 5]
GIF [0, 1, 2, 0]
GIF, optimize=False [5, 6, 7, 5]'
[ "$seen" = "$wanted" ] || { echo "this has changed"; exit 1; }
