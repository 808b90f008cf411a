"""Folders, pages, cards, balls, pins, plugs, targets and medals, drawn by rules."""

from __future__ import annotations

import numpy as np

from pincel.art.bench import DARK, LIGHT, LINE, LOW, MID, Bench, ItemLook, Variety
from pincel.art.household import puffed, shine, slab, ware
from pincel.art.item_matter import GOLD, SILVER, STEEL, WOOD
from pincel.art.molded import curved, plaque, pts, turned

_SHEET = (("b0b4c0", "e4e8f0", "ffffff"), ("a8987a", "ecdfc0", "fffaec"))


@ware(
    "folder",
    "cover",
    "page=sheet label",
    "open closed",
    "soft",
    of_cover=(
        ("a87820", "e8b848", "fce08c"),
        ("b08c50", "dcc08c", "f4e4bc"),
        "blue",
        "green",
        "red",
    ),
    of_sheet=_SHEET,
)
def _folder(e: Bench, v: Variety, look: ItemLook) -> None:
    left, right, top, low = 2.4, 29.6, v.turn((6.4, 5.0), 1), 28.0
    tab = v.turn((8.0, 10.4, 6.4), 1)
    back = plaque(e, left, top + 3, right, low, 1.6)
    back |= e.polygon(
        [
            (left + 0.6, top + 4),
            (left + 1.2, top),
            (left + tab, top),
            (left + tab + 3, top + 3.6),
            (left + 4, top + 6),
        ]
    )
    e.lay(back, "cover", LOW)
    e.lay(back & ~np.roll(back, 1, 0), "cover", MID)
    if "page" in look.more or look.form == "open" or v.turn((True, False), 1):
        for n in range(2):
            page = e.box(left + 2.4 + n * 1.2, top + 2.0 + 1.6 * n, right - 2.6 + 0.6 * n, low - 4)
            e.over(page, "sheet", LIGHT if n else MID)
            e.lay(
                page & (np.abs(e.y - top - 5.4) < 0.5) & (e.x > left + 6) & (e.x < right - 6),
                "ink",
                LIGHT,
            )
    if look.form == "open":
        front = e.polygon(
            [(left + 3.4, 13.4), (right + 1.0, 13.4), (right - 2.4, low), (left, low)]
        )
    else:
        front = plaque(e, left, top + 6.4, right, low + 0.6, 1.6)
    puffed(e, front, "cover", 0.06, 1.4)
    if "label" in look.more or v.turn((False, False, True), 1):
        e.over(e.box(16, 20.6, 25, 24.6), "label", np.where(e.y < 22, LIGHT, MID))


@ware(
    "page",
    "sheet",
    "text=ink stripe=ink",
    "",
    "paper soft",
    of_sheet=(*_SHEET, ("98a8c0", "d4e0f0", "f8fcff")),
    of_ink=(
        ("4a4c5c", "6c7084", "9498a8"),
        ("2c4a84", "4a74c0", "8cacec"),
        ("4a3c34", "6a5a4c", "8a7a68"),
    ),
)
def _page(e: Bench, v: Variety, look: ItemLook) -> None:
    half, fold = v.turn((10.4, 11.2, 9.8), 1), v.turn((6.6, 5.4), 1)
    left, right, top, low = 16 - half, 16 + half, 2.0, 30.0
    sheet = e.polygon(
        [(left, top), (right - fold, top), (right, top + fold), (right, low), (left, low)]
    )
    e.lay(sheet, "sheet", MID)
    e.lay(sheet & (e.x < right - 1.6) & (e.y < low - 1.4), "sheet", LIGHT)
    corner = e.polygon([(right - fold, top), (right, top + fold), (right - fold, top + fold)])
    e.edged(corner & sheet, DARK)
    e.lay(corner, "sheet", np.where(e.x + e.y < right + top + 1, MID, LOW))
    kind = v.turn(("text", "picture", "title", "text"), 1)
    first, step = 11.4, v.turn((4.0, 3.4), 1)
    lines = ((e.y - first) % step < 1.05) & (e.y > first - 0.2) & (e.y < low - 3.4)
    span = (e.x > left + 3) & (
        e.x < right - 3 - 3.0 * (np.floor((e.y - first) / step) % 3 == v.seed % 3)
    )
    if kind == "picture":
        frame = e.box(left + 3, 12, right - 3, 20)
        e.lay(frame, "picture", MID)
        e.lay(
            e.polygon([(left + 3, 20), (13, 14.4), (17, 18), (19.6, 15.6), (right - 3, 20)])
            & frame,
            "picture",
            DARK,
        )
        e.lay(e.oval(right - 6.4, 14.2, 1.5) & frame, "picture", LIGHT)
        lines &= e.y > 22
    elif kind == "title":
        e.lay(e.box(left + 3, 6, right - fold - 2, 8.4), "ink", DARK)
    e.lay(sheet & lines & span, "ink", MID)
    e.lay(e.box(left + 3, 6, left + 9, 7.2), "ink", MID)


