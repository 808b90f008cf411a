"""Things eaten out of the hand, drawn by rules: sandwiches, tacos, fries, sushi, candy."""

from __future__ import annotations

import math

import numpy as np

from pincel.art.easel import DARK, LIGHT, LOW, MID, Easel, Point, around
from pincel.art.fruit import gleam, grounded
from pincel.art.molded import curved, star, swell, turned
from pincel.art.variety import Variety


def sandwich(e: Easel, v: Variety) -> None:
    """A slice cut across its corners, or a long roll."""
    v.turn((triangle, sub, triangle))(e, v)


def triangle(e: Easel, v: Variety) -> None:
    """Half a sandwich: its cut side in front, a slice of bread above."""
    low, top = v.turn((15.0, 16.0, 14.4), 1), v.turn((4.6, 6.0, 3.8))
    tip = 16 + v.turn((0.0, 4.0, -4.0), 2)
    upper = e.polygon([(1.4, low), (tip, top), (30.6, low)])
    e.lay(upper, "crust", np.where(e.x < tip, MID, LOW))
    inner = e.polygon([(4.6, low), (tip, top + 2.8), (27.4, low)])
    e.lay(inner, "crumb", np.where(e.x + e.y < 34, LIGHT, MID))
    e.lay(inner & (e.noise(v.whole(0, 9999), 2, 1) > 0.92) & (e.y < low - 2), "crumb", LOW)
    layers = [("crumb", 3.4), ("leaf", 2.4), ("tomato", 2.0), ("cheese", 1.8), ("ham", 2.0)]
    if v.turn((True, False)):
        layers = [layers[0], layers[1], layers[4], layers[3]]
    y = low
    for material, high in [*layers, ("crumb", 30.4 - low - sum(h for _, h in layers))]:
        out = 0.0 if material == "crumb" else 0.5
        layer = e.box(1.4 - out, y, 30.6 + out, min(y + high, 30.9)) & (np.abs(e.x - 16) < 15)
        if material == "leaf":
            layer &= e.y < y + high - 0.7 + 0.7 * np.sin(e.x * 1.5)
            e.lay(e.box(1.4, y, 30.6, y + high), "crumb", DARK)
        shade = np.where(e.x < 11, LIGHT, np.where(e.x < 22, MID, LOW))
        e.lay(layer, material, np.where(e.y < y + 1, MID, shade) if out else shade)
        y += high
    e.lay(e.box(1.4, low, 30.6, low + 1), "crumb", LOW)
    ends = e.of("crumb") & ((e.x < 2.6) | (e.x > 29.4)) & (e.y > low)
    e.lay(ends, "crust", MID)


def sub(e: Easel, v: Variety) -> None:
    """A long roll with what is in it."""
    half = v.turn((14.2, 13.8, 14.4))
    mid = v.turn((22.4, 22.0, 22.8), 1)
    low = e.box(16 - half, mid + 2, 16 + half, 30.8) & ~_corners(e, half, 27.6)
    e.lit(low, "crust", 0.7 - 0.02 * (e.x - 10) - 0.12 * (e.y - 27))
    layers = [("ham", mid + 1.6, 2.8), ("cheese", mid + 0.2, 2.0), ("tomato", mid - 1.2, 1.8)]
    for material, y, high in layers[: v.turn((3, 2, 3), 1)]:
        layer = e.box(16 - half + 0.4, y, 16 + half - 0.4, y + high)
        e.edged(layer)
        e.lay(layer, material, np.where(e.x < 11, LIGHT, np.where(e.x < 22, MID, LOW)))
    tips = e.box(0, mid, 32, mid + 5) & (np.abs((e.x + v.turn((0.0, 3.0, 1.5))) % 7 - 3.5) < 1.6)
    e.lay(tips & (e.y < mid + 3.2) & (np.abs(e.x - 16) < half - 2), "cheese", MID)
    wave = mid - 0.4 + 1.1 * np.sin(e.x * 1.3 + v.between(0, 6))
    leaf = (e.y > mid - 3) & (e.y < wave + 0.6) & (np.abs(e.x - 16) < half - 0.2)
    e.edged(leaf)
    e.lay(leaf, "leaf", np.where(e.y < wave - 0.6, MID, LIGHT))
    top = v.turn((12.6, 11.8, 13.4), 2)
    bun = e.box(16 - half, top, 16 + half, mid - 1.4) & ~_corners(e, half, top + 6.0, -1)
    e.edged(bun)
    e.lit(bun, "crust", 0.9 - 0.025 * (e.x - 8) - 0.11 * (e.y - top - 1))
    for n in range(v.turn((4, 3, 5), 1)):
        x = 16 + (n - (v.turn((4, 3, 5), 1) - 1) / 2) * 5.6
        cut = e.stroke([(x + 1.6, top + 1.4), (x - 1.6, mid - 4.6)], 1.8, 1.3) & bun
        e.lay(cut & ~around(~bun), "crumb", np.where(e.x < x, LIGHT, MID))


