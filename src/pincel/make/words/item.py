"""What a sentence says of an item, as parts and colours for `pincel.art.wares`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from importlib import resources
from typing import NamedTuple

from pincel.art.bench import ItemLook, Ware
from pincel.art.color_names import RAMPS
from pincel.art.item_matter import OF, WOOD
from pincel.art.kinds import Shade
from pincel.art.noun_names import names, names_listed
from pincel.art.wares import KINDS
from pincel.make.words import grammar
from pincel.make.words.prompt import AskedThing, Understood
from pincel.make.words.told_words import color_of_word, names_of_words, plain_words, word_runs

_SMALL = 0.74
_STONES = ("ruby", "emerald", "sapphire", "amethyst", "diamond")
"""Stones that are a gem by themselves."""
_FILLED = {"full": ("potion", "bottle", "chest"), "half": ("potion", "bottle"),
           "empty": ("potion", "bottle", "chest")}  # fmt: skip
"""What may be full or empty."""
_OF_MATTER = ("gold", "silver", "brown")
"""Colours that say what a thing is made of, where it has a frame and a cloth."""
_ELEMENTS = ("fire", "lava", "ice", "shadow")
"""What glows is of them, its frame is not."""
_SET = ("ring", "amulet", "crown")
"""What a named stone is set in, not made of."""


def item_of(asked: Understood, seed: int = 0) -> ItemLook | None:
    """The item that a prompt asks for; None where it asks for something else, or says what no rule
    shows. Whether it is None does not depend on the seed."""
    if not asked.things or asked.things[0].number != 1:
        return None
    things = asked.things
    people = things[0].name in grammar.parts_table()["people"]
    for found in _kinds(_split(things[0].written)):
        named = not people or not found.rest or found.kind[:6] == "statue"
        look = _read(asked, found, seed) if named else None
        if look is not None:
            return look
    if any(one.colors or one.relation != "with" for one in things[1:]):
        return None
    for found in _kinds(_split(*(one.written for one in things))):  # "a chest with teeth"
        if len(found.name) > 1 and not found.rest:
            return _read(replace(asked, things=things[:1]), found, seed)
    return None


def noun_of(asked: Understood, seed: int = 0) -> ItemLook | None:
    """The same of a thing of `pincel.art.nouns` alone, known by the name that was written."""
    if not asked.things or asked.things[0].number != 1 or not asked.things[0].noun:
        return None
    main = asked.things[0]
    for run, rest in word_runs(_split(main.written)):
        if _nouns().get(" ".join(run)) == main.noun:
            told = [word for word in run if color_of_word(word) or word in _said("matter")]
            told = told if len(told) < len(run) else []  # "silver bar": of silver
            ways = ([*told, *rest], rest) if told else (rest,)
            looks = (_read(asked, _Found(main.noun, run, more), seed) for more in ways)
            return next((look for look in looks if look is not None), None)
    return None


def _read(asked: Understood, found: _Found, seed: int) -> ItemLook | None:
    """A sentence as one kind of item; None where it says what that does not show."""
    others = asked.things[1:]
    told = {word for one in asked.things for word in _split(one.written)}
    told |= {*asked.lacking, *found.name}
    reader = _Saying(found.kind, seed)
    rest = reader.inner(reader.known(found.name, found.rest))
    colors = tuple(dict.fromkeys(filter(None, map(color_of_word, rest))))
    fits = reader.words(rest) and reader.main_colors(colors)
    fits = fits and all(map(reader.part, others))
    fits = fits and all(reader.alone(word) for word in _split(*asked.unknown) if word not in told)
    fits = fits and all(map(reader.take_off, _split(*asked.lacking)))
    return reader.look() if fits else None


class _Found(NamedTuple):
    """A kind, the words that name it, the other words."""

    kind: str
    name: list[str]
    rest: list[str]


def _split(*written: str) -> list[str]:
    """Plain words, without those that say nothing."""
    return plain_words(written, _table()["silent"])


def _kinds(said: list[str]) -> Iterator[_Found]:
    """The kinds that are named, by the longest run of words first: a bone, then a sword, in "bone
    sword"."""
    for run, rest in word_runs(said):
        kind = _said("kinds").get(" ".join(run))
        if kind is not None:
            yield _Found(kind, run, rest)
    if any(_said("matter").get(word) in _STONES for word in said):
        yield _Found("gem", [], said)


