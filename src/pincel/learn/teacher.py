"""The one teacher: a network, its optimizers, the loop and the run's folder, whatever is taught.

What is taught is a task (`learn.tasks`). Batches and changes of step k depend on (seed, k) alone,
so a run that was interrupted ends with the same weights. The validation part chooses the best
weights; the test part is touched once, at the end.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace
from typing import Any

import torch

from pincel.errors import PincelError
from pincel.learn import precision, processes, tasks
from pincel.learn.course import Batch, Epoch, Finished, Recipe
from pincel.learn.lasting import span
from pincel.learn.loop import Averaged, TrainingStep, train
from pincel.learn.run import BEST, Run, State, load_into
from pincel.learn.tasks._task import Assignment, Measured
from pincel.nets._family import Family
from pincel.nets._family import family as family_of
from pincel.nets._network import Model, Net, model_bytes, open_model

_SAID = ("classes", "prepare", "data", "recipe", "seed", "versions")
"""What a model's file says of its run."""


def new_net(kind: Family, config: Any, seed: int, begun: bool = False) -> Net:
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


class Teacher:
    """What is held while a run goes on."""

    def __init__(self, run: Run, data: Any) -> None:
        self.run, asked = run, run.config
        self.plan = Recipe(**asked["recipe"])
        if self.plan.batch % processes.process_count():
            raise PincelError("teach.share", batch=self.plan.batch, count=processes.process_count())
        self.seed = int(asked["seed"])
        self.device = torch.device(asked["device"])
        self.per_epoch = max(1, len(data.train) // self.plan.batch)
        begun = run.last()
        self._meets(data, begun)
        self.span = span(self.plan, self.per_epoch, self.task.looks(),
                         begun.counters if begun else None)  # fmt: skip
        self.optimizers = self.task.optimizers(self.net)
        decay = self.task.averaged(self.span.total)
        self.average = Averaged(self.net, decay) if decay else None
        self.judge = deepcopy(self.net)  # wears the averaged weights when it is measured
        self.done = 0
        self.counters: dict[str, Any] = {
            "best": None, "since": 0, "seconds": 0.0, "loss": 0.0, "seen": 0, "accuracy": None,
            "stopped": False,
        }  # fmt: skip
        if begun is not None:
            self._restore(begun)

    def _meets(self, data: Any, begun: State | None) -> None:
        """The network and its task."""
        asked, kind = self.run.config, family_of(self.run.config["family"])
        task = tasks.load(asked.get("task") or kind.task)
        net = new_net(kind, kind.Config(**asked["config"]), self.seed, begun is not None)
        layout = task.layout(net, self.plan.precision, self.device)
        about = {"prepare": asked["prepare"]}
        self.task = task(
            Assignment(data, kind, self.plan, self.seed, about, self.device, layout, asked)
        )
        if begun is None:
            self.task.fit(net)
        self.net = net.to(self.device).to(memory_format=layout)

    def _restore(self, state: State) -> None:
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
        self.counters = self.counters | state.counters

    def go(self) -> Iterator[Batch | Epoch | Finished]:
        """Teach to the end; see `learn.teach.teach`."""
        counters, first, earlier = self.counters, self.done, self.counters["seconds"]
        begun = time.monotonic()
        steps = train(
            self.net,
            self._batches(),
            self.optimizers,
            done=self.done,
            seed=self.seed,
            rate=self._rate,
            clip=self.plan.clip or None,
            precision=precision.context(self.plan.precision, self.device),
        )
        for step in steps if not counters["stopped"] else ():
            told = self._took(step, earlier + time.monotonic() - begun)
            each = (counters["seconds"] - earlier) / (step.number - first)
            yield self._batch(step.number, each, told)
            if self.span.due(step.number, self.per_epoch * self.plan.measure):
                before = time.monotonic()
                self._level()
                epoch = self._measured(-(-step.number // self.per_epoch), step.rate)
                counters.update(processes.handed(counters))  # all stop when the first stops
                now = time.monotonic()
                self.span.measured(step.number, earlier + now - begun, now - before)
                yield replace(epoch, of=self._epochs)
                if counters["stopped"]:
                    break
            elif step.number % self.plan.keep == 0:
                self._level()
                self._keep()
        yield self._finish()

    def _rate(self, number: int) -> float:
        own, planned = self.task.rate(number), self.span.rate(number)
        return planned if own is None else own

    def _batches(self) -> Iterator[Any]:
        """The batches that are still to come."""
        given, number = self.task.batches(self.done), self.done
        while number < self.span.total:  # by the clock the end may move
            number += 1
            yield next(given)

    def _took(self, step: TrainingStep, seconds: float) -> dict[str, Any]:
        """A step was taken, and ended at this second; what the task tells of it."""
        self.done = step.number
        if self.average is not None:
            self.average.update(self.net, step.number)
        loss = sum(step.losses.values())
        self.counters["loss"] += loss * step.images
        self.counters["seen"] += step.images
        self.counters["seconds"] = seconds
        self.span.stepped(step.number, seconds)
        told = self.task.stepped(self.net, step)
        if told:
            entry = {"step": step.number, "epoch": step.number // self.per_epoch, "loss": loss}
            self.run.log({**entry, "seconds": round(seconds, 3), **told})
        return told

    @property
    def _epochs(self) -> int:
        return -(-self.span.total // self.per_epoch)

    def _batch(self, number: int, each: float, told: dict[str, Any]) -> Batch:
        """What is told after a step; `each`: seconds a step takes."""
        loss, accuracy = self.counters["loss"] / self.counters["seen"], self.counters["accuracy"]
        epoch, left = (number - 1) // self.per_epoch + 1, each * (self.span.total - number)
        speed = self.plan.batch / each
        total = self.span.total
        return Batch(number, total, epoch, self._epochs, loss, accuracy, speed, left, told)

    def _level(self) -> None:
        """What each process measured on its own share (batch norms) becomes the mean of all."""
        processes.level(processes.buffers_of(self.net, self.net.state_dict()))
        if self.average is not None:
            processes.level(processes.buffers_of(self.net, self.average.weights))

    def _measured(self, epoch: int, rate: float) -> Epoch:
        """Measure on the validation part, keep the best, log, keep the state."""
        counters = self.counters
        weights = self.average.weights if self.average is not None else self.net.state_dict()
        self.judge.load_state_dict(weights)
        found = self.task.measured(self.judge, epoch)
        better = self._best(epoch, found)
        for name, sample in found.samples.items():
            self.run.keep_sample(name, sample)
        counters["accuracy"] = found.entry.get("val_accuracy")
        entry = {
            "epoch": epoch,
            "step": self.done,
            "rate": rate * self.plan.rate,
            "loss": counters["loss"] / counters["seen"],
            **found.entry,
            "seconds": round(counters["seconds"], 3),
        }
        counters["loss"], counters["seen"] = 0.0, 0
        self.run.log(entry)
        self._keep()
        return Epoch(epoch, entry, better and self.task.lesson.family.chooses)

    def _best(self, epoch: int, found: Measured) -> bool:
        """Whether these weights are the best so far; then they are kept."""
        counters, best = self.counters, self.counters["best"]
        better = best is None or self.task.better(found.score, best)
        if better:
            counters["best"] = {"epoch": epoch, **found.score}
            self.run.keep_best(model_bytes(self._model(found.kept)))
        counters["since"] = 0 if better else counters["since"] + 1
        counters["stopped"] = bool(self.plan.patience and counters["since"] >= self.plan.patience)
        return better

    def _keep(self) -> None:
        averaged = self.average.weights if self.average is not None else {}
        self.counters["budget"] = self.span.plain()
        optimizers = {part: o.state_dict() for part, o in self.optimizers.items()}
        state = State(self.done, self.net.state_dict(), optimizers, averaged, dict(self.counters))
        self.run.keep(state)

    def _model(self, metrics: dict[str, Any]) -> Model:
        asked = self.run.config
        about = {
            **{name: asked[name] for name in _SAID},
            "command": asked.get("command", ""),
            "parameters": sum(p.numel() for p in self.net.parameters()),
            "metrics": {"epoch": self.counters["best"]["epoch"], **metrics},
        }
        return Model(asked["family"], self.judge, about)

    def _finish(self) -> Finished:
        """The best weights are examined, once, and kept with what was found."""
        best = open_model(self.run.folder / BEST)
        self.judge.load_state_dict(best.net.state_dict())
        found = self.task.examined(self.judge)
        metrics = {**best.about["metrics"], **found.metrics()}
        about = {**best.about, "metrics": metrics, "seconds": round(self.counters["seconds"], 1)}
        model = Model(best.family, best.net, about)
        self.run.keep_best(model_bytes(model))
        return Finished(model, found, self.counters["stopped"])
