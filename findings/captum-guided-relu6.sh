#!/usr/bin/env bash
# captum 0.9.0 with torch 2.14.1 and torchvision 0.29.1: GuidedBackprop and Deconvolution change the gradient
# at nn.ReLU modules only. torchvision's MobileNetV2 has ReLU6 everywhere, so its "guided" picture is the
# plain gradient, number by number, while the warning says that hooks were set on the ReLU activations.
# ResNet-18 differs as it should; a network that calls F.relu is plain too.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check captum==0.9.0 torch==2.14.1 torchvision==0.29.1 numpy
seen=$("$folder/venv/bin/python" - <<'PYTHON'
import warnings

import torch
from captum.attr import Deconvolution, GuidedBackprop, Saliency
from torch import nn
from torchvision.models import mobilenet_v2, resnet18

warnings.simplefilter("ignore")


class Called(nn.Sequential):
    def forward(self, x):
        for layer in self:
            x = nn.functional.relu(layer(x))
        return x.mean((2, 3))


torch.manual_seed(0)
nets = {
    "resnet18, nn.ReLU": resnet18(weights=None),
    "mobilenet_v2, nn.ReLU6": mobilenet_v2(weights=None),
    "F.relu": Called(nn.Conv2d(3, 8, 3), nn.Conv2d(8, 8, 3)),
}
for name, net in nets.items():
    net.eval()
    x = torch.rand(1, 3, 64, 64, requires_grad=True)
    plain = Saliency(net).attribute(x, target=1, abs=False)
    same = [torch.allclose(way(net).attribute(x, target=1), plain, rtol=1e-4, atol=1e-9)
            for way in (GuidedBackprop, Deconvolution)]
    print(name, *("plain gradient" if one else "its own" for one in same), sep=": ")
PYTHON
)
echo "$seen"
expected="resnet18, nn.ReLU: its own: its own
mobilenet_v2, nn.ReLU6: plain gradient: plain gradient
F.relu: plain gradient: plain gradient"
[ "$seen" = "$expected" ] || { echo "this has changed"; exit 1; }
