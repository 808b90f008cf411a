#!/usr/bin/env bash
# litdata 0.2.76 (torch 2.14.1, Pillow 13.0.0), optimize and StreamingDataset, with which a folder of pictures becomes a data set that is read from disk or a bucket while a network learns:
# the function hands out Pillow's images, as the page's first example does. A picture in RGB or RGBA comes back as it was. An indexed one (PNG, GIF, most sprites, VOC's masks) is written as
# its mode, its size and its numbers, without its palette: what comes back says "P", has the right numbers, and is black from edge to edge once it is shown or
# converted, as every transform to a tensor of colours does; what was clear is opaque. Nothing warns, neither when writing nor when reading, and the originals may
# be gone by then. The numbers of a mask are right, so a test with masks shows nothing. Safe: image.convert("RGBA") in the function.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -qq --disable-pip-version-check torch==2.14.1 litdata==0.2.76 pillow==13.0.0 numpy==2.4.6
cat > made.py <<'PYTHON'
import numpy as np
from litdata import StreamingDataset, optimize
from PIL import Image

GREENS = [(15, 56, 15), (48, 98, 48), (139, 172, 15), (155, 188, 15)]


def sprite():
    """Four greens, the first of them clear."""
    image = Image.fromarray((np.arange(256) % 4).astype(np.uint8).reshape(16, 16), "P")
    image.putpalette([channel for green in GREENS for channel in green])
    image.info["transparency"] = 0
    return image


def row(number):
    return {"number": number, "indexed": sprite(), "rgba": sprite().convert("RGBA"), "rgb": sprite().convert("RGBA").convert("RGB")}


def colors(image):
    return sorted({tuple(int(v) for v in p) for p in np.array(image.convert("RGBA")).reshape(-1, 4)})


if __name__ == "__main__":
    optimize(fn=row, inputs=[0, 1], output_dir="out", num_workers=1, chunk_bytes="1MB")
    read = StreamingDataset("out")[0]
    for name in ("rgb", "rgba", "indexed"):
        true = row(0)[name]
        print("SEEN", name, read[name].mode, "numbers equal:", np.array_equal(np.array(read[name]), np.array(true)),
              "colours equal:", colors(read[name]) == colors(true))
    print("SEEN", colors(read["indexed"]))
PYTHON
OMP_NUM_THREADS=1 venv/bin/python -W ignore made.py > log 2>&1 || { cat log; exit 1; }
seen=$(grep -o "SEEN .*" log)
expected="SEEN rgb RGB numbers equal: True colours equal: True
SEEN rgba RGBA numbers equal: True colours equal: True
SEEN indexed P numbers equal: True colours equal: False
SEEN [(0, 0, 0, 255)]"
echo "$seen"
echo "expected: colours equal: True in all three"
[ "$seen" = "$expected" ] || { echo "this has changed"; exit 1; }
