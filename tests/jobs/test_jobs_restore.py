"""The job restore from the outside."""

from __future__ import annotations

import io
from contextlib import redirect_stdout
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from pincel import limits, words
from pincel.calls import call
from pincel.errors import PincelError
from pincel.job import Failed, Made
from pincel.jobs.clean.restore import Restore
from samples import face_picture


def made(**settings) -> list:
    return [e for e in limits.build(Restore, settings).run() if isinstance(e, Made | Failed)]


def large() -> np.ndarray:
    return face_picture(24).repeat(9, 0).repeat(9, 1)


def test_numbers_and_sentence() -> None:
    (result,) = made(pictures=(large(),))
    facts = result.numbers
    assert (facts["width"], facts["height"], facts["cell"]) == (24, 24, 9.0)
    assert facts["confidence"] == 1.0 and facts["verdict"] == "grid"
    assert "24 x 24" in result.lines[0]
    words.use("es")
    try:
        (result,) = made(pictures=(large(),))
        assert "celdas" in result.lines[0]
    finally:
        words.use(None)


def test_grid_and_offset_from_text_and_from_python() -> None:
    for grid in ("12x12", (12, 12)):
        assert call("restore", large(), grid=grid).width == 12
    sprite = call("restore", large(), cell=9.0, offset=(0, 0))
    np.testing.assert_array_equal(sprite.rgba(), face_picture(24))


@pytest.mark.parametrize(
    ("name", "value"),
    [("grid", "twelve"), ("grid", "0x12"), ("grid", "12"), ("offset", "left"), ("offset", "-1,2")],
)
def test_what_is_no_grid_gets_one_sentence(name: str, value: str) -> None:
    with pytest.raises(PincelError) as refused:
        limits.build(Restore, {"pictures": (large(),), name: value})
    assert value in str(refused.value)


def test_a_photograph_fails_alone_and_names_the_other_job() -> None:
    data = pytest.importorskip("skimage.data")
    refused, good = made(pictures=(data.astronaut()[::2, ::2], large()))
    assert isinstance(refused, Failed) and "pixelate" in str(refused.error)
    assert isinstance(good, Made)


def test_files(tmp_path) -> None:
    (result,) = made(pictures=(large(),), explain=True, preview=True, format=("png", "gpl"))
    files = dict(result.files())
    assert sorted(files) == [".explain.png", ".gpl", ".png", ".preview.png"]
    path = tmp_path / "sprite.png"
    path.write_bytes(files[".png"])
    with Image.open(path) as image:
        assert image.mode == "P" and image.size == (24, 24)
        assert '"job": "restore"' in image.text["pincel"]
    path.write_bytes(files[".explain.png"])
    with Image.open(path) as image:
        assert min(image.size) > 500


def test_an_animation_stays_one(tmp_path) -> None:
    frames = [Image.fromarray(large()), Image.fromarray(large()[:, ::-1])]
    path = tmp_path / "walk.webp"
    frames[0].save(path, save_all=True, append_images=frames[1:], duration=90, lossless=True)
    (result,) = made(pictures=(str(path),))
    assert result.numbers["frames"] == 2
    assert {".png", ".gif"} == {suffix for suffix, _ in result.files()}


@pytest.mark.parametrize("side", [1, 24])
def test_nothing_to_see_has_no_colours_in_any_job(side: int, tmp_path: Path) -> None:
    import json

    from pincel.cli import main

    Image.new("RGBA", (side, side)).save(tmp_path / "clear.png")
    told = []
    for job in ("restore", "pixelate"):
        out = tmp_path / job
        with redirect_stdout(io.StringIO()) as said:
            assert main([job, str(tmp_path / "clear.png"), "--out", f"{out}/", "--json"]) == 0
        told.append(json.loads(said.getvalue())["results"][0]["colors"])
    assert told == [0, 0]
