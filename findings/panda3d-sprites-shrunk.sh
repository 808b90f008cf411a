#!/usr/bin/env bash
# Panda3D 1.10.16. A sprite or sheet whose sides are no powers of two is made smaller as it is loaded, with a filter: 48 x 48
# becomes 32 x 32, 60 x 20 becomes 32 x 16, and the Game Boy's four greens become dozens of shades with half-transparent rims. It
# is done in the picture in memory, before any card is asked what it can do, so a pixel-art filter set on the texture
# afterwards sharpens a blur, and frames cut by pixels fall between each other. The one trace is get_orig_file_x_size(), and no
# line in the log. Safe: sides of 16, 32, 64, ..., or loadPrcFileData("", "textures-power-2 none") before the first picture
# is loaded, which keeps every pixel.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -qq --disable-pip-version-check panda3d==1.10.16 pillow==13.0.0 numpy==2.4.6
seen=$(venv/bin/python - <<'PYTHON'
import numpy as np
from panda3d.core import Filename, TexturePool, loadPrcFileData
from PIL import Image

GREENS = np.array([[15, 56, 15], [48, 98, 48], [139, 172, 15], [155, 188, 15]], np.uint8)
for width, height in ((16, 16), (24, 24), (48, 48), (60, 20), (96, 64)):
    y, x = np.indices((height, width))
    sprite = np.zeros((height, width, 4), np.uint8)
    sprite[..., :3] = GREENS[(x // 2 + y // 2) % 4]
    sprite[..., 3] = np.where((x > 3) & (y > 3), 255, 0)
    Image.fromarray(sprite).save("sprite.png")
    told = f"{width} x {height} |"
    for rule in ("down", "none"):  # "down" is what it does unasked
        loadPrcFileData("", f"textures-power-2 {rule}")
        TexturePool.releaseAllTextures()
        texture = TexturePool.loadTexture(Filename("sprite.png"))
        held = np.frombuffer(texture.getRamImageAs("RGBA").getData(), np.uint8)
        held = held.reshape(texture.getYSize(), texture.getXSize(), 4)[::-1]
        same = held.shape == sprite.shape and bool((held == sprite).all())
        few = len(np.unique(sprite.reshape(-1, 4), axis=0)) == len(np.unique(held.reshape(-1, 4), axis=0))
        soft = bool(((held[..., 3] > 0) & (held[..., 3] < 255)).any())
        told += f" {rule}: {held.shape[1]} x {held.shape[0]}, {'as drawn' if same else 'other pixels'}" \
                f"{'' if few else ', more colours'}{', soft rims' if soft else ''};"
    print(told)
PYTHON
)
echo "$seen"
expected="16 x 16 | down: 16 x 16, as drawn; none: 16 x 16, as drawn;
24 x 24 | down: 16 x 16, other pixels, more colours, soft rims; none: 24 x 24, as drawn;
48 x 48 | down: 32 x 32, other pixels, more colours, soft rims; none: 48 x 48, as drawn;
60 x 20 | down: 32 x 16, other pixels, more colours, soft rims; none: 60 x 20, as drawn;
96 x 64 | down: 64 x 64, other pixels, more colours, soft rims; none: 96 x 64, as drawn;"
[ "$seen" = "$expected" ] || { echo "this has changed"; exit 1; }
