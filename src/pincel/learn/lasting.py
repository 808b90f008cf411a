"""How long a training lasts: a number of steps, or minutes that are kept while the load changes."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from pincel.learn import processes
from pincel.learn.loop import warm_then_cosine

if TYPE_CHECKING:
    from pincel.learn.course import Recipe

_FINE = 10_000  # places of a schedule that runs by the clock
_FIRST, _SELDOM = 1 / 25, 1 / 10
"""Shares of the time asked after which it is measured, for the first time and again."""
_DEAR = 4
"""Steps between two such measurements, in steps that one is worth."""
_MEMORY = 1 / 20  # of the time asked: how far back the speed is remembered


def lasting(plan: Recipe, steps: int, pictures: int) -> Recipe:
    """The recipe for so many steps on so many pictures, measured some forty times."""
    epochs = -(-steps // max(1, pictures // plan.batch))
    measure = max(1, round(epochs / 40))
    return plan.model_copy(update={"steps": steps, "epochs": epochs, "measure": measure})


@dataclass
class Span:
    """A number of steps. `total`: all of them; `warm`: share in which the rate climbs."""

    total: int
    warm: float

    def rate(self, number: int) -> float:
        """The factor on the learning rate in this step."""
        return warm_then_cosine(max(1, round(self.warm * self.total)), self.total)(number)

    def stepped(self, number: int, elapsed: float) -> None:
        """Step `number` ended at this second."""

    def measured(self, number: int, elapsed: float, cost: float) -> None:
        """A measurement after step `number`, of so many seconds, ended at this second."""

    def due(self, number: int, every: int) -> bool:
        """Whether it is measured after this step: each so many, and at the end."""
        return number == self.total or number % every == 0

    def plain(self) -> dict[str, Any] | None:
        """What going on needs to know of it, plain JSON."""
        return None


@dataclass
class Budget(Span):
    """Minutes to learn in, and what still fits into them.

    After every step the speed is measured again, and so is the number of steps that are left. The
    rate follows the share that is done: each step takes its part of what is left of the schedule,
    so that it ends where the schedule ends. What waits at the end (a last measurement, the test) is
    counted in steps, since a load slows both; it is known from measurements, the first of them
    early and then one at least each tenth of the time, however long an epoch is.

    seconds   of learning that were asked for, the last measurement and the test included
    total     steps in all, as far as can be known now
    end       how much longer than a measurement lasts what waits at the end
    worth     steps that a measurement is worth, at first a guess
    speed     steps a second lately
    progress  share of the schedule that is behind us
    elapsed   seconds at the last step or measurement
    seen      seconds at the last measurement, 0 before the first
    cost      seconds that it took, 0 once it is known what it is worth
    guesses   what a measurement was worth before it, and what it was by the speed just then
    """

    seconds: float
    end: float = 1.0
    worth: float = 0.0
    speed: float = 0.0
    progress: float = 0.0
    elapsed: float = 0.0
    seen: float = 0.0
    cost: float = 0.0
    guesses: tuple[float, ...] = ()

    def rate(self, number: int) -> float:
        """The factor in this step, which takes its share of what is left of the schedule."""
        self.progress += (1 - self.progress) / max(1, self.total - number + 1)
        curve = warm_then_cosine(max(1, round(self.warm * _FINE)), _FINE)
        return curve(round(self.progress * _FINE))

    def stepped(self, number: int, elapsed: float) -> None:
        taken = max(elapsed - self.elapsed, 1e-6)
        weight = max(1 / number, -math.expm1(-taken / (_MEMORY * self.seconds)))
        self.speed += weight * (1 / taken - self.speed)
        self.elapsed = elapsed
        self._weigh()
        self.total = number + self._left(elapsed)
        self._agree()

    def measured(self, number: int, elapsed: float, cost: float) -> None:
        told = cost * self.speed
        self.guesses = (self.worth, told) if self.seen else (told,)
        self.worth = min(self.guesses)
        self.cost, self.elapsed, self.seen = cost, elapsed, elapsed
        if not self._left(elapsed):  # it was the last
            self.total = number
        self._agree()

    def due(self, number: int, every: int) -> bool:
        """Each so many steps, and when the last measurement is long ago; but not shortly before
        the end: then the steps that are left have the time for it."""
        if number == self.total or self.total - number < 1.5 * self.worth:
            return number == self.total
        ago = self.elapsed - self.seen
        long = ago >= self.seconds * (_SELDOM if self.seen else _FIRST)
        return number % every == 0 or (long and ago * self.speed >= _DEAR * self.worth)

    def plain(self) -> dict[str, Any] | None:
        return asdict(self)

    def _weigh(self) -> None:
        """What the last measurement is worth. A load that came or went with it is in its seconds
        at once, in the speed only later: until then the lesser figure counts, so that it ends no
        training. What a measurement is worth hardly changes, so of the figure before it and those
        by the speed before and after it the middle one counts: no load moves two of them.
        """
        settled = self.elapsed - self.seen >= 2 * _MEMORY * self.seconds
        if self.cost and settled:
            figures = sorted((*self.guesses, self.cost * self.speed))
            self.worth, self.cost = figures[(len(figures) - 1) // 2], 0.0

    def _left(self, elapsed: float) -> int:
        """Steps that still fit."""
        return round(max(0.0, (self.seconds - elapsed) * self.speed - self.worth * self.end))

    def _agree(self) -> None:
        """All processes end together, when the first does."""
        vars(self).update(processes.handed(vars(self)))


def _again(kept: dict[str, Any]) -> Budget:
    """The budget of a run that goes on; older ones count a measurement in seconds."""
    known = dict(kept)
    if "worth" not in known:
        known["worth"] = known.pop("cost") * known["speed"]
    return Budget(**known)


def worth_of(pictures: int, plan: Recipe) -> float:
    """A first guess of how many steps it is worth to look at so many pictures: forward only, half
    of a step where most of the weights learn."""
    return pictures / plan.batch / 2


def span(
    plan: Recipe, per_epoch: int, looks: tuple[int, int], begun: dict[str, Any] | None
) -> Span:
    """How long a run lasts.

    per_epoch  steps of an epoch;  looks  pictures of a measurement and of the last examination
    begun      what a run that goes on kept (counters), None at the start; runs of before there was
               a budget keep their number of steps
    """
    total = plan.steps or per_epoch * plan.epochs
    if begun is not None and begun.get("budget"):
        return _again(begun["budget"])
    if begun is not None or not plan.minutes:
        return Span(total, plan.warm)
    seconds, (measured, examined) = 60 * plan.minutes, looks
    worth = worth_of(measured, plan)
    end = 1 + examined / max(1, measured)
    return Budget(total, plan.warm, seconds, end, worth, total / seconds)
