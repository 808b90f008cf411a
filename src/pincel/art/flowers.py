"""Flowers and small plants drawn by rules: stems, leaves, petals around a centre, caps, spines."""

from __future__ import annotations

import math

import numpy as np

from pincel.art.easel import DARK, LIGHT, LOW, MID, Easel, Point, around
from pincel.art.variety import Variety

STEM = ("2a5a2c", "4d9440", "93c950")
BLOOMS = ("red", "yellow", "blue", "white", "pink", "purple", "orange", "cyan")
CENTRE = ("9c6a10", "e8b020", "fff07a")
SEEDS = ("3a2010", "6a3c1c", "96602c")
DECAL = ("a0522c", "d6862e", "f4bc4c")


def daisy(e: Easel, v: Variety, petals: int = 0) -> None:
    """Petals around a centre, on a stem with leaves."""
    number = petals or v.turn((8, 6, 5, 7), 1)
    reach = v.turn((8.6, 9.2, 7.8), 2)
    middle = (16.0, 1.8 + reach)
    stem(e, v, middle[1] + 2, pairs=v.turn((1, 2), 1))
    wide = min(2.2 * math.pi * reach * 0.62 / number / 2, 4.0)
    blossom(e, middle, (number, reach, wide), v.turn((0.0, 0.5), 1))
    heart = v.turn((2.8, 3.4, 3.0), 1)
    disc(e, middle, heart)


def marguerite(e: Easel, v: Variety) -> None:
    """Many narrow petals around a wide centre."""
    middle = (16.0, 11.2)
    stem(e, v, 14.0, pairs=v.turn((1, 2), 1))
    number = v.turn((12, 10, 13, 11))
    blossom(e, middle, (number, v.turn((9.6, 8.8), 1), 21.0 / number), v.turn((0.0, 0.5), 1))
    disc(e, middle, v.turn((3.6, 3.0, 4.2), 2))


def sunflower(e: Easel, v: Variety) -> None:
    """Two rows of pointed petals around a wide disc of seeds."""
    middle = (16.0, 11.5)
    stem(e, v, 15.0, pairs=v.turn((1, 2), 1), big=True)
    number = v.turn((12, 14, 11, 13))
    blossom(e, middle, (number, 10.3, 2.3), 0.5, pointed=True, shade=-1)
    blossom(e, middle, (number, 9.6, 2.3), 0.0, pointed=True)
    r = v.turn((4.8, 5.4, 4.4))
    disc(e, middle, r)
    grain = (e.column + e.row) % 2 == 0
    e.shaded(e.oval(*middle, r - 1.2) & grain & (e.noise(v.whole(0, 99), 2, 2) > 0.35), -1)


def blossom(
    e: Easel, middle: Point, size: tuple[int, float, float], turned: float,
    pointed: bool = False, shade: int = 0,
) -> None:  # fmt: skip
    """Petals: (number, how far they reach, how wide), turned by a share of the way to the next."""
    number, reach, wide = size
    angles = [2 * math.pi * (n + turned) / number - math.pi / 2 for n in range(number)]
    for angle in sorted(angles, key=lambda one: math.sin(one) + 0.3 * math.cos(one)):
        u = (e.x - middle[0]) * math.cos(angle) + (e.y - middle[1]) * math.sin(angle)
        w = -(e.x - middle[0]) * math.sin(angle) + (e.y - middle[1]) * math.cos(angle)
        t = np.clip(u / reach, 0, 1)
        half = wide * (np.sin(np.pi * t**0.8) ** 0.6 if pointed else _rounded(t))
        shape = (np.abs(w) <= half) & (u > 0) & (u <= reach)
        light = -0.52 * math.cos(angle) - 0.68 * math.sin(angle)
        bright = MID + shade + (light > 0.45) - (light < -0.62)
        e.edged(shape, DARK)
        e.lay(shape, "petal", int(np.clip(bright, DARK, LIGHT)))
        e.lay(shape & (u < reach * 0.42), "petal", int(np.clip(bright - 1, DARK, LIGHT)))


def _rounded(t: np.ndarray) -> np.ndarray:
    """The half width of a petal that is round at its tip, along its length."""
    tip = np.sqrt(np.maximum(1 - ((t - 0.66) / 0.34) ** 2, 0))
    return np.where(t > 0.66, tip, 0.35 + 0.65 * np.sin(np.pi / 2 * t / 0.66))


def disc(e: Easel, middle: Point, r: float) -> None:
    """The centre of a flower."""
    shape = e.oval(*middle, r)
    e.edged(shape, DARK)
    e.lit(shape, "centre", e.ball(*middle, r))


