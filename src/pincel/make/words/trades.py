"""Which trade somebody is called by."""

from __future__ import annotations

from pincel.make.words.callings import CALLINGS, trades
from pincel.make.words.plurals import singular
from pincel.make.words.prompt import AskedThing
from pincel.make.words.told_words import word_runs
from pincel.words.unaccented import unaccented


def trade_in(written: str) -> tuple[str, str]:
    """Of `callings.TRADES` the one that words name ("two doctors"), and the plain words that say
    so as one says them of a single person; "" and "" where they name none."""
    for run, _ in word_runs(unaccented(written).split()):
        single = " ".join([*run[:-1], singular(run[-1])])
        name = trades().get(single, "")
        if name:
            return name, single
    return "", ""


def trade_of(one: AskedThing) -> tuple[str, str]:
    """The same of somebody; a thing is of no trade (a painter's palette)."""
    return trade_in(one.written) if one.name in CALLINGS or not one.name else ("", "")
