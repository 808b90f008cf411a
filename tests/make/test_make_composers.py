"""The table of composers: what is of parts is asked of each, and says so with no seed."""

from __future__ import annotations

import pytest

from pincel.make.words.composers import COMPOSERS, Composer, composer_of
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
