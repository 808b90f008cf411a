#!/usr/bin/env bash
# OpenCV 5.0.0 (opencv-python-headless 5.0.0.93), a sprite of the Game Boy's four greens, everything as it comes. imwrite to .webp
# keeps every pixel; imwriteanimation to .webp does not: 192 colours, up to 84 of 255 away. To .gif, which holds 256 colours of
# one's own, both write twelve colours for the four, up to 70 away, where Pillow 13.0.0 keeps the four. Of four frames whose second
# and third are equal the animated .webp and .png hold three (the times are added), the .gif four, so the number of a frame
# in a sheet is another one by format. An animated PNG keeps the pixels.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -qq --disable-pip-version-check opencv-python-headless==5.0.0.93 numpy==2.4.6 pillow==13.0.0
seen=$(cd "$folder" && venv/bin/python - <<'PYTHON'
import cv2
import numpy as np
from PIL import Image

greens = np.array([[15, 56, 15], [48, 98, 48], [139, 172, 15], [155, 188, 15]], np.uint8)
places = (3 * np.arange(16)[:, None] + np.arange(16)) % 4
sprite = greens[places]

def say(called, file):
    with Image.open(file) as image:
        shown = np.asarray(image.convert("RGB"))
        frames = getattr(image, "n_frames", 1)
    colors = len(np.unique(shown.reshape(-1, 3), axis=0))
    far = int(np.abs(shown.astype(int) - sprite).max())
    print(f"{called} {file}: {frames} frames, {colors} colours, up to {far} away")
    return frames, colors, far

frames = [sprite, np.roll(sprite, 1, 1), np.roll(sprite, 1, 1), np.roll(sprite, 2, 1)]
moving = cv2.Animation()
moving.frames = [frame[..., ::-1].copy() for frame in frames]
moving.durations = np.array([100, 200, 300, 400])
for file in ("a.webp", "a.gif", "a.png"):
    cv2.imwrite(file, moving.frames[0])
    still = say("imwrite", file)
    cv2.imwriteanimation(file, moving)
    frames, colors, far = say("imwriteanimation", file)
    assert (still == (1, 4, 0)) == (file != "a.gif"), "this has changed"
    assert frames == (4 if file == "a.gif" else 3), "this has changed"
    assert (colors, far) == (4, 0) if file == "a.png" else colors > 8 and far > 30, "this has changed"
Image.fromarray(sprite).save("a.gif")
assert say("Pillow", "a.gif") == (1, 4, 0)
PYTHON
)
echo "$seen"
[ "$(grep -c away <<< "$seen")" = 7 ] || { echo "this has changed"; exit 1; }
