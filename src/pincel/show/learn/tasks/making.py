"""What the training of a network that makes pictures leaves."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from pincel.show.learn import making
from pincel.show.learn.losses import loss_curves
from pincel.show.learn.tasks._plain import cost, kept_epoch, stopped, training_facts
from pincel.show.pages.page import page
from pincel.words import numbers as spoken
from pincel.words import say

if TYPE_CHECKING:
    from pincel.learn.course import Finished
    from pincel.learn.data import Data
    from pincel.learn.run import Run
    from pincel.learn.tasks.making import Pictures


def files(run: Run, data: Data, done: Finished[Pictures]) -> Iterator[tuple[str, bytes]]:
    """The curves, and a page with what it makes."""
    metrics = run.metrics()
    yield "curves.png", loss_curves(run.folder.name, metrics, kept_epoch(done))
    title, lead, sections = making.making_sections(run, metrics, data, done)
    yield "page.html", page(title, sections, lead)


def lines(run: Run, data: Data, done: Finished[Pictures]) -> Iterator[str]:
    """Its figures on pictures that it has not seen."""
    yield from stopped(done)
    found = done.found.figures
    told = ", ".join(f"{key} {spoken.number(value, 4)}" for key, value in found.items())
    yield say("train.made_test", figures=told)
    yield from cost(run, done)


def numbers(run: Run, done: Finished[Pictures]) -> dict[str, Any]:
    """The same for `--json`."""
    return training_facts(run, done) | {"test": done.found.figures}
