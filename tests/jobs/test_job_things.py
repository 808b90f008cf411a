"""Boxes and masks from a folder to a table: taught, exported, asked in the base install."""

from __future__ import annotations

import csv
from io import StringIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from pincel.calls import call
from pincel.cli import main
from pincel.errors import PincelError
from pincel.look import finder as finding
from pincel.look.finder import Segmented, detect, open_finder, segment
from thing_files import cells, labelled

TINY = {"boxes": "width=8 photos=false", "masks": "widths=8,8"}
FORMS = {"boxes": "voc", "masks": "pictures"}


def last(events: Any) -> Any:
    *_, found = events
    return found


@pytest.mark.parametrize("family", ["boxes", "masks"])
def test_a_folder_becomes_a_network_that_answers(
    family: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("torch", reason="training needs pincel[nets]")
    data = labelled(tmp_path / "data", FORMS[family], odd=family == "boxes")
    asked = ["train", family, str(data), "--epochs", "2", "--batch", "4", "--threads", "1"]
    runs = ["--runs", str(tmp_path / "runs"), "--name", "mine", "--net", TINY[family]]
    assert main([*asked, *runs]) == 0
    said = capsys.readouterr().out
    assert "without any area" in said or family == "masks"
    assert "marked as a crowd (iscrowd, difficult): 1;" in said or family == "masks"
    assert (tmp_path / "runs" / "mine" / "page.html").is_file()
    job = "detect" if family == "boxes" else "segment"
    model = tmp_path / "runs" / "mine"
    found = call(job, model, data / "images" / "0.png", out=tmp_path / "out")
    assert found is not None
    assert main(["export", str(model), "--out", str(tmp_path / "mine.onnx")]) == 0
    ready = open_finder(tmp_path / "mine.onnx", family)
    assert ready.engine == "onnx" and ready.classes == ["cell"]


def test_masks_are_not_learned_from_boxes(tmp_path: Path) -> None:
    pytest.importorskip("torch", reason="training needs pincel[nets]")
    data = labelled(tmp_path / "data", "voc")
    with pytest.raises(PincelError, match="there are boxes alone"):
        call("train", "masks", data, epochs=1, net=TINY["masks"], runs=tmp_path / "runs")
    assert not (tmp_path / "runs").exists()


def test_masks_go_on_from_a_network_of_the_same_shape(tmp_path: Path) -> None:
    pytest.importorskip("torch", reason="training needs pincel[nets]")
    data = labelled(tmp_path / "data", "pictures")
    own = {"epochs": 1, "batch": 4, "threads": 1, "runs": tmp_path / "runs", "rate": 1e-9}
    first = call("train", "masks", data, net=TINY["masks"], **own)
    file = tmp_path / "runs" / "masks-data-1" / "best.safetensors"
    went_on = call("train", "masks", data, net=TINY["masks"], weights=str(file), seed=1, **own)
    for name, value in first.net.named_parameters():
        assert np.allclose(value.detach(), went_on.net.state_dict()[name], atol=1e-5)
    assert went_on.net.config.weights == "best.safetensors"  # no place of this machine
    with pytest.raises(PincelError, match="same widths"):
        call("train", "masks", data, net="widths=8", weights=str(file), **own)
    with pytest.raises(PincelError, match="network of boxes"):
        call("train", "masks", data, weights="cells.smear", **own)


def test_networks_of_another_kind_are_refused() -> None:
    with pytest.raises(PincelError, match="boxes"):
        open_finder("cells.smear", "masks")


# ------------------------------------------------------------------------------------- tiles


@pytest.mark.parametrize(
    "name, family, looks",
    [
        ("cells.smear", "boxes", 1),
        *(("cells.nuclei", "masks", looks) for looks in (1, 2, None)),
    ],
)
def test_tiles_say_what_the_whole_says(
    name: str, family: str, looks: int | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    ready = open_finder(name, family)
    if looks is None:  # as a large picture is looked at
        monkeypatch.setattr(finding, "LARGE", 0)
    picture, _ = cells(3, 700, 900, 150)

    def find(ready: finding.ReadyFinder, picture: np.ndarray) -> Any:
        if family == "boxes":
            return detect(ready, picture, least=0.1)  # drawn disks are not very much like cells
        return segment(ready, picture, looks=looks)

    whole = last(find(ready, picture))
    monkeypatch.setattr(finding, "TILES", {family: 256})
    told = list(find(ready, picture))
    assert len(told) > 3
    if family == "boxes":
        assert len(whole.things) > 0 and len(whole.things) == len(told[-1].things)
        for a, b in zip(whole.things, told[-1].things, strict=True):
            assert a.kind == b.kind and a.box == pytest.approx(b.box, abs=0.02)
    else:
        assert whole.labels.max() > 20 and np.array_equal(whole.labels, told[-1].labels)


def test_a_large_picture_is_looked_at_once_unless_asked() -> None:
    ready = open_finder("cells.nuclei", "masks")
    small, large = np.zeros((600, 800, 3), np.uint8), np.zeros((700, 1000, 3), np.uint8)
    assert ready.reading.looks == ready.read_with(None, small).looks == 2
    assert ready.read_with(None, large).looks == 1
    assert [ready.read_with(2, one).looks for one in (small, large)] == [2, 2]
    asked = [(one, looks) for one in (small, large) for looks in (None, 1, 2)]
    brief = [ready.read_with(looks, one).brief for one, looks in asked]
    assert brief == [False, False, False, True, True, False]


def test_the_shipped_file_of_8_bits_finds_what_all_bits_find(tmp_path: Path) -> None:
    pytest.importorskip("torch", reason="all bits need pincel[nets]")
    from pincel.learn.objects.measure_masks import compare_objects
    from pincel.look.models import find_file

    alone = tmp_path / "alone.safetensors"  # with no ONNX file beside it torch answers
    alone.write_bytes(find_file("cells.nuclei").read_bytes())
    picture, _ = cells(6, 300, 360, 40)
    ready, full = open_finder("cells.nuclei", "masks"), open_finder(alone, "masks")
    assert (ready.engine, full.engine) == ("onnx", "torch")
    found, wanted = (last(segment(one, picture)).labels for one in (ready, full))
    same = compare_objects(found, wanted, 0.8)
    assert wanted.max() > 20 and same.ap > 0.95


def smears(folder: Path) -> tuple[np.ndarray, Any, Any]:
    """Drawn red cells, what ships for them, and the same network in all bits."""
    from pincel.look.models import find_file

    alone = folder / "alone.safetensors"
    alone.write_bytes(find_file("cells.smear").read_bytes())
    picture = np.full((480, 640, 3), (200, 205, 190), np.uint8)
    y, x = np.mgrid[:480, :640]
    for cy, cx in ((90, 100), (120, 330), (330, 150), (350, 420), (100, 540)):
        far = np.hypot(y - cy, x - cx)
        picture[far < 48] = (185, 130, 145)
        picture[far < 18] = (200, 160, 165)
    return picture, open_finder("cells.smear", "boxes"), open_finder(alone, "boxes")


def test_smears_in_8_bits_hold_the_boxes_of_all_bits(tmp_path: Path) -> None:
    pytest.importorskip("torch", reason="all bits need pincel[nets]")
    from pincel.nets._centres import ious

    picture, ready, full = smears(tmp_path)
    assert (ready.engine, full.engine) == ("onnx", "torch")
    found, wanted = (last(detect(one, picture, least=0.3)) for one in (ready, full))
    assert len(found.things) == len(wanted.things) >= 4
    boxes = [np.array([thing.box for thing in one.things], np.float32) for one in (found, wanted)]
    overlaps = ious(*boxes)
    assert overlaps.max(0).min() > 0.9
    for row, thing in zip(overlaps.argmax(1), found.things, strict=True):
        assert wanted.things[row].kind == thing.kind
        assert wanted.things[row].score == pytest.approx(thing.score, abs=0.05)


@pytest.mark.parametrize("name", ["cells.smear", "cells.nuclei"])
def test_no_two_products_overflow_16_bits_on_older_processors(name: str) -> None:
    onnx = pytest.importorskip("onnx", reason="to read weights needs onnx")
    from pincel.look.models import find_file

    graph = onnx.load(find_file(name).with_suffix(".onnx")).graph
    whole = [onnx.numpy_helper.to_array(one) for one in graph.initializer]
    weights = [one for one in whole if one.dtype == np.int8 and one.ndim == 4]
    assert len(weights) > 10
    for one in weights:
        if one.shape[1] == 1:  # depthwise: added in 32 bits
            continue
        rows = one.astype(int).transpose(0, 2, 3, 1).reshape(len(one), -1)
        pairs = np.pad(rows, ((0, 0), (0, rows.shape[1] % 2))).reshape(len(rows), -1, 2)
        assert 255 * pairs.clip(0).sum(2).max() < 2**15
        assert 255 * pairs.clip(None, 0).sum(2).min() >= -(2**15)


# ------------------------------------------------------------------------------------- tables


def disks(folder: Path) -> Path:
    picture, _ = cells(5, 200, 240, 20)
    Image.fromarray(picture).save(folder / "disks.png")
    return folder / "disks.png"


def test_the_table_of_a_lab(tmp_path: Path) -> None:
    file, out = disks(tmp_path), tmp_path / "out"
    asked = ["segment", "cells.nuclei", str(file), "--micrometres", "0.5"]
    assert main([*asked, "--csv", str(out / "lab.csv"), "--out", str(out)]) == 0
    rows = list(csv.DictReader(StringIO((out / "lab.csv").read_text("utf-8"))))
    labels = np.asarray(Image.open(out / "disks.labels.png"))
    assert len(rows) == labels.max() > 5
    for row in rows:
        own = labels == int(row["object"])
        assert float(row["area (µm²)"]) == pytest.approx(own.sum() * 0.25, rel=1e-4)
        y, x = np.argwhere(own).mean(0) + 0.5
        assert float(row["centroid_x (µm)"]) == pytest.approx(x / 2, abs=1e-2)
        assert float(row["centroid_y (µm)"]) == pytest.approx(y / 2, abs=1e-2)
    (total,) = csv.DictReader(StringIO((out / "lab.summary.csv").read_text("utf-8")))
    assert int(total["count"]) == len(rows)
    assert float(total["covered (%)"]) == pytest.approx(100 * (labels > 0).mean(), rel=1e-3)


def test_python_says_what_the_command_says(tmp_path: Path) -> None:
    file = disks(tmp_path)
    (one,) = call("detect", "cells.smear", file, csv=tmp_path / "boxes.csv")
    assert sum(one["counts"].values()) == len(one["objects"])
    assert main(["detect", "cells.smear", str(file), "--csv", str(tmp_path / "two.csv")]) == 0
    assert len((tmp_path / "two.csv").read_text("utf-8").splitlines()) == 1 + len(one["objects"])


def test_a_figure_of_a_disk_is_a_disk_s() -> None:
    from pincel.learn.objects.things import Scene, from_labels
    from pincel.look import table

    y, x = np.mgrid[:60, :60]
    disk = ((y - 30) ** 2 + (x - 25) ** 2 <= 15**2).astype(np.int32)
    scene = Scene("a.png", (60, 60), tuple(from_labels(disk)))
    (row,) = table.object_rows(scene, np.full((60, 60, 3), 7, np.uint8))
    found = row.figures
    assert found["area"] == pytest.approx(np.pi * 15**2, rel=0.01)
    assert found["perimeter"] == pytest.approx(2 * np.pi * 15, rel=0.03)
    assert found["circularity"] == pytest.approx(1, abs=0.05)
    assert found["major_axis"] == pytest.approx(30, rel=0.02)
    assert (found["centroid_x"], found["centroid_y"]) == (25.5, 30.5)
    assert found["mean_red"] == 7


def test_a_fibre_is_not_round_and_nothing_is_rounder_than_a_disk() -> None:
    """scikit-image 0.26.0's perimeter gives a fibre of 1 x 9 a circularity of 2.31
    (findings/skimage-thin-fibres-are-round.sh); its Crofton perimeter gives one pixel 1.75."""
    from pincel.learn.objects.things import Scene, from_labels
    from pincel.look import table

    numbers = np.zeros((20, 20), np.int32)
    numbers[2, 3:12], numbers[8, 3], numbers[12:14, 3:5] = 1, 2, 3
    scene = Scene("a.png", numbers.shape, tuple(from_labels(numbers)))
    rows = table.object_rows(scene, np.zeros((20, 20, 3), np.uint8))
    fibre, *few = [row.figures["circularity"] for row in rows]
    assert fibre == pytest.approx(0.355, abs=0.001)
    assert few == [1, 1]


def test_what_cannot_be_opened_stops_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = disks(tmp_path)
    (tmp_path / "broken.png").write_bytes(b"no picture")
    code = main(["detect", "cells.smear", str(tmp_path / "broken.png"), str(file)])
    told = capsys.readouterr()
    assert code == 1 and "broken" in told.err and "disks.png: " in told.out
    assert isinstance(last(segment(open_finder("cells.nuclei", "masks"), cells(1)[0])), Segmented)


@pytest.mark.parametrize("asked", [["detect", "cells.smear"], ["segment", "cells.nuclei"]])
def test_a_mistyped_picture_is_one_sentence(
    asked: list[str], tmp_path: Path, capsys: pytest.CaptureFixture
) -> None:
    from pincel.cli import main

    assert main([*asked, str(tmp_path / "nope.png"), "--out", str(tmp_path / "out")]) != 0
    said = capsys.readouterr().err
    assert "nope.png" in said and "Traceback" not in said
