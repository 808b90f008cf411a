#!/usr/bin/env bash
# Two engines' readers of animated GIF: pygame-ce 2.5.8 (image.load_animation; SDL 2.32.10) and raylib 6.2.0 (LoadImageAnim).
# A file of four pixels whose first frame is only the two in its middle, as editors crop it: pygame makes the whole animation
# two wide, so its hero loses the half that steps out of the first frame. A file whose frames were told to stay, then one
# to be cleared: raylib puts the frame before back instead of nothing, so what should be gone stands there again (red
# for clear); pygame and Pillow 13.0.0 clear it as browsers do. Each is right where the other is wrong. Where every frame is as
# large as the canvas and all are cleared alike, all three agree: whoever writes GIFs for games is safe with such.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -qq --disable-pip-version-check pygame-ce==2.5.8 raylib==6.2.0.0 pillow==13.0.0
seen=$(cd "$folder" && PYGAME_HIDE_SUPPORT_PROMPT=1 SDL_VIDEODRIVER=dummy venv/bin/python - 2>&1 <<'PYTHON' | grep -v LOADED
import struct

import pygame
import raylib
from PIL import Image

RED, GREEN, BLUE, KEEP, CLEAR = 1, 2, 3, 1, 2

def packed(numbers):
    """LZW that starts afresh every second pixel, so codes stay three bits."""
    bits, count = 0, 0
    for place, number in enumerate(numbers):
        for code in ([4] if place % 2 == 0 else []) + [number]:
            bits, count = bits | code << count, count + 3
    bits, count = bits | 5 << count, count + 3
    data = bits.to_bytes((count + 7) // 8, "little")
    return bytes([2, len(data)]) + data + b"\0"

def write(file, frames):
    data = b"GIF89a" + struct.pack("<HHBBB", 4, 1, 0xF1, 0, 0) + bytes([0, 0, 0, 255, 0, 0, 0, 228, 54, 41, 173, 255])
    for left, numbers, then in frames:
        data += b"\x21\xf9\x04" + bytes([then << 2 | 1]) + struct.pack("<HB", 10, 0) + b"\0"
        data += b"\x2c" + struct.pack("<HHHHB", left, 0, len(numbers), 1, 0) + packed(numbers)
    open(file, "wb").write(data + b";")

def named(pixels):
    names = {(255, 0, 0): "red", (0, 228, 54): "green", (41, 173, 255): "blue"}
    return " ".join(names[tuple(rgba[:3])] if rgba[3] else "clear" for rgba in pixels)

def say(called, file):
    print(called)
    with Image.open(file) as image:
        for number in range(image.n_frames):
            image.seek(number)
            shown = image.convert("RGBA")
            print("  Pillow", "|", named([shown.getpixel((x, 0)) for x in range(shown.width)]))
    for surface, _ in pygame.image.load_animation(file):
        print("  pygame", "|", named([tuple(surface.get_at((x, 0))) for x in range(surface.get_width())]))
    count = raylib.ffi.new("int *")
    image = raylib.LoadImageAnim(file.encode(), count)
    data = bytes(raylib.ffi.buffer(image.data, 4 * image.width * count[0]))
    rows = [data[at : at + 4] for at in range(0, len(data), 4)]
    for number in range(count[0]):
        print("  raylib", "|", named(rows[number * image.width : (number + 1) * image.width]))

raylib.SetTraceLogLevel(raylib.LOG_NONE)
write("cropped.gif", [(1, [RED, RED], KEEP), (0, [GREEN, GREEN], KEEP)])
write("mixed.gif", [(0, [RED] * 4, KEEP), (1, [GREEN] * 2, CLEAR), (0, [BLUE], KEEP)])
write("whole.gif", [(0, [0, RED, RED, 0], CLEAR), (0, [GREEN, GREEN, 0, 0], CLEAR), (0, [0, 0, BLUE, 0], CLEAR)])
say("first frame cropped", "cropped.gif")
say("some stay, some are cleared", "mixed.gif")
say("whole, all cleared", "whole.gif")
PYTHON
)
echo "$seen"
wanted='first frame cropped
  Pillow | clear red red clear
  Pillow | green green red clear
  pygame | clear red
  pygame | green green
  raylib | clear red red clear
  raylib | green green red clear
some stay, some are cleared
  Pillow | red red red red
  Pillow | red green green red
  Pillow | blue clear clear red
  pygame | red red red red
  pygame | red green green red
  pygame | blue clear clear red
  raylib | red red red red
  raylib | red green green red
  raylib | blue red red red
whole, all cleared
  Pillow | clear red red clear
  Pillow | green green clear clear
  Pillow | clear clear blue clear
  pygame | clear red red clear
  pygame | green green clear clear
  pygame | clear clear blue clear
  raylib | clear red red clear
  raylib | green green clear clear
  raylib | clear clear blue clear'
[ "$seen" = "$wanted" ] || { echo "this has changed"; exit 1; }
