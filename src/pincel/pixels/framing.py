"""A square of a picture, brought to a size; a picture on white paper."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from PIL import Image


@dataclass(frozen=True)
class Frame:
    """A square in pixels of the picture; it may reach beyond the edge. The top of the skull is an
    eighth below its top, the chin a quarter above its bottom. `photo`: found by the cascade for
    photographs."""

    left: float
    top: float
    side: float
    photo: bool = field(default=False, kw_only=True)


class Shrunk:
    """A picture (h, w, 3 or 4) uint8 of which several frames are wanted: its smaller copies are
    made once."""

    def __init__(self, shown: np.ndarray) -> None:
        self.shown = shown
        self._made: dict[int, np.ndarray] = {1: shown}

    def by(self, fewer: int) -> np.ndarray:
        """The picture with so many times fewer pixels a side, (h / fewer, w / fewer, 3 or 4)
        uint8: means of whole blocks."""
        if fewer not in self._made:
            self._made[fewer] = np.asarray(as_image(self.shown).reduce(fewer))
        return self._made[fewer]


def framed_square(shown: np.ndarray | Shrunk, frame: Frame, pixels: int) -> np.ndarray:
    """A square of a picture (h, w, 3) uint8 (or 4: the last is not looked at) as
    (pixels, pixels, 3) uint8; beyond the edge the edge goes on."""
    held = shown if isinstance(shown, Shrunk) else Shrunk(shown)
    fewer = max(1, int(frame.side // (2 * pixels)))
    if fewer > 1:  # means of whole blocks first: quick, and nothing is skipped
        frame = Frame(frame.left / fewer, frame.top / fewer, frame.side / fewer)
    left, top = int(np.floor(frame.left)), int(np.floor(frame.top))
    right = int(np.ceil(frame.left + frame.side))
    bottom = int(np.ceil(frame.top + frame.side))
    inner = _cut(_cut(held.by(fewer), top, bottom, 0), left, right, 1)
    x, y = frame.left - left, frame.top - top
    box = (x, y, min(x + frame.side, inner.shape[1]), min(y + frame.side, inner.shape[0]))
    small = as_image(inner).resize((pixels, pixels), Image.Resampling.BILINEAR, box=box)
    return np.ascontiguousarray(np.asarray(small)[..., :3])


def _cut(shown: np.ndarray, start: int, end: int, axis: int) -> np.ndarray:
    """Rows or columns of a picture; beyond the edge the edge goes on. No copy where none is
    needed."""
    size = shown.shape[axis]
    if start >= size or end <= 0:
        return shown.take(np.clip(np.arange(start, end), 0, size - 1), axis)
    at = (slice(None),) * axis
    inside = shown[(*at, slice(max(0, start), end))]
    if start >= 0 and end <= size:
        return inside
    first, last = shown[(*at, slice(0, 1))], shown[(*at, slice(size - 1, size))]
    beyond = (first.repeat(max(0, -start), axis), last.repeat(max(0, end - size), axis))
    return np.concatenate([beyond[0], inside, beyond[1]], axis)


def as_image(shown: np.ndarray) -> Image.Image:
    """A picture (h, w, 3 or 4) uint8; four bytes a pixel are not copied, nor weighed by alpha."""
    if shown.shape[2] == 3:
        return Image.fromarray(shown)
    size, held = (shown.shape[1], shown.shape[0]), np.ascontiguousarray(shown)
    return Image.frombuffer("RGBX", size, held, "raw", "RGBX", 0, 1)


def over_white(rgba: np.ndarray) -> np.ndarray:
    """(h, w, 4) uint8 on white paper, (h, w, 3) uint8; what is opaque all over stays as it is."""
    if rgba[..., 3].min() == 255:
        return rgba
    paper = Image.new("RGB", (rgba.shape[1], rgba.shape[0]), "white")
    shown = Image.fromarray(np.ascontiguousarray(rgba))
    paper.paste(shown, (0, 0), shown)
    return np.asarray(paper)
