#!/usr/bin/env bash
# HD95 and the mean surface distance, the two figures under which segmentations are published, of one answer: a disk of radius 15, found
# to the pixel, and a false speck of 3 x 3 far away. MedPy 0.5.2 says HD95 0.0, MONAI 1.6.1 says 25.8. MedPy puts the distances
# of both directions into one heap before it takes 95 %, so what is fewer than a twentieth of the whole rim is nothing; MONAI takes 95 % of
# each and then the larger one. MONAI's mean distance goes one way unless asked (symmetric=False): 2.3 for the speck, 0.0 for the
# very same pair in the other order, 1.2 by MedPy and by MONAI's symmetric=True. SimpleITK 2.5.7 measures from all pixels, not from
# the rim: 0.17 as the mean, and a hole of one pixel in the middle is 1 away, where the three others (torchmetrics 1.9.0 too) say 13.
# Tables of two papers differ by more than their networks do. Safe: say the package and its settings, and count false parts apart.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -qq --disable-pip-version-check torch==2.14.1 monai==1.6.1 torchmetrics==1.9.0 medpy==0.5.2 simpleitk==2.5.7 \
  scipy==1.17.1 numpy==2.4.6
seen=$("$folder/venv/bin/python" - 2> "$folder/log" <<'PYTHON'
import warnings

import numpy as np
import torch

warnings.simplefilter("ignore")
import SimpleITK
from medpy.metric import binary
from monai.metrics import compute_average_surface_distance, compute_hausdorff_distance
from torchmetrics.functional.segmentation import hausdorff_distance


def itk(answer, truth):
    measure = SimpleITK.HausdorffDistanceImageFilter()
    measure.Execute(*(SimpleITK.GetImageFromArray(mask.astype(np.uint8)) for mask in (answer, truth)))
    return measure


def told(name, answer, truth):
    pair = [torch.from_numpy(mask.astype(np.float32))[None, None] for mask in (answer, truth)]
    whole = [mask.long() for mask in pair]
    far = hausdorff_distance(*whole, num_classes=1, include_background=True, input_format="one-hot").item()
    print(f"{name} | HD95: MedPy {binary.hd95(answer, truth):.1f}, MONAI",
          f"{compute_hausdorff_distance(*pair, include_background=True, percentile=95).item():.1f}",
          f"| mean: MedPy {binary.assd(answer, truth):.2f}, MONAI",
          f"{compute_average_surface_distance(*pair, include_background=True).item():.2f}, symmetric",
          f"{compute_average_surface_distance(*pair, include_background=True, symmetric=True).item():.2f},",
          f"SimpleITK {itk(answer, truth).GetAverageHausdorffDistance():.2f}",
          f"| largest: MedPy {binary.hd(answer, truth):.1f}, MONAI",
          f"{compute_hausdorff_distance(*pair, include_background=True).item():.1f}, torchmetrics {far:.1f},",
          f"SimpleITK {itk(answer, truth).GetHausdorffDistance():.1f}")


down, right = np.indices((64, 64)) - 32
disk = down**2 + right**2 < 15**2
speck, hole = disk.copy(), disk.copy()
speck[2:5, 2:5] = True
hole[32, 32] = False
told("disk and a speck", speck, disk)
told("in the other order", disk, speck)
told("moved by 3", np.roll(disk, 3, 1), disk)
told("a hole of one pixel", hole, disk)
PYTHON
) || { cat "$folder/log"; exit 1; }
echo "$seen"
expected="disk and a speck | HD95: MedPy 0.0, MONAI 25.8 | mean: MedPy 1.19, MONAI 2.28, symmetric 1.19, SimpleITK 0.17 | largest: MedPy 27.6, MONAI 27.6, torchmetrics 27.6, SimpleITK 27.6
in the other order | HD95: MedPy 0.0, MONAI 25.8 | mean: MedPy 1.19, MONAI 0.00, symmetric 1.19, SimpleITK 0.17 | largest: MedPy 27.6, MONAI 27.6, torchmetrics 27.6, SimpleITK 27.6
moved by 3 | HD95: MedPy 3.0, MONAI 3.0 | mean: MedPy 1.76, MONAI 1.76, symmetric 1.76, SimpleITK 0.21 | largest: MedPy 3.0, MONAI 3.0, torchmetrics 3.0, SimpleITK 3.0
a hole of one pixel | HD95: MedPy 0.0, MONAI 0.0 | mean: MedPy 0.30, MONAI 0.59, symmetric 0.30, SimpleITK 0.00 | largest: MedPy 13.0, MONAI 13.0, torchmetrics 13.0, SimpleITK 1.0"
[ "$seen" = "$expected" ] || { echo "this has changed"; exit 1; }
