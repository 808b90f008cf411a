"""Enlarged pixel art given to pixelate is drawn on its own grid."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

import pincel
from pincel import words
from pincel.art.enlarged import edges_on_lines, true_grid
from pincel.calls import call
from pincel.job import Made
from pincel.jobs.make.pixelate import Pixelate
from pincel.limits import build
from pincel.make.pictures.true_grid import at_true_size
from pincel.pixels.color import oklab_distance, srgb_to_oklab
from pincel.pixels.picture import Picture
from samples import face_picture


def enlarged(rgba: np.ndarray, factor: float, kind: int = 0) -> np.ndarray:
    size = (round(rgba.shape[1] * factor), round(rgba.shape[0] * factor))
    return np.asarray(Image.fromarray(rgba).resize(size, Image.Resampling(kind)))


def jpeg(rgba: np.ndarray, quality: int) -> np.ndarray:
    held = io.BytesIO()
    Image.fromarray(rgba[..., :3]).save(held, "JPEG", quality=quality)
    rgb = np.asarray(Image.open(held).convert("RGB"))
    return np.dstack([rgb, np.full(rgb.shape[:2], 255, np.uint8)])


def on_white(rgba: np.ndarray) -> np.ndarray:
    rgb = np.where(rgba[..., 3:] > 0, rgba[..., :3], 255).astype(np.uint8)
    return np.dstack([rgb, np.full(rgb.shape[:2], 255, np.uint8)])


def made(picture: np.ndarray, **settings) -> Made:
    events = build(Pixelate, {"pictures": (picture,), **settings}).run()
    return next(event for event in events if isinstance(event, Made))


@pytest.mark.parametrize("factor", [2.0, 8.0, 1.5, 2.5, 3.37, 4.6])
@pytest.mark.parametrize("size", [16, 24])
def test_whole_and_fractional_enlargements_come_back_bit_for_bit(factor: float, size: int) -> None:
    face = face_picture(size)
    result = made(enlarged(face, factor))
    np.testing.assert_array_equal(result.value.rgba(), face)
    assert result.numbers["true_size"] == [size, size]
    assert f"{size} × {size}" in result.lines[1]


@pytest.mark.parametrize(("factor", "kind"), [(3.37, 0), (8.0, 0), (5.5, 0), (2.5, 2), (4.6, 2)])
def test_through_jpeg_and_interpolation_the_size_is_right_and_colours_are_near(
    factor: float, kind: int
) -> None:
    face = on_white(face_picture(16))
    result = made(jpeg(enlarged(face, factor, kind), 90))
    assert (result.numbers["width"], result.numbers["height"]) == (16, 16)
    gap = oklab_distance(srgb_to_oklab(result.value.rgba()[..., :3]), srgb_to_oklab(face[..., :3]))
    assert (gap < 0.06).mean() > 0.9


def test_a_size_that_is_asked_for_rules_and_the_true_one_is_told() -> None:
    large = enlarged(face_picture(16), 8.0)
    for asked, size in (({"width": 64}, 64), ({"cell": 4}, 32), ({"height": 8}, 8)):
        result = made(large, **asked)
        assert result.numbers["width"] == size and result.numbers["true_size"] == [16, 16]
        assert "16 × 16" in result.lines[1] and "--cell" in result.lines[1]
    same = made(large, width=16)
    np.testing.assert_array_equal(same.value.rgba(), face_picture(16))


def test_both_sentences_exist_in_spanish() -> None:
    words.use("es")
    try:
        large = enlarged(face_picture(16), 8.0)
        assert "su propia cuadrícula de 16 × 16" in made(large).lines[1]
        assert "su tamaño real es 16 × 16" in made(large, width=40).lines[1]
    finally:
        words.use(None)


def test_palette_colours_and_outline_still_count_on_the_true_grid() -> None:
    face = face_picture(24)
    large = enlarged(face, 6.0)
    three = call("pixelate", large, colors=3)
    assert three.width == 24 and len(three.palette) <= 3
    own = np.unique(face[face[..., 3] > 0][:, :3], axis=0)
    same = call("pixelate", large, palette=own)
    np.testing.assert_array_equal(same.rgba(), face)
    two = call("pixelate", large, palette=np.array([[0, 0, 0], [255, 255, 255]], np.uint8))
    assert {tuple(rgb) for rgb in two.palette.tolist()} <= {(0, 0, 0), (255, 255, 255)}
    lined = call("pixelate", large, outline=True)
    assert (lined.indices >= 0).sum() > (face[..., 3] > 0).sum()


def test_every_frame_of_an_animation_keeps_its_pixels(tmp_path) -> None:
    frames = [face_picture(16), face_picture(16)[:, ::-1].copy()]
    frames[1][8, 8, :3] = frames[1][4, 8, :3]
    path = tmp_path / "walk.webp"
    first, *rest = (Image.fromarray(enlarged(frame, 7.0)) for frame in frames)
    first.save(path, save_all=True, append_images=rest, duration=90, lossless=True)
    result = made(str(path))
    for number, frame in enumerate(frames):
        np.testing.assert_array_equal(result.value.rgba(number), frame)


def test_photographs_and_their_jpeg_blocks_are_never_taken_for_it() -> None:
    data = pytest.importorskip("skimage.data")
    for photo in (data.astronaut(), data.coffee(), data.chelsea(), data.rocket(), data.camera()):
        for side in (512, 128, 48):
            image = Image.fromarray(photo).convert("RGBA")
            image.thumbnail((side, side), Image.Resampling.LANCZOS)
            for rgba in (
                np.asarray(image),
                jpeg(np.asarray(image), 85),
                jpeg(np.asarray(image), 30),
            ):
                assert at_true_size(Picture((rgba,))) is None


def test_an_enlarged_photograph_is_still_a_photograph() -> None:
    data = pytest.importorskip("skimage.data")
    small = Image.fromarray(data.astronaut()).convert("RGBA").resize((120, 120))
    large = enlarged(np.asarray(small), 3.0)
    assert true_grid(large) is not None
    assert at_true_size(Picture((large,))) is None


def test_edges_lie_on_the_lines_of_the_true_grid_only() -> None:
    large = jpeg(enlarged(on_white(face_picture(24)), 9.0), 80)
    grid = true_grid(large)
    assert grid is not None and edges_on_lines(large, grid) > 0.8
    assert (
        true_grid(np.roll(large, (4, 4), (0, 1))) is None
        or edges_on_lines(np.roll(large, (4, 4), (0, 1)), grid) < 0.3
    )


def _textured(colors: int, side: int = 32) -> np.ndarray:
    """A sprite as a hand draws it, with texture of single pixels: (side, side, 4) uint8."""
    ramp = np.stack([np.linspace(30, 200, colors)] * 3, -1).astype(np.uint8)
    ramp[:, 2] //= 2
    index = (np.indices((side, side)).sum(0) * 7 + np.arange(side)[:, None] ** 2) % (colors + 1)
    sprite = np.zeros((side, side, 4), np.uint8)
    sprite[index > 0, :3] = ramp[index[index > 0] - 1]
    sprite[index > 0, 3] = 255
    return sprite


@pytest.mark.parametrize("settings", [{}, {"width": 32}, {"engine": "best"}, {"colors": 7}])
def test_a_sprite_at_its_own_size_stays_as_it_was_drawn(settings: dict) -> None:
    sprite = _textured(7)
    assert (pincel.pixelate(sprite, **settings).rgba() == sprite).all()


def test_frames_of_a_sprite_stay_too() -> None:
    frames = [_textured(7), np.roll(_textured(7), 1, 1)]
    held = io.BytesIO()
    shown = [Image.fromarray(frame) for frame in frames]
    shown[0].save(held, "PNG", save_all=True, append_images=shown[1:], duration=100, disposal=1)
    drawn = pincel.pixelate(held.getvalue(), width=32)
    assert all((drawn.rgba(n) == frame).all() for n, frame in enumerate(frames))


def test_what_has_more_colours_than_asked_for_is_drawn_anew() -> None:
    drawn = pincel.pixelate(_textured(12), colors=5)
    assert len(np.unique(drawn.rgba()[..., :3].reshape(-1, 3), axis=0)) <= 6
    smaller = pincel.pixelate(_textured(7), width=16)
    assert (smaller.width, smaller.height) == (16, 16)


@pytest.mark.parametrize("count", [1, 2])
def test_a_clear_sprite_keeps_its_ramp_in_a_gif(count: int, tmp_path: Path) -> None:
    """Pillow 13.0.0 sends RGBA through its octree on the way to a GIF, where near shades of a ramp
    become one; Pincel writes the indices that it has."""
    sprite = np.zeros((16, 16, 4), np.uint8)
    index = np.arange(256).reshape(16, 16) % 8
    for step in range(7):
        sprite[index == step] = (40 + 6 * step, 60 + 5 * step, 90 + 4 * step, 255)
    frames = [Image.fromarray(np.roll(sprite, n, 1)) for n in range(count)]
    held = io.BytesIO()
    frames[0].save(held, "PNG", save_all=True, append_images=frames[1:], disposal=1)
    pincel.pixelate(held.getvalue()).save(tmp_path / "ramp.gif")
    with Image.open(tmp_path / "ramp.gif") as shown:
        for n, frame in enumerate(frames):
            shown.seek(n)
            drawn, true = np.asarray(shown.convert("RGBA")), np.asarray(frame)
            assert (np.where(drawn[..., 3:] > 0, drawn, 0) == true).all()
