"""The 3x3 patterns that pixel art is made of, counted: which neighbours share the centre's colour.

There are 256 patterns, one bit a neighbour. How often each occurs tells a style without knowing a
colour: lines, clusters and corners that an artist draws, and stray pixels that nobody does.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from functools import cache
from importlib import resources

import numpy as np

from pincel.art.sprite import TRANSPARENT

AROUND = ((-1, -1), (-1, 0), (-1, 1), (0, 1), (1, 1), (1, 0), (1, -1), (0, -1))
"""Neighbour i of a pixel (row, column), clockwise from the top left: bit i of a pattern."""

FLAT = 255
"""The pattern of a pixel amid its own colour."""


def pattern_codes(labels: np.ndarray) -> np.ndarray:
    """The pattern of every pixel of labels (h, w), (h, w) uint8; the border goes on as it ends."""
    height, width = labels.shape
    padded = np.pad(labels, 1, mode="edge")
    code = np.zeros(labels.shape, np.uint8)
    for bit, (dy, dx) in enumerate(AROUND):
        beside = padded[1 + dy : 1 + dy + height, 1 + dx : 1 + dx + width]
        code |= (beside == labels).astype(np.uint8) << bit
    return code


def count_patterns(sprites: Iterable[np.ndarray]) -> np.ndarray:
    """How often each pattern occurs in the sprites' opaque pixels, (256,) float64.

    sprites: (h, w) integer labels, -1 where transparent. Every sprite counts the same however
    big it is, and every pattern as its eight rotations and reflections.
    """
    rows = []
    for labels in sprites:
        found = np.bincount(pattern_codes(labels)[labels != TRANSPARENT], minlength=256)
        if found.sum():  # whole numbers until here: turning a sprite changes no bit
            rows.append(found[_dihedral()].sum(0) / (8 * found.sum()) * 1000)
    return np.array([math.fsum(one) for one in zip(*rows, strict=True)] or np.zeros(256))


def prior(drawn: np.ndarray, naive: np.ndarray | None = None) -> np.ndarray:
    """What a pattern costs, (256,) float32: -log of how much oftener artists draw it than a plain
    conversion does (`drawn` and `naive`; the one counted for the package when None). The flat
    pattern costs 0, the others -6 to 6 around it. Both tables are (256,) counts."""
    naive = pattern_table("naive") if naive is None else naive
    share = (drawn + 0.5) / (drawn + 0.5).sum()
    plain = (naive + 0.5) / (naive + 0.5).sum()
    cost = np.clip(-np.log(share / plain), -3, 3)
    return (cost - cost[FLAT]).astype(np.float32)  # computed in double: the last bits are cut


def pattern_table(style: str) -> np.ndarray:
    """A table that comes with the package, (256,) float64: one of `styles()`, or "naive"; KeyError
    for others."""
    return np.array(_tables()[style])


def styles() -> list[str]:
    """The styles that come with the package."""
    return [name for name in _tables() if name != "naive"]


@cache
def _tables() -> dict[str, list[float]]:
    file = resources.files("pincel.art") / "patterns.json"
    return json.loads(file.read_text("utf-8"))["tables"]


@cache
def _dihedral() -> np.ndarray:
    """(8, 256): for each rotation and reflection, the pattern that each pattern turns into."""
    bits = (np.arange(256)[:, None] >> np.arange(8)) & 1
    around = np.arange(8)
    turned = []
    for quarter in range(4):  # a quarter turn moves the ring by two; a mirror walks it backwards
        turned += [bits[:, (2 * quarter + around) % 8], bits[:, (2 * quarter - around) % 8]]
    return np.stack([(b << around).sum(-1) for b in turned])
