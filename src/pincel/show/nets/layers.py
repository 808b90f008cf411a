"""The charts of `look`: one number with its field and its terms; every layer's maps."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from matplotlib.patches import Rectangle

from pincel.look.field import visible_box
from pincel.look.layers import LayerRow
from pincel.look.opened import FeatureMaps, Opened
from pincel.look.operations import ACTIVATIONS
from pincel.look.terms import Terms
from pincel.show import charts
from pincel.show.charts import MARGIN, Chart
from pincel.show.heat import FOR, overlaid, picture_rgb
from pincel.words import say
from pincel.words.numbers import number, number_plain

_WIDTH = 13.2
_INNER = _WIDTH - 2 * MARGIN
_SIDE = 3.75
_MAPS_A_ROW = 12
_ROWS_A_SHEET = 36
_SHOWN = 3


def short_number(number_: float) -> str:
    """A number with four digits that count, in the language in force."""
    if not np.isfinite(number_):
        return "\u2013"
    size = abs(number_)
    if number_ and (size < 1e-3 or size >= 1e5):
        return number_plain(f"{number_:.2e}")
    text = np.format_float_positional(number_, precision=4, fractional=False, trim="-")
    return number_plain(text)


# sentences


def layer_note(told: Opened) -> str:
    """The line below the title: layer, its maps, the cell."""
    row, (channel, down, across) = told.row, told.terms.cell
    if len(row.after) == 1:
        count = row.after[0]
        return say("look.note_flat", layer=row.name, path=row.path, count=count, channel=channel)
    height, width, count = row.after
    return say(
        "look.note",
        layer=row.name,
        path=row.path,
        count=count,
        height=height,
        width=width,
        channel=channel,
        row=down,
        column=across,
    )


def sum_sentences(told: Opened) -> list[str]:
    """The sum, whether it agrees with the network, and what the number sees."""
    terms = told.terms
    error = f"{abs(terms.value - terms.actual):.0e}"
    agrees = say(
        "look.agrees",
        value=short_number(terms.value),
        actual=short_number(terms.actual),
        error=number_plain(error),
    )
    return [written_sum(terms), agrees, seen_line(told)]


def written_sum(terms: Terms) -> str:
    """How the number came about, in one line."""
    known = {k: short_number(v) for k, v in terms.facts.items()}
    held = {**known, "value": short_number(terms.value)}
    if terms.kind in ("conv", "dense"):
        biased = "bias" in terms.facts
        if terms.kind == "dense":
            told = say("look.terms.dense", count=terms.products.size, sum=held["sum"])
        else:
            channels, high, wide = terms.products.shape
            sizes = {"channels": channels, "high": high, "wide": wide, "sum": held["sum"]}
            told = say("look.terms.conv", count=terms.products.size, **sizes)
        key = "bias" if biased else "no_bias"
        return f"{told}; {say(f'look.terms.{key}', **_of(held, 'bias value') if biased else {})}"
    x = short_number(float(terms.read.ravel()[0]))
    if terms.kind == "batchnorm":
        names = "mean var eps normal gamma beta value"
        return say("look.terms.batchnorm", x=x, **_of(held, names))
    if terms.kind == "maxpool":
        count = int(np.isfinite(terms.read).sum())
        return say("look.terms.maxpool", count=count, value=held["value"])
    if terms.kind in ("avgpool", "globalpool"):
        total = short_number(float(terms.read.sum()))
        count = int(terms.facts["count"])
        return say(f"look.terms.{terms.kind}", sum=total, count=count, value=held["value"])
    if terms.kind == "flatten" and "channel" in terms.facts:
        place = {k: int(terms.facts[k]) for k in ("channel", "row", "column")}
        return say("look.terms.flatten", value=held["value"], **place)
    if terms.kind == "pad" and not terms.facts["inside"]:
        return say("look.terms.outside", value=held["value"])
    if terms.kind == "softmax":
        power = short_number(float(terms.products[terms.cell[0]]))
        own = short_number(float(terms.read[terms.cell[0]]))
        return say("look.terms.softmax", x=own, power=power, **_of(held, "highest sum value"))
    if terms.kind in ACTIVATIONS:
        return say("look.terms.activation", kind=terms.kind, x=x, value=held["value"])
    if terms.kind in ("add", "multiply"):
        sign = " + " if terms.kind == "add" else " \u00b7 "
        parts = sign.join(_part(terms, i, _bracketed) for i in range(len(terms.read)))
        return say("look.terms.add", parts=parts, value=held["value"])
    return say("look.terms.same", value=held["value"])


def _part(terms: Terms, i: int, told: Callable[[float], str]) -> str:
    """One branch of a sum, with what it is multiplied with."""
    factor = 1.0 if terms.weights is None else float(terms.weights[i])
    shown = told(float(terms.read[i]))
    return shown if factor == 1 else f"{told(factor)} \u00b7 {shown}"


def _of(held: dict[str, str], names: str) -> dict[str, str]:
    return {name: held[name] for name in names.split()}


def _bracketed(number_: float) -> str:
    return f"({short_number(number_)})" if number_ < 0 else short_number(number_)


def seen_line(told: Opened) -> str:
    """What the number can see, and where most of it lies."""
    field = told.field
    if not field.strength.any():
        return say("look.field_none")
    half = number(100 * field.half, 0 if field.half >= 0.1 else 1)
    if field.box is None:
        return say("look.field_plain", half=half)
    top, left, bottom, right = visible_box(field.box, field.strength.shape)
    return say(
        "look.field_line",
        height=field.box[2] - field.box[0],
        width=field.box[3] - field.box[1],
        top=top,
        bottom=bottom - 1,
        left=left,
        right=right - 1,
        half=half,
    )


# one number


def draw_number(name: str, told: Opened) -> bytes:
    """The sheet of one number as a PNG file."""
    maps = told.maps[told.number]
    flat = maps.values.shape[1] == 1
    tall_maps = 0.0 if flat else 0.6 + _map_rows(maps) * (_map_side() + 0.12)
    lines = sum_sentences(told)
    probe = Chart(1, 1)
    below = sum(probe.lines_height(text, _INNER, 11.5) + 0.06 for text in lines)
    terms_height, terms = _terms(told)
    height = 1.6 + _SIDE + 0.65 + tall_maps + 0.75 + terms_height + 0.2 + below + 0.25
    sheet = Chart(_WIDTH, height, name, layer_note(told))
    y = 1.6
    _pictures(sheet, y, told)
    y += _SIDE + 0.65
    if not flat:
        _maps_block(sheet, y, told, maps)
        y += tall_maps
    sheet.text(MARGIN, y, say("look.figure.terms"), 13, bold=True)
    y += 0.75
    terms(sheet, y)
    y += terms_height + 0.2
    for text in lines:
        y = sheet.paragraph(MARGIN, y, _INNER, text, 11.5) + 0.06
    return sheet.png()


def _pictures(sheet: Chart, y: float, told: Opened) -> None:
    seen = picture_rgb(told.seen)
    gap = (_INNER - 3 * _SIDE) / 2
    box = told.field.box
    axes = sheet.picture(MARGIN, y, _SIDE, _SIDE, seen, say("look.figure.field"))
    _frame(axes, box, seen.shape)
    x = MARGIN + _SIDE + gap
    drawn = overlaid(seen, told.field.strength, FOR)
    axes = sheet.picture(x, y, _SIDE, _SIDE, drawn, say("look.figure.effective"))
    scale = drawn.shape[0] / seen.shape[0]
    larger = None if box is None else tuple(v * scale for v in box)
    _frame(axes, larger, drawn.shape)
    x += _SIDE + gap
    row, (channel, down, across) = told.row, told.terms.cell
    plane = told.plane
    span = float(np.abs(plane).max()) or 1.0
    signed = bool((plane < 0).any())
    color_map, low = (charts.SIGNED, -span) if signed else (charts.WARM, 0.0)
    if plane.shape[0] == 1:
        _list(sheet, x, y, told, span)
        return
    title = say("look.figure.plane", channel=channel, layer=row.name)
    axes = sheet.picture(x, y, _SIDE, _SIDE, plane, title, color_map=color_map, low=low, high=span)
    _frame(axes, (down, across, down + 1, across + 1), plane.shape)
    end = short_number(span)
    first, middle = (f"\u2212{end}", "0") if signed else ("0", "")
    tall = min(_SIDE, _SIDE * plane.shape[0] / plane.shape[1])
    sheet.scale(x + _SIDE * 0.2, y + tall + 0.1, _SIDE * 0.6, color_map, first, end, middle)


def _frame(axes: Any, box: Any, shape: tuple[int, ...]) -> None:
    """A frame around (top, left, bottom, right), cut where it hangs over the edge."""
    if box is None:
        return
    top, left, bottom, right = box
    top, left = max(top, 0), max(left, 0)
    bottom, right = min(bottom, shape[0]), min(right, shape[1])
    for color, line in ((charts.GROUND, 4.4), ("#10161d", 2.2)):
        axes.add_patch(
            Rectangle(
                (left, top),
                right - left,
                bottom - top,
                facecolor="none",
                edgecolor=color,
                linewidth=line,
                clip_on=False,
                zorder=5,
            )
        )


def _list(sheet: Chart, x: float, y: float, told: Opened, span: float) -> None:
    """A list of numbers as bars around zero, the chosen one in colour."""
    numbers = told.plane[0]
    title = say("look.figure.list", layer=told.row.name, count=len(numbers))
    sheet.text(x + _SIDE / 2, y - 0.17, title, 11, across="center")
    axes = sheet.axes(x + 0.35, y + 0.1, _SIDE - 0.35, _SIDE - 0.4)
    colors = [charts.MUTED] * len(numbers)
    colors[told.terms.cell[0]] = charts.ACCENT
    axes.bar(range(len(numbers)), numbers, color=colors, width=0.85)
    axes.axhline(0, color=charts.INK, linewidth=0.8)
    charts.plain_axes(axes)


def _map_side() -> float:
    return (_INNER - 0.12 * (_MAPS_A_ROW - 1)) / _MAPS_A_ROW


def _map_rows(maps: FeatureMaps) -> int:
    return -(-len(maps.channels) // _MAPS_A_ROW)


def _maps_block(sheet: Chart, y: float, told: Opened, maps: FeatureMaps) -> None:
    shown = len(maps.channels)
    row = told.row
    title = say("look.figure.maps", layer=row.name, shown=shown, count=maps.count)
    sheet.text(MARGIN, y, title, 11.5)
    side = _map_side()
    for place, channel in enumerate(maps.channels):
        line, column = divmod(place, _MAPS_A_ROW)
        x, top = MARGIN + column * (side + 0.12), y + 0.25 + line * (side + 0.12)
        _small(sheet, x, top, side, maps.values[place])
        if channel == told.terms.cell[0]:
            sheet.box(x - 0.04, top - 0.04, side + 0.08, side + 0.08, fill=charts.ACCENT)


def _small(sheet: Chart, x: float, y: float, side: float, plane: np.ndarray) -> None:
    """One map on its own scale."""
    span = float(np.abs(plane).max()) or 1.0
    signed = bool((plane < 0).any())
    color_map, low = (charts.SIGNED, -span) if signed else (charts.WARM, 0.0)
    sheet.picture(x, y, side, side, plane, color_map=color_map, low=low, high=span, peaks=True)


# the terms


Drawing = Callable[[Chart, float], None]


def _terms(told: Opened) -> tuple[float, Drawing]:
    """How much room the terms need, and what draws them."""
    terms = told.terms
    if terms.kind == "conv":
        return _conv_height(terms), lambda sheet, y: _conv(sheet, y, told)
    if terms.kind in ("dense", "softmax"):
        entries = min(terms.products.size, 10) + (0 if terms.kind == "softmax" else 3)
        return 0.25 * entries + 0.1, lambda sheet, y: _strongest(sheet, y, terms)
    if terms.kind in ("maxpool", "avgpool", "globalpool"):
        cell = _cell(max(terms.read.shape))
        return cell * terms.read.shape[0] + 0.1, lambda sheet, y: _window(sheet, y, terms)
    return 0.85, lambda sheet, y: _chain(sheet, y, terms)


def _cell(longest: int) -> float:
    return min(0.58, 2.7 / longest)


def _chosen(terms: Terms) -> list[int]:
    """The channels of the input that weigh most."""
    sums = np.abs(terms.products.sum((1, 2)))
    return [int(i) for i in np.argsort(-sums, kind="stable")[:_SHOWN]]


def _conv_height(terms: Terms) -> float:
    cell = _conv_cell(terms)
    return len(_chosen(terms)) * (cell * terms.products.shape[1] + 0.5) - 0.1


def _conv_cell(terms: Terms) -> float:
    """Large kernels get smaller cells; a kernel of one pixel does not fill the sheet."""
    high, wide = terms.products.shape[1:]
    return min(0.56, 2.35 / wide, 2.0 / high)


def _conv(sheet: Chart, y: float, told: Opened) -> None:
    """The strongest channels: window x kernel = products; at the side the sum of every channel,
    the bias and the value."""
    terms = told.terms
    weights = terms.weights if terms.weights is not None else terms.read
    chosen = _chosen(terms)
    cell = _conv_cell(terms)
    high, wide = terms.products.shape[1:]
    span = float(np.abs(terms.read).max()) or 1.0
    heavy = float(np.abs(weights).max()) or 1.0
    strong = float(np.abs(terms.products).max()) or 1.0
    sign = 0.42
    first = int(terms.facts["first"])
    before = terms.inputs[0]
    before = say("look.figure.picture") if before == "picture" else before
    top = y
    for place, i in enumerate(chosen):
        title = say("look.figure.window", before=before, channel=i + first)
        x = MARGIN
        for values, limit, head, mark in (
            (terms.read[i], span, title, "\u00d7"),
            (weights[i], heavy * 1.6, say("look.figure.kernel"), "="),
            (terms.products[i], strong * 1.3, say("look.figure.products"), "\u2192"),
        ):
            tinted = charts.tint(values, charts.SIGNED, -limit, limit)
            labels = [[_cell_text(v) for v in line] for line in values]
            sheet.grid(x, top, cell, values, tinted, labels=labels, edge=charts.HAIR)
            if place == 0 or head is title:
                centre = x + wide * cell / 2
                room = wide * cell + (sign if wide > 1 else 1.2)
                head = sheet.fitted(head, room, 9.5)
                sheet.text(centre, top - 0.15, head, 9.5, across="center")
            x += wide * cell
            at = x + sign / 2
            sheet.text(at, top + high * cell / 2, mark, 16, color=charts.MUTED, across="center")
            x += sign if wide > 1 else 1.2
        total = short_number(float(terms.products[i].sum()))
        sheet.text(x + 0.05, top + high * cell / 2, total, 14, bold=True)
        top += high * cell + 0.5
    _sums(sheet, x + 1.35, y, _WIDTH - MARGIN - x - 1.35, _conv_height(terms), terms, chosen)


def _cell_text(number_: float) -> str:
    """Two digits behind the point, or two that count below 0.1."""
    if number_ == 0:
        return "0"
    size = abs(number_)
    digits = 2 if size >= 0.095 else 3
    text = f"{number_:.{digits}f}" if size < 100 else f"{number_:.0f}"
    return number_plain("0" if float(text) == 0 else text)


def _sums(
    sheet: Chart,
    x: float,
    y: float,
    wide: float,
    tall: float,
    terms: Terms,
    chosen: list[int],
) -> None:
    """Bars: the sum of every channel, then the bias, then the value."""
    sums = terms.products.sum((1, 2))
    order = np.argsort(-np.abs(sums), kind="stable")
    room = max(3, min(int((tall - 0.2) / 0.24) - 3, 14))
    order = order[sums[order] != 0] if sums.any() else order[:1]
    shown = [int(i) for i in order[:room]]
    first = int(terms.facts["first"])
    entries = [(str(i + first), float(sums[i]), charts.ACCENT) for i in shown]
    rest = order[room:]
    if len(rest):
        text = say("look.figure.rest", count=len(rest))
        entries.append((text, float(sums[rest].sum()), charts.ACCENT))
    if "bias" in terms.facts:
        entries.append((say("look.figure.bias"), terms.facts["bias"], charts.GREEN))
    entries.append((say("look.figure.value"), terms.value, charts.INK))
    sheet.text(x, y - 0.15, say("look.figure.channels"), 9.5)
    _bars(sheet, x, y + 0.05, wide, entries, min(0.3, (tall - 0.05) / len(entries)))


def _bars(
    sheet: Chart,
    x: float,
    y: float,
    wide: float,
    entries: list[tuple[str, float, str]],
    step: float,
    names: float = 1.5,
) -> None:
    """Named bars around a common zero, their values behind them."""
    names = min(names, max(sheet.extent(name, 9) for name, _, _ in entries) + 0.12)
    span = max(abs(v) for _, v, _ in entries) or 1.0
    lowest = min(0.0, min(v for _, v, _ in entries))
    reach = span - lowest if max(v for _, v, _ in entries) > 0 else -lowest
    room = wide - names - 0.75
    zero = x + names + room * (-lowest) / (reach or 1.0)
    for place, (name, length, color) in enumerate(entries):
        at = y + (place + 0.5) * step
        text = sheet.fitted(name, names - 0.08, 9)
        sheet.text(x + names - 0.08, at, text, 9, color=charts.MUTED, across="right")
        drawn = max(room * abs(length) / (reach or 1.0), 0.012)
        left = zero if length >= 0 else zero - drawn
        sheet.box(left, at - step * 0.33, drawn, step * 0.66, fill=color)
        last = color == charts.INK
        sheet.text(x + wide, at, short_number(length), 9, bold=last, across="right")


def _strongest(sheet: Chart, y: float, terms: Terms) -> None:
    """The products of a dense layer, or the powers of a softmax, as bars."""
    products = terms.products.ravel()
    order = np.argsort(-np.abs(products), kind="stable")
    shown = order[:10]
    divided = terms.kind == "softmax"
    total = terms.facts["sum"] if divided else 1.0
    entries = []
    for i in shown:
        read = float(terms.read.ravel()[i])
        text = f"{int(i)}: {short_number(read)}"
        if terms.weights is not None:
            weight = _bracketed(float(terms.weights.ravel()[i]))
            text = f"{int(i)}: {_bracketed(read)} \u00b7 {weight}"
        color = charts.INK if divided and int(i) == terms.cell[0] else charts.ACCENT
        entries.append((text, float(products[i]) / total, color))
    if not divided:
        rest = order[10:]
        if len(rest):
            text = say("look.figure.rest_numbers", count=len(rest))
            entries.append((text, float(products[rest].sum()), charts.ACCENT))
        if "bias" in terms.facts:
            entries.append((say("look.figure.bias"), terms.facts["bias"], charts.GREEN))
        entries.append((say("look.figure.value"), terms.value, charts.INK))
    key = "powers" if divided else "strongest"
    told = {} if divided else {"shown": len(shown), "count": len(products)}
    sheet.text(MARGIN, y - 0.2, say(f"look.figure.{key}", **told), 9.5)
    _bars(sheet, MARGIN, y, 8.5, entries, 0.25, names=3.2)


def _window(sheet: Chart, y: float, terms: Terms) -> None:
    """A pooling's window, and what comes of it."""
    rows, columns = terms.read.shape
    cell = _cell(max(rows, columns))
    held = np.where(np.isfinite(terms.read), terms.read, 0)
    span = float(np.abs(held).max()) or 1.0
    tinted = charts.tint(held, charts.SIGNED, -span * 1.2, span * 1.2)
    labels = [[_cell_text(v) if np.isfinite(v) else "\u2013" for v in line] for line in terms.read]
    title = say("look.figure.read")
    sheet.grid(MARGIN, y, cell, held, tinted, labels=labels, title=title, edge=charts.HAIR)
    x = MARGIN + columns * cell + 0.3
    middle = y + rows * cell / 2
    sheet.text(x, middle, "\u2192", 16, color=charts.MUTED)
    sheet.text(x + 0.45, middle, short_number(terms.value), 15, bold=True)


