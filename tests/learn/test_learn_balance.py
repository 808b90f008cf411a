"""Rare classes: every class as often as every other, and figures that do not hide one."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from pincel.learn import balance
from pincel.learn.measure import interval, measure_answers


def test_an_epoch_shows_every_class_equally_often_and_all_pictures_of_a_rare_one() -> None:
    labels = np.array([0] * 300 + [1] * 6 + [2] * 45)
    rows = balance.epoch_order(labels, [3, 1, 1], even=True)
    counts = np.bincount(labels[rows])
    assert len(rows) == 351 and counts.max() - counts.min() <= 1
    seen = np.bincount(rows, minlength=351)
    for label in range(3):
        own = seen[labels == label]
        assert own.max() - own.min() <= 1  # none comes twice more before all came once more
    assert (balance.epoch_order(labels, [3, 1, 1], even=True) == rows).all()
    assert (balance.epoch_order(labels, [3, 2, 1], even=True) != rows).any()
    plain = balance.epoch_order(labels, [3, 1, 1], even=False)
    assert sorted(plain) == list(range(351))


def test_a_missed_class_shows_in_the_headline() -> None:
    labels = np.array([0] * 45 + [1])
    told = measure_answers(np.array([[0.9, 0.1]] * 46), labels)
    assert told.accuracy == pytest.approx(45 / 46)
    assert told.balanced == 0.5 and told.worst == 1 and told.recall[1] == 0.0
    assert told.interval == interval(45, 46)
    assert balance.rare_classes(told.confusion, ["common", "rare"]) == [("rare", 1)]


def test_balanced_accuracy_is_that_of_scikit_learn() -> None:
    metrics = pytest.importorskip("sklearn.metrics")
    rng = np.random.default_rng(4)
    labels, chances = rng.integers(0, 5, 200), rng.dirichlet(np.ones(5), 200)
    wanted = metrics.balanced_accuracy_score(labels, chances.argmax(1))
    assert measure_answers(chances, labels).balanced == pytest.approx(wanted)


def test_the_better_epoch_is_that_of_the_balanced_accuracy() -> None:
    missed = {"balanced": 0.5, "accuracy": 0.98, "loss": 0.1}
    found = {"balanced": 0.8, "accuracy": 0.9, "loss": 0.4}
    assert balance.rank(found) > balance.rank(missed)
    assert balance.rank({"val_accuracy": 0.9, "val_loss": 0.2}) == (0.9, -0.2)  # an older run


def _rare(path: Path) -> Path:
    """300 noisy squares and 6 noisy crosses to learn from; 100 and 40 to test on."""
    rng = np.random.default_rng(1)
    held = {}
    for part, counts in {"train": (300, 6), "val": (60, 6), "test": (100, 40)}.items():
        pictures = rng.normal(110, 30, (sum(counts), 12, 12, 1))
        for row, picture in enumerate(pictures):
            y, x = rng.integers(2, 10, 2)
            if row < counts[0]:
                picture[y - 2 : y + 3, x - 2 : x + 3] += 45
            else:
                picture[y - 2 : y + 3, x] += 70
                picture[y, x - 2 : x + 3] += 70
        held[f"{part}_images"] = pictures.clip(0, 255).astype(np.uint8)
        held[f"{part}_labels"] = np.repeat(["square", "cross"], counts)
    np.savez(path, **held)
    return path


def test_a_class_of_six_is_missed_without_and_found_with_balance(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("torch", reason="training needs pincel[nets]")
    from pincel.cli import main
    from pincel.look.models import find_model

    data, runs = _rare(tmp_path / "rare.npz"), tmp_path / "runs"
    asked = ["train", "cnn", str(data), "--runs", str(runs), "--epochs", "12", "--average", "0.9"]
    asked += ["--net", "widths=8,16 blocks=1,1", "--threads", "1", "--precision", "fp32"]
    recall, balanced = {}, {}
    for name, more in {"plain": [], "even": ["--balance"]}.items():
        assert main([*asked, "--name", name, *more]) == 0
        said = capsys.readouterr()
        test = find_model(runs / name).about["metrics"]["test"]
        recall[name], balanced[name] = test["recall"][0], test["balanced"]
        assert "worst class cross with" in said.out and "95 % interval" in said.out
        assert ("--balance shows" in said.out + said.err) is (name == "plain")
        page = (runs / name / "page.html").read_text("utf-8")
        assert "Exactitud equilibrada" in page and "worst class cross" in page
        assert ("shown equally often while learning" in page) is (name == "even")
    assert recall["plain"] < 0.2, recall
    assert recall["even"] > 0.6, recall
    assert balanced["even"] > balanced["plain"] + 0.2
