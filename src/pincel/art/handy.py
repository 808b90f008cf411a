"""Magnets, anchors, dice, gifts, guns and other things at hand, drawn by rules."""

from __future__ import annotations

import math

import numpy as np

from pincel.art.easel import DARK, LIGHT, LOW, MID, Easel
from pincel.art.item_matter import BRONZE, COPPER, GOLD, IRON, SILVER, STEEL, WOOD
from pincel.art.kinds import SceneryLook, Shade
from pincel.art.molded import both_sides, curved, plaque, pts, swell
from pincel.art.rigging import bar, flat_disc, mentioned, plate, rig, said_form, tilt, tube
from pincel.art.roads import BLACK, PAINTS, WHITE
from pincel.art.variety import Variety

_GREY: Shade = ("5a6270", "9aa4b4", "dfe6ee")
_PINK: Shade = ("9c3d6b", "f07cac", "ffc8de")


@rig("magnet", "body tip", "tip pole=tip", "", "metal",
     body=(PAINTS[0], PAINTS[1], PAINTS[0], PAINTS[6], PAINTS[3]),
     tip=(SILVER, WHITE, _GREY))  # fmt: skip
def magnet(e: Easel, v: Variety, look: SceneryLook) -> None:
    """A magnet bent like a horseshoe, some with sparks."""
    tilt(e, v.turn((0, 180, 45, 0, 135, 180, 0)))
    wide, thick = v.turn((11.4, 12.0, 10.8)), v.turn((5.6, 6.4))
    outer = e.oval(16, 17.6, wide) | e.box(16 - wide, 3, 16 + wide, 17.6)
    inner = e.oval(16, 17.6, wide - thick) | e.box(16 - wide + thick, 2, 16 + wide - thick, 17.6)
    shoe = outer & ~inner & (e.y > 3)
    swell(e, shoe, "body", 0.08, 2.2)
    ends = shoe & (e.y < 8.6)
    swell(e, ends, "tip", 0.2, 2.2)
    e.lay(shoe & (e.y >= 8.6) & (e.y < 9.6), "body", DARK)


@rig("anchor", "metal", "ring rope", "", "metal wood jewel",
     metal=(IRON, STEEL, GOLD, ("2c3c64", "4c6498", "8ca4d0"), BRONZE),
     rope=(("7a6a48", "b8a270", "dccb9a"),), ring=(GOLD, SILVER, IRON))  # fmt: skip
def anchor(e: Easel, v: Variety, look: SceneryLook) -> None:
    """An anchor with two flukes, some with a rope."""
    ring = e.oval(16, 5, 3.9) & ~e.oval(16, 5, 1.9)
    e.lay(ring, "ring" if mentioned(look, "ring") else "metal", np.where(e.x < 16, LIGHT, MID))
    tube(e, e.box(14.4, 7.6, 17.6, 27.6), "metal", e.x - 16, 1.7)
    half = v.turn((6.4, 7.4, 5.6))
    stock = plaque(e, 16 - half, 10, 16 + half, 12.8, 1.3)
    tube(e, stock, "metal", e.y - 11.4, 1.5)
    wide, low = v.turn((12.4, 11.6)), 29.6
    arc = e.oval(16, 17.4, wide, low - 17.4) & ~e.oval(16, 15.6, wide - 2.2, low - 18.8)
    arms = arc & (e.y > 19)
    swell(e, arms, "metal", 0.16)
    for sign in (-1, 1):
        tip = (16 + sign * (wide - 0.8), 15.4)
        fluke = e.polygon([tip, (tip[0] + sign * 3.0, 21.4), (tip[0] - sign * 4.8, 21.4)])
        e.lay(fluke, "metal", LIGHT if sign < 0 else MID)
    if mentioned(look, "rope") or v.turn((False, True, False)):
        rope = [(16, 7), (20, 10), (19, 15), (13.4, 18), (12.6, 22), (18.4, 24.4), (20, 28)]
        e.edged(e.stroke(rope, 1.6))
        e.lay(e.stroke(rope, 1.7), "rope", MID)
        e.lay(e.stroke(rope, 1.7) & ((e.column + e.row) % 3 < 1), "rope", LOW)


@rig("compass", "case face", "needle face lid=case", "", "metal wood",
     case=(GOLD, BRONZE, SILVER, WOOD[0], COPPER), face=(WHITE, ("8c7c60", "ecdfc0", "fffaec")),
     needle=(PAINTS[0], PAINTS[1]))  # fmt: skip
