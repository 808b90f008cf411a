"""A folder is done a second time: what the first run wrote beside its pictures is no input."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from pincel.cli import main
from pincel.jobs import load
from pincel.jobs.each import found_in

CELLS = Path(__file__).parents[2] / "assets" / "cells"


def folder_of(place: Path) -> Path:
    folder = place / "pictures"
    (folder / "more").mkdir(parents=True)
    rng = np.random.default_rng(3)
    small = rng.integers(0, 255, (12, 12, 3), np.uint8)
    Image.fromarray(small.repeat(8, 0).repeat(8, 1)).save(folder / "a.png")
    first = sorted(CELLS.glob("*.png"))[0]
    Image.open(first).convert("RGB").save(folder / "more" / "b.png")
    return folder


@pytest.mark.parametrize(
    ("job", "first"),
    [("segment", ["cells.nuclei"]), ("detect", ["cells.smear"]), ("inspect", []), ("colors", []),
     ("filter", []), ("hog", []), ("restore", []), ("score", []), ("pixelate", [])],
)  # fmt: skip
def test_results_are_no_pictures_of_the_second_run(
    job: str, first: list[str], tmp_path: Path
) -> None:
    folder = folder_of(tmp_path)
    wrote = []
    for _ in range(3):
        assert main([job, *first, str(folder), "--force"]) in (0, 1)
        wrote.append(sorted(str(p.relative_to(folder)) for p in folder.rglob("*")))
    assert len(wrote[0]) > 3 or job in ("score", "detect"), "something lies beside the pictures"
    assert wrote[0] == wrote[1] == wrote[2]


def test_a_result_that_is_named_itself_is_a_picture(tmp_path: Path) -> None:
    folder = folder_of(tmp_path)
    (folder / "a.outlines.png").write_bytes((folder / "a.png").read_bytes())
    (folder / "c.outlines.png").write_bytes((folder / "a.png").read_bytes())
    ends = ("outlines", "labels")
    assert [one.name for one in found_in(folder, *ends)] == ["a", "c.outlines", "more/b"]
    both = [folder / "a.png", folder / "a.outlines.png"]
    assert len(found_in(both, *ends)) == 2 and len(found_in(both[1], *ends)) == 1
    assert len(found_in(folder)) == 4


@pytest.mark.parametrize(
    ("job", "end"),
    [("inspect", "inspect"), ("colors", "colors"), ("filter", "sobel"), ("hog", "hog"),
     ("restore", "restored"), ("score", "score"), ("translate", "sprite"), ("pixelate", "pixel")],
)  # fmt: skip
def test_nor_are_they_where_the_work_is_shared_out(job: str, end: str, tmp_path: Path) -> None:
    """--workers hands pictures out one by one, and asked otherwise for them."""
    folder = folder_of(tmp_path)
    (folder / f"a.{end}.png").write_bytes((folder / "a.png").read_bytes())
    made = load(job)
    field = "sources" if "sources" in made.model_fields else "pictures"
    found = made(**{field: (str(folder),)}).apart()
    assert found is not None and [one.name for one in found] == ["a", "more/b"]
