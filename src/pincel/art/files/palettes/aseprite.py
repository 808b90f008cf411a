"""The palette of an Aseprite file, `.aseprite` or `.ase`."""

from __future__ import annotations

from pincel.art.files.palettes.png import read as colors_of_picture
from pincel.art.palettes import Palette

SUFFIX = ".aseprite"


def fits(data: bytes, suffix: str) -> float:
    """See `PaletteFormat`."""
    return 1.0 if data[4:6] == b"\xe0\xa5" else 0.0


def read(data: bytes, name: str) -> Palette:
    from pincel.pixels.aseprite import read_aseprite

    read = read_aseprite(data, name)
    if not len(read.palette):  # RGBA and grey files need not have one
        return colors_of_picture(data, name)
    return Palette(name, read.palette, "Aseprite")
