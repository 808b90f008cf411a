"""`pincel upscale`: pictures, scans, volumes, sprites, scores."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import tifffile
from PIL import Image

torch = pytest.importorskip("torch", reason="networks need pincel[nets]")

import pincel  # noqa: E402
from pincel import jobs, limits  # noqa: E402
from pincel.cli import main  # noqa: E402
from pincel.job import Said  # noqa: E402
from pincel.nets._network import Model, model_bytes  # noqa: E402
from pincel.nets.upscaler import Config, Net  # noqa: E402
from samples import face_picture, tiny_model  # noqa: E402


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> str:
    torch.manual_seed(1)
    net = Net(Config(channels=3, width=4, blocks=1))
    torch.nn.init.normal_(net.tail.weight, std=0.05)
    prepare = {"size": [8, 8], "channels": 3, "type": "uint8", "mean": [0.5] * 3, "std": [0.5] * 3}
    path = tmp_path_factory.mktemp("model") / "up.safetensors"
    path.write_bytes(model_bytes(Model("upscaler", net.eval(), {"prepare": prepare})))
    return str(path)


def test_a_sprite_keeps_its_colours(model: str, tmp_path: Path, capsys) -> None:
    small = face_picture(24)
    Image.fromarray(small).save(tmp_path / "hero.png")
    assert main(["upscale", model, str(tmp_path / "hero.png"), "--out", str(tmp_path)]) == 0
    assert "its own 5 colours" in capsys.readouterr().out
    large = np.asarray(Image.open(tmp_path / "hero.x2.png").convert("RGBA"))
    assert large.shape == (48, 48, 4)
    seen = {tuple(p) for p in large.reshape(-1, 4)} - {(0, 0, 0, 0)}
    assert seen <= {tuple(p) for p in small.reshape(-1, 4)}
    assert {p[3] for p in seen} == {255}


def test_a_photo_stays_a_photo(model: str) -> None:
    values = np.random.default_rng(0).integers(0, 255, (9, 11, 3), dtype=np.uint8)
    large = pincel.call("upscale", model, values)
    assert large.shape == (18, 22, 3) and large.dtype == np.uint8


def test_a_volume_of_16_bits_slice_by_slice(model: str, tmp_path: Path, capsys) -> None:
    volume = np.random.default_rng(0).integers(-900, 2000, (5, 10, 12)).astype(np.int16)
    np.save(tmp_path / "scan.npy", volume)
    assert main(["upscale", model, str(tmp_path / "scan.npy"), "--out", str(tmp_path)]) == 0
    assert "5 slices of 24 × 20 (int16)" in capsys.readouterr().out
    large = tifffile.imread(tmp_path / "scan.x2.tif")
    assert large.shape == (5, 20, 24) and large.dtype == np.int16
    assert large.min() >= volume.min() and large.max() <= volume.max()


def test_grey_of_16_bits_is_kept(model: str, tmp_path: Path) -> None:
    values = np.random.default_rng(0).integers(0, 4096, (10, 12)).astype(np.uint16)
    Image.fromarray(values).save(tmp_path / "x.png")
    assert main(["upscale", model, str(tmp_path / "x.png"), "--out", str(tmp_path)]) == 0
    large = tifffile.imread(tmp_path / "x.x2.tif")
    assert large.shape == (20, 24) and large.dtype == np.uint16 and large.max() > 3000


def test_scores_one_by_one_and_their_mean(model: str, tmp_path: Path, capsys) -> None:
    rng = np.random.default_rng(0)
    for name in "ab":
        values = rng.integers(0, 255, (16, 16, 3), dtype=np.uint8)
        Image.fromarray(values).save(tmp_path / f"{name}.png")
    Image.fromarray(face_picture(32)).save(tmp_path / "c.png")
    files = [str(tmp_path / f"{name}.png") for name in "abc"]
    out = tmp_path / "out"
    assert main(["upscale", model, *files, "--score", "--json", "--out", str(out)]) == 0
    told = json.loads(capsys.readouterr().out)["results"]
    assert [t["kind"] for t in told] == ["picture", "picture", "sprite"]
    assert {"network", "bicubic", "nearest"} <= set(told[0])
    assert told[2]["scale2x"]["exact"] > 0.8
    assert len(list(out.glob("*.upscale-score.png"))) == 3
    job = limits.build(jobs.load("upscale"), {"model": model, "pictures": files, "score": True})
    said = [event.text for event in job.run() if isinstance(event, Said)]
    assert len(said) == 1 and said[0].startswith("Mean of 3 pictures: network")


def test_one_sentence(model: str, tmp_path: Path, capsys) -> None:
    photo = tmp_path / "p.png"
    Image.fromarray(np.random.default_rng(0).integers(0, 255, (32, 32, 3), dtype=np.uint8)).save(
        photo
    )
    assert main(["upscale", model, str(photo), "--kind", "sprite"]) == 1
    assert "more than 256 colours" in capsys.readouterr().err
    other = str(tiny_model(tmp_path / "cnn.safetensors"))
    assert main(["upscale", other, str(photo)]) == 1
    assert "does not make pictures larger" in capsys.readouterr().err


def test_channels_stay_channels(model: str, tmp_path: Path) -> None:
    from pincel.pixels.open import open_picture

    rng = np.random.default_rng(0)
    for count, kind in ((4, np.uint8), (4, np.uint16), (2, np.uint8), (7, np.float32)):
        values = rng.integers(1, 250, (10, 12, count)).astype(kind)
        values[:5, :, -1] = 0  # were it alpha, the others would be hidden
        np.save(tmp_path / "x.npy", values)
        out = ["--out", str(tmp_path), "--force"]
        assert main(["upscale", model, str(tmp_path / "x.npy"), *out]) == 0
        large = open_picture(tmp_path / "x.x2.tif")
        assert large.raw is not None and large.raw.shape == (20, 24, count)
        assert large.info["names"] == [str(i) for i in range(1, count + 1)]
        assert large.raw[:8, ..., 0].mean() > 0.7 * values[:4, ..., 0].mean()
