"""Boats, ships and submarines, drawn by rules."""

from __future__ import annotations

import numpy as np

from pincel.art.easel import DARK, LIGHT, LOW, MID, Easel, Point
from pincel.art.item_matter import WOOD
from pincel.art.kinds import SceneryLook, Shade
from pincel.art.molded import curved, plaque, pts, swell
from pincel.art.rigging import bar, glazed, mentioned, plate, rig, said_form, tube
from pincel.art.roads import BLACK, PAINTS, WHITE
from pincel.art.variety import Variety

CANVAS: Shade = ("a89878", "ece0c4", "fffaec")
_SPARS = (WOOD[2], WOOD[0], ("3a2418", "5c3c28", "84603c"), WOOD[1], ("4c3424", "74543c", "a07c58"))


def _sea(e: Easel, y: float) -> None:
    """Water before a hull: a few waves."""
    crest = y + 0.9 * ((e.x + 1) % 6 < 3)
    water = (e.y >= crest) & (e.y < y + 3.4) & (e.x > 0.8) & (e.x < 31.2)
    e.lay(water, "water", MID)
    e.lay(water & (e.y < crest + 1), "water", LIGHT)
    e.lay(water & (e.y > y + 2.4), "water", LOW)


def _hull(e: Easel, points: list[Point], stripe: bool, planks: bool = True) -> None:
    """A hull of planks, from the side, with a rail and perhaps a stripe."""
    mask = plate(e, e.polygon(points), "hull", 1.0, 2.0)
    top = min(y for _, y in points)
    low = max(y for _, y in points)
    if planks:
        at = 2.6
        while top + at < low - 1:
            line = mask & (e.y >= top + at) & (e.y < top + at + 1 / max(1.0, e.k * 0.7))
            e.shaded(line, -1)
            at += 2.6
    if stripe:
        e.lay(mask & (e.y >= top + 2.2) & (e.y < top + 3.6), "band", MID)


def _cloth(e: Easel, mask: np.ndarray) -> None:
    """A sail that the wind fills."""
    swell(e, mask, "sail", 0.16, 4.0)


@rig(
    "sailboat",
    "sail hull",
    "sail mast=wood hull flag stripe=band",
    "left right",
    "wood",
    sail=(CANVAS, WHITE, PAINTS[0], PAINTS[2], PAINTS[1]),
    hull=(*WOOD, PAINTS[1], PAINTS[0], WHITE),
    flag=PAINTS,
    band=(WHITE, PAINTS[0], PAINTS[1]),
)
def sailboat(e: Easel, v: Variety, look: SceneryLook) -> None:
    """A sailing boat with one mast and two sails."""
    m = v.turn((14.0, 13.0, 15.0))
    top = v.turn((2.4, 1.6, 3.2))
    bar(e, (m, top, m + 1.2, 24), "wood", MID)
    bulge = v.turn((2.2, 1.2, 3.0))
    back = curved(e, [(m - 0.6, top + 1.4), (m - 0.8, 20.6), (m - 6, 21.2), (m - 12, 20.4),
                      (m - 8.6 - bulge / 2, 13.4), (m - 4.4, 6)])  # fmt: skip
    fore = curved(e, [(m + 2.0, top + 3.4), (m + 7 + bulge / 2, 9.4), (m + 12.6 + bulge, 17.6),
                      (m + 13, 20), (m + 7, 20.6), (m + 2, 20)])  # fmt: skip
    _cloth(e, back)
    _cloth(e, fore)
    if v.turn((False, True, False)) or mentioned(look, "band"):
        e.lay(back & (e.y > 14) & (e.y < 16.6), "band", MID)
        e.lay(fore & (e.y > 14) & (e.y < 16.6), "band", MID)
    bar(e, (m - 12, 20.8, m + 1, 22), "wood", LOW)
    if mentioned(look, "flag") or v.turn((True, True, False)):
        e.lay(e.polygon([(m + 1, top - 1), (m + 6.4, top + 0.8), (m + 1, top + 2.6)]), "flag", MID)
    deep = v.turn((6.0, 5.0))
    _hull(e, [(2.4, 23), (30.4, 22.4), (27.4, 23 + deep), (6.4, 23 + deep)], v.turn((True, False)))


