"""Instruments of music, drawn by rules."""

from __future__ import annotations

import numpy as np

from pincel.art.easel import DARK, LIGHT, LOW, MID, Easel
from pincel.art.item_matter import BRONZE, GOLD, SILVER, WOOD
from pincel.art.kinds import SceneryLook, Shade
from pincel.art.molded import both_sides, curved, model, plaque, pts, swell
from pincel.art.rigging import bar, mentioned, plate, rig, said_form, tilt, tube
from pincel.art.roads import BLACK, PAINTS, WHITE
from pincel.art.variety import Variety

_VARNISH: tuple[Shade, ...] = (
    ("7c3c14", "c8742c", "f0b068"), ("8c5a20", "dca04c", "f8d898"), ("5c2414", "944020", "cc7848"),
    ("6c1c18", "a83828", "e07860"), ("4a2c1c", "7c4c30", "b08058"),
)  # fmt: skip


def _lay_strings(e: Easel, places: tuple[float, ...], top: float, low: float) -> None:
    for x in places:
        e.lay(e.box(x - 0.4, top, x + 0.4, low), "string", LIGHT)


@rig("guitar", "body neck", "neck string pick=guard", "electric", "wood metal jewel", body=_VARNISH,
     neck=(WOOD[2], WOOD[0], ("2c1c18", "4c3428", "785c48")),
     guard=(BLACK, ("6c1c18", "a83828", "e07860"), WHITE))  # fmt: skip
def guitar(e: Easel, v: Variety, look: SceneryLook) -> None:
    """A guitar, aslant: of wood with a hole, or electric."""
    form = said_form(look, ("electric",)) or v.turn(("round", "round", "electric", "round"))
    tilt(e, v.turn((45, 40, 45, 36)))
    bar(e, (14.4, -4, 17.6, 20), "neck", MID)
    bar(e, (14.4, -4, 15.4, 20), "neck", LIGHT)
    for y in (0.0, 3.2, 6.4, 9.6) if e.k > 1.2 else ():
        bar(e, (14.4, y, 17.6, y + 0.8), "neck", DARK)
    head = e.polygon(pts("13.4,-9.6 18.6,-9.6 17.8,-3.6 14.2,-3.6"))
    plate(e, head, "neck", 0.0, 0.0)
    for y in (-8.2, -5.6):
        for x in (12.8, 19.2):
            e.lay(e.oval(x, y, 1.0), "peg", MID)
    if form == "electric":
        _electric(e, v)
        _lay_strings(e, (16.0,), -8, 27)
        return
    wide = v.turn((8.4, 9.0, 7.8))
    half = [(16, 12.4), (10.4, 12.8), (9.2, 16.6), (10.8, 19.6), (16 - wide, 24.6), (9.4, 30.6),
            (16, 31.6)]  # fmt: skip
    body = curved(e, both_sides(half))
    swell(e, body, "body", 0.1, 2.0)
    e.edged(e.oval(16, 20, 3.2) & body)
    e.lay(e.oval(16, 20, 2.5), "hole", MID)
    if mentioned(look, "guard") or v.turn((True, False)):
        guard = e.oval(19.6, 22.4, 2.0, 2.6) & body & ~e.oval(16, 20, 3.2)
        e.lay(guard, "guard", MID)
    bar(e, (12.4, 26.4, 19.6, 28.2), "neck", MID)
    _lay_strings(e, (15.2, 16.8), -8, 26.6)


def _electric(e: Easel, v: Variety) -> None:
    form = v.turn(("horns", "vee", "horns"))
    if form == "vee":
        body = e.polygon(pts("13,12 19,12 27.4,32 22.6,33 16,23.6 9.4,33 4.6,32"))
    else:
        body = curved(e, pts("13.4,15 9.6,10.6 7.4,12 9.4,18.6 6.8,26 10,31.6 16,32.2 22.4,31.4 "
                             "25.4,25.6 22.6,18 23.4,13.2 21,12.4 18.6,15.4"))  # fmt: skip
    swell(e, body, "body", 0.1, 1.6)
    for y in (18.4, 22.4):
        bar(e, (13.4, y, 18.6, y + 1.8), "guard", MID)
    bar(e, (13, 26, 19, 27.6), "peg", LIGHT)
    e.lay(e.oval(21, 28, 1.0), "peg", LIGHT)


@rig("violin", "body neck", "neck string bow", "", "wood", body=_VARNISH[:4],
     neck=(("1c1418", "3c2c2c", "645050"), WOOD[2]))  # fmt: skip
