"""GIF: the palette in its order, still or animated. The recipe is its comment."""

from __future__ import annotations

from collections.abc import Mapping

from pincel.art.sprite import Sprite
from pincel.pixels import encode

SUFFIXES = (".gif",)


def write(sprite: Sprite, name: str, text: Mapping[str, str]) -> list[tuple[str, bytes]]:
    """See `pincel.art.files`."""
    comment = text.get("pincel", "")
    frames, palette, times = sprite.frames, sprite.palette, sprite.times()
    return [(".gif", encode.gif(frames, palette, times, comment, sprite.plays))]
