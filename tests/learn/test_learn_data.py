"""Data sets of every kind that the documentation names, and what is said of those that are none."""

from __future__ import annotations

import csv
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from pincel.errors import PincelError
from pincel.learn import data as learn_data
from pincel.learn import decoding
from pincel.learn.data import open_data
from pincel.learn.split import by_group, shares, stratified


def folder_of(place: Path, count: int = 10, shape: tuple[int, ...] = (6, 6, 3)) -> Path:
    """Class folders a and b of distinct random pictures."""
    rng = np.random.default_rng(1)
    for label in "ab":
        (place / label).mkdir(parents=True)
        for i in range(count):
            values = rng.integers(0, 256, shape, dtype=np.uint8)
            Image.fromarray(values).save(place / label / f"{i:02}.png")
    return place


def test_class_folders_are_read_exactly(tmp_path: Path) -> None:
    data = open_data(folder_of(tmp_path / "set"))
    assert data.classes == ["a", "b"] and data.size == (6, 6) and data.channels == 3
    assert sum(len(part) for part in data.parts.values()) == 20
    for part in data.parts.values():
        for values, label, name in zip(part.pictures, part.labels, part.names, strict=True):
            assert name.split("/")[0] == data.classes[label]
            with Image.open(tmp_path / "set" / name) as picture:
                assert np.array_equal(values, np.asarray(picture))


def test_a_class_may_be_called_train(tmp_path: Path) -> None:
    """As in CIFAR-100, VOC and COCO. datasets 5.2.0 takes such a folder for a part and drops the
    other classes (findings/hf-datasets-class-named-train.sh)."""
    place = folder_of(tmp_path / "set")
    (place / "b").rename(place / "train")
    data = open_data(place)
    assert data.classes == ["a", "train"]
    assert sum(len(part) for part in data.parts.values()) == 20
    assert data.report.drawn == "drawn"


def test_folders_within_a_class_are_no_classes_and_numbers_go_by_name(tmp_path: Path) -> None:
    """timm 1.0.31 takes the innermost folder for the class, and numbers 2 before 10 where
    torchvision does not (findings/timm-folders-in-another-order.sh)."""
    place = folder_of(tmp_path / "set")
    (place / "a").rename(place / "2")
    (place / "10").mkdir()
    (place / "b").rename(place / "10" / "day")
    data = open_data(place)
    assert data.classes == ["2", "10"]
    for one in (data, data.in_order(["10", "2"])):
        named = [name.split("/")[0] for name in one.train.names]
        assert [one.classes[k] for k in one.train.labels] == named


def test_splits_are_stratified_and_depend_on_the_seed_alone(tmp_path: Path) -> None:
    place = folder_of(tmp_path / "set", 20)
    one, same, other = (open_data(place, seed=s) for s in (1, 1, 2))
    assert one.hash == same.hash != other.hash
    assert one.train.names == same.train.names != other.train.names
    assert one.report.counts == {
        "train": {"a": 14, "b": 14},
        "val": {"a": 3, "b": 3},
        "test": {"a": 3, "b": 3},
    }
    half = open_data(place, split="50/25/25")
    assert [len(half.train), len(half.val), len(half.test)] == [20, 10, 10]
    assert not set(one.train.names) & (set(one.val.names) | set(one.test.names))


def test_stratified_shares_against_scikit_learn() -> None:
    from sklearn.model_selection import train_test_split

    rng = np.random.default_rng(4)
    labels = rng.choice(5, 400, p=[0.4, 0.3, 0.15, 0.1, 0.05])
    ours = stratified(labels, (0.7, 0.15, 0.15), rng)
    theirs, _ = train_test_split(np.arange(400), train_size=0.7, stratify=labels, random_state=0)
    assert np.array_equal(np.sort(np.concatenate(ours)), np.arange(400))
    difference = np.bincount(labels[ours[0]]) - np.bincount(labels[theirs])
    assert np.abs(difference).max() <= 1


