#!/usr/bin/env bash
# captum 0.9.0 (torch 2.14.1), LRP (layer-wise relevance propagation), whose promise is that nothing is lost and nothing added: what it gives to the
# pixels adds up to the network's answer. Without skip connections it does, to the last digit. With them, written "x + layer(x)" as in every
# ResNet, it is 1.6 times the answer after one, 3.8 times after two, 105 times after four and 250 million times after eight, though every layer here is
# the identity and x + x is all that happens. A plus sign is no module, so no rule is put on it; modules without a rule are refused, a plus sign is not
# seen, and nothing warns. Its page says nothing of it. So the map of a ResNet shows which way through the skips multiplies most, not the
# reasons. With the plus written as a module that captum keeps for itself (captum.attr._utils.custom_modules.Addition_Module) the sum is the answer again
# at every depth. Safe: that module, or return_convergence_delta=True and a look at it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -qq --disable-pip-version-check captum==0.9.0 torch==2.14.1
seen=$("$folder/venv/bin/python" -W ignore - 2> "$folder/log" <<'PYTHON'
import torch
from captum.attr import LRP
from captum.attr._utils.custom_modules import Addition_Module
from torch import nn


class Block(nn.Module):
    def __init__(self, kind):
        super().__init__()
        self.kind, self.layer, self.relu, self.plus = kind, nn.Conv2d(3, 3, 1, bias=False), nn.ReLU(), Addition_Module()
        with torch.no_grad():
            self.layer.weight.copy_(torch.eye(3)[:, :, None, None])

    def forward(self, x):
        if self.kind == "no skip":
            return self.relu(self.layer(x))
        return self.relu(x + self.layer(x) if self.kind == "plus sign" else self.plus(x, self.layer(x)))


class Network(nn.Module):
    def __init__(self, blocks, kind):
        super().__init__()
        for k in range(blocks):
            self.add_module(f"block{k}", Block(kind))
        self.end = nn.Linear(48, 1, bias=False)
        nn.init.constant_(self.end.weight, 0.1)

    def forward(self, x):
        for name, block in self.named_children():
            x = block(x.flatten(1) if name == "end" else x)
        return x


torch.manual_seed(0)
picture = torch.rand(1, 3, 4, 4)
for kind in ("no skip", "plus sign", "Addition_Module"):
    for blocks in (1, 2, 4, 8):
        network = Network(blocks, kind).eval()
        answer = network(picture).item()
        print(f"{kind} | {blocks} blocks | relevance / answer {LRP(network).attribute(picture).sum().item() / answer:.3g}")
PYTHON
) || { cat "$folder/log"; exit 1; }
echo "$seen"
expected="no skip | 1 blocks | relevance / answer 1
no skip | 2 blocks | relevance / answer 1
no skip | 4 blocks | relevance / answer 1
no skip | 8 blocks | relevance / answer 1
plus sign | 1 blocks | relevance / answer 1.63
plus sign | 2 blocks | relevance / answer 3.82
plus sign | 4 blocks | relevance / answer 105
plus sign | 8 blocks | relevance / answer 2.48e+08
Addition_Module | 1 blocks | relevance / answer 1
Addition_Module | 2 blocks | relevance / answer 1
Addition_Module | 4 blocks | relevance / answer 1
Addition_Module | 8 blocks | relevance / answer 1"
[ "$seen" = "$expected" ] || { echo "this has changed"; exit 1; }
