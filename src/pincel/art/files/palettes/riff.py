"""Microsoft's palette, `.pal` beginning with "RIFF": its chunk "data" holds them."""

from __future__ import annotations

import struct

from pincel.art.files.palettes._values import color_rows, palette_of_numbers
from pincel.art.palettes import Palette

SUFFIX = ".pal"


def fits(data: bytes, suffix: str) -> float:
    """See `PaletteFormat`."""
    return 1.0 if data.startswith(b"RIFF") and data[8:12] == b"PAL " else 0.0


def read(data: bytes, name: str) -> Palette:
    """Entries are red, green, blue and flags."""
    at = data.index(b"data", 12)
    count = struct.unpack_from("<H", data, at + 10)[0]
    return palette_of_numbers(name, color_rows(data[at + 12 :], count, 4), "RIFF")