def _corners(e: Easel, half: float, y: float, way: int = 1) -> np.ndarray:
    """What rounds the ends of a roll off, below (`way` 1) or above a height: bool (side, side)."""
    round_ = 6.0
    out = np.maximum(np.abs(e.x - 16) - half + round_, 0)
    down = np.maximum((e.y - y) * way, 0)
    return out * out + (down * 1.7 if way > 0 else down) ** 2 > round_ * round_


def hot_dog(e: Easel, v: Variety) -> None:
    """A sausage in a roll under a wavy line of mustard."""
    flip = v.turn((1, -1))
    tilt = v.turn((0.36, 0.24, 0.46, 0.3, 0.42), 1)
    line = [(16 + flip * 9.8 * t, 19.6 - 9.8 * t * tilt * 1.4) for t in (-1.0, -0.4, 0.4, 1.0)]
    far, gone = e.along(line)
    t = gone / float(gone.max()) * 2 - 1
    down = far * flip
    for off, wide in ((-2.2, 5.2), (3.2, 5.6)):
        if off > 0:
            sausage = e.stroke(
                [
                    (line[0][0] - flip * 2.0, line[0][1] + tilt * 2.2),
                    *line[1:-1],
                    (line[-1][0] + flip * 2.2, line[-1][1] - tilt * 3.0),
                ],
                6.0,
            )
            e.edged(sausage)
            swell(e, sausage, "meat", 0.1)
        width = wide * np.sqrt(np.maximum(1 - np.abs(t) ** 4 * 0.5, 0))
        bun = (
            (np.abs(down - off) < width)
            & (np.abs(e.x - 16) < 12.8)
            & ((down > 0.8) if off > 0 else (down < 2))
        )
        e.edged(bun)
        swell(e, bun, "crust", 0.14)
    wave = np.abs(down - 0.0 - 1.1 * np.sin(gone * v.turn((1.1, 0.95, 1.25)))) < 0.85
    e.lay(wave & (np.abs(t) < 0.86) & e.of("meat"), "mustard", MID)
    grounded(e)


def sausage(e: Easel, v: Variety) -> None:
    """A bent sausage tied off at its ends, or a string of two."""
    flip = v.turn((1, -1))
    if v.turn((False, True, False, False), 1):
        chains: list[list[Point]] = [
            [(8.4, 22.4), (12, 25.0), (16.6, 24.0)],
            [(21.6, 18.4), (24.0, 13.6), (22.6, 9.0)],
        ]
    else:
        bend = v.turn((6.0, 4.0, 8.0, 5.0, 7.0), 1)
        chains = [
            [
                (16 + 10.0 * math.sin(a), 25.0 - bend * 1.8 * (1 - math.cos(a)))
                for a in np.linspace(-1.2, 1.2, 9)
            ]
        ]
    for chain in chains:
        chain = [(16 + flip * (x - 16), y) for x, y in chain]
        for end, near in ((chain[0], chain[1]), (chain[-1], chain[-2])):
            far = math.hypot(end[0] - near[0], end[1] - near[1])
            knot = (
                end[0] + (end[0] - near[0]) / far * 5.2,
                end[1] + (end[1] - near[1]) / far * 5.2,
            )
            e.lay(e.stroke([end, knot], 2.0, 3.0), "knot", MID)
        far_, gone = e.along(chain)
        body = (np.abs(far_) < v.turn((4.6, 4.2, 5.0))) & (e.y < 31)
        e.edged(body)
        swell(e, body, "meat", 0.06)
        marks = (gone % 4.4 < 1.1) & (np.abs(far_) < 2.0) & (gone > 2) & (gone < gone.max() - 2)
        e.shaded(body & marks, -1)
    grounded(e)


