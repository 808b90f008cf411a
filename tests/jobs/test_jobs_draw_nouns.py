"""draw: further things, each known by its name in both languages, one of them and several."""

from __future__ import annotations

import pytest

from pincel.art.lexicon import by_name, one_and_many
from pincel.art.noun_names import names, names_alone, names_listed, nouns
from pincel.art.wares import KINDS
from pincel.make.words.composers import Nouns, composer_of
from pincel.make.words.grammar import is_paired
from pincel.make.words.prompt import understand
from pincel.make.words.units import units_of
from pincel.words.unaccented import unaccented

ALL = nouns()


@pytest.mark.parametrize("noun", ALL, ids=[one.kind for one in ALL])
def test_every_name_is_drawn_as_its_kind(noun) -> None:
    kind, _, form = noun.kind.partition(":")
    assert kind in KINDS and (not form or form in KINDS[kind].forms)
    assert ("object", noun.near) in by_name()
    for name in (*noun.english, *noun.spanish):
        asked = understand(name)
        found = composer_of(asked)
        assert isinstance(found, Nouns), name
        assert found.look(asked).kind == kind, name
        assert not asked.unknown and not asked.replaced, name


@pytest.mark.parametrize("noun", ALL, ids=[one.kind for one in ALL])
def test_plurals_are_several(noun) -> None:
    for language, name in (("en", noun.english[0]), ("es", noun.spanish[0])):
        name = unaccented(name)
        many = one_and_many(name, language)[1:]
        if (
            not many
            or is_paired(name)
            or name in names_alone()
            or many[0] in names_listed()
            or many[0] not in names()
        ):
            continue
        (unit,) = units_of(understand(many[0]))
        assert unit.number == 3 and isinstance(unit.composer, Nouns), many[0]
        assert unit.kind == noun.kind.partition(":")[0], many[0]
