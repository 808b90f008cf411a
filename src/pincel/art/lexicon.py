"""The closed vocabulary of sprites: some 500 words, each in English and Spanish.

`vocabulary.json` lists them: id, kind (object, colour, material, modifier), the word in both
languages, other ways to say it, and what it also is ("is": an owl is a bird). Plurals and feminines
are made here, accents do not count. Ids never change: new words go to the end of the file.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from pincel.words.unaccented import unaccented

KINDS = ("object", "colour", "material", "modifier")
_LONGEST = 4
"""The longest way to say a word, in tokens ("cota de malla")."""


@dataclass(frozen=True)
class Phrase:
    """A stretch of text: as written, and the ids it may mean; () when unknown."""

    written: str
    ids: tuple[int, ...]


@cache
def _file() -> dict[str, Any]:
    path = resources.files("pincel.art") / "vocabulary.json"
    return json.loads(path.read_text("utf-8"))


@cache
def vocabulary() -> tuple[dict[str, Any], ...]:
    """All words by id; place 0 stands for no word (kind "none")."""
    nothing = {"id": 0, "kind": "none", "en": "", "es": ""}
    words = (nothing, *_file()["words"])
    if any(word["id"] != place for place, word in enumerate(words)):
        raise ValueError("vocabulary.json: ids must count from 1 without gaps")
    return words


@cache
def by_name() -> dict[tuple[str, str], int]:
    """(kind, English word) to id."""
    return {(word["kind"], word["en"]): word["id"] for word in vocabulary()[1:]}


def classes() -> list[str]:
    """The objects that classifiers of sprites tell apart, by their English words."""
    return list(_file()["classes"])


def near_words() -> dict[str, list[str]]:
    """Words outside the vocabulary and the English words that come nearest in meaning."""
    return _file()["near"]


@cache
def stop_words() -> frozenset[str]:
    """Words of both languages that say nothing about a sprite, without accents."""
    return frozenset(unaccented(word) for word in _file()["stop"])


@cache
def _with_enye() -> tuple[str, ...]:
    """How words begin that are written with an ñ, without it and without their last letter."""
    said = json.dumps(vocabulary()[1:], ensure_ascii=False).lower()
    return tuple(unaccented(word[:-1]) for word in re.findall(r"[^\W\d_]*ñ[^\W\d_]*", said))


@cache
def _forms() -> tuple[tuple[int, str, tuple[str, ...]], ...]:
    """The id of each word, a language, and every way to say it there, without accents."""
    found = []
    for word in vocabulary()[1:]:
        adjective = word["kind"] != "object"
        for code, forms in (("en", _english), ("es", _spanish)):
            ways: list[str] = []
            for said in map(unaccented, (word[code], *word.get(f"also_{code}", ()))):
                ways += (*forms(said, adjective), said)
            found.append((word["id"], code, tuple(ways)))
    return tuple(found)


@cache
def surfaces(language: str | None = None) -> dict[str, tuple[int, ...]]:
    """Every way to say a word (one language, or both), without accents, and the ids it may mean."""
    found: dict[str, tuple[int, ...]] = {}
    several = set()
    for number, code, ways in _forms():
        if language not in (None, code):
            continue
        for form in ways:
            ids = found.get(form)
            if ids is None:
                found[form] = (number,)
            elif number not in ids:
                found[form] = (*ids, number)
                several.add(form)
    own = {unaccented(w[code]): w["id"] for w in vocabulary()[1:] for code in ("es", "en")}
    for form in several:  # its own name comes before a guessed plural of another
        if own.get(form) in found[form]:
            found[form] = (own[form], *(i for i in found[form] if i != own[form]))
    return found


IRREGULAR = {
    "man": "men", "woman": "women", "mouse": "mice", "child": "children", "person": "people",
    "goose": "geese", "tooth": "teeth", "foot": "feet", "wolf": "wolves", "elf": "elves",
    "dwarf": "dwarves", "knife": "knives", "leaf": "leaves", "thief": "thieves", "loaf": "loaves",
    "scarf": "scarves", "wife": "wives", "ox": "oxen", "shelf": "shelves",
}  # fmt: skip
"""English plurals that follow no rule, or that of f."""


def _english(word: str, adjective: bool) -> tuple[str, ...]:
    if word in IRREGULAR and not adjective:
        return (IRREGULAR[word],)
    if adjective or word.endswith("s"):
        return ()
    if word.endswith(("ch", "sh", "x", "z")):
        return (word + "es",)
    if word.endswith("y") and word[-2] not in "aeiou":
        return (word[:-1] + "ies",)
    return (word + "s",)


def _spanish(word: str, adjective: bool) -> tuple[str, ...]:
    first, _, rest = word.partition(" ")
    rest = f" {rest}" if rest else ""
    singular = [first]
    if adjective and first.endswith("o"):
        singular.append(first[:-1] + "a")
    forms = [one + rest for one in singular[1:]]
    for one in singular:
        if one.endswith("s"):
            continue
        if one.endswith("z"):
            many = one[:-1] + "ces"
        elif one[-1] in "aeiou":
            many = one + "s"
        else:
            many = one + "es"
        forms.append(many + rest)
    return tuple(forms)


def one_and_many(word: str, language: str) -> tuple[str, ...]:
    """How a thing (plain, in "en" or "es") is called, and its plural."""
    return (word, *(_english if language == "en" else _spanish)(word, False))


def split(
    text: str,
    language: str | None = None,
    *,
    every: bool = False,
    names: Collection[str] = frozenset(),
    table: Mapping[str, tuple[int, ...]] | None = None,
) -> list[Phrase]:
    """A text as known words and unknown ones (ids ()); longest match first. Stop words are left
    out, but with `every` stand there as unknown ones. "Dragon's" is the dragon; accents are
    optional, but an ñ is another letter than n: "moño" is no "mono". Of `names`, which are plain,
    too, words stay together and have no ids; they come before equally long known words.
    Another `table` of words than `surfaces(language)` has no stop words."""
    stop = stop_words() if table is None else frozenset[str]()
    table = surfaces(language) if table is None else table
    written = re.findall(r"[^\W_]+(?:['’\-][^\W_]+)*", text)
    tokens = [re.sub(r"['’]s$", "", unaccented(word)) for word in written]
    other = ["ñ" in word.lower() and not token.startswith(_with_enye())
             for word, token in zip(written, tokens, strict=True)]  # fmt: skip
    found, at = [], 0
    while at < len(tokens):
        for length in range(min(_LONGEST, len(tokens) - at), 0, -1):
            run = " ".join(tokens[at : at + length])
            ids = () if run in names else table.get(run)
            if run in names or (ids is not None and not any(other[at : at + length])):
                break
        else:
            length, ids = 1, ()
        # "a", "de" and the like say nothing by themselves
        silent = length == 1 and tokens[at] in stop and tokens[at] not in names
        if every or not silent:
            found.append(Phrase(" ".join(written[at : at + length]), () if silent else ids or ()))
        at += length
    return found


def settle(found: list[Phrase], head_first: bool = False) -> list[tuple[str, int]]:
    """One meaning for each known word, (written, id).

    What may be an object or what it is made of ("ice", "crystal") is the object only where nothing
    else is: an ice dragon is a dragon. Of several such words the last one is the object ("fire
    crystal"), with `head_first` the first one ("cristal de fuego").
    """
    kinds = [{vocabulary()[i]["kind"] for i in said.ids} for said in found]
    sure = any(kind == {"object"} for kind in kinds)
    open_ones = [n for n, kind in enumerate(kinds) if "object" in kind and len(kind) > 1]
    head = None
    if not sure and open_ones:
        head = open_ones[0] if head_first else open_ones[-1]
    chosen = []
    for number, said in enumerate(found):
        if not said.ids:
            continue
        ids = list(said.ids)
        if number in open_ones:
            wanted = number == head
            ids = [i for i in ids if (vocabulary()[i]["kind"] == "object") == wanted]
        chosen.append((said.written, ids[0]))
    return chosen


def widened(ids: list[int]) -> list[int]:
    """Words and what they also are (an owl is a bird): objects first, then materials and modifiers,
    colours last; each once."""
    all_ids = list(ids)
    for number in ids:
        more = vocabulary()[number].get("is", ())
        all_ids += [by_name()["object", name] for name in more]
    order = {"object": 0, "material": 1, "modifier": 1, "colour": 2}
    unique = list(dict.fromkeys(all_ids))
    return sorted(unique, key=lambda number: order[vocabulary()[number]["kind"]])
