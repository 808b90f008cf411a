"""What composers share when they read a sentence: plain words, the name of a kind, colours."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import cache
from importlib import resources

from pincel.art import lexicon
from pincel.words.unaccented import unaccented

_LONGEST = 4


def plain_words(written: Iterable[str], silent: Collection[str]) -> list[str]:
    """Words without accents, without those that say nothing."""
    words = [word for text in written for word in unaccented(text).split()]
    return [word for word in words if word not in silent]


def word_runs(said: list[str]) -> Iterator[tuple[list[str], list[str]]]:
    """Every run of up to four words, the longest first, and the other words."""
    for length in range(min(_LONGEST, len(said)), 0, -1):
        for at in range(len(said) - length + 1):
            yield said[at : at + length], said[:at] + said[at + length :]


def kinds_of_names(table: Mapping[str, str], split: Callable[[str], list[str]]) -> dict[str, str]:
    """Of a table of kinds, each with its names behind commas, each name with its kind; `split`
    leaves out of a name the words that say nothing."""
    return {
        " ".join(split(name)): kind for kind, names in table.items() for name in names.split(", ")
    }


def names_of_words(table: Mapping[str, str | Iterable[str]]) -> dict[str, tuple[str, ...]]:
    """Of a table of names, each with its words (apart, or behind commas), each word with its
    names."""
    found: dict[str, tuple[str, ...]] = {}
    for name, words in table.items():
        for word in words.split(", ") if isinstance(words, str) else words:
            found[word] = (*found.get(word, ()), name)
    return found


@cache
def color_of_word(word: str) -> str:
    """The colour that a word is, or ""."""
    found = [lexicon.vocabulary()[i] for i in lexicon.surfaces().get(word, ())]
    return next((one["en"] for one in found if one["kind"] == "colour"), "")


@cache
def _matters() -> dict[str, str]:
    table = json.loads((resources.files("pincel.art") / "wares.json").read_text("utf-8"))
    return {word: name for name, words in table["matter"].items() for word in words}


def matter_of_word(word: str) -> str:
    """The material (of `item_matter.OF`) that a word is, or ""."""
    return _matters().get(word, "")
