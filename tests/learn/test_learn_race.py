from __future__ import annotations

import numpy as np
import pytest
from scipy import ndimage

from pincel.learn.data import open_data
from pincel.learn.race import RACERS, Lap, Plan, Result, edges, moved, race
from pincel.nets import _needed

pytestmark = pytest.mark.skipif(bool(_needed.missing("sklearn")), reason="needs pincel[nets]")


@pytest.mark.parametrize(("down", "across"), [(0, 0), (2, 0), (0, -3), (-1, 1)])
def test_moved_is_scipys_shift_with_its_border(down: int, across: int) -> None:
    pictures = np.random.default_rng(0).integers(0, 255, (2, 9, 7, 3), dtype=np.uint8)
    wanted = ndimage.shift(pictures, (0, down, across, 0), order=0, mode="nearest")
    assert np.array_equal(moved(pictures, down, across), wanted)


def test_edges_have_one_description_each() -> None:
    found = edges(np.random.default_rng(0).integers(0, 255, (3, 28, 28, 3), dtype=np.uint8))
    assert found.shape == (3, 3 * 3 * 2 * 2 * 9)
    assert np.isfinite(found).all()


def test_all_racers_arrive_learn_and_suffer_from_moves() -> None:
    ticks = iter(range(100))
    plan = Plan(pictures=600, tested=80, epochs=8, reach=2)
    news = list(race(open_data("digits"), plan, lambda: float(next(ticks))))
    results = [n for n in news if isinstance(n, Result)]
    assert tuple(r.name for r in results) == RACERS
    assert sum(isinstance(n, Lap) for n in news) == 3 + 2 * 8
    for result in results:
        assert result.seconds == 1.0  # one tick of the clock that was given
        assert len(result.accuracy) == 3
        assert result.accuracy[0] > 0.35, result
        assert result.accuracy[2] < result.accuracy[0]
        assert result.shifted == pytest.approx(np.mean(result.accuracy[1:]))
    perceptron, hog, cnn = results
    assert perceptron.parameters == 64 * 256 + 256 + 256 * 128 + 128 + 128 * 10 + 10
    assert hog.parameters == (hog.inputs + 1) * 10
    assert cnn.parameters > 10_000
    again = [n for n in race(open_data("digits"), plan, lambda: 0.0) if isinstance(n, Result)]
    assert [r.accuracy for r in again] == [r.accuracy for r in results]


def test_in_grey_all_read_one_channel(tmp_path) -> None:
    rng = np.random.default_rng(0)
    path = tmp_path / "colours.npz"
    labels = np.arange(40) % 2
    pictures = rng.integers(0, 60, (40, 12, 12, 3), dtype=np.uint8)
    pictures[labels == 1, :, :, 0] += 150  # told apart by red, and by brightness
    np.savez(path, images=pictures, labels=labels)
    plan = Plan(pictures=30, tested=10, epochs=1, reach=0, grey=True)
    results = [n for n in race(open_data(path), plan, lambda: 0.0) if isinstance(n, Result)]
    assert [r.inputs for r in results if r.name != "hog"] == [144, 144]
    assert all(r.shifted == r.accuracy[0] for r in results)
