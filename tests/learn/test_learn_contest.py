"""A contest: equal budgets, runs that go on, real pictures as the measure."""

from __future__ import annotations

from itertools import count
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("torch", reason="training needs pincel[nets]")
pytest.importorskip("sklearn", reason="needs scikit-learn")

from pincel.learn import contest
from pincel.learn.clocked import taught
from pincel.learn.data import Data, open_data

SMALL = {"width": 4, "noise": 8}


@pytest.fixture(scope="module")
def digits() -> Data:
    return open_data("digits", labelled=False, split="80/10/10")


@pytest.fixture(scope="module")
def judge(digits: Data, tmp_path_factory: pytest.TempPathFactory) -> contest.ContestJudge:
    run = contest.classifier(tmp_path_factory.mktemp("eyes"), digits, 2500)
    for _ in taught(run, digits, lambda: 0.0):
        pass
    model = contest.finished(run)
    assert model is not None
    return contest.open_judge(model, digits, 150)


def test_families_are_those_that_sample() -> None:
    found = contest.families()
    assert {"gan", "vae", "diffusion"} <= set(found)
    assert not {"cnn", "upscaler", "contrastive"} & set(found)


def test_more_minutes_are_more_steps(digits: Data) -> None:
    # a clock by which every step takes two seconds
    ticks = count(step=2)
    assert contest.steps_within("gan", digits, 4, 0, SMALL, lambda: next(ticks)) == 4 * 60 / 2


def test_real_pictures_are_the_floor_and_noise_is_far(
    judge: contest.ContestJudge, digits: Data
) -> None:
    real = contest.floor(judge, digits)
    assert judge.accuracy > 0.8
    assert real.near.precision > 0.7 and real.near.recall > 0.7
    assert (real.kinds.hit, real.kinds.of) == (10, 10) and real.kinds.even > 0.8
    noise = np.random.default_rng(0).integers(0, 255, (150, 8, 8, 1), dtype=np.uint8)
    features, _ = judge.see(noise)
    assert contest.frechet(judge.features, features) > 5 * real.frechet
    assert contest.neighbours(judge.features, features).coverage < real.near.coverage / 2


def test_a_family_is_a_run_that_goes_on_and_is_measured(
    judge: contest.ContestJudge, digits: Data, tmp_path: Path
) -> None:
    def begun() -> contest.Run:
        return contest.started(tmp_path / "gan", "gan", digits, lambda: 4, settings=SMALL)

    going = taught(begun(), digits, lambda: 0.0)
    next(going)  # killed after the first step
    going.close()
    assert contest.finished(begun()) is None
    ticks = count(step=3)
    last = list(taught(begun(), digits, lambda: next(ticks)))[-1]
    assert (last.done, last.total) == (4, 4)
    model = contest.finished(begun())
    assert model is not None
    score = contest.scored(begun(), model, judge, lambda: float(next(ticks)))
    assert (score.family, score.steps, score.batch) == ("gan", 4, 64)
    assert score.seconds == pytest.approx(4 * 3)
    assert score.speed == pytest.approx(150 / 3)
    assert score.pictures.shape == (16, 8, 8, 1)
    assert score.obeyed is not None and 0 <= score.obeyed < 0.6  # untrained
    assert score.frechet > contest.floor(judge, digits).frechet
    assert score.log[-1]["modes_of"] > 5


def test_no_family_stops_before_its_time_and_a_run_that_did_says_so(
    judge: contest.ContestJudge, digits: Data, tmp_path: Path
) -> None:
    run = contest.started(tmp_path / "vae", "vae", digits, lambda: 3, settings={"width": 8})
    assert run.config["recipe"]["patience"] == 0
    list(taught(run, digits, lambda: 0.0))
    model = contest.finished(run)
    assert model is not None
    run.config["recipe"]["steps"] = 50  # as if it had been meant to take more
    assert contest.scored(run, model, judge, lambda: 0.0).steps == 3


def test_pictures_without_classes_are_named_by_clusters(digits: Data) -> None:
    from dataclasses import replace

    parts = {name: replace(p, labels=np.zeros_like(p.labels)) for name, p in digits.parts.items()}
    found = contest.distinct_data(replace(digits, classes=["all"], **parts))
    assert len(found.classes) == 10
    counts = np.bincount(found.train.labels, minlength=10)
    assert counts.min() > 20
    # clusters of digits are nearly classes of digits
    pure = sum(np.bincount(digits.train.labels[found.train.labels == k]).max() for k in range(10))
    assert pure / len(digits.train) > 0.6
    assert contest.distinct_data(digits) is digits


def test_real_pictures_are_of_the_same_classes() -> None:
    rng = np.random.default_rng(0)
    labels = rng.integers(0, 4, 200)
    wanted = np.array([0] * 5 + [2] * 90 + [7] * 3)
    rows = contest._alike(wanted, labels, rng)
    assert (labels[rows[:95]] == wanted[:95]).all()
    assert len(set(rows[:5].tolist())) == 5
    assert len(rows) == 98
