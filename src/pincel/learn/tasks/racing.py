"""Racing: a classifier learns from pictures as they are, each once an epoch, and `learn.race` times
and tests it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

import numpy as np
import torch

from pincel.learn.prepare import prepare
from pincel.learn.tasks._brief import Brief
from pincel.nets._family import Family


class Racing(Brief):
    """See the module. Data are pictures with labels."""

    taught_by: ClassVar[str] = "race"

    @classmethod
    def fitting(cls, kind: Family, data: Any) -> dict[str, Any]:
        """The shape of the pictures and the number of classes."""
        height, width = data.size
        shape = {"channels": data.channels, "height": height, "width": width}
        return shape | {"classes": len(data.classes)}

    def batches(self, done: int) -> Iterator[Any]:
        """Pictures and labels (n,)."""
        part, size, number = self.data.train, self.plan.batch, 0
        for order in self.orders():
            for place in range(max(1, len(part) // size)):
                number += 1
                if number > done:
                    rows = order[place * size : (place + 1) * size]
                    pictures = prepare(part.pictures[rows], self.about)
                    yield self.placed(pictures, torch.from_numpy(part.labels[rows]))

    def orders(self) -> Iterator[np.ndarray]:
        """The row numbers (n,) of each epoch, without end, drawn one after the other."""
        rng = np.random.default_rng([self.seed, 78])
        while True:
            yield rng.permutation(len(self.data.train))
