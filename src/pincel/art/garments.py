"""What is worn, drawn by rules: boots, gloves, hats, crowns, cloaks."""

from __future__ import annotations

import numpy as np

from pincel.art.bench import DARK, LIGHT, LOW, MID, Bench, ItemLook, Variety, form_of, gem


def boots(e: Bench, v: Variety, look: ItemLook) -> None:
    """A pair of boots from the side."""
    top = {"high": 2.6, "low": 10.0}.get(look.form, v.turn((4.0, 7.0, 2.6), 1))
    kind = v.turn(("cuff", "straps", "laces", "plain"), 1)
    for number, (x, y) in enumerate(((12.0, -2.0), (3.0, 0.0))):
        t, low = top + 2 + y, 30.0 + y
        leg = e.polygon(
            [
                (x + 1.5, t),
                (x + 9.5, t),
                (x + 9.2, low - 8),
                (x + 9.5, low - 6.5),
                (x + 13.0, low - 5.4),
                (x + 15.2, low - 3.6),
                (x + 15.6, low - 2),
                (x + 1.0, low - 2),
                (x + 1.6, low - 8),
            ]
        )
        e.edged(leg, 0)
        light = 0.95 - 0.09 * (e.x - x) + 0.02 * (12 - e.y) - (0.18 if number == 0 else 0)
        light = np.where(e.y > low - 6, 0.9 - 0.07 * (e.x - x) + 0.12 * (low - 4 - e.y), light)
        e.lit(leg, "boot", light)
        e.over(
            e.box(x + 0.6, low - 2, x + 15.8, low) & ~e.box(x + 5.4, low - 0.8, x + 7.6, low),
            "sole",
            np.where(e.y < low - 1, MID, LOW),
        )
        _trimmed(e, kind, leg, (x, t, low))


def _trimmed(e: Bench, kind: str, leg: np.ndarray, place: tuple) -> None:
    """Cuffs, straps or laces, on a leg, bool (side, side)."""
    x, t, low = place
    if kind == "cuff":
        e.over(
            e.box(x + 0.8, t - 0.5, x + 10.2, t + 3.4),
            "cuff",
            np.where(e.x < x + 4, LIGHT, np.where(e.x < x + 7.5, MID, LOW)),
        )
    elif kind == "straps":
        for row in (low - 9.0, low - 13.0):
            e.lay(
                e.box(x + 1.4, row, x + 9.6, row + 1.6) & leg,
                "cuff",
                np.where(e.x < x + 4, MID, LOW),
            )
            e.lay(e.box(x + 6, row - 0.5, x + 8, row + 2) & leg, "trim", LIGHT)
    elif kind == "laces":
        rows = (np.floor(e.y) % 3 == 0) & (e.y > t + 2) & (e.y < low - 6)
        e.lay(rows & (e.x > x + 6.2) & (e.x < x + 9.2) & leg, "lace", LIGHT)


def gloves(e: Bench, v: Variety, look: ItemLook) -> None:
    """A pair of gloves: one behind the other."""
    kind = v.turn(("cuff", "plates", "knuckles"), 1)
    size = v.turn((1.0, 0.95), 1)
    for number, (x, y) in enumerate(((18.5, 0.0), (2.0, 2.6))):
        _glove(e, kind, number, (x, y, size))


def _glove(e: Bench, kind: str, number: int, place: tuple) -> None:
    """One glove."""
    x, y, size = place
    fingers = np.zeros_like(e.x, bool)
    base = x
    for n, tall in enumerate((1.5, 0.0, 0.6, 2.4)):
        left = base + 3.0 + n * 2.55 * size - 2.2
        fingers |= e.box(left, 4.5 + y + tall, left + 2.1, 14 + y)
    palm = e.box(base + 0.8, 11 + y, base + 10.8, 20.5 + y)
    cuff = e.polygon(
        [
            (base + 1.2, 19.5 + y),
            (base + 10.4, 19.5 + y),
            (base + 11.8, 26.6 + y),
            (base - 0.2, 26.6 + y),
        ]
    )
    thumb_x = base + 11.0 if number else base
    way = 1 if number else -1
    thumb = e.stroke(
        [
            (thumb_x - way * 1.0, 18 + y),
            (thumb_x + way * 1.0, 14.2 + y),
            (thumb_x + way * 0.8, 11.5 + y),
        ],
        2.8,
    )
    _sewn(e, kind, (fingers, palm, thumb, cuff), (base, y, size))


