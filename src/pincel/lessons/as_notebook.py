"""A lesson as a Jupyter notebook (nbformat 4.5), with what its cells showed when they were run."""

from __future__ import annotations

import base64
import json
from typing import Any

from pincel.lessons.lesson import LessonCell, WrittenLesson
from pincel.lessons.performed import Output, Performed
from pincel.words import say

_KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}


def notebook(done: Performed) -> bytes:
    """The notebook's file; the same lesson gives the same bytes."""
    lesson = done.lesson
    cells = [_text("title", _head(lesson))]
    for number, (cell, outputs) in enumerate(zip(lesson.cells, done.outputs, strict=True)):
        name = f"cell-{number}"
        if cell.kind == "text":
            cells.append(_text(name, cell.source))
        else:
            cells.append(_code(name, lesson, cell, outputs, len(cells)))
    told = {
        "cells": cells,
        "metadata": {"kernelspec": _KERNEL, "language_info": {"name": "python"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()


def _head(lesson: WrittenLesson) -> str:
    extra = "[nets]" if lesson.needs else ""
    needed = say("lesson.notebook_needs", extra=extra)
    return f"# {lesson.title}\n\n{lesson.about}\n\n*{needed}*"


def _lines(text: str) -> list[str]:
    return text.splitlines(keepends=True)


def _text(name: str, source: str) -> dict[str, Any]:
    return {"cell_type": "markdown", "id": name, "metadata": {}, "source": _lines(source)}


def _code(
    name: str, lesson: WrittenLesson, cell: LessonCell, outputs: tuple[Output, ...], count: int
) -> dict[str, Any]:
    tags = {"tags": ["parameters"]} if cell.kind == "values" else {}
    return {
        "cell_type": "code",
        "execution_count": count,
        "id": name,
        "metadata": tags,
        "outputs": [_output(one, count) for one in outputs],
        "source": _lines(lesson.source(cell)),
    }


def _output(one: Output, count: int) -> dict[str, Any]:
    if one.kind == "text":
        return {"name": "stdout", "output_type": "stream", "text": _lines(one.text + "\n")}
    data: dict[str, Any] = {"text/plain": _lines(one.text)}
    if one.kind == "picture":
        data["image/png"] = base64.b64encode(one.data).decode()
    if one.kind == "table":
        data["text/html"] = _lines(one.value._repr_html_())
    return {"data": data, "execution_count": count, "metadata": {},
            "output_type": "execute_result"}  # fmt: skip
