"""May pictures be mirrored, or turned, while a network learns from them? Asked of the data.

A mirrored cell is a cell, a mirrored 2 is none. So a small network learns for some steps from
pictures as they are, and the validation part is shown to it straight and changed:

for networks that name classes   changed pictures must keep their answer, as a whole and in every
                                 class: right as often as straight ones, within the interval
for networks that make pictures  nothing may tell changed pictures from straight ones (Lin et al.,
                                 2020, "visual chirality"): whatever such a network sees, it makes

What cannot be shown is not done: with few validation pictures nothing is mirrored.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from pincel.learn import processes
from pincel.learn.augment import augment
from pincel.learn.data import Data, DataPart
from pincel.learn.loop import train, warm_then_cosine
from pincel.learn.prepare import preparation_facts, prepare
from pincel.nets import cnn

FEWEST = 34
"""Validation pictures below which nothing can be shown: even if all keep their answer, one in
twenty could lose it."""
_STEPS, _BATCH, _RATE = 240, 64, 4e-3
_SIDE = 32  # larger pictures are shrunk for the question
_MOST = 4096  # pictures learned from, and half as many asked
_LOSS = 0.05  # right answers that mirroring may cost, at most
_TOLD = 2 / 3  # share of pictures told apart, at most; 0.5 is guessing
_Z = 1.64  # one-sided 95 %


@dataclass(frozen=True)
class Answer:
    """One change and what the validation part says of it.

    straight, changed   right answers, 0 to 1: to pictures as they are and to changed ones; for
                        networks that make pictures `changed` is the share told apart, `straight`
                        0.5, that of guessing
    edge                the worst that is within the interval: answers lost, or share told apart
    kept                whether the change is made
    worst               the class that loses its answers, where one does
    """

    change: str
    straight: float
    changed: float
    edge: float
    kept: bool
    worst: str = ""


@dataclass(frozen=True)
class MirroringChoice:
    """How pictures change while a network learns, and why.

    kind    text for `augment.augment`
    why     "answers", "looks" (told apart), "few" (validation pictures), "unlearned" (the small
            network answers no better than by the most frequent class)
    count   validation pictures that were asked
    asked   what was found for "mirror" and, where that is kept, "turns"
    """

    kind: str
    why: str
    count: int
    asked: tuple[Answer, ...] = ()

    def plain(self) -> dict[str, Any]:
        """As JSON, for the run."""
        return asdict(self)


def choose_mirroring(
    data: Data, makes: bool, seed: int = 0
) -> Generator[tuple[int, int], None, MirroringChoice]:
    """Ask the data whether pictures may be mirrored and turned; yields (done, of), returns the
    `MirroringChoice`. `makes`: for a network that makes pictures. The same data and seed give the
    same answer on one machine; the run keeps it."""
    plain = "none" if makes else "shift,light"
    val = _some(data.val, _MOST // 2, seed)
    if len(val) < FEWEST:
        return MirroringChoice(plain, "few", len(val))
    state = torch.random.get_rng_state()
    torch.manual_seed(seed)
    try:
        asker = _Looks(data, val, seed) if makes else _Answers(data, val, seed)
        found: list[Answer] = []
        of = 2 * _STEPS if makes else _STEPS
        for change in ("mirror", "turns"):
            for done in asker.learn(change):
                yield done + len(found) * _STEPS * makes, of
            found.append(asker.ask(change))
            if not found[-1].kept or data.size[0] != data.size[1]:
                break
    finally:
        torch.random.set_rng_state(state)
    if not makes and not asker.learned:
        return MirroringChoice(plain, "unlearned", len(val), tuple(found[:1]))
    kept = {one.change for one in found if one.kept}
    named = "turns" if "turns" in kept else "mirror" if kept else "none"
    full = {"turns": "cells", "mirror": "mirror,shift,light", "none": plain}
    why = "looks" if makes else "answers"
    return MirroringChoice(named if makes else full[named], why, len(val), tuple(found))


def _some(part: DataPart, most: int, seed: int) -> DataPart:
    if len(part) <= most:
        return part
    rows = np.sort(np.random.default_rng([seed, 7]).permutation(len(part))[:most])
    return DataPart(part.pictures[rows], part.labels[rows], [part.names[row] for row in rows])


class _Asker:
    """A small network and the pictures it learns from and is asked about."""

    def __init__(self, data: Data, val: DataPart, seed: int) -> None:
        self.data, self.seed = data, seed
        self.about = {"prepare": preparation_facts(data.train.pictures)}
        self.lesson = _some(data.train, _MOST, seed)
        self.given = self._small(self.lesson)
        self.shown, self.labels = self._small(val), torch.from_numpy(val.labels)

    def _small(self, part: DataPart) -> Tensor:
        """Prepared pictures (n, c, h, w), sides at most 32."""
        rows = []
        for start in range(0, len(part), 512):
            given = prepare(part.pictures[start : start + 512], self.about)
            high, wide = given.shape[2:]
            factor = min(1.0, _SIDE / max(high, wide))
            size = max(4, round(high * factor)), max(4, round(wide * factor))
            rows.append(functional.interpolate(given, size, mode="area") if factor < 1 else given)
        return torch.cat(rows)

    def _net(self, classes: int) -> cnn.Net:
        channels = self.given.shape[1]
        return cnn.Net(cnn.Config(channels=channels, classes=classes, widths=(16, 32, 64),
                                  blocks=(0, 1, 1)))  # fmt: skip

    def _taught(self, net: cnn.Net, batches: Iterator[tuple[Tensor, Tensor]]) -> Iterator[int]:
        optimizers = {"net": torch.optim.AdamW(net.parameters(), _RATE, weight_decay=0.05)}
        rate = warm_then_cosine(_STEPS // 10, _STEPS)
        with processes.on_its_own():  # of several processes the first alone asks
            for step in train(net, batches, optimizers, seed=self.seed, rate=rate, clip=1.0):
                yield step.number

    def _rows(self, step: int) -> Tensor:
        rng = np.random.default_rng([self.seed, step, 3])
        return torch.from_numpy(rng.integers(0, len(self.given), _BATCH))

    def _drawn(self, step: int) -> torch.Generator:
        return torch.Generator().manual_seed(self.seed * 1_000_003 + step)


class _Answers(_Asker):
    """Whether changed pictures keep their answer."""

    learned = False
    net: cnn.Net | None = None

    def learn(self, change: str) -> Iterator[int]:
        """Learn from straight pictures, once for all changes."""
        if self.net is None:
            self.net = self._net(len(self.data.classes))
            yield from self._taught(self.net, self._batches())

    def _batches(self) -> Iterator[tuple[Tensor, Tensor]]:
        labels = torch.from_numpy(self.lesson.labels)
        for step in range(_STEPS):
            rows = self._rows(step)
            yield augment(self.given[rows], "shift", self._drawn(step)), labels[rows]

    def ask(self, change: str) -> Answer:
        """The paired difference of right answers, and its upper bound."""
        straight = self._right(self.shown)
        changed = np.mean([self._right(view) for view in _changed(self.shown, change)], 0)
        lost = straight - changed
        count = len(lost)
        usual = float(np.bincount(self.labels.numpy()).max()) / count
        spread = np.sqrt(straight.mean() * (1 - straight.mean()) / count)
        self.learned = bool(straight.mean() - _Z * spread > usual)
        edge = float(lost.mean() + _Z * np.sqrt(np.square(lost).sum() + 1) / count)
        most = min(_LOSS, 0.1 * max(0.0, float(straight.mean()) - usual))
        worst = self._worst(lost)
        kept = self.learned and edge <= most and not worst
        return Answer(change, float(straight.mean()), float(changed.mean()), edge, kept, worst)

    def _right(self, pictures: Tensor) -> np.ndarray:
        """1.0 where the answer is right, (n,)."""
        assert self.net is not None
        self.net.eval()
        with torch.inference_mode():
            rows = [self.net.logits(part).argmax(1) for part in pictures.split(512)]
        return (torch.cat(rows) == self.labels).numpy().astype(float)

    def _worst(self, lost: np.ndarray) -> str:
        """The class that clearly loses its answers, "" without one."""
        found, name = 0.0, ""
        for label in range(len(self.data.classes)):
            own = lost[self.labels.numpy() == label]
            clear = own.sum() - 3 * np.sqrt(np.square(own).sum() + 1)
            if len(own) and clear > found and own.mean() > 2 * _LOSS:
                found, name = float(clear), self.data.classes[label]
        return name


class _Looks(_Asker):
    """Whether changed pictures can be told from straight ones."""

    learned = True
    net: cnn.Net | None = None

    def learn(self, change: str) -> Iterator[int]:
        """Learn to tell pictures that are changed, half of each batch, from straight ones."""
        self.net = self._net(2)
        yield from self._taught(self.net, self._batches(change))

    def _batches(self, change: str) -> Iterator[tuple[Tensor, Tensor]]:
        for step in range(_STEPS):
            straight, other = self.given[self._rows(step)].chunk(2)
            views = _changed(other, change)
            mixed = torch.stack(views)[torch.arange(len(other)) % len(views),
                                       torch.arange(len(other))]  # fmt: skip
            both = augment(torch.cat([straight, mixed]), "shift", self._drawn(step))
            yield both, torch.arange(len(both)) // len(straight)

    def ask(self, change: str) -> Answer:
        """The share told apart, and its upper bound."""
        assert self.net is not None
        self.net.eval()
        sets = [self.shown, *_changed(self.shown, change)]
        with torch.inference_mode():
            told = [torch.cat([self.net.logits(p).argmax(1) for p in one.split(512)]).numpy()
                    for one in sets]  # fmt: skip
        share = float(((told[0] == 0).mean() + np.mean(told[1:])) / 2)
        edge = share + _Z * float(np.sqrt(0.25 / (2 * len(self.shown))))
        return Answer(change, 0.5, share, edge, edge <= _TOLD)


def _changed(pictures: Tensor, change: str) -> list[Tensor]:
    """Mirrored, or turned by a quarter, a half, three quarters."""
    if change == "mirror":
        return [pictures.flip(3)]
    return [torch.rot90(pictures, turns, (2, 3)) for turns in (1, 2, 3)]
