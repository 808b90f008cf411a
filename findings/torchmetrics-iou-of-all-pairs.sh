#!/usr/bin/env bash
# torchmetrics 1.9.0 (torch 2.14.1, torchvision 0.29.1), detection.IntersectionOverUnion, on one picture of n cells of one kind, each found, boxes exact.
# The answer is 1 / n: 0.25 for four, 0.04 for 25. Boxes are not matched; the mean is taken over all pairs of a found and a true
# box with the same label, so what is counted is mostly how far cells lie from each other. GIoU, DIoU and CIoU are the same and even below 0
# (-0.66 for 25). As one label each, as in the page's examples, all are 1.0, and so says the function of that name
# (functional.detection.intersection_over_union), which pairs the first with the first. iou_threshold=0.5 seems to mend it; then
# pairs below it are left out instead of counted as 0, and one of four found is 1.0, as is one found and three put where nothing is.
# So the figure falls with the number of objects in a picture, not with what a network does, and a network that finds one cell of four
# is as good as one that finds all. Nothing warns. Safe: match first (scipy's linear_sum_assignment on box_iou), or mean average
# precision.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -qq --disable-pip-version-check torchmetrics==1.9.0 torch==2.14.1 torchvision==0.29.1 numpy==2.4.6
seen=$("$folder/venv/bin/python" - 2> "$folder/log" <<'PYTHON'
import torch
from torchmetrics.detection import GeneralizedIntersectionOverUnion, IntersectionOverUnion
from torchmetrics.functional.detection import intersection_over_union


def cells(side):
    corners = torch.tensor([[20.0 * (k % side), 20.0 * (k // side)] for k in range(side * side)])
    return torch.cat([corners, corners + 12], dim=1)


def asked(found, true, kind=IntersectionOverUnion, several=False, **more):
    def held(boxes):
        return {"boxes": boxes, "labels": torch.arange(len(boxes)) * several, "scores": torch.ones(len(boxes))}

    metric = kind(**more)
    metric.update([held(found)], [held(true)])
    return f"{next(iter(metric.compute().values())):.3f}"


for side in (1, 2, 5, 15):
    true = cells(side)
    print(f"{side * side} of {side * side} found | IoU {asked(true, true)} | GIoU {asked(true, true, GeneralizedIntersectionOverUnion)}"
          f" | a label each {asked(true, true, several=True)} | the function {intersection_over_union(true, true):.3f}")
true = cells(2)
astray = true.clone()
astray[1:] += 500
for name, found in {"4 of 4": true, "1 of 4": true[:1], "1 of 4, 3 elsewhere": astray}.items():
    print(f"{name} | IoU {asked(found, true)} | iou_threshold=0.5 {asked(found, true, iou_threshold=0.5)}")
PYTHON
) || { cat "$folder/log"; exit 1; }
echo "$seen"
expected="1 of 1 found | IoU 1.000 | GIoU 1.000 | a label each 1.000 | the function 1.000
4 of 4 found | IoU 0.250 | GIoU -0.055 | a label each 1.000 | the function 1.000
25 of 25 found | IoU 0.040 | GIoU -0.660 | a label each 1.000 | the function 1.000
225 of 225 found | IoU 0.004 | GIoU -0.914 | a label each 1.000 | the function 1.000
4 of 4 | IoU 0.250 | iou_threshold=0.5 1.000
1 of 4 | IoU 0.250 | iou_threshold=0.5 1.000
1 of 4, 3 elsewhere | IoU 0.062 | iou_threshold=0.5 1.000"
[ "$seen" = "$expected" ] || { echo "this has changed"; exit 1; }
