"""Recolouring: one new colour for each old one, lights over lights, shades apart."""

from __future__ import annotations

import numpy as np

from pincel.art.color_names import RAMPS, lacking, named_in, ramp
from pincel.art.palettes import palette_named
from pincel.art.recolor import recolor
from pincel.pixels.color import srgb_to_oklab


def shaded() -> tuple[np.ndarray, np.ndarray]:
    """A ball of six blues on a clear ground, and its palette, dark to light."""
    palette = np.array([[20 + 25 * i, 30 + 30 * i, 90 + 30 * i] for i in range(6)], np.uint8)
    y, x = np.mgrid[0:24, 0:24] - 11.5
    index = np.clip(5 - np.hypot(x + 3, y + 3) // 3, 0, 5).astype(np.int16)
    index[np.hypot(x, y) > 11] = -1
    return index, palette


def test_every_colour_becomes_one_and_transparent_stays() -> None:
    index, palette = shaded()
    for name in ("pico-8", "game-boy", "endesga-32", "c64"):
        new = palette_named(name).colors
        after = recolor(index, palette, new)
        assert after.dtype == np.int16 and after.max() < len(new)
        assert np.array_equal(after < 0, index < 0)
        for old in range(6):
            assert len(np.unique(after[index == old])) == 1


def test_lights_stay_lighter_than_darks() -> None:
    index, palette = shaded()
    for name in ("pico-8", "game-boy", "endesga-32", "c64"):
        new = palette_named(name).colors
        light = srgb_to_oklab(new)[:, 0]
        after = recolor(index, palette, new)
        steps = [light[after[index == old][0]] for old in range(6)]
        assert np.all(np.diff(steps) >= -0.03), (name, steps)
        assert len(np.unique(after[index >= 0])) >= 3, name


def test_its_own_palette_changes_nothing() -> None:
    index, palette = shaded()
    assert np.array_equal(recolor(index, palette, palette), index)
    new = palette_named("game-boy").colors
    once = recolor(index, palette, new)
    assert np.array_equal(recolor(once, new, new), once)
    empty = np.full((4, 4), -1, np.int16)
    assert np.array_equal(recolor(empty, palette, palette), empty)


def test_colours_are_named_in_both_languages() -> None:
    assert named_in("a golden crown, RED gem") == ["gold", "red"]
    assert named_in("Corona dorada con una gema roja y más rojo") == ["gold", "red"]
    assert named_in("dragón marrón") == ["brown"]
    assert named_in("credit") == []
    for color in RAMPS:
        assert lacking(ramp(color), [color]) == []
        assert np.all(np.diff(srgb_to_oklab(ramp(color))[:, 0]) > 0)
    assert lacking(palette_named("game-boy").colors, ["red", "green"]) == ["red"]
    assert lacking(np.zeros((0, 3), np.uint8), ["red"]) == ["red"]
