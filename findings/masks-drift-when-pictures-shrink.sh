#!/usr/bin/env bash
# torchvision 0.29.1 (v2.Resize of an Image with its Mask), albumentations 2.0.8 (A.Resize) and MONAI 1.6.1 (Resize, mode "nearest" for
# the mask), the usual ways to bring pictures and masks to a network's size in one step. The picture's new pixel is a mean around
# the middle of what it covers, the mask's is the first old pixel of it. Made smaller by 4, masks lie 1.5 old pixels up and
# to the left of their pictures, by 8 it is 3.5: a network learns its cells half a pixel beside themselves and is measured against masks
# with the same fault, so no figure shows it. Cells 16 pixels across, shrunk by 4, overlap by 0.72 with what is seen of them,
# instead of 0.90. Pillow 13.0.0 takes the middle (half a pixel off for even factors, as whole pixels must be), so the same
# line was right as long as masks were Pillow images. Safe, and as Pillow: NEAREST_EXACT (torchvision's functional.resize, A.Resize's
# mask_interpolation=cv2.INTER_NEAREST_EXACT), MONAI's "nearest-exact".
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -qq --disable-pip-version-check torch==2.14.1 torchvision==0.29.1 albumentations==2.0.8 monai==1.6.1 \
  opencv-python-headless==5.0.0.93 pillow==13.0.0 scipy==1.17.1 numpy==2.4.6
seen=$(NO_ALBUMENTATIONS_UPDATE=1 "$folder/venv/bin/python" - 2> "$folder/log" <<'PYTHON'
import warnings

warnings.simplefilter("ignore")
import albumentations
import cv2
import numpy as np
import torch
from monai.transforms import Resize
from PIL import Image
from torchvision import tv_tensors
from torchvision.transforms import InterpolationMode, v2


def ways(picture, mask, n):
    """A name, the small picture and the small mask of each way."""
    given = tv_tensors.Image(torch.from_numpy(picture)[None]), tv_tensors.Mask(torch.from_numpy(mask)[None])
    small, small_mask = v2.Resize((n, n))(*given)
    yield "torchvision", small[0].numpy(), small_mask[0].numpy()
    exact = v2.functional.resize(torch.from_numpy(mask)[None], [n, n], InterpolationMode.NEAREST_EXACT)
    yield "torchvision, NEAREST_EXACT", small[0].numpy(), exact[0].numpy()
    both = albumentations.Resize(n, n)(image=picture, mask=mask)
    yield "albumentations", both["image"], both["mask"]
    both = albumentations.Resize(n, n, mask_interpolation=cv2.INTER_NEAREST_EXACT)(image=picture, mask=mask)
    yield "albumentations, INTER_NEAREST_EXACT", both["image"], both["mask"]
    soft = Resize((n, n), mode="bilinear")(picture[None])[0].numpy()
    for mode in ("nearest", "nearest-exact"):
        yield f"MONAI, {mode}", soft, Resize((n, n), mode=mode)(mask[None])[0].numpy()
    filters = (Image.Resampling.BILINEAR, Image.Resampling.NEAREST)
    yield "Pillow", *(np.asarray(Image.fromarray(x).resize((n, n), f)) for x, f in zip((picture, mask), filters))


told = {}
for times in (2, 3, 4, 8):
    ramp = np.tile(np.arange(48 * times, dtype=np.float32), (48 * times, 1))  # each pixel holds its own column
    for name, small, small_mask in ways(ramp, ramp, 48):
        told.setdefault(name, []).append(round(float(small[24, 24] - small_mask[24, 24]), 1) + 0)
random = np.random.default_rng(0)
down, right = np.indices((384, 384))
cells = np.zeros((384, 384), np.float32)
for y in range(16, 384, 32):
    for x in range(16, 384, 32):
        dy, dx = random.uniform(-4, 4, 2)
        cells[(down - y - dy) ** 2 + (right - x - dx) ** 2 < 64] = 1
for name, small, small_mask in ways(cells, cells, 96):
    a, b = small >= 0.5, small_mask > 0.5
    exact = name == "Pillow" or "exact" in name.lower()
    assert told[name] == ([-0.5, 0.0, -0.5, -0.5] if exact else [0.5, 1.0, 1.5, 3.5]), "this has changed"
    assert ((a & b).sum() / (a | b).sum() > 0.88) == exact, "this has changed"
    print(f"{name} | the mask is off by {told[name]} | overlap of cells {(a & b).sum() / (a | b).sum():.2f}")
PYTHON
) || { cat "$folder/log"; exit 1; }
echo "$seen"
