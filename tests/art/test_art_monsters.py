"""Monsters of shapes drawn by hand: each is another one, whole, large, and walks where it has
legs."""

from __future__ import annotations

import numpy as np
import pytest
from skimage.measure import label

from pincel.art.beasts import BeastLook, alternatives, beast_sprite, kinds, naturally, walking
from pincel.art.monster_hides import HIDES

MONSTERS = kinds("monsters")
STILL = frozenset(
    [
        "beholder",
        "brain",
        "claw_hand",
        "corpse",
        "fist",
        "gargoyle",
        "hand",
        "kraken",
        "medusa",
        "mermaid",
        "merman",
        "naga",
        "phoenix",
        "reaper",
        "snowman",
        "sphinx",
        "tentacle",
        "tree_monster",
        "fairy",
        "fire_elemental",
        "water_elemental",
        "air_elemental",
        "earth_elemental",
    ]
)
"""What has no legs that walk."""
LOOSE = ("air_elemental",)
"""What has leaves flying about it."""


def test_monsters_differ() -> None:
    drawn = {kind: beast_sprite(BeastLook(kind)).rgba().tobytes() for kind in MONSTERS}
    assert len(drawn) >= 35 and not set(MONSTERS) & set(kinds())
    assert len(set(drawn.values())) == len(drawn)


@pytest.mark.parametrize("kind", MONSTERS)
def test_a_monster_is_whole_and_large(kind: str) -> None:
    for build in (1.0, 0.84):
        sprite = beast_sprite(BeastLook(kind, wide=build, high=build, right=build < 1))
        shown = sprite.indices >= 0
        assert shown.shape == (32, 32) and len(sprite.palette) <= 31
        parts = np.bincount(label(shown, connectivity=2).ravel())[1:]
        assert parts.max() > 0.97 * shown.sum() or kind in LOOSE
        rows, columns = np.flatnonzero(shown.any(1)), np.flatnonzero(shown.any(0))
        assert max(np.ptp(rows), np.ptp(columns)) >= 22 * build
        assert not shown[:, 0].all() and not shown[0].all()


@pytest.mark.parametrize("kind", MONSTERS)
def test_every_alternative_and_colour_is_another_picture(kind: str) -> None:
    plain = beast_sprite(BeastLook(kind)).rgba()
    for group, parts in alternatives(kind).items():
        made = {part: beast_sprite(BeastLook(kind, {group: part})).rgba() for part in parts}
        assert len({one.tobytes() for one in made.values()}) == len(set(parts)), group
    natural = naturally(kind)
    for n in range(max(map(len, natural.values()))):
        colors = {role: names[n % len(names)] for role, names in natural.items()}
        beast_sprite(BeastLook(kind, colors=colors))
    role = next(iter(naturally(kind)))
    blue = beast_sprite(BeastLook(kind, colors={role: "blue"})).rgba()
    assert not np.array_equal(blue, plain)


@pytest.mark.parametrize("side", [48, 64])
def test_larger_ones_are_drawn_as_such(side: int) -> None:
    from pincel.art.scale2x import scale2x

    for kind in MONSTERS[::5]:
        small = beast_sprite(BeastLook(kind)).indices >= 0
        large = beast_sprite(BeastLook(kind), side).indices >= 0
        assert large.shape == (side, side)
        assert side != 64 or not np.array_equal(scale2x(small.astype(int)) > 0, large)
        assert abs(large.mean() / small.mean() - 1) < 0.25


@pytest.mark.parametrize("kind", MONSTERS)
def test_what_has_legs_walks_on_one_line(kind: str) -> None:
    sprite = walking(BeastLook(kind), 4)
    assert (sprite is None) == (kind in STILL)
    if sprite is None:
        return
    assert len({frame.tobytes() for frame in sprite.frames}) == 4
    lowest = {int(np.flatnonzero((frame >= 0).any(1))[-1]) for frame in sprite.frames}
    assert len(lowest) == 1
    assert all(frame.shape == (32, 32) for frame in sprite.frames)


def test_hides_are_three_shades_from_dark_to_light() -> None:
    for name, shades in HIDES.items():
        light = [sum(bytes.fromhex(one)) for one in shades]
        assert light == sorted(light) and len(set(light)) == 3, name
