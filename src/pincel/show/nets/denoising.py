"""The charts of a watched diffusion network: forward, back, and three views of each step."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from pincel.look.denoising import Noising, Reversal, Views
from pincel.show import charts
from pincel.show.charts import MARGIN, Chart
from pincel.show.strips import COLUMNS, INNER, WIDTH, joined_strips, looping_gif, on_paper, row_of
from pincel.words import say
from pincel.words.numbers import number


def draw_noising(told: Noising) -> bytes:
    """q(x_t | x_0): the picture at some times, the curves, one number followed."""
    count = len(told.times)
    side = min(1.7, (INNER - 0.12 * (count - 1)) / count)
    note = say(f"watch.schedule_{told.kind}")
    height = 1.5 + side + 0.75 + 2.6 + 1.0
    sheet = Chart(WIDTH, height, say("watch.noising_title"), note)
    row, column = told.cell
    marks = [(column, row, 1)] * count
    row_of(sheet, MARGIN, 1.45, side, 0.12, on_paper(told.pictures), marks)
    for i, t in enumerate(told.times):
        x = MARGIN + i * (side + 0.12)
        sheet.text(x + side / 2, 1.28, f"t = {number(t, 2)}", 10, bold=True, across="center")
        one = told.rows[i]
        for k, text in enumerate(
            (
                f"\u03b1\u0304 = {number(one['alpha_bar'], 4)}",
                f"x = {number(one['xt'], 3)}",
            )
        ):
            at = 1.45 + side + 0.17 + 0.19 * k
            sheet.text(x + side / 2, at, text, 9, across="center", color=charts.MUTED)
    y = 1.45 + side + 0.95
    half = INNER / 2 - 0.4
    line = np.linspace(0, 1, len(told.curves["signal"]))
    pairs = (
        ("watch.curves_title", (("alpha_bar", charts.BLUE), ("signal", charts.GREEN),
                                ("noise", charts.ACCENT))),
        ("watch.beta_title", (("beta", charts.RED),)),
    )  # fmt: skip
    for place, (title, curves) in enumerate(pairs):
        x = MARGIN + 0.35 + place * (half + 0.6)
        sheet.text(x - 0.3, y - 0.14, say(title), 11, bold=True)
        if place == 0:
            _legend(sheet, x - 0.3, y + 0.1, curves)
        axes = sheet.axes(x, y + 0.3, half - 0.2, 2.1)
        for name, color in curves:
            values = told.curves[name]
            drawn = values[1:] if name == "beta" else values
            axes.plot(line[-len(drawn) :], drawn, color=color, linewidth=2)
        axes.set_xlim(0, 1)
        top = 1.02 if place == 0 else _top(told.curves["beta"])
        axes.set_ylim(0, top)
        charts.plain_axes(axes)
        sheet.text(x + half - 0.2, y + 2.66, "t", 9, across="right", color=charts.MUTED)
    sheet.text(MARGIN, height - 0.3, say("watch.noising_formula"), 11, mono=True)
    return sheet.png()


def _top(beta: np.ndarray) -> float:
    """The height of the chart of beta: the last steps of some schedules shoot up to 1."""
    return float(min(1.0, np.quantile(beta, 0.97) * 1.6))


def _legend(sheet: Chart, x: float, y: float, curves: Sequence[tuple[str, str]]) -> None:
    for name, color in curves:
        text = say(f"watch.curve_{name}")
        sheet.text(x, y, text, 9.5, color=color, bold=True)
        x += sheet.extent(text, 9.5, True) + 0.25


def noising_gif(told: Noising) -> bytes:
    """The forward process as an animation."""
    frames = list(on_paper(told.frames))
    return looping_gif(frames, [1000, *[110] * (len(frames) - 2), 1000])


def draw_reversals(told: Sequence[Reversal]) -> bytes:
    """From noise to a picture: above what it holds, below what it sees in it; one pair of rows
    for each guidance."""
    columns = min(COLUMNS, len(told[0].times))
    side = min(1.3, (INNER - 0.1 * (columns - 1)) / columns)
    block = 2 * side + 0.95
    note = say("watch.reversal_note", steps=len(told[0].times) - 1)
    sheet = Chart(WIDTH, 1.3 + block * len(told), say("watch.reversal_title"), note)
    for k, way in enumerate(told):
        y = 1.35 + k * block
        if way.guidance is not None:
            sheet.text(MARGIN, y - 0.12, guidance_text(way.guidance), 11.5, bold=True)
        shown = np.linspace(0, len(way.times) - 1, columns).round().astype(int)
        for i, step in enumerate(shown):
            x = MARGIN + i * (side + 0.1)
            label = f"t = {number(way.times[step], 2)}"
            sheet.text(x + side / 2, y + 0.1, label, 9, across="center", color=charts.MUTED)
        row_of(sheet, MARGIN, y + 0.22, side, 0.1, on_paper(way.held[shown]))
        looked = shown[shown < len(way.seen)]
        row_of(sheet, MARGIN, y + 0.32 + side, side, 0.1, on_paper(way.seen[looked]))
    return sheet.png()


def guidance_text(guidance: float) -> str:
    """What a guidance means, in a few words."""
    key = {0.0: "none", 1.0: "class"}.get(guidance, "more")
    return say(f"watch.guidance_{key}", guidance=number(guidance, 1))


def reversal_gif(told: Sequence[Reversal]) -> bytes:
    """The way back as an animation: what it holds (left) and what it sees (right)."""
    frames = []
    steps = len(told[0].seen)
    for step in range(steps + 1):
        rows = []
        for way in told:
            seen = way.seen[min(step, steps - 1)]
            rows.append(joined_strips([on_paper(way.held[step]), on_paper(seen)], 1))
        frames.append(joined_strips(rows, 0))
    return looping_gif(frames, [*[110] * steps, 1600])


def draw_views(told: Views) -> bytes:
    """What is held, and the picture, noise and velocity that the network names in it."""
    columns = len(told.times)
    side = 1.3
    note = say("watch.views_note", asked=say(f"watch.view_{told.asked}"))
    sheet = Chart(WIDTH, 1.5 + 4 * (side + 0.12) + 0.75, say("watch.views_title"), note)
    row, column = told.cell
    marks = [(column, row, 1)] * columns
    x, y = MARGIN + 2.3, 1.45
    rows = (
        ("xt", list(on_paper(told.held))),
        ("x0", list(on_paper(told.picture))),
        ("noise", [_signed(values) for values in told.noise]),
        ("velocity", [_signed(values) for values in told.velocity]),
    )
    for i, t in enumerate(told.times):
        at = x + i * (side + 0.12) + side / 2
        sheet.text(at, y - 0.14, f"t = {number(t, 2)}", 10, bold=True, across="center")
    for name, pictures in rows:
        bold = name == told.asked
        sheet.paragraph(MARGIN, y + side / 2 - 0.1, 2.1, say(f"watch.view_{name}"), 11, bold=bold,
                        color=charts.ACCENT if bold else charts.INK)  # fmt: skip
        row_of(sheet, x, y, side, 0.12, pictures, marks)
        y += side + 0.12
    sheet.scale(x, y + 0.1, 3.0, charts.SIGNED, "\u22123", "3", "0")
    sheet.text(x + 3.4, y + 0.16, say("watch.views_scale"), 9.5, color=charts.MUTED)
    return sheet.png()


def _signed(values: np.ndarray) -> np.ndarray:
    """Numbers (h, w) from -3 to 3 as blue, white, orange."""
    return np.rint(charts.tint(values, charts.SIGNED, -3, 3) * 255).astype(np.uint8)
