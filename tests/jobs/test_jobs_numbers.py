"""inspect, colors, distance, filter and hog as jobs: what they tell, what they refuse."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

import pincel.jobs as jobs
from pincel import limits, words
from pincel.errors import PincelError
from pincel.job import Failed, Made
from samples import face_picture

FOUR = np.array([[2, 1, 4, 0], [1, 2, 2, 0], [3, 1, 2, 1], [0, 0, -1, 1]])
KERNEL = "0,1,-1;0,1,2;0,1,0"


def results(name: str, *sources: Any, **settings: Any) -> list[Made]:
    job = limits.build(jobs.load(name), {"sources": sources, **settings})
    made = []
    for event in job.run():
        if isinstance(event, Failed):
            raise event.error
        if isinstance(event, Made):
            json.dumps(event.numbers, allow_nan=False)
            made.append(event)
    return made


def pictures_of(made: Made) -> dict[str, np.ndarray]:
    return {
        suffix: np.asarray(Image.open(io.BytesIO(data)).convert("RGB"))
        for suffix, data in made.files()
    }


def is_a_chart(picture: np.ndarray) -> bool:
    """White around, something on it, nothing touching the edge of the sheet."""
    edge = np.concatenate([picture[:8].ravel(), picture[-8:].ravel(), picture[:, -8:].ravel()])
    return bool((edge == 255).all() and (picture < 200).any() and min(picture.shape[:2]) > 500)


def test_inspect_says_the_numbers_of_the_slide() -> None:
    (made,) = results("inspect", np.zeros((224, 224, 3), np.uint8))
    assert made.numbers["numbers"] == 150_528
    assert "224 × 224 × 3 = 150,528" in made.lines[0]
    words.use("es")
    try:
        (made,) = results("inspect", np.zeros((512, 512, 3), np.uint8))
        assert "alto × ancho × canales: 512 × 512 × 3 = 786.432 números" in made.lines[0]
    finally:
        words.use(None)


def test_inspect_shows_a_crop_as_it_is() -> None:
    face = face_picture()[..., :3]
    (made,) = results("inspect", face, crop="5,9,4,3")
    crop = made.numbers["crop"]["values"]
    assert crop["G"] == face[9:12, 5:9, 1].tolist()
    statistics = made.numbers["statistics"]["R"]
    assert statistics["mean"] == pytest.approx(face[..., 0].mean())
    assert is_a_chart(pictures_of(made)[".inspect.png"])


def test_inspect_shows_volumes_and_channels_with_missing_values() -> None:
    values = np.random.default_rng(0).normal(size=(12, 9, 10)).astype(np.float32)
    values[3, 2, 1] = np.nan
    (made,) = results("inspect", values, slice=3, crop="0,0,3,3")
    assert made.numbers["kind"] == "volume" and made.numbers["slice"] == 3
    assert made.numbers["crop"]["values"]["grey"][2][1] is None
    assert is_a_chart(pictures_of(made)[".inspect.png"])
    (made,) = results("inspect", np.zeros((9, 12, 7), np.uint16))
    assert made.numbers["kind"] == "channels"
    assert is_a_chart(pictures_of(made)[".inspect.png"])


@pytest.mark.parametrize(
    "settings, said",
    [
        ({"crop": "1,2,3"}, "four whole numbers"),
        ({"crop": "a,b,c,d"}, "four whole numbers"),
        ({"crop": "0,0,25,1"}, "1 to 24"),
        ({"crop": "0,0,0,1"}, "1 to 24"),
        ({"crop": "-1,0,4,4"}, "start at 0"),
        ({"crop": "90,90,10,10"}, "beyond the picture"),
        ({"slice": 1}, "slices 0 to 0"),
    ],
)
def test_inspect_refuses(settings: dict[str, Any], said: str) -> None:
    with pytest.raises(PincelError, match=said):
        results("inspect", np.zeros((95, 95, 3), np.uint8), **settings)


def test_filter_is_the_slide() -> None:
    (made,) = results("filter", FOUR, kernel=KERNEL, padding="valid", at="1,0")
    assert made.numbers["answer"] == [[4, 8], [5, 5]]
    (window,) = made.numbers["windows"]
    assert window["sum"] == 8 == np.sum(window["products"])
    assert window["values"] == FOUR[:3, 1:].tolist()
    assert "0·1 + 1·4 − 1·0 + 0·2 + 1·2 + 2·0 + 0·1 + 1·2 + 0·1 = 8" in made.lines
    files = pictures_of(made)
    assert set(files) == {".own.png", ".filter.png"} and is_a_chart(files[".filter.png"])


def test_filter_tells_correlation_and_convolution_apart() -> None:
    (plain,) = results("filter", FOUR, kernel=KERNEL, padding="valid", at="0,0")
    (turned,) = results("filter", FOUR, kernel=KERNEL, padding="valid", at="0,0", convolution=True)
    assert plain.numbers["windows"][0]["convolution"] == turned.numbers["windows"][0]["sum"] == 3
    assert turned.numbers["windows"][0]["convolution"] == plain.numbers["windows"][0]["sum"] == 4
    assert any("cross-correlation" in line and "gives 3" in line for line in plain.lines)
    assert any("true convolution" in line and "(3)" in line for line in turned.lines)
    (even,) = results("filter", FOUR, kernel="box", padding="valid")
    assert any("both give the same" in line for line in even.lines)


def test_filter_identity_and_picture_files() -> None:
    face = face_picture()[..., :3]
    (made,) = results("filter", face, kernel="identity", channel="color")
    assert np.array_equal(made.value, face)
    kept = next(iter(made.files()))
    assert kept[0] == ".identity.png"
    assert np.array_equal(np.asarray(Image.open(io.BytesIO(kept[1]))), face)


SMOOTHED = {kernel: {"sigma": 2.0} for kernel in ("canny", "gaussian")}


@pytest.mark.parametrize("kernel", ["sobel", "canny", "gaussian", "emboss"])
def test_filter_charts(kernel: str) -> None:
    face = face_picture()
    (made,) = results("filter", face, kernel=kernel, **SMOOTHED.get(kernel, {}))
    assert made.value.shape == face.shape[:2]
    files = pictures_of(made)
    assert is_a_chart(files[".filter.png"]) and files[f".{kernel}.png"].shape[:2] == face.shape[:2]
    steps = made.numbers["windows"]
    if kernel == "sobel":
        x, y = steps[0]["x"], steps[0]["y"]
        length = np.hypot(steps[0]["sum"], steps[1]["sum"])
        assert made.value[y, x] == pytest.approx(length)


@pytest.mark.parametrize(
    "settings, said",
    [
        ({"kernel": "sobbel"}, "no kernel"),
        ({"kernel": "1,2;3"}, "equal length"),
        ({"at": "7"}, "column,row"),
        ({"at": "99,0"}, "columns go from 0 to 7"),
        ({"kernel": "canny", "low": 60, "high": 50}, "low threshold"),
        ({"kernel": "box", "size": 9, "padding": "valid"}, "smaller kernel"),
    ],
)
def test_filter_refuses(settings: dict[str, Any], said: str) -> None:
    with pytest.raises(PincelError, match=said):
        results("filter", np.zeros((8, 8), np.uint8), **settings)
    with pytest.raises(PincelError, match="not numbers"):
        results("filter", np.full((8, 8), np.nan))


def test_colors_follow_one_pixel() -> None:
    picture = np.full((30, 20, 3), 128, np.uint8)
    picture[4, 3] = (255, 0, 0)
    (made,) = results("colors", picture)
    pixel = made.numbers["pixel"]
    assert (pixel["x"], pixel["y"], pixel["code"]) == (3, 4, "#ff0000")
    assert pixel["hsv"] == [0, 1, 1]
    assert pixel["lab"] == pytest.approx([53.24, 80.09, 67.20], abs=0.02)
    assert pixel["oklab"] == pytest.approx([0.628, 0.2249, 0.1258], abs=1e-3)
    assert made.numbers["planes"]["rgb"]["R"]["most"] == 255
    assert is_a_chart(pictures_of(made)[".colors.png"])
    with pytest.raises(PincelError, match="columns go from 0 to 19"):
        results("colors", picture, at="20,0")


def test_distance_makes_the_point() -> None:
    face = face_picture()[..., :3]
    other = np.flip(face, 1)
    (made,) = results("distance", face, other, seed=3)
    told = {entry["to"]: entry for entry in made.numbers["distances"]}
    assert len(told) == 4 and [e["other"] for e in told.values()] == [False] * 3 + [True]
    assert told["darker (−60)"]["l1"] <= 60 and told["darker (−60)"]["max"] <= 60
    expected = np.abs(face.astype(float) - other).mean()
    assert told["picture-2"]["l1"] == pytest.approx(expected, rel=1e-5)
    assert is_a_chart(pictures_of(made)[".distance.png"])
    (again,) = results("distance", face, other, seed=3)
    assert again.numbers == made.numbers


def test_distance_goes_on_when_one_picture_fails(tmp_path: Path) -> None:
    good = tmp_path / "good.png"
    Image.fromarray(face_picture()).save(good)
    (tmp_path / "bad.png").write_bytes(b"")
    job = limits.build(
        jobs.load("distance"), {"sources": (str(good), str(tmp_path / "bad.png"), str(good))}
    )
    events = list(job.run())
    assert sum(isinstance(e, Failed) for e in events) == 1
    assert sum(isinstance(e, Made) for e in events) == 1
    with pytest.raises(PincelError, match="nothing to compare"):
        results("distance", str(good), copies=False)


def test_hog_tells_its_length_and_its_cell() -> None:
    picture = np.zeros((64, 48), np.uint8)
    picture[:, 20:] = 255
    (made,) = results("hog", picture)
    assert made.numbers["length"] == len(made.numbers["vector"]) == 7 * 5 * 36
    assert made.numbers["cell"]["column"] == 2
    votes = made.numbers["cell"]["votes"]
    assert votes[0] == sum(votes) > 0
    assert is_a_chart(pictures_of(made)[".hog.png"])
    with pytest.raises(PincelError, match="columns go from 0 to 5"):
        results("hog", picture, at="6,0")


def test_hog_shrinks_large_pictures_and_says_so() -> None:
    (made,) = results("hog", np.zeros((100, 400), np.uint8), longest=128)
    assert (made.numbers["width"], made.numbers["height"]) == (128, 32)
    assert any("was shrunk first" in line for line in made.lines)


@pytest.mark.parametrize("name", ["inspect", "colors", "distance", "filter", "hog"])
def test_a_cell_of_28_pixels_in_spanish(name: str) -> None:
    cell = np.asarray(Image.fromarray(face_picture()).convert("RGB").resize((28, 28)))
    words.use("es")
    try:
        (made,) = results(name, cell)
        charts = [p for s, p in pictures_of(made).items() if s == f".{name}.png"]
    finally:
        words.use(None)
    assert len(charts) == 1 and is_a_chart(charts[0])


@pytest.mark.parametrize(
    ("job", "setting", "said"),
    [
        ("colors", {"at": "3"}, "no pixel"),
        ("hog", {"at": "a,b"}, "no cell"),
        ("filter", {"at": "1,2,3", "kernel": "sobel"}, "no place"),
        ("look", {"cell": "four", "model": "cnn.bloodmnist"}, "no cell"),
    ],
)
def test_a_place_that_is_none_is_refused_before_anything_is_opened(job, setting, said) -> None:
    with pytest.raises(PincelError, match=said):
        limits.build(jobs.load(job), {"sources": ("missing.png",), **setting})
