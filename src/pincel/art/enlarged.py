"""Is a picture small pixel art blown up? The verdict of `score`; `restore` undoes it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pincel.art.grid import find_grid

_LARGEST = 1024  # of a larger picture the middle is looked at
_FEWEST = 6  # cells: fewer are a pattern
_SURE, _TRUSTED = 9.0, 0.85  # of a picture that was enlarged once and not drawn over since
_EVIDENCE, _CONFIDENCE = 1.25, 0.99
"""Set so that of 120 sprites blown up 7 to 15 times and saved as JPEG 118 are found, and no photo,
drawing or sprite at its own size is (smooth bicubic copies: 106)."""


@dataclass(frozen=True)
class Enlarged:
    """times  about how many pixels wide each of its squares is;  width, height  its true size"""

    times: float
    width: int
    height: int


def enlarged(rgba: np.ndarray) -> Enlarged | None:
    """How a picture (h, w, 4) uint8 was blown up; None where it is at its own size.

    Whole-number squares are found exactly, at any size; stretched, smooth or compressed ones by
    their grid.
    """
    height, width = rgba.shape[:2]
    whole = _whole(rgba)
    if whole > 1:
        return Enlarged(float(whole), -(-width // whole), -(-height // whole))
    top, left = max(0, (height - _LARGEST) // 2), max(0, (width - _LARGEST) // 2)
    grid = find_grid(rgba[top : top + _LARGEST, left : left + _LARGEST])
    sure = grid.confidence >= (_CONFIDENCE if grid.evidence < _SURE else _TRUSTED)
    if not sure or grid.evidence < _EVIDENCE or min(grid.width, grid.height) < _FEWEST:
        return None
    cell = grid.cell
    return Enlarged(float(np.mean(cell)), round(width / cell[0]), round(height / cell[1]))


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
