"""Which pictures a network learns from, is chosen by and is tested on: drawn once, by a seed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Generic, TypeVar

import numpy as np

from pincel.errors import PincelError

PARTS = ("train", "val", "test")
USUAL = (0.7, 0.15, 0.15)


def shares(text: str | None) -> tuple[float, float, float]:
    """ "70/15/15" as shares that add up to 1; the usual ones without a text."""
    if text is None:
        return USUAL
    try:
        given = [float(part) for part in re.split(r"[/:\s-]+", text.strip())]
    except ValueError:
        given = []
    if len(given) != 3 or min(given) <= 0:
        raise PincelError("data.split_form", came=text)
    train, val, test = (share / sum(given) for share in given)
    return train, val, test


def stratified(
    labels: np.ndarray, parts: Sequence[float], rng: np.random.Generator
) -> list[np.ndarray]:
    """Sorted row numbers of each part; every class is cut in the same proportion, and each part
    gets at least one picture of a class that has enough. labels: (n,) int."""
    taken: list[list[np.ndarray]] = [[] for _ in parts]
    for label in np.unique(labels):
        rows = rng.permutation(np.flatnonzero(labels == label))
        counts = _counts(len(rows), parts)
        for part, chosen in zip(taken, np.split(rows, np.cumsum(counts)[:-1]), strict=True):
            part.append(chosen)
    return [np.sort(np.concatenate(part)) for part in taken]


def _counts(total: int, parts: Sequence[float]) -> list[int]:
    """Whole numbers in these proportions that add up to `total` (largest remainders first)."""
    exact = np.asarray(parts) * total
    counts = np.floor(exact).astype(int)
    if total >= len(counts):
        counts = np.maximum(counts, 1)
    for index in np.argsort(counts - exact, kind="stable"):
        if counts.sum() < total:
            counts[index] += 1
    while counts.sum() > total:
        counts[np.argmax(counts)] -= 1
    return [int(count) for count in counts]


def by_group(
    labels: np.ndarray, groups: Sequence[str], parts: Sequence[float], rng: np.random.Generator
) -> list[np.ndarray]:
    """Sorted row numbers of each part of pictures with labels (n,), whole numbers from 0; no group
    (patient, slide, source) is in two of them.

    The largest groups are placed first, each where its classes are missing most. PincelError when
    there are fewer groups than parts.
    """
    names, group = np.unique(np.asarray(groups, dtype=str), return_inverse=True)
    if len(names) < len(parts):
        raise PincelError("data.few_groups", came=len(names), wanted=len(parts))
    classes = int(labels.max()) + 1
    held = np.zeros((len(names), classes))  # pictures of each class in each group
    np.add.at(held, (group, labels), 1)
    total = held.sum(0)
    missing = np.asarray(parts)[:, None] * total  # (parts, classes) still wanted
    order = rng.permutation(len(names))
    order = order[np.argsort(-held[order].sum(1), kind="stable")]
    place = np.full(len(names), -1)
    for number, index in enumerate(order):
        weight = held[index] / np.maximum(total, 1)
        gain = (weight * missing / np.maximum(np.asarray(parts)[:, None] * total, 1)).sum(1)
        empty = [part for part in range(len(parts)) if part not in place]
        if len(empty) >= len(names) - number:  # the last groups fill the empty parts
            gain[[part for part in range(len(parts)) if part not in empty]] = -np.inf
        place[index] = int(np.argmax(gain))
        missing[place[index]] -= held[index]
    return [np.flatnonzero(place[group] == part) for part in range(len(parts))]


Piece = TypeVar("Piece")


class Split(Generic[Piece]):
    """What every data set has: three pieces of its pictures."""

    train: Piece
    val: Piece
    test: Piece

    @property
    def parts(self) -> dict[str, Piece]:
        """By name: "train", "val", "test"."""
        return {name: getattr(self, name) for name in PARTS}
