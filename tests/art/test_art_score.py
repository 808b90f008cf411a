"""The numbers of pixel art on pictures whose answer can be counted by hand."""

from __future__ import annotations

from dataclasses import asdict

import numpy as np
import pytest
from scipy.spatial.distance import jensenshannon

from pincel.art import score
from pincel.art.sprite import Sprite
from pincel.art.staircases import closed_outlines, staircases

BLACK, WHITE, GREY, RED = (0, 0, 0), (255, 255, 255), (128, 128, 128), (220, 40, 40)


def grid(text: str) -> np.ndarray:
    """Rows of letters: . is transparent, a is index 0, b is 1, ..."""
    rows = [line for line in text.split() if line]
    return np.array([[-1 if c == "." else ord(c) - ord("a") for c in row] for row in rows])


def random_grid(seed: int, height: int = 14, width: int = 17, colors: int = 4) -> np.ndarray:
    rng = np.random.default_rng(seed)
    indices = rng.integers(-1, colors, (height, width))
    indices[3:9, 4:12] = 1  # some quiet part too
    return indices


PALETTE = np.array([BLACK, WHITE, GREY, RED], np.uint8)


def test_a_lonely_pixel_is_an_orphan_and_noise_only_if_it_stands_out() -> None:
    indices = grid("aaaaa aaaaa aabaa aaaaa aaaaa")
    loud = score.craft(indices, np.array([BLACK, WHITE], np.uint8))
    quiet = score.craft(indices, np.array([GREY, (136, 136, 136)], np.uint8))
    assert loud.orphan8 == quiet.orphan8 == loud.noise == loud.tiny == 1 / 25
    assert quiet.noise == 0
    assert score.where(indices, PALETTE)["orphan8"].nonzero() == (2, 2)


def test_a_diagonal_neighbour_keeps_a_pixel_from_being_an_orphan() -> None:
    found = score.craft(grid("aaaa abaa aaba aaaa"), PALETTE)
    assert found.orphan8 == 0
    assert found.tiny == 2 / 16  # but 4-connected, each is alone


def test_shares_are_of_opaque_pixels_and_padding_changes_nothing() -> None:
    indices = grid(".... .aab .aaa ....")
    assert score.craft(indices, PALETTE).orphan8 == pytest.approx(1 / 6)
    assert score.craft(np.pad(indices, 3, constant_values=-1), PALETTE) == score.craft(
        indices, PALETTE
    )


def test_fringe_counts_the_colour_between_two_others() -> None:
    mixed = grid("aacbb aacbb aacbb")
    assert score.craft(mixed, PALETTE).fringe == pytest.approx(3 / 15)
    outline = grid("aadbb aadbb aadbb")  # red between black and white: a line, not a mix
    assert score.craft(outline, PALETTE).fringe == 0


def slope(*runs: int) -> np.ndarray:
    """A filled shape, well inside the picture, whose upper edge climbs by these runs."""
    indices = np.zeros((len(runs) + 8, sum(runs) + 8), int)
    x = 4
    for rise, run in enumerate(runs):
        indices[4 + len(runs) - rise : -4, x : x + run] = 1
        x += run
    indices[-4:-3, 4:x] = 1
    return indices


@pytest.mark.parametrize(
    ("runs", "uneven"),
    [((3, 3, 3, 3, 3), 0), ((5, 4, 3, 2, 1), 0), ((3, 1, 3, 3, 3), 1), ((2, 2, 4, 2, 2), 1)],
)
def test_a_step_longer_or_shorter_than_both_neighbours_is_uneven(runs, uneven) -> None:
    found = staircases(slope(*runs))
    upper = {run.cracks for run in found.uneven}
    assert len(upper) == 2 * uneven  # the edge is seen from both of its sides
    assert found.jag == pytest.approx(2 * uneven / found.steps)


def test_double_steps() -> None:
    stairs = np.kron(slope(1, 1, 1, 1, 1), np.ones((2, 2), int))
    assert staircases(stairs).dbl > 0.9
    assert staircases(slope(1, 1, 1, 1, 1)).dbl == 0


