"""Locks, clocks and letters as signs, drawn by rules."""

from __future__ import annotations

import math

import numpy as np

from pincel.art.easel import DARK, LIGHT, LOW, MID, Easel
from pincel.art.kinds import SceneryLook
from pincel.art.marks import BRONZE, GOLD, STEEL, heart_shape
from pincel.art.molded import (
    both_sides,
    curved,
    kind,
    plaque,
    pts,
    sheen,
    swell,
)
from pincel.art.variety import Variety


@kind(
    "lock",
    "face",
    "shackle",
    "open closed",
    face=(GOLD, STEEL, ("7c2c20", "c0503c", "ec8c70"), BRONZE),
    shackle=(STEEL,),
)
def lock(e: Easel, v: Variety, look: SceneryLook) -> None:
    """A padlock, shut or open."""
    opened = "open" in look.more or (
        "closed" not in look.more and v.turn((False, False, False, True))
    )
    half = v.turn((11.6, 10.4, 12.6, 11.0, 12.0), 1)
    top = 14.0
    r = v.turn((6.8, 7.6, 6.2), 1)
    lift = 3.0 if opened else 0.0
    swing = v.turn((1, 0)) if opened else 0
    x = 16 + swing * (half + 0.5)
    far = np.hypot(e.x - x, e.y - (9.4 - lift * (1 - swing)))
    y0 = 9.4 - lift * (1 - swing)
    bow = (far < r) & (far > r - 3.0) & (e.y <= y0 + 0.5)
    left = e.box(x - r, y0, x - r + 3.0, top + 3)
    right = e.box(x + r - 3.0, y0, x + r, (y0 + 3.0) if opened else top + 3)
    swell(e, bow | left | right, "shackle", 0.08)
    shape = v.turn(("tile", "round", "shield"))
    if shape == "shield":
        outline = pts("0,14 .8,14 1,16.2 .94,22 .66,27.6 .3,30.6 0,31", (16, -half))
        body = curved(e, both_sides(outline))
    else:
        body = plaque(e, 16 - half, top, 16 + half, 31, 2.4 if shape == "tile" else 8.0)
    e.edged(body)
    swell(e, body, "face", 0.06, 2.6)
    y = 21.2
    e.lay(
        e.oval(16, y, 2.5) | e.polygon([(15.0, y), (17.0, y), (18.4, y + 5.8), (13.6, y + 5.8)]),
        "ink",
        MID,
    )
    sheen(e, body, 16 - half + 3.6, top + 3.4, v.turn((2, 3, 0)), 0.8)


@kind(
    "clock",
    "face",
    "dial hand",
    "",
    face=("brown", "blue", "red", GOLD, "green", STEEL),
    dial=(("c8c4b4", "f0ecdc", "fffef4"),),
    hand=("black",),
)
def clock(e: Easel, v: Variety, look: SceneryLook) -> None:
    """A dial with two hands: on a wall, or with the bells of an alarm."""
    alarm = v.turn((False, True, False))
    y, r = (17.4, 12.0) if alarm else (16.0, 14.8)
    if alarm:
        for side in (-1, 1):
            e.lay(e.stroke([(16 + side * 8, 26), (16 + side * 10.4, 30.2)], 3.0), "face", LOW)
            cap = e.oval(16 + side * 8.2, 5.2, 5.0, 4.4)
            e.edged(cap)
            swell(e, cap, "face", 0.1)
        e.lay(e.box(15, 2, 17, 7), "face", LOW)
        e.lay(e.stroke([(13.6, 2.2), (18.4, 2.2)], 2.0), "face", MID)
    rim = e.oval(16, y, r)
    if not alarm and v.turn((True, False, True, True, False)) is False:
        rim = plaque(e, 1.4, 1.4, 30.6, 30.6, 5.0)
    e.edged(rim)
    swell(e, rim, "face", 0.05, 2.2)
    inner = e.oval(16, y, r - 2.9)
    e.edged(inner)
    e.lay(inner, "dial", MID)
    e.lay(inner & (e.x + e.y < 14 + y), "dial", LIGHT)
    e.lay(inner & ~e.oval(16.8, y + 1.0, r - 3.2), "dial", LOW)
    marks = v.turn((12, 4, 4))
    for n in range(marks):
        a = 2 * math.pi * n / marks
        x0, y0 = 16 + (r - 4.6) * math.sin(a), y - (r - 4.6) * math.cos(a)
        size = 1.0 if marks == 4 or n % 3 == 0 else 0.5
        e.lay(
            e.oval(x0, y0, size * 0.85) & inner,
            "dial" if size < 1 else "hand",
            DARK if size < 1 else MID,
        )
    _hands(e, v, y, r)


