"""Wrenches, saws, shovels, scissors, umbrellas, glasses, bins and teapots, drawn by rules."""

from __future__ import annotations

import math

import numpy as np

from pincel.art.easel import DARK, LIGHT, LOW, MID, Easel
from pincel.art.item_matter import BRONZE, COPPER, GOLD, IRON, SILVER, STEEL, WOOD
from pincel.art.kinds import SceneryLook, Shade
from pincel.art.molded import both_sides, curved, model, plaque, pts, sheen, swell
from pincel.art.rigging import bar, flat_disc, mentioned, plate, rig, said_form, tilt, tube
from pincel.art.roads import BLACK, PAINTS, WHITE
from pincel.art.variety import Variety

_PINK: Shade = ("9c3d6b", "f07cac", "ffc8de")


@rig("wrench", "metal grip", "grip handle=grip", "", "metal wood jewel",
     metal=(STEEL, IRON, SILVER, BRONZE, ("2c303c", "5c6474", "a4b0c0")),
     grip=(PAINTS[0], PAINTS[1], BLACK))  # fmt: skip
def wrench(e: Easel, v: Variety, look: SceneryLook) -> None:
    """A spanner, aslant: open at one end, a ring at the other, or with a grip."""
    tilt(e, v.turn((45, 40, 50)))
    half = v.turn((2.5, 2.9, 2.2))
    gripped = mentioned(look, "grip") or v.turn((False, False, True))
    tube(e, e.box(16 - half, 2, 16 + half, 32), "metal", e.x - 16, half)
    e.lay(e.box(15.3, 9, 16.7, 22), "metal", DARK)
    head = e.oval(16, -1, 6.6) & ~(e.box(13, -9, 19, 0.4) | e.oval(16, 0.4, 3.0))
    swell(e, head, "metal", 0.2, 2.0)
    if gripped:
        tube(
            e, plaque(e, 16 - half - 0.8, 14, 16 + half + 0.8, 36, 2.0), "grip", e.x - 16, half + 1
        )
        for y in (18.0, 22.0, 26.0):
            e.shaded(e.box(13, y, 19, y + 1) & e.of("grip"))
        e.lay(e.oval(16, 33, 1.1), "hole", MID)
    else:
        ring = e.oval(16, 33, 5.2)
        swell(e, ring, "metal", 0.2, 2.0)
        e.codes[e.oval(16, 33, 2.4)] = -1


@rig(
    "screwdriver",
    "grip metal",
    "grip handle=grip blade=metal",
    "",
    "wood metal",
    grip=(PAINTS[0], PAINTS[2], PAINTS[1], PAINTS[4], WOOD[0]),
    metal=(STEEL, SILVER, IRON),
)
def screwdriver(e: Easel, v: Variety, look: SceneryLook) -> None:
    """A screwdriver, aslant."""
    tilt(e, v.turn((45, 40, 50)))
    tube(e, e.box(14.6, -6, 17.4, 16), "metal", e.x - 16, 1.5)
    tip = e.polygon(pts("14.4,-3 17.6,-3 18.6,-7.4 17,-9 15,-9 13.4,-7.4"))
    tube(e, tip, "metal", e.x - 16, 2.6)
    half = v.turn((4.2, 4.8, 3.8))
    handle = curved(e, both_sides([(16, 12.4), (13.4, 13.4), (13.4, 16.4), (16 - half, 19),
                                   (16 - half, 33), (13.4, 36), (16, 36.4)]))  # fmt: skip
    tube(e, handle, "grip", e.x - 16, half)
    for x in (14.4, 17.4):
        e.shaded(e.box(x - 0.5, 20, x + 0.5, 33) & handle)
    e.lay(e.box(13, 15, 19, 16.4) & handle, "grip", DARK)


@rig("saw", "metal grip", "grip handle=grip blade=metal", "", "metal wood",
     metal=(STEEL, SILVER, IRON), grip=(*WOOD, PAINTS[0], PAINTS[4]))  # fmt: skip
