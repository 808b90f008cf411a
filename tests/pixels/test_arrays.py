from __future__ import annotations

import numpy as np
import pytest

from picture_files import scene
from pincel.pixels.arrays import axes_of, eight_bits, picture_from_array
from pincel.pixels.picture import Picture

RGB = scene()


def opened(values: np.ndarray) -> Picture:
    return picture_from_array(values, "the picture")


@pytest.mark.parametrize(
    "values",
    [
        RGB,
        RGB.astype(np.int64),
        RGB.astype(np.uint16) * 257,
        (RGB.astype(np.uint16) * 257).astype(">u2"),
        RGB / 255,
        (RGB / 255).astype(np.float32),
        np.moveaxis(RGB, -1, 0),
        np.asfortranarray(RGB),
        np.dstack([RGB, RGB]),
    ],
    ids=["uint8", "int64", "uint16", "big", "float64", "float32", "chw", "fortran", "six"],
)
def test_the_same_picture_in_other_numbers(values: np.ndarray) -> None:
    picture = opened(values)
    assert np.array_equal(picture.rgba[..., :3], RGB)
    assert np.all(picture.rgba[..., 3] == 255)
    assert picture.raw is not None
    assert np.array_equal(picture.raw, values)
    assert picture.info["stretched"] is None


@pytest.mark.parametrize("channels", [1, 2, 3, 4])
def test_channels(channels: int) -> None:
    values = scene(channels=4)[
        ..., [0] if channels == 1 else [0, 3] if channels == 2 else slice(channels)
    ]
    rgba = opened(values).rgba
    assert np.array_equal(rgba[..., 0], values[..., 0])
    assert np.all(rgba[..., 3] == (values[..., -1] if channels in (2, 4) else 255))
    assert np.array_equal(rgba[..., 2], values[..., 2 if channels > 2 else 0])


@pytest.mark.parametrize(
    "shape, axes",
    [
        ((64, 48), "hw"),
        ((64, 48, 1), "hwc"),
        ((64, 48, 3), "hwc"),
        ((64, 48, 13), "hwc"),
        ((3, 64, 48), "chw"),
        ((13, 64, 48), "dhw"),
        ((64, 64, 64), "dhw"),
        ((5, 64, 48, 3), "dhwc"),
        ((5, 64, 48, 30), None),
        ((64,), None),
    ],
)
def test_what_the_axes_are_taken_for(shape: tuple[int, ...], axes: str | None) -> None:
    assert axes_of(shape) == axes


def test_volume_shows_its_first_slice_in_the_range_of_all() -> None:
    volume = np.arange(6 * 20 * 10).reshape(6, 20, 10) - 100.0
    picture = opened(volume)
    assert picture.info["stretched"] == (-100, 1099)
    assert picture.rgba.shape == (20, 10, 4)
    assert picture.rgba[0, 0, 0] == 0
    assert picture.rgba[-1, -1, 0] == round(199 / 1199 * 255)


def test_what_is_no_number_shows_black() -> None:
    values = np.array([[np.nan, 0.25], [np.inf, 1.0]])
    shown, stretched = eight_bits(values)
    assert shown.tolist() == [[0, 64], [255, 255]]
    assert stretched is None
    assert eight_bits(np.full((2, 2), np.nan))[0].tolist() == [[0, 0], [0, 0]]


def test_constant_values_outside_the_usual_range() -> None:
    shown, stretched = eight_bits(np.full((2, 2), 9_000))
    assert np.all(shown == 0)
    assert stretched == (9_000, 9_000)


def test_alpha_of_other_numbers_stays_alpha() -> None:
    values = np.dstack([RGB.astype(np.int32) * 100, np.full(RGB.shape[:2], 25_500)])
    assert np.all(opened(values).rgba[..., 3] == 255)


def test_booleans() -> None:
    mask = RGB[..., 0] > 128
    assert np.array_equal(opened(mask).rgba[..., 0], mask * 255)
