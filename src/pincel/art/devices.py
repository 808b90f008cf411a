"""Devices with a plug or a battery, and what measures, drawn by rules."""

from __future__ import annotations

import math

import numpy as np

from pincel.art.easel import DARK, LIGHT, LINE, LOW, MID, Easel
from pincel.art.item_matter import BRONZE, GOLD, SILVER, WOOD
from pincel.art.kinds import SceneryLook, Shade
from pincel.art.molded import both_sides, curved, plaque, pts, swell
from pincel.art.rigging import bar, flat_disc, glazed, mentioned, plate, rig, said_form, tube
from pincel.art.roads import BLACK, PAINTS, WHITE
from pincel.art.variety import Variety

_GREY: Shade = ("5a6270", "9aa4b4", "dfe6ee")
_BEIGE: Shade = ("8c7c60", "d0c4a4", "f4ecd4")
_SCREENS: tuple[Shade, ...] = (
    ("1c3c6c", "3c7cc4", "9cd0fc"), ("14503c", "2c9c6c", "8ce4b4"), ("3c2468", "7048b0", "b898ec"),
    ("1c2430", "34445c", "7890b0"), ("6c3018", "c8682c", "fcb878"),
)  # fmt: skip


def _screen(e: Easel, v: Variety, mask: np.ndarray, shows: int = 0) -> None:
    """A screen, bool (side, side), with something on it."""
    e.edged(mask, LINE)
    glazed(e, mask, "screen")
    left, top = e.x[mask].min(), e.y[mask].min()
    wide, high = np.ptp(e.x[mask]), np.ptp(e.y[mask])
    form = v.turn(("text", "bars", "plain", "hill", "face"), 1, shows)
    if form == "text":
        for n in range(3):
            y = top + high * (0.24 + 0.26 * n)
            bar(e, (left + wide * 0.14, y, left + wide * (0.82, 0.5, 0.68)[n], y + 1), "glow", MID)
    elif form == "bars":
        for n, h in enumerate((0.36, 0.62, 0.48, 0.78)):
            x = left + wide * (0.16 + 0.2 * n)
            bar(e, (x, top + high * (0.92 - h), x + 1.6, top + high * 0.92), "glow", MID)
    elif form == "hill":
        hill = mask & (e.y > top + high * 0.62 + 1.4 * np.sin((e.x - left) / 2.4))
        e.lay(hill, "land", MID)
        e.lay(e.oval(left + wide * 0.74, top + high * 0.3, 1.6) & mask, "glow", LIGHT)
    elif form == "face":
        for d in (-1, 1):
            x = left + wide / 2 + d * wide * 0.16
            bar(e, (x - 0.6, top + high * 0.26, x + 0.6, top + high * 0.5), "glow", LIGHT)
        bar(e, (left + wide * 0.34, top + high * 0.66, left + wide * 0.68, top + high * 0.66 + 1),
            "glow", LIGHT)  # fmt: skip


@rig("gamepad", "body", "button=buttons stick=pad cross=pad cable=pad", "", "metal wood jewel",
     body=(_GREY, BLACK, WHITE, PAINTS[0], PAINTS[1], PAINTS[6], PAINTS[2]),
     buttons=("red", "blue", "yellow", "green"))  # fmt: skip
