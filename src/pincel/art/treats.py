"""Chocolate, waffles, glasses of milk and juice, berries and roots, drawn by rules."""

from __future__ import annotations

import math

import numpy as np

from pincel.art.easel import DARK, LIGHT, LOW, MID, Easel, around
from pincel.art.fruit import gleam, grounded
from pincel.art.herbs import leaf_at
from pincel.art.molded import curved, swell, turned
from pincel.art.variety import Variety


def chocolate(e: Easel, v: Variety) -> None:
    """A bar in squares, half of it still in its paper."""
    tilt = v.turn((-18, 14, 0, -10, 20))
    half = v.turn((8.4, 7.6, 9.2), 1)
    top, foot = 4.4, 28.6
    at = v.turn((15.0, 17.0, 13.4), 2)

    def box(left: float, up: float, right: float, low: float) -> np.ndarray:
        corners = [(left, up), (right, up), (right, low), (left, low)]
        return e.polygon(turned(corners, tilt, (16, 16.4)))

    c, s = math.cos(math.radians(tilt)), math.sin(math.radians(tilt))
    u = (e.x - 16) * c + (e.y - 16.4) * s
    w = -(e.x - 16) * s + (e.y - 16.4) * c + 16.4
    bar = box(16 - half, top, 16 + half, at + 3)
    e.lay(bar, "chip", MID)
    wide = half * 2 / 3
    for column in range(3):
        for row in range(4):
            x, y = 16 - half + column * wide, top + row * 4.6
            piece = box(x + 0.8, y + 0.8, x + wide - 0.8, y + 3.9) & bar
            e.lay(piece, "chip", MID)
            side = box(x + 0.8, y + 0.8, x + wide - 0.8, y + 1.8)
            e.lay(piece & side, "chip", LIGHT)
    lines = (np.abs((u + half) % wide) < 0.6) | (np.abs((w - top) % 4.6) < 0.6)
    e.lay(bar & lines & (np.abs(u) < half - 0.8), "chip", DARK)
    foil = box(16 - half - 0.6, at, 16 + half + 0.6, at + 4)
    foil &= w > at + 1.2 * np.abs((u + 20) % 3 - 1.5)
    e.edged(foil)
    e.lay(foil, "foil", np.where(u < -2, LIGHT, MID))
    paper = box(16 - half - 0.6, at + 3, 16 + half + 0.6, foot)
    e.edged(paper)
    e.lay(paper, "icing", np.where(u < -half * 0.4, LIGHT, np.where(u < half * 0.5, MID, LOW)))
    band = box(16 - half - 0.6, at + 7, 16 + half + 0.6, at + 10.6) & paper
    e.lay(band, "band", np.where(u < 0, LIGHT, MID))
    grounded(e)


def waffle(e: Easel, v: Variety) -> None:
    """A round or a square of batter in a grid, with butter on it."""
    round_ = v.turn((True, False))
    half = v.turn((13.6, 13.0, 14.0), 1)
    y = 30.6 - half
    body = e.oval(16, y, half) if round_ else e.box(16 - half, y - half + 0.6, 16 + half, 30.6)
    e.lit(body, "crust", 0.74 - 0.025 * (e.x - 16) - 0.03 * (e.y - y))
    inner = body.copy()
    for _ in range(max(1, round(1.6 * e.k))):
        inner &= ~around(~inner)
    step = v.turn((5.2, 4.4, 6.0), 2)
    pit_x, pit_y = (e.x - 16 + step * 20) % step, (e.y - y + step * 20) % step
    pit = inner & (pit_x > 1.4) & (pit_y > 1.4)
    e.lay(pit, "crust", DARK)
    e.lay(pit & (pit_x > 2.6) & (pit_y > 2.6), "crust", LOW)
    syrup = np.zeros_like(body)
    for dx, dy, r in ((-2.0, 1.0, 5.2), (3.6, -1.4, 4.4), (1.0, 4.6, 3.6)):
        syrup |= e.oval(16 + dx, y + dy, r, r * 0.84)
    if v.turn((True, True, False), 1):
        e.edged(syrup, LOW)
        swell(e, syrup & inner, "syrup", 0.14)
    cube = e.polygon(turned([(12.8, y - 3.2), (19.2, y - 3.2), (19.2, y + 3.2), (12.8, y + 3.2)],
                            v.turn((12, -16, 30, 0)), (16, y)))  # fmt: skip
    e.edged(cube)
    e.lay(cube, "butter", np.where(e.x + e.y < 16.5 + y, LIGHT, MID))


