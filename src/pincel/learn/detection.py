"""A detector taught to tell a generator's pictures from real ones, and what it is worth.

Real pictures are of those that the generator has not learned from: otherwise it could be told by
what it remembers. Half of them, and as many made ones, teach; the other half, with made ones of
other seeds, test, once.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import torch

from pincel.learn.loop import train, warm_then_cosine
from pincel.learn.measure import auc, interval, softmax
from pincel.learn.prepare import facts, prepare
from pincel.nets import detector
from pincel.nets._network import Model

CLASSES = ["real", "made"]
_BATCH = 32
_TOGETHER = 256


@dataclass(frozen=True)
class Learning:
    """`done` of `total` steps are taken; `loss` of the last."""

    done: int
    total: int
    loss: float


@dataclass(frozen=True, eq=False)
class Detected:
    """What the detector is worth on pictures that it has not seen.

    right, count  right answers of how many pictures, half of them real
    low, high     95 % interval of the accuracy (Wilson, 1927)
    real, made    share of each kind that is found;  auc  area under the ROC curve
    doubts        for each tested picture, the probability that it is made, the real ones first
    """

    model: Model
    right: int
    count: int
    low: float
    high: float
    real: float
    made: float
    auc: float
    doubts: np.ndarray

    @property
    def accuracy(self) -> float:
        """Share of right answers."""
        return self.right / self.count


def detect(
    real: np.ndarray, made: np.ndarray, lessons: int = 20_000, seed: int = 0
) -> Iterator[Learning | Detected]:
    """Teach and test on pictures (n, h, w, c) uint8, as many real as made ones; the first half of
    each teaches. `lessons` pictures are seen, counted each time. Yields `Learning`, then
    `Detected`."""
    count = min(len(real), len(made))
    cut = count // 2
    taught = np.concatenate([real[:cut], made[:cut]])
    labels = torch.from_numpy(np.repeat([0, 1], cut))
    about = {"prepare": facts(taught)}
    net = _new(taught.shape[-1], seed)
    pictures = prepare(taught, about)
    total = max(2, lessons // _BATCH)
    rng = np.random.default_rng([seed, 91])
    rate = float(detector.recipe(net.config)["rate"])
    optimizers = {"net": torch.optim.AdamW(net.parameters(), rate, weight_decay=0.05)}
    batches = (_batch(pictures, labels, rng) for _ in range(total))
    steps = train(net, batches, optimizers, seed=seed, clip=1.0,
                  rate=warm_then_cosine(max(1, total // 10), total))  # fmt: skip
    for step in steps:
        yield Learning(step.number, total, step.losses["net"])
    yield _tested(net, about, real[cut:count], made[cut:count])


def _new(channels: int, seed: int) -> detector.Net:
    state = torch.random.get_rng_state()
    torch.manual_seed(seed)
    try:
        return detector.Net(detector.Config(channels=channels))
    finally:
        torch.random.set_rng_state(state)


def _batch(
    pictures: torch.Tensor, labels: torch.Tensor, rng: np.random.Generator
) -> tuple[torch.Tensor, torch.Tensor]:
    """As many real as made pictures."""
    half = len(labels) // 2
    size = min(_BATCH // 2, half)
    rows = np.concatenate([rng.choice(half, size, False), half + rng.choice(half, size, False)])
    return pictures[rows], labels[rows]


def _tested(net: detector.Net, about: dict, real: np.ndarray, made: np.ndarray) -> Detected:
    net.eval()
    doubts = np.concatenate([_doubts(net, about, real), _doubts(net, about, made)])
    truth = np.repeat([False, True], [len(real), len(made)])
    hits = (doubts > 0.5) == truth
    low, high = interval(int(hits.sum()), len(hits))
    area = auc(doubts, truth)
    about = about | {"classes": CLASSES}
    return Detected(
        model=Model("detector", net, about),
        right=int(hits.sum()),
        count=len(hits),
        low=low,
        high=high,
        real=float(hits[~truth].mean()),
        made=float(hits[truth].mean()),
        auc=0.5 if area is None else area,
        doubts=doubts,
    )


def _doubts(net: detector.Net, about: dict, pictures: np.ndarray) -> np.ndarray:
    rows = []
    with torch.inference_mode():
        for start in range(0, len(pictures), _TOGETHER):
            batch = prepare(pictures[start : start + _TOGETHER], about)
            rows.append(softmax(net.logits(batch).float().numpy())[:, 1])
    return np.concatenate(rows)
