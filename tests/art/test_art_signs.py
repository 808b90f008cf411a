"""Signs and nature by rules: kinds and seeds differ, each is whole, large and outlined."""

from __future__ import annotations

import numpy as np
import pytest

from pincel.art.kinds import SceneryLook
from pincel.art.molded import KINDS
from pincel.art.signs import sign_sprite
from pincel.pixels.color import srgb_to_oklab


def test_kinds_differ() -> None:
    drawn = {kind: sign_sprite(SceneryLook(kind)).rgba().tobytes() for kind in KINDS}
    assert len(drawn) >= 25
    assert len(set(drawn.values())) == len(drawn)


@pytest.mark.parametrize("kind", KINDS)
def test_eight_seeds_are_eight_pictures(kind: str) -> None:
    sprites = [sign_sprite(SceneryLook(kind, seed)) for seed in range(8)]
    assert len({one.rgba().tobytes() for one in sprites}) == 8
    for seed, one in enumerate(sprites):
        shown = one.indices >= 0
        rows, columns = np.flatnonzero(shown.any(1)), np.flatnonzero(shown.any(0))
        assert 24 <= max(np.ptp(rows), np.ptp(columns)) + 1 <= 32, seed
        assert len(one.palette) <= 31


@pytest.mark.parametrize("kind", KINDS)
def test_said_colours_and_forms_are_seen(kind: str) -> None:
    rule = KINDS[kind]
    for material in {*rule.main, *rule.parts.values()}:
        made = [sign_sprite(SceneryLook(kind, n, {material: "cyan"})).rgba() for n in range(8)]
        seen = [(one[..., :3] == (0x2A, 0xB6, 0xB8)).all(-1).any()
                or (one[..., :3] == (0x8F, 0xF0, 0xE4)).all(-1).any() for one in made]  # fmt: skip
        assert all(seen) if material == rule.main[0] else any(seen), material
    for state in rule.states:
        look = [SceneryLook(kind, n, more=frozenset((state,))) for n in range(8)]
        assert len({sign_sprite(one).rgba().tobytes() for one in look}) == 8, state


@pytest.mark.parametrize("side", [32, 48, 64])
def test_an_outline_is_darker_than_what_it_bounds(side: int) -> None:
    for kind in list(KINDS)[::4]:
        rgba = sign_sprite(SceneryLook(kind, 1), side).rgba()
        assert rgba.shape == (side, side, 4)
        shown = np.pad(rgba[..., 3] > 0, 1)
        inner = shown[:-2, 1:-1] & shown[2:, 1:-1] & shown[1:-1, :-2] & shown[1:-1, 2:]
        light = srgb_to_oklab(rgba[..., :3])[..., 0]
        inside = inner & (rgba[..., 3] > 0)
        rim = (rgba[..., 3] > 0) & ~inner
        assert light[rim].max() < 0.5 < light[inside].max() + 0.05, kind


def test_what_nobody_knows() -> None:
    for look in (SceneryLook("ambrosia"), SceneryLook("heart", colors={"face": "octarine"})):
        with pytest.raises(KeyError):
            sign_sprite(look)
