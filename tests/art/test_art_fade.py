"""Fades: told from edges, ended at half alpha, thinned out, or kept in a few levels."""

from __future__ import annotations

import numpy as np
import pytest

from pincel.art import cutout, fade
from pincel.art.sprite import Sprite
from pincel.art.sprite_files import encode_sprite
from pincel.errors import PincelError
from pincel.pixels.open import open_picture


def glow(size: int = 48) -> np.ndarray:
    """Cover of a bright core in a radial fade, (size, size) 0-1."""
    y, x = np.mgrid[0:size, 0:size] - (size - 1) / 2
    far = np.hypot(x, y) / (size / 2)
    return np.where(far < 0.25, 1.0, np.clip(1 - far, 0, 1))


def disc(size: int = 48) -> np.ndarray:
    """Cover of a disc with a soft edge of one cell."""
    y, x = np.mgrid[0:size, 0:size] - (size - 1) / 2
    return np.clip(size / 3 - np.hypot(x, y) + 0.5, 0, 1)


def test_an_edge_is_no_fade_and_glass_is_one() -> None:
    assert not fade.fading(disc()).any()
    assert not fade.fading(np.ones((9, 9))).any()
    found = fade.fading(glow())
    assert found[24, 36] and not found[24, 24] and not found[0, 0]
    assert fade.fading(np.full((8, 8), 0.4)).all()


def test_a_fade_ends_at_half_alpha_not_at_its_core() -> None:
    for size in (24, 48, 96):
        cover = glow(size)
        assert cutout.alpha_threshold(cover) == 0.5
        assert (cover >= 0.5).sum() > 3 * (cover == 1).sum()


def test_a_pattern_thins_out_as_the_alpha_does() -> None:
    cover = glow()
    there = fade.dithered(np.zeros(cover.shape, np.int16), cover) >= 0
    zone = fade.fading(cover)
    assert there[zone].mean() == pytest.approx(cover[zone].mean(), abs=0.03)
    near, far = cover[zone] > 0.6, cover[zone] < 0.3
    assert there[zone][near].mean() > 2 * there[zone][far].mean()
    assert there[~zone].all()


def test_few_levels_of_alpha_are_left() -> None:
    cover = glow()
    labels = np.where(fade.faded_cells(cover < 0.5, cover), -1, 0)
    alpha = fade.alpha(labels, cover)
    assert set(np.unique(alpha)) == {0, 64, 128, 191, 255}
    assert np.abs(alpha / 255 - cover)[fade.fading(cover)].max() <= 0.13
    assert set(np.unique(fade.alpha(np.zeros(cover.shape, int), disc()))) == {255}


def soft_sprite(count: int = 1) -> Sprite:
    """Frames of a fade that grows, in two colours."""
    frames, alphas = [], []
    for number in range(count):
        cover = glow(24 + 2 * number)[number : 24 + number, number : 24 + number]
        labels = np.where(fade.faded_cells(cover < 0.5, cover), -1, cover == 1).astype(np.int16)
        frames.append(labels)
        alphas.append(fade.alpha(labels, cover))
    palette = np.array([[80, 200, 255], [255, 255, 255]], np.uint8)
    durations = (100,) * count if count > 1 else (0,)
    return Sprite(tuple(frames), palette, durations, alphas=tuple(alphas))


@pytest.mark.parametrize("suffix", [".png", ".apng", ".webp", ".aseprite"])
@pytest.mark.parametrize("count", [1, 3])
def test_levels_of_alpha_come_back_from_files(suffix: str, count: int) -> None:
    sprite = soft_sprite(count)
    back = open_picture(encode_sprite(sprite, suffix)).frames
    assert len(np.unique(sprite.rgba()[..., 3])) >= 4
    for number, frame in enumerate(back):
        assert np.array_equal(frame, sprite.rgba(number)), number
    twice = open_picture(encode_sprite(sprite, suffix, scale=2)).frames
    assert np.array_equal(twice[-1][::2, 1::2], sprite.rgba(count - 1))


def test_more_colours_and_levels_than_a_palette_holds_still_come_back() -> None:
    palette = np.arange(3 * 100, dtype=np.uint8).reshape(100, 3)
    frame = np.arange(400, dtype=np.int16).reshape(20, 20) % 100
    alphas = (np.arange(400).reshape(20, 20) // 100 * 64 + 63).astype(np.uint8)
    sprite = Sprite((frame,), palette, alphas=(alphas,))
    for suffix in (".png", ".aseprite"):
        assert np.array_equal(open_picture(encode_sprite(sprite, suffix)).rgba, sprite.rgba())
    with pytest.raises(PincelError, match="256"):
        encode_sprite(Sprite((frame,) * 2, palette, (9, 9), alphas=(alphas,) * 2), ".png")


def test_gif_says_that_it_holds_no_levels_of_alpha() -> None:
    with pytest.raises(PincelError, match=r"gif holds no half-transparent.*png, apng, aseprite"):
        encode_sprite(soft_sprite(), ".gif")
