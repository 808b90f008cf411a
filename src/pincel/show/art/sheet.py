"""The preview of a sprite sheet: enlarged, on a chequered ground, every frame outlined."""

from __future__ import annotations

import numpy as np

from pincel.art.atlas import Atlas
from pincel.pixels.encode import png

_SIDE = 1400
_LIGHT, _DARK = (250, 250, 252), (228, 231, 237)
_LINE = (228, 87, 46)


def draw_packed_sheet(atlas: Atlas) -> bytes:
    """The sheet as a PNG file, every pixel at least twice as large; orange lines show what is in
    the sheet for each frame."""
    scale = max(_SIDE // max(atlas.width, atlas.height), 2)
    scale = min(scale, 16)
    large = atlas.pixels.repeat(scale, 0).repeat(scale, 1)
    height, width = large.shape[:2]
    square = max(4 * scale, 8)
    y, x = np.mgrid[0:height, 0:width] // square
    ground = np.where(((x + y) % 2)[..., None], _DARK, _LIGHT)
    alpha = large[..., 3:].astype(np.float32) / 255
    canvas = np.rint(large[..., :3] * alpha + ground * (1 - alpha)).astype(np.uint8)
    canvas = np.pad(canvas, ((1, 1), (1, 1), (0, 0)), constant_values=255)
    for cell in atlas.cells:
        _outline(canvas, cell.x * scale, cell.y * scale, cell.width * scale, cell.height * scale)
    return png(canvas)


def _outline(canvas: np.ndarray, x: int, y: int, width: int, height: int) -> None:
    """A one-pixel frame around the cell, just outside of it."""
    canvas[y, x : x + width + 2] = canvas[y + height + 1, x : x + width + 2] = _LINE
    canvas[y : y + height + 2, x] = canvas[y : y + height + 2, x + width + 1] = _LINE
