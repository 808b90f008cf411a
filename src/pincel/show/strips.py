"""Small pictures in rows on a chart, and as the frames of an animation."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.patches import Rectangle

from pincel.make.latent.decoded import as_sprite
from pincel.pixels import encode
from pincel.pixels.contact import as_rgba
from pincel.show import charts
from pincel.show.charts import MARGIN, Chart

WIDTH = 13.2
INNER = WIDTH - 2 * MARGIN
COLUMNS = 9
_PAPER = np.array([226, 230, 236], np.float32)
_GIF = 480  # pixels; about the longer side of an animation


def on_paper(pictures: np.ndarray) -> np.ndarray:
    """(..., h, w, 1, 3 or 4) uint8 as (..., h, w, 3): what is transparent shows light grey."""
    if pictures.shape[-1] != 4:
        return pictures if pictures.shape[-1] == 3 else pictures[..., :1].repeat(3, -1)
    alpha = pictures[..., 3:] / np.float32(255)
    return np.rint(pictures[..., :3] * alpha + _PAPER * (1 - alpha)).astype(np.uint8)


def row_of(
    sheet: Chart,
    x: float,
    y: float,
    side: float,
    gap: float,
    pictures: Sequence[np.ndarray] | np.ndarray,
    marks: Sequence[tuple[int, int, int]] = (),
) -> None:
    """Pictures (h, w, 3) of one size beside each other as one picture (a place on the sheet for
    each would be slow). marks: column, row and side of a square drawn into each."""
    height, width = pictures[0].shape[:2]
    scale = max(1, round(140 / max(height, width)))
    big = [picture.repeat(scale, 0).repeat(scale, 1) for picture in pictures]
    between = round(gap / side * max(height, width) * scale)
    parts: list[np.ndarray] = []
    for picture in big:
        white = np.full((len(picture), between, 3), 255, np.uint8)
        parts += [white] * bool(parts) + [picture]
    whole = len(big) * side + (len(big) - 1) * gap
    axes = sheet.picture(x, y, whole, side, np.concatenate(parts, 1), across="left")
    charts.bare(axes)
    for i, (column, row, wide) in enumerate(marks):
        left = i * (width * scale + between) + column * scale
        square(axes, left, row * scale, wide * scale)


def square(axes: object, x: float, y: float, side: float) -> None:

    for color, line in (("#ffffff", 3.2), (charts.BLUE, 1.6)):
        square = Rectangle((x, y), side, side, fill=False, edgecolor=color, linewidth=line)
        axes.add_patch(square)  # type: ignore[attr-defined]


def joined_strips(pictures: Sequence[np.ndarray], axis: int) -> np.ndarray:
    """Pictures below (axis 0) or beside (1) each other, a white line between."""
    parts: list[np.ndarray] = []
    for picture in pictures:
        shape = list(picture.shape)
        shape[axis] = 1
        parts += [np.full(shape, 255, np.uint8)] * bool(parts) + [picture]
    return np.concatenate(parts, axis)


def looping_gif(frames: Sequence[np.ndarray], milliseconds: Sequence[int]) -> bytes:
    """Frames (h, w, 3) uint8 enlarged by a whole factor, one palette for all."""
    drawn = as_sprite(as_rgba(np.stack(frames)), 255)
    scale = max(1, round(_GIF / max(frames[0].shape[:2])))
    big = [frame.repeat(scale, 0).repeat(scale, 1) for frame in drawn.frames]
    return encode.gif(big, drawn.palette, milliseconds)
