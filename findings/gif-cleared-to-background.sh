#!/usr/bin/env bash
# Pillow 13.0.0, GIF without a transparent entry. Browsers show nothing where nothing is drawn: not in
# the area of a frame that was cleared (disposal 2), not around a first frame that is smaller than
# the canvas. Pillow paints the first in the file's background colour (blue here) and the second in
# entry 0 of the table (red here), both opaque: a sheet made from such a file gets a box around its
# hero. With a transparent entry in the same file Pillow leaves the area transparent.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pillow==13.0.0
seen=$("$folder/venv/bin/python" - <<'PYTHON'
import struct
from io import BytesIO
from PIL import Image, __version__

TABLE = bytes([255, 0, 0, 0, 255, 0, 0, 0, 255, 9, 9, 9])  # red, green, blue (background), dark

def lzw(indices):
    """Codes of 3 bits, a clear code before every pixel: valid, and never needs a fourth bit."""
    bits, count, out = 0, 0, bytearray()
    for code in [c for i in indices for c in (4, i)] + [5]:
        bits |= code << count
        count += 3
        while count >= 8:
            out.append(bits & 255)
            bits, count = bits >> 8, count - 8
    out.append(bits & 255)
    return b"\x02" + bytes([len(out)]) + bytes(out) + b"\0"

def frame(index, x, y, side, disposal, clear):
    flags = disposal << 2 | (clear is not None)
    head = b"\x21\xf9\x04" + struct.pack("<BHBB", flags, 5, clear or 0, 0)
    return head + b"\x2c" + struct.pack("<4HB", x, y, side, side, 0) + lzw([index] * side * side)

def third(clear):
    data = b"GIF89a" + struct.pack("<HHBBB", 4, 4, 0x81, 2, 0) + TABLE
    data += frame(0, 0, 0, 4, 1, clear) + frame(1, 1, 1, 2, 2, clear) + frame(0, 0, 0, 1, 1, clear) + b";"
    image = Image.open(BytesIO(data))
    image.seek(2)
    return image.convert("RGBA").getpixel((2, 2))

def small():
    data = b"GIF89a" + struct.pack("<HHBBB", 4, 4, 0x81, 2, 0) + TABLE + frame(0, 1, 1, 2, 1, None) + b";"
    return Image.open(BytesIO(data)).convert("RGBA").getpixel((0, 0))

print(__version__, third(None), third(3), small())
PYTHON
)
echo "seen:     $seen"
echo "expected: alpha 0 in all three, as browsers show it"
[ "$seen" = "13.0.0 (0, 0, 255, 255) (9, 9, 9, 0) (255, 0, 0, 255)" ] || { echo "this has changed"; exit 1; }
