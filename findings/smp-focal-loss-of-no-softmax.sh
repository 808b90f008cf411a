#!/usr/bin/env bash
# segmentation-models-pytorch 0.6.0 (torch 2.14.1), three of its losses. FocalLoss("multiclass") stands for cross entropy that minds the hard pixels; at gamma 0 it must be cross entropy.
# It is 0.83 where that is 1.73: each class is asked by itself, yes or no, with a sigmoid, as for labels that may overlap. Adding 5 to all logits of a pixel,
# which changes no answer, multiplies the loss by ten. Taught by it to the end on pixels of which half are one class, three tenths another and a fifth the third, a
# network says 60, 26 and 15 % after its softmax; cross entropy says 50, 30 and 20. DiceLoss, JaccardLoss, TverskyLoss and LovaszLoss of the same mode do not change
# with those 5. SoftBCEWithLogitsLoss(ignore_index=255): what is ignored gives no gradient, but is counted in the mean: with half of the picture ignored the
# loss, and each step, is half of that of the other half alone, so a picture with a large margin counts for little; the four others are the same for both. MCCLoss
# takes probabilities, its page says "prediction", and the five others take logits as they come: of logits it is far below 0 for a right answer (0 is
# the best there is), so a training that lowers it goes on for ever, and for a wrong one far above 2, the worst there is. Nothing warns. Safe: cross_entropy by oneself, masked before the mean, and sigmoid before MCCLoss.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -qq --disable-pip-version-check torch==2.14.1 torchvision==0.29.1 timm==1.0.31 segmentation-models-pytorch==0.6.0 numpy==2.4.6
seen=$(OMP_NUM_THREADS=1 "$folder/venv/bin/python" -W ignore - 2> "$folder/log" <<'PYTHON'
import torch
from segmentation_models_pytorch import losses
from torch.nn import functional as F

torch.manual_seed(0)
logits, truth = torch.randn(2, 4, 8, 8), torch.randint(0, 4, (2, 8, 8))
ones = F.one_hot(truth, 4).permute(0, 3, 1, 2).float()
focal = losses.FocalLoss("multiclass", gamma=0.0)(logits, truth).item()
print("cross entropy", round(F.cross_entropy(logits, truth).item(), 2), "focal, gamma 0", round(focal, 2),
      "mean of sigmoids", round(F.binary_cross_entropy_with_logits(logits, ones).item(), 2))
for name in ("FocalLoss", "DiceLoss", "JaccardLoss", "TverskyLoss", "LovaszLoss"):
    loss = getattr(losses, name)("multiclass")
    print(name, "with 5 added:", round(loss(logits + 5, truth).item() / loss(logits, truth).item(), 1), "times")

pixels = torch.tensor([0] * 50 + [1] * 30 + [2] * 20).reshape(1, 10, 10)
for name, loss in (("cross entropy", F.cross_entropy), ("focal, gamma 0", losses.FocalLoss("multiclass", gamma=0.0))):
    own = torch.zeros(1, 3, 1, 1, requires_grad=True)
    steps = torch.optim.Adam([own], 0.05)
    for _ in range(600):
        steps.zero_grad()
        loss(own.expand(1, 3, 10, 10), pixels).backward()
        steps.step()
    print(name, "says", [round(v) for v in (100 * own.softmax(1)).flatten().tolist()])

logits, truth = torch.randn(2, 1, 8, 8), torch.randint(0, 2, (2, 1, 8, 8))
half = truth.clone()
half[..., :4] = 255
soft = losses.SoftBCEWithLogitsLoss(ignore_index=255)
print("half ignored, soft BCE:", round((soft(logits, half.float()) / soft(logits[..., 4:], truth[..., 4:].float())).item(), 2))
for name in ("FocalLoss", "DiceLoss", "JaccardLoss", "LovaszLoss"):
    loss = getattr(losses, name)("binary", ignore_index=255)
    print(f"half ignored, {name}:", round((loss(logits, half) / loss(logits[..., 4:].contiguous(), truth[..., 4:].contiguous())).item(), 2))
sure = 2 * (2 * truth - 1.0)
mcc = losses.MCCLoss()
print("MCC of right logits below 0:", mcc(sure, truth).item() < -1, "of probabilities:", round(mcc(sure.sigmoid(), truth).item(), 1))
even = torch.tensor([0, 1] * 32).reshape(1, 1, 8, 8)
print("MCC of wrong logits above 2:", mcc(1 - 2.0 * even, even).item() > 3)
PYTHON
) || { cat "$folder/log"; exit 1; }
expected="cross entropy 1.73 focal, gamma 0 0.83 mean of sigmoids 0.83
FocalLoss with 5 added: 10.3 times
DiceLoss with 5 added: 1.0 times
JaccardLoss with 5 added: 1.0 times
TverskyLoss with 5 added: 1.0 times
LovaszLoss with 5 added: 1.0 times
cross entropy says [50, 30, 20]
focal, gamma 0 says [60, 26, 15]
half ignored, soft BCE: 0.5
half ignored, FocalLoss: 1.0
half ignored, DiceLoss: 1.0
half ignored, JaccardLoss: 1.0
half ignored, LovaszLoss: 1.0
MCC of right logits below 0: True of probabilities: 0.2
MCC of wrong logits above 2: True"
echo "$seen"
echo "expected: cross entropy twice; 1.0 times; 50, 30, 20 twice; 1.0; a loss of logits"
[ "$seen" = "$expected" ] || { echo "this has changed"; exit 1; }
