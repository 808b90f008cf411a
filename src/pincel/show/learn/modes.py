"""How a duel went: modes hit, and verdicts on real and made pictures, while a GAN learned."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pincel.show import charts
from pincel.show.charts import MARGIN, Chart
from pincel.show.pages.page import Section, Shown, bilingual, in_both
from pincel.words import say

Log = Sequence[Mapping[str, Any]]
_WIDE, _TALL, _TOP, _SIDE = 5.6, 2.2, 0.55, 1.5


def modes_sections(log: Log) -> list[Section]:
    """The chapter of a training's page; none where no modes were counted."""
    if not any("modes" in entry for entry in log):
        return []
    pictures = [Shown(in_both(lambda: draw_modes({"": log})), width=640)]
    if any("val_made" in entry for entry in log):
        pictures.append(Shown(in_both(lambda: draw_mean_verdicts(log)), width=640))
    return [
        Section(
            bilingual("contest.modes"),
            [bilingual("contest.modes_note"), bilingual("contest.verdicts_note")],
            pictures=pictures,
        )
    ]


def draw_modes(logs: Mapping[str, Log]) -> bytes:
    """Clusters hit over the training, one line for each family's log. A PNG file."""
    of = max(entry["modes_of"] for log in logs.values() for entry in log if "modes" in entry)
    lines = {
        name: [(entry["step"], entry["modes"]) for entry in log if "modes" in entry]
        for name, log in logs.items()
    }
    title = say("contest.modes_chart", of=of)
    return _curves(title, lines, (0, of * 1.06), level=of)


def draw_mean_verdicts(log: Log) -> bytes:
    """Mean verdicts on held-out real pictures and on made ones over the training. A PNG file."""
    lines = {
        say(f"contest.verdict_{kind}"): [(e["step"], e[f"val_{kind}"]) for e in log]
        for kind in ("real", "made")
    }
    every = [value for points in lines.values() for _, value in points]
    room = 0.08 * (max(every) - min(every) + 0.1)
    return _curves(say("contest.verdicts"), lines, (min(every) - room, max(every) + room))


def _curves(
    title: str,
    lines: Mapping[str, Sequence[tuple[float, float]]],
    limits: tuple[float, float],
    level: float | None = None,
) -> bytes:
    chart = Chart(2 * MARGIN + 0.3 + _WIDE + _SIDE, _TOP + _TALL + 0.75)
    chart.text(MARGIN, 0.28, title, 11.5, bold=True)
    left = MARGIN + 0.3
    axes = chart.axes(left, _TOP, _WIDE, _TALL)
    for place, points in enumerate(lines.values()):
        axes.plot(*zip(*points, strict=True), color=charts.SERIES[place], linewidth=2.2,
                  marker="o" if len(points) < 60 else "", markersize=3.5)  # fmt: skip
    axes.set_ylim(*limits)
    if level is not None:
        axes.axhline(level, color=charts.HAIR, linewidth=1.2, linestyle=(0, (4, 3)), zorder=0)
    charts.plain_axes(axes)
    span, last = limits[1] - limits[0], -1e9
    for place in sorted(range(len(lines)), key=lambda k: list(lines.values())[k][-1][1]):
        name, points = list(lines.items())[place]
        last = max(last + 0.1 * span, points[-1][1])  # labels are pushed apart where lines meet
        y = _TOP + _TALL * (limits[1] - last) / span
        chart.text(left + _WIDE + 0.12, y, name, 11, bold=True, color=charts.SERIES[place])
    chart.text(left, _TOP + _TALL + 0.42, say("contest.steps"), 9.5, color=charts.MUTED)
    return chart.png()
