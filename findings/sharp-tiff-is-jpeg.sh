#!/usr/bin/env bash
# sharp 0.35.5 (libvips 8.18.7), the usual image library of Node: .toFile("x.tif") without a setting writes TIFF as JPEG of
# quality 80. A TIFF's numbers are expected back, and the plain call of Pillow 13.0.0, tifffile, OpenCV or ImageJ gives them. A
# label picture of 16 round cells comes back with 19 numbers; 3 cells that nobody drew lie on the rims of others. A sprite of the Game
# Boy's four greens has 188 colours. No viewer shows it (the file's tag 259 says 7). compression "lzw" or "deflate"
# keeps them. Labels in 16 bits (which more than 255 cells need) lose the low byte, in PNG as well, and whatever the
# compression: 1,000 numbers become 4, unless toColourspace("grey16") is said on every way through sharp.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-fund --no-audit sharp@0.35.5
python3 -m venv venv
venv/bin/pip install -qq --disable-pip-version-check pillow==13.0.0 numpy==2.4.6
cat > write.cjs <<'JS'
const sharp = require('sharp');
const side = 48;
const cells = Buffer.alloc(side * side);
const many = new Uint16Array(side * side);
const greens = [[15, 56, 15], [48, 98, 48], [139, 172, 15], [155, 188, 15]];
const sprite = Buffer.alloc(side * side * 3);
for (let y = 0; y < side; y++) for (let x = 0; x < side; x++) {
  const [right, down] = [(x % 12) - 5.5, (y % 12) - 5.5];
  if (right * right + down * down < 22) cells[y * side + x] = 1 + Math.floor(x / 12) + 4 * Math.floor(y / 12);
  many[y * side + x] = (y * side + x) % 1000;
  sprite.set(greens[(x + 3 * y) % 4], 3 * (y * side + x));
}
const raw = (data, channels) => sharp(data, { raw: { width: side, height: side, channels } });
(async () => {
  await raw(cells, 1).toColourspace('b-w').toFile('cells plain.tif');
  await raw(cells, 1).toColourspace('b-w').tiff({ compression: 'lzw' }).toFile('cells lzw.tif');
  await raw(sprite, 3).toFile('sprite plain.tif');
  await raw(sprite, 3).tiff({ compression: 'lzw' }).toFile('sprite lzw.tif');
  await raw(many, 1).tiff({ compression: 'lzw' }).toFile('many lzw.tif');
  await raw(many, 1).toFile('many plain.png');
  await raw(many, 1).toColourspace('grey16').toFile('many grey16.png');
  await raw(many, 1).toColourspace('grey16').tiff({ compression: 'lzw' }).toFile('many grey16 lzw.tif');
})();
JS
node write.cjs
seen=$(venv/bin/python - <<'PYTHON'
import pathlib

import numpy as np
from PIL import Image

for file in sorted(pathlib.Path().glob("*.*")):
    if file.suffix in (".tif", ".png"):
        with Image.open(file) as image:
            values = np.asarray(image)
            told = image.info.get("compression", "")
        many = len(np.unique(values.reshape(-1, 3 if values.ndim == 3 else 1), axis=0))
        many -= "cells" in file.stem  # the ground
        print(f"{file} | {values.dtype} {told} | different values {many}")
        drawn = {"cells": 16, "sprite": 4, "many": 1000}[file.stem.split()[0]]
        as_said = many == 4 if file.stem in ("many lzw", "many plain") else many > drawn if told == "jpeg" else many == drawn
        assert as_said and (told == "jpeg") == (file.name in ("cells plain.tif", "sprite plain.tif")), "this has changed"
PYTHON
)
echo "$seen"
[ "$(grep -c different <<< "$seen")" = 8 ] || { echo "this has changed"; exit 1; }
