"""Magnifiers, speech bubbles, flags, trophies, lightning and skulls as signs, drawn by rules."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from pincel.art.easel import DARK, LIGHT, LOW, MID, Easel, Point
from pincel.art.kinds import SceneryLook
from pincel.art.marks import BRONZE, GOLD, STEEL, heart_shape
from pincel.art.molded import (
    both_sides,
    curved,
    flipped,
    kind,
    model,
    plaque,
    pts,
    star,
    swell,
    turned,
)
from pincel.art.variety import Variety


@kind(
    "magnifier",
    "rim",
    "handle glass",
    "",
    rim=(STEEL, GOLD, "blue", "red"),
    handle=(("4a2c1c", "7a4e30", "a87a4c"), "red", "black"),
    glass=(("6ca8cc", "a8dcf0", "e4fafe"),),
)
def magnifier(e: Easel, v: Variety, look: SceneryLook) -> None:
    """A ring with glass and a handle."""
    way = v.turn((1, 1, -1))
    r = v.turn((10.6, 9.8, 11.4, 10.2), 1)
    x, y = (12.8 if way > 0 else 19.2), 12.6
    d = way * 0.707
    a = (x + d * r, y + 0.707 * r)
    b = (x + d * (r + 11.6), y + 0.707 * (r + 11.6))
    neck = (x + d * (r + 3.4), y + 0.707 * (r + 3.4))
    e.lay(e.stroke([a, neck], 3.4), "rim", LOW)
    grip = e.stroke([neck, b], v.turn((5.0, 4.4, 5.8, 5.4, 4.8)))
    e.edged(grip)
    swell(e, grip, "handle", 0.1)
    ring = e.oval(x, y, r + 1.4)
    e.edged(ring)
    far = np.hypot(e.x - x, e.y - y)
    model(e, ring, "rim", 0.5 - ((e.x - x) * 0.52 + (e.y - y) * 0.68) / (r + 1) * 0.7)
    inner = far < r - 1.3
    e.lay(inner, "glass", MID)
    e.lay(inner & ((e.x - x) + (e.y - y) > r * 0.55), "glass", LOW)
    e.edged(inner)
    form = v.turn((0, 1, 2))
    arc = (
        inner
        & (far > r - 4.2)
        & (far < r - 2.4)
        & (e.x < x - (0.0, 1.5, 0.0)[form])
        & (e.y < y + (0.0, 2.0, -2)[form])
    )
    e.lay(arc, "shine", LIGHT)
    if form != 1:
        e.lay(e.stroke([(x + 1, y + 3.4), (x + 3.6, y + 0.8)], 1.2) & inner, "glass", LIGHT)


@kind(
    "speech bubble",
    "paper",
    "text=ink",
    "",
    paper=(
        ("a8b0c0", "e8ecf4", "ffffff"),
        ("88a8c4", "c4e0f4", "f0faff"),
        ("c4b078", "f8e8b4", "fffbe0"),
    ),
)
def bubble(e: Easel, v: Variety, look: SceneryLook) -> None:
    """What is said: a bubble with a tail, with dots, lines or marks in it."""
    way = v.turn((-1, 1))
    form = v.turn(("tile", "oval", "tile", "thought"))
    if form == "tile":
        body = plaque(e, 1.4, 2.4, 30.6, 23.4, v.turn((6.0, 4.0, 8.0, 5.0, 9.0)))
    elif form == "oval":
        body = e.oval(16, 13, 14.8, 10.8)
    else:
        body = np.zeros_like(e.codes, bool)
        for x, y, r in (
            (8, 13, 6.6),
            (14, 8.6, 6.8),
            (22, 9.4, 6.6),
            (25, 14.6, 5.8),
            (18, 17, 7.0),
            (11, 17, 6.0),
        ):
            body |= e.oval(16 + way * (x - 16), y, r)
    if form == "thought":
        body |= e.oval(16 - way * 7.4, 25.6, 2.8, 2.4)
        body |= e.oval(16 - way * 11.2, 29.4, 1.7, 1.4)
    else:
        body |= e.polygon(flipped([(6.6, 20), (15.0, 22.0), (5.2, 30.6)], -way))
    e.lay(body, "paper", LIGHT)
    inner = np.roll(np.roll(body, -round(1.4 * e.k), 0), -round(1.2 * e.k), 1)
    e.lay(body & ~inner, "paper", MID)
    _told(e, v)


def _told(e: Easel, v: Variety) -> None:
    """What stands in a bubble."""
    said = v.turn(("dots", "lines", "!", "dots", "heart", "?", "lines", "!"))
    y = 12.8
    if said == "dots":
        for x in (9, 16, 23):
            e.lay(e.oval(x, y, 1.9), "ink", MID)
    elif said == "lines":
        for n, line in enumerate((8.4, 12.4, 16.4)):
            e.lay(e.box(7, line, (25, 23, 19)[(n + v.seed) % 3], line + 1.6), "ink", LIGHT)
    elif said == "!":
        e.lay(
            e.polygon(pts("13.8,5.4 18.2,5.4 17.2,14.6 14.8,14.6")) | e.oval(16, 18.4, 1.8),
            "mark",
            MID,
        )
    elif said == "?":
        bow = [
            (16 + 3.6 * math.cos(a), 9.4 + 3.4 * math.sin(a))
            for a in np.radians(range(-190, 61, 25))
        ]
        e.lay(e.stroke([*bow, (16, 14.4)], 2.3) | e.oval(16, 18.4, 1.5), "ink", MID)
    else:
        small = heart_shape(e, 0.36, 1.0, 0, -3.2)
        swell(e, small, "mark", 0.15)


@kind(
    "flag",
    "cloth mark",
    "pole cloth stripe=mark",
    "skull",
    cloth=("red", "blue", "green", "yellow", "purple", "orange", "white"),
    mark=("white", "yellow", "white", "red", "yellow"),
    pole=(("4a2c1c", "7a4e30", "a87a4c"), STEEL),
)
def flag_sign(e: Easel, v: Variety, look: SceneryLook) -> None:
    """Cloth that waves from a pole."""
    way = v.turn((1, 1, 1, -1))
    form = v.turn(("wave", "swallow", "pennant", "wave", "swallow"))
    skull = "skull" in look.more
    form = "wave" if skull else form
    if "mark" in look.colors:
        pattern = v.turn(("stripe", "disc", "half", "cross"))
    else:
        pattern = v.turn(("plain", "stripe", "plain", "disc", "plain", "half", "cross"))
    x = 16 + (e.x - 16) * way
    wave = np.sin((x - 6) / 22 * 2 * math.pi) * v.turn((1.6, 1.0, 2.2), 1)
    top, low, end = 3.4, 19.6, 30.4
    y = e.y - wave
    cloth = (x > 6) & (x < end) & (y > top) & (y < low)
    if form == "swallow":
        cloth &= x < end - 6.0 + np.abs(y - (top + low) / 2) * 0.8
    elif form == "pennant":
        cloth &= np.abs(y - (top + low) / 2) < (end - x) * 0.36
    pole = e.box(*((2.8, 2.0, 6.0, 31.0) if way > 0 else (26.0, 2.0, 29.2, 31.0)))
    slope = np.cos((x - 6) / 22 * 2 * math.pi) * way
    light = 0.55 + 0.38 * slope - 0.012 * (y - top)
    model(e, cloth, "cloth", light)
    my = (top + low) / 2
    shown = {"stripe": np.abs(y - my) < 2.6, "half": y > my,
             "disc": np.hypot(x - (15 if form == "pennant" else 17), y - my) < 4.2,
             "cross": (np.abs(y - my) < 1.6) | (np.abs(x - 13) < 1.6)}  # fmt: skip
    if skull:
        _skull_on_cloth(e, 17.6 if way > 0 else 14.4, my)
    elif pattern in shown:
        model(e, cloth & shown[pattern], "mark", light)
    e.edged(pole)
    e.lay(pole, "pole", MID)
    e.lay(pole & (e.x > (4.8 if way > 0 else 28.0)), "pole", LOW)
    e.lay(pole & (e.x < (4.0 if way > 0 else 27.0)), "pole", LIGHT)
    knob = e.oval(4.4 if way > 0 else 27.6, 2.4, 2.6)
    e.lit(knob, "brass", e.ball(4.4 if way > 0 else 27.6, 2.4, 2.6))


def _skull_on_cloth(e: Easel, x: float, y: float) -> None:
    """A white skull over two bones."""
    if e.tiny:
        rows = (".sss.", "sssss", "sksks", "sssss", ".s.s.")
        top = int(np.abs(e.y[:, 0] - y).argmin()) - 2
        left = int(np.abs(e.x[0] - x).argmin()) - 2
        for down, row in enumerate(rows):
            for along, letter in enumerate(row):
                if letter != ".":
                    at = (e.row == top + down) & (e.column == left + along)
                    e.lay(at, "ink" if letter == "k" else "sheet", DARK if letter == "k" else MID)
        return
    bones = e.stroke([(x - 7.4, y + 6.4), (x + 7.4, y - 0.4)], 1.6)
    bones |= e.stroke([(x + 7.4, y + 6.4), (x - 7.4, y - 0.4)], 1.6)
    bones |= e.oval(x - 7.6, y + 6.2, 1.3) | e.oval(x + 7.6, y + 6.2, 1.3)
    head = e.oval(x, y - 1.4, 5.0, 4.6)
    jaw = e.box(x - 3.1, y + 1.6, x + 3.1, y + 5.4)
    e.edged(bones, 0)
    e.lay(bones, "sheet", LOW)
    e.edged(head | jaw, 0)
    e.lay(head | jaw, "sheet", MID)
    e.lay(head & (e.x > x + 2.6), "sheet", LOW)
    for side in (-1, 1):
        e.lay(e.oval(x + side * 2.2, y - 0.8, 1.5, 1.6), "ink", DARK)
    e.lay(e.box(x - 0.6, y + 1.2, x + 0.6, y + 2.3), "ink", DARK)
    for dx in (-1.5, 0.5):
        e.lay(e.box(x + dx, y + 3.6, x + dx + 1.0, y + 5.4), "ink", MID)


@kind(
    "trophy",
    "face",
    "base",
    "",
    face=(GOLD, STEEL, GOLD, BRONZE),
    base=(
        ("3c2418", "6c4428", "9c6c40"),
        ("26262e", "44444e", "70707c"),
        ("5c1c1c", "8c3028", "bc5c48"),
    ),
)
def trophy(e: Easel, v: Variety, look: SceneryLook) -> None:
    """A cup with two handles on a base."""
    wide = v.turn((8.6, 7.6, 9.4), 1)
    deep = v.turn((18.0, 16.4, 19.6), 1)
    ears = v.turn((6.2, 5.2, 6.6))
    for side in (-1, 1):
        x = 16 + side * (wide + 0.6)
        ring = (((e.x - x) / 5.4) ** 2 + ((e.y - 8.2) / ears) ** 2 < 1) & (
            ((e.x - x) / 2.8) ** 2 + ((e.y - 8.0) / (ears - 2.6)) ** 2 > 1
        )
        swell(e, ring & ((e.x - x) * side > -2), "face", 0.05)
    foot = e.polygon(
        [(14.2, deep), (17.8, deep), (18.4, 25.0), (21.0, 27.0), (11.0, 27.0), (13.6, 25.0)]
    )
    e.lit(foot, "face", e.across(12, 20))
    half = [*pts("0,2 1,2 1.02,3.6 .96,9", (16, -wide)),
            (16 - wide * 0.72, deep - 4), (16 - wide * 0.3, deep), (16, deep + 0.6)]  # fmt: skip
    cup = e.polygon(both_sides(half))
    e.edged(cup)
    e.lit(cup, "face", e.across(16 - wide, 16 + wide))
    e.lay(cup & (e.y < 3.2), "face", LIGHT)
    e.shaded(cup & (e.y >= 3.2) & (e.y < 4.4), -1)
    mark = v.turn(("star", "none", "one", "band"))
    if mark == "star":
        e.lay(e.polygon(star(16, 9.6, (4.4, 1.9), 5)), "shine", LIGHT)
    elif mark == "one":
        e.lay(e.polygon(pts("13.6,7.4 16.4,5.6 17.6,5.6 17.6,13.4 15.4,13.4 15.4,8")), "face", DARK)
    elif mark == "band":
        e.lay(cup & (np.abs(e.y - 9.4) < 1.0), "face", DARK)
    base = (
        e.box(9.4, 27, 22.6, 31)
        if v.turn((True, False, True))
        else e.polygon(pts("11,26.6 21,26.6 24.4,31 7.6,31"))
    )
    e.edged(base)
    e.lay(base, "base", MID)
    e.lay(base & (e.y < 28), "base", LIGHT)
    e.lay(base & (e.x > 20), "base", LOW)
    if v.turn((True, False)):
        e.lay(e.box(13, 28.2, 19, 30), "brass", MID)


@kind(
    "lightning",
    "face",
    "",
    "",
    face=(("b07c10", "f8d028", "fffaa0"), ("a8600c", "f8a820", "ffe078")),
)
def lightning(e: Easel, v: Variety, look: SceneryLook) -> None:
    """A bolt."""
    way = v.turn((1, -1))
    form = v.turn(
        (
            pts("18.6,1 6,17.4 13.6,17.4 9.4,31.4 26.4,12.4 18,12.4 25.4,1"),
            pts("14,1 7,15.6 14,15.6 10.8,31.4 25.2,11.6 17.6,11.6 22.6,1"),
            pts(
                "20,0.8 10,9.6 14.6,11.6 7.6,19 12.8,21 6.4,31.4 24,18.8 18.6,16 26,9.2 "
                "20,7.4 26.6,0.8"
            ),
        )
    )
    tilt = v.turn((0, 8, -8, 4))
    body = e.polygon(flipped(turned(form, tilt), way))
    if v.turn((False, True, False, True, False)):
        e.lay(np.roll(body, round(2 * e.k), 1) | np.roll(body, round(1 * e.k), 1), "face", DARK)
        e.edged(body)
    swell(e, body, "face", 0.16, v.turn((2.4, 1.4, 4.0)))


@kind(
    "skull",
    "bone",
    "eye",
    "",
    bone=(
        ("8c7c60", "dccfb0", "f8f2dc"),
        ("8890a0", "d4dae4", "ffffff"),
        ("7c7048", "c8bc84", "ece4b4"),
    ),
)
def skull(e: Easel, v: Variety, look: SceneryLook) -> None:
    """A skull from the front: with a jaw, with teeth alone, cracked, on crossed bones."""
    crossed = v.turn((False, False, True, False, False))
    wide = v.turn((13.2, 12.0, 14.0, 12.6, 13.6), 1)
    jaw = v.turn((True, False, True, True))
    size = 0.8 if crossed else 1.0
    if crossed:
        _bones(e)

    def p(x: float, y: float) -> Point:
        return (16 + (x - 16) * size, 1.4 + (y - 1.4) * size)

    low = 31.0 if jaw else 28.0
    if jaw:
        chin = curved(
            e,
            both_sides(
                [p(16, 20), p(8.4, 20), p(8.0, 24.6), p(9.4, 29.2), p(13.0, low), p(16, low)]
            ),
        )
        swell(e, chin, "bone", -0.05)
    cheek = "9.4,25.6 12,26.4 16,26.4" if not jaw else "9.4,24 12,24.4 16,24.4"
    brow = pts(".86,6 1,12.6 .92,18.2 .7,21", (16, -wide))
    half = [p(*one) for one in ((16, 1.4), (10, 1.8), *brow, (9.2, 22.6), *pts(cheek))]
    head = curved(e, both_sides(half))
    e.edged(head & (e.y > 1))
    swell(e, head, "bone", 0.1)
    _sockets(e, v, head, p, "eye" in look.colors)
    e.lay(e.polygon([p(16, 17.8), p(18.2, 21.2), p(13.8, 21.2)]), "ink", MID)
    teeth = head | (e.of("bone") & (e.y > p(16, 24)[1]))
    first, last = p(16, 23.8)[1], p(16, 27.0 if jaw else 26.6)[1]
    line = (e.y > first) & (e.y < last) & (np.abs(e.x - 16) < 6.4 * size)
    gaps = np.abs(e.column - (e.codes.shape[1] - 1) / 2) % (2 if crossed else 3) < 1
    e.lay(line & gaps & teeth, "ink", MID)
    if jaw:
        mouth = (np.abs(e.y - p(16, 25.2)[1]) < 0.6) & (np.abs(e.x - 16) < 6.6 * size)
        e.lay(mouth & teeth, "ink", MID)
    if v.turn((False, True, False)) and not crossed:
        crack = e.stroke(flipped(pts("18.6,1.6 20.4,4.6 18.8,6.6 20.8,9.4"), v.turn((1, -1))), 1.0)
        e.lay(crack & head, "bone", DARK)


def _bones(e: Easel) -> None:
    """Two bones, crossed."""
    for way in (1, -1):
        a, b = flipped([(3.4, 19.0), (28.6, 28.0)], way)
        for x, y in (a, b):
            for dy in (-1.8, 1.8):
                e.lay(e.oval(x, y + dy, 2.4), "bone", MID)
        line = e.stroke([a, b], 3.2)
        e.edged(line)
        e.lay(line, "bone", MID)
        e.lay(np.roll(line, -1, 0) & ~line & e.of("bone"), "bone", LIGHT)
        e.shaded(line & ~np.roll(line, -1, 0), -1)


def _sockets(
    e: Easel, v: Variety, head: np.ndarray, p: Callable[[float, float], Point], lit: bool
) -> None:
    """Where the eyes were; sometimes something shines in them."""
    size = p(17, 0)[0] - p(16, 0)[0]
    er = v.turn((3.8, 3.3, 4.2, 3.6), 1)
    form = v.turn(("round", "angry", "square"))
    for side in (-1, 1):
        x, y = p(16 + side * 5.9, 14.6)
        socket = e.oval(x, y, er * size, (er + 0.3) * size)
        if form == "angry":
            socket &= e.y > y - 2.0 * size - (e.x - x) * side * 0.55
        elif form == "square":
            socket = plaque(e, x - er * size, y - er * size, x + er * size, y + er * size, 1.6)
        e.lay(socket, "ink", MID)
        e.lay(np.roll(socket, 1, 0) & ~socket & head, "bone", LIGHT)
        if lit or v.turn((False, False, False, True, False)):
            e.lay(e.oval(x, y + 0.4, 1.2 * size), "eye", LIGHT)
