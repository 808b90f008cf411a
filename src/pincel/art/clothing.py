"""Shirts, robes, dresses, trousers, jackets, hoods, masks and what is worn with them, by rules."""

from __future__ import annotations

import numpy as np

from pincel.art.bench import DARK, LIGHT, LINE, LOW, MID, Bench, ItemLook, Variety, form_of
from pincel.art.household import puffed, slab, ware
from pincel.art.item_matter import GOLD, LEATHER, SILVER
from pincel.art.molded import both_sides, curved, pts

_CLOTHS = ("red", "blue", "green", "purple", "orange", "cyan", "white", "brown")


def _folds(
    e: Bench, mask: np.ndarray, material: str, places: tuple[float, ...], top: float
) -> None:
    """Soft folds that fall from a height: a dark line with a light one beside it."""
    own = mask & e.of(material)
    for x in places:
        far = e.x - x - (x - 16) * 0.02 * (e.y - top)
        e.shaded(own & (np.abs(far) < 0.5) & (e.y > top), -1)
        e.shaded(own & (np.abs(far + 1) < 0.5) & (e.y > top + 2), 1)


@ware(
    "shirt",
    "cloth trim",
    "collar=trim sleeve=sleeve button=button stripe=trim",
    "short long",
    "soft",
    same={"sleeve": "cloth"},
    of_cloth=_CLOTHS,
    of_button=("white", GOLD),
)
def _shirt(e: Bench, v: Variety, look: ItemLook) -> None:
    form = form_of(v, look, ("short", "short", "long"))
    low, half = v.turn((28.6, 29.6), 1), v.turn((8.6, 9.4, 8.0), 1)
    for way in (-1, 1):
        ends = [(4.4, 6.4), (half + 0.2, 5.6), (14.8, 13.6), (half + 1.6, 17.6), (half - 1, 13)]
        if form == "long":
            ends = [(4.4, 6.4), (half - 0.2, 5.4), (14.6, 22.6), (10.6, 24.6), (half - 1, 15)]
        sleeve = e.polygon([(16 + way * x, y) for x, y in ends])
        puffed(e, sleeve, "sleeve", 0.0 if way < 0 else -0.12)
        if form == "long" or v.turn((False, True), 1):
            u, w = (16 + way * x for x in (ends[2][0], ends[3][0]))
            cuff = e.stroke(
                [(u - way * 0.7, ends[2][1] - 0.8), (w - way * 0.7, ends[3][1] - 0.8)], 2.0
            )
            e.lay(cuff & sleeve, "trim", MID if way < 0 else LOW)
    body = e.polygon(
        both_sides([(16 - 3.4, 4.2), (16 - half + 1.6, 5.4), (16 - half, 13), (16 - half, low)])
    )
    puffed(e, body, "cloth", 0.02, 4.6)
    _folds(e, body, "cloth", (16 - half * 0.55, 16 + half * 0.55), 21)
    kind = v.turn(("buttons", "plain", "stripes", "pocket"), 1)
    kind = "stripes" if "stripe" in look.more else "buttons" if "button" in look.more else kind
    if kind == "stripes":
        for y in (14.6, 19.4, 24.2):
            e.lay(body & (np.abs(e.y - y) < 1.1), "trim", np.where(e.x < 19, MID, LOW))
    elif kind == "buttons":
        e.lay(e.box(15.5, 8, 16.5, low) & body, "cloth", DARK)
        for y in (11.4, 16.2, 21.0, 25.8):
            e.lay(e.box(15.2, y, 16.8, y + 1.4), "button", LIGHT)
    elif kind == "pocket":
        slab(e, e.box(18, 13, 22, 17.4) & body, "cloth", MID)
    neck = e.oval(16, 4.6, 3.6, v.turn((3.0, 4.6), 1)) & (e.y > 3.2)
    ring = e.oval(16, 4.6, 5.0, 4.6) & (e.y > 3.2) & body
    e.lay(ring, "trim", np.where(e.x < 16, LIGHT, MID))
    e.edged(neck & body, DARK)
    e.lay(neck & body, "cloth", LINE)


