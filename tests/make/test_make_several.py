"""Sentences of several things: read apart, drawn by rules, laid out as they are said."""

from __future__ import annotations

import numpy as np
import pytest

import pincel
from pincel.art.groups_of_things import PATTERNS, cut_to_itself, hidden, nearest_right
from pincel.art.sprite import Sprite
from pincel.errors import PincelError
from pincel.make.words import several
from pincel.make.words.composers import composer_of
from pincel.make.words.prompt import understand
from pincel.make.words.several import SeveralThings
from pincel.make.words.units import units_of

READ = {
    "three coins": [("", 3, "coin")],
    "tres monedas de oro": [("", 3, "coin")],
    "two wolves": [("", 2, "wolf")],
    "dos mujeres": [("", 2, "woman")],
    "two red apples": [("", 2, "apple")],
    "docena de huevos": [("", 12, "egg")],
    "sword and shield": [("", 1, "sword"), ("and", 1, "shield")],
    "un gato y un perro": [("", 1, "cat"), ("and", 1, "dog")],
    "coins and a chest": [("", 3, "coin"), ("and", 1, "chest")],
    "knight next to a castle": [("", 1, "knight"), ("beside", 1, "castle")],
    "perro al lado del castillo": [("", 1, "dog"), ("beside", 1, "castle")],
    "cat on a box": [("", 1, "cat"), ("on", 1, "box")],
    "gato encima de una caja": [("", 1, "cat"), ("on", 1, "box")],
    "knight riding a horse": [("", 1, "knight"), ("on", 1, "horse")],
    "mushrooms under a tree": [("", 3, "mushroom"), ("under", 1, "tree")],
    "setas debajo del árbol": [("", 3, "mushroom"), ("under", 1, "tree")],
    "sol detrás de una montaña": [("", 1, "sun"), ("behind", 1, "mountain")],
    "a cat in front of a house": [("", 1, "cat"), ("before", 1, "house")],
    "gato delante de una casa": [("", 1, "cat"), ("before", 1, "house")],
    "a red house between two trees": [("", 1, "house"), ("between", 2, "tree")],
    "casa entre un árbol y una roca": [
        ("", 1, "house"), ("between", 1, "tree"), ("between", 1, "rock"),
    ],
    "cloud above a mountain": [("", 1, "cloud"), ("above", 1, "mountain")],
    "a king with a dragon": [("", 1, "king"), ("with", 1, "dragon")],
    "a king with two dragons": [("", 1, "king"), ("with", 2, "dragon")],
    "knight with a sword and a shield": [("", 1, "knight")],
    "chest with a golden lid": [("", 1, "chest")],
    "boots and gloves": [("", 1, "boots"), ("and", 1, "gloves")],
    "gafas": [("", 1, "glasses")],
}  # fmt: skip


@pytest.mark.parametrize("prompt", READ)
def test_what_stands_apart_is_read_apart(prompt: str) -> None:
    units = units_of(understand(prompt))
    assert [(u.relation, u.number, u.kind) for u in units] == READ[prompt]
    assert all(u.composer is not None for u in units if u.kind != "glasses")


def no_brush(*_: object, **__: object) -> Sprite:
    raise AssertionError("the network was asked")


def picture(prompt: str, seed: int = 0, side: int = 32) -> several._Picture:
    return several._Picture(SeveralThings(units_of(understand(prompt)), side), no_brush, seed)


def boxes(
    prompt: str, seed: int = 0, side: int = 32
) -> list[tuple[str, tuple[int, int, int, int]]]:
    """The kind and box (left, top, width, height) of each thing."""
    return [(one[0], one[1:]) for one in picture(prompt, seed, side).chosen().boxes]


NUMBERS = ("two dos", "three tres", "four cuatro", "five cinco", "six seis", "seven siete",
           "eight ocho", "nine nueve", "ten diez", "eleven once", "twelve doce")  # fmt: skip


@pytest.mark.parametrize("place", range(len(NUMBERS)), ids=lambda n: NUMBERS[n])
def test_so_many_are_drawn_as_are_said(place: int) -> None:
    english, spanish = NUMBERS[place].split()
    for prompt in (f"{english} knights", f"{spanish} manzanas"):
        made = picture(prompt, place)
        assert len(made.chosen().boxes) == place + 2
        assert made.sprite().rgba().shape == (32, 32, 4)


def test_more_than_a_dozen_are_refused() -> None:
    with pytest.raises(PincelError, match="12 do"):
        SeveralThings(units_of(understand("13 coins")), 32)
    with pytest.raises(PincelError):
        pincel.draw("99 coins")
    assert len(picture("13 coins", 0, 48).chosen().boxes) == 13


