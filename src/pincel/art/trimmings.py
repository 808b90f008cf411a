"""Hoods, masks, belts, scarves, ties, socks and ribbons, drawn by rules."""

from __future__ import annotations

import numpy as np

from pincel.art.bench import DARK, LIGHT, LINE, LOW, MID, Bench, ItemLook, Variety, form_of
from pincel.art.easel import Point
from pincel.art.household import puffed, ware
from pincel.art.item_matter import BRONZE, GOLD, LEATHER, SILVER, STEEL
from pincel.art.molded import both_sides, curved, plaque, pts


@ware(
    "hood",
    "cloth lining",
    "rim=trim eyes=eyes lining",
    "",
    "soft metal",
    of_cloth=("green", ("2c2c38", "4c4c5c", "7c7c8c"), "red", "purple", "brown", "blue"),
    of_lining=(("120e16", "241c28", "3e3444"),),
    of_clasp=(GOLD, SILVER),
)
def _hood(e: Bench, v: Variety, look: ItemLook) -> None:
    cape = curved(e, both_sides(pts("16,17 8.6,19 3.2,25 2.4,30.2 9,29.4 16,30.6")))
    puffed(e, cape & (e.y < 30.6), "cloth", 0.0, 4.0)
    tip = v.turn((1.4, 3.0, 2.2), 1)
    cowl = curved(
        e, both_sides([(16, tip), (11, tip + 2.0), (6.4, 9), (5.0, 16), (7.4, 22.6), (16, 24.6)])
    )
    puffed(e, cowl, "cloth", 0.06, 4.0)
    hole = curved(e, both_sides(pts("16,7.4 12,8.6 9.4,13 9.6,18 12,22 16,23")))
    e.edged(hole, LINE)
    rim = curved(e, both_sides(pts("16,5.6 11,7.2 7.6,13 8,18.6 11,23 16,24.2"))) & ~hole
    if "rim" in look.more or v.turn((True, False), 1):
        e.lay(rim, "trim", np.where(e.x < 15, LIGHT, MID))
    e.lay(hole, "lining", np.where(e.y > 19, LOW, DARK))
    if "eyes" in look.more or v.turn((False, False, True), 1):
        for x in (13.2, 18.8):
            e.lay(e.box(x - 1.2, 14, x + 1.2, 15.6) & hole, "eyes", LIGHT)
    e.rounded(e.oval(16, 25.0, 2.0), "clasp", e.ball(16, 25.0, 2.0) + 0.1)


@ware(
    "mask",
    "face mark",
    "eye=eyes eyes=eyes horn mouth=mark fletching=plume stripe=mark",
    "full domino",
    "wood metal stone soft jewel",
    of_face=("white", GOLD, ("5e3a22", "94623a", "c8925c"), "red", SILVER),
    of_mark=("red", "black", "blue", "green"),
    of_eyes=(("120e16", "241c28", "3e3444"),),
)
def _mask(e: Bench, v: Variety, look: ItemLook) -> None:
    if form_of(v, look, ("full", "domino", "full")) == "domino":
        _domino(e, v, look)
        return
    if "horn" in look.more or v.turn((False, True, False), 1):
        for way in (-1, 1):
            horn = e.stroke(pts("6,8 10.6,5.4 11.4,1.8", (16, way)), 4.2, 1.0)
            puffed(e, horn, "horn", 0.1)
    shape = v.turn(
        (
            "16,2 9,3.4 5.6,9 5.8,17 8.6,24.6 13,29.6 16,30.4",
            "16,3 8,4 4.4,10 4.6,19 8,26 12.4,29 16,29.6",
        ),
        1,
    )
    face = curved(e, both_sides(pts(shape)))
    puffed(e, face, "face", 0.08, 5.0)
    for x in (11.2, 20.8):
        eye = e.polygon([(x - 3.2, 13.4), (x, 11.8), (x + 3.2, 13.4), (x, 16)])
        e.edged(eye, DARK)
        e.lay(eye, "eyes", DARK)
    e.lay(
        e.polygon([(16, 13), (18.2, 19.4), (13.8, 19.4)]) & face,
        "face",
        np.where(e.x < 16, LIGHT, LOW),
    )
    lips = ("11.6,22.6 16,25.4 20.4,22.6", "12,24.4 16,23 20,24.4", "12.4,23.8 19.6,23.8")
    mouth = e.stroke(pts(v.turn(lips, 1)), 2.0)
    e.edged(mouth, DARK)
    e.lay(mouth & face, "mark", MID)
    for way in (-1, 1):
        for n in range(2):
            y = 17.6 + 2.6 * n
            line = e.stroke([(16 + way * 5.2, y), (16 + way * 9.0, y + 0.8)], 1.2)
            e.lay(line & face, "mark", MID)
    e.lay(e.polygon([(16, 5), (18, 8), (16, 11), (14, 8)]) & face, "mark", MID)


