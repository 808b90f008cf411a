#!/usr/bin/env bash
# tifffile 2026.3.3, imwrite(photometric="palette", colormap=...), given the palette that everybody else has: 256 colours of three bytes
# (Pillow's getpalette, matplotlib's tables). TIFF wants 16 bits; the bytes are taken without a word and written as they are, 155 for
# 155 of 65,535. Four readers, two pictures: OpenCV 5.0.0 and libvips 8.18.7 (pyvips) see that no number is above 255, take them for
# bytes and show the Game Boy's greens; Pillow 13.0.0 and tifffile itself (asrgb) show a black square. Old writers made such files
# too, which is why libtiff guesses. So a sprite sheet or a picture of labels in colours is right in one window and black in the next, and the
# writer's own check says black. With the palette times 257 all four agree. Safe: colormap=palette.T.astype("uint16") * 257.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -qq --disable-pip-version-check tifffile==2026.3.3 pillow==13.0.0 opencv-python-headless==5.0.0.93 "pyvips[binary]==3.2.0" numpy==2.4.6
seen=$(cd "$folder" && OPENCV_LOG_LEVEL=OFF venv/bin/python -W error - 2> log <<'PYTHON'
import cv2
import numpy as np
import pyvips
import tifffile
from PIL import Image

palette = np.zeros((256, 3), np.uint8)
palette[:4] = (15, 56, 15), (48, 98, 48), (139, 172, 15), (155, 188, 15)
sprite = np.array([[0, 1], [2, 3]], np.uint8)


def with_pillow():
    with Image.open("a.tif") as image:
        return np.asarray(image.convert("RGB"))


def with_tifffile():
    with tifffile.TiffFile("a.tif") as file:
        return file.pages[0].asrgb() >> 8


readers = {
    "Pillow": with_pillow,
    "tifffile": with_tifffile,
    "OpenCV": lambda: cv2.imread("a.tif")[..., ::-1],
    "libvips": lambda: pyvips.Image.new_from_file("a.tif").numpy(),
}
for name, held in (("bytes", palette.T), ("16 bits", palette.T.astype(np.uint16) * 257)):
    tifffile.imwrite("a.tif", sprite, photometric="palette", colormap=held)
    for reader, way in readers.items():
        read = way()
        print(f"{name} | {reader} | {'as drawn' if (read == palette[sprite]).all() else 'black' if not read.any() else 'other'}")
PYTHON
) || { cat "$folder/log"; exit 1; }
echo "$seen"
wanted='bytes | Pillow | black
bytes | tifffile | black
bytes | OpenCV | as drawn
bytes | libvips | as drawn
16 bits | Pillow | as drawn
16 bits | tifffile | as drawn
16 bits | OpenCV | as drawn
16 bits | libvips | as drawn'
[ "$seen" = "$wanted" ] || { echo "this has changed"; exit 1; }
