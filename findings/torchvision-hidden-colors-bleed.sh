#!/usr/bin/env bash
# torchvision 0.29.1, transforms.v2.functional: the same sprite (green on a transparent ground whose hidden colour is
# magenta), once as a Pillow image and once as a tensor of the same numbers, through resize and rotate (bilinear).
# As a Pillow image the rim stays green: Pillow 13.0.0 weighs colours by their alpha. As a tensor alpha is the same and
# the hidden magenta bleeds into the rim. gaussian_blur bleeds for both, since it works on tensors inside. Which of the two a
# training set gets depends on where ToImage stands in its list of transforms.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check torch==2.14.1 torchvision==0.29.1 pillow==13.0.0 numpy
seen=$("$folder/venv/bin/python" - <<'PYTHON'
import numpy as np
import torch
from PIL import Image
from torchvision.transforms import InterpolationMode
from torchvision.transforms.v2 import functional as F

sprite = np.zeros((16, 16, 4), np.uint8)
sprite[..., :3] = (255, 0, 255)
sprite[4:12, 4:12] = (0, 160, 60, 255)
tensor = torch.tensor(sprite).permute(2, 0, 1)
ways = {
    "smaller": lambda x: F.resize(x, [11, 11]),
    "larger": lambda x: F.resize(x, [24, 24]),
    "turned": lambda x: F.rotate(x, 30, interpolation=InterpolationMode.BILINEAR),
    "blurred": lambda x: F.gaussian_blur(x, [3, 3]),
}
for name, way in ways.items():
    told = []
    for seen in (np.asarray(way(Image.fromarray(sprite))), way(tensor).permute(1, 2, 0).numpy()):
        rim = seen[(seen[..., 3] > 20) & (seen[..., 3] < 235)].astype(int)
        told.append("magenta" if (rim[:, 0] - rim[:, 1]).max() > 50 else "green")
    print(name, "Pillow:", told[0], "tensor:", told[1])
PYTHON
)
echo "$seen"
expected="smaller Pillow: green tensor: magenta
larger Pillow: green tensor: magenta
turned Pillow: green tensor: magenta
blurred Pillow: magenta tensor: magenta"
[ "$seen" = "$expected" ] || { echo "this has changed"; exit 1; }
