"""The charts of `watch`: what a network makes, what its discriminator says, how it learned."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

import numpy as np
from matplotlib.ticker import MaxNLocator

from pincel.look.watched import Verdicts, Watched
from pincel.show import charts
from pincel.show.charts import MARGIN, Chart
from pincel.show.nets.attended import draw_attention, draw_drawing, draw_uncovering
from pincel.show.nets.coding import draw_coding, draw_plane
from pincel.show.nets.denoising import draw_noising, draw_reversals, draw_views
from pincel.show.strips import INNER, WIDTH, looping_gif, on_paper, row_of
from pincel.words import say
from pincel.words.numbers import number


def draw_samples(told: Watched, seed: int) -> bytes:
    """The grid of pictures made from seeds that follow each other."""
    shown = on_paper(told.samples)
    across = min(8, len(shown))
    side = min(1.2, (INNER - 0.1 * (across - 1)) / across)
    rows = -(-len(shown) // across)
    note = say("watch.samples_note", first=seed, last=seed + len(shown) - 1)
    sheet = Chart(WIDTH, 1.15 + rows * (side + 0.34) + 0.1, say("watch.samples_title"), note)
    for top in range(0, len(shown), across):
        y = 1.1 + top // across * (side + 0.34)
        row_of(sheet, MARGIN, y, side, 0.34, shown[top : top + across])
        for i in range(top, min(top + across, len(shown))):
            text = sheet.fitted(_class_of(told, i), side, 8.5)
            x = MARGIN + (i - top) * (side + 0.34) + side / 2
            sheet.text(x, y + side + 0.13, text, 8.5, across="center")
    return sheet.png()


def _class_of(told: Watched, i: int) -> str:
    if not told.named or not told.classes:
        return ""
    return told.classes[told.label if told.label is not None else i % len(told.classes)]


def draw_verdicts(told: Verdicts) -> bytes:
    """Made pictures from the most to the least believed, each with the discriminator's number."""
    pictures, said = on_paper(told.pictures), told.made
    across, side = 8, 1.2
    rows = -(-len(said) // across)
    real = 0 if told.real is None else 1
    note = say("watch.verdicts_note")
    if told.usual is not None:
        note += "\n" + say("watch.verdicts_usual", mean=number(told.usual, 2))
    sheet = Chart(WIDTH, 1.45 + (rows + real) * (side + 0.42) + 0.3 * real,
                  say("watch.verdicts_title"), note)  # fmt: skip
    y = 1.4
    if told.real is not None and told.real_pictures is not None:
        key = "verdict_real" if len(told.real) == 1 else "verdicts_real"
        sheet.text(MARGIN, y + 0.02, say(f"watch.{key}"), 10.5, bold=True)
        _judged(sheet, y + 0.2, side, on_paper(told.real_pictures), told.real, told.usual)
        y += side + 0.72
    for top in range(0, len(said), across):
        at = y + top // across * (side + 0.42)
        part = slice(top, top + across)
        _judged(sheet, at, side, pictures[part], said[part], told.usual)
    return sheet.png()


def _judged(
    sheet: Chart,
    y: float,
    side: float,
    pictures: np.ndarray,
    said: np.ndarray,
    usual: float | None,
) -> None:
    """Pictures with their verdicts: green where it is that of a real one or more. Zero means
    nothing, for only differences are learned; without a mean of real ones there is no colour."""
    row_of(sheet, MARGIN, y, side, 0.34, pictures)
    for i, verdict in enumerate(said):
        color = charts.INK
        if usual is not None:
            color = charts.GREEN if verdict >= usual else charts.RED
        x, text = MARGIN + i * (side + 0.34) + side / 2, number(float(verdict), 2)
        sheet.text(x, y + side + 0.16, text, 10, bold=True, across="center", color=color)


def progress_gif(frames: Sequence[np.ndarray]) -> bytes:
    """Sample grids (h, w, 4) of a training's epochs, all of one size, as an animation."""
    shown = [on_paper(frame) for frame in frames]
    return looping_gif(shown, [*[350] * (len(shown) - 1), 1800])


def curves_of(entries: Sequence[dict]) -> list[str]:
    """The figures of the epochs that are worth a curve, nine at most: not what only counts on,
    and not of how many something is counted."""
    left = ("epoch", "step", "rate", "seconds")
    last = entries[-1].items() if len(entries) > 1 else ()
    numbers = [k for k, v in last if isinstance(v, (int, float)) and k not in left]
    return [k for k in numbers if not k.endswith("_of")][:9]


def draw_history(entries: Sequence[dict], names: Sequence[str]) -> bytes:
    """Figures of each epoch as curves, one small chart for each name."""
    across = min(3, len(names))
    wide = (INNER - 0.6 * (across - 1)) / across
    rows = -(-len(names) // across)
    sheet = Chart(WIDTH, 1.2 + rows * 2.6, say("watch.history_title"), say("watch.history_note"))
    for i, name in enumerate(names):
        x = MARGIN + 0.3 + i % across * (wide + 0.6)
        y = 1.25 + i // across * 2.6
        points = [(e["epoch"], e[name]) for e in entries if isinstance(e.get(name), (int, float))]
        sheet.text(x - 0.25, y - 0.1, name, 10.5, bold=True)
        axes = sheet.axes(x, y + 0.08, wide - 0.4, 1.85)
        axes.plot(*zip(*points, strict=True), color=charts.BLUE, linewidth=2)
        charts.plain_axes(axes)
        axes.xaxis.set_major_locator(MaxNLocator(6, integer=True))
    return sheet.png()


def charts_of(told: Watched, seed: int) -> Iterator[tuple[str, Callable[[], bytes]]]:
    """The charts that there are something for: (name, how it is drawn)."""
    yield "samples", lambda: draw_samples(told, seed)
    charts: tuple[tuple[str, Any, Callable[[Any], bytes]], ...] = (
        ("noising", told.noising, draw_noising),
        ("reversal", told.reversals or None, draw_reversals),
        ("views", told.views, draw_views),
        ("drawing", told.drawing, draw_drawing),
        ("uncovering", told.uncovering, draw_uncovering),
        ("attention", told.attended, draw_attention),
        ("verdicts", told.verdicts, draw_verdicts),
        ("coding", told.coding, draw_coding),
        ("plane", told.coding, draw_plane),
    )
    for name, shown, draw in charts:
        if shown is not None:
            yield name, partial(draw, shown)
