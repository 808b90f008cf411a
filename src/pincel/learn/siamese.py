"""Teaching a siamese network (`nets.contrastive`) by photographs or by classes.

Every batch holds pictures and a photograph of each. By photographs, a picture's only partner is its
photograph (NT-Xent, Chen et al., 2020): the network learns to find a picture again. By classes, all
of one class are partners (Khosla et al., 2020): it learns what a class has in common. How it steps
stands in `learn.tasks.pairing`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch

from pincel.errors import PincelError
from pincel.learn.course import Order
from pincel.learn.data import Data, DataPart
from pincel.learn.loop import climb
from pincel.learn.photographed import PHONE, Camera, photographed
from pincel.learn.prepare import preparation_facts
from pincel.learn.run import Run

WAYS = ("photographs", "classes")
KEEP = 50
"""Steps between two saved states."""


@dataclass(frozen=True)
class SiamesePlan:
    """How a siamese network is taught.

    by     what belongs together: "photographs" or "classes"
    batch  pictures, each with its photograph: the network sees twice as many
    """

    by: str = "photographs"
    epochs: int = 20
    batch: int = 64
    rate: float = 2e-3
    seed: int = 0


@dataclass(frozen=True, eq=False)
class Pairs:
    """Pictures of a data set, each with a photograph of it.

    by    what belongs together: "photographs" or "classes";  seed  of the photographs that say how
    pictures become tensors
    """

    data: Data
    by: str = "photographs"
    seed: int = 0
    camera: Camera = PHONE

    def __post_init__(self) -> None:
        """PincelError unless the pictures can be photographed: 8 bits, grey or RGB."""
        kind = self.train.pictures.dtype
        if self.channels not in (1, 3) or kind != np.uint8:
            raise PincelError("siamese.pictures", channels=self.channels, type=kind.name)

    @property
    def name(self) -> str:
        return self.data.name

    @property
    def hash(self) -> str:
        return self.data.hash

    @property
    def classes(self) -> list[str]:
        return self.data.classes

    @property
    def channels(self) -> int:
        return self.data.channels

    @property
    def size(self) -> tuple[int, int]:
        """Height and width."""
        return self.data.size

    @property
    def train(self) -> DataPart:
        """What is learned from."""
        return self.data.train

    def see(self, rows: np.ndarray, generator: torch.Generator) -> tuple[np.ndarray, np.ndarray]:
        """Pictures (2n, h, w, c) uint8 of these rows, each with its photograph, and what belongs
        together (2n,)."""
        pictures = np.asarray(self.train.pictures[rows])
        both = np.concatenate([pictures, photographed(pictures, generator, self.camera)])
        numbers = self.train.labels[rows] if self.by == "classes" else np.arange(len(rows))
        return both, np.tile(numbers, 2)

    def preparation(self) -> dict[str, Any]:
        """How they become tensors, by photographs of some of them."""
        sample = np.asarray(self.train.pictures[:: max(1, len(self.train) // 512)])
        return preparation_facts(
            photographed(sample, torch.Generator().manual_seed(self.seed), self.camera)
        )


def siamese_order(
    data: Pairs,
    plan: SiamesePlan,
    settings: Mapping[str, Any],
    own: Mapping[str, Any] | None = None,
) -> Order:
    """What is asked (`learn.teach.written`); settings of the network, own of the job."""
    batch = min(plan.batch, len(data.train))
    steps = plan.epochs * max(1, len(data.train) // batch)
    recipe = {
        "epochs": plan.epochs, "batch": batch, "rate": plan.rate, "decay": 1e-4, "clip": 5.0,
        "warm": climb(steps, 100), "average": 0.0, "augment": "none", "precision": "fp32",
        "keep": KEEP,
    }  # fmt: skip
    return Order("contrastive", data, plan.seed, settings, recipe, "cpu",
                 own={"by": plan.by, **(own or {})})  # fmt: skip


def readings(run: Run) -> list[dict[str, Any]]:
    """All readings that the run has kept: step, loss and the meter."""
    return [entry for entry in run.metrics() if "spread" in entry]


def photographs_of(pictures: np.ndarray, seed: int, camera: Camera = PHONE) -> np.ndarray:
    """Photographs of pictures (n, h, w, 1 or 3), uint8, that no training has seen."""
    return photographed(np.asarray(pictures), torch.Generator().manual_seed(seed + 7919), camera)


def found_again(originals: np.ndarray, shots: np.ndarray) -> float:
    """Share (0-1) of photographs, `shots`, whose nearest original is their own; both (n, d) floats
    of length 1."""
    return float(((shots @ originals.T).argmax(1) == np.arange(len(shots))).mean())