def test_no_group_is_in_two_parts() -> None:
    rng = np.random.default_rng(5)
    for trial in range(30):
        groups = [f"p{g}" for g in rng.integers(0, rng.integers(4, 40), 300)]
        labels = rng.integers(0, 3, 300)
        parts = by_group(labels, groups, (0.7, 0.15, 0.15), rng)
        held = [{groups[i] for i in part} for part in parts]
        assert np.array_equal(np.sort(np.concatenate(parts)), np.arange(300)), trial
        assert not (held[0] & held[1] or held[0] & held[2] or held[1] & held[2])
        assert all(len(part) for part in parts)
        if len(set(groups)) > 20:
            assert 0.6 < len(parts[0]) / 300 < 0.8
    with pytest.raises(PincelError, match="too few groups"):
        by_group(np.array([0, 1]), ["x", "y"], (0.7, 0.15, 0.15), rng)


def test_shares() -> None:
    assert shares("2/1/1") == (0.5, 0.25, 0.25)
    for wrong in ("70/30", "a/b/c", "1/0/1", ""):
        with pytest.raises(PincelError, match="no split"):
            shares(wrong)


def test_csv_with_groups_and_split(tmp_path: Path) -> None:
    place = folder_of(tmp_path / "set", 12)
    table = tmp_path / "labels.csv"

    def write(mark: str, **more: list[str]) -> None:
        names = [f"set/{c}/{i:02}.png" for c in "ab" for i in range(12)]
        with table.open("w", newline="", encoding="utf-8-sig") as file:
            writer = csv.writer(file, delimiter=mark)
            writer.writerow(["File", "Label", *more])
            for i, name in enumerate(names):
                writer.writerow(
                    [name, "ñu" if "/a/" in name else "b", *(v[i] for v in more.values())]
                )

    patients = [f"p{i % 8}" for i in range(24)]
    write(";", patient=patients)
    data = open_data(table, group="Patient")
    assert data.classes == ["b", "ñu"] and data.report.drawn == "groups"
    of = {
        f"set/{c}/{i:02}.png": patients[n * 12 + i] for n, c in enumerate("ab") for i in range(12)
    }
    held = [{of[name] for name in part.names} for part in data.parts.values()]
    assert not (held[0] & held[1] or held[0] & held[2] or held[1] & held[2])
    write(",", split=(["train"] * 8 + ["validation"] * 2 + ["test"] * 2) * 2)
    data = open_data(table)
    assert data.report.drawn == "official"
    assert [len(p) for p in data.parts.values()] == [16, 4, 4]
    assert open_data(place.parent, labels=table).hash == data.hash
    write(",", split=["train"] * 23 + ["toast"])
    with pytest.raises(PincelError, match=r"line 25 .*toast"):
        open_data(table)
    with pytest.raises(PincelError, match="no column doctor"):
        open_data(table, group="doctor")


def test_medmnist_layout_and_plain_npz(tmp_path: Path) -> None:
    rng = np.random.default_rng(2)
    arrays = {}
    for part, count in (("train", 30), ("val", 8), ("test", 9)):
        arrays[f"{part}_images"] = rng.integers(0, 256, (count, 7, 7, 3), dtype=np.uint8)
        arrays[f"{part}_labels"] = (np.arange(count) % 3)[:, None]
    np.savez(tmp_path / "a.npz", **arrays)
    data = open_data(tmp_path / "a.npz")
    assert data.classes == ["0", "1", "2"] and data.report.drawn == "official"
    for name, part in data.parts.items():
        assert np.array_equal(part.pictures, arrays[f"{name}_images"])
        assert np.array_equal(part.labels, arrays[f"{name}_labels"][:, 0])
    grey = rng.random((20, 5, 6)).astype(np.float32)
    np.savez(tmp_path / "b.npz", images=grey, labels=np.array(["x", "y"] * 10))
    data = open_data(tmp_path / "b.npz")
    assert data.classes == ["x", "y"] and data.size == (5, 6) and data.channels == 1
    assert data.train.pictures.dtype == np.float32
    np.savez(tmp_path / "c.npz", images=grey, labels=np.eye(2, dtype=int)[[0, 1] * 10],
             classes=np.array(["no", "yes"]))  # fmt: skip
    assert open_data(tmp_path / "c.npz").classes == ["no", "yes"]
    keras = {"x_train": np.zeros((30, 4, 4), np.uint8), "y_train": np.arange(30) % 2,
             "x_test": np.ones((6, 4, 4), np.uint8), "y_test": np.arange(6) % 2}  # fmt: skip
    np.savez(tmp_path / "d.npz", **keras)
    data = open_data(tmp_path / "d.npz")  # its validation part is drawn from what is learned from
    assert len(data.test) == 6 and len(data.val) + len(data.train) == 30 and 2 <= len(data.val) <= 6