def _chain(sheet: Chart, y: float, terms: Terms) -> None:
    """Few numbers side by side: what was read, and the value."""
    texts = [short_number(float(v)) for v in terms.read.ravel()]
    if terms.kind == "add":
        texts = [_part(terms, i, short_number) for i in range(len(texts))]
    x = MARGIN
    sign = {"add": "+", "multiply": "\u00d7"}.get(terms.kind, "\u2192")
    for i, text in enumerate(texts):
        wide = sheet.extent(text, 15) + 0.5
        sheet.box(x, y - 0.05, wide, 0.6, fill=charts.SOFT, edge=charts.HAIR)
        sheet.text(x + wide / 2, y + 0.25, text, 15, across="center")
        if i < len(terms.inputs):
            name = terms.inputs[i]
            name = say("look.figure.picture") if name == "picture" else name
            sheet.text(x + wide / 2, y - 0.2, name, 9.5, color=charts.MUTED, across="center")
        x += wide
        mark = sign if i < len(texts) - 1 else "\u2192" if len(texts) == 1 else "="
        sheet.text(x + 0.25, y + 0.25, mark, 15, color=charts.MUTED, across="center")
        x += 0.5
    text = short_number(terms.value)
    wide = sheet.extent(text, 15, bold=True) + 0.5
    sheet.box(x, y - 0.05, wide, 0.6, fill=charts.INK)
    sheet.text(x + wide / 2, y + 0.25, text, 15, bold=True, color=charts.GROUND, across="center")