def gamepad(e: Easel, v: Variety, look: SceneryLook) -> None:
    """A pad to play with: with two grips, or flat and square."""
    form = v.turn(("grips", "flat", "grips"))
    if form == "flat":
        body = plaque(e, 1.4, 9, 30.6, 24, v.turn((2.4, 4.0)))
        swell(e, body, "body", 0.06, 2.0)
        inner = plaque(e, 3.6, 11, 28.4, 22, 1.4)
        e.lay(inner, "pad" if "pad" not in look.colors else "body", LOW)
        y = 16.5
        e.lay(e.stroke([(16, 9), (16, 6.4), (20, 4.4), (18, 2)], 1.2), "pad", LOW)
    else:
        body = curved(e, both_sides(pts("16,9.6 11,9 7,7.4 4,8.4 1.6,16 1.2,23 3,25.4 5.6,24.6 "
                                        "9,20 16,19.6")))  # fmt: skip
        swell(e, body, "body", 0.08, 2.6)
        y = 13.5
        for sign in (-1, 1):
            bar(e, (16 + sign * 8.6 - 2.4, 6.2, 16 + sign * 8.6 + 2.4, 7.4), "body", LOW)
    cross = e.box(5.0, y - 1, 11.0, y + 1) | e.box(7.0, y - 3, 9.0, y + 3)
    e.edged(cross)
    e.lay(cross, "pad", MID)
    e.lay(cross & (e.y < y - 1), "pad", LIGHT)
    four = v.turn((True, True, False))
    for n, (dx, dy) in enumerate(((0, -2.4), (2.4, 0), (0, 2.4), (-2.4, 0)) if four else
                                 ((-2, 1), (2, -1))):  # fmt: skip
        color = "buttons" if mentioned(look, "buttons") else ("tail", "glow", "lens", "green")[n]
        r = 1.2 if four else 1.7
        e.lay(e.oval(24 + dx, y + dy, r), color, MID)
        e.lay(e.oval(24 + dx - 0.5, y + dy - 0.5, r * 0.5), color, LIGHT)
    for x in (14.0, 17.0):
        bar(e, (x, y - 0.4, x + 1.6, y + 0.8), "pad", MID)
    if form == "grips" and v.turn((True, False)):
        for x in (12.0, 20.0):
            e.lay(e.oval(x, 18.0, 2.2), "pad", MID)
            e.lay(e.oval(x - 0.4, 17.6, 1.2), "pad", LIGHT)


@rig(
    "computer",
    "body",
    "screen key=keys keys",
    "laptop",
    "metal wood",
    body=(_BEIGE, _GREY, BLACK, WHITE, ("4c5464", "8c96a6", "ccd4de")),
    screen=_SCREENS,
)
def computer(e: Easel, v: Variety, look: SceneryLook) -> None:
    """A computer: an old one of one piece, a screen on a foot, or one to carry."""
    form = said_form(look, ("laptop",)) or v.turn(("old", "flat", "old", "flat"))
    if form == "laptop":
        top = v.turn((4.0, 5.4, 2.8))
        plate(e, plaque(e, 4, top, 28, 22, 1.4), "body", 1.0, 0.0)
        _screen(e, v, e.box(6, top + 2, 26, 19.4))
        base = e.polygon(pts("4,21 28,21 31,27 1,27"))
        e.edged(base)
        plate(e, base, "body", 1.0, 0.0)
        keys = e.polygon(pts("5.6,22 26.4,22 27.6,25 4.4,25"))
        e.lay(keys, "keys", MID)
        e.lay(keys & (e.column % 2 < 1) & (e.row % 2 < 1), "keys", LIGHT)
        bar(e, (1, 27, 31, 28.4), "body", LOW)
        return
    if form == "old":
        box_ = plaque(e, 4.4, 2, 27.6, 20.4, 1.8)
        swell(e, box_, "body", 0.05, 1.6)
        _screen(e, v, plaque(e, 7, 4.6, 25, 16, 1.6))
        bar(e, (22, 17.4, 25, 18.4), "glow", MID)
        bar(e, (12, 20.4, 20, 22), "body", DARK)
    else:
        plate(e, plaque(e, 2, 3, 30, 20, 1.2), "body", 1.0, 2.0)
        _screen(e, v, e.box(4, 5, 28, 17))
        bar(e, (14, 20, 18, 23), "body", LOW)
        plate(e, plaque(e, 10, 22, 22, 24, 0.8), "body", 1.0, 0.0)
    base = e.polygon(pts("4,24 28,24 30.6,29 1.4,29"))
    e.edged(base)
    plate(e, base, "body", 1.0, 1.0)
    keys = e.polygon(pts("5.6,25 26.4,25 27.6,27.6 4.4,27.6"))
    e.lay(keys, "keys", MID)
    e.lay(keys & (e.column % 2 < 1) & (e.row % 2 < 1), "keys", LIGHT)


