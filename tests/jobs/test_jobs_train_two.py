"""Teaching from two folders: with pairs and without, interrupted and not, and what is refused."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

torch = pytest.importorskip("torch", reason="training needs pincel[nets]")

import pincel  # noqa: E402
from pincel.cli import main  # noqa: E402
from pincel.errors import PincelError  # noqa: E402
from pincel.learn.run import Run  # noqa: E402
from pincel.nets._network import open_model  # noqa: E402

SMALL = {
    "translator": "width=16 whole=16 deep=16 blocks=1 keys=4",
    "adapter": "width=8 blocks=1 colors=8",
    "cyclegan": "width=4 blocks=1 pool=3",
}


def _portrait(rng: np.random.Generator) -> np.ndarray:
    """Hair, skin, a shirt, eyes: of any colours."""
    hair, skin, shirt, eyes = rng.integers(30, 256, (4, 3))
    rgba = np.zeros((16, 16, 4), np.uint8)
    high = int(rng.integers(3, 6))
    rgba[1:high, 3:13] = (*hair, 255)
    rgba[high:12, 3:13] = (*skin, 255)
    rgba[12:, 2:14] = (*shirt, 255)
    rgba[7, [5, 10]] = (*eyes, 255)
    return rgba


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    rng = np.random.default_rng(7)
    for name in ("drawn", "sprites"):
        (tmp_path / name).mkdir()
    for number in range(40):
        sprite = Image.fromarray(_portrait(rng))
        sprite.save(tmp_path / "sprites" / f"{number}.png")
        sprite.resize((80, 80), Image.BILINEAR).save(tmp_path / "drawn" / f"{number}.png")
    return tmp_path / "drawn", tmp_path / "sprites"


def _train(family: str, folders: tuple[Path, Path], **more):
    settings = {"epochs": 2, "batch": 8, "threads": 1, "precision": "fp32", "keep": 3,
                "net": SMALL[family]} | more  # fmt: skip
    runs = folders[0].parent / "runs"
    return pincel.train(family, from_=folders[0], to=folders[1], runs=runs, **settings)


def test_a_translator_learns_pairs(folders: tuple[Path, Path]) -> None:
    run = folders[0].parent / "runs" / "pairs"
    model = _train("translator", folders, name="pairs", epochs=12, net="width=32 whole=32 deep=32")
    test = model.about["metrics"]["test"]
    assert model.net.config.roles == 5 and model.net.config.side == 64
    assert test["outline"] > 0.95 and test["roles"] > 0.8 and test["colors_off"] < 0.12
    losses = [entry["val_loss"] for entry in Run.open(run).metrics()]
    assert losses[-1] < 0.6 * losses[0]
    page = (run / "page.html").read_text("utf-8")
    assert "What it redraws" in page and "Lo que redibuja" in page
    assert (run / "samples" / "epoch-0012.png").is_file()
    made = pincel.export(run, out=run / "net.onnx")
    assert len(made) > 10_000
    sprite = pincel.translate(folders[0] / "3.png", crop=(0, 0, 80), model=run / "net.onnx")
    true = np.asarray(Image.open(folders[1] / "3.png"))
    assert np.array_equal(sprite.rgba()[..., 3], true[..., 3])
    assert np.abs(sprite.rgba()[14, 8, :3].astype(int) - true[14, 8, :3]).max() < 40  # its shirt
    shown = model.net.restore(torch.zeros(2, 3, 64, 64))
    assert shown.shape == (2, 3, 64, 64)


@pytest.mark.parametrize("native", [0, 16])
def test_a_cyclegan_learns_without_pairs(folders: tuple[Path, Path], native: int) -> None:
    for number in range(25):
        (folders[1] / f"{number}.png").unlink()  # of one kind there may be fewer
    more = {"native": native} if native else {}
    model = _train("cyclegan", folders, name="cycle", size=32 if not native else 64, identity=0,
                   steady="r1", fade=0.5, augment="mirror", **more)  # fmt: skip
    run = Run.open(folders[0].parent / "runs" / "cycle")
    assert model.net.config.sprite == (native or 32)
    assert model.net.config.calm == bool(native)  # older files are without both
    assert model.net.config.identity_every == (4 if native else 1)
    assert model.net.config.identity == 0 and model.net.config.steady == "r1"
    entries = run.metrics()
    assert {"val_tiles", "val_sameness", "val_cycle"} <= set(entries[-1])
    assert entries[-1]["rate"] < entries[0]["rate"]  # it fades
    assert entries[0]["real_tiles"] == entries[-1]["real_tiles"] < 0  # blocks
    assert -1 < entries[-1]["real_sameness"] < 1
    for name in ("epoch-0002.png", "maps-0002.png"):
        with Image.open(run.folder / "samples" / name) as shown:
            assert shown.width > 100
    layers = sum(isinstance(m, (torch.nn.Conv2d, torch.nn.ConvTranspose2d))
                 for m in model.net.to_sprite.modules())  # fmt: skip
    with Image.open(run.folder / "samples" / "maps-0001.png") as maps:
        assert maps.size == (8 * 64, layers * 64)  # eight maps of each layer
    for name in ("curves.png", "meters.png", "page.html"):
        assert (run.folder / name).stat().st_size > 1000
    assert "--from" in run.config["command"] and "--to" in run.config["command"]


def test_sprites_that_lose_pixels_and_weights_that_nobody_chose_are_said(
    folders: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    code = main([
        "train", "cyclegan", "--from", str(folders[0]), "--to", str(folders[1]), "--size", "32",
        "--native", "8", "--epochs", "2", "--threads", "1", "--precision", "fp32", "--name", "b",
        "--runs", str(folders[0].parent / "runs"), "--net", SMALL["cyclegan"],
    ])  # fmt: skip
    told = "".join(capsys.readouterr())
    assert code == 0
    assert "40 of 40 sprites have more than 8 pixels (up to 15)" in told
    assert "--size 64 --native 16 would hold them" in told
    assert "best so far" not in told and "epoch 2/2" in told
    _train("translator", folders, name="c", epochs=1)
    assert [event.best for event in _epochs(folders)] == [True]  # its loss chooses


def _epochs(folders: tuple[Path, Path]) -> list:
    """What a training that is asked again says of its epochs."""
    from pincel.learn.course import Epoch
    from pincel.learn.opening import opened_data
    from pincel.learn.teach import teach

    runs = folders[0].parent / "runs"
    asked = json.loads((runs / "c" / "run.json").read_text("utf-8"))
    run = Run.create(runs / "d", asked)
    return [event for event in teach(run, opened_data(asked["source"])) if isinstance(event, Epoch)]


@pytest.mark.parametrize("clear", [True, False])
def test_an_adapter_draws_in_the_sprites_own_colours(
    folders: tuple[Path, Path], clear: bool
) -> None:
    for number in range(20):  # of one kind there may be fewer
        (folders[1] / f"{number}.png").unlink()
    own = np.array([[20, 20, 30, 255], [240, 200, 160, 255], [160, 40, 30, 255]], np.uint8)
    rng = np.random.default_rng(1)
    for path in folders[1].iterdir():
        rgba = np.zeros((18, 18, 4), np.uint8) if clear else np.full((18, 18, 4), own[0])
        rgba[3:, 2:16] = own[rng.integers(3, size=(15, 14))]
        Image.fromarray(rgba).save(path)
    model = _train("adapter", folders, name="own")
    assert model.net.config.sprite == 18 and model.net.config.channels == (4 if clear else 3)
    run = folders[0].parent / "runs" / "own"
    assert {"val_read", "val_sameness"} <= set(Run.open(run).metrics()[-1])
    assert (run / "samples" / "epoch-0002.png").is_file()
    pincel.export(run, out=run / "net.onnx")
    sprite = pincel.translate(folders[0] / "3.png", crop=(0, 0, 80), model=run / "net.onnx")
    rgba = sprite.rgba()
    assert rgba.shape == (18, 18, 4)
    shown = {tuple(c) for c in rgba[rgba[..., 3] > 0][:, :3].tolist()}
    assert len(shown) > 1
    assert all(np.abs(own[:, :3].astype(int) - c).max(1).min() <= 1 for c in shown)
    assert clear or (rgba[..., 3] == 255).all()


@pytest.mark.parametrize("family", ["translator", "cyclegan"])
def test_an_interrupted_run_ends_with_the_same_weights(
    folders: tuple[Path, Path], family: str
) -> None:
    from pincel.learn.course import Batch
    from pincel.learn.opening import opened_data
    from pincel.learn.teach import teach

    size = {"size": 32, "identity_every": 3} if family == "cyclegan" else {}
    whole = _train(family, folders, name="whole", **size)
    runs = folders[0].parent / "runs"
    asked = json.loads((runs / "whole" / "run.json").read_text("utf-8"))
    run = Run.create(runs / "cut", asked)
    for event in teach(run, opened_data(asked["source"])):
        if isinstance(event, Batch) and event.step == 5:
            break
    assert run.last().step == (3 if family == "cyclegan" else 4)  # an epoch was measured there
    again = pincel.resume(runs / "cut")
    theirs = open_model(runs / "cut" / "best.safetensors").net.state_dict()
    for key, value in whole.net.state_dict().items():
        assert torch.equal(value, theirs[key]), key
    assert again.about["metrics"] == whole.about["metrics"]


def test_what_does_not_go_together_is_one_sentence(folders: tuple[Path, Path]) -> None:
    drawn, sprites = folders
    for given in ({"from_": drawn}, {"to": sprites}, {},
                  {"data": drawn, "from_": drawn, "to": sprites}):  # fmt: skip
        with pytest.raises(PincelError) as refused:
            pincel.train("cyclegan", **given)
        assert refused.value.key == "train.one_or_two"
    with pytest.raises(PincelError, match="learns from two folders"):
        pincel.train("translator", drawn.parent, runs=drawn.parent / "runs")
    with pytest.raises(PincelError) as refused:
        pincel.train("gan", from_=drawn, to=sprites, runs=drawn.parent / "runs")
    assert refused.value.key == "two.one"
    for number in range(35):
        (sprites / f"{number}.png").unlink()
    with pytest.raises(PincelError, match="5 pictures"):
        _train("cyclegan", folders)
