"""Parts of faces and bodies by themselves, drawn by rules: feet, ears, mouths, noses, beards."""

from __future__ import annotations

import math

import numpy as np

from pincel.art.easel import DARK, LIGHT, LOW, MID, Easel, Point, around
from pincel.art.kinds import SceneryLook
from pincel.art.molded import both_sides, curved, flipped, kind, pts, sheen, swell
from pincel.art.variety import Variety

_SKIN = (
    ("b0683c", "eca878", "fcd4b0"),
    ("8c4c28", "c07c4c", "e4ac7c"),
    ("5c3420", "8c5838", "b88458"),
    ("c07858", "f4bc98", "ffe4cc"),
)
_RED = ("8c1c30", "d43c50", "f88890")
_PINK = ("b83c5c", "ec7890", "fcb4bc")
_BONE = ("b8a888", "ece0c8", "fffdf4")
_HAIR = (
    ("4c2c18", "84502c", "b8804c"),
    ("2c2420", "54463c", "84746a"),
    ("a85818", "e08c34", "f8bc6c"),
    ("8c8c98", "c8c8d4", "f4f4fa"),
    ("b08838", "e4c46c", "fae8a8"),
)


@kind("foot", "skin", "nail", "", skin=_SKIN, nail=(("c09880", "f0d8c4", "fff4e8"),))
def foot(e: Easel, v: Variety, look: SceneryLook) -> None:
    """A bare foot from the side."""
    way = v.turn((1, -1))
    high = v.turn((2.0, 5.0, 3.4, 0.8), 1)
    long = v.turn((0.0, 1.2, 0.6), 1)
    body = pts(
        "19.4,2 28.4,2 28,9 28.6,17 30,23.4 29.4,28 25,30 17,29 11,29.8 5,30 1.6,28.4 "
        "2.4,24.8 7.4,22.2 14,18.6 18,13 19.4,7"
    )
    body = [(x - long * (x < 12), max(y, high)) for x, y in body]
    mask = curved(e, flipped(body, way)) & (e.y > high)
    swell(e, mask, "skin", 0.06)
    ankle = e.oval(16 + way * 7.4, 18.4, 1.9)
    e.lay(ankle & mask, "skin", np.where(e.x < 16 + way * 7.4, LIGHT, MID))
    for n in range(4):
        x = 5.6 + n * 2.2 - long
        line = e.stroke(flipped([(x + 0.8, 25.6 + n * 0.3), (x, 28.6)], way), 0.9)
        e.lay(line & mask, "skin", DARK)
    nail = e.oval(16 + way * (3.8 - long - 16), 25.8, 1.7, 1.1) & mask
    e.lay(nail, "nail", LIGHT)


_EAR = "19.4,2 25.4,5.4 27,12 24.6,19 20.4,24 17.4,29 13,29.8 10.4,26 9.8,21 8,15 8.6,8 12.6,3.2"
_ELF = "15,8.4 19,8 29,1.6 27.4,9 24.4,17.6 19.6,23.4 16.6,28 12.6,29 10,25.4 9.4,20 8.6,14.4 11,10"


@kind("ear", "skin", "", "pointed", skin=_SKIN)
def ear(e: Easel, v: Variety, look: SceneryLook) -> None:
    """An ear with its folds, round or pointed."""
    way = v.turn((1, -1))
    elf = "pointed" in look.more or v.turn((False, False, True, False))
    outline = pts(_ELF if elf else _EAR)
    wide = v.turn((1.0, 0.9, 1.08, 0.94, 1.04), 1)
    outline = [(16 + (x - 16) * wide, y) for x, y in outline]
    mask = curved(e, flipped(outline, way))
    swell(e, mask, "skin", 0.1, 5.0)

    def within(size: float, x: float, y: float) -> np.ndarray:
        return curved(
            e, flipped([(x + (a - x) * size, y + (b - y) * size) for a, b in outline], way)
        )

    fold = within(0.7, 17.4, 15.0)
    e.lay(fold, "skin", LOW)
    e.lay(within(0.56, 16.8, 15.8), "skin", MID)
    hollow = curved(
        e, flipped(pts("15.6,10.4 19.4,10.4 20,15 17.4,20 14.4,21.4 13,17 13.4,12.6"), way)
    )
    e.lay(hollow, "skin", DARK)
    e.lay(e.oval(16 + way * -2.6, 17.6, 1.8, 2.4) & mask, "skin", LIGHT)


