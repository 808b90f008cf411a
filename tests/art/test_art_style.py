import numpy as np
import pytest

from pincel.art import set_style, tile
from pincel.art.sprite import Sprite

PALETTE = np.array([[10, 10, 14], [220, 60, 60], [60, 180, 90], [240, 230, 200]], np.uint8)


def badge(color: int, lined: bool) -> Sprite:
    y, x = np.mgrid[0:20, 0:20] - 9.5
    away = np.hypot(x, y)
    index = np.where(away < 8, color, -1).astype(np.int16)
    if lined:
        index[(away < 8) & (away >= 6.9)] = 0
    index[9:11, 9:11] = 3
    return Sprite((index,), PALETTE)


def test_habits_of_lined_sprites() -> None:
    found = set_style.measure_style([badge(1, True), badge(2, True), badge(1, True)])
    assert found.colors == 3 and found.count == 3
    assert found.outline == "dark" and found.outlined == 1
    assert found.patterns.shape == (256,) and found.patterns.sum() > 0


def test_habits_of_unlined_sprites() -> None:
    found = set_style.measure_style([badge(1, False), badge(2, False)])
    assert found.outline == "none"
    assert found.contrast < set_style.measure_style([badge(1, True)]).contrast


def test_a_larger_sprite_has_more_colours() -> None:
    found = set_style.measure_style([badge(1, True)])
    assert set_style.colors_for(found, int(found.area)) == 4  # three, but never fewer than four
    assert set_style.colors_for(found, int(81 * found.area)) == 8
    assert set_style.colors_for(found, 1) == 4


def test_no_sprite_no_style() -> None:
    with pytest.raises(ValueError, match="at least one"):
        set_style.measure_style([])


def test_factors_lead_toward_the_style_within_bounds() -> None:
    habits = set_style.measure_style([badge(1, True)])
    grey = np.tile(np.array([[0.5, 0.001, 0]]), (50, 1))
    grey[:, 0] += np.linspace(-0.01, 0.01, 50)
    contrast, saturation = set_style.toward(habits, grey, np.ones(50))
    assert contrast == 1.5 and saturation == 1.5
    vivid = np.tile(np.array([[0.5, 0.3, 0]]), (50, 1))
    assert set_style.toward(habits, vivid, np.ones(50))[1] < 1


def test_a_tile_has_no_seam_and_a_tile_stays_as_it_is() -> None:
    y, x = np.mgrid[0:64, 0:64] / 64
    rgba = np.full((64, 64, 4), 255, np.uint8)
    rgba[..., 0] = 255 * x
    rgba[..., 1] = 255 * y
    assert tile.seam(rgba) > 10
    assert tile.seam(tile.seamless(rgba)) < 2
    waves = rgba.copy()
    waves[..., 0] = 128 + 100 * np.sin(2 * np.pi * x)
    waves[..., 1] = 128 + 100 * np.cos(2 * np.pi * y)
    assert np.array_equal(tile.seamless(waves), waves)
