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
_AT_ONCE = 1 << 15  # values of a picture that are added at once
_MANY = 1 << 18  # pixels whose levels are counted at once
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
    if scale == 0.5 and not any(side % 2 for side in rgb.shape[:2]):
        return _halved(rgb)
    times = round(1 / scale)
    if times > 1 and scale * times == 1 and not any(side % times for side in rgb.shape[:2]):
        return np.asarray(Image.fromarray(rgb).reduce(times))  # the same means in half the time
    height, width = (max(1, round(side * scale)) for side in rgb.shape[:2])
    way = Image.Resampling.BOX if scale < 1 else Image.Resampling.BICUBIC
    return np.asarray(Image.fromarray(rgb).resize((width, height), way))


def _halved(rgb: np.ndarray) -> np.ndarray:
    """`rgb` (h, w, 3) uint8 of even sides with half of them, to the same means, a half rounded up,
    in a fraction of the time: rows are added as they lie."""
    height, width = rgb.shape[:2]
    found = np.empty((height // 2, 3 * width), np.uint8)
    rows = max(1, _AT_ONCE // (3 * width))  # memory that is asked for anew takes longer than adding
    for top in range(0, len(found), rows):
        own = rgb[2 * top : 2 * (top + rows)]
        two = np.add(own[0::2], own[1::2], dtype=np.uint16).reshape(-1, 3 * width)
        four = two[:, :-3] + two[:, 3:]
        four += 2
        four >>= 2
        found[top : top + rows, :-3] = four
    return found.reshape(height // 2, width // 2, 6)[..., :3]


def for_boxes(rgb: np.ndarray) -> np.ndarray:
    """`rgb` (h, w, 3) uint8 as (h, w, 3) float32, -1 to 1."""
    return rgb.astype(np.float32) / 127.5 - 1


def for_masks(rgb: np.ndarray, levels: tuple[np.ndarray, float] | None = None) -> np.ndarray:
    """`rgb` (h, w, 3) uint8 as (h, w, 3) float32, brought to its own median and span, or to those
    of the picture that it is a part of (`levels`: median (3,) float32, and span)."""
    middle, span = levels or levels_of(rgb)
    planes = np.empty((3, *rgb.shape[:2]), np.float32)
    for k, plane in enumerate(planes):
        if k and middle[k] == middle[0] and np.array_equal(rgb[..., k], rgb[..., 0]):
            plane[:] = planes[0]
            continue
        np.subtract(rgb[..., k], middle[k], out=plane, dtype=np.float32)
        plane *= np.float32(_SPAN / span)
        np.clip(plane, -_MOST, _MOST, out=plane)
    return planes.transpose(1, 2, 0)


def levels_of(rgb: np.ndarray) -> tuple[np.ndarray, float]:
    """The median of each channel of (h, w, 3) uint8, (3,) float32, and the span of all together,
    from counts of levels, so that a large picture costs no copy."""
    first = np.ascontiguousarray(rgb[..., 0])
    each = [_counts(first)]
    for k in (1, 2):
        own = np.ascontiguousarray(rgb[..., k])
        each.append(each[0] if np.array_equal(own, first) else _counts(own))
    counts = np.stack(each)
    middle = np.array([_at(one, 50) for one in counts], np.float32)
    whole = counts.sum(0)
    low = _at(whole, _LOW)
    span, every = _at(whole, _HIGH) - low, _all_but_hot(whole) - low
    return middle, max(every if span * _SPARSE < every else span, 1.0)


def _counts(plane: np.ndarray) -> np.ndarray:
    """How often each level stands in (h, w) uint8, (256,). Of many pixels two are counted at
    once."""
    flat = plane.ravel()
    even = flat.size // 2 * 2 if flat.size > _MANY else 0
    found = np.bincount(flat[even:], minlength=256)
    for low in range(0, even, _MANY):  # what is counted is held in 64 bits
        pairs = np.bincount(flat[low : min(low + _MANY, even)].view(np.uint16), minlength=1 << 16)
        found += pairs.reshape(256, 256).sum(0) + pairs.reshape(256, 256).sum(1)
    return found


def _at(counts: np.ndarray, percent: float) -> float:
    """The level below which so many percent lie."""
    return float(np.searchsorted(np.cumsum(counts), percent / 100 * counts.sum()))


def _all_but_hot(counts: np.ndarray) -> float:
    """The level that all values but those of the brightest `_HOT` pixels are at or below."""
    return float(np.searchsorted(np.cumsum(counts), counts.sum() - 3 * _HOT))


def framed_planes(planes: np.ndarray, step: int = STEP) -> np.ndarray:
    """`planes` (c, h, w) of any type with sides that are multiples of `step`, mirrored below and to
    the right, as one block."""
    height, width = planes.shape[1:]
    down, along = -height % step, -width % step
    if down > height or along > width:
        return np.pad(planes, ((0, 0), (0, down), (0, along)), mode="symmetric")
    found = np.empty((len(planes), height + down, width + along), planes.dtype)
    found[:, :height, :width] = planes
    found[:, height:, :width] = planes[:, ::-1][:, :down]
    found[:, :, width:] = found[:, :, :width][:, :, ::-1][:, :, :along]
    return found


def given(values: np.ndarray) -> np.ndarray:
    """`values` (h, w, c) of any type as (1, c, h, w)."""
    return np.ascontiguousarray(values.transpose(2, 0, 1)[None])


def shown_boxes(rgb: np.ndarray) -> np.ndarray:
    """`rgb` (h, w, 3) uint8, at its scale, as a network of boxes sees it: (1, 3, h, w) float32, its
    sides multiples of 16."""
    height, width = rgb.shape[:2]
    found = np.zeros((1, 3, height + -height % STEP, width + -width % STEP), np.float32)
    own = found[0, :, :height, :width]
    own[:] = rgb.transpose(2, 0, 1)
    own /= np.float32(127.5)
    own -= 1
    return found


def stored(picture: Any, wanted: Mapping[str, Any]) -> np.ndarray:
    """An opened picture at the network's scale, with sides that are multiples of 16, (h, w, 3)
    uint8."""
    rgb = scaled(rgb_of(picture), float(wanted.get("scale", 1.0)))
    if wanted["things"] == "masks":
        return np.ascontiguousarray(framed_planes(rgb.transpose(2, 0, 1)).transpose(1, 2, 0))
    height, width = rgb.shape[:2]
    beyond = ((0, -height % STEP), (0, -width % STEP), (0, 0))
    return np.pad(rgb, beyond, constant_values=_MIDDLE)


def network_input(rgb: np.ndarray, wanted: Mapping[str, Any]) -> np.ndarray:
    """`rgb` (h, w, 3) uint8, as `stored` gives it, as it is read: (1, 3, h, w) float32."""
    return given(for_masks(rgb) if wanted["things"] == "masks" else for_boxes(rgb))


def finder_facts(kind: str, scale: float = 1.0) -> Mapping[str, Any]:
    """What a model's file says of it."""
    return {"channels": 3, "type": "uint8", "things": kind, "scale": scale}
