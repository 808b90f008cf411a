#!/usr/bin/env bash
# A TGA of 16 bits (five a colour and one more, as old consoles' and engines' tools write sprites), opened by seven readers. The header
# says how many bits are alpha. Where it says none, FFmpeg (PyAV 18.1.0), pygame-ce 2.5.8, ImageMagick (magick-wasm 0.0.43),
# @lunapaint/tga-codec 0.2.0 and tga 1.0.7 show the sprite opaque. Pillow 13.0.0 and three 0.187.0 (TGALoader) take the sixteenth bit for
# "clear", declared or not: a sprite that has it set is gone, and only its ground is left. Where one bit is declared there are four answers
# for the same bytes: set is opaque (ImageMagick), set is clear (Pillow, three, lunapaint), set is half clear and unset clear (tga), no
# alpha (FFmpeg, pygame). An indexed one whose palette has 16 bits is clear in Pillow as well and opaque in the others (three refuses
# it). And full red is 248 in three, in tga and in pygame's palette, 255 in the others. Nothing warns. Safe: TGA with 24 or 32
# bits, or PNG.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -qq --disable-pip-version-check pillow==13.0.0 pygame-ce==2.5.8 av==18.1.0 numpy==2.4.6
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund three@0.187.0 @imagemagick/magick-wasm@0.0.43 @lunapaint/tga-codec@0.2.0 tga@1.0.7 >/dev/null
cat > seen.py <<'PYTHON'
import struct

import av
import pygame
from PIL import Image

# red, green and blue with the sixteenth bit set, and black (the ground) without it
colors = struct.pack("<4H", 0x8000 | 31 << 10, 0x8000 | 31 << 5, 0x8000 | 31, 0)


def header(kind, depth, alpha, table=(0, 0, 0)):
    return struct.pack("<BBBHHBHHHHBB", 0, kind == 1, kind, *table, 0, 0, 2, 2, depth, 0x20 | alpha)


files = {
    "none": header(2, 16, 0) + colors,
    "one": header(2, 16, 1) + colors,
    "indexed": header(1, 8, 0, (0, 4, 16)) + colors + bytes([0, 1, 2, 3]),
}


def told(name, reader, pixels):
    pixels = [tuple(pixel) for pixel in pixels]
    print(f"{name} | {reader} | alpha {' '.join(str(pixel[3]) for pixel in pixels)} | red {pixels[0][0]}")


for name, data in files.items():
    with open(f"{name}.tga", "wb") as file:
        file.write(data)
    with Image.open(f"{name}.tga") as image:
        told(name, "Pillow", zip(*(list(image.convert("RGBA").getchannel(c).tobytes()) for c in "RGBA")))
    surface = pygame.image.load(f"{name}.tga")
    told(name, "pygame", [surface.get_at((x, y)) for y in (0, 1) for x in (0, 1)])
    with av.open(f"{name}.tga") as held:
        told(name, "FFmpeg", next(held.decode(video=0)).to_ndarray(format="rgba").reshape(-1, 4).tolist())
PYTHON
cat > seen.mjs <<'NODE'
import fs from 'node:fs'
import { createRequire } from 'node:module'
import { ImageMagick, MagickFormat, initializeImageMagick } from '@imagemagick/magick-wasm'
import { TGALoader } from 'three/addons/loaders/TGALoader.js'
import { decodeTga } from '@lunapaint/tga-codec'

const require = createRequire(import.meta.url)
const TGA = require('tga')
await initializeImageMagick(fs.readFileSync(require.resolve('@imagemagick/magick-wasm/magick.wasm')))
for (const name of ['none', 'one', 'indexed']) {
  const bytes = new Uint8Array(fs.readFileSync(`${name}.tga`))
  const told = (reader, pixels) => console.log(`${name} | ${reader} | alpha ${[3, 7, 11, 15].map((n) => pixels[n]).join(' ')} | red ${pixels[0]}`)
  told('ImageMagick', ImageMagick.read(bytes, MagickFormat.Tga, (image) => image.getPixels((held) => held.toByteArray(0, 0, 2, 2, 'RGBA'))))
  told('lunapaint', (await decodeTga(bytes)).image.data)
  told('tga', new TGA(Buffer.from(bytes)).pixels)
  if (name !== 'indexed') told('three', new TGALoader().parse(bytes.buffer).data) // it refuses such palettes
}
NODE
seen=$(PYGAME_HIDE_SUPPORT_PROMPT=1 SDL_VIDEODRIVER=dummy venv/bin/python seen.py && node seen.mjs)
echo "$seen"
wanted='none | Pillow | alpha 0 0 0 255 | red 255
none | pygame | alpha 255 255 255 255 | red 255
none | FFmpeg | alpha 255 255 255 255 | red 255
one | Pillow | alpha 0 0 0 255 | red 255
one | pygame | alpha 255 255 255 255 | red 255
one | FFmpeg | alpha 255 255 255 255 | red 255
indexed | Pillow | alpha 0 0 0 255 | red 255
indexed | pygame | alpha 255 255 255 255 | red 248
indexed | FFmpeg | alpha 255 255 255 255 | red 255
none | ImageMagick | alpha 255 255 255 255 | red 255
none | lunapaint | alpha 255 255 255 255 | red 255
none | tga | alpha 255 255 255 255 | red 248
none | three | alpha 0 0 0 255 | red 248
one | ImageMagick | alpha 255 255 255 0 | red 255
one | lunapaint | alpha 0 0 0 255 | red 255
one | tga | alpha 128 128 128 0 | red 248
one | three | alpha 0 0 0 255 | red 248
indexed | ImageMagick | alpha 255 255 255 255 | red 255
indexed | lunapaint | alpha 255 255 255 255 | red 255
indexed | tga | alpha 255 255 255 255 | red 248'
[ "$seen" = "$wanted" ] || { echo "this has changed"; exit 1; }
