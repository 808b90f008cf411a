from __future__ import annotations

import io
import os
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from pincel.errors import PincelError
from pincel.pixels.open import open_picture
from pincel.pixels.sources import find_pictures


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in (
        "walk-10.png",
        "walk-2.PNG",
        "notes.txt",
        ".hidden.png",
        "heroes/anna.jpg",
        "heroes/anna.png",
        ".cache/thumb.png",
    ):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        if path.suffix != ".txt":
            Image.new("RGB", (4, 3)).save(path)
        else:
            path.write_text("no picture")
    (tmp_path / "folder.png").mkdir()
    return tmp_path


def names(sources: object) -> list[str]:
    return [found.name for found in find_pictures(sources)]


def test_folder_gives_its_pictures_as_people_count(folder: Path) -> None:
    found = find_pictures([folder])
    assert [one.name for one in found] == ["heroes/anna", "heroes/anna-2", "walk-2", "walk-10"]
    assert {one.beside for one in found} == {folder}
    assert all(open_picture(one.source).width == 4 for one in found)


def test_file_and_pattern(folder: Path) -> None:
    assert names(folder / "walk-10.png") == ["walk-10"]
    assert names(str(folder / "walk-*")) == ["walk-2", "walk-10"]
    assert names(str(folder / "**" / "anna.*")) == ["anna", "anna-2"]
    assert find_pictures(str(folder / "*.png"))[0].beside == folder
    assert names([folder / "walk-10.png", str(folder / "walk-10.png")]) == ["walk-10"]


def test_a_name_with_brackets_is_a_file_before_it_is_a_pattern(tmp_path: Path) -> None:
    path = tmp_path / "a[1].png"
    Image.new("RGB", (4, 3)).save(path)
    assert names(str(path)) == ["a[1]"]


def test_what_is_missing_fails_when_opened_and_the_others_go_on(folder: Path) -> None:
    sources = [folder / "none.png", folder / "walk-10.png", str(folder / "x*.png")]
    found = find_pictures(sources)
    assert [one.name for one in found] == ["none", "walk-10", "x*"]
    for one, missing in zip(found, (True, False, True), strict=True):
        if missing:
            with pytest.raises(PincelError, match="There is no file"):
                open_picture(one.source)
        else:
            assert open_picture(one.source).height == 3


def test_closed_folder_fails_when_opened(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Simulated: the superuser may read everything."""
    scan, listed = os.scandir, os.listdir
    closed = folder / "heroes"

    def guarded(look):
        def guard(path="."):
            if Path(path) == closed:
                raise PermissionError(13, "Permission denied", str(path))
            return look(path)

        return guard

    monkeypatch.setattr(os, "scandir", guarded(scan))
    monkeypatch.setattr(os, "listdir", guarded(listed))
    found = {one.name: one for one in find_pictures(folder)}
    assert list(found) == ["heroes", "walk-2", "walk-10"]
    with pytest.raises(PincelError, match="permission denied"):
        open_picture(found["heroes"].source)
    (alone,) = find_pictures(closed)
    assert alone.name == "heroes"


def test_things_that_are_no_paths() -> None:
    array = np.zeros((4, 4), np.uint8)
    image = Image.new("L", (4, 4))
    sources = ["-", array, image, io.BytesIO(b"x"), b"bytes", open_picture(array)]
    found = find_pictures(sources)
    assert [one.source is source for one, source in zip(found, sources, strict=True)] == [True] * 6
    assert [one.beside for one in found] == [None] * 6
    assert len({one.name for one in found}) == 6
    assert names(array) == ["picture"]
    assert names(["-", "-"]) == ["picture"]


def test_an_open_file_is_one_picture(folder: Path) -> None:
    for file in (io.FileIO(folder / "walk-2.PNG"), io.BytesIO(b"\x89PNG\r\n\x1a\n\n\n")):
        with file:
            (found,) = find_pictures(file)
            assert found.source is file


def test_nothing_found(folder: Path) -> None:
    with pytest.raises(PincelError, match=r"no pictures in .*folder\.png"):
        find_pictures([folder / "folder.png"])
    with pytest.raises(PincelError, match="No picture was given"):
        find_pictures([])
