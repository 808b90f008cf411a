"""How rare classes are best taught: sampling, weighed losses or adjusted logits.

    python benchmarks/balance.py PATH/bloodmnist.npz --seeds 3 --epochs 30

BloodMNIST is cut to 300, 170, 100, 57, 33, 19, 11 and 6 pictures of its eight classes (in an order
that the seed draws), a quarter of that (3 at least) to choose by, 100 of each to test on. Every way
teaches the same small cnn; the epoch is chosen by balanced accuracy.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from pincel.learn.course import Finished
from pincel.learn.data import Data, open_data
from pincel.learn.run import Run
from pincel.learn.teach import begin, teach

SIZES = (300, 170, 100, 57, 33, 19, 11, 6)
WAYS = ("as it is", "sampling", "weights", "effective number", "logit adjustment")
PLAIN = functional.cross_entropy


def cut(source: Path, seed: int, target: Path) -> Data:
    """The long tail, as a data set with its own split."""
    rng = np.random.default_rng(seed)
    order, held = rng.permutation(len(SIZES)), {}
    with np.load(source) as whole:
        for part in ("train", "val", "test"):
            labels, rows = whole[f"{part}_labels"][:, 0], []
            for size, label in zip(SIZES, order, strict=True):
                own = rng.permutation(np.flatnonzero(labels == label))
                rows.append(own[: {"train": size, "val": max(3, size // 4), "test": 100}[part]])
            chosen = np.sort(np.concatenate(rows))
            held[f"{part}_images"] = whole[f"{part}_images"][chosen]
            held[f"{part}_labels"] = labels[chosen]
    np.savez(target, **held)
    return open_data(target)


def loss(way: str, counts: np.ndarray) -> Callable[..., Tensor]:
    """The cross-entropy of a way. Effective number: Cui et al., 2019, beta 0.999; logit adjustment:
    Menon et al., 2021, tau 1."""
    if way == "logit adjustment":
        prior = torch.from_numpy(np.log(counts / counts.sum())).float()
        return lambda scores, labels, **more: PLAIN(scores + prior, labels, **more)
    weights = 1 / counts if way == "weights" else (1 - 0.999) / (1 - 0.999**counts)
    held = torch.from_numpy(weights / weights.mean()).float()

    def weighed(scores: Tensor, labels: Tensor, **more: float) -> Tensor:
        each = PLAIN(scores, labels, reduction="none", **more)
        return (each * held[labels]).sum() / held[labels].sum()

    return weighed


def taught(data: Data, way: str, seed: int, epochs: int, folder: Path) -> tuple[float, float]:
    """Balanced accuracy and worst recall on the test part."""
    recipe = {"epochs": epochs, "precision": "fp32", "threads": 1, "augment": "cells",
              "average": 0.99, "balance": way == "sampling"}  # fmt: skip
    settings = {"widths": (16, 32, 64), "blocks": (1, 1, 1)}
    asked = begin("cnn", data, seed=seed, settings=settings, recipe=recipe, on="cpu")
    counts = np.bincount(data.train.labels).astype(float)
    functional.cross_entropy = PLAIN if way in WAYS[:2] else loss(way, counts)
    try:
        (done,) = [e for e in teach(Run.create(folder, asked), data) if isinstance(e, Finished)]
    finally:
        functional.cross_entropy = PLAIN
    return done.found.test.balanced, done.found.test.recall[done.found.test.worst] or 0.0


def main() -> None:
    """Print a table: one row a way."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("source", type=Path)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--epochs", type=int, default=30)
    asked = parser.parse_args()
    print("| | balanced accuracy, % | worst class, % | seeds |\n|---|---|---|---|")
    with tempfile.TemporaryDirectory() as place:
        root = Path(place)
        sets = [cut(asked.source, s, root / f"{s}.npz") for s in range(asked.seeds)]
        for way in WAYS:
            found = 100 * np.array([
                taught(data, way, seed, asked.epochs, root / f"{way}-{seed}")
                for seed, data in enumerate(sets)
            ])  # fmt: skip
            mean = found.mean(0)
            each = ", ".join(f"{value:.1f}" for value in found[:, 0])
            print(f"| {way} | {mean[0]:.1f} | {mean[1]:.1f} | {each} |", flush=True)


if __name__ == "__main__":
    main()
