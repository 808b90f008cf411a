"""What a sentence says of a vehicle, an instrument or a gadget, as parts and colours for
`pincel.art.contraptions`."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache
from importlib import resources

from pincel.art.color_names import RAMPS
from pincel.art.contraptions import shade_of_matter
from pincel.art.kinds import SceneryLook, Shade
from pincel.art.rigging import RIGS, Rig
from pincel.make.words.prompt import AskedThing, Understood
from pincel.make.words.told_words import (
    color_of_word,
    kinds_of_names,
    matter_of_word,
    names_of_words,
    plain_words,
    word_runs,
)

_SMALL = 0.74
_OF_WOOD = {"boat": ("rowing boat", "sailboat")}
"""Kinds that are others when they are of wood."""


def contraption_of(asked: Understood, seed: int = 0) -> SceneryLook | None:
    """The vehicle, instrument or gadget that a prompt asks for; None where it asks for something
    else, or says what no rule shows. Whether it is None does not depend on the seed."""
    if not asked.things or asked.lacking or any(one.number != 1 for one in asked.things):
        return None
    main, others = asked.things[0], asked.things[1:]
    found = _kind(_split(main.written))
    if found is None:
        return None
    told = {word for one in asked.things for word in _split(one.written)}
    if any(word not in told for word in _split(*asked.unknown)):
        return None
    reader = _Told(found[0], seed)
    fits = reader.whole(found[1]) and all(map(reader.part, others))
    return reader.look() if fits else None


class _Told:
    """A look while its sentence is read."""

    def __init__(self, kind: str, seed: int) -> None:
        self.kind, _, form = kind.partition(":")
        self.seed, self.size = seed, 1.0
        self.colors: dict[str, Shade] = {}
        self.more = {form} - {""}

    @property
    def rules(self) -> Rig:
        """What there is to the kind."""
        return RIGS[self.kind]

    def whole(self, words: list[str]) -> bool:
        """What stands beside the name of the thing; False for what is not shown."""
        taken: set[int] = set()
        for place, word in enumerate(words):
            material = self._material(word)
            if not material or self._state(word):
                continue
            taken.add(place)
            self.more.add(material)
            for beside in (place - 1, place + 1) if word in _parts("en") else (place + 1,):
                near = words[beside] if 0 <= beside < len(words) and beside not in taken else ""
                shade = self._shade(near, material)
                if shade:
                    self.colors[material] = shade
                    taken.add(beside)
                    break
        rest = [word for place, word in enumerate(words) if place not in taken]
        return self._colored(filter(None, map(color_of_word, rest))) and all(
            color_of_word(word) or self._word(word) for word in rest
        )

    def _colored(self, said: Iterable[str]) -> bool:
        """The colours said of the whole, on the parts that take them."""
        colors = list(dict.fromkeys(said))
        if len(colors) > len(self.rules.main) or any(color not in RAMPS for color in colors):
            return False
        main = self.rules.main
        if "metal" in main and colors[:1] in (["gold"], ["silver"]):  # golden scissors
            main = ("metal", *(one for one in main if one != "metal"))
        for material, color in zip(main, colors, strict=False):
            self.colors.setdefault(material, color)
        return True

    def _word(self, word: str) -> bool:
        """A word about the whole: a form, a size, a material."""
        quality = _qualities().get(word)
        if self._take(word) or quality == "plain":
            return True
        if quality == "small":
            self.size = _SMALL
            return True
        if quality == "rusty":
            self.more.add("rusty")
            return "metal" in self.rules.matter
        matter = matter_of_word(word)
        if matter == "wood" and self.kind in _OF_WOOD:
            kinds = _OF_WOOD[self.kind]
            self.kind = kinds[self.seed % len(kinds)]
            self.colors = {"hull": self.colors["hull"]} if "hull" in self.colors else {}
        if shade_of_matter(self.kind, matter) is None:
            return False
        own = {"wood": "hull"}.get(matter, "metal")
        material = own if own in self.rules.main else self.rules.main[0]
        self.colors.setdefault(material, shade_of_matter(self.kind, matter, self.seed) or "")
        return True

    def part(self, one: AskedThing) -> bool:
        """Something that comes with it; False where it has none such."""
        words = [word for word in _split(one.written) if not color_of_word(word)]
        if one.relation != "with" or len(one.colors) > 1 or not words:
            return False
        named = [word for word in words if self._material(word) or self._state(word)]
        if len(named) != 1:
            return False
        material = self._material(named[0])
        shade: Shade = one.colors[0] if one.colors else ""
        for word in words:
            if word != named[0]:
                shade = self._shade(word, material)
                if not shade and _qualities().get(word) != "plain":
                    return False
        if shade and (not material or (shade in one.colors and shade not in RAMPS)):
            return False
        if shade:
            self.colors[material] = shade
        self.more |= {material} - {""}
        self._take(named[0])
        return True

    def _shade(self, word: str, material: str) -> Shade:
        """The colour of a part that a word beside it says, or ""."""
        color = color_of_word(word)
        matter = matter_of_word(word)
        if color in RAMPS or not material:
            return color
        return shade_of_matter("", matter, self.seed) or ""

    def _take(self, word: str) -> bool:
        state = self._state(word)
        self.more |= {state} - {""}
        return bool(state)

    def _state(self, word: str) -> str:
        """The form of this kind that a word names, or ""."""
        has = self.rules.states
        return next((one for one in _states().get(word, ()) if one in has), "")

    def _material(self, word: str) -> str:
        """What shows the part of this kind that a word names, or ""."""
        has = self.rules.parts
        named = (*_parts("en").get(word, ()), *_parts("es").get(word, ()))
        return next((has[one] for one in named if one in has), "")

    def look(self) -> SceneryLook | None:
        """What was read; None where a part was coloured that the kind has not."""
        has = {*self.rules.parts.values(), *self.rules.main}
        if not {*self.colors} <= has:
            return None
        return SceneryLook(self.kind, self.seed, self.colors, more=frozenset(self.more),
                           size=(self.size, self.size))  # fmt: skip


def _split(*written: str) -> list[str]:
    """Plain words, without those that say nothing."""
    return plain_words((text.replace("-", " ") for text in written), _silent())


def _kind(said: list[str]) -> tuple[str, list[str]] | None:
    """The kind that is named by the longest run of words, and the other words."""
    for run, rest in word_runs(said):
        kind = _kinds().get(" ".join(run))
        if kind:
            return kind, rest
    return None


# ---------------------------------------------------------------------------------------- words


@cache
def _table() -> dict:
    """contraptions.json: how kinds, parts, forms and qualities are said."""
    return json.loads((resources.files("pincel.art") / "contraptions.json").read_text("utf-8"))


@cache
def _silent() -> frozenset[str]:
    return frozenset(_table()["silent"].split(", "))


@cache
def _kinds() -> dict[str, str]:
    """How each kind is called, without the words that say nothing; a kind may name its form behind
    a colon."""
    return kinds_of_names(_table()["kinds"], _split)


@cache
def _qualities() -> dict[str, str]:
    return {
        word: name for name, words in _table()["qualities"].items() for word in words.split(", ")
    }


@cache
def _parts(language: str) -> dict[str, tuple[str, ...]]:
    return names_of_words({name: both[language] for name, both in _table()["parts"].items()})


@cache
def _states() -> dict[str, tuple[str, ...]]:
    return names_of_words(_table()["states"])
