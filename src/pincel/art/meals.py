"""Meals in bowls, drawn by rules: soup, noodles, rice, salad."""

from __future__ import annotations

import math

import numpy as np

from pincel.art.easel import DARK, LIGHT, LOW, MID, Easel, around
from pincel.art.fruit import gleam
from pincel.art.kinds import SceneryLook
from pincel.art.molded import curved, swell
from pincel.art.variety import Variety

_Bowl = tuple[float, float, float]
"""Half its width, the height of its rim, how round that is seen."""


def _bowl(e: Easel, v: Variety, rim: float) -> _Bowl:
    """A bowl on a foot, sometimes with a stripe, from behind its rim to its foot."""
    half, deep = v.turn((14.2, 13.4, 14.6), 1), v.turn((3.9, 3.4, 4.4), 2)
    foot = e.box(16 - half * 0.42, 26, 16 + half * 0.42, 30.9)
    e.lay(foot, "bowl", np.where(e.x < 15, LOW, DARK))
    low = e.oval(16, rim, half, 29.4 - rim) & (e.y >= rim)
    e.edged(low)
    swell(e, low | e.oval(16, rim, half, deep), "bowl", 0.06)
    stripe = v.turn((0, 1, 2, 0), 1)
    bend = rim + deep * np.sqrt(np.maximum(1 - ((e.x - 16) / half) ** 2, 0))
    if stripe == 1:
        e.lay(low & (np.abs(e.y - bend - 3.4) < 0.8), "stripe", MID)
    elif stripe == 2:
        dots = (np.abs(e.y - bend - 3.6) < 1.0) & (np.floor((e.x - 16) * 0.5) % 2 == 0)
        e.lay(low & dots & (np.abs(e.x - 16) < half - 2.5), "stripe", MID)
    ring = e.oval(16, rim, half, deep)
    e.lay(ring, "bowl", np.where(e.y < rim, LOW, LIGHT))
    hollow = e.oval(16, rim, half - 1.3, deep - 1.0)
    e.lay(hollow, "bowl", DARK)
    return half, rim, deep


def _broth(e: Easel, bowl: _Bowl) -> np.ndarray:
    """What fills a bowl: bool (side, side)."""
    half, rim, deep = bowl
    wet = e.oval(16, rim + 0.5, half - 1.6, deep - 1.1)
    e.lay(wet, "broth", MID)
    e.lay(wet & (e.y > rim + deep * 0.45), "broth", LIGHT)
    e.lay(wet & (e.y < rim - deep * 0.28), "broth", LOW)
    return wet


def soup(e: Easel, v: Variety, look: SceneryLook) -> None:
    """A bowl with what swims in it; a spoon leans on its rim."""
    rim = v.turn((16.0, 17.0, 15.4), 1)
    flip = v.turn((1, -1))
    spoon = "spoon" not in look.without and (v.turn((True, True, False)) or "spoon" in look.more)
    if spoon:
        stick = e.stroke([(16 + flip * 4, rim), (16 + flip * 11.6, rim - 11.4)], 2.0, 2.4)
        e.lay(stick, "spoon", MID)
        e.lay(stick & (e.x * flip < 16 * flip + flip * 7.4 * flip), "spoon", LIGHT)
        handle = e.codes.copy()
    bowl = _bowl(e, v, rim)
    wet = _broth(e, bowl)
    if spoon:
        before = stick & (e.y < rim + 0.6)
        e.edged(before)
        e.codes[before] = handle[before]
    places = ((9.6, 0.3), (14.4, 1.5), (19.6, 0.6), (23.2, 1.0), (12.4, -1.2), (17.2, -1.0))
    first = v.turn((0, 1, 2, 3))
    for n, (x, y) in enumerate(places):
        bit = ("root", "leaf", "crumb")[(n + first) % 3]
        x = 16 + (x - 16) * flip + v.between(-0.6, 0.6)
        piece = e.oval(x, rim + y + 0.4, 1.7, 1.0) & wet & e.of("broth")
        e.lay(piece, bit, np.where(e.y < rim + y + 0.4, LIGHT, MID))


