"""On plates, in dishes and in jars, drawn by rules: pancakes, roasts, pies, honey."""

from __future__ import annotations

import math

import numpy as np

from pincel.art.easel import LIGHT, LOW, MID, Easel, around
from pincel.art.fruit import gleam
from pincel.art.kinds import SceneryLook
from pincel.art.molded import curved, swell
from pincel.art.variety import Variety


def _plate(e: Easel, v: Variety, top: float = 27.4) -> None:
    """A flat plate from the side."""
    half = v.turn((14.8, 14.2, 15.0), 1)
    rim = e.oval(16, top, half, 2.6) | (e.oval(16, top, half * 0.8, 31 - top) & (e.y > top))
    e.lay(rim & (e.y < 31), "plate", np.where(e.y < top, MID, LOW))
    e.lay(e.oval(16, top, half, 2.6) & (e.y > top - 0.4), "plate", LIGHT)
    e.lay(e.oval(16, top - 0.2, half - 2.4, 1.7), "plate", MID)


def pancakes(e: Easel, v: Variety, look: SceneryLook) -> None:
    """A stack with butter on top and syrup that runs down."""
    _plate(e, v)
    number = v.turn((4, 3, 5))
    step = (4.1, 4.8, 3.4)[(4, 3, 5).index(number)]
    half = v.turn((11.6, 11.0, 12.2), 1)
    y = 26.6
    for _ in range(number):
        x = 16 + v.between(-0.8, 0.8)
        side = e.oval(x, y, half, 3.2) | e.box(x - half, y - step + 1, x + half, y)
        side |= e.oval(x, y - step + 1, half, 3.2)
        e.edged(side)
        e.lay(side, "rim", np.where(e.x < 12, LIGHT, np.where(e.x < 21, MID, LOW)))
        y -= step
        face = e.oval(x, y + 1, half, 3.2)
        e.edged(face, LOW)
        e.lay(face, "crust", np.where(e.x + 2 * e.y < 16 + 2 * y, LIGHT, MID))
    _topped(e, v, look, (y + 1, half))


def _topped(e: Easel, v: Variety, look: SceneryLook, at: tuple[float, float]) -> None:
    """Syrup, and butter or berries, on a stack: the height of its top, half its width."""
    y, half = at
    syrup = e.oval(16, y, half * 0.78, 2.4)
    for n in range(v.turn((3, 4, 3))):
        x = 16 + (n - 1.2) * half * 0.52 + v.between(-0.8, 0.8)
        end = y + v.between(4.5, 9.5)
        syrup |= e.stroke([(x, y + 1), (x, min(end, 25.5))], 2.8, 2.2)
    e.edged(syrup & (e.y > y + 2))
    e.lay(syrup, "syrup", np.where(e.x < 14, LIGHT, MID))
    buttered = "butter" in look.more or v.turn((True, True, False))
    if buttered and "berry" not in look.more:
        cube = e.polygon(
            [
                (12.6, y - 2.4),
                (16, y - 4),
                (19.4, y - 2.4),
                (19.4, y - 0.4),
                (16, y + 1.2),
                (12.6, y - 0.4),
            ]
        )
        e.edged(cube)
        e.lay(cube, "butter", np.where(e.x < 16, MID, LOW))
        top = e.polygon([(12.6, y - 2.4), (16, y - 4), (19.4, y - 2.4), (16, y - 0.8)])
        e.lay(top, "butter", LIGHT)
        return
    for x, z in ((13.6, -0.8), (18.0, -0.6), (15.8, -2.8)):
        berry = e.oval(x, y + z, 2.0)
        e.edged(berry)
        e.lit(berry, "berry", e.ball(x, y + z, 2.1))


def roast(e: Easel, v: Variety) -> None:
    """A whole bird on a plate, between leaves."""
    _plate(e, v, 27.0)
    flip = v.turn((1, -1))
    high = v.turn((0.0, 1.0, -0.8), 1)
    for x, y, r in ((4.6, 25.4, 3.0), (27.2, 25.6, 3.0), (8.4, 26.6, 2.8), (23.4, 26.8, 2.8)):
        leaf = e.oval(x + v.between(-0.4, 0.4), y, r, 2.4)
        e.edged(leaf)
        e.lit(leaf, "leaf", e.ball(x, y, r, 2.6) + 0.1)

    def at(points: str) -> list[tuple[float, float]]:
        pairs = [one.split(",") for one in points.split()]
        return [(16 + flip * (float(a) - 16), float(b) + high * (float(b) < 20)) for a, b in pairs]

    body = curved(e, at("4.4,21 6,14 11,9.4 17,8.6 22.4,11 26,16 27,22 24.4,26 16,27.4 8,26.4"))
    e.edged(body)
    swell(e, body, "meat", 0.08)
    wing = curved(e, at("8.4,17 12.4,15 16,17 15.4,20.6 11.4,22 8.2,20.4"))
    e.edged(wing)
    swell(e, wing, "meat", 0.12)
    bone = e.stroke(at("24.4,12.6 27.4,7.6"), 2.6)
    e.lay(bone, "bone", MID)
    for x, y in at("26.6,6.4 28.4,8.2"):
        e.lit(e.oval(x, y, 1.7), "bone", e.ball(x, y, 2.0))
    leg = curved(e, at("15.4,21 17,15.4 22,12 25,10.6 26.4,12.4 26,16.4 24.4,22 19.6,25"))
    e.edged(leg)
    swell(e, leg, "meat", 0.12)
    for place in at("11.4,12.4 19.6,16.4")[: v.turn((2, 1, 2))]:
        gleam(e, place, (1.6, 1.0))


