"""Trains, tractors, tanks, motorcycles, bicycles and carts, drawn by rules."""

from __future__ import annotations

import numpy as np

from pincel.art.easel import DARK, LIGHT, LINE, LOW, MID, Easel
from pincel.art.item_matter import IRON, WOOD
from pincel.art.kinds import SceneryLook
from pincel.art.molded import curved, plaque, pts, star, swell
from pincel.art.rigging import (
    bar,
    glazed,
    mentioned,
    plate,
    rig,
    rimless,
    said_form,
    spoked,
    tube,
    wheel,
)
from pincel.art.roads import BLACK, PAINTS
from pincel.art.variety import Variety

_OF_STEAM = ("smoke", "stack", "wheel")
_SADDLES = (("1a1a24", "34343f", "6a6a7c"), ("4a2a1a", "855029", "b87a48"), PAINTS[0],
            ("8c6c44", "c8a474", "ecd4a8"), ("2c3448", "4c5870", "7c8ca8"))  # fmt: skip
_TUBS = (IRON, ("4c5870", "8494ac", "c4d4e4"), ("54382c", "8c6450", "bc9880"),
         ("3a3a42", "64646e", "a0a0ac"), ("5a4420", "98783c", "ccb070"))  # fmt: skip
_OLIVE = ("3c4424", "6c7840", "a4ac68")
_SAND = ("7c6438", "b89c60", "e4cc90")


def _iron_wheel(e: Easel, x: float, y: float, r: float, rim: str = "wheel") -> None:
    """A wheel of a locomotive with a cross of spokes."""
    e.lay(e.oval(x, y, r), rim, MID)
    e.lay(e.oval(x, y, r - 1.0), "ink", DARK)
    for dx, dy in ((1, 0), (0, 1)):
        e.lay(e.box(x - 0.5 - dx * r, y - 0.5 - dy * r, x + 0.5 + dx * r, y + 0.5 + dy * r)
              & e.oval(x, y, r), rim, MID)  # fmt: skip
    e.lay(e.oval(x, y, r) & (e.x + e.y < x + y - r * 0.8), rim, LIGHT)


@rig("train", "body band", "wheel funnel=stack chimney=stack smoke roof window=glass light=lamp "
     "stripe=band", "old fast smoke left right", "metal wood",
     body=(BLACK, *PAINTS[:4], BLACK, PAINTS[6]),
     wheel=(PAINTS[0], IRON, ("8c5c10", "e4ac24", "ffe47c")),
     stack=(BLACK, ("1a1a24", "34343f", "6a6a7c")))  # fmt: skip
def locomotive(e: Easel, v: Variety, look: SceneryLook) -> None:
    """A steam locomotive, or an express or a tram without steam."""
    form = said_form(look, ("fast",)) or (
        "steam" if "old" in look.more or any(mentioned(look, one) for one in _OF_STEAM)
        else v.turn(("steam", "steam", "fast", "steam", "diesel"))
    )  # fmt: skip
    if form == "steam":
        _steam(e, v, look)
    else:
        _express(e, v, look, form)


def _steam(e: Easel, v: Variety, look: SceneryLook) -> None:
    bar(e, (2, 20, 28, 22), "wheel", DARK)
    boiler = e.box(11, 10, 27.4, 19.6)
    tube(e, boiler, "body", e.y - 14.4, 5.4)
    e.lay(e.box(26.4, 9.4, 28.4, 20.2), "body", MID)
    e.lay(e.box(26.4, 9.4, 28.4, 11), "body", LIGHT)
    for x in v.turn(((15.0, 20.6), (17.6,), (14.6, 18.6, 22.6))):
        e.lay(e.box(x, 10, x + 1, 19.6), "brass", MID)
        e.lay(e.box(x, 10, x + 1, 12), "brass", LIGHT)
    top = v.turn((4.0, 3.0, 5.0))
    if v.turn((True, False, True)):
        stack = e.polygon([(22.4, 10), (22, top + 2), (20.6, top), (26.4, top), (25, top + 2),
                           (24.6, 10)])  # fmt: skip
    else:
        stack = e.box(22, top, 25, 10) | e.box(21, top, 26, top + 1.6)
    tube(e, stack, "stack", e.x - 23.5, 3.0)
    e.lay(stack & (e.y < top + 1), "stack", LIGHT)
    dome = e.oval(16.6, 10, 2.4) & (e.y < 10.4)
    swell(e, dome, "brass", 0.3)
    cab = plate(e, e.box(2.4, 6.4, 12, 20.4), "body", 0.0, 2.0)
    plate(e, plaque(e, 1.2, 4, 13.2, 6.8, 1.0), "roof", 1.0, 1.0)
    glazed(e, e.box(4, 8.6, 7, 12.6))
    glazed(e, e.box(8, 8.6, 10.6, 12.6))
    e.lay(cab & (e.y >= 15) & (e.y < 16.4), "band", MID)
    plow = e.polygon(pts("27,20 31,25.4 31,26 25.6,26"))
    plate(e, plow, "wheel", 1.0, 0.0)
    e.shaded(plow & (np.floor(e.x * e.k / max(1, round(e.k))) % 2 < 1), -1)
    e.lay(e.oval(29, 12.4, 1.6), "brass", MID)
    e.lay(e.oval(29.4, 12.4, 1.0), "lamp", LIGHT)
    big = v.turn((4.5, 4.2))
    for x in (6.5, 15.0) if big > 4.3 else (6.5, 14.5):
        _iron_wheel(e, x, 26.6 - big, big)
    _iron_wheel(e, 22.5, 23.4, 3.1)
    e.lay(e.box(6.5, 23, 22.4, 24), "metal", LIGHT)
    if mentioned(look, "smoke"):
        for x, y, r in ((21.4, 0.6, 2.8), (17.0, -2.2, 3.4), (11.4, -3.0, 2.6)):
            swell(e, e.oval(x, y, r), "smoke", 0.1)


