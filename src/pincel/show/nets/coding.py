"""The charts of a code that is a distribution: its numbers, what is drawn from it, its plane."""

from __future__ import annotations

import numpy as np

from pincel.look.coding import ACROSS, Coding
from pincel.look.latent import TELLING
from pincel.show import charts
from pincel.show.charts import MARGIN, Chart
from pincel.show.strips import WIDTH, on_paper
from pincel.words import say
from pincel.words.numbers import number

_MOST = 32  # numbers of a code that fit beside each other


def draw_coding(told: Coding) -> bytes:
    """From the picture to its distribution and back: mu and sigma of each number, the draw z, the
    KL divergence, and what is decoded."""
    sheet = Chart(WIDTH, 7.75, say("watch.coding_title"), say("watch.coding_note"))
    _pictures(sheet, 1.55, told)
    shown = told.order[:_MOST]
    wide, left = WIDTH - 2 * MARGIN - 0.45, MARGIN + 0.45
    _numbers(sheet, left, 3.5, wide, told, shown)
    _nats(sheet, left, 6.05, wide, told, shown)
    if len(told.order) > len(shown):
        text = say("watch.coding_most", count=len(shown), dims=len(told.order))
        sheet.text(left + wide, 7.6, text, 9, color=charts.MUTED, across="right")
    return sheet.png()


def _pictures(sheet: Chart, y: float, told: Coding) -> None:
    side, gap = 1.3, 0.32
    shown = [told.picture, told.restored, *told.drawn]
    titles = ["picture", "mean", *["draw"] * len(told.drawn)]
    for place, (one, title) in enumerate(zip(shown, titles, strict=True)):
        x = MARGIN + place * (side + gap) + (0.35 if place else 0) + (0.35 if place > 1 else 0)
        sheet.picture(x, y, side, side, on_paper(one))
        if title != "draw" or place == 2:
            sheet.text(x, y - 0.17, say(f"watch.coding_{title}"), 10, bold=True)
        if place in (0, 1):
            mark = x + side + (gap + 0.35) / 2
            sheet.text(mark, y + side / 2, "\u2192", 15, color=charts.MUTED, across="center")


def _numbers(
    sheet: Chart, x: float, y: float, wide: float, told: Coding, shown: np.ndarray
) -> None:
    sheet.text(x - 0.45, y - 0.2, say("watch.coding_numbers"), 10.5, bold=True)
    axes = sheet.axes(x, y, wide, 1.85)
    places = np.arange(len(shown))
    axes.axhspan(-1, 1, color=charts.SOFT, zorder=0)
    axes.errorbar(
        places, told.mean[shown], yerr=told.sigma[shown], fmt="o", markersize=5, capsize=3,
        color=charts.BLUE, linewidth=1.6,
    )  # fmt: skip
    axes.plot(places, told.code[shown], "x", color=charts.ACCENT, markersize=7, markeredgewidth=2)
    axes.axhline(0, color=charts.MUTED, linewidth=0.8)
    _named(axes, shown)


def _nats(sheet: Chart, x: float, y: float, wide: float, told: Coding, shown: np.ndarray) -> None:
    key = "coding_nats_mean" if told.count else "coding_nats"
    sheet.text(x - 0.45, y - 0.2, say(f"watch.{key}", count=number(told.count)), 10.5, bold=True)
    axes = sheet.axes(x, y, wide, 1.15)
    colors = [charts.BLUE if value > TELLING else charts.HAIR for value in told.nats[shown]]
    axes.bar(np.arange(len(shown)), told.nats[shown], width=0.7, color=colors)
    axes.axhline(TELLING, color=charts.ACCENT, linewidth=1)
    _named(axes, shown)


def _named(axes: object, shown: np.ndarray) -> None:
    charts.plain_axes(axes)  # type: ignore[arg-type]
    axes.set_xlim(-0.6, len(shown) - 0.4)  # type: ignore[attr-defined]
    names = [str(k + 1) for k in shown]
    axes.set_xticks(np.arange(len(shown)), names)  # type: ignore[attr-defined]
    for label in axes.get_xticklabels():  # type: ignore[attr-defined]
        label.set_fontproperties(charts.font(8.5))


def draw_plane(told: Coding) -> bytes:
    """Pictures of the plane of the two numbers that say most, the picture's own place marked."""
    first, second = told.chosen
    note = say("watch.plane_note", across=first + 1, down=second + 1)
    side, gap, aside = 0.78, 0.06, 0.75
    whole = ACROSS * (side + gap)
    sheet = Chart(2 * MARGIN + aside + whole + 1.2, 1.75 + whole, say("watch.plane_title"), note)
    left, top = MARGIN + aside, 1.55
    own = [int(np.abs(told.values - told.mean[k]).argmin()) for k in (first, second)]
    for column in range(ACROSS):
        text = number(float(told.values[column]), 1)
        sheet.text(left + column * (side + gap) + side / 2, top - 0.15, text, 9, across="center",
                   color=charts.MUTED)  # fmt: skip
        y = top + column * (side + gap) + side / 2
        sheet.text(left - 0.12, y, text, 9, across="right", color=charts.MUTED)
    x, y = left + own[0] * (side + gap), top + own[1] * (side + gap)
    sheet.box(x - 0.05, y - 0.05, side + 0.1, side + 0.1, fill=charts.ACCENT)
    for row in range(ACROSS):
        for column in range(ACROSS):
            one = on_paper(told.plane[row, column])
            at = (left + column * (side + gap), top + row * (side + gap))
            sheet.picture(*at, side, side, one)
    return sheet.png()
