#!/usr/bin/env bash
# pygame-ce 2.5.8 (SDL 2.32.10), an indexed PNG whose entry 0 is transparent and wears black, beside an outline in
# another, opaque black: two entries, one colour, as most editors write them. Loaded and drawn it is right: the
# transparent entry is meant. After convert(), the usual next call, the colour is meant: the outline is gone and the
# ground shows through. image.save of the sprite as loaded writes an opaque file. convert_alpha() draws it right. Whoever
# writes sprites is safe by hiding a colour under the transparent entry that no other entry has.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -qq --disable-pip-version-check pygame-ce==2.5.8 pillow==13.0.0 numpy==2.4.6
seen=$(cd "$folder" && PYGAME_HIDE_SUPPORT_PROMPT=1 SDL_VIDEODRIVER=dummy venv/bin/python - <<'PYTHON'
import io

import numpy as np
import pygame
from PIL import Image

pygame.display.init()
screen = pygame.display.set_mode((4, 1))

def load(hidden):
    sprite = Image.fromarray(np.array([[0, 1, 2, 1]], np.uint8), "P")
    sprite.putpalette([*hidden, 0, 0, 0, 0, 228, 54])
    out = io.BytesIO()
    sprite.save(out, "PNG", transparency=0)
    out.seek(0)
    return pygame.image.load(out, "x.png")

def shown(surface):
    screen.fill((200, 0, 0))
    screen.blit(surface, (0, 0))
    return " ".join("%02x%02x%02x" % tuple(screen.get_at((x, 0)))[:3] for x in range(4))

loaded = load((0, 0, 0))
print("as loaded       ", shown(loaded))
print("convert()       ", shown(loaded.convert()))
print("convert_alpha() ", shown(loaded.convert_alpha()))
print("hidden (1, 1, 1)", shown(load((1, 1, 1)).convert()))
out = io.BytesIO()
pygame.image.save(loaded, out, "x.png")
print("saved, alpha    ", list(Image.open(out).convert("RGBA").getchannel("A").tobytes()))
PYTHON
)
echo "$seen"
wanted='as loaded        c80000 000000 00e436 000000
convert()        c80000 c80000 00e436 c80000
convert_alpha()  c80000 000000 00e436 000000
hidden (1, 1, 1) c80000 000000 00e436 000000
saved, alpha     [255, 255, 255, 255]'
[ "$seen" = "$wanted" ] || { echo "this has changed"; exit 1; }
