"""A character kept: its palette and its silhouette, for drawings that are to look like it."""

from __future__ import annotations

import numpy as np

from pincel.make.words.scribble import fitted_lines


def kept(indices: np.ndarray, palette: np.ndarray, side: int) -> tuple[np.ndarray, np.ndarray]:
    """Of a sprite, indices (h, w) int16, -1 transparent, with a palette (k, 3) uint8: the palette,
    two colours at least, and the line around it, (side, side) bool, to be drawn along."""
    opaque = np.pad(indices >= 0, 1)
    inner = opaque[:-2, 1:-1] & opaque[2:, 1:-1] & opaque[1:-1, :-2] & opaque[1:-1, 2:]
    line = opaque[1:-1, 1:-1] & ~inner
    colors = palette if len(palette) > 1 else palette.repeat(2, 0)
    return colors, line if line.shape == (side, side) else fitted_lines(line, side)
