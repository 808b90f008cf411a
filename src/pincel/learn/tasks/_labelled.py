"""What naming and making share: batches of pictures and their classes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import torch

from pincel.learn import balance
from pincel.learn.augment import augment
from pincel.learn.prepare import prepare
from pincel.learn.tasks._task import Task


class Labelled(Task):
    """A task whose data are pictures with labels; an epoch shows each once."""

    def batches(self, done: int) -> Iterator[Any]:
        """Pictures, changed as the recipe says, and labels (n,)."""
        part, plan = self.data.train, self.plan
        each = max(1, len(part) // plan.batch)
        number = done
        while True:
            number += 1
            epoch, place = divmod(number - 1, each)
            order = balance.epoch_order(part.labels, [self.seed, epoch, 1], plan.balance)
            rows = np.sort(order[place * plan.batch : (place + 1) * plan.batch])
            pictures = prepare(part.pictures[rows], self.about).to(self.device)
            generator = torch.Generator().manual_seed(self.seed * 1_000_003 + number)
            changed = augment(pictures, plan.augment, generator)
            yield self.placed(changed, torch.from_numpy(part.labels[rows]))
