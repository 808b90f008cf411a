"""Teaching a siamese network (`nets.contrastive`) by photographs or by classes, under the eyes of
the collapse meter.

Every batch holds pictures and a photograph of each. By photographs, a picture's only partner is its
photograph (NT-Xent, Chen et al., 2020): the network learns to find a picture again. By classes, all
of one class are partners (Khosla et al., 2020): it learns what a class has in common.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import torch
from torch import Tensor

from pincel.errors import PincelError
from pincel.learn import collapse
from pincel.learn.collapse import Meter
from pincel.learn.data import Data
from pincel.learn.loop import train, warm_then_cosine
from pincel.learn.photographed import PHONE, Camera, photographed
from pincel.learn.prepare import facts, prepare
from pincel.learn.run import Run, State, load_into
from pincel.nets._network import Model
from pincel.nets.contrastive import Config, Net

WAYS = ("photographs", "classes")
KEEP = 50
"""Steps between two saved states."""


@dataclass(frozen=True)
class Plan:
    """How a siamese network is taught; stored in the run.

    by     what belongs together: "photographs" or "classes"
    batch  pictures, each with its photograph: the network sees twice as many
    """

    by: str = "photographs"
    epochs: int = 20
    batch: int = 64
    rate: float = 2e-3


@dataclass(frozen=True)
class Reading:
    """One step is done: its loss, and what the collapse meter shows."""

    step: int
    steps: int
    loss: float
    meter: Meter


See = Callable[[np.ndarray, torch.Generator], tuple[np.ndarray, np.ndarray]]
"""(rows, generator) -> pictures (2n, h, w, c), each with its photograph, and what belongs together
(2n,)."""


# ------------------------------------------------------------------------------- one lesson


def optimizer(net: Net, rate: float) -> torch.optim.Optimizer:
    """What steps the weights."""
    return torch.optim.AdamW(net.parameters(), rate, weight_decay=1e-4)


def practise(
    net: Net,
    about: dict[str, Any],
    see: See,
    count: int,
    stepping: torch.optim.Optimizer,
    *,
    steps: int,
    batch: int,
    seed: int = 0,
    done: int = 0,
) -> Iterator[Reading]:
    """Teach the network in place; a Reading after every step.

    about  holds "prepare";  see  shows pictures by their rows, of which there are `count`
    done   steps taken before. Step k draws by (seed, k) alone, so going on is like never stopping.
    """
    lessons = _lessons(about, see, count, min(batch, count), steps, seed, done)
    schedule = warm_then_cosine(max(1, min(100, steps // 10)), steps)
    parts = {"net": stepping}
    for step in train(net, lessons, parts, done=done, seed=seed, rate=schedule, clip=5.0):
        vectors, numbers = net.last  # type: ignore[misc]
        meter = collapse.read(vectors.numpy(), numbers.numpy())
        yield Reading(step.number, steps, step.losses["net"], meter)
    net.eval()


def _lessons(
    about: dict[str, Any], see: See, count: int, batch: int, steps: int, seed: int, done: int
) -> Iterator[tuple[Tensor, Tensor]]:
    each = max(1, count // batch)
    for number in range(done + 1, steps + 1):
        epoch, place = divmod(number - 1, each)
        order = np.random.default_rng([seed, epoch, 31]).permutation(count)
        generator = torch.Generator().manual_seed(seed * 1_000_003 + number)
        pictures, numbers = see(order[place * batch : (place + 1) * batch], generator)
        yield prepare(pictures, about), torch.from_numpy(numbers)


# ------------------------------------------------------------------------------- a data set


def check(data: Data) -> None:
    """PincelError unless the pictures can be photographed: 8 bits, grey or RGB."""
    if data.channels not in (1, 3) or data.train.pictures.dtype != np.uint8:
        raise PincelError(
            "siamese.pictures", channels=data.channels, type=data.train.pictures.dtype.name
        )


def new(data: Data, seed: int = 0, **shape: Any) -> Model:
    """An untrained network for this data."""
    check(data)
    state = torch.random.get_rng_state()
    torch.manual_seed(seed)
    try:
        net = Net(Config(channels=data.channels, **shape))
    finally:
        torch.random.set_rng_state(state)
    sample = data.train.pictures[:: max(1, len(data.train) // 512)]
    shots = photographed(np.asarray(sample), torch.Generator().manual_seed(seed))
    return Model("contrastive", net, {"prepare": facts(shots), "classes": data.classes})


def begin(model: Model, data: Data, plan: Plan, seed: int = 0) -> dict[str, Any]:
    """What is asked, as the plain dictionary that a run keeps."""
    return {
        "family": "contrastive",
        "config": model.net.config.model_dump(mode="json"),
        "recipe": asdict(plan),
        "classes": data.classes,
        "prepare": model.about["prepare"],
        "data": {"name": data.name, "hash": data.hash, "pictures": len(data.train)},
        "seed": seed,
        "threads": torch.get_num_threads(),
    }


def teach(run: Run, model: Model, data: Data, camera: Camera = PHONE) -> Iterator[Reading]:
    """Carry out what the run asks, from where its folder stands, on `model` (`new`, with the run's
    seed). A Reading after every step; stop asking, or be killed, and call again.

    The readings are kept in the run's metrics, the state every `KEEP` steps and at the end.
    PincelError when the data is not what the run began with.
    """
    asked = run.config
    if data.hash != asked["data"]["hash"]:
        raise PincelError("teach.other_data", run=run.folder, name=asked["data"]["name"])
    plan, net, count = Plan(**asked["recipe"]), model.net, len(data.train)
    assert isinstance(net, Net)
    stepping, state, done = optimizer(net, plan.rate), run.last(), 0
    earlier = 0.0
    if state is not None:
        net.load_state_dict(state.weights)
        load_into(stepping, state.optimizers["net"])
        done, earlier = state.step, float(state.counters["seconds"])

    def see(rows: np.ndarray, generator: torch.Generator) -> tuple[np.ndarray, np.ndarray]:
        pictures = np.asarray(data.train.pictures[rows])
        both = np.concatenate([pictures, photographed(pictures, generator, camera)])
        numbers = data.train.labels[rows] if plan.by == "classes" else np.arange(len(rows))
        return both, np.tile(numbers, 2)

    each = max(1, count // min(plan.batch, count))
    steps = plan.epochs * each
    threads, begun = torch.get_num_threads(), time.monotonic()
    torch.set_num_threads(asked["threads"])
    try:
        for reading in practise(
            net, model.about, see, count, stepping,
            steps=steps, batch=plan.batch, seed=int(asked["seed"]), done=done,
        ):  # fmt: skip
            step = reading.step
            seconds = round(earlier + time.monotonic() - begun, 3)
            told = {"step": step, "epoch": step // each, "loss": reading.loss, "seconds": seconds}
            run.log(told | reading.meter.plain())
            if step % KEEP == 0 or step == steps:
                optimizers = {"net": stepping.state_dict()}
                run.keep(State(step, net.state_dict(), optimizers, {}, {"seconds": seconds}))
            yield reading
        net.eval()
    finally:
        torch.set_num_threads(threads)


def readings(run: Run) -> list[dict[str, Any]]:
    """All readings that the run has kept: step, loss and the meter."""
    return [entry for entry in run.metrics() if "spread" in entry]


def photographs_of(pictures: np.ndarray, seed: int, camera: Camera = PHONE) -> np.ndarray:
    """Photographs that no training has seen."""
    return photographed(np.asarray(pictures), torch.Generator().manual_seed(seed + 7919), camera)


def found_again(originals: np.ndarray, shots: np.ndarray) -> float:
    """Share of photographs whose nearest original is their own; both (n, d) of length 1."""
    return float(((shots @ originals.T).argmax(1) == np.arange(len(shots))).mean())
