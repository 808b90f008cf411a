#!/usr/bin/env bash
# Pillow 13.0.0, APNG with blend_op 1 (over). A patch of (0, 0, 255, alpha 128) laid over an opaque
# red canvas is half blue and half red and still opaque: the PNG specification's formula gives
# alpha 255. Pillow gives 191 (128 * 128 / 255 + 255 * 127 / 255), so a sprite with a soft shadow in
# one frame becomes see-through in a viewer that trusts it. An opaque canvas must stay opaque.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pillow==13.0.0
seen=$("$folder/venv/bin/python" - <<'PYTHON'
import struct, zlib
from io import BytesIO
from PIL import Image, __version__

def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

def rows(color):
    return zlib.compress((b"\0" + bytes(color) * 4) * 4)

def control(order, blend):
    return chunk(b"fcTL", struct.pack(">5I2H2B", order, 4, 4, 0, 0, 1, 10, 0, blend))

data = b"\x89PNG\r\n\x1a\n" + b"".join([
    chunk(b"IHDR", struct.pack(">II5B", 4, 4, 8, 6, 0, 0, 0)),
    chunk(b"acTL", struct.pack(">II", 2, 0)),
    control(0, 0), chunk(b"IDAT", rows((255, 0, 0, 255))),
    control(1, 1), chunk(b"fdAT", struct.pack(">I", 2) + rows((0, 0, 255, 128))),
    chunk(b"IEND", b""),
])
image = Image.open(BytesIO(data))
image.seek(1)
print(__version__, image.convert("RGBA").getpixel((1, 1)))
PYTHON
)
echo "seen:     $seen"
echo "expected: (127, 0, 128, 255), by the PNG specification"
[ "$seen" = "13.0.0 (127, 0, 128, 191)" ] || { echo "this has changed"; exit 1; }
