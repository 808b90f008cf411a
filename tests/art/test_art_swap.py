"""Palette swaps: single colours of a finished sprite exchanged."""

from __future__ import annotations

import numpy as np

from pincel.art.sprite import Sprite
from pincel.art.swap import swapped

RED, GREEN, BLUE = (200, 0, 0), (0, 200, 0), (0, 0, 200)


def sprite() -> Sprite:
    one = np.array([[0, 1], [2, -1]], np.int16)
    return Sprite((one, one[::-1].copy()), np.array([RED, GREEN, BLUE], np.uint8), (80, 90))


def test_a_color_is_exchanged_in_all_frames_and_nothing_else() -> None:
    before, after = sprite(), swapped(sprite(), "#00c800 = #102030, ffffff=#000000")
    assert after.durations == before.durations
    for number in range(2):
        was, now = before.rgba(number), after.rgba(number)
        exchanged = (was[..., :3] == GREEN).all(-1)
        assert (now[exchanged] == (0x10, 0x20, 0x30, 255)).all()
        assert np.array_equal(now[~exchanged], was[~exchanged])


def test_two_that_become_the_same_are_one_and_a_circle_is_no_chain() -> None:
    merged = swapped(sprite(), "#00c800=#c80000")
    assert merged.palette.tolist() == [list(RED), list(BLUE)]
    assert merged.rgba()[0, 1].tolist() == [*RED, 255]
    turned = swapped(sprite(), "#c80000=#00c800,#00c800=#c80000")
    assert turned.palette.tolist() == [list(GREEN), list(RED), list(BLUE)]
    assert swapped(sprite(), None).palette.tolist() == sprite().palette.tolist()
