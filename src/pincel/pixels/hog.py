"""Histogram of oriented gradients, step by step (Dalal & Triggs, 2005).

A description of shape instead of pixels: which way do the edges run, cell by cell? Every step is a
function of its own; `description_of` does them all. Equal to `skimage.feature.hog`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pincel.errors import PincelError

NORMS = ("L2-Hys", "L2", "L1", "L1-sqrt")
_TINY = 1e-5


@dataclass(frozen=True, eq=False)
class Description:
    """All steps of one HOG.

    across, down  (h, w) gradient: how much brighter to the right, how much brighter below
    strength      (h, w) length of the gradient
    angle         (h, w) its direction in degrees, 0 up to (not with) 180
    cells         (rows, columns, bins) mean strength that voted for each bin
    blocks        (rows', columns', block, block, bins) the cells, normalised block by block
    vector        (k,) the blocks in one row: the description
    """

    across: np.ndarray
    down: np.ndarray
    strength: np.ndarray
    angle: np.ndarray
    cells: np.ndarray
    blocks: np.ndarray

    @property
    def vector(self) -> np.ndarray:
        """The blocks in one row, (k,) float."""
        return self.blocks.ravel()


def gradients(picture: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(across, down): the right neighbour minus the left, the lower minus the upper; 0 at the
    border. In a colour picture (h, w, c) each pixel takes its steepest channel.

    picture  (h, w) or (h, w, c) floats (differences of unsigned numbers would wrap around)
    Returns two (h, w) float64.
    """
    across, down = np.zeros(picture.shape), np.zeros(picture.shape)
    across[:, 1:-1] = picture[:, 2:] - picture[:, :-2]
    down[1:-1] = picture[2:] - picture[:-2]
    if picture.ndim == 2:
        return across, down
    steepest = np.hypot(across, down).argmax(-1)[..., None]
    return (
        np.take_along_axis(across, steepest, -1)[..., 0],
        np.take_along_axis(down, steepest, -1)[..., 0],
    )


def direction(across: np.ndarray, down: np.ndarray) -> np.ndarray:
    """The gradient's angle in degrees, 0 to 180: an edge from dark to light counts as one from
    light to dark. Floats of any shape, the same for both."""
    return np.rad2deg(np.arctan2(down, across)) % 180.0


def cell_histograms(
    strength: np.ndarray, angle: np.ndarray, cell: int = 8, bins: int = 9
) -> np.ndarray:
    """(rows, columns, bins): in each cell every pixel gives its strength to the bin of its angle;
    divided by the cell's pixels. Pixels beyond the last whole cell are left out.

    As in scikit-image, the whole vote goes into one bin; the paper shares it with the neighbour. So
    an upright edge (0 degrees) that leans by a hair votes for the first bin or for the last
    (findings/hog-upright-edges-fall-apart.sh).

    strength, angle  (h, w) floats, the angle in degrees, 0 to 180
    Returns float64.
    """
    rows, columns = strength.shape[0] // cell, strength.shape[1] // cell
    strength = strength[: rows * cell, : columns * cell]
    bin_of = np.floor(angle[: rows * cell, : columns * cell] / (180.0 / bins)).astype(int)
    row = np.arange(rows * cell)[:, None] // cell
    column = np.arange(columns * cell)[None, :] // cell
    place = (row * columns + column) * bins + bin_of % bins
    votes = np.bincount(place.ravel(), strength.ravel(), minlength=rows * columns * bins)
    return votes.reshape(rows, columns, bins) / cell**2


def normalise(block: np.ndarray, norm: str = "L2-Hys") -> np.ndarray:
    """One block of cells, floats of any shape, without its overall contrast; `norm` of `NORMS`.

    L2 divides by the length; L2-Hys cuts values at 0.2 and divides again, so that no single strong
    edge speaks for all; L1 divides by the sum; L1-sqrt takes the root of that.
    """
    if norm in ("L1", "L1-sqrt"):
        even = block / (np.abs(block).sum() + _TINY)
        return np.sqrt(even) if norm == "L1-sqrt" else even
    even = block / np.sqrt((block**2).sum() + _TINY**2)
    if norm == "L2":
        return even
    cut = np.minimum(even, 0.2)
    return cut / np.sqrt((cut**2).sum() + _TINY**2)


def blocks(cells: np.ndarray, block: int = 2, norm: str = "L2-Hys") -> np.ndarray:
    """(rows - block + 1, columns - block + 1, block, block, bins): overlapping squares of cells,
    each normalised on its own, so that every cell appears in up to block² of them.

    cells  (rows, columns, bins) floats, as `cell_histograms` gives them
    Returns float64.
    """
    rows, columns, bins = cells.shape
    down, across = rows - block + 1, columns - block + 1
    found = np.empty((down, across, block, block, bins))
    for row in range(down):
        for column in range(across):
            found[row, column] = normalise(cells[row : row + block, column : column + block], norm)
    return found


def description_of(
    picture: np.ndarray,
    *,
    cell: int = 8,
    block: int = 2,
    bins: int = 9,
    norm: str = "L2-Hys",
    root: bool = False,
) -> Description:
    """The whole way from pixels to vector.

    picture  (h, w) or (h, w, c), floats 0-1
    root     take the square root of the values first (evens out shadows)
    PincelError when the picture has not even one block.
    """
    height, width = picture.shape[:2]
    if min(height, width) < cell * block:
        raise PincelError(
            "hog.small", width=width, height=height, least=cell * block, cell=cell, block=block
        )
    values = np.sqrt(picture) if root else np.asarray(picture, float)
    across, down = gradients(values)
    strength, angle = np.hypot(across, down), direction(across, down)
    cells = cell_histograms(strength, angle, cell, bins)
    return Description(across, down, strength, angle, cells, blocks(cells, block, norm))
