"""How good answers are: accuracy, recall of each class, AUC, confusion matrix. numpy only."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np


@dataclass(frozen=True)
class Measures:
    """One part's figures, all plain numbers.

    accuracy   share of right answers;  balanced  the mean of the recalls: a rare class counts as
               much as a common one (Brodersen et al., 2010)
    recall     for each class, the share of its pictures that were found (None without pictures)
    precision  for each class, the share of right ones among the answers that name it
    auc        area under the ROC curve, one class against the rest, mean over classes
    loss       mean of -log(probability of the right class)
    confusion  [true class][answer] counts
    """

    count: int
    accuracy: float
    balanced: float
    recall: list[float | None]
    precision: list[float | None]
    auc: float | None
    loss: float
    confusion: list[list[int]]

    @property
    def worst(self) -> int:
        """The class of which the smallest share was found; of equals the one with most pictures."""
        totals = [sum(row) for row in self.confusion]
        known = [k for k, value in enumerate(self.recall) if value is not None]
        return min(known, key=lambda k: (self.recall[k], -totals[k]))

    @property
    def interval(self) -> tuple[float, float]:
        """The 95 % interval of the accuracy that so many pictures allow."""
        right = sum(row[k] for k, row in enumerate(self.confusion))
        return interval(right, self.count)

    def plain(self) -> dict[str, Any]:
        """As JSON values."""
        return asdict(self)


def measure_answers(probabilities: np.ndarray, labels: np.ndarray) -> Measures:
    """Measure answers. probabilities: (n, classes), rows sum to 1; labels: (n,) int."""
    answers = probabilities.argmax(1)
    table = confusion(answers, labels, probabilities.shape[1])
    own = np.diag(table)
    recall = _shares(own, table.sum(1))
    areas = [area for k in range(len(table)) if (area := auc(probabilities[:, k], labels == k))]
    right = np.clip(probabilities[np.arange(len(labels)), labels], 1e-12, 1)
    return Measures(
        count=len(labels),
        accuracy=float((answers == labels).mean()),
        balanced=float(np.mean([share for share in recall if share is not None])),
        recall=recall,
        precision=_shares(own, table.sum(0)),
        auc=float(np.mean(areas)) if areas else None,
        loss=float(-np.log(right).mean()),
        confusion=table.tolist(),
    )


def interval(right: int, count: int, z: float = 1.959963984540054) -> tuple[float, float]:
    """95 % interval of a share (Wilson, 1927): honest also near 0 and 1."""
    share, square = right / count, z * z
    middle = share + square / (2 * count)
    half = z * np.sqrt(share * (1 - share) / count + square / (4 * count * count))
    low, high = (middle - half) / (1 + square / count), (middle + half) / (1 + square / count)
    return float(max(0.0, low)), float(min(1.0, high))


def confusion(answers: np.ndarray, labels: np.ndarray, classes: int) -> np.ndarray:
    """(classes, classes) counts: row the true class, column the answer; answers and labels (n,)
    whole numbers from 0."""
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
    """Scores, logits (n, classes), as probabilities, same shape."""
    powers = np.exp(logits - logits.max(1, keepdims=True))
    return powers / powers.sum(1, keepdims=True)


def _shares(parts: np.ndarray, wholes: np.ndarray) -> list[float | None]:
    return [float(p / w) if w else None for p, w in zip(parts, wholes, strict=True)]