def bacon(e: Easel, v: Variety) -> None:
    """Two wavy strips of streaky bacon."""
    flip = v.turn((1, -1))
    phase = v.turn((0.0, 0.8, 1.6, 2.4, 3.2), 1)
    for y in (24.6, 13.6):
        wave = np.sin((e.x - 16) * v.turn((0.5, 0.42, 0.56)) * flip + phase + y)
        off = (e.y - y - 1.5 * wave + flip * (e.x - 16) * 0.1) / v.turn((4.4, 4.0, 4.7), 1)
        strip = (np.abs(off) < 1) & (np.abs(e.x - 16) < 13.6)
        e.edged(strip)
        lit = wave < 0.1
        e.lay(strip, "meat", np.where(lit, LIGHT, MID))
        e.lay(strip & (np.abs(off + 0.12) < 0.26), "fat", np.where(lit, LIGHT, MID))
        e.lay(strip & (off > 0.14) & (off < 0.6), "meat", np.where(lit, MID, LOW))
        e.lay(strip & (off < -0.78), "fat", np.where(lit, LIGHT, MID))
    grounded(e)


def pretzel(e: Easel, v: Variety) -> None:
    """A knot of dough with grains of salt."""
    size = v.turn((1.0, 0.93, 1.05, 0.97, 1.02))
    thick = v.turn((4.6, 4.2, 5.0), 1)
    loop = [(16 + size * 11.4 * math.sin(a), 16.4 - size * 10.6 * math.cos(a))
            for a in np.radians(range(-130, 131, 10))]  # fmt: skip
    ends = [[(16 + way * size * 8.8, 23.2), (16 + way * size * 3.6, 19.0), (16, 15.6),
             (16 - way * size * 5.4, 8.8)] for way in (-1, 1)]  # fmt: skip
    ring = e.stroke(loop, thick)
    swell(e, ring & (e.y < 30.9), "crust", 0.12)
    for line in ends:
        arm = e.stroke(line, thick * 0.92, thick * 0.8)
        e.edged(arm)
        swell(e, arm, "crust", 0.12)
    salt = (e.noise(v.whole(0, 9999), 1, 1) > 0.9) & e.of("crust") & ~around(~e.of("crust"))
    e.lay(salt & (e.y > 9), "sugar", LIGHT)
    grounded(e)


def butter(e: Easel, v: Variety) -> None:
    """A block on a dish with a slice cut off."""
    top = v.turn((15.0, 13.6, 16.2, 14.4, 15.6))
    flip = v.turn((1, -1))
    dish = e.oval(16, 28.4, 14.8, 2.5)
    e.lay(dish & (e.y < 30.9), "plate", np.where(e.y < 28.6, LIGHT, MID))
    cut = v.turn((22.4, 21.0, 23.4), 1)
    for left, right, down in ((3.6, cut, 0.0), (cut + 1.4, 28.4, 2.0)):
        y = top + down
        front = e.box(left, y + 4, right, 28.8)
        roof = e.polygon([(left, y + 4), (left + 3.4, y), (right + 2.2, y), (right, y + 4)])
        side = e.polygon([(right, y + 4), (right + 2.2, y), (right + 2.2, 26.4), (right, 28.8)])
        e.edged(front | roof | side)
        e.lay(front, "butter", MID)
        e.lay(roof, "butter", LIGHT)
        e.lay(side, "butter", LOW)
    if flip < 0:
        e.codes[:] = e.codes[:, ::-1]


def glass(e: Easel, v: Variety) -> None:
    """A glass filled nearly to its rim."""
    _tumbler(e, v, False)


