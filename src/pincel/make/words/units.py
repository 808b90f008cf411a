"""A sentence about several things, taken apart: what is drawn apart, and by what."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pincel.art import lexicon
from pincel.make.words import grammar
from pincel.make.words.composers import Composer, composer_of
from pincel.make.words.nearly import nearly
from pincel.make.words.plurals import is_plural, single
from pincel.make.words.prompt import AskedThing, Understood
from pincel.words.unaccented import unaccented

_SOME = 3
"""How many things are drawn where a plural says no number."""


@dataclass(frozen=True)
class Unit:
    """One thing, so many times, with what belongs to it.

    asked     what is said of it, as if it stood alone;  composer  what draws it; None: the network
    relation  to the unit before it;  number  how many
    said      sentences about what no rule shows of it
    """

    asked: Understood
    composer: Composer | None
    relation: str
    number: int
    said: tuple[str, ...] = ()

    @property
    def thing(self) -> AskedThing:
        """The thing itself."""
        return self.asked.things[0]

    @property
    def kind(self) -> str:
        """What it is, as rules or the vocabulary call it."""
        look = None if self.composer is None else self.composer.look(self.asked)
        return str(getattr(look, "kind", "") or self.thing.name)


def units_of(asked: Understood) -> list[Unit]:
    """The things of a prompt that are drawn apart, in their order. What comes with, in or on
    another thing stays with it where one composer shows both, or where none shows it alone."""
    runs: list[list[AskedThing]] = []
    for one in asked.things:
        if runs and not _apart(asked, runs[-1], one):
            runs[-1].append(one)
        else:
            runs.append([one])
    lacking = bool(asked.lacking)
    found = []
    for run in runs:
        alone = _alone(asked, run, lacking)
        composer = composer_of(alone)
        if lacking and composer is None:
            alone = _alone(asked, run, False)
            composer = composer_of(alone)
        elif lacking:
            lacking = False
        number = _SOME if is_plural(run[0]) else run[0].number
        near = nearly(alone) if composer is None else None
        if near is None:
            found.append(Unit(alone, composer, run[0].relation, number))
        else:
            found.append(Unit(near.asked, near.composer, run[0].relation, number, near.said()))
    if lacking:  # what is to be left out is told the network
        found = [
            replace(
                unit,
                asked=replace(unit.asked, without=asked.without, lacking=asked.lacking),
                composer=None,
            )
            for unit in found
        ]
    return found


def _apart(asked: Understood, before: list[AskedThing], one: AskedThing) -> bool:
    """Whether a thing is drawn apart from those before it."""
    if one.part is not None and one.part.place != "held":
        return False
    if not one.name:
        return False
    if one.relation in grammar.STANDING or one.number != 1:
        return True
    if composer_of(_alone(asked, [*before, one], False)) is not None:
        return False
    if one.relation == "and":
        return True
    if one.relation == "with" and type(composer_of(_alone(asked, before, False))).__name__ in (
        "Items", "Signs", "Nouns",
    ):  # fmt: skip
        return before[0].name == "dragon"
    both = [composer_of(_alone(asked, run, False)) for run in (before, [replace(one, part=None)])]
    return all(composer is not None for composer in both)


def _alone(asked: Understood, things: list[AskedThing], lacking: bool) -> Understood:
    """What a prompt says of some of its things."""
    written = things[0].written
    if things[0].number != 1 or is_plural(things[0]):
        words = [word for word in written.split() if not grammar.is_number(word)]
        written = single(replace(things[0], written=" ".join(words)))
    first = replace(things[0], relation="", number=1, written=written, part=None)
    own = (first, *things[1:])
    said = " " + " ".join(unaccented(one.written) for one in things) + " "

    def here(word: str) -> bool:
        return f" {unaccented(word)} " in said

    ids = lexicon.widened([i for one in own for i in one.ids])
    return Understood(
        tuple(ids[:12]),
        tuple(word for word in asked.words if here(word[0])),
        tuple(word for word in asked.replaced if here(word[0])),
        tuple(word for word in asked.unknown if here(word)),
        own,
        asked.without if lacking else (),
        asked.lacking if lacking else (),
        tuple(word for word in asked.stands if here(word[0])),
    )
