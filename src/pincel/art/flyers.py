"""Aeroplanes, helicopters, rockets, saucers, satellites and balloons, drawn by rules."""

from __future__ import annotations

import math

import numpy as np

from pincel.art.easel import DARK, LIGHT, LOW, MID, Easel
from pincel.art.kinds import SceneryLook, Shade
from pincel.art.molded import both_sides, curved, plaque, pts, swell
from pincel.art.rigging import bar, glazed, mentioned, plate, rig, said_form, tube, wheel
from pincel.art.roads import PAINTS, WHITE
from pincel.art.variety import Variety

SILVERY: Shade = ("5a6270", "aab4c2", "eef2f8")


@rig("airplane", "body wing", "wing propeller=metal tail=rudder rudder window=glass stripe=band "
     "wheel=tyre engine=pod", "jet double old left right", "metal wood",
     body=(PAINTS[0], WHITE, PAINTS[2], PAINTS[1], SILVERY, PAINTS[4]),
     rudder=(PAINTS[0], PAINTS[1], PAINTS[3]))  # fmt: skip
def airplane(e: Easel, v: Variety, look: SceneryLook) -> None:
    """An aeroplane: a liner, one with a propeller, one with two pairs of wings."""
    form = said_form(look, ("jet", "double")) or _form_with(look)
    form = form or v.turn(("prop", "jet", "double", "prop"))
    (_liner if form == "jet" else _propeller)(e, v, look, form)


def _form_with(look: SceneryLook) -> str:
    """The kind of aeroplane that has what is said."""
    if mentioned(look, "pod"):
        return "jet"
    if "old" in look.more:
        return "double"
    return "prop" if mentioned(look, "metal") or mentioned(look, "tyre") else ""


def _wing_paint(look: SceneryLook) -> str:
    return "wing" if "wing" in look.colors else "body"


def _liner(e: Easel, v: Variety, look: SceneryLook, form: str) -> None:
    paint = _wing_paint(look)
    far = e.polygon(pts("15,13 19,13 16,6.4 13.4,6.4"))
    plate(e, far, paint, 0.0, 0.0)
    e.shaded(far, -1)
    fin = e.polygon(pts("1.6,5.4 5.4,5.4 10,13 3.4,14"))
    plate(e, fin, "rudder", 1.0, 0.0)
    body = curved(e, pts("1.6,13 5,12.4 12,12 23,12 27.6,13 30.6,15.6 30.8,17.2 28.6,18.8 22,19.6 "
                         "12,19.6 6,18 2,15"))  # fmt: skip
    swell(e, body, "body", 0.1, 2.4)
    e.lay(body & (e.y >= 17) & (e.y < 18.2), "band" if "band" in look.colors else "rudder", MID)
    for n in range(v.turn((5, 6, 4))):
        x = 22.0 - 2.6 * n
        bar(e, (x, 14, x + 1.4, 15.6), "glass", MID)
    glazed(e, e.polygon(pts("25,13.4 28,14 29.4,15.8 25,15.8")))
    wing = e.polygon(pts("12.4,17 19.4,17 12,26 8,26"))
    e.edged(wing)
    plate(e, wing, paint, 1.0, 1.0)
    pod = plaque(e, 12.6, 20, 18.6, 23, 1.4)
    e.edged(pod)
    plate(e, pod, "pod", 1.0, 1.0)
    small = e.polygon(pts("3,15 7,15 3.4,18.6 1.2,18.6"))
    e.edged(small)
    plate(e, small, paint, 1.0, 0.0)


