"""Tables, chairs, beds, shelves and what stands in a room, drawn by rules."""

from __future__ import annotations

import numpy as np

from pincel.art.bench import DARK, LIGHT, LINE, LOW, MID, Bench, ItemLook, Variety, form_of
from pincel.art.household import grained, planks, post, puffed, slab, ware
from pincel.art.item_matter import GOLD, LEATHER, STONE
from pincel.art.molded import plaque

CUSHIONS = ("red", "blue", "green", "purple", ("6a1c34", "a83858", "d87890"), "cyan")
_HARD = "wood metal stone jewel glass"


@ware(
    "table",
    "wood cloth",
    "cloth leg=leg",
    "square round desk",
    _HARD,
    ages=True,
    same={"leg": "wood"},
)
def _table(e: Bench, v: Variety, look: ItemLook) -> None:
    form = form_of(v, look, ("square", "round", "square"))
    top, front = v.turn((8.0, 9.5, 7.0), 1), v.turn((17.0, 16.0), 1)
    if form == "desk":
        _desk(e, v)
        return
    if form == "round":
        post(e, 13.4, 16, 18.6, 27, "leg")
        slab(e, e.polygon([(16, 24), (25, 29.6), (7, 29.6)]), "leg", MID)
        disc, lower = e.oval(16, 12.6, 14.2, 6.4), e.oval(16, 15.2, 14.2, 6.4)
        e.edged(disc | lower, LINE)
        e.lay(lower, "wood", np.where(e.x < 13, LOW, DARK))
        e.lay(disc, "wood", MID)
        e.lay(disc & ~e.oval(16.5, 13.1, 14.2, 6.2), "wood", LIGHT)
        grained(e, disc, v, 5)
    else:
        for left in (8.0, 21.4):
            e.lay(e.box(left, front, left + 2.6, 27), "leg", DARK)
        for left in (3.4, 25.2):
            post(e, left, front + 2, left + 3.4, 30.4, "leg")
        board = e.polygon([(5, top), (27, top), (30.2, front), (1.8, front)])
        edge = e.box(1.8, front, 30.2, front + 3)
        e.edged(board | edge, LINE)
        e.lay(board, "wood", MID)
        e.lay(board & (e.y < top + 1), "wood", LIGHT)
        grained(e, board, v, 5)
        e.lay(edge, "wood", np.where(e.x < 27, LOW, DARK))
        e.lay(e.box(1.8, front, 30.2, front + 1) & edge, "wood", LIGHT)
    if "cloth" in look.more or (not look.grain and v.turn((False, True, False, False), 1)):
        _tablecloth(e, v, form, (top, front))


def _tablecloth(e: Bench, v: Variety, form: str, place: tuple[float, float]) -> None:
    top, front = place
    hang = front + v.turn((5.4, 6.6), 1)
    wave = 0.9 * np.cos(e.x * 1.1)
    if form == "round":
        flat = e.oval(16, 12.6, 14.2, 6.4)
        fall = (np.abs(e.x - 16) < 14.2) & (e.y > 12.6) & (e.y < 21 + wave)
    else:
        flat = e.polygon([(6, top), (26, top), (29.0, front), (3.0, front)])
        fall = (np.abs(e.x - 16) < 13.0) & (e.y >= front) & (e.y < hang + wave)
    e.edged(flat | fall, LINE)
    e.lay(fall, "cloth", np.where(wave > 0.1, MID, LOW))
    e.lay(fall & (e.y > hang + wave - 1.2), "trim", np.where(e.x < 18, LIGHT, MID))
    e.lay(flat, "cloth", np.where(e.y < top + 1.2, LIGHT, MID))
    e.lay(flat & (e.x + 1.6 * e.y < 26), "cloth", LIGHT)


