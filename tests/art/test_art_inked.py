"""Sketches drawn out to twice their size: materials in steps of light, an outline of one pixel."""

import numpy as np
import pytest

from pincel.art.calm import areas_of_grid
from pincel.art.inked import inked
from pincel.art.tidy import touching_parts
from pincel.pixels.color import srgb_to_oklab

RED, BLUE, WHITE, BLACK = (208, 40, 48), (48, 80, 208), (240, 240, 240), (16, 12, 20)


def sketch(seed: int = 0, wavering: float = 0.04) -> tuple[np.ndarray, np.ndarray]:
    """A red disc with a blue lower half, its lightness restless as a network leaves it."""
    y, x = np.mgrid[:16, :16]
    opaque = (y - 7.5) ** 2 + (x - 7.5) ** 2 < 42
    rgb = np.where((y < 8)[..., None], RED, BLUE).astype(np.uint8)
    lab = srgb_to_oklab(rgb).astype(np.float32)
    lab[..., 0] += np.random.default_rng(seed).normal(0, wavering, (16, 16))
    return lab, opaque


def shown(index: np.ndarray, colors: np.ndarray) -> np.ndarray:
    return srgb_to_oklab(colors)[np.maximum(index, 0)]


def rim_of(index: np.ndarray) -> np.ndarray:
    held = np.pad(index >= 0, 1)
    inner = held[:-2, 1:-1] & held[2:, 1:-1] & held[1:-1, :-2] & held[1:-1, 2:]
    return (index >= 0) & ~inner


def test_an_outline_of_one_pixel_is_darker_than_what_it_bounds() -> None:
    index, colors = inked(*sketch())
    lab, rim = shown(index, colors), rim_of(index)
    inside = (index >= 0) & ~rim
    next_row = rim_of(np.where(rim, -1, index))
    assert lab[rim, 0].max() < lab[inside, 0].min()
    assert lab[next_row, 0].min() > 1.3 * lab[rim, 0].mean()


def test_each_material_has_an_outline_of_its_own_colour() -> None:
    index, colors = inked(*sketch(wavering=0))
    lab, rim = shown(index, colors), rim_of(index)
    upper, lower = rim.copy(), rim.copy()
    upper[14:], lower[:18] = False, False
    assert lab[upper, 1].min() > 0.05 > 0 > lab[lower, 2].max()


def test_restless_lightness_becomes_few_large_areas() -> None:
    index, colors = inked(*sketch())
    assert index.shape == (32, 32) and len(colors) <= 16
    rim = rim_of(index)
    sizes = areas_of_grid(np.where(rim, -1, index))
    assert np.median(sizes[(index >= 0) & ~rim]) >= 12
    assert (sizes[(index >= 0) & ~rim] >= 3).all()


def test_each_half_keeps_its_colour_and_the_light_comes_from_the_upper_left() -> None:
    index, colors = inked(*sketch(wavering=0))
    lab = shown(index, colors)
    inside = (index >= 0) & ~rim_of(index)
    red = inside & (lab[..., 1] > 0.08)
    assert red[8:12, 10:22].all() and not red[20:].any()
    left = np.arange(32) < 16
    assert lab[red & left, 0].mean() > lab[red & ~left, 0].mean()


def test_a_dark_line_of_the_sketch_does_not_become_two() -> None:
    lab, opaque = sketch(wavering=0)
    dark = np.asarray(rim_of(np.where(opaque, 0, -1)))
    lab[dark] = srgb_to_oklab(np.array([BLACK], np.uint8))[0]
    index, colors = inked(lab, opaque)
    light = shown(index, colors)[..., 0]
    second = rim_of(np.where(rim_of(index), -1, index))
    assert (light[second] > 0.3).mean() > 0.9


def test_a_mark_that_stands_out_stays() -> None:
    lab, opaque = sketch()
    lab[5, 5] = srgb_to_oklab(np.array([WHITE], np.uint8))[0]
    lab[5, 9] = srgb_to_oklab(np.array([BLACK], np.uint8))[0]
    index, colors = inked(lab, opaque)
    light = shown(index, colors)[..., 0]
    assert light[10:12, 10:12].min() > 0.85
    assert light[10:12, 18:20].max() < 0.35


def test_a_part_too_thin_for_an_outline_keeps_its_colour() -> None:
    lab = np.tile(srgb_to_oklab(np.array([RED], np.uint8))[0], (16, 16, 1)).astype(np.float32)
    opaque = np.zeros((16, 16), bool)
    opaque[8, 2:14] = True
    index, colors = inked(lab, opaque)
    assert (shown(index, colors)[index >= 0][:, 1] > 0.15).mean() > 0.4


def test_a_ground_that_fills_its_square_has_no_outline() -> None:
    lab, _ = sketch()
    index, colors = inked(lab, np.ones((16, 16), bool))
    light = shown(index, colors)[..., 0]
    assert abs(light[0, 2:14].mean() - light[4:8, 2:14].mean()) < 0.1


def test_only_colours_of_a_palette_that_is_given() -> None:
    palette = np.array([RED, BLUE, WHITE, BLACK], np.uint8)
    index, colors = inked(*sketch(), palette)
    assert np.array_equal(colors, palette) and set(np.unique(index)) <= {-1, 0, 1, 2, 3}


@pytest.mark.parametrize("seed", range(4))
def test_nothing_is_lost_and_nothing_added(seed: int) -> None:
    lab, opaque = sketch(seed)
    index, _ = inked(lab, opaque)
    there = opaque.repeat(2, 0).repeat(2, 1)
    assert ((index >= 0) != there).mean() < 0.03  # Scale2x rounds corners
    assert len(np.unique(touching_parts(index >= 0)[index >= 0])) == 1


def test_an_empty_sketch_stays_empty() -> None:
    lab, opaque = sketch()
    index, colors = inked(lab, opaque & False)
    assert (index == -1).all() and index.shape == (32, 32) and len(colors)
