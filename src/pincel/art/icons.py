"""Drawings by rules for canvases of fewer than 32 pixels.

There are two ways, and each kind of thing has the one that looks better (or the other one where a
drawing would fall to pieces). *Drawn*: the rule itself
draws at that size, a little larger or smaller until it fills the canvas within its outline; what
parts it from itself is a dark shade, not the line that it is at 32 pixels. *Brought down*: it is
drawn at 64 pixels, and each pixel of the small one is of the material that covers most of it there
(small marks, as eyes, weigh more) in the mean of its shades; then it is outlined anew.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from pincel.art.easel import DARK, LIGHT, LINE, Easel, around
from pincel.art.kinds import Shade
from pincel.art.sprite import Sprite

FINE = 64
"""Pixels of what is brought down."""
MOST_COLORS = 16
_EACH = 8
WHOLE = 0.85
_COVERED = 0.46
"""So much of a pixel is covered where it belongs to the drawing."""
_LINE_COVERED = 0.24
_MARK = 1.9
"""A blob of a mark that is smaller than so many small pixels becomes one."""
_SIZES = (1.14, 1.1, 1.07, 1.04, 1.01, 0.98, 0.95, 0.92, 0.89, 0.86, 0.82, 0.78, 0.74)

Rule = Callable[[int, float, int], tuple[Easel, Mapping[str, Shade]]]
"""(side, size, room) -> an easel of that side with so much room around it on each side, drawn so
many times as large as usual, and the colour of each material."""


BROUGHT_DOWN = frozenset((
    "shield", "coin", "robe", "dress", "skirt", "jacket", "cloak", "shelves", "rug", "tie",
    "candy cane", "house", "cottage", "cabin", "church", "hut", "temple", "igloo", "well", "willow",
    "daisy", "lily", "tulip", "rose", "maple leaf", "pineapple", "cookie", "pizza", "fries",
    "roast", "honey", "croissant", "lighthouse", "windmill", "tower", "barn", "gear", "skull",
    "eyeball", "clock", "volcano", "phone", "note", "rain cloud", "ore", "umbrella", "skateboard",
    "truck", "compass", "headphone", "gauge", "kite", "boomerang", "trumpet", "tractor", "airship",
    "saw", "hot air balloon",
))  # fmt: skip
"""Kinds that are brought down; all others are drawn at their size."""
LINED = frozenset((
    "chest", "box", "mimic", "sarcophagus", "basketball", "rope", "chain", "web", "treasure",
    "medal", "grass", "burger", "grapes", "bicycle",
))  # fmt: skip
"""Kinds that keep the lines within them."""


def icon(kind: str, rule: Rule, side: int, share: float = 1.0, low: bool = False) -> Sprite:
    """What the rule of a kind draws as a sprite (side, side) of at most 16 colours. It fills the
    canvas in one direction, or `share` of it where that is less than 0.85; `low`: it stands on the
    lowest row."""
    inner = round((side - 2) * (share if share < WHOLE else 1))
    ways = (_brought_down, _drawn) if kind in BROUGHT_DOWN else (_drawn, _brought_down)
    e, colors = ways[0](rule, side, inner)
    if _pieces(e) > 1:
        other = ways[1](rule, side, inner)
        if _pieces(other[0]) < _pieces(e):
            e, colors = other
    if kind not in LINED:
        e.codes[(e.codes >= 0) & (e.codes % _EACH == LINE)] += DARK
    e.codes, e.side = on_icon(e.codes, side, low), side
    settled(e)
    return e.sprite(colors, MOST_COLORS)


def _pieces(e: Easel) -> int:
    """Of how many pieces a drawing is within its outline; corners touch."""
    from scipy import ndimage

    shown = e.codes >= 0
    return int(ndimage.label(shown | around(shown), np.ones((3, 3)))[1])


def _drawn(rule: Rule, side: int, inner: int) -> tuple[Easel, Mapping[str, Shade]]:
    """As large as it fits `inner` pixels."""
    share = inner / (side - 2)
    room = side // 4
    e, colors = rule(side, share, room)
    most = inner / max(_longer(e) - 1, 1)
    for size in _SIZES:
        if size > most:
            continue
        e, colors = rule(side, size * share, room)
        if _longer(e) <= inner:
            break
    return e, colors


def _longer(e: Easel) -> int:
    rows, columns = extent(e.codes >= 0)
    return max(rows[1] - rows[0], columns[1] - columns[0])


def _brought_down(rule: Rule, side: int, inner: int) -> tuple[Easel, Mapping[str, Shade]]:
    e, colors = rule(FINE, 1.0, FINE // 4)
    shown = e.codes >= 0
    material = np.where(shown, e.codes // _EACH, -1)
    shade = np.where(shown, np.maximum(e.codes % _EACH, 0.4), 0.0)
    total = max(int(shown.sum()), 1)
    weights = {}
    for place in range(len(e.materials)):
        weights[place] = 1.5 if (material == place).sum() < 0.05 * total else 1.0
    small, level = lessened(material, shade, inner, weights)
    e.codes = np.where(small >= 0, _EACH * small + np.clip(level, DARK, LIGHT), -1)
    return e, colors


def lessened(
    material: np.ndarray,
    shade: np.ndarray,
    side: int,
    weights: Mapping[int, float],
    extents: tuple[tuple[int, int], tuple[int, int]] | None = None,
    lines: np.ndarray | None = None,
) -> tuple[np.ndarray, np.ndarray]:
    """A drawing, its materials (s, s) int with -1 where nothing is and shades (s, s), brought down
    so that it is `side` pixels at most both ways: its materials and shades, (h, w) int.

    weights   how much more than its area a material counts;  extents  first and last + 1 rows and
    columns that are brought down, without it those in use;  lines  (s, s) bool, where one part lies
    on another: such pixels are of the darkest shade, 0
    """
    rows, columns = extents or extent(material >= 0)
    k = max(rows[1] - rows[0], columns[1] - columns[0]) / side
    down = _weights(rows, k, side, material.shape[0])
    along = _weights(columns, k, side, material.shape[1])
    found = np.unique(material[material >= 0])
    cover = np.stack([down @ (material == one) @ along.T for one in found])
    light = np.stack([down @ ((material == one) * shade) @ along.T for one in found])
    strong = cover * np.array([weights.get(int(one), 1.0) for one in found])[:, None, None]
    best = np.round(strong, 6).argmax(0)[None]
    own = np.take_along_axis(cover, best, 0)[0]
    level = np.take_along_axis(light, best, 0)[0] / np.maximum(own, 1e-9)
    there = np.round(cover.sum(0), 6) >= _COVERED
    level = np.floor(np.round(level, 6) + 0.5).astype(int)
    if lines is not None:
        level[np.round(down @ lines @ along.T, 6) >= _LINE_COVERED] = 0
    return np.where(there, found[best[0]], -1), level


def extent(shown: np.ndarray) -> tuple[tuple[int, int], tuple[int, int]]:
    """The first and the last + 1 row and column in use of bool (h, w); all where none is."""
    found = []
    for axis in (1, 0):
        used = np.flatnonzero(shown.any(axis))
        found.append((int(used[0]), int(used[-1]) + 1) if len(used) else (0, shown.shape[1 - axis]))
    return found[0], found[1]


def _weights(used: tuple[int, int], k: float, most: int, total: int) -> np.ndarray:
    """(n, total): how much of each of n small pixels lies on each of the large ones, k of them
    long; they lie in the middle of those in use."""
    number = int(np.clip(round((used[1] - used[0]) / k), 1, most))
    first = (used[0] + used[1]) / 2 - number * k / 2
    edges = first + k * np.arange(number + 1)
    at = np.arange(total)
    last = np.minimum(edges[1:, None], at + 1)
    return np.clip(last - np.maximum(edges[:-1, None], at), 0, None) / k


def on_icon(codes: np.ndarray, side: int, low: bool) -> np.ndarray:
    """What is in use of codes, (h, w) int, in the middle of (side, side) or above its lowest row, a
    pixel from its border."""
    rows, columns = extent(codes >= 0)
    own = codes[slice(*rows), slice(*columns)][: side - 2, : side - 2]
    made = np.full((side, side), -1)
    top, left = ((side - n + 1) // 2 for n in own.shape)
    top = side - 1 - own.shape[0] if low else top
    made[top : top + own.shape[0], left : left + own.shape[1]] = own
    return made


def settled(e: Easel) -> None:
    """Lone pixels of a shade take that of their neighbours, and loose pixels go."""
    for material in list(e.materials):
        e.calm(material)
    held = np.pad(e.codes >= 0, 1)
    near = sum(np.roll(held, (y, x), (0, 1)) for y in (-1, 0, 1) for x in (-1, 0, 1) if x or y)
    e.codes[np.asarray(near)[1:-1, 1:-1] == 0] = -1


def small_marks(
    material: np.ndarray,
    marks: set[int],
    side: int,
    extents: tuple[tuple[int, int], tuple[int, int]],
    least: float = 0.3,
) -> list[tuple[int, int, set[int]]]:
    """Blobs of `marks` in materials (s, s) int that are of `least` to _MARK pixels of a drawing
    that is brought down as `lessened` does: row and column there, and the materials of each."""
    from scipy import ndimage

    rows, columns = extents
    k = max(rows[1] - rows[0], columns[1] - columns[0]) / side
    number, count = ndimage.label(np.isin(material, list(marks)))
    found = []
    for one in range(1, count + 1):
        blob = number == one
        if blob.sum() > _MARK * k * k or blob.sum() < least * k * k:
            continue
        y, x = np.argwhere(blob).mean(0) + 0.5
        place = []
        for at, used in ((y, rows), (x, columns)):
            many = int(np.clip(round((used[1] - used[0]) / k), 1, side))
            first = (used[0] + used[1]) / 2 - many * k / 2
            place.append(int(np.clip((at - first) // k, 0, many - 1)))
        found.append((place[0], place[1], set(np.unique(material[blob]).tolist())))
    return found
