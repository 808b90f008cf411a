"""Parts of a sprite that are there whole or not at all.

Pixel by pixel, a network that is not sure whether a face has glasses draws half of them. Where all
shapes that a part can have are known, all of its pixels decide together: the shape that is likelier
than the same face without it, or none. Those shapes lie in the network's file.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import numpy as np

FREE = "."
"""What stands in a shape for a pixel that it does not say anything about."""
_DIGITS = "0123456789abcdef"


def decided(scores: np.ndarray, parts: Sequence[Mapping[str, Any]]) -> np.ndarray:
    """The role of each pixel, (s, s) int64.

    scores  (roles, s, s) float32, logarithms of chances up to one number a pixel
    parts   each with "over" (roles that may hide it), "margin" (how much likelier it must be for
            each of its pixels, in nats; faces it was taught on wear it more often than others) and
            "shapes": s rows of s digits (base 16) that say which role stands where, or "." for none
            of the part's; with "few", it is decided only where pixel by pixel it has one to that
            many pixels (short hair; the shapes of long hair are too many to be told apart), and
            never beside a role of "beside"
    """
    roles = scores.argmax(0)
    for part in parts:
        roles = _decided(scores, roles, part)
    return roles


def _decided(scores: np.ndarray, roles: np.ndarray, part: Mapping[str, Any]) -> np.ndarray:
    shapes, own = _read(tuple(tuple(rows) for rows in part["shapes"]))
    mine = _among(roles, own, len(scores))
    if "few" in part:
        if not 0 < int(mine.sum()) <= part["few"]:
            return roles
        if _among(roles, part.get("beside", ()), len(scores)).any():
            return roles
    others = scores.copy()
    others[own] = -np.inf
    without = np.where(mine, others.argmax(0), roles)
    shown = ~_among(roles, part["over"], len(scores))
    worth = scores - (others.max(0) + part.get("margin", 0.0))
    best, found = 0.0, without
    for role, there, shape in shapes:
        there = there & shown
        gained = np.take_along_axis(worth, role, 0)[0]
        if (total := float(gained[there].sum())) > best:
            best, found = total, np.where(there, shape, without)
    return found


def _among(roles: np.ndarray, some: Sequence[int], count: int) -> np.ndarray:
    """Whether each of `roles` (s, s), below `count`, is one of `some`, (s, s) bool."""
    kept = np.zeros(count, bool)
    kept[list(some)] = True
    return kept[roles]


@lru_cache(maxsize=16)
def _read(
    told: tuple[tuple[str, ...], ...],
) -> tuple[list[tuple[np.ndarray, np.ndarray, np.ndarray]], list[int]]:
    """The shapes of a part, each as roles (1, s, s) with 0 where free, whether it is there (s, s),
    and itself, (s, s) int64; and the roles that are its own."""
    shapes = [shape_of(rows) for rows in told]
    own = sorted({int(role) for shape in shapes for role in np.unique(shape[shape >= 0])})
    return [(shape.clip(min=0)[None], shape >= 0, shape) for shape in shapes], own


def shape_of(rows: Sequence[str]) -> np.ndarray:
    """Rows of digits as (s, s) int64; -1 where a shape says nothing."""
    return np.array([[-1 if c == FREE else _DIGITS.index(c) for c in row] for row in rows])


def letters_of(shape: np.ndarray) -> list[str]:
    """The other way: (h, w) whole numbers, roles or below 0 where free, as h rows of w letters."""
    return ["".join(FREE if role < 0 else _DIGITS[role] for role in row) for row in shape]
