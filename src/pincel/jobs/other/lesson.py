"""The job that runs a lesson."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, ClassVar

from pydantic import field_validator

from pincel.errors import PincelError
from pincel.job import Event, Job, Made, Progress, Said, setting
from pincel.words import language, say

if TYPE_CHECKING:
    from pincel.lessons.performed import Performed


class Lesson(Job):
    """Runs a lesson to the number that it must reach; lists all lessons where none is named."""

    gives: ClassVar[str] = "pincel.lessons.performed.Performed | list[dict[str, Any]]"
    example: ClassVar[dict[str, Any]] = {"lesson": "neuron"}

    lesson: str | None = setting(None, positional=True)
    values: str | None = setting(None)
    data: str | None = setting(None)

    @field_validator("values")
    @classmethod
    def _pairs(cls, came: str | None) -> str | None:
        _parsed(came)
        return came

    def run(self) -> Iterator[Event]:
        if self.lesson is None:
            yield _list()
            return
        from pincel.lessons.lesson import read_lesson
        from pincel.lessons.performed import perform

        given: dict[str, Any] = dict(_parsed(self.values))
        if self.data is not None:
            given["data"] = self.data
        lesson = read_lesson(self.lesson, language()).changed(given)
        yield Said(lesson.title)
        for step in perform(lesson):
            if isinstance(step, int):
                yield Progress(step, len(lesson.cells), lesson.title)
            else:
                yield _made(step)


def _parsed(text: str | None) -> dict[str, str]:
    """`rate=0.1, steps=20` as names and values; a number may have a comma, as Spanish writes it.
    PincelError where it is something else."""
    parts = re.split(r",(?=\s*(?:[^\W\d]|$))", text or "")
    pairs = [part.strip() for part in parts if part.strip()]
    for pair in pairs:
        if not re.fullmatch(r"\w+\s*=\s*(?:[-+\w.]+|[-+]?\d*,\d+)", pair):
            raise PincelError("lesson.pairs", came=pair)
    halves = (pair.partition("=") for pair in pairs)
    return {name.strip(): value.strip().replace(",", ".") for name, _, value in halves}


def _list() -> Made:
    """All lessons with a sentence each."""
    from pincel.lessons.lesson import names, read_lesson

    rows: list[dict[str, Any]] = []
    for name in names():
        one = read_lesson(name, language())
        rows.append({"name": name, "title": one.title, "about": one.about,
                     "needs": list(one.needs), "seconds": one.seconds})  # fmt: skip
    wide = max(len(row["name"]) for row in rows)
    lines = [f"{row['name']:<{wide}}  {row['title']}" for row in rows]
    return Made("lessons", rows, numbers={"lessons": rows}, lines=tuple(lines))


def _made(done: Performed) -> Made:
    def files() -> Iterator[tuple[str, bytes]]:
        from pincel.lessons.as_notebook import notebook
        from pincel.lessons.as_page import lesson_page

        yield ".html", lesson_page(done)
        yield ".ipynb", notebook(done)

    goal = done.goal
    numbers = {
        "lesson": done.lesson.name,
        "values": {value.name: value.value for value in done.lesson.values},
        "value": goal.value,
        "at_least": goal.at_least,
        "at_most": goal.at_most,
        "reached": goal.reached,
    }
    line = say("lesson.line", name=done.lesson.name, goal=repr(goal))
    return Made(done.lesson.name, done, files, numbers=numbers, lines=(line,))