@pytest.mark.parametrize(
    ("name", "count", "first"),
    # numbers of classes as published: Yang et al., 2023, table 2
    [("path", 9, "adipose"), ("derma", 7, "actinic keratoses and intraepithelial carcinoma"),
     ("oct", 4, "choroidal neovascularization"), ("pneumonia", 2, "normal"), ("retina", 5, "0"),
     ("breast", 2, "malignant"), ("blood", 8, "basophil"),
     ("tissue", 8, "Collecting Duct, Connecting Tubule"), ("organa", 11, "bladder"),
     ("organc", 11, "bladder"), ("organs", 11, "bladder")],
)  # fmt: skip
def test_medmnist_classes_have_their_names_without_the_package(
    name: str, count: int, first: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "medmnist", None)
    monkeypatch.setenv("PINCEL_DATA", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))
    arrays = {}
    for part in ("train", "val", "test"):
        arrays[f"{part}_images"] = np.zeros((2 * count, 4, 4), np.uint8)
        arrays[f"{part}_labels"] = (np.arange(2 * count) % count)[:, None]
    np.savez(tmp_path / f"{name}mnist_64.npz", **arrays)
    data = open_data(f"{name}_64")
    assert data.classes[0] == first and len(data.classes) == len(set(data.classes)) == count
    with pytest.raises(PincelError, match="install medmnist"):
        open_data("chest")


@pytest.mark.parametrize("kind", ["grey", "rgba", "sixteen", "five"])
def test_channels_and_types(tmp_path: Path, kind: str) -> None:
    rng = np.random.default_rng(3)
    shape = {"grey": (6, 6), "rgba": (6, 6, 4), "sixteen": (6, 6), "five": (9, 9, 5)}[kind]
    kept = {}
    for label in "ab":
        (tmp_path / label).mkdir()
        for i in range(4):
            values = rng.integers(1, 60_000 if kind == "sixteen" else 255, shape)
            values = values.astype(np.uint16 if kind == "sixteen" else np.uint8)
            path = tmp_path / label / f"{i}.{'npy' if kind == 'five' else 'png'}"
            np.save(path, values) if kind == "five" else Image.fromarray(values).save(path)
            kept[f"{label}/{path.name}"] = values
    data = open_data(tmp_path)
    channels = {"grey": 1, "rgba": 4, "sixteen": 1, "five": 5}[kind]
    assert data.channels == channels
    assert data.train.pictures.dtype == (np.uint16 if kind == "sixteen" else np.uint8)
    for name, values in zip(data.train.names, data.train.pictures, strict=True):
        assert np.array_equal(values.reshape(kept[name].shape), kept[name])


def test_mixed_kinds_become_the_widest(tmp_path: Path) -> None:
    folder_of(tmp_path / "set", 5)
    grey = np.arange(36, dtype=np.uint8).reshape(6, 6)
    Image.fromarray(grey).save(tmp_path / "set" / "a" / "grey.png")
    Image.fromarray(grey.astype(np.uint16) * 257).save(tmp_path / "set" / "b" / "deep.png")
    data = open_data(tmp_path / "set")
    assert data.channels == 3 and data.train.pictures.dtype == np.uint16
    everything = {
        n: v for p in data.parts.values() for n, v in zip(p.names, p.pictures, strict=True)
    }
    assert np.array_equal(everything["a/grey.png"], everything["b/deep.png"])
    assert np.array_equal(everything["a/grey.png"][..., 1], grey.astype(np.uint16) * 257)


def test_broken_files_are_named_and_left_out(tmp_path: Path) -> None:
    place = folder_of(tmp_path / "set")
    (place / "a" / "00.png").write_bytes((place / "a" / "00.png").read_bytes()[:40])
    (place / "b" / "text.png").write_text("no picture")
    for _ in range(2):  # decoded, then from the cache
        data = open_data(place)
        assert [name for name, _ in data.report.broken] == ["a/00.png", "b/text.png"]
        assert sum(len(part) for part in data.parts.values()) == 19