def saw(e: Easel, v: Variety, look: SceneryLook) -> None:
    """A carpenter's saw with teeth."""
    tilt(e, v.turn((-24, -18, -30)))
    low = v.turn((20.4, 21.4, 19.6))
    blade = e.polygon([(8.4, 10.4), (33, 12.4), (33.4, 16.4), (9, low)])
    step = v.turn((2.2, 2.8))
    edge = low + (16.4 - low) * (e.x - 9) / 24.4
    tooth = 1.7 * (1 - ((e.x - 9) / step) % 1)
    blade |= (e.x > 9) & (e.x < 33) & (e.y >= edge - 1) & (e.y < edge + tooth)
    plate(e, blade, "metal", 1.4, 0.0)
    e.lay(blade & (e.y > edge - 1.6), "metal", LOW)
    outer = curved(e, pts("-3,11 1,8.4 7,9 11,11 11.4,20 8,23.4 1.4,23 -2.6,20 -1,15.4"))
    hole = curved(e, pts("1.4,12.4 5.4,12.4 7.4,15 6.4,18.6 2.4,19 0.8,16"))
    handle = outer & ~hole
    swell(e, handle, "grip", 0.12, 2.0)
    e.lay(e.oval(9, 13.4, 0.8), "metal", LIGHT)
    e.lay(e.oval(9, 18.6, 0.8), "metal", LIGHT)
    e.codes[hole] = -1


@rig("shovel", "metal wood", "handle=wood blade=metal", "", "metal wood jewel",
     metal=(STEEL, IRON, SILVER, PAINTS[0], PAINTS[1]), wood=WOOD)  # fmt: skip
def shovel(e: Easel, v: Variety, look: SceneryLook) -> None:
    """A shovel, aslant, its blade down: pointed or square."""
    tilt(e, v.turn((45, 40, 48)))
    tube(e, e.box(14.4, -5, 17.6, 22), "wood", e.x - 16, 1.7)
    if v.turn((True, False, True)):
        ring = e.polygon(pts("11.4,-10 20.6,-10 19,-3.4 16.8,-2 15.2,-2 13,-3.4"))
        ring &= ~e.polygon(pts("13.8,-7.6 18.2,-7.6 17.2,-4.4 14.8,-4.4"))
        plate(e, ring, "wood", 1.0, 1.0)
        e.codes[e.polygon(pts("13.8,-7.6 18.2,-7.6 17.2,-4.4 14.8,-4.4"))] = -1
    else:
        tube(e, plaque(e, 11, -8, 21, -4.6, 1.6), "wood", e.y + 6.3, 1.8)
    half = v.turn((6.4, 5.8, 7.0))
    if v.turn((True, True, False)):
        points = both_sides([(16, 20.4), (16 - half, 21.4), (16 - half, 29), (13, 34.4), (16, 37)])
        blade = curved(e, points)
    else:
        blade = plaque(e, 16 - half, 21, 16 + half, 36, 1.4)
    light = 0.7 - 0.55 * np.abs((e.x - 14) / half)
    model(e, blade, "metal", light)
    e.lay(blade & (e.y < 22.6), "metal", LIGHT)
    tube(e, e.box(14, 17, 18, 25), "metal", e.x - 16, 2.1)


@rig("scissors", "grip metal", "grip handle=grip blade=metal", "open closed", "metal",
     grip=(PAINTS[0], PAINTS[1], BLACK, PAINTS[4], PAINTS[3]), metal=(STEEL, SILVER))  # fmt: skip
def scissors(e: Easel, v: Variety, look: SceneryLook) -> None:
    """A pair of scissors, open or closed."""
    said = said_form(look, ("open", "closed"))
    spread = {"open": 21.0, "closed": 5.0}.get(said)
    if spread is None:
        spread = v.turn((18.0, 8.0, 22.0))
    r = v.turn((4.7, 4.2, 5.1))
    x0, y0 = e.x.copy(), e.y.copy()
    for sign in (1, -1):
        t = math.radians(sign * spread)
        c, s = math.cos(t), math.sin(t)
        e.x, e.y = 16 + (x0 - 16) * c + (y0 - 17) * s, 17 - (x0 - 16) * s + (y0 - 17) * c
        blade = e.polygon([(16 + sign * 2.2, 18.4), (16 + sign * 2.0, 6), (16 - sign * 0.2, 0.6),
                           (16 - sign * 0.8, 18.4)])  # fmt: skip
        e.edged(blade)
        e.lay(blade, "metal", LIGHT if sign > 0 else MID)
        e.lay(blade & ((e.x - 16) * sign < 0.2), "metal", LOW)
        bow = e.stroke([(16, 17), (16 - sign * 1.6, 21.4)], 2.2)
        e.lay(bow, "grip", MID)
        at = 16 - sign * (r * 0.55 if spread > 7 else r * 0.8)
        ring = e.oval(at, 25, r * 0.86, r * 1.06)
        e.edged(ring)
        swell(e, ring, "grip", 0.16)
        e.codes[e.oval(at, 25, r * 0.86 - 2, r * 1.06 - 2)] = -1
    e.x, e.y = x0, y0
    e.lay(e.oval(16, 17, 1.5), "metal", DARK)
    e.lay(e.oval(15.7, 16.7, 0.8), "metal", LIGHT)


