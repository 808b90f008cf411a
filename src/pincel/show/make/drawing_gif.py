"""How a drawing comes about, as a GIF: what is still hidden is grey."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from pincel.pixels import encode

if TYPE_CHECKING:
    from pincel.art.sprite import Sprite
    from pincel.make.words.sketching import DrawingLook

_SIDE = 256
_HIDDEN = (196, 202, 212)
_EACH, _LAST = 140, 1800
_MOST = 255
"""Colours of a GIF, one place left for transparent."""


def growing(draw: Callable[[Callable[[DrawingLook], None]], Sprite]) -> bytes:
    """A GIF of about 256 pixels: every look at the picture, then the result."""
    looks: list[DrawingLook] = []
    sprite = draw(looks.append)
    frames = [_shown(look) for look in looks] + [sprite.rgba()]
    palette, indexed = _in_few(frames)
    large = [_enlarged(index) for index in indexed]
    return encode.gif(large, palette, [_EACH] * len(looks) + [_LAST])


def _in_few(frames: list[np.ndarray]) -> tuple[np.ndarray, list[np.ndarray]]:
    """A palette of at most 255 colours, and the frames (s, s, 4) as its entries, -1 transparent.
    The colours of the last frame stay; what comes before has more and is brought to near ones."""
    kept = np.unique(_opaque(frames[-1]), axis=0)
    others = np.unique(np.concatenate([_opaque(frame) for frame in frames]), axis=0)
    palette = others
    if len(others) > _MOST:
        strip = Image.fromarray(np.concatenate([_opaque(frame) for frame in frames])[None])
        room = _MOST - len(kept)
        few = strip.quantize(room, dither=Image.Dither.NONE).getpalette() or []
        rest = np.array(few, np.uint8).reshape(-1, 3)[:room]
        palette = np.unique(np.concatenate([kept, rest]), axis=0)
    if not len(palette):
        palette = np.zeros((1, 3), np.uint8)
    found = []
    for frame in frames:
        index = np.full(frame.shape[:2], -1, np.int16)
        opaque = frame[..., 3] > 0
        far = (_opaque(frame)[:, None].astype(int) - palette[None].astype(int)) ** 2
        index[opaque] = far.sum(-1).argmin(-1)
        found.append(index)
    return palette, found


def _opaque(frame: np.ndarray) -> np.ndarray:
    return frame[frame[..., 3] > 0][:, :3]


def _enlarged(index: np.ndarray) -> np.ndarray:
    times = _SIDE // index.shape[0]
    return index.repeat(times, 0).repeat(times, 1)


def _shown(look: DrawingLook) -> np.ndarray:
    shown = look.rgba.copy()
    shown[look.hidden] = (*_HIDDEN, 255)
    return shown
