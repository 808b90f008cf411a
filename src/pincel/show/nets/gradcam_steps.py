"""The parts of `explain`'s chart and page: the four steps of Grad-CAM, maps over their pictures,
curves of the tests."""

from __future__ import annotations

import numpy as np

from pincel.look.explained import Explained
from pincel.look.gradcam import scaled_maps
from pincel.look.trust import Curve
from pincel.show import charts
from pincel.show.charts import MARGIN, Chart
from pincel.show.heat import FOR, overlaid
from pincel.words import numbers, say
from pincel.words.numbers import number

WIDTH = 13.2
INNER = WIDTH - 2 * MARGIN
_SHOWN = 6
_BLOCK, _ALPHAS, _SUMS = 3.0, 2.15, 3.35  # how wide a step is drawn, in inches


def draw_steps(sheet: Chart, y: float, told: Explained) -> None:
    key = "steps_layercam" if told.heat.method == "layercam" else "steps"
    title = say(f"explain.figure.{key}")
    sheet.text(MARGIN, y, title, 13, bold=True)
    y += 0.42
    x, gap = MARGIN, (INNER - 2 * _BLOCK - _ALPHAS - _SUMS) / 3
    for place, wide in enumerate((_BLOCK, _BLOCK, _ALPHAS, _SUMS)):
        step(sheet, x, y, place + 1, told)
        x += wide + gap


def step(sheet: Chart, x: float, y: float, number_: int, told: Explained) -> None:
    """Draw one of the four steps, its number first, from the place x, y on."""
    heat = told.heat
    # those that move the sum most: a large weight on an empty map moves nothing
    moves = np.abs(heat.alpha[0]) * np.abs(heat.maps[0]).mean((1, 2))
    chosen = np.argsort(-moves, kind="stable")[:_SHOWN]
    if number_ == 1:
        text = say("explain.figure.one_note", shown=len(chosen), count=heat.alpha.shape[1])
        _small_maps(sheet, x, y, _BLOCK, heat.maps[0], chosen, "one", text, signed=False)
    elif number_ == 2:
        text = say("explain.figure.two_note")
        _small_maps(sheet, x, y, _BLOCK, heat.gradients[0], chosen, "two", text, signed=True)
    elif number_ == 3:
        _alphas(sheet, x, y, _ALPHAS, heat.alpha[0], chosen, heat.method == "layercam")
    else:
        _sums(sheet, x, y, _SUMS, told)


def panels(told: Explained) -> list[bytes]:
    """The four steps, a picture each, for a page on which they stand below or beside each other."""
    drawn = []
    for place in range(4):
        sheet = Chart(_SUMS + 0.1, 3.65)
        step(sheet, 0.05, 0.2, place + 1, told)
        drawn.append(sheet.png())
    return drawn


def _head(sheet: Chart, x: float, y: float, wide: float, key: str, text: str) -> None:
    sheet.text(x, y, say(f"explain.figure.{key}"), 11.5, bold=True, color=charts.ACCENT)
    sheet.paragraph(x, y + 0.24, wide, text, 8.5, color=charts.MUTED)


def _small_maps(
    sheet: Chart,
    x: float,
    y: float,
    wide: float,
    maps: np.ndarray,
    chosen: np.ndarray,
    key: str,
    text: str,
    signed: bool,
) -> None:
    _head(sheet, x, y, wide, key, text)
    side = (wide - 0.3) / 3
    span = float(np.abs(maps[chosen]).max()) or 1.0
    signed = signed or bool((maps[chosen] < 0).any())
    low, color_map = (-span, charts.SIGNED) if signed else (0.0, charts.WARM)
    for place, i in enumerate(chosen):
        row, column = divmod(place, 3)
        left, top = x + column * (side + 0.15), y + 0.82 + row * (side + 0.28)
        sheet.picture(left, top, side, side, maps[i], color_map=color_map, low=low, high=span)
        label = say("explain.figure.filter", number=int(i))
        sheet.text(left + side / 2, top - 0.09, label, 8, color=charts.MUTED, across="center")
    end = _two(span)
    first, middle = (f"\u2212{end}", "0") if signed else ("0", "")
    below = y + 0.82 + 2 * side + 0.28 + 0.1
    sheet.scale(x + wide * 0.18, below, wide * 0.64, color_map, first, end, middle)


def _alphas(
    sheet: Chart,
    x: float,
    y: float,
    wide: float,
    alpha: np.ndarray,
    chosen: np.ndarray,
    layercam: bool,
) -> None:
    text = say(f"explain.figure.{'three_layercam' if layercam else 'three_note'}")
    _head(sheet, x, y, wide, "three", text)
    span = float(np.abs(alpha[chosen]).max()) or 1.0
    middle = x + wide / 2 + 0.05
    room = wide / 2 - 0.35
    step = 0.34
    for place, i in enumerate(chosen):
        at = y + 1.0 + place * step
        length = max(room * abs(float(alpha[i])) / span, 0.01)
        positive = alpha[i] >= 0
        left = middle if positive else middle - length
        color = charts.ACCENT if positive else charts.BLUE
        sheet.box(left, at - 0.1, length, 0.2, fill=color)
        sheet.text(x, at, str(int(i)), 8.5, color=charts.MUTED)
        value = numbers.number_plain(f"{float(alpha[i]):.2g}")
        side = middle - 0.06 if positive else middle + 0.06
        sheet.text(side, at, value, 8.5, across="right" if positive else "left")
    sheet.box(middle - 0.006, y + 0.85, 0.012, step * len(chosen) - 0.05, fill=charts.INK)