def _express(e: Easel, v: Variety, look: SceneryLook, form: str) -> None:
    if form == "fast":
        shape = pts("1.2,22 1.2,8 18,8 23,9.4 27.4,13 30.4,18 30.8,20.6 30,22")
    else:
        shape = pts("1.2,22 1.2,8 25,8 27,9 29,14 30.4,15 30.8,22")
    body = plate(e, e.polygon(shape), "body", 1.0, 2.0)
    if "roof" in look.colors or form == "diesel":
        e.lay(body & (e.y < 10), "roof", MID)
        e.lay(body & (e.y < 9), "roof", LIGHT)
    windows = (3.0, 8.0, 13.0) if v.turn((True, False)) else (3.0, 7.0, 11.0, 15.0)
    wide = 4.0 if len(windows) == 3 else 3.0
    for x in windows:
        glazed(e, e.box(x, 11, x + wide, 15))
    front = rimless(e, body & (e.x > 20.4) & (e.y < 16), 1.2) & (e.y > 10.4) & (e.y < 14.6)
    glazed(e, front)
    e.lay(body & (e.y >= 16.4) & (e.y < 18.4), "band", MID)
    e.lay(body & (e.y > 20.6), "trim", MID)
    e.lay(body & (e.x > 28.4) & (e.y > 16.6) & (e.y < 18.6), "lamp", LIGHT)
    bar(e, (2.4, 22, 29, 23), "ink", MID)
    for x in (5.0, 9.5, 21.5, 26.0):
        wheel(e, x, 23.4, 2.3, "hub", 0.42)
    if v.turn((False, True, True)):
        e.lay(e.stroke([(8, 7.6), (11, 4), (8, 1.6)], 1.0), "metal", LOW)
        bar(e, (5, 1, 12, 2), "metal", MID)


@rig("tractor", "body", "wheel=hub roof window=glass light=lamp cab=roof tyre", "old left right",
     "metal", body=(PAINTS[0], PAINTS[3], PAINTS[1], PAINTS[4]),
     hub=(("9c7410", "f4c430", "fff090"), PAINTS[0], ("8890a4", "dce0ea", "ffffff")))  # fmt: skip