@rig("umbrella", "cloth second", "handle=grip grip stripe=second", "closed", "",
     cloth=(PAINTS[0], PAINTS[1], PAINTS[6], PAINTS[2], PAINTS[3], BLACK, _PINK),
     second=(WHITE, PAINTS[2], PAINTS[7], PAINTS[0]), grip=WOOD)  # fmt: skip
def umbrella(e: Easel, v: Variety, look: SceneryLook) -> None:
    """An umbrella, open, some of two colours; or rolled up."""
    if "closed" in look.more:
        tilt(e, v.turn((30, 24, 36)))
        tube(e, e.box(15.2, -4, 16.8, 0), "metal", e.x - 16, 0.9)
        half = v.turn((4.4, 3.8, 5.0))
        roll = e.polygon([(15, -1), (17, -1), (16 + half, 17), (16 + 2, 20), (16 - 2, 20),
                          (16 - half, 17)])  # fmt: skip
        tube(e, roll, "cloth", e.x - 16 + 0.8 * np.sin(e.y / 2), half)
        e.lay(roll & (e.y > 9) & (e.y < 10.6), "second", MID)
        tube(e, e.box(15, 20, 17, 29), "grip", e.x - 16, 1.1)
        hook = (e.oval(18.4, 29, 3.4) & ~e.oval(18.4, 29, 1.4)) & (e.y > 28.6)
        e.lay(hook, "grip", MID)
        return
    tilt(e, v.turn((0, 0, 24, 0, -24)))
    tube(e, e.box(15.2, 10, 16.8, 27.4), "metal", e.x - 16, 0.9)
    hook = (e.oval(18.6, 27, 3.5) & ~e.oval(18.6, 27, 1.7)) & (e.y > 26.6)
    e.lay(hook, "grip", MID)
    e.lay(hook & (e.x < 17), "grip", LIGHT)
    bar(e, (15.2, 23, 16.8, 27.4), "grip", LIGHT)
    wide = v.turn((14.4, 13.6))
    bar(e, (15.3, 0.6, 16.7, 4), "metal", MID)
    top = e.oval(16, 16, wide, 13.4) & (e.y < 16)
    number = v.turn((4, 6, 4, 3))
    width = 2 * wide / number
    for n in range(number):
        x = 16 - wide + width * (n + 0.5)
        top &= ~e.oval(x, 17.0, width * 0.42, 2.6)
    swell(e, top, "cloth", 0.1, 8.0)
    light = e.codes % 8
    share = (e.x - 16) / np.maximum(
        wide * np.sqrt(np.clip(1 - ((e.y - 16) / 13.4) ** 2, 0.02, 1)), 1
    )
    field = np.floor((share + 1) / 2 * number)
    if mentioned(look, "second") or v.turn((True, False, False)):
        e.lay(top & (field % 2 == 1), "second", light)


@rig("glasses", "frame glass", "frame glass lens=glass", "dark round", "metal wood jewel",
     frame=(BLACK, PAINTS[0], GOLD, ("5c2414", "944020", "cc7848"), PAINTS[1]),
     glass=(("7ca0b8", "bcdcec", "f0fafe"), ("a8b8c4", "d8e4ec", "ffffff"),
            ("88b098", "c4e4d0", "f0fcf4")))  # fmt: skip
