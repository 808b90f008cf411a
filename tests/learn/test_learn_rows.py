"""Rows without a label or a number, and the order of classes."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from pincel.errors import PincelError
from pincel.learn.data import Data, open_data

RNG = np.random.default_rng(9)


def saved(place: Path, **arrays: np.ndarray) -> Path:
    np.savez(place, **arrays)
    return place


def pictures(count: int, kind: str = "uint8") -> np.ndarray:
    values = RNG.integers(0, 256, (count, 6, 6, 3)).astype(np.uint8)
    return values if kind == "uint8" else (values / np.float32(255)).astype(kind)


def folder_of(place: Path, names: list[str], count: int = 6) -> Path:
    for name in names:
        (place / name).mkdir(parents=True)
        for number, values in enumerate(pictures(count)):
            Image.fromarray(values).save(place / name / f"{number}.png")
    return place


@pytest.mark.parametrize("flaw", [np.nan, np.inf, -np.inf])
@pytest.mark.parametrize("row", [0, 7, 29])
def test_a_value_that_is_no_number_is_named_with_its_row(
    tmp_path: Path, flaw: float, row: int
) -> None:
    val = pictures(30, "float32")
    val[row, 3, 2, 1] = flaw
    arrays = {f"{part}_images": pictures(30, "float32") for part in ("train", "val", "test")}
    labels = {f"{part}_labels": np.arange(30) % 2 for part in ("train", "val", "test")}
    path = saved(tmp_path / "set.npz", **(arrays | {"val_images": val}), **labels)
    with pytest.raises(
        PincelError, match=rf"set\.npz.* {row} of val_images|{row} of val_images.*set\.npz"
    ):
        open_data(path)


@pytest.mark.parametrize("kind", ["text", "float"])
def test_a_blank_label_in_an_npz_drops_its_row_and_says_so(tmp_path: Path, kind: str) -> None:
    values = pictures(20)
    labels = np.arange(20) % 2
    given = np.array(["cat", "dog"])[labels] if kind == "text" else labels.astype(float)
    given[5] = "  " if kind == "text" else np.nan
    data = open_data(saved(tmp_path / "set.npz", images=values, labels=given))
    assert [name for name, _ in data.report.broken] == ["5"]
    assert "label" in data.report.broken[0][1] and "set.npz" in data.report.broken[0][1]
    held = {n: v for p in data.parts.values() for n, v in zip(p.names, p.pictures, strict=True)}
    assert len(held) == 19 and "5" not in held
    assert all(np.array_equal(value, values[int(name)]) for name, value in held.items())
    with pytest.raises(PincelError, match="blank"):
        blank = np.full(20, "" if kind == "text" else np.nan)
        open_data(saved(tmp_path / "none.npz", images=values, labels=blank))


def test_a_blank_label_in_a_csv_drops_its_row_and_says_so(tmp_path: Path) -> None:
    folder_of(tmp_path, ["a", "b"], 8)
    rows = [f"{name}/{k}.png,{name}" for name in "ab" for k in range(8)]
    rows[3], rows[9] = "a/3.png,", ",b"
    table = tmp_path / "labels.csv"
    table.write_text("\n".join(["file,label", *rows]))
    data = open_data(table, cache=tmp_path / "cache")
    assert [name for name, _ in data.report.broken] == ["a/3.png", "b"]
    assert "line 5 of labels.csv has no label" in data.report.broken[0][1]
    assert "line 11 of labels.csv names no file" in data.report.broken[1][1]
    assert sum(len(part) for part in data.parts.values()) == 14
    assert data.classes == ["a", "b"]
    table.write_text("file,label\na/1.png,\nb/1.png, \n")
    with pytest.raises(PincelError, match=r"line 2 of labels\.csv has no label"):
        open_data(table, cache=tmp_path / "cache")


NUMBERED = [str(n) for n in range(1, 13)]


def _ordered(data: Data) -> None:
    assert data.classes == NUMBERED
    assert all(list(counts) == NUMBERED for counts in data.report.counts.values())


def test_classes_are_in_the_order_people_count(tmp_path: Path) -> None:
    folder = folder_of(tmp_path / "set", NUMBERED)
    data = open_data(folder, cache=tmp_path / "cache")
    _ordered(data)
    for part in data.parts.values():
        said = [data.classes[label] for label in part.labels]
        assert said == [name.split("/")[0] for name in part.names]
    lines = [f"{c}/{k}.png,{c}" for c in NUMBERED for k in range(6)]
    (folder / "labels.csv").write_text("\n".join(["file,label", *lines]))
    _ordered(open_data(folder / "labels.csv", cache=tmp_path / "cache"))
    labels = np.repeat(NUMBERED, 6)
    _ordered(open_data(saved(tmp_path / "set.npz", images=pictures(72), labels=labels)))


def test_a_sets_own_order_is_kept(tmp_path: Path) -> None:
    own = ["large", "medium", "10", "2"]
    path = saved(tmp_path / "s.npz", images=pictures(40), labels=np.arange(40) % 4, classes=own)
    assert open_data(path).classes == own


def test_an_old_runs_order_is_kept(tmp_path: Path) -> None:
    """Same pictures, same parts, same hash: only the numbers of the classes differ."""
    new = open_data(folder_of(tmp_path / "set", NUMBERED), cache=tmp_path / "cache")
    before = sorted(NUMBERED)
    old = new.in_order(before)
    assert old.classes == before != new.classes and old.hash == new.hash
    for one, other in zip(old.parts.values(), new.parts.values(), strict=True):
        assert one.names == other.names
        named = [[d.classes[k] for k in p.labels] for d, p in ((old, one), (new, other))]
        assert named[0] == named[1]
        assert np.bincount(one.labels, minlength=12).tolist() == [
            old.report.counts[next(k for k, p in old.parts.items() if p is one)][c] for c in before
        ]
    assert new.in_order(None) is new and new.in_order(["x", "y"]) is new
    assert old.in_order(NUMBERED).train.labels.tolist() == new.train.labels.tolist()


def test_a_run_goes_on_in_the_order_it_began_with(tmp_path: Path) -> None:
    pytest.importorskip("torch", reason="training needs pincel[nets]")
    from pincel.learn.course import Batch, Finished
    from pincel.learn.run import Run
    from pincel.learn.teach import begin, teach

    new = open_data(folder_of(tmp_path / "set", NUMBERED), cache=tmp_path / "cache")
    old = new.in_order(sorted(NUMBERED))
    recipe = {"epochs": 2, "batch": 24, "precision": "fp32", "threads": 1, "augment": "none"}
    asked = begin("perceptron", old, on="cpu", recipe=recipe)
    whole = list(teach(Run.create(tmp_path / "whole", asked), old))[-1]
    run = Run.create(tmp_path / "cut", {**asked, "recipe": {**asked["recipe"], "keep": 1}})
    for event in teach(run, old):
        if isinstance(event, Batch) and event.step == 2:
            break
    end = list(teach(Run.open(run.folder), new))[-1]
    assert isinstance(whole, Finished) and isinstance(end, Finished)
    assert end.model.about["classes"] == sorted(NUMBERED)
    assert np.array_equal(whole.found.probabilities, end.found.probabilities)
    assert whole.found.test.plain() == end.found.test.plain()