@ware(
    "belt",
    "strap buckle",
    "lock=buckle rim=buckle gem",
    "",
    "soft metal",
    made="strap",
    of_strap=LEATHER,
    of_buckle=(GOLD, SILVER, BRONZE, STEEL),
)
def _belt(e: Bench, v: Variety, look: ItemLook) -> None:
    bend = v.turn((4.4, 3.4, 5.4), 1)
    wide = v.turn((3.6, 4.2), 1)
    arc = bend * (1 - ((e.x - 16) / 14.6) ** 2)
    back = (np.abs(e.x - 16) < 14.6) & (np.abs(e.y - 13.6 + arc * 1.1) < wide - 0.6)
    e.lay(back, "strap", np.where(np.abs(e.y - 13.6 + arc * 1.1) < wide - 1.6, DARK, LOW))
    front = (np.abs(e.x - 16) < 14.8) & (np.abs(e.y - 14.6 - arc) < wide)
    e.edged(front, LINE)
    far = (e.y - 14.6 - arc) / wide
    e.lay(front, "strap", np.where(far < -0.45, LIGHT, np.where(far < 0.4, MID, LOW)))
    e.shaded(front & (np.abs(np.abs(far) - 0.66) < 0.14) & (e.column % 2 == 0), -2)
    for x in (22.6, 26.2):
        e.lay(e.oval(x, 14.6 + bend * (1 - ((x - 16) / 14.6) ** 2), 0.9), "strap", LINE)
    y = 14.6 + bend
    kind = v.turn(("frame", "plate", "round"), 1)
    plate = plaque(e, 9.6, y - 5.8, 20.0, y + 5.8, 1.4) if kind != "round" else e.oval(15, y, 6.0)
    puffed(e, plate, "buckle", 0.08, 1.8)
    if kind == "frame" and "gem" not in look.more:
        e.edged(e.box(12.2, y - 3, 17.4, y + 3), DARK)
        e.lay(e.box(12.2, y - 3, 17.4, y + 3), "strap", MID)
        e.over(e.box(12.2, y - 0.8, 19.4, y + 0.8), "buckle", LIGHT)
    else:
        e.rounded(e.oval(14.9, y, 2.6), "gem", e.ball(14.9, y, 2.6) + 0.1)


@ware(
    "scarf",
    "cloth trim",
    "stripe=trim tassel",
    "",
    "soft",
    of_cloth=("red", "blue", "green", "purple", "orange", "cyan"),
    of_trim=("white", "gold", "black"),
    same={"tassel": "trim"},
)
def _scarf(e: Bench, v: Variety, look: ItemLook) -> None:
    way = v.turn((1, -1), 1)
    striped = "stripe" in look.more or v.turn((True, False), 1)

    def at(x: float, y: float) -> Point:
        return (16 + way * (x - 16), y)

    ends = (
        ([at(13, 12), at(11.4, 19), at(9.6, 26.4)], LOW),
        ([at(18.6, 12), at(19.8, 20), at(21.6, 27)], MID),
    )
    for line, _ in ends:
        tail = e.stroke(line, 6.8)
        tail &= e.y < line[-1][1]
        puffed(e, tail, "cloth", 0.0)
        if striped:
            for y in (17.6, 22.4):
                e.lay(
                    tail & (np.abs(e.y - y) < 1.0), "trim", np.where(e.x < line[1][0], LIGHT, MID)
                )
        fringe = tail & (e.y > line[-1][1] - 1.6)
        e.lay(
            np.roll(fringe, round(1.6 * e.k), 0), "tassel", np.where(e.column % 2 == 0, LIGHT, DARK)
        )
    ring = e.oval(16, 9.4, 12.6, 6.6) & ~(e.oval(16, 7.4, 8.0, 3.2))
    puffed(e, ring, "cloth", 0.08)
    e.lay(e.oval(16, 7.4, 8.0, 3.2) & ~e.oval(16, 8.4, 7.6, 2.4), "cloth", DARK)
    hole = e.oval(16, 8.2, 7.4, 2.4)
    e.lay(hole, "cloth", LINE)
    e.shaded(e.stroke([at(5, 9), at(12, 13.2), at(22, 13.6)], 1.0) & ring, -1)
    knot = e.oval(*at(16.4, 14.0), 4.4, 3.8)
    puffed(e, knot, "cloth", 0.12)


