"""Planting: a classifier learns from pictures of which those of one class carry a mark, and
`look.shortcuts` asks what it reads. They are never turned or mirrored: that would move the mark."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

import numpy as np
import torch

from pincel.learn.tasks.racing import Racing


class Planting(Racing):
    """See the module. As in a race, but for the draw."""

    taught_by: ClassVar[str] = "shortcuts"

    def orders(self) -> Iterator[np.ndarray]:
        """The row numbers (n,) of each epoch, without end, drawn one after the other."""
        draw = torch.Generator().manual_seed(self.seed)
        while True:
            yield torch.randperm(len(self.data.train), generator=draw).numpy()
