"""How good boxes, or masks with scores, are: AP and mAP as COCO defines them, counts, confusions.

The matching and the 101 points of recall are those of pycocotools (Lin et al., 2014), so the
figures can be laid beside published ones; a test compares them on random cases.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

MOST = 100
"""Boxes of a class in a picture that count, the surest first, as in COCO."""
THRESHOLDS = np.linspace(0.5, 0.95, 10)
_RECALLS = np.linspace(0, 1, 101)


@dataclass(frozen=True, eq=False)
class ClassInPicture:
    """What was found, and what is there, of one class in one picture.

    overlaps  (found, there): IoU; of a crowd: the share of what was found that lies in it
    scores    (found,);  crowd  (there,) bool: it may be found often and need not be found
    """

    overlaps: np.ndarray
    scores: np.ndarray
    crowd: np.ndarray


def box_overlaps(
    found: np.ndarray, there: np.ndarray, crowd: np.ndarray | None = None
) -> np.ndarray:
    """IoU, 0-1, of boxes (n, 4) and (m, 4) (x, y of two corners), as (n, m); where `crowd` (m,),
    the share of the found box. An empty box overlaps with nothing."""
    low = np.maximum(found[:, None, :2], there[None, :, :2])
    high = np.minimum(found[:, None, 2:], there[None, :, 2:])
    shared = np.clip(high - low, 0, None).prod(2)
    own = np.clip(found[:, 2:] - found[:, :2], 0, None).prod(1)[:, None]
    other = np.clip(there[:, 2:] - there[:, :2], 0, None).prod(1)[None]
    whole = own + other - shared
    if crowd is not None:
        whole = np.where(crowd[None], own, whole)
    return np.divide(shared, whole, out=np.zeros_like(shared), where=whole > 0)


def matched_boxes(case: ClassInPicture, threshold: float) -> tuple[np.ndarray, np.ndarray]:
    """For each found one, surest first: which one that is there it is (-1: none), (k,) int64, and
    whether it is left out of the account (it lies in a crowd), (k,) bool. As pycocotools'
    `evaluateImg`: each takes the one of most overlap that nobody has taken."""
    order = np.argsort(-case.scores, kind="stable")[:MOST]
    single = np.argsort(case.crowd, kind="stable")  # crowds last
    least = min(threshold, 1 - 1e-10)
    taken: set[int] = set()
    hits, aside = np.full(len(order), -1), np.zeros(len(order), bool)
    for row, found in enumerate(order):
        best, which = least, -1
        for there in single:
            crowd = bool(case.crowd[there])
            if there in taken and not crowd:
                continue
            if which >= 0 and not case.crowd[which] and crowd:
                break
            if case.overlaps[found, there] >= best:
                best, which = case.overlaps[found, there], int(there)
        if which >= 0:
            hits[row], aside[row] = which, bool(case.crowd[which])
            taken.add(which)
    return hits, aside


def average_precision(cases: Sequence[ClassInPicture], threshold: float = 0.5) -> float | None:
    """AP of one class over pictures at this IoU: the mean precision at 101 recalls. None where no
    such thing is there at all."""
    count = sum(int((~case.crowd).sum()) for case in cases)
    if not count:
        return None
    scores, right = [], []
    for case in cases:
        hits, aside = matched_boxes(case, threshold)
        order = np.argsort(-case.scores, kind="stable")[:MOST]
        scores.append(case.scores[order][~aside])
        right.append(hits[~aside] >= 0)
    order = np.argsort(-np.concatenate(scores), kind="stable") if scores else np.array([], int)
    yes = np.concatenate(right)[order] if scores else np.array([], bool)
    found = np.cumsum(yes)
    precision = found / (np.arange(1, len(yes) + 1) + np.spacing(1))
    precision = np.maximum.accumulate(precision[::-1])[::-1]
    places = np.searchsorted(found / count, _RECALLS, side="left")
    reached = np.append(precision, 0.0)
    return float(reached[np.minimum(places, len(precision))].mean())


def mean_average_precision(
    classes: Sequence[Sequence[ClassInPicture]], thresholds: Sequence[float] | np.ndarray = (0.5,)
) -> float | None:
    """mAP: the mean of AP over classes that are there and over thresholds, (k,) of 0-1. None
    without any."""
    found = [average_precision(cases, float(t)) for cases in classes for t in thresholds]
    known = [value for value in found if value is not None]
    return float(np.mean(known)) if known else None


@dataclass(frozen=True)
class Counts:
    """Of one class at one threshold of the score: how far the number found in a picture is from the
    true one (mean over pictures), and in how many pictures it is exact."""

    error: float
    exact: float
    true: int
    found: int


def counts(found: Sequence[int], true: Sequence[int]) -> Counts:
    """Compare the numbers of things in the same pictures."""
    apart = np.abs(np.asarray(found) - np.asarray(true))
    return Counts(float(apart.mean()), float((apart == 0).mean()), sum(true), sum(found))


MISSED, EXTRA = "missed", "extra"


@dataclass(frozen=True, eq=False)
class JudgedBoxes:
    """What became of each box of one picture at a threshold: pairs of rows.

    right    (found, there) of one class;  wrong  (found, there): the class is another's
    doubled  (found, there): a surer box is already there;  extra  found where nothing is
    missed   there and not found
    """

    right: list[tuple[int, int]]
    wrong: list[tuple[int, int]]
    doubled: list[tuple[int, int]]
    extra: list[int]
    missed: list[int]


def judge_boxes(
    overlaps: np.ndarray, found: Sequence[str], there: Sequence[str], threshold: float = 0.5
) -> JudgedBoxes:
    """Judge boxes, the surest first. overlaps (found, there), IoU 0-1; their classes."""
    said = JudgedBoxes([], [], [], [], [])
    taken: dict[int, int] = {}
    left = []
    for row, kind in enumerate(found):
        same = [k for k, own in enumerate(there) if own == kind and k not in taken]
        best = max(same, key=lambda k: overlaps[row, k], default=None)
        if best is not None and overlaps[row, best] >= threshold:
            taken[best] = row
            said.right.append((row, best))
        else:
            left.append(row)
    for row in left:
        near = int(overlaps[row].argmax()) if len(there) else -1
        if near < 0 or overlaps[row, near] < threshold:
            said.extra.append(row)
        elif near in taken and there[near] == found[row]:
            said.doubled.append((row, near))
        elif near in taken:
            said.extra.append(row)
        else:
            taken[near] = row
            said.wrong.append((row, near))
    said.missed.extend(k for k in range(len(there)) if k not in taken)
    return said
