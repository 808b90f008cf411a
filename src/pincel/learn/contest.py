"""All families that make pictures out of nothing, taught for the same CPU-time on the same data.

Each is a run of its own, so an interrupted contest goes on where it stood. What they make is
compared with pictures that none of them has seen, by the features of a classifier of ours that
learned on the same data (`learn.crowds`). The real pictures compete too: training pictures in
place of made ones say which figures are possible at all.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
import torch

from pincel import nets
from pincel.learn import clocked, precision
from pincel.learn.clocked import Clock
from pincel.learn.course import Recipe
from pincel.learn.crowds import Modes, Neighbours, frechet, modes, neighbours
from pincel.learn.data import Data, DataPart
from pincel.learn.lasting import lasting
from pincel.learn.meter import meter
from pincel.learn.prepare import as_type, prepare, to_pictures, visible
from pincel.learn.run import Run
from pincel.learn.tasks.making import SHOWN
from pincel.learn.teach import begin
from pincel.nets._abilities import Sampler, abilities, classes_of
from pincel.nets._family import family as family_of
from pincel.nets._network import Model, open_model
from pincel.pixels.channels import CONVENTION, has_alpha

_TOGETHER = 256
_TIMED = 8  # steps that are timed to know how many fit into the minutes
_CLUSTERS = 10


@dataclass(frozen=True, eq=False)
class ContestRow:
    """One row of the table.

    family      "" for the real pictures
    seconds     CPU-seconds of its steps;  steps, batch  how many, of how many pictures
    frechet     Frechet distance on our own classifier's features, lower is better
    near        precision, recall, density, coverage;  kinds  classes or clusters that are hit
    obeyed      share of pictures that the classifier finds to be of the class asked for; None
                where none can be asked for
    speed       pictures made a CPU-second
    pictures    (16, h, w, c) uint8, from seeds 0 to 15;  log  the training's metrics
    """

    family: str
    parameters: int
    seconds: float
    steps: int
    batch: int
    frechet: float
    near: Neighbours
    kinds: Modes
    obeyed: float | None
    speed: float
    pictures: np.ndarray
    log: list[dict[str, Any]] = field(default_factory=list)


def families() -> tuple[str, ...]:
    """The families that make pictures from seeds."""
    every = map(family_of, nets.names())
    return tuple(one.name for one in every if one.generates and Sampler in abilities(one.Net))


# ------------------------------------------------------------------------------------- teaching


def steps_within(
    family: str, data: Data, minutes: float, seed: int, settings: Mapping[str, Any], clock: Clock
) -> int:
    """How many training steps fit into so many CPU-minutes of one thread, from some timed ones."""
    asked = begin(family, data, seed=seed, settings=settings, on="cpu",
                  recipe={"threads": 1, "precision": "fp32", "epochs": 1})  # fmt: skip
    size = asked["recipe"]["batch"]
    kind = family_of(family)
    net = kind.Net(kind.Config(**asked["config"])).to(memory_format=torch.channels_last)
    kind.fit(net, data.train.pictures)
    few = data.train.pictures[:size], torch.from_numpy(data.train.labels[:size])
    batch = prepare(few[0], asked).contiguous(memory_format=torch.channels_last), few[1]
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        each = precision.mean_seconds(net, batch, _TIMED, clock)
    finally:
        torch.set_num_threads(threads)
    return max(1, round(60 * minutes / each))


_SAME = {"threads": 1, "precision": "fp32", "augment": "none"}


def started(
    folder: Path,
    family: str,
    data: Data,
    steps: Callable[[], int],
    *,
    seed: int = 0,
    settings: Mapping[str, Any] | None = None,
    kept: Mapping[str, Any] | None = None,
) -> Run:
    """The run of a family in its folder: begun now, with so many steps, or the one that is there
    already."""
    if (folder / "run.json").exists():
        return Run.open(folder)
    asked = begin(family, data, seed=seed, settings=settings, on="cpu",
                  recipe=_SAME | {"patience": 0})  # fmt: skip
    plan = lasting(Recipe(**asked["recipe"]), steps(), len(data.train))
    asked["recipe"] = plan.model_dump(mode="json")
    return Run.create(folder, asked | dict(kept or {}))


def finished(run: Run) -> Model | None:
    """The run's model, when it has come to its end."""
    path = run.folder / "best.safetensors"
    model = open_model(path) if path.exists() else None
    return model if model and "test" in model.about.get("metrics", {}) else None


# ------------------------------------------------------------------------------------ measuring


def distinct_data(data: Data, seed: int = 0) -> Data:
    """The data with something to tell apart: its classes, or, where there is but one, clusters of
    like pictures (Caron et al., 2018, learn features from such names too)."""
    if len(data.classes) > 1:
        return data
    alpha = has_alpha(data.channel_names or CONVENTION.get(data.channels, ()))
    found = meter(data.train.pictures, seed, _CLUSTERS, alpha)

    def part(given: DataPart) -> DataPart:
        return DataPart(given.pictures, found.kinds(given.pictures).astype(np.int64), given.names)

    classes = [str(k + 1) for k in range(len(found.centres))]
    return replace(
        data,
        classes=classes,
        train=part(data.train),
        val=part(data.val),
        test=part(data.test),
    )


