"""Real sprites pass; each way of spoiling them is noticed by the number that should notice it."""

from __future__ import annotations

import zipfile
from pathlib import Path

import numpy as np
import pytest

from pincel.art.verdict import judge

FEW = 24


@pytest.fixture
def validity(monkeypatch: pytest.MonkeyPatch):
    """benchmarks/score_validity.py as a module."""
    pytest.importorskip("sklearn", reason='needs pip install "pincel[bench]"')
    monkeypatch.syspath_prepend(str(Path(__file__).parents[2] / "benchmarks"))
    module = pytest.importorskip("score_validity")
    monkeypatch.setattr(module, "COUNT", FEW)
    return module


def test_real_sprites_pass_and_spoilt_ones_are_noticed(validity, shared: Path) -> None:
    sprites = validity.real_sprites(shared / "sprites.zip", "superpowers")
    assert len(sprites) == FEW
    verdicts = [judge(sprite) for sprite in sprites]
    assert np.mean([verdict.real for verdict in verdicts]) >= 0.95
    assert np.mean([verdict.grade == "yes" for verdict in verdicts]) >= 0.8
    rng = np.random.default_rng(0)
    real = [validity.numbers(sprite, "superpowers") for sprite in sprites]
    for name, change, noticing in validity.DEGRADED:
        spoilt = [validity.numbers(change(sprite, rng), "superpowers") for sprite in sprites]
        for number in noticing:
            worse, area = validity.noticed(number, real, spoilt)
            least = (0.6, 0.55) if number in ("jag", "tiny") else (0.9, 0.85)
            assert worse >= least[0] and area >= least[1], (name, number, worse, area)


def test_plain_conversions_are_called_converted(validity, monkeypatch) -> None:
    pytest.importorskip("dicebear")
    monkeypatch.setattr(validity, "FACES", 3)
    made = validity.naive("flat")
    grades = [judge(picture).grade for picture in made]
    assert np.mean([grade == "rough" for grade in grades]) >= 0.6, grades


@pytest.fixture
def judging(monkeypatch: pytest.MonkeyPatch):
    """benchmarks/judging.py as a module."""
    monkeypatch.syspath_prepend(str(Path(__file__).parents[2] / "benchmarks"))
    return pytest.importorskip("judging")


def test_no_source_is_accused_and_conversions_are_seen(judging, shared: Path) -> None:
    pytest.importorskip("dicebear")
    pytest.importorskip("skimage.data")
    archive = zipfile.ZipFile(shared / "sprites.zip")
    for source in judging.SOURCES:
        verdicts = [judge(sprite) for _, sprite in judging.real(archive, source, 1, 60)]
        assert np.mean([verdict.grade == "rough" for verdict in verdicts]) <= 0.05 + 1e-9, source
        assert np.mean([verdict.enlarged is not None for verdict in verdicts]) <= 0.05, source
    grades: dict[str, list[bool]] = {}
    for number, picture in enumerate(judging.sources(1)):
        if number % 4 == 0:
            for way in judging.WAYS:
                converted = judge(judging.convert(picture, way, 48, 16)).grade == "rough"
                grades.setdefault(way, []).append(converted)
    for way, hits in grades.items():
        assert np.mean(hits) >= 0.6, (way, hits)


def test_enlarged_sprites_tell_their_true_size(judging, shared: Path) -> None:
    archive = zipfile.ZipFile(shared / "sprites.zip")
    for row in judging.told(archive, 12):
        called, right = (float(cell.strip(" %")) for cell in row.split("|")[-3:-1])
        assert called >= 90 and right >= 85, row