def compass(e: Easel, v: Variety, look: SceneryLook) -> None:
    """A compass with its needle."""
    e.lay(e.oval(16, 3, 2.8) & ~e.oval(16, 3, 1.3), "case", MID)
    bar(e, (14.6, 4, 17.4, 6.4), "case", LIGHT)
    flat_disc(e, (16, 18), 12.8, "case", 0.8)
    r = v.turn((10.2, 9.6, 10.6))
    e.lay(e.oval(16, 18, r + 0.7), "case", DARK)
    e.lay(e.oval(16, 18, r), "face", LIGHT)
    e.lay(e.oval(16, 18, r) & (e.x + e.y > 42), "face", MID)
    for dx, dy in ((0, -1), (0, 1), (-1, 0), (1, 0)):
        x, y = 16 + dx * (r - 1.4), 18 + dy * (r - 1.4)
        bar(e, (x - 0.5, y - 0.5, x + 0.5, y + 0.5), "ink", MID)
    t = math.radians(v.turn((35, -40, 20, 60, 145)))
    s, c = math.sin(t), math.cos(t)
    for sign, color in ((1, "needle"), (-1, "far")):
        end = (16 + sign * (r - 2) * s, 18 - sign * (r - 2) * c)
        side = e.polygon([end, (16 + 2.3 * c, 18 + 2.3 * s), (16 - 2.3 * c, 18 - 2.3 * s)])
        e.lay(side, color, MID)
        half = e.polygon([end, (16 - 2.3 * c, 18 - 2.3 * s), (16, 18)])
        e.lay(half, color, LIGHT)
    e.lay(e.oval(16, 18, 1.2), "brass", MID)


@rig(
    "kite",
    "cloth second",
    "tail bow=tail string",
    "",
    "",
    cloth=(PAINTS[0], PAINTS[1], PAINTS[2], PAINTS[3], PAINTS[6]),
    second=(PAINTS[2], PAINTS[4], PAINTS[0], WHITE, PAINTS[7]),
    tail=(PAINTS[0], PAINTS[1], _PINK),
)
def kite(e: Easel, v: Variety, look: SceneryLook) -> None:
    """A kite of four fields with a tail of bows."""
    tilt(e, v.turn((30, 36, 24)))
    wide = v.turn((10.4, 9.6, 11.4))
    path = [(16, 21), (16.6, 25), (14.4, 29), (16.4, 34)]
    e.lay(e.stroke(path, 0.9), "string", MID)
    for x, y in path[2:]:
        for d in (-1, 1):
            e.lay(e.polygon([(x, y), (x + d * 2.8, y - 1.8), (x + d * 2.8, y + 1.8)]), "tail",
                  LIGHT if d < 0 else MID)  # fmt: skip
    corners = [(16, -6), (16 + wide, 4.4), (16, 22.4), (16 - wide, 4.4)]
    body = e.polygon(corners)
    form = v.turn(("four", "half", "four", "cross"))
    right, low = e.x > 16, e.y > 4.4
    e.lay(body, "cloth", np.where(right, MID, LIGHT))
    if form == "four":
        e.lay(body & (right ^ low), "second", np.where(right, MID, LIGHT))
    elif form == "half":
        e.lay(body & low, "second", np.where(right, MID, LIGHT))
    else:
        e.lay(body & ((np.abs(e.x - 16) < 1.6) | (np.abs(e.y - 4.4) < 1.6)), "second", MID)
    e.shaded(body & (np.abs(e.x - 16) < 0.5))
    e.shaded(body & (np.abs(e.y - 4.4) < 0.5))


@rig("gift", "paper ribbon", "ribbon bow=ribbon paper dot=dots", "", "",
     paper=(PAINTS[0], PAINTS[1], PAINTS[3], PAINTS[6], _PINK, PAINTS[2], WHITE),
     ribbon=(GOLD, WHITE, PAINTS[0], PAINTS[2], PAINTS[7]))  # fmt: skip
