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


def framed_square(shown: np.ndarray, frame: Frame, pixels: int) -> np.ndarray:
    """A square of a picture (h, w, 3) uint8 (or 4: the last is not looked at) as
    (pixels, pixels, 3) uint8; beyond the edge the edge goes on."""
    fewer = max(1, int(frame.side // (2 * pixels)))
    if fewer > 1:  # means of whole blocks first: quick, and nothing is skipped
        shown = np.asarray(as_image(shown).reduce(fewer))
        frame = Frame(frame.left / fewer, frame.top / fewer, frame.side / fewer)
    height, width = shown.shape[:2]
    left, top = int(np.floor(frame.left)), int(np.floor(frame.top))
    right = int(np.ceil(frame.left + frame.side))
    bottom = int(np.ceil(frame.top + frame.side))
    rows = np.clip(np.arange(top, bottom), 0, height - 1)
    inner = shown[rows][:, np.clip(np.arange(left, right), 0, width - 1)]
    x, y = frame.left - left, frame.top - top
    box = (x, y, min(x + frame.side, inner.shape[1]), min(y + frame.side, inner.shape[0]))
    small = as_image(inner).resize((pixels, pixels), Image.Resampling.BILINEAR, box=box)
    return np.ascontiguousarray(np.asarray(small)[..., :3])


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
