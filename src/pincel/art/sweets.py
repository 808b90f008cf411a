"""Sweet things drawn by rules: cakes, cookies, doughnuts, ice cream, lollipops."""

from __future__ import annotations

import math

import numpy as np

from pincel.art.easel import DARK, LIGHT, LOW, MID, Easel, around
from pincel.art.fruit import gleam
from pincel.art.variety import Variety


def cake(e: Easel, v: Variety, cherry: bool | None = None) -> None:
    """A slice in layers, icing that runs, sometimes a cherry on top."""
    flip = v.turn((False, True), 1)
    low, top = 17.0, v.turn((9.5, 8.5, 10.0))
    upper = e.polygon([(1.5, low), (20, top), (30.5, top + 4)])
    front = e.polygon([(1.5, low), (30.5, top + 4), (30.5, 29), (1.5, 31)])
    depth = e.y - (low + (e.x - 1.5) / 29 * (top + 4 - low))
    e.lay(front, "dough", np.where(e.x < 21, MID, LOW))
    bands = v.turn((1, 2), 1)
    for n in range(bands):
        at = 12.5 * (n + 1) / (bands + 1)
        e.lay(front & (np.abs(depth - at - 0.6) < 1.1), "cream", np.where(e.x < 21, LIGHT, MID))
    crumbs = front & (e.noise(v.whole(0, 9999), 1, 1) > 0.93) & e.of("dough")
    e.shaded(crumbs, -1)
    drip = 2.2 + 1.6 * (np.sin(e.x * v.turn((1.1, 0.9, 1.3), 1) + v.between(0, 6)) > 0.1)
    icing = front & (depth < drip)
    e.edged(icing, DARK)
    e.lay(icing, "icing", MID)
    e.lay(upper, "icing", LIGHT)
    e.lay(front & (np.abs(depth) < 0.55), "icing", MID)
    if v.turn((True, True, False), 2) if cherry is None else cherry:
        ball = e.oval(20, top + 0.4, 3.2)
        e.edged(ball)
        e.lit(ball, "cherry", e.ball(20, top + 0.4, 3.2))
        gleam(e, (19.0, top - 0.9), (0.7, 0.7))
    if flip:
        e.codes[:] = e.codes[:, ::-1]


def cupcake(e: Easel, v: Variety) -> None:
    """Icing in tiers over a pleated cup."""
    foot, rim = v.turn((7.0, 8.0, 7.5)), v.turn((10.5, 11.5, 10.0), 1)
    cup = e.polygon([(16 - rim, 19), (16 + rim, 19), (16 + foot, 31), (16 - foot, 31)])
    t = (e.y - 19) / 12
    fold = np.floor((e.x - 16) / (rim + (foot - rim) * t) * 5)
    e.lay(cup, "cup", np.where(fold % 2 == 0, MID, LOW))
    e.lay(cup & (e.x < 12), "cup", np.where(fold % 2 == 0, LIGHT, MID))
    tiers = v.turn((3, 4), 1)
    for n in range(tiers):
        half = (rim + 1.8) * (1 - 0.72 * n / tiers)
        y = 18.5 - n * 13.0 / tiers
        tier = e.oval(16, y, half, 3.9 - 0.2 * n)
        e.edged(tier)
        e.lit(tier, "icing", e.ball(16, y, half, 4.5))
    ball = e.oval(16, 4.6, 3.0)
    e.edged(ball)
    e.lit(ball, "cherry", e.ball(16, 4.6, 3.0))
    sprinkles = e.of("icing") & (e.noise(v.whole(0, 9999), 2, 1) > 0.9)
    e.lay(sprinkles & (e.row % 2 == 0), "sprinkle", MID)


def cookie(e: Easel, v: Variety) -> None:
    """A disc with pieces of chocolate."""
    r = v.turn((13.0, 12.2, 13.6)) + v.between(-0.3, 0.3)
    y = 30.8 - r
    angle = np.arctan2(e.y - y, e.x - 16)
    rim = r + 0.5 * np.sin(angle * 5 + v.between(0, 6))
    disc = np.hypot(e.x - 16, e.y - y) <= rim
    if v.turn((False, False, True), 2):
        for dx, dy in ((0.62, -0.62), (0.9, -0.2), (0.25, -0.92)):
            disc &= ~e.oval(16 + dx * r, y + dy * r, r * 0.36)
    e.lit(disc, "dough", e.ball(16, y, r * 1.1))
    placed: list[tuple[float, float]] = []
    for _ in range(80):
        x, z = v.between(16 - r, 16 + r), v.between(y - r, y + r)
        chip = e.oval(x, z, v.between(1.4, 2.0))
        near = any(math.hypot(x - a, z - b) < 5.2 for a, b in placed)
        if near or len(placed) > 7 or not chip.any() or not disc[chip | around(chip)].all():
            continue
        placed.append((x, z))
        e.edged(chip, DARK)
        e.lit(chip, "chip", e.ball(x, z, 2.0))
    e.calm("dough")