def _sewn(e: Bench, kind: str, masks: tuple, place: tuple) -> None:
    """What is seen on a glove."""
    fingers, palm, thumb, cuff = masks
    base, y, size = place
    hand = fingers | palm | thumb
    e.edged(hand | cuff, 0)
    e.lit(hand, "boot", 0.85 - 0.07 * (e.x - base) - 0.015 * (e.y - 12))
    gaps = palm | fingers
    seams = gaps & (np.abs(((e.x - base - 0.7) % (2.55 * size)) - 2.3) < 0.5) & (e.y < 13.5 + y)
    e.lay(seams & ~fingers, "boot", DARK)
    e.over(cuff, "cuff", np.where(e.x < base + 4, LIGHT, np.where(e.x < base + 8, MID, LOW)))
    if kind == "plates":
        e.over(
            e.box(base + 2.4, 13.4 + y, base + 9.2, 18 + y),
            "metal",
            np.where(e.x < base + 5, LIGHT, MID),
        )
    elif kind == "knuckles":
        for n in range(4):
            e.lay(e.oval(base + 2.2 + 2.55 * n, 13.0 + y, 1.1), "trim", LIGHT if n < 2 else MID)
    e.lay(cuff & (np.abs(e.y - 24.6 - y) < 0.6), "trim", np.where(e.x < base + 5, LIGHT, MID))


def diadem(e: Bench, v: Variety, look: ItemLook) -> None:
    """A crown with points and stones."""
    points = v.turn((5, 3, 4), 1)
    low, base, top = 27.0, 21.0, v.turn((5.0, 7.0, 4.0), 1)
    half = v.turn((13.4, 12.4), 1)
    if v.turn((True, False), 1):
        back = e.oval(16, base - 2, half - 1.6, 4.4)
        e.lay(back, "lining", np.where(e.x < 16, MID, LOW))
    line = [(16 - half + 1.6, low), (16 - half, top + 3.5)]
    for n in range(points):
        x = 16 - half + 2 * half * n / (points - 1)
        rise = top + 3.5 * abs(n - (points - 1) / 2) / ((points - 1) / 2)
        line.append((x, rise))
        if n < points - 1:
            line.append((x + half / (points - 1), base - 3.4))
    line.append((16 + half - 1.6, low))
    whole = e.polygon(line)
    light = 0.86 - 0.05 * (e.x - 8) - 0.03 * (e.y - 14)
    e.over(whole, "metal", LOW + np.digitize(light, (0.3, 0.72)))
    band = whole & (e.y > base)
    e.lay(band, "metal", np.where(e.y < base + 1, LIGHT, np.where(e.y > low - 1.4, LOW, MID)))
    e.lay(whole & (np.abs(e.y - base - 0.5) < 0.01), "metal", DARK)
    for n in range(points):
        x = 16 - half + 2 * half * n / (points - 1)
        rise = top + 3.5 * abs(n - (points - 1) / 2) / ((points - 1) / 2)
        ball = e.oval(min(max(x, 3), 29), rise, 1.9)
        e.rounded(ball, "knob", e.ball(x, rise, 1.9) + 0.2)
    if "gem" not in look.without:
        for x, r in ((16, 2.2), (9.4, 1.6), (22.6, 1.6)):
            gem(e, x, (base + low) / 2, r)


def hat(e: Bench, v: Variety, look: ItemLook) -> None:
    """A hat: a wizard's, a broad one, a top hat or a cap."""
    form = form_of(v, look, ("wizard", "wide", "top", "cap"))
    plumed = "fletching" in look.more
    form = "wide" if plumed else form
    if form == "wizard":
        bend = v.turn((4.5, -4.5, 2.0), 1)
        brim = e.oval(16, 26, 14.6, 3.9)
        e.lay(brim, "cloth", np.where(e.y < 25.5, MID, LOW))
        s = np.clip((e.y - 1.8) / 24, 0, 1)
        middle = 16 + bend * (1 - s) ** 2
        cone = (np.abs(e.x - middle) < 0.8 + 7.8 * s**1.1) & (e.y > 1.8) & (e.y < 26)
        u = (e.x - middle) / (0.8 + 8 * s)
        e.over(cone, "cloth", np.where(u < -0.25, LIGHT, np.where(u < 0.4, MID, LOW)))
        fold = cone & (np.abs(e.y - 11 - 1.4 * u) < 0.5) & (u > -0.3)
        e.lay(fold, "cloth", DARK)
        band = cone & (e.y > 20.4) & (e.y < 24)
        e.lay(band, "band", np.where(u < -0.2, LIGHT, np.where(u < 0.5, MID, LOW)))
        if v.turn((True, False), 1):
            e.over(e.box(14.4, 19.8, 17.8, 24.4), "trim", np.where(e.x < 16, LIGHT, MID))
        for x, y in ((14.4, 15), (19, 17.5), (16.5, 9)) if v.turn((False, True, True), 1) else ():
            e.lay((np.abs(e.x - x) + np.abs(e.y - y) < 1.2) & cone, "trim", LIGHT)
        return
    _round_hat(e, v, form, plumed)