def stem(
    e: Easel, v: Variety, top: float, pairs: int = 1, big: bool = False, foot: float = 31.0
) -> None:
    """A stem from the ground up with leaves on both sides."""
    bend = v.turn((0.0, 1.0, -1.0), 2)
    points = [(16 + bend * math.sin(math.pi * t), foot - (foot - top) * t)
              for t in np.linspace(0, 1, 8)]  # fmt: skip
    line = e.stroke(points, 2.2) & (e.y < foot)
    e.lay(line, "stem", LOW)
    e.lay(line & ~np.pad(line, ((0, 0), (1, 0)))[:, :-1], "stem", MID)
    size = 8.5 if big else 7.4
    for pair in range(pairs):
        y = foot - 1.5 - pair * 4.5
        for way in (-1, 1):
            if pairs == 1 or v.chance(0.85):
                rise = v.between(0.45, 0.75)
                blade(
                    e, (16 + way * 0.8, y - (way > 0) * 1.2), (way * size * (1 - 0.15 * pair), rise)
                )


def blade(e: Easel, start: Point, to: tuple[float, float], wide: float = 1.9) -> np.ndarray:
    """A leaf with a rib; `to` is how far it reaches to the side and how steeply it rises.
    Its mask, bool (side, side), comes back."""
    dx, rise = to
    end = (start[0] + dx, start[1] - abs(dx) * rise)
    length = math.hypot(end[0] - start[0], end[1] - start[1])
    c, s = (end[0] - start[0]) / length, (end[1] - start[1]) / length
    u = ((e.x - start[0]) * c + (e.y - start[1]) * s) / length
    w = (e.x - start[0]) * -s + (e.y - start[1]) * c
    half = wide * np.sin(np.pi * np.clip(u, 0, 1) ** 0.85) ** 0.8
    shape = (u >= 0) & (u <= 1) & (np.abs(w) <= np.maximum(half, 0.35))
    above = w * (1 if c > 0 else -1) < 0
    e.edged(shape, DARK)
    e.lay(shape, "stem", LOW)
    e.lay(shape & above, "stem", LIGHT if c < 0 else MID)
    return shape


def tulip(e: Easel, v: Variety) -> None:
    """A cup of three petals."""
    wide, top = v.turn((6.4, 7.4, 5.6)), v.turn((1.5, 3.0), 1)
    bottom = top + v.turn((13.0, 11.5, 12.5), 2)
    stem(e, v, bottom - 2, pairs=1)
    for way in (-1, 1):
        blade(e, (16 + way * 0.8, 30.0), (way * v.between(5.5, 7.5), v.between(1.6, 2.2)), 2.0)
    middle = (top + bottom) / 2
    cup = e.oval(16, bottom - wide, wide) & (e.y > bottom - wide)
    cup |= e.box(16 - wide, middle - 1, 16 + wide, bottom - wide)
    points = [(16 - wide, top), (16 - wide * 0.45, top + 4), (16, top), (16 + wide * 0.45, top + 4),
              (16 + wide, top), (16 + wide, middle), (16 - wide, middle)]  # fmt: skip
    cup |= e.polygon(points)
    e.edged(cup)
    e.lit(cup, "petal", e.across(16 - wide, 16 + wide) - 0.3)
    front = e.polygon(
        [(16, top + 1), (16 + wide * 0.62, middle), (16, bottom), (16 - wide * 0.62, middle)]
    )
    front |= e.oval(16, bottom - wide * 0.75, wide * 0.6, wide * 0.75)
    front &= cup
    e.lay(around(front) & cup, "petal", DARK)
    e.lit(front, "petal", e.across(16 - wide * 0.8, 16 + wide * 0.8) + 0.05)
    e.calm("petal")


def rose(e: Easel, v: Variety) -> None:
    """Petals wound around one another."""
    r, y = v.turn((7.6, 8.2, 7.0)), 10.0
    stem(e, v, y + 4, pairs=v.turn((2, 1), 1))
    for thorn in range(2):
        e.lay(e.box(17 - 3 * thorn, 19 + 3 * thorn, 18 - 3 * thorn, 20 + 3 * thorn), "stem", LOW)
    for way in (-1, 0, 1):
        sepal = e.polygon([(16 + way * 2 - 1.6, y + r - 2), (16 + way * 2 + 1.6, y + r - 2),
                           (16 + way * 5.5, y + r + 1.8)])  # fmt: skip
        e.lay(sepal, "stem", MID if way < 1 else LOW)
    wound = v.turn((1, -1), 1)
    cup = e.oval(16, y + 0.5, r * 0.98, r) & (e.y > y - 0.3 * r)
    cup |= e.oval(16, y - 0.38 * r, r * 0.92, r * 0.56)
    for way in (-1, 1):
        cup |= e.oval(16 + way * 0.72 * r, y - 0.1 * r, 0.46 * r, 0.34 * r)
    e.edged(cup)
    e.lit(cup, "petal", e.ball(16, y + 0.2 * r, r * 1.15) + 0.1)
    line = [(16 - wound * 0.98 * r, y - 0.2 * r), (16 - wound * 0.3 * r, y + 0.42 * r),
            (16 + wound * 0.2 * r, y + r)]  # fmt: skip
    fold = [(16 + wound * 0.98 * r, y - 0.2 * r), (16 + wound * 0.42 * r, y + 0.3 * r),
            (16 - wound * 0.12 * r, y + 0.52 * r)]  # fmt: skip
    e.lay((e.stroke(line, 0.9) | e.stroke(fold, 0.9)) & cup, "petal", DARK)
    open_ = (16.0, y - 0.42 * r)
    for size, shade in ((0.84, DARK), (0.72, MID), (0.54, DARK), (0.42, LIGHT), (0.24, DARK)):
        shift = wound * 0.1 * r * (0.84 - size)
        e.lay(e.oval(open_[0] + shift, open_[1], r * size, r * size * 0.56), "petal", shade)
    right = e.oval(*open_, r * 0.84, r * 0.47) & (e.x > 18)
    e.shaded(right & (e.codes % 8 == MID), -1)


