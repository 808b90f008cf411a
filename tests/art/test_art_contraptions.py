"""Vehicles, instruments and gadgets by rules: kinds and seeds differ, each is outlined."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import ndimage

from pincel.art.contraptions import contraption_sprite, shade_of_matter
from pincel.art.kinds import SceneryLook
from pincel.art.rigging import RIGS
from pincel.pixels.color import srgb_to_oklab

CYAN = ((0x2A, 0xB6, 0xB8), (0x8F, 0xF0, 0xE4))


def test_kinds_differ() -> None:
    drawn = {kind: contraption_sprite(SceneryLook(kind)).rgba().tobytes() for kind in RIGS}
    assert len(drawn) >= 72
    assert len(set(drawn.values())) == len(drawn)


@pytest.mark.parametrize("kind", RIGS)
def test_eight_seeds_are_eight_pictures(kind: str) -> None:
    sprites = [contraption_sprite(SceneryLook(kind, seed)) for seed in range(8)]
    assert len({one.rgba().tobytes() for one in sprites}) == 8
    for seed, one in enumerate(sprites):
        shown = one.indices >= 0
        rows, columns = np.flatnonzero(shown.any(1)), np.flatnonzero(shown.any(0))
        assert 24 <= max(np.ptp(rows), np.ptp(columns)) + 1 <= 32, seed
        assert len(one.palette) <= 31
        assert ndimage.label(shown, np.ones((3, 3)))[1] == 1, f"{seed}: in one piece"


@pytest.mark.parametrize("kind", RIGS)
def test_said_colours_and_forms_are_seen(kind: str) -> None:
    rule = RIGS[kind]
    for material in {*rule.main, *rule.parts.values()}:
        looks = [SceneryLook(kind, n, {material: "cyan"}, more=frozenset((material,)))
                 for n in range(8)]  # fmt: skip
        made = [contraption_sprite(one).rgba() for one in looks]
        seen = [(one[..., :3] == shade).all(-1).any() for one in made for shade in CYAN]
        both = [a or b for a, b in zip(seen[::2], seen[1::2], strict=True)]
        assert all(both), material
    plain = {contraption_sprite(SceneryLook(kind, n)).rgba().tobytes() for n in range(8)}
    for state in rule.states - {"right"}:
        said = [SceneryLook(kind, n, more=frozenset((state,))) for n in range(8)]
        shown = {contraption_sprite(one).rgba().tobytes() for one in said}
        assert len(shown) == 8, state
        assert shown != plain, state


@pytest.mark.parametrize("side", [32, 48, 64])
def test_an_outline_is_darker_than_what_it_bounds(side: int) -> None:
    for kind in list(RIGS)[::4]:
        rgba = contraption_sprite(SceneryLook(kind, 1), side).rgba()
        assert rgba.shape == (side, side, 4)
        shown = np.pad(rgba[..., 3] > 0, 1)
        inner = shown[:-2, 1:-1] & shown[2:, 1:-1] & shown[1:-1, :-2] & shown[1:-1, 2:]
        light = srgb_to_oklab(rgba[..., :3])[..., 0]
        inside = inner & (rgba[..., 3] > 0)
        rim = (rgba[..., 3] > 0) & ~inner
        assert light[rim].max() < 0.5 < light[inside].max() + 0.05, kind


def test_what_is_to_the_left_is_mirrored() -> None:
    right = contraption_sprite(SceneryLook("car", 3)).indices >= 0
    left = contraption_sprite(SceneryLook("car", 3, more=frozenset(("left",)))).indices >= 0
    assert np.mean(right[:, ::-1] == left) > 0.9


def test_small_is_smaller_and_rust_is_seen() -> None:
    plain = contraption_sprite(SceneryLook("truck", 1)).indices >= 0
    small = contraption_sprite(SceneryLook("truck", 1, size=(0.74, 0.74))).indices >= 0
    assert 0.4 < small.sum() / plain.sum() < 0.7
    for kind in [kind for kind, rule in RIGS.items() if "metal" in rule.matter]:
        rusty = contraption_sprite(SceneryLook(kind, 2, more=frozenset(("rusty",))))
        assert (rusty.palette == (0x8C, 0x4A, 0x24)).all(1).any(), kind


def test_materials_go_where_they_can() -> None:
    assert shade_of_matter("sailboat", "wood") and shade_of_matter("car", "metal")
    assert shade_of_matter("ambulance", "wood") is None
    assert shade_of_matter("", "iron") and shade_of_matter("", "") is None


def test_what_nobody_knows() -> None:
    for look in (SceneryLook("hovercraft"), SceneryLook("car", colors={"body": "octarine"})):
        with pytest.raises(KeyError):
            contraption_sprite(look)
