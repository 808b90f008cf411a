"""A hole filled from what lies around it, without a network, on palette indices, so that no new
colour can come in.

Two ways, both made of pieces of the picture itself:
- texture is grown pixel by pixel: each missing pixel takes the colour of the place whose
  surroundings look most like its own (Efros and Leung, "Texture Synthesis by Non-parametric
  Sampling", 1999); here the best place always wins, there is no chance;
- a drawing of flat areas is continued from its nearest pixels and then made to look, patch by
  patch, like the rest of it (Wexler, Shechtman and Irani, "Space-Time Completion of Video", 2007).
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from pincel.art.sprite import TRANSPARENT
from pincel.pixels import repeatable
from pincel.pixels.color import srgb_to_oklab

REACH = 3
"""Surroundings of 7 x 7 pixels."""
NEAR = 32
"""Places within so many pixels of the hole are looked at."""
BUSY = 0.45
"""Share of neighbours of different colour from which a picture counts as texture."""
_CLEAR = np.float32(1.4)
"""How far transparent lies from any colour (OKLab), in a fourth channel."""
_ROUNDS = 6
_SEAMLESS = 0.01
"""Mean squared difference of patches below which a grown texture fits as if it had been there."""


def fill(
    indices: np.ndarray, palette: np.ndarray, hole: np.ndarray, *, wrap: bool = False
) -> np.ndarray:
    """The picture, indices (h, w) int16, with the pixels of `hole` (h, w) bool filled from the
    others.

    palette  (k, 3) uint8;  wrap  the picture is a tile: its left goes on at its right, its top at
    its bottom. ValueError when everything is a hole.
    """
    if hole.all():
        raise ValueError("nothing is left to fill from")
    rows, columns = (np.flatnonzero(hole.any(axis)) for axis in (1, 0))
    if not len(rows):
        return indices.copy()
    if wrap:
        return _chosen(indices, _colors(palette), hole, wrap)
    top, left = max(rows[0] - NEAR, 0), max(columns[0] - NEAR, 0)
    part = (slice(top, rows[-1] + NEAR + 1), slice(left, columns[-1] + NEAR + 1))
    if hole[part].all():
        part = (slice(None), slice(None))
    filled = indices.copy()
    filled[part] = _chosen(indices[part], _colors(palette), hole[part], wrap)
    return filled


def surrounded_by(indices: np.ndarray, hole: np.ndarray) -> int:
    """The index, of (h, w) whole numbers, that is most frequent just around a hole, (h, w) bool;
    -1: transparent."""
    from scipy.ndimage import binary_dilation

    ring = binary_dilation(hole, iterations=2) & ~hole
    around = indices[ring] if ring.any() else indices[~hole]
    values, counts = np.unique(around, return_counts=True)
    return int(values[counts.argmax()]) if len(values) else TRANSPARENT


def busy(indices: np.ndarray, hole: np.ndarray) -> float:
    """The share of neighbouring pixels, (h, w) whole numbers, outside the hole, (h, w) bool, that
    differ, 0-1."""
    differ = pairs = 0
    for a, b in ((np.s_[1:], np.s_[:-1]), (np.s_[:, 1:], np.s_[:, :-1])):
        known = ~hole[a] & ~hole[b]
        pairs += int(known.sum())
        differ += int((known & (indices[a] != indices[b])).sum())
    return differ / max(pairs, 1)


def _chosen(indices: np.ndarray, colors: np.ndarray, hole: np.ndarray, wrap: bool) -> np.ndarray:
    grown = _grow(indices, colors, hole, wrap)
    if busy(indices, hole) > BUSY:
        return grown
    places = _whole(~hole, wrap)
    if len(places) < 2 * REACH or _misfit(grown, colors, hole, places, wrap) < _SEAMLESS:
        return grown
    return _agree(_nearest(indices, hole), colors, hole, places, wrap)


def _colors(palette: np.ndarray) -> np.ndarray:
    """(k + 1, 4) float32: OKLab and, as a fourth number, transparency; the last row is -1."""
    table = np.zeros((len(palette) + 1, 4), np.float32)
    if len(palette):
        table[:-1, :3] = srgb_to_oklab(np.asarray(palette, np.uint8))
    table[-1, 3] = _CLEAR
    return table


def _around(plane: np.ndarray, wrap: bool) -> np.ndarray:
    """The picture with REACH pixels more on every side: its other side, or 0."""
    around = ((REACH, REACH), (REACH, REACH)) + ((0, 0),) * (plane.ndim - 2)
    return np.pad(plane, around, mode="wrap" if wrap else "constant")


def _windows(plane: np.ndarray, wrap: bool) -> np.ndarray:
    """The surroundings of every pixel."""
    size = 2 * REACH + 1
    return sliding_window_view(_around(plane, wrap), (size, size), axis=(0, 1))


def _inside(shape: tuple[int, ...], wrap: bool) -> np.ndarray:
    """Pixels whose surroundings lie in the picture."""
    inside = np.zeros(shape, bool)
    inside[REACH : shape[0] - REACH, REACH : shape[1] - REACH] = True
    return inside | wrap


def _whole(known: np.ndarray, wrap: bool) -> np.ndarray:
    """Places (n, 2) whose surroundings are all known and in the picture."""
    return np.argwhere(_windows(known, wrap).all((2, 3)) & _inside(known.shape, wrap))


# ------------------------------------------------------------------------------ growing


def _grow(indices: np.ndarray, colors: np.ndarray, hole: np.ndarray, wrap: bool) -> np.ndarray:
    height, width = hole.shape
    size = 2 * REACH + 1
    looks = colors[indices]
    looks[hole] = 0
    known, padded = _around(~hole, wrap), _around(looks, wrap)
    drawn = indices.copy()
    # where a whole neighbourhood is known and inside; where there is none, what is best known
    share = _windows(~hole, wrap).mean((2, 3))
    share[hole] = 0
    places = np.argwhere(share >= min(1.0, share.max()))
    source = _windows(looks, wrap)[places[:, 0], places[:, 1]].transpose(0, 2, 3, 1)
    source = np.ascontiguousarray(source)
    distance = np.arange(-REACH, REACH + 1) ** 2
    weight = repeatable.exp(-(distance[:, None] + distance[None]) / (4 * (size / 6.4) ** 2))
    # how much is known around each missing pixel; far below zero where nothing is missing
    count = np.where(hole, _windows(~hole, wrap).sum((2, 3)).astype(np.int32), -1_000_000)
    for _ in range(int(hole.sum())):  # the pixel of which most is known around it comes next
        y, x = divmod(int(count.argmax()), width)
        seen = known[y : y + size, x : x + size] * weight
        here = padded[y : y + size, x : x + size]
        apart = (((source - here) ** 2).sum(-1) * seen).sum((1, 2))
        y0, x0 = places[apart.argmin()]
        drawn[y, x] = drawn[y0, x0]
        for copy in _copies(y, x, height, width, wrap):
            padded[copy] = looks[y0, x0]
            known[copy] = True
        rows, columns = np.arange(y - REACH, y + REACH + 1), np.arange(x - REACH, x + REACH + 1)
        if wrap:
            rows, columns = rows % height, columns % width
        rows = rows[(rows >= 0) & (rows < height)]
        columns = columns[(columns >= 0) & (columns < width)]
        count[np.ix_(rows, columns)] += 1
        count[y, x] = -1_000_000
    return drawn


def _copies(y: int, x: int, height: int, width: int, wrap: bool) -> Iterator[tuple[int, int]]:
    """Where a pixel stands in the picture with its margin: more than once in a tile."""
    for row in (y - height, y, y + height) if wrap else (y,):
        for column in (x - width, x, x + width) if wrap else (x,):
            if -REACH <= row < height + REACH and -REACH <= column < width + REACH:
                yield row + REACH, column + REACH


# ------------------------------------------------------------------------- continuing


def _nearest(indices: np.ndarray, hole: np.ndarray) -> np.ndarray:
    """Every missing pixel as its nearest known one."""
    from scipy.ndimage import distance_transform_edt

    y, x = distance_transform_edt(hole, return_distances=False, return_indices=True)
    return indices[y, x]


def _matches(
    drawn: np.ndarray, colors: np.ndarray, targets: np.ndarray, places: np.ndarray, wrap: bool
) -> tuple[np.ndarray, np.ndarray]:
    """For each target patch the place that looks most like it, and their squared distance."""
    # on a grid: the distances are exact, and of places that look alike the first one is taken
    patches = _windows(repeatable.gridded(colors, 20)[drawn], wrap)
    given = patches[places[:, 0], places[:, 1]].reshape(len(places), -1)
    wanted = patches[targets[:, 0], targets[:, 1]].reshape(len(targets), -1)
    lengths = (given * given).sum(1)
    best, apart = np.empty(len(targets), np.int64), np.empty(len(targets), np.float32)
    for start in range(0, len(targets), 512):
        some = wanted[start : start + 512]
        far = lengths[None] - 2 * some @ given.T + (some * some).sum(1)[:, None]
        best[start : start + 512] = far.argmin(1)
        apart[start : start + 512] = np.maximum(far.min(1), 0)
    return best, apart


def _touching(hole: np.ndarray, wrap: bool) -> np.ndarray:
    """Places (n, 2) whose surroundings reach into the hole and lie in the picture."""
    return np.argwhere(_windows(hole, wrap).any((2, 3)) & _inside(hole.shape, wrap))


def _misfit(
    drawn: np.ndarray, colors: np.ndarray, hole: np.ndarray, places: np.ndarray, wrap: bool
) -> float:
    """How unlike the rest of the picture the filled hole looks, per patch."""
    targets = _touching(hole, wrap)
    if not len(targets):
        return 0.0
    return float(_matches(drawn, colors, targets, places, wrap)[1].mean())


def _agree(
    start: np.ndarray, colors: np.ndarray, hole: np.ndarray, places: np.ndarray, wrap: bool
) -> np.ndarray:
    """Each patch that reaches into the hole votes for the pixels of the place it looks most like;
    again and again until nothing changes."""
    targets = _touching(hole, wrap)
    if not len(targets):
        return start
    drawn, kinds = start.copy(), len(colors)
    offsets = np.mgrid[-REACH : REACH + 1, -REACH : REACH + 1].reshape(2, -1)
    rows = (targets[:, :1] + offsets[0]) % hole.shape[0]
    columns = (targets[:, 1:] + offsets[1]) % hole.shape[1]
    pixels = rows * hole.shape[1] + columns
    shown = _windows(start, wrap)[places[:, 0], places[:, 1]].reshape(len(places), -1)
    for _ in range(_ROUNDS):
        best, apart = _matches(drawn, colors, targets, places, wrap)
        trust = repeatable.exp(-apart / max(float(np.quantile(apart, 0.75)), 1e-3))
        votes = np.zeros(drawn.size * kinds, np.float64)
        ballot = pixels * kinds + shown[best] % kinds  # -1 counts as the last kind
        np.add.at(votes, ballot.ravel(), np.repeat(trust, pixels.shape[1]))
        counted = votes.reshape(-1, kinds)
        won = counted.argmax(1)
        won[won == kinds - 1] = TRANSPARENT
        change = hole & (counted.sum(1) > 0).reshape(hole.shape)
        after = np.where(change, won.reshape(hole.shape), drawn).astype(np.int16)
        if np.array_equal(after, drawn):
            break
        drawn = after
    return drawn
