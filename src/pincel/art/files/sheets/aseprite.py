"""The sprites of a sheet as one Aseprite file: all frames one after the other, tagged as the sheet
tells; smaller ones in the upper left."""

from __future__ import annotations

import numpy as np

from pincel.art.atlas import Atlas
from pincel.art.files.sprites.aseprite import write_aseprite
from pincel.art.sprite import TRANSPARENT, Sprite
from pincel.errors import PincelError

SUFFIX = ".aseprite"


def write(atlas: Atlas, name: str) -> bytes:
    """See `pincel.art.files`."""
    if atlas.sheet is None:
        raise PincelError("sheet.too_many_colors")
    wide, high = max(c.wide for c in atlas.cells), max(c.high for c in atlas.cells)
    frames = []
    for cell in atlas.cells:
        frame = np.full((high, wide), TRANSPARENT, np.int16)
        part = atlas.sheet.indices[cell.y : cell.y + cell.height, cell.x : cell.x + cell.width]
        frame[cell.top : cell.top + cell.height, cell.left : cell.left + cell.width] = part
        frames.append(frame)
    durations = tuple(cell.duration for cell in atlas.cells)
    sprite = Sprite(tuple(frames), atlas.sheet.palette, durations, name)
    return write_aseprite(sprite, tags=atlas.tags, slices=atlas.slices)
