"""Specks taken into their surroundings: what a network draws is a little restless.

A speck is an area of a few pixels of one colour. If a neighbouring area is of nearly the same
colour it takes the speck in; what stands out (a glint, an eye) stays.
"""

from __future__ import annotations

import numpy as np

_ROUNDS = 6
_SIDES = ((0, 1), (1, 0), (0, -1), (-1, 0))


def calm(
    index: np.ndarray,
    lab: np.ndarray,
    *,
    most: int = 3,
    reach: float = 0.15,
    free: np.ndarray | None = None,
) -> np.ndarray:
    """Entries, index (h, w), -1 transparent, without specks.

    lab     (k, 3) OKLab, the palette;  most  pixels of a speck
    reach   a neighbour's colour is at most this far away, in OKLab
    free    (h, w) bool: only these pixels may change; None: all
    """
    index = index.copy()
    for _ in range(_ROUNDS):
        size = areas_of_grid(index)
        speck = (index >= 0) & (size <= most)
        if free is not None:
            speck &= free
        best = np.full(index.shape, np.inf)
        taken = index.copy()
        for dy, dx in _SIDES:
            near, large = _moved(index, dy, dx, -1), _moved(size, dy, dx, 0)
            far = np.linalg.norm(lab[np.maximum(near, 0)] - lab[np.maximum(index, 0)], axis=-1)
            cost = far - 0.005 * np.minimum(large, 4)  # of two like ones the larger
            fits = speck & (near >= 0) & (near != index) & (far < reach) & (large >= size)
            better = fits & (cost < best)
            best[better], taken[better] = cost[better], near[better]
        # of two neighbours that would swap places only one moves in a round
        changed = taken != index
        y, x = np.indices(index.shape)
        changed &= ((y + x) % 2 == 0) | ~_any_near(changed)
        if not changed.any():
            break
        index[changed] = taken[changed]
    return index


def areas_of_grid(index: np.ndarray) -> np.ndarray:
    """For each pixel of `index` (h, w) the size of its 4-connected area of one entry, (h, w) int.
    Plain numpy, for small grids: `pincel.art.score.areas_of_picture` says the same and takes
    long to load."""
    number = np.arange(index.size).reshape(index.shape)
    while True:
        before = number
        for dy, dx in _SIDES:
            like = _moved(index, dy, dx, -9) == index
            number = np.where(like, np.minimum(number, _moved(number, dy, dx, index.size)), number)
        # a number is also a place: what that place has found is known here, too
        number = number.ravel()[number]
        if np.array_equal(before, number):
            return np.bincount(number.ravel(), minlength=index.size)[number]


def _moved(grid: np.ndarray, dy: int, dx: int, outside: int) -> np.ndarray:
    """The neighbour of every pixel in one direction."""
    found = np.full_like(grid, outside)
    height, width = grid.shape
    here = (slice(max(0, -dy), height - max(0, dy)), slice(max(0, -dx), width - max(0, dx)))
    there = (slice(max(0, dy), height - max(0, -dy)), slice(max(0, dx), width - max(0, -dx)))
    found[here] = grid[there]
    return found


def _any_near(mask: np.ndarray) -> np.ndarray:
    found = np.zeros_like(mask)
    for dy, dx in _SIDES:
        found |= _moved(mask.astype(np.int8), dy, dx, 0) > 0
    return found
