#!/usr/bin/env bash
# cellpose 4.2.1.1, utils.fill_holes_and_remove_small_masks, through which eval() sends its masks unless min_size is 0. It fills the holes of each
# mask and does not look at what lies in them: of nine cells inside a ring (a tubule around its lumen, a follicle, the rim of a well
# that was taken for a cell) none is left and the ring has become a disk, whatever the order of the numbers. Ten objects are
# one, the count and all areas with it, and nothing warns. A nucleus within a ring of cytoplasm goes the same way. SciPy 1.17.1's
# binary_fill_holes, one mask at a time and only where a hole holds no other mask, keeps ten of ten and closes the one
# hole that is one. Safe: that, and a count before and after.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -qq --disable-pip-version-check torch==2.14.1 scipy==1.17.1 opencv-python-headless==5.0.0.93 numpy==2.4.6 \
  fastremap==1.21.0 fill-voids==2.1.2 tqdm
"$folder/venv/bin/pip" install -qq --disable-pip-version-check --no-deps cellpose==4.2.1.1
seen=$("$folder/venv/bin/python" -W ignore - 2> "$folder/log" <<'PYTHON'
import numpy as np
from cellpose.utils import fill_holes_and_remove_small_masks
from scipy.ndimage import binary_fill_holes

down, right = np.indices((64, 64))
away = np.hypot(down - 32, right - 32)


def held(first):
    """A ring called `first` and nine cells in it, one of them with a hole of 4 pixels."""
    masks = np.where((away < 28) & (away > 22), first, 0).astype(np.int32)
    names = [n for n in range(1, 11) if n != first]
    for k, name in enumerate(names):
        masks[(down - 20 - 12 * (k // 3)) ** 2 + (right - 20 - 12 * (k % 3)) ** 2 < 16] = name
    masks[31:33, 31:33] = 0
    return masks


def careful(masks):
    """Each mask's holes filled, unless another mask lies in them."""
    filled = masks.copy()
    for name in np.unique(masks)[1:]:
        hole = binary_fill_holes(masks == name) & (masks != name)
        if not (masks[hole] > 0).any():
            filled[hole] = name
    return filled


for first in (1, 10):
    masks = held(first)
    for name, found in (("as given", masks), ("cellpose", fill_holes_and_remove_small_masks(masks.copy())), ("careful", careful(masks))):
        print(f"ring {first} | {name} | {len(np.unique(found)) - 1} objects, the largest {np.bincount(found.ravel())[1:].max()} pixels, the hole is {'open' if found[31, 31] == 0 else 'closed'}")
PYTHON
) || { cat "$folder/log"; exit 1; }
echo "$seen"
wanted='ring 1 | as given | 10 objects, the largest 932 pixels, the hole is open
ring 1 | cellpose | 1 objects, the largest 2449 pixels, the hole is closed
ring 1 | careful | 10 objects, the largest 932 pixels, the hole is closed
ring 10 | as given | 10 objects, the largest 932 pixels, the hole is open
ring 10 | cellpose | 1 objects, the largest 2449 pixels, the hole is closed
ring 10 | careful | 10 objects, the largest 932 pixels, the hole is closed'
[ "$seen" = "$wanted" ] || { echo "this has changed"; exit 1; }
