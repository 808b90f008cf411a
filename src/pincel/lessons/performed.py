"""Runs a lesson, cell by cell, and keeps what each cell shows, as a notebook does."""

from __future__ import annotations

import ast
import contextlib
import io
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any, Literal

from pincel.errors import PincelError
from pincel.lessons.lesson import LessonCell, WrittenLesson
from pincel.lessons.shown import Goal, ShownTable


@dataclass(frozen=True)
class Output:
    """What a cell showed: printed text, a PNG (`data`, told in `text`), a table, or the goal."""

    kind: Literal["text", "picture", "table", "goal"]
    text: str
    data: bytes = b""
    value: Any = None


@dataclass(frozen=True)
class Performed:
    """A lesson that was run: what each of its cells showed, and the number that it ended on."""

    lesson: WrittenLesson
    outputs: tuple[tuple[Output, ...], ...]
    goal: Goal


def check_needed(lesson: WrittenLesson) -> None:
    """PincelError, with what to install, where a library is missing. Imports none."""
    absent = [name for name in lesson.needs if find_spec(name) is None]
    if absent:
        raise PincelError("lesson.needed", lesson=lesson.name, missing=", ".join(absent))


def perform(lesson: WrittenLesson) -> Iterator[int | Performed]:
    """Runs every cell in turn: yields the number of the cell that comes next, at last the whole.
    PincelError where a library is missing or the code fails with the values that were given."""
    check_needed(lesson)
    space: dict[str, Any] = {"__name__": "__lesson__"}
    outputs: list[tuple[Output, ...]] = []
    goals: list[Goal] = []
    with _one_thread(lesson):
        for number, cell in enumerate(lesson.cells):
            yield number
            shown = () if cell.kind == "text" else tuple(_run(lesson, cell, number, space))
            goals += [one.value for one in shown if one.kind == "goal"]
            outputs.append(shown)
    yield Performed(lesson, tuple(outputs), goals[-1])


@contextlib.contextmanager
def _one_thread(lesson: WrittenLesson) -> Iterator[None]:
    """Small networks are quicker on one thread; the seeds of torch stay what they were."""
    if "torch" not in lesson.needs:
        yield
        return
    import torch

    before = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        with torch.random.fork_rng(devices=[]):
            yield
    finally:
        torch.set_num_threads(before)


def _run(
    lesson: WrittenLesson, cell: LessonCell, number: int, space: dict[str, Any]
) -> Iterator[Output]:
    """One cell: what it prints, then its last line where that is a value."""
    parsed = ast.parse(lesson.source(cell))
    last = parsed.body[-1]
    value, place = None, f"{lesson.name}, {number + 1}"
    with contextlib.redirect_stdout(io.StringIO()) as printed:
        try:
            if isinstance(last, ast.Expr):
                parsed.body.pop()
                exec(compile(parsed, place, "exec"), space)
                value = eval(compile(ast.Expression(last.value), place, "eval"), space)
            else:
                exec(compile(parsed, place, "exec"), space)
        except PincelError:
            raise
        except Exception as error:
            told = {"kind": type(error).__name__, "why": str(error).partition("\n")[0]}
            raise PincelError("lesson.failed", lesson=lesson.name, **told) from error
    if printed.getvalue():
        yield Output("text", printed.getvalue().rstrip("\n"))
    if value is not None:
        yield _output(value)


def _output(value: Any) -> Output:
    if isinstance(value, Goal):
        return Output("goal", repr(value), value=value)
    if isinstance(value, ShownTable):
        return Output("table", repr(value), value=value)
    png = getattr(value, "_repr_png_", lambda: None)()
    if isinstance(png, bytes):
        return Output("picture", repr(value), png)
    return Output("text", repr(value))
