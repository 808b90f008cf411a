#!/usr/bin/env bash
# pyvips 3.2.0 (libvips 8.18.7), a sprite with a clear ground as an array of four bytes a pixel, as NumPy and Pillow hand it over, through
# Image.new_from_array and written. As PNG and WebP every pixel comes back. As PNG with palette=True and as .gif, which both hold 256 colours,
# a sprite of sixteen greys comes back with 22 and 7 colours, up to 195 of 255 away, and with holes in it: pixels that were opaque are clear. Of three
# bytes a pixel it comes back exactly. new_from_array calls three bands "srgb" and four "multiband"; what writes PNG takes these for
# colour and alpha, what makes a palette does not. Nothing warns. Safe: interpretation="srgb", said to new_from_array, which keeps all
# sixteen and the alpha in every format.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -qq --disable-pip-version-check pyvips==3.2.0 pyvips-binary==8.18.7 pillow==13.0.0 numpy==2.4.6
seen=$("$folder/venv/bin/python" - 2> "$folder/log" <<'PYTHON'
import io

import numpy as np
import pyvips
from PIL import Image

greys = 60 + 3 * np.arange(16)
sprite = np.zeros((32, 32, 4), np.uint8)
sprite[4:28, 8:24, :3] = greys[None, :, None]
sprite[4:28, 8:24, 3] = 255
whole = sprite[4:28, 8:24, :3].copy()

for name, array in (("three bands", whole), ("four bands", sprite)):
    for told in ({}, {"interpretation": "srgb"}):
        image = pyvips.Image.new_from_array(array, **told)
        for kind, words in ((".png", {}), (".png", {"palette": True}), (".gif", {}), (".webp", {"lossless": True})):
            back = Image.open(io.BytesIO(image.write_to_buffer(kind, **words))).convert("RGBA")
            seen = np.asarray(back).astype(int)
            seen = seen[4:28, 8:24] if name == "four bands" else seen
            off = np.abs(seen[..., :3] - whole).max()
            print(f"{name}, {image.interpretation} | {kind}{' palette=True' if 'palette' in words else ''} | {len(np.unique(seen[..., :3].reshape(-1, 3), axis=0))}"
                  f" colours of 16, up to {off} away | alpha of the sprite {seen[..., 3].min()} to {seen[..., 3].max()}")
PYTHON
) || { cat "$folder/log"; exit 1; }
echo "$seen"
expected="three bands, srgb | .png | 16 colours of 16, up to 0 away | alpha of the sprite 255 to 255
three bands, srgb | .png palette=True | 16 colours of 16, up to 0 away | alpha of the sprite 255 to 255
three bands, srgb | .gif | 16 colours of 16, up to 0 away | alpha of the sprite 255 to 255
three bands, srgb | .webp | 16 colours of 16, up to 0 away | alpha of the sprite 255 to 255
three bands, srgb | .png | 16 colours of 16, up to 0 away | alpha of the sprite 255 to 255
three bands, srgb | .png palette=True | 16 colours of 16, up to 0 away | alpha of the sprite 255 to 255
three bands, srgb | .gif | 16 colours of 16, up to 0 away | alpha of the sprite 255 to 255
three bands, srgb | .webp | 16 colours of 16, up to 0 away | alpha of the sprite 255 to 255
four bands, multiband | .png | 16 colours of 16, up to 0 away | alpha of the sprite 255 to 255
four bands, multiband | .png palette=True | 22 colours of 16, up to 195 away | alpha of the sprite 0 to 255
four bands, multiband | .gif | 7 colours of 16, up to 177 away | alpha of the sprite 0 to 255
four bands, multiband | .webp | 16 colours of 16, up to 0 away | alpha of the sprite 255 to 255
four bands, srgb | .png | 16 colours of 16, up to 0 away | alpha of the sprite 255 to 255
four bands, srgb | .png palette=True | 16 colours of 16, up to 0 away | alpha of the sprite 255 to 255
four bands, srgb | .gif | 16 colours of 16, up to 0 away | alpha of the sprite 255 to 255
four bands, srgb | .webp | 16 colours of 16, up to 0 away | alpha of the sprite 255 to 255"
[ "$seen" = "$expected" ] || { echo "this has changed"; exit 1; }
