#!/usr/bin/env bash
# torchvision 0.29.1: masks_to_boxes gives the last pixel's index as the far edge, so a box is one pixel short
# on each axis: a mask of 3 x 3 pixels has a box of area 4, and one pixel wide it has none. The library's own
# Mask R-CNN takes boxes as edges and refuses such a target ("positive height and width"). pycocotools 2.0.11
# gives edges for the same masks (width 3, width 1). For cells of a few pixels the boxes from the two disagree
# by a large part of their area (intersection over union 0.44 for 3 x 3).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check torch==2.14.1 torchvision==0.29.1 pycocotools==2.0.11 numpy
seen=$("$folder/venv/bin/python" - <<'PYTHON'
import numpy as np
import torch
from pycocotools import mask as coco
from torchvision.models.detection import maskrcnn_resnet50_fpn
from torchvision.ops import box_area, box_iou, masks_to_boxes

masks = torch.zeros(2, 8, 8, dtype=torch.bool)
masks[0, 2:5, 2:5] = True
masks[1, 2:6, 3] = True
boxes = masks_to_boxes(masks)
print(boxes.tolist(), box_area(boxes).tolist())
edges = coco.toBbox(coco.encode(np.asfortranarray(masks.permute(1, 2, 0).numpy().astype(np.uint8))))
print(edges.tolist())
edges[:, 2:] += edges[:, :2]
print([round(one, 2) for one in box_iou(boxes, torch.tensor(edges).float()).diagonal().tolist()])
net = maskrcnn_resnet50_fpn(weights=None, weights_backbone=None, num_classes=2)
target = {"boxes": boxes, "labels": torch.ones(2, dtype=torch.long), "masks": masks.byte()}
try:
    net([torch.rand(3, 64, 64)], [target])
except AssertionError as error:
    print(str(error).split(".")[0])
PYTHON
)
echo "$seen"
expected="[[2.0, 2.0, 4.0, 4.0], [3.0, 2.0, 3.0, 5.0]] [4.0, 0.0]
[[2.0, 2.0, 3.0, 3.0], [3.0, 2.0, 1.0, 4.0]]
[0.44, 0.0]
All bounding boxes should have positive height and width"
[ "$seen" = "$expected" ] || { echo "this has changed"; exit 1; }