def _propeller(e: Easel, v: Variety, look: SceneryLook, form: str) -> None:
    paint = _wing_paint(look)
    fin = curved(e, pts("1.6,8 4,6.6 6.4,8 8.4,13.4 3,15.4"))
    plate(e, fin, "rudder" if "rudder" in look.colors else paint, 1.0, 0.0)
    for x in (9.4, 21.0) if form != "double" else (21.0,):
        e.lay(e.stroke([(x, 18), (x + 0.6, 23)], 1.2), "metal", LOW)
        wheel(e, x + 0.6, 24.0, 2.4 if x > 12 else 1.8, "hub", 0.42)
    body = curved(e, pts("2,13 6,12.4 12,11.4 20,10.8 25.4,11.4 27.4,13.6 27.4,17 25,19.4 18,20 "
                         "10,18 4,16"))  # fmt: skip
    swell(e, body, "body", 0.1, 2.6)
    nose = body & (e.x > 24)
    e.lay(nose, "rudder" if v.turn((True, False)) else "metal", MID)
    e.lay(nose & (e.y < 14), "rudder" if v.turn((True, False)) else "metal", LIGHT)
    if mentioned(look, "band") or v.turn((False, True, True)):
        e.lay(body & (e.x > 7) & (e.x < 9.4), "band", MID)
    if form == "double":
        for x in (16.4, 21.0):
            bar(e, (x, 6, x + 1.2, 19), "metal", MID)
        plate(e, plaque(e, 11.4, 4.4, 24.6, 7.2, 1.0), paint, 1.0, 1.0)
        low = plaque(e, 11.4, 17, 24.6, 20, 1.0)
        e.edged(low)
        plate(e, low, paint, 1.0, 1.0)
        swell(e, e.oval(12.4, 10.4, 2.3) & (e.y < 11.4), "seat", 0.2)
        bar(e, (13.4, 9.4, 15, 10.8), "glass", LIGHT)
    else:
        glazed(e, curved(e, pts("12,11.6 13.6,8 17,7.4 20,8.6 21.4,11.2")))
        e.shaded(e.box(16, 7, 17, 11.2), -1)
        wing = e.polygon(pts("11,16.4 20.4,16.4 17,20.6 8.4,20.6"))
        e.edged(wing)
        plate(e, wing, paint, 1.0, 1.0)
    tail = e.polygon(pts("1,13.4 6,13.4 5,15.4 1,15.4"))
    plate(e, tail, paint, 1.0, 0.0)
    spin = v.turn((7.0, 6.4))
    for sign in (-1, 1):
        blade = e.oval(28.9, 15.0 + sign * spin * 0.55, 1.05, spin * 0.56)
        e.lay(blade, "metal", LIGHT if sign < 0 else MID)
    swell(e, e.oval(28.6, 15.2, 1.9), "brass", 0.2)


@rig(
    "helicopter",
    "body tail",
    "tail propeller=rotor rotor window=glass stripe=band",
    "left right",
    "metal",
    body=(PAINTS[0], PAINTS[1], PAINTS[2], ("3c4424", "6c7840", "a4ac68"), WHITE, PAINTS[3]),
    rotor=(("2c2c36", "5c5c6a", "a4a4b4"),),
)
def helicopter(e: Easel, v: Variety, look: SceneryLook) -> None:
    """A helicopter from the side."""
    tail = "tail" if "tail" in look.colors else "body"
    lift = v.turn((0.0, 1.0, -1.0))
    _boom(e, tail, lift)
    round_ = v.turn((6.6, 7.2, 6.0))
    body = curved(
        e,
        [
            (10.4, 12.6),
            (14, 9.6),
            (20, 8.6),
            (26.4, 10),
            (30.4, 14.4),
            (30.6, 17.4),
            (27, 14.6 + round_),
            (19, 15.4 + round_),
            (13, 13.4 + round_),
            (10, 16),
        ],
    )
    swell(e, body, "body", 0.1, 3.0)
    glass = body & e.polygon(pts("21.4,9.6 31,9 31.4,16.4 21.4,16.4"))
    e.edged(glass & body)
    glazed(e, glass)
    if v.turn((True, False, True)):
        door = e.box(15.4, 11.6, 19, 16)
        e.edged(door & body)
        glazed(e, door)
    if mentioned(look, "band") or v.turn((False, True, False, True)):
        e.lay(body & (e.y > 17) & (e.y < 18.6), "band", MID)
    bar(e, (16.4, 5.4, 18.6, 9), "metal", MID)
    plate(e, e.box(4.4, 3.6, 31, 5.2) if v.turn((True, False)) else
                  e.box(3, 3.6, 30, 5.2), "rotor", 1.0, 0.0)  # fmt: skip
    swell(e, e.oval(17.5, 4.6, 2.2, 1.7), "metal", 0.2)
    for x in (14.0, 23.6):
        e.lay(e.stroke([(x, 21), (x, 24.6)], 1.0), "metal", LOW)
    e.lay(e.stroke([(9, 25), (27.4, 25), (29.4, 23.6)], 1.3), "metal", MID)


