"""Figures of made crowds against closed forms, scipy and scikit-learn."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import linalg

from pincel.learn.crowds import frechet, modes, neighbours


def exact(n: int, mean: np.ndarray, spread: np.ndarray, seed: int = 0) -> np.ndarray:
    """Points whose mean and covariance are exactly these."""
    points = np.random.default_rng(seed).normal(size=(n, len(mean)))
    points -= points.mean(0)
    points = points @ np.linalg.inv(np.linalg.cholesky(np.cov(points, rowvar=False))).T
    return points @ np.linalg.cholesky(spread).T + mean


def test_frechet_of_two_gaussians_is_the_closed_form() -> None:
    # diagonal covariances: the distance is that of the means plus that of the deviations
    first = exact(400, np.array([0.0, 1, 2]), np.diag([1.0, 4, 9]))
    second = exact(300, np.array([3.0, 1, 0]), np.diag([4.0, 4, 1]), seed=1)
    wanted = (9 + 0 + 4) + (1 - 2) ** 2 + 0 + (3 - 1) ** 2
    assert frechet(first, second) == pytest.approx(wanted, rel=1e-9)
    assert frechet(second, first) == pytest.approx(wanted, rel=1e-9)
    assert frechet(first, first) == pytest.approx(0, abs=1e-9)


def test_frechet_is_scipys_matrix_root() -> None:
    rng = np.random.default_rng(3)
    first = rng.normal(size=(50, 6)) @ rng.normal(size=(6, 6))
    second = rng.normal(size=(60, 6)) @ rng.normal(size=(6, 6)) + 0.3
    gap = first.mean(0) - second.mean(0)
    one, two = np.cov(first, rowvar=False), np.cov(second, rowvar=False)
    wanted = gap @ gap + np.trace(one + two - 2 * linalg.sqrtm(one @ two).real)
    assert frechet(first, second) == pytest.approx(wanted, rel=1e-6)


def test_frechet_of_fewer_points_than_dimensions_is_finite() -> None:
    rng = np.random.default_rng(4)
    found = frechet(rng.normal(size=(5, 40)), rng.normal(size=(7, 40)))
    assert np.isfinite(found) and found > 0


@pytest.mark.parametrize("k", [1, 3, 5])
def test_neighbours_are_scikit_learns(k: int) -> None:
    sklearn = pytest.importorskip("sklearn.neighbors", reason="needs scikit-learn")
    rng = np.random.default_rng(5)
    real, made = rng.normal(size=(700, 4)), rng.normal(size=(80, 4)) * 0.7 + 0.4

    def reach(points: np.ndarray) -> np.ndarray:
        nearest = sklearn.NearestNeighbors(n_neighbors=k).fit(points)
        return nearest.kneighbors()[0][:, -1]  # without itself

    gaps = np.linalg.norm(real[:, None] - made[None], axis=-1)
    in_real = gaps <= reach(real)[:, None]
    found = neighbours(real, made, k)
    assert found.precision == pytest.approx(in_real.any(0).mean())
    assert found.recall == pytest.approx((gaps <= reach(made)[None]).any(1).mean())
    assert found.density == pytest.approx(in_real.sum() / k / len(made))
    assert found.coverage == pytest.approx(in_real.any(1).mean())


def test_equal_crowds_are_whole_and_far_ones_empty() -> None:
    real = np.random.default_rng(6).normal(size=(60, 3))
    same = neighbours(real, real.copy())
    assert (same.precision, same.recall, same.coverage) == (1, 1, 1)
    far = neighbours(real, real + 100)
    assert far.plain() == {"precision": 0, "recall": 0, "density": 0, "coverage": 0}


@pytest.mark.parametrize("size", [16, 512])
def test_equal_crowds_are_whole_also_where_pictures_repeat(size: int) -> None:
    """prdc 0.2 says 0 for all four where more are equal than neighbours are counted
    (findings/prdc-of-repeated-pictures.sh): its ball has no size and is asked with "<"."""
    rng = np.random.default_rng(8)
    held = rng.normal(size=(50, size)).repeat(6, 0)
    same = neighbours(held, held[rng.permutation(len(held))], k=3)
    assert (same.precision, same.recall, same.coverage) == (1, 1, 1)
    assert same.density == pytest.approx(6 / 3)


def test_a_generator_that_makes_one_thing_is_precise_and_covers_little() -> None:
    rng = np.random.default_rng(7)
    real = rng.normal(size=(300, 3))
    stuck = rng.normal(size=(200, 3)) * 0.01
    found = neighbours(real, stuck)
    assert found.precision > 0.9
    assert found.recall < 0.05 and found.coverage < 0.1


def test_modes_are_counted() -> None:
    real = np.repeat([0, 1, 2, 3], 25)
    found = modes(real, np.array([0] * 50 + [1] * 50 + [5] * 0), 6)
    assert (found.hit, found.of) == (2, 4)
    assert found.even == pytest.approx(2 / 4)
    assert found.shares == (0.5, 0.5, 0, 0, 0, 0)
    assert modes(real, real, 6).even == pytest.approx(1)
    assert modes(real, np.array([5, 5]), 6).hit == 0  # no real picture is of that kind


def test_the_meter_sees_a_collapse() -> None:
    pytest.importorskip("sklearn", reason="needs scikit-learn")
    from sklearn.datasets import load_digits

    from pincel.learn.meter import meter, watched_modes

    pictures = (load_digits().images[..., None] * 15.9).astype(np.uint8)
    found = meter(pictures[:800])
    other = pictures[800:1000]
    assert watched_modes(found, other)["modes"] >= 18
    assert found.read(other).even > 0.85
    stuck = other[:1].repeat(100, 0)
    assert watched_modes(found, stuck) == {"modes": 1, "modes_of": 20, "modes_even": pytest.approx(
        1 / (found.read(pictures[:800]).even * _even(found.real)), abs=1e-3)}  # fmt: skip


def _even(kinds: np.ndarray) -> float:
    shares = np.bincount(kinds) / len(kinds)
    return float(np.exp(-(shares * np.log(shares)).sum()))


def test_the_meter_counts_alike_whatever_the_numbers_are() -> None:
    pytest.importorskip("sklearn", reason="needs scikit-learn")
    from pincel.learn.meter import meter

    rng = np.random.default_rng(2)
    pictures = rng.integers(0, 256, (60, 6, 6, 4), dtype=np.uint8)
    found = meter(pictures, clusters=5)
    assert len(found.centres) == 5
    wide = pictures.astype(np.uint16) * 257
    assert np.array_equal(found.kinds(pictures), found.kinds(wide))
    assert np.array_equal(found.kinds(pictures), meter(wide, clusters=5).real)
