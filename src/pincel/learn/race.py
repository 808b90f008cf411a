"""A race on the same pictures: a perceptron, edges described by hand with a linear classifier, and
a convolutional network.

All see the same training pictures, unchanged; then all name test pictures as they are and moved by
some pixels. A perceptron has its own weights for every pixel and knows nothing of a moved picture;
a histogram of oriented gradients (Dalal & Triggs, 2005) forgets small moves; a convolutional
network uses the same filters everywhere (LeCun et al., 1998).
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from pincel.learn.clocked import Clock, spent, taught
from pincel.learn.course import Finished, Order
from pincel.learn.data import Data, DataPart
from pincel.learn.loop import climb
from pincel.learn.prepare import as_type, preparation_facts, prepare, with_channels
from pincel.learn.run import Run
from pincel.learn.teach import written
from pincel.pixels import channels

RACERS = ("perceptron", "hog", "cnn")
_DIRECTIONS = ((0, 1), (1, 0), (0, -1), (-1, 0))


@dataclass(frozen=True)
class RacePlan:
    """How long the race is: pictures to learn from and to test on, passes, largest move.

    grey  all three read grey pictures, so that edges compete with brightness, not with colour
    """

    pictures: int = 3000
    tested: int = 500
    epochs: int = 10
    reach: int = 4
    grey: bool = False
    seed: int = 0


@dataclass(frozen=True)
class Lap:
    """A racer is on its way: `done` of `total` passes."""

    name: str
    done: int
    total: int


@dataclass(frozen=True, eq=False)
class Trained:
    """The training of a racer is over: its run, what it learned from, what came of it."""

    run: Run
    data: Data
    done: Finished


@dataclass(frozen=True)
class Result:
    """A racer has arrived.

    parameters  numbers that were learned;  inputs  numbers it reads of each picture
    seconds     CPU-seconds of the training, by the clock that was given
    accuracy    on the test pictures, moved by 0, 1, ... pixels: each the mean of four directions
    """

    name: str
    parameters: int
    inputs: int
    seconds: float
    accuracy: tuple[float, ...]

    @property
    def shifted(self) -> float:
        """Mean accuracy over all moves but 0."""
        moved = self.accuracy[1:]
        return float(np.mean(moved)) if moved else self.accuracy[0]


Answers = Callable[[np.ndarray], np.ndarray]


def race(
    data: Data, plan: RacePlan, clock: Clock, folder: Path | None = None
) -> Iterator[Lap | Trained | Result]:
    """Run the race; `Lap` after every pass, `Trained` when a network has learned, `Result` when a
    racer has arrived.

    clock   seconds so far, e.g. time.process_time
    folder  where each network has its run, so that a race that was interrupted goes on; None: they
            are not kept
    """
    rng = np.random.default_rng([plan.seed, 77])
    lesson = _some(data, "train", plan.pictures, rng, plan.grey)
    test = _some(data, "test", plan.tested, rng, plan.grey)
    for name in RACERS:
        yield Lap(name, 0, plan.epochs)
        if name == "hog":
            start = clock()
            answers, parameters, inputs = _linear(lesson, len(data.classes))
            seconds = clock() - start
        else:
            own = folder / name if folder is not None else None
            trained = yield from _network(name, replace(data, train=lesson), plan, clock, own)
            yield trained
            seconds = spent(trained.run)["seconds"]
            answers, parameters, inputs = _answering(trained)
        found = tuple(_right(answers, test, k) for k in range(plan.reach + 1))
        yield Result(name, parameters, inputs, seconds, found)


def _right(answers: Answers, test: DataPart, reach: int) -> float:
    """Share of right answers when pictures are moved by `reach`, the mean of four directions."""
    directions = _DIRECTIONS if reach else ((0, 0),)
    shares = [
        (answers(moved_by_pixels(test.pictures, dy * reach, dx * reach)) == test.labels).mean()
        for dy, dx in directions
    ]
    return float(np.mean(shares))


def moved_by_pixels(pictures: np.ndarray, down: int, across: int) -> np.ndarray:
    """Pictures (n, h, w, c) of any type moved by whole pixels; what comes in repeats the border."""
    height, width = pictures.shape[1:3]
    rows = np.clip(np.arange(height) - down, 0, height - 1)
    columns = np.clip(np.arange(width) - across, 0, width - 1)
    return pictures[:, rows[:, None], columns[None]]


def _some(data: Data, name: str, count: int, rng: np.random.Generator, grey: bool) -> DataPart:
    part = data.parts[name]
    rows = np.sort(rng.permutation(len(part))[:count])
    pictures = np.asarray(part.pictures[rows])
    if grey and pictures.shape[-1] in (3, 4):
        soft = channels.has_alpha(data.channel_names or channels.RGBA)
        pictures = np.stack([with_channels(one, 1, data.name, soft) for one in pictures])
    return DataPart(pictures, part.labels[rows], [part.names[r] for r in rows])


def edges(pictures: np.ndarray) -> np.ndarray:
    """(n, h, w, c) -> (n, d) float32: HOG of each picture, 4 x 4 cells, each pixel its steepest
    channel."""
    from pincel.pixels.hog import description_of

    cell = max(2, min(pictures.shape[1:3]) // 4)
    values = as_type(pictures, "uint8") / 255.0
    return np.stack([description_of(one, cell=cell).vector for one in values]).astype(np.float32)


def _linear(lesson: DataPart, classes: int) -> tuple[Answers, int, int]:
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    described = edges(lesson.pictures)
    model = make_pipeline(StandardScaler(), LogisticRegression(C=0.1, max_iter=300))
    model.fit(described, lesson.labels)
    inputs = described.shape[1]
    return lambda pictures: model.predict(edges(pictures)), (inputs + 1) * classes, inputs


def _network(
    name: str, data: Data, plan: RacePlan, clock: Clock, folder: Path | None
) -> Generator[Lap, None, Trained]:
    """The run of a network, taught to its end."""
    batch = max(2, min(32, len(data.train) // 2))
    each = max(1, len(data.train) // batch)
    shape = {} if name == "perceptron" else {"widths": (16, 32, 64), "blocks": (1, 1, 1)}
    recipe = {
        "epochs": plan.epochs, "batch": batch, "rate": 2e-3, "decay": 0.05, "average": 0.0,
        "warm": climb(each * plan.epochs), "augment": "none", "precision": "fp32",
    }  # fmt: skip
    asked = Order(
        name, data, plan.seed, shape, recipe, "cpu", "racing",
        preparation_facts(data.train.pictures), {"race": asdict(plan)},
    )  # fmt: skip
    run = Run.at(folder, lambda: written(asked))
    teaching = taught(run, data, clock)
    while True:
        try:
            going = next(teaching)
        except StopIteration as ended:
            return Trained(run, data, ended.value)
        if going.done % each == 0:
            yield Lap(name, going.done // each, plan.epochs)


def _answering(trained: Trained) -> tuple[Answers, int, int]:
    """How a network answers, its parameters, and the numbers that it reads."""
    import torch

    model = trained.done.model
    net: Any = model.net.eval()

    def answers(pictures: np.ndarray) -> np.ndarray:
        with torch.inference_mode():
            parts = [
                net.logits(prepare(pictures[s : s + 512], model.about)).argmax(1).numpy()
                for s in range(0, len(pictures), 512)
            ]
        return np.concatenate(parts)

    inputs = int(np.prod(trained.data.train.pictures.shape[1:]))
    return answers, sum(p.numel() for p in net.parameters()), inputs
