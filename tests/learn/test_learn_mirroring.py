"""Whether pictures may be mirrored is answered by the data."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="training needs pincel[nets]")

from pincel import words  # noqa: E402
from pincel.calls import call  # noqa: E402
from pincel.learn.data import Data, DataPart, Report, open_data  # noqa: E402
from pincel.learn.mirroring import FEWEST, MirroringChoice, choose_mirroring  # noqa: E402
from pincel.learn.run import Run  # noqa: E402
from pincel.show.learn.mirroring import mirroring_sentence  # noqa: E402

SIDE = 12
Draw = Callable[[np.random.Generator, int], np.ndarray]


@pytest.fixture(autouse=True)
def _one_thread() -> Any:
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(threads)


def _data(draw: Draw, classes: int, val: int = 120) -> Data:
    rng = np.random.default_rng(8)
    parts = []
    for count in (400, val, 40):
        labels = np.arange(count) % classes
        drawn = np.stack([draw(rng, int(label)) for label in labels])
        noisy = np.clip(drawn + rng.normal(0, 12, drawn.shape), 0, 255).astype(np.uint8)
        parts.append(DataPart(noisy[..., None], labels, [str(i) for i in range(count)]))
    return Data("drawn", [f"c{i}" for i in range(classes)], *parts, "h", Report())


def _disc(rng: np.random.Generator, label: int) -> np.ndarray:
    """Round things of different sizes anywhere: neither up nor left."""
    y, x = np.mgrid[:SIDE, :SIDE]
    cy, cx = rng.uniform(3.5, 7.5, 2)  # the middle is 5.5
    return 200.0 * (np.hypot(y - cy, x - cx) < 2 + 1.4 * label)


def _arrow(rng: np.random.Generator, label: int) -> np.ndarray:
    """A bright end at the left or at the right: the mirror of one class is the other."""
    picture = np.full((SIDE, SIDE), 40.0)
    row = rng.integers(2, 10)
    picture[row - 1 : row + 2, (8 if label else 1) : (11 if label else 4)] = 220
    return picture


def _standing(rng: np.random.Generator, label: int) -> np.ndarray:
    """Bars that stand or lie, ground below: mirrored the same, turned another class."""
    picture = np.full((SIDE, SIDE), 30.0)
    place = rng.integers(2, 9)
    picture[(slice(None), slice(place, place + 2))[:: 1 if label else -1]] = 200
    return picture


def _marked(rng: np.random.Generator, label: int) -> np.ndarray:
    """Discs with a bright mark in the upper left corner of all: chiral, but the answer stays."""
    picture = _disc(rng, label)
    picture[:2, :2] = 255
    return picture


def _chosen(data: Data, makes: bool = False, seed: int = 0) -> MirroringChoice:
    asked = choose_mirroring(data, makes, seed)
    while True:
        try:
            done, of = next(asked)
            assert 0 < done <= of
        except StopIteration as found:
            return found.value


@pytest.mark.parametrize(
    ("draw", "kind"),
    [(_disc, "cells"), (_arrow, "shift,light"), (_standing, "mirror,shift,light")],
)
def test_answers_decide_for_networks_that_name_classes(draw: Draw, kind: str) -> None:
    found = _chosen(_data(draw, 2))
    assert found.kind == kind and found.why == "answers" and found.count == 120
    assert found.asked[0].straight > 0.9
    assert found == _chosen(_data(draw, 2)), "the same answer again"


@pytest.mark.parametrize(("draw", "kind"), [(_disc, "turns"), (_arrow, "turns"), (_marked, "none")])
def test_looks_decide_for_networks_that_make_pictures(draw: Draw, kind: str) -> None:
    """Arrows of both kinds are in the data: a mirrored one is no new picture."""
    found = _chosen(_data(draw, 2), makes=True)
    expected = {"none": "none"}.get(kind, "mirror" if draw is _arrow else kind)
    assert found.why == "looks" and found.kind == expected


def test_one_class_that_loses_its_answers_is_enough() -> None:
    """Two of ten classes are each other's mirror image: as a whole it looks harmless."""

    def draw(rng: np.random.Generator, label: int) -> np.ndarray:
        if label < 2:
            return _arrow(rng, label)
        picture = np.full((SIDE, SIDE), 40.0)
        picture[label : label + 2] = 220 - 10 * label
        return picture

    found = _chosen(_data(draw, 10, val=400))
    assert not found.asked[0].kept and found.asked[0].worst in ("c0", "c1")
    assert found.kind == "shift,light"


def test_what_cannot_be_shown_is_not_done() -> None:
    few = _chosen(_data(_disc, 2, val=FEWEST - 1))
    assert (few.kind, few.why) == ("shift,light", "few")
    assert _chosen(_data(_disc, 2, val=FEWEST - 1), makes=True).kind == "none"

    def noise(rng: np.random.Generator, label: int) -> np.ndarray:
        return rng.uniform(0, 255, (SIDE, SIDE))

    nothing = _chosen(_data(noise, 2))
    assert (nothing.kind, nothing.why) == ("shift,light", "unlearned")


def test_digits_are_not_mirrored_neither_named_nor_made() -> None:
    pytest.importorskip("sklearn")
    for makes in (False, True):
        found = _chosen(open_data("digits", labelled=not makes), makes)
        assert found.kind == ("none" if makes else "shift,light")
        assert not found.asked[0].kept


def test_it_is_said_kept_and_can_be_decided_otherwise(tmp_path: Any) -> None:
    pytest.importorskip("sklearn")
    shared = {"epochs": 1, "net": "widths=4,8 blocks=1,1", "runs": tmp_path, "precision": "fp32"}
    call("train", "cnn", "digits", name="own", **shared)
    call("train", "cnn", "digits", name="asked", augment="mirror,shift", **shared)
    own, asked = (Run.open(tmp_path / name) for name in ("own", "asked"))
    assert own.config["recipe"]["augment"] == own.config["changes"]["kind"] == "shift,light"
    assert "--augment shift,light" in own.config["command"]
    assert asked.config["recipe"]["augment"] == "mirror,shift"
    assert asked.config["changes"] == {"kind": "mirror,shift", "why": "asked"}
    page = (tmp_path / "own" / "page.html").read_text("utf-8")
    for code in words.LANGUAGES:
        words.use(code)
        said = mirroring_sentence(own.config["changes"])
        words.use(None)
        assert said in page