def honey(e: Easel, v: Variety, look: SceneryLook) -> None:
    """A pot or a glass of honey."""
    (_glass if "lid" in look.more else v.turn((_pot, _glass)))(e, v)


def _pot(e: Easel, v: Variety) -> None:
    """A round pot; honey runs over its rim, a dipper stands in it."""
    half, top = v.turn((12.6, 11.8, 13.2), 1), v.turn((11.0, 12.0), 1)
    flip = v.turn((1, -1, -1))
    stick = e.stroke([(16 + flip * 1, top + 3), (16 + flip * 6, 2.6)], 2.0)
    e.lay(stick, "pole", np.where(e.x * flip < 16 * flip + 4, LIGHT, MID))
    body = e.oval(16, 21.4, half, 9.6) | e.box(16 - half * 0.6, 27, 16 + half * 0.6, 31)
    body &= (e.y < 30.9) & (e.y > top)
    e.edged(body)
    swell(e, body, "jar", 0.06)
    neck = e.box(16 - half * 0.74, top - 1.6, 16 + half * 0.74, top + 2.4)
    e.edged(neck)
    e.lay(neck, "jar", np.where(e.x < 12, LIGHT, np.where(e.x < 20, MID, LOW)))
    run = e.oval(16, top - 1.2, half * 0.74, 1.9)
    for n in range(v.turn((3, 4, 3))):
        x = 16 + half * (-0.5 + 0.42 * n) + v.between(-0.5, 0.5)
        run |= e.stroke([(x, top), (x, top + (7.4, 4.0, 9.0, 4.8)[(n + v.seed) % 4])], 3.2, 2.8)
    e.edged(run)
    swell(e, run, "honey", 0.14)
    e.lay(stick & (e.y < top - 2.4), "pole", MID)
    label = e.oval(16 + flip * 3, 24.2, 3.4, 2.8) & body & ~run
    e.lay(label & ~around(~label), "honey", np.where(e.y < 24, LIGHT, MID))


def _glass(e: Easel, v: Variety) -> None:
    """A glass with a lid and a label."""
    half, top = v.turn((10.6, 11.4, 10.0), 1), v.turn((9.4, 8.4, 10.0), 2)
    body = e.box(16 - half, top + 2, 16 + half, 29) | e.oval(16, 28.6, half, 2.3)
    body |= e.oval(16, top + 3, half, 2.6)
    swell(e, body & (e.y < 30.9), "honey", 0.08)
    pane = body & ~e.box(16 - half + 1.1, 0, 16 + half - 1.1, 29.4)
    e.lay(pane, "pane", np.where(e.x < 16, LIGHT, MID))
    lid = e.box(16 - half * 0.88, top - 4.0, 16 + half * 0.88, top + 1.4)
    e.edged(lid)
    folds = np.floor((e.x - 16) * 0.7) % 2 == 0
    e.lay(lid, "lid", np.where(e.x < 11, LIGHT, np.where(e.x < 21, MID, LOW)))
    e.shaded(lid & folds & (e.y > top - 1.4), -1)
    e.lay(lid & (e.y < top - 2.8), "lid", LIGHT)
    label = e.box(16 - half * 0.66, 17, 16 + half * 0.66, 25.4)
    e.edged(label, LOW)
    e.lay(label, "label", np.where(e.x < 20, LIGHT, MID))
    comb = e.polygon(
        [(16 + 3.4 * math.cos(a), 21.2 + 3.4 * math.sin(a)) for a in np.radians(range(30, 390, 60))]
    )
    e.lay(comb, "honey", MID)
    e.lay(e.oval(15.2, 20.4, 1.3), "honey", LIGHT)
    gleam(e, (16 - half + 2.4, top + 4.4), (0.8, 1.6))


