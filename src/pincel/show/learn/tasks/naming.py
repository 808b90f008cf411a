"""What the training of a classifier leaves."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from pincel.learn.balance import rare_classes
from pincel.show.learn import training
from pincel.show.learn.tasks._plain import cost, stopped, training_facts
from pincel.show.pages.page import page
from pincel.words import numbers as spoken
from pincel.words import say

if TYPE_CHECKING:
    from pincel.learn.course import Finished
    from pincel.learn.data import Data
    from pincel.learn.run import Run
    from pincel.learn.tasks.naming import Named


def files(run: Run, data: Data, done: Finished[Named]) -> Iterator[tuple[str, bytes]]:
    """The curves, answers on test pictures, and the page."""
    name, metrics, answers = run.folder.name, run.metrics(), done.found.probabilities
    yield "curves.png", training.training_curves(name, metrics)
    shown = training.predictions(data.test, answers, data.classes, data.channel_names)
    yield "samples/predictions.png", shown
    title, lead, sections = training.training_sections(name, run.config, metrics, data, done)
    yield "page.html", page(title, sections, lead)


def lines(run: Run, data: Data, done: Finished[Named]) -> Iterator[str]:
    """How many of the test pictures it names, of all and of each class."""
    test, averaged = done.found.test, done.found.averaged
    yield from stopped(done)
    auc = spoken.number(test.auc, 4) if test.auc is not None else "–"
    yield say("train.test", auc=auc, **training.headline(test, data.classes))
    if averaged:
        yield say("train.test_averaged", **training.headline(averaged, data.classes))
    for name, recall in zip(data.classes, test.recall, strict=True):
        share = "–" if recall is None else spoken.number(100 * recall, 1)
        yield say("train.recall", name=name, recall=share)
    if rare := rare_classes(test.confusion, data.classes):
        yield say("train.few_tested", classes=", ".join(f"{name} {n}" for name, n in rare))
    yield from cost(run, done)


def numbers(run: Run, done: Finished[Named]) -> dict[str, Any]:
    """The same for `--json`."""
    found = done.found
    return training_facts(run, done) | {
        "val": done.model.about["metrics"]["val"],
        "test": found.test.plain(),
        "test_averaged": found.averaged.plain() if found.averaged else None,
    }
