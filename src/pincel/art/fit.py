"""A picture is brought within reach of a given palette before it is drawn in it.

A palette that somebody chose need not hold the picture's colours: four greens, no skin, nothing
dark. Taking the nearest colour of each pixel then merges what was different. Here the picture's
lights and darks are first laid over those of the palette, skin is kept from white where the palette
has no light one, then each colour is moved to where the engine can tell it, in the space that keeps
skin from grey (`quantize.stretch`).
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from pincel.art import quantize, skin
from pincel.art.cells import Cells
from pincel.pixels import color

NEAR = 0.06
"""Distance from its palette colour at which a sample is left; it is far less than a step
between two colours, so shades are still told apart."""
ONE_HUE = 0.97
"""Agreement of hue directions (0-1) from which a palette counts as shades of one hue."""


def one_hue(palette: np.ndarray) -> bool:
    """Whether a palette, (k, 3) float OKLab, holds shades of one hue only (or of grey)."""
    chroma = np.hypot(palette[:, 1], palette[:, 2])
    if chroma.max() < 0.03:
        return True
    together = np.hypot(palette[:, 1].sum(), palette[:, 2].sum()) / chroma.sum()
    return bool(together > ONE_HUE)


def fit_colors(cut: Cells, palette: np.ndarray, hidden: np.ndarray) -> Cells:
    """The cells with their colours moved within reach of `palette`, (k, 3) uint8 sRGB.

    hidden (h, w) bool: transparent cells, which have no say in how light the picture is.
    """
    lab = color.srgb_to_oklab(palette)
    samples = cut.samples.copy()
    weight = (cut.weight * ~hidden[..., None]).ravel()
    samples[..., 0] = _tones(samples[..., 0], weight, lab, one_hue(lab))
    if not one_hue(lab):
        samples = skin.darker_skin(samples, weight, lab)
    else:
        order = np.argsort(lab[:, 0])
        for channel in (1, 2):  # the palette's own tint at that lightness
            samples[..., channel] = np.interp(samples[..., 0], lab[order, 0], lab[order, channel])
    flat = samples.reshape(-1, 3)
    goal = quantize.stretch(lab)
    for start in range(0, len(flat), 65536):  # a large palette never fills the memory
        part = flat[start : start + 65536]
        own = quantize.stretch(part)
        gap = np.sum((own[:, None] - goal[None]) ** 2, -1)
        best = gap.argmin(1)
        apart = np.sqrt(gap[np.arange(len(part)), best])[:, None]
        pull = np.maximum(0, 1 - NEAR / np.maximum(apart, 1e-6))
        part += (lab[best] - part) * pull
    return replace(cut, samples=samples)


def _tones(light: np.ndarray, weight: np.ndarray, palette: np.ndarray, always: bool) -> np.ndarray:
    """Lightness laid over the palette's: squeezed into its range where the picture goes beyond it,
    and, for shades of one hue, spread so that every shade is used about equally."""
    values = light.ravel()
    if not weight.sum():
        return light
    order = np.argsort(values)
    share = np.cumsum(weight[order]) / weight.sum()
    low, high = (float(values[order][np.searchsorted(share, s)]) for s in (0.02, 0.98))
    dark, bright = float(palette[:, 0].min()), float(palette[:, 0].max())
    if high - low < 1e-3 or bright - dark < 1e-3:
        return light
    if always:
        even = _even(light, weight)
        straight = (light - low) / (high - low)
        return dark + (bright - dark) * np.clip(0.5 * even + 0.5 * straight, 0, 1)
    goal_low, goal_high = max(low, dark), min(high, bright)
    return np.clip(goal_low + (light - low) * (goal_high - goal_low) / (high - low), dark, bright)


def _even(light: np.ndarray, weight: np.ndarray) -> np.ndarray:
    """Lightness by rank, 0-1: equal areas get equal steps (histogram equalisation)."""
    bins = np.clip(light * 255, 0, 255).astype(np.uint8)
    area = np.bincount(bins.ravel(), weight, minlength=256)
    rank = np.cumsum(area) - area / 2
    used = np.flatnonzero(area)
    rank = (rank - rank[used[0]]) / max(rank[used[-1]] - rank[used[0]], 1e-6)
    return np.clip(rank, 0, 1).astype(np.float32)[bins]
