"""Bare red, green, blue bytes, `.pal` as emulators keep them: the 64 colours of a NES, the 256 of a
VGA, or a NES's 64 eight times over, once for each setting of its three emphasis bits (1,536 bytes),
of which the first 64, without emphasis, are the palette."""

from __future__ import annotations

from pincel.art.files.palettes._values import color_rows, palette_of_numbers
from pincel.art.palettes import Palette

SUFFIX = ".pal"
_COLORS = {192: 64, 768: 256, 1536: 64}


def fits(data: bytes, suffix: str) -> float:
    """See `PaletteFormat`."""
    return 0.6 if suffix == SUFFIX and len(data) in _COLORS else 0.0


def read(data: bytes, name: str) -> Palette:
    """As many colours as a file of this length holds."""
    return palette_of_numbers(name, color_rows(data, _COLORS[len(data)], 3), "PAL")
