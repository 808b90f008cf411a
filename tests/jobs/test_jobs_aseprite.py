"""Aseprite files in every job that takes pictures; tags where the result is an animation."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

import aseprite_files as made
import pincel
from pincel.art.files.palettes import read_palette
from pincel.art.files.sprites.aseprite import aseprite_sprite
from pincel.art.sprite_files import encode_sprite, enlarged_sprite
from pincel.jobs.generate.upscale import _as_sprite
from pincel.pixels.animation import Slice, SliceKey, Tag
from pincel.pixels.open import open_picture

COLORS = [(0, 0, 0), (255, 0, 77), (0, 228, 54), (41, 173, 255), (255, 236, 39)]


@pytest.fixture
def walk(tmp_path):
    """Four frames of 16 x 16 in two layers; the upper one moves."""
    rng = np.random.default_rng(2)
    ground = rng.integers(1, 5, (16, 16)).astype(np.uint8)
    start = [made.palette(COLORS), made.layer("a"), made.layer("b")]
    start += [made.tags(("go", 0, 1, 2, 3), ("stop", 2, 3, 1, 0))]
    frames = []
    for number in range(4):
        chunks = [] if number else start
        upper = made.cel(1, 2 * number, 4, 6, 6, bytes([number + 1] * 36))
        frames.append(made.frame([*chunks, made.cel(0, 0, 0, 16, 16, ground.tobytes()), upper], 80))
    path = tmp_path / "walk.aseprite"
    path.write_bytes(made.file(frames, 16, 16, 8))
    return path


TAGS = (Tag("go", 0, 1, 2, 3), Tag("stop", 2, 3, 1, 0))


def test_pixelate_keeps_the_tags(walk, tmp_path):
    sprite = pincel.pixelate(walk, width=8, out=tmp_path / "out", format=("png", "aseprite"))
    assert sprite.tags == TAGS and len(sprite.frames) == 4
    (file,) = (tmp_path / "out").glob("*.aseprite")
    again = aseprite_sprite(file.read_bytes())
    assert again.tags == TAGS
    assert all(np.array_equal(a, b) for a, b in zip(again.frames, sprite.frames, strict=True))


def test_pixelate_at_another_speed_moves_the_tags(walk):
    sprite = pincel.pixelate(walk, width=8, fps=25)
    assert len(sprite.frames) == 8
    assert [(tag.first, tag.last) for tag in sprite.tags] == [(0, 3), (4, 7)]


def test_restore_finds_it_at_its_true_size(walk):
    sprite = pincel.restore(walk)
    assert sprite.tags == TAGS
    picture = open_picture(walk)
    for number, frame in enumerate(picture.frames):
        assert np.array_equal(sprite.rgba(number), frame)


def test_restore_and_upscale_keep_the_tags_at_another_size(walk, tmp_path):
    small = aseprite_sprite(walk.read_bytes())
    large = enlarged_sprite(replace(small, tags=TAGS), 8)
    path = large.save(tmp_path / "large.aseprite")
    restored = pincel.restore(path)
    assert (restored.width, restored.tags) == (16, TAGS)
    assert _as_sprite(open_picture(walk), always=True).tags == TAGS


def test_enlarged_slices_lie_where_their_pixels_do(walk):
    one = Slice("box", (SliceKey(0, (1, 2, 3, 4), (1, 1, 2, 2), (0, 3)),))
    large = aseprite_sprite(
        encode_sprite(replace(aseprite_sprite(walk.read_bytes()), slices=(one,)), ".ase", scale=3)
    )
    assert large.slices == (Slice("box", (SliceKey(0, (3, 6, 9, 12), (3, 3, 6, 6), (0, 9)),)),)


def test_a_palette_comes_from_the_pixels_where_the_file_has_none():
    frames = [made.frame([made.layer("a"), made.cel(0, 0, 0, 2, 1, [9, 8, 7, 255, 1, 2, 3, 255])])]
    read = read_palette(made.file(frames, 2, 1, 32), "bare.aseprite")
    assert read.colors.tolist() == [[9, 8, 7], [1, 2, 3]]


def test_score_inspect_and_colors_read_it(walk):
    assert pincel.score(walk)
    assert pincel.inspect(walk).values.shape[:2] == (16, 16)
    assert pincel.colors(walk)


def test_edit_keeps_the_palette_in_its_order(tmp_path):
    from pincel.make.edits.editable import editable

    still = made.frame([made.palette(COLORS), made.layer("a"), made.cel(0, 0, 0, 2, 1, [3, 1])])
    sprite = editable(made.file([still], 2, 1, 8), "still.aseprite")
    assert sprite.palette.tolist() == [list(color) for color in COLORS]
    assert sprite.indices.tolist() == [[3, 1]]
