"""A detector taught to tell a generator's pictures from real ones, and what it is worth.

Real pictures are of those that the generator has not learned from: otherwise it could be told by
what it remembers. Half of them, and as many made ones, teach; the other half, with made ones of
other seeds, test, once. How it learns stands in `learn.tasks.doubting`.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from pincel.learn.course import Finished, Order
from pincel.learn.data import Data, DataPart, Report
from pincel.learn.lasting import lasting
from pincel.learn.loop import climb
from pincel.learn.prepare import preparation_facts
from pincel.learn.run import Run
from pincel.learn.tasks.doubting import Doubts
from pincel.learn.teach import planned, written
from pincel.nets._network import Model

CLASSES = ["real", "made"]
_BATCH = 32


@dataclass(frozen=True, eq=False)
class Detected(Doubts):
    """What a detector is worth, and the detector."""

    model: Model

    @classmethod
    def of(cls, done: Finished[Doubts]) -> Detected:
        """From the end of its training."""
        return cls(**vars(done.found), model=done.model)


def doubted(real: np.ndarray, made: np.ndarray, name: str) -> Data:
    """Real and made pictures (n, h, w, c) uint8 as a data set, as many of both: the first half of
    each teaches, the other tests."""
    count = min(len(real), len(made))
    cut = count // 2
    found = hashlib.sha256()
    for pictures in (real[:count], made[:count]):
        found.update(np.ascontiguousarray(pictures).tobytes())
    train, test = (
        DataPart(
            np.concatenate([real[rows], made[rows]]),
            np.repeat(np.arange(2), len(real[rows])),
            [f"{kind}/{k}" for kind in CLASSES for k in range(count)[rows]],
        )
        for rows in (slice(cut), slice(cut, count))
    )
    return Data(name, list(CLASSES), train, test, test, found.hexdigest(), Report())


def detecting(data: Data, lessons: int, seed: int, folder: Path | None = None) -> Run:
    """The run of a detector, begun now or the one that is in the folder; None: it is not kept.
    `lessons` pictures are seen, counted each time."""
    total = max(2, lessons // _BATCH)
    recipe = {
        "batch": _BATCH, "decay": 0.05, "average": 0.0, "warm": climb(total), "augment": "none",
        "precision": "fp32",
    }  # fmt: skip
    lasts = lasting(planned(recipe), total, len(data.train))
    recipe |= {"steps": lasts.steps, "epochs": lasts.epochs, "measure": lasts.measure}
    order = Order(
        "detector",
        data,
        seed,
        {},
        recipe,
        "cpu",
        "doubting",
        preparation_facts(data.train.pictures),
    )
    return Run.at(folder, lambda: written(order))
