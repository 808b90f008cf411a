"""What a sentence says of grounds, as kinds, colours and states for `pincel.art.grounds`.

Read from plain words: a ground tile is asked for with words that the drawing network need not know
("cobblestones"). A clause names a ground, says colours and what lies on it; two grounds are a pair
that meets ("grass next to water").
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any

from pincel.art.color_names import RAMPS
from pincel.art.ground_kinds import GROUNDS, GroundLook
from pincel.art.grounds import FAMILIES
from pincel.errors import PincelError
from pincel.make.words.prompt import Understood
from pincel.make.words.told_words import color_of_word, names_of_words, word_runs
from pincel.words.unaccented import unaccented

__all__ = ["AskedGround", "ground_of", "grounds_of", "moving_grounds"]

assert FAMILIES  # the kinds are entered when their modules are read


@dataclass(frozen=True)
class AskedGround:
    """What a sentence asks for: one ground, or two that meet; and what was understood of it, as
    English words and as Spanish ones."""

    looks: tuple[GroundLook, ...]
    english: tuple[str, ...]
    spanish: tuple[str, ...]

    def names(self) -> tuple[str, str]:
        """Two grounds by their English names; of one ground in two colours the second one is
        numbered."""
        first, second = self.looks[0].kind, self.looks[-1].kind
        return first, second if second != first else f"{second} 2"


@dataclass
class _Clause:
    """Plain words and how they are joined to what stands before: "", "and" or "with"."""

    relation: str
    words: list[str] = field(default_factory=list)


@dataclass
class _Wanted:
    """A ground while it is read; `free` colours belong to its materials in their order."""

    kind: str
    more: set[str]
    free: list[str] = field(default_factory=list)
    colors: dict[str, str] = field(default_factory=dict)
    tone: int = 0

    def look(self) -> GroundLook | None:
        """None where more colours were said than it has materials, or a colour unknown."""
        main = GROUNDS[self.kind].main
        if len(self.free) > len(main):
            return None
        colors = dict(zip(main, self.free, strict=False)) | self.colors
        if any(color not in RAMPS for color in colors.values()):
            return None
        return GroundLook(self.kind, colors=colors, more=frozenset(self.more), tone=self.tone)


def grounds_of(text: str, without: str = "") -> AskedGround | None:
    """The ground, or the two grounds, that a sentence asks for, of seed 0; None where it asks for
    something else or says what no rule shows. What is to be left out may be a state ("flowers").
    PincelError for three grounds or more."""
    lacking = [word for word in _words(without) if word not in _list("silent")]
    if any(word not in _states() for word in lacking):
        return None
    clauses = _clauses(text)
    read = _read(clauses)
    looks = [one.look() for one in read] if read else []
    told = [look for look in looks if look is not None]
    if len(told) > 1 and told[1] == GroundLook(told[0].kind):  # "metal plates with rivets"
        looks, told = looks[:1], told[:1]
    if not looks or len(told) < len(looks):
        return None
    if len(looks) > 2:
        raise PincelError("draw.two_grounds", came=text.strip()[:60], count=len(looks))
    if any(set(_states()[word]) & look.more for word in lacking for look in told):
        return None
    english, spanish = (tuple(_told(told, place)) for place in ("en", "es"))
    return AskedGround(tuple(told), english, spanish)


def ground_of(asked: Understood, seed: int = 0) -> GroundLook | None:
    """The one ground that a prompt asks for without saying that it is a tile; None where it asks
    for something else, or by a name that things have too. Whether it is None does not depend on the
    seed."""
    if not asked.things or asked.lacking or any(one.number != 1 for one in asked.things):
        return None
    if any(one.relation not in ("", "with") for one in asked.things):
        return None
    text = " with ".join(one.written for one in asked.things)
    if set(_words(" ".join(asked.unknown))) - set(_words(text)):
        return None
    found = grounds_of(text)
    if found is None or len(found.looks) > 1 or _is_thing(_clauses(text)[0].words):
        return None
    (look,) = found.looks
    return GroundLook(look.kind, seed, seed, look.colors, look.more, look.tone)


def moving_grounds(code: str) -> list[str]:
    """How the grounds that move are called in a language ("en", "es")."""
    kinds = _table()["kinds"]
    return [kinds[kind][code].partition(",")[0] for kind, one in GROUNDS.items() if one.moves]


# --------------------------------------------------------------------------------------- reading


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", re.sub(r"\d+ ?x ?\d+", " ", unaccented(text)))


def _clauses(text: str) -> list[_Clause]:
    """A sentence cut at its words of relation; empty clauses are left out."""
    found = [_Clause("")]
    plain = re.sub(r"[,;/+&|]|->", " and ", unaccented(text))
    for word in _words(plain):
        relation = next((one for one in ("and", "with") if word in _list(one)), "")
        if not relation:
            found[-1].words.append(word)
        elif found[-1].words:
            found.append(_Clause(relation))
        elif relation == "with":
            found[-1].relation = relation
    return [one for one in found if any(word not in _list("silent") for word in one.words)]


def _read(clauses: list[_Clause]) -> list[_Wanted]:
    """The grounds of a sentence in their order; [] where something in it is no ground."""
    found: list[_Wanted] = []
    waiting: list[str] = []
    for clause in clauses:
        words = [word for word in clause.words if word not in _list("silent")]
        if found and clause.relation == "with" and _on(found[-1], words):
            continue
        named = _named(words)
        pair = [] if named or not _meets(clause) else _two(words)
        if pair:
            found += pair
        elif named is not None:
            named.free = waiting + named.free
            waiting = []
            found.append(named)
        elif all(map(color_of_word, words)):
            (found[-1].free if found else waiting).extend(map(color_of_word, words))
        elif not found or not _on(found[-1], words):
            return []
    return [] if waiting else found


def _meets(clause: _Clause) -> bool:
    """Whether words say that two grounds meet ("grass water transition")."""
    return any(word in _list("meets") for word in clause.words)


def _two(words: list[str]) -> list[_Wanted]:
    """Two grounds that are named one after the other; [] where there are none."""
    for cut in range(1, len(words)):
        first, second = _named(words[:cut]), _named(words[cut:])
        if first and second:
            return [first, second]
    return []


def _named(words: list[str]) -> _Wanted | None:
    """A clause that names a ground; None where it does not, or says what is not shown."""
    colors = [color_of_word(word) for word in words if color_of_word(word)]
    words = [word for word in words if not color_of_word(word)]
    if words[-1:] == ["light"]:  # a street light is no street
        return None
    for weak in (False, True):
        for run, rest in word_runs(words):
            kind = _kinds().get(_key(run))
            if not kind or (all(word in _list("weak") for word in run) is not weak):
                continue
            name, _, state = kind.partition(": ")
            reading = _Wanted(name, {state} - {""}, list(colors))
            on = GROUNDS[name].states.get(state)
            if on and colors:  # "pink flower field"
                reading.colors[on] = reading.free.pop(0)
            if all(_take(reading, word) for word in rest):
                return reading
    return None


def _take(reading: _Wanted, word: str) -> bool:
    """A word beside the name of a ground; False where the ground cannot show it."""
    for name, tone in (("dark", -1), ("light", 1)):
        if word in _list(name):
            reading.tone = tone
            return True
    state = _state(reading.kind, word)
    reading.more |= {state} - {""}
    return bool(state) or word in _list("weak")


def _on(reading: _Wanted, words: list[str]) -> bool:
    """A clause that says what lies on a ground, with its colour; False where it says something
    else."""
    colors = [color_of_word(word) for word in words if color_of_word(word)]
    states = [_state(reading.kind, word) for word in words if not color_of_word(word)]
    if not states or not all(states) or len(colors) > 1:
        return False
    if colors:
        material = GROUNDS[reading.kind].states[states[0]]
        if not material:
            return False
        reading.colors[material] = colors[0]
    reading.more |= set(states)
    return True


def _state(kind: str, word: str) -> str:
    """The state of a kind that a word names, or ""."""
    has = GROUNDS[kind].states
    return next((one for one in _states().get(word, ()) if one in has), "")


def _is_thing(words: list[str]) -> bool:
    """Whether what is named is as well a thing that is no ground."""
    kept = [w for w in words if w not in _list("silent") and not color_of_word(w)]
    kept = [w for w in kept if w not in _list("dark") and w not in _list("light")]
    kept = [w for w in kept if w not in _states()] or kept
    return _key(kept) in _things()


def _told(looks: list[GroundLook], place: str) -> Iterator[str]:
    from pincel.art.lexicon import vocabulary

    for look in looks:
        kinds = _table()["kinds"]
        named = next((s for s in look.more if f"{look.kind}: {s}" in kinds), "")
        kind = f"{look.kind}: {named}" if named else look.kind
        yield kinds[kind][place].partition(",")[0]
        for state in sorted(look.more - {named}):
            yield state if place == "en" else _spanish(state)
        for color in dict.fromkeys(look.colors.values()):
            yield next(w[place] for w in vocabulary() if w["kind"] == "colour" and w["en"] == color)
        if look.tone:
            yield _table()["dark" if look.tone < 0 else "light"].split(", ")[
                0 if place == "en" else {-1: 2, 1: 4}[look.tone]
            ]


def _spanish(state: str) -> str:
    return _table()["spanish"][state]


# ----------------------------------------------------------------------------------------- words


@cache
def _table() -> dict[str, Any]:
    """grounds.json: how grounds and their states are said."""
    return json.loads((resources.files("pincel.art") / "grounds.json").read_text("utf-8"))


@cache
def _list(name: str) -> frozenset[str]:
    return frozenset(_table()[name].split(", "))


@cache
def _states() -> dict[str, tuple[str, ...]]:
    return names_of_words(_table()["said of"])


def _key(words: list[str]) -> str:
    """Words as the name that they make, whatever their order; "floor of stone" is "stone floor"."""
    return " ".join(sorted(_singular(word) for word in words if word not in _list("silent")))


def _singular(word: str) -> str:
    if word.endswith("es") and len(word) > 4 and word[-3] not in "aeiou":
        word = word[:-2] if word[-3] in "lnrd" else word[:-1]
    elif word.endswith("s") and not word.endswith("ss") and len(word) > 3:
        word = word[:-1]
    return word.removesuffix("e") if len(word) > 4 else word


@cache
def _kinds() -> dict[str, str]:
    found: dict[str, str] = {}
    for kind, names in _table()["kinds"].items():
        for name in (*names["en"].split(", "), *names["es"].split(", ")):
            found.setdefault(_key(_words(name)), kind)
    return found


@cache
def _things() -> frozenset[str]:
    return frozenset(_key(_words(name)) for name in _table()["things"].split(", "))
