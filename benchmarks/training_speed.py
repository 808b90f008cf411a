"""Training images a second: `pincel train` against a plain fp32 PyTorch loop, in one run.

    PINCEL_SHARED=... python benchmarks/training_speed.py [--rounds 5] [--steps 12] [--threads 1]

The same network, data and batch. The plain loop is what a tutorial writes: tensors in memory in
PyTorch's usual order, normalised once, AdamW, nothing else. Ours also draws, turns, shifts and
colours every picture, averages the weights, clips, follows a schedule and prepares from bytes.
Rounds alternate; the median of each is told, in CPU time, so that other programs disturb little.
"""

from __future__ import annotations

import argparse
import json
import statistics
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any


def main() -> None:
    """Measure and print one line of JSON."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", default="blood")
    parser.add_argument("--family", default="cnn")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--steps", type=int, default=12)
    parser.add_argument("--threads", type=int, default=1)
    chosen = parser.parse_args()
    import torch

    from pincel.learn.data import open_data
    from pincel.learn.run import Run
    from pincel.learn.teach import begin

    torch.set_num_threads(chosen.threads)
    data = open_data(chosen.data)
    recipe = {"epochs": 1000, "augment": "cells", "threads": chosen.threads}
    config = begin(chosen.family, data, seed=1, recipe=recipe)
    batch = config["recipe"]["batch"]
    with tempfile.TemporaryDirectory() as folder:
        loops = {
            "pincel": ours(Run.create(Path(folder) / "run", config), data),
            "plain": plain(data, config),
        }
        seconds: dict[str, list[float]] = {name: [] for name in loops}
        for loop in loops.values():  # warm
            for _ in range(3):
                next(loop)
        for _ in range(chosen.rounds):
            for name, loop in loops.items():
                start = time.process_time()
                for _ in range(chosen.steps):
                    next(loop)
                seconds[name].append((time.process_time() - start) / chosen.threads)
    speed = {
        name: chosen.steps * batch / statistics.median(times) for name, times in seconds.items()
    }
    facts = {
        "family": chosen.family,
        "batch": batch,
        "threads": chosen.threads,
        "precision": config["recipe"]["precision"],
        "images_per_cpu_second": {name: round(value, 1) for name, value in speed.items()},
        "ratio": round(speed["pincel"] / speed["plain"], 3),
    }
    print(json.dumps(facts))


def ours(run: Any, data: Any) -> Iterator[None]:
    """One step of `teach` at a time."""
    from pincel.learn.teach import Batch, teach

    for event in teach(run, data):
        if isinstance(event, Batch):
            yield


def plain(data: Any, config: dict[str, Any]) -> Iterator[None]:
    """A loop as a tutorial writes it."""
    import torch
    from torch.nn import functional

    from pincel import nets
    from pincel.learn.prepare import prepare

    module = nets.load(config["family"])
    net = module.Net(module.Config(**config["config"]))
    pictures = prepare(data.train.pictures, {"prepare": config["prepare"]})
    labels = torch.from_numpy(data.train.labels)
    optimizer = torch.optim.AdamW(net.parameters(), lr=config["recipe"]["rate"])
    batch = config["recipe"]["batch"]
    net.train()
    while True:
        for rows in torch.randperm(len(labels)).split(batch)[:-1]:
            optimizer.zero_grad()
            loss = functional.cross_entropy(net(pictures[rows]), labels[rows], label_smoothing=0.1)
            loss.backward()
            optimizer.step()
            loss.item()
            yield


if __name__ == "__main__":
    main()
