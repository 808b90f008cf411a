"""What a sentence says of a monster, as parts and colours for `pincel.art.beasts`."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any

from pincel.art import beasts, lexicon
from pincel.art.beasts import BeastLook
from pincel.art.color_names import RAMPS
from pincel.make.words.beast import BUILDS, HEADS, numbered
from pincel.make.words.prompt import AskedThing, Understood
from pincel.make.words.told_words import (
    color_of_word,
    kinds_of_names,
    names_of_words,
    plain_words,
    word_runs,
)

_SHADES = {"small": 0.84, "big": 1.06}


@dataclass
class _Heard:
    """A monster while its sentence is read: its kind, colours of roles, for a group of alternatives
    how those are called that fit ("weapon": ("spear",); () for none at all), its size."""

    kind: str
    colors: dict[str, str] = field(default_factory=dict)
    shown: dict[str, tuple[str, ...]] = field(default_factory=dict)
    fixed: dict[str, str] = field(default_factory=dict)
    size: float = 0.0


def monster_of(asked: Understood, seed: int = 0) -> BeastLook | None:
    """The monster that a prompt asks for: what is not said (parts, build, which side it shows, its
    natural colour) follows from the seed. None where it asks for no monster that there are parts
    for, or for something that they do not show. Whether it is None does not depend on the seed."""
    said = _read(asked)
    dimensions = _dimensions(said) if said is not None else None
    if said is None or dimensions is None:
        return None
    chosen = numbered(dimensions, seed)
    choices = {name[1:]: value for name, value in chosen.items() if name[0] == "?"}
    colors = {name[1:]: value for name, value in chosen.items() if name[0] == "="}
    if said.kind in _table()["goes"]:
        colors |= _going(said, colors)
    wide, high = chosen["build"]
    if said.size:
        wide, high = said.size * wide, said.size * high
    return BeastLook(said.kind, choices, colors | said.colors, min(wide, 1.06), min(high, 1.06),
                     chosen["head"], chosen.get("right", False))  # fmt: skip


def _dimensions(said: _Heard) -> dict[str, tuple[Any, ...]] | None:
    """What may differ: alternatives ("?..."), natural colours ("=..."), build, head, side. None
    where it lacks a part that is said."""
    natural = beasts.naturally(said.kind)
    found: dict[str, tuple[Any, ...]] = {
        f"={role}": natural[role]
        for role in _main(said.kind)[:1]
        if role not in said.colors and len(natural[role]) > 1
    }
    if said.kind not in _list("symmetric"):
        found["right"] = (False, True)
    for group, parts in beasts.alternatives(said.kind).items():
        found[f"?{group}"] = tuple(dict.fromkeys(parts))
    for group, names in said.shown.items():
        parts = found[f"?{group}"]
        there = tuple(part for part in parts if part.startswith(names or "-"))
        if not there:
            return None
        found[f"?{group}"] = there
    for group, part in said.fixed.items():
        found[f"?{group}"] = (part,)
    for role, colors in natural.items():
        if role not in said.colors and len(colors) > 1:
            found.setdefault(f"={role}", tuple(dict.fromkeys(colors)))
    found["head"], found["build"] = HEADS, BUILDS
    return found


def _main(kind: str) -> tuple[str, ...]:
    """The roles that take the first colour said of a monster."""
    return tuple(_table()["main"].get(kind, "coat").split())


def _second(kind: str) -> str:
    """The role that takes the second colour, or ""."""
    roles = set(beasts.naturally(kind)) - set(_main(kind))
    return next((role for role in _list("second") if role in roles), "")


def _going(said: _Heard, colors: dict[str, str]) -> dict[str, str]:
    """Colours that go with that of the whole: what is hotter within a flame."""
    table = _table()["goes"].get(said.kind, {})
    coat = said.colors.get("coat") or colors.get("coat") or beasts.naturally(said.kind)["coat"][0]
    return dict(zip(("second", "core"), table.get(coat, "").split(), strict=False))


# ------------------------------------------------------------------------------- words


def _read(asked: Understood) -> _Heard | None:
    if not asked.things or asked.things[0].number != 1:
        return None
    main, others = asked.things[0], asked.things[1:]
    named = _named(plain_words([main.written], _list("silent")))
    if named is None:
        return None
    said, rest = named
    told = {word for one in asked.things for word in plain_words([one.written], ())}
    if any(word not in told for word in plain_words(asked.unknown, _list("silent"))):
        return None
    colors = [color_of_word(word) for word in rest if color_of_word(word)]
    rest = [word for word in rest if not color_of_word(word)]
    roles = (_main(said.kind), (_second(said.kind),))
    if len(colors) > len(roles):
        return None
    for color, wearing in zip(colors, roles, strict=False):
        if color not in RAMPS or not all(wearing):
            return None
        said.colors |= dict.fromkeys(wearing, color)
    if not all(_quality(word, said) for word in rest):
        return None
    if not all(_with(one, said) for one in others) or not _without(asked, said):
        return None
    return said


def _named(words: list[str]) -> tuple[_Heard, list[str]] | None:
    """The monster that is named, of what it is made, and the other words."""
    for run, rest in word_runs(words):
        kind = _kinds().get(" ".join(run), "")
        if kind == "giant" and any(_kinds().get(word) for word in rest):
            continue  # a giant golem
        if kind:
            break
    else:
        return None
    said, left = _Heard(kind), []
    for word in rest:
        made = _table()["of"].get(kind, {}).get(_matters().get(word, ""), "").split()
        if not made:
            left.append(word)
            continue
        said.kind = made[0]
        for one in made[1:]:
            role, _, value = one.partition("=")
            into = said.fixed if role.startswith("?") else said.colors
            into[role.removeprefix("?")] = value
    return said, left


def _quality(word: str, said: _Heard) -> bool:
    """A word that stands beside the name; False where it says what is not shown."""
    meant = {lexicon.vocabulary()[i]["en"] for i in lexicon.surfaces().get(word, ())}
    if meant & {"small", "baby"}:
        said.size = _SHADES["small"]
    elif meant & {"big", "giant"}:
        said.size = _SHADES["big"]
    elif word in _list("plain"):
        return True
    else:
        part = _states().get(word, ())
        return bool(part) and _show(said, part)
    return True


def _show(said: _Heard, names: tuple[str, ...], there: bool = True) -> bool:
    """A part by its names, shown or left out; False where this kind cannot have it so."""
    for group, parts in beasts.alternatives(said.kind).items():
        fits = any(part.startswith(names) for part in parts)
        if fits and (there or "-" in parts):
            said.shown[group] = names if there else ()
            return True
    has = _table()["has"].get(said.kind, "").split()
    return there and any(name in has for name in names)


def _with(one: AskedThing, said: _Heard) -> bool:
    """Something that comes with it, in its own colour; False where it has none such."""
    words = [lexicon.vocabulary()[i] for i in one.ids]
    own = [one.part.en] if one.part is not None else []
    names = list(dict.fromkeys([*own, *(w["en"] for w in words if w["kind"] == "object")]))
    if one.relation != "with" or not names or one.number != 1 or len(one.colors) > 1:
        return False
    if {w["kind"] for w in words} - {"object", "colour"}:
        return False
    plain = [
        word for word in plain_words([one.written], _list("silent")) if not color_of_word(word)
    ]
    if len(plain) > 1 and len(set(plain)) > 1:
        return False
    named = _called(names[0])
    is_there = _show(said, named)
    if not one.colors:
        return is_there
    roles = [role for role in named if role in beasts.naturally(said.kind)]
    roles += ["iris"] if names[0] == "eye" and not roles and said.kind in _list("iris") else []
    if not roles or one.colors[0] not in RAMPS:
        return False
    said.colors[roles[0]] = one.colors[0]
    return True


def _called(name: str) -> tuple[str, ...]:
    """How parts and roles that show an object are called."""
    return tuple(_table()["parts"].get(name, name).split())


def _without(asked: Understood, said: _Heard) -> bool:
    """What is not to be there."""
    if len(asked.lacking) > 0 and not asked.without:
        return False
    for number in asked.without:
        name = lexicon.vocabulary()[number]["en"]
        if not _show(said, _called(name), there=False):
            return False
    return True


@cache
def _table() -> dict[str, Any]:
    """monsters.json: how kinds, parts and what they are made of are said."""
    return json.loads((resources.files("pincel.art") / "monsters.json").read_text("utf-8"))


@cache
def _list(name: str) -> tuple[str, ...]:
    return tuple(_table()[name].split(", "))


@cache
def _kinds() -> dict[str, str]:
    """How each kind is called, without the words that say nothing."""
    return kinds_of_names(_table()["kinds"], lambda name: plain_words([name], _list("silent")))


@cache
def _matters() -> dict[str, str]:
    return {word: name for name, words in _table()["matter"].items() for word in words.split(", ")}


@cache
def _states() -> dict[str, tuple[str, ...]]:
    return names_of_words(
        {name: words for names, words in _table()["states"].items() for name in names.split()}
    )
