"""What a detector is worth: an interval against its closed form, easy and impossible tasks."""

from __future__ import annotations

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="training needs pincel[nets]")

from scipy import stats  # noqa: E402

from pincel.learn.detection import Detected, Learning, detect  # noqa: E402
from pincel.learn.measure import interval  # noqa: E402
from pincel.nets import detector  # noqa: E402


@pytest.mark.parametrize(("right", "count"), [(0, 10), (5, 10), (93, 100), (20, 20)])
def test_interval_is_scipys_wilson(right: int, count: int) -> None:
    wanted = stats.binomtest(right, count).proportion_ci(method="wilson")
    assert interval(right, count) == pytest.approx((wanted.low, wanted.high), abs=1e-9)


def test_the_residual_is_what_neighbours_do_not_say() -> None:
    flat = torch.full((1, 2, 6, 6), 0.7)
    assert torch.allclose(detector.residual(flat), torch.zeros(1, 2, 6, 6), atol=1e-6)
    dot = torch.zeros(1, 1, 5, 5)
    dot[..., 2, 2] = 9
    found = detector.residual(dot)[0, 0]
    assert found[2, 2] == 8 and found[1, 1] == -1 and found[0, 0] == 0


def test_it_learns_and_embeds() -> None:
    net = detector.Net(detector.Config(channels=4, widths=(4, 8)))
    pictures = torch.randn(6, 4, 12, 12)
    assert net.embed(pictures).shape == (6, 16)
    assert net.logits(pictures).shape == (6, 2)
    ((part, loss),) = net.losses((pictures, torch.tensor([0, 1] * 3)))
    assert part == "net" and loss.ndim == 0 and loss > 0


def crowds(count: int, smooth: bool) -> tuple[np.ndarray, np.ndarray]:
    """Noise, and noise again; smoothed by its neighbour to the right where `smooth`."""
    rng = np.random.default_rng(1)
    real, made = rng.integers(0, 255, (2, count, 8, 8, 1)).astype(float)
    if smooth:
        made = (made + np.roll(made, 1, 2)) / 2
    return real.astype(np.uint8), made.astype(np.uint8)


def test_a_trace_between_neighbours_is_found() -> None:
    *going, found = detect(*crowds(160, True), lessons=1600)
    assert all(isinstance(one, Learning) for one in going) and len(going) == 50
    assert isinstance(found, Detected)
    assert found.count == 160 and found.accuracy > 0.9
    assert found.low < found.accuracy <= found.high and found.low > 0.5
    assert found.auc > 0.95
    assert found.accuracy == pytest.approx((found.real + found.made) / 2)
    assert found.model.about["classes"] == ["real", "made"]


def test_what_is_alike_is_not_told_apart() -> None:
    found = list(detect(*crowds(160, False), lessons=640))[-1]
    assert isinstance(found, Detected)
    assert found.low < 0.5 < found.high + 0.05


def test_the_same_seed_gives_the_same_detector() -> None:
    one, two = (list(detect(*crowds(20, True), lessons=64, seed=3))[-1] for _ in range(2))
    assert isinstance(one, Detected) and isinstance(two, Detected)
    assert np.array_equal(one.doubts, two.doubts)
