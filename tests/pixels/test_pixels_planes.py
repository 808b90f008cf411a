"""Colour planes: known colours, scikit-image, and the strips."""

from __future__ import annotations

import numpy as np
import pytest
from skimage import color

from pincel.pixels import planes


@pytest.mark.parametrize(
    "rgb, hsv, lab",
    [
        ((255, 0, 0), (0, 1, 1), (53.24, 80.09, 67.20)),
        ((0, 255, 0), (120, 1, 1), (87.73, -86.18, 83.18)),
        ((0, 0, 255), (240, 1, 1), (32.30, 79.19, -107.86)),
        ((255, 255, 255), (0, 0, 1), (100, 0, 0)),
        ((0, 0, 0), (0, 0, 0), (0, 0, 0)),
    ],
)
def test_known_colors(rgb: tuple, hsv: tuple, lab: tuple) -> None:
    pixel = np.array([rgb], np.uint8)
    assert planes.convert(pixel, "rgb")[0].tolist() == list(rgb)
    assert np.allclose(planes.convert(pixel, "hsv")[0], hsv)
    assert np.allclose(planes.convert(pixel, "lab")[0], lab, atol=0.02)


def test_oklab_of_red_and_white() -> None:
    # Ottosson, 2020, and the CSS Color 4 samples
    both = planes.convert(np.array([[255, 0, 0], [255, 255, 255]], np.uint8), "oklab")
    assert np.allclose(both, [[0.628, 0.2249, 0.1258], [1, 0, 0]], atol=1e-3)


@pytest.mark.parametrize("space", planes.SPACES)
def test_every_color_lies_in_the_named_range(space: str) -> None:
    steps = np.arange(0, 256, 15, dtype=np.uint8)
    cube = np.stack(np.meshgrid(steps, steps, steps), -1).reshape(-1, 1, 3)
    for axis, extent in zip(
        planes.SPACES[space], planes.extents(*planes.distinct(cube), space), strict=True
    ):
        assert axis.low - 1e-6 <= extent.least and extent.most <= axis.high + 1e-5
        assert extent.least < extent.mean < extent.most


@pytest.mark.parametrize("space", planes.SPACES)
def test_extents_do_not_depend_on_the_strips(space: str, monkeypatch: pytest.MonkeyPatch) -> None:
    rgb = np.random.default_rng(2).integers(0, 256, (37, 20, 3), dtype=np.uint8)
    rgb[:9] = rgb[0, 0]
    whole = planes.extents(*planes.distinct(rgb), space)
    values = planes.convert(rgb, space).reshape(-1, 3)
    assert np.allclose([e.mean for e in whole], values.mean(0))
    assert np.allclose([e.most for e in whole], values.max(0))
    monkeypatch.setattr(planes, "_STRIP", 50)
    for one, other in zip(whole, planes.extents(*planes.distinct(rgb), space), strict=True):
        assert one.least == other.least and one.most == other.most
        assert one.mean == pytest.approx(other.mean)


def test_grey_and_ground() -> None:
    rgb = np.random.default_rng(2).integers(0, 256, (9, 8, 3), dtype=np.uint8)
    assert np.abs(planes.grey(rgb) / 255 - color.rgb2gray(rgb)).max() <= 0.5 / 255 + 1e-9
    clear = np.dstack([rgb, np.zeros((9, 8), np.uint8)])
    assert (planes.on_ground(clear) == 255).all()
    half = np.array([[[0, 100, 255, 51]]], np.uint8)
    assert planes.on_ground(half)[0, 0].tolist() == [204, 224, 255]


def test_the_most_colorful_pixel() -> None:
    rgb = np.full((40, 60, 3), 90, np.uint8)
    rgb[31, 7] = (255, 0, 255)
    assert planes.most_colorful(rgb) == (7, 31)
