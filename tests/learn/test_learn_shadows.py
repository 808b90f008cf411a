"""Cast shadows are cut off; outlines and black things stay."""

from __future__ import annotations

import numpy as np

from pincel.learn.shadows import unshadowed

RED, INK = (200, 30, 30, 255), (0, 0, 0, 255)


def framed() -> np.ndarray:
    """A red square with a black outline."""
    rgba = np.zeros((32, 32, 4), np.uint8)
    rgba[4:16, 4:16] = INK
    rgba[5:15, 5:15] = RED
    return rgba


def test_a_shadow_beside_the_thing_goes_and_its_outline_stays() -> None:
    thing = framed()
    shaded = thing.copy()
    shaded[10:17, 16:21] = INK
    found = unshadowed(shaded)
    assert (found[5:15, 16:] == 0).all()
    assert (found[5:15, 5:15] == thing[5:15, 5:15]).all()
    assert (found[5:15, 4] == INK).all()


def test_a_shadow_that_hangs_on_nothing_goes() -> None:
    shaded = framed()
    shaded[20:24, 18:30] = INK
    assert (unshadowed(shaded)[18:] == 0).all()


def test_black_things_and_things_without_ink_come_back_as_they_were() -> None:
    black = np.zeros((32, 32, 4), np.uint8)
    black[6:26, 6:26] = INK
    black[8:10, 10:12] = RED  # an eye
    assert (unshadowed(black) == black).all()
    plain = framed()
    plain[plain[..., 0] == 0] = 0
    assert (unshadowed(plain) == plain).all()


def test_ink_within_the_thing_stays_and_so_does_that_above_the_feet_of_who_stands() -> None:
    thing = framed()
    thing[8:12, 8:12] = INK
    assert (unshadowed(thing)[8:12, 8:12] == INK).all()
    horned = framed()
    horned[0:5, 16:20] = INK
    assert (unshadowed(horned, standing=True)[0:5, 16:20] == INK).all()
