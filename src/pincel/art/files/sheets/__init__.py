"""Sprite sheets as files: one file here is one format, with `SUFFIX`, `ENGINES` (what reads it,
as `pincel sheet --for` calls it) and `write(atlas, name) -> bytes`. The folder is the registry."""

from __future__ import annotations

import importlib
from collections.abc import Iterable
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Protocol, cast

from pincel.errors import PincelError

if TYPE_CHECKING:
    from pincel.art.atlas import Atlas


class SheetFormat(Protocol):
    """What a module of this folder has."""

    SUFFIX: str
    """How its file ends."""
    ENGINES: tuple[str, ...]
    """The engines whose own form this is; may be none."""

    def write(self, atlas: Atlas, name: str) -> bytes:
        """The file. `name`: what the sheet's files are called, without folder and suffix."""


@cache
def formats() -> tuple[str, ...]:
    """The names of all formats, the picture first, then in alphabetical order."""
    files = (f.name for f in resources.files(__name__).iterdir())
    names = {f[:-3] for f in files if f.endswith(".py") and f[0] != "_"}
    return ("png", *sorted(names - {"png"}))


def load(name: str) -> SheetFormat:
    """The module of a format. PincelError with the names there are when there is none."""
    if name not in formats():
        raise PincelError("sheet.format", format=name, formats=", ".join(formats()))
    return cast("SheetFormat", importlib.import_module(f"{__name__}.{name}"))


@cache
def engines() -> dict[str, str]:
    """Engine -> the format that it reads."""
    return {engine: name for name in formats() for engine in load(name).ENGINES}


def atlas_files(
    atlas: Atlas, name: str, wanted: Iterable[str] = ("png", "json")
) -> list[tuple[str, bytes]]:
    """The sheet as (suffix, bytes): the picture and, by name, what engines read beside it.

    name  what the files will be called, without folder and suffix: they point to each other

    Of two formats with the same suffix the later one is called by its name as well (".pixi.json",
    ".plain.json").
    """
    made: dict[str, bytes] = {}
    for one in dict.fromkeys(wanted):
        form = load(one)
        suffix = form.SUFFIX
        if suffix in made:
            suffix = f".{'plain' if one == 'json' else one}{suffix}"
        made[suffix] = form.write(atlas, name)
    return list(made.items())
