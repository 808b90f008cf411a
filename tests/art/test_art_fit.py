"""A given palette: the picture is brought within its reach, nothing merges that was different."""

from __future__ import annotations

import numpy as np

from pincel.art import cells, fit
from pincel.art.palette_files import load_palette
from pincel.make.pictures.pixelate import Options, pixelate
from pincel.pixels import color
from samples import face_picture


def drawn(name: str) -> tuple[np.ndarray, np.ndarray]:
    palette = load_palette(name).colors
    sprite, _ = pixelate(face_picture(), Options(width=32, palette=palette))
    assert np.array_equal(sprite.palette, palette)
    return sprite.indices, palette


def test_four_shades_are_all_used_and_keep_the_eyes() -> None:
    index, _ = drawn("game-boy-pocket")
    used, count = np.unique(index[index >= 0], return_counts=True)
    assert len(used) == 4
    assert count.min() / count.sum() > 0.01
    eye = index[14:19, 8:24]  # whites and irises differ from the skin around them
    assert len(np.unique(eye)) >= 3


def test_one_bit_is_a_picture_and_not_a_blot() -> None:
    index, _ = drawn("1-bit")
    share = (index[index >= 0] == 0).mean()
    assert 0.1 < share < 0.9


def test_skin_keeps_its_hue_before_its_lightness() -> None:
    index, palette = drawn("pico-8")
    cheek = np.bincount(index[20:23, 8:24][index[20:23, 8:24] >= 0]).argmax()
    red, green, blue = (int(v) for v in palette[cheek])
    assert red > green > blue  # a skin tone, no grey and no green


def test_shades_of_one_hue_are_told_from_many_hues() -> None:
    for name, expected in (("game-boy", True), ("1-bit", True), ("pico-8", False), ("cga", False)):
        assert fit.one_hue(color.srgb_to_oklab(load_palette(name).colors)) is expected, name


def test_colours_within_reach_stay() -> None:
    rgba = face_picture()
    palette = np.unique(rgba[rgba[..., 3] > 0][:, :3], axis=0)
    cut = cells.sample_cells(rgba, 48, 48)
    hidden = cut.coverage < 0.5
    fitted = fit.fit_colors(cut, palette, hidden)
    lab = color.srgb_to_oklab(palette)
    before = color.oklab_distance(cut.samples[..., None, :], lab).argmin(-1)
    after = color.oklab_distance(fitted.samples[..., None, :], lab).argmin(-1)
    assert (before == after)[~hidden].mean() > 0.97
