#!/usr/bin/env bash
# A BMP of 16 bits, as GIMP offers it (R5 G6 B5, X1 R5 G5 B5, A1 R5 G5 B5) and old games keep their sprites, opened by four readers. OpenCV
# 5.0.0 shifts the bits and does not spread them: white is (248, 248, 248), or a greenish (248, 252, 248) with six bits of green, so
# no colour but black is in its palette any more; Pillow 13.0.0, raylib 6.2.0 (stb_image) and pygame-ce 2.5.8 say 255. With a mask
# for alpha in the header (A1 R5 G5 B5), raylib and pygame clear what has the bit unset. OpenCV refuses the file; Pillow takes it,
# says RGB and shows the clear ground opaque, while it reads the alpha of the same header at 32 bits. Nothing warns. Safe: 32 bits,
# or PNG.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -qq --disable-pip-version-check pillow==13.0.0 pygame-ce==2.5.8 raylib==6.2.0.0 opencv-python-headless==5.0.0.93 numpy==2.4.6
seen=$(cd "$folder" && PYGAME_HIDE_SUPPORT_PROMPT=1 SDL_VIDEODRIVER=dummy OPENCV_LOG_LEVEL=OFF venv/bin/python - 2>&1 <<'PYTHON' | grep -v LOADED
import struct

import cv2
import pygame
import raylib
from PIL import Image
from raylib import ffi


def bmp(bits, kind, masks, pixels, header=40):
    """One row of pixels; the masks lie behind a header of 40 bytes, within a longer one."""
    held = struct.pack("<IiiHHIIiiII", header, len(pixels), 1, 1, bits, kind, 0, 0, 0, 0, 0) + struct.pack(f"<{len(masks)}I", *masks)
    held += bytes(max(0, header - len(held)))
    body = struct.pack(f"<{len(pixels)}{'I' if bits == 32 else 'H'}", *pixels)
    body += bytes(-len(body) % 4)
    return b"BM" + struct.pack("<IHHI", 14 + len(held) + len(body), 0, 0, 14 + len(held)) + held + body


# white, red, and black, which is clear where there is alpha
files = {
    "R5 G6 B5": bmp(16, 3, (0xF800, 0x07E0, 0x001F), (0xFFFF, 0xF800, 0)),
    "X1 R5 G5 B5": bmp(16, 0, (), (0x7FFF, 0x7C00, 0)),
    "A1 R5 G5 B5": bmp(16, 3, (0x7C00, 0x03E0, 0x001F, 0x8000), (0xFFFF, 0xFC00, 0), 108),
    "A8 R8 G8 B8": bmp(32, 3, (0xFF0000, 0xFF00, 0xFF, 0xFF000000), (0xFFFFFFFF, 0xFFFF0000, 0), 108),
}


def with_pillow(path):
    with Image.open(path) as image:
        return list(zip(*(image.convert("RGBA").getchannel(c).tobytes() for c in "RGBA")))


def with_pygame(path):
    surface = pygame.image.load(path)
    return [tuple(surface.get_at((x, 0))) for x in range(3)]


def with_raylib(path):
    held = ffi.new("Image *", raylib.LoadImage(path.encode()))
    raylib.ImageFormat(held, 7)  # R8 G8 B8 A8
    flat = bytes(ffi.buffer(held.data, 12))
    return [tuple(flat[n : n + 4]) for n in (0, 4, 8)]


def with_opencv(path):
    read = cv2.imread(path, cv2.IMREAD_UNCHANGED)
    return [] if read is None else [tuple(int(v) for v in (pixel[2], pixel[1], pixel[0], *pixel[3:])) for pixel in read[0]]


raylib.SetTraceLogLevel(raylib.LOG_NONE)
for name, data in files.items():
    with open("a.bmp", "wb") as file:
        file.write(data)
    for reader, way in (("Pillow", with_pillow), ("pygame", with_pygame), ("raylib", with_raylib), ("OpenCV", with_opencv)):
        print(f"{name} | {reader} |", *(" ".join(str(v) for v in pixel) + "," for pixel in way("a.bmp") or [("refused",)]))
PYTHON
)
echo "$seen"
wanted='R5 G6 B5 | Pillow | 255 255 255 255, 255 0 0 255, 0 0 0 255,
R5 G6 B5 | pygame | 255 255 255 255, 255 0 0 255, 0 0 0 255,
R5 G6 B5 | raylib | 255 255 255 255, 255 0 0 255, 0 0 0 255,
R5 G6 B5 | OpenCV | 248 252 248, 248 0 0, 0 0 0,
X1 R5 G5 B5 | Pillow | 255 255 255 255, 255 0 0 255, 0 0 0 255,
X1 R5 G5 B5 | pygame | 255 255 255 255, 255 0 0 255, 0 0 0 255,
X1 R5 G5 B5 | raylib | 255 255 255 255, 255 0 0 255, 0 0 0 255,
X1 R5 G5 B5 | OpenCV | 248 248 248, 248 0 0, 0 0 0,
A1 R5 G5 B5 | Pillow | 255 255 255 255, 255 0 0 255, 0 0 0 255,
A1 R5 G5 B5 | pygame | 255 255 255 255, 255 0 0 255, 0 0 0 0,
A1 R5 G5 B5 | raylib | 255 255 255 255, 255 0 0 255, 0 0 0 0,
A1 R5 G5 B5 | OpenCV | refused,
A8 R8 G8 B8 | Pillow | 255 255 255 255, 255 0 0 255, 0 0 0 0,
A8 R8 G8 B8 | pygame | 255 255 255 255, 255 0 0 255, 0 0 0 0,
A8 R8 G8 B8 | raylib | 255 255 255 255, 255 0 0 255, 0 0 0 0,
A8 R8 G8 B8 | OpenCV | 255 255 255 255, 255 0 0 255, 0 0 0 0,'
[ "$seen" = "$wanted" ] || { echo "this has changed"; exit 1; }
