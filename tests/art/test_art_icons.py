"""Drawings of 16 pixels: every kind is whole, fills its canvas, in few colours and its outline."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from skimage.measure import label

from pincel.art import beast_icons, beasts, contraptions, icons, scenery, signs, wares
from pincel.art.bench import ItemLook
from pincel.art.kinds import SceneryLook
from pincel.art.score import craft
from pincel.art.sprite import Sprite
from pincel.calls import call
from pincel.make.words.composers import composer_of
from pincel.make.words.prompt import understand

SIDE = 16
Icon = Callable[[int], Sprite]


def _beast(kind: str) -> Icon:
    groups, natural = beasts.alternatives(kind), beasts.naturally(kind)

    def icon(seed: int) -> Sprite:
        choices = {name: parts[seed % len(parts)] for name, parts in groups.items()}
        colors = {role: ways[seed % len(ways)] for role, ways in natural.items()}
        return beast_icons.beast_icon(beasts.BeastLook(kind, choices, colors, wide=1 - 0.02 * seed))

    return icon


ALL: dict[str, Icon] = {
    **{f"scenery {k}": lambda s, k=k: scenery.scenery_icon(SceneryLook(k, s))
       for k in scenery.KINDS},
    **{f"item {k}": lambda s, k=k: wares.item_icon(ItemLook(k, s)) for k in wares.KINDS},
    **{f"sign {k}": lambda s, k=k: signs.sign_icon(SceneryLook(k, s)) for k in signs.KINDS},
    **{f"contraption {k}": lambda s, k=k: contraptions.contraption_icon(SceneryLook(k, s))
       for k in contraptions.RIGS},
    **{f"beast {k}": _beast(k) for file in beasts.FILES for k in beasts.kinds(file)},
}  # fmt: skip
APART = {"item sparkles", "sign pause", "beast whale", "contraption kite",
         "contraption submarine", "contraption trumpet"}  # fmt: skip
"""Kinds of which a part lies apart."""


@pytest.mark.parametrize("kind", ALL)
def test_it_is_whole_and_large(kind: str) -> None:
    made = set()
    for seed in (0, 5):
        sprite = ALL[kind](seed)
        shown = sprite.indices >= 0
        assert shown.shape == (SIDE, SIDE) and len(sprite.palette) <= icons.MOST_COLORS
        assert kind in APART or label(shown, connectivity=2).max() == 1, seed
        rows, columns = np.flatnonzero(shown.any(1)), np.flatnonzero(shown.any(0))
        assert max(np.ptp(rows), np.ptp(columns)) + 1 >= 0.7 * SIDE, seed
        found = craft(sprite)
        assert found.noise < 0.3, seed
        made.add(sprite.rgba().tobytes())
    assert len(made) > 1


def test_every_kind_is_another_picture() -> None:
    same = {"item bottle", "scenery joint", "scenery orange juice", "scenery loaf",
            "scenery tomato soup", "scenery maki"}  # fmt: skip
    drawn = [ALL[kind](0).rgba().tobytes() for kind in ALL if kind not in same]
    assert len(set(drawn)) >= len(drawn) - 8


@pytest.mark.parametrize("prompt", ["sword", "manzana roja", "blue car", "gato negro", "golem",
                                    "heart", "sleeping wolf"])  # fmt: skip
def test_eight_seeds(prompt: str) -> None:
    asked = understand(prompt)
    composer = composer_of(asked)
    if composer is None:
        assert call("draw", prompt, width=SIDE).rgba().shape == (SIDE, SIDE, 4)
        return
    looks = [composer.look(asked, seed) for seed in range(8)]
    assert len({composer.icon(look, SIDE).rgba().tobytes() for look in looks}) >= 6


def test_a_share_of_the_canvas_that_is_said() -> None:
    small, whole = (wares.item_icon(ItemLook("potion", size=n)).indices >= 0 for n in (0.74, 1.0))
    assert 0.4 * whole.sum() < small.sum() < 0.75 * whole.sum()


def test_bringing_down() -> None:
    material = np.full((12, 12), -1)
    material[2:10, 2:10] = 3
    material[4:6, 4:6] = 7
    lines = np.zeros((12, 12), bool)
    lines[2:10, 8:10] = True
    shade = np.where(material >= 0, 2, 0)
    small, level = icons.lessened(material, shade, 4, {7: 2.0}, lines=lines)
    assert (small == [[3, 3, 3, 3], [3, 7, 3, 3], [3, 3, 3, 3], [3, 3, 3, 3]]).all()
    assert (level == [[2, 2, 2, 0]] * 4).all()
    extents = icons.extent(material >= 0)
    assert extents == ((2, 10), (2, 10))
    assert icons.small_marks(material, {7}, 4, extents) == [(1, 1, {7})]
    assert icons.small_marks(material, {3}, 4, extents) == []


def test_redo_and_walk(tmp_path: Path) -> None:
    first, again = tmp_path / "a.png", tmp_path / "b.png"
    call("draw", "llave dorada", seed=4, width=SIDE, out=first)
    call("redo", first, out=again)
    assert again.read_bytes() == first.read_bytes()
    made = call("draw", "horse", width=SIDE, motion=("walk",), frames=4)
    assert len({frame.tobytes() for frame in made.frames}) >= 3
    assert {frame.shape for frame in made.frames} == {(SIDE, SIDE)}
    low = {int(np.flatnonzero((frame >= 0).any(1))[-1]) for frame in made.frames}
    assert len(low) == 1