def violin(e: Easel, v: Variety, look: SceneryLook) -> None:
    """A violin and its bow."""
    tilt(e, v.turn((45, 38, 42)))
    bar(e, (14.6, -3, 17.4, 22), "neck", MID)
    bar(e, (14.6, -3, 15.4, 22), "neck", LIGHT)
    e.lay(e.oval(16, -5.2, 2.0), "body", MID)
    e.lay(e.oval(15.6, -5.6, 1.0), "body", LIGHT)
    for x, y in ((13.4, -2.4), (18.6, -2.4), (13.4, -4.6), (18.6, -4.6)):
        bar(e, (x - 0.8, y, x + 0.8, y + 1.2), "neck", LOW)
    wide = v.turn((7.6, 7.0, 8.2))
    half = [(16, 9.8), (11, 10.6), (9.8, 14.6), (12.2, 18), (11.6, 20.6), (16 - wide, 25),
            (10.4, 30.6), (16, 31.4)]  # fmt: skip
    body = curved(e, both_sides(half))
    swell(e, body, "body", 0.1, 2.4)
    for sign in (-1, 1):
        e.lay(e.stroke([(16 + sign * 3.2, 17.6), (16 + sign * 3.6, 21.4)], 1.0), "hole", MID)
    bar(e, (14.6, 10, 17.4, 19), "neck", MID)
    bar(e, (14.6, 10, 15.4, 19), "neck", LIGHT)
    bar(e, (13, 21.6, 19, 23), "bridge", LIGHT)
    e.lay(e.polygon(pts("14.4,24.4 17.6,24.4 16.8,30 15.2,30")), "neck", MID)
    _lay_strings(e, (16.0,), -2, 24.4)
    x = v.turn((24.6, 25.4))
    bar(e, (x, -2, x + 1.3, 32), "bow", MID)
    bar(e, (x + 2.2, -1, x + 3.2, 31), "string", LIGHT)
    bar(e, (x, -2.6, x + 3.2, -1), "bow", LOW)
    bar(e, (x, 29.4, x + 3.6, 32), "neck", MID)


@rig("trumpet", "metal", "valve=valves button=valves", "", "metal wood",
     metal=(GOLD, ("8c5c10", "e4ac24", "ffe47c"), SILVER, BRONZE, ("8c6014", "f0c040", "fff4b0")),
     valves=(("8890a4", "d8dce6", "ffffff"), BRONZE, PAINTS[0]))  # fmt: skip
def trumpet(e: Easel, v: Variety, look: SceneryLook) -> None:
    """A trumpet with three valves."""
    e.x, e.y = (e.x - 1) * 1.28 - 4.6, 16 + (e.y - 16) * 1.2
    low = v.turn((23.0, 24.0))
    loop = plaque(e, 6, 14.6, 24, low, 3.4) & ~plaque(e, 8.2, 16.8, 21.8, low - 2.2, 1.4)
    tube(e, loop & (e.y < 17), "metal", e.y - 15.7, 1.2)
    e.lay(loop & (e.y >= 17), "metal", np.where(e.y > low - 1.2, LOW, MID))
    e.lay(loop & (e.x < 7) & (e.y >= 16), "metal", LIGHT)
    lead = e.box(-3, 14.6, 26, 16.8)
    tube(e, lead, "metal", e.y - 15.7, 1.2)
    bell = curved(e, pts("24,14.4 27,13.4 30,10 32,7.4 33.4,8 33.4,23.4 32,24 30,21.4 27,18 24,17"))
    half = np.interp(e.x, [24, 28, 33], [1.3, 4, 8])
    model(e, bell, "metal", 0.5 - 0.75 * (e.y - 15.7) / half)
    e.lay(e.oval(33.2, 15.7, 1.5, 7.8), "metal", LIGHT)
    e.lay(e.oval(33.4, 15.7, 0.8, 6.6), "metal", DARK)
    plate(e, e.polygon(pts("-4.6,13.4 -2.4,14.6 -2.4,16.8 -4.6,18")), "metal", 1.0, 0.0)
    for x in (11.0, 14.6, 18.2):
        tube(e, e.box(x - 1.4, 12, x + 1.4, low + 1.6), "metal", e.x - x, 1.4)
        bar(e, (x - 0.6, 9.4, x + 0.6, 12), "metal", MID)
        bar(e, (x - 1.5, 8.2, x + 1.5, 9.8), "valves", LIGHT)


