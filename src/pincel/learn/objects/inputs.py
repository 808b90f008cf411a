"""From a picture to what a network of boxes or masks sees, the same way in training and ever after.
numpy and Pillow alone.

The facts (`Model.about["prepare"]`) are `channels`, and for boxes `scale`: pixels of the network to
a pixel of the picture, so that things are as large as those it learned from. For masks brightness
is brought to the picture's own: its median becomes 0, and the span from its 1st to its 99.8th
percentile 3. Without that, dark fluorescence and bright stained sections are learned at odds.
Where so few things lie on so much ground that both percentiles are ground, the span is that of all
pixels but the brightest few (csbdeep 0.8.2 divides by 1e-20 there, cellpose 4.2.1.1 by nothing: the
picture becomes 0).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from PIL import Image

STEP = 16
_MIDDLE = 128  # between black and white
_LOW, _HIGH, _SPAN, _MOST = 1.0, 99.8, 3.0, 3.6
_SPARSE, _HOT = 12, 16
"""The percentiles are ground where their span is so many times smaller than that of all pixels but
this many (hot ones, dust). Of 664 pictures of nuclei none comes nearer than 5.5 times."""


def rgb_of(picture: Any) -> np.ndarray:
    """An opened picture (`pixels.picture.Picture`) as (h, w, 3) uint8; what alpha hides, black."""
    rgba = picture.rgba
    clear = rgba[..., 3:] == 0
    return np.where(clear, 0, rgba[..., :3]).astype(np.uint8) if clear.any() else rgba[..., :3]


def scaled(rgb: np.ndarray, scale: float) -> np.ndarray:
    """`rgb` (h, w, 3) uint8 at this scale, each pixel the mean of those it covers."""
    if scale == 1:
        return rgb
    times = round(1 / scale)
    if times > 1 and scale * times == 1 and not any(side % times for side in rgb.shape[:2]):
        return np.asarray(Image.fromarray(rgb).reduce(times))  # the same means in half the time
    height, width = (max(1, round(side * scale)) for side in rgb.shape[:2])
    way = Image.Resampling.BOX if scale < 1 else Image.Resampling.BICUBIC
    return np.asarray(Image.fromarray(rgb).resize((width, height), way))


def for_boxes(rgb: np.ndarray) -> np.ndarray:
    """`rgb` (h, w, 3) uint8 as (h, w, 3) float32, -1 to 1."""
    return rgb.astype(np.float32) / 127.5 - 1


def for_masks(rgb: np.ndarray, levels: tuple[np.ndarray, float] | None = None) -> np.ndarray:
    """`rgb` (h, w, 3) uint8 as (h, w, 3) float32, brought to its own median and span, or to those
    of the picture that it is a part of (`levels`: median (3,) float32, and span)."""
    middle, span = levels or levels_of(rgb)
    values = (rgb.astype(np.float32) - middle) * np.float32(_SPAN / span)
    return np.clip(values, -_MOST, _MOST)


def levels_of(rgb: np.ndarray) -> tuple[np.ndarray, float]:
    """The median of each channel of (h, w, 3) uint8, (3,) float32, and the span of all together,
    from counts of levels, so that a large picture costs no copy."""
    counts = np.stack([np.bincount(rgb[..., k].ravel(), minlength=256) for k in range(3)])
    middle = np.array([_at(one, 50) for one in counts], np.float32)
    whole = counts.sum(0)
    low = _at(whole, _LOW)
    span, every = _at(whole, _HIGH) - low, _all_but_hot(whole) - low
    return middle, max(every if span * _SPARSE < every else span, 1.0)


def _at(counts: np.ndarray, percent: float) -> float:
    """The level below which so many percent lie."""
    return float(np.searchsorted(np.cumsum(counts), percent / 100 * counts.sum()))


def _all_but_hot(counts: np.ndarray) -> float:
    """The level that all values but those of the brightest `_HOT` pixels are at or below."""
    return float(np.searchsorted(np.cumsum(counts), counts.sum() - 3 * _HOT))


def framed(values: np.ndarray, blank: bool, step: int = STEP) -> np.ndarray:
    """`values` (h, w, c) of any type, with sides that are multiples of 16, or of `step`: zeros
    below and to the right, or mirrored."""
    height, width = values.shape[:2]
    beyond = ((0, -height % step), (0, -width % step), (0, 0))
    return np.pad(values, beyond) if blank else np.pad(values, beyond, mode="symmetric")


def given(values: np.ndarray) -> np.ndarray:
    """`values` (h, w, c) of any type as (1, c, h, w)."""
    return np.ascontiguousarray(values.transpose(2, 0, 1)[None])


def shown_boxes(rgb: np.ndarray) -> np.ndarray:
    """`rgb` (h, w, 3) uint8, at its scale, as a network of boxes sees it: (1, 3, h, w) float32, its
    sides multiples of 16."""
    return given(framed(for_boxes(rgb), blank=True))


def stored(picture: Any, wanted: Mapping[str, Any]) -> np.ndarray:
    """An opened picture at the network's scale, with sides that are multiples of 16, (h, w, 3)
    uint8."""
    rgb = scaled(rgb_of(picture), float(wanted.get("scale", 1.0)))
    if wanted["things"] == "masks":
        return framed(rgb, blank=False)
    height, width = rgb.shape[:2]
    beyond = ((0, -height % STEP), (0, -width % STEP), (0, 0))
    return np.pad(rgb, beyond, constant_values=_MIDDLE)


def network_input(rgb: np.ndarray, wanted: Mapping[str, Any]) -> np.ndarray:
    """`rgb` (h, w, 3) uint8, as `stored` gives it, as it is read: (1, 3, h, w) float32."""
    return given(for_masks(rgb) if wanted["things"] == "masks" else for_boxes(rgb))


def finder_facts(kind: str, scale: float = 1.0) -> Mapping[str, Any]:
    """What a model's file says of it."""
    return {"channels": 3, "type": "uint8", "things": kind, "scale": scale}
