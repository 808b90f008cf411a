"""Waves, hills and islands, drawn by rules."""

from __future__ import annotations

import math

import numpy as np

from pincel.art.easel import DARK, LIGHT, LOW, MID, Easel, Point
from pincel.art.kinds import SceneryLook
from pincel.art.lands import SNOW
from pincel.art.molded import curved, flipped, kind, model, pts
from pincel.art.variety import Variety


@kind(
    "wave",
    "water",
    "foam",
    "",
    water=(
        ("14448c", "2c84d8", "84ccfc"),
        ("0c5c7c", "249cc4", "88e4f4"),
        ("1c347c", "3868c8", "90b8f8"),
    ),
    foam=(SNOW,),
)
def wave(e: Easel, v: Variety, look: SceneryLook) -> None:
    """A wave that breaks, with foam along its crest."""
    way = v.turn((1, -1, 1, 1, -1))
    size = v.turn((1.0, 0.92, 1.06, 0.96), 1)

    def placed(points: list[Point]) -> list[Point]:
        return flipped([(16 + (x - 16) * size, 31 + (y - 31)) for x, y in points], way)

    top = v.turn((0.0, 1.6, 0.8))
    back = pts(
        "1,31 1.4,25 4,16 9,8 16,3.4 23,3 28.4,6.6 30.4,12 29,15.4 "
        "26.6,12.4 23,10.6 19.4,12 17.6,16 18.6,21 23,25 31,26.6 31,31",
        y=(top, 1),
    )
    body = curved(e, placed(back)) & (e.y < 30.8)
    x = 16 + (e.x - 16) * way
    e.lay(body, "water", MID)
    far = np.hypot(x - 22.6, (e.y - 15.6 - top) * 0.96)
    bands = np.abs(far % v.turn((4.6, 5.2, 4.0)) - 1.0) < 0.75
    e.lay(body & bands, "water", LOW)
    e.lay(body & (x + e.y * 0.55 < 15.6), "water", LIGHT)
    e.lay(body & (e.y > 27.6 + 0.9 * np.sin(x * 0.9)), "water", LOW)
    crest = placed(
        [
            (a, b + top)
            for a, b in pts("9,7.6 13,5 17,3.8 21.4,3.8 25.4,5.4 28.4,8.6 29.4,12.4 27.6,13.6")
        ]
    )
    for n, (a, b) in enumerate(crest):
        r = (1.5, 1.8, 2.0, 2.3, 2.5, 2.6, 2.4, 1.7)[n] * v.turn((1.0, 1.15, 0.9))
        blob = e.oval(a, b, r)
        e.lit(blob, "foam", e.ball(a, b, r) + 0.3)
    for n in range(v.turn((3, 4, 2))):
        a, b = placed([(23.4 + 2.9 * n, (27.4, 26.2, 28.0, 26.8)[n])])[0]
        e.lit(e.oval(a, b, 2.2, 1.7), "foam", e.ball(a, b, 2.2) + 0.3)
    if v.turn((True, False)):
        for dx, dy in ((31.0, 8.4), (29.8, 4.6)):
            a, b = placed([(dx - 0.6, dy + top)])[0]
            e.lay(e.oval(a, b, 0.9), "foam", LIGHT)


_GRASS = ("2c6428", "54a83c", "a0dc5c")


