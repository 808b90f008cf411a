"""How a drawing comes about, as a GIF: what is still hidden is grey."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from pincel.pixels import encode

if TYPE_CHECKING:
    from pincel.art.sprite import Sprite
    from pincel.make.draw import Look

_SIDE = 256
_HIDDEN = (196, 202, 212)
_EACH, _LAST = 140, 1800


def growing(draw: Callable[[Callable[[Look], None]], Sprite]) -> bytes:
    """A GIF of about 256 pixels: every look at the picture, then the result."""
    looks: list[Look] = []
    sprite = draw(looks.append)
    frames = [_shown(look) for look in looks] + [sprite.rgba()]
    colors: dict[bytes, int] = {}
    indexed = []
    for rgba in frames:
        rgba = rgba.repeat(_SIDE // rgba.shape[0], 0).repeat(_SIDE // rgba.shape[1], 1)
        flat = rgba.reshape(-1, 4)
        index = np.full(len(flat), -1, np.int16)
        for color in np.unique(flat[flat[:, 3] > 0][:, :3], axis=0):
            place = colors.setdefault(color.tobytes(), len(colors))
            index[(flat[:, :3] == color).all(1) & (flat[:, 3] > 0)] = place
        indexed.append(index.reshape(rgba.shape[:2]))
    palette = np.array([list(color) for color in colors], np.uint8).reshape(-1, 3)
    durations = [_EACH] * len(looks) + [_LAST]
    return encode.gif(indexed, palette, durations)


def _shown(look: Look) -> np.ndarray:
    shown = look.rgba.copy()
    shown[look.hidden] = (*_HIDDEN, 255)
    return shown
