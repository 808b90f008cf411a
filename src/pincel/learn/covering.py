"""What is hidden of a sprite while a network learns to draw it: all, a part, one thing's place."""

from __future__ import annotations

import numpy as np


def cover(count: int, side: int, rng: np.random.Generator) -> np.ndarray:
    """What is not known of pictures, (n, side, side) bool: everything of two thirds; of the others
    a box, all but a box, or patches."""
    covered = np.ones((count, side, side), bool)
    for i in np.flatnonzero(rng.random(count) < 0.33):
        kind = rng.integers(3)
        if kind == 2:
            coarse = rng.random((side // 4 + 2, side // 4 + 2))
            field = coarse.repeat(4, 0).repeat(4, 1)
            dy, dx = rng.integers(0, 5, 2)
            field = field[dy : dy + side, dx : dx + side] + 0.3 * rng.random((side, side))
            covered[i] = field > np.quantile(field, rng.uniform(0.1, 0.9))
            continue
        y, x = rng.integers(-2, side - 3, 2)
        h, w = rng.integers(3, side, 2)
        box = np.zeros((side, side), bool)
        box[max(0, y) : y + h, max(0, x) : x + w] = True
        covered[i] = box if kind == 0 else ~box
    return covered


def about(place: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """A box about a place (s, s) bool as a person would lay it: with up to two pixels of room."""
    ys, xs = np.nonzero(place)
    top, left = ys.min() - rng.integers(0, 3), xs.min() - rng.integers(0, 3)
    low, right = ys.max() + rng.integers(1, 4), xs.max() + rng.integers(1, 4)
    box = np.zeros_like(place, bool)
    box[max(0, top) : low, max(0, left) : right] = True
    return box


def hide(count: int, side: int, rng: np.random.Generator) -> np.ndarray:
    """Which pixels are hidden, (n, side, side) bool: mostly any share at random, sometimes a box,
    a border, or what is outside a box, with some random pixels besides."""
    share = np.cos(rng.random(count) * np.pi / 2)
    share[rng.random(count) < 0.15] = 1.0
    hidden = rng.random((count, side, side)) < share[:, None, None]
    for i in np.flatnonzero(rng.random(count) < 0.2):
        y, x = rng.integers(0, side - 3, 2)
        h, w = rng.integers(3, side, 2)
        box = np.zeros((side, side), bool)
        box[y : y + h, x : x + w] = True
        box = ~box if rng.random() < 0.3 else box
        hidden[i] = box & (rng.random((side, side)) < max(share[i], 0.5))
    none = ~hidden.any((1, 2))
    hidden[none, side // 2, side // 2] = True
    return hidden
