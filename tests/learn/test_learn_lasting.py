"""How long a generator's training is, how often it is measured, and what its log counts."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("torch", reason="training needs pincel[nets]")
pytest.importorskip("sklearn", reason="needs scikit-learn")

from pincel.learn.data import Data, Part, Report
from pincel.learn.run import Run
from pincel.learn.teach import Batch, Recipe, begin, lasting, teach


def bars(count: int, seed: int) -> Part:
    """Pictures of 12 x 12 with a bar at one of four places."""
    rng = np.random.default_rng(seed)
    labels = rng.integers(0, 4, count)
    pictures = rng.integers(0, 20, (count, 12, 12, 1), dtype=np.uint8)
    for picture, label in zip(pictures, labels, strict=True):
        picture[:, 3 * label : 3 * label + 3] = 240
    return Part(pictures, labels, [str(k) for k in range(count)])


DATA = Data("bars", list("abcd"), bars(80, 0), bars(8, 1), bars(8, 2), "hash", Report())
SMALL = {"width": 4, "noise": 8}


def test_steps_are_exact_and_measured_some_forty_times() -> None:
    plan = lasting(Recipe(batch=64), 100, 640)
    assert (plan.steps, plan.epochs, plan.measure) == (100, 10, 1)
    assert lasting(Recipe(batch=64), 101, 640).epochs == 11
    assert lasting(Recipe(batch=64), 20_000, 640).measure == 50
    assert lasting(Recipe(batch=64), 1, 10).epochs == 1


def test_a_generators_own_width_is_not_the_pictures_width() -> None:
    asked = begin("gan", DATA, on="cpu", recipe={"precision": "fp32"})
    assert asked["config"]["side"] == 12 and asked["config"]["width"] == 32
    assert asked["config"]["classes"] == 4
    minutes = begin("gan", DATA, on="cpu", settings=SMALL,
                    recipe={"precision": "fp32", "minutes": 0.05, "batch": 16})  # fmt: skip
    plan = minutes["recipe"]
    assert plan["steps"] > 5 and plan["epochs"] == -(-plan["steps"] // 5)


def test_a_run_ends_at_its_step_and_counts_modes(tmp_path: Path) -> None:
    asked = begin("gan", DATA, on="cpu", settings=SMALL, recipe={
        "precision": "fp32", "threads": 1, "batch": 16, "epochs": 3, "steps": 13, "measure": 2,
    })  # fmt: skip
    run = Run.create(tmp_path / "run", asked)
    steps = [event.step for event in teach(run, DATA) if isinstance(event, Batch)]
    assert steps == list(range(1, 14))
    log = run.metrics()
    assert [(entry["epoch"], entry["step"]) for entry in log] == [(2, 10), (3, 13)]
    assert all(1 <= entry["modes"] <= entry["modes_of"] == 20 for entry in log)
    assert {"val_real", "val_made", "val_told_apart"} <= set(log[-1])
