"""Larger by rules."""

from __future__ import annotations

import numpy as np

from pincel.art.scale2x import enlarged_nearest, epx, scale2x


def test_a_diagonal_becomes_a_line_of_even_width() -> None:
    line = np.eye(3, dtype=np.int16)
    expected = np.array(
        [
            [1, 1, 0, 0, 0, 0],
            [1, 0, 1, 0, 0, 0],
            [0, 1, 1, 1, 0, 0],
            [0, 0, 1, 1, 1, 0],
            [0, 0, 0, 1, 0, 1],
            [0, 0, 0, 0, 1, 1],
        ]
    )
    assert np.array_equal(scale2x(line), expected)


def test_by_the_rule_written_out_pixel_by_pixel() -> None:
    rng = np.random.default_rng(2)
    small = rng.integers(-1, 3, (7, 9)).astype(np.int16)
    large = scale2x(small)
    around = np.pad(small, 1, mode="edge")
    for y in range(7):
        for x in range(9):
            p, up, down = small[y, x], around[y, x + 1], around[y + 2, x + 1]
            left, right = around[y + 1, x], around[y + 1, x + 2]
            block = [[p, p], [p, p]]
            if up != down and left != right:
                block = [
                    [left if left == up else p, right if right == up else p],
                    [left if left == down else p, right if right == down else p],
                ]
            assert np.array_equal(large[2 * y : 2 * y + 2, 2 * x : 2 * x + 2], block)


def test_flat_stays_flat_and_sizes_are_right() -> None:
    flat = np.full((3, 5), 4, np.int16)
    assert np.array_equal(epx(flat, 4), np.full((12, 20), 4))
    assert np.array_equal(enlarged_nearest(np.array([[1, 2]]), 2), [[1, 1, 2, 2], [1, 1, 2, 2]])