class _Saying:
    """A look while its sentence is read."""

    def __init__(self, kind: str, seed: int) -> None:
        self.kind, _, self.form = kind.partition(":")
        self.seed, self.grain, self.size, self.meant = seed, "", 1.0, ""
        self.colors: dict[str, Shade] = {}
        self.more: set[str] = set()
        self.without: set[str] = set()

    @property
    def rules(self) -> Ware:
        """What there is to the kind."""
        return KINDS[self.kind]

    def known(self, name: list[str], rest: list[str]) -> list[str]:
        """What is left of the words without those that tell a colour ("health potion")."""
        meant = _meant().get(self.kind, {})
        self.meant = next((meant[word] for word in (*name, *rest) if word in meant), "")
        return [word for word in rest if word not in meant]

    def inner(self, rest: list[str]) -> list[str]:
        """What is left of the words of the whole without those of a part that the grammar does
        not know ("red helmet with golden trim") and the colour beside it."""
        left = list(rest)
        for word in rest:
            name = self._part_named(word)
            if (
                not name
                or color_of_word(word)
                or any(word in _said(what) for what in ("forms", "qualities"))
                or (
                    OF.get(_said("matter").get(word, ""), ("",))[0] in ("", *self.rules.matter)
                    and word in _said("matter")
                )
                or name == "hoard"
            ):
                continue
            at = left.index(word)
            near = [n for n in (at + 1, at - 1) if 0 <= n < len(left) and color_of_word(left[n])]
            self.more.add(name)
            if near:
                self.colors[name] = color_of_word(left[near[0]])
            left = [one for n, one in enumerate(left) if n != at and n not in near[:1]]
        return left

    def words(self, rest: Iterable[str]) -> bool:
        """What single words say of the whole; False for one that says something else."""
        return all(map(self._word, rest))

    def _word(self, word: str) -> bool:
        if "hoard" in self.rules.parts and self._holds(word):
            return True
        form, quality = _said("forms").get(word, ""), _said("qualities").get(word, "")
        lit = quality == "lit" and "flame" in {*self.rules.parts}
        if color_of_word(word) or quality == "plain" or lit:
            return True
        if form in self.rules.forms and not self.form:
            self.form = form
        elif form == "long" and self.rules.long:
            return True
        elif quality == "small":
            self.size = _SMALL
        elif quality == "unlit" and "flame" in self.rules.loose:
            self.without.add("flame")
        elif quality == "old" and self.rules.ages:
            self.more.add("old")
        elif quality in self.rules.filled or self.kind in _FILLED.get(quality, ()):
            self._filled(quality)
        elif quality == "magic":
            self.more |= {"magic"}
        else:
            return self._material(word)
        return True

    def _holds(self, word: str) -> bool:
        """Whether a word says that there is treasure in it."""
        if "hoard" not in _parts().get(word, ()) or (color_of_word(word) and self.kind == "chest"):
            return False
        self.form = "open" if self.kind == "chest" else self.form
        self.more.add("hoard")
        return True

    def _filled(self, quality: str) -> None:
        if quality == "empty" and "half" in self.more:
            return
        if quality == "empty" and self.kind != "chest" and not self.rules.filled:
            self.without.add("liquid")
        self.form = "open" if self.kind == "chest" else self.form
        self.more.add(quality)

    def _material(self, word: str) -> bool:
        """A material of the main part; False where it cannot be of that."""
        matter = _said("matter").get(word, "")
        if matter in _STONES and self.kind in _SET:
            self.more.add("gem")
            self.colors["gem"] = OF[matter][1]
            return True
        group, shade = OF.get(matter, ("", ""))
        if not group or not (
            group in self.rules.matter or (matter in _ELEMENTS and self.rules.glows)
        ):
            return False
        main = self.rules.made or self.rules.main[0]
        main = (self.rules.glows or main) if matter in _ELEMENTS else main
        if self.kind == "amulet" and group != "jewel":
            self.colors["setting"] = self.colors["chain"] = shade
            return True
        if main not in self.colors:
            self.colors[main] = WOOD[self.seed % len(WOOD)] if matter == "wood" else shade
        self.grain = matter
        if matter in ("fire", "lava") and "wavy" in self.rules.forms and not self.form:
            self.form = "wavy"
        return True

    def main_colors(self, colors: tuple[str, ...]) -> bool:
        """The colours said of the whole, on the parts that take them."""
        if self.more & {"full", "hoard"} and "hoard" in self.rules.parts:  # of gold
            colors = tuple(color for color in colors if color != "gold")
        if any(color not in RAMPS for color in colors):
            return False
        made = self.rules.made
        if made and made != self.rules.main[0] and colors and colors[0] in _OF_MATTER:
            self.colors[made] = colors[0]
            colors = colors[1:]
        if len(colors) > len(self.rules.main):
            return False
        self.colors |= dict(zip(self.rules.main, colors, strict=False))
        if self.kind == "amulet" and colors and colors[0] in ("gold", "silver"):
            self.colors["setting"] = self.colors["chain"] = self.colors.pop("gem")
        if len(colors) > 1 and self.rules.main[1] == "mark":
            self.colors["mark"] = colors[1]
        return True

    def part(self, one: AskedThing) -> bool:
        """A part that is named with its colour or material; False where this kind has none."""
        words = [
            word
            for word in _split(one.written)
            if not color_of_word(word) or word in ("oro", "gold")
        ]
        names = [(word, self._part_named(word)) for word in words]
        named = [name for _, name in names if name]
        if one.number > 1 or len(one.colors) > 1 or one.relation != "with":
            return False
        if not named:
            return False
        name = named[-1] if len(set(named)) == 1 else self._between(words)
        for word, own in names:
            spoken = own == name or (color_of_word(word) and one.colors)
            if not spoken and not self._of_part(name, word):
                return False
        own_matter = [m for m in (_said("matter").get(word) for word in words) if m in _STONES]
        if name == "gem" and own_matter and not one.colors:
            self.colors["gem"] = OF[own_matter[0]][1]
        self.more.add(name)
        if one.colors and name != "hoard":
            self.colors[name] = one.colors[0]
        if name == "hoard" and self.kind == "chest":
            self.form = "open"
        return True

    def _between(self, words: list[str]) -> str:
        """Of words that may all be parts ("stone handle") the one that is no material."""
        sure = [word for word in words if word not in _said("matter") and self._part_named(word)]
        return self._part_named((sure or words)[-1])

    def _part_named(self, word: str) -> str:
        """The part of this kind that a word names, or ""."""
        forms = (word, word.removesuffix("s"))  # "blue gems"
        names = [one for form in forms for one in _parts().get(form, ()) if one in self.rules.parts]
        return names[0] if names else ""

    def _of_part(self, name: str, word: str) -> bool:
        """Whether a word that stands beside a part says what that is made of."""
        if _said("qualities").get(word) in ("plain", "small"):
            return True
        matter = OF.get(_said("matter").get(word, ""))
        if matter is not None and name not in ("liquid", "cork", "label", "hoard"):
            self.colors.setdefault(name, matter[1])
            return True
        return False

    def alone(self, word: str) -> bool:
        """A word that stands for itself: a part without a colour, or one that says nothing more."""
        name = self._part_named(word)
        self.more |= {name} - {""}
        return bool(name) or _said("qualities").get(word) == "plain"

    def take_off(self, word: str) -> bool:
        """What is not to be there; False where this kind cannot be without it."""
        forms = (word, word.removesuffix("s"))
        loose = [
            name for form in forms for name in _parts().get(form, ()) if name in self.rules.loose
        ]
        self.without |= set(loose[:1])
        return bool(loose)

    def look(self) -> ItemLook:
        """What was read."""
        if self.meant:
            self.colors.setdefault(self.rules.main[0], self.meant)
        return ItemLook(self.kind, self.seed, self.colors, self.form, self.grain,
                        frozenset(self.more), frozenset(self.without), self.size)  # fmt: skip


# ---------------------------------------------------------------------------------------- words


@cache
def _nouns() -> dict[str, str]:
    """The kind of every name of `noun_names`, without words that say nothing."""
    return {" ".join(_split(name)): names()[name].kind for name in names_listed()}


@cache
def _table() -> dict:
    """wares.json and rooms.json: how kinds, parts, forms, qualities and materials are said."""
    folder = resources.files("pincel.art")
    table = json.loads((folder / "wares.json").read_text("utf-8"))
    for what, words in json.loads((folder / "rooms.json").read_text("utf-8")).items():
        if what == "silent":
            table[what] = [*table[what], *words]
        elif what in table and what != "about":
            for name, more in words.items():
                table[what][name] = [*table[what].get(name, ()), *more]
        else:
            table[what] = words
    return table


@cache
def _meant() -> dict[str, dict[str, str]]:
    """Of a kind the words that people know a colour by."""
    return {
        kind: {word: color for color, words in colors.items() for word in words}
        for kind, colors in _table()["meant"].items()
    }


@cache
def _said(what: str) -> dict[str, str]:
    return {word: name for name, words in _table()[what].items() for word in words}


@cache
def _parts() -> dict[str, tuple[str, ...]]:
    return names_of_words(_table()["parts"])
