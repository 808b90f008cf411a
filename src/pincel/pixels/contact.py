"""Small pictures in rows, as one picture."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np


def picture_grid(pictures: np.ndarray, across: int = 8, gap: int = 1) -> np.ndarray:
    """Pictures (n, h, w, c) uint8 in rows, (height, width, 4); what is between is transparent."""
    count, height, width, _ = pictures.shape
    across = min(across, count)
    down = -(-count // across)
    rgba = as_rgba(pictures)
    whole = np.zeros((down * (height + gap) - gap, across * (width + gap) - gap, 4), np.uint8)
    for place, picture in enumerate(rgba):
        y, x = place // across * (height + gap), place % across * (width + gap)
        whole[y : y + height, x : x + width] = picture
    return whole


def as_rgba(pictures: np.ndarray | Sequence[np.ndarray]) -> np.ndarray:
    """Pictures (n, h, w, 1, 3 or 4) uint8 as (n, h, w, 4)."""
    values = np.asarray(pictures)
    if values.shape[-1] == 4:
        return values
    colors = values[..., :3] if values.shape[-1] >= 3 else values[..., :1].repeat(3, -1)
    return np.concatenate([colors, np.full_like(colors[..., :1], 255)], -1)
