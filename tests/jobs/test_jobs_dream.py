"""`pincel dream`: sheets, single features, dreams."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

pytest.importorskip("torch", reason="networks need pincel[nets]")

from pincel.cli import main
from samples import face_picture, tiny_model


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> str:
    return str(tiny_model(tmp_path_factory.mktemp("model") / "tiny.safetensors"))


def size(path: Path) -> tuple[int, int]:
    with Image.open(path) as picture:
        return picture.size


def test_a_sheet_of_all_classes(model: str, tmp_path: Path, capsys) -> None:
    given = ["dream", model, "--steps", "3", "--gif", "--json", "--out", str(tmp_path)]
    assert main(given) == 0
    (told,) = json.loads(capsys.readouterr().out)["results"]
    assert [f["what"] for f in told["features"]] == ["dark", "light"]
    assert all(len(f["course"]) == 3 for f in told["features"])
    with Image.open(tmp_path / "tiny.features.gif") as moving:
        assert moving.n_frames == 3 and moving.width > 2 * moving.height * 0.9
    assert (tmp_path / "tiny.features.png").is_file()


def test_one_neuron_with_its_curve(model: str, tmp_path: Path, capsys) -> None:
    given = ["dream", model, "-l", "conv2", "--channel", "1", "--cell", "3,4", "--steps", "3"]
    assert main([*given, "--out", str(tmp_path)]) == 0
    assert "conv2, channel 1, row 3, column 4" in capsys.readouterr().out
    assert size(tmp_path / "tiny.features.png") == (8, 8)
    assert (tmp_path / "tiny.features.curve.png").is_file()


def test_a_dream_in_the_pictures_own_size(model: str, tmp_path: Path, capsys) -> None:
    Image.fromarray(face_picture(40)[:30]).save(tmp_path / "face.png")
    given = ["dream", model, str(tmp_path / "face.png"), "--steps", "1", "--octaves", "2"]
    assert main([*given, "--gif", "--out", str(tmp_path)]) == 0
    assert "last map, all channels: from" in capsys.readouterr().out
    assert size(tmp_path / "face.dream.png") == (40, 30)
    with Image.open(tmp_path / "face.dream.gif") as moving:
        assert moving.n_frames == 2
    assert main([*given, "--size", "20", "--force", "--out", str(tmp_path)]) == 0
    assert size(tmp_path / "face.dream.png") == (20, 15)


def test_one_sentence(model: str, capsys) -> None:
    for wrong, sentence in (
        (["--cell", "3,3"], "add --channel"),
        (["--cell", "3"], "is no cell"),
        (["--target", "zebra"], "no single class"),
        (["--layer", "conv77"], "no layer"),
    ):
        assert main(["dream", model, *wrong]) in (1, 2)
        assert sentence in capsys.readouterr().err
    assert main(["dream", "contrastive.cards", "--target", "1"]) == 1
    assert "names no classes" in capsys.readouterr().err


def test_grey_values_stay_in_range(model: str) -> None:
    import pincel

    drawn = pincel.call("dream", model, layer="conv1", count=2, steps=2)
    assert drawn.shape == (2, 8, 8, 3) and np.isfinite(drawn).all()