def _desk(e: Bench, v: Variety) -> None:
    top, front = 7.0, 13.0
    e.lay(e.box(11, front, 21, 28), "wood", DARK)
    for left in (3.0, 20.0):
        box = slab(e, e.box(left, front + 2, left + 9, 30), "wood", LOW)
        grained(e, box, v)
        for y in (16.4, 20.8, 25.2):
            drawer = slab(e, e.box(left + 1, y, left + 8, y + 3.6), "wood", MID)
            e.lay(e.box(left + 3.6, y + 1.2, left + 5.4, y + 2.4) & drawer, "handle", LIGHT)
    board = e.polygon([(4.4, top), (27.6, top), (30.4, front), (1.6, front)])
    edge = e.box(1.6, front, 30.4, front + 2.4)
    e.edged(board | edge, LINE)
    e.lay(board, "wood", np.where(e.y < top + 1, LIGHT, MID))
    grained(e, board, v, 5)
    e.lay(edge, "wood", np.where(e.y < front + 1, LIGHT, LOW))
    if v.turn((True, False), 1):
        page = e.polygon([(12, top + 1.2), (19, top + 1.2), (19.6, front - 1), (11.4, front - 1)])
        e.over(page, "paper", np.where(e.x < 17, LIGHT, MID))


@ware(
    "chair",
    "wood cloth",
    "cushion=cloth leg=leg",
    "straight stool bench",
    _HARD + " soft",
    ages=True,
    same={"leg": "wood"},
    of_cloth=CUSHIONS,
)
def _chair(e: Bench, v: Variety, look: ItemLook) -> None:
    form = form_of(v, look, ("straight",))
    if form == "stool":
        _stool(e, v, look)
    elif form == "bench":
        _pew(e, v)
    else:
        _straight(e, v, look)


def _straight(e: Bench, v: Variety, look: ItemLook) -> None:
    half, top = v.turn((8.6, 7.8, 9.2), 1), 3.0
    left, right = 16 - half, 16 + half
    back = v.turn(("slats", "rungs", "panel", "cushion"), 1)
    e.lay(e.box(left + 0.6, 19, left + 2.6, 27), "leg", DARK)
    e.lay(e.box(right - 2.6, 19, right - 0.6, 27), "leg", DARK)
    if back in ("panel", "cushion"):
        slab(e, e.box(left + 1, top + 2.4, right - 1, 17), "wood", MID)
        if back == "cushion":
            puffed(e, plaque(e, left + 3.4, top + 4, right - 3.4, 15.4, 1.6), "cloth", 0.1, 2.4)
    elif back == "slats":
        for x in (16 - half * 0.42, 16.0, 16 + half * 0.42):
            post(e, x - 1.2, top + 3, x + 1.2, 17, "wood")
    else:
        for y in (top + 4.4, top + 9.0):
            slab(e, e.box(left + 1, y, right - 1, y + 2.6), "wood", MID)
    for x in (left, right - 2.6):
        post(e, x, top, x + 2.6, 18, "wood")
    if v.turn((True, False), 1):
        rail = e.box(left, top, right, top + 3) | (e.oval(16, top + 1, half - 1.2, 2.0) & (e.y < 6))
        slab(e, rail & (e.y > 1.2), "wood", MID)
    else:
        slab(e, e.box(left + 2.6, top + 1.4, right - 2.6, top + 4), "wood", MID)
    seat = e.polygon([(left - 0.4, 16), (right + 0.4, 16), (right + 2, 20.4), (left - 2, 20.4)])
    for x in (left - 1.4, right - 1.4):
        post(e, x, 22, x + 2.8, 30.6, "leg")
    e.edged(seat, LINE)
    slab(e, e.box(left - 2, 20.4, right + 2, 23), "wood", LOW)
    e.lay(seat, "wood", np.where(e.y < 17, LIGHT, MID))
    soft = "cushion" in look.more or (back == "cushion" or v.turn((False, True, False), 1))
    if soft and (not look.grain or "cushion" in look.more):
        pad = e.polygon(
            [(left + 1, 15.4), (right - 1, 15.4), (right + 0.6, 19.8), (left - 0.6, 19.8)]
        )
        puffed(e, pad, "cloth", 0.2, 1.8)


