"""Several small drawings on one canvas: in rows, without overlap."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from pincel.art.sprite import TRANSPARENT


def trimmed(indices: np.ndarray) -> np.ndarray:
    """Indices (h, w) int16, -1 transparent, without their transparent border: (h, w) int16 again,
    (0, 0) where there is nothing."""
    rows, columns = np.nonzero(indices >= 0)
    if not len(rows):
        return indices[:0, :0]
    return indices[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1]


def arranged(drawings: Sequence[np.ndarray], side: int) -> np.ndarray | None:
    """Drawings (h, w) int16, -1 transparent, as one of (side, side) int16: in as few rows as they
    fit in, each row standing on its line, in the middle of what room there is. In their order and
    with a pixel between them if that fits, else by size, else side by side. None where none of
    that fits."""
    small = [trimmed(one) for one in drawings]
    orders = (small, sorted(small, key=lambda one: one.shape), sorted(small, key=np.size))
    for gap in (1, 0):
        for order in orders:
            for rows in range(1, len(small) + 1):
                lines = _lines(order, rows)
                wide = [sum(one.shape[1] for one in line) + gap * (len(line) - 1) for line in lines]
                tall = [max((one.shape[0] for one in line), default=0) for line in lines]
                if max(wide) <= side and sum(tall) + gap * (rows - 1) <= side:
                    return _placed(lines, wide, tall, side, gap)
    return None


def stacked_drawings(drawings: Sequence[np.ndarray], side: int, sunk: bool) -> np.ndarray:
    """Two drawings, (h, w) int16 of at most half the side, the first on top of the second, (side,
    side) int16; `sunk`: its lower third behind the second one's edge."""
    upper, lower = map(trimmed, drawings)
    sink = upper.shape[0] // 3 if sunk else 0
    canvas = np.full((side, side), TRANSPARENT, np.int16)
    top = (side - upper.shape[0] - lower.shape[0] + sink) // 2
    for one, y in ((upper, top), (lower, top + upper.shape[0] - sink)):
        left = (side - one.shape[1]) // 2
        part = canvas[y : y + one.shape[0], left : left + one.shape[1]]
        part[...] = np.where(one >= 0, one, part)
    return canvas


def how_many(drawings: Sequence[np.ndarray], side: int) -> int:
    """How many of the drawings, indices (h, w) int16, fit on (side, side) at once, the smallest
    first."""
    small = sorted((trimmed(one) for one in drawings), key=np.size)
    count = len(small)
    while count and arranged(small[:count], side) is None:
        count -= 1
    return count


def _lines(small: Sequence[np.ndarray], rows: int) -> list[Sequence[np.ndarray]]:
    """In so many rows, the upper ones no longer than the lower ones."""
    ends = [round(len(small) * (row + 1) / rows - 1e-6) for row in range(rows)]
    return [small[first:last] for first, last in zip([0, *ends], ends, strict=False)]


def _placed(
    lines: list[Sequence[np.ndarray]], wide: list[int], tall: list[int], side: int, gap: int
) -> np.ndarray:
    canvas = np.full((side, side), TRANSPARENT, np.int16)
    room = (side - sum(tall)) // (len(lines) + 1)
    top = max(room, (side - sum(tall) - max(room, gap) * (len(lines) - 1)) // 2)
    for line, across, height in zip(lines, wide, tall, strict=True):
        spare = (side - across) // (len(line) + 1)
        left = (side - across - spare * (len(line) - 1)) // 2
        for one in line:
            y = top + height - one.shape[0]
            canvas[y : y + one.shape[0], left : left + one.shape[1]] = one
            left += one.shape[1] + gap + spare
        top += height + max(room, gap)
    return canvas
