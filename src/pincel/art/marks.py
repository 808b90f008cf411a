"""Hearts, stars, arrows, gears and the marks of an interface, drawn by rules."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from pincel.art.easel import DARK, LIGHT, LOW, MID, Easel, Point
from pincel.art.kinds import SceneryLook
from pincel.art.molded import (
    both_sides,
    curved,
    kind,
    model,
    plaque,
    pts,
    sheen,
    star,
    swell,
    turned,
)
from pincel.art.variety import Variety

GOLD = ("8c5c10", "e4ac24", "ffe47c")

STEEL = ("5a6270", "9aa4b4", "dfe6ee")

BRONZE = ("6c3c1c", "b06c34", "e0a468")

RED = ("8c1424", "dc2c3c", "fc7470")

Stroke = tuple[Sequence[Point], float]


def _strokes(e: Easel, strokes: Sequence[Stroke], size: float, thick: float) -> np.ndarray:
    mask = np.zeros_like(e.codes, bool)
    for points, width in strokes:
        mask |= e.stroke(
            [(16 + (x - 16) * size, 16 + (y - 16) * size) for x, y in points], width * size * thick
        )
    return mask


def _glyph(e: Easel, v: Variety, strokes: Sequence[Stroke], plate: bool = True) -> None:
    """Thick lines by themselves, standing out, or in white on a disc or a tile."""
    form = v.turn(("bare", "disc", "block", "tile", "bare")) if plate else v.turn(("bare", "block"))
    thick = v.turn((1.0, 0.84, 1.14), 1)
    if form in ("bare", "block"):
        mask = _strokes(e, strokes, 1.0 if form == "bare" else 0.94, thick)
        if form == "block":
            for n in (3, 2, 1):
                e.lay(np.roll(mask, round(n * e.k), 0), "face", DARK)
            e.edged(mask)
        swell(e, mask, "face", 0.12, v.turn((99.0, 1.6, 99.0, 2.4)))
        return
    plain = (
        e.oval(16, 16, 14.6)
        if form == "disc"
        else plaque(e, 1.6, 1.6, 30.4, 30.4, v.turn((3.0, 6.0)))
    )
    swell(e, plain, "face", 0.0, v.turn((2.0, 3.2, 1.6)))
    mask = _strokes(e, strokes, 0.6, thick * 1.12)
    e.lay(np.roll(mask, 1, 0), "face", DARK)
    e.edged(mask)
    e.lay(mask, "glyph", LIGHT)
    e.lay(mask & (e.x + e.y > 36), "glyph", MID)


HEART = pts("16,9.2 14.2,5.2 9.4,2.4 4,3.8 1.4,9 2.8,15.4 8.2,22.6 13.4,28.2 16,30.4")

FACE_RED = (RED, ("901848", "e83c78", "fc90ac"), ("7c1020", "c02030", "f05c58"))


def heart_shape(
    e: Easel, size: float, wide: float = 1.0, dx: float = 0.0, dy: float = 0.0
) -> np.ndarray:
    """A heart so many times as large and wide, moved by units: bool (side, side)."""
    half = [(16 + (x - 16) * size * wide, 16 + (y - 16) * size) for x, y in HEART]
    return curved(e, [(x + dx, y + dy) for x, y in both_sides(half)])


@kind("heart", "face", "", "half empty broken full", face=FACE_RED)
def heart(e: Easel, v: Variety, look: SceneryLook) -> None:
    """A heart: full, half full, empty or broken."""
    wide = v.turn((1.0, 0.9, 0.96, 1.04), 1)
    said = look.more & {"half", "empty", "broken"}
    if "broken" in said:
        _brokenheart_shape(e, v, wide)
        return
    body = heart_shape(e, 1.0, wide)
    deep = v.turn((99.0, 3.0, 1.8), 1)
    if "empty" in said or "half" in said:
        rim = body & ~_inside(body, v.turn((2.4, 3.2)) * e.k)
        hole = body & ~rim
        e.lay(body, "hollow", MID)
        e.lay(hole & (e.y < 9), "hollow", LOW)
        e.lay(hole & (e.x + e.y > 36), "hollow", LIGHT)
        if "half" in said:
            part = body & ((e.x < 16) if v.turn((True, True, False)) else (e.y > 15.5))
            swell(e, body & part, "face", 0.06, deep)
            sheen(e, body & part, 8.4, 9.0, v.turn((0, 1, 2, 3)))
        if "empty" in said:
            model(e, rim, "face", 0.9 - 0.045 * (e.x + e.y - 14))
        return
    swell(e, body, "face", 0.06, deep)
    sheen(e, body, 8.6, 9.2, v.turn((0, 1, 2, 3)), v.turn((1.0, 1.25, 0.9, 1.1, 1.0)))


def _brokenheart_shape(e: Easel, v: Variety, wide: float) -> None:
    step, high = v.turn(((2.2, 4.0), (1.6, 3.0), (2.6, 5.0)))
    crack = 16 + step * (2 * np.abs((e.y / high + v.turn((0.0, 0.5))) % 2 - 1) - 1)
    gap, drop = v.turn((1.4, 0.8, 2.0)), v.turn((0.0, 1.6, 0.8, -1.2))
    for side in (-1, 1):
        part = heart_shape(e, 0.96, wide, side * gap, max(0.0, side * drop) - 0.4)
        part &= (e.x < crack - gap * 0.8) if side < 0 else (e.x > crack + gap * 0.8)
        swell(e, part, "face", 0.06)
    sheen(e, e.of("face"), 7.4, 9.2, v.turn((0, 1, 2, 3)))


@kind("star", "face", "", "empty", face=(GOLD, ("9c7410", "f4d030", "fff490")))
def star_sign(e: Easel, v: Variety, look: SceneryLook) -> None:
    """A star of five points, sometimes four, six or eight: in facets or round."""
    number = v.turn((5, 5, 5, 4, 5, 6, 5, 8))
    inner = {4: 5.4, 5: 7.0, 6: 8.6, 8: 9.6}[number] + v.turn((0.0, 0.9, -0.7))
    y = 17.2 if number == 5 else 16.0
    corners = star(16, y, (15.4, inner), number, v.turn((0, 0, 8, 0, -8)))
    body = e.polygon(corners)
    form = v.turn(("swollen", "facets", "round", "facets"))
    if "empty" in look.more:
        hole = v.turn((0.62, 0.7, 0.56, 0.66, 0.6))
        e.lay(body, "face", MID)
        small = e.polygon([(16 + (a - 16) * hole, y + (b - y) * hole) for a, b in corners])
        model(e, body & ~small, "face", 0.9 - 0.05 * (e.x + e.y - 14))
        e.lay(small, "hollow", MID)
        return
    if form == "round":
        body |= e.oval(16, y, inner + 1.6)
        body = _rounder(body, e.k)
    if form != "facets":
        swell(e, body, "face", 0.1, v.turn((99.0, 3.0)))
        sheen(e, body, 13.0, y - 4.2, v.turn((0, 2, 3)), 0.9)
        return
    for n, (a, b) in enumerate(corners):
        c, d = corners[(n + 1) % len(corners)]
        facet = e.polygon([(16, y), (a, b), (c, d)]) & body
        mx, my = (a + c) / 2 - 16, (b + d) / 2 - y
        turn = (-0.52 * mx - 0.68 * my) / math.hypot(mx, my)
        along = (mx * (d - b) - my * (c - a)) > 0
        light = 0.5 + 0.42 * turn + (0.24 if (n % 2 == 0) == along else -0.24)
        e.lay(facet, "face", int(np.clip(np.digitize(light, (0.12, 0.45, 0.74)), 0, 3)) + DARK)
    e.lay(body & (e.codes < 0), "face", MID)


def _inside(mask: np.ndarray, deep: float) -> np.ndarray:
    """What of a mask is further than so many pixels from its border."""
    from scipy import ndimage

    return ndimage.distance_transform_edt(np.pad(mask, 1))[1:-1, 1:-1] > deep


def _rounder(mask: np.ndarray, k: float) -> np.ndarray:
    from scipy import ndimage

    return ndimage.gaussian_filter(mask.astype(float), 1.3 * k) > 0.42


@kind(
    "arrow sign",
    "face",
    "",
    "left right up down",
    face=("green", "blue", "red", "orange", "purple", "cyan"),
)
def arrow_sign(e: Easel, v: Variety, look: SceneryLook) -> None:
    """A broad arrow in one of four directions."""
    way = next((one for one in ("left", "right", "up", "down") if one in look.more), "")
    way = way or v.turn(("right", "left", "up", "down"))
    degrees = {"right": 0, "down": 90, "left": 180, "up": 270}[way]
    form = v.turn(("bare", "bare", "disc", "chevron", "bare", "tile"))
    half, head = v.turn((4.6, 3.6, 5.4), 1), v.turn((14.0, 12.6, 16.0), 2)
    arrow = [
        (1.4, 16 - half),
        (30.6 - head, 16 - half),
        (30.6 - head, 2.2),
        (31.0, 16),
        (30.6 - head, 29.8),
        (30.6 - head, 16 + half),
        (1.4, 16 + half),
    ]
    if form == "chevron":
        arrow = pts("4,2 14,2 28,16 14,30 4,30 17,16")
    if form in ("disc", "tile"):
        plate = e.oval(16, 16, 14.6) if form == "disc" else plaque(e, 1.6, 1.6, 30.4, 30.4, 4.0)
        swell(e, plate, "face", 0.0, 2.4)
        mask = e.polygon(
            turned([(16 + (x - 16) * 0.62, 16 + (y - 16) * 0.62) for x, y in arrow], degrees)
        )
        e.lay(np.roll(mask, 1, 0), "face", DARK)
        e.lay(mask, "glyph", LIGHT)
        e.lay(mask & (e.x + e.y > 34), "glyph", MID)
        return
    mask = e.polygon(turned(arrow, degrees))
    if v.turn((False, True, False, True, False)):
        e.lay(np.roll(mask, round(2 * e.k), 0), "face", DARK)
        e.lay(np.roll(mask, round(1 * e.k), 0), "face", DARK)
        e.edged(mask)
    swell(e, mask, "face", 0.1, v.turn((99.0, 2.0)))


@kind("gear", "face", "", "", face=(STEEL, GOLD, BRONZE, ("3c4c64", "6c84a4", "a8c0dc")))
def gear(e: Easel, v: Variety, look: SceneryLook) -> None:
    """A wheel with teeth and a hole."""
    number = v.turn((8, 6, 10, 7))
    hole = v.turn((4.6, 6.0, 3.6), 1)
    turn = v.turn((0.0, 0.5), 1)
    far = np.hypot(e.x - 16, e.y - 16)
    angle = (np.arctan2(e.y - 16, e.x - 16) / (2 * math.pi) * number + turn) % 1
    tooth = np.abs(angle - 0.5) * 2 * math.pi / number
    wide = (0.42, 0.5)[number > 7] * math.pi / number * (1.12 - 0.012 * (far - 11))
    root = 11.2 if number < 9 else 11.8
    body = (far < root) | ((far < 15.2) & (tooth < wide))
    body &= far > hole
    swell(e, body, "face", 0.06, 2.2)
    if v.turn((True, False, True)):
        ring = (far > hole + 1.6) & (far < hole + 2.9)
        e.shaded(ring & body, -1)
    if v.turn((False, True, False, False)) and hole < 5:
        for n in range(6):
            a = n * math.pi / 3 + 0.3
            spot = e.oval(16 + 8.4 * math.cos(a), 16 + 8.4 * math.sin(a), 1.3)
            e.lay(spot, "face", DARK)


@kind(
    "check mark",
    "face",
    "",
    "",
    face=(("1c6c24", "3cb43c", "94e860"), ("14686c", "2ab0a0", "8cf0d0")),
)
def check(e: Easel, v: Variety, look: SceneryLook) -> None:
    """A tick."""
    low = v.turn((11.6, 12.8, 10.6))
    _glyph(e, v, [([(4.4, 17.0), (low, 25.4), (27.6, 6.6)], 6.2)])


@kind("cross mark", "face", "", "", face=(RED, ("8c2c10", "e0501c", "fc945c")))
def cross_sign(e: Easel, v: Variety, look: SceneryLook) -> None:
    """A cross of two slanting lines."""
    a, b = v.turn(((5.0, 27.0), (5.8, 26.2), (6.4, 25.6)))
    _glyph(e, v, [([(a, a), (b, b)], 6.4), ([(b, a), (a, b)], 6.4)])


@kind("plus", "face", "", "", face=("green", "red", "blue", "cyan"))
def plus(e: Easel, v: Variety, look: SceneryLook) -> None:
    """A plus."""
    a = v.turn((5.2, 4.6, 6.0))
    _glyph(e, v, [([(16, a), (16, 32 - a)], 7.6), ([(a, 16), (32 - a, 16)], 7.6)])


@kind("minus", "face", "", "", face=("red", "blue", "orange", "grey"))
def minus(e: Easel, v: Variety, look: SceneryLook) -> None:
    """A minus."""
    a = v.turn((5.2, 4.6, 6.4))
    _glyph(e, v, [([(a, 16), (32 - a, 16)], 8.2)])


@kind(
    "exclamation mark",
    "face",
    "",
    "",
    face=(("a8781a", "f4cc30", "fff48c"), RED, ("a8480c", "f08c20", "fcc460")),
)
def exclamation(e: Easel, v: Variety, look: SceneryLook) -> None:
    """A thick exclamation mark, by itself or on a plate."""
    form = v.turn(("bare", "disc", "sign", "block", "bare"))
    fat = v.turn((1.0, 0.86, 1.12, 0.92, 1.06), 1)
    if form == "sign":
        edge = curved(
            e, pts("16,0.6 18.4,2.6 30.4,25.4 30,29.6 26,30.8 6,30.8 2,29.6 1.6,25.4 13.6,2.6")
        )
        swell(e, edge, "face", 0.05, v.turn((2.0, 99.0, 3.0)))
        bar = e.polygon(pts("13.4,10 18.6,10 17.4,20.6 14.6,20.6")) | e.oval(16, 24.6, 2.2)
        e.lay(bar, "ink", MID)
        return
    if form == "disc":
        swell(e, e.oval(16, 16, 14.6), "face", 0.0, v.turn((2.0, 3.0, 99.0)))
        mask = e.polygon(pts("12.6,6.4 19.4,6.4 17.8,18.6 14.2,18.6")) | e.oval(16, 23.6, 2.6)
        e.lay(np.roll(mask, 1, 0), "face", DARK)
        e.lay(mask, "glyph", LIGHT)
        return
    tilt = v.turn((0, 10, -10, 0))
    outline = pts("-1,3.4 0,1.2 1,3.4 .94,8 .6,19 0,20.6 -.6,19 -.94,8", (16, 5.4 * fat))
    mask = curved(e, turned(outline, tilt))
    x, y = turned([(16, 26.6)], tilt)[0]
    mask |= e.oval(x, y, 4.3 * fat, 4.1)
    if form == "block":
        for n in (2, 1):
            e.lay(np.roll(mask, round(n * e.k), 1) | np.roll(mask, round(n * e.k), 0), "face", DARK)
    e.edged(mask)
    swell(e, mask, "face", 0.12, v.turn((99.0, 2.0)))


@kind(
    "question mark",
    "face",
    "",
    "",
    face=("blue", ("a8781a", "f4cc30", "fff48c"), "purple", "green"),
)
def question(e: Easel, v: Variety, look: SceneryLook) -> None:
    """A thick question mark, by itself, on a disc or on a block."""
    bow = [
        (16 + 7.4 * math.cos(a), 9.6 + 7.0 * math.sin(a)) for a in np.radians(range(-190, 61, 10))
    ]
    points = [*bow, (16.2, 17.8), (16, 20.4)]
    form = v.turn(("bare", "disc", "bare", "tile", "block"))
    thick = v.turn((5.8, 5.0, 6.4), 1)
    if form in ("disc", "tile"):
        plate = e.oval(16, 16, 14.6) if form == "disc" else plaque(e, 1.6, 1.6, 30.4, 30.4, 3.4)
        swell(e, plate, "face", 0.0, v.turn((2.0, 3.0)))
        if form == "tile":
            for x in (5.0, 27.0):
                for y in (5.0, 27.0):
                    e.lay(e.box(x - 1, y - 1, x + 1, y + 1), "face", DARK)
        mask = e.stroke(
            [(16 + (x - 16) * 0.66, 15.6 + (y - 16) * 0.66) for x, y in points], thick * 0.66
        ) | e.oval(16, 24.0, 2.1)
        e.lay(np.roll(mask, 1, 0), "face", DARK)
        e.lay(mask, "glyph", LIGHT)
        return
    mask = e.stroke(points, thick) | e.oval(16, 27.2, 3.6, 3.4)
    if form == "block":
        for n in (2, 1):
            e.lay(np.roll(mask, round(n * e.k), 0), "face", DARK)
        e.edged(mask)
    swell(e, mask, "face", 0.12, v.turn((99.0, 1.8)))
