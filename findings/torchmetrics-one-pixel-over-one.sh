#!/usr/bin/env bash
# torchmetrics 1.9.0 (torch 2.14.1), all binary measures. Whether numbers are probabilities or logits is asked of every batch by itself: is one
# below 0 or above 1, sigmoid is put over all of it. A mean over ten networks (0.1 of each added up) is 1.0000001 where all ten are sure.
# That one pixel makes logits of the batch: every pixel above 0 is then above one half, so a map that is right to the pixel
# (IoU 1.00) reads as 0.25, the share of the ground being called cell. Maps enlarged by "bicubic" overshoot at every edge: the same.
# Logits meet it the other way around: asked in batches of one, those that happen to lie between 0 and 1 are left alone and the
# others are not, and AUROC, which no batch size can change, is 0.87 instead of 0.92 (scikit-learn 1.9.1: 0.92). Nothing warns. Safe:
# sigmoid by oneself and clamp(0, 1) before update().
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -qq --disable-pip-version-check torch==2.14.1 torchmetrics==1.9.0 scikit-learn==1.9.1 numpy==2.4.6
seen=$("$folder/venv/bin/python" - 2> "$folder/log" <<'PYTHON'
import warnings

import numpy as np
import torch

warnings.simplefilter("ignore")
from sklearn.metrics import roc_auc_score
from torchmetrics.classification import BinaryAUROC, BinaryF1Score, BinaryJaccardIndex


def asked(measure, answers, truth, batch):
    for at in range(0, len(answers), batch):
        measure.update(answers[at:at + batch], truth[at:at + batch])
    return measure.compute().item()


down, right = np.indices((64, 64)) - 31.5
truth = torch.from_numpy((down**2 + right**2 < 18**2).astype(np.int64))[None]
logits = torch.where(truth > 0, 20.0, -6.0)
one = logits.sigmoid()
ten = sum(0.1 * one for _ in range(10))
coarse = torch.nn.functional.avg_pool2d(one[None], 4)
enlarged = torch.nn.functional.interpolate(coarse, scale_factor=4.0, mode="bicubic")[0]
for name, answer in (("one network", one), ("the mean of ten", ten), ("ten, clamped", ten.clamp(0, 1)),
                     ("enlarged", enlarged), ("enlarged, clamped", enlarged.clamp(0, 1))):
    print(f"{name} | largest {answer.max().item():.7f} | IoU {asked(BinaryJaccardIndex(), answer, truth, 1):.2f} "
          f"F1 {asked(BinaryF1Score(), answer, truth, 1):.2f}")

random = np.random.default_rng(0)
kind = torch.from_numpy((random.random(1000) < 0.5).astype(np.int64))
logits = torch.from_numpy((kind.numpy() * 2 - 1 + random.normal(0, 1, 1000)).astype(np.float32))
print("AUROC of logits, scikit-learn", f"{roc_auc_score(kind, logits):.3f}", *(
    f"| batches of {batch}: {asked(BinaryAUROC(), logits, kind, batch):.3f}" for batch in (1, 2, 1000)))
PYTHON
) || { cat "$folder/log"; exit 1; }
echo "$seen"
expected="one network | largest 1.0000000 | IoU 1.00 F1 1.00
the mean of ten | largest 1.0000001 | IoU 0.25 F1 0.40
ten, clamped | largest 1.0000000 | IoU 1.00 F1 1.00
enlarged | largest 1.0974060 | IoU 0.29 F1 0.44
enlarged, clamped | largest 1.0000000 | IoU 0.98 F1 0.99
AUROC of logits, scikit-learn 0.915 | batches of 1: 0.868 | batches of 2: 0.906 | batches of 1000: 0.915"
[ "$seen" = "$expected" ] || { echo "this has changed"; exit 1; }
