"""Training speed: Pincel's loop against a plain fp32 PyTorch loop, same network, in one run.

python benchmarks/training.py --family cnn --batch 128 --steps 6 --rounds 3

plain    the loop of every tutorial: a DataLoader of prepared floats, fp32, AdamW, no extras
loop     `learn.loop.train` as `pincel train` sets it up: channels last, fused AdamW, the precision
         that is fastest here, pictures prepared batch by batch from bytes, gradients clipped
all      the same with augmentation and averaged weights: what a real run does

The three take turns, so that a busy moment of the machine hits all alike; the medians over rounds
are compared. CPU-seconds count all threads and do not depend on what else the machine does.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable, Iterator

import numpy as np
import torch
from torch.nn import functional
from torch.utils.data import DataLoader, TensorDataset

from pincel import nets
from pincel.learn import precision
from pincel.learn.augment import augment
from pincel.learn.loop import Averaged, train, warm_then_cosine
from pincel.learn.prepare import preparation_facts, prepare


def network(family: str) -> torch.nn.Module:
    torch.manual_seed(0)
    module = nets.load(family)
    return module.Net(module.Config()).train()


def plain(family: str, pictures: np.ndarray, labels: np.ndarray, batch: int, about: dict):
    """A plain loop as a generator: one batch a step."""
    net = network(family)
    optimizer = torch.optim.AdamW(net.parameters(), 1e-3)
    data = TensorDataset(prepare(pictures, about), torch.from_numpy(labels))
    while True:
        for x, y in DataLoader(data, batch_size=batch, shuffle=True, drop_last=True):
            optimizer.zero_grad()
            loss = functional.cross_entropy(net(x), y, label_smoothing=0.1)
            loss.backward()
            optimizer.step()
            yield loss.item()


def ours(
    family: str, pictures: np.ndarray, labels: np.ndarray, batch: int, about: dict, full: bool
):
    """Pincel's loop as a generator: one batch a step."""
    net = network(family).to(memory_format=torch.channels_last)
    optimizers = {"net": torch.optim.AdamW(net.parameters(), 1e-3, fused=True)}
    kind = precision.suited_precision(net, torch.device("cpu"))
    average = Averaged(net) if full else None

    def batches() -> Iterator[tuple[torch.Tensor, torch.Tensor]]:
        rng = np.random.default_rng(0)
        generator = torch.Generator().manual_seed(0)
        while True:
            order = rng.permutation(len(pictures))
            for start in range(0, len(order) - batch + 1, batch):
                rows = np.sort(order[start : start + batch])
                x = prepare(pictures[rows], about)
                if full:
                    x = augment(x, "cells", generator)
                x = x.contiguous(memory_format=torch.channels_last)
                yield x, torch.from_numpy(labels[rows])

    device = torch.device("cpu")
    steps = train(
        net,
        batches(),
        optimizers,
        rate=warm_then_cosine(10, 1000),
        clip=1.0,
        precision=precision.context(kind, device),
    )
    for step in steps:
        if average is not None:
            average.update(net, step.number)
        yield step.losses["net"]


def turn(steps: Iterator[float], count: int) -> tuple[float, float]:
    """(seconds, CPU-seconds) that `count` steps take."""
    wall, cpu = time.perf_counter(), time.process_time()
    for _ in range(count):
        next(steps)
    return time.perf_counter() - wall, time.process_time() - cpu


def main() -> int:
    """Measure and print one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--family", default="cnn", choices=("cnn", "perceptron"))
    parser.add_argument("--batch", type=int, default=128)
    parser.add_argument("--steps", type=int, default=6)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--threads", type=int, default=1)
    chosen = parser.parse_args()
    torch.set_num_threads(chosen.threads)
    rng = np.random.default_rng(0)
    pictures = rng.integers(0, 256, (chosen.batch * 4, 28, 28, 3), dtype=np.uint8)
    labels = rng.integers(0, 8, len(pictures))
    about = {"prepare": preparation_facts(pictures)}
    given = (chosen.family, pictures, labels, chosen.batch, about)
    racers: dict[str, Iterator[float]] = {
        "plain": plain(*given),
        "loop": ours(*given, full=False),
        "all": ours(*given, full=True),
    }
    found: dict[str, list[tuple[float, float]]] = {name: [] for name in racers}
    for steps in racers.values():
        turn(steps, 2)
    for _ in range(chosen.rounds):
        for name, steps in racers.items():
            found[name].append(turn(steps, chosen.steps))
    images = chosen.steps * chosen.batch
    report: dict[str, object] = {
        "family": chosen.family,
        "batch": chosen.batch,
        "threads": chosen.threads,
        "precision": precision.suited_precision(network(chosen.family), torch.device("cpu")),
    }
    middle: Callable[[int, str], float] = lambda part, name: float(  # noqa: E731
        np.median([images / pair[part] for pair in found[name]])
    )
    for name in racers:
        report[name] = {
            "images_s": round(middle(0, name), 1),
            "images_cpu_s": round(middle(1, name), 1),
        }
    for name in ("loop", "all"):
        report[f"{name} / plain"] = {
            "wall": round(middle(0, name) / middle(0, "plain"), 3),
            "cpu": round(middle(1, name) / middle(1, "plain"), 3),
        }
    print(json.dumps(report, indent=1))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
