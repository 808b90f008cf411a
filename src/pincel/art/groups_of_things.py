"""Drawings laid out on one canvas as a person would: clusters of equal things, things that stand
beside, on, under, behind or between others, in one palette and with one colour of outline.

A drawing is cut to what it shows. How near two may come is measured in pixels that would be hidden,
not in boxes: two swords lie closer than two barrels.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from pincel.art.drawn_parts import sprite_of_codes
from pincel.art.sprite import Sprite
from pincel.pixels.color import oklab_to_srgb, srgb_to_oklab, to_bytes

_DARKEST = 0.3
"""The outline is at most this light (OKLab)."""


@dataclass(frozen=True, eq=False)
class Laid:
    """One or several drawings in place.

    rgb     (h, w, 3) uint8;  there  (h, w) bool
    line    where an outline is, (h, w) bool
    boxes   name, left, top, width and height of each thing
    """

    rgb: np.ndarray
    there: np.ndarray
    line: np.ndarray
    boxes: tuple[tuple[str, int, int, int, int], ...]

    @property
    def width(self) -> int:
        """Columns."""
        return self.there.shape[1]

    @property
    def height(self) -> int:
        """Rows."""
        return self.there.shape[0]


Spot = tuple[Laid, int, int]
"""A drawing, the column of its left border and the row below its lowest one."""


def cut_to_itself(sprite: Sprite, name: str = "") -> Laid:
    """A sprite as a drawing, cut to what it shows. Its outline is every pixel beside an empty one.
    ValueError where it is empty."""
    rgba = sprite.rgba()
    there = rgba[..., 3] > 0
    rows, columns = np.flatnonzero(there.any(1)), np.flatnonzero(there.any(0))
    if not len(rows):
        raise ValueError("an empty drawing")
    rgba = rgba[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    there = rgba[..., 3] > 0
    held = np.pad(there, 1)
    within = held[:-2, 1:-1] & held[2:, 1:-1] & held[1:-1, :-2] & held[1:-1, 2:]
    dark = srgb_to_oklab(rgba[..., :3])[..., 0] < 0.42
    boxes = ((name, 0, 0, there.shape[1], there.shape[0]),)
    return Laid(rgba[..., :3], there, there & ~within & dark, boxes)


def put_together(spots: Sequence[Spot]) -> Laid:
    """Drawings in place as one, later ones in front of earlier ones."""
    left = min(x for _, x, _ in spots)
    top = min(bottom - one.height for one, _, bottom in spots)
    right = max(x + one.width for one, x, _ in spots)
    low = max(bottom for _, _, bottom in spots)
    shape = (low - top, right - left)
    rgb = np.zeros((*shape, 3), np.uint8)
    there, line = np.zeros(shape, bool), np.zeros(shape, bool)
    boxes = []
    for one, x, bottom in spots:
        y, x = bottom - one.height - top, x - left
        place = (slice(y, y + one.height), slice(x, x + one.width))
        rgb[place][one.there] = one.rgb[one.there]
        line[place][one.there] = one.line[one.there]
        there[place] |= one.there
        boxes += [(name, x + bx, y + by, bw, bh) for name, bx, by, bw, bh in one.boxes]
    return Laid(rgb, there, line, tuple(boxes))


def on_canvas(one: Laid, side: int, low: bool, most: int = 31) -> Sprite:
    """A drawing on (side, side), in the middle, or standing on the lowest row; one colour of
    outline, at most `most` colours. ValueError where it is larger."""
    if max(one.width, one.height) > side:
        raise ValueError("larger than the canvas")
    rgb = one.rgb.copy()
    if one.line.any():
        lab = srgb_to_oklab(rgb[one.line]).mean(0)
        lab = np.round(lab, 3)
        lab[0] = min(lab[0], _DARKEST)
        rgb[one.line] = to_bytes(oklab_to_srgb(lab[None]))[0]
    x = (side - one.width) // 2
    y = side - one.height if low else (side - one.height) // 2
    codes = np.full((side, side), -1)
    colors, place = np.unique(rgb[one.there], axis=0, return_inverse=True)
    window = codes[y : y + one.height, x : x + one.width]
    window[one.there] = place.ravel()
    return sprite_of_codes([codes], dict(enumerate(colors)))


# -------------------------------------------------------------------------------- nearness


def hidden(back: Laid, front: Laid, dx: int, dy: int) -> float:
    """The share of `back` that `front` hides, whose upper left corner is by (dx, dy) from its."""
    left, top = max(dx, 0), max(dy, 0)
    right, low = min(back.width, dx + front.width), min(back.height, dy + front.height)
    if left >= right or top >= low:
        return 0.0
    over = front.there[top - dy : low - dy, left - dx : right - dx]
    return float((back.there[top:low, left:right] & over).sum() / back.there.sum())


def nearest_right(back: Laid, front: Laid, most: float, dy: int = 0, gap: int = 0) -> int:
    """How far to the right of `back` a drawing must stand, both on one ground (or `dy` lower), so
    that at most this share of either is hidden; `gap` more columns."""
    down = back.height - front.height + dy
    share = back.there.sum() / front.there.sum()
    for dx in range(max(2, round(0.4 * min(back.width, front.width))), back.width + 1):
        if hidden(back, front, dx, down) * max(share, 1.0) <= most:
            return dx + gap
    return back.width + gap


# -------------------------------------------------------------------------------- clusters

PATTERNS: dict[int, tuple[tuple[int, ...], ...]] = {
    1: ((1,),),
    2: ((2,), (1, 1)),
    3: ((1, 2), (3,), (2, 1)),
    4: ((2, 2), (1, 2, 1), (1, 3), (3, 1)),
    5: ((2, 3), (3, 2), (2, 1, 2), (1, 2, 2)),
    6: ((1, 2, 3), (3, 3), (2, 2, 2), (2, 4)),
    7: ((2, 3, 2), (3, 4), (1, 2, 4), (1, 3, 3)),
    8: ((3, 2, 3), (2, 3, 3), (4, 4), (1, 3, 4)),
    9: ((3, 3, 3), (2, 3, 4), (4, 5), (2, 4, 3)),
    10: ((1, 2, 3, 4), (3, 4, 3), (3, 3, 4), (2, 4, 4)),
    11: ((2, 2, 3, 4), (4, 3, 4), (3, 4, 4), (2, 3, 3, 3)),
    12: ((3, 3, 3, 3), (4, 4, 4), (3, 4, 5), (2, 3, 3, 4)),
}
"""So many things in rows, the rows from back to front."""


def pattern_of(count: int, turn: int) -> tuple[int, ...]:
    """The rows of so many things; other turns other rows."""
    known = PATTERNS.get(count)
    if known is None:
        rows = round(count**0.5)
        known = (tuple(len(part) for part in np.array_split(np.arange(count), rows)),)
    return known[turn % len(known)]


@dataclass(frozen=True)
class Packing:
    """How near equal things come: the share of a thing that those beside it (`side`) and in front
    of it (`front`) may hide; the share of a row's width by which every second of equally long rows
    is shifted; how far, in pixels, things stand out of line."""

    side: float
    front: float
    shift: float = 0.0
    loose: int = 0


def clustered(
    things: Sequence[Laid], rows: Sequence[int], packing: Packing, draw: np.random.Generator
) -> Laid:
    """Things in rows, each row standing on its line, from back to front."""
    step = max(nearest_right(one, other, packing.side) for one in things for other in things[:2])
    lines: list[list[Spot]] = []
    first = 0
    for number, count in enumerate(rows):
        row = things[first : first + count]
        first += count
        stagger = len(set(rows)) == 1 and len(rows) > 1
        off = (number % 2 - 0.5) * packing.shift * step if stagger else 0.0
        spots = []
        for place, one in enumerate(row):
            middle = (place - (count - 1) / 2) * step + off
            x = int(np.floor(middle - one.width / 2 + 0.5))
            spots.append((one, x, int(draw.integers(-packing.loose, packing.loose + 1))))
        lines.append(spots)
    bottom = 0
    placed = lines[0]
    made = list(lines[0])
    for spots in lines[1:]:
        bottom += _row_step(placed, spots, packing.front)
        placed = [(one, x, y + bottom) for one, x, y in spots]
        placed0 = placed
        made += placed
        placed = [(one, x, y - bottom) for one, x, y in placed0]
    return put_together(made)


def _row_step(back: Sequence[Spot], front: Sequence[Spot], most: float) -> int:
    """How far below a row the next one stands."""
    tallest = max(one.height for one, _, _ in (*back, *front))
    for down in range(max(2, tallest // 3), tallest + 1):
        worst = 0.0
        for one, x, bottom in back:
            covered = sum(
                hidden(one, other, ox - x, one.height - other.height + oy - bottom + down)
                for other, ox, oy in front
            )
            worst = max(worst, covered)
        if worst <= most:
            return down
    return tallest


# --------------------------------------------------------------------------------- relations


def put_beside(a: Laid, b: Laid, most: float, lift: int = 0, gap: int = 0) -> Laid:
    """a, then b to its right, on one ground; the larger one is behind, and `lift` rows higher."""
    a_behind = a.there.sum() >= b.there.sum()
    low = (-lift, 0) if a_behind else (0, -lift)
    dx = nearest_right(a, b, most, low[1] - low[0], gap)
    spots = [(a, 0, low[0]), (b, dx, low[1])]
    return put_together(spots if a_behind else spots[::-1])


def in_corners(a: Laid, b: Laid, side: int, most: float) -> Laid | None:
    """a in the upper left corner of a square, b in front of it in the lower right one; None where
    more than `most` of a would be hidden."""
    dx, dy = side - b.width, side - b.height
    if hidden(a, b, dx, dy) > most:
        return None
    while dx > 3 and dy > 3 and hidden(a, b, dx - 1, dy - 1) <= most * 0.6:
        dx, dy = dx - 1, dy - 1
    return put_together([(a, 0, a.height), (b, dx, dy + b.height)])


def put_upon(upper: Laid, lower: Laid, sink: int = 1, aside: float = 0.0) -> Laid:
    """One on top of the other: its lowest row where the other's silhouette is highest beneath its
    feet, `sink` rows into it; `aside` from the middle, as a share of what room there is."""
    room = lower.width - upper.width
    x = round(room / 2 + aside * abs(room) / 2)
    feet = np.flatnonzero(upper.there[-1]) + x
    feet = feet[(feet >= 0) & (feet < lower.width)]
    tops = np.where(lower.there.any(0), lower.there.argmax(0), lower.height)
    if not len(feet):
        feet = np.arange(max(x, 0), min(x + upper.width, lower.width))
    top = int(np.median(tops[feet]))
    low = lower.height - (lower.height - top)
    return put_together([(lower, 0, lower.height), (upper, x, low + sink)])


def put_above(upper: Laid, lower: Laid, gap: int = 1, aside: float = 0.0) -> Laid:
    """One above the other, so many rows between them."""
    room = lower.width - upper.width
    x = round(room / 2 + aside * abs(room) / 2)
    return put_together([(lower, 0, lower.height), (upper, x, -gap)])


def put_in_front(
    front: Laid, back: Laid, ways: Sequence[float], shown: tuple[float, float]
) -> Laid:
    """One before the other. `ways`: where in front, -1 left to 1 right; between `shown` shares of
    the one behind are hidden, as near as that can be had."""
    best: tuple[float, Laid] | None = None
    for way in ways:
        room = back.width - front.width
        x = round(room / 2 + way * max(abs(room) / 2, back.width / 3))
        for lift in range(1, max(3, back.height * 2 // 3)):
            # the lower border of the one behind is `lift` rows above that of the front one
            dy = back.height + lift - front.height
            share = hidden(back, front, x, dy)
            off = max(shown[0] - share, share - shown[1], 0.0) + lift * 0.004
            if best is None or off < best[0] - 1e-9:
                best = off, put_together([(back, 0, back.height), (front, x, back.height + lift)])
        if best is not None and best[0] < 0.05:
            break
    assert best is not None
    return best[1]


def put_between(left: Laid, middle: Laid, right: Laid, most: float, lift: int = 1) -> Laid:
    """One in front between two, at most `most` of these hidden."""
    a = nearest_right(left, middle, most, lift)
    b = nearest_right(middle, right, most, -lift)
    return put_together([(left, 0, -lift), (right, a + b, -lift), (middle, a, 0)])
