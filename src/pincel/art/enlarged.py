"""Is a picture small pixel art blown up? The verdict of `score`; `restore` undoes it."""

from __future__ import annotations

import numpy as np

from pincel.art.grid import find_grid

_SMALLEST = 96  # a picture with a shorter long side is small enough to be the sprite itself
_LARGEST = 1024  # of a larger one the middle is looked at
_EVIDENCE, _CONFIDENCE = 1.25, 0.99
"""Set so that of 120 sprites blown up 7 to 15 times and saved as JPEG 118 are found, and no photo,
drawing or sprite at its own size is (smooth bicubic copies: 106)."""


def enlargement(rgba: np.ndarray) -> float | None:
    """About how many pixels wide each square of a picture (h, w, 4) uint8 is; None without squares.

    Whole-number squares are found exactly, at any size; stretched, blurred or compressed ones by
    their grid.
    """
    whole = _whole(rgba)
    if whole > 1:
        return float(whole)
    height, width = rgba.shape[:2]
    if max(height, width) < _SMALLEST:
        return None
    top, left = max(0, (height - _LARGEST) // 2), max(0, (width - _LARGEST) // 2)
    grid = find_grid(rgba[top : top + _LARGEST, left : left + _LARGEST])
    if grid.evidence < _EVIDENCE or grid.confidence < _CONFIDENCE:
        return None
    return float(np.mean(grid.cell))


def _whole(rgba: np.ndarray) -> int:
    """The largest n so that all changes of colour lie n apart along both axes; 1 if none does."""
    seen = np.where(rgba[..., 3:] > 0, rgba, 0)
    size = 0
    for axis in (0, 1):
        change = np.any(np.diff(seen.astype(np.int16), axis=axis) != 0, axis=(1 - axis, 2))
        places = np.nonzero(change)[0]
        if len(places) < 4:  # too few to tell
            return 1
        size = int(np.gcd.reduce(np.append(np.diff(places), size)))
    return size