@rig("television", "body", "screen antenna=metal leg=metal button=glow", "old flat", "wood metal",
     body=(WOOD[0], BLACK, PAINTS[0], _GREY, PAINTS[7]), screen=_SCREENS)  # fmt: skip
def television(e: Easel, v: Variety, look: SceneryLook) -> None:
    """A television: an old one with an aerial, or a flat one."""
    form = said_form(look, ("old", "flat")) or v.turn(("old", "old", "flat"))
    form = "old" if mentioned(look, "metal") or mentioned(look, "glow") else form
    if form == "flat":
        plate(e, plaque(e, 1.2, 5, 30.8, 24, 1.0), "body", 1.0, 1.0)
        _screen(e, v, e.box(3, 7, 29, 22), 1)
        bar(e, (14, 24, 18, 26), "body", LOW)
        foot = v.turn((8.0, 6.0, 5.0))
        plate(e, plaque(e, 16 - foot, 25.6, 16 + foot, 27.6, 0.8), "body", 1.0, 0.0)
        return
    for base, tip in ((15, 8.0), (17, v.turn((24.0, 22.0)))):
        e.lay(e.stroke([(base, 8), (tip, 1)], 1.2), "metal", MID)
        e.lay(e.oval(tip, 1, 1.2), "metal", LIGHT)
    for sign in (-1, 1):
        e.lay(e.stroke([(16 + sign * 8, 25), (16 + sign * 10.4, 30.4)], 1.6), "metal", LOW)
    body = plaque(e, 1.6, 8, 30.4, 26.4, v.turn((2.6, 1.4, 3.4)))
    swell(e, body, "body", 0.05, 1.6)
    _screen(e, v, plaque(e, 4, 10.4, 22.6, 24, 2.4), 1)
    for y in (12.6, 17.0):
        flat_disc(e, (26.5, y), 1.9, "metal")
    for y in (20.4, 22.4):
        bar(e, (24.6, y, 28.4, y + 1), "glow" if mentioned(look, "glow") else "ink", MID)


@rig("radio", "body", "antenna=metal button=dial dial speaker=cloth handle=metal", "old",
     "wood metal", body=(WOOD[0], PAINTS[0], PAINTS[7], _BEIGE, PAINTS[1]),
     cloth=(("8c6c44", "c8a878", "ecd8b0"), ("3a3a42", "64646e", "a0a0ac")),
     dial=(("c08a18", "fcd850", "fff8c0"), ("8890a4", "e0e4ec", "ffffff")))  # fmt: skip
def radio_set(e: Easel, v: Variety, look: SceneryLook) -> None:
    """A radio: one of wood with a round top, or one to carry."""
    form = said_form(look, ("old",)) or v.turn(("carry", "old", "carry"))
    form = "carry" if mentioned(look, "metal") else form
    if form == "old":
        _old_radio(e, v)
        return
    e.lay(e.stroke([(26, 10), (29, 1.6)], 1.1), "metal", MID)
    e.lay(e.oval(29, 1.8, 1.2), "metal", LIGHT)
    handle = plaque(e, 6, 4.4, 24, 12, 2.0) & ~plaque(e, 8, 6.4, 22, 12, 1.0)
    e.lay(handle, "metal", MID)
    body = plaque(e, 1.6, 9.6, 30.4, 28, v.turn((2.0, 3.2)))
    swell(e, body, "body", 0.05, 1.6)
    double = v.turn((True, False))
    for x in (8.0, 24.0) if double else (9.0,):
        e.edged(e.oval(x, 20.4, 4.6))
        flat_disc(e, (x, 20.4), 4.6, "metal")
        e.lay(e.oval(x, 20.4, 3.4), "cloth", MID)
        e.lay(e.oval(x, 20.4, 1.4), "cloth", DARK)
    left = 13.4 if double else 16.0
    right = 18.6 if double else 28.0
    bar(e, (left, 12.4, right, 15.4), "dial", LIGHT)
    bar(e, (left + 2, 12.4, left + 3, 15.4), "tail", MID)
    for n in range(3 if not double else 2):
        x = left + 1.4 + n * (3.8 if not double else 2.8)
        flat_disc(e, (x, 19.4), 1.5, "metal")
    for y in (22.6, 24.6):
        bar(e, (left, y, right, y + 1), "body", DARK)


