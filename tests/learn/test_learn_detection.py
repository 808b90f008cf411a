"""What a detector is worth: an interval against its closed form, easy and impossible tasks."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="training needs pincel[nets]")

from scipy import stats  # noqa: E402

from pincel.learn.course import Batch, Finished  # noqa: E402
from pincel.learn.detection import detecting, doubted  # noqa: E402
from pincel.learn.measure import interval  # noqa: E402
from pincel.learn.teach import teach  # noqa: E402
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


def taught(blurred: bool, lessons: int) -> list:
    data = doubted(*crowds(160, blurred), "doubted")
    return list(teach(detecting(data, lessons, 0), data))


def test_a_trace_between_neighbours_is_found() -> None:
    *going, last = taught(True, 1600)
    assert sum(isinstance(one, Batch) for one in going) == 50
    assert isinstance(last, Finished)
    found = last.found
    assert found.count == 160 and found.accuracy > 0.9
    assert found.low < found.accuracy <= found.high and found.low > 0.5
    assert found.auc > 0.95
    assert found.accuracy == pytest.approx((found.real + found.made) / 2)
    assert last.model.about["classes"] == ["real", "made"]
    assert last.model.about["metrics"]["test"]["count"] == 160


def test_what_is_alike_is_not_told_apart() -> None:
    found = taught(False, 640)[-1].found
    assert found.low < 0.5 < found.high + 0.05


def test_the_same_seed_gives_the_same_detector_interrupted_or_not(tmp_path: Path) -> None:
    data = doubted(*crowds(20, True), "crowds")
    whole = list(teach(detecting(data, 320, 3), data))[-1]
    for event in teach(detecting(data, 320, 3, tmp_path / "run"), data):
        if isinstance(event, Batch) and event.step == 6:
            break
    rest = list(teach(detecting(data, 320, 3, tmp_path / "run"), data))
    assert 1 < rest[0].step <= 7
    assert np.array_equal(whole.found.doubts, rest[-1].found.doubts)