@rig("rowing boat", "hull", "hull oar=wood paddle=wood stripe=band seat", "left right",
     "wood metal", hull=(*WOOD, PAINTS[1], PAINTS[0]), wood=(WOOD[1], WOOD[0]))  # fmt: skip
def rowing_boat(e: Easel, v: Variety, look: SceneryLook) -> None:
    """A boat with oars, seen a little from above."""
    deep = v.turn((0.0, 1.0, 2.0))
    inside = curved(e, pts("2.4,11.4 8,10.4 16,10 24,10.4 29.6,11.4 25,15 16,16.4 7,15"))
    e.lay(inside, "seat", DARK)
    for x in (9.4, 16.0, 22.0):
        seat = e.polygon([(x - 1.6, 9), (x + 1.8, 9), (x + 2.4, 17), (x - 1.0, 17)]) & inside
        e.lay(seat, "seat", MID)
        e.lay(seat & (e.x < x - 0.4), "seat", LIGHT)
    side = curved(
        e,
        [
            (1.2, 11.0),
            (7, 14.4),
            (16, 15.6),
            (25, 14.4),
            (30.8, 11.0),
            (28.4, 17.6),
            (22, 21.4 + deep),
            (16, 22 + deep),
            (10, 21.4 + deep),
            (3.6, 17.6),
        ],
    )
    plate(e, side, "hull", 1.0, 2.0)
    e.shaded(side & (abs(e.y - 18.6 + 0.012 * (e.x - 16) ** 2 - 0.4) < 0.55), -1)
    if mentioned(look, "band") or v.turn((False, True, False)):
        arch = e.y + 0.02 * (e.x - 16) ** 2
        e.lay(side & (arch > 17) & (arch < 18.4), "band", MID)
    e.lay(inside & ~e.polygon(pts("0,11.8 32,11.8 32,32 0,32")), "hull", LIGHT)
    for sign in v.turn(((1, -1), (1,), (1, -1))):
        a = (16 + sign * 4, 12.4)
        b = (16 + sign * 13, 24.6)
        e.edged(e.stroke([a, b], 1.2))
        e.lay(e.stroke([a, b], 1.3), "wood", MID)
        blade = e.stroke([(16 + sign * 10.6, 21.4), b], 3.0)
        e.lay(blade, "wood", MID)
        e.lay(blade & (e.x + e.y < b[0] + b[1] - 2.4), "wood", LIGHT)


@rig("ship", "hull sail", "sail mast=spar hull flag stripe=band skull", "pirate left right",
     "wood metal", hull=WOOD, sail=(CANVAS, WHITE, PAINTS[0], CANVAS, PAINTS[2]),
     flag=(PAINTS[0], PAINTS[1], PAINTS[3], PAINTS[2]), spar=(WOOD[2],))  # fmt: skip
def ship(e: Easel, v: Variety, look: SceneryLook) -> None:
    """A ship with square sails; a pirate's has a skull on the sail and a black flag."""
    _galleon(e, v, look, "pirate" in look.more or mentioned(look, "skull"))


@rig("pirate ship", "sail hull", "sail mast=spar hull flag=jolly skull stripe=band", "left right",
     "wood", hull=(WOOD[0], WOOD[2], WOOD[1]), spar=_SPARS,
     sail=(BLACK, PAINTS[0], BLACK, ("34405c", "5c6c8c", "94a4c0"), PAINTS[6]))  # fmt: skip
def pirate_ship(e: Easel, v: Variety, look: SceneryLook) -> None:
    """A ship of pirates."""
    _galleon(e, v, look, True)


def _square(e: Easel, x: float, half: float, upper: float, lower: float) -> None:
    """A square sail under its yard."""
    middle = (upper + lower) / 2
    sail = curved(e, [(x - half, upper), (x, upper + 0.4), (x + half, upper),
                      (x + half + 1, middle), (x + half, lower), (x, lower - 1), (x - half, lower),
                      (x - half + 1, middle)])  # fmt: skip
    _cloth(e, sail)
    bar(e, (x - half - 0.6, upper - 0.8, x + half + 0.6, upper + 0.4), "spar", LOW)