def _old_radio(e: Easel, v: Variety) -> None:
    """A radio with a round top, its cloth behind bars."""
    body = plaque(e, 5, 2, 27, 30, 9.0) | e.box(5, 12, 27, 29.6)
    swell(e, body, "body", 0.05, 2.0)
    cloth = (plaque(e, 8, 5, 24, 19, 7.0) | e.box(8, 12, 24, 18)) & body
    e.edged(cloth)
    e.lay(cloth, "cloth", MID)
    e.lay(cloth & (e.column % 2 < 1), "cloth", LOW)
    for x in (12.4, 18.4):
        bar(e, (x, 5, x + 1.2, 18.4), "body", MID)
    glass = e.box(10, 20.4, 22, 23.4)
    e.edged(glass)
    e.lay(glass, "dial", MID)
    bar(e, (v.turn((14.0, 17.0, 19.0)), 20.4, v.turn((15.0, 18.0, 20.0)), 23.4), "tail", MID)
    for x in (10.6, 16.0, 21.4):
        e.lay(e.oval(x, 26.6, 1.4), "brass", LIGHT)
    bar(e, (4, 29, 28, 30.6), "body", DARK)


@rig(
    "telescope",
    "body band",
    "band lens=glass leg=legs tripod=legs",
    "",
    "wood metal",
    body=(BRONZE, ("1c3c8c", "3a74d8", "84b8fc"), WHITE, ("5c2414", "944020", "cc7848"), BLACK),
    band=(GOLD, SILVER, BRONZE),
    legs=(WOOD[0], WOOD[2], ("3a3a42", "64646e", "a0a0ac")),
)
def telescope(e: Easel, v: Variety, look: SceneryLook) -> None:
    """A telescope on three legs."""
    head = (15.0, 16.4)
    for x in (5.4, 24.6, 15.0):
        e.lay(e.stroke([head, (x, 30)], 1.9), "legs", LOW if x == 15.0 else MID)
    e.lay(e.stroke([(14.6, 16.4), (5.0, 30)], 0.9), "legs", LIGHT)
    angle = math.radians(v.turn((32, 26, 38)))
    c, s = math.cos(angle), math.sin(angle)
    u, w = (e.x - 15) * c - (e.y - 14) * s, (e.x - 15) * s + (e.y - 14) * c
    for a, b, r, part in ((-15.0, -12.0, 1.8, "band"), (-12.4, -4.0, 2.4, "body"),
                          (-4.6, -3.0, 3.2, "band"), (-3.0, 11.0, 3.4, "body"),
                          (10.0, 14.4, 4.4, "band")):  # fmt: skip
        tube(e, (u > a) & (u < b) & (np.abs(w) < r), part, w, r)
    end = ((u - 14.4) / 1.6) ** 2 + (w / 4.2) ** 2 < 1
    glazed(e, end & (u > 14), "glass")
    e.lay(e.oval(*head, 2.0), "band", MID)
    e.lay(e.oval(14.5, 16, 1.0), "band", LIGHT)


@rig("microscope", "body", "lens=glass base=body", "", "metal",
     body=(WHITE, BLACK, _GREY, PAINTS[1], _BEIGE))  # fmt: skip
