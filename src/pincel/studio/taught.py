"""The lessons as the page shows them before they are run."""

from __future__ import annotations

from importlib.util import find_spec
from typing import Any

from pincel import words
from pincel.lessons import markup
from pincel.lessons.lesson import WrittenLesson, names, read_lesson


def all_lessons() -> list[dict[str, Any]]:
    """Every lesson with its title and sentence in both languages."""
    told = []
    for name in names():
        each = {code: read_lesson(name, code) for code in words.LANGUAGES}
        one = each["en"]
        told.append(
            {
                "name": name,
                "title": {code: lesson.title for code, lesson in each.items()},
                "about": {code: lesson.about for code, lesson in each.items()},
                "seconds": one.seconds,
                "missing": [library for library in one.needs if find_spec(library) is None],
            }
        )
    return told


def one_lesson(name: str) -> dict[str, Any]:
    """A lesson in the language in force: its cells as HTML, and what the reader may change.
    PincelError where there is none of this name."""
    lesson = read_lesson(name, words.language())
    return {
        "name": name,
        "cells": [_cell(lesson, number) for number in range(len(lesson.cells))],
        "values": [vars(value) for value in lesson.values],
    }


def _cell(lesson: WrittenLesson, number: int) -> dict[str, Any]:
    cell = lesson.cells[number]
    if cell.kind == "text":
        # the page's own heading is the first, the lesson's title the second
        return {"kind": "text", "html": markup.text_html(cell.source, deeper=1)}
    return {"kind": cell.kind, "html": markup.code_html(lesson.source(cell))}
