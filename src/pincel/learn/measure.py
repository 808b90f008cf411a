"""How good answers are: accuracy, recall of each class, AUC, confusion matrix. numpy only."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np


@dataclass(frozen=True)
class Measures:
    """One part's figures, all plain numbers.

    accuracy   share of right answers
    recall     for each class, the share of its pictures that were found (None without pictures)
    precision  for each class, the share of right ones among the answers that name it
    auc        area under the ROC curve, one class against the rest, mean over classes
    loss       mean of -log(probability of the right class)
    confusion  [true class][answer] counts
    """

    count: int
    accuracy: float
    recall: list[float | None]
    precision: list[float | None]
    auc: float | None
    loss: float
    confusion: list[list[int]]

    def plain(self) -> dict[str, Any]:
        """As JSON values."""
        return asdict(self)


def measure(probabilities: np.ndarray, labels: np.ndarray) -> Measures:
    """Measure answers. probabilities: (n, classes), rows sum to 1; labels: (n,) int."""
    answers = probabilities.argmax(1)
    table = confusion(answers, labels, probabilities.shape[1])
    own = np.diag(table)
    areas = [area for k in range(len(table)) if (area := auc(probabilities[:, k], labels == k))]
    right = np.clip(probabilities[np.arange(len(labels)), labels], 1e-12, 1)
    return Measures(
        count=len(labels),
        accuracy=float((answers == labels).mean()),
        recall=_shares(own, table.sum(1)),
        precision=_shares(own, table.sum(0)),
        auc=float(np.mean(areas)) if areas else None,
        loss=float(-np.log(right).mean()),
        confusion=table.tolist(),
    )


def confusion(answers: np.ndarray, labels: np.ndarray, classes: int) -> np.ndarray:
    """(classes, classes) counts: row the true class, column the answer."""
    flat = np.bincount(labels * classes + answers, minlength=classes * classes)
    return flat.reshape(classes, classes)


def auc(scores: np.ndarray, positive: np.ndarray) -> float | None:
    """The chance that a positive scores above a negative, ties counting half (Hanley & McNeil,
    1982); None when one kind is missing. scores: (n,); positive: (n,) bool."""
    ones = int(positive.sum())
    zeros = len(positive) - ones
    if not ones or not zeros:
        return None
    _, place, counts = np.unique(scores, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    ranks = last - (counts - 1) / 2  # mean rank of equal scores, counted from 1
    total = float(ranks[place[positive]].sum())
    return (total - ones * (ones + 1) / 2) / (ones * zeros)


def softmax(logits: np.ndarray) -> np.ndarray:
    """(n, classes) scores as probabilities."""
    powers = np.exp(logits - logits.max(1, keepdims=True))
    return powers / powers.sum(1, keepdims=True)


def _shares(parts: np.ndarray, wholes: np.ndarray) -> list[float | None]:
    return [float(p / w) if w else None for p, w in zip(parts, wholes, strict=True)]