def eyeglasses(e: Easel, v: Variety, look: SceneryLook) -> None:
    """Glasses from the front: round, square or dark."""
    dark = "dark" in look.more and "glass" not in look.colors
    form = said_form(look, ("round",)) or v.turn(("round", "square", "wide"))
    r = v.turn((6.4, 6.0, 6.8))
    glass = "ink" if dark else "glass"
    for sign in (-1, 1):
        x = 16 + sign * 7.6
        if form == "round":
            outer, inner = e.oval(x, 16, r), e.oval(x, 16, r - 1.4)
        elif form == "square":
            outer, inner = (
                plaque(e, x - r, 11, x + r, 21, 1.8),
                plaque(e, x - r + 1.4, 12.4, x + r - 1.4, 19.6, 1.0),
            )
        else:
            points = [(x - sign * r, 12.4), (x + sign * r, 10.6), (x + sign * r * 0.9, 17),
                      (x + sign * 2, 20.6), (x - sign * r * 0.7, 19)]  # fmt: skip
            outer = curved(e, points)
            inner = curved(e, [(x + (a - x) * 0.76, 15.8 + (b - 15.8) * 0.72) for a, b in points])
        e.lay(outer, "frame", MID)
        e.lay(outer & (e.y < 16 - r * 0.6), "frame", LIGHT)
        e.lay(inner, glass, MID)
        e.lay(inner & (e.x + e.y < x + 15.0), glass, LIGHT)
        e.lay(
            e.stroke([(x + sign * (r - 0.8), 13), (x + sign * (r + 1.6), 12.4)], 1.6), "frame", MID
        )
    bridge = v.turn((0.0, 1.0, -1.0))
    e.lay(e.stroke([(14.2, 15.4), (16, 14.2 + bridge), (17.8, 15.4)], 1.5), "frame", MID)


@rig(
    "trash can",
    "metal",
    "lid handle=metal",
    "open full recycling",
    "metal",
    metal=(
        ("5a6270", "9aa4b4", "dfe6ee"),
        PAINTS[3],
        IRON,
        PAINTS[1],
        ("3a3a42", "64646e", "a0a0ac"),
    ),
)
def trash_can(e: Easel, v: Variety, look: SceneryLook) -> None:
    """A bin with grooves and a lid; open and full where that is said."""
    wide = v.turn((10.6, 9.8, 11.4))
    lid = "lid" if "lid" in look.colors else "metal"
    if "full" in look.more:
        for x, y, r, color in (
            (11, 8, 3.4, "bag"),
            (20, 8.4, 3.6, "sheet"),
            (15.6, 6, 3.6, "earth"),
        ):
            swell(e, e.oval(x, y, r), color, 0.1)
    body = e.polygon([(16 - wide, 10), (16 + wide, 10), (16 + wide - 1.8, 30.6),
                      (16 - wide + 1.8, 30.6)])  # fmt: skip
    e.lit(body, "metal", e.across(16 - wide, 16 + wide))
    number = v.turn((4, 3, 5))
    for n in range(number):
        x = 16 + (n - (number - 1) / 2) * (2 * wide - 3) / number
        e.shaded(e.box(x - 0.5, 12.4, x + 0.5, 28.4))
    e.lay(body & (e.y > 28.8), "metal", DARK)
    if "recycling" in look.more or v.turn((False, True, False)):
        corners = [(16, 15.4), (20.6, 23), (11.4, 23)]
        for n in range(3):
            (ax, ay), (bx, by) = corners[n], corners[(n + 1) % 3]
            gone = [(ax + (bx - ax) * t, ay + (by - ay) * t) for t in (0.0, 0.72)]
            e.lay(e.stroke(gone, 1.5), "shine", LIGHT)
    if "full" in look.more or "open" in look.more:
        e.lay(e.box(16 - wide - 0.8, 9.4, 16 + wide + 0.8, 11.4), lid, LIGHT)
        if "open" in look.more and "full" not in look.more:
            e.lay(e.oval(16, 9.8, wide, 1.8), "hole", MID)
            tilted = e.polygon([(16 + wide - 1, 10), (16 + wide - 10, -3), (16 + wide - 12, -1.6),
                                (16 + wide - 3, 10)])  # fmt: skip
            plate(e, tilted, lid, 1.0, 0.0)
        return
    handle = e.oval(16, 5.4, 3.8, 3.2) & ~e.oval(16, 5.6, 2.2, 1.8)
    e.lay(handle, lid, MID)
    cover = plaque(e, 16 - wide - 1.4, 5.4, 16 + wide + 1.4, 10.6, 2.4)
    e.edged(cover & (e.y > 9))
    e.lit(cover, lid, e.across(16 - wide - 1.4, 16 + wide + 1.4))
    e.lay(cover & (e.y > 9.4), lid, DARK)


