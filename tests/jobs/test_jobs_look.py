"""The jobs that open a network: explain, look, audit, shortcuts, and arithmetic of a model."""

from __future__ import annotations

import io
import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

import pincel
from pincel.cli import main
from pincel.errors import PincelError
from samples import tiny_data, tiny_model

torch = pytest.importorskip("torch", reason="networks need pincel[nets]")
torch.set_num_threads(1)


@pytest.fixture
def model(tmp_path: Path) -> str:
    return str(tiny_model(tmp_path / "tiny.safetensors"))


def test_explain_writes_chart_heat_and_steps(model: str, face_file: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    told = pincel.explain(model, face_file, target="light", out=out)
    names = {path.name for path in out.iterdir()}
    assert names >= {"face.explain.npz", "face.explain.png", "face.heat.png"}
    steps = np.load(out / "face.explain.npz")
    total = (steps["alpha"][:, None, None] * steps["maps"]).sum(0)
    np.testing.assert_allclose(steps["sum"], total, atol=1e-5)
    np.testing.assert_allclose(steps["heat"], np.maximum(total, 0), atol=1e-5)
    assert told.target == 1 and told.classes == ("dark", "light")
    chart = io.BytesIO((out / "face.explain.png").read_bytes())
    assert Image.open(chart).width == 1452
    page = (out / "face.explain.html").read_text("utf-8")
    for said in (
        "How far to trust the map",
        "Hasta qué punto fiarse",
        "light",
        "seed of the tests",
    ):
        assert said in page, said
    assert page.count("<img") >= 2 + 4 * 2 + 3  # picture and map, steps in two languages, views
    assert "http://" not in page and "https://" not in page  # nothing is fetched
    highest = f"{steps['sum'].max():.3g}"
    assert f">{highest}</" in page, highest  # the numbers stand there, not only the pictures


def test_an_empty_map_has_a_page_that_says_why(
    model: str, face_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pincel.look.gradcam import Heat

    monkeypatch.setattr(Heat, "why_empty", lambda self, picture=0: "against")
    out = tmp_path / "out"
    pincel.explain(model, face_file, out=out, quick=True)
    page = (out / "face.explain.html").read_text("utf-8")
    assert "nothing in the picture speaks for this class" in page
    assert "How far to trust" not in page


def test_explain_speaks_spanish(
    model: str,
    face_file: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PINCEL_LANG", "es")
    assert main(["explain", model, str(face_file), "--out", str(tmp_path / "out")]) == 0
    said = capsys.readouterr().out
    assert "respuesta:" in said and "answer" not in said and "Confianza" in said


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({"layer": "conv99"}, 'no layer "conv99"'),
        ({"layer": "dense1"}, "no longer says where"),
        ({"target": "7"}, "no class 7"),
        ({"target": "cat"}, 'called "cat"'),
    ],
)
def test_explain_refuses_in_one_sentence(
    model: str, face_file: Path, settings: dict[str, str], sentence: str
) -> None:
    with pytest.raises(PincelError, match=sentence):
        pincel.explain(model, face_file, **settings)


def test_look_gives_terms_that_add_up(model: str, face_file: Path, tmp_path: Path) -> None:
    told = pincel.call(
        "look", model, face_file, layer="conv3", cell="4,7", channel=1, out=tmp_path / "out"
    )
    assert told.terms.cell == (1, 4, 7)
    assert told.terms.products.sum() == pytest.approx(told.terms.actual, abs=1e-5)
    assert {p.name for p in (tmp_path / "out").iterdir()} >= {"face.look.png", "face.layers.png"}
    with pytest.raises(PincelError, match="no cell 40,0"):
        pincel.call("look", model, face_file, layer="conv3", cell="40,0")


def test_arithmetic_reads_a_model(model: str, capsys: pytest.CaptureFixture[str]) -> None:
    from pincel.nets._network import open_model

    assert main(["arithmetic", model, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    told = told[0] if isinstance(told, list) else told
    numbers = told.get("numbers", told)
    numbers = numbers["results"][0] if "results" in numbers else numbers
    wanted = sum(p.numel() for p in open_model(model).net.parameters())
    assert numbers["parameters"] == wanted
    assert numbers["input"] == [8, 8, 3]
    with pytest.raises(PincelError, match="give the layers too"):
        pincel.arithmetic("8x8x3")
    with pytest.raises(PincelError, match="cannot read a picture of 8 x 8 x 5"):
        pincel.arithmetic("8x8x5", model)


def test_audit_is_one_page_that_holds_everything(model: str, tmp_path: Path) -> None:
    data = tiny_data(tmp_path / "tiny")
    told = pincel.audit(model, str(data), part="train", shortcuts=True, out=tmp_path / "out")
    text = (tmp_path / "out" / "audit.html").read_text("utf-8")
    assert "http" not in text.replace("http-equiv", "")
    assert "data:image/png;base64," in text or not any(row.right for row in told.rows)
    assert 'lang="es"' in text and 'lang="en"' in text
    assert len(told.rows) >= 2 and told.search is not None


def test_audit_takes_masks_and_checks_classes(model: str, tmp_path: Path) -> None:
    data = tiny_data(tmp_path / "tiny")
    masks = tmp_path / "masks"
    masks.mkdir()
    with pytest.raises(PincelError, match="no mask in"):
        pincel.audit(model, str(data), part="train", masks=masks)
    held = np.zeros((8, 8), np.uint8)
    held[2:6, 2:6] = 255
    for i in range(6):
        Image.fromarray(held).save(masks / f"{i}.png")
    told = pincel.audit(model, str(data), part="train", masks=masks)
    assert any(np.isfinite(row.energy) for row in told.rows)
    (tmp_path / "tiny" / "dark").rename(tmp_path / "tiny" / "grey")
    with pytest.raises(PincelError, match="the model knows dark, light"):
        pincel.audit(model, str(data), part="train")


def test_shortcuts_refuses_what_is_no_colour_or_class(tmp_path: Path) -> None:
    data = str(tiny_data(tmp_path / "tiny"))
    with pytest.raises(PincelError, match="no colour"):
        pincel.shortcuts(data, color="red")
    with pytest.raises(PincelError, match='no class "cat"'):
        pincel.shortcuts(data, label="cat")
    told = pincel.shortcuts(data, epochs=1, out=tmp_path / "out")
    chart = Image.open(io.BytesIO((tmp_path / "out" / "shortcuts.png").read_bytes()))
    assert chart.width == 1452
    assert set(told.accuracy) == {"plain", "kept", "removed", "moved"}
