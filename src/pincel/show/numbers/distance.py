"""The chart of `distance`: a picture, its altered copies, other pictures; how far each is."""

from __future__ import annotations

import numpy as np

from pincel.pixels.distances import DISTANCES
from pincel.show import charts
from pincel.show.charts import MARGIN, Chart
from pincel.words import numbers, say

_TOP = 1.5
_COLUMN = 1.95


def draw_distance(
    name: str,
    note: str,
    first: np.ndarray,
    others: list[tuple[str, np.ndarray, bool]],
    table: dict[str, dict[str, float]],
    shown: tuple[str, ...],
    closing: list[str],
) -> bytes:
    """The whole sheet as a PNG file.

    first   (h, w, 3) uint8
    others  (name, picture, whether it is another picture and no copy), in the order of `table`
    shown   the distances, the first as bars under the pictures, the others as rows
    """
    label = 2.2
    count = 1 + len(others)
    width = max(12.0, 2 * MARGIN + label + count * _COLUMN)
    each = (width - 2 * MARGIN - label) / count
    inner = width - 2 * MARGIN
    tall = min(2.1, max(0.9, (each - 0.2) * first.shape[0] / first.shape[1]))
    bars, row = 2.3, 0.62
    probe = Chart(1, 1)
    closing_height = sum(probe.lines_height(text, inner, 11.5) + 0.14 for text in closing)
    height = _TOP + tall + bars + 1.15 + row * (len(shown) - 1) + closing_height + 0.3
    sheet = Chart(width, height, name, note)

    pictures = [(say("distance.original"), first, False), *others]
    left = MARGIN + label
    for i, (title, picture, other) in enumerate(pictures):
        x = left + i * each
        sheet.picture(x + 0.1, _TOP, each - 0.2, tall, picture)
        color = charts.ACCENT if other else charts.INK
        fit = sheet.fitted(charts.drawable(title), each - 0.1, 11)
        sheet.text(x + each / 2, _TOP - 0.17, fit, 11, color=color, across="center")
    y = _TOP + tall + 0.35
    values = {key: [DISTANCES[key].alike] + [table[t][key] for t, _, _ in others] for key in shown}
    marks = [False] + [other for _, _, other in others]
    _bars(sheet, left, y, each, bars, values[shown[0]], marks)
    _label(sheet, y + bars / 2, label, shown[0])
    y += bars + 0.75
    for key in shown[1:]:
        _row(sheet, left, y, each, key, values[key], marks)
        _label(sheet, y, label, key)
        y += row
    y += 0.15
    for text in closing:
        y = sheet.paragraph(MARGIN, y, inner, text, 11.5) + 0.14
    return sheet.png()


def _label(sheet: Chart, y: float, width: float, key: str) -> None:
    sheet.text(MARGIN, y - 0.1, say(f"distance.name.{key}"), 12, bold=True)
    sheet.paragraph(
        MARGIN, y + 0.13, width - 0.15, say(f"distance.hint.{key}"), 8.5, color=charts.MUTED
    )


def figure(key: str, number: float) -> str:
    """A distance as text: two digits, three for SSIM, none for a largest difference."""
    return numbers.number(number, {"ssim": 3, "max": 0}.get(key, 2))


def _color(other: bool) -> str:
    return charts.ACCENT if other else charts.BLUE


def _bars(sheet, x, y, each, tall, values, marks) -> None:
    axes = sheet.axes(x, y, each * len(values), tall)
    at = np.arange(len(values)) + 0.5
    axes.bar(at, values, width=0.56, color=[_color(other) for other in marks])
    top = max(*values, 1e-6)
    axes.set_xlim(0, len(values))
    axes.set_ylim(0, top * 1.16)
    charts.bare(axes)
    axes.spines["bottom"].set_visible(True)
    others = [v for v, other in zip(values, marks, strict=True) if other]
    if others:  # what lies above this line is farther away than another picture
        axes.axhline(min(others), color=charts.ACCENT, linewidth=1.2, linestyle=(0, (4, 3)))
    for place, number in zip(at, values, strict=True):
        axes.text(
            place,
            number + top * 0.02,
            numbers.number(number, 2),
            ha="center",
            va="bottom",
            fontproperties=charts.font(13, bold=True),
            color=charts.INK,
            parse_math=False,
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 1.0, "alpha": 0.85},
        )


def _row(sheet, x, y, each, key, values, marks) -> None:
    alike = DISTANCES[key].alike
    far = max(abs(v - alike) for v in values) or 1.0
    for i, (number, other) in enumerate(zip(values, marks, strict=True)):
        left = x + i * each + 0.2
        wide = each - 0.4
        sheet.box(left, y + 0.1, wide, 0.1, fill=charts.SOFT)
        part = abs(number - alike) / far
        if part > 0.004:
            sheet.box(left, y + 0.1, wide * part, 0.1, fill=_color(other))
        sheet.text(left + wide / 2, y - 0.08, figure(key, number), 11.5, across="center")
