"""Altars, statues, columns, coffins, fountains and mimics, drawn by rules."""

from __future__ import annotations

import numpy as np

from pincel.art.bench import DARK, LIGHT, LINE, LOW, MID, Bench, ItemLook, Variety, form_of
from pincel.art.household import courses, grained, post, puffed, slab, ware
from pincel.art.item_matter import BRONZE, GOLD, IRON, STONE
from pincel.art.molded import both_sides, curved, pts

_PALE = (STONE[0], STONE[1], STONE[2], ("8a8a92", "c4c4cc", "f0f0f4"))


@ware(
    "altar",
    "stone cloth",
    "cloth candle=wax flame gem",
    "",
    "stone wood metal jewel",
    ages=True,
    of_stone=STONE,
    of_cloth=("red", "purple", "white", "blue"),
)
def _altar(e: Bench, v: Variety, look: ItemLook) -> None:
    slab(e, e.box(2.0, 27.4, 30.0, 30.6), "stone", LOW)
    body = slab(e, e.box(4.4, 17, 27.6, 27.6), "stone", MID)
    courses(e, body, v, 5.0, 9.0)
    top = e.polygon([(5, 10.4), (27, 10.4), (30, 15), (2, 15)])
    edge = e.box(2, 15, 30, 18)
    e.edged(top | edge, LINE)
    e.lay(top, "stone", LIGHT)
    e.lay(edge, "stone", np.where(e.x < 22, MID, LOW))
    e.lay(edge & (e.y > 17.1), "stone", DARK)
    if "cloth" in look.more or (not look.grain and v.turn((True, False, True), 1)):
        half = v.turn((5.0, 6.4), 1)
        fall = e.box(16 - half, 10.4, 16 + half, 25)
        fall &= e.y < 25 - v.turn((0.5, 0.0), 1) * np.abs(e.x - 16)
        e.edged(fall, LINE)
        e.lay(fall, "cloth", np.where(e.y < 15, LIGHT, np.where(e.x < 16 + half * 0.5, MID, LOW)))
        e.lay(fall & (np.abs(np.abs(e.x - 16) - half + 1.4) < 0.5), "trim", MID)
        mark = np.abs(e.x - 16) + np.abs(e.y - 20.4) < 2.6
        e.lay(mark, "trim", LIGHT)
    else:
        mark = e.box(15, 19.4, 17, 25.6) | e.box(12.6, 21, 19.4, 22.8)
        e.lay(mark, "stone", DARK)
    for x in (7.4, 24.6):
        e.over(e.box(x - 1.4, 6, x + 1.4, 12.4), "wax", np.where(e.x < x, LIGHT, MID))
        e.lay(e.oval(x, 4.0, 1.5, 2.2), "flame", np.where(e.y > 3.6, MID, LIGHT))
    if "gem" in look.more or v.turn((False, True, False, False), 1):
        e.rounded(e.oval(16, 8.6, 3.2), "gem", e.ball(16, 8.6, 3.2) + 0.1)


@ware(
    "statue",
    "stone",
    "base=plinth eyes sword=stone",
    "knight robed winged bust",
    "stone metal wood jewel",
    ages=True,
    same={"plinth": "stone"},
    of_stone=(_PALE[0], _PALE[1], _PALE[3]),
)
def _statue(e: Bench, v: Variety, look: ItemLook) -> None:
    form = form_of(v, look, ("knight", "robed", "winged", "bust"))
    low = 23.0 if form == "bust" else 25.4
    if form == "winged":
        _stone_wings(e)
    if form in ("robed", "winged"):
        _robed(e, low, form == "robed")
    elif form == "knight":
        _guard(e, low)
    else:
        _bust(e)
    if "eyes" in look.more:
        for x in (14.6, 17.4):
            e.lay(e.box(x - 0.5, 6, x + 0.5, 7), "eyes", LIGHT)
    slab(e, e.box(8.4, low, 23.6, low + 2.4), "plinth", MID)
    slab(e, e.box(6.0, low + 2.4, 26.0, 30.6), "plinth", LOW)


def _stone_wings(e: Bench) -> None:
    for way in (-1, 1):
        wing = curved(e, pts("3,12 8,5 13.4,3.4 13,10 11.4,15.6 8,19.4 4,19", (16, way)))
        puffed(e, wing, "stone", 0.0, 2.4)
        for n in (0.0, 3.2):
            line = np.abs(e.y - 16 - n + np.abs(e.x - 16) * 0.45) < 0.5
            e.lay(wing & line, "stone", DARK)


