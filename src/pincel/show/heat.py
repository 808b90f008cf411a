"""A heat map laid over its picture so that both can be read: the picture turns grey and stays
visible, the heat covers it only where it is strong."""

from __future__ import annotations

import numpy as np
from matplotlib.colors import LinearSegmentedColormap
from PIL import Image

FOR = LinearSegmentedColormap.from_list(
    "pincel-for", ["#ffffff", "#ffdf85", "#f3722c", "#c81d25", "#7a0f1c"]
)
"""What speaks for a class: white, yellow, orange, dark red."""
AGAINST = LinearSegmentedColormap.from_list(
    "pincel-against", ["#ffffff", "#8cc0f4", "#2f7fd6", "#1b4fa0", "#10295c"]
)
"""What speaks against it: white to dark blue."""


def picture_rgb(values: np.ndarray) -> np.ndarray:
    """A network's picture (h, w, c) of any type as something to look at, (h, w, 3) uint8: one
    channel as grey, else the first three as red, green and blue (of two, nothing is blue)."""
    values = np.asarray(values)
    if values.ndim == 2:
        values = values[..., None]
    shown = values[..., :1].repeat(3, -1) if values.shape[-1] == 1 else values[..., :3]
    if shown.shape[-1] == 2:
        shown = np.concatenate([shown, np.zeros_like(shown[..., :1])], -1)
    if shown.dtype == np.uint8:
        return shown
    if shown.dtype == np.uint16:
        return (shown // 257).astype(np.uint8)
    low, high = float(shown.min()), float(shown.max())
    if low < 0 or high > 1:
        shown = (shown - low) / ((high - low) or 1.0)
    return np.rint(np.clip(shown, 0, 1) * 255).astype(np.uint8)


def overlaid(
    picture: np.ndarray, heat: np.ndarray, color_map: object = FOR, side: int = 448
) -> np.ndarray:
    """Picture (h, w, 3) uint8 and heat (h, w) 0-1 of any size as one picture, longer side about
    `side`: whole copies of each pixel, the heat smooth between its cells."""
    height, width = picture.shape[:2]
    scale = max(1, round(side / max(height, width)))
    size = (width * scale, height * scale)
    base = picture.repeat(scale, 0).repeat(scale, 1) / 255
    held = Image.fromarray(np.asarray(heat, np.float32))
    level = np.clip(np.asarray(held.resize(size, Image.Resampling.BILINEAR)), 0, 1)[..., None]
    grey = (base @ np.array((0.299, 0.587, 0.114)))[..., None]
    grey = 0.12 + 0.88 * (0.75 * grey + 0.25 * base)
    cover = np.clip(level * 1.5, 0, 1) ** 1.2 * 0.62
    color = color_map(level[..., 0])[..., :3]  # type: ignore[operator]
    # the picture's own light and dark goes on under the colour
    shaded = color * (0.55 + 0.6 * grey)
    mixed = grey * (1 - cover) + np.clip(shaded, 0, 1) * cover
    return np.rint(np.clip(mixed, 0, 1) * 255).astype(np.uint8)