def doughnut(e: Easel, v: Variety) -> None:
    """A ring with icing and sprinkles."""
    rx, ry = v.turn((14.0, 13.4, 14.4)), v.turn((11.5, 12.5, 10.8), 1)
    y = 30.6 - ry
    far = np.hypot((e.x - 16) / rx, (e.y - y) / ry)
    hole = np.hypot((e.x - 16) / rx, (e.y - y + 0.6) / ry) < v.turn((0.28, 0.32, 0.25), 2)
    ring = (far <= 1) & ~hole
    e.lit(ring, "dough", e.ball(16, y, rx, ry) - 0.1)
    angle = np.arctan2(e.y - y, e.x - 16)
    edge = 0.8 + 0.055 * np.sin(angle * v.turn((7, 6, 8), 1) + v.between(0, 6))
    far_up = np.hypot((e.x - 16) / rx, (e.y - y + 1.2) / ry)
    icing = (far_up <= edge) & ring
    e.edged(icing, DARK)
    light = np.where(np.hypot((e.x - 15) / rx, (e.y - y + 2.5) / ry) < 0.62, 0.9, 0.5)
    e.lit(icing, "icing", light - 0.02 * (e.x - 16) - 0.03 * (e.y - y))
    e.edged(hole & ~around(~hole), DARK)
    bits = icing & (e.noise(v.whole(0, 9999), 2, 1) > 0.86) & (e.row % 3 == 1)
    bits &= ~around(~icing)
    e.lay(bits, "sprinkle", np.where(e.noise(3, 2, 3) > 0.5, LIGHT, MID))


def ice_cream(e: Easel, v: Variety) -> None:
    """Scoops on a cone."""
    scoops = v.turn((1, 2, 3))
    r = (7.8, 6.0, 5.4)[scoops - 1] + v.between(-0.2, 0.2)
    rim = (16.0, 19.0, 19.0)[scoops - 1]
    cone = e.polygon([(16 - r * 0.92, rim), (16 + r * 0.92, rim), (16.6, 31), (15.4, 31)])
    e.lit(cone, "cone", 0.6 - 0.09 * (e.x - 15))
    waffle = ((e.column + e.row) % 4 == 0) | ((e.column - e.row) % 4 == 0)
    e.shaded(cone & waffle, -1)
    three = [(16 - r * 0.75, rim - 3.4), (16 + r * 0.75, rim - 3.4), (16.0, rim - 10.5)]
    places = ([(16.0, rim - 4.6)], [(16.0, rim - 4.0), (16.0, rim - 11.0)], three)[scoops - 1]
    first = v.turn((0, 1, 2), 1)
    for n, (x, y) in enumerate(places):
        scoop = e.oval(x, y, r) | e.box(x - r, y + r * 0.3, x + r, y + r * 0.75 + v.between(0, 1))
        e.edged(scoop)
        e.lit(scoop, ("icing", "second", "third")[(n + first) % 3], e.ball(x, y, r * 1.1))
    x, y = places[-1]
    ball = e.oval(x, y - r - 0.4, 2.3)
    if v.turn((True, False), 1):
        e.edged(ball)
        e.lit(ball, "cherry", e.ball(x, y - r - 0.4, 2.3))


def lollipop(e: Easel, v: Variety) -> None:
    """A wound sweet on a stick."""
    r = v.turn((9.6, 9.0, 10.2)) + v.between(-0.2, 0.2)
    y = 1.4 + r
    e.lay(e.box(15, y, 17, 31), "pole", np.where(e.x < 16, LIGHT, MID))
    body = e.oval(16, y, r)
    e.edged(body)
    light = e.ball(16, y, r)
    e.lit(body, "icing", light)
    far = np.hypot(e.x - 16, e.y - y)
    angle = np.arctan2(e.y - y, e.x - 16) * v.turn((1, -1), 1)
    arms = v.turn((2, 3, 4), 2)
    wound = np.sin(angle * arms + far * 0.55 + v.between(0, 6)) > 0.1
    shade = np.digitize(light, (0.02, 0.36, 0.78))
    e.lay(body & wound, "second", DARK + shade)
    gleam(e, (16 - r * 0.45, y - r * 0.45), (1.6, 1.2))
