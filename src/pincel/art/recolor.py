"""A sprite in another palette: lights stay lights, darks stay darks, shades stay apart."""

from __future__ import annotations

import numpy as np

from pincel.art import fit
from pincel.art.cells import Cells
from pincel.art.sprite import TRANSPARENT
from pincel.pixels.color import srgb_to_oklab

_APART = 0.4
"""Two colours that touch keep at least this share of their difference in lightness, or the change
costs as much as it loses."""
_WEIGHTS = np.array([1.0, 2.0, 2.0], np.float32)
"""Hue is held on to more than lightness: grey metal must not turn orange to stay apart."""
_ROUNDS = 4


def recolor(indices: np.ndarray, palette: np.ndarray, new: np.ndarray) -> np.ndarray:
    """The picture (h, w) int16 of colours `palette` (k, 3) in the colours `new` (m, 3), both
    uint8 sRGB: indices into `new`. Every old colour becomes one new colour.

    The lights and darks are first laid over the new palette (`art.fit`); then each colour takes
    the nearest, and where two colours that touch would fall together, the pair is kept apart if
    another choice costs less than the step between them. A picture whose colours are all in the
    new palette already stays as it is.
    """
    if not (indices >= 0).any():
        return indices.copy()
    same = _same(indices, palette, new)
    if same is not None:
        return same
    goal = srgb_to_oklab(np.asarray(new, np.uint8))
    old = srgb_to_oklab(np.asarray(palette, np.uint8))
    laid, area = _laid(indices, old, new)
    cost = area[:, None] * ((_WEIGHTS * (laid[:, None] - goal[None])) ** 2).sum(-1)
    touch = _touching(indices, len(palette))
    step = old[:, None, 0] - old[None, :, 0]  # lightness between each pair of old colours
    choice = cost.argmin(1)
    for _ in range(_ROUNDS):
        before = choice.copy()
        for color in np.argsort(-area):
            others = np.flatnonzero(touch[color])
            now = goal[:, 0][:, None] - goal[choice[others], 0][None]  # (m, others)
            kept = now * np.sign(step[color, others])[None]
            lost = np.maximum(_APART * np.abs(step[color, others])[None] - kept, 0)
            choice[color] = (cost[color] + (touch[color, others] * lost**2).sum(1)).argmin()
        if np.array_equal(before, choice):
            break
    table = np.append(choice, TRANSPARENT).astype(np.int16)
    return table[indices]


def _same(indices: np.ndarray, palette: np.ndarray, new: np.ndarray) -> np.ndarray | None:
    """The very same picture in the new palette, where that has all its colours."""
    places = {bytes(color): number for number, color in reversed(list(enumerate(new)))}
    table = [places.get(bytes(color), TRANSPARENT) for color in palette]
    used = np.unique(indices[indices >= 0])
    if any(table[color] < 0 for color in used):
        return None
    return np.array([*table, TRANSPARENT], np.int16)[indices]


def _laid(indices: np.ndarray, old: np.ndarray, new: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Each old colour laid over the new palette, (k, 3) OKLab, and its share of the picture."""
    opaque = indices >= 0
    plane = np.append(old, np.zeros((1, 3), np.float32), 0)[indices].astype(np.float32)
    weight = opaque.astype(np.float32)[..., None]
    cells = Cells(plane[:, :, None], weight, weight, weight[..., 0], 1)
    fitted = fit.fit_colors(cells, np.asarray(new, np.uint8), ~opaque).samples[:, :, 0]
    flat, count = indices[opaque], np.bincount(indices[opaque], minlength=len(old))
    laid = (
        np.stack([np.bincount(flat, fitted[opaque][:, c], len(old)) for c in range(3)], -1)
        / np.maximum(count, 1)[:, None]
    )
    return laid.astype(np.float32), (count / count.sum()).astype(np.float32)


def _touching(indices: np.ndarray, count: int) -> np.ndarray:
    """(count, count): how often two colours lie side by side, as a share of all such pairs."""
    pairs = np.zeros((count, count), np.float32)
    for a, b in ((indices[1:], indices[:-1]), (indices[:, 1:], indices[:, :-1])):
        both = (a >= 0) & (b >= 0) & (a != b)
        np.add.at(pairs, (a[both], b[both]), 1)
    pairs = pairs + pairs.T
    return pairs / max(float(pairs.sum()), 1.0)