def noodles(e: Easel, v: Variety) -> None:
    """A bowl of noodles, half an egg, leaves, and sticks to eat with."""
    rim = v.turn((16.6, 17.4, 16.0), 1)
    flip = v.turn((1, -1))
    for off in (0.0, 4.2):
        stick = e.stroke([(16 + flip * (2 + off), rim), (16 + flip * (9 + off), 4.6)], 1.5, 1.5)
        e.edged(stick)
        e.lay(stick, "pole", np.where(e.y < 9, LIGHT, MID))
    sticks = e.codes.copy()
    bowl = _bowl(e, v, rim)
    wet = _broth(e, bowl)
    heap = e.oval(16, rim - 0.4, bowl[0] - 3.6, 3.6) & ((e.y < rim + 1) | wet)
    waves = np.sin(e.x * v.turn((1.2, 1.5, 1.35)) + 2.2 * np.sin(e.y * 0.8 + v.between(0, 6)))
    e.edged(heap)
    e.lay(heap, "dough", np.where(waves > 0.2, LIGHT, np.where(waves > -0.55, MID, LOW)))
    back = (sticks >= 0) & (e.y < rim - 2.2)
    e.codes[back & ~heap] = sticks[back & ~heap]
    x = 16 - flip * 5.6
    egg = e.oval(x, rim - 1.2, 3.7, 2.9)
    e.edged(egg)
    e.lay(egg, "white", np.where(e.y < rim - 0.6, LIGHT, MID))
    e.lit(e.oval(x, rim - 1.2, 1.9, 1.5), "yolk", e.ball(x, rim - 1.0, 2.2))
    for n in range(v.turn((3, 4, 2))):
        spot = e.oval(16 + flip * (0.6 + 2.6 * n), rim + (n % 2) * 1.8 - 1.4, 1.2, 0.9)
        e.lay(spot & heap, "leaf", np.where(e.y < rim, LIGHT, MID))


def rice(e: Easel, v: Variety) -> None:
    """A heap of grains in a bowl, bare or with something on top."""
    rim = v.turn((18.0, 18.8, 17.2), 1)
    flip = v.turn((1, -1), 1)
    high = v.turn((9.6, 8.4, 10.6))
    form = v.turn(("plum", "sticks", "seeds", "bare"))
    sticks = np.full_like(e.codes, -1)
    if form == "sticks":
        for off in (0.0, 4.2):
            line = [(16 + flip * (1 + off), rim - 4), (16 + flip * (8 + off), rim - 14.4)]
            stick = e.stroke(line, 1.5, 1.5)
            e.edged(stick)
            e.lay(stick, "pole", np.where(e.y < rim - 10, LIGHT, MID))
        sticks = e.codes.copy()
    half, _, deep = _bowl(e, v, rim)
    heap = (e.oval(16, rim, half - 1.8, high) & (e.y < rim)) | e.oval(
        16, rim, half - 1.8, deep - 0.8
    )
    back = (sticks >= 0) & ~heap & (e.y < rim - deep)
    e.codes[back] = sticks[back]
    e.edged(heap)
    e.lit(heap, "grain", e.ball(16, rim + 1, half, high + 2) + 0.22)
    grains = (e.noise(v.whole(0, 9999), 2, 1) > 0.82) & heap & ~around(~heap)
    e.shaded(grains & (e.row % 2 == 0), -1)
    if form == "plum":
        ball = e.oval(16, rim - high * 0.72, 2.7, 2.4)
        e.edged(ball, LOW)
        e.lit(ball, "skin", e.ball(16, rim - high * 0.72, 2.9))
        gleam(e, (15.0, rim - high * 0.72 - 1.0), (0.8, 0.7))
    elif form == "seeds":
        for n in range(7):
            a = 2.4 * n
            x, y = 16 + math.cos(a) * 1.25 * n, rim - high * 0.5 + math.sin(a) * 0.5 * n
            e.lay(e.box(x - 0.6, y - 0.6, x + 0.6, y + 0.5) & heap, "seed", DARK)


