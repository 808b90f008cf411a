"""What a sentence says of a sign or a piece of nature, as parts and colours for
`pincel.art.signs`."""

from __future__ import annotations

import json
from functools import cache
from importlib import resources

from pincel.art.color_names import RAMPS
from pincel.art.kinds import SceneryLook
from pincel.art.signs import KINDS
from pincel.make.words.prompt import AskedThing, Understood
from pincel.make.words.told_words import (
    color_of_word,
    kinds_of_names,
    names_of_words,
    plain_words,
    word_runs,
)

_OTHERWISE = ("arrow sign",)
"""Kinds whose name alone means something else: an arrow is shot, one to the left is a sign."""


def sign_of(asked: Understood, seed: int = 0) -> SceneryLook | None:
    """The sign or piece of nature that a prompt asks for; None where it asks for
    something else, or says what no rule shows. Whether it is None does not depend on the seed."""
    if not asked.things or asked.lacking or any(one.number != 1 for one in asked.things):
        return None
    main, others = asked.things[0], asked.things[1:]
    found = _kind(_split(main.written))
    if found is None:
        return None
    told = {word for one in asked.things for word in _split(one.written)}
    if any(word not in told for word in _split(*asked.unknown)):
        return None
    reader = _Ordered(*found)
    fits = reader.whole() and all(map(reader.part, others))
    if fits and "skull" in reader.more and "cloth" in KINDS[reader.kind].main:
        reader.colors.setdefault("cloth", "black")
    fits = fits and not (reader.kind in _OTHERWISE and not reader.more and len(reader.name) == 1)
    return (
        SceneryLook(reader.kind, seed, reader.colors, more=frozenset(reader.more)) if fits else None
    )


class _Ordered:
    """A look while its sentence is read."""

    def __init__(self, kind: str, name: list[str], words: list[str]) -> None:
        self.kind, self.name, self.words = kind, name, words
        self.colors: dict[str, str] = {}
        self.more: set[str] = set()

    def whole(self) -> bool:
        """What stands beside the name of the thing; False for what is not shown."""
        left = [word for word in self.words if word not in _plain()]
        taken: set[int] = set()
        for place, word in enumerate(left):
            material = self._material(word)
            if not material or self._state(word):
                continue
            taken.add(place)
            beside = place + 1 if word in _parts("es") else place - 1
            if 0 <= beside < len(left) and color_of_word(left[beside]):
                self.colors[material] = color_of_word(left[beside])
                taken.add(beside)
        rest = [word for place, word in enumerate(left) if place not in taken]
        colors = [color_of_word(word) for word in rest if color_of_word(word)]
        main = KINDS[self.kind].main
        if len(colors) > len(main) or any(color not in RAMPS for color in colors):
            return False
        for material, color in zip(main, colors, strict=False):
            self.colors.setdefault(material, color)
        return all(color_of_word(word) or self._take(word) for word in rest)

    def part(self, one: AskedThing) -> bool:
        """Something that comes with it; False where it has none such."""
        words = [
            word for word in _split(one.written) if word not in _plain() and not color_of_word(word)
        ]
        if one.relation == "and" or len(words) != 1 or len(one.colors) > 1:
            return False
        material = self._material(words[0])
        if one.colors:
            if not material or one.colors[0] not in RAMPS:
                return False
            self.colors[material] = one.colors[0]
            self._take(words[0])
            return True
        return self._take(words[0]) or bool(material)

    def _take(self, word: str) -> bool:
        state = self._state(word)
        self.more |= {state} - {""}
        return bool(state)

    def _state(self, word: str) -> str:
        """The form of this kind that a word names, or ""."""
        has = KINDS[self.kind].states
        return next((one for one in _states().get(word, ()) if one in has), "")

    def _material(self, word: str) -> str:
        """What shows the part of this kind that a word names, or ""."""
        has = KINDS[self.kind].parts
        named = (*_parts("en").get(word, ()), *_parts("es").get(word, ()))
        return next((has[one] for one in named if one in has), "")


def _split(*written: str) -> list[str]:
    """Plain words, without those that say nothing."""
    return plain_words((text.replace("-", " ") for text in written), _list("silent"))


def _kind(said: list[str]) -> tuple[str, list[str], list[str]] | None:
    """The kind that is named by the longest run of words, that run, and the other words."""
    for run, rest in word_runs(said):
        kind = _kinds().get(" ".join(run))
        if kind:
            return kind, run, rest
    return None


# ---------------------------------------------------------------------------------------- words


@cache
def _table() -> dict:
    """signs.json: how kinds, parts and forms are said."""
    return json.loads((resources.files("pincel.art") / "signs.json").read_text("utf-8"))


@cache
def _list(name: str) -> frozenset[str]:
    return frozenset(_table()[name].split(", "))


@cache
def _plain() -> frozenset[str]:
    return _list("plain")


@cache
def _kinds() -> dict[str, str]:
    """How each kind is called, without the words that say nothing."""
    return kinds_of_names(_table()["kinds"], _split)


@cache
def _parts(language: str) -> dict[str, tuple[str, ...]]:
    return names_of_words({name: both[language] for name, both in _table()["parts"].items()})


@cache
def _states() -> dict[str, tuple[str, ...]]:
    return names_of_words(_table()["states"])