def gift(e: Easel, v: Variety, look: SceneryLook) -> None:
    """A present in paper with a bow."""
    half, top = v.turn((12.4, 11.4, 13.4)), v.turn((11.0, 9.6, 12.0))
    box_ = plate(e, e.box(16 - half, top + 3, 16 + half, 30.4), "paper", 0.0, 2.0)
    e.lay(e.box(16 - half, top + 3, 16 - half + 1.4, 30.4), "paper", LIGHT)
    pattern = v.turn(("plain", "dots", "plain", "stripes", "dots"))
    if pattern == "dots" or mentioned(look, "dots"):
        for n, y in enumerate((top + 7.5, top + 11.5, top + 15.5)):
            for x in range(5, 29, 6):
                px = x + (3 if n % 2 else 0) + 0.5
                e.lay(e.oval(px, y, 0.9) & box_, "dots", LIGHT)
    elif pattern == "stripes":
        e.shaded(box_ & (((e.x + e.y) / 2.4) % 2 < 1), -1)
    lid = plate(e, plaque(e, 16 - half - 1, top, 16 + half + 1, top + 5, 0.8), "paper", 1.0, 1.0)
    e.edged(lid & (e.y > top + 4))
    mid = 16 + v.turn((0.0, -4.0, 0.0))
    band = e.box(mid - 2, top, mid + 2, 30.4)
    e.lay(band, "ribbon", np.where(e.x < mid - 0.9, LIGHT, np.where(e.x < mid + 1, MID, LOW)))
    if v.turn((True, False)):
        e.lay(e.box(16 - half, 19, 16 + half, 22), "ribbon", MID)
        e.lay(e.box(16 - half, 19, 16 + half, 20), "ribbon", LIGHT)
    e.lay(band & (e.y > top + 4.6) & (e.y < top + 5.6), "ribbon", DARK)
    for sign in (-1, 1):
        loop = curved(e, [(mid, top - 0.4), (mid + sign * 4, top - 7.6), (mid + sign * 8, top - 7),
                          (mid + sign * 8.4, top - 3), (mid + sign * 4.6, top + 0.4)])  # fmt: skip
        swell(e, loop, "ribbon", 0.1)
        e.lay(e.oval(mid + sign * 5.2, top - 3.8, 1.3, 1.0), "ribbon", DARK)
    swell(e, e.oval(mid, top - 1.4, 2.4, 2.2), "ribbon", 0.24)


@rig(
    "puzzle",
    "face",
    "",
    "",
    "wood metal jewel",
    face=(PAINTS[1], PAINTS[0], PAINTS[3], PAINTS[2], PAINTS[6], PAINTS[4], PAINTS[7]),
)
def puzzle(e: Easel, v: Variety, look: SceneryLook) -> None:
    """A piece of a puzzle, its knobs and hollows in turn."""
    body = plaque(e, 6, 6, 26, 26, 1.0)
    sides = v.turn(((1, -1, 1, -1), (1, 1, -1, -1), (-1, 1, 1, -1), (1, -1, -1, 1), (1, 1, 1, -1)))
    r = v.turn((3.3, 3.6, 3.0))
    for sign, (dx, dy) in zip(sides, ((0, -1), (1, 0), (0, 1), (-1, 0)), strict=True):
        far = 10 + (r - 0.6 if sign > 0 else 1.4 - r)
        x, y = 16 + dx * far, 16 + dy * far
        knob = e.oval(x, y, r) | (
            e.oval(16 + dx * 10, 16 + dy * 10, 2.0) if sign > 0 else np.zeros_like(body)
        )
        body = body | knob if sign > 0 else body & ~e.oval(x, y, r)
    swell(e, body, "face", 0.06, 2.2)


@rig("die", "face pip", "dot=pip dots=pip pip number=pip", "two", "wood metal jewel stone glass",
     face=(WHITE, PAINTS[0], ("8c7c60", "ecdfc0", "fffaec"), PAINTS[1], BLACK, PAINTS[3]),
     pip=(BLACK,))  # fmt: skip
def die(e: Easel, v: Variety, look: SceneryLook) -> None:
    """A die with three faces in view; two where that is said."""
    face = look.colors.get("face")
    dark = face in _DARK if face else v.turn((False, True, False, True, True, True))
    pip = "shine" if dark and "pip" not in look.colors else "pip"
    if "two" in look.more:
        _cube(e, v, (10.4, 11.0), 0.66, pip)
        _cube(e, v, (21.4, 20.4), 0.66, pip)
        return
    _cube(e, v, (16, 16), 1.0, pip)


