"""Which size was a picture enlarged from? For factors too small for lines that stand apart.

`grid` looks for lines between cells; below about three pixels a cell they run into each other.
Here every smaller size is tried instead, and what each way of enlarging leaves is looked for:

nearest  columns that never differ from the next, just where that size puts the inside of cells
linear   a picture that a smaller one explains to the last rounding, and hardly one column more or
         less does (that interpolation can be told: Gallagher, "Detection of linear and cubic
         interpolation in JPEG compressed images", 2005)

Both are told through JPEG too, from how far a size stands out of its neighbours.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

if TYPE_CHECKING:
    from scipy.sparse import csr_array

LEAST, MOST = 1.2, 16.0
"""Factors that are tried."""
_FEWEST_CELLS, _MOST_CELLS = 6, 160  # of a side: larger sprites are not looked for
_LINES, _FEW_LINES = 48, 6  # rows that columns are compared along: to be sure, to propose
_PROPOSED = 4
_RICHEST, _LOSSLESS = 256, 64  # colours that allow, and that prove, that nothing was lost
_FLOOR = 0.003  # activity that noise leaves
_FAINT = 0.1  # a change of light of this much (0-1) counts half of a full edge
_ROUNDED = 0.5 + 0.01  # a side may have been rounded to whole pixels
_SMOOTH = 0.25  # share of the columns that differ from the next one, if interpolated
_DIP = 0.25  # log; a dip in the residual that is looked at closer
Kernel = Literal["nearest", "linear"]


@dataclass(frozen=True)
class Origin:
    """A size (in pixels) that a picture was enlarged from.

    kernel    how;  shift  nearest: what decides, a pixel's middle (0.5) or its corner (0)
    exact     nearest, without loss: every cell is of one colour
    contrast  nearest: log of how much more changes at lines than inside, on the poorer axis
    drawn     nearest: share of the lines inside the drawing that change anything, poorer axis
    evidence  nearest: log-likelihood ratio of "cells are quiet inside, change at their lines"
              against "changes anywhere"; linear: log of how much better this size explains the
              picture than the next ones do
    """

    width: int
    height: int
    kernel: Kernel
    shift: float
    exact: bool
    evidence: float
    contrast: float = 0.0
    drawn: float = 1.0


def nearest_origin(rgba: np.ndarray) -> Origin | None:
    """The smallest size that nearest neighbour may have enlarged a picture (h, w, 4) uint8 from
    without loss; else, where it has more colours than a sprite, the likeliest one. None where there
    is none."""
    colors = number_of_colors(rgba)
    found = _clean_origin(rgba) if colors <= _RICHEST else None
    if found is not None or colors <= _LOSSLESS:
        return found
    height, width = rgba.shape[:2]
    x, y = (_Sides(activity(rgba, axis, False), 0.5, False) for axis in (1, 0))
    best = max(sizes(width, height), key=lambda s: x.gain(s[0]) + y.gain(s[1]), default=None)
    return None if best is None else _origin(x, y, best, False)


def _clean_origin(rgba: np.ndarray) -> Origin | None:
    height, width = rgba.shape[:2]
    across, down = activity(rgba, 1, True), activity(rgba, 0, True)
    best: Origin | None = None
    for shift in (0.5, 0.0):
        x, y = _Sides(across, shift, True), _Sides(down, shift, True)
        for size in sizes(width, height):  # they rise: the smallest one explains the larger
            if x.clean(size[0]) and y.clean(size[1]):
                found = _origin(x, y, size, True)
                best = found if best is None or found.width < best.width else best
                break
    return best


def _origin(x: _Sides, y: _Sides, size: tuple[int, int], exact: bool) -> Origin:
    wide, tall = size
    contrast = min(x.contrast(wide), y.contrast(tall))
    gain = x.gain(wide) + y.gain(tall)
    drawn = min(x.drawn(wide), y.drawn(tall))
    return Origin(wide, tall, "nearest", x.shift, exact, gain, contrast, drawn)


def linear_origin(rgba: np.ndarray) -> Origin | None:
    """The size that linear interpolation most likely enlarged a picture (h, w, 4) uint8 from; None
    where no size stands out."""
    height, width = rgba.shape[:2]
    if min(_changing(rgba, axis) for axis in (0, 1)) < _SMOOTH:
        return None
    some = resampled_lines(rgba, 1, _FEW_LINES)
    few = {n: _residual(some, n) for n in _range(width)}
    dips = {n: _dip(few, n) for n in few}
    proposed = sorted((n for n in dips if dips[n] > _DIP), key=lambda n: -dips[n])[:_PROPOSED]
    if not proposed:
        return None
    x, y = resampled_lines(rgba, 1, _LINES), resampled_lines(rgba, 0, _LINES)
    best: Origin | None = None
    for wide, tall in sizes(width, height):
        if wide in proposed:
            gain = sum(
                _dip({n: _residual(lines, n) for n in (k - 2, k - 1, k, k + 1, k + 2)}, k)
                for lines, k in ((x, wide), (y, tall))
            )
            if best is None or gain > best.evidence:
                best = Origin(wide, tall, "linear", 0.5, False, gain)
    return best


def _changing(rgba: np.ndarray, axis: int) -> float:
    """Which share of the columns (axis 1) or rows inside the drawing differs from the next one."""
    seen = rgba if axis == 1 else rgba.swapaxes(0, 1)
    some = seen[:: max(1, len(seen) // 128)]
    seen = np.flatnonzero(activity(some, 1, True))
    return len(seen) / (seen[-1] - seen[0] + 1) if len(seen) else 0.0


def kept_frequencies(size: int, cells: int) -> bool:
    """Whether so many cells are what JPEG keeps of each block of eight pixels, some of its eight
    frequencies: any photo has that size in it."""
    return any(abs(size * kept / 8 - cells) < 1 for kept in (4, 5, 6, 7))


def sizes(width: int, height: int) -> Iterator[tuple[int, int]]:
    """Sizes (w, h) that one factor enlarges to width x height, up to rounding; w rises."""
    for wide in _range(width):
        low, high = (width - _ROUNDED) / wide, (width + _ROUNDED) / wide
        first = int(np.ceil((height - _ROUNDED) / high))
        last = int((height + _ROUNDED) / low)
        for tall in range(max(_FEWEST_CELLS, first), min(last, int(height / LEAST)) + 1):
            yield wide, tall


def _range(size: int) -> range:
    return range(
        max(_FEWEST_CELLS, int(np.ceil(size / MOST))), min(int(size / LEAST), _MOST_CELLS) + 1
    )


# ------------------------------------------------------------------------------------- nearest


def number_of_colors(rgba: np.ndarray) -> int:
    """How many colours a picture (h, w, 4) uint8 has; of one with very many, more than 256 is
    said."""
    seen = np.where(rgba[..., 3:] > 0, rgba, 0).view(np.uint32)
    thin = len(np.unique(seen[:: max(1, len(seen) // 64)]))
    return thin if thin > _RICHEST else len(np.unique(seen))


def activity(rgba: np.ndarray, axis: int, exact: bool) -> np.ndarray:
    """Which share of the pixels of rgba (h, w, 4) uint8 changes between neighbouring columns (axis
    1) or rows (axis 0), (size - 1,) in 0-1. exact: any change counts; else light and alpha, softly,
    since JPEG keeps light best."""
    seen = rgba if axis == 1 else rgba.swapaxes(0, 1)
    if exact:
        shown = np.where(seen[..., 3:] > 0, seen, 0)
        return np.any(shown[:, 1:] != shown[:, :-1], -1).mean(0)
    solid = seen[..., 3].astype(np.float32) / 255
    light = seen[..., :3] @ np.array([0.299, 0.587, 0.114], np.float32) / 255 * solid
    squared = np.diff(light, axis=1) ** 2 + np.diff(solid, axis=1) ** 2
    return (squared / (squared + _FAINT**2)).mean(0)


class _Sides:
    """One axis: what each number of cells finds inside its cells and at their lines."""

    def __init__(self, active: np.ndarray, shift: float, exact: bool) -> None:
        self.active, self.shift = active, shift
        self.floor = 0.5 / (len(active) + 1) if exact else _FLOOR
        self._parts: dict[int, tuple[np.ndarray, np.ndarray]] = {}

    def parts(self, cells: int) -> tuple[np.ndarray, np.ndarray]:
        """(activity inside cells, activity at the lines between them).

        Where a line falls on the very middle of a pixel, rounding decides which side that pixel
        takes (Pillow's sums of the step go either way): the quieter side is inside.
        """
        if cells not in self._parts:
            before, after = _beside_lines(len(self.active) + 1, cells, self.shift)
            free = np.ones(len(self.active), bool)
            free[before] = free[after] = False
            either = np.minimum(self.active[before], self.active[after])[before != after]
            lines = np.maximum(self.active[before], self.active[after])
            self._parts[cells] = np.concatenate([self.active[free], either]), lines
        return self._parts[cells]

    def clean(self, cells: int) -> bool:
        return not self.parts(cells)[0].any()

    def contrast(self, cells: int) -> float:
        """Log of how much more changes at lines than inside."""
        inside, lines = (part.sum() / max(1, len(part)) for part in self.parts(cells))
        return float(np.log((lines + self.floor) / (inside + self.floor)))

    def drawn(self, cells: int) -> float:
        """Which share of the lines inside the drawing changes anything."""
        seen = np.flatnonzero(self.parts(cells)[1] > self.floor)
        return len(seen) / (seen[-1] - seen[0] + 1) if len(seen) else 0.0

    def gain(self, cells: int) -> float:
        """Log-likelihood of two exponential distributions, inside and at lines, against one."""
        inside, lines = self.parts(cells)
        if not len(inside) or self.contrast(cells) <= 0:
            return 0.0
        count = len(inside) + len(lines)
        within, along = inside.mean() + self.floor, lines.mean() + self.floor
        one = (inside.sum() + lines.sum()) / count + self.floor
        return float(
            count * np.log(one) - len(inside) * np.log(within) - len(lines) * np.log(along)
        )


def _beside_lines(size: int, cells: int, shift: float) -> tuple[np.ndarray, np.ndarray]:
    """For each line between cells the change (between pixel k and k + 1) that it may fall on: the
    first and the last one, which differ where rounding decides."""
    place = np.arange(1, cells) * size / cells - shift
    before = np.clip(np.ceil(place - 1e-6).astype(int) - 1, 0, size - 2)
    return before, np.clip(np.floor(place + 1e-6).astype(int), 0, size - 2)


def boundaries(active: np.ndarray, cells: int, shift: float) -> np.ndarray:
    """The lines of so many cells between whole pixels, frame included: (cells + 1,) floats. active:
    (size - 1,), as `activity`."""
    size = len(active) + 1
    before, after = _beside_lines(size, cells, shift)
    lines = np.where(active[before] > active[after], before, after) + 1
    return np.concatenate([[0], lines, [size]]).astype(float)


# -------------------------------------------------------------------------------------- linear


def resampled_lines(rgba: np.ndarray, axis: int, most: int) -> np.ndarray:
    """At most so many rows (axis 1) or columns (axis 0) of rgba (h, w, 4) uint8, premultiplied:
    (size, 4 x lines) float64."""
    seen = rgba if axis == 1 else rgba.swapaxes(0, 1)
    picked = seen[np.unique(np.linspace(0, len(seen) - 1, most).astype(int))].astype(np.float64)
    picked[..., :3] *= picked[..., 3:] / 255
    return picked.swapaxes(0, 1).reshape(seen.shape[1], -1)


def unenlarged(lines: np.ndarray, cells: int) -> np.ndarray:
    """Least squares: (cells, L) floats that linear interpolation makes the lines (size, L) of."""
    return _solved(_interpolation(len(lines), cells), lines)


def _solved(way: csr_array, lines: np.ndarray) -> np.ndarray:
    from scipy.linalg import solveh_banded

    square = way.T @ way  # tridiagonal: a pixel lies between two cells
    band = np.stack([np.append(0.0, square.diagonal(1)), square.diagonal() + 1e-9])
    return solveh_banded(band, way.T @ lines)


def _interpolation(size: int, cells: int) -> csr_array:
    """(size, cells): the shares of the two cells that each pixel lies between."""
    from scipy.sparse import csr_array

    place = np.clip((np.arange(size) + 0.5) * cells / size - 0.5, 0, cells - 1)
    low = np.minimum(place.astype(int), cells - 2)
    share = np.stack([1 - (place - low), place - low], -1).ravel()
    columns = np.stack([low, low + 1], -1).ravel()
    return csr_array((share, columns, np.arange(0, 2 * size + 1, 2)), shape=(size, cells))


def _residual(lines: np.ndarray, cells: int) -> float:
    """Root mean square (0-255) of what no smaller picture of so many cells explains."""
    way = _interpolation(len(lines), cells)
    left = lines - way @ _solved(way, lines)
    free = max(1, len(lines) - cells) * lines.shape[1]
    return float(np.sqrt((left * left).sum() / free))


def _dip(residuals: dict[int, float], cells: int) -> float:
    """Log of how much more its neighbours leave unexplained; below half a step of 255 nothing
    more is said."""
    here = max(residuals[cells], 0.1)
    beside = [residuals.get(n, np.inf) for n in (cells - 2, cells - 1, cells + 1, cells + 2)]
    least = min(beside)
    return float(np.log(max(least, 0.1) / here)) if np.isfinite(least) else 0.0
