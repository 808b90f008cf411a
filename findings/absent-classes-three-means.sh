#!/usr/bin/env bash
# One segmentation, one truth, four classes of which two are in neither: the mean Dice over classes is 0.94 by
# segmentation-models-pytorch 0.6.0 (an absent class counts as 1), 0.89 by torchmetrics 1.9.0 and MONAI 1.6.1 (it does
# not count), 0.44 by scikit-learn 1.9.1 (it counts as 0; with a warning). MONAI's own table by class
# (reduction="mean_batch") then says 0.0 for the absent ones, as if they had been missed; averaging that table gives
# 0.44. Tables of different papers cannot be compared before one knows which.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check torch==2.14.1 segmentation-models-pytorch==0.6.0 torchmetrics==1.9.0 monai==1.6.1 scikit-learn==1.9.1 numpy==2.4.1
seen=$("$folder/venv/bin/python" -W ignore - <<'PYTHON'
import segmentation_models_pytorch as smp
import torch
from monai.metrics import DiceMetric
from sklearn.metrics import f1_score
from torchmetrics.segmentation import DiceScore

truth = torch.zeros(1, 8, 8, dtype=torch.long)
truth[:, 2:5, 2:5] = 1
found = truth.clone()
found[:, 2:5, 2] = 0

def planes(labels):
    return torch.nn.functional.one_hot(labels, 4).movedim(-1, 1)

counts = smp.metrics.get_stats(found, truth, mode="multiclass", num_classes=4)
print("smp", round(float(smp.metrics.f1_score(*counts, reduction="macro")), 2))
print("torchmetrics", round(float(DiceScore(4, input_format="index", average="macro")(found, truth)), 2))
print("scikit-learn", round(float(f1_score(truth.ravel(), found.ravel(), average="macro", labels=range(4))), 2))
for how in ("mean", "mean_batch"):
    metric = DiceMetric(reduction=how)
    metric(planes(found), planes(truth))
    print("MONAI", how, [round(v, 2) for v in metric.aggregate().ravel().tolist()])
PYTHON
)
echo "$seen"
wanted='smp 0.94
torchmetrics 0.89
scikit-learn 0.44
MONAI mean [0.89]
MONAI mean_batch [0.97, 0.8, 0.0, 0.0]'
[ "$seen" = "$wanted" ] || { echo "this has changed"; exit 1; }
