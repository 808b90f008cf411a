"""Potions and bottles, drawn by rules."""

from __future__ import annotations

import numpy as np

from pincel.art.bench import DARK, LIGHT, LOW, MID, Bench, ItemLook, Variety, eroded, form_of

FLASKS = ("round", "conical", "square", "tall", "drop", "jug", "gourd", "diamond")


def _half(e: Bench, form: str) -> tuple[np.ndarray, float, float]:
    """Half the width of a flask at each height, where its body begins, and half its neck."""
    y = e.y
    neck = 2.6
    if form == "round":
        return np.sqrt(np.clip(1 - ((y - 20) / 10.6) ** 2, 0, 1)) * 11.6, 10.4, neck
    if form == "drop":
        s = np.clip((y - 9) / 21.6, 0, 1)
        return 2.6 + 9.4 * np.sin(np.clip(s, 0, 1) ** 1.5 * np.pi) ** 0.75, 9.0, neck
    if form == "conical":
        s = np.clip((y - 10.5) / 17.5, 0, 1)
        foot = np.clip((30.6 - y) / 2.2, 0, 1)
        return (3 + 9.6 * s) * np.sqrt(np.clip(1 - (1 - foot) ** 2, 0, 1)), 10.5, 3.0
    if form == "square":
        corner = np.minimum(np.clip((y - 11) / 2.2, 0, 1), np.clip((30.6 - y) / 1.6, 0, 1))
        return 9.6 * (0.72 + 0.28 * corner), 11.0, neck
    if form == "tall":
        shoulder = np.clip((y - 10) / 4.5, 0, 1)
        return (2.6 + 4.4 * shoulder**0.7) * np.where(y > 29.4, 0.86, 1), 10.0, neck
    if form == "jug":
        return np.sqrt(np.clip(1 - np.abs((y - 21) / 9.8) ** 2.6, 0, 1)) * 10.2, 11.4, 3.4
    if form == "diamond":
        s = np.abs(y - 20.5) / 10.2
        return np.clip(11.6 * (1 - s), 0, None) + np.where(s < 0.92, 1.8, 1.2), 10.3, neck
    lower = np.sqrt(np.clip(1 - ((y - 22.4) / 8.3) ** 2, 0, 1)) * 10.4  # a gourd
    upper = np.sqrt(np.clip(1 - ((y - 12.4) / 4.6) ** 2, 0, 1)) * 5.6
    return np.maximum(np.maximum(lower, upper), np.where(y < 20, 3.6, 0)), 9.0, neck


def _body(e: Bench, form: str) -> tuple[np.ndarray, float, float]:
    half, top, neck = _half(e, form)
    return (np.abs(e.x - 16) <= half) & (e.y >= top) & (e.y < 30.7), top, neck


def potion(e: Bench, v: Variety, look: ItemLook) -> None:
    """A flask with a liquid and a cork."""
    form = form_of(v, look, FLASKS)
    body, top, neck = _body(e, form)
    lip = 6.0 if "cork" not in look.without else 4.5
    throat = e.box(16 - neck, lip, 16 + neck, top + 2.5)
    glass = body | throat
    e.lit(glass, "glass", e.ball(16, 20, 12, 13) * 0.6 + 0.45)
    _liquid(e, v, look, glass, top)
    e.over(
        e.box(16 - neck - 1.2, lip, 16 + neck + 1.2, lip + 2.2),
        "glass",
        np.where(e.x < 15, LIGHT, np.where(e.x < 18, MID, LOW)),
    )
    if "cork" not in look.without:
        _stopper(e, v, neck, lip)
    _glint(e, body, form)
    if "label" in look.more or ("band" in look.more):
        _label(e, look, body)


def _liquid(e: Bench, v: Variety, look: ItemLook, glass: np.ndarray, top: float) -> None:
    """What is in it, below its surface."""
    if "liquid" in look.without:
        return
    level = top + v.turn((3.5, 6.0, 2.0, 4.5), 1)
    if "full" in look.more:
        level = top - 1.0
    elif "half" in look.more:
        level = 20.0
    inside = eroded(glass)
    fluid = inside & (e.y > level)
    e.lit(fluid, "liquid", e.ball(15.4, 20, 11, 12) * 0.85 + 0.12)
    surface = fluid & ~np.roll(fluid, 1, 0) & (e.y < level + 1.6)
    e.lay(surface, "liquid", LIGHT)
    for n in range(v.turn((4, 3, 5), 1)):
        x, y = v.between(11.5, 20.5), v.between(level + 4, 28)
        r = v.turn((0.75, 1.2), 1, n)
        spot = e.oval(x, y, r) & eroded(fluid, 2)
        e.lay(spot, "liquid", LIGHT)


def _stopper(e: Bench, v: Variety, neck: float, lip: float) -> None:
    """A cork, a ball of glass or a cap."""
    kind = v.turn(("cork", "cork", "ball"), 2)
    if kind == "ball":
        ball = e.oval(16, lip - 2.6, 2.9)
        e.rounded(ball, "cork", e.ball(16, lip - 2.6, 2.9) + 0.1)
        return
    cork = e.box(16 - neck + 0.2, 1.5, 16 + neck - 0.2, lip)
    e.over(cork, "cork", np.where(e.x < 15, LIGHT, np.where(e.x < 17, MID, LOW)))
    e.lay(cork & (e.y < 2.5) & (e.x > 15), "cork", MID)


def _glint(e: Bench, body: np.ndarray, form: str) -> None:
    """Light on the glass, upper left."""
    deep = eroded(body, 2)
    ring = deep & ~eroded(body, 3)
    angle = np.arctan2(e.y - 20, e.x - 16)
    e.lay(ring & (angle > -2.75) & (angle < -2.2), "glint", LIGHT)
    if form in ("square", "tall"):
        e.lay(ring & (e.x < 14) & (e.y > 15) & (e.y < 20), "glint", LIGHT)


def _label(e: Bench, look: ItemLook, body: np.ndarray) -> None:
    """A strip of paper around it, with a sign."""
    strip = body & (e.y > 18) & (e.y < 26)
    e.edged(strip & eroded(body, 1), 0)
    e.lay(strip, "label", np.where(e.x < 14, LIGHT, np.where(e.x < 20, MID, LOW)))
    line = np.abs(e.y - 21) < 0.6
    e.lay(strip & line & (np.abs(e.x - 16) < 3.5), "label", DARK)
    e.lay(strip & (np.abs(e.y - 23) < 0.6) & (np.abs(e.x - 15) < 2.5), "label", LOW)
