"""Small pictures in rows: where marks lie, and how long frames stand."""

from __future__ import annotations

from io import BytesIO
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from matplotlib.figure import Figure
from PIL import Image

from pincel.show import strips


def test_each_frame_stands_its_own_time() -> None:
    frames = [np.full((8, 8, 3), value, np.uint8) for value in (0, 120, 250)]
    with Image.open(BytesIO(strips.looping_gif(frames, [100, 700, 250]))) as gif:
        found = []
        for place in range(3):
            gif.seek(place)
            found.append((gif.info["duration"], gif.convert("L").getpixel((0, 0))))
    assert [time for time, _ in found] == [100, 700, 250]
    assert [grey for _, grey in found] == pytest.approx([0, 120, 250], abs=3)


def test_marks_lie_at_their_column_and_row(monkeypatch: pytest.MonkeyPatch) -> None:
    axes = Figure().add_subplot()
    sheet: Any = SimpleNamespace(picture=lambda *_, **__: axes)
    drawn: list[tuple[float, ...]] = []
    monkeypatch.setattr(strips, "square", lambda _, *place: drawn.append(place))
    pictures = np.zeros((2, 10, 20, 3), np.uint8)  # 7 pixels to one
    strips.row_of(sheet, 0, 0, 1.0, 0.1, pictures, [(3, 1, 2), (0, 4, 1)])
    second = 20 * 7 + round(0.1 * 20 * 7)
    assert drawn == [(3 * 7, 1 * 7, 2 * 7), (second, 4 * 7, 7)]
