"""What a way of teaching is: where its batches come from, how it measures, what it finds at last.

The underscore keeps this file out of the registry (`pincel.learn.tasks.names`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

import torch
from torch import Tensor

from pincel import nets
from pincel.errors import PincelError
from pincel.learn import layout, processes
from pincel.learn.course import LastExamination, Recipe
from pincel.learn.loop import TrainingStep, adamw
from pincel.learn.prepare import family_facts
from pincel.nets._family import Family
from pincel.nets._network import Net


@dataclass(frozen=True, eq=False)
class Assignment:
    """What a task is told when a run begins or goes on.

    data     what it learns from: parts `train`, `val` and `test`, each with a length
    family   of the network;  plan  the recipe;  seed  of every draw
    about    the model's facts (`prepare`);  device  where the network lies
    layout   the order of its maps in memory;  asked  the whole run.json
    """

    data: Any
    family: Family
    plan: Recipe
    seed: int
    about: dict[str, Any]
    device: torch.device
    layout: torch.memory_format
    asked: Mapping[str, Any]


@dataclass(frozen=True)
class Measured:
    """What a measurement found.

    score    what decides which weights are best (`Task.better`), plain JSON
    entry    figures of the log;  kept  what the model's file says of these weights
    samples  pictures to keep: name -> bytes
    """

    score: dict[str, float] = field(default_factory=dict)
    entry: dict[str, Any] = field(default_factory=dict)
    kept: dict[str, Any] = field(default_factory=dict)
    samples: dict[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True)
class Nothing:
    """The last examination of a task that has none: whoever asked for the training examines."""

    def metrics(self) -> dict[str, Any]:
        """Nothing."""
        return {}


class Task:
    """One way of teaching, of which the `Teacher` is told nothing else.

    A task must have `batches`. Batch k may depend on (seed, k) alone, so that a run that was
    interrupted ends with the same weights. The rest is as it is here unless a task says otherwise.
    """

    taught_by: ClassVar[str] = "train"
    """The job that teaches so."""

    def __init__(self, lesson: Assignment) -> None:
        self.lesson, self.data, self.plan = lesson, lesson.data, lesson.plan
        self.seed, self.about, self.device = lesson.seed, lesson.about, lesson.device

    # ------------------------------------------------------------ before it begins

    @classmethod
    def fitting(cls, kind: Family, data: Any) -> dict[str, Any]:
        """Settings of the family that follow from the data. PincelError where this family cannot
        be taught so, or not from these data."""
        return {"channels": data.channels}

    @classmethod
    def config(cls, kind: Family, data: Any, given: Mapping[str, Any]) -> Any:
        """The family's config for these data and the settings that a person gave. PincelError for
        one that it does not have."""
        fields, fitting = kind.Config.model_fields, cls.fitting(kind, data)
        unknown = [name for name in given if name not in fields]
        if unknown:
            known = ", ".join(name for name in fields if name not in fitting)
            raise PincelError("teach.unknown", family=kind.name, name=unknown[0], known=known)
        own = kind.suited(data.channels, data.size[0], bool(fitting.get("stains")))
        held = {name: value for name, value in fitting.items() if name in fields}
        return nets.configure(kind.name, held | own | dict(given))

    @classmethod
    def preparation(cls, kind: Family, config: Any, data: Any) -> dict[str, Any]:
        """How pictures become tensors (`learn.prepare`), stored with the model."""
        return family_facts(kind, config, data)

    @classmethod
    def recipe(cls, kind: Family, config: Any, data: Any) -> dict[str, Any]:
        """What this way of teaching asks for where nobody asks for something else."""
        return {"batch": _batch(len(data.train)), **kind.recipe(config)}

    @classmethod
    def facts(cls, data: Any) -> dict[str, Any]:
        """What run.json and the model's file say of the data. Holds "name" and "hash"."""
        report = data.report
        return {
            "name": data.name,
            "hash": data.hash,
            "counts": report.counts,
            "split": report.drawn,
            "broken": len(report.broken),
            "duplicates": len(report.duplicates),
        }

    @classmethod
    def ordered(cls, data: Any, classes: list[str] | None) -> Any:
        """The data with classes in the order of the run's."""
        return data.in_order(classes)

    @classmethod
    def layout(cls, net: Net, precision: str, device: torch.device) -> torch.memory_format:
        """The order of memory in which the network is taught."""
        return layout.layout(net, precision, device)

    # ------------------------------------------------------------ how it steps

    def fit(self, net: Net) -> None:
        """Whatever the network reads off the training pictures before it learns."""
        self.lesson.family.fit(net, self.data.train.pictures)

    def optimizers(self, net: Net) -> dict[str, torch.optim.Optimizer]:
        """What steps each part of the network."""
        return adamw(net, self.plan.rate, self.plan.decay, self.plan.betas)

    def rate(self, number: int) -> float | None:
        """The factor on the rate in step `number`; None: as the length of the run says."""
        return None

    def averaged(self, total: int) -> float:
        """The decay of the weights' average in a run of so many steps, 0: none."""
        return min(self.plan.average, 1 - 10 / max(total, 20)) if self.plan.average else 0.0

    def batches(self, done: int) -> Iterator[Any]:
        """Batches for the steps after `done`, without end, as the family's `losses` takes them."""
        raise NotImplementedError

    def placed(self, pictures: Tensor, *rest: Tensor) -> tuple[Tensor, ...]:
        """A batch of pictures (n, c, h, w), and the rest, (n, ...), that belongs to each, where the
        network lies, and of it the share of this process."""
        own = processes.share(len(pictures))
        held = pictures.to(self.device)[own].contiguous(memory_format=self.lesson.layout)
        return held, *(one.to(self.device)[own] for one in rest)

    def stepped(self, net: Net, step: TrainingStep) -> dict[str, Any]:
        """What is told and logged after each step; nothing: no line in the log."""
        return {}

    # ------------------------------------------------------------ what it finds

    def looks(self) -> tuple[int, int]:
        """How many pictures go through the network in a measurement, and in the examination."""
        return 0, 0

    def measured(self, net: Net, epoch: int) -> Measured:
        """Measure on the validation part, after an epoch."""
        return Measured()

    def better(self, score: Mapping[str, Any], best: Mapping[str, Any]) -> bool:
        """Whether a score is better than the best so far; the newest is where nothing is scored."""
        return True

    def examined(self, net: Net) -> LastExamination:
        """Touch the test part: once, with the best weights."""
        return Nothing()


def _batch(count: int) -> int:
    """A batch that leaves some thirty steps an epoch, 8 to 128."""
    size = 8
    while size < 128 and count // (size * 2) >= 30:
        size *= 2
    return min(size, max(2, count))
