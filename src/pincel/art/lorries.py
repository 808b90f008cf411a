"""Buses, lorries and fire engines, drawn by rules."""

from __future__ import annotations

import numpy as np

from pincel.art.easel import DARK, LIGHT, LINE, LOW, MID, Easel
from pincel.art.kinds import SceneryLook
from pincel.art.molded import plaque, pts, swell
from pincel.art.rigging import bar, glazed, inked_line, mentioned, plate, rig, rimless, said_form
from pincel.art.roads import BODY_PARTS, PAINTS, WHITE, lamps_of, wheels_under
from pincel.art.variety import Variety


@rig("bus", "body band", BODY_PARTS + " stripe=band door=pane", "school double left right", "",
     body=(PAINTS[0], PAINTS[2], PAINTS[1], PAINTS[3], WHITE, PAINTS[4]))  # fmt: skip
def bus(e: Easel, v: Variety, look: SceneryLook) -> None:
    """A bus: many windows; with a nose for a school, with two floors."""
    form = said_form(look, ("school", "double")) or v.turn(("city", "city", "coach", "double"))
    top = 2.4 if form == "double" else 6.4
    if form == "school":
        shape = pts("1.2,22 1.2,7.4 2.2,6.4 22.4,6.4 24,8 24.6,13.4 29.6,14.4 30.8,16 30.8,22")
        body = e.polygon(shape)
    else:
        body = plaque(e, 1.2, top, 30.8, 22, v.turn((1.6, 2.2)) if form != "coach" else 3.0)
    paint = "school" if form == "school" and "body" not in look.colors else "body"
    plate(e, body, paint, 1.0, 2.0)
    if "roof" in look.colors:
        plate(e, body & (e.y < top + 2.4), "roof", 1.0, 0.0)
    last = 22.6 if form == "school" else 29.2
    wide = v.turn((4.0, 5.2)) if form != "coach" else 6.6
    rows = ((4.6, 9.0), (11.6, 15.6)) if form == "double" else ((8.8, 13.6),)
    for upper, lower in rows:
        x = 3.0
        while x + wide - 1 <= last + 0.3:
            glazed(e, e.box(x, upper, x + wide - 1, lower) & rimless(e, body, 1.0))
            x += wide
        if form == "school":
            glazed(e, e.box(20, upper, 23.4, lower) & rimless(e, body, 1.0))
    if form != "school":
        door = e.box(23.6, rows[-1][0], 27.6, 20.4) & body
        e.edged(door)
        glazed(e, door, "pane" if "pane" in look.colors else "glass", 0.4)
        inked_line(e, e.box(25.4, rows[-1][0], 26.2, 20.4), "body")
    line = 16.4
    if mentioned(look, "band") or form == "school" or v.turn((True, False, True)):
        color = "band" if form != "school" or "band" in look.colors else "ink"
        e.lay(body & (e.y >= line) & (e.y < line + 1.4) & (e.x < 23), color, MID)
    e.lay(body & (e.y >= 21), paint, DARK)
    lamps_of(e, body, 17.4)
    wheels_under(e, (8.0, 23.0) if form == "school" else (8.0, 21.5), 22.0, 3.5, paint)


@rig(
    "truck",
    "body cargo",
    BODY_PARTS + " stripe=band trailer=cargo cargo",
    "tank dump left right",
    "metal wood",
    body=PAINTS,
    cargo=(WHITE, ("5a6270", "9aa4b4", "dfe6ee"), WHITE, PAINTS[1], PAINTS[4]),
)
def truck(e: Easel, v: Variety, look: SceneryLook) -> None:
    """A lorry: a cab, and behind it a box, a tank or an open bed."""
    form = said_form(look, ("tank", "dump")) or (
        "box" if mentioned(look, "band") else v.turn(("box", "box", "tank", "dump", "box"))
    )
    bar(e, (1.4, 20, 30, 22), "metal", LOW)
    top = v.turn((8.0, 9.0))
    cab = e.polygon([(21.4, 22), (21.4, top + 1), (22.4, top), (27, top), (28.4, top + 1),
                     (30.4, 15.4), (30.8, 17), (30.8, 22)])  # fmt: skip
    plate(e, cab, "body", 1.0, 2.0)
    if "roof" in look.colors:
        plate(e, cab & (e.y < top + 2), "roof", 1.0, 0.0)
    glazed(e, rimless(e, cab & (e.y < 16.4), 1.4) & (e.y < 15))
    e.lay(cab & (e.y >= 21), "metal", MID)
    bar(e, (23, 16.4, 24.6, 17.4), "body", DARK)
    lamps_of(e, cab, 17.6, False)
    bar(e, (20.0, 6.4, 21.2, 18), "metal", MID)
    bar(e, (20.0, 6.4, 20.6, 18), "metal", LIGHT)
    e.lay(e.box(21.4, 16.8, 22.4, 18.8), "body", LOW)
    _load(e, v, look, form)
    wheels_under(e, (6.0, 13.5, 26.0), 22.4, 3.5, "metal")


