"""Sentences about grounds, in both languages."""

from __future__ import annotations

import pytest

from pincel.art.ground_kinds import GROUNDS
from pincel.errors import PincelError
from pincel.make.words import ground_words
from pincel.make.words.ground_words import ground_of, grounds_of
from pincel.make.words.prompt import understand

SAID = {
    "grass": ("grass", "", ""),
    "hierba": ("grass", "", ""),
    "césped": ("grass", "", ""),
    "seamless grass tile": ("grass", "", ""),
    "hierba con flores amarillas": ("grass", "yellow", "flowers"),
    "grass with flowers and mushrooms": ("grass", "", "flowers mushrooms"),
    "purple water": ("water", "purple", ""),
    "agua morada": ("water", "purple", ""),
    "deep water": ("water", "", "deep"),
    "lava": ("lava", "", ""),
    "arena": ("sand", "", ""),
    "nieve": ("snow", "", ""),
    "suelo de madera": ("planks", "", ""),
    "adoquines": ("cobblestone", "", ""),
    "suelo de piedra agrietado": ("stone floor", "", "cracks"),
    "floor of stone": ("stone floor", "", ""),
    "pared de ladrillos rojos": ("brick wall", "red", ""),
    "ladrillos azules": ("brick wall", "blue", ""),
    "mossy stone wall": ("stone wall", "", "moss"),
    "blue carpet": ("carpet", "blue", ""),
    "red and gold carpet": ("carpet", "red gold", ""),
    "baldosas blancas y negras": ("floor tiles", "white black", ""),
    "metal plates with rivets": ("metal plates", "", "rivets"),
    "cielo nocturno": ("night sky", "", ""),
    "dragon scales": ("scales", "", ""),
    "cracked earth": ("cracked earth", "", ""),
    "campo arado": ("farmland", "", ""),
}


@pytest.mark.parametrize("text", SAID)
def test_what_is_said_is_read(text: str) -> None:
    asked = grounds_of(text)
    assert asked is not None
    (look,) = asked.looks
    kind, colors, more = SAID[text]
    assert (look.kind, " ".join(look.colors.values())) == (kind, colors)
    assert look.more == frozenset(more.split())


def test_every_name_of_a_ground_names_it() -> None:
    for kind, names in ground_words._table()["kinds"].items():
        for name in (*names["en"].split(", "), *names["es"].split(", ")):
            asked = grounds_of(name)
            assert asked is not None, name
            (look,) = asked.looks
            named, _, state = kind.partition(": ")
            assert look.kind == named and {state} - {""} <= look.more, name
    assert {kind.partition(":")[0] for kind in ground_words._table()["kinds"]} == set(GROUNDS)
    states = {state for one in GROUNDS.values() for state in one.states}
    assert states == set(ground_words._table()["said of"]) == set(ground_words._table()["spanish"])


@pytest.mark.parametrize(
    "text", ["grass and water", "hierba y agua", "grass next to water", "hierba junto al agua",
             "green grass beside the blue water", "de hierba a agua", "grass-water transition",
     "borde hierba agua"]
)  # fmt: skip
def test_two_grounds_are_a_pair(text: str) -> None:
    asked = grounds_of(text)
    assert asked is not None and [one.kind for one in asked.looks] == ["grass", "water"]
    assert asked.names() == ("grass", "water")


def test_tones_are_read() -> None:
    for text, tone in (("dark grass", -1), ("hierba clara", 1), ("grass", 0)):
        asked = grounds_of(text)
        assert asked is not None and asked.looks[0].tone == tone


@pytest.mark.parametrize(
    "text",
    ["dragon", "red dragon", "grass with a dragon", "knight on grass", "water with moss", "red",
     "red blue green grass", "grass with red blue flowers", "ice with blue cracks"],
)  # fmt: skip
def test_what_is_no_ground_is_left(text: str) -> None:
    assert grounds_of(text) is None


def test_what_is_left_out() -> None:
    assert grounds_of("grass", "flowers") is not None
    assert grounds_of("grass with flowers", "flowers") is None
    assert grounds_of("grass", "dragon") is None


def test_three_grounds_are_refused() -> None:
    with pytest.raises(PincelError, match=r"two grounds \(3\)"):
        grounds_of("grass, dirt and water")


def test_without_tile_only_what_is_plainly_a_ground() -> None:
    for text in (
        "brick wall",
        "suelo de piedra",
        "lava",
        "water",
        "blue roof tiles",
        "wooden floor",
    ):
        assert ground_of(understand(text)) is not None, text
    for text in ("rock", "crystal", "bone", "two brick walls", "brick wall and grass", "cat",
                 "brick wall without moss", "chain mail", "stars", "street light"):  # fmt: skip
        assert ground_of(understand(text)) is None, text