def classifier(folder: Path, data: Data, lessons: int, seed: int = 0) -> Run:
    """The run of a cnn that learns to name the classes from so many pictures, each counted as
    often as it is seen."""
    if (folder / "run.json").exists():
        return Run.open(folder)
    asked = begin("cnn", data, seed=seed, on="cpu",
                  recipe=_SAME)  # fmt: skip
    plan = Recipe(**asked["recipe"])
    plan = lasting(plan, max(2, lessons // plan.batch), len(data.train))
    return Run.create(folder, asked | {"recipe": plan.model_dump(mode="json")})


@dataclass(frozen=True, eq=False)
class ContestJudge:
    """Our own classifier, and what it sees in the real pictures.

    held  pictures that no family has seen;  features, answers  what the classifier makes of them
    accuracy  of the classifier on them
    """

    model: Model
    held: DataPart
    features: np.ndarray
    answers: np.ndarray
    accuracy: float

    @property
    def kinds(self) -> int:
        """How many classes or clusters it tells apart."""
        return int(self.model.net.config.classes)  # type: ignore[attr-defined]

    def see(self, pictures: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Features (n, d) and answers (n,) for pictures (n, h, w, c) uint8."""
        return judge_sees(self.model, pictures)


def judge_sees(model: Model, pictures: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """What a classifier sees in pictures (n, h, w, c) of its size: its features (n, d), float32,
    and the class that it names (n,), int64."""
    net: Any = model.net
    features, answers = [], []
    training = net.training
    net.eval()
    try:
        with torch.inference_mode():
            for start in range(0, len(pictures), _TOGETHER):
                batch = prepare(pictures[start : start + _TOGETHER], model.about)
                features.append(net.embed(batch).float().numpy())
                answers.append(net.logits(batch).argmax(1).numpy())
    finally:
        net.train(training)
    return np.concatenate(features), np.concatenate(answers)


def open_judge(model: Model, data: Data, count: int, seed: int = 0) -> ContestJudge:
    """A judge who knows up to `count` held-out pictures (of val and test)."""
    pictures = np.concatenate([data.val.pictures, data.test.pictures])
    labels = np.concatenate([data.val.labels, data.test.labels])
    names = [*data.val.names, *data.test.names]
    rows = np.random.default_rng([seed, 31]).permutation(len(labels))[:count]
    held = DataPart(pictures[rows], labels[rows], [names[i] for i in rows])
    features, answers = judge_sees(model, held.pictures)
    return ContestJudge(model, held, features, answers, float((answers == held.labels).mean()))


def floor(by: ContestJudge, data: Data, seed: int = 0) -> ContestRow:
    """The row of the real pictures: training pictures in place of made ones, of the same classes,
    as made ones are."""
    rows = _alike(by.held.labels, data.train.labels, np.random.default_rng([seed, 32]))
    pictures = np.asarray(data.train.pictures[rows])
    features, answers = by.see(pictures)
    return ContestRow(
        family="",
        parameters=0,
        seconds=0.0,
        steps=0,
        batch=0,
        frechet=frechet(by.features, features),
        near=neighbours(by.features, features),
        kinds=modes(by.answers, answers, by.kinds),
        obeyed=float((answers == data.train.labels[rows]).mean())
        if len(data.classes) > 1
        else None,
        speed=0.0,
        pictures=visible(as_type(pictures[:SHOWN], "uint8"), by.model.about),
    )


def _alike(wanted: np.ndarray, labels: np.ndarray, draw: np.random.Generator) -> np.ndarray:
    """Places among `labels`, one for each of the `wanted` ones and of the same class; none twice
    while there are enough; of a class that is not there, any."""
    found = np.zeros(len(wanted), np.int64)
    for label in np.unique(wanted):
        places = np.flatnonzero(wanted == label)
        own = np.flatnonzero(labels == label)
        own = own if len(own) else np.arange(len(labels))
        found[places] = draw.choice(own, len(places), replace=len(own) < len(places))
    return found


def scored(run: Run, model: Model, by: ContestJudge, clock: Clock) -> ContestRow:
    """Make as many pictures as the judge knows real ones, of the same classes, and compare."""
    net: Any = model.net
    asked = conditioned(model)
    labels = torch.from_numpy(by.held.labels.astype(np.int64)) if asked else None
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    made, start = [], clock()
    try:
        with torch.inference_mode():
            for first in range(0, len(by.held), _TOGETHER):
                rows = slice(first, first + _TOGETHER)
                seeds = range(len(by.held))[rows]
                some = net.sample(list(seeds), None if labels is None else labels[rows])
                made.append(to_pictures(some, model.about))
    finally:
        torch.set_num_threads(threads)
    spent = clock() - start
    pictures = np.concatenate(made)
    features, answers = by.see(pictures)
    kept = clocked.spent(run)
    plan = run.config["recipe"]
    state = run.last()
    steps = plan["steps"] if state is None else state.step  # fewer where it stopped early
    return ContestRow(
        family=run.config["family"],
        parameters=sum(p.numel() for p in net.parameters()),
        seconds=kept["seconds"] / max(1, kept["steps"]) * steps,
        steps=steps,
        batch=plan["batch"],
        frechet=frechet(by.features, features),
        near=neighbours(by.features, features),
        kinds=modes(by.answers, answers, by.kinds),
        obeyed=float((answers == by.held.labels).mean()) if asked else None,
        speed=len(pictures) / spent if spent > 0 else 0.0,
        pictures=visible(pictures[:SHOWN], model.about),
        log=run.metrics(),
    )


def conditioned(model: Model) -> bool:
    """Whether a class can be asked for."""
    return classes_of(model.net) > 1