@rig(
    "drum",
    "shell rim",
    "stick=sticks sticks skin string=cord rim",
    "",
    "wood metal",
    shell=(PAINTS[0], PAINTS[1], PAINTS[3], WOOD[0], PAINTS[6]),
    rim=(GOLD, WHITE, WOOD[1]),
    skin=(("b8a888", "ece0c8", "fffcf0"),),
    cord=(WHITE, ("8c5c10", "e4ac24", "ffe47c")),
)
def drum(e: Easel, v: Variety, look: SceneryLook) -> None:
    """A drum with cords; on it, or beside it, two sticks."""
    half = v.turn((12.4, 11.4, 13.2))
    top, low = 10.6, v.turn((25.0, 27.0, 23.6))
    side = e.box(16 - half, top, 16 + half, low) | e.oval(16, low, half, 3.8)
    e.lit(side, "shell", e.across(16 - half, 16 + half))
    bend = 3.8 * np.sqrt(np.clip(1 - ((e.x - 16) / half) ** 2, 0, 1))
    y = e.y - bend
    number = v.turn((4, 3)) * 2
    for n in range(number):
        ends = []
        for m in (n, n + 1):
            x = 16 - half + 2 * half * m / number
            sag = 3.8 * (1 - ((x - 16) / half) ** 2) ** 0.5
            ends.append((x, (top + 3 if m % 2 else low - 2.6) + sag))
        e.lay(e.stroke(ends, 1.2) & side, "cord", MID)
    for edge in (top + 1.0, low - 1.2):
        ring = side & (y > edge - 1.2) & (y < edge + 1.2)
        e.lit(ring, "rim", e.across(16 - half, 16 + half))
    e.lay(e.oval(16, top, half, 3.8), "rim", LIGHT)
    face = e.oval(16, top, half - 1.4, 2.9)
    e.lay(face, "skin", MID)
    e.lay(face & (e.x + 2 * e.y < 34), "skin", LIGHT)
    if mentioned(look, "sticks") or v.turn((True, False, True)):
        for sign in (-1, 1):
            stick = [(16 + sign * 2.6, 10.8), (16 + sign * 12.6, 2.4)]
            e.edged(e.stroke(stick, 1.4))
            e.lay(e.stroke(stick, 1.5), "sticks", MID)
            e.lay(e.oval(*stick[0], 1.5), "sticks", LIGHT)


@rig("bell", "metal", "clapper=metal handle=grip grip ribbon", "", "metal wood jewel",
     metal=(GOLD, ("8c5c10", "e4ac24", "ffe47c"), BRONZE, ("8c6014", "f0c040", "fff4b0"), SILVER),
     grip=WOOD, ribbon=("red", "green", "blue"))  # fmt: skip
def rung_bell(e: Easel, v: Variety, look: SceneryLook) -> None:
    """A bell: with a loop, with a handle, or with a ribbon."""
    form = v.turn(("loop", "handle", "loop"))
    form = "handle" if mentioned(look, "grip") else "loop" if mentioned(look, "ribbon") else form
    swell(e, e.oval(16, 27.4, 3.0, 2.8), "metal", 0.0)
    if form == "handle":
        tube(e, plaque(e, 14.2, -1.0, 17.8, 9, 1.7), "grip", e.x - 16, 1.9)
        bar(e, (13.4, 6.6, 18.6, 8.4), "metal", LIGHT)
    else:
        e.lay(e.oval(16, 4.4, 3.0) & ~e.oval(16, 4.4, 1.4), "metal", MID)
        e.lay(e.oval(16, 4.4, 3.0) & ~e.oval(16, 4.4, 1.4) & (e.x < 15.4), "metal", LIGHT)
    wide = v.turn((11.6, 12.4, 11.0))
    half = [(16, 6.4), (11.4, 7.8), (9, 12.4), (8.2, 19), (16 - wide, 25), (16 - wide, 26.4),
            (16, 26.8)]  # fmt: skip
    body = curved(e, both_sides(half)) & (e.y < 26.8)
    light = e.across(16 - wide * 0.82, 16 + wide * 0.82)
    model(e, body, "metal", light - 0.02 * (e.y - 16))
    e.lay(body & (e.y > 24.6), "metal", np.where(e.x < 14, LIGHT, np.where(e.x < 21, MID, LOW)))
    e.shaded(body & (e.y > 22.6) & (e.y < 23.8))
    if mentioned(look, "ribbon"):
        for sign in (-1, 1):
            bow = curved(
                e, [(16, 7), (16 + sign * 6, 3), (16 + sign * 7.4, 7), (16 + sign * 6, 10)]
            )
            e.edged(bow)
            swell(e, bow, "ribbon", 0.1)
        swell(e, e.oval(16, 7, 2.0), "ribbon", 0.2)
    elif v.turn((False, True)):
        e.shaded(body & (e.y > 10) & (e.y < 11.2))


