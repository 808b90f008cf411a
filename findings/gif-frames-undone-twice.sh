#!/usr/bin/env bash
# GIF, frames that say what becomes of them once their time is over: 1 they stay, 2 their place is cleared, 3 what was there before comes back (a blink drawn over a face). 0
# is "nothing said" and means staying. Pillow 13.0.0 takes 0 after a frame with 2 or 3 for that frame's word: of 1, 3, 0, 1 (face, blink, hat, sword) the hat is taken off again
# before the sword comes. With 1 in place of 0 all is right. modern-gif 2.1.0 puts back the wrong picture for 3: nothing at all, so from then on only what is drawn later
# is there and the face is gone. OpenCV 5.0.0 (imreadanimation), sharp 0.35.5 (libvips) and FFmpeg (PyAV 18.1.0) show all as browsers do. Editors write 0 where nothing needs to be undone, and
# optimisers 3 where it saves bytes; a file whose frames all say the same, as tests have it, is read alike by all. Nothing warns.
# Safe: 1 rather than 0, and 2 with whole frames rather than 3.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -qq --disable-pip-version-check pillow==13.0.0 av==18.1.0 opencv-python-headless==5.0.0.93 numpy==2.4.6
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund sharp@0.35.5 modern-gif@2.1.0 >/dev/null
cat > made.py <<'PYTHON'
import struct

TABLE = bytes([255, 0, 0, 0, 255, 0, 0, 0, 255, 255, 255, 0])  # red, green, blue, yellow


def frame(color, x, y, side, disposal):
    """A square of one colour. Codes of 3 bits, a clear code before every pixel: valid, and never needs a fourth bit."""
    bits, count, out = 0, 0, bytearray()
    for code in [c for _ in range(side * side) for c in (4, color)] + [5]:
        bits |= code << count
        count += 3
        while count >= 8:
            out.append(bits & 255)
            bits, count = bits >> 8, count - 8
    out.append(bits & 255)
    head = b"\x21\xf9\x04" + struct.pack("<BHBB", disposal << 2, 5, 0, 0)
    return head + b"\x2c" + struct.pack("<4HB", x, y, side, side, 0) + b"\x02" + bytes([len(out)]) + bytes(out) + b"\0"


for name, words in (("kept", (1, 3, 1, 1)), ("unsaid", (1, 3, 0, 1)), ("all", (1, 1, 1, 1))):
    data = b"GIF89a" + struct.pack("<HHBBB", 4, 4, 0x81, 0, 0) + TABLE
    data += frame(0, 0, 0, 4, words[0]) + frame(1, 0, 0, 2, words[1]) + frame(2, 2, 0, 2, words[2]) + frame(3, 2, 2, 2, words[3]) + b";"
    open(f"{name}.gif", "wb").write(data)
PYTHON
venv/bin/python made.py
cat > read.py <<'PYTHON'
import av
import cv2
import numpy as np
from PIL import Image, ImageSequence

NAMES = {(255, 0, 0): "R", (0, 255, 0): "G", (0, 0, 255): "B", (255, 255, 0): "Y"}
READERS = {
    "Pillow": lambda name: [np.array(f.convert("RGBA")) for f in ImageSequence.Iterator(Image.open(name))],
    "OpenCV": lambda name: [np.dstack([f[..., 2::-1], f[..., 3:] if f.shape[2] > 3 else np.full((4, 4), 255)]) for f in cv2.imreadanimation(name)[1].frames],
    "FFmpeg": lambda name: [f.to_ndarray(format="rgba") for f in av.open(name).decode(video=0)],
}
for reader, read in READERS.items():
    for name in ("all", "kept", "unsaid"):
        last = read(f"{name}.gif")[3]
        print(reader, name, "/".join("".join("." if p[3] == 0 else NAMES.get(tuple(int(v) for v in p[:3]), "?") for p in row) for row in last))
PYTHON
cat > read.mjs <<'NODE'
import fs from 'fs'
import sharp from 'sharp'
import { decodeFrames } from 'modern-gif'

const names = { '255,0,0': 'R', '0,255,0': 'G', '0,0,255': 'B', '255,255,0': 'Y' }
const readers = {
  sharp: async (file) => { const all = await sharp(file, { animated: true }).ensureAlpha().raw().toBuffer(); return all.subarray(3 * 64) },
  'modern-gif': (file) => decodeFrames(new Uint8Array(fs.readFileSync(file)).buffer)[3].data,
}
for (const [reader, read] of Object.entries(readers)) {
  for (const name of ['all', 'kept', 'unsaid']) {
    const last = await read(`${name}.gif`)
    const rows = [0, 1, 2, 3].map((y) => [0, 1, 2, 3].map((x) => {
      const p = last.subarray(4 * (4 * y + x), 4 * (4 * y + x) + 4)
      return p[3] === 0 ? '.' : names[[p[0], p[1], p[2]]] ?? '?'
    }).join(''))
    console.log(reader, name, rows.join('/'))
  }
}
NODE
seen=$(venv/bin/python -W ignore read.py 2> log; node read.mjs 2>> log) || { cat log; exit 1; }
expected="Pillow all GGBB/GGBB/RRYY/RRYY
Pillow kept RRBB/RRBB/RRYY/RRYY
Pillow unsaid RRRR/RRRR/RRYY/RRYY
OpenCV all GGBB/GGBB/RRYY/RRYY
OpenCV kept RRBB/RRBB/RRYY/RRYY
OpenCV unsaid RRBB/RRBB/RRYY/RRYY
FFmpeg all GGBB/GGBB/RRYY/RRYY
FFmpeg kept RRBB/RRBB/RRYY/RRYY
FFmpeg unsaid RRBB/RRBB/RRYY/RRYY
sharp all GGBB/GGBB/RRYY/RRYY
sharp kept RRBB/RRBB/RRYY/RRYY
sharp unsaid RRBB/RRBB/RRYY/RRYY
modern-gif all GGBB/GGBB/RRYY/RRYY
modern-gif kept ..BB/..BB/..YY/..YY
modern-gif unsaid ..BB/..BB/..YY/..YY"
echo "$seen"
echo "expected: all GGBB/GGBB/RRYY/RRYY, kept and unsaid RRBB/RRBB/RRYY/RRYY by every reader"
[ "$seen" = "$expected" ] || { cat log; echo "this has changed"; exit 1; }