def _robed(e: Bench, low: float, hooded: bool) -> None:
    robe = curved(e, both_sides(pts("16,9.6 11.6,11.4 10.6,17 9.2,25.6 16,26.6")))
    puffed(e, robe & (e.y < low + 0.6), "stone", 0.04, 4.0)
    for x in (13.2, 16.4, 19.2):
        e.lay(robe & (np.abs(e.x - x) < 0.5) & (e.y > 19) & (e.y < low), "stone", DARK)
    arms = e.stroke([(11.4, 13.4), (13.6, 18), (16, 17), (18.4, 18), (20.6, 13.4)], 2.8)
    puffed(e, arms, "stone", 0.1)
    puffed(e, e.oval(16, 6.4, 3.7, 4.2), "stone", 0.1)
    if hooded:
        e.lay(e.oval(16, 7.2, 1.9, 2.6), "stone", DARK)


def _guard(e: Bench, low: float) -> None:
    """A knight who leans on a sword."""
    cape = curved(e, both_sides(pts("16,10 9.6,11 8.6,16 8.0,25.6 16,26.6")))
    puffed(e, cape & (e.y < low + 0.6), "stone", -0.2, 3.0)
    e.lay(e.box(11.6, 17, 20.4, low), "stone", np.where(e.x < 14, MID, LOW))
    chest = curved(e, both_sides(pts("16,9.4 10.4,10.4 10.8,15 12,19.4 16,20.4")))
    puffed(e, chest, "stone", 0.06, 3)
    for x, way in ((9.8, 1), (22.2, -1)):
        arm = e.stroke([(x, 12), (x + way * 0.8, 16.2), (16 - way * 1.4, 16.8)], 3.0)
        puffed(e, arm, "stone", 0.1)
    post(e, 14.8, 17.4, 17.2, low, "stone")
    slab(e, e.box(12.0, 16.6, 20.0, 18.6), "stone", MID)
    puffed(e, e.oval(16, 5.8, 3.9, 4.2), "stone", 0.1)
    e.lay(e.box(13.4, 5.6, 18.6, 6.8), "stone", LINE)


def _bust(e: Bench) -> None:
    puffed(e, curved(e, both_sides(pts("16,12 9,15 5.6,19 6.4,23 16,24.4"))), "stone", 0.04, 4)
    puffed(e, e.box(13.2, 10, 18.8, 16), "stone", 0.0)
    puffed(e, e.oval(16, 7.8, 5.0, 6.0), "stone", 0.1)
    for x in (13.6, 18.4):
        e.lay(e.box(x - 0.9, 7.2, x + 0.9, 8.4), "stone", DARK)
    e.lay(e.box(15.4, 8.4, 16.6, 10.6) | e.box(14.4, 11.6, 17.6, 12.6), "stone", LOW)
    hair = e.oval(16, 6.2, 5.2, 4.8) & (e.y < 5.6)
    e.lay(hair, "stone", np.where((e.x + e.y) % 3 < 1, LOW, MID))


@ware(
    "column",
    "stone",
    "base=plinth vine",
    "plain broken obelisk",
    "stone wood metal jewel",
    ages=True,
    same={"plinth": "stone"},
    of_stone=_PALE,
)
def _column(e: Bench, v: Variety, look: ItemLook) -> None:
    if look.form == "obelisk":
        _obelisk(e, v)
        return
    half = v.turn((5.6, 6.4, 5.0), 1)
    shaft = e.box(16 - half, 5, 16 + half, 27) & (np.abs(e.x - 16) < half - 0.7 + 0.7 * (e.y / 27))
    broken = look.form == "broken"
    if broken:
        cut = (
            9.0
            + 2.4 * np.abs(((e.x + v.seed) / 3.0) % 2 - 1)
            + 0.5 * (e.x - 16) * v.turn((1, -1), 1)
        )
        shaft &= e.y > cut
    u = (e.x - 16) / half
    e.lit(shaft, "stone", 0.72 - 0.42 * u - 0.3 * u * u)
    flutes = v.turn((4, 5, 0), 1)
    if flutes:
        place = (np.arcsin(np.clip(u, -1, 1)) / np.pi + 0.5) * flutes
        e.shaded(shaft & (np.abs(place % 1 - 0.5) < 0.14), -1)
    else:
        for y in (11.4, 18.6):
            e.shaded(shaft & (np.abs(e.y - y) < 0.5), -2)
    if broken:
        e.lay(shaft & ~np.roll(shaft, 1, 0), "stone", LIGHT)
    else:
        slab(e, e.box(16 - half - 1.6, 5.4, 16 + half + 1.6, 8), "stone", MID)
        slab(e, e.box(16 - half - 4, 1.8, 16 + half + 4, 5.6), "stone", MID)
        if v.turn((False, True), 1):
            for x in (16 - half - 2.6, 16 + half + 2.6):
                puffed(e, e.oval(x, 6.6, 2.7), "stone", 0.12)
                e.lay(e.oval(x, 6.8, 0.8), "stone", DARK)
    slab(e, e.box(16 - half - 1.6, 24.6, 16 + half + 1.6, 27.4), "plinth", MID)
    slab(e, e.box(16 - half - 4, 27.2, 16 + half + 4, 30.6), "plinth", MID)
    if "vine" in look.more:
        line = [(16 + half * 0.9 * np.sin(t / 3.1 + 2), 27 - t) for t in np.arange(0, 15, 0.8)]
        e.lay(e.stroke(line, 1.0), "vine", MID)
        for x, y in line[2::4]:
            e.lay(e.oval(x + 0.8, y - 0.4, 1.5, 1.1), "vine", LIGHT)