def _sums(sheet: Chart, x: float, y: float, wide: float, told: Explained) -> None:
    heat = told.heat
    key = "four_layercam" if heat.method == "layercam" else "four"
    _head(sheet, x, y, wide, key, say("explain.figure.four_note", count=heat.maps.shape[1]))
    side = (wide - 0.25) / 2
    span = float(np.abs(heat.total).max()) or 1.0
    rows, columns = heat.total.shape[1:]
    top = y + 1.05
    for left, values, color_map, low, title in (
        (x, heat.total[0], charts.SIGNED, -span, ""),
        (x + side + 0.25, heat.heat[0], FOR, 0.0, say("explain.figure.relu")),
    ):
        if max(rows, columns) <= 8:
            cell = side / max(rows, columns)
            tinted = charts.tint(values, color_map, low, span)
            labels = [[_tiny(v) for v in row] for row in values]
            sheet.grid(left, top, cell, values, tinted, labels=labels, edge=charts.HAIR)
        else:
            sheet.picture(left, top, side, side, values, color_map=color_map, low=low, high=span)
        if title:
            sheet.text(left + side / 2, top - 0.14, title, 8.5, across="center")
    end = _two(span)
    below = top + side * rows / max(rows, columns) + 0.1
    sheet.scale(x + 0.1, below, side - 0.2, charts.SIGNED, f"\u2212{end}", end, "0")
    sheet.scale(x + side + 0.35, below, side - 0.2, FOR, "0", end)


def _two(value: float) -> str:
    """The end of a colour bar, with two digits that count."""
    text = np.format_float_positional(value, precision=2, fractional=False, trim="-")
    return numbers.number_plain(text if 1e-4 <= abs(value) < 1e5 or not value else f"{value:.1e}")


def _tiny(value: float) -> str:
    """Two digits that count, for a small cell."""
    text = f"{value:.1f}" if abs(value) >= 0.095 else f"{value:.2f}"
    return numbers.number_plain("0" if float(text) == 0 else text)


# maps over pictures, curves


def heat_overlay(
    sheet: Chart,
    x: float,
    y: float,
    side: float,
    seen: np.ndarray,
    heat: np.ndarray,
    color_map: object,
    key: str,
    name: str,
    title: str = "",
) -> None:
    """A heat map over its picture, with its colour bar from 0 to the highest value."""
    drawn = overlaid(seen, scaled_maps(heat), color_map)
    sheet.picture(x, y, side, side, drawn, title or say(f"explain.figure.{key}", name=name))
    rows, columns = seen.shape[:2]
    wide = side * min(1, columns / rows)
    tall = side * min(1, rows / columns)
    left = x + (side - wide) / 2
    bar = min(wide, 2.4)
    highest = _two(float(heat.max()))
    sheet.scale(left + (wide - bar) / 2, y + tall + 0.09, bar, color_map, "0", highest)


def titled(sheet: Chart, x: float, y: float, side: float, text: str) -> None:
    """A title of up to two lines that ends just above y."""
    lines = sheet.wrapped(text, side + 0.25, 9.5)[:2]
    for i, line in enumerate(lines):
        at = y - 0.15 - 0.19 * (len(lines) - 1 - i)
        sheet.text(x + side / 2, at, line, 9.5, across="center")


def curve_axes(sheet: Chart, x: float, y: float, wide: float, tall: float, curve: Curve) -> None:
    axes = sheet.axes(x, y, wide, tall)
    this = curve.probabilities[0]
    axes.fill_between(curve.shares, this, color=charts.ACCENT, alpha=0.14, linewidth=0)
    axes.plot(curve.shares, this, color=charts.ACCENT, linewidth=2)
    axes.plot(curve.shares, curve.by_chance[0], color=charts.MUTED, linewidth=1.6, linestyle="--")
    axes.set_xlim(0, 1)
    axes.set_ylim(0, 1.02)
    charts.plain_axes(axes)
    axes.set_xticks([0, 0.5, 1])
    axes.set_yticks([0, 0.5, 1])
    below = y + tall + 0.3
    share = say("explain.figure.share")
    sheet.text(x + wide / 2, below, share, 8.5, color=charts.MUTED, across="center")
    parts = (
        ("this", float(curve.area[0]), charts.ACCENT),
        ("chance", float(curve.chance[0]), charts.MUTED),
    )
    for i, (key, area, color) in enumerate(parts):
        text = f"{say(f'explain.figure.{key}')} {number(area, 2)}"
        sheet.text(x + wide / 2, y + tall + 0.5 + 0.18 * i, text, 8.5, color=color, across="center")


def curve_panels(told: Explained) -> list[bytes]:
    """Insertion and deletion, a picture each; none where nothing was tested."""
    if told.trust is None or told.heat.why_empty():
        return []
    drawn = []
    for key, curve in (("insertion", told.trust.insertion), ("deletion", told.trust.deletion)):
        sheet = Chart(3.4, 3.5)
        titled(sheet, 0.55, 0.45, 2.6, say(f"explain.figure.{key}"))
        curve_axes(sheet, 0.55, 0.5, 2.6, 2.1, curve)
        drawn.append(sheet.png())
    return drawn
