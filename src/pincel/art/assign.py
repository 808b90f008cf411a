"""Giving every cell one colour of the palette so that the whole picture is drawn, not sampled.

A Markov random field: each cell would like a colour that its samples agree on, likes to share its
neighbours' colours where the source has no edge, and dislikes 3x3 patterns that artists do not
draw. Iterated conditional modes (Besag, 1986), nine interleaved grids one after the other, so that
no two cells of a 3x3 window change at once.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pincel.art import quantize
from pincel.art.cells import Cells
from pincel.art.patterns import AROUND
from pincel.art.sprite import TRANSPARENT
from pincel.pixels import repeatable

REACH = 0.14
"""OKLab distance at which a sample stops caring how wrong a colour is: wrong is wrong."""
_RIVALS = 8  # colours that may compete for one cell


@dataclass(frozen=True)
class Wishes:
    """How much each wish weighs against the colour cost (which lies between 0 and 1).

    join     neighbours share a colour where the source has no edge (contrast-sensitive Potts;
             Boykov and Jolly, 2001)
    edge     OKLab contrast that counts as an edge
    pattern  3x3 patterns that artists draw
    blend    what a cell's colour is too dark or too red its neighbours make up for
    fringe   no pixel whose colour only lies between its two opposite neighbours
    """

    join: float = 0.03
    edge: float = 0.06
    pattern: float = 0.015
    blend: float = 0.5
    fringe: float = 0.2


def assignment_costs(cells: Cells, palette: np.ndarray, reach: float = REACH) -> np.ndarray:
    """What each palette colour costs in each cell, (h, w, k) float32, 0-1.

    palette: (k, 3) OKLab. The weighted mean over samples of the squared distance (in the
    space of `quantize.stretch`, which tells skin from grey), cut off at `reach`: a colour that
    half of the samples want wins over a mixture that none wants.
    """
    height, width, count, _ = cells.samples.shape
    cost = np.empty((height, width, len(palette)), np.float32)
    weight = cells.weight + 1e-4
    weight = weight / weight.sum(-1, keepdims=True)
    palette = quantize.stretch(palette)
    for row in range(height):  # row by row: a large palette never fills the memory
        colors = quantize.stretch(cells.samples[row].reshape(-1, 3))
        gap = repeatable.squared_gaps(colors, palette) / reach**2
        gap = np.minimum(gap, 1.0).reshape(width, count, -1)
        cost[row] = np.einsum("wsk,ws->wk", gap, weight[row])
    return cost


def assign(
    unary: np.ndarray,
    guide: np.ndarray,
    palette: np.ndarray,
    prior: np.ndarray,
    *,
    wishes: Wishes = Wishes(),
    hidden: np.ndarray | None = None,
    wrap: bool = False,
    keep: tuple[np.ndarray, float | np.ndarray] | None = None,
    sweeps: int = 8,
) -> np.ndarray:
    """The palette index of every cell, (h, w) int16; -1 where `hidden`.

    unary    (h, w, k) float32, what each colour costs in each cell
    guide    (h, w, 3) OKLab, the source's colour of each cell: says where its edges are
    palette  (k, 3) OKLab
    prior    (256,) cost of each 3x3 pattern (`patterns.prior`)
    hidden   (h, w) bool, transparent cells: they keep out of it
    wrap     left meets right and top meets bottom: a seamless tile
    keep     (labels, bonus) of the previous frame: its colour is cheaper by `bonus` (a number or
             (h, w)); labels may hold -1
    """
    height, width, k = unary.shape
    if keep is not None:
        unary = _favour(unary, *keep)
    hidden = np.zeros((height, width), bool) if hidden is None else hidden
    rivals = np.argsort(unary, axis=-1, kind="stable")[..., :_RIVALS].astype(np.int16)
    field = _Field(
        rivals=rivals,
        cost=np.take_along_axis(unary, rivals.astype(np.int64), -1),
        alike=_alike(guide, wishes, wrap),
        guide=_pad(guide.astype(np.float32), wrap),
        blend=wishes.blend * _lively(guide, wishes, wrap),
        palette=palette.astype(np.float32),
        prior=prior.astype(np.float32) * wishes.pattern,
        between=between(palette) if wishes.fringe and k <= 64 else None,
        wishes=wishes,
        hidden=hidden,
        wrap=wrap,
    )
    labels = np.where(hidden, TRANSPARENT, rivals[..., 0]).astype(np.int16)
    stirred = np.ones((height, width), bool)  # cells whose 5x5 neighbours changed
    phase = np.arange(height)[:, None] % 3 * 3 + np.arange(width) % 3
    for _ in range(sweeps):
        before = labels.copy()
        for turn in range(9):
            _settle(field, labels, *np.nonzero(stirred & (phase == turn) & ~hidden))
        if np.array_equal(before, labels):
            break
        stirred = _stirred(before != labels, wrap)
    return labels


def between(palette: np.ndarray) -> np.ndarray:
    """(k, k, k) bool of a palette (k, 3) OKLab: whether the second colour lies midway between the
    first and the third."""
    first, middle, last = palette[:, None, None], palette[None, :, None], palette[None, None]
    way = last - first
    length = np.sqrt(np.sum(way**2, -1))
    safe = np.maximum(length, 1e-6)
    along = np.sum((middle - first) * way, -1) / safe**2
    beside = np.sqrt(np.sum((middle - (first + along[..., None] * way)) ** 2, -1))
    return (length > 1e-6) & (np.abs(along - 0.5) < 0.25) & (beside < 0.1 * length)


@dataclass(frozen=True, eq=False)
class _Field:
    rivals: np.ndarray  # (h, w, m) palette indices that may compete for a cell
    cost: np.ndarray  # (h, w, m) their colour cost
    alike: np.ndarray  # (8, h, w) how alike a cell and its neighbour are in the source, times join
    guide: np.ndarray  # (h + 4, w + 4, 3), two cells of border
    blend: np.ndarray  # (h, w) how much neighbours make up for each other
    palette: np.ndarray  # (k, 3)
    prior: np.ndarray  # (256,)
    between: np.ndarray | None  # (k, k, k)
    wishes: Wishes
    hidden: np.ndarray  # (h, w)
    wrap: bool


def _favour(unary: np.ndarray, labels: np.ndarray, bonus: float | np.ndarray) -> np.ndarray:
    unary = unary.copy()
    rows, columns = np.nonzero(labels >= 0)
    cheaper = np.broadcast_to(np.asarray(bonus, np.float32), labels.shape)[rows, columns]
    unary[rows, columns, labels[rows, columns]] -= cheaper
    return unary


def _pad(grid: np.ndarray, wrap: bool, by: int = 2) -> np.ndarray:
    """Beyond the border: the other side of a tile, or the picture mirrored."""
    by_axis = [(by, by), (by, by)] + [(0, 0)] * (grid.ndim - 2)
    if wrap:
        return np.pad(grid, by_axis, mode="wrap")
    return np.pad(grid, by_axis, mode="reflect" if min(grid.shape[:2]) > by else "edge")


def _lively(guide: np.ndarray, wishes: Wishes, wrap: bool) -> np.ndarray:
    """How far the source is from flat around each cell, (h, w) 0-1. In a smooth gradient
    neighbours that make up for each other would be dither; there it is not wanted."""
    height, width = guide.shape[:2]
    padded = _pad(guide, wrap)
    widest = np.zeros((height, width), np.float32)
    for dy, dx in AROUND:
        beside = padded[2 + dy : 2 + dy + height, 2 + dx : 2 + dx + width]
        widest = np.maximum(widest, np.sum((beside - guide) ** 2, -1))
    return np.clip(np.sqrt(widest) / wishes.edge - 0.3, 0, 1)


def _alike(guide: np.ndarray, wishes: Wishes, wrap: bool) -> np.ndarray:
    height, width = guide.shape[:2]
    padded = _pad(guide, wrap)
    rows = []
    for dy, dx in AROUND:
        beside = padded[2 + dy : 2 + dy + height, 2 + dx : 2 + dx + width]
        gap = np.sum((beside - guide) ** 2, -1)
        scale = 2 * wishes.edge**2
        near = 1.0 if dy == 0 or dx == 0 else 0.7
        rows.append(wishes.join * near * repeatable.exp(-gap / scale))
    return np.stack(rows).astype(np.float32)


def _stirred(changed: np.ndarray, wrap: bool) -> np.ndarray:
    """Cells whose costs a change within two cells can alter."""
    height, width = changed.shape
    padded = _pad(changed, wrap)
    rows = np.logical_or.reduce([padded[i : i + height] for i in range(5)])
    return np.logical_or.reduce([rows[:, i : i + width] for i in range(5)])


def _settle(field: _Field, labels: np.ndarray, row: np.ndarray, column: np.ndarray) -> None:
    """Let these n cells, no two within a 3x3 window, take their cheapest colour, in place."""
    if not len(row):
        return
    five = np.arange(5)
    padded = _pad(labels, field.wrap)
    window = padded[row[:, None, None] + five[:, None], column[:, None, None] + five]  # (n, 5, 5)
    rivals = field.rivals[row, column]  # (n, m)
    ring = np.stack([window[:, 2 + dy, 2 + dx] for dy, dx in AROUND], -1)  # (n, 8)
    same = rivals[:, :, None] == ring[:, None]  # (n, m, 8)
    code = np.packbits(same, axis=-1, bitorder="little")[..., 0]
    cost = field.cost[row, column] + field.prior[code]
    gain = _neighbours_gain(field, window, ring) - field.alike[:, row, column].T
    gain[ring == TRANSPARENT] = 0
    cost = cost + np.einsum("nmb,nb->nm", same.astype(np.float32), gain)
    if field.wishes.blend:
        cost += field.blend[row, column][:, None] * _blend(field, rivals, ring, row, column)
    if field.between is not None:
        cost += field.wishes.fringe * _fringe(field.between, rivals, window)
    labels[row, column] = rivals[np.arange(len(row)), cost.argmin(-1)]


def _neighbours_gain(field: _Field, window: np.ndarray, ring: np.ndarray) -> np.ndarray:
    """(n, 8): what each neighbour's own pattern costs more when our cell joins its colour."""
    gain = np.empty(ring.shape, np.float32)
    for i, (dy, dx) in enumerate(AROUND):
        around = [window[:, 2 + dy + ey, 2 + dx + ex] for ey, ex in AROUND]
        like = np.stack(around, -1) == ring[:, i, None]
        opposite = (i + 4) % 8  # where we stand, seen from there
        like[:, opposite] = False
        code = np.packbits(like, axis=-1, bitorder="little")[:, 0]
        gain[:, i] = field.prior[code | np.uint8(1 << opposite)] - field.prior[code]
    return gain


