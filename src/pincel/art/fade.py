"""Where a picture fades out over several cells: glows, smoke, glass, soft shadows.

The edge of a drawing is half transparent along one cell, and hard pixels lose nothing there. A fade
is wider. It ends at half alpha in hard pixels, thins out in a pattern, or keeps a few levels of
alpha; which of these is the artist's to say.
"""

from __future__ import annotations

import numpy as np

from pincel.art.dither import bayer

KINDS = ("hard", "dither", "soft")
LEVELS = 4
"""Levels of alpha that a soft fade keeps, opaque among them."""
CLEAR = 0.06
"""Cover up to which a cell counts as empty."""
_SOLID = 0.94
_WIDE = 0.1
"""Least share of the visible cells that fade, away from any edge."""
_FEWEST = 12
_EVEN = 1.15
"""How much longer than that of its smoothed copy an even rim may be."""


def fading(coverage: np.ndarray) -> np.ndarray:
    """The cells in which a picture fades out, (h, w) bool, for (h, w) mean alpha 0-1: partly
    transparent ones around those that have such neighbours only, up to what is solid. All False
    where they are few: what is soft there are edges."""
    from scipy import ndimage

    around = np.ones((3, 3), bool)
    soft = (coverage > CLEAR) & (coverage < _SOLID)
    middle = ndimage.binary_erosion(soft, around, border_value=1)
    seen = int((coverage > CLEAR).sum())
    if middle.sum() < max(_FEWEST, _WIDE * seen):
        return np.zeros(coverage.shape, bool)
    solid = ndimage.binary_dilation(coverage >= _SOLID, around)
    return ndimage.binary_dilation(middle, around, 2) & soft & ~solid


def even_at_half(coverage: np.ndarray) -> bool:
    """Whether a fade, (h, w) mean alpha 0-1, cut at half alpha ends in an even rim: hardly longer
    than that of its copy without grain."""
    from scipy.ndimage import gaussian_filter

    return _rim(coverage >= 0.5) <= _EVEN * _rim(gaussian_filter(coverage, 1.0) >= 0.5)


def _rim(seen: np.ndarray) -> int:
    return int((seen[1:] != seen[:-1]).sum() + (seen[:, 1:] != seen[:, :-1]).sum())


def faded_cells(already: np.ndarray, coverage: np.ndarray) -> np.ndarray:
    """Transparent cells, `already` so or not, (h, w) bool, with coverage (h, w) 0-1, where the
    cells of a fade are there as long as any level of alpha is left for them."""
    return np.where(fading(coverage), coverage < 0.5 / LEVELS, already)


def dithered(labels: np.ndarray, coverage: np.ndarray) -> np.ndarray:
    """The labels, (h, w) whole numbers with -1 where transparent, with fades thinned out in Bayer's
    4 x 4 pattern (Bayer, 1973). coverage: (h, w) 0-1. A copy."""
    height, width = labels.shape
    tile = bayer(4)
    pattern = np.tile(tile, (-(-height // 4), -(-width // 4)))[:height, :width]
    return np.where(fading(coverage) & (coverage < pattern), -1, labels).astype(labels.dtype)


def alpha(labels: np.ndarray, coverage: np.ndarray) -> np.ndarray:
    """The alpha of every cell, (h, w) uint8: `LEVELS` of it in fades, 0 or 255 elsewhere. labels
    (h, w) whole numbers, -1 where transparent; coverage (h, w) 0-1."""
    level = np.clip(np.rint(coverage * LEVELS), 1, LEVELS) / LEVELS
    seen = np.where(fading(coverage), level, 1.0) * (labels >= 0)
    return np.rint(seen * 255).astype(np.uint8)
