"""A sprite in motion: the same pixels, a loop that closes, feet on the ground, nothing torn."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import ndimage

from pincel.art.motion import MOTIONS, animated, moving, with_room
from pincel.art.sprite import Sprite
from pincel.errors import PincelError

PALETTE = np.array(
    [[20, 12, 28], [120, 60, 40], [190, 110, 70], [240, 190, 150], [40, 70, 160], [90, 130, 220]],
    np.uint8,
)


def person(side: int = 32) -> np.ndarray:
    """Head, body with arms, two legs that stand apart; room around it."""
    made = np.full((side, side), -1, np.int16)
    unit = side // 16
    middle = side // 2

    def block(top: float, bottom: float, left: float, right: float, entry: int) -> None:
        rows = slice(round(top * unit), round(bottom * unit))
        made[rows, middle + round(left * unit) : middle + round(right * unit)] = entry

    block(2, 6, -2, 2, 3)
    block(2, 3, -2, 2, 1)
    block(6, 10.5, -2.5, 2.5, 4)
    block(6, 10, -4, -2.5, 5)
    block(6, 10, 2.5, 4, 5)
    block(10.5, 15, -2.5, -0.5, 2)
    block(10.5, 15, 0.5, 2.5, 2)
    block(14, 15, -3, -0.5, 0)
    block(14, 15, 0.5, 3, 0)
    return made


def robe(side: int = 32) -> np.ndarray:
    """A cone: no legs can be told apart."""
    y, x = np.indices((side, side))
    inside = (np.abs(x - side / 2 + 0.5) < 2 + y * 0.25) & (y > side // 8) & (y < side - 2)
    return np.where(inside, 2 + (y * 4 // side), -1).astype(np.int16)


def blob(seed: int, side: int) -> np.ndarray:
    """Something round with patches of colour, in one piece, with room above."""
    rng = np.random.default_rng(seed)
    y, x = np.indices((side, side))
    shape = np.hypot((x - side / 2) / (0.3 * side), (y - 0.56 * side) / (0.34 * side))
    rough = ndimage.gaussian_filter(rng.normal(size=(side, side)), side / 10)
    inside = shape + 0.3 * rough / rough.std() < 1
    label, _ = ndimage.label(inside)
    inside = label == np.bincount(label[label > 0]).argmax()
    shade = ndimage.gaussian_filter(rng.normal(size=(side, side)), 2)
    entry = np.digitize(shade, np.quantile(shade, [0.2, 0.4, 0.6, 0.8])) + 1
    return np.where(ndimage.binary_fill_holes(inside), entry, -1).astype(np.int16)


SPRITES = {"person32": person(32), "person16": person(16), "robe": robe()} | {
    f"blob{seed}-{side}": blob(seed, side) for seed, side in enumerate((16, 24, 32, 48, 64))
}


@pytest.mark.parametrize("motion", MOTIONS)
@pytest.mark.parametrize("name", SPRITES)
def test_frames_are_the_sprite_moved(name: str, motion: str) -> None:
    index = SPRITES[name]
    for count in range(2, 9):
        frames, times = animated(index, PALETTE, motion, count)
        assert len(frames) == len(times) == count and min(times) > 0
        assert np.array_equal(frames[0], index)
        for frame in frames:
            assert frame.shape == index.shape and frame.dtype == np.int16
            assert set(np.unique(frame)) <= set(range(-1, len(PALETTE)))
            share = (frame >= 0).sum() / (index >= 0).sum()
            assert 0.86 < share < 1.12
        assert not np.array_equal(frames[count // 2 if motion != "walk" else 1], index)
        if count <= 4 and not (motion == "hover" and "16" in name):  # there, two places only
            for before, after in zip(frames, (*frames[1:], frames[0]), strict=True):
                assert not np.array_equal(before, after)


@pytest.mark.parametrize("motion", ["idle", "walk", "squash"])
@pytest.mark.parametrize("name", SPRITES)
def test_the_ground_stays_and_nothing_tears(name: str, motion: str) -> None:
    index = SPRITES[name]
    ground = np.flatnonzero((index >= 0).any(1))[-1]
    around = np.ones((3, 3))
    for frame in animated(index, PALETTE, motion, 4)[0]:
        opaque = frame >= 0
        assert np.flatnonzero(opaque.any(1))[-1] == ground
        assert ndimage.label(opaque, around)[1] == ndimage.label(index >= 0, around)[1]
        assert ndimage.binary_fill_holes(opaque).sum() - opaque.sum() <= 2


def test_breathing_holds_the_feet_and_never_repeats() -> None:
    index = person()
    for count in (2, 3, 4, 6, 8):
        frames, _ = animated(index, PALETTE, "idle", count)
        assert len({frame.tobytes() for frame in frames}) >= min(count, 4)
        assert all(np.array_equal(frame[27:], index[27:]) for frame in frames)


def test_a_walk_lifts_one_foot_then_the_other() -> None:
    index = person()
    frames, _ = animated(index, PALETTE, "walk", 4)
    ground = np.flatnonzero((index >= 0).any(1))[-1]
    left, right = slice(0, 16), slice(16, 32)
    down = [[bool((f[ground, side] >= 0).any()) for side in (left, right)] for f in frames]
    assert down == [[True, True], [False, True], [True, True], [True, False]]
    assert np.array_equal(frames[2], index)


def test_a_robe_sways() -> None:
    frames, _ = animated(robe(), PALETTE, "walk", 4)
    hems = [int(np.argwhere(f >= 0)[-1][1] + np.argwhere(f[-3] >= 0)[0][0]) for f in frames]
    assert hems[1] != hems[3]


def test_light_leaves_outlines_and_only_lightens() -> None:
    index = blob(3, 32)
    index[ndimage.binary_dilation(index < 0) & (index >= 0)] = 0
    frames, _ = animated(index, PALETTE, "glint", 5)
    light = PALETTE.astype(int).sum(1)
    for frame in frames[1:]:
        changed = frame != index
        assert changed.any() and (index[changed] != 0).all()
        assert (light[frame[changed]] > light[index[changed]]).all()


def test_motions_become_tags() -> None:
    sprite = moving(Sprite((person(),), PALETTE, name="hero"), ("idle", "walk"), 4, 10)
    assert [(t.name, t.first, t.last) for t in sprite.tags] == [("idle", 0, 3), ("walk", 4, 7)]
    assert sprite.durations == (100,) * 8 and sprite.palette is not None


@pytest.mark.parametrize(
    ("index", "motion", "key"),
    [
        (np.full((16, 16), -1), "idle", "animate.too_small"),
        (np.pad(np.zeros((2, 9), int), 4, constant_values=-1), "walk", "animate.too_small"),
        (np.zeros((16, 16), int), "hover", "animate.no_room"),
        (np.full((16, 16), 5), "glint", "animate.one_shade"),
    ],
)
def test_what_cannot_move_is_said(index: np.ndarray, motion: str, key: str) -> None:
    with pytest.raises(PincelError) as refused:
        animated(index.astype(np.int16), PALETTE, motion, 4)
    assert refused.value.key == key


def test_a_drawing_that_fills_its_canvas_gets_room_to_hover() -> None:
    index = np.tile(np.arange(32, dtype=np.int16)[:, None] // 6, (1, 20))
    full = Sprite((np.pad(index, ((0, 0), (6, 6)), constant_values=-1),), PALETTE)
    assert with_room(full, ("idle",)) is full
    made = with_room(full, ("idle", "hover"))
    assert (made.indices[:2] == -1).all()
    assert np.array_equal(made.indices[-1], full.indices[-1])
    assert set(np.unique(made.indices)) == set(np.unique(full.indices))
    frames = moving(made, ("hover",), 4).frames
    assert len({frame.tobytes() for frame in frames}) >= 3
