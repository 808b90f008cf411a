"""Bows, arrows and crossbows, drawn by rules along the diagonal."""

from __future__ import annotations

import numpy as np

from pincel.art.bench import DARK, LIGHT, LOW, MID, Bench, ItemLook, Variety, form_of

Line = list[tuple[float, float]]


def bow(e: Bench, v: Variety, look: ItemLook) -> None:
    """A bow, its back towards the upper left."""
    t = e.tilted()
    form = form_of(v, look, ("long", "recurve", "horn"))
    depth = v.turn((13.0, 11.5, 14.0), 1)
    ends = 4.6
    t.lay(t.stroke([(ends - 1.2, 8.2), (ends - 1.2, 35.8)], 0.9), "string", LIGHT)
    curve: Line = []
    for n in range(13):
        a = n / 6 - 1
        x = ends - depth * (1 - abs(a) ** 2.2)
        y = 22 + 14.6 * a
        if form != "long":
            x = (
                ends
                - depth * (1 - abs(a) ** 1.7)
                + (1.8 if abs(a) > 0.9 else 0)
                - (1.4 if abs(a) < 0.1 else -0.4)
            )
            y = 22 + 13.8 * a
        curve.append((x, y))
    limb = t.stroke(curve[6:], 3.4, 2.0) | t.stroke(curve[6::-1], 3.4, 2.0)
    off, _ = t.along(curve)
    shade = np.where(
        np.abs(t.y - 22) > 13, MID, np.where(off > 0.3, LOW, np.where(off < -0.3, LIGHT, MID))
    )
    t.over(limb, "haft", shade)
    if form == "horn":
        t.lay(limb & (np.abs(t.y - 22) > 12.5), "trim", np.where(off < 0, LIGHT, MID))
    grip = limb & (np.abs(t.y - 22) < v.turn((3.4, 4.2), 1))
    t.lay(grip, "grip", np.where(np.floor(t.y / 1.5) % 2 == 0, MID, LOW))
    if v.turn((True, False, True), 1):
        band = limb & (np.abs(np.abs(t.y - 22) - v.turn((6.4, 8.2), 1)) < 0.9)
        t.lay(band, "trim", np.where(off < 0, LIGHT, MID))
    if "arrow" in look.more:
        _shaft(t, v, (-10.5 + ends, 0), look)


def _shaft(t: Bench, v: Variety, told: tuple[float, float], look: ItemLook) -> None:
    """An arrow laid across a bow."""
    start = told[0]
    t.over((np.abs(t.y - 22) < 0.8) & (t.x > start - 6) & (t.x < 9), "shaft", MID)
    t.over(t.polygon([(start - 11, 22), (start - 6, 19.6), (start - 6, 24.4)]), "metal", LIGHT)


def arrow(e: Bench, v: Variety, look: ItemLook) -> None:
    """An arrow, its point at the upper right."""
    t = e.tilted()
    form = form_of(v, look, ("leaf", "barbed", "broad", "bodkin"))
    t.lay(
        t.box(-0.8, 8, 0.8, 41.5),
        "shaft",
        np.where(t.x < -0.3, LIGHT, np.where(t.x > 0.3, LOW, MID)),
    )
    low = v.turn((9.5, 11.0), 1)
    shapes = {
        "leaf": [(0, 1.4), (2.8, 6.0), (1.4, low), (-1.4, low), (-2.8, 6.0)],
        "barbed": [(0, 1.4), (4.2, low + 1), (0.9, low - 1.6), (-0.9, low - 1.6), (-4.2, low + 1)],
        "broad": [(0, 1.4), (4.6, low), (-4.6, low)],
        "bodkin": [(0, 1.4), (1.8, 5.0), (1.3, low + 2), (-1.3, low + 2), (-1.8, 5.0)],
    }
    head = t.polygon(shapes[form])
    t.over(head, "metal", np.where(t.x < -0.3, LIGHT, np.where(t.x < 0.4, MID, LOW)))
    wide, top, low = v.turn((4.0, 3.4, 4.6), 1), v.turn((30.5, 32.0), 1), 41.0
    for way in (-1, 1):
        vane = t.polygon(
            [
                (way * 0.8, top),
                (way * wide, top + 3),
                (way * wide, low - 1.5),
                (way * 0.8, low - 3.5),
            ]
        )
        t.lay(
            vane,
            "feather",
            np.where(np.floor((t.y + way * t.x) / 1.5) % 3 == 0, LOW, LIGHT if way < 0 else MID),
        )
    t.lay(t.box(-0.8, 39.6, 0.8, 42), "feather", DARK)


def crossbow(e: Bench, v: Variety, look: ItemLook) -> None:
    """A crossbow, aimed at the upper right."""
    t = e.tilted()
    reach, drop = v.turn((11.6, 10.6), 1), v.turn((5.5, 7.0, 4.5), 1)
    y = 9.4
    tip = (reach, y + drop)
    for way in (-1, 1):
        t.lay(
            t.stroke([(way * tip[0], tip[1]), (0, v.turn((20.0, 23.0), 1))], 0.9), "string", LIGHT
        )
    stock = t.polygon([(-1.7, 7), (1.7, 7), (1.9, 30), (2.9, 41), (-2.2, 41), (-1.9, 30)])
    t.over(stock, "haft", np.where(t.x < -0.5, LIGHT, np.where(t.x > 0.6, LOW, MID)))
    t.lay(t.box(-0.5, 8, 0.5, 26), "haft", DARK)
    if v.turn((True, False), 1):
        t.over(t.box(-2.4, 31, 2.6, 33), "trim", np.where(t.x < 0, LIGHT, MID))
    trigger = t.stroke([(1.6, 27.5), (4.2, 30), (3.6, 33)], 1.6)
    t.over(trigger, "metal", MID)
    line = [(reach * n / 6, y + drop * (n / 6) ** 2) for n in range(7)]
    for way in (1, -1):
        limb = t.stroke([(way * a, b) for a, b in line], 3.4, 1.8)
        t.over(limb, "metal", np.where(t.y < y + drop * (t.x / reach) ** 2, LIGHT, MID) - (way > 0))
    t.over(t.box(-2.2, y - 1.8, 2.2, y + 2.2), "trim", np.where(t.x < 0, LIGHT, MID))
    if v.turn((True, True, False), 1):  # a bolt
        t.lay(t.box(-0.5, 6, 0.5, 22), "shaft", MID)
        t.over(
            t.polygon([(0, 2.2), (2.0, 6.6), (-2.0, 6.6)]), "metal", np.where(t.x < 0, LIGHT, MID)
        )
