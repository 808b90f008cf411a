"""All frames of a sprite in one PNG, and the JSON that tells where they are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from pincel.art.atlas import Atlas, atlas_files, pack
from pincel.art.sprite import Sprite

SUFFIXES = ()
SOFT = True
UNDER = 1 << 24


def write(sprite: Sprite, name: str, text: Mapping[str, str]) -> list[tuple[str, bytes]]:
    """See `pincel.art.files`."""
    return _written(sprite, name, ("png", "json"))


def for_engines(sprite: Sprite, name: str, engines: Iterable[str]) -> list[tuple[str, bytes]]:
    """The same with what these engines read beside it, (suffix, bytes) each; animations are called
    by `name` and their tags."""
    return _written(replace(sprite, name=name), name, ("png", *engines))


def packed(sprite: Sprite) -> Atlas:
    """All frames in one sheet: a row for each tag, or one row where no tag has several frames."""
    still = all(tag.first == tag.last for tag in sprite.tags)
    if still:
        return pack([sprite], layout="grid", columns=len(sprite.frames), padding=0)
    return pack([sprite], layout="rows", padding=0)


def files_of_sheet(atlas: Atlas, name: str, wanted: Iterable[str]) -> list[tuple[str, bytes]]:
    """A sheet called `name` and what is `wanted` of it by name, (suffix, bytes) each."""
    return atlas_files(atlas, name, wanted)


def _written(sprite: Sprite, name: str, wanted: Iterable[str]) -> list[tuple[str, bytes]]:
    atlas = pack([sprite], layout="rows", padding=0)
    return [
        (f".sheet{suffix}", data) for suffix, data in files_of_sheet(atlas, f"{name}.sheet", wanted)
    ]
