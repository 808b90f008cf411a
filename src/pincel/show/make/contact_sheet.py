"""The pictures of a set side by side: a sprite enlarged as far as it fits, a photograph shrunk."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PIL import Image

from pincel.pixels.encode import png
from pincel.show.make.grid_sheet import on_squares

CELL, GAP, COLUMNS, MOST = 64, 6, 16, 256


def contact_sheet(pictures: Sequence[np.ndarray], columns: int = COLUMNS) -> bytes:
    """A PNG of pictures, (h, w, 4) uint8 each, in rows; of more than 256 every so many-th."""
    if len(pictures) > MOST:
        step = len(pictures) / MOST
        pictures = [pictures[int(k * step)] for k in range(MOST)]
    columns = min(columns, len(pictures))
    rows = -(-len(pictures) // columns)
    step = CELL + GAP
    page = Image.new("RGB", (columns * step + GAP, rows * step + GAP), (255, 255, 255))
    for number, rgba in enumerate(pictures):
        shown = _fitted(rgba)
        left = GAP + number % columns * step + (CELL - shown.width) // 2
        top = GAP + number // columns * step + (CELL - shown.height) // 2
        page.paste(shown, (left, top))
    return png(np.asarray(page))


def _fitted(rgba: np.ndarray) -> Image.Image:
    scale = CELL // max(rgba.shape[:2])
    if scale:
        return on_squares(rgba, scale)
    image = Image.fromarray(rgba)
    image.thumbnail((CELL, CELL), Image.Resampling.BOX)
    return on_squares(np.asarray(image), 1)
