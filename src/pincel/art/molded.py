"""What signs and nature drawn by rules are laid with: smooth shapes, swollen ones and their light;
and what a kind of them is described by."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from pincel.art.easel import DARK, LIGHT, LOW, MID, Easel, Point, around
from pincel.art.kinds import SceneryLook, Shade
from pincel.art.variety import Variety

_LAMP = np.array([-0.52, -0.68, 0.52])
_STEPS = (0.02, 0.36, 0.8)
_LEAST = 4
"""A patch of one shade smaller than this (at 32 pixels) is taken into its neighbours."""
_SWEEPS = 90
_CROSS = np.array([[0, 1, 0], [1, 1, 1], [0, 1, 0]])

Rule = Callable[[Easel, Variety, SceneryLook], None]


@dataclass(frozen=True)
class Sign:
    """A kind of sign or piece of nature.

    draw     its rule;  main  the materials that take the colours said of the whole, in their order
    parts    the parts that can be named, each with the material that shows it
    colors   material to the colours it comes in
    states   forms that can be said ("broken", "left")
    """

    draw: Rule
    main: tuple[str, ...]
    parts: Mapping[str, str] = field(default_factory=dict)
    colors: Mapping[str, tuple[Shade, ...]] = field(default_factory=dict)
    states: frozenset[str] = frozenset()


KINDS: dict[str, Sign] = {}


def kind(
    name: str,
    main: str,
    parts: str = "",
    states: str = "",
    **colors: tuple[Shade, ...],
) -> Callable[[Rule], Rule]:
    """Enters a rule in KINDS under a name; `parts` as "pole" or "stripe=mark", several with spaces
    between."""

    def entered(draw: Rule) -> Rule:
        pairs = [one.partition("=") for one in parts.split()]
        named = {part: material or part for part, _, material in pairs}
        KINDS[name] = Sign(draw, tuple(main.split()), named, colors, frozenset(states.split()))
        return draw

    return entered


# ---------------------------------------------------------------------------------- shapes


def pts(text: str, x: tuple[float, float] = (0, 1), y: tuple[float, float] = (0, 1)) -> list[Point]:
    """Points as text, "16,2 8.6,4"; of each axis what is added and what it is multiplied by."""
    pairs = (one.split(",") for one in text.split())
    return [(x[0] + x[1] * float(a), y[0] + y[1] * float(b)) for a, b in pairs]


def plaque(
    e: Easel, left: float, top: float, right: float, bottom: float, round_: float
) -> np.ndarray:
    """A rectangle with round corners, bool (side, side)."""
    dx = np.maximum(np.maximum(left + round_ - e.x, e.x - right + round_), 0)
    dy = np.maximum(np.maximum(top + round_ - e.y, e.y - bottom + round_), 0)
    return e.box(left, top, right, bottom) & (dx * dx + dy * dy <= round_ * round_)


def curved(e: Easel, points: Sequence[Point]) -> np.ndarray:
    """What lies within a smooth closed line through points (Catmull and Rom, 1974), bool (side,
    side)."""
    return e.polygon(_curve(points))


def _curve(points: Sequence[Point]) -> list[Point]:
    p = np.array(points, float)
    before, after, last = np.roll(p, 1, 0), np.roll(p, -1, 0), np.roll(p, -2, 0)
    curve = [
        0.5 * (2 * p + (after - before) * t + (2 * before - 5 * p + 4 * after - last) * t * t
               + (3 * p - before - 3 * after + last) * t**3)
        for t in (0, 0.25, 0.5, 0.75)
    ]  # fmt: skip
    return [(float(x), float(y)) for x, y in np.stack(curve, 1).reshape(-1, 2)]


def both_sides(points: Sequence[Point], middle: float = 16.0) -> list[Point]:
    """A left half, from the top to the bottom, and its mirror image."""
    right = [(2 * middle - x, y) for x, y in reversed(points) if abs(x - middle) > 1e-6]
    return [*points, *right]


def turned(points: Sequence[Point], degrees: float, about: Point = (16.0, 16.0)) -> list[Point]:
    """Points turned clockwise about one."""
    c, s = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    x0, y0 = about
    return [(x0 + (x - x0) * c - (y - y0) * s, y0 + (x - x0) * s + (y - y0) * c)
            for x, y in points]  # fmt: skip


def flipped(points: Sequence[Point], way: int) -> list[Point]:
    """Points as they are, or mirrored about the middle where `way` is below 0."""
    return [(x if way > 0 else 32 - x, y) for x, y in points]


def star(x: float, y: float, reach: tuple[float, float], number: int, turn: float = 0.0) -> list:
    """The corners of a star: (outer, inner) radius, so many points, the first one upwards."""
    found = []
    for n in range(2 * number):
        angle = math.radians(turn) + math.pi * n / number
        r = reach[n % 2]
        found.append((x + r * math.sin(angle), y - r * math.cos(angle)))
    return found


# ----------------------------------------------------------------------------------- light


def swollen(e: Easel, mask: np.ndarray, deep: float = 99.0) -> np.ndarray:
    """How much light a mask, bool (side, side), has that swells up within its border, -1 to 1,
    (side, side): like a ball or a cushion, or, where it is wider than twice `deep` units, flat but
    for its rim.

    Its height is twice the root of u where u'' - u / deep^2 = -1 and u is 0 outside, solved by
    successive over-relaxation: of a disc it is a half ball.
    """
    held = np.pad(mask, 1).astype(float)
    rows, columns = np.flatnonzero(held.any(1)), np.flatnonzero(held.any(0))
    if not len(rows):
        return np.zeros(mask.shape)
    window = np.s_[rows[0] - 1 : rows[-1] + 2, columns[0] - 1 : columns[-1] + 2]
    here = held[window]
    across = max(1.0, min(float(np.ptp(rows)), float(np.ptp(columns)), 4 * deep * e.k))
    over = 2 / (1 + math.sin(math.pi / (across + 2)))
    whole = 4 + 1 / (deep * e.k) ** 2
    u = _relaxed(here > 0, over, whole)
    height = 2 * np.sqrt(np.maximum(u, 0))
    down, along = np.gradient(height)
    full = np.sqrt(down * down + along * along + 1)
    light = (-_LAMP[0] * along - _LAMP[1] * down + _LAMP[2]) / full
    found = np.zeros_like(held)
    found[window] = np.round(light, 5)
    return found[1:-1, 1:-1]


def _relaxed(here: np.ndarray, over: float, whole: float) -> np.ndarray:
    """The root of `swollen`, float (h, w), within bool (h, w) whose border is False, after so many
    sweeps over every other pixel in turn.

    In rows of an odd length, one after another, the pixels of one colour of a chessboard are every
    other number: each colour is one array, in which neighbours stand at fixed distances.
    """
    high, wide = here.shape
    row = wide + 1 - wide % 2
    flat = np.zeros((high, row))
    flat[:, :wide] = here * over
    half, end = row // 2, (high - 1) * row // 2
    run = np.s_[half + 1 : end]
    boards = [np.zeros((high * row + 1) // 2) for _ in range(2)]
    near = np.empty(max(0, end - half - 1))
    turns = []
    for n, own in enumerate(boards):
        up, down, left, right = (
            boards[1 - n][half + 1 + by : end + by] for by in (n - half - 1, n + half, n - 1, n)
        )
        turns.append((own[run], flat.ravel()[n::2][run], up, down, left, right))
    for _ in range(_SWEEPS):
        for own, share, up, down, left, right in turns:
            np.add(up, down, out=near)
            near += left
            near += right
            near += 1
            near /= whole
            near -= own
            near *= share
            own += near
    flat.ravel()[0::2], flat.ravel()[1::2] = boards[0], boards[1][: high * row // 2]
    return flat[:, :wide]


def swell(
    e: Easel, mask: np.ndarray, material: str, more: float = 0.0, deep: float = 99.0
) -> np.ndarray:
    """A swollen mask, bool (side, side), of a material over what is there, `more` (-1 to 1) light
    on it, flat further than `deep` units (above 0) from its border; small patches of a
    shade go to their neighbours. The mask comes back."""
    return model(e, mask, material, swollen(e, mask, deep) + more)


def model(e: Easel, mask: np.ndarray, material: str, light: np.ndarray) -> np.ndarray:
    """A material over a mask, bool (side, side), in the shades of a light, float (side, side),
    without small patches. The mask comes back."""
    shade = DARK + np.digitize(light, _STEPS)
    for _ in range(2):
        before, shade = shade, _settled(shade, mask, _LEAST * e.k)
        if np.array_equal(before, shade):
            break
    return e.lay(mask, material, shade)


def _settled(shade: np.ndarray, mask: np.ndarray, least: float) -> np.ndarray:
    """Patches smaller than `least` pixels take the shade that most pixels around them have."""
    from scipy import ndimage

    made = shade.copy()
    for level in (DARK, LOW, MID, LIGHT):
        where = mask & (shade == level)
        if not where.any():
            continue
        number, _ = ndimage.label(where, _CROSS)
        size = np.bincount(number.ravel())
        for one in np.flatnonzero(size[1:] < least) + 1:
            patch = number == one
            beside = shade[around(patch) & mask]
            if len(beside):
                made[patch] = np.bincount(beside).argmax()
    return made


def sheen(e: Easel, mask: np.ndarray, x: float, y: float, form: int = 0, size: float = 1.0) -> None:
    """A reflection on something smooth: a spot, two of them, a bar, a bow (`form` 0 to 3); only
    within a mask, bool (side, side)."""
    s = size
    shape = (
        lambda: e.oval(x, y, 2.2 * s, 1.7 * s),
        lambda: e.oval(x, y, 1.9 * s, 1.5 * s) | e.oval(x - 1.3 * s, y + 3.4 * s, 0.9 * s),
        lambda: e.stroke([(x - 1.6 * s, y + 1.8 * s), (x + 1.8 * s, y - 1.6 * s)], 1.9 * s),
        lambda: e.stroke([(x - 1.8 * s, y + 2.6 * s), (x - 1.4 * s, y - 0.2 * s),
                          (x + 1.4 * s, y - 1.6 * s)], 1.7 * s),
    )[form % 4]()  # fmt: skip
    e.lay(shape & mask, "shine", LIGHT)
