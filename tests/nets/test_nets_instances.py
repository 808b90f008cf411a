"""Objects out of depth."""

from __future__ import annotations

import numpy as np
import pytest

from pincel.nets._instances import InstanceReading, chances, objects


def two(valley: float) -> np.ndarray:
    """Depth (20, 40) of two objects that touch: 0.9 in their middles, `valley` between them."""
    across = np.interp(np.arange(40), [4, 12, 20, 28, 36], [0.1, 0.9, valley, 0.9, 0.1])
    down = np.interp(np.arange(20), [2, 10, 18], [0.1, 1.0, 0.1])
    return (across * down[:, None]).astype(np.float32)


@pytest.mark.parametrize(
    "valley, stands, count",
    [(0.4, 0.0, 2), (0.7, 0.0, 1), (0.7, 0.1, 2), (0.86, 0.1, 1), (0.9, 0.05, 1)],
)
def test_a_core_of_two_peaks_is_two_where_both_stand_out(
    valley: float, stands: float, count: int
) -> None:
    depth = two(valley)
    how = InstanceReading(smooth=0.3, core=0.5, stands=stands)
    labels = objects(depth > 0.1, depth, how)
    assert labels.max() == count
    assert np.array_equal(labels > 0, depth > 0.1)
    if count == 2:
        assert labels[10, 12] == 1 and labels[10, 28] == 2


def test_three_peaks_may_part_at_two_levels() -> None:
    rows = np.interp(
        np.arange(60), [0, 10, 20, 30, 40, 50, 59], [0.1, 0.9, 0.6, 0.9, 0.7, 0.9, 0.1]
    )
    depth = (rows * np.interp(np.arange(20), [0, 10, 19], [0.1, 1, 0.1])[:, None]).astype(
        np.float32
    )
    found = objects(depth > 0.1, depth, InstanceReading(smooth=0.3, core=0.4, stands=0.1))
    assert found.max() == 3
    assert objects(depth > 0.1, depth, InstanceReading(smooth=0.3, core=0.4)).max() == 1


def test_one_score_says_what_two_say() -> None:
    both = np.random.default_rng(0).normal(size=(2, 5, 7)).astype(np.float32) * 4
    one = both[1:] - both[:1]
    assert chances(one) == pytest.approx(chances(both), abs=1e-6)
    far = chances(np.array([[[-500.0, 500.0]]], np.float32))
    assert far[:, 0].tolist() == [[1, 0], [0, 1]]