_SUITS = {
    "heart": "0,5.2 -5.2,-0.6 -5.0,-4.0 -2.4,-5.2 0,-3.0 2.4,-5.2 5.0,-4.0 5.2,-0.6",
    "diamond": "0,-6 4.4,0 0,6 -4.4,0",
    "spade": "0,-6 5,0.4 4.6,3.2 2.4,3.8 0.8,2.8 2.2,6 -2.2,6 -0.8,2.8 -2.4,3.8 -4.6,3.2 -5,0.4",
    "club": "0,-1 -1.2,-1.6 -2.8,-2.6 -2.2,-5.4 0,-6 2.2,-5.4 2.8,-2.6 1.2,-1.6 4.2,-1.6 5.6,0.8"
    " 4.2,3.2 2,3.2 0.6,1.8 2,6 -2,6 -0.6,1.8 -2,3.2 -4.2,3.2 -5.6,0.8 -4.2,-1.6",
}


@ware(
    "card",
    "sheet mark",
    "heart=mark star=mark cross=mark",
    "deck heart diamond spade club",
    "paper",
    of_sheet=(_SHEET[0], _SHEET[1]),
    of_mark=("red",),
)
def _card(e: Bench, v: Variety, look: ItemLook) -> None:
    suit = look.form if look.form in _SUITS else v.turn(tuple(_SUITS), 1)
    suit = "heart" if "heart" in look.more else suit
    half, high = v.turn((9.4, 10.2), 1), 13.8
    if look.form == "deck" or v.turn((False, False, False, True), 1):
        for n in (3, 2, 1):
            e.over(
                plaque(
                    e,
                    16 - half + 1.2 * n,
                    16 - high - 0.6 + n,
                    16 + half + 1.2 * n - 1,
                    16 + high - 3 + n,
                    1.8,
                ),
                "sheet",
                LOW if n % 2 else MID,
            )
    sheet = plaque(e, 16 - half - 1, 16 - high, 16 + half - 1, 16 + high, 2.0)
    e.over(sheet, "sheet", MID)
    e.lay(sheet & (e.x < 13.6 + half) & (e.y < 14.6 + high), "sheet", LIGHT)
    size = v.turn((1.15, 1.0), 1)
    mark = e.polygon([(15 + x * size, 16 + y * size) for x, y in pts(_SUITS[suit])])
    ink = "mark" if suit in ("heart", "diamond") or "mark" in look.colors else "dark"
    e.lay(mark, ink, np.where(e.x + e.y < 30, LIGHT, MID))
    for way in (-1, 1):
        x, y = 15 + way * (half - 3), 16 + way * (high - 4.2)
        e.lay(
            e.polygon([(x + a * 0.4 * way, y + b * 0.4 * way) for a, b in pts(_SUITS[suit])]),
            ink,
            MID,
        )


