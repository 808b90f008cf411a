#!/usr/bin/env bash
# torchinfo 1.8.0 with torch 2.14.1 and timm 1.0.31, total_mult_adds. Plain and grouped convolutions are
# right. A linear layer on a sequence is counted once instead of once a token, and attention not at all:
# vit_tiny reads 34 M where the products are 1,075 M (31 times more). A transposed convolution of stride 2 is
# counted over its output though every input pixel meets each weight once: 4 times too much, so a decoder
# looks four times dearer than the encoder that mirrors it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check torchinfo==1.8.0 torch==2.14.1 torchvision==0.29.1 timm==1.0.31 numpy
seen=$("$folder/venv/bin/python" - <<'PYTHON'
import timm
import torch
from torch import nn
from torch.utils.flop_counter import FlopCounterMode
from torchinfo import summary


def told(net, shape):
    with FlopCounterMode(display=False) as counter:
        net(torch.rand(shape))
    return summary(net, shape, verbose=0).total_mult_adds, counter.get_total_flops() // 2


print("convolution", *told(nn.Conv2d(32, 16, 4, stride=2, padding=1, bias=False), (1, 32, 16, 16)))
print("transposed", *told(nn.ConvTranspose2d(32, 16, 4, stride=2, padding=1, bias=False), (1, 32, 16, 16)))
print("linear on 7 tokens", *told(nn.Linear(10, 10, bias=False), (4, 7, 10)))
told_, true = told(timm.create_model("vit_tiny_patch16_224"), (1, 3, 224, 224))
print("vit_tiny", round(told_ / 1e6), round(true / 1e6))
PYTHON
)
echo "$seen"
expected="convolution 524288 524288
transposed 8388608 2097152
linear on 7 tokens 400 2800
vit_tiny 34 1075"
[ "$seen" = "$expected" ] || { echo "this has changed"; exit 1; }
