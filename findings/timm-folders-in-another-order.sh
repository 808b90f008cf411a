#!/usr/bin/env bash
# timm 1.0.31 (create_dataset) and torchvision 0.29.1 (ImageFolder) on the same folder with one folder for each class. timm
# sorts as people count (1, 2, 10), torchvision as text (1, 10, 2): a network taught through the one and measured through the
# other says right answers under wrong numbers; of twelve classes called 1 to 12 eleven have another number, and a network without
# an error measures as 1 of 12. Where classes hold folders themselves (a day, a plate, a patient), timm takes the innermost
# folder's name for the class: cell and noise become day1 and day2, with pictures of both in each. Neither warns. Safe:
# hand a list of the names over (class_map), or names with leading zeros and no folders within.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -qq --disable-pip-version-check torch==2.14.1 torchvision==0.29.1 timm==1.0.31 numpy pillow==13.0.0
seen=$(cd "$folder" && HF_HUB_OFFLINE=1 venv/bin/python - <<'PYTHON'
import pathlib

from PIL import Image
from timm.data import create_dataset
from torchvision.datasets import ImageFolder

def look(root, places):
    for place in places:
        held = pathlib.Path(root, place)
        held.mkdir(parents=True)
        Image.new("RGB", (4, 4)).save(held / "a.png")
    return create_dataset("folder/", root=root).reader.class_to_idx, ImageFolder(root).class_to_idx

by_timm, by_torchvision = look("numbers", map(str, range(1, 13)))
print("timm       ", *by_timm)
print("torchvision", *by_torchvision)
print("same number:", sum(by_timm[name] == by_torchvision[name] for name in by_timm), "of", len(by_timm))
for name, found in zip(("timm       ", "torchvision"), look("deep", ("cell/day1", "cell/day2", "noise/day1", "noise/day2"))):
    print(name, *found)
PYTHON
)
echo "$seen"
wanted='timm        1 2 3 4 5 6 7 8 9 10 11 12
torchvision 1 10 11 12 2 3 4 5 6 7 8 9
same number: 1 of 12
timm        day1 day2
torchvision cell noise'
[ "$seen" = "$wanted" ] || { echo "this has changed"; exit 1; }
