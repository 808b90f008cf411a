"""Shields, drawn by rules."""

from __future__ import annotations

import numpy as np

from pincel.art.bench import DARK, LIGHT, LOW, MID, Bench, ItemLook, Variety, eroded, form_of

SHIELDS = ("heater", "round", "kite", "tower", "spade")


def bounds_of(e: Bench, form: str) -> np.ndarray:
    """Where a shield is, bool (side, side)."""
    u = np.abs(e.x - 16)
    if form == "round":
        return e.oval(16, 16, 14.3)
    if form == "buckler":
        return e.oval(16, 16, 11.5)
    if form == "tower":
        return (u <= 10.5) & (e.y > 1.5 + 0.02 * u**2) & (e.y < 30.4 - 0.02 * u**2)
    if form == "kite":
        s = np.clip((e.y - 1.2) / 29.4, 0, 1)
        wide = np.where(s < 0.3, 11 * np.sqrt(np.clip(1 - ((0.3 - s) / 0.3) ** 2, 0, 1)),
                        11 * np.clip(1 - (np.clip(s - 0.3, 0, 1) / 0.7) ** 1.7, 0, 1))  # fmt: skip
        return (u <= wide) & (e.y > 1.2) & (e.y < 30.6)
    s = np.clip((e.y - 13) / 17.8, 0, 1)
    wide = 13.2 * np.sqrt(np.clip(1 - s**1.9, 0, 1))
    if form == "spade":  # its upper edge is bent twice
        top = 2.2 + 2.0 * np.abs(np.sin((e.x - 16) / 13.2 * np.pi)) * (u > 0) - 0.9 * (u < 2)
        return (u <= wide) & (e.y > top) & (e.y < 30.8)
    return (u <= wide) & (e.y > 2.0) & (e.y < 30.8)


def shield(e: Bench, v: Variety, look: ItemLook) -> None:
    """A shield: a field within a rim, with a sign, a boss, or neither."""
    form = form_of(v, look, SHIELDS)
    whole = bounds_of(e, form)
    width = max(2, round(2 * e.k))
    field = eroded(whole, width)
    light = e.ball(16, 15, 17, 19)
    _rim(e, whole & ~field, light)
    e.lit(field, "field", light * 0.8 + 0.22)
    if look.grain == "wood":
        _planks(e, field)
    inner = field & ~eroded(field)
    shadow = inner & ((e.x - 16) + (e.y - 14) < 0)
    e.shaded(shadow, -1)
    _sign(e, v, look, field, form)


def _rim(e: Bench, rim: np.ndarray, light: np.ndarray) -> None:
    e.lay(rim, "rim", np.where(light > 0.55, LIGHT, np.where(light > 0.05, MID, LOW)))


def _planks(e: Bench, field: np.ndarray) -> None:
    wide = max(4, round(4.5 * e.k))
    joint = (e.column - e.side // 2 - wide // 2) % wide == 0
    e.lay(field & joint, "field", DARK)
    grain = e.noise(7, 1, 4) > 0.86
    e.shaded(field & grain & ~joint, -1)


def _sign(e: Bench, v: Variety, look: ItemLook, field: np.ndarray, form: str) -> None:
    """A cross, a bar, halves, a star, or a boss."""
    said = [one for one in ("cross", "stripe", "star", "boss", "gem", "heart") if one in look.more]
    signs: tuple[str, ...] = (
        "boss",
        "halves",
        "cross",
        "none",
        "bar",
        "star",
        "quarters",
        "chevron",
    )
    if look.grain == "wood" or form in ("round", "buckler", "tower"):
        signs = ("boss", "none", "boss", "cross")
    if said or look.form:
        signs = ("boss",) if form == "buckler" else ("none", "boss")
    sign = said[0] if said else v.turn(signs)
    if not said and "mark" in look.colors and sign in ("none", "boss"):
        sign = v.turn(("halves", "cross", "bar", "chevron"))
    if sign in look.without:
        sign = "none"
    place = _place(e, sign)
    if sign in ("boss", "gem"):
        y = 15.5 if form in ("round", "buckler", "tower") else 13.5
        r = v.turn((4.2, 3.6), 1)
        if sign in look.more:
            y, r = 16.0 if y > 15 else 15.2, r + 1.8
        material = "boss" if sign == "boss" else "gem"
        e.rounded(e.oval(16, y, r), material, e.ball(16, y, r) + (0.3 if r > 5 else 0.05))
    elif place is not None:
        e.lay(place & field, "mark", np.where(e.ball(16, 15, 17, 19) > 0.42, LIGHT, MID))
        dim = place & field & (e.ball(16, 15, 17, 19) < 0.05)
        e.lay(dim, "mark", LOW)


def _place(e: Bench, sign: str) -> np.ndarray | None:
    """Where a sign lies."""
    x, y = e.x - 16, e.y - 14
    if sign == "cross":
        return (np.abs(x) < 2.1) | (np.abs(e.y - 12.5) < 2.1)
    if sign == "halves":
        return x < 0
    if sign == "quarters":
        return (x < 0) ^ (e.y > 15)
    if sign in ("bar", "stripe"):
        return np.abs(x + y * 0.9) < 3.4
    if sign == "chevron":
        return np.abs(e.y - 11.5 - np.abs(x) * 0.8) < 2.4
    if sign == "heart":
        lobes = e.oval(13.2, 12, 3.4) | e.oval(18.8, 12, 3.4)
        return lobes | e.polygon([(10.2, 13.6), (21.8, 13.6), (16, 20.5)])
    if sign == "star":
        points = []
        for n in range(10):
            r = 6.6 if n % 2 == 0 else 2.8
            a = np.pi * (n / 5 - 0.5)
            points.append((16 + r * np.cos(a), 14.2 + r * np.sin(a)))
        return e.polygon(points)
    return None
