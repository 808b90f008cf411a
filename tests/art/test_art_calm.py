"""Specks are taken in, what stands out stays."""

from __future__ import annotations

import numpy as np
import pytest

from pincel.art import score
from pincel.art.calm import areas_of_grid, calm

LAB = np.array([[0.5, 0, 0], [0.55, 0, 0], [0.95, 0, 0]], np.float32)


@pytest.mark.parametrize("seed", range(8))
def test_areas_are_those_of_scikit_image(seed: int) -> None:
    rng = np.random.default_rng(seed)
    index = rng.integers(-1, rng.integers(1, 4), (rng.integers(1, 33), rng.integers(1, 33)))
    assert np.array_equal(areas_of_grid(index), score.areas_of_picture(index))


def test_a_snake_is_one_area() -> None:
    index = np.zeros((9, 9), int)
    index[1::4, :8] = index[3::4, 1:] = 1
    assert np.array_equal(areas_of_grid(index), score.areas_of_picture(index))


def test_specks_go_and_glints_stay() -> None:
    index = np.zeros((8, 8), int)
    index[2, 2] = 1  # nearly the same: goes
    index[5, 5] = 2  # stands out: stays
    index[0, :] = -1
    index[6:, :3] = 1  # nearly the same, but no speck
    made = calm(index, LAB)
    wanted = index.copy()
    wanted[2, 2] = 0
    assert np.array_equal(made, wanted)


def test_only_free_pixels_change_and_the_outline_stays() -> None:
    rng = np.random.default_rng(0)
    index = rng.integers(-1, 3, (16, 16))
    free = rng.random((16, 16)) < 0.5
    made = calm(index, LAB, free=free)
    assert np.array_equal(made[~free], index[~free])
    assert np.array_equal(made < 0, index < 0)
    assert (made != index).any()
    whole = calm(index, LAB)
    restless = lambda i: ((areas_of_grid(i) <= 3) & (i >= 0)).sum()  # noqa: E731
    assert restless(whole) < 0.8 * restless(index)
    assert restless(calm(whole, LAB)) <= restless(whole)


def test_a_checkerboard_does_not_swap_for_ever() -> None:
    y, x = np.indices((8, 8))
    made = calm((y + x) % 2, LAB)
    assert len(np.unique(made)) == 1
