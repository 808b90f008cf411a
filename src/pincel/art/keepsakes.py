"""Bones, horns, claws, feathers, wings and thorns, drawn by rules."""

from __future__ import annotations

import numpy as np

from pincel.art.bench import DARK, LIGHT, LINE, LOW, MID, Bench, ItemLook, Variety, form_of
from pincel.art.household import puffed, ware
from pincel.art.item_matter import GOLD
from pincel.art.molded import curved, pts

_BONE = (
    ("9a8a66", "dccfa8", "fbf6e2"),
    ("a8a294", "dedacc", "ffffff"),
    ("8a7c60", "c8ba98", "f0e6cc"),
)
_HORN = (
    ("5a4630", "a08a64", "e4d4b0"),
    ("4a3c34", "7a6a5c", "b8a898"),
    ("9a8a66", "dccfa8", "fbf6e2"),
)


@ware("bone", "bone", "", "plain crossed", "stone metal wood jewel", made="bone", of_bone=_BONE)
def _bone(e: Bench, v: Variety, look: ItemLook) -> None:
    thick, knob = v.turn((2.5, 2.1, 2.9), 1), v.turn((3.5, 3.1), 1)
    ways = (-1, 1) if look.form == "crossed" else (v.turn((1, 1, -1), 1),)
    for way in ways:
        a, b = (16 - way * 8.4, 24.6), (16 + way * 8.4, 7.4)
        mask = e.stroke([a, b], thick * 2)
        for (x, y), out in ((a, -1), (b, 1)):
            for dx, dy in ((2.9, 0.0), (0.0, -2.9)):
                mask |= e.oval(x + way * out * dx, y + out * dy, knob)
        puffed(e, mask, "bone", 0.1)
        if v.turn((False, True, False), 1):
            e.shaded(e.stroke([(16 - way * 3, 18), (16, 15.4)], 0.9) & mask, -1)


