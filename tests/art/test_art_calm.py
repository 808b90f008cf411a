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


SIDES = ((0, 1), (1, 0), (0, -1), (-1, 0))


def _taken(index: np.ndarray, lab: np.ndarray, free: np.ndarray, reach: float) -> dict:
    """What each speck takes, pixel by pixel."""
    size, taken = areas_of_grid(index), {}
    for y, x in map(tuple, np.argwhere((index >= 0) & (size <= 3) & free)):
        best = np.inf
        for a, b in ((y + dy, x + dx) for dy, dx in SIDES):
            if not (0 <= a < len(index) and 0 <= b < index.shape[1]) or size[a, b] < size[y, x]:
                continue
            far = np.linalg.norm(lab[index[a, b]] - lab[index[y, x]])
            cost = far - 0.005 * min(size[a, b], 4)
            if index[a, b] not in (-1, index[y, x]) and far < reach and cost < best:
                best, taken[y, x] = cost, index[a, b]
    return taken


@pytest.mark.parametrize("seed", range(12))
def test_each_speck_takes_what_the_rule_names(seed: int) -> None:
    rng = np.random.default_rng(seed)
    lab = rng.random((5, 3)).astype(np.float32) * 0.4
    index = rng.integers(-1, 5, (rng.integers(2, 20), rng.integers(2, 20)))
    free = rng.random(index.shape) < 0.8
    wanted = index.copy()
    for _ in range(6):
        taken = _taken(wanted, lab, free, 0.2)
        for (y, x), entry in taken.items():
            if (y + x) % 2 == 0 or not any((y + dy, x + dx) in taken for dy, dx in SIDES):
                wanted[y, x] = entry
    assert np.array_equal(calm(index, lab, reach=0.2, free=free), wanted)