@kind(
    "mouth",
    "lip",
    "tooth tongue",
    "open closed happy",
    lip=(_RED, _PINK, ("7c2c34", "b8545c", "e49498")),
    tooth=(("b8bcc8", "ecedf2", "ffffff"),),
    tongue=(_PINK,),
    hollow=(("2c0c14", "4c1820", "742c34"),),
)
def mouth(e: Easel, v: Variety, look: SceneryLook) -> None:
    """Lips: closed, smiling with teeth, or wide open."""
    form = v.turn(("happy", "closed", "open"))
    form = next(iter(sorted(look.more)), form)
    if form == "closed":
        _shut(e, v)
        return
    deep = v.turn((7.0, 8.6, 5.8, 7.8, 6.4), 1) + (3.4 if form == "open" else 0.0)
    lift = 5.0 if form == "happy" else 0.6
    corner = (1.4, 15 - lift * 0.5)
    half = [(16, 11.4), (12.6, 10), (7, 11.6), corner, (4, 15.4 + deep * 0.5), (9.6, 16.4 + deep)]
    mask = curved(e, both_sides([*half, (16, 18 + deep)]))
    swell(e, mask, "lip", 0.14)
    half = [
        (16, 13.6),
        (10, 13.2),
        (4.4, 15.4 - lift * 0.3),
        (6, 14.4 + deep * 0.4),
        (10, 14 + deep),
    ]
    inner = curved(e, both_sides([*half, (16, 15.4 + deep)]))
    e.edged(inner, DARK)
    e.lay(inner, "hollow", LOW)
    tongue = e.oval(16, 16.6 + deep, v.turn((5.6, 6.4, 5.0), 1), 4.0 + deep * 0.1) & inner
    e.lay(tongue, "tongue", np.where(e.y < 14.8 + deep, LIGHT, MID))
    teeth = inner & (e.y < 16.8 + v.turn((0.0, 0.6, -0.4)))
    e.lay(teeth, "tooth", np.where(e.y < 14.6, MID, LIGHT))
    gaps = np.abs((e.x - 16) / 3.2 - np.round((e.x - 16) / 3.2)) < 0.16
    e.shaded(teeth & gaps & (np.abs(e.x - 16) < 11), -2)


def _shut(e: Easel, v: Variety) -> None:
    """Closed lips, full ones."""
    full = v.turn((1.0, 0.84, 1.14, 0.92), 1)
    bend = v.turn((0.0, 1.2, -0.6))
    line = pts("16,17.4 11,16.2 6,16.6 1.4,16", y=(bend, 1))
    low = [(5, 16.6 + 3.6 * full), (10.4, 17 + 7.4 * full), (16, 17.4 + 8.6 * full)]
    lower = curved(e, both_sides([*line, *low]))
    swell(e, lower, "lip", 0.16)
    up = [(16, 17 - 6.4 * full), (12.4, 16 - 7.6 * full), (6.4, 11.6)]
    over = curved(e, both_sides([*up, *reversed(line)]))
    e.edged(over)
    swell(e, over, "lip", -0.04)
    seam = [*reversed(line), *[(32 - x, y) for x, y in line[1:]]]
    e.lay(e.stroke(seam, 0.9), "lip", DARK)
    sheen(e, lower, 11.4, 20.4 + bend, 2, 0.7)


@kind(
    "tooth",
    "enamel",
    "root",
    "broken",
    enamel=(("b0b4c0", "eaecf0", "ffffff"), _BONE),
    root=(("b89868", "e8d0a4", "faecd0"),),
)
def tooth(e: Easel, v: Variety, look: SceneryLook) -> None:
    """A molar with its two roots."""
    wide = v.turn((1.0, 0.92, 1.06))
    long = v.turn((0.0, -2.0, 1.0, -1.0), 1)
    half = pts(
        "16,6.4 11.4,3 6.4,4.2 3.8,9.4 4.6,15.4 7,20.4 8.2,25.4 10.2,29.6 12.4,28.4 13.2,23 16,19.8"
    )
    half = [(16 + (x - 16) * wide, y + long * (y > 22)) for x, y in half]
    mask = curved(e, both_sides(half))
    if "broken" in look.more:
        edge = 8.4 + 2.2 * np.abs((e.x + v.turn((0.0, 1.4, 2.8))) % 5.6 - 2.8)
        mask &= (e.y > edge) | (e.x < v.turn((13.0, 11.0, 15.0)))
    swell(e, mask, "enamel", 0.1)
    if v.turn((False, True)) or "root" in look.colors:
        low = mask & (e.y > 19.4 + 1.0 * np.abs((e.x - 16) / 5))
        shade = np.where(e.x < 10, LIGHT, np.where(e.x < 21, MID, LOW))
        e.lay(low, "root", shade)
    e.shaded(e.stroke([(16, 7.4), (16, 10.4)], 1.0) & mask, -1)
    sheen(e, mask, 9.4, 9.0, v.turn((0, 1, 3)), 0.9)


