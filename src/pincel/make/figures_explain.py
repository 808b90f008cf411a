"""The chart of `explain`: where the answer was seen, the four steps, other views and the tests."""

from __future__ import annotations

import numpy as np

from pincel.look.explained import Explained
from pincel.look.gradcam import scaled
from pincel.look.trust import ALIKE, MARGIN_OF_CHANCE, Curve
from pincel.make import charts
from pincel.make.charts import MARGIN, Sheet, number
from pincel.make.heat import AGAINST, FOR, overlaid, rgb
from pincel.words import say

_WIDTH = 13.2
_INNER = _WIDTH - 2 * MARGIN
_SHOWN = 6
_CLASSES = 12


def draw(name: str, told: Explained) -> bytes:
    """The whole sheet as a PNG file."""
    tests = sentences(told)
    probe = Sheet(1, 1)
    below = sum(probe.lines_height(text, _INNER, 11) + 0.08 for text in tests)
    height = 1.55 + 3.95 + 0.55 + 3.75 + 0.3 + 3.3 + 0.35 + below + 0.25
    sheet = Sheet(_WIDTH, height, name, note(told))
    y = 1.55
    _answer(sheet, y, told)
    y += 3.95 + 0.55
    _steps(sheet, y, told)
    y += 3.75 + 0.3
    _views(sheet, y, told)
    y += 3.3 + 0.35
    for i, text in enumerate(tests):
        y = sheet.paragraph(MARGIN, y, _INNER, text, 11, bold=i == 0) + 0.08
    return sheet.png()


def percent(share: float) -> str:
    """A share as per cent: whole, with one digit near the ends."""
    value = 100 * share
    return number(value, 1 if value < 10 or 99 < value < 99.95 else 0)


def note(told: Explained) -> str:
    """The line below the title: answer, class, layer, field."""
    odds = told.heat.probabilities[0]
    parts = [
        say("explain.answer", name=told.classes[told.answer], share=percent(odds[told.answer]))
    ]
    if told.target != told.answer:
        name, share = told.classes[told.target], percent(odds[told.target])
        parts.append(say("explain.asked", name=name, share=share))
    count, height, width = told.heat.maps.shape[1:]
    parts.append(
        say(
            "explain.layer",
            layer=told.heat.layer,
            path=told.path,
            count=count,
            height=height,
            width=width,
        )
    )
    if told.reach is not None:
        field = told.reach.field
        whole = all(f >= 2 * s for f, s in zip(field, told.seen.shape[:2], strict=True))
        key = "explain.sees_all" if whole else "explain.sees"
        parts.append(say(key, height=field[0], width=field[1]))
    return " · ".join(parts)


def sentences(told: Explained) -> list[str]:
    """What the map and its tests say, the verdict first."""
    why = told.heat.why_empty()
    lines = [say(f"explain.empty.{why}")] if why else []
    if told.trust is None:
        return lines
    if why:
        return [*lines, say("explain.trust.untested")]
    tests = told.trust
    lines.append(say(f"explain.trust.{tests.verdict()}"))
    for key, curve, better in (
        ("insertion", tests.insertion, tests.insertion.gain[0] > MARGIN_OF_CHANCE),
        ("deletion", tests.deletion, -tests.deletion.gain[0] > MARGIN_OF_CHANCE),
    ):
        verdict = say(f"explain.trust.{key}_{'good' if better else 'poor'}")
        area, chance = number(curve.area[0], 2), number(curve.chance[0], 2)
        lines.append(say(f"explain.trust.{key}", area=area, chance=chance, verdict=verdict))
    alike = float(tests.random_correlation[0])
    flat = not np.isfinite(alike)
    key = "flat" if flat else "good" if alike < ALIKE else "poor"
    verdict = say(f"explain.trust.random_{key}")
    value = "\u2013" if flat else number(alike, 2)
    lines.append(say("explain.trust.random", value=value, verdict=verdict))
    return lines


# the answer