_DARK = ("red", "blue", "black", "purple", "green", "brown")
_PIPS = {
    1: ((0.5, 0.5),), 2: ((0.25, 0.25), (0.75, 0.75)),
    3: ((0.24, 0.24), (0.5, 0.5), (0.76, 0.76)),
    4: ((0.26, 0.26), (0.74, 0.26), (0.26, 0.74), (0.74, 0.74)),
    5: ((0.24, 0.24), (0.76, 0.24), (0.5, 0.5), (0.24, 0.76), (0.76, 0.76)),
    6: ((0.26, 0.2), (0.26, 0.5), (0.26, 0.8), (0.74, 0.2), (0.74, 0.5), (0.74, 0.8)),
}  # fmt: skip


def _cube(e: Easel, v: Variety, at: tuple[float, float], s: float, pip: str) -> None:
    """A die of three faces around its nearest corner."""
    x, y = at
    w, h = 13.4 * s, 6.8 * s
    tall = 14.4 * s
    top = ((x - w, y - h * 1.1), (w, h), (w, -h))
    left = ((x - w, y - h * 1.1), (w, h), (0.0, tall))
    right = ((x, y - h * 0.1), (w, -h), (0.0, tall))
    numbers = v.turn(((1, 2, 3), (6, 4, 5), (5, 1, 4), (3, 6, 2), (2, 3, 6)), 1, round(x))
    for (start, a, b), shade, number in zip((top, left, right), (LIGHT, MID, LOW), numbers,
                                            strict=True):  # fmt: skip
        corners = [start, (start[0] + a[0], start[1] + a[1]),
                   (start[0] + a[0] + b[0], start[1] + a[1] + b[1]),
                   (start[0] + b[0], start[1] + b[1])]  # fmt: skip
        e.lay(e.polygon(corners), "face", shade)
        for p, q in _PIPS[number]:
            px, py = start[0] + a[0] * p + b[0] * q, start[1] + a[1] * p + b[1] * q
            high = (1.0 if shade == LIGHT else 1.45) * s + 0.05
            e.lay(e.oval(px, py, 1.35 * s + 0.05, high), pip, MID)
    e.lay(e.stroke([(x - w + 1, y - h), (x, y - h * 0.1)], 0.9) & (e.codes >= 0), "face", LIGHT)


@rig("gun", "metal grip", "grip handle=grip barrel=metal", "revolver ray left right",
     "metal wood jewel",
     metal=(("2c303c", "545c6c", "98a4b4"), STEEL, IRON, ("3c3430", "685c54", "a89c90"), SILVER),
     grip=(WOOD[0], ("1a1a24", "34343f", "6a6a7c"), WOOD[2]))  # fmt: skip
def handgun(e: Easel, v: Variety, look: SceneryLook) -> None:
    """A pistol, a revolver, or one that shoots rays."""
    form = said_form(look, ("revolver", "ray")) or v.turn(("pistol", "revolver", "pistol"))
    if form == "ray":
        _ray_gun(e, v)
        return
    grip = e.polygon(pts("4,13.4 12.4,13.4 9.4,27 8.4,28.4 1.6,28.4 1.4,27"))
    tube(e, grip, "grip", e.x - 7.4 + (e.y - 13) * 0.2, 4.2)
    guard = plaque(e, 10, 14, 18.6, 20.4, 2.6) & ~plaque(e, 11.6, 14, 17, 18.8, 1.4)
    e.lay(guard, "metal", MID)
    e.lay(e.stroke([(14.4, 14.4), (13.4, 17.4)], 1.2), "metal", LIGHT)
    if form == "pistol":
        slide = e.polygon(pts("3,6.4 30.4,6.4 30.8,7.4 30.8,12 3,12"))
        plate(e, slide, "metal", 1.0, 2.0)
        plate(e, e.polygon(pts("3.4,11.4 27,11.4 26,15.4 4,15.4")), "metal", 0.0, 1.0)
        for n in range(v.turn((3, 4))):
            e.shaded(e.box(4.6 + 2 * n, 7.6, 5.6 + 2 * n, 11.4), -1)
        bar(e, (27.6, 5, 29.4, 6.4), "metal", LOW)
        bar(e, (17, 7.6, 21.4, 9), "metal", DARK)
    else:
        long = v.turn((30.8, 28.6))
        tube(e, e.box(16, 7, long, 11), "metal", e.y - 9, 2.2)
        bar(e, (long - 2.4, 5.6, long - 1, 7), "metal", LOW)
        plate(e, e.polygon(pts("4.4,8.4 18,6.4 18,15 5,14.6")), "metal", 1.0, 1.0)
        drum = plaque(e, 9.4, 5.6, 17.4, 14.6, 1.6)
        e.edged(drum)
        tube(e, drum, "metal", e.y - 10, 4.6)
        for y in (8.4, 11.4):
            bar(e, (11, y, 15.4, y + 1), "metal", DARK)
        e.lay(e.polygon(pts("3.4,4.4 5.4,4.4 6.4,9 4,9")), "metal", LIGHT)
    e.lay(e.oval(6.4, 20, 1.0), "brass", MID)


