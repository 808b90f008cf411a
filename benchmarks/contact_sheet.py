"""One picture of everything: a column for each test picture, a row for each method."""

from __future__ import annotations

from pathlib import Path

import matplotlib
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from pictures import Test

_SCALE = 2
_GAP, _LABEL, _LINE = 8, 205, 20
_INK, _GROUND = (29, 39, 51), (232, 235, 239)


def contact_sheet(
    tests: list[Test], rows: list[tuple[str, list[np.ndarray | None]]], scale: int = _SCALE
) -> Image.Image:
    """Sources in the first row, then each method's sprites at `scale` pixels a cell."""
    font = ImageFont.truetype(
        str(Path(matplotlib.get_data_path()) / "fonts" / "ttf" / "DejaVuSans.ttf"), 12
    )
    widths = [test.size[0] * scale for test in tests]
    tall = max(test.size[1] for test in tests) * scale
    size = (_LABEL + sum(w + _GAP for w in widths), _LINE + (len(rows) + 1) * (tall + _GAP))
    sheet = Image.new("RGB", size, _GROUND)
    pen = ImageDraw.Draw(sheet)
    sources = [
        Image.fromarray(test.rgba).resize(
            (test.size[0] * scale, test.size[1] * scale), Image.Resampling.LANCZOS
        )
        for test in tests
    ]
    shown: list[tuple[str, list[Image.Image | None]]] = [("source", list(sources))]
    for name, sprites in rows:
        big = [None if s is None else Image.fromarray(_large(s, scale)) for s in sprites]
        shown.append((name, big))
    y = _LINE
    x = _LABEL
    for test, width in zip(tests, widths, strict=True):
        pen.text((x, 0), test.name, _INK, font=font)
        x += width + _GAP
    for name, images in shown:
        pen.text((4, y + 4), name, _INK, font=font)
        x = _LABEL
        for image, width in zip(images, widths, strict=True):
            if image is not None:
                sheet.paste(image, (x, y), image if image.mode == "RGBA" else None)
            x += width + _GAP
        y += tall + _GAP
    return sheet


def _large(rgba: np.ndarray, scale: int) -> np.ndarray:
    return rgba.repeat(scale, 0).repeat(scale, 1)
