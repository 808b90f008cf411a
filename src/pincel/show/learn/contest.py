"""What a contest of generators leaves to look at: one table with samples, as chart and as page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from pincel.learn.contest import ContestRow
from pincel.pixels import encode
from pincel.pixels.contact import as_rgba, picture_grid
from pincel.show import charts
from pincel.show.charts import MARGIN, Chart
from pincel.show.learn.modes import draw_modes
from pincel.show.pages.page import Section, Shown, Table, Text, bilingual, in_both
from pincel.words import say
from pincel.words.numbers import number

COLUMNS = ("frechet", "precision", "recall", "density", "coverage", "kinds", "even", "obeyed",
           "parameters", "seconds", "seen", "speed")  # fmt: skip
_TIMED = ("seconds", "speed")
_LOW = ("frechet",)
_HIGH = ("precision", "recall", "density", "coverage", "obeyed")
_ACROSS = 16


def columns(timed: bool) -> list[str]:
    """The columns of the table; times only where a clock ran."""
    return [name for name in COLUMNS if timed or name not in _TIMED]


def row_name(score: ContestRow) -> str:
    """What a row is called."""
    return score.family or say("contest.real")


def row_value(score: ContestRow, column: str) -> float | None:
    """A row's number in a column; None where it has none."""
    real = score.family == ""
    found: dict[str, Any] = {
        "frechet": score.frechet,
        **score.near.plain(),
        "kinds": score.kinds.hit,
        "even": score.kinds.even,
        "obeyed": score.obeyed,
        "parameters": None if real else score.parameters,
        "seconds": None if real else score.seconds,
        "seen": None if real else score.steps * score.batch,
        "speed": None if real or not score.speed else score.speed,
    }
    return found[column]


def cell(score: ContestRow, column: str) -> str:
    """The same, written out."""
    found = row_value(score, column)
    if found is None:
        return "\u2013"
    if column == "kinds":
        return f"{number(found)}/{number(score.kinds.of)}"
    digits = {"frechet": 2, "parameters": 0, "seconds": 0, "seen": 0, "speed": 0}.get(column, 2)
    return number(found, 1 if column == "speed" and found < 10 else digits)


def best(scores: Sequence[ContestRow], column: str) -> float | None:
    """The best number of the families in a column; None where none is better than others."""
    found = [v for s in scores if s.family and (v := row_value(s, column)) is not None]
    if len(found) < 2 or column not in (*_LOW, *_HIGH):
        return None
    return min(found) if column in _LOW else max(found)


def draw_contest(title: str, note: str, scores: Sequence[ContestRow], timed: bool) -> bytes:
    """One band a family: its numbers, and below them what it makes. A PNG file."""
    shown = columns(timed)
    first, step = 1.75, 1.0
    width = 2 * MARGIN + first + step * len(shown)
    strip = (width - 2 * MARGIN) / _ACROSS
    tall = strip + 0.52
    top = 1.75 + Chart(width, 1).lines_height(note, width - 2 * MARGIN, 11.5) - 0.24
    chart = Chart(width, top + tall * len(scores) + 0.35, title, note)
    for place, column in enumerate(shown):
        x = MARGIN + first + (place + 1) * step - 0.06
        for line, text in enumerate(chart.wrapped(say(f"contest.columns.{column}"), step, 9)):
            chart.text(x, top - 0.5 + 0.17 * line, text, 9, color=charts.MUTED, across="right")
    for line, score in enumerate(scores):
        y = top + line * tall
        chart.box(MARGIN, y - 0.13, width - 2 * MARGIN, 0.34, fill=charts.SOFT)
        chart.text(MARGIN + 0.1, y + 0.04, row_name(score), 11.5, bold=True)
        for place, column in enumerate(shown):
            x = MARGIN + first + (place + 1) * step - 0.06
            top_value = best(scores, column)
            winner = (
                score.family != ""
                and top_value is not None
                and row_value(score, column) == top_value
            )
            chart.text(x, y + 0.04, cell(score, column), 10.5, bold=winner, across="right")
        pictures = picture_grid(_on_paper(score.pictures[:_ACROSS]), _ACROSS)
        chart.picture(MARGIN, y + 0.25, width - 2 * MARGIN, strip, pictures, across="left")
    return chart.png()


def _on_paper(pictures: np.ndarray) -> np.ndarray:
    """Pictures with alpha laid on white, so that they look the same on every ground."""
    rgba = as_rgba(pictures)
    alpha = rgba[..., 3:] / 255.0
    flat = np.rint(rgba[..., :3] * alpha + 255 * (1 - alpha)).astype(np.uint8)
    return np.concatenate([flat, np.full_like(flat[..., :1], 255)], -1)


def contest_sections(scores: Sequence[ContestRow], timed: bool, note: Text) -> list[Section]:
    """The page: table, samples side by side, modes while the GAN learned, what the words mean."""
    shown = columns(timed)
    head: list[Text] = ["", *(bilingual(f"contest.columns.{c}") for c in shown)]
    rows, shade = [], []
    for score in scores:
        rows.append([_name(score), *(_cell(score, c) for c in shown)])
        shade.append([0.0, *(_shade(scores, score, c) for c in shown)])
    found = [Section(bilingual("contest.table"), [note], [Table(head, rows, shade)])]
    found.append(
        Section(
            bilingual("contest.samples"),
            [bilingual("contest.samples_note")],
            pictures=[_strip(score) for score in scores],
        )
    )
    if counted := [s for s in scores if any("modes" in entry for entry in s.log)]:
        curve = in_both(lambda: draw_modes({s.family: s.log for s in counted}))
        found.append(
            Section(
                bilingual("contest.modes"),
                [bilingual("contest.modes_note")],
                pictures=[Shown(curve, width=760)],
            )
        )
    found.append(
        Section(
            bilingual("contest.meaning"),
            [bilingual(f"contest.means.{c}") for c in _MEANT if c in shown],
        )
    )
    return found


_MEANT = ("frechet", "precision", "recall", "density", "coverage", "kinds", "even", "obeyed")


def _name(score: ContestRow) -> Text:
    return score.family or bilingual("contest.real")


def _cell(score: ContestRow, column: str) -> Any:
    return in_both(lambda: cell(score, column))


def _shade(scores: Sequence[ContestRow], score: ContestRow, column: str) -> float:
    """How near a number is to the best of its column, where one can be the best."""
    top, own = best(scores, column), row_value(score, column)
    if top is None or own is None or not score.family:
        return 0.0
    if column in _LOW:
        return float(np.clip(top / own, 0, 1)) ** 2 if own > 0 else 1.0
    return float(np.clip(own / top, 0, 1)) ** 2 if top > 0 else 0.0


def _strip(score: ContestRow) -> Shown:
    side = score.pictures.shape[2]
    factor = max(1, 64 // side)
    rgba = as_rgba(score.pictures)
    data = encode.png(picture_grid(rgba, 8))
    return Shown(data, _name(score), width=(side + 1) * 8 * factor, pixels=True)
