"""Slimes, ghosts, eyes and dragons, drawn by rules."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from pincel.art.easel import DARK, LIGHT, LOW, MID, Easel, Point
from pincel.art.kinds import SceneryLook
from pincel.art.molded import both_sides, curved, flipped, kind, pts, sheen, swell
from pincel.art.variety import Variety

_MOODS = ("happy", "sad", "angry", "sleeping")


def _mood(v: Variety, look: SceneryLook) -> str:
    return _mood_said(look) or v.turn(("happy", "angry", "calm", "happy", "sad"))


def _mood_said(look: SceneryLook) -> str:
    return next((one for one in _MOODS if one in look.more), "")


def _face(e: Easel, place: tuple[float, float, float], mood: str, tall: float) -> None:
    """Two eyes around a point so far apart, with a light in each, and a mouth."""
    x, y, wide = place
    if e.tiny:
        _tiny_face(e, place, mood)
        return
    for side in (-1, 1):
        at = x + side * wide
        if mood == "sleeping":
            lid = [(at - 2, y + 0.6), (at - 1, y + 1.6), (at + 1, y + 1.6), (at + 2, y + 0.6)]
            e.lay(e.stroke(lid, 1.1), "ink", DARK)
            continue
        e.lay(e.oval(at, y, 1.7, tall), "pupil", MID)
        e.lay(e.box(at - 1.2, y - tall + 0.6, at + 0.1, y - tall + 2.0), "shine", LIGHT)
        if mood == "angry":
            brow = [(at + side * 2.4, y - tall - 1.2), (at - side * 1.8, y - tall + 1.2)]
            e.lay(e.stroke(brow, 1.5), "ink", DARK)
    low = y + tall + 1.6
    if mood == "happy":
        e.lay(e.oval(x, low, 2.6, 2.2) & (e.y > low - 0.2), "ink", DARK)
    elif mood == "sleeping":
        e.lay(e.oval(x, low + 0.8, 1.2, 1.0), "ink", DARK)
    elif mood == "calm":
        e.lay(e.box(x - 1.6, low, x + 1.6, low + 1.1), "ink", DARK)
    else:
        bow = [
            (x - 2.4, low + 2.0),
            (x - 1.0, low + 0.6),
            (x + 1.0, low + 0.6),
            (x + 2.4, low + 2.0),
        ]
        e.lay(e.stroke(bow, 1.1), "ink", DARK)


def _tiny_face(e: Easel, place: tuple[float, float, float], mood: str) -> None:
    """The same of pixels."""
    x, y, wide = place
    row = int(np.abs(e.y[:, 0] - y).argmin())
    left = int(np.abs(e.x[0] - x + wide).argmin())
    right = left + max(3, round(2 * wide * e.k))
    end = {"happy": -1, "sad": 1}.get(mood, 0)
    if mood == "sleeping":
        marks = [(row, at + n) for at in (left, right) for n in (-1, 0, 1)]
        left, right = (left + right) // 2 - 1, (left + right) // 2 + 1
    else:
        marks = [(row - 1, left), (row, left), (row - 1, right), (row, right)]
    marks += [(row + 3 - (end > 0), at) for at in range(left + 1, right)]
    marks += [(row + 3 + end - (end > 0), at) for at in (left, right) if end]
    marks += [(row - 2, at) for at in (left - 1, right + 1) if mood == "angry"]
    for down, along in marks:
        e.lay((e.row == down) & (e.column == along), "pupil" if down <= row else "ink", DARK)


@kind(
    "slime",
    "body",
    "eye=pupil",
    "happy sad angry sleeping",
    body=(
        "green",
        ("14689c", "38a8dc", "a4e4fc"),
        "purple",
        ("9c3468", "e86ca0", "ffbcd8"),
        "orange",
    ),
)
def slime(e: Easel, v: Variety, look: SceneryLook) -> None:
    """A heap of jelly with a face: a dome, a drop, a wide or a dripping one."""
    form = v.turn(("dome", "drop", "wide", "drips"))
    half = {"dome": pts("0,7 .5,8.4 .84,13.6 1,21 1,27 .84,30.4 .4,31 0,31", (16, -13.6)),
            "drop": pts("0,2.4 .16,6.4 .5,12 .88,18.6 1,25 .84,30 .4,31 0,31", (16, -12.8)),
            "wide": pts("0,11.4 .56,12.6 .9,18 1,25 1,29 .86,30.8 .4,31 0,31", (16, -14.6)),
            "drips": pts("0,6.4 .5,7.6 .82,12.6 .9,20 1,27.4 .92,30.8 .66,29 .4,31", (16, -13.8)),
            }[form]  # fmt: skip
    body = curved(e, both_sides(half))
    swell(e, body, "body", 0.14)
    e.lay(body & (e.y > 28.8), "body", LOW)
    sheen(
        e,
        body,
        9.6,
        {"dome": 13.4, "drop": 16.0, "wide": 16.6, "drips": 12.6}[form],
        v.turn((0, 1, 3, 2, 1)),
    )
    x = 16 + v.turn((0.0, -1.6, 1.6))
    y = {"dome": 19.4, "drop": 21.4, "wide": 21.2, "drips": 18.4}[form]
    _face(e, (x, y, v.turn((4.4, 5.2, 3.8))), _mood(v, look), v.turn((2.4, 2.8)))
    for _ in range(v.turn((2, 3, 1))):
        side = 1 if v.chance(0.5) else -1
        bx, by = 16 + side * v.between(7.4, 10.4), v.between(23.6, 27)
        e.lay(e.oval(bx, by, 1.2) & body, "body", LIGHT)


@kind(
    "ghost",
    "sheet",
    "eye=pupil",
    "happy sad angry sleeping",
    sheet=(
        ("8c98b8", "dce4f4", "ffffff"),
        ("6c94bc", "b8dcf4", "f4fcff"),
        ("8c7cb8", "d0c4f0", "f8f4ff"),
        ("6ca88c", "bce8cc", "f4fff4"),
    ),
)
def ghost(e: Easel, v: Variety, look: SceneryLook) -> None:
    """A sheet with a wavy hem or a tail, with arms and a face."""
    form = v.turn(("hem", "tail", "hem", "hem", "tail"))
    way = v.turn((1, -1))
    if form == "hem":
        number = v.turn((3, 4))
        wide = v.turn((11.4, 10.4, 12.4), 1)
        hem = 29.0 + 1.9 * np.cos((e.x - 16) / wide * math.pi * number + v.turn((0.0, math.pi)))
        dome = e.oval(16, 12.6, wide, 11.4) | (e.box(16 - wide, 12.6, 16 + wide, 32))
        body = dome & (e.y < hem)
    else:
        outline = pts(
            "16,1.4 9,3.6 5.4,10 5.6,18 9,24 15,27.6 22,28.4 28.6,31 "
            "27.4,26 25.6,21.6 26.4,14 25,6.6 21,2.6"
        )
        body = curved(e, flipped(outline, way))
    swell(e, body, "sheet", 0.16)
    arms = v.turn(("both", "one", "none"))
    for side in {"both": (-1, 1), "one": (way,), "none": ()}[arms]:
        rise = v.turn((-3.4, 1.6, -1.0)) if side == way else 1.0
        arm = e.stroke([(16 + side * 9.0, 18.4), (16 + side * 13.2, 18.4 + rise)], 4.2, 3.2)
        e.edged(arm & (np.abs(e.x - 16) < 10), LOW)
        e.lay(arm, "sheet", LIGHT if side < 0 else MID)
    _face(
        e, (16 + way * 0.9, 12.2, v.turn((4.0, 4.6, 3.6))), _mood(v, look), v.turn((2.8, 2.4, 3.2))
    )
    sheen(e, body, 9.4, 6.4, v.turn((3, 0)), 0.8)


@kind(
    "eyeball",
    "iris",
    "wing",
    "flying",
    iris=(
        ("1c4c94", "3c8cdc", "a0dcfc"),
        ("1c5a2a", "3a9c3f", "8ad65a"),
        ("7a1620", "d8343c", "fc8474"),
        ("8c5c10", "e4ac24", "ffe47c"),
        ("43206e", "7d3fb5", "b98ae8"),
    ),
    wing=(("3c2038", "6c3c60", "9c6c90"), ("3c1c1c", "783430", "b06458")),
    ball=(("a89890", "e8e0d8", "ffffff"), ("b09080", "f0dcc8", "fffaf0")),
    vein=("red",),
)
def eyeball(e: Easel, v: Variety, look: SceneryLook) -> None:
    """An eye that looks somewhere, with veins; on the wings of a bat where that is said."""
    flying = "flying" in look.more or "wing" in look.colors
    r = 8.6 if flying else v.turn((14.2, 13.4, 14.6))
    if flying:
        _bat_wings(e, v)
    ball = e.oval(16, 16, r)
    e.edged(ball)
    swell(e, ball, "ball", 0.12)
    dx, dy = v.turn(((0.0, 0.0), (-0.2, 0.06), (0.2, 0.1), (0.0, 0.24), (-0.14, -0.16)), 1)
    x, y = 16 + dx * r, 16 + dy * r
    _veins(e, v, ball, r)
    size = r * v.turn((0.5, 0.44, 0.56))
    iris = e.oval(x, y, size)
    e.edged(iris & ball, LOW)
    e.lay(iris, "iris", MID)
    e.lay(iris & ~e.oval(x - 0.7, y - 0.9, size - 0.6), "iris", DARK)
    e.lay(iris & e.oval(x + size * 0.3, y + size * 0.4, size * 0.5), "iris", LIGHT)
    slit = v.turn((False, False, True, False))
    e.lay(
        e.oval(x, y, size * (0.22 if slit else 0.46), size * (0.8 if slit else 0.46)), "ink", DARK
    )
    e.lay(e.oval(x - size * 0.42, y - size * 0.46, max(size * 0.24, 1.0)), "shine", LIGHT)


def _bat_wings(e: Easel, v: Variety) -> None:
    """Wings with fingers on both sides."""
    lift = v.turn((0.0, 5.0, 2.4, -2.0))
    for side in (-1, 1):
        outline = [(6, 15), (9, 9 - lift * 0.5), (15, 7 - lift), (15.2, 17 - lift * 0.6),
                   *pts("12.4,15.4 11,20 8.4,18.4 6,21")]  # fmt: skip
        wing = [(16 + side * x, y) for x, y in outline]
        mask = e.polygon(wing)
        e.lay(mask, "wing", MID if side < 0 else LOW)
        for tip in wing[3:6:2]:
            e.lay(e.stroke([wing[1], tip], 1.0) & mask, "wing", DARK)


def _veins(e: Easel, v: Variety, ball: np.ndarray, r: float) -> None:
    """Red lines from the rim of an eye."""
    number = 4 if r < 10 else v.turn((6, 4, 7))
    for n in range(number):
        a = 2 * math.pi * (n + v.between(-0.25, 0.25)) / 6 + 0.5
        line = [(16 + q * r * math.cos(a + b), 16 + q * r * math.sin(a + b))
                for q, b in ((0.98, 0.0), (0.82, 0.12), (0.66, -0.04))]  # fmt: skip
        e.lay(e.stroke(line, 1.0) & ball, "vein", LIGHT)


@kind("dragon", "hide", "wing belly horn eye", "happy angry sleeping baby",
      hide=("red", "green", ("1c2f7a", "3161cf", "7aa8f5"), "purple",
            ("26262e", "4c4c58", "7c7c8c")),
      belly=(("a87838", "ecc87c", "fcecb4"),), eye=("yellow",),
      horn=(("8c7c60", "dccfb0", "f8f2dc"),))  # fmt: skip
def dragon(e: Easel, v: Variety, look: SceneryLook) -> None:
    """A dragon from the side: horns, wings, a belly in plates, a tail with a point."""
    way = v.turn((1, -1, 1, -1, -1))
    lift = v.turn((0.0, 3.0, 1.4))
    wing = "wing" if "wing" in look.colors else "hide"
    if e.tiny:
        _tiny_dragon(e, way, wing, lift, _mood_said(look) == "sleeping")
        return

    def at(text: str) -> list[Point]:
        return flipped(pts(text), way)

    tail = v.turn(
        (at("22,25 28,27.4 30.4,23.4 28.6,19.4"), at("22,25 27.6,28.4 31,25.4 30.6,20.4"))
    )
    line = e.stroke(tail, 5.0, 1.8)
    swell(e, line, "hide", 0.0)
    _tail_end(e, tail)
    _limbs(e, at, far=True)
    spine = (
        "12.6,4.6 15.6,3.6 14.6,7.6 17,8.4 14.8,11.4 17.8,13 "
        "16.4,15.6 21,15.4 20.6,18 25,19 23,22 14,18 10,9"
    )
    e.lay(e.polygon(at(spine)), "horn", LOW)
    trunk = curved(
        e,
        at(
            "8.6,12 8,17 9,23 12.4,27.6 18,28.6 24,27.6 26.4,23.6 24,19 "
            "18.6,16.6 15.6,13.4 14.4,9 10,8"
        ),
    )
    e.edged(trunk)
    swell(e, trunk, "hide", 0.1)
    belly = curved(e, at("8.4,13 7.6,17 8.4,23 12,28 17,29 15.4,25.4 12.4,21 11,15.6")) & trunk
    e.lay(belly, "belly", MID)
    e.lay(belly & (e.row % 3 == 0), "belly", LOW)
    _limbs(e, at, far=False)
    young = "baby" in look.more
    _head(e, _of_head(way, young), _mood_said(look), 1.4 if young else 1.0)
    _dragon_wing(e, way, -6.0 if young else lift, wing)


_TINY_DRAGON = (
    "....kk.......w",
    "...kk......www",
    "..HHHh..w.wWww",
    ".HHehh.wwwWwvw",
    "HHHHhhwwWWwvww",
    "hhhhhdwWwwvww.",
    ".b.hhdwwvvww..",
    "...bhhdvvw....",
    "...bbhHhhh....",
    "...bbhhhhhh.hh",
    "...bbhhhhhdh.h",
    "....bhhdhhdh.k",
    "....hh.dhhd...",
    "...khh.kkhh...",
)
_TINY_OTHERS = {3.0: {8: "...bbhHhhh...k", 11: "....bhhdhhdh.."},
                1.4: {0: "..k.kk........", 1: "..kkk.......ww"}}  # fmt: skip
"""Rows of it that are otherwise, by how far the wing of the large one is lifted."""
_TINY_SLEEPER = (
    ".........ww...",
    ".......wwWww..",
    "..k...wWWwvwww",
    ".kk..wwWwwvvw.",
    "hHHhhwwwvvhhh.",
    "HHHHhhwvvhHhhh",
    "hzzhhhhhhhhhhh",
    "hhhhdbhdhhhdhh",
    ".bbhbbbdhhhdhk",
    "..khhkkhhhhhkk",
)


def _tiny_dragon(e: Easel, way: int, wing: str, lift: float, asleep: bool) -> None:
    """The same of pixels; asleep it lies."""
    letters = {"h": ("hide", MID), "H": ("hide", LIGHT), "d": ("hide", DARK), "b": ("belly", MID),
               "w": (wing, LOW), "W": (wing, MID), "v": (wing, DARK), "k": ("horn", MID),
               "e": ("eye", LIGHT), "z": ("ink", DARK)}  # fmt: skip
    if asleep:
        e.stamp([row[::way] for row in _TINY_SLEEPER], letters)
        return
    others = _TINY_OTHERS.get(lift, {})
    e.stamp([others.get(n, row)[::way] for n, row in enumerate(_TINY_DRAGON)], letters)


def _of_head(way: int, young: bool) -> Callable[[str], list[Point]]:
    """Points of a head: of a young one it is larger."""
    large = 1.36 if young else 1.0

    def at(text: str) -> list[Point]:
        return flipped([((x - 13) * large + 13, (y - 12) * large + 12) for x, y in pts(text)], way)

    return at


def _tail_end(e: Easel, tail: list[Point]) -> None:
    """The point of a tail."""
    (ax, ay), (x, y) = tail[-2:]
    dx, dy = (x - ax) / 4.2, (y - ay) / 4.2
    side = (2.4 * dy, 2.4 * dx)
    e.lay(e.polygon([(x + 3.2 * dx, y + 3.2 * dy), (x - side[0], y + side[1]),
                     (x + side[0], y - side[1])]), "horn", MID)  # fmt: skip


def _dragon_wing(e: Easel, way: int, lift: float, material: str) -> None:
    """A wing held up, with fingers."""
    upper = [(14.6, 17), (17.4, 8 - lift * 0.4), (22, 2.2 - lift * 0.4), (31, 5.4 - lift)]
    lower = [(29.2, 11.4 - lift * 0.5), (26.2, 10.2), (26, 15.6), (22.8, 13.8), (21.4, 19)]
    wing = flipped([*upper, *lower], way)
    mask = e.polygon(wing)
    e.edged(mask)
    e.lay(mask, material, LOW)
    for tip in (wing[4], wing[6], wing[8]):
        e.lay(e.stroke([wing[1], tip], 1.0) & mask, material, DARK)
    e.lay(e.stroke(wing[:4], 1.8) & mask, material, LIGHT)


def _limbs(e: Easel, at: Callable[[str], list[Point]], far: bool) -> None:
    """Legs with claws: the far ones darker, the near ones over the body."""
    legs = (
        ("15,25 15.4,30", "25,25 26,30")
        if far
        else ("12.4,24 11,29.8", "21.6,23.6 22.4,27 20.8,29.8")
    )
    for text in legs:
        leg = e.stroke(at(text), 5.0, 3.4) & (e.y < 30.8)
        e.edged(leg)
        e.lay(leg, "hide", LOW if far else MID)
        if not far:
            e.lay(leg & ~np.roll(leg, 1, 1), "hide", LIGHT)
        x, y = at(text)[-1]
        e.lay(e.box(x - 2.2, y - 0.2, x + 1.8, y + 1.0) & leg, "horn", MID)


def _head(e: Easel, at: Callable[[str], list[Point]], mood: str, large: float) -> None:
    """A head with horns, an eye and teeth."""
    for text in ("12,5.6 15.4,.8 14.6,6.6", "9.6,5 12,.6 12.4,5.4"):
        horn = e.polygon(at(text))
        e.lay(horn, "horn", LIGHT)
    head = curved(
        e, at("1.6,9.4 2.4,7 6.4,6 8.8,3.8 12.8,4.4 14.8,8 12.8,11.8 8.6,13.2 3.4,13 1.8,11.6")
    )
    e.edged(head)
    swell(e, head, "hide", 0.16)
    e.lay(e.stroke(at("2,11 5.6,10.6 9,11.2"), 1.0) & head, "hide", DARK)
    for x in (3.5, 5.5, 7.5):
        tooth = at(f"{x},11.5")[0]
        e.lay(
            (np.abs(e.x - tooth[0]) < 0.6) & (np.abs(e.y - tooth[1]) < 0.6) & head, "shine", LIGHT
        )
    x, y = at("9,7.6")[0]
    if mood in ("sleeping", "happy"):
        bow = "7,8 8.4,9 9.8,9 11,8" if mood == "sleeping" else "7,8.6 8.4,7.2 9.8,7.2 11,8.6"
        e.lay(e.stroke(at(bow), 1.1), "ink", DARK)
    else:
        e.lay(e.oval(x, y, 1.5 * large, 1.3 * large), "eye", LIGHT)
        e.lay(
            e.box(x - 0.6 * large, y - 1.2 * large, x + 0.5 * large, y + 1.2 * large), "ink", DARK
        )
    if mood == "angry":
        e.lay(e.stroke(at("5.6,8.2 8.4,6.8 11.6,5.4"), 1.5), "ink", DARK)
    x, y = at("3.4,8.6")[0]
    e.lay(e.oval(x, y, 0.7), "ink", DARK)
