"""The two meters, on pictures of which the answer is known."""

from __future__ import annotations

import numpy as np
import pytest

from pincel.learn.unpaired import pattern_strength, sameness


def _smooth(rng: np.random.Generator, n: int = 8, side: int = 64) -> np.ndarray:
    """Pictures whose power falls steadily, as of photographs: sums of random walks."""
    steps = rng.normal(size=(n, side, side, 3))
    return steps.cumsum(1).cumsum(2) / 100


def test_a_pattern_of_four_pixels_is_seen_and_others_are_not() -> None:
    rng = np.random.default_rng(2)
    plain = _smooth(rng)
    y, x = np.mgrid[:64, :64]
    assert abs(pattern_strength(rng.normal(size=(16, 64, 64, 3)))) < 0.1  # noise has no period
    for period in (2, 4, 5, 8):
        tile = np.where((x % period == 0) & (y % period == 0), 1.0, 0.0)[None, ..., None]
        gain = pattern_strength(plain + tile) - pattern_strength(plain)
        assert (gain > 0.5) == (period in (2, 4, 8)), period  # all repeat after 2 or 4 pixels


def test_enlarged_sprites_are_below_nothing() -> None:
    rng = np.random.default_rng(3)
    sprites = rng.random((16, 16, 16, 3)).repeat(4, 1).repeat(4, 2)
    assert pattern_strength(sprites) < -0.5  # blocks of four have no power at a period of four


def test_sameness_is_one_for_one_coin_and_none_for_the_faces_themselves() -> None:
    rng = np.random.default_rng(4)
    faces = rng.random((6, 32, 32, 3)).repeat(4, 1).repeat(4, 2)
    coin = faces[:1].repeat(6, 0)
    assert sameness(faces, coin) == pytest.approx(1)
    assert sameness(faces, faces[:, ::4, ::4]) == pytest.approx(0, abs=1e-9)
    half = 0.5 * faces + 0.5 * coin
    assert sameness(faces, half) == pytest.approx(0.5)
    assert sameness(faces, 2 * faces) == pytest.approx(-1)


def test_what_cannot_be_measured_is_refused() -> None:
    with pytest.raises(ValueError, match="multiple of 4"):
        pattern_strength(np.zeros((1, 62, 62, 3)))
    with pytest.raises(ValueError, match="two or more"):
        sameness(np.zeros((1, 64, 64, 3)), np.zeros((1, 64, 64, 3)))
