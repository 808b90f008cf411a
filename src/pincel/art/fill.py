"""A hole filled from what lies around it, without a network: texture grown pixel by pixel.

Efros and Leung, "Texture Synthesis by Non-parametric Sampling", 1999: each missing pixel takes the
colour of the place whose surroundings look most like its own. Here the best place always wins (no
chance), on palette indices, so no new colour can come in.
"""

from __future__ import annotations

import numpy as np

from pincel.art.sprite import TRANSPARENT
from pincel.pixels.color import srgb_to_oklab

REACH = 3
"""Surroundings of 7 x 7 pixels."""
NEAR = 32
"""Places within so many pixels of the hole are looked at."""
_CLEAR = np.float32(2.0)
"""How far transparent lies from any colour, in a fourth channel, squared on comparing."""


def fill(indices: np.ndarray, palette: np.ndarray, hole: np.ndarray) -> np.ndarray:
    """The picture (h, w) int16 with the pixels of `hole` (h, w) bool filled from the others.

    palette  (k, 3) uint8. ValueError when everything is a hole.
    """
    if hole.all():
        raise ValueError("nothing is left to fill from")
    rows, columns = (np.flatnonzero(hole.any(axis)) for axis in (1, 0))
    if not len(rows):
        return indices.copy()
    top, left = max(rows[0] - NEAR, 0), max(columns[0] - NEAR, 0)
    part = (slice(top, rows[-1] + NEAR + 1), slice(left, columns[-1] + NEAR + 1))
    if hole[part].all():
        part = (slice(None), slice(None))
    filled = indices.copy()
    filled[part] = _grow(indices[part], palette, hole[part])
    return filled


def surrounded_by(indices: np.ndarray, hole: np.ndarray) -> int:
    """The index that is most frequent just around a hole (-1: transparent)."""
    from scipy.ndimage import binary_dilation

    ring = binary_dilation(hole, iterations=2) & ~hole
    around = indices[ring] if ring.any() else indices[~hole]
    values, counts = np.unique(around, return_counts=True)
    return int(values[counts.argmax()]) if len(values) else TRANSPARENT


def _grow(indices: np.ndarray, palette: np.ndarray, hole: np.ndarray) -> np.ndarray:
    from numpy.lib.stride_tricks import sliding_window_view

    size = 2 * REACH + 1
    looks = _looks(indices, palette)
    looks[hole] = 0
    known = np.pad(~hole, REACH)
    padded = np.pad(looks, ((REACH, REACH), (REACH, REACH), (0, 0)))
    drawn = indices.copy()
    # where a whole neighbourhood is known and inside; where there is none, what is best known
    share = sliding_window_view(known, (size, size)).mean((2, 3))
    share[hole] = 0
    places = np.argwhere(share >= min(1.0, share.max()))
    near = sliding_window_view(padded, (size, size), axis=(0, 1))
    source = np.ascontiguousarray(near[places[:, 0], places[:, 1]].transpose(0, 2, 3, 1))
    distance = np.arange(-REACH, REACH + 1) ** 2
    weight = np.exp(-(distance[:, None] + distance[None]) / (2 * (size / 6.4) ** 2 * 2))
    count = sliding_window_view(known, (size, size)).sum((2, 3)).astype(np.int32)
    around = np.pad(np.where(hole, count, -1_000_000), REACH, constant_values=-1_000_000)
    for _ in range(int(hole.sum())):  # the pixel of which most is known around it comes next
        y, x = np.subtract(np.unravel_index(around.argmax(), around.shape), REACH)
        seen = known[y : y + size, x : x + size] * weight
        here = padded[y : y + size, x : x + size]
        apart = (((source - here) ** 2).sum(-1) * seen).sum((1, 2))
        y0, x0 = places[apart.argmin()]
        drawn[y, x] = drawn[y0, x0]
        padded[y + REACH, x + REACH] = looks[y0, x0]
        known[y + REACH, x + REACH] = True
        around[y : y + size, x : x + size] += 1
        around[y + REACH, x + REACH] = -1_000_000
    return drawn


def _looks(indices: np.ndarray, palette: np.ndarray) -> np.ndarray:
    """(h, w, 4) float32: OKLab and, as a fourth number, transparency."""
    table = np.zeros((len(palette) + 1, 4), np.float32)
    if len(palette):
        table[:-1, :3] = srgb_to_oklab(np.asarray(palette, np.uint8))
    table[-1, 3] = np.sqrt(_CLEAR)
    return table[indices]
