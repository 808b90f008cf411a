#!/usr/bin/env bash
# torchvision 0.29.1, transforms.v2 on KeyPoints. One lit pixel in a picture of 8 x 8, a key point on it (its
# column and row), and a box around it. Mirrored, cropped, padded and moved, point, pixel and box stay together:
# a point is the index of a pixel. Turned by 90, 180 or 270 degrees the point leaves its pixel by one column,
# row or both: rotate takes it as a place on edges. So half a turn and two mirrors, the same thing, put it a
# pixel apart. On small pictures (sprites, cells) a network learns the shift of whoever augments by turning.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check torch==2.14.1 torchvision==0.29.1 numpy
seen=$("$folder/venv/bin/python" - <<'PYTHON'
import torch
from torchvision import tv_tensors
from torchvision.transforms.v2 import functional as F

picture = torch.zeros(1, 8, 8)
picture[0, 2, 1] = 1
image = tv_tensors.Image(picture)
point = tv_tensors.KeyPoints(torch.tensor([[1.0, 2.0]]), canvas_size=(8, 8))
box = tv_tensors.BoundingBoxes(torch.tensor([[1.0, 2.0, 2.0, 3.0]]), format="XYXY", canvas_size=(8, 8))
ways = {
    "mirrored": F.horizontal_flip,
    "mirrored twice": lambda x: F.vertical_flip(F.horizontal_flip(x)),
    "moved": lambda x: F.affine(x, 0, [2, 1], 1, [0, 0]),
    "padded": lambda x: F.pad(x, [1, 1, 1, 1]),
    "turned 90": lambda x: F.rotate(x, 90),
    "turned 180": lambda x: F.rotate(x, 180),
    "turned 270": lambda x: F.rotate(x, 270),
}
for name, way in ways.items():
    row, column = (int(one) for one in torch.nonzero(torch.as_tensor(way(image))[0])[0])
    there = [int(one) for one in way(point)[0]]
    print(name, "pixel", [column, row], "point", there, "box", [int(one) for one in way(box)[0]])
PYTHON
)
echo "$seen"
expected="mirrored pixel [6, 2] point [6, 2] box [6, 2, 7, 3]
mirrored twice pixel [6, 5] point [6, 5] box [6, 5, 7, 6]
moved pixel [3, 3] point [3, 3] box [3, 3, 4, 4]
padded pixel [2, 3] point [2, 3] box [2, 3, 3, 4]
turned 90 pixel [2, 6] point [2, 7] box [2, 6, 3, 7]
turned 180 pixel [6, 5] point [7, 6] box [6, 5, 7, 6]
turned 270 pixel [5, 1] point [6, 1] box [5, 1, 6, 2]"
[ "$seen" = "$expected" ] || { echo "this has changed"; exit 1; }
