"""The chart of `restore`: the grid on the source, the sprite, and how the grid was found."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes

from pincel.art.grid import Grid, edge_profile, size_scores
from pincel.make.pictures.restore import Restored
from pincel.pixels.picture import Picture
from pincel.pixels.planes import on_ground
from pincel.show import charts
from pincel.show.charts import MARGIN, Chart
from pincel.words import say

_WIDTH = 13.2
_PICTURE = 3.95
_PLOT = 1.15
_GAP = 0.25


def draw_restored(name: str, note: str, picture: Picture, restored: Restored) -> bytes:
    """The whole sheet as a PNG file."""
    rgba, grid, sprite = picture.rgba, restored.grid, restored.sprite
    shape = rgba.shape[0] / rgba.shape[1]
    tall = min(_PICTURE * max(shape, 0.3), 6.0)
    top = 1.65
    height = top + tall + 0.6 + 3 * (_PLOT + 0.75) + 0.75
    sheet = Chart(_WIDTH, height, name, note)
    source = on_ground(rgba)

    x = MARGIN
    axes = sheet.picture(x, top, _PICTURE, tall, source, say("restore.figure.source"))
    _lines(axes, grid, 0.5)
    x += _PICTURE + _GAP
    left, upper, side = _busy(grid)
    part = source[upper : upper + side[1], left : left + side[0]]
    axes = sheet.picture(x, top, _PICTURE, tall, part, say("restore.figure.detail"))
    _lines(axes, grid, 1.2, left, upper)
    axes.set_xlim(0, part.shape[1])
    axes.set_ylim(part.shape[0], 0)
    x += _PICTURE + _GAP
    shown = on_ground(sprite.rgba())
    sheet.picture(x, top, _PICTURE, tall, shown, say("restore.figure.result"))

    y = top + tall + 0.6
    wide = _WIDTH - 2 * MARGIN
    for axis, lines in ((1, grid.columns), (0, grid.rows)):
        title = say("restore.figure.across" if axis == 1 else "restore.figure.down")
        sheet.text(MARGIN, y - 0.05, title, 11)
        _profile(sheet.axes(MARGIN, y + 0.12, wide, _PLOT), edge_profile(rgba, axis), lines)
        y += _PLOT + 0.75
    sheet.text(MARGIN, y - 0.05, say("restore.figure.sizes"), 11)
    _sizes(sheet.axes(MARGIN, y + 0.12, wide, _PLOT), rgba, grid)
    y += _PLOT + 0.75
    _palette(sheet, y, wide, sprite.palette)
    return sheet.png()


def _lines(axes: Axes, grid: Grid, width: float, left: float = 0, upper: float = 0) -> None:
    columns, rows = grid.columns - left, grid.rows - upper
    for color, thick in ((charts.GROUND, 2.2 * width), (charts.ACCENT, width)):  # seen on any art
        axes.vlines(columns, rows[0], rows[-1], color=color, linewidth=thick)
        axes.hlines(rows, columns[0], columns[-1], color=color, linewidth=thick)


def _busy(grid: Grid) -> tuple[int, int, tuple[int, int]]:
    """A detail of about a third of the picture round its middle: left, top, (width, height)."""
    width = int(grid.columns[-1] - grid.columns[0])
    height = int(grid.rows[-1] - grid.rows[0])
    side = (max(8, width // 3), max(8, height // 3))
    return int(grid.columns[0]) + width // 3, int(grid.rows[0]) + height // 3, side


def _profile(axes: Axes, profile: np.ndarray, lines: np.ndarray) -> None:
    place = np.arange(1, len(profile) + 1)
    axes.vlines(lines, 0, profile.max() * 1.1 + 1e-6, color=charts.ACCENT, linewidth=0.7)
    axes.fill_between(place, profile, color=charts.BLUE, linewidth=0)
    axes.set_xlim(0, len(profile) + 1)
    axes.set_ylim(0, profile.max() * 1.1 + 1e-6)
    charts.plain_axes(axes, y_ticks=False)


def _sizes(axes: Axes, rgba: np.ndarray, grid: Grid) -> None:
    pitches, scores = size_scores(rgba)
    shown = np.maximum(scores, 0)
    axes.fill_between(pitches, shown, color=charts.BLUE, linewidth=0, alpha=0.25)
    axes.plot(pitches, shown, color=charts.BLUE, linewidth=1.2)
    axes.axvline(grid.cell[0], color=charts.ACCENT, linewidth=1.4)
    axes.set_xlim(pitches[0], min(pitches[-1], 4 * grid.cell[0]))
    axes.set_ylim(0, max(shown.max() * 1.15, 0.1))
    charts.plain_axes(axes, y_ticks=False)


def _palette(sheet: Chart, y: float, wide: float, palette: np.ndarray) -> None:
    sheet.text(MARGIN, y, say("restore.figure.palette", count=len(palette)), 11)
    step = min(0.34, (wide - 2.2) / len(palette))
    for k, color in enumerate(palette):
        fill = tuple((color / 255).tolist())
        sheet.box(
            MARGIN + 2.2 + k * step, y - 0.15, step, 0.3, fill=fill, edge=charts.HAIR, line=0.6
        )
