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


def unary(cells: Cells, palette: np.ndarray, reach: float = REACH) -> np.ndarray:
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
    offset = np.sum(palette**2, -1)
    for row in range(height):  # row by row: a large palette never fills the memory
        colors = quantize.stretch(cells.samples[row].reshape(-1, 3))
        gap = np.sum(colors**2, -1)[:, None] + offset - 2 * (colors @ palette.T)
        gap = np.minimum(gap / reach**2, 1.0).reshape(width, count, -1)
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
        guide=guide,
        blend=wishes.blend * _lively(guide, wishes, wrap),
        palette=palette.astype(np.float32),
        prior=prior.astype(np.float32) * wishes.pattern,
        between=between(palette) if wishes.fringe and k <= 64 else None,
        wishes=wishes,
        hidden=hidden,
        wrap=wrap,
    )
    labels = np.where(hidden, TRANSPARENT, rivals[..., 0]).astype(np.int16)
    for _ in range(sweeps):
        before = labels.copy()
        for phase in range(9):
            _settle(field, labels, phase // 3, phase % 3)
        if np.array_equal(before, labels):
            break
    return labels


def between(palette: np.ndarray) -> np.ndarray:
    """(k, k, k) bool: whether the second colour lies midway between the first and the third."""
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
    guide: np.ndarray  # (h, w, 3)
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
        near = 1.0 if dy == 0 or dx == 0 else 0.7
        rows.append(wishes.join * near * np.exp(-gap / (2 * wishes.edge**2)))
    return np.stack(rows).astype(np.float32)


def _settle(field: _Field, labels: np.ndarray, top: int, left: int) -> None:
    """Let every third cell of every third row take its cheapest colour, in place."""
    height, width = labels.shape
    if top >= height or left >= width:
        return
    here = (slice(top, None, 3), slice(left, None, 3))
    padded = _pad(labels, field.wrap)

    def beside(dy: int, dx: int) -> np.ndarray:  # (n, m) labels at this offset from each cell
        return padded[2 + top + dy : 2 + dy + height : 3, 2 + left + dx : 2 + dx + width : 3]

    rivals = field.rivals[here]
    ring = np.stack([beside(dy, dx) for dy, dx in AROUND])  # (8, n, m)
    same = rivals[None] == ring[..., None]  # (8, n, m, r)
    code = np.zeros(rivals.shape, np.uint8)
    for bit in range(8):
        code |= same[bit].astype(np.uint8) << np.uint8(bit)
    cost = field.cost[here] + field.prior[code]
    gain = _neighbours_gain(field, beside, ring) - field.alike[(slice(None), *here)]
    gain[ring == TRANSPARENT] = 0
    cost = cost + np.einsum("bnmr,bnm->nmr", same.astype(np.float32), gain)
    if field.wishes.blend:
        cost += field.blend[here][..., None] * _blend(field, rivals, ring, here)
    if field.between is not None:
        cost += field.wishes.fringe * _fringe(field.between, rivals, beside)
    chosen = np.take_along_axis(rivals, cost.argmin(-1)[..., None], -1)[..., 0]
    labels[here] = np.where(field.hidden[here], TRANSPARENT, chosen)


def _neighbours_gain(field: _Field, beside, ring: np.ndarray) -> np.ndarray:
    """(8, n, m): what each neighbour's own pattern costs more when our cell joins its colour."""
    gain = np.empty(ring.shape, np.float32)
    for i, (dy, dx) in enumerate(AROUND):
        code = np.zeros(ring.shape[1:], np.uint8)
        for bit, (ey, ex) in enumerate(AROUND):
            if (dy + ey, dx + ex) != (0, 0):
                code |= (beside(dy + ey, dx + ex) == ring[i]).astype(np.uint8) << np.uint8(bit)
        ours = np.uint8(1 << ((i + 4) % 8))  # seen from there, we stand opposite
        gain[i] = field.prior[code | ours] - field.prior[code]
    return gain


def _blend(field: _Field, rivals: np.ndarray, ring: np.ndarray, here: tuple) -> np.ndarray:
    """How wrong each colour leaves the cell seen with its neighbours, blurred by 0.6 cells."""
    padded = _pad(field.guide, field.wrap)
    height, width = field.hidden.shape
    top, left = here[0].start, here[1].start
    wanted = field.guide[here].copy()
    for i, (dy, dx) in enumerate(AROUND):
        source = padded[2 + top + dy : 2 + dy + height : 3, 2 + left + dx : 2 + dx + width : 3]
        share = 0.25 if dy == 0 or dx == 0 else 0.06
        wrong = np.where((ring[i] != TRANSPARENT)[..., None], field.palette[ring[i]] - source, 0)
        wanted -= share * wrong
    gap = np.sum((field.palette[rivals] - wanted[:, :, None]) ** 2, -1)
    return np.minimum(gap / REACH**2, 1)


def _fringe(between: np.ndarray, rivals: np.ndarray, beside) -> np.ndarray:
    """How many in-between pixels each colour would make, as middle and as either end."""
    count = np.zeros(rivals.shape, np.float32)
    for dy, dx in ((0, 1), (1, 0)):
        far, near = beside(-2 * dy, -2 * dx)[..., None], beside(-dy, -dx)[..., None]
        next_, last = beside(dy, dx)[..., None], beside(2 * dy, 2 * dx)[..., None]
        for first, middle, end in (
            (near, rivals, next_),
            (far, near, rivals),
            (rivals, next_, last),
        ):
            shown = (first >= 0) & (middle >= 0) & (end >= 0)
            count += between[first, middle, end] & shown
    return count
