"""Prompts in two languages as words of the vocabulary."""

from __future__ import annotations

import pytest

from pincel import words
from pincel.art import lexicon
from pincel.errors import PincelError
from pincel.make.words.prompt import MOST_WORDS, understand, vocabulary
from pincel.words.unaccented import unaccented


def named(text: str) -> set[str]:
    return {vocabulary()[i]["en"] for i in understand(text).ids}


@pytest.mark.parametrize(
    ("english", "spanish"),
    [
        ("red dragon", "dragón rojo"),
        ("red dragons", "dragones rojos"),
        ("golden crown", "corona dorada"),
        ("ice sword", "espada de hielo"),
        ("a penguin with a blue hat", "un pingüino con sombrero azul"),
        ("snakes", "culebra"),
        ("small black cat", "gatita negra pequeña"),
        ("fire crystal", "cristal de fuego"),
    ],
)
def test_both_languages_mean_the_same(english: str, spanish: str) -> None:
    assert named(english) == named(spanish)


def test_accents_are_optional_and_languages_mix() -> None:
    assert named("dragon rojo") == named("dragón rojo") == named("red dragón")


def test_an_owl_is_also_a_bird_and_objects_come_first() -> None:
    kinds = [vocabulary()[i]["kind"] for i in understand("white wooden owl").ids]
    assert named("owl") == {"owl", "bird"}
    assert kinds == ["object", "object", "material", "colour"]


def test_what_may_be_thing_or_material_follows_the_rest() -> None:
    assert vocabulary()[understand("ice").ids[0]]["kind"] == "object"
    assert [vocabulary()[i]["kind"] for i in understand("ice dragon").ids] == ["object", "material"]


def test_a_word_of_both_languages_has_the_meaning_of_its_prompt() -> None:
    assert "foot" in named("pie de un gigante")
    assert "cake" in named("apple pie")


@pytest.mark.parametrize(
    ("came", "near"),
    [("windmill", "house"), ("molino", "house"), ("swrod", "sword"), ("drgaon", "dragon")],
)
def test_unknown_words_are_replaced_by_near_ones(came: str, near: str) -> None:
    understood = understand(came)
    assert near in named(came)
    assert understood.words == () and understood.replaced[0][:2] == (came, near)
    assert understood.unknown == ()


def test_what_is_unknown_is_said() -> None:
    understood = understand("qwop dragon")
    assert understood.unknown == ("qwop",)
    words.use("es")
    try:
        said = understood.said()
    finally:
        words.use(None)
    assert "dragón" in said[0] and "qwop" in said[-1]


@pytest.mark.parametrize("text", ["", "   ", "zzt qqp", "the of"])
def test_nothing_to_draw_is_one_sentence_that_names_words(text: str) -> None:
    with pytest.raises(PincelError) as told:
        understand(text)
    for language, example in (("en", "sword"), ("es", "espada")):
        words.use(language)
        try:
            assert example in str(told.value)
        finally:
            words.use(None)


def test_no_more_words_than_the_network_takes() -> None:
    objects = [w["en"] for w in vocabulary()[1:60]]
    assert len(understand(" ".join(objects)).ids) == MOST_WORDS


def test_vocabulary_is_whole() -> None:
    known = vocabulary()
    assert [w["id"] for w in known] == list(range(len(known)))
    assert 400 < len(known) < 800
    for word in known[1:]:
        assert word["kind"] in lexicon.KINDS and word["en"] and word["es"]
        for code in ("en", "es"):
            assert word["id"] in lexicon.surfaces(code)[unaccented(word[code])]
        for above in word.get("is", ()):
            assert ("object", above) in lexicon.by_name()
    names = {w["en"] for w in known}
    assert len(lexicon.classes()) == 100 and set(lexicon.classes()) <= names
    assert all(name in names for near in lexicon.near_words().values() for name in near)


def test_every_fixed_prompt_names_one_class_and_its_colour() -> None:
    import json
    from pathlib import Path

    path = Path(__file__).parents[2] / "benchmarks" / "prompts.json"
    listed = json.loads(path.read_text("utf-8"))
    assert listed["classes"] == lexicon.classes()
    assert len(listed["prompts"]) == 100
    assert sum(p["language"] == "es" for p in listed["prompts"]) == 50
    for prompt in listed["prompts"]:
        ids = understand(prompt["prompt"]).ids
        names = [vocabulary()[i]["en"] for i in ids if vocabulary()[i]["kind"] == "object"]
        colors = [vocabulary()[i]["en"] for i in ids if vocabulary()[i]["kind"] == "colour"]
        assert [n for n in names if n in lexicon.classes()] == [prompt["object"]]
        assert colors == ([prompt["colour"]] if "colour" in prompt else [])


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("dragon's egg", ["dragon", "egg"]),
        ("wizard’s staff", ["wizard", "staff"]),
        ("un mono", ["monkey"]),
        ("mujer con moño", ["woman", "hair"]),
        ("niñas", ["child"]),
        ("puñales", ["dagger"]),
        ("montana", ["mountain"]),
        ("abuela con bastón", ["woman", "staff"]),
    ],
)
def test_possessives_and_enyes(text: str, known: list[str]) -> None:
    """A possessive names its thing; an ñ may be typed as n, but an n not as ñ."""
    asked = understand(text)
    assert [word[1] for word in asked.words] == known and not asked.replaced


@pytest.mark.parametrize("text", [
    "woman with a bun", "face of a woman with a hair bun", "mujer con moño", "reina con moño rojo",
    "niña con coletas", "girl with braids", "niña con trenzas", "mujer con cola de caballo",
    "chica con rastas", "girl with pigtails",
])  # fmt: skip
def test_how_hair_is_worn_is_hair(text: str) -> None:
    """No bread, no monkey, nothing short, no shop."""
    asked = understand(text)
    meant = {vocabulary()[i]["en"] for i in asked.ids}
    assert "hair" in meant
    assert not meant & {"bread", "monkey", "short", "shop", "kite", "horse", "brain", "rat"}
    assert not asked.unknown
    assert not asked.replaced


@pytest.mark.parametrize(("text", "meant"), [
    ("bun", "bread"), ("hamburger with a bun", "bread"), ("king with bread", "bread"),
    ("mujer con un mono", "monkey"), ("muñeco de nieve", "snowman"), ("muñeco", "child"),
    ("muñeca", "child"), ("doll", "child"),
])  # fmt: skip
def test_other_buns_and_dolls(text: str, meant: str) -> None:
    asked = {vocabulary()[i]["en"] for i in understand(text).ids}
    assert meant in asked
    assert "hair" not in asked
