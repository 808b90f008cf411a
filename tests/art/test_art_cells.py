import numpy as np
import pytest
from skimage import data
from skimage.transform import downscale_local_mean

from pincel.art import cells
from pincel.pixels import color


def opaque(rgb):
    return np.dstack([rgb, np.full(rgb.shape[:2], 255, np.uint8)])


def test_a_sample_is_the_mean_light_of_its_area():
    rgb = data.astronaut()[:240, :300]
    cut = cells.sample_cells(opaque(rgb), 20, 16, side=3)  # 300/60 = 5, 240/48 = 5 pixels a sample
    expected = downscale_local_mean(color.srgb_to_linear(rgb), (5, 5, 1))
    assert np.allclose(cut.plane, color.linear_to_oklab(expected), atol=2e-3)


def test_fold_and_unfold_are_inverse():
    plane = np.random.default_rng(0).random((12, 18, 3))
    folded = cells.fold(plane, 6)
    assert folded.shape == (2, 3, 36, 3)
    assert np.array_equal(folded[1, 2, 7], plane[6 + 1, 12 + 1])
    assert np.array_equal(cells.unfold(folded, 6), plane)


def test_strips_give_what_one_piece_gives(monkeypatch):
    rgba = opaque(data.coffee()[:397, :411])
    whole = cells.sample_cells(rgba, 31, 29)
    monkeypatch.setattr(cells, "_STRIP_PIXELS", 20_000)
    assert np.allclose(cells.sample_cells(rgba, 31, 29).samples, whole.samples, atol=1e-3)


def test_colours_bleed_outward_under_transparency():
    rgba = np.zeros((60, 60, 4), np.uint8)
    rgba[20:40, 20:40] = [200, 40, 30, 255]  # the rest is transparent black
    cut = cells.sample_cells(rgba, 10, 10)
    red = color.srgb_to_oklab(np.array([200, 40, 30], np.uint8))
    assert color.oklab_distance(cut.samples, red).max() < 0.02
    assert cut.coverage.sum() == pytest.approx(400 / 36, rel=1e-3)


def test_a_small_source_is_repeated_not_smoothed():
    rgba = opaque(np.random.default_rng(1).integers(0, 256, (8, 8, 3), dtype=np.uint8))
    cut = cells.sample_cells(rgba, 8, 8)
    assert np.allclose(cut.samples[3, 4], color.srgb_to_oklab(rgba[3, 4, :3]), atol=1e-4)
