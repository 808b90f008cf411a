"""A sentence about several things, taken apart: what is drawn apart, and by what."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pincel.make.words import grammar
from pincel.make.words.composers import Composer, composer_of
from pincel.make.words.left_out import told_of
from pincel.make.words.nearly import nearly
from pincel.make.words.plurals import is_plural
from pincel.make.words.prompt import AskedThing, Understood

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
        alone = told_of(asked, run, lacking)
        composer = composer_of(alone)
        if lacking and composer is None:
            alone = told_of(asked, run, False)
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
    if composer_of(told_of(asked, [*before, one], False)) is not None:
        return False
    if one.relation == "and":
        return True
    alone = composer_of(told_of(asked, before, False))
    if one.relation == "with" and alone is not None and alone.family in ("Items", "Signs", "Nouns"):
        return before[0].name == "dragon"
    both = [composer_of(told_of(asked, run, False)) for run in (before, [replace(one, part=None)])]
    return all(composer is not None for composer in both)
