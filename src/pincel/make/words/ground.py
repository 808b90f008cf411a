"""A drawing made a ground tile: nothing transparent, and its borders meet."""

from __future__ import annotations

import numpy as np

from pincel.art.fill import fill
from pincel.art.sprite import Sprite
from pincel.art.tile import seam
from pincel.errors import PincelError

_ENOUGH = 0.3


def tile(sprite: Sprite) -> tuple[Sprite, float]:
    """The drawing with what is transparent grown from the rest and its borders made to meet, and
    the seam that is left (`pincel.art.tile.seam`: 1 is no stronger than inside). PincelError where
    less than three tenths are drawn: too little to grow from."""
    from pincel.make.edits.editing import tiled

    hole = sprite.indices < 0
    share = 1 - float(hole.mean())
    if share < _ENOUGH:
        raise PincelError("draw.no_ground", share=round(100 * share))
    indices = sprite.indices
    if hole.any():
        indices = np.asarray(fill(indices, sprite.palette, hole), np.int16)
    made = tiled(Sprite((indices,), sprite.palette)).sprite
    return made, float(seam(made.rgba()))
