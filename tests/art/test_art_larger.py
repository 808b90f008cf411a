"""Sprites of 48 and 64 pixels: thin lines, rims of light and shade, nothing lost."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import ndimage

from pincel.art.larger import grown, larger, thinned
from pincel.art.people import VIEWS, Appearance, person
from pincel.art.sprite import Sprite
from pincel.pixels.color import srgb_to_oklab

COLORS = np.array([[16, 12, 20], [190, 60, 50], [70, 110, 200], [240, 230, 220]], np.uint8)
LAB = srgb_to_oklab(COLORS)


def ball(side: int = 32, line: int = 1) -> np.ndarray:
    """A red ball with an outline and an eye."""
    y, x = np.indices((side, side))
    far = np.hypot(y - side / 2 + 0.5, x - side / 2 + 0.5)
    index = np.full((side, side), -1, np.int16)
    index[far < 12] = 0
    index[far < 12 - line] = 1
    index[12:14, 12:14] = 0
    return index


@pytest.mark.parametrize("side", [48, 64])
@pytest.mark.parametrize("line", [1, 2])
def test_lines_are_one_pixel_and_eyes_stay(side: int, line: int) -> None:
    made = larger(Sprite((ball(line=line),), COLORS), side)
    index = made.frames[0]
    assert index.shape == (side, side)
    dark = (index >= 0) & (srgb_to_oklab(made.palette)[np.maximum(index, 0), 0] < 0.27)
    middle = dark[side // 2 + 4]
    assert middle[: side // 2].sum() == 1 and middle[side // 2 :].sum() == 1
    number, count = ndimage.label(dark, np.ones((3, 3)))
    assert count == 2 and np.bincount(number.ravel())[1:].min() >= 4


@pytest.mark.parametrize("side", [48, 64])
def test_light_comes_from_the_upper_left(side: int) -> None:
    made = larger(Sprite((ball(),), COLORS), side)
    light = srgb_to_oklab(made.palette)[np.maximum(made.frames[0], 0), 0]
    body = (made.frames[0] >= 0) & (light > 0.27)
    y, x = np.indices(body.shape)
    upper = body & (y + x < 0.62 * side)
    lower = body & (y + x > 1.38 * side)
    assert light[upper].max() > light[side // 2, side // 2] > light[lower].min()
    assert len(made.palette) > len(COLORS)


def test_the_silhouette_is_that_of_scale2x() -> None:
    for side in (48, 64):
        made = larger(Sprite((ball(),), COLORS), side)
        assert np.array_equal(made.frames[0] >= 0, grown(ball().astype(int), side) >= 0)


def test_a_palette_that_stays_stays() -> None:
    made = larger(Sprite((ball(),), COLORS), 64, palette_stays=True)
    assert np.array_equal(made.palette, COLORS) and made.frames[0].max() < len(COLORS)


def test_all_frames_share_one_palette_of_at_most_31() -> None:
    made = larger(
        person(Appearance(right="sword", hat="crown", more=frozenset({"cape"})), VIEWS, 4), 64
    )
    assert len(made.frames) == 16 and len(made.palette) <= 31
    assert max(frame.max() for frame in made.frames) < len(made.palette)
    assert np.array_equal(made.frames[0], made.frames[2])


def test_areas_and_what_has_no_lines_stay() -> None:
    index = np.full((20, 20), -1)
    index[2:18, 2:18] = 1
    assert np.array_equal(thinned(index, LAB), index)
    index[6:14, 6:14] = 0  # a dark area is no line
    assert (thinned(index, LAB) == 0).sum() >= 60
    assert (thinned(np.where(index < 0, -1, 0), LAB) == 0).sum() == 16 * 16