def _obelisk(e: Bench, v: Variety) -> None:
    half = v.turn((6.6, 5.6), 1)
    left = e.polygon(
        [(16, 1.6), (16 - half * 0.62, 7), (16 - half, 27.4), (16 + 1, 27.4), (16.6, 7)]
    )
    right = e.polygon([(16, 1.6), (16 + half * 0.62, 7), (16 + half, 27.4), (17, 27.4), (16.6, 7)])
    e.lay(left | right, "stone", MID)
    e.lay(left & (e.y < 7), "stone", LIGHT)
    e.lay(right & ~left, "stone", LOW)
    for n in range(5):
        y = 9.6 + n * 3.4
        e.lay(e.box(12.6 - n % 2, y, 14.6, y + 1.2) & left, "stone", DARK)
    slab(e, e.box(16 - half - 3, 27, 16 + half + 3, 30.6), "plinth", MID)


@ware(
    "coffin",
    "wood",
    "cross=mark lid=wood handle lining=lining",
    "closed open",
    "wood stone metal",
    ages=True,
    of_mark=(GOLD, "silver"),
    of_lining=("red", "purple"),
    of_handle=(GOLD, IRON),
)
def _coffin(e: Bench, v: Variety, look: ItemLook) -> None:
    form = form_of(v, look, ("closed",))
    a, b, c = v.turn(((6.4, 10.0, 5.8), (5.6, 10.6, 6.4), (6.8, 9.4, 5.4)), 1)
    box = e.polygon(both_sides([(16 - a, 1.8), (16 - b, 10.4), (16 - c, 30.4)]))
    slab(e, box, "wood", LOW)
    lid = e.polygon(both_sides([(16 - a + 1.6, 3.6), (16 - b + 2.2, 10.4), (16 - c + 1.6, 28.4)]))
    e.edged(lid & box, DARK)
    if form == "open" or "lining" in look.more:
        e.lay(lid, "lining", np.where(e.x < 13, DARK, np.where(e.y < 8, DARK, LOW)))
        puffed(e, e.oval(16, 8.4, 4.2, 2.8), "pillow", 0.1)
        return
    e.lay(lid, "wood", np.where(e.x < 16, MID, MID))
    e.lay(lid & ~np.roll(lid, (1, 1), (0, 1)), "wood", LIGHT)
    grained(e, lid, v, 1, 5)
    kind = v.turn(("cross", "plate", "cross", "planks"), 1)
    if kind == "planks" and "cross" not in look.more:
        for y in (9.0, 21.0):
            slab(e, lid & (np.abs(e.y - y) < 1.5), "wood", MID)
        kind = "cross" if "cross" in look.more else "none"
    if kind == "plate" and "cross" not in look.more:
        e.over(e.box(12.6, 11, 19.4, 15.4), "mark", np.where(e.x + e.y < 29, LIGHT, MID))
    elif kind == "cross" or "cross" in look.more:
        mark = e.box(15, 7.4, 17, 19.6) | e.box(12.2, 10.4, 19.8, 12.4)
        e.over(mark, "mark", np.where(e.x + e.y < 28, LIGHT, MID))
    for x in (16 - b + 1.0, 16 + b - 1.0):
        e.over(e.box(x - 1.0, 13.4, x + 1.0, 18.4), "handle", np.where(e.x < x, LIGHT, MID))


