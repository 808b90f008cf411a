"""The pictures of `palette`: every named palette on one sheet, and one palette large."""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Sequence

import numpy as np

from pincel.art.palettes import Palette
from pincel.show import charts
from pincel.show.charts import INK, MARGIN, MUTED, Chart
from pincel.words import numbers, say

_WIDTH = 14.6
_COLUMNS = 4
_GUTTER = 0.42
_CARD_HEAD = 0.46  # name and author above a strip
_CARD_FOOT = 0.26
_FAMILY_HEAD = 0.74


def draw_list(palettes: Sequence[Palette], title: str, note: str) -> bytes:
    """Named palettes as labelled strips, by family, as a PNG file."""
    each = (_WIDTH - 2 * MARGIN - (_COLUMNS - 1) * _GUTTER) / _COLUMNS
    blocks = [
        (family, sorted(members, key=len))
        for family, members in itertools.groupby(palettes, key=lambda p: p.family)
    ]
    rows = {
        family: [members[n : n + _COLUMNS] for n in range(0, len(members), _COLUMNS)]
        for family, members in blocks
    }
    height = 1.2 + sum(
        _FAMILY_HEAD + sum(_card_height(row) for row in block) for block in rows.values()
    )
    sheet = Chart(_WIDTH, height, title, note)
    y = 1.2
    for family, block in rows.items():
        sheet.text(MARGIN, y + 0.24, say(f"palette.family.{family}"), 14, bold=True)
        sheet.box(MARGIN, y + 0.46, _WIDTH - 2 * MARGIN, 0.012, fill=charts.HAIR)
        y += _FAMILY_HEAD
        for row in block:
            for column, palette in enumerate(row):
                _card(sheet, MARGIN + column * (each + _GUTTER), y, each, palette)
            y += _card_height(row)
    return sheet.png()


def _card(sheet: Chart, x: float, y: float, width: float, palette: Palette) -> None:
    name = sheet.fitted(palette.name, width - 0.5, 11, bold=True)
    sheet.text(x, y, name, 11, bold=True)
    sheet.text(x + width, y, str(len(palette)), 10, color=MUTED, across="right")
    author = re.sub(r",? ?lospec\.com/[^\s;]*", "", palette.source).split(";")[0] or "Lospec"
    sheet.text(x, y + 0.21, sheet.fitted(author, width, 8.5), 8.5, color=MUTED)
    _strip(sheet, x, y + 0.36, width, palette)


def _strip(sheet: Chart, x: float, y: float, width: float, palette: Palette) -> None:
    """The colours in order, row by row, every one the same whole number of pixels high."""
    rows = _rows(len(palette))
    across = math.ceil(len(palette) / rows)
    wide, high = round(width * charts.DPI), round(_strip_height(palette) * charts.DPI)
    table = np.concatenate([palette.colors, np.full((1, 3), 255, np.uint8)])  # white where none is
    column = np.arange(wide) * across // wide
    row = np.arange(high) * rows // high
    cells = table[np.minimum(row[:, None] * across + column, len(palette))]
    edge = np.pad(cells, ((1, 1), (1, 1), (0, 0)), constant_values=213)
    sheet.figure.figimage(
        edge, round(x * charts.DPI) - 1, round((sheet.height - y) * charts.DPI) - high - 1
    )


def _rows(count: int) -> int:
    """How many rows a strip has: few, and full ones where the number of colours allows."""
    if count <= 24:
        return 1
    widest = 24 if count <= 64 else 36
    full = [count // n for n in range(12, widest + 1) if count % n == 0]
    if full:
        return full[-1] if count > 64 else full[len(full) // 2]
    return math.ceil(count / (16 if count <= 64 else 32))


def _strip_height(palette: Palette) -> float:
    rows = _rows(len(palette))
    return 0.36 if rows == 1 else rows * (0.2 if len(palette) <= 64 else 0.13)


def _card_height(row: Sequence[Palette]) -> float:
    return _CARD_HEAD + max(_strip_height(palette) for palette in row) + _CARD_FOOT


def draw_palette(
    palette: Palette, note: str, shares: Sequence[float] = (), source: np.ndarray | None = None
) -> bytes:
    """One palette large, every colour with its code, as a PNG file.

    shares  how much of the source each colour stands for, 0 to 1, written below the code
    source  (h, w, 4) uint8, the picture it was taken from, shown on the left
    """
    across = min(len(palette), 8 if len(palette) <= 64 else 16)
    rows = math.ceil(len(palette) / across)
    left = 3.4 if source is not None else 0.0
    cell = 1.06 if across <= 8 else 0.72
    width = max(2 * MARGIN + left + across * cell, 6.4)
    tall = cell * 0.72 + (0.5 if shares else 0.34)
    height = 1.25 + max(rows * tall, 3.1 if source is not None else 0) + 0.2
    sheet = Chart(width, height, palette.name, note)
    if source is not None:
        sheet.picture(MARGIN, 1.25, left - 0.4, 3.0, source, across="left")
    for number, (code, color) in enumerate(zip(palette.hexes, palette.colors / 255.0, strict=True)):
        x = MARGIN + left + number % across * cell
        y = 1.25 + number // across * tall
        sheet.box(x, y, cell - 0.08, cell * 0.72, fill=tuple(color), edge=charts.HAIR, line=0.6)
        size = 9 if across <= 8 else 7
        middle = x + (cell - 0.08) / 2
        sheet.text(
            middle, y + cell * 0.72 + 0.12, code, size, color=INK, mono=True, across="center"
        )
        if shares:
            share = numbers.number(100 * shares[number], 1) + " %"
            sheet.text(middle, y + cell * 0.72 + 0.3, share, 8, color=MUTED, across="center")
    return sheet.png()
