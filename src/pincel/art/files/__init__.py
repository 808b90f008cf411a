"""Formats of files. One file is one format, in the folder of what it holds: `sprites` (one sprite,
still or animated), `sheets` (many sprites packed into one picture) and `palettes`. What can be
read and written is asked of the folder; asking loads none of the formats, so that a job can list
them.

A format of a sprite has

    SUFFIXES                   how its files end, in small letters; () where `write` says so alone
    SOFT                       True where it holds the alphas of a sprite; what lacks it does not
    UNDER                      how many colours it holds under transparent pixels; what lacks it, 0
    write(sprite, name, text)  [(suffix, bytes), ...]; `name` is what the files will be called where
                               they name each other; `text` is kept in the file where it has room

A format of a sheet has

    SUFFIX                     how its file ends
    write(atlas, name)         its bytes; `name` is what the sheet's files are called, to which it
                               points

A format of a palette is `palettes.PaletteFormat`: it reads, most of them write.
"""

from __future__ import annotations

import importlib
import re
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import ModuleType
from typing import TYPE_CHECKING, Literal

from pincel.errors import PincelError


@dataclass(frozen=True)
class Formats:
    """The formats of one folder, as Python imports it."""

    package: str

    def names(self) -> tuple[str, ...]:
        """The names of all formats: PNG, then in alphabetical order."""
        return _names(self.package)

    def writing(self) -> tuple[str, ...]:
        """The names of those that write."""
        return self.saying(r"def write\(")

    def saying(self, line: str) -> tuple[str, ...]:
        """The names of those with a line that begins so (a regular expression): asking imports none
        of them, nor numpy."""
        return _saying(self.package, line)

    def load(self, name: str) -> ModuleType:
        """The module of a format that `names` lists."""
        return importlib.import_module(f"{self.package}.{name}")

    def by_suffix(self) -> dict[str, ModuleType]:
        """Suffix -> the format that writes it; in a folder whose formats have `SUFFIXES`."""
        modules = [self.load(name) for name in self.names()]
        return {suffix: module for module in modules for suffix in module.SUFFIXES}


@cache
def _names(package: str) -> tuple[str, ...]:
    files = (f.name for f in resources.files(package).iterdir())
    names = {f[:-3] for f in files if f.endswith(".py") and f[0] != "_"}
    return tuple(sorted(names, key=lambda name: (name != "png", name)))


@cache
def _saying(package: str, line: str) -> tuple[str, ...]:
    folder = resources.files(package)
    sources = {name: (folder / f"{name}.py").read_text("utf-8") for name in _names(package)}
    return tuple(name for name, text in sources.items() if re.search(f"^{line}", text, re.M))


SPRITES = Formats(f"{__name__}.sprites")
SHEETS = Formats(f"{__name__}.sheets")
PALETTES = Formats(f"{__name__}.palettes")


def sprite_formats() -> tuple[str, ...]:
    """What a sprite can be written as, by name: its own formats, then those of its palette. Two
    are neither: a palette's `.png` is its own, and `.ase` is Aseprite's for a sprite, Adobe's for
    a palette."""
    others = (name for name in palette_formats() if name not in (*SPRITES.names(), "ase"))
    return (*SPRITES.names(), *others)


def needs_hard(name: str) -> None:
    """PincelError where a format of a sprite, by name, holds no half-transparent pixels."""
    if name in SPRITES.names() and not getattr(SPRITES.load(name), "SOFT", False):
        able = [one for one in SPRITES.names() if getattr(SPRITES.load(one), "SOFT", False)]
        raise PincelError("pixelate.soft_format", format=name, formats=", ".join(able))


def palette_formats() -> tuple[str, ...]:
    """What a palette can be written as, by name."""
    return PALETTES.writing()


def sheet_formats() -> tuple[str, ...]:
    """What can be written beside the picture of a sheet, by name."""
    return tuple(name for name in SHEETS.names() if name != "png")


if TYPE_CHECKING:
    SpriteFormat = str
    SheetFormat = str
    PaletteFormat = str
else:  # the choices of a job's setting
    SpriteFormat = Literal[sprite_formats()]
    SheetFormat = Literal[sheet_formats()]
    PaletteFormat = Literal[palette_formats()]