@ware(
    "horn",
    "horn",
    "tip base=cap rim=cap",
    "curved straight",
    "stone metal jewel",
    made="horn",
    of_horn=_HORN,
    of_cap=(GOLD,),
    same={"tip": "horn"},
)
def _horn(e: Bench, v: Variety, look: ItemLook) -> None:
    sets = (
        [(8.6, 25.0), (14.6, 23.6), (20.6, 19.4), (24.8, 12.6), (26.4, 3.2)],
        [(9.0, 24.4), (16, 23.8), (23, 20.0), (26.6, 14), (25.0, 8.0), (21.4, 6.4)],
        [(9.0, 23.4), (14, 18), (19, 13.4), (28, 4)],
        [(10, 24.6), (13.6, 19.6), (14.6, 13), (18.6, 8.4), (27.4, 5.0)],
    )
    line = {"straight": sets[2], "curved": sets[0]}.get(look.form) or v.turn(sets, 1)
    if (v.seed // 2) % 2:
        line = [(32 - a, b) for a, b in line]
    width = v.turn((10.0, 9.0, 11.0), 1)
    mask = e.stroke(line, width, 0.8)
    puffed(e, mask, "horn", 0.08)
    far, gone = e.along(line)
    ring = (gone % v.turn((4.0, 3.4), 1)) < 1.0 / e.k
    e.shaded(mask & ring & (gone > 2) & (gone < 24), -1)
    if "tip" in look.more:
        e.lay(mask & (gone > gone[mask].max() * 0.72), "tip", np.where(far < 0, LIGHT, MID))
    if bool({"base", "rim"} & look.more) or v.turn((False, True, False), 1):
        cap = mask & (gone < 3.2)
        e.edged(cap & mask, DARK)
        puffed(e, cap, "cap", 0.16)


@ware(
    "claw",
    "skin claw",
    "base=skin",
    "",
    "metal stone",
    made="claw",
    of_claw=(
        ("2a2428", "54484c", "a89a98"),
        ("9a8a66", "dccfa8", "fbf6e2"),
        ("4a3c34", "7a6a5c", "b8a898"),
    ),
    of_skin=("brown", "green", "red", ("3a3434", "5e5654", "8a807c")),
)
def _claw(e: Bench, v: Variety, look: ItemLook) -> None:
    way, fat = v.turn((1, -1), 1), v.turn((1.0, 0.9, 1.08), 1)
    if v.turn((False, False, True), 1) and not ({"base"} & look.more or "skin" in look.colors):
        _talon(e, v, way, fat)
        return
    ends = v.turn(((5.4, 16.4, 26.6), (6.4, 16.0, 25.6)), 1)
    for x, low in ((ends[0], 21.0), (ends[2], 21.0), (ends[1], 23.0)):
        x = 16 + way * (x - 16)
        out = np.sign(x - 16) if abs(x - 16) > 2 else 0.4 * way
        nail = e.polygon(
            [
                (x - 2.6, low - 1),
                (x + 2.6, low - 1),
                (x + out * 1.4, low + 4.6),
                (x + out * 0.2, 30),
            ]
        )
        e.edged(nail, LINE)
        e.lay(nail, "claw", np.where(e.x < x, LIGHT, np.where(e.x < x + 1.3, MID, LOW)))
        toe = e.stroke(
            [(16, 13.6), ((x + 16) / 2 + out * 1.6, 15.6), (x, low)], 6.0 * fat, 5.0 * fat
        )
        puffed(e, toe, "skin", 0.08)
        for share in (0.45, 0.72):
            y = 15 + (low - 15) * share
            knuckle = e.stroke([(x * share + 16 * (1 - share) - 2.4, y), (x, y + 1.2)], 1.0)
            e.shaded(knuckle & toe, -1)
    leg = e.stroke([(16 + way * 2.4, 3.4), (16, 13.6)], 7.0 * fat, 8.4 * fat) & (e.y > 2.0)
    puffed(e, leg, "skin", 0.06)
    for y in (5.4, 8.6, 11.8):
        e.shaded(leg & (np.abs(e.y - y - 0.1 * np.abs(e.x - 16)) < 0.5), -1)


def _talon(e: Bench, v: Variety, way: int, fat: float) -> None:
    """One long nail."""
    bend = v.turn((0.0, 2.4, -1.6, 1.2), 1)
    text = f"11,{4 + fat} 4,2.4 -4,3.6 -10,9 -12.4,17 {bend - 11},29.6 -6.4,20 -3,15.6 3,13 11,14.6"
    nail = curved(e, pts(text, (16, way))) & (e.y < 30.4)
    puffed(e, nail, "claw", 0.1)
    cut = nail & (np.hypot((e.x - 16) * way - 13.4, e.y - 9) < 5.6)
    e.edged(cut & nail, DARK)
    e.lay(cut, "skin", np.where(e.y < 8, LIGHT, MID))


@ware(
    "feather",
    "feather",
    "tip hilt=quill",
    "long",
    "metal jewel",
    long=True,
    made="feather",
    of_feather=("white", "red", "blue", "green", "brown", ("2c2c38", "50505e", "8c8c9c"), "cyan"),
    of_quill=(("a89878", "e4d8bc", "fbf6e8"),),
)
def _feather(e: Bench, v: Variety, look: ItemLook) -> None:
    t = e.tilted()
    wide, bend = v.turn((5.6, 4.8, 6.4), 1), v.turn((1.6, 0.6, 2.4), 1)
    t.x = t.x - bend * np.sin(np.clip((t.y - 2) / 38, 0, 1) * np.pi)
    if v.seed % 2:
        t.x = -t.x
    share = np.clip((t.y - 2.4) / 28.6, 0, 1)
    half = wide * np.sin(np.clip(share * 0.92 + 0.04, 0, 1) ** 0.72 * np.pi) ** 0.7
    vane = (t.y > 2.4) & (t.y < 31) & (np.abs(t.x) < half)
    slit = ((t.y + np.abs(t.x) * 1.1) % 9.0 < 1.2) & (np.abs(t.x) > half * 0.5) & (t.y > 9)
    vane &= ~(slit & (np.abs(t.x) > half * v.turn((0.62, 0.8), 1)))
    e.lay(
        vane,
        "feather",
        np.where(t.x < 0, LIGHT if v.seed % 2 == 0 else MID, MID if v.seed % 2 == 0 else LIGHT),
    )
    barb = ((t.y + np.abs(t.x) * 1.1) % 3.0 < 0.9) & (np.abs(t.x) > 0.9)
    e.shaded(vane & barb, -1)
    e.shaded(vane & (np.abs(t.x) > half - 1.0) & (t.x * (1 if v.seed % 2 == 0 else -1) > 0), -1)
    if "tip" in look.more or v.turn((False, False, True), 1):
        e.lay(vane & (t.y < 11 + np.abs(t.x)), "tip", np.where(t.x < 0, LIGHT, MID))
    shaft = (np.abs(t.x) < 0.75) & (t.y > 6) & (t.y < 41.4)
    e.edged(shaft & ~vane & (e.codes < 0), DARK)
    e.lay(shaft, "quill", np.where(t.y < 30, LIGHT, MID))


@ware(
    "wing",
    "feather",
    "tip edge=edge",
    "bird pair",
    "metal jewel",
    made="feather",
    of_feather=("white", "brown", "blue", "red", ("2c2c38", "50505e", "8c8c9c"), "cyan"),
    same={"edge": "feather"},
)
def _wing(e: Bench, v: Variety, look: ItemLook) -> None:
    form = form_of(v, look, ("bird",))
    if form == "pair":
        for way in (-1, 1):
            _plumes(e, v, look, (16 + way * 2.0, way * 0.5))
        return
    _plumes(e, v, look, (2.6 if v.seed % 2 == 0 else 29.4, 1.0 if v.seed % 2 == 0 else -1.0))


def _plumes(e: Bench, v: Variety, look: ItemLook, place: tuple[float, float]) -> None:
    """A wing from its root: long feathers in a fan, short ones over them, an arm."""
    root, wide = place

    def at(x: float, y: float) -> tuple[float, float]:
        return (root + wide * x, y)

    number = v.turn((7, 8, 6), 1)
    thick = 5.0 * (0.62 + 0.38 * abs(wide))
    tipped = "tip" in look.more or v.turn((False, False, True), 1)
    for reach, lights in ((1.0, (MID, LOW)), (0.56, (LIGHT, MID))):
        for n in reversed(range(number)):
            s = n / (number - 1)
            a = np.radians(-20 + 118 * s)
            long = (18.6 - 5.6 * s) * reach
            x, y = 6.8 - 3.6 * s, 10.0 + 6.0 * s
            start, end = at(x, y), at(x + long * np.cos(a), y + long * np.sin(a))
            plume = e.stroke([start, end], thick * (1.0 if reach == 1 else 0.9))
            e.edged(plume, LINE if reach == 1 else DARK)
            e.lay(plume, "feather", lights[n % 2])
            if tipped and reach == 1:
                e.lay(e.oval(end[0], end[1], thick * 0.54) & plume, "tip", MID)
    arm = e.stroke([at(2.6, 24), at(3.2, 16), at(6.4, 9.6)], 4.6 * (0.7 + 0.3 * abs(wide)), 5.6)
    puffed(e, arm, "edge", 0.2)


@ware(
    "bat wing",
    "skin",
    "bone edge=bone",
    "pair",
    "",
    same={"bone": "skin"},
    of_skin=("purple", ("3a2a3a", "5e4660", "8a6c8c"), "red", "green", "black", "brown"),
)
def _bat_wing(e: Bench, v: Variety, look: ItemLook) -> None:
    if look.form == "pair":
        for way in (-1, 1):
            _leather_wing(e, v, (16 + way * 0.6, way * 0.5))
        return
    _leather_wing(e, v, (1.6, 1.0) if v.seed % 2 == 0 else (30.4, -1.0))


def _leather_wing(e: Bench, v: Variety, place: tuple[float, float]) -> None:
    """A wing from its root: skin between four fingers."""
    root, wide = place

    def at(x: float, y: float) -> tuple[float, float]:
        return (root + wide * (x - 1.6), y)

    elbow, wrist, foot = at(6, 8), at(13, v.turn((3.4, 4.4), 1)), at(2.6, 20)
    tips = [at(30.4, v.turn((10, 8, 12), 1)), at(28, 20.6), at(19.6, 27.4), at(9.4, 29)]
    if abs(wide) < 1:
        tips = [tips[0], at(25.6, 25.6), at(9.4, 26.4)]
    ends = list(zip(tips, [*tips[1:], foot], strict=True))
    for n, (a, b) in enumerate(ends):
        mid = ((a[0] + b[0]) * 0.39 + wrist[0] * 0.22, (a[1] + b[1]) * 0.39 + wrist[1] * 0.22)
        e.lay(e.polygon([wrist, a, mid]), "skin", MID if n % 2 == 0 else LOW)
        e.lay(e.polygon([wrist, mid, b]), "skin", LOW if n % 2 == 0 else DARK)
    e.lay(e.polygon([wrist, foot, elbow]), "skin", LOW)
    for tip in tips:
        e.lay(e.stroke([wrist, tip], 1.9, 1.0), "bone", LIGHT)
    arm = e.stroke([foot, elbow, wrist], 3.2 * (0.6 + 0.4 * abs(wide)))
    e.edged(arm, LINE)
    e.lay(arm, "bone", np.where(e.x + e.y < 24, LIGHT, MID))
    e.lay(e.stroke([wrist, at(13.8, 1.8)], 1.3), "bone", LIGHT)


@ware(
    "thorn",
    "stem",
    "thorn leaf",
    "",
    "wood metal",
    of_stem=("green", ("3a2a1c", "6a4e34", "9c7c58"), ("4a2c3a", "7a4c5e", "a87c8c")),
    of_thorn=(("8a5a3a", "d0a070", "f8e0b8"), ("5c2020", "94403a", "d88a78")),
    of_leaf=("green",),
)
def _thorn(e: Bench, v: Variety, look: ItemLook) -> None:
    way = v.turn((1, -1), 1)
    amp = v.turn((3.4, 4.4, 2.6), 1)
    ys = np.linspace(29.4, 2.6, 18)
    line = [
        (16 + way * (amp * np.sin((29.4 - y) / 26.8 * np.pi * 1.6) + (16 - y) * 0.42), y)
        for y in ys
    ]
    number = v.turn((5, 6, 4), 1)
    for n in range(number):
        x, y = line[2 + n * 14 // number]
        out = 1 if n % 2 else -1
        tooth = e.polygon([(x - 0.6, y - 3.0), (x + out * 9.0, y - 4.6), (x + 0.6, y + 3.0)])
        e.edged(tooth, LINE)
        e.lay(tooth, "thorn", np.where(e.y < y - 1.4 - 0.2 * np.abs(e.x - x), LIGHT, MID))
    if "leaf" in look.more or v.turn((False, True, False), 1):
        for n in (5, 11):
            x, y = line[n]
            out = -1 if n == 5 else 1
            puffed(e, e.oval(x + out * 4.6, y + 1.6, 3.6, 2.1), "leaf", 0.1)
    puffed(e, e.stroke(line, 6.6, 2.6), "stem", 0.08)
