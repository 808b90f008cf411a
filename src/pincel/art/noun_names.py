"""How the things of `nouns` are called. A kind stands in one of FILES with its names:

    kind anvil: anvil, blacksmith anvil | yunque | hammer

names in English, in Spanish, and the word of the vocabulary that a network draws instead. A kind
"a:b" is the form b of a. A name in "<>" is one only where nothing else is named.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources

from pincel.art import lexicon
from pincel.words.unaccented import unaccented

FILES = ("tools", "places", "home", "signs", "meals", "gear")


@dataclass(frozen=True)
class Noun:
    """How a kind is called: names in English and Spanish (the first is said of it), those that
    count only where nothing else is named, and the word of the vocabulary that is near."""

    kind: str
    english: tuple[str, ...]
    spanish: tuple[str, ...]
    alone: frozenset[str]
    near: str


def noun_blocks() -> Iterator[tuple[str, list[str]]]:
    """The head of each kind, and its other lines."""
    for name in FILES:
        text = (resources.files("pincel.art") / f"nouns_{name}.txt").read_text("utf-8")
        for block in re.split(r"^kind ", text, flags=re.MULTILINE)[1:]:
            head, *lines = block.splitlines()
            yield head, [one for one in lines if one.strip() and one[0] != "#"]


@cache
def nouns() -> tuple[Noun, ...]:
    """All kinds and how they are called."""
    return tuple(_noun(head) for head, _ in noun_blocks())


def _noun(head: str) -> Noun:
    kind, _, rest = head.partition(": ")
    english, spanish, near = (part.strip() for part in rest.split("|"))
    alone = frozenset(
        unaccented(one[1:-1]) for part in (english, spanish) for one in part.split(", ")
        if one[:1] == "<"
    )  # fmt: skip
    both = [tuple(one.strip("<>") for one in part.split(", ")) for part in (english, spanish)]
    return Noun(kind, both[0], both[1], alone, near)


@cache
def names() -> dict[str, Noun]:
    """Every way to say a kind, plurals too, without accents."""
    found: dict[str, Noun] = {}
    for one in nouns():
        for language, said in (("en", one.english), ("es", one.spanish)):
            for name in said:
                single, *many = lexicon.one_and_many(unaccented(name), language)
                for form in (single, *(form for form in many if form not in _pairs())):
                    found.setdefault(form, one)
    own = {unaccented(n): one for one in nouns() for n in (*one.english, *one.spanish)}
    return {**found, **own}


@cache
def _pairs() -> frozenset[str]:
    """What the vocabulary calls things that are several by their name (gauntlets: gloves)."""
    several = (w for w in lexicon.vocabulary()[1:] if w["kind"] == "object" and w["en"][-1:] == "s")
    return frozenset(
        unaccented(name) for w in several for code in ("en", "es")
        for name in (w[code], *w.get(f"also_{code}", ()))
    )  # fmt: skip


@cache
def names_listed() -> frozenset[str]:
    """Those that are listed, without the plurals that follow from them, without accents."""
    return frozenset(unaccented(n) for one in nouns() for n in (*one.english, *one.spanish))


@cache
def names_alone() -> frozenset[str]:
    """Those that count only where nothing else is named, plurals too."""
    return frozenset(
        form
        for one in nouns()
        for name in one.alone
        for language in ("en", "es")
        for form in lexicon.one_and_many(name, language)
    )


@cache
def names_of_one() -> dict[str, str]:
    """The plurals that follow from the names, each with the name of one."""
    found: dict[str, str] = {}
    for one in nouns():
        for language, said in (("en", one.english), ("es", one.spanish)):
            for name in map(unaccented, said):
                found |= dict.fromkeys(lexicon.one_and_many(name, language)[1:], name)
    return {many: one for many, one in found.items() if many not in names_listed()}
