"""A race on the same pictures: a perceptron, edges described by hand with a linear classifier, and
a convolutional network.

All see the same training pictures, unchanged; then all name test pictures as they are and moved by
some pixels. A perceptron has its own weights for every pixel and knows nothing of a moved picture;
a histogram of oriented gradients (Dalal & Triggs, 2005) forgets small moves; a convolutional
network uses the same filters everywhere (LeCun et al., 1998).
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass

import numpy as np

from pincel.learn.data import Data, Part
from pincel.learn.prepare import as_type, facts, prepare, with_channels
from pincel.pixels import channels

RACERS = ("perceptron", "hog", "cnn")
_DIRECTIONS = ((0, 1), (1, 0), (0, -1), (-1, 0))


@dataclass(frozen=True)
class Plan:
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


def race(data: Data, plan: Plan, clock: Callable[[], float]) -> Iterator[Lap | Result]:
    """Run the race; `Lap` after every pass, `Result` when a racer has arrived.

    clock  seconds so far, e.g. time.process_time
    """
    rng = np.random.default_rng([plan.seed, 77])
    lesson = _some(data, "train", plan.pictures, rng, plan.grey)
    test = _some(data, "test", plan.tested, rng, plan.grey)
    for name in RACERS:
        start = clock()
        yield Lap(name, 0, plan.epochs)
        if name == "hog":
            answers, parameters, inputs = _linear(lesson, len(data.classes))
        else:
            answers, parameters, inputs = yield from _network(name, data, lesson, plan)
        seconds = clock() - start
        found = tuple(
            float(
                np.mean(
                    [
                        (answers(moved(test.pictures, dy * k, dx * k)) == test.labels).mean()
                        for dy, dx in (_DIRECTIONS if k else ((0, 0),))
                    ]
                )
            )
            for k in range(plan.reach + 1)
        )
        yield Result(name, parameters, inputs, seconds, found)


def moved(pictures: np.ndarray, down: int, across: int) -> np.ndarray:
    """Pictures (n, h, w, c) moved by whole pixels; what comes in repeats the border."""
    height, width = pictures.shape[1:3]
    rows = np.clip(np.arange(height) - down, 0, height - 1)
    columns = np.clip(np.arange(width) - across, 0, width - 1)
    return pictures[:, rows[:, None], columns[None]]


def _some(data: Data, name: str, count: int, rng: np.random.Generator, grey: bool) -> Part:
    part = data.parts[name]
    rows = np.sort(rng.permutation(len(part))[:count])
    pictures = np.asarray(part.pictures[rows])
    if grey and pictures.shape[-1] in (3, 4):
        soft = channels.has_alpha(data.channel_names or channels.RGBA)
        pictures = np.stack([with_channels(one, 1, data.name, soft) for one in pictures])
    return Part(pictures, part.labels[rows], [part.names[r] for r in rows])


def edges(pictures: np.ndarray) -> np.ndarray:
    """(n, h, w, c) -> (n, d): HOG of each picture, 4 x 4 cells, each pixel its steepest channel."""
    from pincel.pixels.hog import describe

    cell = max(2, min(pictures.shape[1:3]) // 4)
    values = as_type(pictures, "uint8") / 255.0
    return np.stack([describe(one, cell=cell).vector for one in values]).astype(np.float32)


def _linear(lesson: Part, classes: int) -> tuple[Answers, int, int]:
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    described = edges(lesson.pictures)
    model = make_pipeline(StandardScaler(), LogisticRegression(C=0.1, max_iter=300))
    model.fit(described, lesson.labels)
    inputs = described.shape[1]
    return lambda pictures: model.predict(edges(pictures)), (inputs + 1) * classes, inputs


def _network(
    name: str, data: Data, lesson: Part, plan: Plan
) -> Generator[Lap, None, tuple[Answers, int, int]]:
    import torch

    from pincel import nets
    from pincel.learn.loop import train, warm_then_cosine

    height, width, count = lesson.pictures.shape[1:]
    module = nets.load(name)
    shape = {"channels": count, "classes": len(data.classes)}
    if name == "perceptron":
        config = module.Config(**shape, height=height, width=width)
    else:
        config = module.Config(**shape, widths=(16, 32, 64), blocks=(1, 1, 1))
    state = torch.random.get_rng_state()
    torch.manual_seed(plan.seed)
    net = module.Net(config)
    torch.random.set_rng_state(state)
    about = {"prepare": facts(lesson.pictures)}
    batch = max(2, min(32, len(lesson) // 2))
    each = len(lesson) // batch
    steps = each * plan.epochs
    rng = np.random.default_rng([plan.seed, 78])

    def batches() -> Iterator[tuple[torch.Tensor, torch.Tensor]]:
        for _ in range(plan.epochs):
            order = rng.permutation(len(lesson))
            for place in range(each):
                rows = order[place * batch : (place + 1) * batch]
                pictures = prepare(lesson.pictures[rows], about)
                yield pictures, torch.from_numpy(lesson.labels[rows])

    optimizers = {"net": torch.optim.AdamW(net.parameters(), 2e-3, weight_decay=0.05)}
    rate = warm_then_cosine(max(1, steps // 10), steps)
    for step in train(net, batches(), optimizers, seed=plan.seed, rate=rate, clip=1.0):
        if step.number % each == 0:
            yield Lap(name, step.number // each, plan.epochs)
    net.eval()

    def answers(pictures: np.ndarray) -> np.ndarray:
        with torch.inference_mode():
            parts = [
                net.logits(prepare(pictures[s : s + 512], about)).argmax(1).numpy()
                for s in range(0, len(pictures), 512)
            ]
        return np.concatenate(parts)

    return answers, sum(p.numel() for p in net.parameters()), height * width * count
