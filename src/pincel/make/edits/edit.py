"""Editing pixel art: only the pixels of a mask are drawn anew, in the picture's own palette.

All functions take and give (h, w) int16 indices, -1 transparent. What draws is handed in as a
brush, so the network is not needed to understand (or test) any of this.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from pincel.art.sprite import TRANSPARENT

Brush = Callable[[np.ndarray, int], np.ndarray]
"""(known (s, s) int16 with -2 = to be drawn, seed) -> (s, s) int16, nothing of -2 left."""

OPEN = -2
"""A pixel that is still to be drawn."""
SIDES = (16, 32)
"""Windows that a brush draws."""
MOST_SIDE = 256
_STRIDE = 16


def repaint(
    indices: np.ndarray,
    mask: np.ndarray,
    brush: Brush,
    seed: int,
    *,
    wrap: bool = False,
    told: Callable[[int, int], None] | None = None,
) -> np.ndarray:
    """The picture, indices (h, w) int16, with the pixels of the mask (h, w) bool drawn anew; all
    others stay as they are.

    A picture of at most 32 x 32 is drawn in one window; a larger one window by window, those with
    most context first, each seeing what the ones before have drawn. What a window shows beyond
    the picture is transparent, or the picture mirrored where it is opaque up to its border
    (`wrap`: the picture again, as in a tile).
    told   called with (windows done, about how many there are)
    """
    side = SIDES[0] if max(indices.shape) <= SIDES[0] else SIDES[1]
    canvas, (top, left) = _padded(np.where(mask, OPEN, indices).astype(np.int16), side, wrap)
    places = [
        (y, x) for y in _starts(canvas.shape[0], side) for x in _starts(canvas.shape[1], side)
    ]
    inside = (slice(top, top + indices.shape[0]), slice(left, left + indices.shape[1]))
    number = 0
    while (canvas == OPEN).any():
        missing = [int((canvas[y : y + side, x : x + side] == OPEN).sum()) for y, x in places]
        y, x = places[_next(missing, side * side)]
        part = (slice(y, y + side), slice(x, x + side))
        drawn = brush(canvas[part].copy(), seed if number == 0 else _seed(seed, number))
        open_ = canvas[part] == OPEN
        canvas[part] = np.where(open_, np.maximum(drawn, TRANSPARENT), canvas[part])
        number += 1
        if told:
            told(number, number + sum(m > 0 for m in missing) - 1)
    return np.where(mask, canvas[inside], indices).astype(np.int16)


def extended(
    indices: np.ndarray, left: int, top: int, right: int, bottom: int
) -> tuple[np.ndarray, np.ndarray]:
    """The picture, indices (h, w) int16, on a larger canvas (top + h + bottom, left + w + right),
    -1 where it is new, and the mask of that, bool, of the same shape."""
    around = ((top, bottom), (left, right))
    new = np.pad(np.zeros(indices.shape, bool), around, constant_values=True)
    return np.pad(indices, around, constant_values=TRANSPARENT), new


def mirrored(indices: np.ndarray, keep: str, mask: np.ndarray | None = None) -> np.ndarray:
    """Of a picture, indices (h, w), as int16, the half `keep` ("left", "right", "top", "bottom")
    stays, the other becomes its mirror image; with a mask (h, w) bool only the masked pixels
    change."""
    axis = 1 if keep in ("left", "right") else 0
    size = indices.shape[axis]
    line = np.arange(size)
    first = line < size // 2
    other = ~first if keep in ("left", "top") else first
    if size % 2:
        other = other & (line != size // 2)
    other = other[None, :] if axis == 1 else other[:, None]
    changed = np.broadcast_to(other, indices.shape)
    if mask is not None:
        changed = changed & mask
    return np.where(changed, np.flip(indices, axis), indices).astype(np.int16)


def rolled(indices: np.ndarray, back: bool = False) -> np.ndarray:
    """Indices (h, w) moved by half their size, same shape and same type, so that the border lies in
    the middle; `back` undoes it."""
    by = [side // 2 for side in indices.shape]
    if back:
        by = [-step for step in by]
    return np.roll(indices, by, (0, 1))


def _next(missing: list[int], whole: int) -> int:
    """Which window comes next: of those that are at least half known the one that settles most,
    else the one that is known best."""
    half = [number for number, count in enumerate(missing) if 0 < count <= whole // 2]
    if half:
        return max(half, key=missing.__getitem__)
    some = [number for number, count in enumerate(missing) if count]
    return min(some, key=missing.__getitem__)


def _seed(seed: int, number: int) -> int:
    """The seed of another window of the same picture."""
    return int(np.random.SeedSequence([seed, number]).generate_state(1)[0] >> 1)


def _starts(length: int, side: int) -> list[int]:
    starts = list(range(0, length - side, _STRIDE))
    return [*starts, length - side]


def _padded(canvas: np.ndarray, side: int, wrap: bool) -> tuple[np.ndarray, tuple[int, int]]:
    """The canvas with every side at least `side` long, the picture in its middle."""
    add = [max(side - length, 0) for length in canvas.shape]
    around = [(more // 2, more - more // 2) for more in add]
    offset = (around[0][0], around[1][0])
    if not any(add):
        return canvas.copy(), offset
    if wrap:
        return np.pad(canvas, around, mode="wrap"), offset
    border = np.concatenate([canvas[0], canvas[-1], canvas[:, 0], canvas[:, -1]])
    known = border[border != OPEN]
    if len(known) and (known >= 0).mean() > 0.9:
        return np.pad(canvas, around, mode="symmetric"), offset
    return np.pad(canvas, around, constant_values=TRANSPARENT), offset