# every layer


def draw_layers(name: str, told: Opened) -> list[bytes]:
    """Every layer's maps, and the first layer's kernels, on as many sheets as it takes."""
    sheets = []
    for first in range(0, len(told.rows), _ROWS_A_SHEET):
        chosen = range(first, min(first + _ROWS_A_SHEET, len(told.rows)))
        kernels = told.kernels if first == 0 else None
        sheets.append(_layers_sheet(name, told, chosen, kernels))
    return sheets


_NAMES = 3.9
_MAPS = 10
_LINE = 0.92


def _layers_sheet(name: str, told: Opened, chosen: range, kernels: np.ndarray | None) -> bytes:
    note_ = say("look.figure.layers_note")
    top = 1.11 + Chart(1, 1).lines_height(note_, _INNER, 11.5)
    above = 0.0 if kernels is None else _kernels_height(kernels) + 0.1
    tall = sum(0.5 if told.maps[i].values.shape[1] == 1 else _LINE for i in chosen)
    title = f"{name} \u00b7 {say('look.figure.layers')}"
    sheet = Chart(_WIDTH, top + above + tall + 0.3, title, note_)
    y = top
    if kernels is not None:
        _kernels(sheet, y, kernels)
        y += above
    for i in chosen:
        y += _layer_line(sheet, y, told.rows[i], told.maps[i], i == told.number)
    return sheet.png()


