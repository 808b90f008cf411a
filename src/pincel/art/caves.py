"""Pits, trapdoors and caves, drawn by rules."""

from __future__ import annotations

import numpy as np

from pincel.art.bench import DARK, LIGHT, LINE, LOW, MID, Bench, ItemLook, Variety
from pincel.art.dungeons import arch
from pincel.art.household import grained, planks, post, puffed, slab, ware
from pincel.art.item_matter import IRON, STONE, WOOD
from pincel.art.molded import curved, pts

_EARTH = (
    ("3e2a1c", "6a4a30", "906a48"),
    ("4a3c2c", "7a6448", "a88e68"),
    ("3c3c44", "64646e", "8c8c98"),
)


@ware("pit", "earth", "spike=metal rim=earth", "spiked", "stone", of_earth=_EARTH)
def _pit(e: Bench, v: Variety, look: ItemLook) -> None:
    a = np.arctan2(e.y - 16, e.x - 16)
    bump = 0.05 * np.sin(a * v.turn((5, 6, 7), 1) + v.seed) + 0.03 * np.sin(a * 11 + 1)
    far = np.hypot((e.x - 16) / 14.4, (e.y - 16) / v.turn((11.4, 12.4), 1)) + bump
    rim, hole = far < 1, far < 0.74
    puffed(e, rim, "earth", 0.12, 2.4)
    e.edged(hole, LINE)
    e.lay(hole, "dark", DARK)
    wall = hole & ~np.roll(hole, round(5.4 * e.k), 0)
    e.lay(wall, "earth", DARK)
    e.lay(hole & ~np.roll(hole, round(2.6 * e.k), 0), "earth", LOW)
    if "spike" in look.more or look.form == "spiked":
        for x, y in ((10.4, 17.4), (16, 15.6), (21.6, 17.4), (13.2, 21.4), (18.8, 21.4)):
            spike = e.polygon([(x, y - 5.4), (x + 1.9, y + 1.6), (x - 1.9, y + 1.6)])
            e.lay(spike & hole, "metal", np.where(e.x < x, LIGHT, LOW))


@ware(
    "trapdoor",
    "wood",
    "rim=frame handle metal",
    "open closed",
    "wood metal stone",
    ages=True,
    of_frame=(*STONE, WOOD[2]),
    of_metal=(IRON,),
)
def _trapdoor(e: Bench, v: Variety, look: ItemLook) -> None:
    if look.form == "open":
        hatch = slab(e, e.polygon([(5, 1.6), (27, 1.6), (28.6, 14), (3.4, 14)]), "wood", MID)
        planks(e, hatch, "wood", e.x - 4, v.turn((4.6, 5.6), 1))
        slab(e, e.box(2.0, 13.6, 30.0, 30.4), "frame", MID)
        hole = e.box(5.0, 16.4, 27.0, 27.6)
        e.edged(hole, LINE)
        e.lay(hole, "dark", DARK)
        for y in (18.0, 21.6, 25.2):
            e.lay(e.box(11, y, 21, y + 1.2), "wood", LOW)
        for x in (11.0, 19.8):
            e.lay(e.box(x, 16.4, x + 1.4, 27.6), "wood", LOW)
        return
    slab(e, e.box(1.8, 2.6, 30.2, 29.8), "frame", MID)
    leaf = e.box(4.6, 5.4, 27.4, 27.0)
    e.edged(leaf, LINE)
    e.lay(leaf, "wood", MID)
    along = v.turn((True, False), 1)
    planks(e, leaf, "wood", (e.x - 4.6) if along else (e.y - 5.4), v.turn((4.6, 5.7), 1))
    grained(e, leaf, v, 1 if along else 4, 4 if along else 1)
    for y in (9.0, 21.4):
        slab(e, e.box(4.6, y, v.turn((15.0, 27.4), 1), y + 2.4), "metal", MID)
    ring = e.oval(21.4, 16.2, 3.1) & ~e.oval(21.4, 16.2, 1.5)
    e.over(ring, "handle", np.where(e.x + e.y < 37.6, LIGHT, MID))


@ware(
    "cave",
    "rock",
    "grass",
    "plain mine",
    "stone jewel",
    made="rock",
    of_rock=(STONE[0], STONE[1], ("4c3a2c", "7c624a", "aa8c6c")),
)
def _cave(e: Bench, v: Variety, look: ItemLook) -> None:
    top = v.turn((0.0, 1.6, 0.8), 1)
    hill = curved(
        e,
        pts(
            "1.6,30.4 2,22 5,14 8,7 13,3.4 20,2.4 25,7 28,14 30.4,23 30.6,30.4 16,30.6",
            (0, 1),
            (top, 1 - top / 31),
        ),
    )
    if v.seed % 2:
        hill = hill[:, ::-1]
    puffed(e, hill, "rock", 0.08, 4.6)
    for n, (x, y, r) in enumerate(
        ((7, 20, 4.4), (25, 19, 4.6), (16, 7, 5.0), (5.4, 27, 3.6), (26.6, 27, 3.6))
    ):
        if (v.seed + n) % 4:
            lump = e.oval(x, y, r, r * 0.86) & hill
            e.edged(lump & hill, DARK)
            e.lit(lump, "rock", e.ball(x, y, r, r * 0.86) + 0.1)
    wide = v.turn((7.6, 8.6, 6.8), 1)
    mouth = arch(e, wide, 12.4, 30.6)
    if look.form == "mine":
        mouth = e.box(16 - wide, 13.6, 16 + wide, 30.6)
    e.edged(mouth, LINE)
    e.lay(mouth, "dark", np.where(e.y > 27.5, LOW, DARK))
    if look.form == "mine":
        for x in (16 - wide - 1.4, 16 + wide - 1.6):
            post(e, x, 13, x + 3, 30.6, "beam")
        slab(e, e.box(16 - wide - 2.6, 10.6, 16 + wide + 2.6, 14.0), "beam", MID)
        e.lay(e.box(15.4, 14, 16.6, 16), "metal", MID)
        e.lay(e.oval(16, 18.4, 2.4, 2.8), "light", np.where(e.y < 18, LIGHT, MID))
        e.lay(e.oval(16, 18.4, 0.9, 1.4), "glint", LIGHT)
    if "grass" in look.more or v.turn((False, True, False), 1):
        turf = hill & (e.y < 8.6 + top + 1.2 * np.sin(e.x * 1.3))
        e.lay(turf & ~mouth, "grass", np.where(e.x < 15, LIGHT, MID))
