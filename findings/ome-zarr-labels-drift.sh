#!/usr/bin/env bash
# ome-zarr 0.18.0, write_image and write_labels as they come (five levels, each half the one before). The picture's coarse
# pixels are means of their block, and the file says so (translation 0.5, 1.5, 3.5, ...), for picture and labels alike. The
# labels' coarse pixels are the last pixel of each block instead: at level k they lie (2^k - 1) / 2 pixels up and to the left
# of the cells in the picture, 3.5 at level 3. Of 256 round cells of 13 pixels level 4 has none left, while another pixel of
# the block would have shown all. Who counts or overlays at a coarse level (as viewers of large slides do) sees shifted cells.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -qq --disable-pip-version-check ome-zarr==0.18.0 zarr==3.1.6 scipy==1.17.1
seen=$(cd "$folder" && venv/bin/python -W ignore - <<'PYTHON'
import numpy as np
import zarr
from ome_zarr.writer import write_image, write_labels
from scipy import ndimage

rows, columns = np.ogrid[:256, :256]

def written(name, radius, step):
    labels = np.zeros((256, 256), np.uint16)
    for number, at in enumerate(np.ndindex(256 // step, 256 // step), 1):
        y, x = (np.array(at) + 0.5) * step
        labels[(rows - y) ** 2 + (columns - x) ** 2 <= radius**2] = number
    root = zarr.open_group(name, mode="w")
    write_image(np.where(labels > 0, 200, 0).astype(np.uint8), root, axes="yx")
    write_labels(labels, root, name="cells", axes="yx")
    return root

large, small = written("large.zarr", 30, 128), written("small.zarr", 6, 16)
for level in range(5):
    cells, picture = large[f"labels/cells/s{level}"][:], large[f"s{level}"][:].astype(float)
    near = ndimage.binary_dilation(cells == 1, iterations=3)
    apart = (ndimage.center_of_mass(cells == 1)[0] - ndimage.center_of_mass(picture * near)[0]) * 2**level
    kept = len(np.unique(small[f"labels/cells/s{level}"][:])) - 1
    print(f"level {level}: labels {apart:+.1f} pixels from the picture's cell; {kept} of 256 small cells")
PYTHON
)
echo "$seen"
wanted="level 0: labels +0.0 pixels from the picture's cell; 256 of 256 small cells
level 1: labels -0.5 pixels from the picture's cell; 256 of 256 small cells
level 2: labels -1.5 pixels from the picture's cell; 256 of 256 small cells
level 3: labels -3.6 pixels from the picture's cell; 256 of 256 small cells
level 4: labels -8.5 pixels from the picture's cell; 0 of 256 small cells"
[ "$seen" = "$wanted" ] || { echo "this has changed"; exit 1; }
