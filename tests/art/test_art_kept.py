"""What a sprite keeps of its source."""

from __future__ import annotations

import numpy as np
import pytest
from skimage.metrics import structural_similarity

from pincel.art.kept import against, side_by_side
from pincel.pixels.color import srgb_to_oklab
from samples import face_picture


def sprite_and_source() -> tuple[np.ndarray, np.ndarray]:
    sprite = face_picture(32)
    return sprite, sprite.repeat(6, 0).repeat(6, 1)


def test_a_sprite_keeps_all_of_its_own_enlargement() -> None:
    found = against(*sprite_and_source())
    assert found.difference == pytest.approx(0, abs=1e-3)
    assert found.hue_kept == 1
    assert found.structure == pytest.approx(1)
    assert found.covered == 1


def test_structure_is_skimages_ssim_of_the_blurred_lightness() -> None:
    rng = np.random.default_rng(4)
    source = rng.integers(0, 255, (48, 60, 4), np.uint8)
    source[..., 3] = 255
    sprite = source[::4, ::4]
    ours, theirs = (srgb_to_oklab(p)[..., 0] for p in side_by_side(sprite, source))
    expected = structural_similarity(ours, theirs, data_range=1.0)
    assert against(sprite, source).structure == pytest.approx(expected, abs=0.03)


def test_a_lost_colour_is_noticed_by_the_hues() -> None:
    sprite, source = sprite_and_source()
    blue = (sprite[..., 2] > sprite[..., 0]) & (sprite[..., 3] > 0)
    assert blue.any()
    grey = sprite.copy()
    grey[blue, :3] = 120
    whole, lost = against(sprite, source), against(grey, source)
    assert lost.hue_kept < whole.hue_kept
    assert lost.difference > whole.difference


def test_what_is_cut_away_is_told_and_not_counted() -> None:
    sprite, source = sprite_and_source()
    cut = sprite.copy()
    cut[:16] = 0
    found = against(cut, source)
    assert 0.3 < found.covered < 0.7
    assert found.difference < 0.2
    assert against(np.zeros_like(sprite), source).covered == 0


def test_shifting_by_a_cell_hurts_structure() -> None:
    sprite, source = sprite_and_source()
    assert against(np.roll(sprite, 2, 1), source).structure < 0.9
