"""Whether a thing is named in the plural, and how one says it of a single one."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from pincel.art import lexicon
from pincel.art.noun_names import names, names_listed, names_of_one
from pincel.make.words import grammar
from pincel.make.words.prompt import AskedThing
from pincel.words.unaccented import unaccented

_BUNCHES = ("grapes",)
"""What is one thing in the plural, but not a pair."""


def is_plural(one: AskedThing) -> bool:
    """Whether a thing is named in the plural, without a number."""
    if one.number != 1 or one.part is not None or not one.name or one.name in _BUNCHES:
        return False
    if grammar.is_paired(one.name):
        return False
    if one.noun:
        return _is_many(one)
    meant = lexicon.by_name().get(("object", one.name), 0)
    for phrase in lexicon.split(one.written):
        head = unaccented(phrase.written)
        if meant in phrase.ids or not phrase.ids:
            return head not in _names() and any(singular(word) != word for word in head.split())
    return False


def _is_many(one: AskedThing) -> bool:
    """The same for a thing of `pincel.art.nouns`, which may have a name of several words."""
    run = _noun_run(one)
    return bool(run) and run not in names_listed()


def _noun_run(one: AskedThing) -> str:
    """The words that name a thing of `pincel.art.nouns`."""
    words = unaccented(one.written).split()
    runs = [" ".join(words[a:b]) for b in range(len(words), 0, -1) for a in range(b)]
    return next((run for run in runs if run in names() and names()[run].kind == one.noun), "")


def single(one: AskedThing) -> str:
    """What is written of several things, as one says it of one."""
    if one.noun:
        run = _noun_run(one)
        return unaccented(one.written).replace(run, names_of_one().get(run, run))
    return " ".join(singular(word) for word in one.written.split())


def singular(word: str) -> str:
    """A plain word as one says it of one thing."""
    word = unaccented(word)
    if word in _MANY:
        return _MANY[word]
    known = _words()
    if word in known or not word.endswith("s"):
        return word
    return next((w for w in _less(word) if w in known), word)


def _less(word: str) -> Iterator[str]:
    """What a word that ends with s may be the plural of."""
    for end, cut in (("", 1), ("", 2), ("y", 3), ("z", 3)):
        if len(word) - cut >= 2:
            yield word[:-cut] + end


_MANY = {many: one for one, many in lexicon.IRREGULAR.items()}


@cache
def _names() -> frozenset[str]:
    """How things and qualities are called, in both languages, but for plurals of theirs."""
    every: set[str] = {unaccented(word) for word in lexicon.near_words()} | names_listed()
    for word in lexicon.vocabulary()[1:]:
        own = {unaccented(n) for code in ("en", "es")
               for n in (word[code], *word.get(f"also_{code}", ()))}  # fmt: skip
        every |= {n for n in own if not (n.endswith("s") and own & {*_less(n)}) and n not in _MANY}
    return frozenset(every)


@cache
def _words() -> frozenset[str]:
    """The plain words of all names, feminines too."""
    return frozenset(
        form
        for name in _names()
        for word in name.split()
        if word == name or not (word.endswith("s") and _names() & {*_less(word)})
        for form in (word, word[:-1] + "a" if word.endswith("o") else word)
    )
