"""Objects out of maps: the same at once and part by part, numbered from above to below."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.ndimage import gaussian_filter

from pincel.nets import _instances
from pincel.nets._instances import InstanceReading


def maps(seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Blobs that touch, and depth with several peaks in many of them."""
    rng = np.random.default_rng(seed)
    soft = gaussian_filter(rng.normal(size=(90, 120)), 3)
    depth = 0.4 + 2.4 * gaussian_filter(rng.normal(size=soft.shape), 2)
    return soft > 0.2 * soft.std(), depth.clip(0, 1).astype(np.float32)


@pytest.mark.parametrize("stands", [0.0, 0.05])
@pytest.mark.parametrize("smooth", [0.7, 1.2])
def test_a_large_picture_is_read_as_a_small_one(
    stands: float, smooth: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    how = InstanceReading(0.5, smooth, 0.5, 15, stands)
    for seed in range(3):
        inside, depth = maps(seed)
        at_once = _instances.objects(inside, depth, how)
        with monkeypatch.context() as small:
            small.setattr(_instances, "_AT_ONCE", 0)
            assert np.array_equal(_instances.objects(inside, depth, how), at_once)
        numbers = np.unique(at_once)
        assert numbers.tolist() == list(range(at_once.max() + 1)) and at_once.max() > 10
        assert np.bincount(at_once.ravel())[1:].min() >= how.smallest


def test_parts_side_by_side_are_cut_as_each_alone() -> None:
    how = InstanceReading(0.5, 0.7, 0.5, 15, 0.05)
    for seed in range(3):
        inside, depth = maps(seed)
        whole = _instances.parts(inside)
        parts = [(whole == number, depth) for number in range(1, whole.max() + 1)]
        parts += [(own[20:70, 30:90], depth[20:70, 30:90]) for own, _ in parts[:5]]
        together = _instances._all_split(parts, how)
        assert max(one.max() for one in together) > 2
        for part, found in zip(parts, together, strict=True):
            assert np.array_equal(_instances._split(*part, how), found)


def test_a_valley_parts_two_and_a_ripple_does_not() -> None:
    inside = np.zeros((30, 60), bool)
    inside[5:25, 5:55] = True
    x = np.arange(60)
    for valley, count in ((0.7, 2), (0.97, 1)):
        row = np.where(abs(x - 30) < 4, valley, 1.0)
        depth = np.where(inside, row, 0).astype(np.float32)
        found = _instances.objects(inside, depth, InstanceReading(0.5, 0.7, 0.5, 15, 0.1))
        assert found.max() == count
        assert np.array_equal(found > 0, inside)


def test_what_is_small_or_nowhere_deep_is_left_out() -> None:
    inside = np.zeros((20, 40), bool)
    inside[2:5, 2:5] = inside[8:16, 8:16] = inside[8:16, 25:33] = True
    depth = np.where(inside, 0.9, 0).astype(np.float32)
    depth[:, 25:33] = 0.3
    found = _instances.objects(inside, depth, InstanceReading(0.5, 0.7, 0.5, 15))
    assert found.max() == 1 and (found[8:16, 8:16] == 1).all() and (found > 0).sum() == 64