@rig("flute", "body band", "band key=band hole", "pan", "wood metal jewel",
     body=(WOOD[1], SILVER, WOOD[0], ("a08858", "dcc890", "f8ecc4"), WOOD[2]),
     band=(GOLD, BRONZE, ("1c1418", "3c2c2c", "645050")))  # fmt: skip
def flute(e: Easel, v: Variety, look: SceneryLook) -> None:
    """A flute with its holes; or pan pipes."""
    if said_form(look, ("pan",)):
        for n in range(6):
            x, long = 4.6 + 4.2 * n, 27 - 3.2 * n + v.turn((0, 1, 2, -1, 0))
            tube(e, e.box(x, 3, x + 4.2, long), "body", e.x - x - 2.0, 2.3)
            e.lay(e.oval(x + 2.1, 3.4, 1.9, 1.2), "hole", MID)
        bar(e, (3.6, 10, 30, 12.6), "band", MID)
        bar(e, (3.6, 10, 30, 11), "band", LIGHT)
        return
    tilt(e, v.turn((45, 42, 48)))
    half = v.turn((2.5, 2.2, 2.8))
    long = v.turn((19.0, 18.0))
    body = e.box(16 - half, 16 - long, 16 + half, 16 + long)
    tube(e, body, "body", e.x - 16, half)
    for y in (16 - long + 1, 16 - long + 10, 16 + long - 4):
        ring = e.box(16 - half - 0.5, y, 16 + half + 0.5, y + v.turn((2.4, 1.6, 3.0)))
        tube(e, ring, "band", e.x - 16, half + 0.5)
    e.lay(e.oval(16, 16 - long + 6, 1.5, 1.9), "hole", MID)
    for n in range(v.turn((6, 5))):
        e.lay(e.oval(16, 11.6 + 3.4 * n, 1.0), "hole", MID)


@rig("harp", "frame", "string", "", "wood metal jewel",
     frame=(GOLD, WOOD[0], ("8c5c10", "e4ac24", "ffe47c"), WOOD[1], SILVER),
     string=(WHITE, ("a89878", "e4d8bc", "fbf6e8")))  # fmt: skip
def harp(e: Easel, v: Variety, look: SceneryLook) -> None:
    """A harp, or a lyre."""
    if v.turn((False, False, True)):
        for x in (12.4, 14.8, 17.2, 19.6):
            bar(e, (x - 0.4, 7, x + 0.4, 24), "string", LIGHT)
        for sign in (-1, 1):
            arm = [(16 + sign * a, y) for a, y in ((7.4, 25), (10.4, 18), (9.4, 11), (6.4, 7),
                                                   (7.4, 3), (10.4, 2.4))]  # fmt: skip
            e.lay(e.stroke(arm, 2.4), "frame", LIGHT if sign < 0 else MID)
        tube(e, e.box(6.4, 6, 25.6, 8.2), "frame", e.y - 7, 1.2)
        base = curved(e, pts("7,22.4 16,23.4 25,22.4 24,28.4 16,30.6 8,28.4"))
        swell(e, base, "frame", 0.1)
        return
    lean = v.turn((0.0, 1.0, 0.0, -1.0))
    for n in range(6):
        x = 9.6 + 2.6 * n
        top = 6.4 + 0.9 * n if n < 3 else 9.0 - 0.4 * (n - 3)
        e.lay(e.box(x - 0.4, top, x + 0.4, 26.6 - 2.9 * n), "string", LIGHT)
    sound = e.polygon([(6.6, 27.6), (26 + lean, 6.4), (28.6 + lean, 8.4), (12.4, 30), (6.6, 30.4)])
    plate(e, sound, "frame", 1.0, 1.0)
    neck = [(6.6, 4.4), (10, 6.4), (15, 8.6), (20, 7.6), (23.4, 4.4), (27 + lean, 5.4)]
    e.lay(e.stroke(neck, 2.8), "frame", MID)
    e.lay(e.stroke([(x - 0.3, y - 0.7) for x, y in neck], 1.0), "frame", LIGHT)
    tube(e, e.box(5, 3.4, 8, 29), "frame", e.x - 6.5, 1.6)
    swell(e, e.oval(6.4, 3.4, 2.6), "frame", 0.1)
    plate(e, plaque(e, 3.4, 28, 14.4, 31, 1.0), "frame", 1.0, 1.0)