@ware(
    "tie",
    "cloth trim",
    "stripe=trim knot=cloth",
    "",
    "soft",
    of_cloth=("red", "blue", "black", "green", "purple"),
    of_trim=("white", "gold", "cyan"),
)
def _tie(e: Bench, v: Variety, look: ItemLook) -> None:
    wide = v.turn((5.4, 6.2, 4.8), 1)
    blade = e.polygon(both_sides([(13.8, 7.4), (16 - wide, 24), (16, 30.4)]))
    puffed(e, blade, "cloth", 0.04)
    kind = (
        "stripes" if "stripe" in look.more else v.turn(("stripes", "plain", "dots", "stripes"), 1)
    )
    far = e.x + e.y
    if kind == "stripes":
        e.lay(blade & (far % 8 < 2.4), "trim", np.where(e.x < 17.4, LIGHT, MID))
    elif kind == "dots":
        dots = ((e.x - 16) % 4.6 < 1.2) & (e.y % 4.6 < 1.2)
        e.lay(blade & dots, "trim", LIGHT)
    knot = e.polygon([(11.6, 1.8), (20.4, 1.8), (18.8, 8.2), (13.2, 8.2)])
    puffed(e, knot, "cloth", 0.1)
    e.shaded(blade & (e.y < 10), -1)


@ware(
    "sock",
    "cloth trim",
    "stripe=trim tip=heel rim=trim",
    "pair",
    "soft",
    same={"heel": "trim"},
    of_cloth=("white", "red", "green", "blue", ("6a6a74", "9c9ca6", "ccccd4"), "purple"),
    of_trim=("red", "white", "gold", "black"),
)
def _sock(e: Bench, v: Variety, look: ItemLook) -> None:
    for dx, dy, dark in (
        ((6.0, -1.6, -0.14), (-2.0, 0.6, 0.0)) if look.form == "pair" else ((1.0, 0.0, 0.0),)
    ):
        points = pts(
            "8,3 17,3 17.4,12 17.6,17 23,20.4 26.6,25 24,29.4 17,30 9.4,28 6.6,23 7.6,14",
            (dx - 1.5, 0.98),
            (dy, 1),
        )
        body = curved(e, points) & (e.y > 2.6 + dy)
        puffed(e, body, "cloth", 0.06 + dark, 5.0)
        if "stripe" in look.more or v.turn((True, False, True), 1):
            for y in (10.0, 14.4):
                e.lay(
                    body & (np.abs(e.y - y - dy) < 1.0), "trim", np.where(e.x < 13 + dx, LIGHT, MID)
                )
        toe = body & (e.x + e.y > 46.4 + dx + dy)
        heel = body & e.oval(7.4 + dx, 26.0 + dy, 5.2)
        for part in (toe, heel):
            e.edged(part & body, DARK)
            e.lay(part, "heel", np.where(e.y < 24, LIGHT, MID))
        cuff = body & (e.y < 6.6 + dy)
        e.edged(cuff & body, DARK)
        e.lay(cuff, "trim", np.where(e.column % 2 == 0, LIGHT, MID))


@ware(
    "ribbon",
    "cloth",
    "knot=cloth",
    "",
    "soft",
    of_cloth=("red", "pink", "blue", "purple", "gold", "green"),
)
def _ribbon(e: Bench, v: Variety, look: ItemLook) -> None:
    drop, wide = v.turn((28.4, 26.4, 29.4), 1), v.turn((14.4, 13.4), 1)
    for way in (-1, 1):
        tail = e.polygon(pts(f"0,13 3.6,13 10.4,{drop} 6.6,{drop - 3} 3.6,{drop + 1}", (16, way)))
        puffed(e, tail, "cloth", -0.1)
    for way in (-1, 1):
        outer = f"0,12.4 5,6 11,3.6 {wide},6.4 {wide},13 {wide - 1.6},17.6 8,17 3,15"
        puffed(e, curved(e, pts(outer, (16, way))), "cloth", 0.04)
        hollow = f"4,11.6 8,8.8 {wide - 3},9 {wide - 3.4},13.4 8,13.6"
        if v.turn((True, False), 1):
            e.lay(curved(e, pts(hollow, (16, way))), "cloth", np.where(e.y < 11, DARK, LOW))
        else:
            for fold in ("3.4,12.6 9,10", "3.4,14.2 8,14.6"):
                e.shaded(e.stroke(pts(fold, (16, way)), 1.0), -2)
    puffed(e, plaque(e, 12.8, 9.4, 19.2, 16.4, 2.2), "cloth", 0.14)


def _domino(e: Bench, v: Variety, look: ItemLook) -> None:
    """A mask for the eyes alone."""
    face = curved(
        e, both_sides(pts("16,11.6 11,9.4 5,9 1.8,12 2.6,17 6,21.4 11,21.8 14.4,18.6 16,17.8"))
    )
    puffed(e, face, "face", 0.06, 2.6)
    for x in (9.4, 22.6):
        e.edged(e.oval(x, 15.2, 3.2, 2.1), DARK)
        e.lay(e.oval(x, 15.2, 3.2, 2.1), "eyes", DARK)
    if "fletching" in look.more or v.turn((False, True), 1):
        for x, y in ((22, 3.0), (26.4, 2.6), (29, 5.6)):
            puffed(e, e.stroke([(22.6, 10.4), (x, y)], 2.4, 2.8), "plume", 0.1)
    mark = np.abs(e.x - 16) + np.abs(e.y - 14) < 2.2
    e.lay(mark, "mark", LIGHT)
