"""Lamps, mirrors, pillows, rugs and baskets, drawn by rules."""

from __future__ import annotations

import numpy as np

from pincel.art.bench import DARK, LIGHT, LINE, LOW, MID, Bench, ItemLook, Variety, form_of
from pincel.art.household import post, puffed, shine, slab, ware
from pincel.art.item_matter import BRONZE, GOLD, IRON, SILVER, WOOD
from pincel.art.molded import plaque


@ware(
    "lamp",
    "shade base",
    "shade base light=shade foot=base",
    "table",
    "metal wood stone glass",
    made="base",
    of_shade=("orange", ("b89040", "f0d080", "fff4c0"), "green", "red", "cyan"),
    of_base=(BRONZE, GOLD, WOOD[0], IRON),
)
def _lamp(e: Bench, v: Variety, look: ItemLook) -> None:
    foot = v.turn(("ball", "vase", "stem"), 1)
    post(e, 14.8, 16, 17.2, 28, "base")
    if foot == "ball":
        puffed(e, e.oval(16, 22, 4.6), "base", 0.1)
    elif foot == "vase":
        puffed(e, e.oval(16, 23, 4.4, 5.6) | e.box(14, 17, 18, 20), "base", 0.1)
    puffed(e, e.oval(16, 28.8, 7.4, 2.2), "base", 0.16)
    a, b = v.turn(((5.0, 12.0), (7.0, 13.0), (6.0, 10.0)), 1)
    top = v.turn((3.0, 4.4), 1)
    hat = e.polygon([(16 - a, top), (16 + a, top), (16 + b, 17), (16 - b, 17)])
    hat |= e.oval(16, 17, b, 1.8)
    e.edged(hat, LINE)
    wide = a + (b - a) * np.clip((e.y - top) / 14, 0, 1)
    u = (e.x - 16) / np.maximum(wide, 1)
    glow = np.hypot(u * 0.9 + 0.12, (e.y - 11.5) / 9)
    e.lay(hat, "shade", np.where(glow < 0.62, LIGHT, np.where(u < 0.66, MID, LOW)))
    e.lay(hat & (e.y < top + 1.2), "trim", np.where(e.x < 17, LIGHT, MID))
    e.lay(hat & (e.y > 16.2), "trim", np.where(e.x < 19, LIGHT, MID))


@ware(
    "oil lamp",
    "metal",
    "flame light=flame",
    "",
    "metal stone",
    loose=frozenset(("flame",)),
    of_metal=(GOLD, BRONZE, SILVER, GOLD),
)
def _oil_lamp(e: Bench, v: Variety, look: ItemLook) -> None:
    grip = e.oval(26.2, 17, 4.4, 4.6) & ~e.oval(26.2, 17, 2.4, 2.6)
    e.lay(grip, "metal", np.where(e.y < 16, LIGHT, MID))
    spout = e.polygon([(12, 16), (1.8, 9.6), (1.6, 12.8), (9, 23)])
    puffed(e, spout | e.oval(16, 19.6, 10.4, 5.8), "metal", 0.08)
    puffed(e, e.box(13, 24.4, 19, 27) | e.oval(16, 28, 6.6, 1.9), "metal", 0.14)
    puffed(e, e.oval(16, 14.4, 5.6, 2.8) & (e.y < 15.4), "metal", 0.16)
    puffed(e, e.oval(16, 10.4, 1.9), "metal", 0.2)
    shine(e, e.of("metal"), 11.4, 17.4, 0.9)
    x = 2.6
    for n in range(v.turn((3, 4, 2), 1)):
        y = 7.4 - n * 1.5
        e.lay(e.oval(x + 0.8 * (n % 2), y, 1.7 - 0.3 * n), "flame", (LOW, MID, LIGHT, LIGHT)[n])


