"""Preparation: what a network reads of a picture, the same way from data, files and arrays."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from pincel.errors import PincelError
from pincel.learn import prepare
from pincel.pixels.open import open_picture


def test_prepared_pictures_have_mean_0_and_spread_1() -> None:
    rng = np.random.default_rng(0)
    for kind in (np.uint8, np.uint16, np.float32):
        most = {np.uint8: 255, np.uint16: 65535, np.float32: 1}[kind]
        pictures = (rng.random((50, 6, 5, 3)) ** 2 * most).astype(kind)
        about = {"prepare": prepare.preparation_facts(pictures)}
        read = prepare.network_numbers(pictures, about)
        assert read.shape == (50, 3, 6, 5) and read.dtype == np.float32
        assert np.abs(read.mean((0, 2, 3))).max() < 1e-3
        assert np.abs(read.std((0, 2, 3)) - 1).max() < 1e-3


def test_one_number_by_hand() -> None:
    pictures = np.full((1, 1, 1, 1), 51, np.uint8)  # 51 / 255 = 0.2
    about = {"prepare": {"size": [1, 1], "channels": 1, "mean": [0.5], "std": [0.25]}}
    assert prepare.network_numbers(pictures, about).item() == pytest.approx(-1.2)


def test_a_file_is_read_as_its_row_of_the_data(tmp_path: Path) -> None:
    rng = np.random.default_rng(1)
    values = rng.integers(0, 256, (4, 9, 7, 3), dtype=np.uint8)
    about = {"prepare": prepare.preparation_facts(values)}
    for i, one in enumerate(values):
        Image.fromarray(one).save(tmp_path / f"{i}.png")
    opened = [open_picture(tmp_path / f"{i}.png") for i in range(4)]
    assert np.array_equal(prepare.stacked(opened, about), values)


def test_channels() -> None:
    grey = np.full((2, 2, 1), 100, np.uint8)
    assert np.array_equal(prepare.with_channels(grey, 3), np.full((2, 2, 3), 100))
    assert prepare.with_channels(grey, 4)[0, 0].tolist() == [100, 100, 100, 255]
    clear = np.array([[[10, 20, 30, 0], [10, 20, 30, 255]]], np.uint8)
    assert prepare.with_channels(clear, 3)[0].tolist() == [[255, 255, 255], [10, 20, 30]]
    luma = prepare.with_channels(np.array([[[255, 0, 0]]], np.uint8), 1)
    assert luma.item() == 76  # 0.299 * 255
    with pytest.raises(PincelError, match="5 channels where 3"):
        prepare.with_channels(np.zeros((2, 2, 5), np.uint8), 3, "x")


def test_hidden_colours_are_not_read() -> None:
    rgba = np.zeros((3, 3, 4), np.uint8)
    rgba[..., :3] = 77
    rgba[1, 1, 3] = 255
    values = prepare.named_channels(open_picture(Image.fromarray(rgba)))[0]
    assert values[0, 0].tolist() == [0, 0, 0, 0] and values[1, 1].tolist() == [77, 77, 77, 255]
    rgba[..., 3] = 255
    assert prepare.named_channels(open_picture(Image.fromarray(rgba)))[0].shape == (3, 3, 3)


def test_shrinking_averages_and_types_keep_full_brightness() -> None:
    checks = (np.indices((8, 8)).sum(0) % 2 * 255).astype(np.uint8)[..., None]
    small = prepare.resized(checks, (2, 2))
    assert np.abs(small.astype(int) - 127).max() <= 8  # nearest neighbour would give 0 or 255
    white = np.full((1, 1, 1), 255, np.uint8)
    assert prepare.as_type(white, "uint16").item() == 65535
    assert prepare.as_type(white, "float32").item() == 1.0
    assert prepare.as_type(prepare.as_type(white, "uint16"), "uint8").item() == 255
