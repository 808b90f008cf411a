"""A training that ends when its minutes are over, for the tools that teach the shipped networks.

The learning rate follows the clock: a short climb, then half a cosine to nearly nothing. The state
is kept whenever the network is judged; interrupted, the same command goes on.
"""

from __future__ import annotations

import math
import shlex
import sys
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import torch

from pincel import __version__
from pincel.learn.loop import Averaged, train
from pincel.learn.run import Run, State, load_into
from pincel.nets._network import Net


class ByTheClock(ABC):
    """One network and its run.

    family, recipe  what the run's file says
    clock           seconds since some beginning: of the wall or of the processor
    minutes, every  how long it learns, and after how long it is judged
    climb, least    steps of the climb, and the share of the rate at the end
    clip, decay     largest norm of the gradient; of the averaged weights
    """

    family: str
    clip: float = 1.0
    climb: int = 200
    least: float = 0.02
    decay: float = 0.999

    def __init__(
        self,
        folder: Path,
        net: Net,
        optimizers: dict[str, torch.optim.Optimizer],
        recipe: dict[str, Any],
        seed: int,
        clock: Callable[[], float],
        minutes: float,
        every: float,
    ) -> None:
        self.net, self.optimizers, self.seed, self.clock = net, optimizers, seed, clock
        self.minutes, self.every = minutes, every
        self.average = Averaged(net, self.decay)
        self.command = shlex.join([Path(sys.argv[0]).name, *(Path(a).name for a in sys.argv[1:])])
        self.seconds, self.done = 0.0, 0
        self.counters: dict[str, float] = {}
        self.run = self._run(folder, recipe)
        self.before, self.begun = self.seconds, clock()

    def _run(self, folder: Path, recipe: dict[str, Any]) -> Run:
        if (folder / "run.json").exists():
            run = Run.open(folder)
            state = run.last()
            if state is not None:
                self.net.load_state_dict(state.weights)
                for part, saved in state.optimizers.items():
                    load_into(self.optimizers[part], saved)
                own = self.average.weights
                self.average.weights = {k: v.to(own[k]) for k, v in state.averaged.items()}
                self.done, self.counters = state.step, dict(state.counters)
                self.seconds = self.counters.pop("seconds")
            return run
        config = {
            "family": self.family,
            "config": self.net.config.model_dump(mode="json"),
            "recipe": {**recipe, "minutes": self.minutes, "epochs": 1},
            "seed": self.seed,
            "command": self.command,
            "data": {"name": "sprites"},
            "versions": {"pincel": __version__, "torch": torch.__version__.partition("+")[0]},
        }
        return Run.create(folder, config)

    @abstractmethod
    def batches(self, first: int) -> Iterator[Any]:
        """What the network learns from, from batch number `first` on."""

    @abstractmethod
    def told(self, net: Net, losses: dict[str, float]) -> None:
        """Judge the averaged net, log, keep the best."""

    def rate(self, step: int) -> float:
        """The factor on the learning rate."""
        far = min(1.0, self.seconds / (60 * self.minutes))
        wave = 0.5 * (1 + math.cos(math.pi * far))
        return min(1.0, step / self.climb) * (self.least + (1 - self.least) * wave)

    def go(self) -> None:
        """Learn until the minutes are over."""
        losses: dict[str, list[float]] = {}
        last = self.seconds
        for step in train(self.net, self.batches(self.done + 1), self.optimizers, done=self.done,
                          clip=self.clip, seed=self.seed, rate=self.rate):  # fmt: skip
            self.done = step.number
            self.seconds = self.before + self.clock() - self.begun
            self.average.update(self.net, step.number)
            for part, loss in step.losses.items():
                losses.setdefault(part, []).append(loss)
            over = self.seconds >= 60 * self.minutes
            if over or self.seconds - last > 60 * self.every:
                last = self.seconds
                judge = type(self.net)(self.net.config)
                judge.load_state_dict(self.average.weights)
                self.told(judge.eval(), {k: float(np.mean(v)) for k, v in losses.items()})
                self.keep()
                losses = {}
            if over:
                return

    def keep(self) -> None:
        """The whole state, to go on from."""
        states = {part: o.state_dict() for part, o in self.optimizers.items()}
        counters = {"seconds": self.seconds, **self.counters}
        self.run.keep(
            State(self.done, self.net.state_dict(), states, self.average.weights, counters)
        )
