"""Skin in a palette that has no light one: it is drawn darker rather than white.

The warm colours of the Commodore 64 end at a middle brown. To the engine a light face is then
nearer to white than to that brown, and only its shadows are skin. Here everything of that hue, hair
and wood too, is made as much darker as it takes for the lightest of it to be the palette's lightest
skin tone, so that faces keep their hue and still differ from the hair.
"""

from __future__ import annotations

import numpy as np

from pincel.art import quantize
from pincel.pixels import repeatable

_HUES = (20.0, 80.0)
"""Hue angles of skin in OKLab, degrees; all skin lies between pink and yellow."""
_ALIKE = 0.65
"""Difference to a palette colour, in shares of the chroma, up to which it is of its kind."""
_SAME_HUE = 0.77
"""Agreement of hue directions: 40 degrees apart."""
_GRAY_AREA, _GRAY_SHARE = 0.03, 0.15
"""Shares of the picture and of what is of the kind that the palette must grey."""
_MOST_ALIKE = 0.75
"""Share of the greyed skin that must be of the kind, so that no face is drawn in two ways."""
_MOST_DARKER = 0.34
"""How much darker (OKLab lightness) a face may become; more would be another face."""
_DARKEST = 0.55
"""Lightness of the lightest skin tone from which on a palette can draw a light face in it."""
_LIGHTEST = 0.85
"""Quantile of lightness that becomes the palette's lightest skin tone."""
_BIN = 0.02


def darker_skin(samples: np.ndarray, weight: np.ndarray, palette: np.ndarray) -> np.ndarray:
    """The OKLab samples (..., 3) with the lightness of warm colours within reach of the palette,
    (k, 3) float OKLab, where it would grey them; the same shape, float32. `weight`, shaped as the
    samples without their last axis, says how much each counts."""
    flat = samples.reshape(-1, 3)
    bins = np.floor(quantize.stretch(flat) / _BIN).astype(np.int64)
    _, where, count = np.unique(bins, axis=0, return_inverse=True, return_counts=True)
    where = where.ravel()
    area = np.bincount(where, weight.ravel(), len(count))
    sums = [np.bincount(where, flat[:, c].astype(np.float64), len(count)) for c in range(3)]
    points = (np.stack(sums, -1) / count[:, None]).astype(np.float32)
    moved = _moved(points, area, palette)
    if moved is None:
        return samples
    changed = flat.copy()
    changed[:, 0] += (moved - points[:, 0])[where].astype(np.float32)
    return changed.reshape(samples.shape)


def _moved(points: np.ndarray, area: np.ndarray, palette: np.ndarray) -> np.ndarray | None:
    """The new lightness of each colour (n, 3) with its area (n,), or None where all stays."""
    own, goal = quantize.stretch(points), quantize.stretch(palette)
    greyed = quantize.greyed(own, goal) > 0
    length, reach = (np.hypot(one[:, 1], one[:, 2]) for one in (own, goal))
    gap = np.sqrt(np.sum((own[:, None, 1:] - goal[None, :, 1:]) ** 2, -1))
    alike = gap < _ALIKE * length[:, None]
    top = np.where(alike, palette[None, :, 0], -1).argmax(1)  # its lightest of the kind
    angle = np.degrees(np.arctan2(palette[:, 2], palette[:, 1]))
    warm = (angle > _HUES[0]) & (angle < _HUES[1]) & (palette[:, 0] >= _DARKEST)
    whole, light = repeatable.total(area), points[:, 0].astype(np.float64)
    for one in np.flatnonzero(warm):
        kind = alike[:, one] & (top == one) & (length > 4 * _BIN)
        along = own[:, 1] * goal[one, 1] + own[:, 2] * goal[one, 2]
        skin = greyed & (along > _SAME_HUE * length * reach[one])
        lost, found = repeatable.total(area[skin]), repeatable.total(area[skin & kind])
        enough = max(_GRAY_AREA * whole, _GRAY_SHARE * repeatable.total(area[kind]))
        if found > 0 and found >= enough and found >= _MOST_ALIKE * lost:
            light[kind] = _squeezed(light[kind], area[kind], float(palette[one, 0]))
    return light if (light != points[:, 0]).any() else None


def _squeezed(light: np.ndarray, area: np.ndarray, goal: float) -> np.ndarray:
    """Lightness (n,) whose light end becomes `goal`; as it was where it reaches no further, or so
    far that it would be another picture."""
    order = np.argsort(light, kind="stable")
    share = np.cumsum(area[order]) / area.sum()
    low, high = (light[order][np.searchsorted(share, s)] for s in (0.02, _LIGHTEST))
    if not goal < high <= goal + _MOST_DARKER:
        return light
    base = min(low, 0.8 * goal)
    shown = base + (light - low) * (goal - base) / max(high - low, 1e-3)
    return np.where(light < low, np.minimum(light, base), np.minimum(shown, goal))
