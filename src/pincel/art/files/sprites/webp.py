"""WebP, lossless, still or animated."""

from __future__ import annotations

from collections.abc import Mapping

from pincel.art.sprite import Sprite
from pincel.pixels import encode

SUFFIXES = (".webp",)
SOFT = True
UNDER = 1 << 24


def write(sprite: Sprite, name: str, text: Mapping[str, str]) -> list[tuple[str, bytes]]:
    """See `pincel.art.files`."""
    frames = [sprite.rgba(number) for number in range(len(sprite.frames))]
    return [(".webp", encode.webp(frames, sprite.times(), sprite.plays))]