@kind(
    "hill",
    "grass",
    "",
    "",
    grass=(_GRASS, ("3c6c1c", "74b434", "c0e868")),
    flower=("red", "yellow", "white", "pink"),
)
def hill(e: Easel, v: Variety, look: SceneryLook) -> None:
    """One to three round hills with tufts and flowers."""
    number = v.turn((2, 1, 3, 2))
    way = v.turn((1, -1, 1))
    hills = {
        1: [(16.0, 14.6, 16.0)],
        2: [(23.0, 9.0, 14.0), (11.0, 12.6, 18.4)],
        3: [(8.0, 8.4, 15.0), (24.6, 7.6, 13.0), (16.0, 12.0, 20.0)],
    }[number]
    for x, wide, top in hills:
        x = 16 + way * (x - 16)
        high = 31 - top if number > 1 else 19.4
        mask = (((e.x - x) / wide) ** 2 + ((e.y - 31) / high) ** 2 <= 1) & (e.y < 30.6)
        e.edged(mask)
        model(e, mask, "grass", e.ball(x, 31, wide * 1.15, high * 1.1) + 0.06)
        tuft = (e.noise(v.whole(0, 99), 3, 3) > 0.82) & mask & (e.y > 31 - high + 3)
        e.shaded(tuft & (e.row % 3 == 1), -1)
    for _ in range(v.turn((4, 3, 0, 5))):
        x, y = v.between(6, 26), v.between(20, 28.6)
        spot = e.box(x - 0.9, y - 0.9, x + 0.9, y + 0.9)
        if (e.of("grass") & spot).any():
            e.lay(spot & e.of("grass"), "flower", LIGHT)


@kind(
    "island",
    "sand",
    "water leaf",
    "",
    sand=(("a87c3c", "e4c070", "fcecb0"),),
    water=(("1c54a4", "3c98e0", "9cdcfc"), ("147088", "2cb4cc", "98f0f4")),
    leaf=(("1c5c34", "38a048", "8cdc64"),),
)
def island(e: Easel, v: Variety, look: SceneryLook) -> None:
    """Sand in the sea with a palm tree or two, or a rock."""
    e.lit(e.oval(16, 26.4, 14.8, 4.6), "water", 0.9 - 0.08 * (e.y - 21.8) - 0.02 * (e.x - 8))
    glitter = (e.noise(v.whole(0, 99), 4, 1) > 0.75) & e.of("water")
    e.lay(glitter, "water", LIGHT)
    rise = v.turn((4.4, 5.4, 3.8))
    land = e.oval(16, 25.6, v.turn((11.0, 10.0, 12.0), 1), rise) & (e.y < 27.0)
    e.edged(land, LOW)
    model(e, land, "sand", e.ball(16, 27, 12, rise + 2) + 0.1)
    palms = v.turn(
        (
            ((15.0, 3.0, -3.0),),
            ((12.0, -2.4, -4.0), (19.6, 3.0, -1.0)),
            ((18.0, -3.4, -2.6),),
            ((16.4, 1.6, -4.0),),
        )
    )
    for x, lean, up in palms:
        _palm(e, v, (x, lean, up), len(palms) == 1)


def _palm(e: Easel, v: Variety, place: tuple[float, float, float], alone: bool) -> None:
    """A palm tree: where it stands, how far it leans, how much higher it is."""
    x, lean, up = place
    top = (x + lean, 9.6 - up * 0.6 * alone + up * 0.8 * alone + 1.6 * (not alone))
    foot = 24.2
    trunk = [(x, foot), (x + lean * 0.3, (foot + top[1]) / 2), top]
    line = e.stroke(trunk, 2.8, 2.0)
    e.edged(line)
    e.lay(line, "bark", np.where(e.row % 3 == 0, DARK, np.where(e.x < x + lean * 0.5, MID, LOW)))
    for degrees in (200, 340, 165, 15, 235, 305, 270)[: 7 if alone else 6]:
        a = math.radians(degrees + v.turn((0, 6, -6)))
        long = 8.8 if alone else 7.0
        tip = (top[0] + long * math.cos(a), top[1] + long * 0.72 * math.sin(a) + 2.6)
        bend = ((top[0] + tip[0]) / 2, min(top[1], tip[1]) - 1.6)
        frond = e.stroke([top, bend, tip], 3.0, 1.0)
        e.edged(frond & (e.codes >= 0))
        e.lay(frond, "leaf", LIGHT if 150 < degrees < 290 else MID)
        e.lay(frond & ~np.roll(frond, -1, 0), "leaf", LOW)
    for dx in (-1.2, 1.0):
        e.lay(e.oval(top[0] + dx, top[1] + 1.6, 1.2), "bark", DARK)
