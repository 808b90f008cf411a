"""Where the craft numbers draw their lines, held from both sides."""

from __future__ import annotations

import numpy as np
import pytest

from pincel.art import score
from pincel.pixels.color import srgb_to_oklab

GREYS = np.arange(256, dtype=np.uint8)[:, None].repeat(3, 1)


def grey_at(light: float) -> np.ndarray:
    """The grey whose OKLab lightness comes nearest to this."""
    return GREYS[np.abs(srgb_to_oklab(GREYS)[:, 0] - light).argmin()]


@pytest.mark.parametrize(
    ("share", "counted"),
    [(0.2, False), (0.28, True), (0.4, True), (0.6, True), (0.72, True), (0.8, False)],
)
def test_a_colour_is_between_two_others_in_the_middle_half_of_the_way(
    share: float, counted: bool
) -> None:
    """Black, a grey this far on the way in OKLab, white: three rows of it."""
    palette = np.array([GREYS[0], grey_at(share), GREYS[255]])
    indices = np.array([[0, 0, 1, 2, 2]] * 3)
    assert score.craft(indices, palette).fringe == pytest.approx(3 / 15 if counted else 0)


@pytest.mark.parametrize(("beside", "counted"), [(8, True), (80, False)])
def test_a_colour_beside_the_way_is_no_mixture(beside: int, counted: bool) -> None:
    middle = grey_at(0.5) + np.array([beside, 0, -beside])
    palette = np.array([GREYS[0], np.clip(middle, 0, 255), GREYS[255]]).astype(np.uint8)
    found = score.craft(np.array([[0, 0, 1, 2, 2]] * 3), palette).fringe
    assert (found > 0) == counted


def test_the_cluster_is_that_of_the_middle_pixel_not_the_mean() -> None:
    """Areas of 9, 3, 2 and 1 pixels: nine of fifteen pixels lie in the first, so it is 9."""
    indices = np.array([[0, 0, 0, 1, 2], [0, 0, 0, 1, 2], [0, 0, 0, 1, 3]])
    palette = np.array([[0, 0, 0], [255, 0, 0], [0, 255, 0], [0, 0, 255]], np.uint8)
    assert sorted(np.unique(score.areas_of_picture(indices))) == [1, 2, 3, 9]
    assert score.craft(indices, palette).cluster == 9
