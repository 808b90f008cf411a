#!/usr/bin/env bash
# OpenCV 5.0.0 (opencv-python-headless 5.0.0.93): a label picture of 400 objects, as scikit-image's label and scipy's
# give it (int32, int64), written as PNG. imwrite says True; the file has 8 bits, and all objects from 255 on are one:
# 256 values of 400 (a line in the log says that the depth falls back). As uint16 all are kept, and as TIFF in int32.
# Pillow 13.0.0 refuses the same arrays. A lab that counts the file's labels counts at most 255.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check opencv-python-headless==5.0.0.93 pillow==13.0.0 numpy==2.4.1
seen=$(cd "$folder" && OPENCV_LOG_LEVEL=SILENT "$folder/venv/bin/python" - <<'PYTHON'
import cv2
import numpy as np
from PIL import Image

labels = np.arange(400).reshape(20, 20)
for kind in (np.int32, np.int64, np.uint16):
    for ending in ("png", "tiff"):
        if kind == np.int64 and ending == "tiff":
            continue
        said = cv2.imwrite(f"labels.{ending}", labels.astype(kind))
        back = cv2.imread(f"labels.{ending}", cv2.IMREAD_UNCHANGED)
        print(kind.__name__, ending, said, back.dtype, len(np.unique(back)))
try:
    Image.fromarray(labels.astype(np.int32)).save("labels.png")
except OSError as error:
    print("Pillow:", error)
PYTHON
)
echo "$seen"
expected="int32 png True uint8 256
int32 tiff True int32 400
int64 png True uint8 256
uint16 png True uint16 400
uint16 tiff True uint16 400
Pillow: cannot write mode I as PNG"
[ "$seen" = "$expected" ] || { echo "this has changed"; exit 1; }