@kind(
    "fang",
    "enamel",
    "root",
    "",
    enamel=(_BONE, ("b0b4c0", "eaecf0", "ffffff")),
    root=(("98304c", "d05c74", "f09cac"), ("a88050", "dcb484", "f4dcb8")),
)
def fang(e: Easel, v: Variety, look: SceneryLook) -> None:
    """A long bent tooth with a sharp point."""
    way = v.turn((1, -1))
    bend = v.turn((0.0, 2.0, -1.4), 1)
    wide = v.turn((1.0, 0.88, 1.12, 0.94, 1.06), 1)
    body = pts("8.4,6 16,4 22.6,6 23.4,13 21.4,20 17,26.4 10.4,31 13,24 13,17 10.4,11")
    body = [(16 + (x - 16) * wide + bend * (y > 22), y) for x, y in body]
    mask = curved(e, flipped(body, way))
    swell(e, mask, "enamel", 0.1)
    gum = curved(
        e, flipped(pts("5.4,3 11,1 20,1 26,3.4 25.4,8 21.6,9.6 18.4,8 14.6,9.8 11,8 7,9.6"), way)
    )
    e.edged(gum)
    swell(e, gum, "root", 0.12)
    sheen(e, mask, 16 - way * 0.6 - 2, 15.4, 2, 0.8)


@kind(
    "paw print",
    "pad",
    "claw",
    "claws",
    pad=(
        ("5c3c28", "946848", "c49c78"),
        ("3c4058", "6c7494", "a4acc8"),
        ("8c3c50", "c86c80", "f0a8b4"),
        ("4c5430", "848c54", "b8c084"),
    ),
    claw=(("4c3c34", "807068", "b0a49c"),),
)
def paw_print(e: Easel, v: Variety, look: SceneryLook) -> None:
    """A pad and four toes; with claws or without."""
    wide = v.turn((1.0, 0.94, 1.04), 1)
    tilt = v.turn((0.0, 0.16, -0.16, 0.08))
    clawed = "claws" in look.more or "claw" in look.colors or v.turn((False, False, True))

    def at(x: float, y: float) -> Point:
        x, y = (x - 16) * wide, y - 16
        return 16 + x * math.cos(tilt) - y * math.sin(tilt), 16 + x * math.sin(tilt) + y * math.cos(
            tilt
        )

    half = pts("16,17 11.4,18.4 8,22.6 6.6,26.6 8.4,29.8 12.4,29.8 16,28.6")
    heel = curved(e, [at(x, y) for x, y in both_sides(half)])
    swell(e, heel, "pad", 0.1)
    toes = (
        (4.8, 15.6, 3.0, 3.9),
        (11.2, 8.0, 3.3, 4.5),
        (20.8, 8.0, 3.3, 4.5),
        (27.2, 15.6, 3.0, 3.9),
    )
    for x, y, rx, ry in toes:
        a, b = at(x, y)
        toe = e.oval(a, b, rx * wide, ry)
        e.edged(toe)
        if clawed:
            tip = at(16 + (x - 16) * 1.04, y - ry - 1.6)
            e.lay(e.stroke([(a, b - ry + 1), tip], 2.2, 1.2), "claw", MID)
        e.lit(toe, "pad", e.ball(a, b, rx * 1.05, ry * 1.05) + 0.08)