def _boom(e: Easel, tail: str, lift: float) -> None:
    """The tail of a helicopter with its small rotor."""
    boom = e.polygon([(2, 12.4 - lift), (14, 12), (14, 17.4), (3, 14.6 - lift)])
    plate(e, boom, tail, 1.0, 1.0)
    fin = e.polygon([(1.2, 8 - lift), (3.6, 8 - lift), (6, 13 - lift), (2.4, 14.6 - lift)])
    plate(e, fin, tail, 1.0, 0.0)
    y = 10.0 - lift
    for d in (-2.6, 2.6):
        e.lay(e.stroke([(2.4, y), (2.4 + d * 0.7, y + d)], 1.2), "rotor", MID)


def _flames(e: Easel, x: float, y: float, half: float, long: float) -> None:
    """Fire out of an engine, downwards."""
    for part, share in (("flame", 1.0), ("middle", 0.64), ("core", 0.32)):
        w, h = half * share, long * (0.25 + 0.75 * share)
        points = both_sides([(x - w, y), (x - w * 0.9, y + h * 0.4), (x - w * 0.3, y + h * 0.76),
                             (x, y + h)], x)  # fmt: skip
        e.lay(e.polygon(points), part, MID)


def _fins(e: Easel, half: float, low: float, wide: int) -> None:
    """The fins of a rocket on both sides."""
    for sign in (-1, 1):
        points = [(16 + sign * (half - 1), low - 8), (16 + sign * (half + 4.4), low - 1.4),
                  (16 + sign * (half + (4.8 if wide else 3.4)), low + 2.6),
                  (16 + sign * (half - 1), low - 0.6)]  # fmt: skip
        mask = e.polygon(points)
        e.lay(mask, "fin", MID if sign < 0 else LOW)
        if sign < 0:
            e.lay(mask & ~np.roll(mask, 1, 1), "fin", LIGHT)


@rig("rocket", "body fin", "fin window=glass fire=flame flame nose=tip tip stripe=band",
     "fire left right", "metal", body=(WHITE, SILVERY, WHITE, PAINTS[2], PAINTS[7]),
     fin=(PAINTS[0], PAINTS[1], PAINTS[4], PAINTS[6]))  # fmt: skip
def rocket(e: Easel, v: Variety, look: SceneryLook) -> None:
    """A rocket, upright, with fins, a porthole and perhaps its fire."""
    burning = "fire" in look.more or mentioned(look, "flame") or v.turn((True, True, False))
    low = 23.0 if burning else 26.0
    half = v.turn((5.2, 4.6, 5.8))
    if burning:
        _flames(e, 16, low + 1, half * 0.74, 8.0)
    _fins(e, half, low, v.turn((0, 1)))
    bar(e, (16 - half * 0.7, low - 0.4, 16 + half * 0.7, low + 1.2), "metal", LOW)
    body = curved(
        e,
        both_sides(
            [
                (16, 0.8),
                (16 - half * 0.62, 5.2),
                (16 - half, 11.4),
                (16 - half, 17),
                (16 - half * 0.78, low),
                (16, low + 0.2),
            ]
        ),
    )
    body &= e.y < low + 0.2
    tube(e, body, "body", e.x - 16, 1.0 * half)
    tip = body & (e.y < v.turn((7.6, 8.6, 6.6)))
    tube(e, tip, "tip" if "tip" in look.colors else "fin", e.x - 16, half * 0.8)
    if v.turn((True, False, True)) or mentioned(look, "band"):
        line = body & (e.y > low - 4.4) & (e.y < low - 2.8)
        tube(e, line, "band" if "band" in look.colors else "fin", e.x - 16, half)
    py = 12.4
    r = min(half - 1.7, 3.1)
    e.lay(e.oval(16, py, r + 1), "metal", MID)
    e.lay(e.oval(16, py, r + 1) & (e.x + e.y < 16 + py - 1), "metal", LIGHT)
    glazed(e, e.oval(16, py, r))
    if v.turn((False, True)):
        e.lay(e.oval(16, 18.4, 1.3), "metal", MID)
        glazed(e, e.oval(16, 18.4, 0.9))
    mid = e.polygon([(15, low - 6), (17, low - 6), (17, low + 2), (15, low + 2)])
    e.lay(mid, "fin", MID)
    e.lay(mid & (e.x < 16), "fin", LIGHT)


