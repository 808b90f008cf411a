"""How good masks are: Dice of pixels; AP, PQ and AJI of objects.

Label pictures are (h, w) of whole numbers: 0 the ground, every other number one object.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


def numbered_anew(labels: np.ndarray) -> np.ndarray:
    """The same objects, whole numbers of any shape, as 1, 2, 3, ..., the ground 0."""
    _, found = np.unique(np.concatenate([[0], labels.ravel()]), return_inverse=True)
    ground = found[0]
    rows = found[1:].reshape(labels.shape)
    if ground == 0:
        return rows
    return np.where(rows == ground, 0, np.where(rows < ground, rows + 1, rows))


def shared_pixels(found: np.ndarray, true: np.ndarray) -> np.ndarray:
    """(1 + found, 1 + true) counts: how many pixels are object i of one and j of the other; row and
    column 0 are the ground. Both numbered as by `numbered_anew`."""
    columns = int(true.max(initial=0)) + 1
    flat = found.ravel().astype(np.int64) * columns + true.ravel()
    rows = int(found.max(initial=0)) + 1
    return np.bincount(flat, minlength=rows * columns).reshape(rows, columns)


def mask_overlaps(table: np.ndarray) -> np.ndarray:
    """IoU, 0-1, of every object found and every true one, (found, true), from the table
    (1 + found, 1 + true) of `shared_pixels`."""
    union = table.sum(1)[1:, None] + table.sum(0)[None, 1:] - table[1:, 1:]
    return table[1:, 1:] / np.maximum(union, 1)


def dice(found: np.ndarray, true: np.ndarray) -> float:
    """2 |A and B| / (|A| + |B|) of two masks, found and true, (h, w) bool (Dice, 1945);
    of two empty ones 1."""
    both = int(found.sum()) + int(true.sum())
    return 2 * int((found & true).sum()) / both if both else 1.0


@dataclass(frozen=True)
class Objects:
    """How the objects of one picture were found.

    right, extra, missed  at IoU >= 0.5;  quality  the sum of the IoU of the right ones
    shared, union         pixels of the aggregated Jaccard index
    """

    right: int
    extra: int
    missed: int
    quality: float
    shared: int
    union: int

    @property
    def ap(self) -> float:
        """TP / (TP + FP + FN), as the Data Science Bowl 2018 and StarDist measure; of nothing to
        find and nothing found 1."""
        return _share(self.right, self.right + self.extra + self.missed)

    @property
    def pq(self) -> float:
        """Panoptic quality (Kirillov et al., 2019)."""
        return _share(self.quality, self.right + (self.extra + self.missed) / 2)

    @property
    def aji(self) -> float:
        """Aggregated Jaccard index (Kumar et al., 2017)."""
        return _share(self.shared, self.union)

    def __add__(self, other: Objects) -> Objects:
        """Both pictures pooled."""
        return Objects(*(a + b for a, b in zip(_fields(self), _fields(other), strict=True)))


def _fields(one: Objects) -> tuple:
    return (one.right, one.extra, one.missed, one.quality, one.shared, one.union)


def _share(part: float, whole: float) -> float:
    return float(part / whole) if whole else 1.0


def compare_objects(found: np.ndarray, true: np.ndarray, threshold: float = 0.5) -> Objects:
    """Compare two label pictures, found and true, (h, w) whole numbers, 0 the ground. Above an IoU
    of one half an object has at most one partner; below, they are chosen so that most are right
    (Kuhn, 1955), as StarDist does."""
    found, true = numbered_anew(found), numbered_anew(true)
    table = shared_pixels(found, true)
    overlaps = mask_overlaps(table)
    hits = overlaps >= threshold
    rows, columns = np.nonzero(hits)
    if len(set(rows)) < len(rows) or len(set(columns)) < len(columns):
        from scipy.optimize import linear_sum_assignment

        gain = hits + overlaps / (2 * max(1, min(overlaps.shape)))
        rows, columns = linear_sum_assignment(-gain)
        kept = hits[rows, columns]
        rows, columns = rows[kept], columns[kept]
    shared, union = _jaccard(table, overlaps)
    many, there = overlaps.shape
    quality = float(overlaps[rows, columns].sum())
    return Objects(len(rows), many - len(rows), there - len(rows), quality, shared, union)


def _jaccard(table: np.ndarray, overlaps: np.ndarray) -> tuple[int, int]:
    """Every true object with the found one of most IoU; those that are nobody's count as union."""
    own, true = table.sum(1)[1:], table.sum(0)[1:]
    if not overlaps.size:
        return 0, int(own.sum() + true.sum())
    best = overlaps.argmax(0)
    meets = overlaps.max(0) > 0
    rows, columns = best[meets], np.flatnonzero(meets)
    common = table[1:, 1:][rows, columns]
    union = int((own[rows] + true[columns] - common).sum()) + int(true[~meets].sum())
    unused = np.ones(len(own), bool)
    unused[rows] = False
    return int(common.sum()), union + int(own[unused].sum())
