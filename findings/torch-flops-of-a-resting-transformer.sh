#!/usr/bin/env bash
# torch 2.14.1, torch.utils.flop_counter.FlopCounterMode: the same transformer layer costs 294,912 operations
# in train() and 0 in eval() without gradients, where one fused operator does it all and has no formula. An
# LSTM costs 0 always, a GRU of the same sizes is counted. The sum of a network is given without a word about
# what was left out, so a recurrent captioner or a ViT at rest looks free.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check torch==2.14.1 numpy
seen=$("$folder/venv/bin/python" - <<'PYTHON'
import torch
from torch import nn
from torch.utils.flop_counter import FlopCounterMode


def counted(layer, x, grad):
    with torch.set_grad_enabled(grad), FlopCounterMode(display=False) as counter:
        layer(x)
    return counter.get_total_flops()


block = nn.TransformerEncoderLayer(32, 4, 64, batch_first=True)
tokens = torch.rand(1, 16, 32)
print("transformer, learning", counted(block.train(), tokens, True))
print("transformer, resting", counted(block.eval(), tokens, False))
rows = torch.rand(1, 10, 8)
print("LSTM", counted(nn.LSTM(8, 8, batch_first=True), rows, True), "of", 2 * 10 * (8 + 8) * 4 * 8)
print("GRU", counted(nn.GRU(8, 8, batch_first=True), rows, True), "of", 2 * 10 * (8 + 8) * 3 * 8)
PYTHON
)
echo "$seen"
expected="transformer, learning 294912
transformer, resting 0
LSTM 0 of 10240
GRU 7680 of 7680"
[ "$seen" = "$expected" ] || { echo "this has changed"; exit 1; }
