"""The best of several drawings: colours obeyed, something shown."""

from __future__ import annotations

import numpy as np

from pincel.art import lexicon
from pincel.make.words.ranking import asked_class, ranked


def blob(rgb: tuple[int, int, int], side: int = 16, reach: float = 5.0) -> np.ndarray:
    y, x = np.mgrid[:side, :side] - (side - 1) / 2
    rgba = np.zeros((side, side, 4), np.uint8)
    rgba[np.hypot(x, y) < reach] = (*rgb, 255)
    return rgba


def word(kind: str, name: str) -> int:
    return lexicon.by_name()[kind, name]


def test_the_named_colour_wins() -> None:
    sprites = np.stack([blob(rgb) for rgb in ((40, 60, 210), (210, 30, 30), (60, 180, 60))])
    for color, best in (("blue", 0), ("red", 1), ("green", 2)):
        found = ranked([word("colour", color)], sprites)
        assert int(np.argmax(found)) == best


def test_nothing_and_everything_lose() -> None:
    sprites = np.stack([blob((210, 30, 30), reach=reach) for reach in (0.1, 5.0, 99.0)])
    found = ranked([word("colour", "red")], sprites)
    assert int(np.argmax(found)) == 1


def test_the_class_is_the_first_object_that_has_one() -> None:
    names = lexicon.classes()
    dragon = word("object", "dragon")
    assert asked_class([word("colour", "red")]) is None
    assert asked_class([word("colour", "red"), dragon]) == names.index("dragon")