@rig("spaceship", "body wing", "wing window=glass fire=flame flame engine=metal stripe=band",
     "fire left right", "metal", body=(SILVERY, WHITE, PAINTS[1], PAINTS[6], PAINTS[0]),
     wing=(PAINTS[0], PAINTS[1], PAINTS[4], PAINTS[7]))  # fmt: skip
def spaceship(e: Easel, v: Variety, look: SceneryLook) -> None:
    """A fighter for space from above, its nose upwards."""
    span, sweep = v.turn((13.0, 11.4, 14.0)), v.turn((6.0, 2.0, 9.0))
    if v.turn((True, True, False)) or "fire" in look.more or mentioned(look, "flame"):
        for x in (12.6, 19.4):
            _flames(e, x, 25, 1.9, 6.0)
    for sign in (-1, 1):
        wing = e.polygon(
            [
                (16 + sign * 3, 12),
                (16 + sign * span, 24 - sweep / 2),
                (16 + sign * span, 26),
                (16 + sign * 8, 24.4),
                (16 + sign * 3, 24.6),
            ]
        )
        e.lay(wing, "wing", MID if sign < 0 else LOW)
        e.lay(wing & ~np.roll(wing, 1, 0), "wing", LIGHT if sign < 0 else MID)
        gun = e.box(16 + sign * span - 0.8, 15.4, 16 + sign * span + 0.8, 25.4)
        e.lay(gun, "metal", LIGHT if sign < 0 else MID)
        bar(e, (16 + sign * 3.4 - 1.9, 22.4, 16 + sign * 3.4 + 1.9, 26), "metal", LOW)
    body = curved(
        e, both_sides([(16, 0.8), (13.6, 6), (11.8, 13), (11.2, 20), (12.6, 25), (16, 25)])
    )
    tube(e, body, "body", e.x - 16, 5.2)
    glass = curved(e, both_sides([(16, 7.4), (14, 10.6), (13.8, 13.4), (16, 15.4)]))
    e.edged(glass)
    glazed(e, glass)
    line = body & (e.y > 17.4) & (e.y < 19)
    if v.turn((True, False)) or mentioned(look, "band"):
        tube(e, line, "band" if "band" in look.colors else "wing", e.x - 16, 5.2)
    e.lay(e.box(15.5, 19.4, 16.5, 24), "body", LOW)


@rig("ufo", "body dome", "dome=glass window=glass light=lamp beam alien=pilot stripe=band",
     "beam alien", "metal", body=(SILVERY, PAINTS[6], ("3c4858", "6c7c8c", "a4b4c0"), PAINTS[3],
                                 PAINTS[7]),
     lamp=(("c08a18", "fcd850", "fff8c0"), ("145a3c", "4cdc6c", "c4fcb4"), PAINTS[0]))  # fmt: skip
