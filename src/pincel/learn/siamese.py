"""Teaching a siamese network (`nets.contrastive`) by photographs or by classes, under the eyes of
the collapse meter.

Every batch holds pictures and a photograph of each. By photographs, a picture's only partner is its
photograph (NT-Xent, Chen et al., 2020): the network learns to find a picture again. By classes, all
of one class are partners (Khosla et al., 2020): it learns what a class has in common.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch

from pincel.errors import PincelError
from pincel.learn import collapse
from pincel.learn.collapse import Meter
from pincel.learn.data import Data, Part
from pincel.learn.loop import train, warm_then_cosine
from pincel.learn.photographed import PHONE, Camera, photographed
from pincel.learn.prepare import facts, prepare
from pincel.nets._network import Model
from pincel.nets.contrastive import Config, Net

WAYS = ("photographs", "classes")


@dataclass(frozen=True)
class Reading:
    """One step is done: its loss, and what the collapse meter shows."""

    step: int
    steps: int
    loss: float
    meter: Meter


def check(data: Data) -> None:
    """PincelError unless the pictures can be photographed: 8 bits, grey or RGB."""
    if data.channels not in (1, 3) or data.train.pictures.dtype != np.uint8:
        raise PincelError(
            "siamese.pictures", channels=data.channels, type=data.train.pictures.dtype.name
        )


def steps_of(data: Data, epochs: int, batch: int) -> int:
    """How many steps a training takes."""
    return epochs * max(1, len(data.train) // min(batch, len(data.train)))


def new(data: Data, seed: int = 0, **shape: Any) -> Model:
    """An untrained network for this data."""
    check(data)
    state = torch.random.get_rng_state()
    torch.manual_seed(seed)
    try:
        net = Net(Config(channels=data.channels, **shape))
    finally:
        torch.random.set_rng_state(state)
    sample = data.train.pictures[:: max(1, len(data.train) // 512)]
    shots = photographed(np.asarray(sample), torch.Generator().manual_seed(seed))
    return Model("contrastive", net, {"prepare": facts(shots), "classes": data.classes})


def teach(
    model: Model,
    data: Data,
    *,
    by: str = "photographs",
    epochs: int = 20,
    batch: int = 64,
    rate: float = 2e-3,
    seed: int = 0,
    camera: Camera = PHONE,
) -> Iterator[Reading]:
    """Teach the model's network in place; a Reading after every step.

    batch  pictures, each with its photograph: the network sees twice as many
    """
    steps = steps_of(data, epochs, batch)
    net = model.net
    optimizers = {"net": torch.optim.AdamW(net.parameters(), rate, weight_decay=1e-4)}
    lessons = _lessons(
        data.train, model.about, steps, min(batch, len(data.train)), by, seed, camera
    )
    warm = max(1, min(100, steps // 10))
    schedule = warm_then_cosine(warm, steps)
    for step in train(net, lessons, optimizers, seed=seed, rate=schedule, clip=5.0):
        vectors, numbers = net.last  # type: ignore[misc]
        meter = collapse.read(vectors.numpy(), numbers.numpy())
        yield Reading(step.number, steps, step.losses["net"], meter)
    net.eval()


def _lessons(
    part: Part, about: dict, steps: int, batch: int, by: str, seed: int, camera: Camera
) -> Iterator[tuple[torch.Tensor, torch.Tensor]]:
    rng = np.random.default_rng([seed, 31])
    generator = torch.Generator().manual_seed(seed)
    order = np.zeros(0, np.int64)
    for _ in range(steps):
        if len(order) < batch:
            order = np.concatenate([order, rng.permutation(len(part))])
        rows, order = order[:batch], order[batch:]
        pictures = np.asarray(part.pictures[rows])
        both = np.concatenate([pictures, photographed(pictures, generator, camera)])
        numbers = part.labels[rows] if by == "classes" else np.arange(len(rows))
        yield prepare(both, about), torch.from_numpy(np.tile(numbers, 2))


def photographs_of(pictures: np.ndarray, seed: int, camera: Camera = PHONE) -> np.ndarray:
    """Photographs that no training has seen."""
    return photographed(np.asarray(pictures), torch.Generator().manual_seed(seed + 7919), camera)


def found_again(originals: np.ndarray, shots: np.ndarray) -> float:
    """Share of photographs whose nearest original is their own; both (n, d) of length 1."""
    return float(((shots @ originals.T).argmax(1) == np.arange(len(shots))).mean())