@kind("nose", "skin", "", "", skin=_SKIN)
def nose(e: Easel, v: Variety, look: SceneryLook) -> None:
    """A nose from the front."""
    wide = v.turn((1.0, 0.86, 1.1, 0.94, 1.04), 1)
    hump = v.turn((0.0, 1.4, -0.6), 1)
    top = v.turn((2.0, 5.0, 3.4))
    half = pts("16,2 13,3 12.4,10 10.6,15 6.4,19 3.6,23.6 5,28 9.4,29.4 13,27.8 16,29.6")
    half = [(16 + (x - 16 - hump * (6 < y < 12)) * wide, max(y, top)) for x, y in half]
    mask = curved(e, both_sides(half))
    swell(e, mask, "skin", 0.1)
    for side in (-1, 1):
        x = 16 + side * 5.4 * wide
        e.lay(e.oval(x, 25.4, 2.3, 1.6) & mask, "hollow", LIGHT)
        wing = [(x + side * 3.0, 19.6), (x + side * 1.8, 21.6)]
        e.shaded(e.stroke(wing, 0.9) & mask, -1)
    e.lay(e.oval(15.4, 22.4, 4.0 * wide, 3.2) & mask, "skin", LIGHT)


@kind(
    "tongue",
    "tongue",
    "lip",
    "",
    tongue=(_PINK, ("a83048", "e0586c", "f898a0"), ("8c3c6c", "c8709c", "f0a8c8")),
    lip=(_RED, ("7c2c34", "b8545c", "e49498")),
    tooth=(("b8bcc8", "ecedf2", "ffffff"),),
    hollow=(("2c0c14", "4c1820", "742c34"),),
)
def tongue(e: Easel, v: Variety, look: SceneryLook) -> None:
    """A tongue put out of a mouth."""
    wide = v.turn((1.0, 0.88, 1.1, 0.94, 1.05), 1)
    lean = v.turn((0.0, 2.4, -2.4))
    lip = curved(e, both_sides(pts("16,2.4 10.6,1.6 4.6,4.4 1.6,8.6 5,13.4 10,15.4 16,16")))
    swell(e, lip, "lip", 0.1)
    inner = curved(e, both_sides(pts("16,5 10.6,4.6 5,8.4 8,12 12,13.2 16,13.4")))
    e.edged(inner)
    e.lay(inner, "hollow", LOW)
    e.lay(inner & (e.y < 7.8), "tooth", LIGHT)
    half = pts("16,9.4 10.4,9.8 8.4,14 7.6,20 9,26 12,29.6 16,30.8")
    outline = both_sides([(16 + (x - 16) * wide, y) for x, y in half])
    outline = [(x + lean * max(0.0, y - 12) / 16, y) for x, y in outline]
    body = curved(e, outline)
    e.edged(body)
    swell(e, body, "tongue", 0.14, 6.0)
    end = v.turn((22.0, 24.4, 20.4), 1)
    e.lay(e.stroke([(16, 11), (16 + lean * (end - 12) / 16, end)], 1.1), "tongue", LOW)
    sheen(e, body, 16 - 4.6 * wide + lean * 0.3, 19.4, 1, 0.8)


_BEARDS = (
    "1.8,3.4 5,3 7.4,9 11,12.4 16,12.4 16,31 11.6,28.8 7,24 3.6,17 1.6,10",
    "1.8,6 5,5.4 7.4,11 11,13.6 16,13.4 16,27.4 10.6,26.8 5.6,22.4 2.6,16.6",
    "3.4,3 6.6,2.6 8,9 11.6,12 16,12 16,31 13.6,27.4 11.4,29.4 9.4,25 6.4,24.6 5.4,19.4 3,16 3,9",
)


@kind("beard", "hair", "", "", hair=_HAIR, lip=(("8c3c38", "c06c60", "e8a090"),))
def beard(e: Easel, v: Variety, look: SceneryLook) -> None:
    """A full beard with its moustache: long, round or ragged."""
    half = pts(v.turn(_BEARDS))
    left = [p for p in half if p[0] < 16]
    start, end = half[4], half[5]
    order = [start, *reversed(left[:4]), *reversed(left[4:]), end]
    wide = v.turn((1.0, 0.9, 1.04, 0.95, 0.98), 1)
    body = curved(e, both_sides([(16 + (x - 16) * wide, y) for x, y in order]))
    body &= e.y < end[1] + 0.4
    swell(e, body, "hair", 0.02)
    waves = np.sin((e.x - 16) * 1.05 + np.sign(e.x - 16) * e.y * v.turn((0.3, 0.45, 0.2)))
    e.shaded(body & (waves > 0.86) & (e.y > 16) & ~around(~body), -1)
    e.shaded(body & (waves < -0.93) & (e.y > 15) & ~around(~body), 1)
    lip = e.oval(16, 16.8, 3.6, 1.5)
    e.edged(lip)
    e.lay(lip, "lip", np.where(e.y < 16.8, LOW, MID))
    brush = curved(e, both_sides(pts("16,11 12,10.6 8.4,13.4 7,17.4 10.6,17.2 13.6,15.8 16,15.4")))
    e.edged(brush)
    swell(e, brush, "hair", 0.16)


