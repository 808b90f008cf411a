"""Teaching a network: data, network, loop and run together. Classifiers here; what differs for
networks that make pictures is in `learn.making`.

`begin` writes down what is asked (a plain dictionary that becomes `run.json`), `teach` carries it
out, from the start or from wherever the run's folder stands, and yields what happens. Batches and
changes of step k depend on (seed, k) alone, so a run that was interrupted ends with the same
weights. The validation part chooses the best weights; the test part is touched once, at the end.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import torch
from pydantic import Field, ValidationError
from torch import Tensor

from pincel import nets
from pincel.errors import PincelError
from pincel.learn import balance, precision, processes
from pincel.learn.answering import answers
from pincel.learn.augment import augment
from pincel.learn.data import Data
from pincel.learn.lasting import lasting, span
from pincel.learn.layout import layout
from pincel.learn.loop import Averaged, Step, adamw, train
from pincel.learn.measure import Measures, measure
from pincel.learn.prepare import family_facts, prepare
from pincel.learn.run import Run, State, load_into
from pincel.nets._family import Family
from pincel.nets._family import family as family_of
from pincel.nets._network import Config, Model, Net, model_bytes, open_model


class Recipe(Config):
    """How a network is taught; stored in the run.

    average  decay of the weights' moving average, 0: none;  warm  share of the steps in which the
    rate climbs;  patience  epochs without a better validation score before stopping, 0: never;
    keep  steps between two saved states;  betas  AdamW's two memories;  minutes  how long it
    lasts (`epochs` and `steps` are a first guess then), 0: as those say;  steps  where it ends, 0:
    after whole epochs;  measure  epochs between two measurements;  balance  every class equally
    often
    """

    epochs: int = Field(30, ge=1, le=100_000)
    batch: int = Field(128, ge=2, le=65_536)
    rate: float = Field(3e-3, gt=0, le=10)
    decay: float = Field(0.05, ge=0, le=10)
    warm: float = Field(0.1, ge=0, lt=1)
    average: float = Field(0.998, ge=0, lt=1)
    clip: float = Field(1.0, gt=0)
    patience: int = Field(0, ge=0)
    augment: str = "cells"
    keep: int = Field(100, ge=1)
    precision: str = "fp32"
    threads: int = Field(0, ge=0, le=1024)
    betas: tuple[float, float] = (0.9, 0.999)
    minutes: float = Field(0, ge=0)
    steps: int = Field(0, ge=0)
    measure: int = Field(1, ge=1)
    balance: bool = False


@dataclass(frozen=True)
class Batch:
    """One step is done. `loss` is the epoch's mean so far, `accuracy` the last epoch's on the
    validation part, `speed` pictures a second, `left` seconds."""

    step: int
    steps: int
    epoch: int
    epochs: int
    loss: float
    accuracy: float | None
    speed: float
    left: float


@dataclass(frozen=True)
class Epoch:
    """One epoch is done and measured; `best` when no epoch before was better; `of` how many."""

    number: int
    entry: dict[str, Any]
    best: bool
    of: int = 0


@dataclass(frozen=True, eq=False)
class Finished:
    """The best model and its answers on the test part: plain, and averaged over `views`."""

    model: Model
    test: Measures
    averaged: Measures | None
    probabilities: np.ndarray
    stopped: bool


@dataclass(frozen=True, eq=False)
class Made:
    """The model of a family that makes pictures, its figures on the test part, and pictures
    (n, h, w, c) uint8: made from fixed seeds, or pairs of what came and what it became."""

    model: Model
    figures: dict[str, float]
    pictures: np.ndarray
    paired: bool
    stopped: bool


def begin(
    family: str,
    data: Data,
    *,
    seed: int = 0,
    settings: Mapping[str, Any] | None = None,
    recipe: Mapping[str, Any] | None = None,
    on: str = "auto",
) -> dict[str, Any]:
    """What is asked, as a plain dictionary: the family's config fitted to the data, the recipe
    with what the size of the data asks for, seed, versions. PincelError for settings that the
    family does not know."""
    kind = family_of(family)
    config = _config(kind, data, dict(settings or {}))
    wanted: dict[str, Any] = {"batch": _batch(len(data.train)), **kind.recipe(config)}
    wanted |= {key: value for key, value in (recipe or {}).items() if value is not None}
    try:
        plan = Recipe(**wanted)
    except ValidationError as refused:
        first = refused.errors()[0]
        name = str(first["loc"][0])
        raise PincelError("teach.recipe", name=name, came=first["input"]) from None
    about = {"prepare": family_facts(kind, config, data)}
    if plan.threads == 0:
        plan = plan.model_copy(update={"threads": torch.get_num_threads()})
    device = precision.device(on)
    net = _net(kind, config, seed)  # here, so that nothing is begun whose weights cannot be had
    if "precision" not in wanted:
        plan = plan.model_copy(update={"precision": precision.suited(net, device)})
    if plan.minutes:
        some = min(plan.batch, len(data.train))
        few = prepare(data.train.pictures[:some], about).to(device)
        batch = few, torch.from_numpy(data.train.labels[:some]).to(device)
        each = precision.seconds(net.to(device), batch, plan.precision)
        plan = lasting(plan, max(1, round(60 * plan.minutes / each)), len(data.train))
    return {
        "family": family,
        "config": config.model_dump(mode="json"),
        "recipe": plan.model_dump(mode="json"),
        "classes": data.classes,
        "prepare": about["prepare"],
        "data": {
            "name": data.name,
            "hash": data.hash,
            "counts": data.report.counts,
            "split": data.report.drawn,
            "broken": len(data.report.broken),
            "duplicates": len(data.report.duplicates),
        },
        "seed": seed,
        "device": device.type,
        "versions": _versions(),
    }


def makes(family: str) -> bool:
    """Whether a family makes or changes pictures, instead of naming their classes."""
    return family_of(family).generates


def _config(kind: Family, data: Data, given: dict[str, Any]) -> Any:
    family, fields = kind.name, kind.Config.model_fields
    fitting = {
        "channels": data.channels,
        "classes": len(data.classes),
        "height": data.size[0],
        "width": data.size[1],
        "side": data.size[0],
    }
    if kind.generates:
        if data.size[0] != data.size[1] or data.size[0] % 4:
            raise PincelError("teach.side", family=family, height=data.size[0], width=data.size[1])
        del fitting["width"]  # there it is how many maps or numbers a layer holds
    elif not {"channels", "classes"} <= set(fields):
        raise PincelError("teach.no_classifier", family=family)
    else:
        del fitting["side"]  # `pretrained` has a setting of that name
    unknown = [name for name in given if name not in fields]
    if unknown:
        known = ", ".join(name for name in fields if name not in fitting)
        raise PincelError("teach.unknown", family=family, name=unknown[0], known=known)
    own = kind.suited(data.channels, data.size[0])
    return nets.configure(family, {k: v for k, v in fitting.items() if k in fields} | own | given)


def _batch(count: int) -> int:
    """A batch that leaves some thirty steps an epoch, 8 to 128."""
    size = 8
    while size < 128 and count // (size * 2) >= 30:
        size *= 2
    return min(size, max(2, count))


def _versions() -> dict[str, str]:
    from pincel import __version__

    return {
        "pincel": __version__,
        "torch": torch.__version__.partition("+")[0],
        "python": ".".join(map(str, sys.version_info[:3])),
    }


def _net(kind: Family, config: Any, seed: int, begun: bool = False) -> Net:
    """A new network; its first weights depend on the seed alone. `begun`: they are known."""
    state = torch.random.get_rng_state()
    torch.manual_seed(seed)
    try:
        net = kind.Net(config)
    finally:
        torch.random.set_rng_state(state)
    if not begun:
        kind.start(net)
    return net


# ------------------------------------------------------------------------------------ teaching


def teach(run: Run, data: Data) -> Iterator[Batch | Epoch | Finished | Made]:
    """Carry out what the run asks, from where its folder stands. Yields `Batch` after every step,
    `Epoch` after every epoch, and once `Finished` (`Made`, where pictures are made). Stop asking,
    or be killed, and call again.

    PincelError when the data is not what the run began with."""
    if data.hash != run.config["data"]["hash"]:
        raise PincelError("teach.other_data", run=run.folder, name=run.config["data"]["name"])
    threads = torch.get_num_threads()
    torch.set_num_threads(run.config["recipe"]["threads"])
    try:
        teacher = _teacher(run.config["family"])
        yield from teacher(run, data.in_order(run.config["classes"])).go()
    finally:
        torch.set_num_threads(threads)


def _teacher(family: str) -> type[Teacher]:
    if makes(family):
        from pincel.learn.making import Maker

        return Maker
    return Teacher


class Teacher:
    """What is held while a run goes on."""

    def __init__(self, run: Run, data: Data) -> None:
        self.run, self.data = run, data
        asked = run.config
        self.plan = Recipe(**asked["recipe"])
        if self.plan.batch % processes.count():
            raise PincelError("teach.share", batch=self.plan.batch, count=processes.count())
        self.seed = int(asked["seed"])
        self.family = family_of(asked["family"])
        self.about = {"prepare": asked["prepare"]}
        self.device = torch.device(asked["device"])
        self.per_epoch = max(1, len(data.train) // self.plan.batch)
        begun = run.last()
        kept = begun.counters if begun else None
        self.span = span(self.plan, data, kept, makes=self.family.generates)
        net = _net(self.family, self.family.Config(**asked["config"]), self.seed, begun is not None)
        if begun is None:
            self.family.fit(net, data.train.pictures)
        self.layout = layout(net, self.plan.precision, self.device)
        self.net = net.to(self.device).to(memory_format=self.layout)
        self.optimizers = adamw(self.net, self.plan.rate, self.plan.decay, self.plan.betas)
        self.average = None
        if self.plan.average:
            decay = min(self.plan.average, 1 - 10 / max(self.span.total, 20))
            self.average = Averaged(self.net, decay)
        self.judge = deepcopy(self.net)  # wears the averaged weights when it is measured
        self.done = 0
        self.counters: dict[str, Any] = {
            "best": None, "since": 0, "seconds": 0.0, "loss": 0.0, "seen": 0, "accuracy": None,
            "stopped": False,
        }  # fmt: skip
        self._restore()

    def _restore(self) -> None:
        state = self.run.last()
        if state is None:
            return
        self.net.load_state_dict(state.weights)
        for part, saved in state.optimizers.items():
            load_into(self.optimizers[part], saved)
            for weight, held in self.optimizers[part].state.items():
                for name, value in held.items():
                    if value.shape == weight.shape:  # in the weight's own order in memory
                        held[name] = torch.empty_like(weight).copy_(value)
        if self.average is not None:
            self.average.weights = {k: v.to(self.device) for k, v in state.averaged.items()}
        self.done = state.step
        self.counters = dict(state.counters)

    def go(self) -> Iterator[Batch | Epoch | Finished | Made]:
        counters, first, earlier = self.counters, self.done, self.counters["seconds"]
        begun = time.monotonic()
        steps = train(
            self.net,
            self._batches(),
            self.optimizers,
            done=self.done,
            seed=self.seed,
            rate=self.span.rate,
            clip=self.plan.clip,
            precision=precision.context(self.plan.precision, self.device),
        )
        for step in steps if not counters["stopped"] else ():
            self._took(step, earlier + time.monotonic() - begun)
            yield self._batch(step.number, (counters["seconds"] - earlier) / (step.number - first))
            if self.span.due(step.number, self.per_epoch * self.plan.measure):
                before = time.monotonic()
                self._level()
                told = self._measured(-(-step.number // self.per_epoch), step.rate)
                counters.update(processes.handed(counters))  # all stop when the first stops
                now = time.monotonic()
                self.span.measured(step.number, earlier + now - begun, now - before)
                yield replace(told, of=self._epochs)
                if counters["stopped"]:
                    break
            elif step.number % self.plan.keep == 0:
                self._level()
                self._keep()
        yield self._finish()

    def _took(self, step: Step, seconds: float) -> None:
        """A step was taken, and ended at this second."""
        self.done = step.number
        if self.average is not None:
            self.average.update(self.net, step.number)
        self.counters["loss"] += sum(step.losses.values()) * step.images
        self.counters["seen"] += step.images
        self.counters["seconds"] = seconds
        self.span.stepped(step.number, seconds)

    @property
    def _epochs(self) -> int:
        return -(-self.span.total // self.per_epoch)

    def _batch(self, number: int, each: float) -> Batch:
        """What is told after a step; `each`: seconds a step takes."""
        loss, accuracy = self.counters["loss"] / self.counters["seen"], self.counters["accuracy"]
        epoch, left = (number - 1) // self.per_epoch + 1, each * (self.span.total - number)
        speed = self.plan.batch / each
        return Batch(number, self.span.total, epoch, self._epochs, loss, accuracy, speed, left)

    def _batches(self) -> Iterator[tuple[Tensor, Tensor]]:
        """The batches that are still to come."""
        part, plan, number = self.data.train, self.plan, self.done
        while number < self.span.total:  # by the clock the end may move
            number += 1
            epoch, place = divmod(number - 1, self.per_epoch)
            order = balance.order(part.labels, [self.seed, epoch, 1], plan.balance)
            rows = np.sort(order[place * plan.batch : (place + 1) * plan.batch])
            pictures = prepare(part.pictures[rows], self.about).to(self.device)
            generator = torch.Generator().manual_seed(self.seed * 1_000_003 + number)
            changed = augment(pictures, plan.augment, generator)
            labels = torch.from_numpy(part.labels[rows]).to(self.device)
            own = processes.share(len(rows))
            yield changed[own].contiguous(memory_format=self.layout), labels[own]

    def _level(self) -> None:
        """What each process measured on its own share (batch norms) becomes the mean of all."""
        processes.level(processes.facts(self.net, self.net.state_dict()))
        if self.average is not None:
            processes.level(processes.facts(self.net, self.average.weights))

    def _measured(self, epoch: int, rate: float) -> Epoch:
        """Measure on the validation part, keep the best, log, keep the state."""
        counters = self.counters
        self._dress()
        probabilities = answers(self.judge, self.data.val, self.about, self.device)
        found = measure(probabilities, self.data.val.labels)
        best = counters["best"]
        score = {"balanced": found.balanced, "loss": found.loss}
        better = best is None or balance.rank(score) > balance.rank(best)
        if better:
            counters["best"] = {"epoch": epoch, **score}
            self.run.keep_best(model_bytes(self._model({"val": found.plain()})))
        counters["since"] = 0 if better else counters["since"] + 1
        counters["stopped"] = bool(self.plan.patience and counters["since"] >= self.plan.patience)
        counters["accuracy"] = found.accuracy
        entry = {
            "epoch": epoch,
            "step": self.done,
            "rate": rate * self.plan.rate,
            "loss": counters["loss"] / counters["seen"],
            "val_loss": found.loss,
            "val_accuracy": found.accuracy,
            "val_balanced": found.balanced,
            "val_auc": found.auc,
            "seconds": round(counters["seconds"], 3),
        }
        counters["loss"], counters["seen"] = 0.0, 0
        self.run.log(entry)
        self._keep()
        return Epoch(epoch, entry, better)

    def _dress(self) -> None:
        weights = self.average.weights if self.average is not None else self.net.state_dict()
        self.judge.load_state_dict(weights)

    def _keep(self) -> None:
        averaged = self.average.weights if self.average is not None else {}
        self.counters["budget"] = self.span.plain()
        optimizers = {part: o.state_dict() for part, o in self.optimizers.items()}
        state = State(self.done, self.net.state_dict(), optimizers, averaged, dict(self.counters))
        self.run.keep(state)

    def _model(self, metrics: dict[str, Any]) -> Model:
        asked = self.run.config
        about = {
            "classes": asked["classes"],
            "prepare": asked["prepare"],
            "data": asked["data"],
            "recipe": asked["recipe"],
            "seed": asked["seed"],
            "versions": asked["versions"],
            "command": asked.get("command", ""),
            "parameters": sum(p.numel() for p in self.net.parameters()),
            "metrics": {"epoch": self.counters["best"]["epoch"], **metrics},
        }
        return Model(asked["family"], self.judge, about)

    def _finish(self) -> Finished | Made:
        """Touch the test part: once, with the best weights."""
        best = open_model(self.run.folder / "best.safetensors")
        self.judge.load_state_dict(best.net.state_dict())
        part, kind = self.data.test, self.plan.augment
        plain = answers(self.judge, part, self.about, self.device)
        test = measure(plain, part.labels)
        averaged = None
        if kind != "none":
            many = answers(self.judge, part, self.about, self.device, kind)
            averaged = measure(many, part.labels)
        metrics = {
            **best.about["metrics"],
            "test": test.plain(),
            **({"test_averaged": averaged.plain()} if averaged else {}),
        }
        about = {**best.about, "metrics": metrics, "seconds": round(self.counters["seconds"], 1)}
        model = Model(best.family, best.net, about)
        self.run.keep_best(model_bytes(model))
        return Finished(model, test, averaged, plain, self.counters["stopped"])
