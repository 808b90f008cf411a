"""Fruit and vegetables drawn by rules: bodies lit as balls, stalks, leaves, seeds."""

from __future__ import annotations

import math

import numpy as np

from pincel.art.easel import DARK, LIGHT, LOW, MID, Easel, Point
from pincel.art.herbs import leaf_at
from pincel.art.variety import Variety


def apple(e: Easel, v: Variety) -> None:
    """Two halves with a dip between them, a stalk, a leaf."""
    wide = v.turn((12.5, 11.5, 13.0)) + v.between(-0.4, 0.4)
    high = v.turn((11.0, 11.8, 10.4), 2)
    y = 31 - high
    way = v.turn((1, -1), 1)
    body = e.oval(16 - wide * 0.36, y, wide * 0.66, high) | e.oval(
        16 + wide * 0.36, y, wide * 0.66, high
    )
    body &= ~e.oval(16, 32.4, 2.2, 1.6)
    e.lit(body, "skin", e.ball(16, y, wide * 1.05, high * 1.05))
    e.lay(e.oval(16, y - high + 2.4, 3.4, 1.3) & body, "skin", DARK)
    top = y - high
    stalk = e.stroke([(16, top + 2.6), (16 + way * 0.6, top - 1.5), (16 + way * 2, top - 4)], 1.8)
    e.lay(stalk, "bark", MID)
    if v.turn((True, True, False), 1):
        leaf_at(e, (16 + way * 0.8, top - 0.2), math.pi / 2 - way * 1.1, (9.0, 2.5))
    gleam(e, (16 - wide * 0.48, y - high * 0.42), (1.8, 2.6))


def gleam(e: Easel, place: Point, size: Point) -> None:
    """A spot of light on something smooth."""
    e.lay(e.oval(*place, *size) & (e.codes >= 0), "glint", LIGHT)


def pear(e: Easel, v: Variety) -> None:
    """A body that grows narrow towards its stalk."""
    low, up = v.turn((10.0, 9.0, 10.8)), v.turn((5.6, 5.0, 6.2), 2)
    lean = v.turn((0.0, 1.6, -1.6), 1) + v.between(-0.4, 0.4)
    body = e.oval(16, 31 - low * 0.96, low, low * 0.96) | e.oval(16 + lean, 11.0, up, 6.0)
    body |= e.polygon(
        [(16 + lean - up, 11), (16 + lean + up, 11), (16 + low * 0.86, 18), (16 - low * 0.86, 18)]
    )
    e.lit(
        body,
        "skin",
        0.6 * e.ball(16, 20.5, low * 1.05, 12.5) + 0.4 * e.ball(16 + lean, 12, up * 1.6, 9),
    )
    e.lay(e.stroke([(16 + lean, 6), (16 + lean * 1.4 + 1, 1.8)], 1.8), "bark", MID)
    leaf_at(e, (16 + lean + 0.6, 4.6), 0.35, (8.0, 2.3))
    e.calm("skin")
    gleam(e, (16 - low * 0.5, 19.5), (1.6, 2.6))


def orange(e: Easel, v: Variety) -> None:
    """A ball with pores, a leaf."""
    r = v.turn((12.5, 11.8, 13.0)) + v.between(-0.3, 0.3)
    y = 30.8 - r
    body = e.lit(e.oval(16, y, r), "skin", e.ball(16, y, r))
    pores = (e.noise(v.whole(0, 9999), 1, 1) > 0.93) & e.oval(16, y, r - 2)
    e.shaded(body & pores, -1)
    way = v.turn((1, -1), 1)
    e.lay(e.stroke([(16, y - r + 1.6), (16 + way, y - r - 1.5)], 2.0), "bark", MID)
    leaf_at(e, (16 + way, y - r + 0.6), math.pi / 2 - way * 1.15, (v.between(8.5, 10.5), 2.8))
    gleam(e, (16 - r * 0.45, y - r * 0.45), (1.8, 1.8))


