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


def teeth(labels):
    """Pixels that hang on their area by one side only, where it is no line."""
    padded = np.pad(labels, 1, constant_values=-2)
    around = [(by, axis) for axis in (0, 1) for by in (-1, 1)]
    like = np.stack([np.roll(padded, by, axis) == padded for by, axis in around]) & (padded >= 0)
    sides = like.sum(0)
    found = np.zeros(padded.shape, bool)
    for (by, axis), same in zip(around, like, strict=True):
        found |= (sides == 1) & same & (np.roll(sides, by, axis) >= 3)
    return int(found.sum())


def test_teeth_do_not_hide_steps():
    """An overhanging pixel at the end of a tread is no step, so it would count as none. Where
    nothing is gained no tooth is made; in a picture full of faults they stay about as many, where
    they become half as many again for whoever does not mind them."""
    labels = np.kron(slope([1] * 6), np.ones((2, 2), int)).astype(np.int16)
    guide = PALETTE[labels] * 0.6 + PALETTE[:2].mean(0) * 0.4
    assert teeth(contour.fix(labels, PALETTE, guide)) == teeth(labels) == 0
    before, after, careless = 0, 0, 0
    for seed in range(6):
        labels = blobs(seed)
        guide = PALETTE[labels] * 0.6 + PALETTE.mean(0) * 0.4
        before += teeth(labels)
        after += teeth(contour.fix(labels, PALETTE, guide))
        dislikes = contour.Dislikes(tooth=0)
        careless += teeth(contour.fix(labels, PALETTE, guide, dislikes=dislikes))
    assert after <= 1.05 * before
    assert careless > 1.4 * before


def test_one_fault_is_not_turned_into_the_other():
    """Whoever mends breaks alone makes mixed slopes of them."""
    before, after = np.zeros(2), np.zeros(2)
    for seed in range(6):
        labels = blobs(seed)
        before += faults(labels)
        after += faults(contour.fix(labels, PALETTE, PALETTE[labels] * 0.6 + PALETTE.mean(0) * 0.4))
    assert after[0] < 0.1 * before[0]
    assert after[1] < 0.5 * before[1]


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


def test_moves_that_undo_each_other_end_where_all_rounds_would(monkeypatch):
    monkeypatch.setattr(contour, "_ROUNDS", 10)
    labels = np.zeros((9, 9), np.int16)
    places, rounds = [(1, 2), (4, 4), (7, 3)], []

    def turn(of):  # three pixels take turns: a circle of six
        place = places[len(rounds) % 3]
        rounds.append(place)
        of[place] = 1 - of[place]
        return np.ones(of.shape, bool)

    expected = labels.copy()
    for _ in range(contour._ROUNDS):
        turn(expected)
    rounds.clear()
    found = contour._settled(labels, lambda fresh: turn(labels))
    assert len(rounds) == 6
    np.testing.assert_array_equal(found, expected)