@ware(
    "sarcophagus",
    "metal",
    "stripe=mark eyes=dark",
    "",
    "metal stone wood jewel",
    of_metal=(GOLD, GOLD, STONE[1]),
    of_mark=("blue", "cyan", "red"),
)
def _sarcophagus(e: Bench, v: Variety, look: ItemLook) -> None:
    body = curved(e, both_sides(pts("16,1.2 11,2.6 8.2,7 6.0,12.4 5.6,16 7,23 9.4,30.4 16,30.8")))
    puffed(e, body, "metal", 0.04, 3.0)
    head = curved(e, both_sides(pts("16,2.4 11.6,3.8 9.4,8.4 8.4,15.4 12.4,16 16,15")))
    e.edged(head, DARK)
    e.lay(head, "metal", LIGHT)
    e.lay(head & ((np.floor(e.y / v.turn((1.8, 2.2), 1)) % 2) == 0), "mark", MID)
    face = e.oval(16, 8.8, 3.9, 5.0)
    e.edged(face, DARK)
    e.lay(face, "metal", np.where(e.x < 17.6, LIGHT, MID))
    for x in (14.4, 17.6):
        e.lay(e.box(x - 0.9, 7.6, x + 0.9, 8.6), "dark", DARK)
    e.lay(e.box(15, 11.0, 17, 12.0), "metal", DARK)
    e.lay(e.box(15, 13.6, 17, 16.4), "mark", LIGHT)
    for way in (-1, 1):
        arm = e.stroke([(16 - way * 8.0, 16.6), (16 + way * 3.6, 20.2)], 2.6)
        puffed(e, arm & body, "metal", 0.2)
        e.lay(e.oval(16 + way * 4.4, 18.2, 1.0), "mark", LIGHT)
    inner = body & (np.hypot((e.x - 16) / 8.2, (e.y - 20) / 12) < 1)
    for y in v.turn(((22.6, 25.8), (23.4, 26.4)), 1):
        e.lay(inner & (np.abs(e.y - y) < 0.9), "mark", np.where(e.x < 17, MID, LOW))
    e.lay(inner & (e.y > 21.8) & (np.abs(e.x - 16) < 1.1), "metal", LIGHT)


@ware(
    "fountain",
    "stone",
    "water base=stone",
    "",
    "stone metal wood jewel",
    ages=False,
    filled=("full", "empty"),
    loose=frozenset(("water",)),
    of_stone=_PALE,
    of_water=("blue", "cyan", ("2a64a4", "5aa8dc", "c8ecfc")),
)
def _fountain(e: Bench, v: Variety, look: ItemLook) -> None:
    dry = "empty" in look.more or "water" in look.without
    low = e.oval(16, 22.6, 14.2, 4.4)
    wall = (
        (np.abs(e.x - 16) < 14.2)
        & (e.y > 22.6)
        & (e.y < 26.4 + 4.2 * np.sqrt(np.maximum(1 - ((e.x - 16) / 14.2) ** 2, 0)))
    )
    u = (e.x - 16) / 14.2
    e.lit(wall, "stone", 0.6 - 0.36 * u - 0.24 * u * u)
    e.shaded(wall & ((e.x + 2) % 7 < 1), -1)
    e.over(low, "stone", np.where(e.x < 20, LIGHT, MID))
    pool = e.oval(16, 22.8, 11.8, 3.0)
    e.lay(pool, "stone", DARK)
    if not dry:
        e.lay(pool, "water", np.where((e.y * 2 + e.x) % 9 < 3, LIGHT, MID))
    post(e, 13.8, 12, 18.2, 22.8, "stone")
    bowl = e.oval(16, 11.4, 8.6, 4.6) & (e.y > 11)
    puffed(e, bowl, "stone", 0.1)
    e.over(e.oval(16, 11.0, 8.8, 2.0), "stone", np.where(e.x < 18, LIGHT, MID))
    e.lay(e.oval(16, 11.0, 6.8, 1.2), "stone" if dry else "water", DARK if dry else MID)
    if dry:
        post(e, 15.0, 6, 17.0, 11.4, "stone")
        puffed(e, e.oval(16, 5.6, 2.5), "stone", 0.14)
        return
    high = v.turn((2.0, 3.4), 1)
    plume = curved(
        e, both_sides([(16, high), (13.6, high + 1.6), (12.0, high + 4), (10.6, 10.6), (16, 11)])
    )
    e.lay(
        plume,
        "water",
        np.where(
            np.abs(e.x - 16) < 1, LIGHT, np.where((e.y + np.abs(e.x - 16) * 2) % 5 < 2, LIGHT, MID)
        ),
    )
    for way in (-1, 1):
        fall = (np.abs(e.x - 16 - way * 8.2) < 1.5) & (e.y > 11.6) & (e.y < 22.6)
        e.over(fall, "water", np.where((e.y + e.x) % 4 < 2, LIGHT, MID))
        e.lay(e.oval(16 + way * 8.2, 22.8, 2.4, 0.9), "water", LIGHT)


