"""Holes filled from around them: a regular texture comes back exactly, flat areas go on."""

from __future__ import annotations

import numpy as np
import pytest

from pincel.art.fill import busy, fill, surrounded_by

PALETTE = np.array([[200, 40, 40], [40, 20, 30], [240, 220, 90], [60, 90, 200]], np.uint8)


def holed(shape: tuple[int, int], top: int, left: int, high: int, wide: int) -> np.ndarray:
    hole = np.zeros(shape, bool)
    hole[top : top + high, left : left + wide] = True
    return hole


def test_a_regular_texture_comes_back() -> None:
    y, x = np.mgrid[0:32, 0:32]
    bricks = ((y % 8 == 0) | ((x + 4 * (y // 8 % 2)) % 8 == 0)).astype(np.int16)
    checks = ((x // 2 + y // 2) % 2 + 2 * (x % 2)).astype(np.int16)
    for true in (bricks, checks):
        hole = holed(true.shape, 12, 11, 7, 8)
        assert np.array_equal(fill(np.where(hole, 3, true), PALETTE, hole), true)


def test_flat_areas_go_on_with_straight_edges() -> None:
    true = np.zeros((24, 24), np.int16)
    true[:, 12:], true[18:] = 1, 2
    hole = holed(true.shape, 5, 8, 6, 8)
    filled = fill(np.where(hole, -1, true).astype(np.int16), PALETTE, hole)
    assert np.array_equal(filled, true)


def test_only_the_hole_changes_and_no_colour_is_new() -> None:
    rng = np.random.default_rng(0)
    for size in ((6, 5), (16, 16), (20, 33)):
        indices = rng.integers(-1, 3, size).astype(np.int16)
        hole = rng.random(size) < 0.3
        filled = fill(indices, PALETTE, hole)
        assert np.array_equal(filled[~hole], indices[~hole])
        assert set(np.unique(filled[hole])) <= set(np.unique(indices[~hole]))
    assert np.array_equal(fill(indices, PALETTE, np.zeros(size, bool)), indices)
    with pytest.raises(ValueError, match="nothing"):
        fill(indices, PALETTE, np.ones(size, bool))


def test_what_surrounds_a_hole_and_how_busy_a_picture_is() -> None:
    indices = np.full((12, 12), -1, np.int16)
    indices[:6] = 2
    assert surrounded_by(indices, holed(indices.shape, 1, 4, 3, 3)) == 2
    assert surrounded_by(indices, holed(indices.shape, 8, 4, 2, 3)) == -1
    y, x = np.mgrid[0:9, 0:9]
    assert busy((x + y) % 2, np.zeros((9, 9), bool)) == 1
    assert busy(np.zeros((9, 9), int), np.zeros((9, 9), bool)) == 0
