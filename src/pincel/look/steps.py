"""How many steps back from noise are enough: quality against work, for each sampler.

Quality is a Frechet distance between made and real pictures on the first principal components of
the real pictures' pixels. It sees whether the pictures vary as the real ones do; it is no judge of
taste, and not to be compared with figures on other features.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch

from pincel.errors import PincelError
from pincel.learn.crowds import frechet
from pincel.learn.prepare import network_numbers, to_pictures, visible
from pincel.nets._network import Model

COMPONENTS = 24
LOOKS = (1, 2, 4, 8, 16, 32)
"""Looks of the network that a picture is given; heun looks twice a step."""
_TOGETHER = 64
_FEWEST = 2 * COMPONENTS


@dataclass(frozen=True, eq=False)
class Point:
    """A sampler, how often it looked, the distance of what it made, and the first pictures
    (k, h, w, c) uint8 of it."""

    sampler: str
    looks: int
    distance: float
    pictures: np.ndarray


@dataclass(frozen=True, eq=False)
class Quality:
    """All points; `floor`: the distance between two halves of the real pictures, as good as it
    gets with so many (`count`); `components`, and the share of variance that they hold."""

    points: list[Point]
    floor: float
    count: int
    components: int
    held: float


def samplers(model: Model) -> tuple[str, ...]:
    """The samplers that differ: on straight ways ddim is euler."""
    straight = model.net.config.schedule == "flow"  # type: ignore[attr-defined]
    return ("euler", "heun", "ancestral") if straight else ("ddim", "euler", "heun", "ancestral")


def quality(
    model: Model,
    real: np.ndarray,
    count: int = 128,
    looks: Sequence[int] = LOOKS,
    shown: int = 6,
) -> Iterator[tuple[int, int] | Quality]:
    """Make `count` pictures with every sampler and number of looks and compare them with real (n,
    h, w, c) pictures of the model's size and type (uint8, uint16 or float32). Yields (done, total)
    on the way, Quality last. PincelError for fewer than 96 real pictures."""
    net: Any = model.net
    if len(real) < 2 * _FEWEST:
        raise PincelError("watch.few_real", count=len(real), fewest=2 * _FEWEST)
    count = min(count, len(real) // 2)
    flat = network_numbers(real[: 2 * count], model.about).reshape(2 * count, -1).astype(np.float64)
    mean = flat.mean(0)
    _, spread, axes = np.linalg.svd(flat - mean, full_matrices=False)
    kept = min(COMPONENTS, len(axes))
    held = float((spread[:kept] ** 2).sum() / (spread**2).sum())

    def features(values: np.ndarray) -> np.ndarray:
        return (values.reshape(len(values), -1) - mean) @ axes[:kept].T

    halves = features(flat[0::2]), features(flat[1::2])
    plans = [
        (sampler, number)
        for sampler in samplers(model)
        for number in looks
        if sampler != "heun" or number % 2 == 0
    ]
    points = []
    for done, (sampler, number) in enumerate(plans):
        yield done, len(plans)
        made = _made(net, count, number // 2 if sampler == "heun" else number, sampler)
        pictures = visible(to_pictures(made[:shown], model.about), model.about)
        distance = frechet(features(flat), features(made.astype(np.float64)))
        points.append(Point(sampler, number, distance, pictures))
    yield Quality(points, frechet(*halves), count, kept, held)


def _made(net: Any, count: int, steps: int, sampler: str) -> np.ndarray:
    """`count` prepared pictures from seeds 0 on, one class after the other."""
    classes = int(net.config.classes)
    parts = []
    for start in range(0, count, _TOGETHER):
        seeds = range(start, min(start + _TOGETHER, count))
        labels = torch.tensor(list(seeds)) % classes if classes else None
        parts.append(net.sample(seeds, labels, steps, sampler=sampler).numpy())
    return np.concatenate(parts)
