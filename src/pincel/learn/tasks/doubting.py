"""Doubting: a classifier learns to tell made pictures from real ones; every batch holds as many of
both. At the end it doubts the test part."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
import torch

from pincel.learn.measure import auc, interval, softmax
from pincel.learn.prepare import prepare
from pincel.learn.tasks._brief import Brief
from pincel.nets._family import Family
from pincel.nets._network import Net

_TOGETHER = 256


@dataclass(frozen=True, eq=False)
class Doubts:
    """What a detector is worth on pictures that it has not seen.

    right, count  right answers of how many pictures, half of them real
    low, high     95 % interval of the accuracy (Wilson, 1927)
    real, made    share of each kind that is found;  auc  area under the ROC curve
    doubts        for each tested picture, the probability that it is made
    """

    right: int
    count: int
    low: float
    high: float
    real: float
    made: float
    auc: float
    doubts: np.ndarray

    @property
    def accuracy(self) -> float:
        """Share of right answers."""
        return self.right / self.count

    def metrics(self) -> dict[str, Any]:
        """The figures, to four digits."""
        names = ("accuracy", "low", "high", "count", "real", "made", "auc")
        return {"test": {name: round(getattr(self, name), 4) for name in names}}


class Doubting(Brief):
    """See the module. The data's first class is real, the second made, half of each part each."""

    taught_by: ClassVar[str] = "quiz"

    @classmethod
    def fitting(cls, kind: Family, data: Any) -> dict[str, Any]:
        """The channels; there are two classes."""
        return {"channels": data.channels, "classes": 2}

    def batches(self, done: int) -> Iterator[Any]:
        """Pictures and labels (n,), as many real as made ones."""
        part, number = self.data.train, 0
        half = len(part) // 2
        size = min(self.plan.batch // 2, half)
        rng = np.random.default_rng([self.seed, 91])
        while True:
            number += 1
            real, made = rng.choice(half, size, False), half + rng.choice(half, size, False)
            if number > done:
                rows = np.concatenate([real, made])
                pictures = prepare(part.pictures[rows], self.about)
                yield self.placed(pictures, torch.from_numpy(part.labels[rows]))

    def looks(self) -> tuple[int, int]:
        """The test part alone."""
        return 0, len(self.data.test)

    def examined(self, net: Net) -> Doubts:
        """How many of the test part it tells right."""
        part, truth = self.data.test, self.data.test.labels == 1
        doubts = self._doubts(net, part.pictures)
        hits = (doubts > 0.5) == truth
        low, high = interval(int(hits.sum()), len(hits))
        area = auc(doubts, truth)
        return Doubts(
            right=int(hits.sum()),
            count=len(hits),
            low=low,
            high=high,
            real=float(hits[~truth].mean()),
            made=float(hits[truth].mean()),
            auc=0.5 if area is None else area,
            doubts=doubts,
        )

    def _doubts(self, net: Any, pictures: np.ndarray) -> np.ndarray:
        net.eval()
        rows = []
        with torch.inference_mode():
            for start in range(0, len(pictures), _TOGETHER):
                batch = prepare(pictures[start : start + _TOGETHER], self.about).to(self.device)
                rows.append(softmax(net.logits(batch).float().cpu().numpy())[:, 1])
        return np.concatenate(rows)
