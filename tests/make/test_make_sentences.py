"""Sentences: numbers, what is left out, whose a colour is, and misspelt words."""

from __future__ import annotations

import pytest

from pincel.art import lexicon
from pincel.errors import PincelError
from pincel.make.words import grammar, recall, spelling
from pincel.make.words.prompt import Understood, understand, vocabulary
from pincel.words.unaccented import unaccented


def english(ids: tuple[int, ...]) -> list[str]:
    return [vocabulary()[i]["en"] for i in ids]


def told(text: str) -> list[tuple[str, str, tuple[str, ...], int]]:
    return [(t.relation, t.name, t.colors, t.number) for t in understand(text).things]


@pytest.mark.parametrize(
    ("text", "name", "number"),
    [
        ("three coins", "coin", 3),
        ("tres monedas", "coin", 3),
        ("2 red swords", "sword", 2),
        ("un par de espadas", "sword", 2),
        ("a dozen gold coins", "coin", 12),
        ("a pair of boots", "boots", 1),
        ("un dragón", "dragon", 1),
        ("one blue eye", "eye", 1),
        ("number 3", "number", 1),
    ],
)
def test_numbers_are_read(text: str, name: str, number: int) -> None:
    first = understand(text).things[0]
    assert (first.name, first.number) == (name, number)


def test_parts_cannot_be_counted() -> None:
    with pytest.raises(PincelError, match="two wings"):
        understand("a dragon with two wings")


@pytest.mark.parametrize(
    "text",
    ["a knight without a helmet", "caballero sin casco", "knight with no helmet"],
)
def test_what_is_negated_is_left_out(text: str) -> None:
    found = understand(text)
    assert english(found.ids) == ["knight"] and english(found.without) == ["helmet"]


def test_without_goes_on_and_ends_with_with() -> None:
    found = understand("caballero sin casco ni capa, con escudo azul")
    assert english(found.without) == ["helmet", "cloak"]
    assert english(found.ids) == ["knight", "shield", "blue"]
    assert english(understand("not red dragon").without) == ["red"]
    assert english(understand("not red dragon").ids) == ["dragon"]
    assert english(understand("dragon", "wings, rojo").without) == ["wing", "red"]
    assert "helmet" in " ".join(understand("knight without a helmet").said())


def test_what_is_asked_for_and_left_out_is_refused() -> None:
    with pytest.raises(PincelError, match="dragon"):
        understand("red dragon", "dragon")


@pytest.mark.parametrize(
    ("text", "things"),
    [
        (
            "blue sword with a golden hilt",
            [("", "sword", ("blue",), 1), ("with", "hilt", ("gold",), 1)],
        ),
        (
            "espada azul de empuñadura dorada",
            [("", "sword", ("blue",), 1), ("with", "hilt", ("gold",), 1)],
        ),
        ("golden-hilted sword", [("", "sword", (), 1), ("with", "hilt", ("gold",), 1)]),
        (
            "poción verde en una botella azul",
            [("", "bottle", ("blue",), 1), ("with", "liquid", ("green",), 1)],
        ),
        (
            "a red dragon and two blue swords",
            [("", "dragon", ("red",), 1), ("and", "sword", ("blue",), 2)],
        ),
        ("red and blue ball", [("", "ball", ("red", "blue"), 1)]),
        (
            "seta de sombrero rojo y pie blanco",
            [
                ("", "mushroom", (), 1),
                ("with", "cap", ("red",), 1),
                ("with", "stem", ("white",), 1),
            ],
        ),
    ],
)  # fmt: skip
def test_a_colour_belongs_to_what_it_stands_beside(text: str, things: list) -> None:
    assert told(text) == things


@pytest.mark.parametrize(
    ("came", "meant"),
    [
        ("bule", "blue"),
        ("swrod", "sword"),
        ("gren", "green"),
        ("dragno", "dragon"),
        ("rojjo", "rojo"),
        ("hemlet", "helmet"),
    ],
)
def test_of_near_words_a_transposed_letter_wins(came: str, meant: str) -> None:
    assert spelling.nearest(came, lexicon.surfaces()) == meant


def test_distances_of_words() -> None:
    assert spelling.distance("blue", "blue") == 0
    assert spelling.distance("bule", "blue") < spelling.distance("bule", "bull")
    assert spelling.distance("kitten", "sitting") == 3
    assert spelling.nearest("qzx", lexicon.surfaces()) is None
    assert spelling.nearest("zzzzzz", lexicon.surfaces()) is None


def test_a_misspelt_word_becomes_no_thing_beside_a_named_one() -> None:
    objects = {i for i, w in enumerate(vocabulary()) if w["kind"] == "object"}
    dragon = set(understand("dragon").ids)
    for surface in [s for s in lexicon.surfaces("en") if s.isalpha() and len(s) > 4][::7]:
        slipped = surface[0] + surface[2] + surface[1] + surface[3:]
        if slipped in lexicon.surfaces() or grammar.parts_named(slipped):
            continue
        if slipped in {unaccented(near) for near in lexicon.near_words()}:
            continue
        found = understand(f"dragon {slipped}")
        assert set(found.ids) & objects <= dragon, slipped
    assert english(understand("bule dragon").ids) == ["dragon", "blue"]


def test_every_part_has_a_place_that_is_known() -> None:
    import numpy as np

    from pincel.art.places import part_pixels

    rgba = np.zeros((16, 16, 4), np.uint8)
    rgba[3:13, 4:12] = (200, 40, 40, 255)
    names = {word["en"] for word in vocabulary()}
    for row in grammar.parts_table()["parts"]:
        found = part_pixels(rgba, row["place"], row.get("from", 0.3), row.get("to", 0.5))
        assert found.any() and not found[rgba[..., 3] == 0].any(), row
        assert set(row.get("of", ())) <= names | {"rose"}
    for group in ("worn", "held", "vessels", "fluids"):
        assert set(grammar.parts_table()[group]) <= names


def test_a_word_that_is_drawn_badly_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    figures = {"sha256": "ab", "words": {"crown": [1, 10], "sword": [9, 10]}}
    monkeypatch.setattr(recall, "measured", lambda: figures)
    (line,) = recall.warnings(["crown", "sword", "crown", "dragon", "hilt"], "ab")
    assert "crown" in line and "1 of 10" in line
    assert recall.warnings(["crown"], "cd") == []


def test_an_empty_prompt_is_still_one_sentence() -> None:
    for text in ("without a helmet", "sin", "with"):
        with pytest.raises(PincelError):
            assert isinstance(understand(text), Understood)
