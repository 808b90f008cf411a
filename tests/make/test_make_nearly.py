"""What rules draw of a sentence that they show nearly all of."""

from __future__ import annotations

import pytest
from pytest import MonkeyPatch

from pincel import words
from pincel.art.palette_files import load_palette
from pincel.job import Made, Said
from pincel.jobs.generate.draw import Draw
from pincel.make.words.composers import composer_of
from pincel.make.words.nearly import nearly
from pincel.make.words.prompt import understand
from pincel.make.words.units import units_of

SHOWN = {
    "jumping dog": ("dog", "jumping"),
    "perro saltando": ("perro", "saltando"),
    "jumping castle": ("castle", "jumping"),
    "campfire": ("fire", ""),
    "koi fish": ("fish", "koi"),
    "dragón de hielo": ("dragón cyan", ""),
    "isla con palmera": ("isla", "palmera"),
    "ice wizard with a white beard": ("cyan wizard", ""),
    "strawberry ice cream": ("ice cream", "strawberry"),
    "pescado azul": ("fish azul", ""),
    "clown archer": ("archer", "clown"),
    "iron shield with a lion": ("iron shield", "lion"),
}


@pytest.mark.parametrize("prompt", SHOWN)
def test_what_no_rule_draws_is_left_out(prompt: str) -> None:
    asked = understand(prompt)
    assert composer_of(asked) is None
    found = nearly(asked)
    assert found is not None
    assert (found.asked.things[0].written, " ".join(found.left)) == SHOWN[prompt]
    assert found.composer.look(found.asked, 3) is not None


def test_no_more_is_left_out_than_must_be() -> None:
    found = nearly(understand("jumping haunted striped brown cat"))
    assert found is not None and set(found.left) == {"jumping", "haunted"}
    found = nearly(understand("jumping golden sword"))
    assert found is not None and found.left == ("jumping",)


@pytest.mark.parametrize(
    "prompt",
    ["shield with a blue lion", "jumping dog without a tail", "two jumping dogs",
     "jumping dog on a chair", "red", "sleeping", "haunted tower without a roof"],
)  # fmt: skip
def test_colours_numbers_and_further_things_are_never_left_out(prompt: str) -> None:
    assert nearly(understand(prompt)) is None


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_it_is_said_what_is_not_to_be_seen(language: str, monkeypatch: MonkeyPatch) -> None:
    monkeypatch.setenv("PINCEL_LANG", language)
    said = [e.text for e in Draw(prompt="jumping dog").run() if isinstance(e, Said)]
    assert words.say("draw.not_drawn", words="jumping") in said
    plain = [e.text for e in Draw(prompt="brown dog").run() if isinstance(e, Said)]
    assert words.say("draw.not_drawn", words="") not in plain and len(plain) < len(said)


def test_a_word_that_a_near_one_stands_for_is_said() -> None:
    said = [e.text for e in Draw(prompt="old villager").run() if isinstance(e, Said)]
    assert words.say("prompt.replaced", came="villager", near="farmer") in said


def test_of_several_things_each_is_drawn_nearly() -> None:
    job = Draw(prompt="jumping cat and a brown dog")
    said = [e.text for e in job.run() if isinstance(e, Said)]
    assert words.say("draw.not_drawn", words="jumping") in said
    assert all(unit.composer is not None for unit in units_of(understand(job.prompt)))


def test_what_comes_with_a_thing_is_no_thing_of_a_scene_where_rules_show_it() -> None:
    said = [
        e.text for e in Draw(prompt="ice wizard with a white beard").run() if isinstance(e, Said)
    ]
    assert words.say("draw.of_parts") in said
    both = [e.text for e in Draw(prompt="a king with a dragon").run() if isinstance(e, Said)]
    assert words.say("draw.of_parts") not in both


def test_a_scene_keeps_to_a_palette() -> None:
    (made,) = [
        e for e in Draw(prompt="sword and shield", palette="pico-8").run() if isinstance(e, Made)
    ]
    rgba = made.value.rgba()
    seen = {tuple(color) for color in rgba[rgba[..., 3] > 0][:, :3].tolist()}
    assert seen <= {tuple(color) for color in load_palette("pico-8").colors.tolist()}


@pytest.mark.parametrize(
    ("prompt", "kind"),
    [("grumpy toucan", "toucan"), ("cute badger", "badger"), ("skunk", "skunk")],
)
def test_what_rules_know_is_not_drawn_as_what_is_near(prompt: str, kind: str) -> None:
    asked = understand(prompt)
    composer, shown = composer_of(asked), asked
    if composer is None:
        near = nearly(asked)
        assert near is not None and not near.replaced
        composer, shown = near.composer, near.asked
    assert composer.look(shown).kind == kind


@pytest.mark.parametrize("prompt", ["three cottages", "tres aldeanos", "two doctors", "dos tejones",
                                    "three axolotls", "two villagers", "dos ciempiés"])  # fmt: skip
def test_what_has_a_near_word_is_counted(prompt: str) -> None:
    """ "three cottages" was one house and a tree."""
    (thing,) = understand(prompt).things
    assert thing.number == (3 if prompt.startswith("t") and prompt[1] in "hr" else 2)
    assert not understand(prompt).unknown
