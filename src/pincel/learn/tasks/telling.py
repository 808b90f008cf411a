"""Telling: a captioner learns from sprites and the words that say what they show.

Its averaged weights are the better ones at any time, so that they are kept, whenever it ends.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import torch

from pincel.errors import PincelError
from pincel.learn.captioning import Captions, Lessons
from pincel.learn.prepare import generator_facts, prepare
from pincel.learn.tasks._task import Task
from pincel.nets._family import Family
from pincel.nets._network import Net

_SHIFT = 2
_DULL = 0.25  # the least weight: dull tiles are shown, but seldom


class Telling(Task):
    """See the module. Data are `captioning.Lessons`."""

    @classmethod
    def fitting(cls, kind: Family, data: Any) -> dict[str, Any]:
        """The shape of the pictures. PincelError where they have no words."""
        if not isinstance(data, Lessons):
            raise PincelError("teach.no_classifier", family=kind.name)
        return {"channels": data.channels, "side": data.size[0]}

    @classmethod
    def preparation(cls, kind: Family, config: Any, data: Any) -> dict[str, Any]:
        """Premultiplied, -1 to 1."""
        return generator_facts(data.train.pictures[:64])

    @classmethod
    def recipe(cls, kind: Family, config: Any, data: Any) -> dict[str, Any]:
        """At the rate at which it learns steadily; words are not mirrored, pictures are."""
        return {"batch": 64, "rate": 2e-3, "average": 0.99, "augment": "none"}

    @classmethod
    def facts(cls, data: Any) -> dict[str, Any]:
        """How many there are."""
        return {"name": data.name, "hash": data.hash, "pictures": len(data.train)}

    @classmethod
    def ordered(cls, data: Any, classes: list[str] | None) -> Any:
        """Captions are no classes."""
        return data

    @classmethod
    def layout(cls, net: Net, precision: str, device: torch.device) -> torch.memory_format:
        """Channels last: faster."""
        return torch.channels_last

    def rate(self, number: int) -> float:
        """Up in 60 steps, then down with the root of the steps (Vaswani et al., 2017), so that it
        may stop at any time; the average of the weights does the rest."""
        return min(number / 60, (300 / max(number, 300)) ** 0.5)

    def averaged(self, total: int) -> float:
        """As asked, however long it lasts."""
        return self.plan.average

    def batches(self, done: int) -> Iterator[Any]:
        """Pictures, drawn by weight, mirrored and shifted by up to 2 pixels, and words (n, 12)."""
        part: Captions = self.data.train
        share = np.maximum(part.weight, _DULL)
        share = share / share.sum()
        number = done
        while True:
            rng = np.random.default_rng([self.seed, number])
            rows = rng.choice(len(share), self.plan.batch, p=share)
            pictures = _changed(part.pictures[rows].copy(), rng)
            number += 1
            yield self.placed(prepare(pictures, self.about), torch.from_numpy(part.words[rows]))


def _changed(pictures: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Half of them mirrored, all moved."""
    flipped = rng.random(len(pictures)) < 0.5
    pictures[flipped] = pictures[flipped, :, ::-1]
    moves = rng.integers(-_SHIFT, _SHIFT + 1, (len(pictures), 2))
    for i, (down, across) in enumerate(moves):
        pictures[i] = _shifted(pictures[i], int(down), int(across))
    return pictures


def _shifted(picture: np.ndarray, down: int, across: int) -> np.ndarray:
    """Moved; what comes in is transparent, what would be cut off keeps it where it is."""
    alpha = picture[..., 3] > 0
    rows, columns = np.any(alpha, axis=1), np.any(alpha, axis=0)
    if down and (rows[-down:].any() if down > 0 else rows[:-down].any()):
        down = 0
    if across and (columns[-across:].any() if across > 0 else columns[:-across].any()):
        across = 0
    return np.roll(picture, (down, across), (0, 1))
