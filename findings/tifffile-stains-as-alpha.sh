#!/usr/bin/env bash
# tifffile 2026.3.3: four fluorescence stains, an array (64, 64, 4), written with axes "YXC" (C: channels,
# not S: samples of a colour) and no photometric. The file declares RGB with an ExtraSample of kind 2,
# unassociated alpha, although its own description says YXC: Pillow 13 opens it as RGBA, and where the
# fourth stain is 0 the other three are invisible. As OME-TIFF with four channel names one name is kept
# and one channel of four samples is declared. The same stains as (4, 64, 64), "CYX", are declared as four.
# photometric="minisblack" does not mend the first: the array becomes 64 pages of 64 rows and 4 columns.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check tifffile==2026.3.3 numpy==2.4.1 pillow==13.0.0
seen=$("$folder/venv/bin/python" - <<'PYTHON'
import re
from io import BytesIO

import numpy as np
import tifffile
from PIL import Image

stains = np.full((64, 64, 4), 200, np.uint8)
stains[:20, :, 3] = 0
names = ["DAPI", "FITC", "Cy3", "Cy5"]


def told(array, **how):
    held = BytesIO()
    tifffile.imwrite(held, array, **how)
    held.seek(0)
    with tifffile.TiffFile(held) as file:
        page = file.pages[0]
        ome = file.ome_metadata or ""
        known = re.findall(r'<Channel [^>]*Name="(\w+)"', ome)
        kinds = [int(one) for one in page.extrasamples]
        return held, (len(file.pages), page.shape, page.photometric.name, kinds, known)


held, first = told(stains, metadata={"axes": "YXC"})
held.seek(0)
print(first, Image.open(held).mode)
print(told(stains, ome=True, metadata={"axes": "YXC", "Channel": {"Name": names}})[1])
print(told(stains.transpose(2, 0, 1), ome=True, metadata={"axes": "CYX", "Channel": {"Name": names}})[1])
print(told(stains, photometric="minisblack", metadata={"axes": "YXC"})[1])
PYTHON
)
echo "$seen"
expected="(1, (64, 64, 4), 'RGB', [2], []) RGBA
(1, (64, 64, 4), 'RGB', [2], ['DAPI'])
(4, (64, 64), 'MINISBLACK', [], ['DAPI', 'FITC', 'Cy3', 'Cy5'])
(64, (64, 4), 'MINISBLACK', [], [])"
[ "$seen" = "$expected" ] || { echo "this has changed"; exit 1; }
