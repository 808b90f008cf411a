"""Scrolls, maps, bags and amulets, drawn by rules."""

from __future__ import annotations

import numpy as np

from pincel.art.bench import DARK, LIGHT, LOW, MID, Bench, ItemLook, Variety, eroded, form_of


def scroll(e: Bench, v: Variety, look: ItemLook) -> None:
    """A scroll: open between its rolls, or rolled up and tied."""
    form = form_of(v, look, ("open", "rolled", "open", "seal"))
    if form == "rolled" or form == "closed":
        _rolled(e, v)
        return
    half, top, low = v.turn((9.6, 10.6), 1), 5.6, 26.6
    sheet = e.box(16 - half, top, 16 + half, low)
    e.lay(sheet, "paper", np.where(e.x < 16 + half * 0.3, LIGHT, MID))
    e.lay(sheet & (e.y < top + 3), "paper", MID)
    step = v.turn((3.0, 2.6, 3.4), 1)
    table = np.random.default_rng(v.seed).random(e.side)
    end = 16 + half - 2.4 - table[e.row // 2] * 5
    line = ((e.y - top - 4) % step < 1 / e.k) & (e.y > top + 4) & (e.y < low - 3)
    e.lay(sheet & line & (e.x > 16 - half + 2) & (e.x < end), "ink", MID)
    if form == "seal":
        e.rounded(
            e.oval(16 + half - 4, low - 3.4, 2.7),
            "seal",
            e.ball(16 + half - 4, low - 3.4, 2.7) + 0.1,
        )
    knob = v.turn((True, False), 1)
    for y in (top - 1.6, low + 1.4):
        if knob:
            e.over(
                e.box(16 - half - 4.2, y - 1.4, 16 + half + 4.2, y + 1.4),
                "rod",
                np.where(e.x < 16, LIGHT, MID),
            )
        roll = e.box(16 - half - 1.8, y - 2.4, 16 + half + 1.8, y + 2.4)
        e.over(roll, "paper", np.where(e.y < y - 0.8, LIGHT, np.where(e.y < y + 1, MID, LOW)))
        e.lay(roll & (e.x > 16 + half - 0.2) & (np.abs(e.y - y) < 1.4), "paper", DARK)


def _rolled(e: Bench, v: Variety) -> None:
    """Rolled up on the diagonal, a ribbon around it."""
    t = e.tilted()
    roll = t.box(-4.4, 5.5, 4.4, 38.5)
    t.lay(roll, "paper", np.where(t.x < -1.6, LIGHT, np.where(t.x < 2.2, MID, LOW)))
    for y in (5.5, 38.5):
        end = t.oval(0, y, 4.4, 2.2)
        t.over(end, "paper", MID if y > 20 else LIGHT)
        t.lay(t.oval(0, y, 2.4, 1.0), "paper", DARK)
    y = v.turn((20.0, 22.0, 24.0), 1)
    t.over(
        t.box(-4.9, y, 4.9, y + 4.2),
        "ribbon",
        np.where(t.x < -1.6, LIGHT, np.where(t.x < 2.2, MID, LOW)),
    )
    if v.turn((True, False), 1):
        t.rounded(t.oval(0, y + 2, 2.7), "seal", t.ball(0, y + 2, 2.7) + 0.1)


def chart(e: Bench, v: Variety, look: ItemLook) -> None:
    """A map of a coast, with a way and a cross."""
    folds = v.turn((3, 2), 1)
    wave = np.where(np.floor((e.x - 2) / (28 / folds)) % 2 == 0, 1.0, -1.0)
    slope = ((e.x - 2) % (28 / folds)) / (28 / folds) - 0.5
    top, low = 5.0 + 1.8 * slope * wave, 27.0 + 1.8 * slope * wave
    ragged = (e.noise(v.seed, 2, 32) > 0.6) * 1.0
    sheet = (e.x > 2) & (e.x < 30) & (e.y > top) & (e.y < low + ragged)
    e.lay(sheet, "paper", np.where(wave > 0, LIGHT, MID))
    inner = eroded(sheet, 1)
    x, y = v.turn(((9.0, 11.0), (22.0, 12.0), (10.0, 21.0), (21.0, 20.0)), 1)
    rng = np.random.default_rng(v.seed)
    land = np.zeros_like(sheet)
    for _ in range(5):
        land |= e.oval(
            x + rng.uniform(-4, 4), y + rng.uniform(-3, 3), rng.uniform(2.4, 5), rng.uniform(2, 4)
        )
    e.lay(land & inner, "land", np.where(wave > 0, MID, LOW))
    e.lay((land & inner) & ~eroded(land & inner), "land", DARK)
    to = (32 - x, 32 - y)
    off, gone = e.along([(x, y), ((x + to[0]) / 2 + 3, (y + to[1]) / 2 - 2), to])
    e.lay(inner & (np.abs(off) < 0.6) & (np.floor(gone / 1.6) % 2 == 0), "mark", MID)
    u, w = e.x - to[0], e.y - to[1]
    e.lay(inner & (np.abs(np.abs(u) - np.abs(w)) < 0.9) & (np.abs(u) < 3), "mark", LIGHT)
    for n in range(1, folds):
        e.lay(sheet & (np.abs(e.x - 2 - 28 / folds * n) < 0.5), "paper", LOW)


def bag(e: Bench, v: Variety, look: ItemLook) -> None:
    """A bag tied with a cord."""
    y, rx = 20.4, v.turn((11.4, 12.2, 10.6), 1)
    tie = 10.8
    body = e.oval(16, y, rx, 9.8) | e.polygon(
        [(12.2, tie), (19.8, tie), (16 + rx * 0.84, 16.5), (16 - rx * 0.84, 16.5)]
    )
    body &= e.y < 30
    e.lit(body, "cloth", e.ball(15, 19.5, rx * 1.05, 11.5))
    for x, foot in ((13.4, 18), (17.6, 17)):
        e.lay(e.stroke([(x + (16 - x) * 0.2, tie + 1), (x - 0.6, foot)], 0.9) & body, "cloth", DARK)
    ruff = e.polygon(
        [
            (12.4, tie),
            (8.6, 3.6),
            (11.6, 5.0),
            (14.2, 2.4),
            (17.0, 4.6),
            (20.4, 2.6),
            (22.8, 5.0),
            (19.6, tie),
        ]
    )
    e.over(ruff, "cloth", np.where(e.x < 14, LIGHT, np.where(e.x < 18, MID, LOW)))
    e.over(e.box(11.4, tie - 1.2, 20.6, tie + 1.6), "cord", np.where(e.x < 15, LIGHT, MID))
    tail = e.stroke([(19.5, tie), (22.6, tie + 3), (22.0, tie + 6.4)], 1.5)
    e.over(tail, "cord", MID)
    sign = "coin" if "hoard" in look.more else v.turn(("none", "coin", "patch", "none"), 1)
    if sign == "coin":
        e.rounded(e.oval(15.4, 21.4, 4.2), "coin", e.ball(15.4, 21.4, 4.2) + 0.1)
        e.lay(e.box(14.8, 19.4, 16.2, 23.6), "coin", DARK)
    elif sign == "patch":
        e.over(e.box(16.6, 20, 21.6, 25), "patch", np.where(e.y < 22, LIGHT, MID))


def amulet(e: Bench, v: Variety, look: ItemLook) -> None:
    """A pendant on a chain."""
    wide = v.turn((11.0, 10.0, 12.0), 1)
    u = (e.x - 16) / wide
    loop = np.hypot(u, np.where(e.y < 10, (e.y - 10) / 7.8, (e.y - 10) / 11))
    chain = (loop < 1) & (loop > 0.74) & (e.y < 19.4)
    e.lay(
        chain, "chain", np.where((e.column + e.row) % 3 == 0, LOW, np.where(e.x < 16, LIGHT, MID))
    )
    form = form_of(v, look, ("round", "drop", "diamond", "square", "star", "heart"))
    y, r = 21.2, v.turn((8.2, 7.6), 1)
    shapes = {
        "round": e.oval(16, y, r),
        "square": e.box(16 - r + 1, y - r + 1, 16 + r - 1, y + r - 1),
        "diamond": np.abs(e.x - 16) + np.abs(e.y - y) < r + 1.8,
        "drop": e.oval(16, y + 1, r - 0.8)
        | e.polygon([(16 - r * 0.78, y - 1), (16, y - r - 2.4), (16 + r * 0.78, y - 1)]),
        "heart": e.oval(16 - r * 0.46, y - 2.6, r * 0.58)
        | e.oval(16 + r * 0.46, y - 2.6, r * 0.58)
        | e.polygon([(16 - r, y - 1.2), (16 + r, y - 1.2), (16, y + r + 0.6)]),
        "star": (np.abs(e.x - 16) < r * 0.72) & (np.abs(e.y - y) < r * 0.72)
        | (np.abs(e.x - 16) + np.abs(e.y - y) < r + 1.4),
    }
    whole = shapes[form]
    e.edged(whole, 0)
    light = e.ball(16, y, r * 1.2)
    bezel = whole & ~eroded(whole, max(1, round(1.4 * e.k)))
    e.lit(whole, "setting", light + 0.1)
    e.lit(bezel, "setting", light + 0.25)
    stone = eroded(whole, max(2, round(2 * e.k)))
    tilt = (e.x - 16) * 0.7 + (e.y - y)
    e.lay(stone, "gem", np.where(tilt < -2.0, LIGHT, np.where(tilt < 2.6, MID, LOW)))
    e.lay(e.oval(16 - 2.0, y - 2.4, 1.0) & stone, "glint", LIGHT)
    e.over(
        e.oval(16, y - r - (2.4 if form == "drop" else 0.6), 1.9),
        "setting",
        np.where(e.x < 16, LIGHT, MID),
    )
