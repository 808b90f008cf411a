"""A lesson as it is written, read in one language.

A file of `written/` is plain Python in cells, as editors know it (`# %%`). Text cells are Markdown
in comments, once in each language; the first begins with the lesson's title (`# ...`) and a
sentence about it. Code cells are Python; what a person reads in them is `both("...", "...")`, in
English and Spanish. One cell may hold numbers that the reader may change, each with its limits and
its name in both languages:

    # %% tags=["parameters"]
    rate = 0.5  # 0.01..5; learning rate; tasa de aprendizaje
    data = "digits"  # folder; your own pictures; tus propias imágenes

Lines before the first cell say what the lesson needs (`# needs: torch`) and how long it takes.
"""

from __future__ import annotations

import ast
import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from typing import Literal

from pincel import words
from pincel.errors import PincelError
from pincel.words import LANGUAGES
from pincel.words.numbers import number_plain

_WRITTEN = resources.files(__package__) / "written"
_CELL = re.compile(
    r"# %%(?: \[markdown\] (?P<language>\w\w))?(?P<values> tags=\[\"parameters\"\])?"
)
_VALUE = re.compile(r"(\w+) = (\S+)  # (\S+); ([^;]+); ([^;]+)")
_NEEDS = re.compile(r"^# (needs|seconds): (.+)$", re.M)
_IMPORTED = "from pincel.lessons import both, "


@dataclass(frozen=True)
class Value:
    """Something that the reader may change: a number from `low` to `high`, or (both None) the
    folder or named set of pictures that the lesson works on."""

    name: str
    value: float | int | str
    low: float | None
    high: float | None
    label: str

    def line(self, language: str) -> str:
        """As it stands in the code of a lesson in this language."""
        if self.low is None or self.high is None:
            return f"{self.name} = {self.value!r}  # {self.label}"
        said = words.area("lesson")["limits"][language]
        limits = said.format(low=f"{self.low:g}", high=f"{self.high:g}")
        return f"{self.name} = {self.value!r}  # {self.label}, {limits}"


@dataclass(frozen=True)
class LessonCell:
    """A piece of a lesson: Markdown, Python, or the Python that sets its values."""

    kind: Literal["text", "code", "values"]
    source: str


@dataclass(frozen=True)
class WrittenLesson:
    """A lesson in one language. `about` is the sentence below its title; `needs` names libraries;
    `seconds` is how long it takes on one core, about."""

    name: str
    language: str
    title: str
    about: str
    needs: tuple[str, ...]
    seconds: int
    cells: tuple[LessonCell, ...]
    values: tuple[Value, ...]

    def source(self, cell: LessonCell) -> str:
        """The Python of a cell, its values as they are now."""
        if cell.kind == "values":
            return "\n".join(value.line(self.language) for value in self.values)
        return cell.source

    def changed(self, given: Mapping[str, float | str]) -> WrittenLesson:
        """The lesson with these values. PincelError for one that it does not have, or one beyond
        its limits."""
        known = {value.name: value for value in self.values}
        for name, came in given.items():
            if name not in known:
                there = ", ".join(known) or "–"
                raise PincelError("lesson.no_value", lesson=self.name, name=name, there=there)
            known[name] = replace(known[name], value=_fitting(known[name], came))
        return replace(self, values=tuple(known.values()))


@cache
def names() -> tuple[str, ...]:
    """The names of all lessons, in alphabetical order."""
    files = (file.name for file in _WRITTEN.iterdir())
    return tuple(sorted(name[:-3].replace("_", "-") for name in files if name.endswith(".py")))


def read_lesson(name: str, language: str) -> WrittenLesson:
    """The lesson of this name. PincelError with the nearest names where there is none."""
    if name not in names():
        near = difflib.get_close_matches(name, names(), n=1, cutoff=0.5)
        key = "lesson.unknown_near" if near else "lesson.unknown"
        raise PincelError(key, name=name, near="".join(near), there=", ".join(names()))
    text = (_WRITTEN / f"{name.replace('-', '_')}.py").read_text("utf-8")
    return parse_lesson(name, text, language)


def parse_lesson(name: str, text: str, language: str) -> WrittenLesson:
    """A lesson from the text of its file."""
    head, *pieces = _pieces(text)
    told = dict(_NEEDS.findall(head[1]))
    cells, values = [], []
    for marker, body in pieces:
        found = _CELL.fullmatch(marker)
        assert found, f"{name}: {marker}"
        if found["language"]:
            if found["language"] == language:
                cells.append(LessonCell("text", _uncommented(body)))
        elif found["values"]:
            cells.append(LessonCell("values", ""))
            values = [_value(line, language) for line in body.splitlines() if line]
        else:
            source = body.replace(_IMPORTED, _IMPORTED.removesuffix("both, ")).strip()
            cells.append(LessonCell("code", in_language(source, language)))
    first, *rest = cells
    title, about, more = [*first.source.split("\n\n", 2), ""][:3]
    cells = [LessonCell("text", more)] * bool(more) + rest
    needs = tuple(filter(None, re.split(r",\s*", told.get("needs", ""))))
    return WrittenLesson(name, language, title.removeprefix("# "), " ".join(about.split()), needs,
                  int(told["seconds"]), tuple(cells), tuple(values))  # fmt: skip


def in_language(source: str, language: str) -> str:
    """Python in which every `both("en", "es")` is the text of this language."""
    lines = source.encode().split(b"\n")
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    data = source.encode()
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    calls = [call for call in calls if getattr(call.func, "id", "") == "both"]
    for call in sorted(calls, key=lambda node: (-node.lineno, -node.col_offset)):
        chosen = call.args[LANGUAGES.index(language)]
        said = (ast.get_source_segment(source, chosen) or "").encode()
        begin = starts[call.lineno - 1] + call.col_offset
        end = starts[(call.end_lineno or call.lineno) - 1] + (call.end_col_offset or 0)
        data = data[:begin] + said + data[end:]
    return data.decode()


def _pieces(text: str) -> list[tuple[str, str]]:
    """The head and the cells: each its marker's line and what stands below."""
    found: list[tuple[str, str]] = [("", "")]
    for line in text.splitlines():
        if line.startswith("# %%"):
            found.append((line, ""))
        else:
            found[-1] = (found[-1][0], found[-1][1] + line + "\n")
    return found


def _uncommented(body: str) -> str:
    return "\n".join(line.removeprefix("#").removeprefix(" ") for line in body.strip().split("\n"))


def _value(line: str, language: str) -> Value:
    found = _VALUE.fullmatch(line)
    assert found, line
    name, value, limits, *labels = found.groups()
    label = labels[LANGUAGES.index(language)]
    if limits == "folder":
        return Value(name, ast.literal_eval(value), None, None, label)
    low, high = map(ast.literal_eval, limits.split(".."))
    return Value(name, ast.literal_eval(value), low, high, label)


def _fitting(known: Value, came: float | str) -> float | int | str:
    """The value that came, as the kind of value that it replaces."""
    if known.low is None or known.high is None:
        return str(came)
    try:
        value = int(came) if isinstance(known.value, int) else float(came)
    except ValueError:
        value = known.high + 1
    if not known.low <= value <= known.high:
        limits = {"low": _told(known.low), "high": _told(known.high)}
        raise PincelError("lesson.value", name=known.name, came=came, **limits)
    return value


def _told(value: float) -> str:
    return number_plain(f"{value:g}")