def _rig_of_ship(e: Easel, v: Variety, look: SceneryLook, pirates: bool) -> None:
    """Masts, sails and flags."""
    masts = v.turn(((11.5, 21.5), (15.5,), (8.0, 16.5, 25.0)))
    if pirates:
        masts = (15.5,)
    wide = {1: 7.6, 2: 4.6, 3: 3.2}[len(masts)]
    if len(masts) == 1:
        jib = curved(e, pts("24,7.6 27,12 30.4,17.6 24.4,18"))
        if v.turn((True, True, False)):
            _cloth(e, jib)
        after = curved(e, pts("6.4,6.4 6.8,16.6 1.6,16 3,11"))
        if v.turn((False, True, True)):
            _cloth(e, after)
            bar(e, (6.4, 5, 7.4, 18), "spar", MID)
    for n, x in enumerate(masts):
        main = n == len(masts) // 2
        top = 2.4 if main else 4.4
        bar(e, (x - 0.6, top, x + 0.6, 22), "spar", MID)
        if len(masts) == 3:
            _square(e, x, wide, top + 3.4, 17.6)
        elif not pirates:
            _square(e, x, wide * 0.78, top + 2.2, 9.6)
            _square(e, x, wide, 11.0, 18.6)
        else:
            _square(e, x, wide * 0.9, top + 2.8, 18.4)
            _skull(e, x, 11.8, v.turn((1.4, 1.5)))
        if main:
            color = "jolly" if pirates and "flag" not in look.colors else "flag"
            e.lay(e.polygon([(x, top - 1.8), (x + 6, top - 0.4), (x, top + 1.2)]), color, MID)
            bar(e, (x - 0.6, top - 1.8, x + 0.6, top + 1.4), "spar", MID)


def _galleon(e: Easel, v: Variety, look: SceneryLook, pirates: bool) -> None:
    e.lay(e.stroke([(26, 20), (31.4, 15.4)], 1.2), "spar", MID)
    _rig_of_ship(e, v, look, pirates)
    high = v.turn((17.0, 18.0))
    points = [(1.4, high), (8, high), (9, 20.4), (23, 20.4), (24.4, 19), (30.4, 19), (26.6, 28),
              (5, 28), (2.4, 24)]  # fmt: skip
    _hull(e, points, False)
    bar(e, (1.0, high - 0.6, 8.4, high + 0.8), "hull", LIGHT)
    bar(e, (24, 18.4, 30.8, 19.6), "hull", LIGHT)
    e.lay(e.box(8.6, 20, 24, 21), "hull", LIGHT)
    if v.turn((True, True, False)) or mentioned(look, "band"):
        line = e.of("hull") & (e.y > 21.4) & (e.y < 22.6)
        e.lay(line, "band" if "band" in look.colors else "brass", MID)
    for x in v.turn(((10, 15, 20), (9, 13, 17, 21))):
        bar(e, (x, 23, x + 2, 25), "trim", MID)
    glazed(e, e.box(3.2, high + 2.4, 5.6, high + 4.6), "lamp")
    if v.turn((False, True, False, False)):
        _sea(e, 26.4)


def _skull(e: Easel, x: float, y: float, s: float) -> None:
    """A skull over two bones."""
    bone = "skull"
    for a, b in ((-1, 1), (1, -1)):
        e.lay(e.stroke([(x - 3.4 * a * s, y + 0.6 * s), (x - 3.4 * b * s, y + 3.4 * s)], 1.2), bone,
              MID)  # fmt: skip
    head = e.oval(x, y - 0.4, 2.6 * s, 2.2 * s) | e.box(x - 1.5 * s, y, x + 1.5 * s, y + 2.6 * s)
    e.edged(head)
    e.lay(head, bone, LIGHT)
    for d in (-1.5, 0.5):
        e.lay(e.box(x + d * s, y - 0.8 * s, x + (d + 1.0) * s, y + 0.5 * s), "trim", MID)