def microscope(e: Easel, v: Variety, look: SceneryLook) -> None:
    """A microscope from the side."""
    wide = v.turn((0.0, 1.0))
    arm = (e.oval(14.6, 16.4, 11.0) & ~e.oval(12.6, 16.4, 8.4 - wide)) & (e.x > 16.4) & (e.y > 6)
    plate(e, arm, "body", 1.0, 1.0)
    base = plaque(e, 4, 26.6, 27, 30.4, 1.6)
    plate(e, base, "body", 1.0, 2.0)
    bar(e, (18, 23.4, 22, 27), "body", MID)
    plate(e, e.box(5.4, 20.4, 19, 22.4), "ink", 1.0, 0.0)
    bar(e, (8, 19.4, 14.4, 20.4), "glass", LIGHT)
    flat_disc(e, (22.6, 22.0), 2.3, "metal")
    x = 11.0
    tube(e, e.box(x - 2.6, 5, x + 2.6, 14), "body", e.x - x, 2.7)
    tube(e, e.box(x - 2.0, 1.4, x + 2.0, 5.4), "ink", e.x - x, 2.1)
    bar(e, (x - 3.2, 13, x + 3.2, 15.4), "metal", MID)
    bar(e, (x - 3.2, 13, x, 14), "metal", LIGHT)
    tube(e, e.box(x - 1.4, 15.4, x + 1.4, 18.4), "metal", e.x - x, 1.5)
    bar(e, (x + 2.6, 8, 19, 10.4), "body", MID)
    bar(e, (x - 2.6, v.turn((7.4, 9.4, 11.0)), x + 2.6, v.turn((8.4, 10.4, 12.0))), "metal", MID)
    bar(e, (x - 1.4, 23.6, x + 1.4, 26), "lamp" if v.turn((True, False, True)) else "metal", LIGHT)


@rig(
    "battery",
    "body cap",
    "cap label=cap",
    "low full half empty",
    "metal",
    body=(BLACK, PAINTS[3], PAINTS[1], PAINTS[0], _GREY),
    cap=(GOLD, BRONZE, PAINTS[4]),
)
def battery_cell(e: Easel, v: Variety, look: SceneryLook) -> None:
    """A battery: a round cell, or with a level where that is said."""
    level = said_form(look, ("low", "full", "half", "empty"))
    if level:
        plate(e, plaque(e, 11, 1.2, 21, 6, 1.4), "metal", 1.0, 1.0)
        case = plaque(e, 6, 4.4, 26, 30.8, v.turn((2.4, 3.4, 1.6)))
        swell(e, case, "body", 0.05, 1.6)
        inner = plaque(e, 9, 7.4, 23, 27.8, 1.0)
        e.lay(inner, "hole", MID)
        step = v.turn((4, 3, 5))
        color = {"low": "tail", "half": "glow", "full": "green", "empty": "hole"}[level]
        number = {"low": 1, "half": (step + 1) // 2, "full": step, "empty": 0}[level]
        high = 19.0 / step
        for n in range(number):
            low = 27.0 - n * high
            cell = e.box(10, low - high + 1, 22, low)
            e.lay(cell, color, MID)
            e.lay(cell & (e.x < 13.4), color, LIGHT)
        return
    half = v.turn((7.6, 6.6, 8.6))
    tube(e, e.box(13, 1.4, 19, 5), "metal", e.x - 16, 3.2)
    body = plaque(e, 16 - half, 4, 16 + half, 30.6, 1.4)
    tube(e, body, "body", e.x - 16, half)
    top = v.turn((11.0, 13.0, 9.6))
    tube(e, body & (e.y < top), "cap", e.x - 16, half)
    e.lay(e.box(15, 6.4, 17, 9.4) & body, "hole", MID)
    mark = v.turn(("bolt", "plus", "bolt"))
    if mark == "bolt":
        e.lay(
            e.polygon(pts("17.4,14 12.4,21.4 15.4,21.4 14,27 19.6,19.2 16.4,19.2")), "glow", LIGHT
        )
    else:
        e.lay(e.box(13, 20, 19, 22) | e.box(15, 18, 17, 24), "shine", LIGHT)