def taco(e: Easel, v: Variety) -> None:
    """A folded round of maize with what is in it."""
    flip = v.turn((1, -1))
    foot, r = 29.4, v.turn((12.8, 12.2, 13.2), 1)
    back = e.oval(16 + flip * 0.8, foot - 2.4, r + 0.6, r * 1.14) & (e.y < foot)
    e.lay(back, "crust", LOW)
    filled = e.oval(16 + flip * 0.4, foot - 1, r + 0.6, r * 1.28) & (e.y < foot - 2)
    seeds = ("leaf", "tomato", "cheese", "leaf", "meat", "leaf", "tomato", "leaf", "cheese")
    first = v.turn((0, 2, 4, 1, 3))
    for n in range(15):
        a = math.pi * (n + 0.5) / 15
        x, y = 16 + flip * 0.6 - math.cos(a) * r * 0.95, foot - 1 - math.sin(a) * r * 1.17
        blob = e.oval(x, y, 2.3, 2.0) & (e.y < foot - 2)
        e.edged(blob)
        e.lit(blob, seeds[(n + first) % 9], e.ball(x, y, 2.4) + 0.1)
    e.shaded(filled & e.of("leaf") & (e.noise(3, 1, 1) > 0.8), 1)
    front = e.oval(16 - flip * 0.6, foot, r + 0.6, r * 1.02) & (e.y < foot)
    e.edged(front)
    e.lit(front, "crust", e.ball(16 - flip * 2, foot - 3, r * 1.2, r * 1.1) + 0.16)
    spots = (e.noise(v.whole(0, 9999), 2, 1) > 0.9) & front & ~around(~front)
    e.shaded(spots, -1)
    e.lay(e.box(8, foot - 1, 24, foot + 1.2) & (np.abs(e.x - 16) < r - 3), "crust", LOW)


def fries(e: Easel, v: Variety) -> None:
    """Sticks of potato in a paper box."""
    half = v.turn((10.4, 9.6, 11.0), 1)
    number = v.turn((7, 6, 8), 1)
    order = sorted(range(number), key=lambda n: (n * 5) % number)
    for n in order:
        share = (n - (number - 1) / 2) / number * 2
        x = 16 + share * half * 0.98
        up = v.between(2.4, 8.0) + 2.6 * abs(share)
        stick = e.stroke([(x * 0.9 + 1.6, 20), (x + share * 1.6, up)], 3.0, 3.0)
        stick &= e.y > up - 1
        e.edged(stick)
        e.lay(stick, "skin", MID)
        side = stick & ~np.pad(stick, ((0, 0), (1, 0)))[:, :-1]
        e.lay(side, "skin", LIGHT)
        e.lay(stick & (e.y < up + 0.6), "skin", LIGHT)
    bend = 14.6 + 4.0 * np.sqrt(np.maximum(1 - ((e.x - 16) / half) ** 2, 0)) * v.turn((1, 0.7))
    t = np.clip((e.y - 14) / 17, 0, 1)
    box = (np.abs(e.x - 16) < half + 0.8 - 3.0 * t) & (e.y > bend) & (e.y < 30.9)
    e.edged(box)
    e.lit(box, "box", e.across(16 - half, 16 + half))
    form = v.turn((0, 1, 2))
    if form == 0:
        e.lay(
            box & (np.floor((e.x - 16) / 3.2 + 50.5) % 2 == 0),
            "stripe",
            np.where(e.x < 18, LIGHT, MID),
        )
    elif form == 1:
        e.lay(e.oval(16, 24.6, 3.6) & box, "stripe", np.where(e.x < 17, LIGHT, MID))
    else:
        e.lay(e.polygon(star(16, 24.8, (4.4, 2.0), 5)) & box, "stripe", LIGHT)


def popcorn(e: Easel, v: Variety) -> None:
    """A striped box that runs over."""
    half, top = v.turn((10.4, 9.8, 11.0), 1), v.turn((14.4, 15.2, 13.8))
    t = np.clip((e.y - top) / (31 - top), 0, 1)
    wide = half - 2.6 * t
    box = (np.abs(e.x - 16) < wide) & (e.y > top) & (e.y < 30.9)
    stripe = np.floor((e.x - 16) / wide * 3.5 + 50.5) % 2 == 0
    shade = np.where(e.x < 11, LIGHT, np.where(e.x < 21, MID, LOW))
    e.lay(box, "box", shade)
    e.lay(box & stripe, "stripe", shade)
    rows = (
        (0.0, -9.0),
        (-4.4, -7.0),
        (4.4, -7.0),
        (-8.4, -3.2),
        (0.0, -5.0),
        (8.4, -3.4),
        (-5.0, -2.0),
        (4.8, -2.2),
        (-9.4, 0.4),
        (9.4, 0.2),
        (0.0, 0.0),
        (-4.6, 1.2),
        (4.6, 1.0),
    )
    more = v.turn((0.0, 0.6, -0.6), 2)
    for x, y in rows:
        x, y = 16 + x + v.between(-0.6, 0.6), top + y - more * (y < -4) + v.between(-0.4, 0.4)
        a = v.between(0, 2)
        puff = np.zeros_like(box)
        for n in range(3):
            puff |= e.oval(x + 1.5 * math.cos(a + n * 2.1), y + 1.3 * math.sin(a + n * 2.1), 1.9)
        e.edged(puff, LOW)
        e.lit(puff, "corn", e.ball(x, y, 3.4) + 0.2)
        e.lay(e.oval(x + 0.4, y + 0.6, 0.7) & puff, "butter", MID)


