#!/usr/bin/env bash
# grad-cam 1.5.7 (torch 2.14.1), EigenCAM: the first principal component of a layer's maps, shown as "what the network looks at". Its
# sign is nobody's: the component and its negative are equally right, and which one comes out is the linear algebra's affair. One
# network, one picture with one bright thing; the layer's channels (and the weights that read them) written in a hundred other
# orders, which changes no answer. In most the thing is hot and the ground cold, in others (15 of 100 here) the ground is hot: the
# negative is cut at 0 and brought to 0 ... 1 as if nothing were. Grad-CAM of the same hundred is one map. So two
# trainings of one network, or two machines, may show opposite reasons, and a mean over pictures mixes both. Safe: give the map
# the sign that agrees with the mean of the maps, or use a method that asks for the class.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -qq --disable-pip-version-check torch==2.14.1 torchvision==0.29.1 grad-cam==1.5.7 numpy==2.4.6
seen=$("$folder/venv/bin/python" - 2> "$folder/log" <<'PYTHON'
import warnings

import numpy as np
import torch
from torch import nn

warnings.simplefilter("ignore")
from pytorch_grad_cam import EigenCAM, GradCAM
from pytorch_grad_cam.utils.model_targets import ClassifierOutputTarget

torch.manual_seed(0)
first, last = nn.Conv2d(3, 32, 3, padding=1), nn.Linear(32, 2)
net = nn.Sequential(first, nn.ReLU(), nn.AdaptiveAvgPool2d(1), nn.Flatten(), last).eval()
down, right = np.indices((24, 24))
thing = (down - 9) ** 2 + (right - 14) ** 2 < 25
picture = torch.from_numpy(0.1 * np.random.default_rng(0).random((1, 3, 24, 24)).astype(np.float32))
picture[:, :, thing] += 1
kept = [first.weight.data.clone(), first.bias.data.clone(), last.weight.data.clone()]
answer, hot, apart = net(picture), {"EigenCAM": 0, "GradCAM": 0}, 0.0
before = {}
for order in (np.random.default_rng(seed).permutation(32) for seed in range(100)):
    first.weight.data, first.bias.data, last.weight.data = kept[0][order], kept[1][order], kept[2][:, order]
    assert torch.allclose(net(picture), answer, atol=1e-5)
    for way in (EigenCAM, GradCAM):
        with way(model=net, target_layers=[net[1]]) as cam:
            heat = cam(input_tensor=picture, targets=[ClassifierOutputTarget(0)])[0]
        name = way.__name__
        hot[name] += bool(heat[thing].mean() > heat[~thing].mean())
        if name == "GradCAM":
            apart = max(apart, float(np.abs(heat - before.setdefault(name, heat)).max()))
print("the thing is hot by EigenCAM in some orders and the ground in others:", 0 < hot["EigenCAM"] < 100)
print("Grad-CAM is one map in all orders:", apart < 1e-3)
print(hot)
PYTHON
) || { cat "$folder/log"; exit 1; }
echo "$seen"
[ "$(head -2 <<< "$seen" | grep -c "True$")" = 2 ] || { echo "this has changed"; exit 1; }