@ware(
    "pin",
    "head",
    "tip=needle",
    "",
    "metal jewel",
    of_head=("red", "blue", "green", "yellow", "purple"),
    of_needle=(STEEL, SILVER),
)
def _pin(e: Bench, v: Variety, look: ItemLook) -> None:
    t = e.tilted()
    if v.seed % 2:
        t.x = t.x
    needle = t.polygon([(-1.1, 22), (1.1, 22), (0.2, 41), (-0.2, 41)])
    e.lay(needle, "needle", np.where(t.x < 0, LIGHT, LOW))
    if v.turn((False, True, False), 1):
        ball = t.oval(0, 13, 9.6)
        e.edged(ball, LINE)
        puffed(e, ball, "head", 0.08)
        shine(e, ball, 18.6, 6.4, 1.4)
        return
    wide = v.turn((7.0, 6.2, 7.6), 1)
    puffed(e, t.oval(0, 23.4, wide + 0.8, 3.4), "head", -0.04)
    neck = (np.abs(t.x) < wide * 0.5 + 0.06 * (t.y - 15) ** 2 * 0.4) & (t.y > 9) & (t.y < 22.6)
    puffed(e, neck, "head", 0.02)
    puffed(e, t.oval(0, 8.4, wide, 4.0), "head", 0.16)
    shine(e, t.oval(0, 8.4, wide, 4.0), 21.4, 6.6, 0.9)


@ware("paperclip", "wire", "", "", "metal", of_wire=(STEEL, SILVER, "red", "blue", GOLD))
def _paperclip(e: Bench, v: Variety, look: ItemLook) -> None:
    wide, thick = v.turn((6.4, 7.0, 5.8), 1), 2.0
    t = np.radians(np.linspace(180, 0, 9))

    def bow(x: float, y: float, r: float, way: int) -> list[tuple[float, float]]:
        return [(x + r * np.cos(a), y - way * r * np.sin(a)) for a in t]

    outer = [(16 - wide, 22.0), *bow(16, 9.0, wide, 1), (16 + wide, 24)]
    low = [(x, y) for x, y in reversed(bow(16.0 + wide * 0.18, 24.0, wide * 0.82, -1))]
    inner = [
        (16 - wide * 0.64, 24),
        (16 - wide * 0.64, 13.4),
        *bow(16 + 0.0, 13.4, wide * 0.64, 1)[1:],
        (16 + wide * 0.62, 20),
    ]
    line = [*outer, *low, *inner]
    turn = v.turn((38, 30, 45), 1)
    mask = e.stroke(
        turned([(16 + (x - 16) * 0.98, 16 + (y - 16) * 0.98) for x, y in line], turn), thick
    )
    e.lay(mask, "wire", MID)
    e.lay(mask & ~np.roll(mask, (1, 1), (0, 1)), "wire", LIGHT)
    e.lay(mask & ~np.roll(mask, (-1, -1), (0, 1)), "wire", LOW)


@ware(
    "plug",
    "body",
    "cord=cord tip=prong",
    "",
    "",
    of_body=("white", ("2c2c38", "4c4c5c", "7c7c8c"), "red", "blue"),
    of_prong=(STEEL, GOLD),
    of_cord=(("2c2c38", "4c4c5c", "7c7c8c"), "grey"),
)
def _plug(e: Bench, v: Variety, look: ItemLook) -> None:
    way = v.turn((1, -1), 1)
    end = v.turn((4.0, 6.0), 1)
    line = [
        (16, 22),
        (16, 27),
        (16 + way * 2.6, 29.2),
        (16 + way * 7, 29.2),
        (16 + way * 9, 26.4),
        (16 + way * 9.4, 20 + end),
        (16 + way * 12.4, 18 + end),
    ]
    e.lay(e.stroke(line, 2.6), "cord", np.where(e.y < 28, LIGHT, MID))
    for x in (11.4, 20.6):
        prong = plaque(e, x - 1.5, 1.8, x + 1.5, 10, 0.8)
        e.lay(prong, "prong", np.where(e.x < x - 0.4, LIGHT, np.where(e.x < x + 0.6, MID, LOW)))
        e.lay(e.box(x - 0.5, 3.6, x + 0.5, 5.2), "prong", DARK)
    form = v.turn(("round", "square"), 1)
    body = e.box(7, 9.4, 25, 14) | e.oval(16, 14, 9.0, 8.4) & (e.y > 12)
    if form == "square":
        body = plaque(e, 6.6, 9.4, 25.4, 20.4, 2.4)
    puffed(e, e.box(13.4, 18, 18.6, 25), "body", -0.1)
    puffed(e, body, "body", 0.08, 4.0)
    slab(e, plaque(e, 5.6, 8.8, 26.4, 12.4, 1.2), "body", MID)