def test_duplicates_across_parts_are_reported(tmp_path: Path) -> None:
    place = folder_of(tmp_path / "set")
    for part in ("train", "val", "test"):
        (place / part).mkdir()
        for label in "ab":
            folder_of(place / part / label / "x", 2)  # the same random pictures in all three
    for label in "ab":
        for file in (place / label).glob("*.png"):
            file.unlink()
        (place / label).rmdir()
    data = open_data(place)
    assert data.report.drawn == "official"
    assert len(data.report.duplicates) == len(data.test)
    assert all(name.startswith("train/") for name, _, _ in data.report.duplicates)


def test_second_opening_comes_from_the_cache(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place, cache = folder_of(tmp_path / "set"), tmp_path / "cache"
    first = open_data(place, cache=cache)

    def opened(*_: object) -> None:
        raise AssertionError("decoded again")

    monkeypatch.setattr(decoding, "open_picture", opened)
    again = open_data(place, cache=cache)
    assert again.hash == first.hash and np.array_equal(again.val.pictures, first.val.pictures)
    monkeypatch.undo()
    values = np.zeros((6, 6, 3), np.uint8)
    Image.fromarray(values).save(place / "a" / "00.png")  # written again: decoded again
    assert open_data(place, cache=cache).hash != first.hash
    assert not list(cache.glob(".*"))


def test_sizes(tmp_path: Path) -> None:
    place = folder_of(tmp_path / "set", 5)
    Image.fromarray(np.zeros((12, 20, 3), np.uint8)).save(place / "a" / "large.png")
    assert open_data(place).size == (6, 6)  # the median of shorter sides
    assert open_data(place, size=9).size == (9, 9)
    assert open_data(place, most=4).size == (4, 4)


def test_what_is_no_data_set_gets_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "one" / "only").mkdir(parents=True)
    Image.fromarray(np.zeros((4, 4, 3), np.uint8)).save(tmp_path / "one" / "only" / "x.png")
    (tmp_path / "lone" / "a").mkdir(parents=True)
    (tmp_path / "lone" / "b").mkdir()
    np.savez(tmp_path / "keys.npz", picture=np.zeros(3))
    np.savez(tmp_path / "count.npz", images=np.zeros((4, 5, 5)), labels=np.zeros(3, int))
    np.savez(tmp_path / "many.npz", images=np.zeros((4, 5, 5)), labels=np.ones((4, 3), int))
    (tmp_path / "bad.npz").write_bytes(b"PK\x03\x04 nothing")
    (tmp_path / "pickle.npz").write_bytes(b"")
    (tmp_path / "x.csv").write_text("name,kind\n1,2\n")
    (tmp_path / "y.csv").write_text("file,label\nnone.png,a\nnone2.png,b\n")
    (tmp_path / "z.txt").write_text("hello")
    small = folder_of(tmp_path / "small", 2)
    cases = {
        "nowhere": "no data set",
        "one": "single class",
        "lone": "no picture",
        "keys.npz": "holds picture",
        "count.npz": "4 pictures but 3 labels",
        "many.npz": "several labels",
        "bad.npz": "damaged",
        "pickle.npz": "damaged",
        "x.csv": "columns name, kind",
        "y.csv": "no picture of y can be read",
        "z.txt": "no data set",
        small.name: "too few pictures",
    }
    for name, said in cases.items():
        with pytest.raises(PincelError, match=said) as refused:
            open_data(tmp_path / name)
        assert "\n" not in str(refused.value), name
    for variable in ("PINCEL_DATA", "PINCEL_SHARED"):
        monkeypatch.setenv(variable, str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))
    with pytest.raises(PincelError, match=r"bloodmnist\.npz is not on this computer"):
        open_data("blood")


def test_blood_by_name(shared: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PINCEL_DATA", str(shared))
    data = open_data("blood")
    assert [len(p) for p in data.parts.values()] == [11_959, 1_712, 3_421]
    assert data.classes[3] == "immature granulocytes" and data.size == (28, 28)
    assert len(data.report.duplicates) == 6  # the official split shares six pictures
    assert open_data("BloodMNIST").hash == data.hash
    assert learn_data.FEWEST == 3
