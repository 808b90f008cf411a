"""Parts written as shapes (ellipses, limbs, outlines through points), drawn in three shades.

A line of a shape file is one mass of one role:

    role[marks] kind numbers [| kind numbers ...]

kinds   o x,y rx,ry[,degrees]      an ellipse
        l x,y,r x,y,r ...          a limb: a chain of round pieces that grow thinner or thicker
        s x,y x,y ...              a smooth shape through the points;  p: with corners
        d x,y x,y ...              single pixels
marks   !  a line where it lies on what is behind it     -  one shade darker (the far side)
        +  one shade lighter        =  in one shade, unshaded
        ~  a pattern: only on the mass before it, in the shades of that
        &n moves with leg n (1, 2 the near ones, 3, 4 the far ones) of a walk

All numbers are pixels of a canvas of 32, y downwards. Light comes from the upper left: what faces
it is light, what is turned away dark, and clusters of a few pixels are taken into their neighbours.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from pincel.art.drawn_parts import SIDE

ROOM = SIDE + 8
"""Shapes are drawn with four pixels to spare on each side."""
SHADES = 3
LIGHT = np.array([-0.5, -0.68, 0.54])
GROUND = 30
"""No leg reaches lower."""
_BRIGHT, _DIM = 0.86, 0.12
_LEAST = {2: 5, 0: 3}
"""A patch of light or of shade smaller than this is taken into its neighbours."""


@dataclass(frozen=True)
class Mass:
    """A line of a shape file: see above."""

    role: str
    marks: str
    kinds: tuple[tuple[str, tuple[tuple[float, ...], ...]], ...]
    leg: int = 0


def read_mass(line: str) -> Mass:
    """A mass as a line says it. ValueError for a line that is none."""
    head, rest = line.split(None, 1)
    role = head.rstrip("!-+=~&1234")
    marks = head[len(role) :]
    leg = int(marks.partition("&")[2][:1] or 0)
    kinds = []
    for piece in rest.split("|"):
        kind, *numbers = piece.split()
        if kind not in "olspd":
            raise ValueError(line)
        kinds.append((kind, tuple(tuple(map(float, n.split(","))) for n in numbers)))
    return Mass(role, marks.partition("&")[0], tuple(kinds), leg)


def drawn_mass(mass: Mass, where: Place) -> tuple[np.ndarray, np.ndarray]:
    """A mass in its place, where s = ROOM x scale of the place: where it is, (s, s) bool, and its
    shades there, (s, s) int, 0 dark to 2 light."""
    room = round(ROOM * where.scale)
    y, x = (np.mgrid[:room, :room] + 0.5) / where.scale - (ROOM - SIDE) / 2
    inside = np.zeros((room, room), bool)
    best = np.full((room, room), -1.0)
    normal = np.zeros((3, room, room))
    for kind, numbers in mass.kinds:
        placed = where.placed(kind, numbers, mass.leg)
        if kind == "s":
            placed = _curve(placed)
        own = _window(kind, placed, where.scale, room)
        if not x[own].size:
            continue
        here, height, faces = _KINDS[kind](x[own], y[own], placed)
        higher = here & (height > best[own])
        inside[own] |= here
        best[own][higher] = height[higher]
        normal[:, *own][:, higher] = faces[:, higher]
    if mass.leg:
        inside &= y < GROUND
    if where.right:
        inside, normal = inside[:, ::-1], normal[:, :, ::-1] * np.array([-1, 1, 1])[:, None, None]
    shade = np.ones((room, room), int)
    if "=" not in mass.marks and all(kind != "d" for kind, _ in mass.kinds):
        shade = _shaded(normal, inside, where.scale)
    shade += mass.marks.count("+") - mass.marks.count("-")
    return inside, np.clip(shade, 0, 2)


@dataclass(frozen=True)
class Place:
    """Where a mass is put: its points are moved, after they were made larger about a centre; a leg
    of a walk besides: its foot is forward by `steps` and up by `lifts` (n: pixels). All of it is
    drawn at `scale` pixels for each."""

    x: float = 0.0
    y: float = 0.0
    wide: float = 1.0
    high: float = 1.0
    centre: tuple[float, float] = (16.0, 29.0)
    steps: tuple[float, ...] = ()
    lifts: tuple[float, ...] = ()
    scale: float = 1.0
    right: bool = False
    """Whether all is mirrored, but for the light."""

    def placed(
        self, kind: str, numbers: tuple[tuple[float, ...], ...], leg: int
    ) -> list[tuple[float, ...]]:
        """The numbers of a shape, moved."""
        found: list[tuple[float, ...]] = []
        last = len(numbers) - 1
        if kind == "d":  # pixels move as a whole
            first = numbers[0]
            dx = round((first[0] - self.centre[0]) * (self.wide - 1) + self.x)
            dy = round((first[1] - self.centre[1]) * (self.high - 1) + self.y)
            if leg and self.steps:
                dx, dy = round(dx + self.steps[leg - 1]), round(dy - self.lifts[leg - 1])
            return [(n[0] + dx, n[1] + dy) for n in numbers]
        for place, given in enumerate(numbers):
            if kind == "o" and place:  # radii, degrees
                found.append((given[0] * self.wide, given[1] * self.high, *given[2:]))
                continue
            px = (given[0] - self.centre[0]) * self.wide + self.centre[0] + self.x
            py = (given[1] - self.centre[1]) * self.high + self.centre[1] + self.y
            if leg and self.steps:
                share = place / last if last else 1.0
                px += self.steps[leg - 1] * share
                py -= self.lifts[leg - 1] * share
            found.append((px, py, *(n * (self.wide * self.high) ** 0.5 for n in given[2:])))
        return found


# ---------------------------------------------------------------------------------- shapes


def _window(
    kind: str, numbers: list[tuple[float, ...]], scale: float, room: int
) -> tuple[slice, slice]:
    """Rows and columns that hold all of a shape."""
    points = numbers[:1] if kind == "o" else numbers
    reach = 1.0
    if kind == "o":
        reach = max(numbers[1][:2])
    elif kind == "l":
        reach = max(n[2] for n in numbers)
    found = []
    for axis in (1, 0):
        places = [n[axis] for n in points]
        low = (min(places) - reach + (ROOM - SIDE) / 2) * scale
        high = (max(places) + reach + (ROOM - SIDE) / 2) * scale
        found.append(slice(max(0, int(low) - 2), max(0, min(room, int(high) + 3))))
    return found[0], found[1]


def _ellipse(
    x: np.ndarray, y: np.ndarray, numbers: list[tuple[float, ...]]
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    (cx, cy), (rx, ry, *more) = numbers[0][:2], numbers[1]
    turn = np.deg2rad(more[0]) if more else 0.0
    c, s = np.cos(turn), np.sin(turn)
    u = ((x - cx) * c + (y - cy) * s) / rx
    v = ((y - cy) * c - (x - cx) * s) / ry
    far = u * u + v * v
    up = np.sqrt(np.clip(1 - far, 0, 1))
    faces = np.stack([u * c - v * s, u * s + v * c, up])
    return far < 1, up * min(rx, ry), faces


def _limb(
    x: np.ndarray, y: np.ndarray, numbers: list[tuple[float, ...]]
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    inside = np.zeros(x.shape, bool)
    best = np.full(x.shape, -1.0)
    faces = np.zeros((3, *x.shape))
    pairs = list(pairwise(numbers)) or [(numbers[0], numbers[0])]
    for (ax, ay, ar), (bx, by, br) in pairs:
        dx, dy = bx - ax, by - ay
        length = dx * dx + dy * dy
        t = np.clip(((x - ax) * dx + (y - ay) * dy) / length, 0, 1) if length else x * 0
        wide = ar + t * (br - ar)
        u, v = (x - ax - t * dx) / wide, (y - ay - t * dy) / wide
        far = u * u + v * v
        up = np.sqrt(np.clip(1 - far, 0, 1))
        higher = (far < 1) & (up * wide > best)
        inside |= far < 1
        best[higher] = (up * wide)[higher]
        faces[:, higher] = np.stack([u, v, up])[:, higher]
    return inside, best, faces


def _polygon(
    x: np.ndarray, y: np.ndarray, points: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Inside, and rounded towards its border."""
    ax, ay = (one[:, None, None] for one in points.T)
    bx, by = (one[:, None, None] for one in np.roll(points, -1, 0).T)
    dx, dy = bx - ax, by - ay
    rise = np.where(dy == 0, 1, dy)
    inside = np.logical_xor.reduce(((ay > y) != (by > y)) & (x < dx * (y - ay) / rise + ax), 0)
    length = dx * dx + dy * dy
    t = np.clip(((x - ax) * dx + (y - ay) * dy) / np.where(length == 0, 1, length), 0, 1)
    u, v = x - ax - t * dx, y - ay - t * dy
    first = np.expand_dims((u * u + v * v).argmin(0), 0)
    away = -np.concatenate([np.take_along_axis(one, first, 0) for one in (u, v)])
    near = np.hypot(*away)
    near = np.where(inside, near, 0)
    deep = min(max(float(near.max()), 0.5), 5.0)
    slope = np.clip(1 - near / deep, 0, 1)
    faces = np.stack([*(away / np.maximum(np.hypot(*away), 1e-6) * slope),
                      np.sqrt(np.clip(1 - slope**2, 0, 1))])  # fmt: skip
    return inside, near, faces