def jelly(e: Easel, v: Variety, look: SceneryLook) -> None:
    """A wobbly dome on a plate, with ribs or a cherry."""
    _plate(e, v, 28.0)
    half, top = v.turn((12.0, 11.2, 12.6), 1), v.turn((9.0, 7.4, 10.4, 8.2, 9.8))
    up = half * v.turn((0.7, 0.62, 0.78), 2)
    body = curved(
        e,
        [
            (16 - up, top + 1),
            (16, top - 0.4),
            (16 + up, top + 1),
            (16 + half * 0.9, 20),
            (16 + half, 26.6),
            (16 + half * 0.6, 29),
            (16 - half * 0.6, 29),
            (16 - half, 26.6),
            (16 - half * 0.9, 20),
        ],
    )
    e.edged(body)
    swell(e, body, "jelly", 0.1)
    t = np.clip((e.y - top) / (28 - top), 0, 1)
    ribs = np.abs(((e.x - 16) / (up + (half - up) * t) * 2.5) % 1 - 0.5) > 0.4
    e.shaded(body & ribs & (e.y > top + 4) & ~around(~body), -1)
    e.lay(e.oval(16, top + 1.6, up * 0.8, 1.8), "jelly", LIGHT)
    gleam(e, (16 - half * 0.56, top + 7.0), (1.2, 2.2))
    if "cherry" not in look.without and ("cherry" in look.more or v.turn((True, False, True))):
        ball = e.oval(16, top - 1.8, 2.8)
        e.edged(ball)
        e.lit(ball, "cherry", e.ball(16, top - 1.8, 2.9))
        gleam(e, (15.0, top - 2.8), (0.8, 0.8))
        stalk = [(16, top - 4.4), (17.4, top - 7.0)]
        e.lay(e.stroke(stalk, 1.2) & (e.codes < 0), "bark", MID)


def pudding(e: Easel, v: Variety) -> None:
    """A custard that narrows upwards, caramel running down its sides."""
    _plate(e, v, 28.0)
    low, up = v.turn((12.0, 11.2, 12.6), 1), v.turn((8.4, 9.0, 7.8), 2)
    top = v.turn((11.0, 12.4, 9.6))
    body = e.polygon([(16 - up, top), (16 + up, top), (16 + low, 27.4), (16 - low, 27.4)])
    body |= e.oval(16, 27.4, low, 2.2)
    e.edged(body)
    e.lit(body, "cream", e.across(16 - low, 16 + low) + 0.02)
    hem = top + 3.4 + 1.7 * np.sin(e.x * v.turn((0.9, 1.1, 1.0)) + v.between(0, 6))
    sauce = (body & (e.y < hem)) | e.oval(16, top, up, 2.6)
    e.edged(sauce)
    e.lit(sauce, "syrup", e.across(16 - up, 16 + up))
    e.lay(e.oval(16, top, up, 2.6), "syrup", np.where(e.x < 16, LIGHT, MID))
    gleam(e, (16 - up * 0.5, top - 0.3), (1.5, 0.8))


def pie(e: Easel, v: Variety) -> None:
    """A whole pie: a lattice or a lid with cuts over its filling, in a dish."""
    top, half = v.turn((17.0, 16.0, 18.0, 16.6, 17.6)), v.turn((14.2, 13.6, 14.4), 1)
    deep = v.turn((6.6, 6.0, 7.2), 2)
    dish = e.polygon(
        [
            (16 - half, top + 1),
            (16 + half, top + 1),
            (16 + half * 0.72, 29.6),
            (16 - half * 0.72, 29.6),
        ]
    ) | e.oval(16, 29.0, half * 0.72, 1.9)
    e.lit(dish & (e.y < 30.9), "plate", e.across(16 - half, 16 + half) - 0.1)
    folds = np.floor((e.x - 16) / half * 6) % 2 == 0
    e.shaded(dish & folds, -1)
    ring = e.oval(16, top, half + 0.4, deep)
    e.edged(ring)
    angle = np.arctan2((e.y - top) / deep, (e.x - 16) / half)
    e.lay(ring, "crust", np.where(np.sin(angle * 14) > 0.1, LIGHT, MID))
    inner = e.oval(16, top - 0.2, half - 2.6, deep - 1.7)
    e.edged(inner, LOW)
    if v.turn((True, False, True)):
        e.lay(inner, "filling", MID)
        e.lay(inner & (e.noise(v.whole(0, 99), 2, 1) > 0.7), "filling", LIGHT)
        for way in (-1, 1):
            bars = np.abs((e.x - 16 + way * (e.y - top) * 1.9) % 6.4 - 3.2) < 1.0
            e.lay(inner & bars, "crust", MID if way < 0 else LIGHT)
        return
    e.lit(inner, "crust", e.ball(16, top + 1, half, deep + 1) + 0.12)
    for n in range(v.turn((3, 4))):
        a = 2 * math.pi * (n + 0.25) / v.turn((3, 4))
        x, y = 16 + math.cos(a) * half * 0.42, top + math.sin(a) * deep * 0.36
        e.lay(e.oval(x, y, 1.6, 0.9) & inner, "filling", LOW)