def ufo(e: Easel, v: Variety, look: SceneryLook) -> None:
    """A flying saucer under a dome of glass."""
    beam = "beam" in look.more or mentioned(look, "beam") or v.turn((False, False, True))
    y = 14.4 if beam else 18.0
    if beam:
        ray = e.polygon([(12, y + 2), (20, y + 2), (26, 31), (6, 31)])
        e.lay(ray, "beam", MID)
        e.lay(ray & (np.abs(e.x - 16) < (e.y - y) * 0.3), "beam", LIGHT)
    high = v.turn((7.6, 8.6, 6.8))
    dome = e.oval(16, y - 2, 7.4, high) & (e.y < y)
    glass = "dome" if "dome" in look.colors else "glass"
    glazed(e, dome, glass)
    if "alien" in look.more or mentioned(look, "pilot") or v.turn((True, False)):
        head = e.oval(16, y - 6.0, 3.2, 2.8) | e.box(14.4, y - 4, 17.6, y)
        e.edged(head & dome)
        swell(e, head & dome, "pilot", 0.2)
        for d in (-2.0, 1.0):
            bar(e, (16 + d, y - 6.6, 16 + d + 1.0, y - 5.0), "trim", MID)
    disc = e.oval(16, y, 14.6, 4.4)
    swell(e, disc, "body", 0.02, 4.0)
    rim = e.oval(16, y - 1.6, 8.6, 2.0) & (e.y > y - 2)
    e.lay(rim & (e.y > y - 1) & ~dome, "body", DARK)
    if mentioned(look, "band"):
        e.lay(disc & (e.y > y + 2), "band", MID)
    number = v.turn((5, 4, 3))
    for n in range(number):
        x = 16 + (n - (number - 1) / 2) * (22 / number)
        ly = y + 1.8 - 0.012 * (x - 16) ** 2
        e.lay(e.oval(x, ly, 1.4), "lamp", MID)
        e.lay(e.oval(x - 0.4, ly - 0.4, 0.7), "lamp", LIGHT)
    belly = e.oval(16, y + 3.6, 5.0, 1.8) & (e.y > y + 3.4)
    e.lay(belly, "body", LOW)


@rig(
    "satellite",
    "body panel",
    "panel wing=panel antenna=dish dish",
    "",
    "metal",
    body=(("8c5c10", "e4ac24", "ffe47c"), SILVERY, WHITE),
    panel=(("1c3c8c", "3a6cd0", "84b0f8"), ("4a2470", "7040a8", "b088e0")),
)
def satellite(e: Easel, v: Variety, look: SceneryLook) -> None:
    """A satellite: a body between two panels of cells, a dish."""
    turn = math.radians(v.turn((-36, -30, -45, 36)))
    c, s = math.cos(turn), math.sin(turn)
    u, w = (e.x - 16) * c + (e.y - 16) * s, -(e.x - 16) * s + (e.y - 16) * c
    long = v.turn((14.6, 13.6))
    e.lay((np.abs(u) < long) & (np.abs(w) < 0.8), "metal", MID)
    panels = (np.abs(u) > 5.6) & (np.abs(u) < long) & (np.abs(w) < 4.2)
    e.lay(panels, "panel", MID)
    e.lay(panels & (w < -3.0), "panel", LIGHT)
    step = (long - 5.6) / v.turn((3, 2))
    lines = ((np.abs(u) - 5.6) % step < 0.9) | (np.abs(w) < 0.5)
    e.lay(panels & lines, "panel", DARK)
    body = (np.abs(u) < 3.8) & (np.abs(w) < v.turn((4.6, 5.2)))
    e.edged(body)
    shade = np.where(u < -1.4, LIGHT, np.where(u < 1.6, MID, LOW))
    e.lay(body, "body", shade)
    e.lay(body & (np.abs(w - 2) < 0.6), "body", DARK)
    stem = (np.abs(u) < 0.8) & (w < -4) & (w > -8.6)
    e.lay(stem, "metal", LIGHT)
    if v.turn((True, False, True)):
        dish = (u / 5.4) ** 2 + ((w + 11.6) / 3.4) ** 2 <= 1
        dish &= w > -12
        e.lay(dish, "dish", np.where(u < -1, LIGHT, np.where(u < 2.4, MID, LOW)))
        e.lay((np.abs(u) < 0.7) & (w > -14) & (w < -11), "metal", LIGHT)
    else:
        ball = u * u + (w + 9.4) ** 2 < 4.6
        swell(e, ball, "dish", 0.2)
