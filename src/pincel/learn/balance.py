"""Rare classes: how often each is seen while a network learns, and what its figures are worth.

Of 300 pictures of one class and 6 of another, a network that never answers the second is right in
98 %. With balance, an epoch draws as many pictures of every class: those of a rare class come
several times, each time changed in another way (class-balanced sampling; Shen et al., 2016).

Chosen among four by what they find (`benchmarks/balance.py`). BloodMNIST cut to 300, 170, 100, 57,
33, 19, 11 and 6 pictures of its classes, 100 of each to test on, a small cnn, 30 epochs, mean of
three seeds, balanced accuracy (worst class): as it is 66.2 % (0), balanced sampling 84.6 % (58),
the loss weighed by 1 / count 80.6 % (34) or by the effective number (Cui et al., 2019) 80.1 % (33),
logit adjustment (Menon et al., 2021) 73.4 % (41): it does not go well with softened labels.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

FEW = 10
"""Test pictures of a class below which its figures say little: 9 of 9 found still allows 70 %."""


def rank(score: Mapping[str, Any]) -> tuple[float, float]:
    """By what the best epoch is chosen: the balanced accuracy, then the loss. Runs begun before
    there was one hold the accuracy; their log's names begin with val_."""
    known = {key.removeprefix("val_"): value for key, value in score.items()}
    value = known["balanced"] if "balanced" in known else known["accuracy"]
    return value, -known["loss"]


def rare_classes(
    confusion: Sequence[Sequence[int]], classes: Sequence[str]
) -> list[tuple[str, int]]:
    """(class, test pictures) of those with fewer than FEW."""
    totals = [sum(row) for row in confusion]
    return [(c, n) for c, n in zip(classes, totals, strict=True) if n < FEW]


def epoch_order(labels: np.ndarray, seed: Sequence[int], even: bool) -> np.ndarray:
    """Row numbers (n,) of one epoch: every picture once, or (`even`) every class of the labels
    (n,), whole numbers, equally often."""
    return (
        drawn_evenly(labels, seed) if even else np.random.default_rng(seed).permutation(len(labels))
    )


def drawn_evenly(labels: np.ndarray, seed: Sequence[int]) -> np.ndarray:
    """Row numbers (n,) of one epoch, every class as often as every other (to one picture); within
    a class each picture comes once more before any comes twice more. labels: (n,) int."""
    rng = np.random.default_rng(seed)
    classes = np.unique(labels)
    counts = np.full(len(classes), len(labels) // len(classes))
    counts[rng.permutation(len(classes))[: len(labels) % len(classes)]] += 1
    rows = []
    for label, count in zip(classes, counts, strict=True):
        own = np.flatnonzero(labels == label)
        rounds = [rng.permutation(own) for _ in range(-(-int(count) // len(own)))]
        rows.append(np.concatenate(rounds)[:count])
    return rng.permutation(np.concatenate(rows))
