"""Naming: a classifier learns from pictures and their classes.

The best weights are those with the best balanced accuracy on the validation part; at the end they
name the test part, plainly and averaged over the views of the change that it learned with.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch

from pincel.errors import PincelError
from pincel.learn import balance
from pincel.learn.answering import class_probabilities
from pincel.learn.augment import views_of_tensor
from pincel.learn.measure import Measures, measure_answers
from pincel.learn.tasks._labelled import Labelled
from pincel.learn.tasks._task import Measured
from pincel.nets._family import Family
from pincel.nets._network import Net


@dataclass(frozen=True, eq=False)
class Named:
    """Answers on the test part: plain (`test`, and (n, classes) `probabilities`), and averaged over
    views; None where pictures were not changed."""

    test: Measures
    averaged: Measures | None
    probabilities: np.ndarray

    def metrics(self) -> dict[str, Any]:
        """Both, as plain JSON."""
        averaged = {"test_averaged": self.averaged.plain()} if self.averaged else {}
        return {"test": self.test.plain(), **averaged}


class Naming(Labelled):
    """See the module."""

    @classmethod
    def fitting(cls, kind: Family, data: Any) -> dict[str, Any]:
        """The shape of the pictures and the number of classes."""
        if not {"channels", "classes"} <= set(kind.Config.model_fields):
            raise PincelError("teach.no_classifier", family=kind.name)
        height, width = data.size
        return {
            "channels": data.channels, "classes": len(data.classes),
            "height": height, "width": width,
        }  # fmt: skip

    def looks(self) -> tuple[int, int]:
        """The validation part; the test part, once more for each of its views."""
        return len(self.data.val), (1 + self._views()) * len(self.data.test)

    def _views(self) -> int:
        """Over how many views the test is averaged besides: 0 where pictures are not changed, and
        where it would take more than a fifth of the minutes that were asked for."""
        plan = self.plan
        if plan.augment == "none":
            return 0
        count = len(views_of_tensor(torch.zeros(1, 1, 2, 2), plan.augment))
        steps = count * len(self.data.test) / plan.batch / 2  # forward only
        return 0 if plan.minutes and steps > plan.steps / 5 else count

    def measured(self, net: Net, epoch: int) -> Measured:
        """Accuracy, plain and balanced, loss and AUC on the validation part."""
        part = self.data.val
        found = measure_answers(
            class_probabilities(net, part, self.about, self.device), part.labels
        )
        entry = {
            "val_loss": found.loss,
            "val_accuracy": found.accuracy,
            "val_balanced": found.balanced,
            "val_auc": found.auc,
        }
        score = {"balanced": found.balanced, "loss": found.loss}
        return Measured(score, entry, {"val": found.plain()})

    def better(self, score: Mapping[str, Any], best: Mapping[str, Any]) -> bool:
        """By the balanced accuracy, then by the loss."""
        return balance.rank(score) > balance.rank(best)

    def examined(self, net: Net) -> Named:
        """Answers on the test part."""
        part, kind = self.data.test, self.plan.augment
        plain = class_probabilities(net, part, self.about, self.device)
        averaged = None
        if self._views():
            averaged = measure_answers(
                class_probabilities(net, part, self.about, self.device, kind), part.labels
            )
        return Named(measure_answers(plain, part.labels), averaged, plain)