@ware(
    "mimic",
    "wood metal",
    "tongue=tongue eye=eyes eyes=eyes teeth=teeth rim=metal",
    "",
    "wood metal stone",
    of_teeth=(("a8987a", "e8dcc0", "fffaec"), "white"),
    of_tongue=("red", "pink", "purple"),
    of_eyes=("yellow", "red", "white", "green"),
    of_metal=(GOLD, IRON, BRONZE),
    same={"lid": "wood"},
)
def _mimic(e: Bench, v: Variety, look: ItemLook) -> None:
    half, low = v.turn((14.0, 13.2), 1), 30.2
    gape = v.turn((0.0, 1.4, -1.0), 1)
    mouth = e.box(16 - half + 0.8, 8, 16 + half - 0.8, 24)
    e.lay(mouth, "mouth", np.where(e.y < 14, DARK, LOW))
    lid = (
        (np.abs(e.x - 16) < half)
        & (e.y > 1.6 + 3.2 * (np.abs(e.x - 16) / half) ** 3)
        & (e.y < 11 - gape)
    )
    e.edged(lid, LINE)
    e.lay(lid, "wood", np.where(e.y < 4.4, LIGHT, np.where(e.y < 8.4, MID, LOW)))
    body = e.box(16 - half, 20.4, 16 + half, low)
    number = v.turn((5, 6, 4), 1)
    step = (2 * half - 2) / number
    for n in range(number):
        x = 16 - half + 1 + step * (n + 0.5)
        down = e.polygon(
            [(x - step * 0.42, 10.4 - gape), (x + step * 0.42, 10.4 - gape), (x, 16.4)]
        )
        e.over(down, "teeth", np.where(e.x < x, LIGHT, MID))
    for n in range(number - 1):
        x = 16 - half + 1 + step * (n + 1)
        up = e.polygon([(x - step * 0.4, 21), (x + step * 0.4, 21), (x, 15.6)])
        e.over(up, "teeth", np.where(e.x < x, LIGHT, MID))
    e.edged(body, LINE)
    e.lay(body, "wood", np.where(e.y < 25.4, MID, LOW))
    for y in (23.6, 27.0):
        e.shaded(body & (np.abs(e.y - y) < 0.5), -1)
    for part, top in ((lid, 2.0), (body, 20.4)):
        ends = part & (np.abs(e.x - 16) > half - 3)
        e.edged(ends & part, DARK)
        e.lay(ends, "metal", np.where(e.x < 16, LIGHT, MID) - (e.y > top + 5))
    for edge in (lid & (e.y > 9 - gape), body & (e.y < 22.4)):
        e.lay(edge, "metal", np.where(e.x < 14, LIGHT, MID))
    _tongue_and_eyes(e, v)


def _tongue_and_eyes(e: Bench, v: Variety) -> None:
    way = v.turn((1, -1), 1)
    tongue = e.stroke(
        [(16, 18), (16 + way * 2, 22), (16 + way * 3.4, 26), (16 + way * 5.6, 28)], 6.4, 3.6
    )
    puffed(e, tongue, "tongue", 0.08)
    e.lay(e.stroke([(16 + way * 0.6, 19), (16 + way * 2.6, 24.6)], 1.0) & tongue, "tongue", DARK)
    for x in (16 - 5.6, 16 + 5.6):
        r = v.turn((2.7, 3.2), 1)
        e.over(e.oval(x, 5.6, r), "eyes", np.where(e.x + e.y < x + 5.6, LIGHT, MID))
        e.lay(e.box(x - 0.6, 4.2, x + 0.6, 7.2), "dark", DARK)