@rig(
    "boat",
    "hull band",
    "hull stripe=band cabin funnel=stack chimney=stack window=glass flag mast=metal",
    "fishing fast left right",
    "wood metal",
    hull=(PAINTS[0], PAINTS[1], PAINTS[3], ("8890a4", "d8dce6", "ffffff"), BLACK),
    band=(WHITE, PAINTS[0], PAINTS[2]),
    stack=(PAINTS[0], PAINTS[2], PAINTS[1]),
    flag=PAINTS,
)
def motor_boat(e: Easel, v: Variety, look: SceneryLook) -> None:
    """A boat with an engine: a steamer, a fishing boat, a fast one."""
    form = said_form(look, ("fishing", "fast")) or _form_with(look)
    form = form or v.turn(("steamer", "fishing", "steamer", "fast"))
    if form == "fast":
        _speedboat(e)
        return
    deep = v.turn((26.4, 27.4))
    x = v.turn((9.0, 11.0, 7.0))
    if form == "fishing":
        bar(e, (21, 3, 22.2, 18), "metal", LOW)
        e.lay(e.stroke([(21.6, 4), (29.6, 16)], 0.9), "metal", MID)
        e.lay(e.polygon(pts("22.2,3 27,4.8 22.2,6.6")), "flag", MID)
        plate(e, e.box(x - 2, 9.4, x + 7, 19), "cabin", 1.0, 1.0)
        plate(e, plaque(e, x - 3, 7.4, x + 8, 9.8, 0.8), "hull", 1.0, 1.0)
        glazed(e, e.box(x - 0.4, 11.4, x + 2.2, 14.4))
        glazed(e, e.box(x + 3.2, 11.4, x + 5.8, 14.4))
    else:
        plate(e, e.box(5, 13, 25, 19), "cabin", 1.0, 1.0)
        plate(e, e.box(x - 1, 8.6, x + 11, 13.4), "cabin", 1.0, 0.0)
        for n in range(3):
            glazed(e, e.box(x + 0.6 + 3.6 * n, 10, x + 2.8 + 3.6 * n, 12))
        for n in range(5):
            e.lay(e.oval(8.0 + 3.6 * n, 16, 1.1), "glass", MID)
        for s in v.turn(((x + 5.0,), (x + 1.6, x + 6.4))):
            tube(e, e.box(s, 2.6, s + 3.2, 9), "stack", e.x - s - 1.6, 1.7)
            e.lay(e.box(s, 2.6, s + 3.2, 4.2), "trim", MID)
    _hull(e, [(1.2, 18), (3, 18.8), (26, 18.8), (31, 17), (27.4, deep), (4.4, deep)], False, False)
    body = e.of("hull") & (e.y > 18)
    e.lay(body & (e.y > deep - 2.6), "band", MID)
    e.lay(body & (e.y > deep - 1.4), "band", LOW)
    if v.turn((True, False, False)):
        _sea(e, deep - 1.4)


def _form_with(look: SceneryLook) -> str:
    """The kind of boat that has what is said."""
    if mentioned(look, "flag") or mentioned(look, "metal"):
        return "fishing"
    return "steamer" if mentioned(look, "stack") or mentioned(look, "cabin") else ""


def _speedboat(e: Easel) -> None:
    hull = e.polygon(pts("1.4,17 17,17 31,16.4 26.4,22 22,24.4 2.4,24.4"))
    plate(e, hull, "hull", 1.0, 2.0)
    e.lay(hull & (e.y >= 19) & (e.y < 20.6), "band", MID)
    e.lay(e.polygon(pts("13,17 16,11.4 17.4,11.4 21.4,17")), "glass", LIGHT)
    e.lay(e.polygon(pts("15.4,17 17,13 19.4,17")), "glass", MID)
    plate(e, plaque(e, 6, 13, 10, 18, 1.2), "seat", 1.0, 1.0)
    bar(e, (1, 13.4, 3.6, 19), "trim", MID)
    _sea(e, 22.4)