def _stool(e: Bench, v: Variety, look: ItemLook) -> None:
    splay = v.turn((3.0, 1.6, 4.0), 1)
    for x, way in ((9.5, -1), (22.5, 1)):
        leg = e.stroke([(x, 12), (x + way * splay, 29.4)], 2.8)
        e.edged(leg, LINE)
        e.lay(leg, "leg", MID if way < 0 else LOW)
    slab(e, e.box(9 - splay * 0.5, 21, 23 + splay * 0.5, 23), "leg", LOW)
    seat, lower = e.oval(16, 9.8, 12.4, 4.6), e.oval(16, 12.8, 12.4, 4.6)
    whole = seat | lower | e.box(3.6, 9.8, 28.4, 12.8)
    e.edged(whole, LINE)
    e.lay(whole, "wood", np.where(e.x < 12, MID, np.where(e.x < 22, LOW, DARK)))
    if "cushion" in look.more or (not look.grain and v.turn((False, True), 1)):
        puffed(e, e.oval(16, 9.0, 12.4, 5.0), "cloth", 0.12)
    else:
        e.lay(seat, "wood", np.where(e.x + 2 * e.y < 31, LIGHT, MID))
        ring = np.abs(np.hypot((e.x - 16) / 12.4, (e.y - 9.8) / 4.6) - 0.55) < 0.08
        e.lay(ring & seat, "wood", LOW)


@ware(
    "sofa",
    "cloth cushion",
    "cushion leg",
    "sofa armchair",
    "soft",
    made="cloth",
    of_cloth=(LEATHER[0], "green", "red", "blue", LEATHER[2], "purple"),
    of_cushion=("red", "gold", "white", "orange", "cyan"),
)
def _sofa(e: Bench, v: Variety, look: ItemLook) -> None:
    form = form_of(v, look, ("sofa",))
    half = 14.4 if form == "sofa" else 11.6
    top = v.turn((6.0, 7.4), 1) if form == "sofa" else v.turn((3.4, 4.6), 1)
    for x in (16 - half + 1.2, 16 + half - 3.4):
        e.lay(e.box(x, 27, x + 2.2, 30.4), "leg", MID)
    round_ = v.turn((4.0, 2.0, 6.0), 1)
    puffed(e, plaque(e, 16 - half + 1.8, top, 16 + half - 1.8, 22, round_), "cloth", 0.02, 2.2)
    puffed(e, plaque(e, 16 - half + 2, 20.8, 16 + half - 2, 28.4, 1.5), "cloth", -0.16, 1.6)
    parts = 2 if form == "sofa" else 1
    wide = (2 * half - 8.4) / parts
    for n in range(parts):
        left = 16 - half + 4.2 + n * wide
        puffed(e, plaque(e, left, 16.8, left + wide, 22.4, 1.8), "cushion", 0.16, 1.8)
    for x in (16 - half, 16 + half - 5):
        puffed(e, plaque(e, x, 14.6, x + 5, 28.6, 2.4), "cloth", 0.06, 2.2)


def _pew(e: Bench, v: Variety) -> None:
    for x in (4.6, 24.6):
        post(e, x, 8, x + 2.8, 30, "leg")
    for n, y in enumerate((7.0, 11.4) if v.turn((True, False), 1) else (6.0, 9.4, 12.8)):
        slab(e, e.box(2.0, y, 30.0, y + 3.4 - 0.6 * (n > 1)), "wood", MID)
    seat = e.polygon([(3.4, 17.4), (28.6, 17.4), (30.4, 21.6), (1.6, 21.6)])
    e.edged(seat, LINE)
    e.lay(seat, "wood", np.where(e.y < 18.6, LIGHT, MID))
    e.lay(seat & (np.abs(e.y - 20) < 0.5), "wood", LOW)
    slab(e, e.box(1.6, 21.6, 30.4, 24), "wood", LOW)


