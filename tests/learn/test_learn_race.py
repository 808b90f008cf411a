from __future__ import annotations

import numpy as np
import pytest
from scipy import ndimage

from pincel.learn.data import open_data
from pincel.learn.race import RACERS, Lap, RacePlan, Result, Trained, edges, moved_by_pixels, race
from pincel.nets import _needed

pytestmark = pytest.mark.skipif(
    bool(_needed.missing_libraries("sklearn")), reason="needs pincel[nets]"
)


@pytest.mark.parametrize(("down", "across"), [(0, 0), (2, 0), (0, -3), (-1, 1)])
def test_moved_is_scipys_shift_with_its_border(down: int, across: int) -> None:
    pictures = np.random.default_rng(0).integers(0, 255, (2, 9, 7, 3), dtype=np.uint8)
    wanted = ndimage.shift(pictures, (0, down, across, 0), order=0, mode="nearest")
    assert np.array_equal(moved_by_pixels(pictures, down, across), wanted)


def test_edges_have_one_description_each() -> None:
    found = edges(np.random.default_rng(0).integers(0, 255, (3, 28, 28, 3), dtype=np.uint8))
    assert found.shape == (3, 3 * 3 * 2 * 2 * 9)
    assert np.isfinite(found).all()


def test_all_racers_arrive_learn_and_suffer_from_moves() -> None:
    ticks = iter(range(10_000))
    plan = RacePlan(pictures=600, tested=80, epochs=8, reach=2)
    news = list(race(open_data("digits"), plan, lambda: float(next(ticks))))
    results = [n for n in news if isinstance(n, Result)]
    assert tuple(r.name for r in results) == RACERS
    assert sum(isinstance(n, Lap) for n in news) == 3 + 2 * 8
    for result in results:
        # ticks of the clock that was given: one for each step of a network, one for hog
        assert result.seconds == (1 if result.name == "hog" else 8 * (600 // 32))
        assert len(result.accuracy) == 3
        assert result.accuracy[0] > 0.35, result
        assert result.accuracy[2] < result.accuracy[0]
        assert result.shifted == pytest.approx(np.mean(result.accuracy[1:]))
    perceptron, hog, cnn = results
    assert perceptron.parameters == 64 * 256 + 256 + 256 * 128 + 128 + 128 * 10 + 10
    assert hog.parameters == (hog.inputs + 1) * 10
    assert cnn.parameters > 10_000
    for trained in (n for n in news if isinstance(n, Trained)):
        assert [entry["epoch"] for entry in trained.run.metrics()] == list(range(1, 9))


def test_a_race_goes_on_where_it_stood(tmp_path) -> None:
    import torch

    from pincel.learn.run import Run

    plan, data = RacePlan(pictures=200, tested=40, epochs=3, reach=1), open_data("digits")

    def run(folder):
        return race(data, plan, lambda: 0.0, folder)

    whole = [n for n in run(tmp_path / "whole") if isinstance(n, Result)]
    laps = 0
    for news in run(tmp_path / "broken"):
        laps += isinstance(news, Lap)
        if laps == 4 + 1 + 3:  # the perceptron and hog have arrived, the cnn ends its second pass
            break
    begun = Run.open(tmp_path / "broken" / "cnn").last()
    assert begun is not None and 0 < begun.step < 18
    rest = list(run(tmp_path / "broken"))
    assert [n.name for n in rest if isinstance(n, Lap)].count("cnn") < 4
    assert [r.accuracy for r in rest if isinstance(r, Result)] == [r.accuracy for r in whole]
    one, two = (Run.open(tmp_path / n / "cnn").last() for n in ("whole", "broken"))
    assert all(torch.equal(one.weights[key], two.weights[key]) for key in one.weights)


def test_in_grey_all_read_one_channel(tmp_path) -> None:
    rng = np.random.default_rng(0)
    path = tmp_path / "colours.npz"
    labels = np.arange(40) % 2
    pictures = rng.integers(0, 60, (40, 12, 12, 3), dtype=np.uint8)
    pictures[labels == 1, :, :, 0] += 150  # told apart by red, and by brightness
    np.savez(path, images=pictures, labels=labels)
    plan = RacePlan(pictures=30, tested=10, epochs=1, reach=0, grey=True)
    results = [n for n in race(open_data(path), plan, lambda: 0.0) if isinstance(n, Result)]
    assert [r.inputs for r in results if r.name != "hog"] == [144, 144]
    assert all(r.shifted == r.accuracy[0] for r in results)
