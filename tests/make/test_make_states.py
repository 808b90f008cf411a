"""Things in a state, creatures in a mood, people of two names, people who hold something."""

from __future__ import annotations

from itertools import cycle

import numpy as np
import pytest

from pincel.art import beasts, moods
from pincel.art.drawn_parts import MOST_COLORS
from pincel.art.people_icons import person_icon
from pincel.art.people_moods import MOODS, TIED
from pincel.art.sprite import Sprite
from pincel.art.states import STATES, in_states
from pincel.errors import PincelError
from pincel.job import Made, Said
from pincel.jobs.generate.draw import Draw
from pincel.make.words.composers import People, composer_of
from pincel.make.words.holding import Holders
from pincel.make.words.prompt import in_one_sense, understand
from pincel.make.words.stated import Stated, roomy
from pincel.make.words.two_names import calling_of_two
from pincel.pixels.color import srgb_to_oklab
from pincel.words import say

THINGS = ("sword", "shield", "wooden chair", "house", "tree", "skull", "key", "red apple", "ship",
          "glass bottle", "crown", "mushroom")  # fmt: skip
SAID = {
    "rusty sword": "espada oxidada",
    "broken sword": "espada rota",
    "cracked egg": "huevo agrietado",
    "frozen sword": "espada congelada",
    "burning house": "casa ardiendo",
    "house on fire": "casa en llamas",
    "bloody axe": "hacha ensangrentada",
    "snow-covered tree": "árbol cubierto de nieve",
    "mossy shield": "escudo musgoso",
    "dirty boots": "botas sucias",
    "ancient sword": "espada antigua",
    "ghost ship": "galeón fantasma",
    "cursed skull": "calavera maldita",
    "glowing mushroom": "seta luminosa",
    "sword with blood": "espada con sangre",
    "holy sword": "espada sagrada",
    "poisoned apple": "manzana envenenada",
    "sleeping cat": "gato dormido",
    "sitting dog": "perro sentado",
    "angry wolf": "lobo enfadado",
    "happy dog": "perro feliz",
    "sad frog": "rana triste",
    "dead rat": "rata muerta",
    "sleeping dragon": "dragón dormido",
    "baby dragon": "dragón bebé",
    "happy girl": "chica feliz",
    "angry man": "hombre enfadado",
    "sad child": "niño triste",
    "wounded knight": "caballero herido",
    "young wizard": "mago joven",
    "sleeping knight": "caballero dormido",
    "orc warrior": "guerrero orco",
    "skeleton wizard": "mago esqueleto",
    "zombie pirate": "pirata zombi",
    "dwarf king": "rey enano",
    "undead knight": "caballero no muerto",
    "woman pirate": "mujer pirata",
    "dark elf": "elfo oscuro",
    "ghost pirate": "pirata fantasma",
    "girl with pigtails": "chica con coletas",
    "woman with a bun": "mujer con moño",
    "woman with braids": "mujer con trenzas",
    "woman with a ponytail": "mujer con cola de caballo",
    "man with a moustache": "hombre con bigote",
    "moldy cheese": "queso mohoso",
    "rotten apple": "manzana podrida",
    "burnt tree": "árbol quemado",
    "bitten cookie": "galleta mordida",
    "torn flag": "bandera rasgada",
    "ruined castle": "castillo en ruinas",
    "wet dog": "perro mojado",
    "melting snowman": "muñeco de nieve derretido",
    "wilted rose": "rosa marchita",
    "haunted castle": "castillo encantado",
    "sunken galleon": "galeón hundido",
    "flooded house": "casa inundada",
    "petrified knight": "caballero petrificado",
    "electric sword": "espada eléctrica",
    "scared cat": "gato asustado",
    "scared man": "hombre asustado",
    "howling wolf": "lobo aullando",
    "woman with a basket": "mujer con una cesta",
    "man with a shovel": "hombre con una pala",
    "knight with a trident": "caballero con un tridente",
}


def drawn(prompt: str, seed: int = 0) -> Sprite:
    asked = understand(prompt)
    composer = composer_of(asked)
    assert composer is not None, prompt
    return composer.sprite(composer.look(asked, seed))


def loose(made: Sprite) -> int:
    """How many pixels have but one neighbour, or none."""
    there = np.pad(np.stack(made.frames) >= 0, ((0, 0), (1, 1), (1, 1)))
    near = sum(np.roll(there, (dy, dx), (1, 2)).astype(int) for dy in (-1, 0, 1)
               for dx in (-1, 0, 1) if dx or dy)  # fmt: skip
    return int((there & (near < 2)).sum())


