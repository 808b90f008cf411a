"""Networks that find things watched at work: every stage leads to what they find."""

from __future__ import annotations

import csv
from io import BytesIO, StringIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from pincel import words
from pincel.cli import main
from pincel.learn.objects.overlay import kept_frame
from pincel.look.finder import detect, open_finder, segment
from pincel.look.staged import MOST, Parted, Sifted, staged
from pincel.show.nets.staged import labels_colored, parted_gif, sifted_gif
from thing_files import cells


def test_parts_have_cores_and_cores_grow_to_objects() -> None:
    finder = open_finder("cells.nuclei", "masks")
    picture = cells(4, 150, 190, 30)[0]
    told = staged(finder, picture)
    assert isinstance(told, Parted)
    *_, found = segment(finder, picture)
    assert np.array_equal(told.labels, found.labels) and told.labels.max() > 10
    assert told.counts["objects"] == len(found.scene.things)
    assert told.counts["parts"] - told.counts["small"] <= told.counts["objects"]
    assert (told.parts[told.cores > 0] > 0).all() and (told.parts[told.labels > 0] > 0).all()
    grown = [int((labels > 0).sum()) for _, labels in told.floods]
    levels = [level for level, _ in told.floods]
    assert grown == sorted(grown) and levels == sorted(levels, reverse=True)
    assert np.array_equal(told.floods[-1][1], told.labels)
    with Image.open(BytesIO(parted_gif(told))) as gif:
        assert gif.n_frames > len(told.floods)


def test_boxes_are_sifted_to_those_that_are_found() -> None:
    finder = open_finder("cells.smear", "boxes")
    y, x = np.mgrid[:240, :320]
    picture = np.full((240, 320, 3), (200, 205, 190), np.uint8)
    for cy, cx in ((80, 90), (150, 220)):
        picture[np.hypot(y - cy, x - cx) < 48] = (185, 130, 145)
    told = staged(finder, picture)
    assert isinstance(told, Sifted)
    *_, scene = detect(finder, picture)
    kept = np.flatnonzero(told.kept)
    assert len(kept) == len(scene.things) == told.counts["boxes"] >= 1
    for row, thing in zip(kept, scene.things, strict=True):
        assert told.classes[told.found.kinds[row]] == thing.kind
        assert told.found.scores[row] == pytest.approx(thing.score, abs=1e-4)
    assert not (told.kept & ~told.enough).any() and told.enough.sum() >= len(kept)
    with Image.open(BytesIO(sifted_gif(told))) as gif:
        assert gif.n_frames > 3


def test_of_a_large_picture_the_middle_is_shown() -> None:
    picture = np.zeros((MOST + 100, MOST + 60, 3), np.uint8)
    told = staged(open_finder("cells.smear", "boxes"), picture)
    assert told.picture.shape == (MOST, MOST, 3)


def test_neighbours_in_number_differ_in_colour() -> None:
    drawn = labels_colored(np.full((1, 9, 3), 100, np.uint8), np.arange(9)[None])
    assert (drawn[0, 0] == 100).all() and len({tuple(c) for c in drawn[0].tolist()}) == 9


@pytest.mark.parametrize("name", ["cells.nuclei", "cells.smear"])
def test_the_page_of_a_picture(name: str, tmp_path: Path) -> None:
    Image.fromarray(cells(4, 120, 150, 9)[0]).save(tmp_path / "slide.png")
    asked = ["watch", name, "--picture", str(tmp_path / "slide.png"), "--out", str(tmp_path)]
    assert main(asked) == 0
    page = (tmp_path / f"{name}.watch.html").read_text("utf-8")
    assert "slide.png" in page and 'lang="es"' in page and "image/gif" in page
    assert (tmp_path / f"{name}.watch.stages.gif").read_bytes()[:4] == b"GIF8"
    if name == "cells.smear":
        text = (tmp_path / f"{name}.watch.places.csv").read_text("utf-8")
        rows = list(csv.DictReader(StringIO(text)))
        assert all(row["kept"] <= row["enough"] for row in rows)


def test_without_a_picture_it_is_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    words.use("en")
    assert main(["watch", "cells.nuclei"]) != 0
    assert "--picture" in capsys.readouterr().err


def test_what_a_run_keeps_of_an_epoch() -> None:
    picture = cells(4, 40, 50, 3)[0]
    (name, data), *_ = kept_frame(7, picture, [np.zeros((40, 50)), np.ones((40, 50))]).items()
    assert name == "epoch-0007.png"
    with Image.open(BytesIO(data)) as drawn:
        assert drawn.size == (3 * 50 + 4, 40)
        assert np.array_equal(np.asarray(drawn)[:, :50], picture)
