"""Cast shadows cut off: Dungeon Crawl's things lie on the ground, and their shadow is pure black.

A shadow taught is a shadow drawn, often alone beside its thing. What is an outline stays: black
pixels beside a coloured one.
"""

from __future__ import annotations

import numpy as np

from pincel.art.tidy import touching_parts

INK = 12
"""A pixel is ink when no channel reaches this."""
_LOW = 0.55
"""A creature's shadow lies on the ground: below this share of its height."""
_MOST = 0.6
"""What would lose more than this share of its pixels is a black thing, not a shadow."""


def unshadowed(rgba: np.ndarray, *, standing: bool = False) -> np.ndarray:
    """A sprite without its cast shadow; what is black by nature comes back unchanged.

    rgba: (h, w, 4) uint8, alpha 0 or 255
    standing: it stands (a creature), so only ink near its feet may be shadow
    """
    opaque = rgba[..., 3] > 0
    ink = opaque & (rgba[..., :3].max(-1) < INK)
    body = opaque & ~ink
    if not body.any() or not ink.any():
        return rgba
    loose = ink & ~_beside(body)
    number = touching_parts(loose)
    outside = _beside(~opaque, edges=True)
    rows = np.flatnonzero(opaque.any(1))
    low = rows[0] + _LOW * (rows[-1] - rows[0])
    gone = np.zeros_like(ink)
    for name in np.unique(number[loose]):
        area = loose & (number == name)
        if not (area & outside).any():
            continue  # a hole in the thing
        if standing and np.nonzero(area)[0].mean() < low:
            continue
        gone |= area
    left = opaque & ~gone
    if gone.sum() > _MOST * opaque.sum() or left.sum() < 9:
        return rgba
    found = rgba.copy()
    found[~left] = 0
    return _trimmed(found, body)


def _trimmed(rgba: np.ndarray, body: np.ndarray) -> np.ndarray:
    """Without ink that now hangs on nothing: areas that no part of the body is beside."""
    opaque = rgba[..., 3] > 0
    number = touching_parts(opaque)
    for name in np.unique(number[opaque]):
        area = opaque & (number == name)
        if not (area & body).any():
            rgba[area] = 0
    return rgba


def _beside(mask: np.ndarray, edges: bool = False) -> np.ndarray:
    """Pixels with one of the mask straight beside them; the border counts with `edges`."""
    held = np.pad(mask, 1, constant_values=edges)
    return held[:-2, 1:-1] | held[2:, 1:-1] | held[1:-1, :-2] | held[1:-1, 2:]
