"""The chart of `inspect`: a picture, the facts about it, its histograms, and a piece of it as the
numbers that it is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from matplotlib.patches import Rectangle

from pincel.pixels.statistics import Reading
from pincel.show import charts
from pincel.show.channels import named
from pincel.show.charts import MARGIN, Chart
from pincel.words import numbers, say

_COLORS = {"R": charts.RED, "G": charts.GREEN, "B": charts.BLUE, "A": charts.MUTED}
_CELL = 0.36
_GAP = 0.5
_TILES = 16
_HISTOGRAMS = 8


@dataclass(frozen=True)
class Crop:
    """A piece of the picture: its left column, top row, width and height in pixels."""

    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, eq=False)
class Inspected:
    """What the chart shows beside the numbers.

    shown    (h, w, 3) uint8 the picture as it looks
    planes   a name and the (h, w) numbers of each channel (of the chosen slice in a volume)
    tiles    names and small pictures of channels or slices, none for ordinary pictures
    palette  (k, 3) uint8, None without one
    facts    (what, how much) in the person's language
    """

    shown: np.ndarray
    planes: tuple[tuple[str, np.ndarray], ...]
    tiles: tuple[tuple[str, np.ndarray], ...]
    palette: np.ndarray | None
    facts: tuple[tuple[str, str], ...]


def draw_inspected(name: str, note: str, reading: Reading, sight: Inspected, crop: Crop) -> bytes:
    """The whole sheet as a PNG file."""
    span = _span(reading)
    grids = 1 + len(sight.planes) if len(sight.planes) == 3 else len(sight.planes)
    wide = crop.width * _CELL + _GAP
    width = max(12.0, 2 * MARGIN + _GAP + wide * min(grids, 2 if crop.width > 12 else 4))
    inner = width - 2 * MARGIN
    per_row = max(1, int((inner + 0.15) // wide))
    grid_rows = -(-grids // per_row)

    top = 1.35
    facts_height = 0.37 * len(sight.facts) + (0.85 if sight.palette is not None else 0)
    upper = max(4.5, facts_height)
    charted = min(len(reading.names), _HISTOGRAMS)
    histogram_rows = -(-charted // 4)
    tiles_height = 2.75 if sight.tiles else 0
    grid_height = grid_rows * (crop.height * _CELL + 0.95) + 0.45
    height = top + upper + 0.7 + histogram_rows * 2.5 + tiles_height + grid_height + 0.1

    sheet = Chart(width, height, name, note)
    rows, columns = sight.shown.shape[:2]
    picture_width = min(inner * 0.52, upper * columns / rows)
    axes = sheet.picture(MARGIN, top, picture_width, upper, sight.shown, across="left")
    _mark(axes, crop)
    beside = MARGIN + max(picture_width, 1.2) + 0.6
    _facts(sheet, beside, top + 0.12, MARGIN + inner - beside, sight)
    y = top + upper + 0.7
    _histograms(sheet, y, inner, reading, charted)
    y += histogram_rows * 2.5
    if sight.tiles:
        _tiles(sheet, y, inner, sight, reading, span)
        y += tiles_height
    _numbers(sheet, y, per_row, sight, crop, span)
    return sheet.png()


def _span(reading: Reading) -> tuple[float, float]:
    """From black to white: the whole range of bytes, else the range that is there."""
    if reading.values.dtype == np.uint8:
        return 0.0, 255.0
    least = min((s.least for s in reading.summaries if np.isfinite(s.least)), default=0.0)
    most = max((s.most for s in reading.summaries if np.isfinite(s.most)), default=1.0)
    return least, most


def _mark(axes, crop: Crop) -> None:
    for color, line in ((charts.GROUND, 3.6), (charts.ACCENT, 1.8)):
        axes.add_patch(
            Rectangle(
                (crop.x, crop.y),
                crop.width,
                crop.height,
                facecolor="none",
                edgecolor=color,
                linewidth=line,
                clip_on=False,
            )
        )


def _facts(sheet: Chart, x: float, y: float, width: float, sight: Inspected) -> None:
    label_width = max(sheet.extent(what, 11) for what, _ in sight.facts) + 0.3
    for what, much in sight.facts:
        sheet.text(x, y, what, 11, color=charts.MUTED)
        sheet.text(x + label_width, y, sheet.fitted(much, width - label_width, 11), 11)
        y += 0.37
    if sight.palette is not None:
        _swatches(sheet, x, y, width, sight.palette)


def _swatches(sheet: Chart, x: float, y: float, width: float, palette: np.ndarray) -> None:
    per_row = 32 if len(palette) <= 64 else 64
    rows = -(-len(palette) // per_row)
    side = min(width / per_row, 0.7 / rows)
    for i, color in enumerate(palette):
        row, column = divmod(i, per_row)
        sheet.box(
            x + column * side,
            y + row * side,
            side * 0.92,
            side * 0.92,
            fill=tuple(color / 255.0),
            edge=charts.HAIR,
            line=0.5,
        )


def _histograms(sheet: Chart, y: float, inner: float, reading: Reading, charted: int) -> None:
    columns = min(charted, 4)
    each = (inner - 0.4 * (columns - 1)) / columns
    for i in range(charted):
        row, column = divmod(i, 4)
        x, top = MARGIN + column * (each + 0.4), y + row * 2.5
        counts, edges = reading.histograms[i]
        name, s = reading.names[i], reading.summaries[i]
        color = _COLORS.get(name, charts.INK if name == "grey" else charts.MUTED)
        title = say("inspect.figure.histogram", channel=named(name))
        sheet.histogram(x, top, each, 1.25, counts, edges, color, sheet.fitted(title, each, 11))
        digits = 0 if s.most - s.least >= 1000 else 1 if s.most - s.least >= 20 else 3
        figures = say(
            "inspect.figure.summary",
            least=_figure(s.least, digits),
            most=_figure(s.most, digits),
            mean=_figure(s.mean, digits),
            deviation=_figure(s.deviation, digits),
        )
        sheet.paragraph(x, top + 1.58, each, figures, 9.5, color=charts.MUTED)


def _figure(value: float, digits: int) -> str:
    if not np.isfinite(value):
        return "\u2013"
    return numbers.number(value, 0 if float(value).is_integer() else digits)


def _tiles(
    sheet: Chart,
    y: float,
    inner: float,
    sight: Inspected,
    reading: Reading,
    span: tuple[float, float],
) -> None:
    chosen = np.unique(
        np.linspace(0, len(sight.tiles) - 1, min(_TILES, len(sight.tiles))).round().astype(int)
    )
    key = "slices" if reading.kind == "volume" else "channels"
    title = say(f"inspect.figure.{key}", shown=len(chosen), count=len(sight.tiles))
    sheet.text(MARGIN, y - 0.1, title, 12, bold=True)
    per_row = min(8, len(chosen))
    rows = -(-len(chosen) // per_row)
    each = inner / per_row
    tall = (1.95 - 0.27 * rows) / rows
    for i, tile in enumerate(chosen):
        row, column = divmod(i, per_row)
        name, values = sight.tiles[tile]
        top = y + 0.42 + row * (tall + 0.27)
        sheet.picture(
            MARGIN + column * each, top, each - 0.1, tall, values, low=span[0], high=span[1]
        )
        sheet.text(
            MARGIN + column * each + (each - 0.1) / 2,
            top - 0.1,
            name,
            8.5,
            color=charts.MUTED,
            across="center",
        )


def _numbers(
    sheet: Chart, y: float, per_row: int, sight: Inspected, crop: Crop, span: tuple[float, float]
) -> None:
    title = say(
        "inspect.figure.crop",
        width=crop.width,
        height=crop.height,
        x=crop.x,
        y=crop.y,
    )
    inner = sheet.width - 2 * MARGIN
    sheet.text(MARGIN, y, sheet.fitted(title, inner, 12, bold=True), 12, bold=True)
    y += 0.75
    wide, tall = crop.width * _CELL + _GAP, crop.height * _CELL + 0.95
    rows, columns = slice(crop.y, crop.y + crop.height), slice(crop.x, crop.x + crop.width)
    place = 0
    if len(sight.planes) == 3:
        axes = sheet.axes(MARGIN + 0.3, y, crop.width * _CELL, crop.height * _CELL)
        axes.imshow(sight.shown[rows, columns], interpolation="nearest", aspect="auto")
        charts.bare(axes, frame=True)
        at = MARGIN + 0.3 + crop.width * _CELL / 2
        label = sheet.fitted(say("inspect.figure.as_seen"), wide - 0.1, 11)
        sheet.text(at, y - 0.36, label, 11, across="center")
        place = 1
    for name, plane in sight.planes:
        row, column = divmod(place, per_row)
        piece = plane[rows, columns]
        sheet.grid(
            MARGIN + 0.3 + column * wide,
            y + row * tall,
            _CELL,
            piece.astype(float),
            charts.channel_tint(piece, name, *span),
            title=sheet.fitted(named(name), wide - 0.1, 11),
            first=(crop.x, crop.y),
        )
        place += 1