@ware(
    "robe",
    "cloth trim",
    "belt=cord rim=trim sleeve=cloth hood=hood",
    "",
    "soft",
    same={"hood": "cloth"},
    of_cloth=("blue", "purple", "red", "green", "brown", "white"),
    of_trim=(GOLD, SILVER, "white"),
    of_cord=(GOLD, LEATHER[0]),
)
def _robe(e: Bench, v: Variety, look: ItemLook) -> None:
    flare, wide = v.turn((11.6, 10.4, 12.6), 1), v.turn((15.0, 14.2), 1)
    for way in (-1, 1):
        sleeve = e.polygon(
            [
                (16 + way * x, y)
                for x, y in (
                    (4, 5.4),
                    (7.6, 6.6),
                    (wide - 1, 18.6),
                    (wide - 1.6, 23.4),
                    (8.4, 20.4),
                    (6, 13),
                )
            ]
        )
        puffed(e, sleeve, "cloth", 0.0 if way < 0 else -0.14)
        hem = e.stroke(
            [
                (16 + way * (wide - 0.8), 19.2),
                (16 + way * (wide - 1.8), 22.6),
                (16 + way * 9.6, 20.2),
            ],
            1.7,
        )
        e.lay(hem & sleeve, "trim", LIGHT if way < 0 else MID)
    body = e.polygon(both_sides([(12.4, 3.6), (9.0, 6.0), (8.6, 14), (16 - flare, 30.4)]))
    puffed(e, body, "cloth", 0.02, 5.0)
    _folds(e, body, "cloth", (11.4, 20.6), 19)
    front = body & (np.abs(e.x - 16) < 1.4 + 0.03 * (e.y - 8))
    if v.turn((True, False), 1):
        e.lay(front, "trim", np.where(e.x < 16, LIGHT, MID))
    else:
        e.lay(body & (np.abs(e.x - 16) < 0.6), "cloth", DARK)
    e.lay(body & (e.y > 28.2), "trim", np.where(e.x < 14, LIGHT, np.where(e.x < 21, MID, LOW)))
    slab(e, body & (np.abs(e.y - 15.6) < 1.3), "cord", MID)
    e.over(e.box(17.6, 15.4, 19.4, 21.6), "cord", np.where(e.y < 18, LIGHT, MID))
    _collar(e, body, "hood" in look.more or v.turn((False, True, False), 1))


def _collar(e: Bench, body: np.ndarray, hood: bool) -> None:
    """A hood, or an open neck."""
    if hood:
        cowl = curved(e, both_sides(pts("16,1.4 11.6,2.6 8.8,7 10,10.6 16,11.6")))
        puffed(e, cowl, "hood", 0.1)
        e.edged(e.oval(16, 7.6, 3.8, 3.4), DARK)
        e.lay(e.oval(16, 7.6, 3.8, 3.4), "dark", DARK)
    else:
        neck = e.polygon([(12.4, 3.4), (19.6, 3.4), (16, 10)])
        e.lay(e.stroke([(12, 3.8), (16, 10.4), (20, 3.8)], 2.2) & body, "trim", MID)
        e.lay(neck & body, "cloth", LINE)