def _hands(e: Easel, v: Variety, y: float, r: float) -> None:
    """The hour and the minute."""
    hour = v.turn((10, 3, 8, 4, 1, 9, 7, 2))
    minute = v.turn((2, 12, 4, 9, 6, 1, 11))
    for part, long, thick in ((hour, r * 0.42, 2.0), (minute, r * 0.62, 1.2)):
        a = 2 * math.pi * part / 12
        e.lay(
            e.stroke([(16, y), (16 + long * math.sin(a), y - long * math.cos(a))], thick),
            "hand",
            MID,
        )
    e.lay(e.oval(16, y, 1.5), "face", MID)


@kind(
    "envelope",
    "paper",
    "seal",
    "open",
    paper=(
        ("b89c70", "ecd8b0", "fff6dc"),
        ("a8b0c0", "e0e6f0", "ffffff"),
        ("b08050", "dcb080", "f8d8ac"),
        ("88a8c4", "c0dcf0", "eefaff"),
    ),
    seal=("red", "blue", "green", "purple"),
)
def envelope(e: Easel, v: Variety, look: SceneryLook) -> None:
    """A letter in its envelope: shut, with a seal, or open."""
    form = "open" if "open" in look.more else v.turn(("shut", "seal", "open", "heart", "shut"))
    top = 7.0 if form != "open" else 13.0
    left, right = v.turn(((1.4, 30.6), (2.6, 29.4), (1.6, 30.4)), 1)
    bottom = 27.4 if form != "open" else 30.8
    if form == "open":
        _sheet(e, v, (left, right), top)
    body = plaque(e, left, top, right, bottom, 1.2)
    if form == "open":
        dip = e.polygon([(left, top - 1), (right, top - 1), (16, top + 10.5)])
        body &= ~dip
        e.edged(body)
    e.lay(body, "paper", MID)
    middle = (left + right) / 2
    fold = top + v.turn((11.4, 10.0, 12.6))
    if form == "open":
        fold = top + 10.5
    for corner in (left, right):
        e.shaded(
            e.stroke([(corner, bottom), (middle + (corner - middle) * 0.22, fold - 2.0)], 1.0)
            & body,
            -1,
        )
    e.lay(body & (e.y > bottom - 1.4), "paper", LOW)
    e.lay(body & (e.x > right - 1.2), "paper", LOW)
    if form == "open":
        e.lay(body & e.stroke([(left, top), (16, top + 10.8), (right, top)], 1.3), "paper", LIGHT)
        return
    _flap(e, body, form, (left, right, top, fold))


def _sheet(e: Easel, v: Variety, sides: tuple[float, float], top: float) -> None:
    """A letter that looks out."""
    left, right = sides
    back = e.polygon(
        [(left, top + 0.6), (16, 2.4), (right, top + 0.6), (right, top + 4), (left, top + 4)]
    )
    e.lay(back, "paper", LOW)
    sheet = e.box(5, 4.6, 27, 24)
    e.edged(sheet)
    e.lay(sheet, "sheet", LIGHT)
    for y in (8, 11, 14):
        e.lay(e.box(8, y, (24, 22, 24, 20)[(y + v.seed) % 4], y + 1), "ink", LIGHT)


def _flap(e: Easel, body: np.ndarray, form: str, place: tuple[float, float, float, float]) -> None:
    """The flap that shuts an envelope, and what holds it."""
    left, right, top, fold = place
    middle = (left + right) / 2
    flap = e.polygon([(left, top), (right, top), (middle, fold)])
    e.edged(flap & body, DARK)
    e.lay(flap & body, "paper", LIGHT)
    e.lay(flap & e.stroke([(right, top), (middle, fold)], 1.6), "paper", MID)
    if form == "seal":
        e.edged(e.oval(middle, fold, 3.6))
        swell(e, e.oval(middle, fold, 3.6), "seal", 0.05)
        e.lay(e.oval(middle, fold, 1.4), "seal", DARK)
    elif form == "heart":
        small = heart_shape(e, 0.29, 1.0, middle - 16, fold - 16)
        e.edged(small)
        swell(e, small, "seal", 0.15)
