"""The chart of steps against quality."""

from __future__ import annotations

import numpy as np

from pincel.look.steps import Quality
from pincel.show import charts
from pincel.show.charts import MARGIN, Chart
from pincel.show.strips import WIDTH, on_paper, row_of
from pincel.words import numbers, say
from pincel.words.numbers import number


def draw_quality(told: Quality) -> bytes:
    """Distance against looks for each sampler, and the same seeds after few and many looks."""
    note = say(
        "watch.quality_note", count=told.count, components=told.components,
        held=number(100 * told.held),
    )  # fmt: skip
    names = list(dict.fromkeys(point.sampler for point in told.points))
    looks = sorted({point.looks for point in told.points})
    side = 0.62
    tall = max(4.6, 0.55 + len(looks) * (side + 0.12))
    sheet = Chart(WIDTH, 1.55 + tall + 0.5, say("watch.quality_title"), note)
    top, wide = 1.75, 6.6
    sheet.text(MARGIN, top - 0.25, say("watch.quality_axis"), 10.5, bold=True)
    axes = sheet.axes(MARGIN + 0.45, top + 0.35, wide, tall - 0.75)
    x = MARGIN + 0.45
    for name, color in zip(names, charts.SERIES, strict=False):
        points = [(p.looks, p.distance) for p in told.points if p.sampler == name]
        axes.plot(*zip(*points, strict=True), color=color, linewidth=2, marker="o", markersize=5)
        sheet.text(x, top + 0.12, name, 10.5, color=color, bold=True)
        x += sheet.extent(name, 10.5, True) + 0.3
    axes.axhline(max(told.floor, 1e-6), color=charts.MUTED, linewidth=1.2, linestyle=(0, (4, 3)))
    sheet.text(x, top + 0.12, "- - " + say("watch.quality_floor"), 10, color=charts.MUTED)
    axes.set_xscale("log", base=2)
    axes.set_yscale("log")
    _ticks(axes, looks)
    text = say("watch.quality_looks")
    sheet.text(MARGIN + 0.45 + wide, top + tall - 0.08, text, 9, color=charts.MUTED, across="right")
    _pictures(sheet, MARGIN + wide + 1.0, top, side, told, names, looks)
    return sheet.png()


def _ticks(axes: object, looks: list[int]) -> None:
    from matplotlib.ticker import FixedLocator, FuncFormatter, LogLocator, NullLocator

    charts.plain_axes(axes)  # type: ignore[arg-type]
    tell = FuncFormatter(lambda value, _: numbers.number_plain(f"{value:g}"))
    across, down = axes.xaxis, axes.yaxis  # type: ignore[attr-defined]
    across.set_major_locator(FixedLocator(looks))
    across.set_minor_locator(NullLocator())
    across.set_major_formatter(tell)
    down.set_major_locator(LogLocator(10, (1, 2, 5)))
    down.set_minor_locator(NullLocator())
    down.set_major_formatter(tell)
    for label in [*across.get_ticklabels(), *down.get_ticklabels()]:
        label.set_fontproperties(charts.font(8.5))


def _pictures(
    sheet: Chart, x: float, y: float, side: float, told: Quality, names: list[str],
    looks: list[int],
) -> None:  # fmt: skip
    """The same seeds, a row for each number of looks, of the first sampler."""
    title = say("watch.quality_seeds", sampler=names[0])
    sheet.text(x, y - 0.25, title, 10.5, bold=True)
    for k, number_ in enumerate(looks):
        found = [p for p in told.points if p.sampler == names[0] and p.looks == number_]
        if not found:
            continue
        at = y + 0.1 + k * (side + 0.12)
        sheet.text(x + 0.3, at + side / 2, str(number_), 10.5, across="right")
        most = int((WIDTH - MARGIN - x - 0.45) / (side + 0.08))
        row_of(sheet, x + 0.45, at, side, 0.08, np.asarray(on_paper(found[0].pictures[:most])))