def clean(made: Sprite, side: int = 32) -> None:
    """Few colours, of the size of the canvas, no pixel by itself."""
    assert (made.width, made.height) == (side, side)
    assert len(made.palette) <= MOST_COLORS
    assert not loose(made)


def same(a: Sprite, b: Sprite) -> bool:
    return a.rgba().shape == b.rgba().shape and bool((a.rgba() == b.rgba()).all())


@pytest.mark.parametrize("state", STATES)
def test_every_state_changes_the_picture_and_leaves_it_clean(state: str) -> None:
    pictures = []
    for prompt in THINGS:
        asked = understand(prompt)
        composer = composer_of(asked)
        assert composer is not None
        plain = roomy(composer, composer.look(asked, 1), 32, (state,))
        made = in_states(plain, (state,), 1)
        clean(made)
        assert not same(made, plain)
        assert (made.indices != plain.indices).sum() >= 4
        pictures.append(made.rgba().tobytes())
    assert len(set(pictures)) == len(THINGS)


@pytest.mark.parametrize("side", [48, 64])
def test_states_are_drawn_at_every_size(side: int) -> None:
    for state, prompt in zip(STATES, cycle(THINGS), strict=False):
        asked = understand(prompt)
        composer = composer_of(asked)
        assert composer is not None
        made = in_states(roomy(composer, composer.look(asked), side, (state,)), (state,), 0)
        assert (made.width, made.height) == (side, side) and (made.indices >= 0).sum() > side


def test_every_kind_can_be_in_a_state() -> None:
    from pincel.art.contraptions import RIGS
    from pincel.art.scenery import KINDS as PLACES
    from pincel.art.signs import KINDS as SIGNS
    from pincel.art.wares import KINDS as WARES

    tried = 0
    of_things = cycle(state for state in STATES if state != "asleep")
    for kind, state in zip((*WARES, *SIGNS, *PLACES, *RIGS), of_things, strict=False):
        try:
            asked = understand(kind)
        except PincelError:
            continue
        composer = composer_of(asked)
        if composer is None or composer.family not in ("Items", "Signs", "Scenery", "Contraptions"):
            continue
        plain = roomy(composer, composer.look(asked), 32, (state,))
        made = in_states(plain, (state,), 0)
        assert loose(made) <= loose(plain), (kind, state)
        assert not same(made, plain), (kind, state)
        tried += 1
    assert tried > 200


@pytest.mark.parametrize("file", beasts.FILES)
def test_every_creature_that_has_eyes_shows_its_moods(file: str) -> None:
    shown = 0
    for kind in beasts.kinds(file):
        if not beasts.can_be(kind, "sleeping"):
            continue
        looks = {"": beasts.beast_sprite(beasts.BeastLook(kind)).rgba().tobytes()}
        for mood in moods.MOODS:
            made = beasts.beast_sprite(beasts.BeastLook(kind, mood=mood))
            clean(made)
            looks[mood] = made.rgba().tobytes()
        assert len(set(looks.values())) == len(looks), kind
        shown += 1
    assert shown > (80 if file == "beasts" else 15)


def test_what_has_legs_lies_and_some_sit() -> None:
    sitting = [kind for kind in beasts.kinds() if beasts.can_be(kind, "", "sitting")]
    assert {"cat", "dog", "wolf", "fox", "lion", "tiger", "bear"} <= {*sitting}
    for kind in sitting:
        poses = [
            beasts.beast_sprite(beasts.BeastLook(kind, pose=pose)) for pose in ("", *moods.POSES)
        ]
        tall = [int(np.ptp(np.flatnonzero((one.indices >= 0).any(1)))) for one in poses]
        assert tall[1] < tall[0] - 3 and len({one.rgba().tobytes() for one in poses}) == 3
        ground = [int(np.flatnonzero((one.indices >= 0).any(1))[-1]) for one in poses]
        assert max(ground) - min(ground) <= 1
        for one in poses:
            clean(one)


@pytest.mark.parametrize("english", SAID)
def test_both_languages_say_the_same(english: str) -> None:
    assert same(drawn(english), drawn(SAID[english]))


@pytest.mark.parametrize("english", SAID)
def test_other_seeds_give_other_pictures(english: str) -> None:
    pictures = {drawn(english, seed).rgba().tobytes() for seed in range(8)}
    assert len(pictures) >= (1 if "knight" in english else 4)  # a knight in armour is a knight


