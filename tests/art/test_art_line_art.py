"""Drawings in thin ink: told from all other pictures, and drawn as whole lines of one pixel."""

from __future__ import annotations

import io
from functools import cache

import numpy as np
import pytest
from PIL import Image
from scipy import ndimage

import pincel
from pincel.art import line_art
from pincel.art.staircases import staircases
from samples import face_picture

PIECES = 5
"""Strokes of `manikin` that hang together with nothing."""


@cache
def manikin(size: int = 480, wide: float = 3.0, ink=(0, 0, 0), paper=(255, 255, 255)) -> np.ndarray:
    """A head with two eyes, a nose and a mouth on a body with arms, in smooth strokes,
    (size, size, 4) uint8; paper None: on nothing."""
    y, x = np.mgrid[0:size, 0:size] / size
    far = [
        np.abs(np.hypot(x - 0.5, y - 0.42) - 0.3),
        np.abs(np.hypot(x - 0.39, y - 0.35) - 0.04),
        np.abs(np.hypot(x - 0.61, y - 0.35) - 0.04),
        np.where(y > 0.55, np.abs(np.hypot(x - 0.5, y - 0.5) - 0.13), 1.0),
    ]
    lines = [
        ((0.5, 0.4), (0.47, 0.49)),
        ((0.5, 0.72), (0.5, 0.98)),
        ((0.5, 0.78), (0.31, 0.9)),
        ((0.5, 0.78), (0.7, 0.89)),
    ]
    for (x0, y0), (x1, y1) in lines:
        way = np.array([x1 - x0, y1 - y0])
        along = np.clip(((x - x0) * way[0] + (y - y0) * way[1]) / (way @ way), 0, 1)
        far.append(np.hypot(x - x0 - along * way[0], y - y0 - along * way[1]))
    share = np.clip(wide / 2 + 0.5 - np.min(far, 0) * size, 0, 1)[..., None]
    if paper is None:
        rgb = np.broadcast_to(np.array(ink, float), (size, size, 3))
        return np.dstack([rgb, share * 255]).astype(np.uint8)
    rgb = np.array(ink) * share + np.array(paper) * (1 - share)
    return np.dstack([np.rint(rgb), np.full((size, size), 255)]).astype(np.uint8)


def pieces(ink: np.ndarray) -> int:
    return ndimage.label(ink, np.ones((3, 3)))[1]


def blocks(ink: np.ndarray) -> int:
    """Squares of four cells: a line of one pixel has none."""
    return int((ink[1:, 1:] & ink[:-1, 1:] & ink[1:, :-1] & ink[:-1, :-1]).sum())


@pytest.mark.parametrize("cells", [32, 48, 64, 120])
@pytest.mark.parametrize("wide", [1.0, 3.0])
def test_every_stroke_is_one_whole_line(cells: int, wide: float) -> None:
    found = line_art.found(manikin(wide=wide), cells, cells)
    assert found is not None
    rgba = line_art.line_drawing(found, cells, cells)
    ink = rgba[..., 0] < 128
    dark, light = np.unique(rgba.reshape(-1, 4), axis=0)
    assert dark[:3].max() < 20 and light.tolist() == [255] * 4
    assert pieces(ink) == PIECES
    assert blocks(ink) == 0
    holes = ndimage.label(~ink)[1] - 1  # head and both eyes stay closed
    assert holes >= 3
    steps = staircases(ink.astype(np.int16))
    assert steps.jag < 0.04 and steps.mix < 0.04  # and they climb evenly


@pytest.mark.parametrize(
    ("ink", "paper", "engine"),
    [((20, 30, 120), (245, 238, 220), "fast"), ((250, 250, 250), (20, 20, 24), "best")],
)
def test_ink_and_ground_keep_their_colours(ink: tuple, paper: tuple, engine: str) -> None:
    sprite = pincel.pixelate(manikin(ink=ink, paper=paper), width=64, engine=engine)
    assert {tuple(c) for c in sprite.palette} == {ink, paper}
    lines = (sprite.rgba()[..., :3] == ink).all(-1)
    assert pieces(lines) == PIECES and blocks(lines) == 0


def test_ink_on_nothing() -> None:
    sprite = pincel.pixelate(manikin(paper=None, ink=(160, 30, 40)), width=64)
    assert sprite.palette.tolist() == [[160, 30, 40]]
    assert pieces(sprite.indices >= 0) == PIECES


