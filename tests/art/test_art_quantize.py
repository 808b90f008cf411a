import numpy as np
import pytest
from skimage import data

from pincel.art import cells, quantize
from pincel.make.pictures.pixelate import Options, pixelate
from pincel.pixels import color


@pytest.fixture(scope="module")
def astronaut():
    rgb = data.astronaut()
    return cells.sample_cells(np.dstack([rgb, np.full(rgb.shape[:2], 255, np.uint8)]), 64, 64)


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


@pytest.mark.parametrize(("colors", "least", "before"), [(16, 0.85, 0.65), (12, 0.84, 0.6)])
def test_a_small_face_keeps_its_skin(colors, least, before, monkeypatch):
    """Between a pale wall and an orange suit every part of it is nearest to a grey."""
    rgb = data.astronaut()
    rgba = np.dstack([rgb, np.full(rgb.shape[:2], 255, np.uint8)])
    face = (slice(9, 24), slice(22, 34))
    share = []
    for _ in range(2):
        sprite, stages = pixelate(rgba, Options(width=64, colors=colors))
        worn = color.srgb_to_oklab(sprite.palette)[sprite.indices][face]
        own = stages.cells.mean[face]
        share.append(np.hypot(*worn.T[1:]).mean() / np.hypot(*own.T[1:]).mean())
        monkeypatch.setattr(quantize, "_given_back", lambda points, counts, centres: centres)
    assert share[0] > least
    assert share[1] < before


def test_a_colour_is_given_back_where_that_costs_little():
    """A light skin that nothing stands for, and a dark grey too many."""
    grey, skin = np.array([[0.8, 0.0, 0.0]]), np.array([[0.8, 0.03, 0.045]])
    darks = np.array([[0.05 + 0.01 * n, 0.0, 0.0] for n in range(4)])
    vivid = np.array([[0.6, 0.2, 0.1], [0.5, -0.1, 0.1], [0.4, 0.0, -0.2], [0.7, 0.1, 0.12]])
    lab = np.concatenate([grey, skin, darks, vivid]).astype(np.float32)
    points = quantize.stretch(lab)
    counts = np.array([500.0, 60, 90, 90, 90, 90, 80, 80, 80, 80])
    centres = np.delete(points, 1, 0)
    back = quantize._given_back(points, counts, centres)
    assert np.abs(back - points[1]).sum(-1).min() < 1e-5
    assert sum(np.abs(back - one).sum(-1).min() > 1e-5 for one in points) == 1
    kept = np.delete(lab, [0, *range(2, 6)], 0)
    assert all(np.abs(quantize.relax(back) - one).sum(-1).min() < 1e-4 for one in kept)


def test_no_hue_is_given_away_for_it():
    """Where every colour is the only one of its hue, or the whole would suffer, all stay."""
    grey, skin = np.array([[0.8, 0.0, 0.0]]), np.array([[0.8, 0.03, 0.045]])
    angle = np.linspace(0, 2 * np.pi, 8)[:-1]
    ring = np.stack([np.full(7, 0.6), 0.2 * np.cos(angle), 0.2 * np.sin(angle)], -1)
    points = quantize.stretch(np.concatenate([grey, skin, ring]).astype(np.float32))
    counts = np.array([500.0, 60, *[80] * 7])
    centres = np.delete(points, 1, 0)
    assert np.array_equal(quantize._given_back(points, counts, centres), centres)
