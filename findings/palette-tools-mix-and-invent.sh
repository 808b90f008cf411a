#!/usr/bin/env bash
# Five usual packages for "the colours of a picture", on 32 x 32 pixel art of a few flat colours, each asked for as many as there
# are: no task is easier. colorthief 0.2.1 gives none of them: each comes as the middle of a box of 8 x 8 x 8 levels (12, 60, 12 for
# 15, 56, 15); white, which it skips as paper, is replaced by a green (48, 116, 92) that no pixel has, and among PICO-8's
# sixteen stands (256, 208, 84), a channel of 256. Pylette 6.0.0 resizes to 256 x 256 first, enlarging a sprite with a blur, and
# then finds none; with resize=False all, by MedianCut 2, 4 and 8. colorgram.py 1.2.0 and haishoku 1.1.8 make one of
# the Game Boy's two light greens, extcolors 1.0.0 two of all four (a tolerance of 32). Of PICO-8's sixteen they keep 10, 5 and 13.
# Nothing warns, and a sprite recoloured in "its own palette" is another. Safe: count the pixels wherever there are few colours
# (np.unique, Image.getcolors).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -qq --disable-pip-version-check colorthief==0.2.1 colorgram.py==1.2.0 extcolors==1.0.0 haishoku==1.1.8 pylette==6.0.0 \
  pillow==12.3.0 numpy==2.4.6
seen=$(venv/bin/python - 2> log <<'PYTHON'
import warnings

warnings.simplefilter("ignore")
import colorgram
import extcolors
import numpy as np
from colorthief import ColorThief
from haishoku.haishoku import Haishoku
from PIL import Image
from pylette import extract_colors

PICO_8 = ["000000", "1d2b53", "7e2553", "008751", "ab5236", "5f574f", "c2c3c7", "fff1e8", "ff004d", "ffa300", "ffec27", "00e436",
          "29adff", "83769c", "ff77a8", "ffccaa"]
SETS = {"Game Boy": ["0f380f", "306230", "8bac0f", "9bbc0f"], "icon": ["ffffff", "000000", "c82828", "fadcb4"], "PICO-8": PICO_8}
WAYS = {
    "colorthief": lambda many: ColorThief("sprite.png").get_palette(color_count=many, quality=1),
    "colorgram": lambda many: [one.rgb for one in colorgram.extract("sprite.png", many)],
    "extcolors": lambda many: [color for color, _ in extcolors.extract_from_path("sprite.png", limit=many)[0]],
    "haishoku": lambda many: [color for _, color in Haishoku.getPalette("sprite.png")],
    "Pylette": lambda many: [one.rgb for one in extract_colors("sprite.png", palette_size=many)],
    "Pylette, resize=False": lambda many: [one.rgb for one in extract_colors("sprite.png", palette_size=many, resize=False)],
    "Pylette, MedianCut, resize=False": lambda many: [
        one.rgb for one in extract_colors("sprite.png", palette_size=many, mode="MedianCut", resize=False)],
}
for title, names in SETS.items():
    colors = np.array([list(bytes.fromhex(name)) for name in names], np.uint8)
    place = np.arange(1024).reshape(32, 32)
    Image.fromarray(colors[(place * 7 + place // 32 * 3) % len(colors)]).save("sprite.png")
    for name, way in WAYS.items():
        found = {tuple(int(value) for value in color[:3]) for color in way(len(colors))}
        drawn = {tuple(color) for color in colors.tolist()}
        lone = [color for color in found if min(max(abs(a - b) for a, b in zip(color, other)) for other in drawn) > 40]
        print(f"{title}, {len(colors)} colours | {name}: {len(found & drawn)} of them"
              + (f"; far from all of them: {sorted(lone)}" if lone and name == "colorthief" else ""))
PYTHON
) || { cat log; exit 1; }
echo "$seen"
expected="Game Boy, 4 colours | colorthief: 0 of them
Game Boy, 4 colours | colorgram: 2 of them
Game Boy, 4 colours | extcolors: 2 of them
Game Boy, 4 colours | haishoku: 2 of them
Game Boy, 4 colours | Pylette: 0 of them
Game Boy, 4 colours | Pylette, resize=False: 4 of them
Game Boy, 4 colours | Pylette, MedianCut, resize=False: 2 of them
icon, 4 colours | colorthief: 0 of them; far from all of them: [(48, 116, 92)]
icon, 4 colours | colorgram: 2 of them
icon, 4 colours | extcolors: 3 of them
icon, 4 colours | haishoku: 2 of them
icon, 4 colours | Pylette: 0 of them
icon, 4 colours | Pylette, resize=False: 4 of them
icon, 4 colours | Pylette, MedianCut, resize=False: 4 of them
PICO-8, 16 colours | colorthief: 0 of them; far from all of them: [(256, 208, 84)]
PICO-8, 16 colours | colorgram: 10 of them
PICO-8, 16 colours | extcolors: 13 of them
PICO-8, 16 colours | haishoku: 5 of them
PICO-8, 16 colours | Pylette: 0 of them
PICO-8, 16 colours | Pylette, resize=False: 16 of them
PICO-8, 16 colours | Pylette, MedianCut, resize=False: 8 of them"
[ "$seen" = "$expected" ] || { echo "this has changed"; exit 1; }
