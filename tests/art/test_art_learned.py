"""The learned cost: slopes are slopes, it prefers what looks like the source, it is repeatable."""

import numpy as np
import pytest

from pincel.art import cells, fringes, learned


def soft(shape, seed=0):
    random = np.random.default_rng(seed)
    return learned._softmax(random.normal(0, 1, shape)).astype(np.float64)


def slope_by_difference(loss, share, count=40):
    """Numeric slope at some places: (indices, values)."""
    random = np.random.default_rng(3)
    places = [tuple(int(random.integers(n)) for n in share.shape) for _ in range(count)]
    values = []
    for place in places:
        up, down = share.copy(), share.copy()
        up[place] += 1e-5
        down[place] -= 1e-5
        values.append((loss(up) - loss(down)) / 2e-5)
    return places, np.array(values)


def expected_changes(share):
    across = 1 - (share[:, 1:] * share[:, :-1]).sum(-1)
    down = 1 - (share[1:] * share[:-1]).sum(-1)
    return across.mean() + down.mean()


def expected_orphans(share):
    height, width, _ = share.shape
    total = 0.0
    for y in range(height):
        for x in range(width):
            alone = 1.0
            for v in range(max(0, y - 1), min(height, y + 2)):
                for u in range(max(0, x - 1), min(width, x + 2)):
                    if (v, u) != (y, x):
                        alone *= 1 - share[y, x] @ share[v, u] + 1e-6
            total += alone
    return total / (height * width)


def expected_fringes(share, table):
    across = np.einsum("hwa,abc,hwb,hwc->hw", share[:, :-2], table, share[:, 1:-1], share[:, 2:])
    down = np.einsum("hwa,abc,hwb,hwc->hw", share[:-2], table, share[1:-1], share[2:])
    return across.mean() + down.mean()


@pytest.mark.parametrize("wish", ["join", "orphan", "fringe"])
def test_slopes_match_differences(wish):
    share = soft((5, 6, 4))
    table = (np.random.default_rng(1).random((4, 4, 4)) < 0.3).astype(np.float64)
    loss, slope = {
        "join": (expected_changes, learned.join_slope),
        "orphan": (expected_orphans, learned.orphan_slope),
        "fringe": (lambda s: expected_fringes(s, table), lambda s: fringes.fringe_slope(s, table)),
    }[wish]
    places, values = slope_by_difference(loss, share)
    ours = np.array([slope(share)[p] for p in places])
    np.testing.assert_allclose(ours, values, atol=1e-4 * np.abs(values).max() + 1e-9)


def test_fringes_are_told_where_a_cell_holds_little():
    share = soft((6, 5, 4))
    share[np.random.default_rng(2).random(share.shape) < 0.4] = 0
    table = (np.random.default_rng(1).random((4, 4, 4)) < 0.3).astype(np.float64)
    places, values = slope_by_difference(lambda s: expected_fringes(s, table), share)
    held = [share[p] > 0 for p in places]
    ours = np.array([fringes.fringe_slope(share, table)[p] for p in places])
    assert any(held) and not all(held)
    np.testing.assert_allclose(ours[held], values[held], atol=1e-9)


def face(size=96):
    """Skin on blue with two eyes and a mouth, (size, size, 4) uint8."""
    y, x = np.mgrid[0:size, 0:size] / size
    rgba = np.full((size, size, 4), 255, np.uint8)
    rgba[..., :3] = (90, 130, 190)
    rgba[np.hypot(x - 0.5, y - 0.5) < 0.4, :3] = (235, 190, 150)
    for middle in (0.36, 0.64):
        rgba[np.hypot(x - middle, y - 0.42) < 0.05, :3] = (30, 20, 20)
    rgba[(np.abs(y - 0.68) < 0.03) & (np.abs(x - 0.5) < 0.12), :3] = (180, 40, 50)
    return rgba


PALETTE = np.array([(90, 130, 190), (235, 190, 150), (30, 20, 20), (180, 40, 50)], np.uint8)


def test_draws_what_is_there():
    cost = learned.learned_costs(cells.sample_cells(face(), 24, 24), PALETTE)
    assert cost.shape == (24, 24, 4) and cost.dtype == np.float32
    assert cost.min() >= 0 and cost.max() <= 1
    drawn = cost.argmin(-1)
    assert drawn[0, 0] == 0 and drawn[12, 12] == 1  # ground and skin
    assert drawn[10, 8] == 2 and drawn[10, 15] == 2  # both eyes
    assert drawn[16, 12] == 3  # mouth


def test_same_picture_same_cost():
    cut = cells.sample_cells(face(), 20, 18)
    np.testing.assert_array_equal(
        learned.learned_costs(cut, PALETTE), learned.learned_costs(cut, PALETTE)
    )


def test_transparent_cells_do_not_matter():
    rgba = face()
    rgba[:, :40, 3] = 0
    other = rgba.copy()
    other[:, :8, :3] = (255, 0, 255)  # hidden paint
    hidden = np.zeros((24, 24), bool)
    hidden[:, :10] = True
    costs = [
        learned.learned_costs(cells.sample_cells(p, 24, 24), PALETTE, hidden) for p in (rgba, other)
    ]
    assert (costs[0].argmin(-1) == costs[1].argmin(-1))[:, 10:].all()


@pytest.mark.parametrize("shape", [(1, 1), (1, 9), (7, 2), (5, 33)])
@pytest.mark.parametrize("k", [1, 2, 60])
def test_any_size_any_palette(shape, k):
    random = np.random.default_rng(4)
    rgba = random.integers(0, 256, (40, 70, 4), np.uint8)
    palette = random.integers(0, 256, (k, 3), dtype=np.uint8)
    cost = learned.learned_costs(cells.sample_cells(rgba, shape[1], shape[0]), palette)
    assert cost.shape == (*shape, k) and np.isfinite(cost).all()
