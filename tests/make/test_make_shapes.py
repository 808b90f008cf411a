"""The outlines that sketches begin with."""

from __future__ import annotations

import hashlib
from importlib import resources

import numpy as np
import pytest

from pincel.art import denoise, lexicon
from pincel.make.words import sketching
from pincel.make.words.shapes import SIDE, Shapes, bent, read_shapes, shape_bytes
from pincel.make.words.sketching import Wish


def disc(radius: float) -> np.ndarray:
    """The border of a disc, (16, 16) bool."""
    y, x = np.mgrid[:SIDE, :SIDE] - (SIDE - 1) / 2
    far = np.hypot(y, x)
    return (far < radius) & (far >= radius - 1.2)


@pytest.fixture
def shapes() -> Shapes:
    """Six of thing 3, of which two are also 9, one of thing 4 and one of thing 6."""
    things = np.array([3, 3, 3, 3, 3, 3, 4, 6])
    words = np.array([[0, 0], [9, 0], [0, 0], [5, 9], [0, 0], [0, 0], [0, 0], [0, 0]])
    lines = np.stack([disc(4 + 0.4 * n) for n in range(8)])
    return Shapes(things, words, lines)


def test_a_file_holds_what_was_written(shapes: Shapes) -> None:
    held = read_shapes(shape_bytes(shapes))
    assert np.array_equal(held.thing, shapes.thing)
    assert np.array_equal(held.words, shapes.words)
    assert np.array_equal(held.lines, shapes.lines)


def test_the_same_seed_gives_the_same_outlines(shapes: Shapes) -> None:
    one, two, other = (shapes.some([1, 3], seed, 4) for seed in (5, 5, 6))
    assert one is not None
    assert one.shape == (4, SIDE, SIDE)
    assert np.array_equal(one, two)
    assert not np.array_equal(one, other)
    assert shapes.some([1, -3, 2], 5, 4) is None, "what is not wanted gives no outline"
    few = shapes.some([4], 5, 4)
    assert few is not None
    assert few.any((1, 2)).tolist() == [True, False, True, False], "only one: half stay free"


def test_half_of_the_outlines_are_mirrored() -> None:
    half = disc(6)
    half[:, SIDE // 2 :] = False
    turned = [
        bent(half, np.random.default_rng(seed))[:, SIDE // 2 + 1 :].any() for seed in range(60)
    ]
    assert 18 <= sum(turned) <= 42


def test_what_is_also_said_comes_first(shapes: Shapes) -> None:
    def sizes(found: np.ndarray) -> set[int]:
        return {int(np.abs(np.flatnonzero(one.any(1))[[0, -1]] - 8).max()) for one in found}

    found = [shapes.some([3, 9], seed, 2) for seed in range(8)]
    close = [shapes.lines[1], shapes.lines[3]]
    for pair in found:
        assert pair is not None
        for one in pair:  # bent by a row and a column at most
            assert any(abs(int(one.sum()) - int(like.sum())) <= 4 for like in close), sizes(pair)


def test_bending_keeps_an_outline_whole() -> None:
    rng = np.random.default_rng(3)
    made = [bent(disc(6), rng) for _ in range(40)]
    high = {int(np.ptp(np.flatnonzero(one.any(1)))) + 1 for one in made}
    wide = {int(np.ptp(np.flatnonzero(one.any(0)))) + 1 for one in made}
    assert high == wide == {11, 12, 13}
    for one in made:
        rows = one[one.any(1)]
        assert np.ptp(np.flatnonzero(one.any(1))) + 1 == len(rows), "no row is torn out"
    small = disc(3)
    assert all(bent(small, rng).sum() == small.sum() for _ in range(20)), "small ones stay"


def test_each_sketch_follows_its_own_outline(shapes: Shapes) -> None:
    told = []

    def see(x: np.ndarray, t: np.ndarray, words: np.ndarray, planes: np.ndarray) -> np.ndarray:
        told.append(planes[:, 5:].copy())
        return np.zeros_like(x)

    row = np.zeros((1, 13), np.int64)
    wish = Wish([3], steps=2, guidance=1.0, candidates=3)
    sketching.sketches(see, row, wish, [7, 8], sketching.DrawingWatch(), shapes)
    wanted = np.concatenate([shapes.some([3], seed, 3) for seed in (7, 8)])  # type: ignore[arg-type]
    assert np.array_equal(told[0][:, 0], wanted)
    assert (told[0][:, 1] == 1).all()
    scribble = np.zeros((32, 32), bool)
    scribble[8, 4:28] = True
    wish = Wish([3], steps=2, guidance=1.0, candidates=3, outline=scribble)
    sketching.sketches(see, row, wish, [7], sketching.DrawingWatch(), shapes)
    assert (told[-1][:, 0] == wish.lines).all(), "a scribble comes first"


def test_an_empty_outline_says_nothing() -> None:
    lines = np.zeros((2, SIDE, SIDE), bool)
    lines[0, 3, 3:9] = True
    planes = denoise.hint_arrays(None, None, lines, (2, SIDE))
    assert (planes[0, 6] == 1).all()
    assert not planes[1].any()


def test_the_shipped_outlines_show_objects() -> None:
    data = (resources.files("pincel") / "weights" / "draw.sprites.shapes.npz").read_bytes()
    shapes = read_shapes(data)
    words = lexicon.vocabulary()
    assert {words[int(n)]["kind"] for n in np.unique(shapes.thing)} == {"object"}
    assert shapes.lines.any((1, 2)).all()
    known = {words[int(n)]["en"] for n in np.unique(shapes.thing)}
    assert len(set(lexicon.classes()) & known) >= 95
    assert len({hashlib.sha256(one.tobytes()).digest() for one in shapes.lines}) > 3000
