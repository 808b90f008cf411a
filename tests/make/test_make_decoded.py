"""What a network decoded becomes pixel art with one palette, or a plain picture."""

from __future__ import annotations

import io

import numpy as np
from PIL import Image

from pincel.art.verdict import judge
from pincel.make.latent.decoded import as_sprite, decoded

RNG = np.random.default_rng(8)


def soft(count: int) -> np.ndarray:
    """Smooth colours with a round hole, (count, 16, 16, 4)."""
    y, x = np.mgrid[0:16, 0:16]
    rgba = np.zeros((count, 16, 16, 4), np.uint8)
    for k in range(count):
        rgba[k, ..., 0], rgba[k, ..., 1], rgba[k, ..., 2] = x * 15, y * 15, 40 * k + 20
        rgba[k, ..., 3] = np.where((x - 8) ** 2 + (y - 8) ** 2 < 50, 255, 0)
    return rgba


def test_pixel_art_gets_one_palette_for_all_frames() -> None:
    made = decoded(soft(3), hard=True, colors=12)
    assert made.sprite is not None and len(made.sprite.palette) <= 12
    colors = np.unique(made.shown[made.shown[..., 3] > 0][:, :3], axis=0)
    assert len(colors) <= 12
    np.testing.assert_array_equal(made.shown[..., 3], soft(3)[..., 3])
    strip = Image.open(io.BytesIO(made.png()))
    assert strip.mode == "P" and strip.size == (48, 16)
    assert judge(made.shown[0]).real


def test_few_colors_are_kept_exactly() -> None:
    rgba = np.zeros((1, 8, 8, 4), np.uint8)
    palette = RNG.integers(0, 256, (5, 3), dtype=np.uint8)
    rgba[..., :3], rgba[..., 3] = palette[RNG.integers(0, 5, (1, 8, 8))], 255
    np.testing.assert_array_equal(decoded(rgba, True, 8).shown, rgba)


def test_other_pictures_stay_as_they_are() -> None:
    grey = RNG.integers(0, 256, (2, 8, 8, 1), dtype=np.uint8)
    made = decoded(grey, hard=False)
    assert made.sprite is None and made.shown.shape == (2, 8, 8, 4)
    strip = np.asarray(Image.open(io.BytesIO(made.png())))
    np.testing.assert_array_equal(strip[..., 0], np.concatenate(list(grey[..., 0]), 1))


def test_an_animation_goes_there_and_back() -> None:
    made = decoded(soft(4), True, 16).back_and_forth()
    gif = Image.open(io.BytesIO(made.gif([100] * 6)))
    assert gif.n_frames == 6 and gif.size == (256, 256)
    first = np.asarray(gif.convert("RGBA"))[8::16, 8::16]
    np.testing.assert_array_equal(first[..., 3], made.shown[0][..., 3])
    gif.seek(5)
    last = np.asarray(gif.convert("RGBA"))[8::16, 8::16]
    inside = made.shown[1][..., 3] > 0
    np.testing.assert_array_equal(last[inside], made.shown[1][inside])


def test_nothing_at_all_is_a_sprite_too() -> None:
    assert (as_sprite(np.zeros((2, 4, 4, 4), np.uint8), 8).frames[0] == -1).all()