def _blend(
    field: _Field, rivals: np.ndarray, ring: np.ndarray, row: np.ndarray, column: np.ndarray
) -> np.ndarray:
    """How wrong each colour leaves the cell seen with its neighbours, blurred by 0.6 cells."""
    wanted = field.guide[2 + row, 2 + column]
    for i, (dy, dx) in enumerate(AROUND):
        share = 0.25 if dy == 0 or dx == 0 else 0.06
        wrong = field.palette[ring[:, i]] - field.guide[2 + row + dy, 2 + column + dx]
        wanted -= share * wrong * (ring[:, i] != TRANSPARENT)[:, None]
    gap = np.sum((field.palette[rivals] - wanted[:, None]) ** 2, -1)
    return np.minimum(gap / REACH**2, 1)


def _fringe(between: np.ndarray, rivals: np.ndarray, window: np.ndarray) -> np.ndarray:
    """How many in-between pixels each colour would make, as middle and as either end."""
    count = np.zeros(rivals.shape, np.float32)
    for line in (window[:, 2], window[:, :, 2]):
        far, near, _, after, last = (line[:, i, None] for i in range(5))
        for first, middle, end in (
            (near, rivals, after),
            (far, near, rivals),
            (rivals, after, last),
        ):
            shown = (first >= 0) & (middle >= 0) & (end >= 0)
            count += between[first, middle, end] & shown
    return count