def rice_ball(e: Easel, v: Variety) -> None:
    """A corner of rice held in a leaf of seaweed."""
    half = v.turn((13.4, 12.6, 14.0))
    top = v.turn((4.6, 6.0, 3.6), 1)
    lean = v.turn((0.0, 0.8, -0.8), 2)
    points = [
        (16 + lean, top),
        (16 + half * 0.42, top + 4),
        (16 + half * 0.94, 23.4),
        (16 + half * 0.86, 29.2),
        (16, 30.8),
        (16 - half * 0.86, 29.2),
        (16 - half * 0.94, 23.4),
        (16 - half * 0.42 + lean, top + 4),
    ]
    body = curved(e, points) & (e.y < 31)
    swell(e, body, "grain", 0.16)
    grains = (e.noise(v.whole(0, 9999), 2, 1) > 0.84) & body & ~around(~body)
    e.shaded(grains & (e.row % 2 == 0), -1)
    wide = v.turn((5.2, 4.4, 6.0, 13.0))
    leaf = body & (np.abs(e.x - 16) < wide) & (e.y > (20.4 if wide < 9 else 24.0))
    e.edged(leaf & (e.y < 24 + 4 * (wide > 9)), LOW)
    e.lay(leaf, "weed", np.where(e.x < 16 - wide * 0.4, LIGHT, np.where(e.x < 18, MID, LOW)))
    if v.turn((False, True, False)):
        dot = e.oval(16 + lean, 13.6, 2.6, 2.2)
        e.edged(dot, LOW)
        e.lit(dot, "skin", e.ball(16 + lean, 13.6, 2.8))


def salad(e: Easel, v: Variety) -> None:
    """Leaves, tomatoes and rings heaped in a bowl."""
    rim = v.turn((18.6, 19.4, 18.0), 1)
    half, _, deep = _bowl(e, v, rim)
    flip = v.turn((1, -1))
    leaves = (
        (-8.6, -3.4, 4.2),
        (8.6, -3.2, 4.4),
        (-3.4, -6.8, 5.0),
        (4.0, -6.4, 5.0),
        (-6.0, -0.6, 4.0),
        (6.2, -0.4, 4.0),
        (0.0, -1.4, 4.4),
    )
    room = (e.y < rim) | e.oval(16, rim, half - 1.4, deep - 0.6)
    for n, (x, y, r) in enumerate(leaves):
        x, y = 16 + flip * x + v.between(-0.5, 0.5), rim + y + v.between(-0.6, 0.6)
        angle = np.arctan2(e.y - y, e.x - x)
        frill = r * (1 + 0.14 * np.sin(angle * 6 + n))
        leaf = (np.hypot(e.x - x, e.y - y) < frill) & room
        e.edged(leaf)
        e.lit(leaf, "leaf" if n % 3 else "frill", e.ball(x, y, r) + 0.12)
        rib = e.stroke([(x, y + r * 0.7), (x - r * 0.1, y - r * 0.4)], 0.9) & leaf
        e.lay(rib, "leaf" if n % 3 else "frill", LIGHT)
    for n, (x, y) in enumerate(((-5.4, -3.8), (5.2, -2.6), (0.6, -5.4))):
        x, y = 16 + flip * x, rim + y
        if (n + v.turn((0, 1, 2))) % 3 == 2:
            ring = e.oval(x, y, 2.9, 2.2) & room
            e.edged(ring)
            e.lay(ring, "pith", np.where(e.y < y, LIGHT, MID))
            e.lay(e.oval(x, y, 1.4, 1.0), "leaf", LIGHT)
            continue
        ball = e.oval(x, y, 2.7) & room
        e.edged(ball)
        e.lit(ball, "skin", e.ball(x, y, 2.9))
        gleam(e, (x - 0.9, y - 0.9), (0.7, 0.7))