def test_noise_and_compression_leave_no_crumbs() -> None:
    rng = np.random.default_rng(5)
    noisy = manikin()[..., :3] + rng.normal(0, 6, (480, 480, 1))
    noisy[rng.random((480, 480)) < 0.0005] = 60  # dust
    file = io.BytesIO()
    Image.fromarray(np.clip(noisy, 0, 255).astype(np.uint8)).save(file, "JPEG", quality=80)
    sprite = pincel.pixelate(file.getvalue(), width=64)
    assert len(sprite.palette) == 2
    dark = sprite.rgba()[..., :3].sum(-1) < 384
    assert pieces(dark) == PIECES and blocks(dark) == 0


def test_fillings_stay_filled_and_corners_stay_corners() -> None:
    rgba = np.full((320, 320, 4), 255, np.uint8)
    rgba[40:280, 40:44, :3] = rgba[40:280, 276:280, :3] = 0
    rgba[40:44, 40:280, :3] = rgba[276:280, 40:280, :3] = 0
    rgba[140:180, 140:180, :3] = 0
    found = line_art.found(rgba, 32, 32)
    assert found is not None
    ink = line_art.line_drawing(found, 32, 32)[..., 0] < 128
    assert ink[14:18, 14:18].all()
    wanted = np.zeros((32, 32), bool)
    wanted[4:28, [4, 27]] = wanted[[4, 27], 4:28] = True
    wanted[14:18, 14:18] = True
    assert np.array_equal(ink, wanted)


def test_a_cut_out_takes_the_ground_and_no_ink() -> None:
    whole = pincel.pixelate(manikin(), width=64).rgba()
    cut = pincel.pixelate(manikin(), width=64, cutout=True).rgba()
    ink = (whole[..., 0] < 128) & (whole[..., 3] > 0)
    assert np.array_equal(ink, (cut[..., 0] < 128) & (cut[..., 3] > 0))
    assert cut[0, 0, 3] == 0 and cut[30, 32, 3] == 255  # outside the head, and inside


def test_an_animation_of_strokes_keeps_two_colours() -> None:
    frames = [Image.fromarray(manikin(240, wide)).convert("RGB") for wide in (1.5, 2.0, 2.5)]
    file = io.BytesIO()
    frames[0].save(file, "WEBP", save_all=True, append_images=frames[1:], lossless=True)
    sprite = pincel.pixelate(file.getvalue(), width=48)
    assert len(sprite.frames) == 3 and len(sprite.palette) == 2
    for number in range(3):
        assert pieces(sprite.rgba(number)[..., 0] < 128) == PIECES


def photograph(seed: int, ground: int = 128) -> np.ndarray:
    rng = np.random.default_rng(seed)
    blots = ndimage.gaussian_filter(rng.normal(0, 1, (200, 200, 3)), (6, 6, 0)) * 500 + ground
    blots += rng.normal(0, 8, blots.shape)
    return np.dstack([np.clip(blots, 0, 255), np.full((200, 200), 255)]).astype(np.uint8)


def two_inks() -> np.ndarray:
    rgba = manikin().copy()
    rgba[300:, :, 0] = 255  # red below
    return rgba


def sprite() -> np.ndarray:
    """Black lines that somebody drew, a pixel wide, on their own grid."""
    rgba = np.full((64, 64, 4), 255, np.uint8)
    rgba[10:50, 20, :3] = rgba[10, 20:40, :3] = rgba[30, 20:35, :3] = 0
    return rgba


OTHERS = {
    "photograph": photograph(1),
    "overexposed": photograph(2, 240),
    "face": face_picture(320),
    "underexposed": photograph(3, 20),
    "blank": np.full((200, 200, 4), 255, np.uint8),
    "clear": np.zeros((200, 200, 4), np.uint8),
    "two inks": two_inks(),
    "wide strokes": manikin(wide=24.0),
    "sprite": sprite(),
}


@pytest.mark.parametrize("kind", OTHERS)
def test_nothing_else_is_taken_for_it(kind: str) -> None:
    assert line_art.found(OTHERS[kind], 48, 48) is None


@pytest.mark.parametrize("kind", ["photograph", "face", "two inks", "sprite"])
def test_everything_else_comes_out_as_before(kind: str, monkeypatch) -> None:
    now = pincel.pixelate(OTHERS[kind], width=40)
    monkeypatch.setattr(line_art, "found", lambda *_: None)
    before = pincel.pixelate(OTHERS[kind], width=40)
    assert np.array_equal(now.rgba(), before.rgba())