def test_colours_are_obeyed_in_a_state() -> None:
    made = drawn("sword with blue flames").rgba()
    flame = made[made[..., 3] > 0][:, :3].astype(int)
    assert ((flame[:, 2] > 150) & (flame[:, 0] < 90)).sum() > 20
    assert not same(drawn("rusty red shield"), drawn("rusty blue shield"))
    assert not same(drawn("sleeping black cat"), drawn("sleeping white cat"))


def test_several_states_are_laid_over_one_another() -> None:
    both = drawn("broken rusty sword")
    assert not same(both, drawn("rusty sword")) and not same(both, drawn("broken sword"))


@pytest.mark.parametrize(
    "prompt",
    ["rusty wolf", "cracked knight", "sitting sword", "sad happy dog", "happy starfish",
     "angry skeleton", "sitting girl"],
)  # fmt: skip
def test_what_no_state_shows_is_left_to_what_is_nearly_it(prompt: str) -> None:
    assert composer_of(understand(prompt)) is None


def test_a_state_alone_is_no_thing() -> None:
    for prompt in ("ghost", "ice", "fire", "skull"):
        assert not isinstance(composer_of(understand(prompt)), Stated)


@pytest.mark.parametrize("mood", [*MOODS, *TIED, "moustache"])
def test_faces_and_hair_of_people_differ_on_every_side(mood: str) -> None:
    from pincel.art.people import Appearance, person

    plain, made = (person(Appearance(more=frozenset(more))) for more in ((), (mood,)))
    other = [not np.array_equal(plain.rgba(n), made.rgba(n)) for n in range(4)]
    assert other[0] and (mood in MOODS or mood == "moustache" or other[1]) and other[2]
    clean(made)


def test_a_body_wears_the_clothes_of_a_calling() -> None:
    asked = understand("orc wizard")
    look = People().look(asked)
    assert look.clothes == "robe" and look.hat == "wizard" and look.colors["skin"] == "orc"
    assert "tusks" in look.more and "beard" not in look.more
    assert calling_of_two(understand("wizard").things[0]) is None
    assert composer_of(understand("wizard pirate")) is None  # two callings, one body


def test_women_of_a_calling_have_long_hair() -> None:
    for prompt in ("female knight", "mujer guerrera", "guerrera", "woman pirate"):
        look = People().look(understand(prompt))
        assert look.hair == "long" and "beard" not in look.more and look.hat != "helmet"


def test_what_is_held_lies_in_the_hand() -> None:
    for prompt in ("woman with a basket", "man with a guitar", "girl with a red balloon",
                   "orc warrior with a flag", "happy girl with a balloon"):  # fmt: skip
        asked = understand(prompt)
        composer = composer_of(asked)
        assert isinstance(composer, Holders)
        made = composer.sprite(composer.look(asked))
        assert len(made.palette) <= 48
        for side in (18, 24, 28):
            small = composer.small(composer.look(asked), side)
            assert small is not None and small.width <= side
    assert not isinstance(composer_of(understand("man with a car")), Holders)
    assert not isinstance(composer_of(understand("knight with a sword")), Holders)


def test_walks_keep_the_state() -> None:
    asked = understand("frozen wolf")
    composer = composer_of(asked)
    assert isinstance(composer, Stated)
    walk = composer.walk(composer.look(asked), 4)
    assert walk is not None and len(walk.frames) == 4
    assert len({frame.tobytes() for frame in walk.frames}) > 1
    asleep = understand("sleeping wolf")
    assert composer_of(asleep).walk(composer_of(asleep).look(asleep), 4) is None


def test_states_are_drawn_at_16_pixels() -> None:
    for prompt in ("rusty sword", "burning house", "sleeping cat", "angry wolf", "ghost ship"):
        asked = understand(prompt)
        composer = composer_of(asked)
        assert isinstance(composer, Stated) and composer.least <= 16
        made = composer.icon(composer.look(asked), 16)
        assert (made.width, made.height) == (16, 16) and len(made.palette) > 4


@pytest.mark.parametrize("prompt", ["sad orc", "payaso enfadado", "ghost pirate", "frozen knight",
                                    "woman with a basket", "sleeping dragon"])  # fmt: skip
def test_sixteen_pixels_are_sixteen(prompt: str) -> None:
    """People in a state came as 32 pixels, people with a thing in hand as the network's."""
    events = list(Draw(prompt=prompt, width=16).run())
    (made,) = [event.value for event in events if isinstance(event, Made)]
    assert (made.width, made.height) == (16, 16)
    told = {event.text for event in events if isinstance(event, Said)}
    assert told & {say("draw.of_parts"), say("draw.by_rules")}


