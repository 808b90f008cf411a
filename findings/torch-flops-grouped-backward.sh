#!/usr/bin/env bash
# torch 2.14.1, torch.utils.flop_counter.FlopCounterMode on a convolution in groups. The way back costs twice
# the way there (one product for the input, one for the weights), and so it is counted for one group. For g
# groups the gradient of the weights is counted as if there were none, g times too much: 5 times the way there
# for 4 groups, 33 times for a depthwise layer of 32 channels. A MobileNet's training step is told as many
# times its real cost; the way there alone is right. Transposed convolutions likewise.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check torch==2.14.1 numpy
seen=$("$folder/venv/bin/python" - <<'PYTHON'
import torch
from torch import nn
from torch.utils.flop_counter import FlopCounterMode


def ratio(layer):
    x = torch.rand(1, 32, 16, 16, requires_grad=True)
    with FlopCounterMode(display=False) as there:
        layer(x)
    with FlopCounterMode(display=False) as both:
        layer(x).sum().backward()
    once = there.get_total_flops()
    return once, (both.get_total_flops() - once) / once


for groups in (1, 4, 32):
    print(groups, *ratio(nn.Conv2d(32, 32, 3, padding=1, groups=groups)),
          *ratio(nn.ConvTranspose2d(32, 32, 3, padding=1, groups=groups)))
PYTHON
)
echo "$seen"
expected="1 4718592 2.0 4718592 2.0
4 1179648 5.0 1179648 5.0
32 147456 33.0 147456 33.0"
[ "$seen" = "$expected" ] || { echo "this has changed"; exit 1; }