def sushi(e: Easel, v: Variety) -> None:
    """Fish on a cushion of rice, or a roll cut through."""
    v.turn((maki, nigiri))(e, v)


def nigiri(e: Easel, v: Variety) -> None:
    """A slice of fish over rice, sometimes held by a band of seaweed."""
    flip = v.turn((1, -1), 1)
    half = v.turn((13.6, 13.0, 14.2))
    grain = e.oval(16, 25, half - 0.4, 6.0) & (e.y < 30.9)
    e.lit(grain, "grain", e.ball(16, 25, half, 6.6) + 0.2)
    e.shaded(grain & (e.noise(v.whole(0, 99), 2, 1) > 0.84) & ~around(~grain), -1)
    high = v.turn((11.0, 12.4, 10.0), 2)
    points = [
        (1.6, 24),
        (4, 15.6),
        (11, high),
        (21, high - 0.4),
        (28, 15),
        (30.4, 22.6),
        (26, 25.0),
        (16, 22.8),
        (7, 25.2),
    ]
    fish = curved(e, [(16 + flip * (x - 16), y) for x, y in points])
    e.edged(fish)
    swell(e, fish, "skin", 0.12, 4.0)
    u = (e.x - 16) * flip + (e.y - 18) * 0.8
    lines = np.abs(u % v.turn((5.6, 6.4, 5.0)) - 2) < 0.62
    e.lay(fish & lines & ~around(~fish), "fat", MID)
    if v.turn((False, True, True), 1):
        band = (np.abs(e.x - 16) < 2.6) & (e.codes >= 0)
        e.edged(band)
        e.lay(band, "weed", np.where(e.x < 15.4, LIGHT, MID))


def maki(e: Easel, v: Variety) -> None:
    """A roll: seaweed around rice around something bright."""
    top, rx, ry = v.turn((13.0, 12.0, 14.0)), v.turn((13.4, 12.6, 14.0), 1), 7.4
    side = e.box(16 - rx, top, 16 + rx, 23.6) | e.oval(16, 23.6, rx, ry)
    e.lit(side & (e.y < 31), "weed", e.across(16 - rx, 16 + rx) + 0.02)
    face = e.oval(16, top, rx, ry)
    e.edged(face, LIGHT)
    e.lay(face, "weed", MID)
    grain = e.oval(16, top, rx - 1.5, ry - 1.3)
    e.lay(grain, "grain", np.where(e.x + e.y < 16 + top + 5, LIGHT, MID))
    e.shaded(grain & (e.noise(v.whole(0, 99), 2, 1) > 0.8), -1)
    form = v.turn((0, 1, 2))
    bits = (
        ((0.0, 0.0, 4.6),),
        ((-2.8, 0.6, 2.9), (2.8, -0.4, 2.9)),
        ((-3.0, 1.0, 2.6), (3.0, 1.0, 2.6), (0.0, -1.6, 2.6)),
    )[form]
    for n, (x, y, r) in enumerate(bits):
        core = e.oval(16 + x, top + y, r, r * 0.64)
        e.edged(core, LOW)
        e.lit(core, ("skin", "leaf", "yolk")[n], e.ball(16 + x, top + y, r, r * 0.7) + 0.1)


def candy(e: Easel, v: Variety) -> None:
    """A sweet in its wrapper, a cane, or a drop of sugar."""
    v.turn((wrapped, wrapped, cane))(e, v)


