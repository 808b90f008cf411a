"""The chart of `shortcuts`: where two networks look, with and without a mark, and what it costs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from pincel.look.shortcuts import Mark
from pincel.show import charts
from pincel.show.charts import MARGIN, Chart
from pincel.show.heat import overlaid, picture_rgb
from pincel.words import say
from pincel.words.numbers import number

_WIDTH = 13.2
_INNER = _WIDTH - 2 * MARGIN
_SIDE = 1.72
_SHOWN = 5


@dataclass(frozen=True, eq=False)
class Planted:
    """What a planted mark did.

    pictures        (k, h, w, c) some marked test pictures of the class
    plain, marked   (k, h, w) heat maps of the networks taught without and with the mark, 0-1
    accuracy        "plain", "kept", "removed", "moved": shares of right answers
    heat            "before", "after": heat on the mark over its area
    """

    mark: Mark
    name: str
    learned: int
    tested: int
    pictures: np.ndarray
    plain: np.ndarray
    marked: np.ndarray
    accuracy: dict[str, float]
    heat: dict[str, float]
    findings: tuple[Any, ...] = ()


def shortcuts_note(told: Planted) -> str:
    """The line below the title."""
    mark = say(f"shortcuts.mark.{told.mark.kind}")
    return say("shortcuts.note", mark=mark, name=told.name, count=told.learned, tests=told.tested)


def shortcut_sentences(told: Planted) -> list[str]:
    """What the numbers say."""
    shares = {key: number(100 * value, 1) for key, value in told.accuracy.items()}
    heat = {k: number(v, 2) if np.isfinite(v) else "\u2013" for k, v in told.heat.items()}
    return [
        say("shortcuts.said.kept", kept=shares["kept"], plain=shares["plain"]),
        say("shortcuts.said.moved", moved=shares["moved"], removed=shares["removed"]),
        say("shortcuts.said.heat", name=told.name, **heat),
    ]


def draw_shortcuts(title: str, told: Planted, more: list[str]) -> bytes:
    """The chart as a PNG file; `more` are sentences of the search for shortcuts."""
    lines = [*shortcut_sentences(told), *more]
    probe = Chart(1, 1)
    below = sum(probe.lines_height(text, _INNER, 11.5) + 0.06 for text in lines)
    sheet = Chart(
        _WIDTH, 1.45 + 3 * (_SIDE + 0.42) + 0.2 + below + 0.2, title, shortcuts_note(told)
    )
    y = 1.45
    shown = min(_SHOWN, len(told.pictures))
    for key, maps in (("pictures", None), ("plain", told.plain), ("marked", told.marked)):
        name = {"name": told.name} if key == "pictures" else {}
        sheet.text(MARGIN, y - 0.14, say(f"shortcuts.figure.{key}", **name), 11, bold=True)
        for i in range(shown):
            seen = picture_rgb(told.pictures[i])
            values = seen if maps is None else overlaid(seen, maps[i])
            sheet.picture(MARGIN + i * (_SIDE + 0.1), y + 0.05, _SIDE, _SIDE, values)
        y += _SIDE + 0.42
    _bars(sheet, MARGIN + _SHOWN * (_SIDE + 0.1) + 0.25, 1.45, told)
    y += 0.2
    for text in lines:
        y = sheet.paragraph(MARGIN, y, _INNER, text, 11.5) + 0.06
    return sheet.png()


def _bars(sheet: Chart, x: float, y: float, told: Planted) -> None:
    """The four accuracies as columns."""
    wide = _WIDTH - MARGIN - x
    text = say("shortcuts.figure.accuracy")
    after = sheet.paragraph(x, y - 0.14, wide, text, 11, bold=True)
    tall = 3 * (_SIDE + 0.42) - (after - y) - 0.95
    top = after + 0.25
    step = wide / 4
    for i, key in enumerate(("plain", "kept", "removed", "moved")):
        share = told.accuracy[key]
        color = charts.MUTED if key == "plain" else charts.ACCENT
        left = x + i * step + 0.08
        sheet.box(left, top, step - 0.16, tall, fill=charts.SOFT)
        sheet.box(left, top + tall * (1 - share), step - 0.16, tall * share, fill=color)
        middle = left + (step - 0.16) / 2
        at = top + tall * (1 - share) - 0.13
        sheet.text(middle, at, f"{number(100 * share)} %", 11, bold=True, across="center")
        label = say(f"shortcuts.figure.bar_{key}")
        for n, line in enumerate(sheet.wrapped(label, step - 0.04, 8.5)):
            sheet.text(middle, top + tall + 0.16 + 0.17 * n, line, 8.5, across="center")
