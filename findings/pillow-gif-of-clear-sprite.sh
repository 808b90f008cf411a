#!/usr/bin/env bash
# Pillow 13.0.0, a sprite of eight colours, seven in a ramp and one fully transparent, saved as GIF. Opaque
# (RGB) all seven come back exactly. With transparency (RGBA) only four of them do, although a GIF holds 256:
# RGBA goes through the octree quantiser, which joins colours that share a cell whatever number is asked for.
# quantize(256) and convert("P", ADAPTIVE) do the same. A sprite whose colours are told apart by six levels
# loses its shading in the very format it is shared in; an image that is already "P" is kept.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pillow==13.0.0 numpy==2.4.1
seen=$("$folder/venv/bin/python" - <<'PYTHON'
from io import BytesIO

import numpy as np
from PIL import Image

ramp = np.array([[40 + 6 * step, 60 + 5 * step, 90 + 4 * step] for step in range(7)], np.uint8)
index = np.arange(256).reshape(16, 16) % 8
sprite = np.zeros((16, 16, 4), np.uint8)
for number, color in enumerate(ramp):
    sprite[index == number] = (*color, 255)


def kept(image):
    shown = np.asarray(image.convert("RGBA"))[index < 7][:, :3]
    return len(np.unique(shown, axis=0)), int(np.abs(shown.astype(int) - ramp[index[index < 7]]).max())


def through_gif(image):
    held = BytesIO()
    image.save(held, "GIF")
    held.seek(0)
    return Image.open(held)


clear = Image.fromarray(sprite)
indexed = Image.fromarray(np.where(index < 7, index, 7).astype(np.uint8), "L").convert("P")
indexed.putpalette(ramp.tobytes() + bytes(3))
print("RGB as GIF", *kept(through_gif(clear.convert("RGB"))))
print("RGBA as GIF", *kept(through_gif(clear)))
print("RGBA quantize(256)", *kept(clear.quantize(256)))
print("P as GIF", *kept(through_gif(indexed)))
PYTHON
)
echo "$seen"
expected="RGB as GIF 7 0
RGBA as GIF 4 6
RGBA quantize(256) 4 6
P as GIF 7 0"
[ "$seen" = "$expected" ] || { echo "this has changed"; exit 1; }