@rig("piano", "body", "key=keys keys", "", "wood",
     body=(("1c1418", "38303a", "6c6470"), WOOD[2], WOOD[0], WHITE, PAINTS[0]))  # fmt: skip
def piano(e: Easel, v: Variety, look: SceneryLook) -> None:
    """An upright piano with its keys."""
    top = v.turn((4.0, 6.0, 5.0))
    plate(e, e.box(2.4, top, 29.6, 17), "body", 1.0, 0.0)
    plate(e, e.box(1.4, top - 1, 30.6, top + 1.6), "body", 1.0, 1.0)
    for x in (4.4, 17.0):
        panel = e.box(x, top + 3.4, x + 10.6, 13.4)
        e.lay(panel, "body", LOW)
        e.lay(panel & (e.y > 12.4), "body", DARK)
    if v.turn((True, False, True)):
        e.lay(e.polygon([(11.4, top + 3), (20.6, top + 3), (19.6, 13), (12.4, 13)]), "keys", LIGHT)
        for y in (top + 5, top + 7.4):
            bar(e, (13, y, 19, y + 0.9), "ink", LIGHT)
    keys = e.box(2.4, 15.4, 29.6, 20)
    e.edged(keys)
    e.lay(keys, "keys", LIGHT)
    step = 27.2 / v.turn((9, 11))
    lines = ((e.x - 2.4) % step) < 1 / max(1.0, e.k * 0.8)
    e.lay(keys & lines, "keys", DARK)
    e.lay(keys & (e.y < 18) & (((e.x - 2.4 + step / 2) % step) < step * 0.5)
          & (np.floor((e.x - 2.4 + step / 2) / step) % 4 != 3), "ink", MID)  # fmt: skip
    plate(e, e.box(1.4, 20, 30.6, 22), "body", 1.0, 0.0)
    plate(e, e.box(3.4, 22, 28.6, 28), "body", 0.0, 2.0)
    e.shaded(e.box(3.4, 22, 28.6, 23.4))
    for x in (2.0, 27.4):
        plate(e, e.box(x, 21, x + 2.6, 30.4), "body", 0.0, 0.0)
    for x in (13.6, 16.6):
        bar(e, (x, 26.6, x + 1.6, 28), "brass", MID)


@rig("saxophone", "metal", "key=valves", "", "metal",
     metal=(GOLD, ("8c5c10", "e4ac24", "ffe47c"), SILVER, BRONZE, ("8c6014", "f0c040", "fff4b0")),
     valves=(("8890a4", "d8dce6", "ffffff"), BRONZE))  # fmt: skip
def saxophone(e: Easel, v: Variety, look: SceneryLook) -> None:
    """A saxophone."""
    lean = v.turn((0.0, 1.0, -1.0))
    neck = [(4.4, 6.4), (7.4, 4.4), (10.4, 3.4), (13, 4.4), (13.8 + lean, 7)]
    e.lay(e.stroke(neck, 2.0), "metal", MID)
    e.lay(e.stroke([(3.4, 7.4), (6.4, 5)], 2.2), "ink", MID)
    path = [(13.8 + lean, 6), (14.4, 20), (15.6, 25.6), (19, 27.4), (22.4, 25.4), (24, 20),
            (25.4, 14.4)]  # fmt: skip
    off, gone = e.along(path)
    wide = np.interp(gone, [0, 14, 24, 36], [1.6, 2.4, 3.2, 4.0])
    body = np.abs(off) < wide
    body &= (gone > 0) & (e.y > 4)
    model(e, body, "metal", 0.5 - 0.8 * off / wide * np.where(gone < 22, -1, 0.2))
    bell = curved(e, pts("20.6,16 19.6,11.4 22,9.6 28.6,9.8 31,12 28.8,16.6"))
    swell(e, bell, "metal", 0.1)
    e.lay(e.oval(25.4, 11.0, 5.4, 2.2), "metal", LIGHT)
    e.lay(e.oval(25.6, 11.2, 4.2, 1.3), "metal", DARK)
    for n in range(v.turn((4, 5))):
        y = 9.4 + 3.4 * n
        e.lay(e.oval(14.2, y, 1.3), "valves", LIGHT)
        bar(e, (16.8, y - 0.4, 18.4, y + 0.8), "metal", LOW)
