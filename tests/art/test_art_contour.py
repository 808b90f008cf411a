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


def faults(labels):
    """(breaks, mixed slopes)."""
    found = staircases(labels)
    return len(found.uneven), len(found.mixed)


def test_an_even_slope_is_left_alone():
    labels = slope([2] * 8)
    assert faults(labels) == (0, 0)
    assert np.array_equal(contour.fix(labels, PALETTE), labels)


def test_a_broken_step_is_mended():
    labels = slope([3, 3, 2, 4, 3, 3])
    guide = np.full((*labels.shape, 3), PALETTE[:2].mean(0))  # every pixel might be either
    mended = contour.fix(labels, PALETTE, guide)
    assert faults(labels)[0] > 0
    assert faults(mended) == (0, 0)
    assert (mended != labels).sum() <= 2


def test_a_mixed_slope_is_mended():
    labels = np.zeros((18, 18), np.int16)
    y, x = 15, 1
    for tread, riser in ((3, 1), (3, 1), (3, 2), (1, 2), (1, 2), (1, 0)):  # a corner at the third
        labels[y:, x : x + tread] = 1
        x, y = x + tread, y - riser
    labels[7:, x:] = 1
    guide = np.full((*labels.shape, 3), PALETTE[:2].mean(0))  # every pixel might be either
    assert faults(labels)[1] > 0
    assert faults(contour.fix(labels, PALETTE, guide)) == (0, 0)


def test_a_tooth_does_not_hide_a_step():
    """An overhanging pixel at the end of a tread is no step, so it would count as none."""
    labels = np.kron(slope([1] * 6), np.ones((2, 2), int)).astype(np.int16)
    guide = PALETTE[labels] * 0.6 + PALETTE[:2].mean(0) * 0.4
    mended = contour.fix(labels, PALETTE, guide)
    around = [(by, axis) for axis in (0, 1) for by in (-1, 1)]
    like = np.stack([np.roll(mended, by, axis) == mended for by, axis in around])
    sides = like.sum(0)
    for (by, axis), same in zip(around, like, strict=True):
        tooth = (sides == 1) & same & (np.roll(sides, by, axis) >= 3)
        assert not tooth[2:-2, 2:-2].any()


def test_one_fault_is_not_turned_into_the_other():
    """Whoever mends breaks alone makes mixed slopes of them."""
    before, after = np.zeros(2), np.zeros(2)
    for seed in range(6):
        labels = blobs(seed)
        before += faults(labels)
        after += faults(contour.fix(labels, PALETTE, PALETTE[labels] * 0.6 + PALETTE.mean(0) * 0.4))
    assert after[0] < 0.2 * before[0]
    assert after[1] < 0.8 * before[1]


def test_an_eye_is_no_defect():
    """A lone pixel stays, also beside a staircase that is mended."""
    labels = slope([3, 3, 2, 4, 3, 3])
    labels[7, 13] = 2
    guide = np.full((*labels.shape, 3), PALETTE[:2].mean(0))
    mended = contour.fix(labels, PALETTE, guide)
    assert faults(mended)[0] < faults(labels)[0]
    assert mended[7, 13] == 2


def test_a_flip_that_costs_too_much_is_not_made():
    labels = slope([3, 3, 2, 4, 3, 3])
    assert np.array_equal(contour.fix(labels, PALETTE, PALETTE[labels]), labels)


@pytest.mark.parametrize("seed", range(3))
def test_it_never_gets_worse(seed):
    labels = blobs(seed)
    guide = PALETTE[labels] * 0.6 + PALETTE.mean(0) * 0.4
    mended = contour.fix(labels, PALETTE, guide)
    assert faults(mended)[0] < 0.5 * faults(labels)[0]
    assert (mended != labels).mean() < 0.1


def test_transparency_moves_only_where_coverage_allows():
    labels = slope([3, 3, 2, 4, 3, 3])
    labels[labels == 0] = -1
    fixed = contour.fix(labels, PALETTE)
    assert np.array_equal(fixed, labels)
    half = np.full(labels.shape, 0.5)
    guide = np.broadcast_to(PALETTE[1], (*labels.shape, 3))
    mended = contour.fix(labels, PALETTE, guide, half)
    assert faults(mended)[0] == 0
