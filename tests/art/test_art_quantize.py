import numpy as np
import pytest
from skimage import data

from pincel.art import cells, quantize
from pincel.pixels import color


@pytest.fixture(scope="module")
def astronaut():
    rgb = data.astronaut()
    return cells.sample(np.dstack([rgb, np.full(rgb.shape[:2], 255, np.uint8)]), 64, 64)


@pytest.mark.parametrize("k", [2, 8, 16, 32])
def test_exactly_k_different_colours(astronaut, k):
    palette = quantize.choose_palette(astronaut, k)
    assert palette.shape == (k, 3)
    assert palette.dtype == np.uint8
    assert len(np.unique(palette, axis=0)) == k


def test_the_same_twice(astronaut):
    once, again = (quantize.choose_palette(astronaut, 16) for _ in range(2))
    assert np.array_equal(once, again)


def test_as_many_as_needed_between_8_and_32(astronaut):
    assert 12 <= len(quantize.choose_palette(astronaut)) <= 32
    ramp = np.linspace(0.3, 0.5, 400)[:, None] * np.array([1, 0, 0])
    assert len(quantize.choose_palette(ramp.astype(np.float32))) == 8


def test_fewer_colours_than_asked_are_all_kept():
    three = np.array([[250, 10, 10], [10, 250, 10], [10, 10, 250]], np.uint8)
    seen = color.srgb_to_oklab(three.repeat(50, 0))
    found = quantize.choose_palette(seen, 16)
    assert len(found) == 3
    assert np.abs(np.sort(found, 0).astype(int) - np.sort(three, 0)).max() <= 1


def test_small_vivid_areas_keep_their_hue():
    rng = np.random.default_rng(0)
    grey = np.clip(rng.normal(130, 40, (100_000, 1)), 0, 255).repeat(3, 1)
    vivid = np.array([[220, 30, 40], [30, 160, 60], [40, 60, 220], [240, 200, 30]])
    rgb = np.concatenate([grey, vivid.repeat(400, 0)]).astype(np.uint8)  # each 0.4 %
    found = color.srgb_to_oklab(quantize.choose_palette(color.srgb_to_oklab(rgb), 12))
    wanted = color.srgb_to_oklab(vivid.astype(np.uint8))
    gap = color.oklab_distance(wanted[:, None], found[None]).min(1)
    assert gap.max() < 0.03


def test_skin_is_not_greyed():
    """On a face that is a tenth of a grey picture, the nearest colour keeps the skin's chroma."""
    rng = np.random.default_rng(1)
    grey = np.clip(rng.normal(140, 50, (9000, 1)), 0, 255).repeat(3, 1)
    shade = rng.uniform(0.55, 1.0, (1000, 1))
    skin = np.array([[233, 178, 150]]) * shade
    lab = color.srgb_to_oklab(np.concatenate([grey, skin]).astype(np.uint8))
    found = color.srgb_to_oklab(quantize.choose_palette(lab, 8))
    near = found[color.oklab_distance(lab[9000:, None], found[None]).argmin(1)]
    kept = np.linalg.norm(near[:, 1:], axis=1) / np.linalg.norm(lab[9000:, 1:], axis=1)
    assert np.median(kept) > 0.8


def test_nothing_to_see_gives_one_colour():
    assert quantize.choose_palette(np.zeros((0, 3), np.float32), 8).shape == (1, 3)