def juice(e: Easel, v: Variety) -> None:
    """A glass of juice with a straw and a slice of fruit."""
    _tumbler(e, v, True, v.turn((True, True, False), 1))


def _tumbler(e: Easel, v: Variety, straw: bool, slice_: bool = False) -> None:
    up, low = v.turn((9.4, 8.6, 10.2), 1), v.turn((7.0, 7.8, 6.2), 2)
    top = v.turn((7.6, 8.2, 6.8, 8.0, 7.2))
    flip = v.turn((1, -1))
    if straw:
        line = [(16 - flip * 2, 26), (16 + flip * 4.4, top - 2.6), (16 + flip * 9.6, top - 4.6)]
        stick = e.stroke(line, 2.4)
        e.lay(stick, "stripe", np.where(np.floor((e.y + e.x * flip) * 0.42) % 2 == 0, MID, LIGHT))
    t = np.clip((e.y - top) / (30 - top), 0, 1)
    half = up + (low - up) * t
    body = (np.abs(e.x - 16) < half) & (e.y > top) & (e.y < 30.6)
    e.edged(body)
    e.lay(body, "pane", np.where(e.x < 16, LIGHT, MID))
    drink = (np.abs(e.x - 16) < half - 1.3) & (e.y > top + 3.4) & (e.y < 29.2)
    e.lit(drink, "drink", e.across(16 - up, 16 + up))
    e.lay(drink & (e.y < top + 4.8), "drink", LIGHT)
    inside = (np.abs(e.x - 16) < half - 1.3) & (e.y > top + 0.8) & (e.y <= top + 3.4)
    if straw:
        seen = inside & stick
        e.lay(inside & ~stick, "pane", MID)
        e.lay(seen, "stripe", MID)
    else:
        e.lay(inside, "pane", MID)
    e.lay(body & (np.abs(e.x - 16 + up * 0.56) < 0.7) & (e.y > top + 6) & (e.y < 25), "pane", LIGHT)
    if slice_:
        x, y = 16 - flip * up, top + 0.6
        ring = e.oval(x, y, 4.6)
        e.edged(ring)
        e.lay(ring, "drink", MID)
        e.lay(e.oval(x, y, 3.4), "drink", LIGHT)
        for a in (0.4, 1.45, 2.5):
            spoke = [(x - 3 * math.cos(a), y - 3 * math.sin(a)),
                     (x + 3 * math.cos(a), y + 3 * math.sin(a))]  # fmt: skip
            e.lay(e.stroke(spoke, 0.8), "drink", MID)


def carton(e: Easel, v: Variety) -> None:
    """A carton with a gable."""
    left, right = v.turn((6.0, 7.0, 5.4), 1), v.turn((20.0, 19.4, 20.8), 2)
    top = v.turn((12.0, 13.2, 11.4, 12.6))
    far = right + 6.0
    front = e.polygon([(left, top), (right, top), (right, 30.8), (left, 30.8)])
    side = e.polygon([(right, top), (far, top - 2), (far, 28.4), (right, 30.8)])
    gable = e.polygon([(left, top), (left + 3.4, top - 6.4), (far - 2.4, top - 6.8), (right, top)])
    fold = e.polygon([(right, top), (far - 2.4, top - 6.8), (far, top - 2)])
    ridge = e.box(left + 3.4, top - 9.6, far - 2.2, top - 6.2)
    for mask, shade in ((side, LOW), (fold, DARK), (gable, MID), (ridge, MID), (front, LIGHT)):
        e.edged(mask)
        e.lay(mask, "drink", shade)
    e.lay(gable | ridge, "icing", np.where(e.x < 15, LIGHT, MID))
    e.lay(ridge & (e.y > top - 7.4), "icing", LOW)
    e.lay(fold, "icing", DARK)
    band = (front | side) & (e.y > 24.4) & (e.y < 28.6)
    e.lay(band, "icing", np.where(side, LOW, MID))
    x = (left + right) / 2
    drop = curved(e, [(x, 14.8), (x + 2.6, 18.6), (x + 2.2, 21.4), (x, 22.6), (x - 2.2, 21.4),
                      (x - 2.6, 18.6)])  # fmt: skip
    e.lay(drop, "icing", np.where(e.x < x, LIGHT, MID))


