"""The sheet of `score`: the sprite, the sprite with its faults marked, its numbers beside those of
real sprites."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PatchCollection
from matplotlib.patches import Circle, Rectangle

from pincel.art.grid import find_grid
from pincel.art.reference import reference_named
from pincel.art.score import SEEN, indexed_picture, where
from pincel.art.staircases import StraightRun, staircases
from pincel.art.verdict import JudgedNumber, Verdict
from pincel.show import charts
from pincel.show.charts import DPI, MARGIN, Chart
from pincel.words import numbers, say

MARKS = {
    "orphan8": charts.RED,
    "tiny": "#e08a00",
    "fringe": "#8a3fd1",
    "jag": "#1463e0",
    "mix": "#c2187a",
    "dbl": "#0d9c8a",
}
"""The faults that are marked, each in its colour."""

_WIDTH = 13.2
_LEFT, _GAP = 3.6, 0.45
_SQUARES, _SEARCHED = 20, 1024  # squares shown of an enlarged picture; pixels searched
_LARGE = 900  # pixels that the marked sprite may take, across and down
_ROW = 0.36
_STANDING = {"usual": charts.GREEN, "calm": charts.BLUE, "much": charts.RED}
_SHARES = ("orphan8", "noise", "tiny", "fringe", "jag", "mix", "dbl")


# ------------------------------------------------------------------------------------- words


def verdict_lines(verdict: Verdict, likeness: Any = None) -> tuple[str, ...]:
    """The verdict in lines for people, in the language in force."""
    lines = [_head(verdict), " ".join(verdict_sentences(verdict))]
    wide = max((len(_starred(n.name)) for n in verdict.numbers), default=0)
    for number in verdict.numbers:
        low, high = _shown(number.name, number.real.low), _shown(number.name, number.real.high)
        lines.append(
            say(
                "score.line.number",
                name="  " + _starred(number.name).ljust(wide),
                value=_shown(number.name, number.value).rjust(8),
                low=low.rjust(6),
                high=high.ljust(8),
                standing=say(f"score.standing.{number.standing}"),
            )
        )
    if verdict.numbers:
        lines.append("  " + say("score.sheet.seen"))
    kept = _kept(verdict, likeness)
    wide = max((len(name) for name, _ in kept), default=0)
    lines += [say("score.line.kept", name="  " + n.ljust(wide), value=v.rjust(7)) for n, v in kept]
    return tuple(lines)


def verdict_sentences(verdict: Verdict) -> list[str]:
    """Yes or no, why, and how it is drawn."""
    told = [say(f"score.{verdict.grade}")]
    for reason in verdict.reasons:
        values = {name: numbers.number(v, int(v % 1 > 0)) for name, v in reason.values.items()}
        if "share" in reason.values:
            values["share"] = numbers.number(reason.values["share"] * 100, 1)
        told.append(say(f"score.reason.{reason.key}", **values))
    if verdict.grade == "rough" and verdict.conversion:
        marks = [say(f"score.trait.{name}") for name in verdict.conversion.speaking]
        told.append(say("score.converted", traits="; ".join(marks)))
    if not verdict.numbers:
        return [*told, say("score.craft.unmeasured")]
    names = ", ".join(_name(number.name) for number in verdict.untidy)
    key = "untidy" if names else "clean"
    told.append(say(f"score.craft.{key}", style=verdict.style, names=names))
    return told


def _head(verdict: Verdict) -> str:
    facts, real = verdict.gates, reference_named(verdict.style).ranges["colors"]
    return say(
        "score.line.head",
        width=facts.width,
        height=facts.height,
        colors=numbers.number(facts.colors),
        style=verdict.style,
        low=numbers.number(real.low),
        high=numbers.number(real.high),
    )


def _name(number: str) -> str:
    return say(f"score.number.{number}")


def _starred(number: str) -> str:
    """The name, with a star where the engine works on the number."""
    return _name(number) + " *" * (number in SEEN)


def _shown(name: str, value: float) -> str:
    if name in _SHARES:
        return numbers.number(value * 100, 1) + " %"
    if name == "cluster":
        return numbers.number(value)
    return numbers.number(value, 2 if name == "pattern" else 1)


def _kept(verdict: Verdict, likeness: Any) -> list[tuple[str, str]]:
    rows = []
    values = {**(asdict(verdict.kept) if verdict.kept else {})}
    values |= {} if likeness is None else asdict(likeness)
    for name, value in values.items():
        digits = 2 if name == "difference" else 3
        rows.append((say(f"score.kept.{name}"), numbers.number(value, digits)))
    return rows


# ----------------------------------------------------------------------------------- the sheet


def draw_marked(
    name: str,
    rgba: np.ndarray,
    verdict: Verdict,
    source: np.ndarray | None = None,
    likeness: Any = None,
) -> bytes:
    """The whole sheet as a PNG file. rgba (h, w, 4) uint8; source too, if there is one."""
    height, width = rgba.shape[:2]
    if verdict.enlarged:
        large = (_LARGE / DPI, _LARGE / DPI)
    else:
        cell = min(_LARGE / width, _LARGE / height)
        cell = float(int(cell)) if cell >= 1 else cell  # whole pixels: all squares are the same
        large = (width * cell / DPI, height * cell / DPI)
    note = " ".join([*verdict_sentences(verdict), _head(verdict)])
    probe = Chart(1, 1)
    top = 1.25 + probe.lines_height(note, _WIDTH - 2 * MARGIN, 11.5)
    alone = not verdict.numbers and not verdict.enlarged and source is None
    left = 0.0 if alone else _LEFT * (2 if source is not None else 1) + 0.5
    upper = max(large[1], left) + 0.75
    kept = _kept(verdict, likeness)
    lower = 1.12 + _ROW * len(verdict.numbers) if verdict.numbers else 0.0
    below = 0.75 + 0.3 * ((len(kept) + 1) // 2) if kept else 0.0
    page = Chart(_WIDTH, top + upper + lower + below + 0.25, name, note)
    if not alone:
        _small(page, top, rgba, source)
    _large(page, top, rgba, verdict, large)
    if verdict.numbers:
        _numbers(page, top + upper + 0.25, verdict)
    if kept:
        _what_is_kept(page, top + upper + lower + 0.25, kept)
    return page.png()


def _small(page: Chart, y: float, rgba: np.ndarray, source: np.ndarray | None) -> None:
    for picture, title in ((source, "source"), (rgba, "sprite")):
        if picture is None:
            continue
        height, width = picture.shape[:2]
        scale = min(_LEFT / width, _LEFT / height)
        if title == "sprite" and scale * DPI >= 1:
            scale = int(scale * DPI) / DPI
        page.picture(
            MARGIN,
            y,
            width * scale,
            height * scale,
            _on_checks(picture),
            say(f"score.sheet.{title}"),
            across="left",
        )
        y += height * scale + 0.5


def _large(
    page: Chart, y: float, rgba: np.ndarray, verdict: Verdict, size: tuple[float, float]
) -> None:
    x = MARGIN + _LEFT + _GAP
    x = max(x, _WIDTH - MARGIN - _LARGE / DPI) + (_LARGE / DPI - size[0]) / 2
    pale = _on_checks(rgba)
    if verdict.enlarged:
        _squares(page, x, y, size, rgba, verdict.enlarged)
        return
    if not verdict.numbers:
        page.picture(x, y, *size, pale)
        return
    grey = pale.astype(np.float32) @ np.array([0.299, 0.587, 0.114], np.float32)
    pale = (0.35 * pale + 0.2 * grey[..., None] + 0.45 * 255).astype(np.uint8)
    axes = page.picture(x, y, *size, pale, say("score.sheet.marked"))
    counts = mark(axes, rgba, size[0] * 72 / rgba.shape[1])
    at = x
    for name, color in MARKS.items():
        unit = "steps" if name in ("jag", "mix", "dbl") else "pixels"
        text = _name(name) + "  "
        count = say(f"score.sheet.{unit}", count=numbers.number(counts[name]))
        wide = 0.32 + page.extent(text + count, 10) + 0.22
        if at + wide > _WIDTH - MARGIN + 0.3:
            at, y = x, y + 0.28
        page.box(at, y + size[1] + 0.2, 0.18, 0.18, fill=color)
        page.text(at + 0.26, y + size[1] + 0.29, text, 10)
        page.text(
            at + 0.26 + page.extent(text, 10),
            y + size[1] + 0.29,
            count,
            10,
            color=charts.MUTED,
        )
        at += wide


def _squares(
    page: Chart, x: float, y: float, size: tuple[float, float], rgba: np.ndarray, cell: float
) -> None:
    """The middle of an enlarged picture with the grid that was found in it."""
    height, width = rgba.shape[:2]
    top, left = max(0, (height - _SEARCHED) // 2), max(0, (width - _SEARCHED) // 2)
    grid = find_grid(rgba[top : top + _SEARCHED, left : left + _SEARCHED], cell=cell)
    side = min(_SQUARES * cell, height, width)
    left_edge, top_edge = (width - side) / 2, (height - side) / 2
    title = say("score.sheet.grid", times=numbers.number_plain(f"{cell:.1f}"))
    axes = page.picture(x, y, *size, _on_checks(rgba), title)
    axes.set_xlim(left_edge, left_edge + side)
    axes.set_ylim(top_edge + side, top_edge)
    for at in grid.columns:
        axes.axvline(left + at, color=charts.ACCENT, linewidth=0.9)
    for at in grid.rows:
        axes.axhline(top + at, color=charts.ACCENT, linewidth=0.9)


def mark(axes: Axes, rgba: np.ndarray, points: float) -> dict[str, int]:
    """Draw the faults of a sprite on axes in its own pixels; `points` is the size of one pixel.
    Returns how many of each there are."""
    indices, palette = indexed_picture(rgba)
    found = where(indices, palette)
    stairs = staircases(indices)
    line = float(np.clip(points * 0.22, 0.7, 3.0))
    axes.set_autoscale_on(False)
    small = found["tiny"] & ~found["orphan8"]
    for name, mask, inset in (("tiny", small, 0.16), ("orphan8", found["orphan8"], 0.1)):
        squares = [
            Rectangle((x + inset, y + inset), 1 - 2 * inset, 1 - 2 * inset)
            for y, x in np.argwhere(mask)
        ]
        axes.add_collection(
            PatchCollection(squares, facecolor="none", edgecolor=MARKS[name], linewidth=line)
        )
    dots = [Circle((x + 0.5, y + 0.5), 0.17) for y, x in np.argwhere(found["fringe"])]
    axes.add_collection(PatchCollection(dots, facecolor=MARKS["fringe"], edgecolor="none"))
    for name, runs in (("dbl", stairs.double), ("mix", stairs.mixed), ("jag", stairs.uneven)):
        axes.add_collection(
            LineCollection(
                [_ends(run) for run in runs],
                colors=MARKS[name],
                linewidths=line * (1.5 if name == "jag" else 1.1),
                capstyle="round",
            )
        )
    counts = {name: int(found[name].sum()) for name in ("orphan8", "tiny", "fringe")}
    steps = {"jag": stairs.uneven, "mix": stairs.mixed, "dbl": stairs.double}
    return counts | {name: len(runs) for name, runs in steps.items()}


_FROM = ((0, 0), (1, 0), (1, 1), (0, 1))  # where each side of a pixel starts, (x, y)


def _ends(run: StraightRun) -> list[tuple[int, int]]:
    (row, column, side), (last_row, last_column, _) = run.cracks[0], run.cracks[-1]
    x, y = _FROM[side]
    to_x, to_y = _FROM[(side + 1) % 4]
    return [(column + x, row + y), (last_column + to_x, last_row + to_y)]


def _on_checks(rgba: np.ndarray) -> np.ndarray:
    """Transparency shown as a light chequerboard, (h, w, 3) uint8."""
    y, x = np.indices(rgba.shape[:2])
    period = max(2, max(rgba.shape[:2]) // 16)
    checks = np.where((x // period + y // period) % 2, 250, 236)[..., None]
    alpha = rgba[..., 3:] / 255.0
    return (rgba[..., :3] * alpha + checks * (1 - alpha)).round().astype(np.uint8)


# --------------------------------------------------------------------------------- the numbers


def _numbers(page: Chart, y: float, verdict: Verdict) -> None:
    reference = reference_named(verdict.style)
    title = say(
        "score.sheet.beside",
        count=reference.count,
        style=reference.name,
        licence=reference.licence,
    )
    page.text(MARGIN, y, title, 13, bold=True)
    page.text(MARGIN, y + 0.3, say("score.sheet.how"), 9.5, color=charts.MUTED)
    page.text(MARGIN, y + 0.52, say("score.sheet.seen"), 9.5, color=charts.MUTED)
    y += 0.84
    for number in verdict.numbers:
        page.text(MARGIN, y + 0.1, _starred(number.name), 11)
        page.text(MARGIN + 2.3, y + 0.1, say(f"score.meaning.{number.name}"), 9, color=charts.MUTED)
        color = _STANDING[number.standing]
        page.text(
            MARGIN + 6.7,
            y + 0.1,
            _shown(number.name, number.value),
            11,
            bold=True,
            color=color,
            across="right",
        )
        _bar(page, MARGIN + 6.95, y, 3.1, number, color)
        page.text(
            MARGIN + 10.3, y + 0.1, say(f"score.standing.{number.standing}"), 9.5, color=color
        )
        y += _ROW


def _bar(page: Chart, x: float, y: float, width: float, number: JudgedNumber, color: str) -> None:
    real = number.real
    most = max(number.value, real.high, 1e-6) * 1.06
    axes = page.axes(x, y, width, 0.2)
    axes.set_xlim(0, most)
    axes.set_ylim(0, 1)
    charts.bare(axes)
    axes.add_patch(Rectangle((0, 0.44), most, 0.12, color=charts.SOFT, linewidth=0))
    band = max(real.high - real.low, most * 0.004)
    axes.add_patch(Rectangle((real.low, 0.2), band, 0.6, color="#cfe6d8", linewidth=0))
    axes.plot([real.median] * 2, [0.2, 0.8], color=charts.GREEN, linewidth=1.6)
    axes.plot([number.value], [0.5], "o", color=color, markersize=7, clip_on=False, zorder=4)


def _what_is_kept(page: Chart, y: float, kept: list[tuple[str, str]]) -> None:
    page.text(MARGIN, y, say("score.sheet.kept"), 13, bold=True)
    for i, (name, value) in enumerate(kept):
        x = MARGIN + (i % 2) * 6.2
        row = y + 0.38 + 0.3 * (i // 2)
        page.text(x, row, name, 11)
        page.text(x + 4.6, row, value, 11, bold=True, across="right")