def _layer_line(sheet: Chart, y: float, row: LayerRow, maps: FeatureMaps, chosen: bool) -> float:
    """One layer: its numbers and its strongest maps. Returns the height used."""
    flat = maps.values.shape[1] == 1
    tall = 0.5 if flat else _LINE
    if chosen:
        sheet.box(MARGIN - 0.15, y - 0.04, _INNER + 0.3, tall - 0.02, fill="#fdf1ec")
    color = charts.ACCENT if row.parameters else charts.INK
    sheet.text(MARGIN, y + 0.16, row.name, 11, bold=True, color=color)
    shape = " \u00d7 ".join(map(str, row.after))
    sheet.text(MARGIN + 1.45, y + 0.16, shape, 10)
    path = sheet.fitted(row.path, 1.4, 8)
    sheet.text(MARGIN, y + 0.36, path, 8, color=charts.MUTED)
    facts = []
    if row.parameters:
        facts.append(say("look.figure.parameters", count=number(row.parameters)))
    if row.reach is not None and not flat:
        high, wide = row.reach.field
        facts.append(say("look.figure.sees", height=high, width=wide))
    sheet.text(MARGIN + 1.45, y + 0.36, " \u00b7 ".join(facts), 8, color=charts.MUTED)
    side = _LINE - 0.1
    x = MARGIN + _NAMES
    if flat:
        values = maps.values[0]
        span = float(np.abs(values).max()) or 1.0
        wide = min(_INNER - _NAMES, max(0.16 * values.shape[1], 1.2))
        axes = sheet.axes(x, y + 0.08, wide, 0.24)
        axes.imshow(
            values,
            cmap=charts.SIGNED,
            vmin=-span,
            vmax=span,
            aspect="auto",
            interpolation="nearest",
        )
        charts.bare(axes, frame=True)
        return tall
    for plane in maps.values[:_MAPS]:
        _small(sheet, x, y, side, plane)
        x += side + 0.05
    return tall