def lemon(e: Easel, v: Variety) -> None:
    """An oval with a tip at either end."""
    tilt = v.turn((-0.45, 0.45, 0.0, -0.25)) + v.between(-0.1, 0.1)
    c, s = math.cos(tilt), math.sin(tilt)
    u = (e.x - 16) * c + (e.y - 19) * s
    w = -(e.x - 16) * s + (e.y - 19) * c
    high = v.turn((9.2, 8.4, 9.8), 1)
    body = (u / 11.8) ** 2 + (w / high) ** 2 <= 1
    body |= (np.abs(u) < 14.4) & (np.abs(w) < 3.0 - 0.35 * np.maximum(np.abs(u) - 11, 0))
    e.lit(body, "skin", e.ball(16, 19, 13, 11.5) + 0.08)
    pores = (e.noise(v.whole(0, 9999), 1, 1) > 0.94) & ((u / 10) ** 2 + (w / (high - 2)) ** 2 <= 1)
    e.shaded(body & pores, -1)
    leaf_at(e, (16 + 9 * c, 19 + 9 * s - 5), 0.6, (8.5, 2.6))
    gleam(e, (12.0, 14.5), (2.4, 1.5))
    grounded(e)


def cherry(e: Easel, v: Variety) -> None:
    """Two balls on stalks that meet under a leaf."""
    r = v.turn((6.4, 5.8, 7.0))
    up = (17.0 + v.between(-2, 2), 3.5)
    places = ((16 - r - 0.4, 30.8 - r), (16 + r + 0.6, 28.6 - r - v.between(0.0, 3.0)))
    for x, y in places:
        e.lay(e.stroke([(x, y - r + 1), (x + (up[0] - x) * 0.35, y - r - 4), up], 1.5), "stem", LOW)
    for x, y in places:
        ball = e.oval(x, y, r)
        e.edged(ball)
        e.lit(ball, "skin", e.ball(x, y, r))
        e.lay(e.oval(x + 0.4, y - r + 1.4, 1.8, 0.8) & ball, "skin", DARK)
        gleam(e, (x - r * 0.45, y - r * 0.35), (1.1, 1.3))
    leaf_at(e, (up[0] - 0.5, up[1] + 1), v.turn((0.1, -0.25, 3.0), 1), (12.0, 3.0))