@ware(
    "light bulb",
    "shade",
    "glass=shade base=metal",
    "",
    "",
    of_shade=(("c89a20", "fce070", "fffbd0"), ("a8a880", "f0ecc0", "fffff0")),
)
def _bulb(e: Bench, v: Variety, look: ItemLook) -> None:
    round_ = v.turn((10.4, 11.2, 9.8), 1)
    glass = e.oval(16, 12.6, round_) | e.polygon([(8, 17), (24, 17), (20.4, 23), (11.6, 23)])
    e.lay(glass, "shade", MID)
    puffed(e, glass, "shade", 0.22)
    wire = e.stroke([(13, 22), (12, 14), (14.4, 16), (16, 13), (17.6, 16), (20, 14), (19, 22)], 0.9)
    e.lay(wire & glass, "flame", LOW)
    shine(e, glass, 11.0, 8.0, 1.4)
    for y in (22.6, 25.0, 27.4):
        slab(e, e.box(11.6 + 0.3 * (y - 22), y, 20.4 - 0.3 * (y - 22), y + 2.4), "metal", MID)
    e.lay(e.oval(16, 30, 2.4, 0.9), "metal", LOW)


@ware(
    "mirror",
    "frame",
    "rim=frame glass gem",
    "oval broken hand square",
    "wood metal stone jewel",
    ages=False,
    of_frame=(GOLD, WOOD[0], SILVER, BRONZE),
    of_glass=(("5a86a4", "a8d4e4", "eefafc"), ("6a90a0", "a8d8d4", "eefaf4")),
)
def _mirror(e: Bench, v: Variety, look: ItemLook) -> None:
    form = form_of(v, look, ("oval", "square", "hand"))
    broken = form == "broken"
    if form == "hand":
        post(e, 14.2, 19, 17.8, 30.6, "frame")
        rim, pane = e.oval(16, 11.6, 9.6, 9.8), e.oval(16, 11.6, 7.0, 7.2)
    elif form == "square":
        e.lay(e.polygon([(9, 27), (23, 27), (26, 30.6), (6, 30.6)]), "frame", LOW)
        rim, pane = plaque(e, 5, 1.8, 27, 29, 2.0), plaque(e, 8, 4.8, 24, 26, 1.0)
    else:
        e.lay(e.box(14, 26, 18, 29) | e.oval(16, 29.4, 7, 1.5), "frame", LOW)
        rim, pane = e.oval(16, 14.4, 10.8, 13.0), e.oval(16, 14.4, 7.8, 10.0)
    puffed(e, rim, "frame", 0.08, 1.8)
    e.edged(pane, DARK)
    e.lay(pane, "glass", MID)
    far = (e.x + e.y) - (22 if form == "hand" else 26)
    bars = v.turn(((-6.0, 2.6), (-4.0, 4.0), (-8.0, 3.2)), 1)
    e.lay(pane & (np.abs(far - bars[0]) < bars[1]), "glass", LIGHT)
    e.lay(pane & (np.abs(far - bars[0] - bars[1] - 2.6) < 0.9), "glass", LIGHT)
    e.lay(pane & (far > 9), "glass", LOW)
    if broken:
        for line in (
            [(16, 13), (10, 6), (11, 3)],
            [(16, 13), (22, 9)],
            [(16, 13), (13, 24)],
            [(16, 13), (21, 20)],
            [(16, 13), (8, 16)],
        ):
            e.lay(e.stroke(line, 1.0) & pane, "dark", LOW)
    if "gem" in look.more or v.turn((False, True, False), 1):
        y = 2.8 if form not in ("square",) else 3.4
        e.rounded(e.oval(16, y, 1.8), "gem", e.ball(16, y, 1.8) + 0.1)


