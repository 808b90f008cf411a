"""PNG: indexed, with the palette in its order; APNG where there are several frames. The recipe is
kept as text."""

from __future__ import annotations

from collections.abc import Mapping

from pincel.art.sprite import Sprite
from pincel.pixels import encode

SUFFIXES = (".png",)


def write(sprite: Sprite, name: str, text: Mapping[str, str]) -> list[tuple[str, bytes]]:
    """See `pincel.art.files`."""
    return [(".png", encoded(sprite, text))]


def encoded(sprite: Sprite, text: Mapping[str, str]) -> bytes:
    """The bytes of the PNG or APNG."""
    if len(sprite.frames) == 1:
        return encode.indexed_png(sprite.indices, sprite.palette, text)
    return encode.apng(sprite.frames, sprite.palette, sprite.times(), text, sprite.plays)
