"""Spears, halberds, tridents, staffs, wands and picks, drawn by rules along the diagonal."""

from __future__ import annotations

import math

import numpy as np

from pincel.art.bench import DARK, LIGHT, LOW, MID, Bench, ItemLook, Variety, form_of, gem
from pincel.art.hafted import bit, haft

STAFFS = ("orb", "crook", "claw", "crystal", "ring", "fork")
WANDS = ("star", "gem", "orb", "plain", "crystal")


def _edge(t: Bench) -> np.ndarray:
    return np.where(t.x < -0.3, LIGHT, np.where(t.x > 0.9, LOW, MID))


def spear(e: Bench, v: Variety, look: ItemLook) -> None:
    """A spear with a leaf, a lance or a barbed head."""
    t = e.tilted()
    form = form_of(v, look, ("leaf", "barbed", "lance", "winged"))
    haft(t, v, 9.0, 43.0, 1.1)
    low = v.turn((12.5, 14.0), 1)
    shapes = {
        "leaf": [
            (0, 1.4),
            (2.9, 7.5),
            (2.4, low - 2),
            (0.9, low),
            (-0.9, low),
            (-2.4, low - 2),
            (-2.9, 7.5),
        ],
        "lance": [(0, 1.4), (2.0, 6.0), (1.7, low), (-1.7, low), (-2.0, 6.0)],
        "barbed": [(0, 1.4), (4.4, low), (1.2, low - 2.8), (-1.2, low - 2.8), (-4.4, low)],
    }
    shapes["winged"] = shapes["leaf"]
    head = t.polygon(shapes[form])
    t.over(head, "metal", _edge(t))
    t.lay(head & (np.abs(t.x) < 0.4) & (t.y > 5), "metal", LOW)
    if form == "winged":
        wing = t.polygon(
            [
                (-5.4, low - 1),
                (0, low + 2.0),
                (5.4, low - 1),
                (4.6, low + 2),
                (0, low + 4),
                (-4.6, low + 2),
            ]
        )
        t.over(wing, "trim", np.where(t.x < 0, LIGHT, MID))
    else:
        t.over(t.box(-1.8, low, 1.8, low + 2.4), "trim", _edge(t))
    _tassel(t, v, look, low)


def _tassel(t: Bench, v: Variety, look: ItemLook, low: float) -> None:
    """A ribbon below the head."""
    if "tassel" in look.more or v.turn((False, True, False), 2):
        for way in (-1, 1):
            tail = t.polygon(
                [(0, low + 2.5), (way * 3.4, low + 5.2), (way * 2.6, low + 7.6), (0, low + 5)]
            )
            t.over(tail, "tassel", MID if way < 0 else LOW)


def trident(e: Bench, v: Variety, look: ItemLook) -> None:
    """Three points on a pole."""
    t = e.tilted()
    haft(t, v, 9.0, 43.0, 1.1)
    wide, low = v.turn((5.2, 5.8, 4.6), 1), v.turn((16.0, 15.0), 1)
    for x in (-wide, wide, 0):
        top = 1.6 if x == 0 else 3.2 + wide
        barb = v.turn((2.3, 1.6, 2.8), 2)
        point = t.polygon(
            [
                (x, top),
                (x + barb, top + 4.4),
                (x + 0.9, top + 3.8),
                (x + 0.9, low),
                (x - 0.9, low),
                (x - 0.9, top + 3.8),
                (x - barb, top + 4.4),
            ]
        )
        t.over(point, "metal", np.where(t.x - x < -0.2, LIGHT, MID))
    bend = [
        (-wide, low - 2.5),
        (-wide + 1, low),
        (0, low + 0.6),
        (wide - 1, low),
        (wide, low - 2.5),
    ]
    t.lay(t.stroke(bend, 2.4), "metal", np.where(t.x < 0, LIGHT, MID))
    t.over(t.box(-1.9, low + 1, 1.9, low + 3.6), "trim", _edge(t))


