"""People of drawn parts: every view and frame has the same body, colours and ground."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import ndimage

from pincel.art import people
from pincel.art.color_names import ramp
from pincel.art.people import CLOTHES, HATS, HELD, SIDE, VIEWS, Appearance, person
from pincel.errors import PincelError
from pincel.make.words.callings import NAMES_OF_TRADES
from pincel.make.words.person import CALLINGS, person_of, wholly
from pincel.make.words.prompt import understand

GROUND = 30


NAMED = [names.split(", ")[0].lstrip("*") for names in NAMES_OF_TRADES.values()]


def looks() -> dict[str, Appearance]:
    found = {name: person_of(understand(name)).look for name in (*CALLINGS, "jester", *NAMED)}
    for one in CLOTHES:
        for hair in ("", "short", "long"):
            found[f"{one}-{hair}"] = Appearance(one, hair, more=frozenset({"cape", "beard"}))
    for hat in HATS:
        found[f"hat-{hat}"] = Appearance(hat=hat, hair="long")
    for more in ("moustache", "glasses", "patch", "halo", "wings"):
        found[more] = Appearance(more=frozenset({more}))
    found["all"] = Appearance("armour", "long", "crown", "sword", "shield",
                        frozenset({"cape", "beard", "ears"}))  # fmt: skip
    for thing in HELD:
        found[f"holds-{thing}"] = Appearance(right=thing, left=thing)
    return found


LOOKS = looks()


def colors_of(rgba: np.ndarray) -> set[tuple[int, ...]]:
    return {tuple(int(v) for v in c) for c in rgba[rgba[..., 3] > 0][:, :3]}


def test_every_part_is_a_rectangle_that_fits() -> None:
    for name, part in people._parts().items():
        assert part.codes.ndim == 2 and (part.codes >= 0).any(), name
        if not name.startswith("hold."):
            assert part.x + part.codes.shape[1] <= SIDE and part.y + len(part.codes) <= SIDE, name


@pytest.mark.parametrize("name", LOOKS)
def test_all_views_and_frames_are_one_body(name: str) -> None:
    sprite = person(LOOKS[name], VIEWS, 4)
    assert [t.name for t in sprite.tags] == list(VIEWS) and len(sprite.frames) == 16
    assert sprite.frames[0].shape == (SIDE, SIDE) and 6 <= len(sprite.palette) <= 31
    area = [(frame >= 0).sum() for frame in sprite.frames]
    assert min(area) > 0.6 * max(area)
    for frame in sprite.frames:
        rows = np.flatnonzero((frame >= 0).any(1))
        assert rows[-1] == GROUND and rows[0] <= 4
        _, parts = ndimage.label(frame >= 0, np.ones((3, 3)))
        assert parts == 1
    for start in range(0, 16, 4):
        walk = sprite.frames[start : start + 4]
        assert np.array_equal(walk[0], walk[2]) and not np.array_equal(walk[1], walk[3])
        assert not np.array_equal(walk[0], walk[1])


def test_right_is_left_mirrored_but_for_the_hands() -> None:
    plain = person(Appearance(), ("left", "right"))
    assert np.array_equal(plain.frames[0], plain.frames[1][:, ::-1])
    armed = person(Appearance(right="sword"), ("left", "right"))
    metal = np.flatnonzero((armed.palette[:, None] == ramp("silver")[None]).all(-1).any(1))
    near, far = (np.isin(armed.frames[n], metal).sum() for n in (1, 0))
    assert near > far and not np.array_equal(armed.frames[0], armed.frames[1][:, ::-1])


def test_behind_there_is_no_face() -> None:
    look = person_of(understand("man")).look
    front, back = (person(look, (view,)) for view in ("front", "back"))
    eyes = (34, 24, 40)
    assert eyes in colors_of(front.rgba()) and eyes not in colors_of(back.rgba())
    skin = np.array([list(bytes.fromhex(c)) for c in people.SKINS["light"]])
    shown = [(s.rgba()[..., None, :3] == skin).all(-1).any(-1).sum() for s in (front, back)]
    assert shown[1] < 0.4 * shown[0]


@pytest.mark.parametrize(
    ("prompt", "colors"),
    [
        ("red-haired knight with a sword", [people.HAIRS["red"][1]]),
        ("blonde woman in a blue dress", [people.HAIRS["yellow"][1], "3161cf"]),
        ("mago con barba blanca y sombrero rojo", [people.HAIRS["white"][1], "c8272d"]),
        ("orco con capa morada", [people.SKINS["orc"][1], "7d3fb5"]),
        ("pink goblin", ["e57aa8"]),
        ("man with green boots", ["3a9c3f"]),
        ("viejo", [people.HAIRS["grey"][1]]),
    ],
)
def test_what_was_said_is_worn(prompt: str, colors: list[str]) -> None:
    shown = colors_of(person(person_of(understand(prompt)).look, ("left",)).rgba())
    assert all(tuple(bytes.fromhex(color)) in shown for color in colors)


@pytest.mark.parametrize(
    ("prompt", "expected"),
    [
        ("knight", ("armour", "helmet", "sword", "shield")),
        ("knight without a helmet", ("armour", "", "sword", "shield")),
        ("knight with an axe", ("armour", "helmet", "axe", "")),
        ("caballero con arco y escudo", ("armour", "helmet", "bow", "shield")),
        ("hooded woman in armour", ("armour", "hood", "", "")),
        ("bald man with a crown", ("tunic", "crown", "", "")),
    ],
)
def test_clothes_and_hands(prompt: str, expected: tuple[str, ...]) -> None:
    look = person_of(understand(prompt)).look
    assert (look.clothes, look.hat, look.right, look.left) == expected


def test_uniforms_are_put_on_and_taken_off() -> None:
    clown, jester = (person_of(understand(name)).look for name in ("un payaso", "bufón"))
    assert "paint" in clown.more and clown.hair == "tufts" and clown.hat == "clown"
    assert "paint" not in jester.more and jester.hat == "jester"
    assert len({str(person_of(understand("clown"), n).look.colors) for n in range(8)}) == 8
    assert person_of(understand("payaso con nariz verde")).look.colors["light"] == "green"
    assert person_of(understand("astronaut without a helmet")).look.hat == ""
    assert person_of(understand("bombero con casco amarillo")).look.colors["hat"] == "yellow"
    assert person_of(understand("red-haired astronaut")).look.hat == ""
    assert person_of(understand("mujer policía")).look.clothes == "uniform"
    gloves = colors_of(person(Appearance("suit", "", "space", colors={"skin": "green"})).rgba())
    assert not gloves & {tuple(map(int, c)) for c in ramp("green")}, "no bare hand"


@pytest.mark.parametrize(
    ("prompt", "hair"),
    [
        ("mujer rubia", ("long", "yellow")),
        ("hombre rubio con espada", ("short", "yellow")),
        ("pelirroja con espada", ("long", "red")),
        ("redhead with a bow", ("short", "red")),
        ("caballero moreno", ("short", "black")),
        ("mujer castaña con vestido azul", ("long", "brown")),
        ("chica con pelo castaño", ("long", "brown")),
    ],
)
def test_one_word_says_hair(prompt: str, hair: tuple[str, str]) -> None:
    """And all that is said is shown, so nobody has to ask for the parts. ("Rubia" was a ruby.)"""
    asked = understand(prompt)
    assert wholly(asked) and not asked.unknown and not asked.replaced
    look = person_of(asked).look
    assert (look.hair, look.colors["hair"]) == hair


@pytest.mark.parametrize(
    ("prompt", "things"),
    [
        ("ginger cat", [("", "cat", ("red",))]),
        ("gato pelirrojo", [("", "cat", ("red",))]),
        ("una rubia y un mago", [("", "woman", ()), ("with", "hair", ("yellow",)),
                                 ("and", "wizard", ())]),
        ("bearded man with blonde hair", [("", "man", ()), ("with", "hair", ("yellow",))]),
    ],
)  # fmt: skip
def test_whose_hair_it_is(prompt: str, things: list) -> None:
    told = understand(prompt).things
    assert [(one.relation, one.name, one.colors) for one in told] == things


def test_what_has_no_part_is_said() -> None:
    assert person_of(understand("knight with a guitar")).left_out == ("guitar",)


@pytest.mark.parametrize(
    ("prompt", "key"),
    [("green slime", "draw.no_person"), ("sword", "draw.no_person"),
     ("two knights", "draw.one_person"), ("a knight and a dragon", "draw.one_person")],
)  # fmt: skip
def test_what_is_no_person_is_refused(prompt: str, key: str) -> None:
    with pytest.raises(PincelError) as refused:
        person_of(understand(prompt))
    assert refused.value.key == key


def test_seeds_vary_what_was_not_said() -> None:
    seen = {tuple(map(tuple, person(person_of(understand("man"), s).look).palette.tolist()))
            for s in range(8)}  # fmt: skip
    assert len(seen) >= 6
    hair = {person_of(understand("blonde man"), s).look.colors["hair"] for s in range(5)}
    assert hair == {"yellow"}