@ware(
    "throne",
    "cloth metal",
    "cushion=cloth gem rim=metal",
    "plain",
    "metal stone wood jewel",
    ages=True,
    made="metal",
    of_metal=(GOLD, GOLD, STONE[0], GOLD),
    of_cloth=("red", "purple", "blue"),
)
def _throne(e: Bench, v: Variety, look: ItemLook) -> None:
    half = v.turn((8.6, 9.4, 8.0), 1)
    crest = v.turn(("point", "round", "spires"), 1)
    back = e.box(16 - half, 6, 16 + half, 20)
    if crest == "point":
        back |= e.polygon([(16 - half, 7), (16, 1.6), (16 + half, 7)])
    elif crest == "round":
        back |= e.oval(16, 8, half, 6.2)
    slab(e, back, "metal", MID)
    pad = plaque(e, 16 - half + 2.8, 7.4, 16 + half - 2.8, 20, 2.4)
    puffed(e, pad, "cloth", 0.08, 2.6)
    for y in (10.6, 14.6):
        for x in (13.2, 18.8) if y < 12 else (16.0,):
            e.lay(e.box(x - 0.5, y, x + 0.5, y + 1) & pad, "cloth", DARK)
    for x in (16 - half - 1.4, 16 + half - 1.4):
        post(e, x, 5 if crest == "spires" else 6.4, x + 2.8, 24, "metal")
        puffed(e, e.oval(x + 1.4, 4.6, 2.1), "metal", 0.2)
    stone = e.oval(16, 4.8, 1.7)
    e.rounded(stone, "gem", e.ball(16, 4.8, 1.7) + 0.1)
    slab(e, e.box(16 - half - 2, 23.4, 16 + half + 2, 30.4), "metal", LOW)
    slab(e, e.box(16 - half, 25.6, 16 + half, 28.6), "metal", MID)
    puffed(e, plaque(e, 16 - half + 0.4, 18.6, 16 + half - 0.4, 23.8, 1.6), "cloth", 0.18, 1.8)
    for x in (16 - half - 3.2, 16 + half - 1.0):
        post(e, x, 16.6, x + 4.2, 30.4, "metal")
        slab(e, e.box(x - 0.4, 15.4, x + 4.6, 18.4), "metal", MID)


@ware(
    "bed",
    "cloth wood",
    "cushion=pillow cloth=cloth pillow rim=wood",
    "plain double bunk",
    _HARD,
    ages=True,
    made="wood",
    of_cloth=("red", "blue", "green", "purple", "cyan"),
    of_pillow=("white", ("b8a888", "e8dcc0", "fffaec")),
)
def _bed(e: Bench, v: Variety, look: ItemLook) -> None:
    double = form_of(v, look, ("plain",)) == "double"
    half = 13.4 if double else v.turn((9.4, 10.2), 1)
    left, right = 16 - half, 16 + half
    head = e.box(left, 3.4, right, 14)
    if v.turn((True, False, True), 1):
        head |= e.oval(16, 4.6, half - 1.6, 3.2)
    slab(e, head & (e.y > 1.4), "wood", MID)
    planks(e, head, "wood", e.x - left, 5.0)
    for x in (left - 1.4, right - 1.4):
        post(e, x, 2.4, x + 2.8, 30, "wood")
    sheet = e.box(left + 1, 7.4, right - 1, 27)
    e.edged(sheet, LINE)
    e.lay(sheet, "pillow", MID)
    pillows = ((left + 1.8, 15.4), (16.6, right - 1.8)) if double else ((left + 2, right - 2),)
    for a, b in pillows:
        puffed(e, plaque(e, a, 7.4, b, 12.6, 2.0), "pillow", 0.16, 2.0)
    cover = e.box(left + 0.6, 13.6, right - 0.6, 27.4)
    e.edged(cover, LINE)
    u = (e.x - 16) / half
    e.lay(cover, "cloth", np.where(u < -0.72, LIGHT, np.where(u < 0.72, MID, LOW)))
    fold = e.box(left + 0.6, 13.6, right - 0.6, 16.6)
    e.lay(fold, "pillow", np.where(e.y < 15.6, LIGHT, LOW))
    pattern = v.turn(("plain", "squares", "stripe", "plain"), 1)
    inner = cover & (e.y > 17.4)
    if pattern == "squares":
        e.shaded(inner & (((e.x - left) % 5 < 1) | (e.y % 5 < 1)), -1)
    elif pattern == "stripe":
        e.lay(inner & (np.abs(e.y - 21.4) < 1.3), "trim", np.where(u < 0.6, MID, LOW))
    foot = slab(e, e.box(left, 25.2, right, 29.4), "wood", MID)
    grained(e, foot, v, 5)
    for x in (left - 1.4, right - 1.4):
        post(e, x, 23.4, x + 2.8, 30.6, "wood")