@ware(
    "pillow",
    "cloth",
    "rim=trim tassel",
    "square round",
    "soft",
    of_cloth=("white", "red", "blue", "purple", "green", "pink"),
    of_tassel=(GOLD,),
)
def _pillow(e: Bench, v: Variety, look: ItemLook) -> None:
    form = form_of(v, look, ("square", "flat", "square"))
    bow = v.turn((2.2, 3.0, 1.6), 1)
    u, w = (e.x - 16) / 13, (e.y - 16) / (9.4 if form == "flat" else 12.4)
    far = np.maximum(np.abs(u) + bow / 13 * (1 - w * w), np.abs(w) + bow / 13 * (1 - u * u))
    body = far < 1
    if form == "round":
        body = e.oval(16, 16, 13, 11.6)
    puffed(e, body, "cloth", 0.1, 5.0)
    pattern = v.turn(("plain", "button", "stripes", "rim"), 1)
    if "rim" in look.more or pattern == "rim":
        inner = far < 0.8 if form != "round" else e.oval(16, 16, 10.4, 9.2)
        outer = far < 0.9 if form != "round" else e.oval(16, 16, 11.8, 10.6)
        e.lay(outer & ~inner, "trim", np.where(e.x + e.y < 33, LIGHT, MID))
    elif pattern == "button":
        e.shaded(body & (np.abs(np.abs(u) - np.abs(w)) < 0.07) & (np.abs(u) < 0.36), -1)
        e.lay(e.oval(16, 16, 1.2), "cloth", DARK)
    elif pattern == "stripes":
        for x in (-0.45, 0.45):
            e.lay(body & (np.abs(u - x) < 0.1), "trim", np.where(w < 0.3, LIGHT, MID))
    if "tassel" in look.more or v.turn((False, True), 1):
        h = 9.4 if form == "flat" else 12.4
        for x in (-1, 1):
            for y in (-1, 1):
                spot = e.oval(16 + x * 12.4, 16 + y * (h - 0.6), 2.0)
                e.lay(spot & ~body if form != "round" else spot & body, "tassel", MID)


@ware(
    "rug",
    "cloth",
    "rim=trim tassel",
    "round",
    "soft",
    of_cloth=("red", "blue", "green", "purple", "brown"),
    of_tassel=(GOLD, "white"),
)
def _rug(e: Bench, v: Variety, look: ItemLook) -> None:
    if form_of(v, look, ("long", "long", "round")) == "round":
        far = np.hypot((e.x - 16) / 14.6, (e.y - 16) / 12.4)
        e.lay(
            far < 1, "tassel", np.where(np.sin(np.arctan2(e.y - 16, e.x - 16) * 26) > 0, MID, LOW)
        )
        far = far * 1.09
    else:
        fringe = e.box(1.6, 6.4, 30.4, 25.6)
        e.lay(fringe, "tassel", np.where(e.row % 2 == 0, LIGHT, LOW))
        far = np.maximum(np.abs(e.x - 16) / 12.4, np.abs(e.y - 16) / 9.6)
    body = far < 1
    e.lay(body, "cloth", np.where(e.x + e.y < 24, LIGHT, np.where(e.x + e.y < 44, MID, LOW)))
    e.lay(body & (far > 0.74) & (far < 0.88), "trim", np.where(e.x + e.y < 34, LIGHT, MID))
    mark = v.turn(("diamond", "cross", "dots", "eye"), 1)
    u, w = np.abs(e.x - 16), np.abs(e.y - 16)
    shape = {
        "diamond": (u * 0.62 + w < 5.4) & (u * 0.62 + w > 2.0),
        "cross": ((u < 1.2) & (w < 5)) | ((w < 1.2) & (u < 7)),
        "dots": (np.hypot(u - 5.4, w) < 1.6) | (np.hypot(u, w) < 2.2),
        "eye": (np.hypot(u * 0.6, w) < 4.6) & (np.hypot(u * 0.6, w) > 3.0) | (np.hypot(u, w) < 1.4),
    }[mark]
    e.lay(shape & body & (far < 0.74), "trim", np.where(e.x + e.y < 32, LIGHT, MID))


