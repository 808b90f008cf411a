"""A drawing by hand as the outline that a sprite is drawn along."""

from __future__ import annotations

from typing import Any

import numpy as np

from pincel.errors import PincelError
from pincel.make.edits.packed import is_packed, unpack
from pincel.pixels.color import srgb_to_oklab

_MOST = 0.5
_DARK = 0.35
"""How far below the paper's lightness a line lies (OKLab)."""


def outline_of(given: Any, side: int) -> np.ndarray:
    """The lines of a drawing as (side, side) bool: a path or Picture of any size with dark lines
    on light paper (or opaque ones on nothing), or a packed mask.

    The drawing is fitted into the square; a cell is a line when a quarter of its darkest part is
    covered. PincelError when there are no lines, or more than half is covered.
    """
    if isinstance(given, str) and is_packed(given):
        lines = unpack(given)
    else:
        from pincel.pixels.open import open_picture

        lines = _lines(open_picture(given).rgba)
    share = float(lines.mean())
    if not 0 < share <= _MOST:
        raise PincelError("draw.scribble", share=round(100 * share))
    return lines if lines.shape == (side, side) else fitted_lines(lines, side)


def _lines(rgba: np.ndarray) -> np.ndarray:
    opaque = rgba[..., 3] > 127
    if not opaque.all() and opaque.mean() <= _MOST:
        return opaque
    light = srgb_to_oklab(rgba[..., :3])[..., 0]
    light = np.where(opaque, light, 1.0)
    return light < np.median(light) - _DARK


def fitted_lines(lines: np.ndarray, side: int) -> np.ndarray:
    """Lines (h, w) bool fitted into (side, side) bool with a pixel of room; thin ones survive."""
    ys, xs = np.nonzero(lines)
    height, width = int(np.ptp(ys)) + 1, int(np.ptp(xs)) + 1
    room = side - 2
    scale = min(room / height, room / width, 1.0 if max(lines.shape) <= side else np.inf)
    y = ((ys - ys.min() + 0.5) * scale).astype(int)
    x = ((xs - xs.min() + 0.5) * scale).astype(int)
    high, wide = max(1, round(height * scale)), max(1, round(width * scale))
    counts = np.zeros((side, side))
    top, left = (side - high) // 2, (side - wide) // 2
    np.add.at(counts, (np.clip(y + top, 0, side - 1), np.clip(x + left, 0, side - 1)), 1)
    return counts >= max(1.0, 0.25 * counts.max())
