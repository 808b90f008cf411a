#!/usr/bin/env bash
# captum 0.9.0 (torch 2.14.1), Occlusion with the window and steps of its own tutorial (15 x 15, steps of 8) on a picture of 224. A
# "network" that adds up all pixels finds every place equally weighty, so the map must be flat. It is, but for the right and lower rim:
# where the steps do not come out even the last window is cut to what is left of it and counts for as much as a whole one: 0.53 of the rest,
# and 0.28 in the corner. At 32 pixels with a window of 9 and steps of 7 it is 0.44 and 0.20. Of two equal things, one at each side, the left one
# is then the reason (0.78 to 0.69); of the mirrored picture it is the other one. The page says that all of the picture must be covered,
# not that steps should come out even. Safe: picture less window a multiple of the step, or a border that makes it so, cut off
# afterwards.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -qq --disable-pip-version-check torch==2.14.1 captum==0.9.0 numpy==2.4.6
seen=$("$folder/venv/bin/python" -W ignore - 2> "$folder/log" <<'PYTHON'
import torch
from captum.attr import Occlusion


def network(x):
    return x.sum((1, 2, 3))[:, None]


def seen(x, window, step):
    held = Occlusion(network).attribute(x, sliding_window_shapes=(1, window, window), strides=(1, step, step), target=0)
    return held[0, 0] / held.max()


for side, window, step in ((224, 15, 8), (32, 9, 7), (32, 8, 4), (32, 8, 8)):
    flat = seen(torch.ones(1, 1, side, side), window, step)
    print(f"side {side}, window {window}, step {step} | corners {' '.join(f'{float(flat[y, x]):.2f}' for y in (0, -1) for x in (0, -1))}", end=" | ")
    things = torch.zeros(1, 1, side, side)
    middle = side // 2
    things[..., middle - 2 : middle + 2, :3] = things[..., middle - 2 : middle + 2, -3:] = 1
    found = seen(things, window, step)
    left, right = (float(found[middle - 2 : middle + 2, part].mean()) for part in (slice(3), slice(-3, None)))
    print(f"two equal things: left {left:.2f}, right {right:.2f}")
PYTHON
) || { cat "$folder/log"; exit 1; }
echo "$seen"
wanted='side 224, window 15, step 8 | corners 1.00 0.53 0.53 0.28 | two equal things: left 0.78, right 0.69
side 32, window 9, step 7 | corners 1.00 0.44 0.44 0.20 | two equal things: left 0.88, right 0.78
side 32, window 8, step 4 | corners 1.00 1.00 1.00 1.00 | two equal things: left 1.00, right 1.00
side 32, window 8, step 8 | corners 1.00 1.00 1.00 1.00 | two equal things: left 1.00, right 1.00'
[ "$seen" = "$wanted" ] || { echo "this has changed"; exit 1; }
