"""generate, quiz and contest: files, recipes, labels, sentences for what cannot be."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

torch = pytest.importorskip("torch", reason="networks need pincel[nets]")

from pincel.calls import call  # noqa: E402
from pincel.errors import PincelError  # noqa: E402
from pincel.job import Made  # noqa: E402
from pincel.jobs.generate.contest import Contest  # noqa: E402
from pincel.jobs.generate.quiz import Quiz  # noqa: E402
from pincel.nets import gan  # noqa: E402
from pincel.nets._network import Model, model_bytes  # noqa: E402
from pincel.recipe import recipe  # noqa: E402
from samples import tiny_model  # noqa: E402


def made_by_gan(path: Path, channels: int = 4, hard: bool = True) -> Path:
    """The file of an untrained gan for 8 x 8 pictures of three classes."""
    torch.manual_seed(5)
    net = gan.Net(gan.Config(channels=channels, side=8, classes=3, width=4, noise=8))
    torch.nn.init.normal_(net.generator.stages[0].conv2.weight, 0, 0.2)
    prepare = {"size": [8, 8], "channels": channels, "type": "uint8", "mean": [0.5] * channels,
               "std": [0.5] * channels, "resize": "nearest"}  # fmt: skip
    if channels == 4:
        prepare |= {"premultiplied": True, "hard_alpha": hard}
    about = {"classes": ["cat", "dog", "owl"], "prepare": prepare, "metrics": {}}
    path.write_bytes(model_bytes(Model("gan", net.eval(), about)))
    return path


def test_generated_sprites_are_sprites_and_remember(tmp_path: Path) -> None:
    model = made_by_gan(tmp_path / "net.safetensors")
    call("generate", str(model), count=4, seed=9, colors=5, out=tmp_path / "out")
    files = sorted(p.name for p in (tmp_path / "out").glob("*.png"))
    assert files == [*(f"net.{k:04}.png" for k in (9, 10, 11, 12)), "net.sheet.png"]
    for name in files[:4]:
        data = (tmp_path / "out" / name).read_bytes()
        rgba = np.asarray(Image.open(io.BytesIO(data)).convert("RGBA"))
        assert rgba.shape == (8, 8, 4)
        assert set(np.unique(rgba[..., 3])) <= {0, 255}
        assert len(np.unique(rgba[rgba[..., 3] > 0], axis=0)) <= 5
        found = recipe.read_recipe(data)
        assert found is not None
        assert found["settings"]["count"] == 1 and found["seed"] == int(name[4:8])
    with Image.open(tmp_path / "out" / "net.sheet.png") as sheet:
        assert sheet.width == sheet.height == (2 * 8 + 1) * 8


def test_one_picture_of_a_batch_comes_again_alone(tmp_path: Path) -> None:
    model = made_by_gan(tmp_path / "net.safetensors")
    call("generate", str(model), count=3, out=tmp_path / "all")
    call("generate", str(model), count=1, seed=2, out=tmp_path / "one")
    together = (tmp_path / "all" / "net.0002.png").read_bytes()
    assert together == (tmp_path / "one" / "net.0002.png").read_bytes()
    call("redo", str(tmp_path / "all" / "net.0002.png"), model=str(model), out=tmp_path / "again")
    (again,) = (tmp_path / "again").glob("*.png")
    one, two = (Image.open(io.BytesIO(data)) for data in (again.read_bytes(), together))
    assert one.tobytes() == two.tobytes()
    call("generate", str(model), count=1, metadata=False, out=tmp_path / "plain")
    assert recipe.read_recipe((tmp_path / "plain" / "net.0000.png").read_bytes()) is None


def test_a_label_changes_what_is_made_and_wrong_ones_are_told(tmp_path: Path) -> None:
    model = str(made_by_gan(tmp_path / "net.safetensors", 3))
    cat, owl = (call("generate", model, count=1, label=name) for name in ("cat", "owl"))
    assert not np.array_equal(cat, owl)
    with pytest.raises(PincelError, match="knows no class cap; it knows cat"):
        call("generate", model, count=1, label="cap")
    with pytest.raises(PincelError, match="family cnn, which makes no pictures"):
        call("generate", str(tiny_model(tmp_path / "cnn.safetensors")), count=1)


def test_quiz_pairs_held_out_pictures_with_made_ones(tmp_path: Path) -> None:
    model = made_by_gan(tmp_path / "net.safetensors", 1)
    job = Quiz(model=str(model), data="digits", count=5, seed=4, detector=True, pictures=24,
               lessons=320)  # fmt: skip
    (made,) = [e for e in job.run() if isinstance(e, Made)]
    files = dict(made.files())
    assert set(files) == {".html", ".detector.safetensors"}
    (held,) = re.findall(rb'id="held">(.*?)</script>', files[".html"])
    pairs = json.loads(held)["pairs"]
    assert [p["seed"] for p in pairs] == [4, 5, 6, 7, 8]
    assert len({p["name"] for p in pairs}) == 5
    found = made.numbers["detector"]
    assert found["count"] == 24
    assert 0 <= found["low"] < found["accuracy"] <= found["high"] <= 1
    assert found["accuracy"] > 0.8  # an untrained generator makes no digits
    assert "95 %" in made.lines[0]
    path = tmp_path / "detector.safetensors"
    path.write_bytes(files[".detector.safetensors"])
    from pincel.look.models import find_model

    assert find_model(path).about["classes"] == ["real", "made"]


def test_quiz_says_where_data_is_missing_or_other(tmp_path: Path) -> None:
    model = made_by_gan(tmp_path / "net.safetensors", 1)
    with pytest.raises(PincelError, match="does not say where its data is"):
        list(Quiz(model=str(model)).run())
    said = [str(getattr(e, "text", "")) for e in Quiz(model=str(model), data="digits",
                                                      count=1).run()]  # fmt: skip
    assert any("may be among those it has seen" in text for text in said)


def test_contest_writes_one_table_and_goes_on(tmp_path: Path) -> None:
    pytest.importorskip("sklearn", reason="needs scikit-learn")
    settings = {"data": "digits", "families": ("gan",), "steps": 2, "lessons": 128, "count": 16}
    job = Contest(**settings, runs=tmp_path)
    (made,) = [e for e in job.run() if isinstance(e, Made)]
    files = dict(made.files())
    assert set(files) == {".png", ".csv", ".json", ".html"}
    rows = list(csv.DictReader(io.StringIO(files[".csv"].decode())))
    assert [row["family"] for row in rows] == ["real", "gan"]
    assert json.loads(files[".json"])[1]["seen"] == 2 * 64
    assert float(rows[1]["seconds"]) > 0 and rows[0]["seconds"] == ""
    weights = (tmp_path / "contest-digits-2steps" / "gan" / "best.safetensors").read_bytes()
    (again,) = [e for e in job.run() if isinstance(e, Made)]  # nothing is taught twice
    assert again.numbers["rows"][1]["frechet"] == made.numbers["rows"][1]["frechet"]
    assert weights == (tmp_path / "contest-digits-2steps" / "gan" / "best.safetensors").read_bytes()
    with pytest.raises(PincelError, match="No family cnn makes pictures"):
        list(Contest(data="digits", families=("cnn",), runs=tmp_path).run())


def test_contest_refuses_pictures_that_no_family_can_learn_from(tmp_path: Path) -> None:
    path = tmp_path / "wide.npz"
    pictures = np.zeros((40, 8, 12, 3), np.uint8)
    np.savez(path, images=pictures, labels=np.arange(40) % 2)
    with pytest.raises(PincelError, match="8"):
        list(Contest(data=str(path), runs=tmp_path).run())
    assert not (tmp_path / "contest-wide-5min").exists()
