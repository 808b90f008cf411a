"""Glasses of a sprite are there whole or not at all."""

from __future__ import annotations

import numpy as np
import pytest

from pincel.make.pictures import whole_parts

SKIN, HAIR, GLASSES, LENS = 1, 2, 3, 4
CLEAR = ["......", ".33.33", ".33333", "......"]
DARK = ["......", ".34.34", ".33333", "......"]
PART = {"over": [HAIR], "shapes": [CLEAR, DARK]}


def _scores(drawn: list[str], sure: float = 2.0) -> np.ndarray:
    """As a network answers that is equally sure of all pixels, and else says skin."""
    roles = whole_parts.shape_of(drawn)
    scores = (sure * (np.arange(5)[:, None, None] == roles)).astype(np.float32)
    scores[SKIN] += 0.1
    return scores


@pytest.mark.parametrize(
    ("drawn", "right"),
    [  # most of a pair of glasses: all of it
        (["111111", "131133", "133331", "111111"], ["111111", "133133", "133333", "111111"]),
        (["111111", "134134", "131331", "111111"], ["111111", "134134", "133333", "111111"]),
        # a lens alone: none
        (["111111", "133111", "111111", "111111"], ["111111", "111111", "111111", "111111"]),
        # what hair hangs over stays hair, and does not count
        (["111222", "133222", "133322", "111111"], ["111222", "133222", "133322", "111111"]),
        # a stray pixel elsewhere is no glasses either
        (["111111", "111111", "111111", "111113"], ["111111"] * 4),
    ],
)
def test_a_part_is_whole_or_not_there(drawn: list[str], right: list[str]) -> None:
    found = whole_parts.decided(_scores(drawn), [PART])
    assert whole_parts.letters_of(found) == right


def test_surer_pixels_weigh_more() -> None:
    scores = _scores(["111111", "133111", "111111", "111111"])
    scores[GLASSES, 1, 1:3] = 30
    assert whole_parts.letters_of(whole_parts.decided(scores, [PART]))[2] == "133333"


@pytest.mark.parametrize(("margin", "there"), [(0.0, True), (1.0, True), (2.5, False)])
def test_a_margin_asks_for_more(margin: float, there: bool) -> None:
    scores = _scores(["111111", "133133", "133333", "111111"])
    found = whole_parts.decided(scores, [{**PART, "margin": margin}])
    assert bool((found == GLASSES).any()) is there


def test_without_shapes_each_pixel_decides() -> None:
    scores = np.random.default_rng(1).random((5, 4, 6), np.float32)
    assert np.array_equal(whole_parts.decided(scores, []), scores.argmax(0))


def test_shapes_come_back_as_they_went() -> None:
    assert whole_parts.letters_of(whole_parts.shape_of(DARK)) == DARK


FRINGE = ["222222", "222222", "......", "......"]
SHORT = {"over": [], "few": 6, "beside": [LENS], "margin": -1.0, "shapes": [FRINGE]}


@pytest.mark.parametrize(
    ("drawn", "there"),
    [
        (["222111", "221111", "111111", "111111"], 12),  # nearly none becomes all
        (["111111", "111111", "111112", "111111"], 0),  # a stray pixel goes
        (["111111"] * 4, 0),  # none stays none
        (["222222", "222111", "111111", "111111"], 9),  # more than a few decide by themselves
        (["222111", "221111", "111411", "111111"], 5),  # beside a hat (here a lens) as well
    ],
)
def test_little_hair_is_whole_or_not_there(drawn: list[str], there: int) -> None:
    found = whole_parts.decided(_scores(drawn), [SHORT])
    assert int((found == HAIR).sum()) == there
