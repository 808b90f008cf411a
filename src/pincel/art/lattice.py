"""A grid of cells, and the grids that can be told exactly: pictures that were enlarged once, by
nearest neighbour or by linear interpolation, and not drawn over since."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pincel.art.resampled import (
    Origin,
    activity,
    boundaries,
    kept_frequencies,
    linear_origin,
    nearest_origin,
)

_SURE, _PLAIN = 9.0, 3.5  # evidence of what is certain; of interpolation and nothing else
_EXACT, _CONTRAST = 6.5, 1.0  # least evidence, and log of lines over insides, of a clean size
_DRAWN = 0.2  # share of the lines of a clean size where anything changes
_BLOCKS = 1.3  # contrast that only nearest neighbour leaves
_JPEG = 3.0  # the same where JPEG makes such a size seem likely
_LINEAR = 0.7  # least evidence of linear interpolation; half of it is half sure


@dataclass(frozen=True, eq=False)
class Grid:
    """A grid found in a picture.

    columns     (width + 1,) x of the lines, in picture pixels, rising
    rows        (height + 1,) y of the lines
    cell        mean cell (width, height) in picture pixels
    offset      (x, y) of the regular grid's first line
    wobble      standard deviation of lines around their places, in cells, as assumed
    confidence  0-1: how likely the size is exactly right
    evidence    log-likelihood gained over "no grid", per line
    linear      whether the cells were enlarged by linear interpolation: they have no flat middle
                and no edges, and are solved for (`resampled.unenlarged`)
    """

    columns: np.ndarray
    rows: np.ndarray
    cell: tuple[float, float]
    offset: tuple[float, float]
    wobble: float
    confidence: float
    evidence: float = 0.0
    linear: bool = False

    @property
    def width(self) -> int:
        return len(self.columns) - 1

    @property
    def height(self) -> int:
        return len(self.rows) - 1


def clean_cells(rgba: np.ndarray) -> Grid | None:
    """The grid of a picture (h, w, 4) uint8 enlarged by nearest neighbour and kept without loss,
    exactly; else None.

    With a whole-number cell all changes of colour lie a multiple of it apart, and the frame may
    cut cells. With any other every change lies within a pixel of its line.
    """
    thin = max(1, rgba.shape[0] // 64)
    if len(_changes(rgba[::thin], 1)) > 0.6 * rgba.shape[1]:  # seen without reading it all
        return None
    places = [_changes(rgba, 1), _changes(rgba, 0)]
    if min(map(len, places)) < 3:  # too few to tell
        return None
    sides = (rgba.shape[1], rgba.shape[0])
    cell = int(np.gcd.reduce(np.concatenate([np.diff(at) for at in places])))
    if cell == 1:
        return _stretched_cells(places, sides)
    offsets = [int(at[0] % cell) for at in places]
    lines = []
    for offset, side in zip(offsets, sides, strict=True):
        inner = np.arange(offset, side + 1, cell)
        lines.append(np.unique(np.concatenate([[0], inner, [side]])).astype(float))
    pair = (float(cell), float(cell))
    return Grid(lines[0], lines[1], pair, (float(offsets[0]), float(offsets[1])), 0.0, 1.0, 9.0)


def _changes(rgba: np.ndarray, axis: int) -> np.ndarray:
    """The columns (axis 1) or rows (axis 0) that differ anywhere from the one before."""
    seen = np.where(rgba[..., 3:] > 0, rgba, 0)
    step = seen[:, 1:] != seen[:, :-1] if axis == 1 else seen[1:] != seen[:-1]
    return np.flatnonzero(step.any(axis=(1 - axis, 2))) + 1


def _stretched_cells(places: list[np.ndarray], sides: tuple[int, int]) -> Grid | None:
    """Whole cells in the frame, each change of colour where rounding puts its line."""
    fitting = []
    for at, side in zip(places, sides, strict=True):
        cells = np.arange(2, min(side // 2, 1600) + 1)
        line = at[None] * cells[:, None] / side
        pitch = side / cells
        near = np.abs(line - np.rint(line)).max(1) * pitch <= 0.5 + 1e-6  # a pixel's middle decides
        below = (line - np.floor(line + 1e-9)).max(1) * pitch < 1  # its corner does
        chance = len(cells) * pitch ** -float(len(at))
        fitting.append(cells[(near | below) & (chance < 0.01)])
    for wide in fitting[0]:
        pitch = sides[0] / wide
        tall = fitting[1][np.abs(sides[1] / fitting[1] / pitch - 1) < 0.1]
        if len(tall):
            lines = (np.linspace(0, sides[0], wide + 1), np.linspace(0, sides[1], tall[0] + 1))
            return Grid(
                *lines, (float(pitch), float(sides[1] / tall[0])), (0.0, 0.0), 0.0, 1.0, 9.0
            )
    return None


def enlarged_once(rgba: np.ndarray) -> Grid | None:
    """The grid of a picture (h, w, 4) uint8 that was enlarged once by nearest neighbour and perhaps
    saved as JPEG since, or by interpolation: the likeliest one with its confidence, or None."""
    if min(rgba.shape[:2]) < 8:
        return None
    near = nearest_origin(rgba)
    found = None if near is None else _of_nearest(rgba, near)
    if found is not None and found.wobble == 0:
        return found
    smooth = linear_origin(rgba)
    other = None if smooth is None else _of_linear(rgba, smooth)
    both = [grid for grid in (found, other) if grid is not None]
    sure = [grid for grid in both if grid.confidence >= 0.85]
    blocks = near is not None and near.contrast > _BLOCKS  # interpolation leaves none
    if smooth is not None and smooth.evidence > _PLAIN and not (sure and blocks):
        return other
    if sure:  # the larger cells: each way of enlarging leaves traces that look like the other's
        return min(sure, key=lambda grid: grid.width)
    return max(both, key=lambda grid: grid.confidence, default=None)


def _of_linear(rgba: np.ndarray, origin: Origin) -> Grid:
    height, width = rgba.shape[:2]
    doubt = _JPEG if kept_frequencies(width, origin.width) else _LINEAR
    sure = float(1 / (1 + np.exp(-6 * (origin.evidence - doubt))))
    return Grid(
        np.linspace(0, width, origin.width + 1),
        np.linspace(0, height, origin.height + 1),
        (width / origin.width, height / origin.height),
        (0.0, 0.0),
        0.02,
        sure,
        (_SURE if sure > 0.85 else 0.0) + 2 * origin.evidence,
        linear=True,
    )


def _of_nearest(rgba: np.ndarray, origin: Origin) -> Grid | None:
    """Its lines between whole pixels, and how sure it is.

    The confidence of a lossy one is a logistic regression on 900 copies of 48 sprites, enlarged
    1.25 to 3.37 times and saved as JPEG 70 and 90, beside 260 at their own size and 94 photos.
    """
    if origin.exact:
        drawn = origin.drawn >= _DRAWN
        sure = float(origin.evidence >= _EXACT and origin.contrast >= _CONTRAST and drawn)
    else:
        rise = 0.2354 * min(origin.evidence, 40.0) + 6.764 * origin.contrast - 4.758
        sure = float(1 / (1 + np.exp(-rise)))
    if sure < 0.1:
        return None
    height, width = rgba.shape[:2]
    columns = boundaries(activity(rgba, 1, origin.exact), origin.width, origin.shift)
    rows = boundaries(activity(rgba, 0, origin.exact), origin.height, origin.shift)
    cell = (width / origin.width, height / origin.height)
    wobble = 0.0 if origin.exact else 0.02
    evidence = _SURE if sure > 0.85 else 0.0
    return Grid(columns, rows, cell, (0.0, 0.0), wobble, sure, evidence)
