"""Treasure drawn by rules: gems, rings, coins, keys."""

from __future__ import annotations

import math

import numpy as np

from pincel.art.bench import (
    DARK,
    LIGHT,
    LOW,
    MID,
    Bench,
    ItemLook,
    Variety,
    eroded,
    form_of,
)

Point = tuple[float, float]
GEMS = ("brilliant", "emerald", "round", "drop", "hexagon", "marquise", "square")


def gemstone(e: Bench, v: Variety, look: ItemLook) -> None:
    """A cut stone."""
    form = form_of(v, look, GEMS)
    if form == "brilliant":
        _brilliant(e, v)
        return
    share, wide = v.turn((0.54, 0.46, 0.62, 0.7), 1), v.turn((1.0, 0.93, 0.96), 1)
    outer = {
        "drop": _drop(13.0),
        "marquise": _lens(10.0, 14.5),
        "emerald": _stepped(11.0, 14.2, 4.0),
        "square": _stepped(13.0, 13.0, 3.2),
        "round": _ring(10, 0.5, 14.2, 14.2),
        "hexagon": _ring(6, 0.0, 14.4, 13.6),
    }[form]
    y = 18.0 if form == "drop" else 16.0
    outer = [(16 + (a - 16) * wide, b) for a, b in outer]
    inner = [(16 + (a - 16) * share, y + (b - y) * share) for a, b in outer]
    _table_cut(e, outer, inner, (16, y))


def _ring(count: int, turn: float, wide: float, high: float) -> list[Point]:
    angles = [2 * math.pi * (n + turn) / count - math.pi / 2 for n in range(count)]
    return [(16 + wide * math.cos(a), 16 + high * math.sin(a)) for a in angles]


def _stepped(wide: float, high: float, cut: float) -> list[Point]:
    return [
        (16 - wide + cut, 16 - high),
        (16 + wide - cut, 16 - high),
        (16 + wide, 16 - high + cut),
        (16 + wide, 16 + high - cut),
        (16 + wide - cut, 16 + high),
        (16 - wide + cut, 16 + high),
        (16 - wide, 16 + high - cut),
        (16 - wide, 16 - high + cut),
    ]


def _drop(r: float) -> list[Point]:
    found = [(16.0, 18.5 - r * 1.32)]
    for n in range(9):
        a = -0.42 + (math.pi + 0.84) * n / 8
        found.append((16 + 0.86 * r * math.cos(a), 18.6 + 0.93 * r * math.sin(a)))
    return found


def _lens(wide: float, high: float) -> list[Point]:
    steps = [n / 4 - 1 for n in range(9)]
    right = [(16 + wide * (1 - s * s), 16 + high * s) for s in steps]
    left = [(16 - wide * (1 - s * s), 16 + high * s) for s in steps[::-1][1:-1]]
    return right + left


def _table_cut(e: Bench, outer: list[Point], inner: list[Point], middle: Point) -> None:
    """A stone from above: facets from its rim to its table, each facing another way."""
    whole = e.polygon(outer)
    e.lay(whole, "stone", LOW)
    number = len(outer)
    for n in range(number):
        m = (n + 1) % number
        (ax, ay), (bx, by) = outer[n], outer[m]
        facet = e.polygon([outer[n], outer[m], inner[m], inner[n]])
        dx, dy = (ax + bx) / 2 - middle[0], (ay + by) / 2 - middle[1]
        far = max(math.hypot(dx, dy), 1e-9)
        light = (-0.55 * dx - 0.83 * dy) / far
        step = DARK + int(np.digitize(light, (-0.6, 0.1, 0.7)))
        e.lay(facet & whole, "stone", step)
    table = e.polygon(inner)
    tilt = (e.x - middle[0]) * 0.7 + (e.y - middle[1])
    e.lay(table, "stone", np.where(tilt < -1.5, LIGHT, MID))
    e.lay(table & (tilt > 3.2), "stone", LOW)
    glint = table & (np.abs(tilt + 3.4) < 0.8)
    e.lay(glint, "glint", LIGHT)