def _kernels_grid(kernels: np.ndarray) -> tuple[int, int, float]:
    """How many are shown, how many in a row, and how large each is."""
    shown = min(len(kernels), 48)
    return shown, 24, (_INNER - 23 * 0.1) / 24


def _kernels_height(kernels: np.ndarray) -> float:
    shown, columns, side = _kernels_grid(kernels)
    return 0.6 + -(-shown // columns) * (side + 0.1)


def _kernels(sheet: Chart, y: float, kernels: np.ndarray) -> None:
    count, channels, high, wide = kernels.shape
    colored = channels == 3
    head = say("look.figure.kernels", count=count, high=high, wide=wide, channels=channels)
    sheet.text(MARGIN, y, head, 13, bold=True)
    key = "kernels_color" if colored else "kernels_signed"
    sheet.text(MARGIN, y + 0.26, say(f"look.figure.{key}"), 9.5, color=charts.MUTED)
    shown, columns, side = _kernels_grid(kernels)
    for i in range(shown):
        line, column = divmod(i, columns)
        x, top = MARGIN + column * (side + 0.1), y + 0.5 + line * (side + 0.1)
        kernel = kernels[i]
        span = float(np.abs(kernel).max()) or 1.0
        if colored:
            shade = np.rint(np.clip(0.5 + kernel / (2 * span), 0, 1) * 255).astype(np.uint8)
            sheet.picture(x, top, side, side, np.moveaxis(shade, 0, -1))
        else:
            sheet.picture(
                x, top, side, side, kernel[0], color_map=charts.SIGNED, low=-span, high=span
            )
