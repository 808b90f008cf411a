"""Where frames go in a sheet: in a grid, or as tight as it gets (skyline, bottom-left; Jylänki, "A
Thousand Ways to Pack the Bin", 2010)."""

from __future__ import annotations

import math
from collections.abc import Iterable


def grid(
    sizes: list[tuple[int, int]], counts: list[int] | None, columns: int | None
) -> tuple[list[tuple[int, int]], int, int]:
    """Places of equal cells, and the sheet's width and height; `counts` gives every run of
    frames its own row."""
    wide, high = max(w for w, _ in sizes), max(h for _, h in sizes)
    if counts is not None:
        spots = [(c, row) for row, count in enumerate(counts) for c in range(count)]
        across = max(counts)
    else:
        across = min(columns or math.ceil(math.sqrt(len(sizes) * high / wide)), len(sizes))
        spots = [(n % across, n // across) for n in range(len(sizes))]
    places = [(c * wide, r * high) for c, r in spots]
    return places, across * wide, (spots[-1][1] + 1) * high


def smallest_sheet(
    sizes: list[tuple[int, int]], padding: int, largest: int, power_of_two: bool
) -> tuple[list[tuple[int, int]], int, int]:
    """Places, width and height of the smallest of several sheets, of equals the squarest."""
    side = math.sqrt(sum(w * h for w, h in sizes))
    least, most = max(w for w, _ in sizes), sum(w for w, _ in sizes)
    if power_of_two:
        widths = [(1 << bits) + padding for bits in range(16)]
    else:
        tries = 24 if len(sizes) < 300 else 8
        widths = sorted({round(side * (0.85 + 0.7 * n / tries)) for n in range(tries)})
        widths = [max(w, least) for w in widths if w <= most] + [min(most, largest + padding)]
    best = None
    for width in widths:
        if not least <= width <= max(least, largest + padding):
            continue
        places, height = _skyline(sizes, width)
        used = max(x + w for (x, _), (w, _) in zip(places, sizes, strict=True))
        shown = (used - padding, height - padding)
        if power_of_two:
            shown = (next_power(shown[0]), next_power(shown[1]))
        cost = (max(shown) > largest, shown[0] * shown[1], max(shown))
        if best is None or cost < best[0]:
            best = cost, (places, used, height)
    if best is None:  # wider than allowed, whatever one does: refused by the caller
        return [(0, 0)] * len(sizes), least, max(h for _, h in sizes)
    return best[1]


def _skyline(sizes: list[tuple[int, int]], width: int) -> tuple[list[tuple[int, int]], int]:
    """Place the tallest first, each as far up and then as far left as it goes."""
    line = [(0, 0, width)]  # x, y, length: the lower edge of what is placed
    places: list[tuple[int, int]] = [(0, 0)] * len(sizes)
    bottom = 0
    order = sorted(range(len(sizes)), key=lambda n: (-sizes[n][1], -sizes[n][0], n))
    for number in order:
        wide, high = sizes[number]
        y, x = min(_fits(line, wide, width))
        places[number] = (x, y)
        bottom = max(bottom, y + high)
        line = _raised(line, x, y + high, wide)
    return places, bottom


def _fits(line: list[tuple[int, int, int]], wide: int, width: int) -> Iterable[tuple[int, int]]:
    for start, (x, _, _) in enumerate(line):
        if x + wide > width and start:
            break
        y, at = 0, start
        while at < len(line) and line[at][0] < x + wide:
            y = max(y, line[at][1])
            at += 1
        yield y, x


def _raised(
    line: list[tuple[int, int, int]], x: int, y: int, wide: int
) -> list[tuple[int, int, int]]:
    """The skyline after something of this width was placed at x with its lower edge at y."""
    result = [(x, y, wide)]
    for left, height, length in line:
        right = left + length
        if left < x:
            result.append((left, height, min(right, x) - left))
        if right > x + wide:
            start = max(left, x + wide)
            result.append((start, height, right - start))
    result.sort()
    merged: list[tuple[int, int, int]] = []
    for left, height, length in result:
        if merged and merged[-1][1] == height and merged[-1][0] + merged[-1][2] == left:
            merged[-1] = (merged[-1][0], height, merged[-1][2] + length)
        else:
            merged.append((left, height, length))
    return merged


def next_power(side: int) -> int:
    """The least power of two that is no smaller."""
    return 1 << max(side - 1, 0).bit_length()