def _brilliant(e: Bench, v: Variety) -> None:
    """A stone from the side: a flat crown over a point."""
    wide, girdle, top = 14.2, v.turn((11.5, 12.5), 1), v.turn((4.0, 5.0), 1)
    flat = v.turn((8.0, 9.0), 1)
    low = 29.5
    line = [(16 - wide, girdle), (16 - flat, top), (16 + flat, top), (16 + wide, girdle), (16, low)]
    e.lay(e.polygon(line), "stone", MID)
    at = (16 - wide, 16 - 5.4, 16 + 5.4, 16 + wide)
    for left, right, shade in ((0, 1, LIGHT), (1, 2, MID), (2, 3, LOW)):
        e.lay(e.polygon([(at[left], girdle), (at[right], girdle), (16, low)]), "stone", shade)
    e.lay(e.polygon([(16 + 1.5, girdle), (at[2], girdle), (16, low)]), "stone", LOW)
    e.lay(e.polygon([(at[2] + 4.5, girdle), (at[3], girdle), (16, low)]), "stone", DARK)
    crown = ((16 - wide, girdle), (16 - flat, top), (16 - 3.6, top), (16 - 5.4, girdle))
    e.lay(e.polygon(crown), "stone", LIGHT)
    middle = ((16 - 5.4, girdle), (16 - 3.6, top), (16 + 3.6, top), (16 + 5.4, girdle))
    e.lay(e.polygon(middle), "stone", LIGHT)
    e.lay(e.polygon([(16 - 5.4, girdle), (16, top + 1), (16 + 5.4, girdle)]), "stone", MID)
    beside = ((16 + 5.4, girdle), (16 + 3.6, top), (16 + flat, top), (16 + wide, girdle))
    e.lay(e.polygon(beside), "stone", MID)
    seam = np.abs(e.y - girdle) < 0.5
    e.lay(seam & e.polygon(line), "stone", np.where(e.x < 14, MID, DARK))
    e.lay(e.stroke([(8.5, girdle - 1.6), (10.6, top + 1.6)], 1.0), "glint", LIGHT)
    e.lay(e.oval(11.5, girdle + 3.2, 0.8), "glint", LIGHT)


def ring(e: Bench, v: Variety, look: ItemLook) -> None:
    """A finger ring, with a stone or without."""
    bare = "gem" in look.without or (look.form == "band")
    y, r = (16.0, 13.4) if bare else (20.0, 10.4)
    thick = v.turn((3.2, 2.6, 3.8), 1)
    u, w = e.x - 16, e.y - y
    far = np.hypot(u, w)
    band = (far <= r) & (far >= r - thick)
    outward = (-0.55 * u - 0.83 * w) / np.maximum(far, 1e-9)
    across = (far - r + thick / 2) / (thick / 2)
    light = 0.55 + 0.5 * outward * np.sign(across + 0.2)
    e.lit(band, "band", light)
    e.lay(band & (np.abs(across - 0.3) < 0.45) & (outward > 0.72), "band", LIGHT)
    if bare:
        if v.turn((True, False), 1):
            e.lay(band & (np.abs(across) < 0.25), "band", LOW)
        return
    cut = v.turn(("round", "square", "drop", "diamond", "oval"))
    _setting(e, v, cut)


def _setting(e: Bench, v: Variety, cut: str) -> None:
    """A stone on top of a ring, held by claws."""
    x, y = 16.0, 7.4
    e.over(
        e.polygon([(11.5, 9.0), (20.5, 9.0), (18.6, 13.8), (13.4, 13.8)]),
        "band",
        np.where(e.x < 15, LIGHT, np.where(e.x < 18, MID, LOW)),
    )
    big = v.turn((5.4, 4.8), 1)
    shapes = {
        "round": e.oval(x, y, big),
        "oval": e.oval(x, y, big + 1.2, big - 0.6),
        "square": e.box(x - big + 0.6, y - big + 0.6, x + big - 0.6, y + big - 0.6),
        "diamond": np.abs(e.x - x) + np.abs(e.y - y) < big + 1.4,
        "drop": e.oval(x, y + 0.8, big - 0.4)
        | e.polygon([(x - 4.4, y - 0.6), (x, y - 6), (x + 4.4, y - 0.6)]),
    }
    stone = shapes[cut]
    tilt = (e.x - x) * 0.7 + (e.y - y)
    e.edged(stone, 0)
    e.lay(stone, "gem", np.where(tilt < -1.6, LIGHT, np.where(tilt < 2.0, MID, LOW)))
    inner = eroded(stone, max(1, round(e.k)))
    e.lay(stone & ~inner & (tilt > 0), "gem", DARK)
    e.lay(e.oval(x - 1.6, y - 1.8, 1.0), "glint", LIGHT)


def coin(e: Bench, v: Variety, look: ItemLook) -> None:
    """A coin with a sign, from the front."""
    r = v.turn((13.6, 12.8), 1)
    whole = e.oval(16.8, 16.6, r)
    e.lay(whole, "coin", DARK)
    face = e.oval(15.4, 15.4, r)
    u, w = e.x - 15.4, e.y - 15.4
    far = np.hypot(u, w)
    outward = (-0.55 * u - 0.83 * w) / np.maximum(far, 1e-9)
    e.lay(face, "coin", np.where(outward > 0.1, LIGHT, MID))
    groove = face & (np.abs(far - (r - 3.0)) < 0.62)
    inner = face & (far < r - 2.4)
    e.lay(inner, "coin", np.where((u + w > 3), MID, MID))
    e.lay(groove, "coin", np.where(outward > -0.1, LOW, LIGHT))
    kinds = ("star", "crown", "square", "gem", "letter", "cross", "heart")
    sign = look.form or v.turn(kinds)
    mask = _sign(e, sign)
    e.lay(np.roll(mask, (1, 1), (0, 1)) & inner, "coin", DARK)
    e.lay(mask, "coin", LIGHT)
    if sign == "square":
        e.codes[mask] = -1
    shine = inner & (np.abs(u + w + 7.5) < 0.8) & ~mask
    e.lay(shine & (far < r - 3.6) & (far > 7.9), "coin", LIGHT)


