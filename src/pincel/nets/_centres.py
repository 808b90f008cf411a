"""Boxes out of the maps of `boxes`, with numpy alone: centres, sides, one box for each thing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

STRIDE = 8
SURE = 0.2
"""Score from which a place is asked that is no peak."""
MOST = 5000
"""Places of a picture that are looked at, the surest first."""


@dataclass(frozen=True, eq=False)
class FoundBoxes:
    """Boxes of one picture, the surest first.

    boxes    (n, 4) float32: left, top, right, bottom in pixels of the picture
    kinds    (n,) int64 classes;  scores  (n,) float32, 0 to 1
    places   (n, 2): x and y of the place that says so
    """

    boxes: np.ndarray
    kinds: np.ndarray
    scores: np.ndarray
    places: np.ndarray

    def __len__(self) -> int:
        return len(self.kinds)

    def taken(self, rows: np.ndarray) -> FoundBoxes:
        """These rows, (m,) indices."""
        return FoundBoxes(self.boxes[rows], self.kinds[rows], self.scores[rows], self.places[rows])


def sigmoid(x: np.ndarray) -> np.ndarray:
    """1 / (1 + exp(-x)) of any shape and float type, without overflow."""
    return 0.5 * (1 + np.tanh(0.5 * x))


def peaks(heat: np.ndarray) -> np.ndarray:
    """Where `heat` (c, h, w), any type, is not smaller than any of its 8 neighbours, bool."""
    framed = np.pad(heat, ((0, 0), (1, 1), (1, 1)), constant_values=-np.inf)
    h, w = heat.shape[1:]
    around = [framed[:, i : i + h, j : j + w] for i in range(3) for j in range(3)]
    return heat >= np.max(around, axis=0)


def candidates(
    heat: np.ndarray, sides: np.ndarray, sure: np.ndarray, least: np.ndarray | float = 0.02
) -> FoundBoxes:
    """Places as boxes, where their score is at least `least`, one for all or (classes,): peaks, and
    from a score of `SURE` on every place. heat (classes, h, w) and sure (1, h, w) float32 before
    the sigmoid, sides (4, h, w) in pixels of what the network saw. A box's score is the root of how
    much its place is a centre times how well it is expected to fit.

    A sure place counts although one beside it is surer, for of two cells that overlap the second
    may have its centre there (on the validation part of BCCD mAP 0.905, with peaks alone 0.904);
    what doubles is dropped by `one_each`. With all places it is 0.906, but thousands of boxes are
    left that mean nothing."""
    scores = np.sqrt(sigmoid(heat) * sigmoid(sure))
    needed = np.reshape(np.asarray(least, np.float32), (-1, 1, 1))
    asked = scores >= np.maximum(needed, SURE)
    if (needed < SURE).any():
        asked |= (scores >= needed) & peaks(heat)
    kinds, ys, xs = np.nonzero(asked)
    found = scores[kinds, ys, xs]
    order = np.argsort(-found, kind="stable")[:MOST]
    kinds, ys, xs, found = kinds[order], ys[order], xs[order], found[order]
    x, y = (xs + 0.5) * STRIDE, (ys + 0.5) * STRIDE
    left, top, right, bottom = sides[:, ys, xs]
    boxes = np.stack([x - left, y - top, x + right, y + bottom], 1).astype(np.float32)
    places = np.stack([x, y], 1)
    return FoundBoxes(boxes, kinds.astype(np.int64), found.astype(np.float32), places)


def ious(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Intersection over union of boxes a (n, 4) and b (m, 4), floats, as (n, m); of two empty
    boxes 0."""
    low = np.maximum(a[:, None, :2], b[None, :, :2])
    high = np.minimum(a[:, None, 2:], b[None, :, 2:])
    shared = np.clip(high - low, 0, None).prod(2)
    own, other = (
        np.clip(a[:, 2:] - a[:, :2], 0, None).prod(1),
        np.clip(b[:, 2:] - b[:, :2], 0, None).prod(1),
    )
    union = own[:, None] + other[None] - shared
    return np.divide(shared, union, out=np.zeros_like(shared), where=union > 0)


def one_each(found: FoundBoxes, overlap: float = 0.5) -> FoundBoxes:
    """Of boxes of one class that share more than `overlap` the surest alone stays (greedy
    non-maximum suppression)."""
    kept: list[int] = []
    for kind in np.unique(found.kinds):
        rows = np.flatnonzero(found.kinds == kind)
        while len(rows):
            first = rows[:1]
            kept.append(int(first[0]))
            rows = rows[1:]
            rows = rows[ious(found.boxes[first], found.boxes[rows])[0] <= overlap]
    return found.taken(np.sort(np.array(kept, np.int64)))


def joined(parts: Sequence[FoundBoxes]) -> FoundBoxes:
    """Boxes of several tiles, the surest first."""
    fields = ("boxes", "kinds", "scores", "places")
    whole = FoundBoxes(
        *(np.concatenate([getattr(part, name) for part in parts]) for name in fields)
    )
    return whole.taken(np.argsort(-whole.scores, kind="stable"))
