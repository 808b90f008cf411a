#!/usr/bin/env bash
# datasets 5.2.0 (Hugging Face), load_dataset("imagefolder") on a folder with one folder for each class, as its own page
# shows it. Three vehicles, bus, car and train, three pictures each: what comes back are the three trains, without any label;
# the six others are gone, and nothing warns. A folder whose name is a word for a part (train, test, validation, dev, eval)
# is taken for the part, and then nothing else is looked at. A class of that name stands in CIFAR-100, VOC and COCO. The
# same pictures with the class called "trains" are nine with three labels; torchvision's ImageFolder rule (every folder is a
# class) gives nine for both. Safe: folders one level down (train/bus, train/car, train/train), which keep all nine.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -qq --disable-pip-version-check datasets==5.2.0 pillow==13.0.0 numpy==2.4.6
seen=$(cd "$folder" && HF_HUB_OFFLINE=1 HF_HOME="$folder/home" venv/bin/python - <<'PYTHON'
import pathlib

import datasets
from PIL import Image

datasets.disable_progress_bars()

def look(called, *names):
    for name in names:
        place = pathlib.Path(called, name)
        place.mkdir(parents=True)
        for number in range(3):
            Image.new("RGB", (4, 4), (number, 0, 0)).save(place / f"{number}.png")
    held = datasets.load_dataset("imagefolder", data_dir=called)
    for part, rows in held.items():
        classes = rows.features["label"].names if "label" in rows.features else "no label"
        print(called, "|", part, len(rows), classes)

look("vehicles", "bus", "car", "train")
look("renamed", "bus", "car", "trains")
look("deeper", "train/bus", "train/car", "train/train")
look("verbs", "run", "test", "walk")
PYTHON
)
echo "$seen"
wanted="vehicles | train 3 no label
renamed | train 9 ['bus', 'car', 'trains']
deeper | train 9 ['bus', 'car', 'train']
verbs | test 3 no label"
[ "$seen" = "$wanted" ] || { echo "this has changed"; exit 1; }
