#!/usr/bin/env bash
# Interlaced GIF (rows 0, 8, 16, ... first, then 4, 12, ..., then 2, 6, ..., then the odd ones), pictures of 7 columns and 1 to 19 rows, eight readers. At 5 rows
# and more, and at 1, all agree. At 2, 3 and 4 rows the second pass, which begins at row 4, has no row at all. pygame-ce 2.5.8 (SDL_image), omggif 1.0.10
# and jimp 1.6.1, which uses it, do not see that: the row that belongs to the next pass is put into it and is lost below the picture, all later ones stand in the wrong
# place, and a row is left that no pass filled. Pillow 13.0.0, OpenCV 5.0.0, FFmpeg (PyAV 18.1.0), sharp 0.35.5, gifuct-js 2.1.2 and modern-gif 2.1.0
# are right. A heart of 3 x 3, a bar of life, a strip of a palette have so few rows, and so has the part that a blink changes in a large
# animation, since each frame is interlaced by itself: there the face has wrong eyelids and the rest is right. Nothing warns.
# Safe: no interlace, which small pictures gain nothing by.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -qq --disable-pip-version-check pillow==13.0.0 pygame-ce==2.5.8 av==18.1.0 opencv-python-headless==5.0.0.93 numpy==2.4.6
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund omggif@1.0.10 jimp@1.6.1 sharp@0.35.5 gifuct-js@2.1.2 modern-gif@2.1.0 >/dev/null
cat > made.py <<'PYTHON'
import struct

import numpy as np

TABLE = bytes([255, 0, 0, 0, 255, 0, 0, 0, 255, 255, 255, 0, 9, 9, 9, 250, 250, 250, 0, 200, 200, 200, 0, 200])


def lzw(indices):
    """Codes of 4 bits, a clear code before every pixel: valid, and never needs a fifth bit."""
    codes = [c for i in indices for c in (8, int(i))] + [9]
    codes += [0] * (len(codes) % 2)
    data = bytes(a | b << 4 for a, b in zip(codes[::2], codes[1::2]))
    return b"\x03" + b"".join(bytes([len(data[k : k + 255])]) + data[k : k + 255] for k in range(0, len(data), 255)) + b"\0"


for rows in range(1, 20):
    picture = np.random.default_rng(rows).integers(0, 8, (rows, 7))
    order = [*range(0, rows, 8), *range(4, rows, 8), *range(2, rows, 4), *range(1, rows, 2)]
    data = b"GIF89a" + struct.pack("<HHBBB", 7, rows, 0x82, 0, 0) + TABLE
    data += b"\x2c" + struct.pack("<4HB", 0, 0, 7, rows, 0x40) + lzw(picture[order].ravel()) + b";"
    open(f"{rows}.gif", "wb").write(data)
    colors = np.frombuffer(TABLE, np.uint8).reshape(-1, 3)[picture]
    np.dstack([colors, np.full((rows, 7), 255, np.uint8)]).tofile(f"{rows}.true")
PYTHON
venv/bin/python made.py
cat > read.py <<'PYTHON'
import av
import cv2
import numpy as np
import pygame
from PIL import Image

READERS = {
    "Pillow": lambda name: np.array(Image.open(name).convert("RGB")),
    "OpenCV": lambda name: cv2.imread(name)[..., ::-1],
    "FFmpeg": lambda name: next(av.open(name).decode(video=0)).to_ndarray(format="rgb24"),
    "pygame": lambda name: pygame.surfarray.array3d(pygame.image.load(name)).swapaxes(0, 1),
}
for reader, read in READERS.items():
    wrong = []
    for rows in range(1, 20):
        true = np.fromfile(f"{rows}.true", np.uint8).reshape(rows, 7, 4)[..., :3]
        if not np.array_equal(read(f"{rows}.gif"), true):
            wrong.append(rows)
    print(f"{reader}: wrong at {wrong}")
PYTHON
cat > read.mjs <<'NODE'
import fs from 'fs'
import { GifReader } from 'omggif'
import { Jimp } from 'jimp'
import sharp from 'sharp'
import { parseGIF, decompressFrames } from 'gifuct-js'
import { decodeFrames } from 'modern-gif'

const readers = {
  omggif: (bytes, rows) => { const all = new Uint8Array(7 * rows * 4); new GifReader(bytes).decodeAndBlitFrameRGBA(0, all); return all },
  jimp: async (bytes) => (await Jimp.read(bytes)).bitmap.data,
  sharp: async (bytes) => sharp(bytes).ensureAlpha().raw().toBuffer(),
  'gifuct-js': (bytes) => decompressFrames(parseGIF(bytes), true)[0].patch,
  'modern-gif': (bytes) => decodeFrames(new Uint8Array(bytes).buffer)[0].data,
}
for (const [name, read] of Object.entries(readers)) {
  const wrong = []
  for (let rows = 1; rows < 20; rows++) {
    const seen = Buffer.from(await read(fs.readFileSync(`${rows}.gif`), rows))
    if (!seen.equals(fs.readFileSync(`${rows}.true`))) wrong.push(rows)
  }
  console.log(`${name}: wrong at [${wrong.join(', ')}]`)
}
NODE
seen=$(PYGAME_HIDE_SUPPORT_PROMPT=1 SDL_VIDEODRIVER=dummy venv/bin/python -W ignore read.py 2> log; node read.mjs 2>> log) || { cat log; exit 1; }
expected="Pillow: wrong at []
OpenCV: wrong at []
FFmpeg: wrong at []
pygame: wrong at [2, 3, 4]
omggif: wrong at [2, 3, 4]
jimp: wrong at [2, 3, 4]
sharp: wrong at []
gifuct-js: wrong at []
modern-gif: wrong at []"
echo "$seen"
echo "expected: nothing wrong"
[ "$seen" = "$expected" ] || { cat log; echo "this has changed"; exit 1; }
