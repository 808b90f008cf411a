"""What a sentence says of the state of a thing (rusty, burning) or the mood of a creature
(sleeping, angry), apart from what the thing is."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import cache
from importlib import resources

from pincel.art.color_names import RAMPS
from pincel.make.words import grammar
from pincel.make.words.left_out import leaving_out
from pincel.make.words.prompt import AskedThing, Understood
from pincel.make.words.told_words import (
    color_of_word,
    kinds_of_names,
    names_of_words,
    plain_words,
    word_runs,
)
from pincel.words.unaccented import unaccented

_MOST = 3
"""So many states and moods of one thing are drawn."""
_SILENT = ("a", "an", "the", "of", "de", "del", "el", "la", "los", "las", "un", "una")


@dataclass(frozen=True)
class InState:
    """A thing and its state.

    asked    what is said of it besides;  states  of `pincel.art.states.STATES`
    moods    of states.json;  colors  of states that were said in a colour
    written  the words that said all this
    """

    asked: Understood
    states: tuple[str, ...]
    moods: tuple[str, ...]
    colors: dict[str, str] = field(default_factory=dict)
    written: tuple[str, ...] = ()


def state_of(asked: Understood) -> InState | None:
    """The states of one thing, and what is said of it besides; None where none is said."""
    if not asked.things or asked.things[0].number != 1:
        return None
    main = asked.things[0]
    states: list[str] = []
    moods: list[str] = []
    left: list[str] = []
    colors: dict[str, str] = {}
    for one in asked.things[1:]:
        found = _behind(one)
        if found:
            states.append(found)
            left.append(one.written)
            colors |= {found: one.colors[0]} if one.colors else {}
    for word in asked.unknown:  # "with cracks": a thing that the vocabulary lacks
        if _after().get(unaccented(word)) and unaccented(word) not in _said():
            states += _after()[unaccented(word)][:1]
            left.append(word)
    words = [word for word in main.written.split() if unaccented(word) not in _SILENT]
    while True:
        run = _first(words)
        if not run:
            break
        name = _said()[" ".join(map(unaccented, run))]
        (moods if name in _table()["moods"] else states).append(name)
        left += run
        words = _less(words, run)
    written = tuple(left)
    if states:
        left += [word for word in words if unaccented(word) in _covered()]
    rest = leaving_out(asked, tuple(left)) if left else asked
    if not (states or moods) or len({*states, *moods}) > _MOST or not rest.things[0].written:
        return None
    return InState(rest, tuple(dict.fromkeys(states)), tuple(dict.fromkeys(moods)), colors, written)


def _first(words: list[str]) -> list[str]:
    """The longest run of words that says a state; [] where none does."""
    for run, rest in word_runs(words):
        if rest and " ".join(map(unaccented, run)) in _said():
            return run
    return []


def _less(words: list[str], run: list[str]) -> list[str]:
    at = next(n for n in range(len(words)) if words[n : n + len(run)] == run)
    return words[:at] + words[at + len(run) :]


def _behind(one: AskedThing) -> str:
    """The state that something said behind with, on or in is, or ""."""
    if one.relation not in ("with", "on", "in") or one.number != 1 or len(one.colors) > 1:
        return ""
    if one.colors and one.colors[0] not in RAMPS:
        return ""
    words = plain_words([one.written], _SILENT)
    words = [word for word in words if word not in _covered() and not grammar.is_number(word)]
    names = {_after().get(word, ("",))[0] for word in words if not color_of_word(word)}
    return names.pop() if len(names) == 1 else ""


@cache
def _table() -> dict:
    """states.json: how states and moods are said."""
    return json.loads((resources.files("pincel.art") / "states.json").read_text("utf-8"))


@cache
def _said() -> dict[str, str]:
    every = kinds_of_names(_table()["states"] | _table()["moods"], lambda name: name.split())
    many = {word + ("s" if word[-1] in "aeo" else "es"): name for word, name in every.items()
            if word[-1] in "aeoln"}  # fmt: skip
    return many | every


@cache
def _after() -> dict[str, tuple[str, ...]]:
    return names_of_words(_table()["with"])


@cache
def _covered() -> frozenset[str]:
    return frozenset(_table()["covered"].split(", "))