@pytest.mark.parametrize(
    ("treads", "risers", "mixed"),
    [
        ((3, 2, 3, 2, 2), (1, 1, 1, 1), 0),  # flat all along
        ((1, 1, 1, 1), (2, 3, 2), 0),  # steep all along
        ((3, 2, 1, 1, 1, 1), (1, 1, 1, 2, 3), 0),  # a curve from flat to steep
        ((2, 2, 2), (2, 2), 0),  # chunky
        ((2, 2, 2, 2), (1, 2, 1), 2),  # a corner: the treads on both sides of it
        ((3, 2, 1, 1), (1, 2, 1), 2),  # a corner: the tread before it and the riser itself
    ],
)
def test_a_tread_flat_on_one_side_and_steep_on_the_other_is_mixed(treads, risers, mixed) -> None:
    indices = np.zeros((sum(risers) + 9, sum(treads) + 8), int)
    x, y = 4, len(indices) - 5
    for tread, riser in zip(treads, (*risers, 0), strict=True):
        indices[y:-4, x : x + tread] = 1
        x, y = x + tread, y - riser
    found = staircases(indices)
    assert len(found.mixed) == 2 * mixed  # the edge is seen from both of its sides
    assert found.mix == pytest.approx(2 * mixed / found.steps)
    marks = score.where(indices, PALETTE)["mix"]
    assert marks.any() == (mixed > 0)


def test_nobody_drew_the_border_of_the_picture() -> None:
    assert staircases(np.zeros((6, 6), int)).steps == 0
    assert all(run.border for runs in closed_outlines(np.zeros((6, 6), int)) for run in runs)


def test_outlines_walk_every_crack_once() -> None:
    indices = random_grid(3)
    padded = np.pad(indices, 1, constant_values=-5)
    expected = 0
    for dy, dx in ((-1, 0), (0, 1), (1, 0), (0, -1)):
        beside = np.roll(padded, (-dy, -dx), (0, 1))[1:-1, 1:-1]
        expected += int(np.sum((indices >= 0) & (beside != indices)))
    cracks = [crack for runs in closed_outlines(indices) for run in runs for crack in run.cracks]
    assert len(cracks) == len(set(cracks)) == expected


@pytest.mark.parametrize("seed", range(4))
def test_turning_and_mirroring_change_no_number(seed: int) -> None:
    indices = random_grid(seed)
    same = asdict(score.craft(indices, PALETTE))
    for turned in (np.rot90(indices), indices[::-1], indices[:, ::-1], indices.T):
        assert asdict(score.craft(turned, PALETTE)) == pytest.approx(same)
        assert score.patterns(turned) == pytest.approx(score.patterns(indices))


def test_order_of_the_palette_changes_no_number() -> None:
    indices = random_grid(7)
    order = np.array([2, 0, 3, 1])
    renamed = np.where(indices < 0, -1, np.argsort(order)[indices])
    assert score.craft(renamed, PALETTE[order]) == score.craft(indices, PALETTE)


def test_sprite_picture_and_indices_say_the_same() -> None:
    sprite = Sprite((random_grid(5).astype(np.int16),), PALETTE)
    assert score.craft(sprite) == score.craft(sprite.rgba()) == score.craft(sprite.indices, PALETTE)
    with pytest.raises(ValueError, match="palette"):
        score.craft(sprite.indices)


def test_palette_spacing_counts_from_each_colour_to_its_nearest() -> None:
    from pincel.pixels.color import srgb_to_oklab

    lab = srgb_to_oklab(PALETTE).astype(float)
    apart = np.linalg.norm(lab[:, None] - lab[None], axis=-1) * 100
    np.fill_diagonal(apart, np.inf)
    expected = apart.min(1)
    assert score.palette_spacing(PALETTE) == pytest.approx(
        (expected.mean(), expected.min()), rel=1e-4
    )
    assert score.palette_spacing(PALETTE[:1]) == (0.0, 0.0)


def test_pattern_distance_is_scipys_jensen_shannon() -> None:
    ours, theirs = score.patterns(random_grid(1)), score.patterns(random_grid(2, colors=2))
    expected = jensenshannon(ours, theirs, base=2) ** 2
    assert score.pattern_distance(ours, theirs) == pytest.approx(expected)
    assert score.pattern_distance(theirs, ours) == pytest.approx(expected)
    assert score.pattern_distance(ours, 3 * ours) == pytest.approx(0, abs=1e-12)
    assert score.pattern_distance(ours, np.zeros(256)) == 1


def test_gates() -> None:
    rgba = np.zeros((4, 5, 4), np.uint8)
    rgba[0, :2] = (*RED, 255)
    rgba[1, 0] = (*WHITE, 100)
    found = score.gates(rgba)
    assert (found.width, found.height, found.colors) == (5, 4, 2)
    assert found.soft == 1 / 20


def test_an_empty_sprite_has_numbers_too() -> None:
    found = score.craft(np.zeros((6, 6, 4), np.uint8))
    assert set(asdict(found).values()) == {0.0}
