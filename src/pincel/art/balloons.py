"""Balloons and airships, drawn by rules."""

from __future__ import annotations

import math

import numpy as np

from pincel.art.easel import DARK, LIGHT, LOW, MID, Easel
from pincel.art.flyers import SILVERY
from pincel.art.item_matter import WOOD
from pincel.art.kinds import SceneryLook
from pincel.art.molded import both_sides, curved, plaque, pts, sheen, swell
from pincel.art.rigging import bar, glazed, mentioned, plate, rig
from pincel.art.roads import PAINTS, WHITE
from pincel.art.variety import Variety


@rig("hot air balloon", "cloth stripe", "basket stripe band=stripe fire=flame flame rope", "",
     "", cloth=PAINTS[:7], stripe=(WHITE, PAINTS[2], PAINTS[4], PAINTS[0], PAINTS[1]),
     basket=(("6a4422", "a8743c", "dcac6c"),))  # fmt: skip
def hot_air_balloon(e: Easel, v: Variety, look: SceneryLook) -> None:
    """A balloon to fly in: gores of two colours, ropes, a basket."""
    wide = v.turn((12.4, 11.6, 13.2))
    y = 11.6
    half = [(16, 0.8), (16 - wide * 0.62, 3), (16 - wide, y), (16 - wide * 0.78, 16.4),
            (16 - 4.4, 21.6), (16, 22)]  # fmt: skip
    bag = curved(e, both_sides(half))
    swell(e, bag, "cloth", 0.08)
    light = e.codes % 8
    form = v.turn(("gores", "band", "gores", "zigzag", "gores"))
    narrow = np.sqrt(np.clip(1 - ((e.y - y) / 12.4) ** 2, 0.08, 1)) * wide
    t = (e.x - 16) / narrow
    if form == "gores":
        angle = np.arcsin(np.clip(t, -1, 1)) / math.pi * v.turn((7, 7, 5, 7, 9)) + 0.5
        marked = np.floor(angle + 40) % 2 < 1
    elif form == "band":
        marked = np.abs(e.y - 11.6 - 1.4 * t * t) < 2.6
    else:
        marked = np.abs(e.y - 11.4 - 2.4 * (np.abs((e.x / 3.2) % 2 - 1) - 0.5)) < 2.0
    e.lay(bag & marked, "stripe", light)
    e.lay(bag & (e.y > 20.6), "cloth", DARK)
    for x, low in ((13.0, 13.6), (19.0, 18.4)):
        e.lay(e.stroke([(x, 22), (low, 26)], 0.8), "rope", MID)
    basket = plate(e, plaque(e, 12.4, 25.6, 19.6, 31, 0.8), "basket", 1.0, 1.0)
    e.shaded(basket & ((e.column + e.row) % 2 < 1) & (e.y > 27), -1)
    if mentioned(look, "flame") or v.turn((False, True, False)):
        bar(e, (15.4, 22.6, 16.6, 24.4), "flame", LIGHT)


@rig("balloon", "skin", "string=rope knot=skin", "", "",
     skin=(PAINTS[0], PAINTS[1], PAINTS[2], ("9c3d6b", "f07cac", "ffc8de"), PAINTS[3], PAINTS[6],
           PAINTS[4]))  # fmt: skip
def toy_balloon(e: Easel, v: Variety, look: SceneryLook) -> None:
    """A balloon on a string."""
    lean = v.turn((0.0, 1.4, -1.4))
    r = v.turn((9.2, 8.6, 9.8))
    sway = v.turn((1.8, -1.8, 2.4))
    x = 16 + lean
    string = [(x, 22), (x + sway * 0.7, 24.4), (x - sway * 0.7, 27.4), (x + sway * 0.3, 30.8)]
    e.lay(e.stroke(string, 1.0), "rope", MID)
    e.lay(e.polygon([(x, 20), (x - 2, 23.2), (x + 2, 23.2)]), "skin", LOW)
    bag = curved(e, both_sides([(16, 0.8), (16 - r * 0.72, 3.2), (16 - r, 9.4), (16 - r * 0.76, 16),
                                (16 - 2.4, 21), (16, 21.6)]))  # fmt: skip
    bag = np.roll(bag, round(lean * 0.5 * e.k), 1)
    swell(e, bag, "skin", 0.12)
    sheen(e, bag, 12 + lean * 0.5, 6.6, v.turn((3, 1, 0, 2)), 1.0)


@rig("airship", "cloth", "cabin=gondola gondola fin stripe=band window=glass",
     "left right", "", cloth=(SILVERY, PAINTS[0], PAINTS[2], PAINTS[1], WHITE),
     fin=(PAINTS[0], PAINTS[1]), gondola=(*WOOD, ("5a6270", "9aa4b4", "dfe6ee")))  # fmt: skip
def airship(e: Easel, v: Variety, look: SceneryLook) -> None:
    """An airship with a cabin below."""
    for mask in (pts("1.4,6 5,5.4 9.4,12 3,13"), pts("1.4,21.4 5,22 9.4,15.4 3,14.4")):
        plate(e, e.polygon(mask), "fin", 1.0, 1.0)
    bag = e.oval(16.6, 13.6, 14.2, v.turn((7.0, 7.6, 6.4)))
    swell(e, bag, "cloth", 0.08, 6.0)
    for y in (10.4, 16.4):
        e.shaded(
            bag
            & (
                np.abs(
                    e.y
                    - 13.6
                    - (y - 13.6) * np.sqrt(np.clip(1 - ((e.x - 16.6) / 14.2) ** 2, 0, 1)) * 1.3
                )
                < 0.5
            ),
            -1,
        )
    if mentioned(look, "band") or v.turn((False, True)):
        e.lay(bag & (np.abs(e.y - 13.6) < 1.2), "band", MID)
    mid = e.polygon(pts("1.2,12.6 8,12.6 8,14.6 1.2,14.6"))
    e.lay(mid, "fin", LIGHT)
    for x in (13.0, 20.4):
        bar(e, (x, 19, x + 1, 22.4), "rope", MID)
    cab = plate(e, plaque(e, 10.4, 21.6, 23.4, 26.4, 1.4), "gondola", 1.0, 1.0)
    for x in (12.4, 15.4, 18.4):
        glazed(e, e.box(x, 22.8, x + 2, 24.6) & cab)
