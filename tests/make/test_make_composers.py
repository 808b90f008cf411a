"""The table of composers: what is of parts is asked of each, and says so with no seed."""

from __future__ import annotations

import pytest

from pincel.make.words.composers import COMPOSERS, Composer, composer_of
from pincel.make.words.nearly import nearly
from pincel.make.words.prompt import understand

PROMPTS = (
    "red car","castle with a red flag", "árbol muerto",
           "king", "bruja", "angry face", "cara triste", "smiley", "stone face",
           "two knights", "shield", "anvil", "red", "pink pig", "caracol", "corazón roto",
           "stone golem", "brick wall")  # fmt: skip


@pytest.mark.parametrize("composer", COMPOSERS, ids=lambda one: type(one).__name__)
def test_whether_it_composes_does_not_depend_on_the_seed(composer: Composer) -> None:
    shown = 0
    for prompt in PROMPTS:
        looks = [composer.look(understand(prompt), seed) for seed in range(4)]
        assert len({look is None for look in looks}) == 1
        if looks[0] is not None:
            shown += 1
            sprite = composer.sprite(looks[0])
            assert sprite.rgba().shape == (32, 32, 4) and not sprite.tags
            walk = composer.walk(looks[0], 4, 32)
            assert walk is None or composer.walks
            assert walk is None or len(walk.frames) == 4
    assert shown


def test_one_composer_or_none() -> None:
    names = {prompt: composer_of(understand(prompt)) for prompt in PROMPTS}
    found = {prompt: type(one).__name__ if one else "" for prompt, one in names.items()}
    assert found["king"] == "People" and found["angry face"] == "Faces"
    assert found["pink pig"] == found["caracol"] == "Beasts"
    assert found["shield"] == "Items"
    assert found["two knights"] == found["red"] == ""


@pytest.mark.parametrize(
    ("prompt", "family", "kind"),
    [("paleta de pintor", "Items", "palette"), ("artist palette", "Items", "palette"),
     ("gauntlets", "Items", "gloves"), ("two boots", "Items", "boots"),
     ("dos botas rojas", "Items", "boots"), ("grifo", "Monsters", "griffon"),
     ("sand", "Grounds", "sand"), ("vaqueros", "Items", "pants"), ("tritón", "Monsters", "merman"),
     ("stiletto", "Items", "dagger"), ("broom", "Nouns", "broom"), ("escoba", "Nouns", "broom")],
)  # fmt: skip
def test_names_that_two_things_share(prompt: str, family: str, kind: str) -> None:
    """A thing of a trade is no person, what is several by its name is a pair, and a further thing
    does not take the name of one that a game needs more."""
    asked = understand(prompt)
    composer = composer_of(asked)
    if composer is None:
        near = nearly(asked)
        assert near is not None and not near.left
        composer, asked = near.composer, near.asked
    assert composer.family == family
    assert composer.look(asked).kind == kind


@pytest.mark.parametrize("prompt", ["portrait of a king", "retrato de una niña feliz"])
def test_a_portrait_of_somebody_is_a_face(prompt: str) -> None:
    composer = composer_of(understand(prompt))
    assert composer is not None and composer.family == "Faces"
