"""All frames of a sprite in one PNG, and the JSON that tells where they are."""

from __future__ import annotations

from collections.abc import Mapping

from pincel.art.atlas import atlas_files, pack
from pincel.art.sprite import Sprite

SUFFIXES = ()
SOFT = True
UNDER = 1 << 24


def write(sprite: Sprite, name: str, text: Mapping[str, str]) -> list[tuple[str, bytes]]:
    """See `pincel.art.files`."""
    atlas = pack([sprite], layout="rows", padding=0)
    made = atlas_files(atlas, f"{name}.sheet")
    return [(f".sheet{suffix}", data) for suffix, data in made]
