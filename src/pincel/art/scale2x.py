"""Sprites made larger by rules: the nearest pixel, and Scale2x, which rounds their stairs."""

from __future__ import annotations

import numpy as np


def enlarged_nearest(indices: np.ndarray, factor: int) -> np.ndarray:
    """(h, w) of any type -> (factor h, factor w): every pixel becomes a block."""
    return indices.repeat(factor, 0).repeat(factor, 1)


def scale2x(indices: np.ndarray) -> np.ndarray:
    """(h, w) -> (2h, 2w): a corner takes the colour of its two sides where these agree and the
    opposite sides do not (EPX: Johnston, 1992; the same as Scale2x: Mazzoleni, 2001).

    Only equality counts, so numbers of any type serve: indices, greys, codes of colours.
    """
    around = np.pad(indices, 1, mode="edge")
    up, down = around[:-2, 1:-1], around[2:, 1:-1]
    left, right = around[1:-1, :-2], around[1:-1, 2:]
    free = (up != down) & (left != right)
    large = enlarged_nearest(indices, 2)
    for row, column, across, along in (
        (0, 0, left, up),
        (0, 1, right, up),
        (1, 0, left, down),
        (1, 1, right, down),
    ):
        corner = large[row::2, column::2]
        corner[:] = np.where(free & (across == along), across, indices)
    return large


def epx(indices: np.ndarray, factor: int) -> np.ndarray:
    """(h, w) of any type -> (factor h, factor w): Scale2x as often as the factor, a power of two,
    asks."""
    while factor > 1:
        indices, factor = scale2x(indices), factor // 2
    return indices
