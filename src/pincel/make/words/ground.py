"""A drawing made a ground tile: nothing transparent, and its borders meet."""

from __future__ import annotations

import numpy as np

from pincel.art.fill import fill
from pincel.art.sprite import Sprite
from pincel.art.tile import seam
from pincel.errors import PincelError
from pincel.make.edits import edit, selection

_ENOUGH = 0.3
_CROSSES = (4, 3, 5, 6)
"""Parts of the side that are grown anew where the borders meet, until they do."""


def tile(sprite: Sprite) -> tuple[Sprite, float]:
    """The drawing with what is transparent grown from the rest and its borders made to meet, and
    the seam that is left (`pincel.art.tile.seam`: 1 is no stronger than inside). PincelError where
    less than three tenths are drawn: too little to grow from."""
    hole = sprite.indices < 0
    share = 1 - float(hole.mean())
    if share < _ENOUGH:
        raise PincelError("draw.no_ground", share=round(100 * share))
    indices = sprite.indices
    if hole.any():
        indices = np.asarray(fill(indices, sprite.palette, hole), np.int16)
    best = (seam(Sprite((indices,), sprite.palette).rgba()), indices)
    for part in _CROSSES:
        if best[0] <= 1:
            break
        made = _joined(indices, sprite.palette, max(2, len(indices) // part))
        best = min(best, (seam(Sprite((made,), sprite.palette).rgba()), made), key=lambda t: t[0])
    return Sprite((best[1],), sprite.palette), float(best[0])


def _joined(indices: np.ndarray, palette: np.ndarray, wide: int) -> np.ndarray:
    """Rolled by half, so that the borders meet in the middle, the cross there grown anew."""
    cross = selection.cross(indices.shape, wide)
    middle = fill(edit.rolled(indices), palette, cross, wrap=True)
    return np.asarray(edit.rolled(middle, back=True), np.int16)
