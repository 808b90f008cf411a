"""Adobe Swatch Exchange, `.ase` beginning with "ASEF": named colours in RGB, CMYK, grey, CIELAB."""

from __future__ import annotations

import struct

import numpy as np

from pincel.art.files.palettes._values import from_cmyk, from_floats, from_lab, palette_of_numbers
from pincel.art.palettes import Palette

SUFFIX = ".ase"


def fits(data: bytes, suffix: str) -> float:
    """See `PaletteFormat`."""
    return 1.0 if data.startswith(b"ASEF") else 0.0


def read(data: bytes, name: str) -> Palette:
    """Adobe Swatch Exchange: blocks of named colours in RGB, CMYK, grey or CIE Lab."""
    count = struct.unpack_from(">I", data, 8)[0]
    colors, at = [], 12
    for _ in range(min(count, len(data) // 6)):
        kind, length = struct.unpack_from(">HI", data, at)
        if kind == 1:
            letters = struct.unpack_from(">H", data, at + 6)[0]
            colors.append(_color(data, at + 8 + 2 * letters))
        at += 6 + length
    return palette_of_numbers(name, colors, "Adobe ASE")


def _color(data: bytes, at: int) -> np.ndarray:
    model = data[at : at + 4].strip().upper()
    count = {b"RGB": 3, b"CMYK": 4, b"GRAY": 1, b"LAB": 3}[model]
    values = struct.unpack_from(f">{count}f", data, at + 4)
    if model == b"CMYK":
        values = from_cmyk(*values)
    elif model == b"LAB" and np.all(np.isfinite(values)):
        values = from_lab(values[0] * 100, values[1], values[2])
    elif model == b"GRAY":
        values = values * 3
    return from_floats([values])[0]


def write(palette: Palette) -> bytes:
    blocks = []
    for code, color in zip(palette.hexes, palette.colors, strict=True):
        label = code.encode("utf-16-be") + b"\0\0"
        body = struct.pack(">H", len(label) // 2) + label + b"RGB "
        body += struct.pack(">3fH", *(color / 255.0), 2)
        blocks.append(struct.pack(">HI", 1, len(body)) + body)
    return b"ASEF" + struct.pack(">HHI", 1, 0, len(blocks)) + b"".join(blocks)
