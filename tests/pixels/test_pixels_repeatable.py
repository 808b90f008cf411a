"""Numbers that hang on nothing but their input: not on the order, not on the neighbours."""

from __future__ import annotations

import math

import numpy as np
import pytest

from pincel.art import patterns
from pincel.pixels import color, repeatable


def test_the_mean_is_the_same_in_every_order() -> None:
    random = np.random.default_rng(0)
    values = random.normal(0, 1, 999) * 10.0 ** random.integers(-8, 8, 999)
    means = {repeatable.mean(random.permutation(values)) for _ in range(20)}
    assert len(means) == 1
    assert means.pop() == pytest.approx(values.mean())


def test_exp_is_exp() -> None:
    values = np.random.default_rng(1).uniform(-690, 5, 20_000)
    wanted = np.array([math.exp(value) for value in values])
    assert np.max(np.abs(repeatable.exp(values) / wanted - 1)) < 1e-15
    assert repeatable.exp(np.array([0.0, -1e4])).tolist() == [1.0, 0.0]


def test_a_colour_is_the_same_alone_and_among_others() -> None:
    colors = np.random.default_rng(2).integers(0, 256, (37, 3), dtype=np.uint8)
    lab = color.srgb_to_oklab(colors)
    back = color.oklab_to_srgb(lab)
    for row, one in enumerate(colors):
        assert np.array_equal(color.srgb_to_oklab(one[None])[0], lab[row])
        assert np.array_equal(color.oklab_to_srgb(lab[row : row + 1])[0], back[row])
    assert np.array_equal(color.srgb_to_oklab(colors[::-1]), lab[::-1])


def test_a_product_of_gridded_numbers_is_exact() -> None:
    random = np.random.default_rng(3)
    left, right = (repeatable.gridded(random.random(shape), 20) for shape in ((5, 64), (64, 7)))
    order = random.permutation(64)
    assert np.array_equal(left @ right, left[:, order] @ right[order])
    assert float(left[0] @ right[:, 0]) == math.fsum((left[0] * right[:, 0]).tolist())
    assert np.abs(left - repeatable.gridded(left, 8)).max() <= 2**-9


def test_mixing_and_distances_are_what_they_say() -> None:
    random = np.random.default_rng(4)
    points, others = random.random((6, 5, 3)), random.random((4, 3))
    assert repeatable.mixed(points, others) == pytest.approx(points @ others.T)
    wanted = ((points[:, :, None] - others) ** 2).sum(-1)
    assert repeatable.squared_gaps(points, others) == pytest.approx(wanted)


def test_patterns_are_the_same_for_turned_sprites_and_in_every_order() -> None:
    random = np.random.default_rng(5)
    sprites = [random.integers(-1, 3, (9, 7 + n)) for n in range(6)]
    counted = patterns.count_patterns(sprites)
    assert np.array_equal(counted, patterns.count_patterns(sprites[::-1]))
    assert np.array_equal(counted, patterns.count_patterns([np.rot90(s)[::-1] for s in sprites]))