@ware(
    "dress",
    "cloth trim",
    "belt=belt rim=trim bow=belt",
    "",
    "soft",
    of_cloth=("red", "pink", "blue", "purple", "green", "cyan", "white"),
    of_belt=("white", GOLD, "purple"),
)
def _dress(e: Bench, v: Variety, look: ItemLook) -> None:
    flare, waist = v.turn((13.6, 11.6, 14.2), 1), v.turn((14.6, 13.6), 1)
    sleeves = v.turn(("puff", "straps", "none"), 1)
    skirt = e.polygon(
        both_sides([(11.6, waist), (16 - flare * 0.62, waist + 6), (16 - flare, 29.0)])
    )
    skirt |= e.oval(16, 28.4, flare, 2.0)
    puffed(e, skirt & (e.y >= waist - 0.5), "cloth", 0.04, 6.0)
    for x in (-0.5, -0.1, 0.36):
        far = e.x - 16 - x * flare * np.clip((e.y - waist) / 14, 0.2, 1.2)
        e.shaded(skirt & (np.abs(far) < 0.5) & (e.y > waist + 4), -1)
        e.shaded(skirt & (np.abs(far + 1) < 0.5) & (e.y > waist + 5), 1)
    if sleeves == "puff":
        for x in (9.4, 22.6):
            puffed(e, e.oval(x, 7.0, 3.4, 3.0), "cloth", 0.06)
    top = e.polygon(both_sides([(12.6, 4.0), (10.0, 6.4), (10.6, 10.6), (11.8, waist + 0.6)]))
    puffed(e, top, "cloth", 0.06)
    neck = e.oval(16, 3.6, 3.4, v.turn((3.6, 2.6), 1))
    e.lay(e.oval(16, 3.6, 4.6, 4.8) & top, "trim", np.where(e.x < 16, LIGHT, MID))
    e.codes[neck & top] = -1
    if sleeves == "straps":
        e.lay(top & (np.abs(np.abs(e.x - 16) - 2.2) < 0.5) & (e.y > 7), "trim", MID)
    wave = 27.0 + 0.8 * np.sin(e.x * 1.3)
    e.lay(
        skirt & (e.y > wave + 0.6), "trim", np.where(e.x < 13, LIGHT, np.where(e.x < 22, MID, LOW))
    )
    slab(e, e.box(11, waist - 1.0, 21, waist + 1.6), "belt", MID)
    if "bow" in look.more or v.turn((True, False), 1):
        for way in (-1, 1):
            e.over(
                e.polygon([(16, waist), (16 + way * 4, waist - 2), (16 + way * 4, waist + 2.6)]),
                "belt",
                LIGHT,
            )


@ware(
    "skirt",
    "cloth trim",
    "belt=belt rim=trim",
    "short long",
    "soft",
    of_cloth=("red", "pink", "blue", "green", "purple", "brown"),
    of_belt=(LEATHER[0], "white"),
)
def _skirt(e: Bench, v: Variety, look: ItemLook) -> None:
    low = {"short": 23.0, "long": 30.0}.get(look.form, v.turn((26.0, 28.6), 1))
    flare = v.turn((13.6, 12.4, 14.2), 1)
    skirt = e.polygon(both_sides([(9.6, 5), (16 - flare, low)])) | (
        e.oval(16, low - 0.6, flare, 2.0)
    )
    skirt &= e.y > 5
    puffed(e, skirt, "cloth", 0.04, 6.0)
    for x in (-0.6, -0.2, 0.2, 0.6):
        far = e.x - 16 - x * (6.4 + (flare - 6.4) * np.clip((e.y - 5) / (low - 5), 0, 1.2))
        e.shaded(skirt & (np.abs(far) < 0.5) & (e.y > 10), -1)
        e.shaded(skirt & (np.abs(far + 1) < 0.5) & (e.y > 11), 1)
    if v.turn((True, False), 1) or "rim" in look.more:
        e.lay(
            skirt & (e.y > low - 1.6),
            "trim",
            np.where(e.x < 13, LIGHT, np.where(e.x < 22, MID, LOW)),
        )
    slab(e, e.box(9.2, 3.0, 22.8, 6.4), "belt", MID)


