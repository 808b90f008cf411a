"""APNG under its own suffix: what `png` writes, for viewers that look at the name."""

from __future__ import annotations

from collections.abc import Mapping

from pincel.art.files.sprites.png import png_bytes
from pincel.art.sprite import Sprite

SUFFIXES = (".apng",)
SOFT = True
UNDER = 1 << 24


def write(sprite: Sprite, name: str, text: Mapping[str, str]) -> list[tuple[str, bytes]]:
    """See `pincel.art.files`."""
    return [(".apng", png_bytes(sprite, text))]
