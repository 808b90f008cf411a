#!/usr/bin/env bash
# torchcam 0.5.0 and grad-cam 1.5.5 (torch 2.14.1), Grad-CAM at a convolution whose ReLU works in place, as in most of
# torchvision's networks. The same weights, the same picture, the same gradients; only nn.ReLU(inplace=True) in place of
# nn.ReLU(): both libraries keep the layer's output by reference, the ReLU then writes into it, and the map is that of
# other numbers (up to 0.91 of 1 apart). captum 0.9.0 gives the same map for both. So a map "at layer X" of VGG or
# ResNet is one after the ReLU, weighed with gradients from before it. LayerCAM happens to be unaffected.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check torch==2.14.1 torchcam==0.5.0 grad-cam==1.5.5 captum==0.9.0
seen=$("$folder/venv/bin/python" -W ignore - <<'PYTHON'
import torch
from captum.attr import LayerGradCam
from pytorch_grad_cam import GradCAM as Other
from pytorch_grad_cam.utils.model_targets import ClassifierOutputTarget
from torch import nn
from torchcam.methods import GradCAM, LayerCAM

def network(inplace):
    torch.manual_seed(0)
    return nn.Sequential(
        nn.Conv2d(3, 8, 3, padding=1), nn.ReLU(inplace), nn.Conv2d(8, 8, 3, padding=1), nn.ReLU(inplace),
        nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(8, 3),
    ).eval()

torch.manual_seed(0)
picture = torch.randn(1, 3, 16, 16)

def torchcam(method, inplace):
    net = network(inplace)
    with method(net, target_layer=net[2], input_shape=(3, 16, 16)) as cam:
        return cam(0, net(picture.clone().requires_grad_(True)))[0]

def gradcam(inplace):
    net = network(inplace)
    with Other(net, [net[2]]) as cam:
        return torch.tensor(cam(picture.clone(), [ClassifierOutputTarget(0)]))

def captum(inplace):
    net = network(inplace)
    return LayerGradCam(net, net[2]).attribute(picture.clone(), target=0).detach()

print("scores equal:", torch.equal(network(False)(picture), network(True)(picture)))
for name, method in (
    ("torchcam GradCAM", lambda ip: torchcam(GradCAM, ip)), ("torchcam LayerCAM", lambda ip: torchcam(LayerCAM, ip)),
    ("grad-cam GradCAM", gradcam), ("captum LayerGradCam", captum),
):
    print(name, "differs by", round(float((method(False) - method(True)).abs().max()), 2))
PYTHON
)
echo "$seen"
wanted='scores equal: True
torchcam GradCAM differs by 0.91
torchcam LayerCAM differs by 0.0
grad-cam GradCAM differs by 0.91
captum LayerGradCam differs by 0.0'
[ "$seen" = "$wanted" ] || { echo "this has changed"; exit 1; }
