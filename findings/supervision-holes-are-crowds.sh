#!/usr/bin/env bash
# supervision 0.31.2, DetectionDataset.as_coco with masks, and pycocotools 2.0.11, which everybody measures COCO files with. An
# object with a hole, or in two pieces, is written with iscrowd 1, COCO's sign for "a crowd that nobody counted". pycocotools
# then neither wants it found nor minds: of four cells two are rings, a network that finds no ring at all has a recall of 1.0 (0.5
# with iscrowd set to 0). An object without either is written as the polygon through its outermost pixels' numbers: a cell of 3 x 3 is
# 2 x 2 when it is read back by pycocotools (and its bbox says 2 x 2, its area 9); one that is one pixel thick has no mask
# at all (a warning) and a height of 0. supervision itself reads its polygons with the rim, so its own round trip shows
# nothing. Safe: write runs (RLE) and iscrowd 0 by pycocotools.mask.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -qq --disable-pip-version-check supervision==0.31.2 pycocotools==2.0.11 numpy==2.4.6 opencv-python-headless==5.0.0.93
seen=$(cd "$folder" && venv/bin/python -W ignore - <<'PYTHON'
import contextlib
import copy
import io
import json

import cv2
import numpy as np
import supervision as sv
from pycocotools import mask as runs
from pycocotools.coco import COCO
from pycocotools.cocoeval import COCOeval

cells = np.zeros((5, 64, 64), bool)
cells[0, 4:7, 4:7] = True
cells[1, 40:52, 4:16] = True
cells[2, 4:16, 20:32] = cells[3, 4:16, 40:52] = True
cells[2, 8:12, 24:28] = cells[3, 8:12, 44:48] = False
cells[4, 60, 20:30] = True
cv2.imwrite("a.png", np.zeros((64, 64, 3), np.uint8))

def written(masks):
    own = sv.Detections(xyxy=sv.mask_to_xyxy(masks).astype(float), mask=masks, class_id=np.zeros(len(masks), int))
    held = sv.DetectionDataset(["cell"], ["a.png"], {"a.png": own})
    held.as_coco(annotations_path="a.json")
    return json.load(open("a.json"))

def recall(held):
    with contextlib.redirect_stdout(io.StringIO()):
        truth = COCO()
        truth.dataset = held
        truth.createIndex()
        rows = []
        for mask in cells[:2]:  # what the network found: the two cells without a hole
            code = runs.encode(np.asfortranarray(mask.astype(np.uint8)))
            rows.append({"image_id": 1, "category_id": held["categories"][0]["id"], "score": 1.0, "segmentation": code})
        account = COCOeval(truth, truth.loadRes(rows), "segm")
        account.params.iouThrs = np.array([0.4])
        account.evaluate()
        account.accumulate()
    return float(account.eval["recall"][0, 0, 0, -1])

held = written(cells[:4])
assert held["images"][0]["id"] == 1
print("iscrowd", [one["iscrowd"] for one in held["annotations"]])
print("recall", recall(copy.deepcopy(held)))
for one in held["annotations"]:
    one["iscrowd"] = 0
print("recall, iscrowd 0", recall(copy.deepcopy(held)))
small = held["annotations"][0]
read = runs.decode(runs.merge(runs.frPyObjects(small["segmentation"], 64, 64)))
print("3 x 3: bbox", small["bbox"][2:], "area", small["area"], "mask read", int(read.sum()))
thin = written(cells[4:])["annotations"][0]
print("1 x 10: bbox", thin["bbox"][2:], "area", thin["area"], "segmentation", thin["segmentation"])
PYTHON
)
echo "$seen"
wanted='iscrowd [0, 0, 1, 1]
recall 1.0
recall, iscrowd 0 0.5
3 x 3: bbox [2.0, 2.0] area 9.0 mask read 4
1 x 10: bbox [9.0, 0.0] area 10.0 segmentation []'
[ "$seen" = "$wanted" ] || { echo "this has changed"; exit 1; }