def _answer(sheet: Sheet, y: float, told: Explained) -> None:
    seen = rgb(told.seen)
    side = 3.6
    name = told.classes[told.target]
    sheet.picture(MARGIN, y, side, side, seen, say("explain.figure.picture"))
    empty = bool(told.heat.why_empty())
    x = MARGIN + side + 0.45
    if empty and told.heat.counter[0].any():
        _overlay(sheet, x, y, side, seen, told.heat.counter[0], AGAINST, "against", name)
    else:
        _overlay(sheet, x, y, side, seen, told.heat.heat[0], FOR, "for", name)
    _bars(sheet, x + side + 0.55, y, _WIDTH - MARGIN - x - side - 0.55, side, told)


def _overlay(
    sheet: Sheet,
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
    drawn = overlaid(seen, scaled(heat), color_map)
    sheet.picture(x, y, side, side, drawn, title or say(f"explain.figure.{key}", name=name))
    rows, columns = seen.shape[:2]
    wide = side * min(1, columns / rows)
    tall = side * min(1, rows / columns)
    left = x + (side - wide) / 2
    bar = min(wide, 2.4)
    highest = _two(float(heat.max()))
    sheet.scale(left + (wide - bar) / 2, y + tall + 0.09, bar, color_map, "0", highest)


def _bars(sheet: Sheet, x: float, y: float, wide: float, tall: float, told: Explained) -> None:
    """The probabilities of the classes, highest first; the explained one stands out."""
    odds = told.heat.probabilities[0]
    order = list(np.argsort(-odds)[:_CLASSES])
    if told.target not in order:
        order[-1] = told.target
    sheet.text(x, y - 0.17, say("explain.figure.classes"), 11)
    step = min(0.42, tall / max(len(order), 1))
    names = min(1.9, wide * 0.45)
    room = wide - names - 0.65
    for place, i in enumerate(order):
        at = y + 0.22 + place * step
        chosen = i == told.target
        label = sheet.fitted(told.classes[i], names - 0.1, 10.5, bold=chosen)
        sheet.text(x + names - 0.08, at, label, 10.5, bold=chosen, across="right")
        sheet.box(x + names, at - step * 0.32, room, step * 0.64, fill=charts.SOFT)
        length = max(room * float(odds[i]), 0.012)
        color = charts.ACCENT if chosen else charts.MUTED
        sheet.box(x + names, at - step * 0.32, length, step * 0.64, fill=color)
        share = f"{percent(float(odds[i]))} %"
        sheet.text(x + wide, at, share, 10, bold=chosen, across="right")


# the steps


def _steps(sheet: Sheet, y: float, told: Explained) -> None:
    heat = told.heat
    layercam = heat.method == "layercam"
    title = say("explain.figure.steps_layercam" if layercam else "explain.figure.steps")
    sheet.text(MARGIN, y, title, 13, bold=True)
    y += 0.42
    chosen = np.argsort(-np.abs(heat.alpha[0]), kind="stable")[:_SHOWN]
    count = heat.alpha.shape[1]
    block = 3.0
    gap = (_INNER - 2 * block - 2.15 - 3.35) / 3
    x = MARGIN
    shown = say("explain.figure.one_note", shown=len(chosen), count=count)
    _small_maps(sheet, x, y, block, heat.maps[0], chosen, "one", shown, signed=False)
    x += block + gap
    told_how = say("explain.figure.two_note")
    _small_maps(sheet, x, y, block, heat.gradients[0], chosen, "two", told_how, signed=True)
    x += block + gap
    _alphas(sheet, x, y, 2.15, heat.alpha[0], chosen, layercam)
    x += 2.15 + gap
    _sums(sheet, x, y, 3.35, told)


def _head(sheet: Sheet, x: float, y: float, wide: float, key: str, text: str) -> None:
    sheet.text(x, y, say(f"explain.figure.{key}"), 11.5, bold=True, color=charts.ACCENT)
    sheet.paragraph(x, y + 0.24, wide, text, 8.5, color=charts.MUTED)


def _small_maps(
    sheet: Sheet,
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
    sheet: Sheet,
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
        value = charts.number_plain(f"{float(alpha[i]):.2g}")
        side = middle - 0.06 if positive else middle + 0.06
        sheet.text(side, at, value, 8.5, across="right" if positive else "left")
    sheet.box(middle - 0.006, y + 0.85, 0.012, step * len(chosen) - 0.05, fill=charts.INK)


def _sums(sheet: Sheet, x: float, y: float, wide: float, told: Explained) -> None:
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
    return charts.number_plain(text if 1e-4 <= abs(value) < 1e5 or not value else f"{value:.1e}")


def _tiny(value: float) -> str:
    """Two digits that count, for a small cell."""
    text = f"{value:.1f}" if abs(value) >= 0.095 else f"{value:.2f}"
    return charts.number_plain("0" if float(text) == 0 else text)


# other views


def _views(sheet: Sheet, y: float, told: Explained) -> None:
    key = "other" if told.trust is not None else "other_quick"
    sheet.text(MARGIN, y, say(f"explain.figure.{key}"), 13, bold=True)
    y += 0.65
    seen = rgb(told.seen)
    side = 2.15
    name = told.classes[told.target]
    step = (_INNER - side) / 4
    title = say("explain.figure.fine", layer=told.fine_layer)
    _titled(sheet, MARGIN, y, side, title)
    _overlay(sheet, MARGIN, y, side, seen, told.fine, FOR, "for", name, title=" ")
    x = MARGIN + step
    _titled(sheet, x, y, side, say("explain.figure.against", name=name))
    _overlay(sheet, x, y, side, seen, told.heat.counter[0], AGAINST, "against", name, title=" ")
    if told.trust is None or told.random is None:
        return
    x += step
    _titled(sheet, x, y, side, say("explain.figure.random"))
    other, color_map = told.random.heat[0], FOR
    if not other.any():
        other, color_map = told.random.counter[0], AGAINST
    _overlay(sheet, x, y, side, seen, other, color_map, "for", name, title=" ")
    if told.heat.why_empty():
        return
    for key, curve in (("insertion", told.trust.insertion), ("deletion", told.trust.deletion)):
        x += step
        _titled(sheet, x, y, side, say(f"explain.figure.{key}"))
        _curve(sheet, x + 0.15, y, side - 0.1, side - 0.25, curve)


def _titled(sheet: Sheet, x: float, y: float, side: float, text: str) -> None:
    """A title of up to two lines that ends just above y."""
    lines = sheet.wrapped(text, side + 0.25, 9.5)[:2]
    for i, line in enumerate(lines):
        at = y - 0.15 - 0.19 * (len(lines) - 1 - i)
        sheet.text(x + side / 2, at, line, 9.5, across="center")


def _curve(sheet: Sheet, x: float, y: float, wide: float, tall: float, curve: Curve) -> None:
    axes = sheet.axes(x, y, wide, tall)
    this = curve.probabilities[0]
    axes.fill_between(curve.shares, this, color=charts.ACCENT, alpha=0.14, linewidth=0)
    axes.plot(curve.shares, this, color=charts.ACCENT, linewidth=2)
    axes.plot(curve.shares, curve.by_chance[0], color=charts.MUTED, linewidth=1.6, linestyle="--")
    axes.set_xlim(0, 1)
    axes.set_ylim(0, 1.02)
    charts.plain(axes)
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


def heat_picture(told: Explained) -> bytes:
    """The heat map over the picture, alone, as a PNG file; an empty map shows what speaks against
    the class, in blue."""
    import io

    from PIL import Image

    held = io.BytesIO()
    against = bool(told.heat.why_empty())
    heat = told.heat.counter[0] if against else told.heat.heat[0]
    drawn = overlaid(rgb(told.seen), scaled(heat), AGAINST if against else FOR, 560)
    Image.fromarray(drawn).save(held, "PNG")
    return held.getvalue()