def _sign(e: Bench, sign: str) -> np.ndarray:
    """What is struck on a coin."""
    x, y = e.x - 15.4, e.y - 15.4
    if sign == "star":
        points = []
        for n in range(10):
            far = 7.2 if n % 2 == 0 else 3.0
            a = math.pi * (n / 5 - 0.5)
            points.append((15.4 + far * math.cos(a), 15.6 + far * math.sin(a)))
        return e.polygon(points)
    if sign == "crown":
        line = [(-5.5, -3.5), (-2.8, 0), (0, -5.5), (2.8, 0), (5.5, -3.5), (4.6, 4.4), (-4.6, 4.4)]
        return e.polygon([(15.4 + a, 15.4 + b) for a, b in line])
    if sign == "square":
        return e.box(12.9, 12.9, 18.1, 18.1)
    if sign == "heart":
        lobes = e.oval(12.6, 13.4, 3.2) | e.oval(18.2, 13.4, 3.2)
        return lobes | e.polygon([(9.8, 14.6), (21.0, 14.6), (15.4, 21.4)])
    if sign == "cross":
        return ((np.abs(x) < 1.6) & (np.abs(y) < 6)) | ((np.abs(y) < 1.6) & (np.abs(x) < 6))
    if sign == "gem":
        return np.abs(x) * 1.25 + np.abs(y) < 6.6
    bar = (np.abs(x) < 1.2) & (np.abs(y) < 6.6)
    return bar | ((np.abs(x) < 3.6) & (np.abs(np.abs(y) - 5.4) < 1.2))


def key(e: Bench, v: Variety, look: ItemLook) -> None:
    """A key on the diagonal, its bow at the upper right."""
    t = e.tilted()
    shade = np.where(t.x < -0.4, LIGHT, np.where(t.x > 0.4, LOW, MID))
    t.lay(t.box(-1.45, 14, 1.45, 39.0), "shaft", shade)
    for low, far in v.turn(
        (
            ((37.0, 5.6), (32.2, 4.6)),
            ((37.6, 5.0), (33.4, 6.8), (29.2, 4.4)),
            ((36.2, 6.4), (30.6, 6.4)),
        ),
        1,
    ):
        tooth = t.box(0.8, low - 2.6, far, low)
        t.over(tooth, "shaft", np.where(t.y < low - 1.6, MID, LOW))
        t.lay(t.box(-1.45, low - 3.4, 1.45, low + 0.8), "shaft", shade)
    t.over(t.box(-2.4, 15.2, 2.4, 17.4), "bow", np.where(t.x < -0.4, LIGHT, MID))
    _bow(t, v)


def _bow(t: Bench, v: Variety) -> None:
    """The end of a key that one holds."""
    kind = v.turn(("ring", "trefoil", "square", "heart", "gem"))
    y = 9.2
    mask = t.oval(0, y, 6.4)
    hole = t.oval(0, y, 3.0)
    if kind == "trefoil":
        mask = (
            t.oval(-4.4, 11.8, 3.8)
            | t.oval(4.4, 11.8, 3.8)
            | t.oval(0, 6.4, 3.9)
            | t.oval(0, 10, 3)
        )
        hole = t.oval(-4.4, 11.8, 1.5) | t.oval(4.4, 11.8, 1.5) | t.oval(0, 6.4, 1.5)
    elif kind == "square":
        mask = np.abs(t.x) + np.abs(t.y - 9.6) < 7.2
        hole = np.abs(t.x) + np.abs(t.y - 9.6) < 3.9
    elif kind == "heart":
        mask = t.oval(-3.3, 9.4, 3.9) | t.oval(3.3, 9.4, 3.9)
        mask |= t.polygon([(-7.0, 10.6), (7.0, 10.6), (0, 16.5)])
        hole = t.oval(0, 10.6, 2.3)
    t.edged(mask, 0)
    light = t.ball(0, y, 7.5) + 0.15
    t.lit(mask, "bow", light)
    rim = around_hole(hole, mask)
    t.lay(rim & (t.x > 0), "bow", LIGHT)
    t.lay(rim & (t.x <= 0), "bow", LOW)
    if kind == "gem":
        t.rounded(t.oval(0, y, 3.4), "gem", t.ball(0, y, 3.4))
    else:
        t.codes[hole] = -1


def around_hole(hole: np.ndarray, mask: np.ndarray) -> np.ndarray:
    """The pixels of a mask beside a hole in it, bool (h, w)."""
    held = np.pad(hole, 1)
    near = held[:-2, 1:-1] | held[1:-1, :-2] | held[1:-1, 2:] | held[2:, 1:-1]
    return near & mask & ~hole