def tractor(e: Easel, v: Variety, look: SceneryLook) -> None:
    """A tractor: a large wheel behind, a small one in front, with a cab or without."""
    bonnet = plate(e, plaque(e, 13, 11.4, 29.6, 20.4, 1.8), "body", 1.0, 2.0)
    for y in (14, 16, 18):
        e.lay(e.box(26.4, y, 29, y + 1) & bonnet, "ink", MID)
    line = v.turn((15.0, 0.0, 17.0, 13.4, 0.0))
    e.lay(bonnet & (e.y > line) & (e.y < line + 1.2) & (e.x < 25) & (line > 0), "band", MID)
    bar(e, (28.6, 12.4, 30.4, 14.4), "lamp", LIGHT)
    x = v.turn((22.0, 24.0, 20.4))
    tube(e, e.box(x, 4.6, x + 2, 11.4), "metal", e.x - x - 1, 1.2)
    bar(e, (x - 0.6, 4.6, x + 2.6, 6), "metal", MID)
    covered = mentioned(look, "roof") or mentioned(look, "glass")
    if "old" in look.more or (not covered and v.turn((False, False, True))):
        e.lay(e.stroke([(14.4, 12), (12.6, 7.6)], 1.1), "metal", MID)
        e.lay(e.stroke([(10.6, 8.4), (14.2, 6.4)], 1.1), "ink", MID)
        plate(e, plaque(e, 3.4, 8.4, 5.4, 15, 0.8) | plaque(e, 3.4, 13, 10, 15.4, 0.8), "seat",
              1.0, 1.0)  # fmt: skip
        bar(e, (8, 15, 14, 19.6), "body", LOW)
    else:
        top = v.turn((3.0, 4.0))
        plate(e, plaque(e, 2, top, 15.4, top + 2.6, 1.0), "roof", 1.0, 1.0)
        glazed(e, e.box(4, top + 2.6, 14, 13))
        for left in (3, 8.4, 13.6):
            bar(e, (left, top + 2.6, left + 1.2, 14), "body", MID)
        plate(e, e.box(3, 13, 15, 19.6), "body", 1.0, 2.0)
    guard = e.oval(9.5, 20.4, 8.0) & (e.y < 17.4)
    plate(e, guard, "body", 1.0, 0.0)
    e.edged(e.oval(9.5, 20.4, 7.1), LINE)
    _lugged(e, 9.5, 20.5, 7.5)
    _lugged(e, 25.5, 23.5, 4.4)


def _lugged(e: Easel, x: float, y: float, r: float) -> None:
    """A wheel with a deep tread."""
    wheel(e, x, y, r, "hub", 0.52)
    angle = np.arctan2(e.y - y, e.x - x) / (2 * np.pi) * round(r * 2.4)
    rim = e.oval(x, y, r) & ~e.oval(x, y, r - 1.1)
    e.lay(rim & (angle % 1 < 0.5), "tyre", DARK)


@rig("tank", "body", "gun=barrel turret=body track=track wheel=hub star=mark", "left right",
     "metal", body=(_OLIVE, _SAND, ("3c4858", "6c7c8c", "a4b4c0"), ("2c4c2c", "4c7c44", "84b06c")),
     mark=("white", "yellow", "red"), track=(("1c1c22", "3a3a42", "64646e"),))  # fmt: skip
def tank(e: Easel, v: Variety, look: SceneryLook) -> None:
    """A tank: tracks around wheels, a turret with a gun."""
    rise = v.turn((0.0, 1.6, 3.0))
    barrel = e.stroke([(17, 11.6), (30.2, 11.6 - rise)], 2.0)
    tube(e, barrel, "barrel" if "barrel" in look.colors else "body",
         e.y - 11.6 + rise * (e.x - 17) / 13.2, 1.3)  # fmt: skip
    e.lay(e.stroke([(28.4, 11.8 - rise), (30.2, 11.6 - rise)], 3.0), "body", LOW)
    form = v.turn(("round", "flat", "box"))
    if form == "round":
        turret = e.oval(13.4, 14, 7.4, 6.6) & (e.y < 15)
    elif form == "flat":
        turret = e.polygon(pts("5,15 7.4,9 18,8.4 21.4,12 21.4,15"))
    else:
        turret = plaque(e, 6, 8, 20, 15, 2.0)
    swell(e, turret, "body", 0.12, 2.4)
    plate(e, plaque(e, 9, 6, 14, 8.4, 0.8), "body", 1.0, 1.0)
    hull = plate(e, e.polygon(pts("1.6,18 4,14.4 26.4,14.4 30.4,17.4 30,19 1.6,19")), "body",
                 1.0, 1.0)  # fmt: skip
    e.edged(hull & (e.y < 16))
    if v.turn((True, False, True)) or mentioned(look, "mark"):
        e.lay(e.polygon(star(13, 12.6, (3.0, 1.3), 5)), "mark", MID)
    tracks = plaque(e, 1.0, 18.2, 30.0, 26.8, 4.1)
    e.edged(tracks & (e.y > 18))
    e.lay(tracks, "track", MID)
    links = (np.floor(e.x * e.k / max(1, round(1.6 * e.k))) % 2) < 1
    rim = tracks & ~rimless(e, tracks, 1.4)
    e.lay(rim & links, "track", LIGHT)
    e.lay(rim & ~links, "track", LOW)
    for x in (5.5, 10.5, 15.5, 20.5, 25.5):
        e.lay(e.oval(x, 22.5, 2.3), "hub", MID)
        e.lay(e.oval(x, 22.5, 2.3) & (e.x + e.y < x + 21.6), "hub", LIGHT)
        e.lay(e.oval(x, 22.5, 0.9), "hub", DARK)