def _load(e: Easel, v: Variety, look: SceneryLook, form: str) -> None:
    """What a lorry carries."""
    if form == "box":
        box_ = plate(e, plaque(e, 1.2, v.turn((4.4, 5.2)), 20, 20, 0.8), "cargo", 1.0, 2.0)
        marks = "band" if mentioned(look, "band") else v.turn(("ribs", "band", "plain", "mark"))
        if marks == "ribs":
            for x in (4.0, 7.0, 10.0, 13.0, 16.0, 19.0):
                e.shaded(e.box(x, 7, x + 1, 18) & box_, -1)
        elif marks == "band":
            e.lay(e.box(1.2, 10.4, 20, 13.4) & box_, "band", MID)
        elif marks == "mark":
            e.lay(e.oval(10.6, 12, 4), "body", MID)
            e.lay(e.oval(10.6, 12, 2.2), "cargo", LIGHT)
    elif form == "tank":
        tank = plate(e, plaque(e, 1.2, 8, 20, 20, 4.6), "cargo", 2.0, 3.0)
        for x in (6.6, 14.0):
            e.shaded(e.box(x, 8, x + 1, 20) & tank, -1)
        bar(e, (9, 6.4, 12.4, 8), "metal", MID)
        e.lay(e.box(2, 13, 19.6, 14.4) & tank, "band", MID)
    else:
        heap = e.polygon(pts("3,10 6,7.2 10,6.2 13,7.4 18,10.4 18,14 3,14"))
        swell(e, heap, "earth", 0.2)
        bed = e.polygon(pts("1.2,9.4 20,9.4 19,20 3.4,20"))
        plate(e, bed, "cargo", 1.0, 2.0)
        for x in (6.0, 10.0, 14.0):
            e.shaded(e.box(x, 11, x + 1, 18.4) & bed, -1)


@rig("fire truck", "body band", "window=glass wheel=hub tyre light=lamp stripe=band ladder",
     "left right", "", body=(PAINTS[0],),
     band=(WHITE, ("9c7410", "f4c430", "fff090")))  # fmt: skip
def fire_truck(e: Easel, v: Variety, look: SceneryLook) -> None:
    """A fire engine: a ladder, shutters, blue lights."""
    top = v.turn((9.4, 10.0))
    rear = plate(e, plaque(e, 1.2, top + 1, 21, 22, 1.0), "body", 1.0, 2.0)
    cab = e.polygon([(21, 22), (21, top - 0.4), (22, top - 1.4), (28, top - 1.4), (29.4, top),
                     (30.8, 16), (30.8, 22)])  # fmt: skip
    plate(e, cab, "body", 1.0, 2.0)
    glazed(e, e.box(22.4, top + 1, 25, 15) & cab)
    glazed(e, rimless(e, cab & (e.x > 25), 1.0) & (e.y > top) & (e.y < 15))
    shutters = v.turn((2, 3))
    for n in range(shutters):
        w = 15.6 / shutters
        x = 3.0 + n * (w + 1)
        door = e.box(x, top + 3.4, x + w, 18)
        e.edged(door & rear)
        e.lay(door, "metal", np.where(e.row // max(1, round(e.k)) % 2 < 1, LIGHT, MID))
    e.lay((rear | cab) & (e.y >= 18.4) & (e.y < 20), "band", MID)
    e.lay((rear | cab) & (e.y >= 21), "body", DARK)
    tilt = v.turn((0.0, 3.4, 1.6))
    low, high = (2.0, top - 0.8), (21.4, top - 0.8 - tilt)
    for d in (0.0, -3.0):
        e.lay(e.stroke([(low[0], low[1] + d), (high[0], high[1] + d)], 1.0), "ladder", LIGHT)
    for n in range(7):
        t = (n + 0.5) / 7
        x, y = low[0] + 19.4 * t, low[1] + (high[1] - low[1]) * t
        bar(e, (x - 0.5, y - 3, x + 0.5, y), "ladder", MID)
    bar(e, (23.4, top - 3.4, 27.4, top - 1.4), "lens", MID)
    bar(e, (23.4, top - 3.4, 25, top - 2.4), "lens", LIGHT)
    lamps_of(e, cab, 17.0, False)
    bar(e, (1, 16, 2.4, 18), "tail", MID)
    wheels_under(e, (7.5, 24.5), 22.0, v.turn((3.5, 4.3)))
    if v.turn((True, False, False)):
        e.lay(e.oval(18.4, 15, 2.2), "sheet", LIGHT)
        e.lay(e.oval(18.4, 15, 1.0), "body", LINE)