def turnip(e: Easel, v: Variety) -> None:
    """A round root, coloured above and pale below, with leaves."""
    wide, y = v.turn((10.6, 9.8, 11.4)), v.turn((19.4, 18.8, 20.2), 1)
    count = v.turn((3, 5, 4), 1)
    for n in sorted(range(count), key=lambda n: -abs(n - (count - 1) / 2)):
        share = n - (count - 1) / 2
        leaf_at(e, (16, y - 6.4), math.pi / 2 - share * 0.58, (11.4 - abs(share), 2.6))
    body = e.oval(16, y, wide, wide * 0.88)
    body |= e.polygon([(16 - wide * 0.6, y + wide * 0.5), (16 + wide * 0.6, y + wide * 0.5),
                       (16.7, 30.9), (15.3, 30.9)])  # fmt: skip
    body &= e.y < 30.9
    e.edged(body)
    light = e.ball(16, y, wide * 1.05, wide)
    e.lit(body, "neck", light + 0.1)
    hem = y + 1.4 + 0.9 * np.sin(e.x * 1.1 + v.between(0, 6))
    e.lay(body & (e.y < hem), "skin", DARK + np.digitize(light, (0.02, 0.36, 0.78)))
    gleam(e, (16 - wide * 0.46, y - wide * 0.36), (1.4, 1.8))


def beet(e: Easel, v: Variety) -> None:
    """A round root of one colour with leaves."""
    turnip(e, v)
    own = e.of("neck")
    e.codes[own] = (e.code("skin") + e.codes % 8)[own]


def blueberry(e: Easel, v: Variety) -> None:
    """Three berries with crowns, a leaf."""
    way = v.turn((1, -1))
    r = v.turn((7.4, 6.9, 7.8), 1)
    leaf_at(e, (16, 12), math.pi / 2 - way * 0.7, (11.5, 3.2))
    if v.turn((True, False, True)):
        leaf_at(e, (16, 12), math.pi / 2 + way * 0.8, (9.5, 2.8))
    for x, y in ((16 + way * 1.0, 14.6), (8.8, 30.4 - r), (23.2, 30.4 - r)):
        ball = e.oval(x, y, r)
        e.edged(ball)
        e.lit(ball, "skin", e.ball(x, y, r))
        crown = e.oval(x + 0.8, y - r * 0.24, r * 0.36, r * 0.28)
        e.lay(crown, "skin", DARK)
        e.lay(e.oval(x - r * 0.42, y - r * 0.5, 1.0), "skin", LIGHT)


def raspberry(e: Easel, v: Variety) -> None:
    """A berry of many drops under a collar of leaves."""
    wide = v.turn((10.0, 9.2, 10.8))
    step = v.turn((4.4, 4.0, 4.8), 1)
    row = 0
    y = 11.4
    while y < 28.6:
        t = (y - 9) / 21
        half = wide * math.sqrt(max(0.1, 1 - (t - 0.32) ** 2 / (0.5 if t > 0.32 else 0.16)))
        number = max(1, round(2 * half / step))
        for n in range(number):
            x = 16 + (n - (number - 1) / 2) * step
            drop = e.oval(x, y, step * 0.62)
            e.edged(drop, DARK)
            light = e.ball(16, 18, wide * 1.3, 14)
            e.lay(drop, "skin", DARK + np.digitize(light, (0.0, 0.3, 0.7)))
            e.lay(e.oval(x - step * 0.16, y - step * 0.18, 0.7), "skin", LIGHT)
        y, row = y + step * 0.86, row + 1
    tip = e.oval(16, 29.0, step * 0.62, 1.8)
    e.lay(tip, "skin", LOW)
    turned_ = v.between(-0.12, 0.12)
    for angle in (0.2, 2.94, 0.9, 2.24, 3.6, 5.82, 4.71):
        leaf_at(e, (16, 9.4), angle + turned_, (7.4, 1.9))
    e.lay(e.stroke([(16, 9), (16 + v.turn((1, -1, 0)), 3)], 1.8), "leaf", LOW)


