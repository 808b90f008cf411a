"""Animals of shapes drawn by hand: every part fits, every alternative is another picture."""

from __future__ import annotations

import numpy as np
import pytest

from pincel.art.beasts import (
    BeastLook,
    alternatives,
    beast_sprite,
    has_head,
    kinds,
    naturally,
    walking,
)
from pincel.art.shaped_parts import read_mass


def test_every_animal_is_another_one() -> None:
    drawn = {kind: beast_sprite(BeastLook(kind)).rgba()[..., 3] > 0 for kind in kinds()}
    assert len(drawn) >= 60
    assert len({shape.tobytes() for shape in drawn.values()}) == len(drawn)


@pytest.mark.parametrize("kind", kinds())
def test_an_animal_is_whole_and_large(kind: str) -> None:
    from skimage.measure import label

    for build in (1.0, 1.06, 0.8):
        sprite = beast_sprite(BeastLook(kind, wide=build, high=build, right=build > 1))
        shown = sprite.indices >= 0
        assert shown.shape == (32, 32) and len(sprite.palette) <= 31
        assert np.bincount(label(shown, connectivity=2).ravel())[1:].max() > 0.97 * shown.sum()
        rows, columns = np.flatnonzero(shown.any(1)), np.flatnonzero(shown.any(0))
        assert max(np.ptp(rows), np.ptp(columns)) >= (
            21 if build > 0.9 or not has_head(kind) else 17
        )
        assert not shown[:, 0].all() and not shown[0].all()


@pytest.mark.parametrize("kind", kinds())
def test_every_alternative_and_colour_is_another_picture(kind: str) -> None:
    plain = beast_sprite(BeastLook(kind)).rgba()
    for group, parts in alternatives(kind).items():
        made = {part: beast_sprite(BeastLook(kind, {group: part})).rgba() for part in parts}
        assert np.array_equal(made[parts[0]], plain)
        if group in ("brow", "spot", "face", "wing", "ears", "jaw", "jaws"):
            continue  # of a head or a wing that another alternative leaves out
        assert len({one.tobytes() for one in made.values()}) == len(set(parts)), group
    for role, colors in naturally(kind).items():
        for color in colors:
            beast_sprite(BeastLook(kind, colors={role: color}))
    blue = beast_sprite(BeastLook(kind, colors={"coat": "blue"})).rgba()
    assert not np.array_equal(blue, plain)


@pytest.mark.parametrize("kind", ["cat", "owl", "spider", "whale", "elephant"])
def test_larger_ones_are_drawn_as_such(kind: str) -> None:
    from pincel.art.scale2x import scale2x

    small = beast_sprite(BeastLook(kind)).indices >= 0
    for side in (48, 64):
        large = beast_sprite(BeastLook(kind), side).indices >= 0
        assert large.shape == (side, side)
        if side == 64:
            assert not np.array_equal(scale2x(small.astype(int)) > 0, large)
        assert abs(large.mean() / small.mean() - 1) < 0.25


def test_what_nobody_knows() -> None:
    for look in (BeastLook("wolpertinger"), BeastLook("cat", {"tail": "none such"}),
                 BeastLook("cat", colors={"coat": "octarine"})):  # fmt: skip
        with pytest.raises(KeyError):
            beast_sprite(look)
    with pytest.raises(ValueError, match="x 1,2"):
        read_mass("coat x 1,2")


def test_light_stays_where_it_is() -> None:
    for kind in ("pig", "elephant", "turtle", "whale"):
        shades = {}
        for right in (False, True):
            rgba = beast_sprite(BeastLook(kind, colors={"coat": "blue"}, right=right)).rgba()
            light = np.argwhere((rgba[..., :3] == (0x7A, 0xA8, 0xF5)).all(-1)).mean(0)
            dark = np.argwhere((rgba[..., :3] == (0x1C, 0x2F, 0x7A)).all(-1)).mean(0)
            shades[right] = light - dark
        assert shades[False][0] < 0 and shades[True][0] < 0, "light is above"


@pytest.mark.parametrize("kind", ["cat", "dog", "horse", "elephant", "pig", "lizard"])
def test_four_legs_walk_on_one_line(kind: str) -> None:
    sprite = walking(BeastLook(kind), 4)
    assert sprite is not None and len(sprite.frames) == 4
    assert len({frame.tobytes() for frame in sprite.frames}) == 4
    lowest = {int(np.flatnonzero((frame >= 0).any(1))[-1]) for frame in sprite.frames}
    assert len(lowest) == 1
    top = [frame[:12] for frame in sprite.frames]
    assert all(np.array_equal(one >= 0, top[0] >= 0) for one in top), "the head stays"
    assert walking(BeastLook("snail"), 4) is None
