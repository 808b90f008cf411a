"""Colours as read become colours as painted: what cannot be told apart is one colour."""

from __future__ import annotations

import numpy as np

_MOST_MERGED = 600
_SHADE_BASE, _SHADE = 3.2, 0.07  # steps of 255 and share of the level that are one colour still
_TINT_BASE, _TINT = 6.0, 0.04
_STRAY = 1.0  # how much of it counts as noise


def cluster(
    colors: np.ndarray, noise: float, most: int, stray: float = 0.0
) -> tuple[np.ndarray, np.ndarray]:
    """Colours (n, 3) sRGB 0-255 -> palette (k, 3) float and the entry of each.

    Agglomerative: the two nearest groups join while their means differ by less than noise and
    shading explain, or while there are more than `most`. Of a colour that few cells have, `stray`
    (see Cells) explains more: means of n cells are known to 1 / sqrt(n) of it.
    """
    unique, inverse, counts = np.unique(
        np.rint(colors).astype(np.int32), axis=0, return_inverse=True, return_counts=True
    )
    inverse = inverse.ravel()
    if noise == 0 and len(unique) <= most:
        return unique.astype(np.float32), inverse
    group = _merge(unique.astype(np.float32), counts.astype(np.float32), noise, most, stray)
    label = group[inverse]
    kept = np.unique(label)
    label = np.searchsorted(kept, label)
    return np.stack([np.median(colors[label == k], axis=0) for k in range(len(kept))]), label


def unclipped(palette: np.ndarray, grain: float) -> np.ndarray:
    """(k, 3) float colours as read -> uint8 colours as painted.

    Noise on black can only brighten it: a clipped normal's mean is 0.4 standard deviations. A
    channel that this explains is 0 (or, at the other end, 255).
    """
    reach = 0.4 * grain + 1.0 if grain > 0 else 0.0
    palette = np.where(palette <= reach, 0, np.where(palette >= 255 - reach, 255, palette))
    return np.clip(np.rint(palette), 0, 255).astype(np.uint8)


def _spacing(a: np.ndarray, b: np.ndarray, noise: float | np.ndarray) -> np.ndarray:
    """Distance of colours in units of what noise and shading do to one colour.

    Shading moves a colour along its own direction from black; that is forgiven most.
    """
    middle = a + b
    along_axis = middle / np.maximum(np.linalg.norm(middle, axis=-1, keepdims=True), 1.0)
    delta = a - b
    along = (delta * along_axis).sum(-1)
    across = np.sqrt(np.maximum((delta * delta).sum(-1) - along * along, 0.0))
    level = np.linalg.norm(middle, axis=-1) / (2 * 3**0.5)  # 0-255 as for greys
    shade = _SHADE_BASE + 3.2 * noise + _SHADE * level
    tint = _TINT_BASE + 4.0 * noise + _TINT * level
    return np.sqrt((along / 3**0.5 / shade) ** 2 + (across / tint) ** 2)


def _merge(
    colors: np.ndarray, counts: np.ndarray, noise: float, most: int, stray: float
) -> np.ndarray:
    """Group number of each colour."""
    group = np.arange(len(colors))
    bin_width = 4
    while len(np.unique(group)) > _MOST_MERGED:  # coarse bins hold what is nearly the same
        bin_width += 2
        _, coarse = np.unique((colors // bin_width).astype(int), axis=0, return_inverse=True)
        group = coarse.ravel()
    if bin_width > 4:
        total = np.bincount(group, counts)
        colors = np.stack(
            [np.bincount(group, counts * colors[:, c]) / total for c in range(3)], -1
        ).astype(np.float32)
        counts = total.astype(np.float32)
    colors, counts = colors.copy(), counts.copy()
    unsure = noise + _STRAY * stray * np.sqrt((1 / counts[:, None] + 1 / counts[None]) / 2)
    distance = _spacing(colors[:, None], colors[None], unsure)
    np.fill_diagonal(distance, np.inf)
    alive, left = np.arange(len(colors)), len(colors)
    target = np.arange(len(colors))
    while left > 1:
        i, j = np.unravel_index(distance.argmin(), distance.shape)
        if distance[i, j] > 1.0 and left <= most:
            break
        weight = counts[i] + counts[j]
        colors[i] = (colors[i] * counts[i] + colors[j] * counts[j]) / weight
        counts[i] = weight
        target[target == j] = i
        distance[j], distance[:, j] = np.inf, np.inf
        alive = alive[alive != j]
        others = alive[alive != i]
        unsure = noise + _STRAY * stray * np.sqrt((1 / counts[i] + 1 / counts[others]) / 2)
        fresh = _spacing(colors[i][None], colors[others], unsure)
        distance[i, others] = distance[others, i] = fresh
        left -= 1
    return target[group]