_WHISKERS = (
    "16,12.4 12.6,10.8 8,13 4.6,17.4 2.8,16 1.4,12.6 1,18 3.4,21.8 8,22 12.6,20 16,16.6",
    "16,11 12,9.6 6.6,11.6 3,16.6 1.2,22.4 6,21.4 10.4,19.8 14,19 16,17.4",
    "16,12.4 13,11 8,12 3.6,14.6 1,13.2 2.4,17.6 7.6,19.6 13,18.4 16,16.4",
    "16,9.4 11.4,8.6 6.4,11 3.4,16 3,24 6.4,25.4 8.4,20.4 12.4,18.6 16,17.6",
)


@kind("moustache", "hair", "", "", hair=_HAIR)
def moustache(e: Easel, v: Variety, look: SceneryLook) -> None:
    """A moustache: with curled ends, thick, thin or hanging."""
    size = v.turn((1.0, 1.08, 0.94), 1)
    half = [(x, 16 + (y - 16) * size) for x, y in pts(v.turn(_WHISKERS))]
    body = curved(e, both_sides(half))
    swell(e, body, "hair", 0.12)
    side = np.abs(e.x - 16)
    hairs = np.sin(e.y * 1.3 + side * v.turn((0.5, 0.35, 0.65))) > 0.9
    e.shaded(body & hairs & ~around(~body), -1)
    e.lay(e.stroke([(16, 12), (16, 17)], 1.0) & body, "hair", DARK)


@kind(
    "poop",
    "skin",
    "eye",
    "happy face",
    skin=(
        ("54301c", "8c5834", "bc8858"),
        ("4c3424", "7c5c44", "ac8c70"),
        ("6c3c10", "a86c2c", "d4a05c"),
    ),
    eye=(("b8bcc8", "f4f4f8", "ffffff"),),
)
def poop(e: Easel, v: Variety, look: SceneryLook) -> None:
    """A heap that winds up to a tip, sometimes with a face."""
    way = v.turn((1, -1))
    size = v.turn((1.0, 0.92, 1.05, 0.96, 1.02), 1)
    tip = [
        (16 - way * 2.4, 12.4),
        (16 - way * 1.0, 7.4),
        (16 + way * 1.2, 2.4),
        (16 + way * 3.4, 6.4),
        (16 + way * 4.6, 11.4),
    ]
    tiers = (
        (16.0, 25.4, 13.6 * size, 5.2),
        (16 - way * 0.6, 18.6, 10.2 * size, 4.6),
        (16 + way * 0.4, 12.6, 6.6 * size, 3.8),
    )
    for x, y, rx, ry in tiers:
        tier = e.oval(x, y, rx, ry)
        e.edged(tier)
        e.lit(tier, "skin", e.ball(x, y, rx * 1.02, ry * 1.1) + 0.08)
    top = curved(e, tip) | e.oval(16 + way * 0.8, 11.6, 3.6, 2.2)
    swell(e, top, "skin", 0.14)
    e.calm("skin")
    if look.more or "eye" in look.colors or v.turn((False, False, True)):
        for side in (-1, 1):
            white = e.oval(16 + side * 3.8, 19.0, 2.3, 2.7)
            e.edged(white, DARK)
            e.lay(white, "eye", LIGHT)
            e.lay(e.oval(16 + side * 3.4, 19.5, 1.1, 1.4), "pupil", LOW)
        smile = [(16 + x, 26.0 - 0.1 * x * x) for x in (-4, -2, 0, 2, 4)]
        e.lay(e.stroke(smile, 1.4), "skin", DARK)
