"""PNG: indexed, with the palette in its order; APNG where there are several frames. The recipe is
kept as text."""

from __future__ import annotations

from collections.abc import Mapping

from pincel.art.sprite import Sprite
from pincel.pixels import encode

SUFFIXES = (".png",)
SOFT = True
UNDER = 1 << 24


def write(sprite: Sprite, name: str, text: Mapping[str, str]) -> list[tuple[str, bytes]]:
    """See `pincel.art.files`."""
    return [(".png", png_bytes(sprite, text))]


def png_bytes(sprite: Sprite, text: Mapping[str, str]) -> bytes:
    """The bytes of the PNG or APNG."""
    frames, palette = sprite.entries()
    if len(frames) == 1:
        return encode.indexed_png(frames[0], palette, text)
    return encode.apng(frames, palette, sprite.times(), text, sprite.plays)
