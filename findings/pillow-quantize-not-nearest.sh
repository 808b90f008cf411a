#!/usr/bin/env bash
# Pillow 13.0.0, picture.quantize(palette=own, dither=Image.Dither.NONE), the usual way to lay a picture over a palette of one's
# own. What is looked for is the colour nearest to the corner of the block of 4 x 4 x 4 levels that a pixel lies in, and all
# 64 colours of the block get it. So colours of the palette itself become others: of eight skin shades two levels apart four
# are left, of a ramp of sixteen three levels apart eight, and a sprite that was drawn in its own palette is not itself after
# it was laid over it. Of 100,000 random colours laid over PICO-8's sixteen 3.1 % get one that is not the nearest, up to
# 8 levels farther away. Nothing warns. The smallest squared distance by NumPy has neither.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -qq --disable-pip-version-check pillow==13.0.0 numpy==2.4.6
seen=$("$folder/venv/bin/python" - <<'PYTHON'
import numpy as np
from PIL import Image

def laid(colors, palette):
    own = Image.new("P", (1, 1))
    own.putpalette([int(v) for color in palette for v in color] + list(map(int, palette[0])) * (256 - len(palette)))
    image = Image.fromarray(np.asarray(colors, np.uint8).reshape(1, -1, 3))
    shown = image.quantize(palette=own, dither=Image.Dither.NONE).convert("RGB")
    return np.asarray(shown).reshape(-1, 3).astype(int)

def look(name, palette):
    palette = np.array(palette)
    kept = laid(palette, palette)
    print(name, "| own colours kept", int((kept == palette).all(1).sum()), "of", len(palette), end=" | ")
    colors = np.random.default_rng(0).integers(0, 256, (100_000, 3))
    found = ((laid(colors, palette) - colors) ** 2).sum(1)
    best = ((colors[:, None] - palette) ** 2).sum(2).min(1)
    print(f"not the nearest: {100 * (found > best).mean():.1f} %, up to {(found**0.5 - best**0.5).max():.1f} farther")

look("skin, 2 levels apart", [(200 + 2 * k, 150 + 2 * k, 120 + 2 * k) for k in range(8)])
look("ramp, 3 levels apart", [(40 + 3 * k, 30 + 3 * k, 60 + 3 * k) for k in range(16)])
pico = "000000 1d2b53 7e2553 008751 ab5236 5f574f c2c3c7 fff1e8 ff004d ffa300 ffec27 00e436 29adff 83769c ff77a8 ffccaa"
look("PICO-8", [tuple(bytes.fromhex(one)) for one in pico.split()])
PYTHON
)
echo "$seen"
wanted='skin, 2 levels apart | own colours kept 4 of 8 | not the nearest: 6.2 %, up to 2.2 farther
ramp, 3 levels apart | own colours kept 8 of 16 | not the nearest: 8.4 %, up to 3.5 farther
PICO-8 | own colours kept 16 of 16 | not the nearest: 3.1 %, up to 8.1 farther'
[ "$seen" = "$wanted" ] || { echo "this has changed"; exit 1; }