@ware(
    "basket",
    "wicker",
    "handle hoard=fruit fruit",
    "",
    "wood",
    filled=("full", "empty"),
    loose=frozenset(("handle",)),
    ages=False,
    same={"handle": "wicker"},
    of_wicker=(
        ("7a4e22", "b88444", "e4bc78"),
        ("6a4a2a", "a47e4a", "d4b07a"),
        ("8a5a2c", "c8965a", "f0cc94"),
    ),
    of_fruit=("red", "green", "orange", "yellow"),
)
def _basket(e: Bench, v: Variety, look: ItemLook) -> None:
    top, low = v.turn((15.0, 13.6), 1), 29.6
    a, b = v.turn(((13.0, 9.6), (12.2, 10.4), (13.4, 8.0)), 1)
    if "handle" not in look.without and v.turn((True, True, False), 1):
        bow = e.oval(16, 16, 11.4, 13.4) & ~e.oval(16, 16, 9.2, 11.4) & (e.y < 16)
        e.lay(bow, "handle", np.where(e.x < 14, LIGHT, np.where(e.x < 22, MID, LOW)))
        twist = bow & ((e.x + e.y) % 4 < 1)
        e.shaded(twist, -1)
    inside = e.oval(16, top, a, 3.0)
    e.over(inside, "wicker", np.where(e.y < top, DARK, LOW))
    held = v.turn(("empty", "fruit"), 1)
    held = "fruit" if {"full", "hoard"} & look.more else "empty" if "empty" in look.more else held
    if held == "fruit":
        for x, y in ((10.4, 12.6), (21.6, 12.8), (16.0, 10.6), (12.8, 14.4), (19.2, 14.4)):
            ball = e.oval(x, y + top - 15, 3.5)
            e.rounded(ball, "fruit", e.ball(x, y + top - 15, 3.5) + 0.08)
    share = np.clip((e.y - top) / (low - top), 0, 1)
    u = (e.x - 16) / (a + (b - a) * share)
    bowl = 2.6 * np.sqrt(np.maximum(1 - u**2, 0))
    body = (np.abs(u) <= 1) & (e.y > top + bowl * 0.9) & (e.y < low - 2.4 + bowl)
    e.edged(body, LINE)
    e.lit(body, "wicker", 0.62 - 0.34 * u - 0.2 * u * u)
    high, wide = 3.0, 4.0
    row = np.floor((e.y - top - bowl) / high)
    weave = ((e.x + (row % 2) * wide / 2) % wide) < 1 / e.k
    e.shaded(body & weave, -1)
    e.shaded(body & (((e.y - top - bowl) % high) < 1 / e.k), -1)
    rim = (np.abs(e.x - 16) <= a) & (e.y > top + bowl - 0.6) & (e.y < top + bowl + 1.8)
    e.over(rim, "wicker", np.where(u < -0.3, LIGHT, np.where(u < 0.6, MID, LOW)))
    e.shaded(rim & ((e.x + e.y) % 3 < 1), -1)


@ware(
    "bucket",
    "wood",
    "rim=metal liquid handle=metal",
    "",
    "wood metal",
    ages=True,
    filled=("full", "empty"),
    of_liquid=("blue", "cyan"),
    of_metal=(IRON, BRONZE),
)
def _bucket(e: Bench, v: Variety, look: ItemLook) -> None:
    top, low = v.turn((11.0, 12.4), 1), 29.4
    a, b = v.turn(((11.6, 8.6), (11.0, 9.4), (12.0, 8.0)), 1)
    bow = e.oval(16, top, a + 0.6, 9.0) & ~e.oval(16, top, a - 1.0, 7.4) & (e.y < top)
    e.lay(bow, "metal", np.where(e.x < 15, LIGHT, MID))
    mouth = e.oval(16, top, a, 3.2)
    share = np.clip((e.y - top) / (low - top), 0, 1)
    u = (e.x - 16) / (a + (b - a) * share)
    round_ = 2.6 * np.sqrt(np.maximum(1 - u**2, 0))
    body = (np.abs(u) <= 1) & (e.y > top) & (e.y < low - 2.6 + round_)
    e.edged(body | mouth, LINE)
    e.lit(body, "wood", 0.62 - 0.34 * u - 0.3 * u * u)
    angle = np.arcsin(np.clip(u, -1, 1)) / np.pi + 0.5
    e.shaded(body & ((angle * v.turn((6, 7), 1)) % 1 < 0.12) & (np.abs(u) < 0.95), -1)
    for y in (top + 4.4, low - 5.4):
        bent = y + round_
        hoop = body & (np.abs(e.y - bent) < 1.1)
        e.lay(hoop, "metal", np.where(u < -0.35, LIGHT, np.where(u < 0.3, MID, LOW)))
    e.over(mouth, "wood", np.where(e.x < 18, LIGHT, MID))
    inner = e.oval(16, top + 0.2, a - 1.5, 2.2)
    e.lay(inner, "wood", DARK)
    wet = v.turn((True, False), 1) and "empty" not in look.more
    if wet or {"liquid", "full"} & look.more:
        e.lay(inner, "liquid", np.where(e.x + 2 * e.y < 35, LIGHT, MID))
    for x in (16 - a + 0.4, 16 + a - 0.4):
        e.over(e.oval(x, top + 1.4, 1.4), "metal", LIGHT if x < 16 else MID)
