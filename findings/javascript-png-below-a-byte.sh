#!/usr/bin/env bash
# upng-js 2.1.0 and image-js 1.7.0 (with fast-png 8.0.0), readers of PNG in JavaScript, on sprites of few colours as optimisers store
# them, losslessly: 1, 2 or 4 bits a pixel, each row beginning with a byte of its own. upng-js forgets that for grey ones of 1
# bit: unless the width is a multiple of 8, every row slides further to the side, a slanted hero. image-js forgets it for indexed ones of 1, 2 and
# 4 bits, and 1-bit grey comes wrong even 16 wide. Each is right where the other is wrong, and neither says a word. At 8 bits, and
# where the rows fill whole bytes (widths of 8, 16, 24), all is well in upng-js, so test sprites of 16 x 16 pass. pngjs 7.0.0 and
# Pillow 13.0.0 read all of them. Safe: write sprites for others at 8 bits a pixel.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -qq --disable-pip-version-check pillow==13.0.0 numpy==2.4.6
npm install --silent --no-fund --no-audit upng-js@2.1.0 image-js@1.7.0 fast-png@8.0.0 pngjs@7.0.0
cat > write.py <<'PYTHON'
import json

import numpy as np
from PIL import Image

light = {}
for width in (16, 18, 20, 23):
    y, x = np.indices((width, width))
    level = (x * 3 + y * 5) % 7 > 2
    for bits in (1, 2, 4, 8):
        most = 2**bits - 1
        sprite = Image.fromarray((level * most).astype(np.uint8), "P")
        sprite.putpalette([0] * 3 * most + [255] * 3)
        sprite.save(f"indexed {bits} bits {width}.png", bits=bits)
        light[f"indexed {bits} bits {width}.png"] = level.ravel().astype(int).tolist()
    Image.fromarray(level).save(f"grey 1 bits {width}.png")
    light[f"grey 1 bits {width}.png"] = level.ravel().astype(int).tolist()
with open("light.json", "w") as file:
    json.dump(light, file)
PYTHON
venv/bin/python -W ignore write.py
cat > read.mjs <<'JS'
import fs from 'node:fs';
import { createRequire } from 'node:module';
import { decode } from 'image-js';
const require = createRequire(import.meta.url);
const UPNG = require('upng-js');
const { PNG } = require('pngjs');
const light = JSON.parse(fs.readFileSync('light.json'));
const readers = {
  pngjs: (file) => { const { data } = PNG.sync.read(file); return (n) => data[4 * n]; },
  'upng-js': (file) => {
    const data = new Uint8Array(UPNG.toRGBA8(UPNG.decode(new Uint8Array(file).buffer))[0]);
    return (n) => data[4 * n];
  },
  'image-js': (file) => { const image = decode(file); return (n) => image.getValueByIndex(n, 0); },
};
for (const kind of ['grey 1', 'indexed 1', 'indexed 2', 'indexed 4', 'indexed 8']) {
  for (const [name, reader] of Object.entries(readers)) {
    const widths = [16, 18, 20, 23].map((width) => {
      const title = `${kind} bits ${width}.png`;
      const value = reader(fs.readFileSync(title));
      return `${width} ${light[title].every((lit, n) => (value(n) > 127) === (lit === 1)) ? 'right' : 'WRONG'}`;
    });
    console.log(`${kind} bits | ${name} | ${widths.join(', ')}`);
  }
}
JS
seen=$(node read.mjs)
echo "$seen"
expected="grey 1 bits | pngjs | 16 right, 18 right, 20 right, 23 right
grey 1 bits | upng-js | 16 right, 18 WRONG, 20 WRONG, 23 WRONG
grey 1 bits | image-js | 16 WRONG, 18 WRONG, 20 WRONG, 23 WRONG
indexed 1 bits | pngjs | 16 right, 18 right, 20 right, 23 right
indexed 1 bits | upng-js | 16 right, 18 right, 20 right, 23 right
indexed 1 bits | image-js | 16 right, 18 WRONG, 20 WRONG, 23 WRONG
indexed 2 bits | pngjs | 16 right, 18 right, 20 right, 23 right
indexed 2 bits | upng-js | 16 right, 18 right, 20 right, 23 right
indexed 2 bits | image-js | 16 right, 18 WRONG, 20 right, 23 WRONG
indexed 4 bits | pngjs | 16 right, 18 right, 20 right, 23 right
indexed 4 bits | upng-js | 16 right, 18 right, 20 right, 23 right
indexed 4 bits | image-js | 16 right, 18 right, 20 right, 23 WRONG
indexed 8 bits | pngjs | 16 right, 18 right, 20 right, 23 right
indexed 8 bits | upng-js | 16 right, 18 right, 20 right, 23 right
indexed 8 bits | image-js | 16 right, 18 right, 20 right, 23 right"
[ "$seen" = "$expected" ] || { echo "this has changed"; exit 1; }