def wrapped(e: Easel, v: Variety) -> None:
    """A round sweet in a twisted paper."""
    tilt = v.turn((-32, 28, -20, 0, 36))
    r = v.turn((8.2, 7.6, 8.6), 1)
    y = 18.4
    for way in (-1, 1):
        fan = [
            (16 + way * (r - 1.2), y),
            (16 + way * 14.0, y - 6.4),
            (16 + way * 13.0, y - 2.4),
            (16 + way * 14.2, y),
            (16 + way * 13.0, y + 2.4),
            (16 + way * 14.0, y + 6.4),
        ]
        wing = e.polygon(turned(fan, tilt, (16, y)))
        e.lay(wing, "icing", MID)
        for off, shade in ((-2.8, LIGHT), (2.8, LOW)):
            crease = [(16 + way * (r - 0.4), y), (16 + way * 13.4, y + off)]
            e.lay(e.stroke(turned(crease, tilt, (16, y)), 1.2) & wing, "icing", shade)
        knot = e.stroke(
            turned([(16 + way * r, y - 1.6), (16 + way * r, y + 1.6)], tilt, (16, y)), 2
        )
        e.edged(knot)
        e.lay(knot, "icing", MID)
    ball = e.oval(16, y, r)
    e.edged(ball)
    light = e.ball(16, y, r)
    e.lit(ball, "icing", light)
    shade = DARK + np.digitize(light, (0.02, 0.36, 0.78))
    u = (e.x - 16) * math.cos(math.radians(tilt)) + (e.y - y) * math.sin(math.radians(tilt))
    w = -(e.x - 16) * math.sin(math.radians(tilt)) + (e.y - y) * math.cos(math.radians(tilt))
    form = v.turn((0, 1, 2), 1)
    bands = (
        np.abs((u - 0.16 * w * w) % 5.2 - 2.6) < 1.0,
        np.abs(u) < -1.0,
        np.sin(np.arctan2(w, u) * 2 + np.hypot(u, w) * 0.6) > 0.3,
    )[form]
    e.lay(ball & bands, "second", shade)
    gleam(e, (16 - r * 0.42, y - r * 0.45), (1.4, 1.2))
    grounded(e)


def cane(e: Easel, v: Variety) -> None:
    """A stick of sugar with a crook, in stripes."""
    flip = v.turn((1, -1), 1)
    r = v.turn((5.6, 5.0, 6.0, 5.3, 5.8))
    arc = [
        (16 + flip * (-4 + r - r * math.cos(a)), 4.2 + r - r * math.sin(a))
        for a in np.linspace(0, math.pi * 0.98, 12)
    ]
    line = [(16 - flip * 4, 29.4), *arc, (16 + flip * (2 * r - 4), 5.6 + r)]
    far, gone = e.along(line)
    body = (np.abs(far) < v.turn((2.9, 2.6, 3.2), 2)) & (e.y < 31)
    side = far * flip
    shade = np.where(side < -0.8, LIGHT, np.where(side < 1.1, MID, LOW))
    e.lay(body, "second", shade)
    e.lay(body & ((gone + side * 0.9) % 5.6 < 2.9), "icing", shade)
    e.lay(body & around(~body) & (side > 0), "second", LOW)
    e.lay(body & around(~body) & (side > 0) & ((gone + side * 0.9) % 5.6 < 2.9), "icing", LOW)


def croissant(e: Easel, v: Variety) -> None:
    """A crescent of pastry in segments."""
    flip = v.turn((1, -1))
    r = v.turn((10.0, 9.4, 10.4), 1)
    bend = v.turn((1.0, 0.9, 1.12, 0.95, 1.06), 2)
    number = v.turn((7, 5, 7))
    ends = []
    for n in range(number):
        a = math.pi * (0.94 - 0.88 * n / (number - 1))
        ends.append((16 + math.cos(a) * r * 1.08, 25.6 - math.sin(a) * r * bend, a))
    order = sorted(range(number), key=lambda n: -abs(n - (number - 1) / 2))
    for n in order:
        x, y, a = ends[n]
        near = 1 - abs(n - (number - 1) / 2) / (number / 2)
        size = 3.0 + 4.4 * near**0.8
        c, s = math.cos(a), math.sin(a)
        u = (e.x - x) * c - (e.y - y) * s
        w = (e.x - x) * s + (e.y - y) * c
        part = (u / size) ** 2 + (w / (3.2 + 14 / number * 0.5)) ** 2 <= 1
        e.edged(part)
        e.lit(part, "crust", e.ball(x, y, size * 1.1, size * 1.05) + 0.1)
        e.lay(part & (np.abs(u + size * 0.2) < size * 0.5) & (np.abs(w) < 0.6), "crust", LIGHT)
    if flip < 0:
        e.codes[:] = e.codes[:, ::-1]
    grounded(e)
