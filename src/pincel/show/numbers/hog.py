"""The chart of `hog`: picture, gradient, cells as roses; one cell and its block in numbers."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from matplotlib.collections import LineCollection
from matplotlib.patches import Rectangle

from pincel.pixels.hog import Description
from pincel.show import charts
from pincel.show.charts import MARGIN, Chart
from pincel.words import say
from pincel.words.numbers import number

_WIDTH = 13.2
_CELLS_DRAWN = 48


def roses(cells: np.ndarray, cell: int) -> tuple[np.ndarray, np.ndarray]:
    """The cells' histograms as line segments, and a weight 0-1 for each.

    A line runs along the edge, at right angles to the gradient that voted for it, as long as its
    vote. Returns ((n, 2, 2) points x, y in pixels, (n,) weights).
    """
    rows, columns, bins = cells.shape
    top = np.quantile(cells.max(-1), 0.95) or cells.max() or 1.0
    weight = np.sqrt(np.clip(cells / top, 0, 1))  # the root: weak edges can still be seen
    middle = np.deg2rad((np.arange(bins) + 0.5) * 180 / bins)
    along = np.stack([-np.sin(middle), np.cos(middle)], -1)  # (bins, 2): x, y of the edge
    row, column = np.mgrid[:rows, :columns]
    centre = np.stack([column + 0.5, row + 0.5], -1)[:, :, None, :] * cell
    half = along * weight[..., None] * cell * 0.48
    lines = np.stack([centre - half, centre + half], -2)
    keep = weight.ravel() > 0.2
    return lines.reshape(-1, 2, 2)[keep], weight.ravel()[keep]


def draw_hog(
    name: str,
    note: str,
    shown: np.ndarray,
    found: Description,
    place: tuple[int, int],
    cell: int,
    block: int,
    closing: list[str],
) -> bytes:
    """The whole sheet as a PNG file.

    shown  (h, w) or (h, w, 3) uint8, the picture that was described;  place  column and row of the
    cell that is looked at;  closing  sentences below
    """
    inner = _WIDTH - 2 * MARGIN
    probe = Chart(1, 1)
    closing_height = sum(probe.lines_height(text, inner, 11) + 0.12 for text in closing)
    each = (inner - 0.8) / 3
    upper = min(4.0, each * shown.shape[0] / shown.shape[1])
    second, third = 3.15, 2.3
    top = 1.5
    sheet = Chart(_WIDTH, top + upper + second + third + closing_height + 2.1, name, note)
    _above(sheet, top, inner, upper, shown, found, place, cell, block)
    y = top + upper + 0.65
    _cell_in_numbers(sheet, y, inner, shown, found, place, cell)
    y += second + 0.75
    _block_in_numbers(sheet, y, inner, found, place, block)
    y += third + 0.4
    for text in closing:
        y = sheet.paragraph(MARGIN, y, inner, text, 11) + 0.12
    return sheet.png()


def _above(sheet, y, inner, tall, shown, found, place, cell, block) -> None:
    gap = 0.4
    each = (inner - 2 * gap) / 3
    axes = sheet.picture(MARGIN, y, each, tall, shown, say("hog.figure.picture"))
    _frame(axes, place, cell)
    span = float(found.strength.max()) or 1.0
    axes = sheet.picture(
        MARGIN + each + gap,
        y,
        each,
        tall,
        found.strength,
        say("hog.figure.gradient"),
        color_map="gray",
        low=0,
        high=span * 0.7,
    )
    _frame(axes, place, cell)
    rows, columns = found.cells.shape[:2]
    left = int(np.clip(place[0] - _CELLS_DRAWN // 2, 0, max(columns - _CELLS_DRAWN, 0)))
    top = int(np.clip(place[1] - _CELLS_DRAWN // 2, 0, max(rows - _CELLS_DRAWN, 0)))
    part = found.cells[top : top + _CELLS_DRAWN, left : left + _CELLS_DRAWN]
    high, wide = part.shape[0] * cell, part.shape[1] * cell
    dark = np.full((high, wide, 3), (16, 22, 29), np.uint8)
    whole = part.shape[:2] == (rows, columns)
    title = say("hog.figure.roses" if whole else "hog.figure.roses_part")
    axes = sheet.picture(MARGIN + 2 * (each + gap), y, each, tall, dark, title)
    lines, weight = roses(part, cell)
    colors = np.ones((len(lines), 4))
    colors[:, 3] = 0.25 + 0.75 * weight
    size = axes.get_window_extent().width / max(part.shape[1], 1)
    axes.add_collection(
        LineCollection(list(lines), colors=colors, linewidths=np.clip(size / 12, 0.7, 3.0))
    )
    _frame(axes, (place[0] - left, place[1] - top), cell)
    _frame(axes, (place[0] - left, place[1] - top), cell, block, place, (columns, rows))
    axes.set_xlim(0, wide)
    axes.set_ylim(high, 0)


def block_of(place: tuple[int, int], block: int, size: tuple[int, int]) -> tuple[int, int]:
    """The block that is shown for a cell: the one that starts there, moved in at the far edges."""
    return min(place[0], size[0] - block), min(place[1], size[1] - block)


def _frame(axes, place, cell, block=0, absolute=None, size=None) -> None:
    x, y, side = place[0] * cell, place[1] * cell, cell
    if block:
        moved = block_of(absolute, block, size)
        x -= (absolute[0] - moved[0]) * cell
        y -= (absolute[1] - moved[1]) * cell
        side = cell * block
    axes.add_patch(
        Rectangle(
            (x, y),
            side,
            side,
            facecolor="none",
            edgecolor=charts.ACCENT,
            linewidth=1.8,
            linestyle=(0, (2, 1.5)) if block else "-",
            clip_on=False,
            zorder=6,
        )
    )


def _cell_in_numbers(sheet, y, inner, shown, found, place, cell) -> None:
    title = say("hog.figure.one_cell", column=place[0], row=place[1])
    sheet.text(MARGIN, y, title, 12.5, bold=True)
    y += 0.62
    side = 2.6
    rows = slice(place[1] * cell, (place[1] + 1) * cell)
    columns = slice(place[0] * cell, (place[0] + 1) * cell)
    axes = sheet.axes(MARGIN, y, side, side)
    axes.imshow(
        shown[rows, columns],
        cmap="gray",
        vmin=0,
        vmax=255,
        interpolation="nearest",
        extent=(0, cell, cell, 0),
    )
    charts.bare(axes, frame=True)
    _arrows(axes, found, rows, columns)
    sheet.text(MARGIN + side / 2, y - 0.17, say("hog.figure.arrows"), 11, across="center")
    each = side / cell
    angle, strength = found.angle[rows, columns], found.strength[rows, columns]
    span = float(strength.max()) or 1.0
    x = MARGIN + side + 0.4
    votes = strength * 255
    sheet.grid(
        x,
        y,
        each,
        votes,
        charts.tint(strength, charts.WARM, 0, span * 1.15),
        labels=[[f"{v:.0f}" for v in row] for row in votes],
        edge=charts.HAIR,
    )
    sheet.text(x + side / 2, y - 0.17, say("hog.figure.strength"), 11, across="center")
    x += side + 0.4
    sheet.grid(
        x,
        y,
        each,
        angle,
        charts.tint(angle, "twilight", 0, 180),
        labels=[
            [f"{a:.0f}" if s > 0 else "\u00b7" for a, s in zip(*pair, strict=True)]
            for pair in zip(angle, strength, strict=True)
        ],
        edge=charts.HAIR,
    )
    sheet.text(x + side / 2, y - 0.17, say("hog.figure.angle"), 11, across="center")
    x += side + 0.55
    wide = MARGIN + inner - x
    bins = found.cells.shape[-1]
    values = found.cells[place[1], place[0]] * 255
    _bars(sheet, x, y, wide, side - 0.28, values, _degrees(bins))
    sheet.text(x + wide / 2, y - 0.17, say("hog.figure.votes", bins=bins), 11, across="center")


def _degrees(bins: int) -> list[str]:
    edges = [i * 180 / bins for i in range(bins + 1)]
    return [
        f"{a:g}\u2013{b:g}\u00b0" if bins <= 6 else f"{a:.0f}\u00b0" for a, b in pairwise(edges)
    ]


def _bars(sheet, x, y, wide, tall, values, labels) -> None:
    axes = sheet.axes(x, y, wide, tall)
    count = len(values)
    axes.bar(np.arange(count), values, width=0.82, color=charts.BLUE)
    top = float(values.max()) or 1.0
    axes.set_ylim(0, top * 1.18)
    axes.set_xlim(-0.5, count - 0.5)
    charts.bare(axes)
    axes.spines["bottom"].set_visible(True)
    size = min(9.0, wide / count * 72 * 0.36)
    digits = 1 if top < 100 else 0
    for i, (value, label) in enumerate(zip(values, labels, strict=True)):
        axes.text(
            i,
            value + top * 0.03,
            number(value, digits),
            ha="center",
            va="bottom",
            fontproperties=charts.font(size),
            color=charts.INK,
            parse_math=False,
        )
        at = x + (i + 0.5) * wide / count
        sheet.text(at, y + tall + 0.13, label, min(size, 8.5), color=charts.MUTED, across="center")


def _arrows(axes, found, rows, columns) -> None:
    across, down = found.across[rows, columns], found.down[rows, columns]
    longest = float(np.hypot(across, down).max()) or 1.0
    side = across.shape[0]
    row, column = np.mgrid[:side, :side] + 0.5
    keep = np.hypot(across, down) > 0.05 * longest
    axes.quiver(
        column[keep],
        row[keep],
        across[keep] / longest,
        down[keep] / longest,
        angles="xy",
        scale_units="xy",
        scale=1 / 0.95,
        width=0.011,
        color=charts.ACCENT,
        pivot="mid",
        edgecolor="white",
        linewidth=0.4,
        headwidth=4,
        headlength=4.5,
        headaxislength=4,
    )
    axes.set_xlim(0, side)
    axes.set_ylim(side, 0)


def _block_in_numbers(sheet, y, inner, found, place, block) -> None:
    rows, columns, bins = found.cells.shape
    left, top = block_of(place, block, (columns, rows))
    count = block * block * bins
    title = say("hog.figure.one_block", column=left, row=top, block=block, count=count)
    sheet.text(MARGIN, y, title, 12.5, bold=True)
    before = found.cells[top : top + block, left : left + block] * 255
    after = found.blocks[top, left]
    gap = 0.6
    each = (inner - gap) / 2
    for i, (values, key) in enumerate(((before, "before"), (after, "after"))):
        x = MARGIN + i * (each + gap) + 0.35
        axes = sheet.axes(x, y + 0.55, each - 0.35, 1.45)
        flat = values.reshape(block * block, bins)
        for part, numbers in enumerate(flat):
            axes.bar(
                np.arange(bins) + part * bins,
                numbers,
                width=0.86,
                color=charts.SERIES[part % len(charts.SERIES)],
            )
        axes.set_xlim(-0.6, count - 0.4)
        axes.set_ylim(0, (float(flat.max()) or 1.0) * 1.05)
        charts.plain_axes(axes, count=4)
        axes.set_xticks([])
        sheet.text(x + (each - 0.35) / 2, y + 0.38, say(f"hog.figure.{key}"), 11, across="center")
        if block <= 4:
            for part in range(block * block):
                at = x + (each - 0.35) * (part + 0.5) / block**2
                column, row = left + part % block, top + part // block
                sheet.text(
                    at, y + 2.13, f"{column}, {row}", 8.5, color=charts.MUTED, across="center"
                )