def _thin_wheel(e: Easel, x: float, y: float, r: float, thick: float = 1.4) -> None:
    """A wheel of a bicycle: a tyre, a few spokes that shine, nothing between."""
    for dx, dy in ((1.0, 0.0), (0.0, 1.0)) if e.k > 1.2 else ():  # else they would fill it
        e.lay(e.stroke([(x - dx * r, y - dy * r), (x + dx * r, y + dy * r)], 0.8), "metal", MID)
    ring = e.oval(x, y, r) & ~e.oval(x, y, r - thick)
    e.lay(ring, "tyre", MID)
    e.lay(ring & (e.x + e.y < x + y - r * 0.9), "tyre", LIGHT)
    if e.k > 1.2:
        e.lay(e.oval(x, y, 1.0), "metal", LIGHT)


@rig("bicycle", "body", "wheel=tyre tyre seat handlebar=metal basket frame=body",
     "basket left right", "metal wood", body=PAINTS,
     seat=_SADDLES,
     basket=(("7a5230", "b88a54", "e0bc88"),))  # fmt: skip
def bicycle(e: Easel, v: Variety, look: SceneryLook) -> None:
    """A bicycle from the side."""
    r = v.turn((6.0, 6.4, 5.6))
    y = 26.0 - r
    rear, front = (7.5, y), (24.5, y)
    for x, _ in (rear, front):
        _thin_wheel(e, x, y, r)
    form = v.turn(("man", "city", "race"))
    crank, saddle, head = (14.5, y + 0.6), (12.0, 10.6), (21.4, 9.6)
    w = 1.7
    tubes = [[rear, crank], [crank, saddle], [rear, (12.4, 12)], [(21.8, 11.4), front]]
    if form == "city":
        tubes += [[crank, (17.6, 15.4), (21.8, 12)]]
    else:
        tubes += [[crank, (21.8, 12)], [(12.4, 12), (21.6, 11)]]
    for points in tubes:
        e.lay(e.stroke(points, w), "body", MID)
    for points in tubes[2:]:
        e.lay(e.stroke([(px - 0.4, py - 0.5) for px, py in points], 0.8), "body", LIGHT)
    e.lay(e.stroke([saddle, (11.4, 8)], 1.0), "metal", MID)
    e.lay(e.stroke([(21.8, 11.4), head, (21, 6.6)], 1.2), "metal", MID)
    plate(e, plaque(e, 8.6, 6.4, 14.6, 8.4, 0.9), "seat", 1.0, 0.0)
    if form == "race":
        e.lay(e.stroke([(20.4, 6.6), (24, 6.6), (24.6, 8.4), (23, 9.4)], 1.2), "metal", LIGHT)
    else:
        e.lay(e.stroke([(21, 6.6), (18.6, 5.4)], 1.2), "metal", LIGHT)
        bar(e, (17, 4.8, 19.4, 6.2), "seat", MID)
    e.lay(e.oval(*crank, 2.0), "metal", LOW)
    e.lay(e.oval(*crank, 1.0), "metal", LIGHT)
    e.lay(e.stroke([crank, (16.6, y + 3.6)], 1.0), "metal", LIGHT)
    bar(e, (15.6, y + 3.4, 18.4, y + 4.6), "tyre", MID)
    if mentioned(look, "basket") or v.turn((0, 0, 0, 1, 0)):
        box_ = plate(e, e.polygon(pts("23,7 30,7 29,12.4 23.6,12.4")), "basket", 1.0, 1.0)
        e.shaded(box_ & (e.column % 2 < 1) & (e.y > 8.4), -1)


@rig("motorcycle", "body", "wheel=hub tyre seat light=lamp handlebar=metal", "scooter left right",
     "metal", body=(PAINTS[0], BLACK, PAINTS[1], PAINTS[4], PAINTS[3], PAINTS[2], PAINTS[6]),
     seat=_SADDLES)  # fmt: skip
