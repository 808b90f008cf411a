#!/usr/bin/env bash
# torchmetrics 1.9.0, MeanAveragePrecision on one picture of 225 cells, all found, boxes exact. COCO's rule looks at 100
# detections a picture, so as it comes the answer is 0.45, and a count of cells this good cannot read better. Told to look at 300
# (max_detection_thresholds=[1, 100, 300]) the same call with its default backend (pycocotools 2.0.11) says map_50 and map_75 1.0
# and map 0.45, which no mean over thresholds can be: map alone still looks at 100. With [1, 10, 300] map is -1.
# backend="faster_coco_eval" (1.8.0) says 1.0 for all.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -qq --disable-pip-version-check torch==2.14.1 torchvision==0.29.1 torchmetrics==1.9.0 \
    pycocotools==2.0.11 faster-coco-eval==1.8.0
seen=$("$folder/venv/bin/python" -W ignore - 2>/dev/null <<'PYTHON'
import torch
from torchmetrics.detection import MeanAveragePrecision

places = 10.0 * torch.cartesian_prod(torch.arange(15), torch.arange(15))
boxes = torch.cat([places, places + 8], 1)
labels = torch.zeros(len(boxes), dtype=torch.long)
found = [{"boxes": boxes, "labels": labels, "scores": torch.linspace(0.9, 0.5, len(boxes))}]
for backend in ("pycocotools", "faster_coco_eval"):
    for most in ([1, 10, 100], [1, 100, 300], [1, 10, 300]):
        metric = MeanAveragePrecision(backend=backend, max_detection_thresholds=most)
        metric.update(found, [{"boxes": boxes, "labels": labels}])
        said = metric.compute()
        print(backend, most, *(f"{name} {said[name]:.2f}" for name in ("map", "map_50", "map_75")))
PYTHON
)
echo "$seen"
wanted='pycocotools [1, 10, 100] map 0.45 map_50 0.45 map_75 0.45
pycocotools [1, 100, 300] map 0.45 map_50 1.00 map_75 1.00
pycocotools [1, 10, 300] map -1.00 map_50 1.00 map_75 1.00
faster_coco_eval [1, 10, 100] map 0.45 map_50 0.45 map_75 0.45
faster_coco_eval [1, 100, 300] map 1.00 map_50 1.00 map_75 1.00
faster_coco_eval [1, 10, 300] map 1.00 map_50 1.00 map_75 1.00'
[ "$seen" = "$wanted" ] || { echo "this has changed"; exit 1; }
