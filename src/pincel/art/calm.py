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
        y, x = np.nonzero(speck)
        if not len(y):
            break
        own, own_size = index[y, x], size[y, x]
        best, taken = np.full(len(y), np.inf), own.copy()
        entries, sizes = _framed(index, -1), _framed(size, 0)
        for dy, dx in _SIDES:
            near, large = entries[y + 1 + dy, x + 1 + dx], sizes[y + 1 + dy, x + 1 + dx]
            far = np.linalg.norm(lab[np.maximum(near, 0)] - lab[own], axis=-1)
            cost = far - 0.005 * np.minimum(large, 4)  # of two like ones the larger
            fits = (near >= 0) & (near != own) & (far < reach) & (large >= own_size)
            better = fits & (cost < best)
            best[better], taken[better] = cost[better], near[better]
        moves = _moving_now(y, x, taken != own, entries.shape)
        if not moves.any():
            break
        index[y[moves], x[moves]] = taken[moves]
    return index


def _moving_now(y: np.ndarray, x: np.ndarray, wants: np.ndarray, shape: tuple) -> np.ndarray:
    """Which of the places that want to change do so: of two neighbours that would swap places only
    one moves in a round."""
    changed = np.zeros(shape, bool)
    changed[y + 1, x + 1] = wants
    beside = [changed[y + 1 + dy, x + 1 + dx] for dy, dx in _SIDES]
    return np.asarray(wants & (((y + x) % 2 == 0) | ~np.logical_or.reduce(beside)))


def areas_of_grid(index: np.ndarray) -> np.ndarray:
    """For each pixel of `index` (h, w) the size of its 4-connected area of one entry, (h, w) int.
    Plain numpy, for small grids: `pincel.art.score.areas_of_picture` says the same and takes
    long to load."""
    number = np.arange(index.size).reshape(index.shape)
    down, right = index[1:] == index[:-1], (index[:, 1:] == index[:, :-1]).T
    while True:
        before = number.copy()
        for turned, like in ((number, down), (number.T, right)):
            one, other = turned[:-1], turned[1:]
            least = np.minimum(one, other)
            np.copyto(one, least, where=like)
            np.copyto(other, np.minimum(other, least), where=like)
        # a number is also a place: what that place has found is known here, too
        number = number.ravel()[number]
        if np.array_equal(before, number):
            return np.bincount(number.ravel(), minlength=index.size)[number]


def _framed(grid: np.ndarray, outside: int) -> np.ndarray:
    """The grid with a border of one pixel."""
    height, width = grid.shape
    found = np.full((height + 2, width + 2), outside, grid.dtype)
    found[1:-1, 1:-1] = grid
    return found