def halberd(e: Bench, v: Variety, look: ItemLook) -> None:
    """A pole with a point, an axe's blade and a hook."""
    t = e.tilted()
    haft(t, v, 6.0, 43.0, 1.1)
    point = t.polygon([(0, 1.4), (1.9, 5.5), (1.4, 12), (-1.4, 12), (-1.9, 5.5)])
    t.over(point, "metal", _edge(t))
    hook = v.turn(
        (
            [(1, 12.4), (7.0, 12.0), (6.0, 17.0), (4.4, 14.8), (1, 16.4)],
            [(1, 12.5), (7.8, 14.5), (1, 16.8)],
            [(1, 12.5), (5.4, 11.2), (5.4, 18), (1, 16.8)],
        ),
        1,
    )
    t.over(t.polygon(hook), "metal", np.where(t.y < 14, MID, LOW))
    bit(t, v.turn(("broad", "bearded", "single", "single")), -1, v.turn((9.4, 10.0, 8.8), 1))
    t.over(t.box(-1.9, 11.6, 1.9, 18.4), "metal", np.where(t.x < -0.5, MID, LOW))


def pick(e: Bench, v: Variety, look: ItemLook) -> None:
    """A pickaxe."""
    t = e.tilted()
    haft(t, v, 7.0, 42.2)
    reach, drop = v.turn((12.0, 11.2, 12.6), 1), v.turn((6.6, 5.4), 1)
    line = [(reach * n / 6, 9.6 + drop * (n / 6) ** 2) for n in range(7)]
    for way in (1, -1):
        arm = t.stroke([(way * x, y) for x, y in line], 4.6, 1.2)
        light = np.where(t.y < 9.0 + drop * (t.x / reach) ** 2, LIGHT, MID)
        t.over(arm, "metal", light if way < 0 else np.maximum(light - 1, LOW))
    t.over(t.box(-2.4, 7.2, 2.4, 12.6), "trim" if v.turn((True, False), 1) else "metal", _edge(t))


def staff(e: Bench, v: Variety, look: ItemLook) -> None:
    """A wizard's staff; what is at its head is said or follows the seed."""
    t = e.tilted()
    form = form_of(v, look, STAFFS)
    if "gem" in look.more and form in ("crook", "fork", "ring"):
        form = ("orb", "claw", "crystal")[v.seed % 3]
    plain = form == "plain"
    line = [
        (0.9 * math.sin(n * v.turn((1.1, 0.8, 1.4), 1)) * (n < 9), 12 + n * 3.2) for n in range(10)
    ]
    if v.turn((True, False), 1) or plain:
        line = [(0.0, 2.5 if plain else 12.0), (0.0, 41.5)]
    pole = t.stroke(line, 2.9, 2.5)
    t.lay(pole, "haft", np.where(t.x < -0.4, LIGHT, np.where(t.x > 0.5, LOW, MID)))
    if v.turn((True, True, False), 1):
        y = v.turn((22.0, 26.0, 19.0), 1)
        t.over(t.box(-1.6, y, 1.6, y + 3.6) & pole, "grip", _edge(t))
    t.over(t.box(-2.2, 15.4, 2.2, 17.6), "metal", _edge(t))
    if not plain:
        _head(t, v, form)


def _head(t: Bench, v: Variety, form: str) -> None:
    r = v.turn((4.8, 4.3), 1)
    y = 9.0
    if form in ("claw", "fork"):
        for way in (1, -1):
            arm = t.stroke(
                [(0, 16), (way * 4.0, 14), (way * 5.4, 10.2), (way * 4.0, 6.4)], 2.8, 1.4
            )
            t.over(arm, "haft", MID if way < 0 else LOW)
        if form == "claw":
            gem(t, 0, y, 3.4, "gem")
        else:
            t.over(t.oval(0, 9.5, 2.1), "gem", np.where(t.x < 0, LIGHT, MID))
    elif form == "crook":
        turned = [math.radians(-10 + 26 * n) for n in range(11)]
        curl = [(0.0, 16.0)] + [(3.9 - 4.4 * math.cos(a), 9.6 - 4.4 * math.sin(a)) for a in turned]
        t.lay(
            t.stroke([(x - 1.4, y + 0.8) for x, y in curl], 2.9, 2.0),
            "haft",
            np.where(t.ball(2.5, 10.4, 6) > 0.35, LIGHT, MID),
        )
        t.codes[t.oval(2.5, 10.4, 2.4)] = -1
    elif form == "crystal":
        stone = t.polygon([(0, 1.4), (4.2, 7.0), (2.8, 14.4), (-2.8, 14.4), (-4.2, 7.0)])
        t.over(stone, "gem", np.where(t.x < -0.6, LIGHT, np.where(t.x < 1.6, MID, LOW)))
        t.lay(stone & (t.y > 9) & (t.x > 0.4), "gem", DARK)
        for way in (-1, 1):
            t.over(
                t.stroke([(0, 15.8), (way * 4.0, 13.4), (way * 4.2, 10.6)], 2.0, 1.2), "metal", MID
            )
    else:
        _round_head(t, form, (y, r))


