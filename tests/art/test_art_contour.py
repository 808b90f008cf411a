import numpy as np
import pytest

from pincel.art import contour
from pincel.art.staircases import staircases

PALETTE = np.array([[0.2, 0, 0], [0.6, 0.05, 0.02], [0.9, 0, 0.05]], np.float32)


def slope(runs, height=None):
    """A staircase with these run lengths: 1 below the line, 0 above."""
    height = height or len(runs) + 4
    labels = np.zeros((height, sum(runs)), np.int16)
    x = 0
    for i, run in enumerate(runs):
        labels[height - 2 - i :, x : x + run] = 1
        x += run
    return labels


def blobs(seed, size=40, k=3):
    from scipy.ndimage import gaussian_filter

    noise = np.random.default_rng(seed).normal(size=(k, size, size))
    return np.argmax([gaussian_filter(n, 2.5) for n in noise], 0).astype(np.int16)


@pytest.mark.parametrize("seed", range(4))
def test_uneven_agrees_with_the_score(seed):
    labels = blobs(seed)
    if seed % 2:
        labels[labels == 2] = -1
    judged = staircases(labels)
    assert contour.uneven(labels).sum() == round(judged.jag * judged.steps)


def test_an_even_slope_is_left_alone():
    labels = slope([2] * 8)
    assert contour.uneven(labels).sum() == 0
    assert np.array_equal(contour.fix(labels, PALETTE), labels)


def test_a_broken_step_is_mended():
    labels = slope([3, 3, 2, 4, 3, 3])
    guide = np.full((*labels.shape, 3), PALETTE[:2].mean(0))  # every pixel might be either
    mended = contour.fix(labels, PALETTE, guide)
    assert contour.uneven(labels).sum() > 0
    assert contour.uneven(mended).sum() == 0
    assert (mended != labels).sum() <= 2


def test_a_flip_that_costs_too_much_is_not_made():
    labels = slope([3, 3, 2, 4, 3, 3])
    assert np.array_equal(contour.fix(labels, PALETTE, PALETTE[labels]), labels)


@pytest.mark.parametrize("seed", range(3))
def test_it_never_gets_worse(seed):
    labels = blobs(seed)
    guide = PALETTE[labels] * 0.6 + PALETTE.mean(0) * 0.4
    mended = contour.fix(labels, PALETTE, guide)
    assert contour.uneven(mended).sum() < 0.5 * contour.uneven(labels).sum()
    assert (mended != labels).mean() < 0.1


def test_transparency_moves_only_where_coverage_allows():
    labels = slope([3, 3, 2, 4, 3, 3])
    labels[labels == 0] = -1
    fixed = contour.fix(labels, PALETTE)
    assert np.array_equal(fixed, labels)
    half = np.full(labels.shape, 0.5)
    guide = np.broadcast_to(PALETTE[1], (*labels.shape, 3))
    mended = contour.fix(labels, PALETTE, guide, half)
    assert contour.uneven(mended).sum() == 0