def _round_hat(e: Bench, v: Variety, form: str, plumed: bool) -> None:
    """Hats with a rounded or a flat crown."""
    tall = {
        "wide": v.turn((9.0, 10.5), 1),
        "top": v.turn((3.0, 5.0), 1),
        "cap": v.turn((8.0, 9.5), 1),
    }[form]
    half = 7.6 if form != "cap" else 9.8
    wide = {"wide": 14.6, "top": 12.6, "cap": 0.0}[form]
    low = 24.0
    if wide:
        brim = e.oval(16, low, wide, 4.0)
        e.lay(brim, "cloth", np.where(e.y < low - 0.6, MID, LOW))
        e.lay(brim & (e.y > low + 2), "cloth", DARK)
    if form == "top":
        body = e.polygon(
            [(16 - half - 0.6, tall), (16 + half + 0.6, tall), (16 + half, low), (16 - half, low)]
        )
    elif form == "wide":
        body = (
            e.oval(16, tall + 6, half, 6.4) | e.box(16 - half, tall + 6, 16 + half, low)
        ) & ~e.oval(16, tall - 1.4, 2.6, 2.2)
    else:
        body = e.oval(14.5, 20, half + 1.5, 20 - tall) & (e.y < low)
        bill = e.oval(22, low - 0.6, 8.4, 2.6) & (e.x > 15)
    e.over(body, "cloth", np.where(e.x < 13, LIGHT, np.where(e.x < 18.5, MID, LOW)))
    if form == "cap":
        e.lay(e.stroke([(14.5, tall), (17.5, 16), (18, low)], 0.9) & body, "cloth", DARK)
        e.over(bill, "band", np.where(e.y < low, LIGHT, MID))
        e.over(e.oval(14.5, tall + 0.4, 1.5), "band", LIGHT)
        return
    strip = body & (e.y > low - 4.4)
    e.lay(strip, "band", np.where(e.x < 13, LIGHT, np.where(e.x < 18.5, MID, LOW)))
    if plumed or (v.turn((True, False, True), 2) and form == "wide"):
        plume = e.stroke([(23, low - 3), (26, low - 11), (24, low - 17)], 4.2, 1.6)
        e.over(plume, "plume", np.where(e.x < 25, LIGHT, MID))


def cloak(e: Bench, v: Variety, look: ItemLook) -> None:
    """A cloak on nobody's shoulders, with a clasp."""
    wide = v.turn((12.6, 13.6, 11.6), 1)
    hood = look.form == "hooded" or v.turn((True, False), 1)
    s = np.clip((e.y - 5) / 25, 0, 1)
    half = 5.5 + (wide - 5.5) * s**0.62
    waves = v.turn((5, 4, 6), 1)
    hem = 29.6 - 1.3 * np.cos((e.x - 16) / wide * np.pi * waves / 2)
    whole = (np.abs(e.x - 16) < half) & (e.y > 4.8) & (e.y < hem)
    u = (e.x - 16) / half
    folds = np.cos(u * np.pi * waves / 2 + 0.9) * (0.2 + 0.3 * s)
    e.lit(whole, "cloth", 0.5 - 0.38 * u + folds)
    gap = e.polygon(
        [(16, 9), (17.8, 13), (16 + wide * 0.3, 31), (16 - wide * 0.3, 31), (14.2, 13)]
    ) & (e.y < hem - 0.4)
    e.edged(gap, 0)
    e.lay(gap, "lining", np.where(e.x < 16, DARK, LOW))
    e.lay(whole & (e.y > hem - 1.9) & ~gap, "trim", np.where(u < 0, LIGHT, MID))
    if hood:
        top = e.oval(16, 8.4, 7.4, 7.0)
        e.rounded(top, "cloth", e.ball(15.5, 8, 8, 8) + 0.1)
        e.over(e.oval(16, 9.4, 4.2, 4.8), "lining", DARK)
    else:
        collar = e.polygon(
            [(9.5, 2.8), (12.5, 4.2), (16, 9), (19.5, 4.2), (22.5, 2.8), (22.5, 9.5), (9.5, 9.5)]
        )
        e.over(collar, "cloth", np.where(e.x < 13, LIGHT, np.where(e.x < 19, MID, LOW)))
    e.rounded(e.oval(16, 13.4, 2.1), "clasp", e.ball(16, 13.4, 2.1) + 0.2)