@ware(
    "palette",
    "wood",
    "paint=red_paint brush=brush",
    "",
    "wood",
    of_red_paint=("red",),
    of_blue_paint=("blue",),
    of_yellow_paint=("yellow",),
    of_green_paint=("green",),
    of_white_paint=("white", "purple"),
    of_brush=(WOOD[2], "black"),
)
def _palette(e: Bench, v: Variety, look: ItemLook) -> None:
    way = v.turn((1, -1), 1)
    board = curved(
        e,
        [
            (16 + way * (x - 16), y)
            for x, y in pts(
                v.turn(
                    (
                        "4,9 10,4.4 18,3.6 26,7 30,14 29,21 23.6,23.4 20,22.6 19,25.4"
                        " 15.6,29 9,28 3.6,22 2,15",
                        "3.6,10 9,5 17,3.4 25,5.4 29.6,11.6 30,19 25,22 20.4,21.4 19.4,25"
                        " 16,28.4 9.6,28.4 4.4,24 2.2,17",
                    ),
                    1,
                )
            )
        ],
    )
    puffed(e, board, "wood", 0.1, 2.0)
    hole = e.oval(16 + way * 6.6, 16.4, 2.6, 2.2)
    e.edged(hole & board, DARK)
    e.codes[hole] = -1
    names = ("red_paint", "yellow_paint", "green_paint", "blue_paint", "white_paint")
    for n, (x, y) in enumerate(((23.4, 10.6), (15.6, 8.4), (8.4, 12.0), (7.4, 18.8), (12.0, 23.6))):
        spot = e.oval(16 + way * (x - 16), y, 2.9, 2.4)
        e.over(spot, names[(n + v.seed) % 5], np.where(e.y < y - 0.4, LIGHT, MID))
    if "brush" in look.more or v.turn((False, True, False), 1):
        e.over(
            e.stroke([(18, 17), (28.6, 28.8)], 2.0), "brush", np.where(e.x > e.y + 0.4, LIGHT, MID)
        )
        e.over(
            e.stroke([(14.6, 13.2), (17, 16)], 2.6, 3.0), "tuft", np.where(e.y < 14.4, LIGHT, MID)
        )


@ware(
    "candy cane",
    "candy stripe",
    "stripe=stripe bow=bow ribbon=bow",
    "",
    "",
    of_candy=("white",),
    of_stripe=("red", "green", "red", "pink"),
    of_bow=("green", "red", "gold"),
)
def _candy_cane(e: Bench, v: Variety, look: ItemLook) -> None:
    way, thick = v.turn((1, -1), 1), v.turn((6.0, 5.2, 6.8), 1)
    r = v.turn((5.6, 6.4), 1)
    a = np.radians(np.linspace(180, -12, 14))
    x0 = 11.0
    line = [
        (x0 + 1.6, 28.0),
        (x0, 9.6),
        *[(x0 + r + r * np.cos(t), 9.4 - r * np.sin(t)) for t in a],
    ]
    line = [(16 + way * (x - 16), y) for x, y in line]
    mask = e.stroke(line, thick)
    puffed(e, mask, "candy", 0.14)
    far, gone = e.along(line)
    bands = mask & ((gone + far * way * 0.8) % 7.0 < 3.2)
    shade = e.codes % 8
    e.lay(bands, "stripe", shade)
    if bool({"bow", "ribbon"} & look.more) or v.turn((False, True, False), 1):
        x = 16 + way * (x0 + 0.6 - 16)
        for side in (-1, 1):
            e.over(
                e.polygon([(x, 18), (x + side * 6.4, 14.6), (x + side * 6.4, 21.4)]),
                "bow",
                MID if side < 0 else LOW,
            )
        e.over(e.oval(x, 18, 2.3), "bow", LIGHT)