def kiwi(e: Easel, v: Variety) -> None:
    """Cut in half: a brown skin, flesh with a pale heart and a ring of seeds."""
    rx, ry = v.turn((13.8, 13.0, 14.2)), v.turn((12.8, 12.0, 13.4), 1)
    y = 30.6 - ry
    e.lay(e.oval(16, y, rx, ry), "bark", np.where(e.x + e.y < 16 + y, MID, LOW))
    e.lay(e.oval(16, y, rx - 1.5, ry - 1.5), "skin", MID)
    e.lay(e.oval(15.6, y - 0.5, rx - 3.0, ry - 3.0), "skin", LIGHT)
    e.lay(e.oval(16, y, rx - 4.4, ry - 4.4), "skin", MID)
    e.lay(e.oval(16, y, 4.4, 4.0), "pith", np.where(e.y < y, LIGHT, MID))
    number = v.turn((11, 9, 13))
    for n in range(number):
        a = 2 * math.pi * n / number + v.between(-0.1, 0.1)
        spot = e.oval(16 + math.cos(a) * rx * 0.5, y + math.sin(a) * ry * 0.5, 0.9)
        e.lay(spot, "seed", DARK)


def melon(e: Easel, v: Variety) -> None:
    """A round melon with a net or with ribs."""
    r = v.turn((12.8, 12.2, 13.4, 12.5, 13.1))
    y = 30.8 - r
    body = e.lit(e.oval(16, y, r), "skin", e.ball(16, y, r))
    inner = body & ~around(~body)
    if v.turn((True, False), 1):
        net = ((e.column + e.row) % 6 == 0) | ((e.column - e.row) % 6 == 0)
        e.shaded(inner & net, 1)
    else:
        u = (e.x - 16) / np.maximum(np.sqrt(np.maximum(r * r - (e.y - y) ** 2, 0)), 1)
        for at in (-0.62, -0.2, 0.24, 0.66):
            e.shaded(inner & (np.abs(u - at) < 0.06), -1)
    way = v.turn((1, -1, 1))
    line = [(16, y - r + 1.6), (16 + way * 0.6, y - r - 1.6), (16 + way * 2.6, y - r - 2.0)]
    e.lay(e.stroke(line, 1.9), "stem", MID)
    gleam(e, (16 - r * 0.44, y - r * 0.46), (1.6, 1.8))


def peas(e: Easel, v: Variety) -> None:
    """An open pod with its peas."""
    flip = v.turn((1, -1))
    bend = v.turn((4.4, 3.4, 5.4, 3.9, 4.9), 1)
    line = [(16 + flip * x, y) for x, y in ((-12.4, 12.0), (-6, 17 + bend * 0.7), (1, 18.4 + bend),
                                           (7.6, 15.4 + bend * 0.6), (12.6, 9.4))]  # fmt: skip
    far, gone = e.along(line)
    t = gone / float(gone.max())
    half = v.turn((6.0, 5.4, 6.5), 2) * np.sin(np.pi * np.clip(t * 0.96 + 0.02, 0, 1)) ** 0.6
    pod = np.abs(far) < np.maximum(half, 0.6)
    swell(e, pod, "skin", 0.04)
    e.lay(np.abs(far) < np.maximum(half - 1.8, 0.2), "skin", DARK)
    number = v.turn((5, 4, 6))
    for n in range(number):
        at = (0.14 + 0.72 * (n + 0.5) / number) * float(gone.max())
        near = np.argmin(np.abs(gone - at) + 4 * np.abs(far))
        row, column = np.unravel_index(near, far.shape)
        x, y = float(e.x[row, column]), float(e.y[row, column])
        r = 2.9 - 0.5 * abs(2 * n / (number - 1) - 1)
        ball = e.oval(x, y, r)
        e.edged(ball, DARK)
        e.lit(ball, "pea", e.ball(x, y, r) + 0.1)
    stalk = e.stroke([line[-1], (line[-1][0] + flip * 1.0, line[-1][1] - 4)], 2.2, 1.8)
    e.lay(stalk & (e.codes < 0), "stem", MID)
    grounded(e)
