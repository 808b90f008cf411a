#!/usr/bin/env bash
# Pillow 13.0.0, .fli and .flc, the format of Animator's pixel animations, whose frames may bring a palette (fades, running
# water, blinking lights are nothing else). Pillow reads the palette of the first frame only: an animation whose second
# frame turns white into red without touching a pixel is white to the end, and nothing warns. And the six bits a colour has in
# .fli are shifted, not spread: full white is (252, 252, 252). FFmpeg 7 shows red, and 255.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -qq --disable-pip-version-check pillow==13.0.0 imageio-ffmpeg==0.8.1 numpy==2.4.6
seen=$(cd "$folder" && venv/bin/python - <<'PYTHON'
import struct
import subprocess

import imageio_ffmpeg
import numpy as np
from PIL import Image

WIDTH, HEIGHT = 320, 200

def chunk(kind, data):
    return struct.pack("<IH", 6 + len(data), kind) + data

def frame(*chunks):
    data = b"".join(chunks)
    return struct.pack("<IHH8x", 16 + len(data), 0xF1FA, len(chunks)) + data

def colors(kind, *entries):
    return chunk(kind, struct.pack("<HBB", 1, 0, len(entries)) + b"".join(bytes(entry) for entry in entries))

def animation(magic, kind, full, speed):
    pixels = chunk(16, np.ones((HEIGHT, WIDTH), np.uint8).tobytes())
    white = frame(colors(kind, (0, 0, 0), (full,) * 3), pixels)
    red = frame(colors(kind, (0, 0, 0), (full, 0, 0)))
    body = white + red + white  # the last one leads back to the first
    head = struct.pack("<I6HI", 128 + len(body), magic, 2, WIDTH, HEIGHT, 8, 3, speed).ljust(80, b"\0")
    if magic == 0xAF12:
        head += struct.pack("<II", 128, 128 + len(white))
    return head.ljust(128, b"\0") + body

for name, kinds in (("a.fli", (0xAF11, 11, 63, 5)), ("a.flc", (0xAF12, 4, 255, 70))):
    with open(name, "wb") as file:
        file.write(animation(*kinds))
    image, seen = Image.open(name), []
    for number in range(2):
        image.seek(number)
        seen.append(image.convert("RGB").getpixel((0, 0)))
    print(name, "Pillow", *seen)
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-i", name, "-f", "rawvideo", "-pix_fmt", "rgb24", "-"]
    shown = np.frombuffer(subprocess.run(command, capture_output=True, check=True).stdout, np.uint8)
    print(name, "FFmpeg", *(tuple(f[0, 0].tolist()) for f in shown.reshape(-1, HEIGHT, WIDTH, 3)[:2]))
PYTHON
)
echo "$seen"
wanted='a.fli Pillow (252, 252, 252) (252, 252, 252)
a.fli FFmpeg (255, 255, 255) (255, 0, 0)
a.flc Pillow (255, 255, 255) (255, 255, 255)
a.flc FFmpeg (255, 255, 255) (255, 0, 0)'
[ "$seen" = "$wanted" ] || { echo "this has changed"; exit 1; }