@ware(
    "shelves",
    "wood",
    "book=red_book potion=bottle",
    "plain wardrobe",
    _HARD,
    ages=True,
    filled=("full", "empty"),
    of_bottle=("green", "cyan", "purple"),
    of_red_book=("red", ("8a2a2a", "c05040", "e89070")),
    of_blue_book=("blue", "cyan"),
    of_green_book=("green", "gold"),
)
def _shelves(e: Bench, v: Variety, look: ItemLook) -> None:
    if look.form == "wardrobe":
        _wardrobe(e, v)
        return
    left, right, top, low = v.turn(
        ((3.0, 29.0, 2.0, 30.4), (5.0, 27.0, 2.0, 30.4), (2.0, 30.0, 4.0, 30.4)), 1
    )
    slab(e, e.box(left, top, right, low), "wood", MID)
    number = 3
    high = (low - top - 3.2) / number
    for n in range(number):
        y = top + 2.2 + n * high
        inner = e.box(left + 2, y, right - 2, y + high - 1.6)
        e.edged(inner, LINE)
        e.lay(inner, "dark", np.where(e.y < y + 1.2, DARK, LOW))
        if "empty" not in look.more:
            _row_of_books(e, v, look, (left + 2, right - 2, y + high - 1.6, high - 2.4, n))
        board = e.box(left + 2, y + high - 1.6, right - 2, y + high)
        e.lay(board, "wood", np.where(e.y < y + high - 0.8, LIGHT, MID))


def _row_of_books(e: Bench, v: Variety, look: ItemLook, place: tuple) -> None:
    left, right, floor, high, number = place
    x, n = left + 0.2, number
    gap = (v.seed + number) % 3
    while x < right - 1.6:
        wide = (2.0, 3.0, 2.0, 2.4)[(n * 5 + v.seed) % 4]
        if n % 5 == 4 and gap != 2 and "full" not in look.more:
            if (gap == 0 or "potion" in look.more) and x + 4 < right:
                e.lay(e.box(x + 1.3, floor - high * 0.8, x + 2.7, floor - 2), "cork", MID)
                e.rounded(
                    e.oval(x + 2, floor - 1.9, 1.9), "bottle", e.ball(x + 2, floor - 1.9, 1.9)
                )
            x += 4
        wide = min(wide, right - x)
        tall = high * (0.96, 0.78, 0.88, 0.7)[(n * 3 + v.seed // 2) % 4]
        material = ("red_book", "blue_book", "green_book")[(n * 7 + v.seed + number) % 3]
        book = e.box(x, floor - tall, x + wide, floor)
        e.lay(book, material, np.where(e.x < x + 1, LIGHT, MID))
        e.lay(e.box(x + wide - 1 / e.k, floor - tall, x + wide, floor), material, DARK)
        e.lay(book & (np.abs(e.y - floor + tall * 0.7) < 0.5 / e.k), "trim", LIGHT)
        x, n = x + wide, n + 1


def _wardrobe(e: Bench, v: Variety) -> None:
    for x in (4.4, 24.6):
        e.lay(e.box(x, 27, x + 3, 30.6), "wood", LOW)
    body = slab(e, e.box(4.0, 4.4, 28.0, 28.6), "wood", LOW)
    for a, b in ((5.4, 15.8), (16.2, 26.6)):
        leaf = slab(e, e.box(a, 6, b, 27), "wood", MID)
        grained(e, leaf, v, 1, 4)
        for y0, y1 in ((8, 14.6), (17, 25)) if v.turn((True, False), 1) else ((8, 25),):
            panel = e.box(a + 2, y0, b - 2, y1)
            e.edged(panel & body, DARK)
            e.lay(panel, "wood", np.where(e.y < y0 + 1, DARK, MID))
            e.lay(panel & ((e.y > y1 - 1) | (e.x > b - 3)), "wood", LIGHT)
    for x in (14.0, 17.0):
        e.over(e.box(x, 15.0, x + 1.2, 17.8), "handle", LIGHT)
    slab(e, e.box(3.0, 2.4, 29.0, 5.4), "wood", MID)
