"""An edit at a glance: before, the place, after."""

from __future__ import annotations

import numpy as np

from pincel.art.sprite import Sprite
from pincel.art.sprite_files import preview_scale
from pincel.make.edits.editing import Edited
from pincel.pixels.encode import png

_PAPER, _MARK = 255, np.array([230, 60, 120], np.float32)
_SIDE, _GAP = 256, 16


def draw_edited(before: Sprite, edited: Edited) -> bytes:
    """PNG bytes: the sprite as it was, the pixels that were drawn anew, the sprite as it is."""
    after = edited.sprite
    scale = max(preview_scale(after) * _SIDE // 512, 1)
    shown, drawn = _shown(before, scale), _shown(after, scale)
    marked = (shown if shown.shape == drawn.shape else drawn).astype(np.float32)
    place = edited.drawn.repeat(scale, 0).repeat(scale, 1)
    marked[place] = marked[place] * 0.35 + _MARK * 0.65
    parts = [shown, marked.astype(np.uint8), drawn]
    high = max(part.shape[0] for part in parts) + 2 * _GAP
    wide = sum(part.shape[1] + _GAP for part in parts) + _GAP
    sheet = np.full((high, wide, 3), _PAPER, np.uint8)
    x = _GAP
    for part in parts:
        y = (high - part.shape[0]) // 2
        sheet[y : y + part.shape[0], x : x + part.shape[1]] = part
        x += part.shape[1] + _GAP
    return png(sheet)


def _shown(sprite: Sprite, scale: int) -> np.ndarray:
    """Enlarged over grey squares, (h, w, 3) uint8."""
    rgba = sprite.rgba(scale=scale)
    y, x = np.mgrid[0 : rgba.shape[0], 0 : rgba.shape[1]] // max(scale * 2, 8)
    ground = np.where(((x + y) % 2)[..., None], np.uint8(255), np.uint8(232)).repeat(3, -1)
    return np.where(rgba[..., 3:] > 0, rgba[..., :3], ground)
