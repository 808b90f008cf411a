"""What any training leaves: the curve of its loss, its figures, its settings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from pincel.show.learn.losses import loss_curves
from pincel.show.learn.training import changes_section, settings
from pincel.show.pages.page import Section, Shown, Table, Text, bilingual, in_both, page
from pincel.words import numbers as spoken
from pincel.words import say

if TYPE_CHECKING:
    from pincel.learn.course import Finished
    from pincel.learn.run import Run


def files(run: Run, data: Any, done: Finished) -> Iterator[tuple[str, bytes]]:
    """The curves and the page."""
    name, config, metrics = run.folder.name, run.config, run.metrics()
    kept = kept_epoch(done)
    yield "curves.png", loss_curves(name, metrics, kept)
    lead = in_both(lambda: say(
        "train.page.lead_making", family=config["family"], data=config["data"]["name"],
        count=spoken.number(len(data.train)),
    ))  # fmt: skip
    shown = Shown(in_both(lambda: loss_curves(name, metrics, kept)), width=960)
    sections = [
        Section(bilingual("train.page.numbers"), tables=[summary(done)]),
        Section(bilingual("train.page.curves"), pictures=[shown]),
        *changes_section(config),
        Section(bilingual("train.page.settings"), tables=[settings(config)]),
    ]
    yield "page.html", page(name, sections, lead)


def lines(run: Run, data: Any, done: Finished) -> Iterator[str]:
    """Its figures, what it cost, where it lies."""
    found = figures(done)
    if found:
        told = ", ".join(f"{key} {spoken.number(value, 4)}" for key, value in found.items())
        yield say("train.made_test", figures=told)
    yield from cost(run, done)


def numbers(run: Run, done: Finished) -> dict[str, Any]:
    """What it cost, and its figures."""
    return training_facts(run, done) | {"test": done.found.metrics().get("test", {})}


def training_facts(run: Run, done: Finished) -> dict[str, Any]:
    """What every training tells of itself."""
    about = done.model.about
    return {
        "run": str(run.folder),
        "parameters": about["parameters"],
        "seconds": about["seconds"],
        "epoch": about["metrics"]["epoch"],
        "data_hash": about["data"]["hash"],
        "seed": about["seed"],
    }


def kept_epoch(done: Finished) -> int:
    """The epoch whose weights are kept: the best one, or the last of a family that no figure
    judges."""
    return int(done.model.about["metrics"]["epoch"])


def stopped(done: Finished) -> Iterator[str]:
    """That it ended early, if it did."""
    if done.stopped:
        yield say("train.stopped", epoch=done.model.about["metrics"]["epoch"])


def cost(run: Run, done: Finished) -> Iterator[str]:
    """What it cost, and where it lies."""
    about = done.model.about
    time = spoken.duration(about["seconds"])
    yield say("train.cost", parameters=spoken.number(about["parameters"]), time=time)
    yield say("train.where", folder=run.folder)


def figures(done: Finished) -> Mapping[str, float]:
    """The numbers of the last examination."""
    test = done.found.metrics().get("test", {})
    return {key: value for key, value in test.items() if isinstance(value, (int, float))}


def summary(done: Finished) -> Table:
    """The figures of the last examination, and what the training cost."""
    about = done.model.about
    rows: list[list[Any]] = [
        [bilingual("train.page.figure", name=key), _number(value, 4)]
        for key, value in figures(done).items()
    ]
    for key in ("parameters", "seconds"):
        rows.append([bilingual(f"train.page.{key}"), _number(about[key])])
    rows.append([bilingual("train.page.epoch"), str(kept_epoch(done))])
    return Table(["", ""], rows)


def _number(value: float, digits: int = 0) -> Text:
    return in_both(lambda: spoken.number(value, digits))
