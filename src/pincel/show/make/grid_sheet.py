"""Pictures in rows and columns, one setting down, one across, every value written beside."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from pincel.errors import PincelError

MOST_CELLS = 400
_CELL, _GAP, _LETTER = 96, 6, 14
_PAPER, _INK, _SOFT, _EMPTY = (255, 255, 255), (29, 39, 51), (100, 113, 129), (243, 245, 248)
_AXIS = re.compile(r"\s*([a-z][a-z_-]*)\s*=\s*(.+?)\s*")


def axes(text: str) -> tuple[tuple[str, list[str]], tuple[str, list[str]]]:
    """ "seed=1,2,3 x guidance=1,2" -> (("seed", ["1", "2", "3"]), ("guidance", ["1", "2"])):
    the first goes down, the second across. Values that hold a comma are parted by "|". PincelError
    for anything else, and for more than 400 pictures."""
    parts = re.split(r"\s+[x×]\s+(?=[a-z][a-z_-]*\s*=)", text.strip())
    found = [_AXIS.fullmatch(part) for part in parts]
    if len(parts) != 2 or not all(found):
        raise PincelError("gallery.axes", given=text)
    pair = []
    for match in found:
        assert match
        values = [v.strip() for v in match[2].split("|" if "|" in match[2] else ",")]
        values = list(dict.fromkeys(value for value in values if value))
        pair.append((match[1].replace("-", "_"), values))
    if pair[0][0] == pair[1][0] or not all(values for _, values in pair):
        raise PincelError("gallery.axes", given=text)
    check_cells(len(pair[0][1]), len(pair[1][1]))
    return pair[0], pair[1]


def check_cells(rows: int, columns: int) -> None:
    """Refuse a grid of more than 400 pictures."""
    if rows * columns > MOST_CELLS:
        raise PincelError("gallery.many_cells", rows=rows, columns=columns, most=MOST_CELLS)


def draw_grid_sheet(
    rows: tuple[str, Sequence[Any]],
    columns: tuple[str, Sequence[Any]],
    cells: Mapping[tuple[int, int], np.ndarray],
) -> bytes:
    """PNG bytes of the grid.

    rows, columns  (name of the setting, its values)
    cells          {(row, column): (h, w, 4) uint8}; a place without a picture stays empty
    Each picture is enlarged by the whole factor that fills its place, with hard edges; transparent
    is shown as grey squares.
    """
    check_cells(len(rows[1]), len(columns[1]))
    font, small = _font(_LETTER), _font(_LETTER - 2)
    largest = max((max(one.shape[:2]) for one in cells.values()), default=1)
    scale = max(1, round(_CELL / largest))
    wide = max((one.shape[1] for one in cells.values()), default=1) * scale
    high = max((one.shape[0] for one in cells.values()), default=1) * scale
    wide, high = max(wide, 48), max(high, 24)
    across = [_wrapped(value, max(wide // 9, 5)) for value in columns[1]]
    down = [_wrapped(value, 22) for value in rows[1]]
    line = _LETTER + 4
    head = line * (1 + max(len(lines) for lines in across)) + _GAP
    side = round(max(font.getlength(one) for lines in [*down, [rows[0]]] for one in lines)) + 24
    size = (
        side + len(across) * (wide + _GAP) + _GAP,
        head + len(down) * (high + _GAP) + _GAP,
    )
    page = Image.new("RGB", size, _PAPER)
    pen = ImageDraw.Draw(page)
    pen.text((12, head - line), rows[0], _SOFT, small)
    pen.text((side, _GAP), columns[0], _SOFT, small)
    for x, lines in enumerate(across):
        for number, text in enumerate(lines):
            place = (side + x * (wide + _GAP), head - line * (len(lines) - number))
            pen.text(place, text, _INK, font)
    for y, lines in enumerate(down):
        top = head + y * (high + _GAP)
        start = top + (high - line * len(lines)) // 2
        for number, text in enumerate(lines):
            pen.text((12, start + line * number), text, _INK, font)
        for x in range(len(across)):
            left = side + x * (wide + _GAP)
            pen.rectangle((left, top, left + wide - 1, top + high - 1), _EMPTY)
            if (y, x) in cells:
                one = cells[y, x]
                own = max(1, min(wide // one.shape[1], high // one.shape[0]))
                shown = on_squares(one, own)
                offset = (left + (wide - shown.width) // 2, top + (high - shown.height) // 2)
                page.paste(shown, offset)
    held = BytesIO()
    page.save(held, "PNG", optimize=True)
    return held.getvalue()


def on_squares(rgba: np.ndarray, scale: int) -> Image.Image:
    """The picture enlarged with hard edges, over grey squares where it is transparent."""
    large = rgba.repeat(scale, 0).repeat(scale, 1)
    y, x = np.mgrid[0 : large.shape[0], 0 : large.shape[1]] // 8
    ground = np.where(((x + y) % 2)[..., None], np.uint8(255), np.uint8(232)).repeat(3, -1)
    alpha = large[..., 3:].astype(np.float32) / 255
    flat = large[..., :3] * alpha + ground * (1 - alpha)
    return Image.fromarray(np.rint(flat).astype(np.uint8))


def _font(size: int) -> ImageFont.FreeTypeFont:
    """Matplotlib's DejaVu Sans: unlike Pillow's own letters it has accents."""
    import matplotlib

    place = Path(matplotlib.get_data_path()) / "fonts" / "ttf" / "DejaVuSans.ttf"
    return ImageFont.truetype(str(place), size)


def _wrapped(value: Any, letters: int) -> list[str]:
    text = f"{value:g}" if isinstance(value, float) else str(value)
    lines = textwrap.wrap(text, letters, break_long_words=True) or ["-"]
    return lines if len(lines) <= 4 else [*lines[:3], lines[3][: letters - 1] + "…"]
