"""The chart of race: one table, one line for each racer."""

from __future__ import annotations

from collections.abc import Sequence

from pincel.learn.race import Result
from pincel.show import charts
from pincel.show.charts import MARGIN, Chart
from pincel.words import say
from pincel.words.numbers import number

_COLUMNS = ("inputs", "parameters", "seconds", "accuracy", "shifted")


def draw_race(
    title: str, note: str, results: Sequence[Result], chance: float, timed: bool
) -> bytes:
    """Table above, accuracy over the moves below, as a PNG file."""
    columns = [name for name in _COLUMNS if timed or name != "seconds"]
    first, wide = 2.0, 1.6
    width = max(9.6, 2 * MARGIN + first + wide * len(columns))
    top, row = 1.55, 0.36
    below = top + row * (len(results) + 1) + 0.75
    tall = 3.6
    sheet = Chart(width, below + tall + 1.25, title, note)
    step = (width - 2 * MARGIN - first) / len(columns)
    for place, column in enumerate(columns):
        x = MARGIN + first + (place + 1) * step
        text = say(f"race.columns.{column}")
        sheet.text(x, top, text, 10, color=charts.MUTED, across="right")
    best = max(one.accuracy[0] for one in results)
    most = max(one.shifted for one in results)
    for line, one in enumerate(results):
        y = top + (line + 1) * row
        sheet.box(MARGIN, y - row / 2, width - 2 * MARGIN, row,
                  fill=charts.SOFT if line % 2 == 0 else charts.GROUND)  # fmt: skip
        color = charts.SERIES[line]
        sheet.box(MARGIN + 0.12, y - 0.07, 0.14, 0.14, fill=color)
        sheet.text(MARGIN + 0.38, y, say(f"race.{one.name}"), 11.5, bold=True)
        cells = {
            "inputs": (number(one.inputs), False),
            "parameters": (number(one.parameters), False),
            "seconds": (number(one.seconds, 1), False),
            "accuracy": (number(100 * one.accuracy[0], 1) + " %", one.accuracy[0] == best),
            "shifted": (number(100 * one.shifted, 1) + " %", one.shifted == most),
        }
        for place, column in enumerate(columns):
            text, bold = cells[column]
            x = MARGIN + first + (place + 1) * step
            sheet.text(x - 0.08, y, text, 11.5, bold=bold, across="right")
    sheet.text(MARGIN, below - 0.25, say("race.chart"), 11, bold=True)
    side = 1.5
    axes = sheet.axes(MARGIN + 0.35, below, width - 2 * MARGIN - 0.35 - side, tall)
    reach = len(results[0].accuracy) - 1
    for line, one in enumerate(results):
        axes.plot(range(reach + 1), [100 * v for v in one.accuracy], color=charts.SERIES[line],
                  linewidth=2.4, marker="o", markersize=6)  # fmt: skip
    axes.axhline(100 * chance, color=charts.HAIR, linewidth=1.2, linestyle=(0, (4, 3)))
    axes.set_xlim(-0.1, max(reach, 0.5) + 0.1)
    axes.set_ylim(0, 102)
    charts.plain_axes(axes)
    axes.set_xticks(range(reach + 1))
    ends = sorted(range(len(results)), key=lambda k: results[k].accuracy[-1])
    last = -1e9
    for line in ends:  # labels at the ends of the lines, pushed apart where lines meet
        value = max(100 * results[line].accuracy[-1], last + 8)
        last = value
        y = below + tall * (1 - value / 102)
        sheet.text(width - MARGIN - side + 0.12, y, say(f"race.{results[line].name}"), 11,
                   bold=True, color=charts.SERIES[line])  # fmt: skip
    sheet.text(MARGIN + 0.35, below + tall + 0.42, say("race.pixels"), 9.5, color=charts.MUTED)
    said = say("race.chance", value=number(100 * chance, 1))
    sheet.text(width - MARGIN - side, below + tall + 0.42, said, 9.5, color=charts.MUTED,
               across="right")  # fmt: skip
    return sheet.png()
