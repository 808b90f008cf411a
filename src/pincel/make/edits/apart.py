"""A thing drawn alone, then laid into a place of a picture: what is asked for small places.

A network that fills a hole goes on with what lies around it; asked for a crown on a head it draws
more head. Drawn alone the crown is one, and only has to be made to fit.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from pincel.art.arrange import trimmed
from pincel.art.sprite import TRANSPARENT

SIDES = (16, 32)
_TRIES = 3
Drawn = Callable[[int, int], np.ndarray]
"""(side, seed) -> (side, side) int16, -1 transparent: one drawing of the words alone."""


def laid(
    indices: np.ndarray, mask: np.ndarray, drawn: Drawn, seed: int
) -> list[tuple[np.ndarray, np.ndarray]]:
    """Versions of a picture, indices (h, w) int16, in which a thing lies in the mask (h, w) bool:
    (indices (h, w) int16, the thing's own pixels (h, w) bool) of each."""
    rows, columns = np.nonzero(mask)
    high, wide = int(np.ptp(rows)) + 1, int(np.ptp(columns)) + 1
    found = []
    for side in SIDES:
        if side > 2 * max(high, wide) or (side == SIDES[0] and max(high, wide) > 2 * side):
            continue
        for number in range(_TRIES):
            thing = trimmed(drawn(side, seed + 104_729 * number))
            if thing.size:
                found.append(placed(indices, mask, thing))
    return found


def placed(
    indices: np.ndarray, mask: np.ndarray, thing: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """A picture, indices (h, w) int16, with a thing (a, b) int16 in the mask (h, w) bool, made
    small enough for it; and the thing's own pixels (h, w) bool."""
    rows, columns = np.nonzero(mask)
    thing = fitted_thing(thing, int(np.ptp(rows)) + 1, int(np.ptp(columns)) + 1)
    whole = np.full(indices.shape, TRANSPARENT, np.int16)
    top, left = _corner(indices, mask, thing.shape)
    whole[top : top + thing.shape[0], left : left + thing.shape[1]] = thing
    own = (whole >= 0) & mask
    return np.where(own, whole, indices).astype(np.int16), own


def fitted_thing(thing: np.ndarray, high: int, wide: int) -> np.ndarray:
    """A thing, indices (h, w) int16 with -1 transparent, made small enough for (high, wide), int16:
    each pixel what most of those are that it stands for. As it came where it fits."""
    if not thing.size:
        return thing
    scale = min(high / thing.shape[0], wide / thing.shape[1], 1.0)
    if scale == 1.0:
        return thing
    size = [max(1, int(length * scale)) for length in thing.shape]
    lines = [np.linspace(0, old, new + 1) for old, new in zip(thing.shape, size, strict=True)]
    made = np.empty(size, np.int16)
    for y in range(size[0]):
        for x in range(size[1]):
            part = thing[
                int(lines[0][y]) : int(np.ceil(lines[0][y + 1])),
                int(lines[1][x]) : int(np.ceil(lines[1][x + 1])),
            ].ravel()
            there = part[part >= 0]
            # thin lines survive: two fifths are enough to be there
            if len(there) * 5 < len(part) * 2:
                made[y, x] = TRANSPARENT
            else:
                made[y, x] = np.bincount(there).argmax()
    return made


def _corner(indices: np.ndarray, mask: np.ndarray, size: tuple[int, ...]) -> tuple[int, int]:
    """Where the thing begins: in the middle of the mask, towards what is drawn below or above."""
    rows, columns = np.nonzero(mask)
    top, bottom = int(rows.min()), int(rows.max()) + 1
    left = (int(columns.min()) + int(columns.max()) + 1 - size[1]) // 2
    opaque = (indices >= 0) & mask
    half = (top + bottom) // 2
    above, below = int(opaque[top:half].sum()), int(opaque[half:bottom].sum())
    if below > 1.5 * above:
        return _resting(opaque, top, bottom, size[0]), left
    if above > 1.5 * below:
        return top, left
    return (top + bottom - size[0]) // 2, left


def _resting(opaque: np.ndarray, top: int, bottom: int, high: int) -> int:
    """So that a third of the thing covers what is drawn, as a hat does a head."""
    first = int(np.flatnonzero(opaque.any(1))[0])
    return int(np.clip(first - (2 * high) // 3, top, bottom - high))


def without_debris(indices: np.ndarray, new: np.ndarray) -> np.ndarray:
    """The picture, indices (h, w) int16, without what lies loose in its `new` part (h, w) bool and
    touches nothing of the old one, where that holds anything. int16."""
    from scipy.ndimage import label

    areas = np.asarray(label(indices >= 0, np.ones((3, 3)))[0])
    joined = np.unique(areas[~new & (areas > 0)])
    loose = (areas > 0) & ~np.isin(areas, joined) & bool(len(joined))
    return np.where(loose, TRANSPARENT, indices).astype(np.int16)
