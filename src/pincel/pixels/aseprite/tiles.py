"""Tilemaps of Aseprite files: cells that name tiles, drawn as pixels."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

import numpy as np

from pincel.pixels.aseprite.model import Tileset


@dataclass(frozen=True)
class Masks:
    """Which bits of a cell say what: the tile, mirrored left to right, upside down, and with
    rows for columns (the diagonal flip, done first)."""

    tile: int
    x: int
    y: int
    diagonal: int


def tilemap_pixels(
    cells: np.ndarray, masks: Masks, tileset: Tileset, clear: int
) -> np.ndarray | None:
    """The pixels of a tilemap, (rows * h, columns * w) or (.., .., channels), as the tileset's.

    cells  (rows, columns) of unsigned whole numbers
    clear  the value of pixels where there is no tile

    Tiles are flipped in their own place: of a tile that is no square, what the diagonal flip would
    push out of it is lost. None where a cell names a tile that the tileset lacks.
    """
    count, high, wide = tileset.pixels.shape[:3]
    shift = max((masks.tile & -masks.tile).bit_length() - 1, 0)
    tiles = ((cells & masks.tile) >> shift).astype(np.int64)
    empty = tiles == 0 if tileset.zero_empty else cells == np.iinfo(cells.dtype).max
    if np.any(tiles[~empty] >= count):
        return None
    blank = np.full((1, *tileset.pixels.shape[1:]), clear, np.uint8)
    pixels = np.concatenate([tileset.pixels, blank])[np.where(empty, count, tiles)]
    for diagonal, mirrored, upside_down in product((False, True), repeat=3):
        chosen = ~empty & (((cells & masks.diagonal) != 0) == diagonal)
        chosen &= (((cells & masks.x) != 0) == mirrored) & (((cells & masks.y) != 0) == upside_down)
        if (diagonal or mirrored or upside_down) and chosen.any():
            some = pixels[chosen]
            if diagonal:
                square = min(high, wide)
                turned = np.broadcast_to(blank, some.shape).copy()
                turned[:, :square, :square] = some[:, :square, :square].swapaxes(1, 2)
                some = turned
            some = some[:, :, ::-1] if mirrored else some
            pixels[chosen] = some[:, ::-1] if upside_down else some
    rows, columns = cells.shape
    return pixels.swapaxes(1, 2).reshape(rows * high, columns * wide, *pixels.shape[4:])
