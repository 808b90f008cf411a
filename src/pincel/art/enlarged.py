"""Is a picture small pixel art blown up? The verdict of `score`; `restore` undoes it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pincel.art.grid import Grid, find_grid

_LARGEST = 1024  # of a larger picture the middle is looked at
_ON_LINES = 0.5  # least share of the changes of light that lie on lines, more than by chance
_APART = 3.0  # pixels a cell from which blurred lines do not touch
_FEWEST_CHANGES = 4  # of colour along an axis: fewer are too few to tell
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
    grid = true_grid(rgba[top : top + _LARGEST, left : left + _LARGEST])
    if grid is None:
        return None
    cell = grid.cell
    return Enlarged(float(np.mean(cell)), round(width / cell[0]), round(height / cell[1]))


def true_grid(rgba: np.ndarray) -> Grid | None:
    """The grid of a picture that was blown up, (h, w, 4) uint8; None where that is not certain."""
    if min(len(_changes(rgba, axis)) for axis in (0, 1)) < _FEWEST_CHANGES:
        return None  # a flat shape: any grid would fit
    grid = find_grid(rgba)
    sure = grid.confidence >= (_CONFIDENCE if grid.evidence < _SURE else _TRUSTED)
    few = min(grid.width, grid.height) < _FEWEST
    if few or not sure or grid.evidence < _EVIDENCE:
        return None
    if grid.linear or grid.wobble == 0 or not _like_blocks(grid):
        return grid
    return grid if edges_on_lines(rgba, grid) >= _ON_LINES else None


def _like_blocks(grid: Grid) -> bool:
    """Whether the cells are as large as JPEG's own blocks of light or colour."""
    return any(abs(np.subtract(grid.cell, side)).max() < 0.15 for side in (8, 16))


def edges_on_lines(rgba: np.ndarray, grid: Grid) -> float:
    """How much more of the changes of light in a picture (h, w, 4) uint8 lies on a grid's lines
    than by chance, 0-1, on the poorer axis. Squared, so that strong edges count: JPEG's own blocks
    show as weak ones, and the edges of a photo lie anywhere."""
    solid = rgba[..., 3].astype(np.float32) / 255
    light = rgba[..., :3] @ np.array([0.299, 0.587, 0.114], np.float32) * solid
    shares = []
    for axis, lines in ((1, grid.columns), (0, grid.rows)):
        energy = (np.diff(light, axis=axis) ** 2).sum(1 - axis)
        place = np.rint(lines[1:-1]).astype(int) - 1
        reach = range(-1, 2) if min(grid.cell) >= _APART else range(1)
        near = np.zeros(len(energy), bool)
        for step in reach:
            near[np.clip(place + step, 0, len(energy) - 1)] = True
        chance = float(near.mean())
        share = float(energy[near].sum() / max(float(energy.sum()), 1e-9))
        shares.append((share - chance) / max(1 - chance, 1e-9))
    return min(shares)


def _changes(rgba: np.ndarray, axis: int) -> np.ndarray:
    """Where along an axis any colour changes, (n,) int64."""
    seen = np.where(rgba[..., 3:] > 0, rgba, 0)
    change = np.any(np.diff(seen.astype(np.int16), axis=axis) != 0, axis=(1 - axis, 2))
    return np.nonzero(change)[0]


def _whole(rgba: np.ndarray) -> int:
    """The largest n so that all changes of colour lie n apart along both axes; 1 if none does."""
    size = 0
    for axis in (0, 1):
        places = _changes(rgba, axis)
        if len(places) < _FEWEST_CHANGES:
            return 1
        size = int(np.gcd.reduce(np.append(np.diff(places), size)))
    return size
