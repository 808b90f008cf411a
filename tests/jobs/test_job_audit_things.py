"""`audit` of networks of boxes and masks: what they take for what, and the worst pictures first."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("torch", reason="needs pincel[nets]")

from pincel.calls import call
from pincel.cli import main
from pincel.learn.objects import measure_masks
from pincel.learn.objects.things import Scene, Thing, from_labels, to_labels
from pincel.look.cases import Case, _judged, things_confusion
from pincel.look.finder import open_finder
from thing_files import cells, labelled


def scene(*things: tuple[str, tuple[float, float, float, float], float | None]) -> Scene:
    made = tuple(Thing(kind, box, score=score) for kind, box, score in things)
    return Scene("a.png", (100, 100), made)


def test_every_kind_of_error_is_counted_where_it_belongs() -> None:
    there = scene(("RBC", (0, 0, 20, 20), None), ("RBC", (40, 0, 60, 20), None),
                  ("WBC", (0, 40, 20, 60), None), ("WBC", (40, 40, 60, 60), None))  # fmt: skip
    found = scene(("RBC", (1, 1, 20, 20), 0.6), ("RBC", (0, 0, 20, 20), 0.9),
                  ("RBC", (0, 40, 20, 60), 0.8), ("WBC", (70, 70, 90, 90), 0.7),
                  ("WBC", (40, 40, 60, 61), 0.5))  # fmt: skip
    ready = open_finder("cells.smear", "boxes")
    said = _judged(ready, found, there)
    assert said.right == [(1, 0), (4, 3)] and said.doubled == [(0, 0)]  # the surer one is right
    assert said.wrong == [(2, 2)] and said.extra == [3] and said.missed == [1]
    case = Case("a.png", np.zeros((100, 100, 3), np.uint8), found, there, said)
    table = things_confusion([case, case], ["RBC", "WBC"])
    #         said RBC, WBC, missed, doubled
    assert table.counts.tolist() == [[2, 0, 2, 2], [2, 2, 0, 0], [0, 2, 0, 0]]
    assert [thing.box[0] for thing in case.errors("missed")] == [40]
    assert [thing.box[0] for thing in case.errors("extra")] == [70]
    assert case.share == pytest.approx(2 / 7)  # 2 right, 3 found wrongly, 1 missed, 1 both


def test_masks_are_judged_as_they_are_measured() -> None:
    ready = open_finder("cells.nuclei", "masks")
    for seed in range(3):
        _, labels = cells(seed, 120, 140, 14)
        moved = np.roll(labels, (2, 1), (0, 1))
        moved[moved == 3] = 0
        there, found = (Scene("a", (120, 140), tuple(from_labels(x))) for x in (labels, moved))
        said = _judged(ready, found, there)
        known = measure_masks.compare_objects(to_labels(found.things, 120, 140), labels)
        assert len(said.right) == known.right > 3
        assert len(said.missed) == known.missed and len(said.extra) == known.extra


@pytest.mark.parametrize("model, form", [("cells.smear", "voc"), ("cells.nuclei", "pictures")])
def test_the_worst_pictures_come_first(model: str, form: str, tmp_path: Path) -> None:
    data = labelled(tmp_path / "data", form)
    if model == "cells.smear":  # its classes are others: said in one sentence
        assert main(["audit", model, str(data)]) == 1
        return
    found = call("audit", model, str(data), part="train", out=tmp_path / "out")
    shares = [case.share for case in found]
    assert shares == sorted(shares) and len(found) > 1
    page = (tmp_path / "out" / "audit.html").read_text("utf-8")
    assert found[0].name in page and "Peores" not in page[:50]
    kept = json.loads((tmp_path / "out" / "pincel-manifest.json").read_text("utf-8"))
    numbers = kept["runs"][0]["results"][0]["numbers"]
    total = np.array(numbers["confusion"])
    assert total[0, :2].sum() + total[0, 2] > 0


def test_what_is_for_naming_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = labelled(tmp_path / "data", "voc")
    assert main(["audit", "cells.smear", str(data), "--shortcuts"]) == 1
    assert "--shortcuts" in capsys.readouterr().err