def _ray_gun(e: Easel, v: Variety) -> None:
    grip = e.polygon(pts("5,15 11.4,15 9.4,28 3,28"))
    tube(e, grip, "grip", e.x - 7.6 + (e.y - 13) * 0.16, 3.4)
    body = curved(e, pts("2.6,12 5,7.4 11,6 17,8 20,10.4 20,13.4 16,16.4 8,17 4,15.4"))
    swell(e, body, "metal", 0.12)
    tube(e, e.box(19, 10.4, 27, 13.4), "metal", e.y - 11.9, 1.7)
    for x, r in ((20.4, 4.2), (23.4, 3.4), (26.2, 2.6)):
        plate(e, e.oval(x, 11.9, 1.0, r), "grip", 1.0, 0.0)
    swell(e, e.oval(28.9, 11.9, 2.0), v.turn(("green", "tail", "lens")), 0.2)
    e.lay(e.oval(10.6, 11.4, 2.6), "metal", DARK)
    e.lay(e.oval(10.6, 11.4, 1.8), v.turn(("green", "tail", "lens")), MID)
    e.lay(e.stroke([(13, 16.4), (12.4, 20), (10, 20.4)], 1.2), "metal", LOW)


@rig(
    "bullet",
    "tip casing",
    "tip case=casing",
    "",
    "metal wood",
    tip=(COPPER, BRONZE, SILVER, STEEL, GOLD),
    casing=(GOLD, ("8c5c10", "d8a838", "f8dc88"), BRONZE),
)
def bullet(e: Easel, v: Variety, look: SceneryLook) -> None:
    """A cartridge, upright or aslant."""
    tilt(e, v.turn((0, 45, 0, -45)))
    half = v.turn((5.6, 5.0, 6.2))
    neck = v.turn((12.6, 11.4, 14.0))
    tip = curved(e, both_sides([(16, 1), (16 - half * 0.6, 4), (16 - half, neck - 2),
                                (16 - half, neck + 1), (16, neck + 2)]))  # fmt: skip
    tube(e, tip, "tip", e.x - 16, half)
    tube(e, e.box(16 - half, neck, 16 + half, 27), "casing", e.x - 16, half)
    e.lay(e.box(16 - half, neck, 16 + half, neck + 1), "casing", DARK)
    tube(e, e.box(16 - half + 1, 26, 16 + half - 1, 28), "casing", e.x - 17, half + 2)
    tube(e, e.box(16 - half - 0.4, 28, 16 + half + 0.4, 30.8), "casing", e.x - 16, half)


@rig("boomerang", "wood band", "stripe=band band tip=band", "", "wood metal jewel",
     wood=(*WOOD, PAINTS[0], PAINTS[1]), band=(PAINTS[0], WHITE, PAINTS[2], BLACK))  # fmt: skip
def boomerang(e: Easel, v: Variety, look: SceneryLook) -> None:
    """A boomerang with painted bands."""
    tilt(e, v.turn((0, -45, 45, 90)))
    s = v.turn((0.0, 0.6, -0.6))
    half = [(16, 3.4), (11.6, 6.4), (6, 15), (2 - s, 24), (3.4 - s, 26.8), (7 - s, 25.6), (12, 18),
            (16, 13.4)]  # fmt: skip
    body = curved(e, both_sides(half))
    swell(e, body, "wood", 0.12)
    light = e.codes % 8
    far = np.abs(e.x - 16)
    bands = v.turn((((7.4, 9.2),), ((6, 7.4), (9, 10.4)), ((5.4, 8.6),)))
    for a, b in bands:
        e.lay(body & (far > a) & (far < b), "band", light)
    e.lay(body & (np.abs(e.x - 16) < 1.2) & (e.y < 14), "band", light)