def strawberry(e: Easel, v: Variety) -> None:
    """A body that tapers, seeds in rows, a collar of leaves."""
    wide = v.turn((11.0, 10.0, 12.0)) + v.between(-0.4, 0.4)
    t = np.clip((e.y - 8) / 23, 0, 1)
    half = wide * np.sqrt(np.maximum(1 - (np.maximum(t - 0.26, 0) / 0.74) ** 1.7, 0))
    half = half * np.where(t < 0.26, 0.72 + 0.28 * np.sin(np.pi / 2 * t / 0.26), 1)
    body = (np.abs(e.x - 16) <= half) & (e.y >= 8) & (e.y < 31)
    e.lit(body, "skin", e.ball(15.5, 17, wide * 1.15, 14.5))
    step = max(3, round(4 * e.k))
    row = e.row // max(2, round(3 * e.k))
    seed = ((e.column + row % 2 * (step // 2)) % step == 0) & (e.row % max(2, round(3 * e.k)) == 1)
    inner = (np.abs(e.x - 16) <= half - 1.4) & (e.y > 11.5) & (e.y < 28.5)
    e.lay(body & seed & inner, "seed", LIGHT)
    turned = v.between(-0.12, 0.12)
    for angle in (0.15, 2.99, 0.8, 2.34, 3.5, 5.92, 4.0, 5.4, 4.71):
        leaf_at(e, (16, 8.0), angle + turned, (7.5, 1.8))
    e.lay(e.stroke([(16, 8), (16 + v.turn((1, -1, 0)), 2.5)], 1.8), "leaf", LOW)
    gleam(e, (16 - wide * 0.55, 14.5), (1.2, 2.0))


def grapes(e: Easel, v: Variety) -> None:
    """Balls in rows that grow shorter."""
    first = v.turn((5, 4, 5), 1)
    r = 15.5 / (first + 0.4)
    turned = v.between(-0.4, 0.4)
    e.lay(e.stroke([(16, 10), (16 + turned * 4, 2.0)], 2.0), "bark", MID)
    leaf_at(e, (16, 8.5), v.turn((0.35, 2.7), 1), (11.0, 4.2))
    for row in range(first):
        number = first - row
        y = 9.0 + r + row * r * 1.62
        for n in range(number):
            x = 16 + (n - (number - 1) / 2) * r * 1.92 + v.between(-0.4, 0.4)
            ball = e.oval(x, min(y, 31 - r), r)
            e.edged(ball)
            e.lit(ball, "skin", e.ball(x, min(y, 31 - r), r))
            gleam(e, (x - r * 0.4, min(y, 31 - r) - r * 0.4), (0.75, 0.75))


def watermelon(e: Easel, v: Variety) -> None:
    """A slice: rind below, seeds in the flesh."""
    r = v.turn((15.0, 14.2, 14.6))
    tilt = v.turn((0.0, -0.22, 0.22), 2) + v.between(-0.05, 0.05)
    u = (e.x - 16) * math.cos(tilt) + (e.y - 12) * math.sin(tilt)
    w = -(e.x - 16) * math.sin(tilt) + (e.y - 12) * math.cos(tilt)
    far = np.hypot(u, w * 0.92)
    slice_ = (far <= r) & (w > 0)
    e.lay(slice_, "rind", np.where(u < 3, MID, LOW))
    e.lay(slice_ & (np.floor(np.arctan2(w, u) * 7) % 2 == 0), "rind", DARK)
    e.lay(slice_ & (far < r - 1.8), "pith", np.where(u < 4, LIGHT, MID))
    e.lay(slice_ & (far < r - 3.2), "skin", np.where(u < -4, LIGHT, np.where(u < 5, MID, LOW)))
    e.lay(slice_ & (far < r - 3.2) & (w < 1.3), "skin", LIGHT)
    number = v.turn((5, 6, 4), 1)
    for n in range(number):
        angle = math.pi * (n + 0.5) / number
        reach = r * (0.5 if n % 2 else 0.62)
        spot = np.hypot(u - math.cos(angle) * reach, (w - math.sin(angle) * reach) * 0.7) < 0.95
        e.lay(spot & slice_, "seed", DARK)
    grounded(e)


def banana(e: Easel, v: Variety) -> None:
    """A crescent with two ends."""
    flip = v.turn((1, -1))
    bend = v.turn((9.0, 7.5, 10.5), 1) + v.between(-0.7, 0.7)
    rise = v.turn((9.5, 7.0, 11.0, 4.5, 8.2), 1)
    points = [
        (
            16 + flip * (-10.5 + 22.5 * t),
            9.5 + bend * 1.9 * math.sin(math.pi * (0.12 + 0.72 * t)) ** 1.1 - rise * t,
        )
        for t in np.linspace(0, 1, 12)
    ]
    far, gone = e.along(points)
    t = gone / float(gone.max())
    half = v.turn((4.8, 4.2, 5.2), 2) * np.sin(np.pi * np.clip(0.1 + t * 0.82, 0, 1)) ** 0.55
    body = np.abs(far) <= half
    e.lay(body, "skin", MID)
    lower = far * flip / np.maximum(half, 0.1)
    e.lay(body & (lower > 0.35), "skin", LOW)
    e.lay(body & (np.abs(lower + 0.1) < 0.16), "skin", LOW)
    e.lay(body & (lower < -0.45), "skin", LIGHT)
    e.lay(body & (t > 0.94), "bark", MID)
    e.lay(body & (t < 0.05), "bark", LOW)
    grounded(e)


def grounded(e: Easel) -> None:
    """What is drawn, down to the ground."""
    lowest = int(np.flatnonzero((e.codes >= 0).any(1))[-1])
    e.codes[:] = np.roll(e.codes, round(31 * e.k) - 1 - lowest, 0)


def tomato(e: Easel, v: Variety) -> None:
    """A flat ball under a star of leaves."""
    wide, high = v.turn((13.2, 12.4, 13.8)), v.turn((11.2, 12.0, 10.6), 2)
    y = 31 - high
    body = e.lit(e.oval(16, y, wide, high), "skin", e.ball(16, y, wide, high))
    for off in (-0.45, 0.45):
        crease = (
            np.abs(e.x - 16 - off * wide * np.sqrt(np.clip((e.y - y + high) / high, 0, 1))) < 0.6
        )
        e.shaded(body & crease & (e.y < y - high * 0.35), -1)
    turned = v.between(-0.15, 0.15)
    for n in range(5):
        leaf_at(e, (16, y - high + 2.4), math.pi * (0.02 + 0.24 * n) + turned + math.pi, (7.0, 1.8))
    for way in (-1, 1):
        leaf_at(e, (16, y - high + 2.4), math.pi / 2 - way * 1.35, (7.5, 1.8))
    e.lay(
        e.stroke([(16, y - high + 2.5), (16 + v.turn((1, -1, 0)), y - high - 2)], 2.0), "leaf", LOW
    )
    gleam(e, (16 - wide * 0.5, y - high * 0.25), (2.0, 1.6))


def carrot(e: Easel, v: Variety) -> None:
    """A root that grows thin, rings, a tuft of leaves."""
    flip = v.turn((1, -1))
    top, tip = (16 + flip * 5, 11.0), (16 - flip * 9.5, 30.0)
    count = v.turn((3, 4, 5), 1)
    for n in range(count):
        angle = math.pi / 2 - flip * 0.5 + (n - (count - 1) / 2) * 0.42
        leaf_at(e, (top[0], top[1] - 0.5), angle, (10.5, 1.9))
    far, gone = e.along(
        [top, ((top[0] + tip[0]) / 2 + flip * 0.8, (top[1] + tip[1]) / 2 + 0.8), tip]
    )
    t = gone / float(gone.max())
    half = v.turn((5.4, 4.8, 6.0), 2) * (1 - t) ** 0.62
    body = (
        (np.abs(far) <= half)
        & (gone >= 0)
        & ((e.y - top[1]) * 1.0 - (e.x - top[0]) * flip * 0.8 > -2.5)
    )
    e.edged(body)
    side = far * flip / np.maximum(half, 0.1)
    e.lay(body, "skin", np.where(side < -0.25, LIGHT, np.where(side < 0.45, MID, LOW)))
    rings = (np.floor(gone) % 5 == 3) & (side > -0.9) & (np.sin(gone * 1.7) * 0.5 > side - 0.35)
    e.shaded(body & rings, -1)


def pineapple(e: Easel, v: Variety) -> None:
    """A body with a lattice, a tuft of leaves."""
    wide, high = v.turn((8.4, 9.2, 7.8)), v.turn((10.0, 9.4, 10.6), 2)
    y = 31 - high
    count = v.turn((7, 9), 1)
    for n in sorted(range(count), key=lambda n: -abs(n - (count - 1) / 2)):
        share = 2 * n / (count - 1) - 1
        leaf_at(
            e,
            (16 + share * 3, y - high + 2),
            math.pi / 2 - share * 0.95,
            (11.5 - 4 * abs(share), 1.9),
        )
    body = e.oval(16, y, wide, high)
    e.edged(body)
    e.lit(body, "skin", e.ball(16, y, wide * 1.05, high * 1.05))
    lattice = ((e.column + e.row) % 4 == 0) | ((e.column - e.row) % 4 == 0)
    e.shaded(body & lattice, -1)


def corn(e: Easel, v: Variety) -> None:
    """Kernels in rows between husks."""
    lean = v.turn((0.0, 1.5, -1.5)) + v.between(-0.4, 0.4)
    wide = v.turn((5.8, 5.2, 6.4), 2)
    t = np.clip((30 - e.y) / 28, 0, 1)
    middle = 16 + lean * t
    half = wide * np.sqrt(np.maximum(1 - (np.maximum(t - 0.35, 0) / 0.65) ** 2.4, 0))
    body = (np.abs(e.x - middle) <= half) & (e.y >= 2) & (e.y < 26)
    light = 0.75 - 0.55 * (e.x - middle + 2) / wide
    e.lit(body, "skin", light)
    grid = (e.row % 3 == 0) | (((e.x - middle) * e.k).astype(int) % 3 == 0)
    e.shaded(body & grid, -1)
    for way in (-1, 1):
        leaf_at(e, (16 + way * 0.5, 31.5), math.pi / 2 - way * v.between(0.3, 0.42), (20.0, 3.8))
    leaf_at(e, (16, 31.5), math.pi / 2 + v.between(-0.1, 0.1), (v.between(11.0, 14.0), 4.2))
    e.codes[e.y > 31] = -1