def _round_head(t: Bench, form: str, place: tuple) -> None:
    """A ring with a stone, or a ball."""
    y, r = place
    if form == "ring":
        hoop = t.oval(0, 9.6, 5.9)
        t.over(hoop, "metal", np.where(t.ball(0, 9.6, 5.9) > 0.4, LIGHT, MID))
        t.codes[t.oval(0, 9.6, 3.4)] = -1
        gem(t, 0, 9.6, 1.9, "gem")
    else:
        for way in (-1, 1):
            t.lay(
                t.stroke([(0, 15.8), (way * 4.4, 14.0), (way * 5.2, 10.4)], 2.2, 1.4), "metal", MID
            )
        gem(t, 0, y, r, "gem")


def wand(e: Bench, v: Variety, look: ItemLook) -> None:
    """A magic wand."""
    t = e.tilted()
    form = form_of(v, look, WANDS)
    if "gem" in look.more and form in ("star", "plain"):
        form = ("gem", "orb", "crystal")[v.seed % 3]
    if "star" in look.more:
        form = "star"
    top = 8.5 if form == "plain" else 12.5
    pole = t.stroke([(0, top), (0, 39.5)], 1.8, 2.9)
    t.lay(pole, "haft", np.where(t.x < -0.3, LIGHT, np.where(t.x > 0.4, LOW, MID)))
    t.lay(pole & (t.y > v.turn((30, 33), 1)), "grip", np.where(t.x < 0, MID, LOW))
    t.over(t.oval(0, 39.5, 2.1), "metal", np.where(t.x < 0, LIGHT, MID))
    y = v.turn((29.0, 32.0), 1)
    t.over(t.box(-2.0, y, 2.0, y + 1.8), "metal", _edge(t))
    if form == "plain":
        t.over(pole & (t.y < top + 4), "tip", np.where(t.x < -0.3, LIGHT, MID))
        for dx, dy in ((-4.5, 7.5), (4.6, 7.0), (0.0, 2.6)):
            t.lay(t.oval(dx, dy, 1.0), "spark", LIGHT)
        return
    t.over(t.box(-1.9, 11.6, 1.9, 13.8), "metal", _edge(t))
    if form == "star":
        _star(e)
    elif form == "crystal":
        stone = t.polygon([(0, 1.4), (3.6, 6.0), (2.2, 12.4), (-2.2, 12.4), (-3.6, 6.0)])
        t.over(stone, "gem", np.where(t.x < -0.4, LIGHT, np.where(t.x < 1.4, MID, LOW)))
    elif form == "gem":
        stone = np.abs(t.x) + np.abs(t.y - 7.4) < 5.2
        t.over(stone, "gem", np.where(t.x < -0.5, LIGHT, np.where(t.y < 8, MID, LOW)))
        t.lay(t.oval(-1.4, 6.4, 0.9), "glint", LIGHT)
    else:
        gem(t, 0, 7.6, 4.2, "gem")


def _star(e: Bench) -> None:
    """A star with five points at the upper right."""
    points = []
    for n in range(10):
        r = 8.0 if n % 2 == 0 else 3.5
        a = math.pi * (n / 5 - 0.5)
        points.append((22.2 + r * math.cos(a), 9.8 + r * math.sin(a)))
    star = e.polygon(points)
    tilt = (e.x - 22.2) * 0.7 + (e.y - 9.8)
    e.over(star, "star", np.where(tilt < -0.8, LIGHT, np.where(tilt < 3, MID, LOW)))
