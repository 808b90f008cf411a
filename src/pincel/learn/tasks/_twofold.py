"""What translating and redrawing share: data of two sides (`learn.two`), each with its batches."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch import Tensor

from pincel.errors import PincelError
from pincel.learn.prepare import generator_facts, network_numbers
from pincel.learn.tasks._task import Task
from pincel.learn.two import Two
from pincel.nets._family import Family
from pincel.nets._network import Net

SHOWN = 8


@dataclass(frozen=True, eq=False)
class Changed:
    """Figures on the test part, and rows of pictures (n, h, w, c) uint8, `across` in a row: what
    came, what it became, and what it should have become where that is known."""

    figures: dict[str, float]
    pictures: np.ndarray
    across: int

    def metrics(self) -> dict[str, Any]:
        """The figures."""
        return {"test": self.figures}


class Twofold(Task):
    """A task whose data are two folders."""

    paired = False
    """Whether every picture has its own sprite."""

    @classmethod
    def fitting(cls, kind: Family, data: Any) -> dict[str, Any]:
        """Refuses data of one folder."""
        if not isinstance(data, Two) or data.paired != cls.paired:
            raise PincelError("two.needed", family=kind.name)
        return {}

    @classmethod
    def preparation(cls, kind: Family, config: Any, data: Two) -> dict[str, Any]:
        """Of the pictures; the sprites are scaled alike."""
        return generator_facts(data.train.pictures)

    @classmethod
    def facts(cls, data: Two) -> dict[str, Any]:
        """As of any data; and which sizes the sprites had."""
        return super().facts(data) | {"sizes": data.sizes}

    @classmethod
    def ordered(cls, data: Any, classes: list[str] | None) -> Any:
        """There are no classes."""
        return data

    def fit(self, net: Net) -> None:
        """Nothing, unless a task says more."""

    def prepared(self, pictures: np.ndarray) -> Tensor:
        """(n, h, w, 3) uint8 -> (n, 3, h, w), -1 to 1."""
        about = {"prepare": generator_facts(pictures)}
        return torch.from_numpy(network_numbers(pictures, about))

    def _rng(self, number: int) -> np.random.Generator:
        """Draws of step `number`."""
        return np.random.default_rng([self.seed, number, 7])

    def _rows(self, number: int) -> np.ndarray:
        """Places of the pictures of step `number`: each once an epoch."""
        size = self.plan.batch
        each = max(1, len(self.data.train) // size)
        epoch, place = divmod(number - 1, each)
        order = np.random.default_rng([self.seed, epoch, 1]).permutation(len(self.data.train))
        return order[place * size : (place + 1) * size]

    def looks(self) -> tuple[int, int]:
        """All of both parts, at most 64."""
        return min(64, len(self.data.val)), min(64, len(self.data.test))
