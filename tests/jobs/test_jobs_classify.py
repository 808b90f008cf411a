"""classify and embed on one .npz, answers averaged over views."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

torch = pytest.importorskip("torch", reason="networks need pincel[nets]")

import pincel  # noqa: E402
from pincel.cli import main  # noqa: E402
from pincel.errors import PincelError  # noqa: E402
from pincel.learn import augment  # noqa: E402
from pincel.learn.views import views_of_arrays  # noqa: E402
from pincel.look.classify import open_classifier  # noqa: E402
from samples import tiny_model  # noqa: E402


def _held(path: Path, model: Path, parts: tuple[str, ...]) -> np.ndarray:
    """An .npz of noise whose labels are what the model answers, but for two of five."""
    about = open_classifier(model).about["prepare"]
    shape = (5, *about["size"], about["channels"])
    arrays: dict[str, np.ndarray] = {}
    for part in parts:
        pictures = np.random.default_rng(len(part)).integers(0, 256, shape, dtype=np.uint8)
        answers = open_classifier(model).of_arrays(pictures).argmax(1)
        answers[:2] = 1 - answers[:2]
        arrays |= {f"{part}images": pictures, f"{part}labels": answers}
    np.savez(path, classes=np.array(open_classifier(model).classes), **arrays)
    return arrays[f"{parts[-1]}images"]


@pytest.mark.parametrize("kind", ["none", "mirror", "turns", "cells"])
def test_views_without_torch_are_those_of_training(kind: str) -> None:
    for shape in ((2, 5, 5, 3), (2, 4, 6, 1)):
        pictures = np.random.default_rng(0).random(shape, dtype=np.float32)
        wanted = augment.views_of_tensor(torch.from_numpy(pictures).permute(0, 3, 1, 2), kind)
        found = views_of_arrays(pictures, kind)
        assert len(found) == len(wanted)
        for one, other in zip(found, wanted, strict=True):
            assert np.array_equal(one, other.permute(0, 2, 3, 1).numpy())


def test_labels_of_an_npz_say_how_many_are_right(tmp_path: Path, capsys) -> None:
    model = tiny_model(tmp_path / "tiny.safetensors")
    _held(tmp_path / "plain.npz", model, ("",))
    assert main(["classify", str(model), str(tmp_path / "plain.npz"), "--out",
                 str(tmp_path / "answers.csv")]) == 0  # fmt: skip
    assert "60 % of 5 pictures right" in capsys.readouterr().out.replace("60.00", "60")
    assert len((tmp_path / "answers.csv").read_text("utf-8").splitlines()) == 6
    _held(tmp_path / "parts.npz", model, ("train_", "test_"))
    assert len(pincel.call("classify", model, tmp_path / "parts.npz")) == 5
    assert len(pincel.call("classify", model, tmp_path / "parts.npz", part="all")) == 10
    assert len(pincel.call("embed", str(model), tmp_path / "parts.npz")) == 5
    assert len(pincel.call("embed", "pixels", tmp_path / "plain.npz")) == 5
    for job in ("classify", "embed"):
        with pytest.raises(PincelError, match="has no part val"):
            pincel.call(job, str(model), tmp_path / "parts.npz", part="val")
        with pytest.raises(PincelError, match="There is no file"):
            pincel.call(job, str(model), tmp_path / "none.npz")
        Image.new("RGB", (8, 8)).save(tmp_path / "one.png")
        with pytest.raises(PincelError, match="pictures have no parts"):
            pincel.call(job, str(model), tmp_path / "one.png", part="test")


def test_a_row_without_a_label_is_left_out_and_told(tmp_path: Path, capsys) -> None:
    model = tiny_model(tmp_path / "tiny.safetensors")
    pictures = np.random.default_rng(3).integers(0, 256, (6, 8, 8, 3), dtype=np.uint8)
    labels = np.array(["a", "b", "", "a", "b", "a"])
    np.savez(tmp_path / "set.npz", images=pictures, labels=labels)
    for job in (["classify", str(model)], ["embed", "pixels", "--out", str(tmp_path / "e.csv")]):
        assert main([job[0], job[1], str(tmp_path / "set.npz"), *job[2:]]) == 0
        told = "".join(capsys.readouterr())
        assert "left out: 2 (its label in set.npz is blank)" in told
    assert len((tmp_path / "e.csv").read_text("utf-8").splitlines()) == 6


def test_average_is_the_mean_over_the_views_it_was_taught_with(tmp_path: Path) -> None:
    model = tiny_model(tmp_path / "tiny.safetensors")
    ready = open_classifier(model)
    pictures = _held(tmp_path / "plain.npz", model, ("",))
    ready.about["recipe"] = {"augment": "cells"}
    wanted = np.mean([ready.of_arrays(view) for view in views_of_arrays(pictures, "cells")], 0)
    assert np.array_equal(ready.averaged().of_arrays(pictures), wanted)
    assert np.abs(wanted - ready.of_arrays(pictures)).max() > 1e-4
    ready.about["recipe"] = {"augment": "none"}
    with pytest.raises(PincelError, match="nothing to average"):
        ready.averaged()


def test_a_number_that_is_none_is_named_with_its_row(tmp_path: Path) -> None:
    pictures = np.random.default_rng(0).random((12, 6, 6, 3), dtype=np.float32)
    pictures[7, 2, 3, 1] = np.nan
    np.savez(tmp_path / "nan.npz", images=pictures, labels=np.arange(12) % 2)
    for call in (("train", "cnn"), ("classify", tiny_model(tmp_path / "t.safetensors"))):
        with pytest.raises(PincelError, match=r"row 7 of images in .*nan\.npz holds NaN"):
            pincel.call(*call, tmp_path / "nan.npz")


@pytest.mark.shared
@pytest.mark.parametrize(("more", "share"), [([], "96.99"), (["--average"], "97.46")])
def test_the_cards_figures_come_from_a_command(
    more: list[str], share: str, shared: Path, capsys
) -> None:
    blood = shared / "bloodmnist.npz"
    assert main(["classify", "cnn.bloodmnist", str(blood), *more]) == 0
    assert f"{share} % of 3,421 pictures right" in capsys.readouterr().out
