#!/usr/bin/env bash
# Pillow 13.0.0 with its libwebp 1.6.0: an opaque square moves over nothing, four RGBA frames saved as an
# animated lossless WebP. The file's VP8X header does not say that it has alpha (flags 0x02), so it is
# read back as RGB and what was clear is black. The frames themselves kept their alpha: with the flag
# 0x10 set by hand the same bytes give RGBA and clear corners. A game's sprite comes back in a black box.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pillow==13.0.0
seen=$("$folder/venv/bin/python" - <<'PYTHON'
from io import BytesIO
from PIL import Image, __version__

frames = []
for step in range(4):
    frame = Image.new("RGBA", (96, 96), (0, 0, 0, 0))
    frame.paste((200, 30 * step, 9, 255), (6 + 12 * step, 24, 54 + 12 * step, 72))
    frames.append(frame)
held = BytesIO()
frames[0].save(held, "WEBP", save_all=True, append_images=frames[1:], lossless=True, exact=True)
data = held.getvalue()
back = Image.open(BytesIO(data))
told = Image.open(BytesIO(data[:20] + bytes([data[20] | 0x10]) + data[21:]))
corner = back.convert("RGBA").getpixel((0, 0))
print(__version__, hex(data[20]), back.mode, corner, told.mode, told.convert("RGBA").getpixel((0, 0)))
PYTHON
)
echo "seen:     $seen"
echo "expected: RGBA and (0, 0, 0, 0) both times, as in the frames that were given"
[ "$seen" = "13.0.0 0x2 RGB (0, 0, 0, 255) RGBA (0, 0, 0, 0)" ] || { echo "this has changed"; exit 1; }