def motorcycle(e: Easel, v: Variety, look: SceneryLook) -> None:
    """A motorcycle, or a scooter where that is said."""
    form = said_form(look, ("scooter",)) or v.turn(("road", "chopper", "sport"))
    if form == "scooter":
        _scooter(e, v)
        return
    r = 5.3
    for x in (7.0, 25.0):
        wheel(e, x, 21.0, r, "hub", 0.5)
        e.lay(e.oval(x, 21, 3.2) & ~e.oval(x, 21, 2.0), "ink", DARK)
    e.lay(e.stroke([(7, 21), (14, 18.4)], 1.6), "metal", LOW)
    engine = plate(e, plaque(e, 12, 15.4, 20, 23, 1.4), "metal", 1.0, 2.0)
    for y in (17, 19):
        e.shaded(e.box(12.6, y, 19, y + 1) & engine, -1)
    pipe = e.stroke([(18, 22), (13, 24), (3, 23 if form == "chopper" else 20.4)], 1.9)
    e.lay(pipe, "metal", LIGHT)
    e.lay(pipe & (e.y > 23.4), "metal", MID)
    fork = (20.4, 9.4) if form != "chopper" else (19.0, 8.6)
    e.lay(e.stroke([fork, (25, 21)], 1.8), "metal", MID)
    e.lay(e.stroke([(fork[0] - 0.4, fork[1]), (24.4, 20)], 0.8), "metal", LIGHT)
    tank_ = curved(e, pts("12,13.4 14.6,10.6 19,10.2 21.4,12 20.4,15.4 13,16.4"))
    if form == "sport":
        _fairing(e)
    swell(e, tank_, "body", 0.14, 2.0)
    if form == "sport":
        plate(e, e.polygon(pts("7,10.6 13.4,13 13,15 7,12.4")), "seat", 1.0, 0.0)
    else:
        plate(e, curved(e, pts("4.4,12.6 7,12.4 12.6,13.2 13,15.6 6,16.2 4.4,14.6")), "seat", 1.0,
              1.0)  # fmt: skip
    for x, high in ((7.0, 15.4), (25.0, 15.4)) if form != "sport" else ():
        guard = e.oval(x, 21, 6.6) & ~e.oval(x, 21, 5.2) & (e.y < 17.6 + high * 0)
        e.lay(guard, "body", MID)
        e.lay(guard & (e.x < x), "body", LIGHT)
    reach = (17.6, 5.4) if form == "chopper" else (19.0, 7.0)
    e.lay(e.stroke([fork, (fork[0] - 0.6, reach[1] + 0.6), reach], 1.2), "metal", LIGHT)
    bar(e, (reach[0] - 2.6, reach[1] - 0.6, reach[0] + 0.4, reach[1] + 0.8), "tyre", MID)
    lamp = (22.6, 10.6) if form != "sport" else (26.0, 12.4)
    e.lay(e.oval(*lamp, 1.9), "metal", MID)
    e.lay(e.oval(lamp[0] + 0.5, lamp[1], 1.2), "lamp", LIGHT)
    bar(e, (2.4, 13.4, 4.4, 15), "tail", MID)


def _fairing(e: Easel) -> None:
    """What makes a motorcycle a racing one."""
    fairing = curved(e, pts("19,11 22,7.4 24.6,9 27.4,13 25,16.6 21,20.4 17.4,20 17.6,15"))
    swell(e, fairing, "body", 0.12, 2.0)
    e.lay(e.polygon(pts("21,8 23,5.8 25,9")), "glass", LIGHT)
    tail = e.polygon(pts("2.4,9.4 4,9 13,12.6 13,16 8,14"))
    plate(e, tail, "body", 1.0, 1.0)


def _scooter(e: Easel, v: Variety) -> None:
    """A motor scooter: small wheels, a shield for the legs."""
    for x in (7.5, 25.0):
        wheel(e, x, 23.0, 3.6, "hub", 0.5)
    body = curved(e, pts("2,17.4 4,13.4 10,12.4 14.4,14.4 15.4,19.6 22,20 21,22.4 11.4,22.6 9,19.6 "
                         "6,19.4 3.4,21"))  # fmt: skip
    swell(e, body, "body", 0.14, 2.2)
    shield = e.polygon(pts("20,21.6 22.6,21.4 23.4,10 21.4,9.4"))
    plate(e, shield, "body", 1.0, 0.0)
    guard = e.oval(25, 22.6, 4.8) & (e.y < 20.6)
    plate(e, guard, "body", 1.0, 0.0)
    e.lay(e.stroke([(22.4, 10), (21.4, 6.4), (18.8, 6.6)], 1.3), "metal", LIGHT)
    bar(e, (16.8, 6, 19.4, 7.4), "tyre", MID)
    e.lay(e.oval(23.4, 8.4, 1.9), "body", MID)
    e.lay(e.oval(24.2, 8.4, 1.2), "lamp", LIGHT)
    plate(e, plaque(e, 3, 9.8, v.turn((14.4, 12.4)), 12.6, 1.2), "seat", 1.0, 1.0)
    bar(e, (1.8, 14.4, 3.6, 16.2), "tail", MID)