@rig("teapot", "clay band", "band stripe=band lid handle=grip knob", "",
     "metal clay glass jewel",
     clay=(WHITE, PAINTS[1], ("8a4a2a", "bc7648", "e0a878"), PAINTS[0], COPPER, SILVER, PAINTS[3]),
     band=(PAINTS[1], WHITE, GOLD, PAINTS[2], _PINK))  # fmt: skip
def teapot(e: Easel, v: Variety, look: SceneryLook) -> None:
    """A teapot with a spout, a handle and a lid."""
    wide, high = v.turn((9.6, 9.0, 10.4)), v.turn((8.6, 9.2, 8.0))
    y = 30 - high
    grip = "grip" if "grip" in look.colors else "clay"
    lid = "lid" if "lid" in look.colors else "clay"
    handle = e.oval(16 - wide - 0.6, y - 0.4, 5.2, 6.0) & ~e.oval(
        16 - wide - 0.2, y - 0.4, 3.2, 4.0
    )
    swell(e, handle, grip, 0.14)
    x = 16 + wide
    spout = curved(e, [(x - 3, y - 1), (x + 1.4, y - 2.4), (x + 2.6, y - 6.6), (x + 5.4, y - 8.0),
                       (x + 4.6, y - 3), (x + 1.8, y + 3.4), (x - 3, y + 5)])  # fmt: skip
    swell(e, spout, "clay", 0.1)
    body = e.oval(16, y, wide, high) & (e.y < 30)
    swell(e, body, "clay", 0.06)
    bar(e, (16 - 5, 29.4, 16 + 5, 30.8), "clay", DARK)
    cover = e.oval(16, y - high + 2.2, 5.6, 3.0) & (e.y < y - high + 2.8)
    e.edged(cover)
    swell(e, cover, lid, 0.2)
    swell(e, e.oval(16, y - high - 1.6, 1.8), "knob" if mentioned(look, "knob") else lid, 0.2)
    form = v.turn(("plain", "band", "dots"))
    if form == "band" or mentioned(look, "band"):
        bow = e.y - y - 0.02 * (e.x - 16) ** 2 * -1
        e.lay(body & (np.abs(bow) < 1.4), "band", np.where(e.x < 15, LIGHT, MID))
    elif form == "dots":
        for dx, dy in ((-4, -1), (0, 2), (4, -1), (-2.4, 4.4), (3, 4.6), (0.4, -4)):
            e.lay(e.oval(16 + dx, y + dy, 1.1) & body, "band", MID)
    sheen(e, body, 16 - wide * 0.5, y - high * 0.42, v.turn((0, 3)), 0.8)


@rig(
    "skateboard",
    "deck",
    "wheel=roller",
    "",
    "wood",
    deck=(PAINTS[0], PAINTS[1], WOOD[1], PAINTS[3], PAINTS[6]),
    roller=(WHITE, PAINTS[2], BLACK),
)
def skateboard(e: Easel, v: Variety, look: SceneryLook) -> None:
    """A skateboard from the side."""
    y = 14.0
    up = v.turn((3.4, 2.6, 4.2))
    for x in (9.0, 23.0):
        bar(e, (x - 1.6, y + 2, x + 1.6, y + 5), "metal", MID)
    board = e.stroke([(1.6, y - up + 1), (5.4, y), (26.6, y), (30.4, y - up + 1)], 3.2)
    plate(e, board, "deck", 1.0, 1.0)
    e.lay(board & ~np.roll(board, 1, 0), "ink", LIGHT)
    for x in (9.0, 23.0):
        flat_disc(e, (x + 0.5, y + 6.5), 3.4, "roller")
        e.lay(e.oval(x + 0.5, y + 6.5, 1.0), "metal", DARK)