def _cornered(
    x: np.ndarray, y: np.ndarray, numbers: list[tuple[float, ...]]
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    return _polygon(x, y, np.array([n[:2] for n in numbers]))


def _curve(numbers: list[tuple[float, ...]]) -> list[tuple[float, ...]]:
    """Points of a smooth line through all points (Catmull and Rom, 1974)."""
    p = np.array([n[:2] for n in numbers])
    before, after, last = np.roll(p, 1, 0), np.roll(p, -1, 0), np.roll(p, -2, 0)
    curve = []
    for t in (0, 0.25, 0.5, 0.75):
        curve.append(0.5 * (2 * p + (after - before) * t
                            + (2 * before - 5 * p + 4 * after - last) * t * t
                            + (3 * p - before - 3 * after + last) * t**3))  # fmt: skip
    return [(float(x), float(y)) for x, y in np.stack(curve, 1).reshape(-1, 2)]


def _dots(
    x: np.ndarray, y: np.ndarray, numbers: list[tuple[float, ...]]
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    inside = np.zeros(x.shape, bool)
    column, row = np.floor(x), np.floor(y)
    for px, py in (n[:2] for n in numbers):
        inside |= (column == int(px)) & (row == int(py))
    return inside, inside.astype(float), np.zeros((3, *x.shape))


_KINDS = {"o": _ellipse, "l": _limb, "p": _cornered, "s": _cornered, "d": _dots}


# ---------------------------------------------------------------------------------- shades


def _shaded(normal: np.ndarray, inside: np.ndarray, scale: float) -> np.ndarray:
    """Three shades by how much a surface faces the light; outside it the middle one."""
    rows, columns = np.flatnonzero(inside.any(1)), np.flatnonzero(inside.any(0))
    found = np.ones(inside.shape, int)
    if not len(rows):
        return found
    own = np.s_[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    inside, normal = inside[own], normal[:, *own]
    soft = 0.7 * scale
    weight = blurred(inside.astype(float), soft)
    even = np.stack([blurred(one * inside, soft) for one in normal])
    even /= np.maximum(weight, 1e-6)
    even /= np.maximum(np.linalg.norm(even, axis=0), 1e-6)
    lit = np.round(np.tensordot(LIGHT / np.linalg.norm(LIGHT), even, 1), 5)
    shade = np.where(lit > _BRIGHT, 2, np.where(lit < _DIM, 0, 1))
    for level, least in _LEAST.items():
        number = patches(inside & (shade == level))
        size = np.bincount(number.ravel())
        shade[(number > 0) & (size[number] < least * scale**2)] = 1
    found[own] = shade
    return found


def blurred(values: np.ndarray, soft: float) -> np.ndarray:
    """Values (h, w) float blurred by a Gauss curve of so many pixels, both ways, float (h, w):
    plain numpy, as SciPy takes long to load."""
    reach = int(4 * soft + 0.5)
    curve = np.exp(-0.5 * (np.arange(-reach, reach + 1) / soft) ** 2)
    curve /= curve.sum()
    for axis in (0, 1):
        size = values.shape[axis]
        held = np.zeros((size + 2 * reach, values.shape[1 - axis]))
        held[reach : reach + size] = values if axis == 0 else values.T
        total = np.zeros((size, values.shape[1 - axis]))
        for n, share in enumerate(curve):
            total += share * held[n : n + size]
        values = total if axis == 0 else total.T
    return values


def patches(marked: np.ndarray) -> np.ndarray:
    """The number of the patch that each pixel marked, bool (h, w), belongs to (sides touch), 0
    outside: int (h, w)."""
    high, wide = marked.shape
    number = np.zeros((high + 2, wide + 2), int)
    inner = number[1:-1, 1:-1]
    inner[marked] = np.arange(number.size).reshape(number.shape)[1:-1, 1:-1][marked]
    while True:
        now = np.maximum(number[:-2, 1:-1], number[2:, 1:-1])
        np.maximum(now, number[1:-1, :-2], out=now)
        np.maximum(now, number[1:-1, 2:], out=now)
        np.maximum(now, inner, out=now)
        now *= marked
        if np.array_equal(now, inner):
            row, column = now // (wide + 2) - 1, now % (wide + 2) - 1
            return np.where(marked, row * wide + column + 1, 0)
        inner[:] = now
        inner[:] = number.ravel()[inner]  # as far as the pixel has come that it is named for