@ware(
    "pants",
    "cloth",
    "belt=belt patch=patch lock=button",
    "short",
    "soft metal",
    of_cloth=("blue", "brown", ("3a3a44", "5e5e6c", "8c8c9a"), "green", LEATHER[0], "red"),
    of_belt=(LEATHER[1], LEATHER[0]),
    of_button=(GOLD, SILVER),
)
def _pants(e: Bench, v: Variety, look: ItemLook) -> None:
    short = look.form == "short"
    low, top = (26.6, 4.4) if short else (30.0, 3.4)
    spread, wide = v.turn((1.6, 0.8, 2.4), 1), v.turn((7.2, 6.6, 7.8), 1)
    whole = e.polygon(
        both_sides(
            [
                (8.4, top),
                (7.4, top + 8),
                (16 - spread - wide - (1.4 if short else 0), low),
                (16 - spread, low),
                (16 - 0.5, top + 10.4),
            ]
        )
    )
    puffed(e, whole, "cloth", 0.04, 3.4)
    for way in (-1, 1):
        if not short:
            fold = e.stroke(
                [(16 + way * (spread + 2.6), 21.6), (16 + way * (spread + 5.4), 20.2)], 1.0
            )
            e.shaded(fold & whole, -1)
        if v.turn((False, True), 1):
            turnup = whole & (e.y > low - 2.2)
            e.edged(turnup & whole, DARK)
            e.lay(turnup, "cloth", np.where(e.x < 16, LIGHT, MID))
    hips = whole & (e.y < top + 8)
    e.lay(hips & (np.abs(e.x - 16) < 0.5) & (e.y > top + 3), "cloth", DARK)
    for way in (-1, 1):
        pocket = e.stroke([(16 + way * 4.4, top + 2.6), (16 + way * 7, top + 5.6)], 1.0)
        e.lay(pocket & hips, "cloth", DARK)
    slab(e, e.box(8.4, top - 1.6, 23.6, top + 1.6), "belt", MID)
    e.over(e.box(14.6, top - 1.8, 17.6, top + 1.8), "button", np.where(e.x < 16, LIGHT, MID))
    if "patch" in look.more or v.turn((False, False, False, True), 1):
        slab(e, e.box(10.0, low - 11, 13.4, low - 7.4) & whole, "patch", MID)


@ware(
    "jacket",
    "cloth shirt",
    "lining=shirt button=button collar=trim lock=button rim=trim belt=belt",
    "long",
    "soft",
    of_cloth=(LEATHER[0], "blue", ("2c2c38", "4c4c5c", "7c7c8c"), "red", "green", LEATHER[1]),
    of_shirt=("white", "red", "orange", "cyan"),
    of_button=(GOLD, SILVER),
    of_trim=(LEATHER[1], "white", "brown"),
)
def _jacket(e: Bench, v: Variety, look: ItemLook) -> None:
    low = 30.4 if look.form == "long" else v.turn((27.4, 25.6), 1)
    half = v.turn((9.4, 8.8), 1)
    for way in (-1, 1):
        sleeve = e.polygon(
            [
                (16 + way * x, y)
                for x, y in ((4.4, 5), (half, 5.6), (14.8, 22.4), (10.2, 24.6), (half - 1.4, 14))
            ]
        )
        puffed(e, sleeve, "cloth", 0.02 if way < 0 else -0.12)
        cuff = e.stroke([(16 + way * 14.0, 21.6), (16 + way * 10.4, 23.6)], 2.0)
        e.lay(cuff & sleeve, "trim", LIGHT if way < 0 else MID)
    inner = e.polygon(both_sides([(12, 4.6), (11, 12), (11.4, low - 1)]))
    e.lay(inner, "shirt", np.where(e.x < 15, MID, LOW))
    e.lay(inner & (np.abs(e.x - 16) < 0.5), "shirt", DARK)
    gap = v.turn((1.6, 2.6, 0.4), 1)
    for way in (-1, 1):
        flap = e.polygon(
            pts(
                f"3.6,4.2 {half - 0.4},5.4 {half},{low} {gap + 0.6},{low} {gap},15 {gap},13",
                (16, way),
            )
        )
        puffed(e, flap, "cloth", 0.04 if way < 0 else -0.06, 3.0)
        lapel = e.polygon(pts(f"3.2,3.2 5.8,5.4 5,10 {gap},15", (16, way)))
        e.over(lapel, "trim", LIGHT if way < 0 else MID)
        left, right = sorted((16 + way * 3.4, 16 + way * 7.2))
        pocket = e.box(left, 20.0, right, 21.2)
        e.lay(pocket & flap, "cloth", DARK)
    for y in (16.6, 20.4, 24.2):
        e.lay(e.box(16 - gap - 2.0, y, 16 - gap - 0.6, y + 1.2), "button", LIGHT)
    if "belt" in look.more:
        slab(e, e.box(16 - half, 18.6, 16 + half, 21.4), "belt", MID)
