#!/usr/bin/env bash
# ImageHash 4.3.2 (Pillow 13.0.0), the usual way to find doubles in a set of pictures, on sprites with transparency. Every hash
# turns the picture grey and forgets alpha, so what counts is the colour hidden under the transparent pixels. Black icons on a
# clear ground (as icon sets and silhouettes are stored: black everywhere, the shape in alpha) are all one picture: distance 0
# for average, perceptual, difference, wavelet and colour hash, so all but one are thrown out. And one and the
# same sprite, its clear ground once hiding black and once magenta, is up to 64 of 64 bits apart: a double that stays.
# Laid on one ground first (alpha_composite), shapes are told apart and the doubles are 0.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -qq --disable-pip-version-check imagehash==4.3.2 pillow==13.0.0 numpy==2.4.6 scipy==1.17.1
seen=$("$folder/venv/bin/python" - <<'PYTHON'
import imagehash
import numpy as np
from PIL import Image

def sprite(shape, color, hidden):
    rgba = np.zeros((16, 16, 4), np.uint8)
    rgba[..., :3] = hidden
    rgba[shape] = (*color, 255)
    return Image.fromarray(rgba)

def on_white(image):
    return Image.alpha_composite(Image.new("RGBA", image.size, "white"), image).convert("RGB")

bar, key = np.zeros((2, 16, 16), bool)
bar[4:12, 2:6] = True
key[2:5, 3:14] = key[8:, 7:9] = True
black, red = (0, 0, 0), (200, 0, 0)
icons = sprite(bar, black, black), sprite(key, black, black)
same = sprite(bar, red, black), sprite(bar, red, (255, 0, 255))
print("two black icons, one sprite with two hidden colours; the same laid on white")
for name in ("average_hash", "dhash", "phash", "whash", "colorhash"):
    code = getattr(imagehash, name)
    found = [int(code(a) - code(b)) for a, b in (icons, same)]
    laid = [int(code(on_white(a)) - code(on_white(b))) for a, b in (icons, same)]
    if name == "average_hash":
        print("average_hash, of 64 bits:", found[0], found[1], "|", laid[0] > 0, laid[1])
    else:  # what the last bit of a transform says may differ by processor
        print(name, "| apart:", *(gap > 0 for gap in found), "|", *(gap > 0 for gap in laid))
PYTHON
)
echo "$seen"
wanted='two black icons, one sprite with two hidden colours; the same laid on white
average_hash, of 64 bits: 0 64 | True 0
dhash | apart: False True | True False
phash | apart: False True | True False
whash | apart: False True | True False
colorhash | apart: False True | True False'
[ "$seen" = "$wanted" ] || { echo "this has changed"; exit 1; }