@rig("cart", "wood", "wheel=hoop hay=cargo cargo cover=cloth", "covered full mine left right",
     "wood metal", wood=WOOD, hoop=(WOOD[0], WOOD[2], PAINTS[0], WOOD[1], IRON),
     metal=_TUBS, cargo=(("a87820", "dcae40", "f8e088"),),
     cloth=(("a89878", "e4d8bc", "fbf6e8"),))  # fmt: skip
def cart(e: Easel, v: Variety, look: SceneryLook) -> None:
    """A wooden cart: open, with hay, or covered; a truck of a mine."""
    form = said_form(look, ("mine", "covered", "full")) or (
        "full" if mentioned(look, "cargo") else "covered" if mentioned(look, "cloth")
        else v.turn(("open", "full", "covered", "open"))
    )  # fmt: skip
    if form == "mine":
        _mine_cart(e, v, look)
        return
    top = 12.0
    if form == "covered":
        cloth = curved(e, pts("2.4,15 2,8 4,3.4 10,2 20,2 27,3.2 29.6,8 29,15 16,15.6"))
        swell(e, cloth, "cloth", 0.1, 4.0)
        for x in (8.4, 15.6, 22.8):
            e.shaded(e.box(x, 2, x + 1, 14) & cloth, -1)
    elif form == "full":
        hay = curved(e, pts("2,14 5,8 11,5.4 18,4.6 24,7.4 29.4,14 16,16"))
        swell(e, hay, "cargo", 0.2)
        e.shaded(hay & (e.noise(look.seed, 1, 2) > 0.82), -1)
        e.calm("cargo")
    bed = plate(e, e.box(1.6, top + 1, 30.4, 19.6), "wood", 1.0, 0.0)
    e.lay(bed & (e.y > 16) & (e.y < 17), "wood", DARK)
    e.lay(bed & (e.y > 18.4), "wood", LOW)
    for x in (2.4, 10.6, 20.4, 28.4):
        bar(e, (x, top, x + 1.2, 19.6), "wood", LOW)
    n = v.turn((6, 8))
    if v.turn((True, False, True)) or form == "covered":
        for x in (8.0, 24.0):
            e.lay(e.oval(x, 22.4, 5.6) & ~bed, "ink", DARK)
            _open_wheel(e, x, 22.4, 5.4, n)
    else:
        e.lay(e.stroke([(28, 19), (31.4, 22)], 1.4), "wood", MID)
        _open_wheel(e, 15.5, 21.5, 6.6, n)


def _open_wheel(e: Easel, x: float, y: float, r: float, number: int) -> None:
    """A wheel of wood; what is behind it is dark."""
    e.lay(e.oval(x, y, r), "ink", DARK)
    spoked(e, (x, y), r, number, 1.5)
    e.lay(e.oval(x, y, 1.0), "metal", LIGHT)


def _mine_cart(e: Easel, v: Variety, look: SceneryLook) -> None:
    """A truck on rails, with ore, coal or gold."""
    heap = curved(e, pts("4,13 7,8.6 12,6.4 18,5.4 23,7.6 28,13 16,15"))
    stuff = v.turn(("ore", "brass", "crystal"))
    if mentioned(look, "cargo"):  # of gold, where nothing else is said
        stuff = "cargo" if "cargo" in look.colors else "brass"
    swell(e, heap, stuff, 0.0)
    lumps = ((9, 10, 2.8), (15, 8, 3.2), (21.4, 10, 3.0))
    for x, y, r in lumps:
        swell(e, e.oval(x, y, r), stuff, 0.16)
    made = "wood" if "wood" in look.colors else "metal"
    tub = plate(e, e.polygon(pts("1.6,12 30.4,12 26.6,22.4 5.4,22.4")), made, 1.0, 2.0)
    for x in (8, 15.5, 23):
        e.shaded(e.box(x, 14, x + 1, 21) & tub, -1)
    bar(e, (1, 11.4, 31, 13.4), made, LIGHT)
    bar(e, (1, 12.6, 31, 13.6), made, LOW)
    for x in (10.0, 22.0):
        _iron_wheel(e, x, 24.0, 3.4, "hub")
