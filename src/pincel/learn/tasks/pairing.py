"""Pairing: a siamese network learns which pictures belong together, under the eyes of the collapse
meter, which is read and logged after every step."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

import numpy as np
import torch

from pincel.errors import PincelError
from pincel.learn import collapse
from pincel.learn.loop import TrainingStep
from pincel.learn.prepare import prepare
from pincel.learn.siamese import Pairs
from pincel.learn.tasks._brief import Brief
from pincel.nets._family import Family


class Pairing(Brief):
    """See the module. Data are `siamese.Pairs`."""

    taught_by: ClassVar[str] = "siamese"

    @classmethod
    def fitting(cls, kind: Family, data: Any) -> dict[str, Any]:
        """The channels. PincelError where nothing says what belongs together."""
        if not isinstance(data, Pairs):
            raise PincelError("teach.no_classifier", family=kind.name)
        return {"channels": data.channels}

    @classmethod
    def preparation(cls, kind: Family, config: Any, data: Any) -> dict[str, Any]:
        """By what the camera makes of the pictures."""
        return data.preparation()

    @classmethod
    def facts(cls, data: Any) -> dict[str, Any]:
        """How many there are."""
        return {"name": data.name, "hash": data.hash, "pictures": len(data.train)}

    @classmethod
    def ordered(cls, data: Any, classes: list[str] | None) -> Any:
        """As it is: only the same counts, not which class it is."""
        return data

    def batches(self, done: int) -> Iterator[Any]:
        """Pictures (2n, c, h, w), each with its photograph, and what belongs together (2n,)."""
        count, size, number = len(self.data.train), self.plan.batch, done
        each = max(1, count // size)
        while True:
            number += 1
            epoch, place = divmod(number - 1, each)
            order = np.random.default_rng([self.seed, epoch, 31]).permutation(count)
            generator = torch.Generator().manual_seed(self.seed * 1_000_003 + number)
            rows = order[place * size : (place + 1) * size]
            pictures, numbers = self.data.see(rows, generator)
            yield self.placed(prepare(pictures, self.about), torch.from_numpy(numbers))

    def stepped(self, net: Any, step: TrainingStep) -> dict[str, Any]:
        """What the collapse meter shows."""
        vectors, numbers = net.last
        return collapse.read_meter(vectors.cpu().numpy(), numbers.cpu().numpy()).plain()
