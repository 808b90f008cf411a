"""Drawings of 16 pixels: every kind is whole, fills its canvas, in few colours and its outline."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from skimage.measure import label

from pincel.art import beast_icons, beasts, contraptions, icons, scenery, signs, wares
from pincel.art.bench import ItemLook
from pincel.art.face_icons import face_icon
from pincel.art.faces import MOODS, SIGN, SIGN_EYES, FaceLook
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


PEOPLE = ("knight", "maga con túnica azul", "king", "esqueleto", "goblin with a club", "astronaut")


@pytest.mark.parametrize("prompt", PEOPLE)
def test_people(prompt: str) -> None:
    made = {call("draw", prompt, width=SIDE, seed=seed).rgba().tobytes() for seed in range(4)}
    assert len(made) >= 2
    sheet = call("draw", prompt, width=SIDE, views=("front", "left", "right", "back"))
    assert [tag.name for tag in sheet.tags] == ["front", "left", "right", "back"]
    shown = [frame >= 0 for frame in sheet.frames]
    assert {one.shape for one in shown} == {(SIDE, SIDE)} and len(sheet.palette) <= 16
    assert all(label(one, connectivity=2).max() == 1 for one in shown)
    assert (sheet.frames[0] != sheet.frames[3]).sum() > 12


def test_a_person_walks() -> None:
    made = call("draw", "knight", width=SIDE, motion=("walk",), frames=4)
    first, left, _, right = (np.where(f < 0, -1, f) for f in made.frames)
    assert (left[-4:] != right[-4:]).any() and (first[-4:] != left[-4:]).any()
    assert (first[:7] == left[:7]).mean() > 0.97, "the head stays"


def test_what_is_said_of_a_person_is_seen() -> None:
    for seed in range(4):
        rgba = call("draw", "king in a green robe", width=SIDE, seed=seed).rgba()
        colors = rgba[rgba[..., 3] > 0][:, :3].astype(int)
        green = (colors[:, 1] > colors[:, 0] + 30) & (colors[:, 1] > colors[:, 2] + 20)
        assert green.sum() > 12


@pytest.mark.parametrize("mood", MOODS)
@pytest.mark.parametrize("head", ["oval", SIGN])
def test_faces(mood: str, head: str) -> None:
    eyes = "plain" if head == "oval" else SIGN_EYES[0]
    made = {face_icon(FaceLook(head, eyes, mood)).rgba().tobytes()}
    others = {face_icon(FaceLook(head, eyes, one)).rgba().tobytes() for one in MOODS if one != mood}
    assert not made & others or (head, mood) in {(SIGN, "sad"), (SIGN, "angry")}
    sprite = face_icon(FaceLook(head, eyes, mood))
    shown = sprite.indices >= 0
    assert shown.shape == (SIDE, SIDE) and label(shown, connectivity=2).max() == 1
    assert len(sprite.palette) <= 16


def test_what_a_face_wears() -> None:
    plain = face_icon(FaceLook()).rgba()
    for more in ({"hat": "wizard"}, {"beard": "full"}, {"beard": "moustache"}, {"hair": "long"},
                 {"glasses": "glasses.dark"}, {"more": frozenset(("tusks", "ears"))},
                 {"more": frozenset(("tears",))}, {"colors": {"iris": "green"}}):  # fmt: skip
        assert (face_icon(FaceLook(**more)).rgba() != plain).any(-1).sum() >= 2, more
