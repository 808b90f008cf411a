"""Palettes as files: one file here is one format. The folder is the registry: what can be read and
written, for jobs, help and sentences, is asked of it.

What a file is, is told from its bytes; its name only helps where bytes cannot tell.
"""

from __future__ import annotations

import struct
from functools import cache
from pathlib import PurePath
from typing import TYPE_CHECKING, Protocol, cast

from pincel.art.files import PALETTES, palette_formats
from pincel.errors import PincelError

if TYPE_CHECKING:
    from pincel.art.palettes import Palette

MOST_COLORS = 256


class PaletteFormat(Protocol):
    """What a module of this folder has. Besides, `ALSO`: more suffixes that it reads, and `write`,
    unless the format is only read."""

    SUFFIX: str
    """How its file ends."""

    def fits(self, data: bytes, suffix: str) -> float:
        """How sure it is that these bytes, in a file of this suffix (lower case), are its own: 1 by
        their signature, 0.5 by the name, less for a guess, 0 for no."""

    def read(self, data: bytes, name: str) -> Palette:
        """The colours in their order, as stored, without those that nobody sees (alpha 0). Any of
        ValueError, LookupError, struct.error, TypeError and OverflowError for damage."""


class WrittenFormat(PaletteFormat, Protocol):
    """A format that is written too; its file is called by its name: `.gpl` is `gpl`."""

    def write(self, palette: Palette) -> bytes:
        """The file, of 1 to 256 colours."""


@cache
def readable() -> tuple[str, ...]:
    """The suffixes of what can be read."""
    modules = [PALETTES.load(name) for name in PALETTES.names()]
    return tuple(sorted({s for one in modules for s in (one.SUFFIX, *getattr(one, "ALSO", ()))}))


@cache
def own_suffixes() -> tuple[str, ...]:
    """The suffixes of files that hold a palette and nothing else to look at; a picture's palette is
    one of its colours, and which, is asked of the picture."""
    return tuple(suffix for suffix in readable() if suffix not in (".png", ".gif"))


@cache
def palette_suffixes() -> tuple[str, ...]:
    """The suffixes of what can be written."""
    return tuple(f".{name}" for name in palette_formats())


def read_palette(data: bytes, name: str) -> Palette:
    """The palette in the bytes of a file called `name`: its colours in their order, as stored;
    entries of alpha 0, which nobody sees, are left out in every format.

    PincelError where there is none, where the file is damaged, or where it has more than 256.
    """
    path = PurePath(name)
    suffix = path.suffix.lower()
    forms = [cast("PaletteFormat", PALETTES.load(one)) for one in PALETTES.names()]
    reader = max(forms, key=lambda one: one.fits(data, suffix))
    try:
        palette = reader.read(data, path.stem or "palette")
    except PincelError:  # a ValueError too
        raise
    except (
        ValueError,
        LookupError,
        struct.error,
        TypeError,
        OverflowError,
        RecursionError,
    ) as error:
        raise PincelError("palette.broken", name=path.name) from error
    if len(palette) == 0:
        raise PincelError("palette.empty", name=path.name)
    if len(palette) > MOST_COLORS:
        raise PincelError("palette.too_many", name=path.name, count=len(palette), most=MOST_COLORS)
    return palette


def write_palette(palette: Palette, suffix: str) -> bytes:
    """The palette as a file of this suffix, one of `palette_suffixes()`."""
    wanted = suffix.lower() if suffix.startswith(".") else f".{suffix.lower()}"
    if wanted not in palette_suffixes():
        raise PincelError("palette.format", format=suffix, formats=" ".join(palette_suffixes()))
    if not 1 <= len(palette) <= MOST_COLORS:
        raise PincelError(
            "palette.too_many", name=palette.name, count=len(palette), most=MOST_COLORS
        )
    return cast("WrittenFormat", PALETTES.load(wanted[1:])).write(palette)