@pytest.mark.parametrize("prompt", ["three coins", "knight next to a castle", "cat on a box",
                                    "mushrooms under a tree", "coins and a chest", "five blue gems",
                                    "a red house between two trees", "two swords"])  # fmt: skip
def test_eight_seeds_are_eight_pictures_in_one_outline(prompt: str) -> None:
    seen = set()
    for seed in range(8):
        made = picture(prompt, seed)
        laid = made.chosen()
        assert max(laid.width, laid.height) <= 32
        sprite = made.sprite()
        seen.add(sprite.rgba().tobytes())
        assert len(sprite.palette) <= 31
        rgba = sprite.rgba()
        y, x = (32 - laid.height, (32 - laid.width) // 2)
        if (rgba[-1, :, 3] > 0).any():
            line = rgba[y:, x : x + laid.width][laid.line]
            assert len(np.unique(line, axis=0)) == 1
        assert np.array_equal(rgba, picture(prompt, seed).sprite().rgba())
    assert len(seen) == 8


def test_things_stand_where_they_are_said_to() -> None:
    for seed in range(8):
        found = dict(boxes("knight next to a castle", seed))
        knight, castle = found["knight"], found["castle"]
        assert knight[3] < castle[3] or knight[2] < castle[2]
        assert abs(knight[1] + knight[3] - castle[1] - castle[3]) <= 2
        found = dict(boxes("cat on a box", seed))
        cat, box = found["cat"], found["box"]
        assert cat[1] < box[1] and cat[1] + cat[3] <= box[1] + 4
        found = dict(boxes("coins and a chest", seed))
        assert found["coin"][2] < found["chest"][2]
        found = dict(boxes("cloud above a mountain", seed))
        assert found["cloud"][1] + found["cloud"][3] <= found["mountain"][1] + 1
        left = boxes("a red house between two trees", seed)
        house = next(one for kind, one in left if kind == "house")
        trees = sorted(one for kind, one in left if kind == "tree")
        assert trees[0][0] < house[0] and trees[1][0] + trees[1][2] > house[0] + house[2]


def test_a_larger_canvas_shows_more_pixels() -> None:
    for prompt in ("three coins", "king with a dragon"):
        small, large = (dict(boxes(prompt, 0, side)) for side in (32, 64))
        assert all(large[kind][3] > 1.4 * small[kind][3] for kind in small)


def test_every_pattern_has_its_number() -> None:
    assert all(sum(rows) == count for count, many in PATTERNS.items() for rows in many)


def test_nearness_is_measured_in_hidden_pixels() -> None:
    index = np.full((9, 9), -1, np.int16)
    index[2:8, 1:7] = 0
    one = cut_to_itself(Sprite((index,), np.array([[20, 20, 20]], np.uint8)))
    assert (one.width, one.height) == (6, 6) and one.line.sum() == 20
    assert hidden(one, one, 3, 0) == 0.5
    assert nearest_right(one, one, 0.0) == 6
    assert nearest_right(one, one, 1 / 6) == 5


def test_what_is_said_of_a_place_is_no_single_drawing() -> None:
    assert composer_of(understand("star behind a moon")) is None
    assert composer_of(understand("star")) is not None


def test_the_job_draws_several_without_a_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def closed(*_: object) -> None:
        raise AssertionError("the network was opened")

    monkeypatch.setattr("pincel.make.words.draw.open_artist", closed)
    sprite = pincel.draw("two red apples")
    assert sprite.recipe is not None and sprite.width == 32


@pytest.mark.parametrize("prompt", ["grapes", "uvas", "scissors", "tijeras", "glasses", "gafas",
                                    "trousers", "pantalones", "a pair of boots"])  # fmt: skip
def test_what_is_one_thing_in_the_plural_is_one(prompt: str) -> None:
    assert [unit.number for unit in units_of(understand(prompt))] == [1]


@pytest.mark.parametrize("prompt", ["three coins", "una espada y un escudo", "two potions",
                                    "four stars", "a crown on a chest", "two knights"])  # fmt: skip
def test_a_few_things_are_laid_out_on_16_pixels(prompt: str) -> None:
    made = [pincel.draw(prompt, width=16, seed=seed).rgba() for seed in range(3)]
    assert len({one.tobytes() for one in made}) == 3
    for one in made:
        assert one.shape == (16, 16, 4) and (one[..., 3] > 0).sum() > 40
        assert len(np.unique(one[one[..., 3] > 0], axis=0)) <= 31


@pytest.mark.parametrize("prompt", ["two cats", "a knight on a bridge", "un gato y un perro"])
def test_what_cannot_be_told_on_16_pixels_is_refused(prompt: str) -> None:
    with pytest.raises(PincelError, match=r"--width 32"):
        pincel.draw(prompt, width=16)
    assert pincel.draw(prompt).rgba().shape == (32, 32, 4)
