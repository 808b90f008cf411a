"""What maps of outlined objects should say, pixel by pixel."""

from __future__ import annotations

import numpy as np

from pincel.learn.objects.changed import aims

ONE = np.array([0, 1])


def test_depth_rises_from_the_rim_to_the_middle() -> None:
    labels = np.zeros((9, 9), int)
    labels[1:8, 1:8] = 1
    depth = aims(labels, ONE)[1]
    assert depth[4, 4] == 1 and depth.min() == 0
    assert (depth[4, 1:5] == np.sort(depth[4, 1:5])).all() and depth[4, 1] < 0.5


def test_a_window_within_one_object_is_equally_deep() -> None:
    """SciPy 1.17.1 measures the distance to a place outside, where there is no ground."""
    found = aims(np.ones((12, 12), int), ONE)
    assert (found[0] == 1).all() and (found[1] == 1).all() and (found[4] == 0).all()
    assert np.allclose(found[2:4].sum((1, 2)), 0), "the middle is the window's"


def test_close_objects_have_a_line_between_them() -> None:
    labels = np.zeros((7, 12), int)
    labels[2:5, 1:5], labels[2:5, 6:10] = 1, 2
    close = aims(labels, np.array([0, 1, 1]))[4]
    assert close[3, 5] and close[3, 4] and not close[3, 1] and not close[0, 0]
