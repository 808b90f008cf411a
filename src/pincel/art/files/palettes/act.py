"""Adobe's colour table, `.act`: 256 colours; four more bytes may tell how many are in use and which
one is transparent."""

from __future__ import annotations

import struct

import numpy as np

from pincel.art.files.palettes._values import color_rows, palette_of_numbers
from pincel.art.palettes import Palette

SUFFIX = ".act"
_NONE = 0xFFFF


def fits(data: bytes, suffix: str) -> float:
    """See `PaletteFormat`."""
    return 0.6 if suffix == SUFFIX else 0.0


def read(data: bytes, name: str) -> Palette:
    """The colours in use, without the transparent one."""
    if len(data) not in (768, 772):
        raise ValueError("a colour table has 768 or 772 bytes")
    colors = color_rows(data, 256, 3)
    if len(data) == 772:
        used, clear = struct.unpack_from(">HH", data, 768)
        colors = colors[: used or 256]
        if clear != _NONE and clear < len(colors):
            colors = np.delete(colors, clear, axis=0)
    else:  # without a count the unused rest is black
        last = np.flatnonzero(np.any(colors, axis=1))
        kept = int(last[-1]) + 1 if len(last) else 1
        colors = colors if kept == 255 else colors[:kept]
    return palette_of_numbers(name, colors, "Adobe ACT")


def write(palette: Palette) -> bytes:
    table = np.zeros((256, 3), np.uint8)
    table[: len(palette)] = palette.colors
    return table.tobytes() + struct.pack(">HH", len(palette), _NONE)
