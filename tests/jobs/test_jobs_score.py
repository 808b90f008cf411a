"""`pincel score`: numbers, sentences and the sheet."""

from __future__ import annotations

import io
import json

import numpy as np
import pytest
from PIL import Image

import pincel
from pincel.cli import main
from pincel.learn import heldout
from pincel.show.art import marked
from samples import face_picture


def test_python_gives_the_verdict() -> None:
    verdict = pincel.score(face_picture(32), colors=8)
    assert verdict.real and verdict.kept is None
    assert verdict.gates.width == 32


def test_a_fake_is_sent_to_restore(tmp_path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "fake.png"
    Image.fromarray(face_picture(32).repeat(16, 0).repeat(16, 1)).save(path)
    assert main(["score", str(path), "--json"]) == 0
    (result,) = json.loads(capsys.readouterr().out)["results"]
    assert result["real"] is False and result["enlarged"] == 16
    assert main(["score", str(path), "--force"]) == 0
    said = capsys.readouterr().out
    assert "looks enlarged about 16 times: its true size is 32 × 32; run pincel restore" in said


def test_spanish(tmp_path, capsys, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PINCEL_LANG", "es")
    path = tmp_path / "cara.png"
    Image.fromarray(face_picture(32)).save(path)
    assert main(["score", str(path)]) == 0
    said = capsys.readouterr().out
    assert "Pixel art de verdad." in said and "píxeles sueltos" in said


def test_against_a_source_tells_what_is_kept(tmp_path, capsys, monkeypatch) -> None:
    monkeypatch.setattr(heldout, "available", lambda: False)
    for name, size in (("sprite", 32), ("photo", 192)):
        Image.fromarray(face_picture(size)).save(tmp_path / f"{name}.png")
    sprite, photo = str(tmp_path / "sprite.png"), str(tmp_path / "photo.png")
    assert main(["score", sprite, "--against", photo]) == 0
    said = capsys.readouterr().out
    assert "hues kept" in said
    assert said.count("pip install") == 1  # what is missing, in one sentence


def test_the_sheet_is_a_picture_with_a_mark_on_every_fault() -> None:
    rgba = face_picture(32)
    rgba[10, 16] = (0, 255, 0, 255)
    verdict = pincel.score(rgba)
    drawn = marked.draw_marked("face", rgba, verdict)
    spotless = marked.draw_marked("face", face_picture(32), pincel.score(face_picture(32)))
    sheet = np.asarray(Image.open(io.BytesIO(drawn)).convert("RGB")).astype(int)
    assert sheet.shape[1] == round(13.2 * 110)
    red = np.array([0xD4, 0x3D, 0x3D])
    assert drawn != spotless
    assert (np.abs(sheet - red).sum(-1) < 8).sum() > 100


def test_marks_count_what_the_numbers_count() -> None:
    from matplotlib.figure import Figure

    from pincel.art import score
    from pincel.art.staircases import staircases

    rng = np.random.default_rng(1)
    rgba = face_picture(40)
    rgba[rng.integers(8, 32, 20), rng.integers(8, 32, 20)] = (10, 200, 90, 255)
    counts = marked.mark(Figure().add_subplot(), rgba, 6.0)
    where = score.where(rgba)
    assert counts["orphan8"] == where["orphan8"].sum() > 0
    assert counts["jag"] == len(staircases(score.indexed_picture(rgba)[0]).uneven)