@pytest.mark.parametrize("view", ["front", "left", "right"])
def test_moods_of_people_are_seen_at_16_pixels(view: str) -> None:
    for prompt in ("woman", "king", "orc", "clown")[: 4 if view == "front" else 3]:
        shown = set()
        for mood in ("", *MOODS):
            asked = understand(f"{mood} {prompt}")
            composer = composer_of(asked)
            assert composer is not None
            look = composer.look(asked)
            shown.add(person_icon(getattr(look, "look", look), (view,)).rgba().tobytes())
        assert len(shown) == 1 + len(MOODS), (prompt, view)


def test_who_sleeps_on_16_pixels_lies_on_the_ground_under_a_z() -> None:
    for prompt in ("sleeping dragon", "sleeping cat", "gato dormido", "sleeping horse"):
        rgba = _drawn(prompt, 16)
        there = rgba[..., 3] > 0
        assert there[15].any() and there[:4].sum() == 10  # the strokes of a z
        assert there[5:].sum() > 60
    assert (_drawn("sleeping slime", 16) != _drawn("slime", 16)).any()


@pytest.mark.parametrize("thing", ["door", "shield", "house", "chair", "pot", "crown", "tower"])
def test_what_is_broken_on_16_pixels_is_still_whole_to_the_eye(thing: str) -> None:
    from scipy import ndimage

    there = _drawn(f"broken {thing}", 16)[..., 3] > 0
    assert there.sum() > 70 and ndimage.label(there, np.ones((3, 3)))[1] == 1
    assert (_drawn(f"broken {thing}", 16) != _drawn(thing, 16)).any(-1).sum() > 20


@pytest.mark.parametrize("thing", ["map", "crown", "carpet", "bridge", "door", "table"])
@pytest.mark.parametrize("side", [32, 48])
def test_what_breaks_falls_within_the_frame(thing: str, side: int) -> None:
    """The half that falls off left the frame (and came in on the other side) where there was no
    room for it: all moves aside, and what the frame still cuts has its outline."""
    rgba = _drawn(f"broken {thing}", side)
    light = srgb_to_oklab(rgba[..., :3])[..., 0]
    for edge in ((..., 0), (..., -1), (0,), (-1,)):
        there = rgba[..., 3][edge] > 0
        assert not there.any() or light[edge][there].max() < 0.5, edge


def _drawn(prompt: str, side: int) -> np.ndarray:
    """What `draw` gives, (side, side, 4)."""
    return next(
        e.value for e in Draw(prompt=prompt, width=side).run() if isinstance(e, Made)
    ).rgba()


@pytest.mark.parametrize(("said", "plain"), [
    ("unlit torch", "torch"), ("mochila llena", "mochila"), ("flag with a skull", "flag"),
    ("straw hat", "hat"), ("cachorro", "perro"), ("kitten", "cat"), ("burnt tree", "bare tree"),
    ("castillo encantado", "castillo"), ("naga with blue skin", "naga"),
])  # fmt: skip
def test_what_a_word_adds_is_seen(said: str, plain: str) -> None:
    assert not same(drawn(said), drawn(plain))


def test_a_medusa_is_what_it_is_in_its_language(monkeypatch: pytest.MonkeyPatch) -> None:
    assert same(drawn("a medusa"), drawn("gorgon")) and same(drawn("medusa"), drawn("gorgon"))
    assert same(drawn("una medusa"), drawn("jellyfish"))
    assert same(drawn("medusa azul"), drawn("blue jellyfish"))
    assert in_one_sense("medusa") == "gorgon" and in_one_sense("dos medusas") == "dos aguamalas"
    assert drawn("jack-o'-lantern").rgba().shape == (32, 32, 4)
    monkeypatch.setenv("PINCEL_LANG", "es")
    assert in_one_sense("medusa") == "medusa marina" and in_one_sense("red medusa") == "red gorgon"
    assert in_one_sense("medusa gorgona") == "medusa gorgona"


@pytest.mark.parametrize(("prompt", "told"), [
    ("goblin petrificado", "goblin, petrificado"), ("rusty sword", "rusty, sword"),
    ("espada rota", "sword, broken"), ("mapa rasgado", "map, rasgado"),
])  # fmt: skip
def test_a_state_is_among_what_was_understood(prompt: str, told: str) -> None:
    made = list(Draw(prompt=prompt).run())
    assert say("prompt.understood", words=told) in [e.text for e in made if isinstance(e, Said)]
    (numbers,) = (e.numbers for e in made if isinstance(e, Made))
    assert ", ".join(numbers["understood"]) == told


def test_words_of_states_are_not_misspelt_ones() -> None:
    assert not understand("scared man").replaced
    assert understand("sacered man").replaced
