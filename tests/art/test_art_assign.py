import numpy as np
import pytest

from pincel.art import assign, cells, patterns
from pincel.pixels import color

PALETTE = color.srgb_to_oklab(
    np.array([[20, 20, 30], [90, 90, 100], [160, 160, 170], [230, 230, 235]], np.uint8)
)
PRIOR = patterns.prior(patterns.pattern_table("superpowers"))


def steps(labels, noise=0.0, seed=0):
    """Unary costs and guide of a picture that shows these labels with noise."""
    rng = np.random.default_rng(seed)
    guide = PALETTE[labels] + rng.normal(0, noise, (*labels.shape, 3)).astype(np.float32)
    gap = color.oklab_distance(guide[:, :, None], PALETTE) ** 2 / assign.REACH**2
    return np.minimum(gap, 1).astype(np.float32), guide.astype(np.float32)


def energy(unary, guide, labels, wishes):
    """The energy that assign lowers, counted plainly, inside the border (fringe apart)."""
    height, width = labels.shape
    total = np.take_along_axis(unary, labels[..., None].astype(int), -1).sum()
    total += (PRIOR * wishes.pattern)[patterns.pattern_codes(labels)].sum()
    for y in range(height):
        for x in range(width):
            for dy, dx in patterns.AROUND:
                if 0 <= y + dy < height and 0 <= x + dx < width:
                    gap = np.sum((guide[y, x] - guide[y + dy, x + dx]) ** 2)
                    near = 1.0 if dy == 0 or dx == 0 else 0.7
                    alike = near * np.exp(-gap / (2 * wishes.edge**2))
                    total -= wishes.join / 2 * alike * (labels[y, x] == labels[y + dy, x + dx])
    return total


def test_without_noise_the_labels_come_back():
    labels = np.zeros((20, 20), np.int16)
    labels[5:15, 4:12] = 2
    labels[8:11, 6:9] = 3
    unary, guide = steps(labels)
    assert np.array_equal(assign.assign(unary, guide, PALETTE, PRIOR), labels)


def test_noise_is_cleared_and_energy_falls():
    labels = np.zeros((24, 24), np.int16)
    labels[:, 12:] = 2
    unary, guide = steps(labels, noise=0.1)
    alone = unary.argmin(-1)
    wishes = assign.Wishes(join=0.15, edge=0.1, fringe=0, blend=0)
    drawn = assign.assign(unary, guide, PALETTE, PRIOR, wishes=wishes)
    assert (drawn != labels).sum() < 0.6 * (alone != labels).sum()
    assert energy(unary, guide, drawn, wishes) < energy(unary, guide, alone, wishes) - 1


def test_hidden_cells_stay_out():
    labels = np.ones((12, 12), np.int16)
    unary, guide = steps(labels, noise=0.1)
    hidden = np.zeros((12, 12), bool)
    hidden[:, :5] = True
    drawn = assign.assign(unary, guide, PALETTE, PRIOR, hidden=hidden)
    assert np.array_equal(drawn == -1, hidden)


def test_the_frame_before_is_kept_where_nothing_moved():
    labels = np.random.default_rng(0).integers(0, 3, (6, 6)).repeat(4, 0).repeat(4, 1)
    first = assign.assign(*steps(labels, 0.03, 1), PALETTE, PRIOR)
    unary, guide = steps(labels, 0.03, 2)
    loose = assign.assign(unary, guide, PALETTE, PRIOR)
    steady = assign.assign(unary, guide, PALETTE, PRIOR, keep=(first, 0.5))
    assert (steady != first).sum() == 0 <= (loose != first).sum()


def test_a_tile_does_not_care_where_it_is_cut():
    """Only with wrap do neighbours across the border count: a stripe cut in two stays whole."""
    labels = np.zeros((12, 12), np.int16)
    labels[:, 0] = labels[:, 11] = 2
    unary, guide = steps(labels)
    unary[5, 11] = [0.05, 1, 0.15, 1]  # one cell of the stripe doubts
    wishes = assign.Wishes(fringe=0)
    seam = assign.assign(unary, guide, PALETTE, PRIOR, wishes=wishes, wrap=True)
    inside = assign.assign(
        np.roll(unary, 6, 1), np.roll(guide, 6, 1), PALETTE, PRIOR, wishes=wishes, wrap=True
    )
    assert np.array_equal(np.roll(inside, -6, 1), seam)


def test_an_in_between_pixel_is_avoided():
    labels = np.zeros((9, 12), np.int16)
    labels[:, 6:] = 2
    unary, guide = steps(labels)
    unary[:, 5] = [0.5, 0.42, 0.5, 1]  # a blurred edge: the in-between colour is a bit cheaper
    drawn = assign.assign(unary, guide, PALETTE, PRIOR, wishes=assign.Wishes(fringe=0.3))
    assert not np.any(drawn == 1)


def test_unary_follows_the_majority_not_the_mean():
    samples = np.zeros((1, 1, 36, 3), np.float32)
    samples[0, 0, :22] = PALETTE[0]
    samples[0, 0, 22:] = PALETTE[3]
    ones = np.ones((1, 1, 36), np.float32)
    cost = assign.assignment_costs(cells.Cells(samples, ones, ones, ones.mean(-1), 6), PALETTE)
    assert cost[0, 0].argmin() == 0
    assert cost[0, 0, 0] == pytest.approx(14 / 36, abs=0.01)


@pytest.mark.parametrize("shape", [(1, 1), (1, 7), (2, 2), (5, 3)])
def test_tiny_pictures(shape):
    unary, guide = steps(np.ones(shape, np.int16))
    for wrap in (False, True):
        drawn = assign.assign(unary, guide, PALETTE, PRIOR, wrap=wrap)
        assert np.array_equal(drawn, np.ones(shape))
