#!/usr/bin/env bash
# psd-tools 1.26.0, PSDImage.new("RGB", ...) and create_pixel_layer, as the page's example has it: a sprite with a clear ground and a soft
# shadow becomes a layer. A layer has a channel of transparency of its own; it is written full, and the sprite's alpha goes into a mask
# beside it. So the layer is a black box with the sprite on it: by psd-tools' own layer.topil() (RGBA, all 255), by ag-psd 31.0.2 and by
# @webtoon/psd 0.4.0, the usual readers of pages and asset pipelines. layer.composite() and ImageMagick (magick-wasm 0.0.43) multiply the mask in
# and are right. The whole file, saved and opened, is RGB: opaque black where nothing lies (composite(force=True) is right).
# Nothing warns; a note about the mask stands at another method (PixelLayer.frompil), not at the one of the example. Layers in
# Photoshop are clear in an RGB document like in any other. Safe: PSDImage.new("RGBA", ...), which writes the same layer as it should be.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -qq --disable-pip-version-check "psd-tools[composite]==1.26.0" pillow==13.0.0 numpy==2.4.6
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund ag-psd@31.0.2 @webtoon/psd@0.4.0 @imagemagick/magick-wasm@0.0.43 >/dev/null
cat > seen.py <<'PYTHON'
import numpy as np
from PIL import Image
from psd_tools import PSDImage


def told(name, image):
    pixels = np.asarray(image.convert("RGBA")).reshape(-1, 4)
    print(f"{name} | {image.mode} | clear {(pixels[:, 3] == 0).sum()}, soft {((pixels[:, 3] > 0) & (pixels[:, 3] < 255)).sum()}, opaque {(pixels[:, 3] == 255).sum()}")


pixels = np.zeros((8, 8, 4), np.uint8)
pixels[2:6, 2:6] = 155, 188, 15, 255
pixels[2:6, 1] = 0, 0, 0, 100
told("as drawn", Image.fromarray(pixels))
for mode in ("RGBA", "RGB"):
    made = PSDImage.new(mode, (8, 8))
    made.create_pixel_layer(Image.fromarray(pixels), name="hero")
    made.save(f"{mode}.psd")
    read = PSDImage.open(f"{mode}.psd")
    if mode == "RGBA":
        told('new("RGBA"), layer.topil()', read[0].topil())
told("psd-tools, layer.topil()", read[0].topil())
told("psd-tools, layer.composite()", read[0].composite())
told("psd-tools, the whole file, composite()", read.composite())
told("psd-tools, the whole file, composite(force=True)", read.composite(force=True))
PYTHON
cat > seen.mjs <<'NODE'
import fs from 'node:fs'
import { createRequire } from 'node:module'
import { ImageMagick, MagickFormat, initializeImageMagick } from '@imagemagick/magick-wasm'
import Psd from '@webtoon/psd'
import { initializeCanvas, readPsd } from 'ag-psd'

const told = (name, data) => {
  const alpha = [...Array(data.length / 4).keys()].map((n) => data[4 * n + 3])
  const count = (test) => alpha.filter(test).length
  console.log(`${name} | clear ${count((a) => a === 0)}, soft ${count((a) => a > 0 && a < 255)}, opaque ${count((a) => a === 255)}`)
}
const bytes = new Uint8Array(fs.readFileSync('RGB.psd'))
initializeCanvas(() => null, (width, height) => ({ width, height, data: new Uint8ClampedArray(width * height * 4) }))
told('ag-psd, imageData of the layer', readPsd(bytes, { useImageData: true }).children[0].imageData.data)
told('@webtoon/psd, composite() of the layer', await Psd.parse(bytes.slice().buffer).layers[0].composite())
await initializeImageMagick(fs.readFileSync(createRequire(import.meta.url).resolve('@imagemagick/magick-wasm/magick.wasm')))
ImageMagick.readCollection(bytes, MagickFormat.Psd, (all) => {
  all[1].getPixels((held) => told('ImageMagick, the layer', held.toByteArray(0, 0, 8, 8, 'RGBA')))
})
NODE
seen=$(venv/bin/python -W ignore seen.py && node seen.mjs)
echo "$seen"
wanted='as drawn | RGBA | clear 44, soft 4, opaque 16
new("RGBA"), layer.topil() | RGBA | clear 44, soft 4, opaque 16
psd-tools, layer.topil() | RGBA | clear 0, soft 0, opaque 64
psd-tools, layer.composite() | RGBA | clear 44, soft 4, opaque 16
psd-tools, the whole file, composite() | RGB | clear 0, soft 0, opaque 64
psd-tools, the whole file, composite(force=True) | RGBA | clear 44, soft 4, opaque 16
ag-psd, imageData of the layer | clear 0, soft 0, opaque 64
@webtoon/psd, composite() of the layer | clear 0, soft 0, opaque 64
ImageMagick, the layer | clear 44, soft 4, opaque 16'
[ "$seen" = "$wanted" ] || { echo "this has changed"; exit 1; }