def petal(e: Easel, place: tuple[float, float, float, float], more: float) -> None:
    """A round petal, lit as a part of a ball, with a dark line around it."""
    x, y, rx, ry = place
    shape = e.oval(x, y, rx, ry)
    e.edged(shape)
    e.lit(shape, "petal", e.ball(x, y, rx * 1.25, ry * 1.25) + more)


def lily(e: Easel, v: Variety) -> None:
    """Six pointed petals wide open, with stamens."""
    middle = (16.0, 11.0)
    stem(e, v, 13.0, pairs=2)
    blossom(e, middle, (6, 10.2, 3.3), v.turn((0.0, 0.5)), pointed=True)
    for n in range(5):
        angle = 2 * math.pi * n / 5 + 0.4
        tip = (middle[0] + 4 * math.cos(angle), middle[1] + 4 * math.sin(angle))
        e.lay(e.stroke([middle, tip], 1.0), "centre", MID)
        e.lay(e.oval(*tip, 0.9), "centre", LIGHT)


def bellflower(e: Easel, v: Variety) -> None:
    """Bells that hang from a bent stem."""
    way = v.turn((1, -1))
    curve = ((-5, 31.0), (-4.5, 18.0), (-2, 8.0), (3, 3.0), (9, 4.0))
    points = [(16 + way * x, y) for x, y in curve]
    line = e.stroke(points, 1.8) & (e.y < 31)
    e.lay(line | e.stroke([(16 - way * 4.5, 18.0), (16 + way * 8, 14.0)], 1.4), "stem", MID)
    for side in (-1, 1):
        blade(e, (16 - way * 5, 30.0), (side * v.between(7.0, 9.0), v.between(0.7, 1.1)), 2.2)
    for x, y, size in ((9.0, 4.5, 3.6), (2.2, 6.0, 3.2), (8.0, 14.5, 2.8))[: v.turn((3, 2))]:
        bell(e, (16 + way * x, y), size)


def bell(e: Easel, top: Point, size: float) -> None:
    """One bell, its mouth below."""
    x, y = top
    t = np.clip((e.y - y) / (size * 1.9), 0, 1)
    half = size * (0.45 + 0.32 * np.sqrt(t) + 0.3 * t**4)
    shape = (np.abs(e.x - x) <= half) & (e.y >= y) & (e.y < y + size * 1.9)
    shape &= ~((e.y > y + size * 1.9 - 1) & ((e.column // max(1, round(2 * e.k))) % 2 == 0))
    e.edged(shape)
    e.lit(shape, "petal", e.across(x - size, x + size))


def lavender(e: Easel, v: Variety) -> None:
    """Upright spikes of small flowers."""
    number = v.turn((3, 4), 1)
    apart = 8.2 if number == 3 else 6.8
    for n in range(number):
        off = (n - (number - 1) / 2) * apart
        top = 1.5 + abs(off) * 0.35 + v.between(0.0, 2.5)
        e.lay(e.stroke([(16 + off * 0.25, 31), (16 + off, top + 8)], 1.4) & (e.y < 31), "stem", MID)
        for step in range(6):
            y = top + 1.6 + step * 2.4
            for way in (-1, 1):
                size = 1.5 - 0.1 * (step in (0, 5))
                bud = e.oval(16 + off + way * 1.1, y + 0.5 * way, size)
                e.edged(bud & (way > 0), LOW)
                e.lay(bud, "petal", LIGHT if way < 0 else MID if step % 2 else LOW)
    for side in (-1, 1):
        blade(e, (16.0, 30.5), (side * 9.0, 0.8), 1.6)
        blade(e, (16.0, 30.5), (side * 5.0, 1.8), 1.4)