@rig("submarine", "body", "window=glass propeller=brass periscope=metal stripe=band tower=body",
     "left right", "metal", body=(PAINTS[2], ("5a6270", "9aa4b4", "dfe6ee"), PAINTS[4], PAINTS[1],
                                  PAINTS[0]))  # fmt: skip
def submarine(e: Easel, v: Variety, look: SceneryLook) -> None:
    """A submarine with a tower, portholes and a propeller."""
    x = v.turn((13.0, 15.0, 11.4))
    tall = v.turn((8.0, 9.0))
    e.lay(e.stroke([(x + 3, tall), (x + 3, 3.4), (x + 6.4, 3.4)], 1.6), "metal", MID)
    bar(e, (x + 6, 2.6, x + 7.4, 4.6), "glass", LIGHT)
    tower = plaque(e, x - 2.4, tall, x + 6, 16, 1.8)
    swell(e, tower, "body", 0.16, 2.0)
    fin = e.polygon(pts("2.4,13 6,12.6 8.4,18 3.6,18"))
    plate(e, fin, "body", 1.0, 0.0)
    for y in (15.6, 21.4):
        swell(e, e.oval(2.4, y, 1.4, 2.6), "brass", 0.2)
    bar(e, (2.6, 17.4, 6, 19.4), "metal", MID)
    hull = e.oval(17.4, 18.6, 13.4, v.turn((6.6, 7.0, 6.2)))
    swell(e, hull, "body", 0.08, 5.0)
    if v.turn((False, True)) or mentioned(look, "band"):
        e.lay(hull & (e.y > 22.4), "band", MID)
        e.lay(hull & (e.y > 24), "band", LOW)
    number = v.turn((3, 2, 3))
    for n in range(number):
        px = 25.0 - n * (6.0 if number == 3 else 8.0) - (2 if number == 2 else 0)
        e.lay(e.oval(px, 18.0, 2.6), "brass", MID)
        e.lay(e.oval(px, 18.0, 2.6) & (e.x + e.y < px + 17.0), "brass", LIGHT)
        glazed(e, e.oval(px, 18.0, 1.7))


@rig(
    "canoe",
    "hull",
    "hull paddle=wood oar=wood stripe=band",
    "left right",
    "wood",
    hull=(*WOOD, PAINTS[0], PAINTS[1]),
    wood=(WOOD[1],),
    band=("red", "white", "cyan"),
)
def canoe(e: Easel, v: Variety, look: SceneryLook) -> None:
    """A canoe with a paddle."""
    lift = v.turn((0.0, 1.0, -1.0))
    a, b = (8.0, 8.0), (24.0, 21.0)
    side = curved(
        e,
        [
            (1.2, 12 - lift),
            (3, 13),
            (9, 16),
            (16, 16.8),
            (23, 16),
            (29, 13),
            (30.8, 12 - lift),
            (30, 17.4),
            (25, 22),
            (16, 23),
            (7, 22),
            (2, 17.4),
        ],
    )
    back = curved(e, pts("2.6,13.4 9,13.6 16,13.8 23,13.6 29.4,13.4 23,16.4 16,17.2 9,16.4"))
    e.lay(back, "hull", DARK)
    for x in (9.0, 22.0):
        bar(e, (x, 14, x + 1.6, 17), "hull", LIGHT)
    plate(e, side, "hull", 1.0, 2.0)
    arch = e.y + 0.02 * (e.x - 16) ** 2
    if v.turn((True, False, True)) or mentioned(look, "band"):
        e.lay(side & (arch > 18.4) & (arch < 20.0), "band", MID)
    else:
        e.shaded(side & (arch > 19.4) & (arch < 20.4), -1)
    e.edged(e.stroke([a, b], 1.2))
    e.lay(e.stroke([a, b], 1.3), "wood", MID)
    blade = e.stroke([a, (11, 10.4)], 3.4)
    e.lay(blade, "wood", MID)
    e.lay(blade & (e.x + e.y < 18), "wood", LIGHT)
