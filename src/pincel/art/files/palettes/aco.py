"""Photoshop's colour swatches, `.aco`: 16-bit values in one of several colour spaces, twice over: a
section of version 1, and one of version 2 with names.

Grey is told as ink, 0 to 10,000: "75% Gray" of Photoshop's own swatches is 7,500, and GIMP reads it
so. CMYK is told the other way round: 0 is full ink.
"""

from __future__ import annotations

import colorsys
import struct

import numpy as np

from pincel.art.files.palettes._values import from_cmyk, from_floats, from_lab, palette_of_numbers
from pincel.art.palettes import Palette

SUFFIX = ".aco"
_RGB, _HSB, _CMYK, _LAB, _GREY, _WIDE_CMYK = 0, 1, 2, 7, 8, 9
_FULL = 65_535


def fits(data: bytes, suffix: str) -> float:
    """See `PaletteFormat`."""
    return 0.6 if suffix == SUFFIX else 0.0


def read(data: bytes, name: str) -> Palette:
    """The section of version 1, or of version 2 where it stands alone."""
    version, count = struct.unpack_from(">HH", data)
    if version not in (1, 2):
        raise ValueError("no version of colour swatches")
    colors, at = [], 4
    for _ in range(count):
        colors.append(_color(*struct.unpack_from(">H4H", data, at)))
        at += 10
        if version == 2:
            letters = struct.unpack_from(">I", data, at)[0]
            at += 4 + 2 * letters
    return palette_of_numbers(name, from_floats(colors), "Adobe ACO")


def write(palette: Palette) -> bytes:
    """Both sections, in RGB; a colour's name is its code."""
    first, second = [], []
    for color, code in zip(palette.colors.astype(int), palette.hexes, strict=True):
        value = struct.pack(">5H", _RGB, *(color * 257), 0)
        letters = code.encode("utf-16-be") + b"\0\0"
        first.append(value)
        second.append(value + struct.pack(">I", len(letters) // 2) + letters)
    count = len(palette)
    one, two = struct.pack(">HH", 1, count), struct.pack(">HH", 2, count)
    return one + b"".join(first) + two + b"".join(second)


def _color(space: int, *values: int) -> tuple[float, ...]:
    """sRGB 0-1 of one entry."""
    if space == _RGB:
        return tuple(value / _FULL for value in values[:3])
    if space == _HSB:
        return colorsys.hsv_to_rgb(*(value / _FULL for value in values[:3]))
    if space == _CMYK:
        return from_cmyk(*(1 - value / _FULL for value in values))
    if space == _LAB:
        signed = np.array(values[1:3], np.uint16).astype(np.int16) / 100
        return from_lab(values[0] / 100, float(signed[0]), float(signed[1]))
    if space == _GREY:
        return (1 - values[0] / 10_000,) * 3
    if space == _WIDE_CMYK:
        return from_cmyk(*(value / 10_000 for value in values))
    raise ValueError(f"a colour of a book that only Photoshop holds ({space})")
