#!/usr/bin/env bash
# blendmodes 2025 (Pillow 13.0.0), the usual package for an editor's ways of laying layers over each other, blendLayers on two opaque layers.
# ADDITIVE, the mode of light (lamps, fire, spells), and GLOW are NORMAL, number by number: a faint halo (20, 20, 20) on a sky of (100, 50, 0) is a
# dark hole (20, 20, 20) instead of (120, 70, 20). Both formulas stand in the package and are right when they are called; the table by which blendLayers finds
# them lacks the two, and what it lacks it takes for NORMAL. Nothing warns. SOFTLIGHT is not the W3C's: up to 28 of 255
# levels away. A test on a black ground, where adding and covering are the
# same, shows nothing. Safe: np.minimum(below + above, 255) by oneself.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -qq --disable-pip-version-check blendmodes==2025 pillow==13.0.0 numpy==2.4.6
seen=$("$folder/venv/bin/python" -W ignore - 2> "$folder/log" <<'PYTHON'
import numpy as np
from blendmodes import blend
from blendmodes.blendtype import BlendType
from PIL import Image

random = np.random.default_rng(0)
below, above = random.integers(0, 256, (2, 64, 64, 4)).astype(np.uint8)
below[..., 3] = above[..., 3] = 255


def laid(a, b, kind):
    return np.array(blend.blendLayers(Image.fromarray(a), Image.fromarray(b), kind).convert("RGBA"))


over = laid(below, above, BlendType.NORMAL)
print("as NORMAL:", *(k.name for k in BlendType if k is not BlendType.NORMAL and np.array_equal(laid(below, above, k), over)))
black = np.zeros_like(below) + np.array([0, 0, 0, 255], np.uint8)
print("added to black, as NORMAL:", np.array_equal(laid(black, above, BlendType.ADDITIVE), over))
sky = np.full((1, 1, 4), (100, 50, 0, 255), np.uint8)
halo = np.full((1, 1, 4), (20, 20, 20, 255), np.uint8)
print("halo:", laid(sky, halo, BlendType.ADDITIVE)[0, 0].tolist(), "its own formula:", (blend.additive(sky / 255, halo / 255)[0, 0, :3] * 255).round().astype(int).tolist())
b, s = below[..., :3] / 255, above[..., :3] / 255
root = np.where(b <= 0.25, ((16 * b - 12) * b + 4) * b, np.sqrt(b))
soft = np.where(s <= 0.5, b - (1 - 2 * s) * b * (1 - b), b + (2 * s - 1) * (root - b))
print("soft light off by", int(np.abs(laid(below, above, BlendType.SOFTLIGHT)[..., :3] - 255 * soft).max()))
screen = b + s - b * s
print("screen off by", int(np.abs(laid(below, above, BlendType.SCREEN)[..., :3] - 255 * screen).max()))
PYTHON
) || { cat "$folder/log"; exit 1; }
expected="as NORMAL: ADDITIVE GLOW SRCATOP
added to black, as NORMAL: True
halo: [20, 20, 20, 255] its own formula: [120, 70, 20]
soft light off by 28
screen off by 0"
echo "$seen"
echo "expected: as NORMAL only SRCATOP (which is that on an opaque ground), halo 120, 70, 20"
[ "$seen" = "$expected" ] || { echo "this has changed"; exit 1; }
