"""Which cells are there and which are transparent: a pixel cannot be half of both."""

from __future__ import annotations

import numpy as np

from pincel.art.cells import Cells


def cells_outside(cells: Cells, middles: np.ndarray, threshold: float = 0.5) -> np.ndarray:
    """Transparent cells, (h, w) bool.

    A cell is there when it is covered by more than `threshold`; where an outline runs, the cells
    with its middle (`saliency.middle`) are there and those it only grazes are not, so that
    outlines stay whole and one pixel thin.
    """
    if cells.coverage.min() == 1:
        return np.zeros(cells.coverage.shape, bool)
    runs_through = np.clip((np.abs(middles) * cells.alpha).sum(-1) / cells.side, 0, 1)
    return cells.coverage + 0.45 * runs_through < threshold
