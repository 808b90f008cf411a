"""GIF: the palette in its order, still or animated. The recipe is its comment. Its one transparent
entry holds one colour that lies under transparent pixels."""

from __future__ import annotations

from collections.abc import Mapping

from pincel.art.sprite import Sprite
from pincel.pixels import encode

SUFFIXES = (".gif",)
UNDER = 1


def write(sprite: Sprite, name: str, text: Mapping[str, str]) -> list[tuple[str, bytes]]:
    """See `pincel.art.files`."""
    comment = text.get("pincel", "")
    frames, palette, times = sprite.frames, sprite.palette, sprite.times()
    hidden = sprite.hidden()
    under = hidden[0].tolist() if len(hidden) == 1 else (0, 0, 0)
    return [(".gif", encode.gif(frames, palette, times, comment, sprite.plays, under))]
