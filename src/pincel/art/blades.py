"""Swords and daggers, drawn by rules along the diagonal."""

from __future__ import annotations

import math

import numpy as np

from pincel.art.bench import DARK, LIGHT, LOW, MID, Bench, ItemLook, Variety, form_of, gem

SWORDS = ("straight", "broad", "tapered", "leaf", "sabre", "wavy", "long")
DAGGERS = ("straight", "leaf", "sabre", "tapered", "wavy")
_HALF = {"straight": 1.5, "broad": 2.9, "tapered": 3.0, "leaf": 2.9, "sabre": 2.2, "wavy": 2.2,
         "long": 1.5, "rapier": 0.8}  # fmt: skip


def sword(e: Bench, v: Variety, look: ItemLook) -> None:
    """A sword, its tip at the upper right."""
    t = e.tilted()
    form = form_of(v, look, SWORDS)
    low = v.turn((30.5, 31.0, 29.5), 1)
    top = 1.5 if look.form != "short" else 9.0
    form = "broad" if form == "short" else form
    edge_on(t, v, form, (top, low))
    grip(t, v, low, 42.0)
    guard(t, v, low + 0.6, v.turn((6.5, 7.5, 5.5), 2), form)
    pommel(t, v, 40.4, look)


def dagger(e: Bench, v: Variety, look: ItemLook) -> None:
    """A dagger: a short blade."""
    t = e.tilted()
    form = form_of(v, look, DAGGERS)
    low = v.turn((26.5, 27.5), 1)
    edge_on(t, v, form, (v.turn((5.5, 4.0), 1), low))
    grip(t, v, low, 39.0)
    guard(t, v, low + 0.6, v.turn((4.8, 5.6, 4.0), 2), form)
    pommel(t, v, 38.2, look)


def edge_on(t: Bench, v: Variety, form: str, reach: tuple[float, float]) -> None:
    """A blade from its tip to its guard, lit on its left bevel."""
    top, low = reach
    s = np.clip((t.y - top) / (low - top), 0, 1)
    half = _HALF[form]
    middle = np.zeros_like(s)
    point = np.clip((t.y - top) / (2.2 * half), 0, 1)
    wide = half * np.clip(point, 0, 1)
    if form == "tapered":
        wide = half * (0.25 + 0.75 * s) * np.clip((t.y - top) / 4, 0, 1) ** 0.7
    elif form == "leaf":
        swell = 0.62 + 0.38 * np.cos((s - 0.36) * 5.2)
        wide = half * swell * np.clip((t.y - top) / 6.5, 0, 1) ** 0.8
    elif form == "sabre":
        middle = -4.2 * (1 - (2 * s - 1) ** 2) + 1.2 * (1 - s)
        wide = half * np.clip((t.y - top) / 9, 0, 1) ** 0.6
    elif form == "wavy":
        middle = 1.3 * np.sin(s * math.pi * v.turn((5, 4), 1)) * np.clip(3 * (1 - s), 0, 1)
        wide = half * (0.45 + 0.55 * s) * np.clip((t.y - top) / 3, 0, 1)
    x = t.x - middle
    mask = (np.abs(x) <= wide + 0.05) & (t.y >= top) & (t.y < low + 1)
    shade = np.where(x < -0.3, LIGHT, np.where(x > 0.9 * wide - 0.5, LOW, MID))
    if form in ("sabre", "rapier"):
        shade = np.where(x < wide * 0.1, LIGHT, np.where(x > wide - 1.1, LOW, MID))
    t.lay(mask, "blade", shade)
    _middle(t, v, mask & (np.abs(x) < 0.4), (form, s))


def _middle(t: Bench, v: Variety, line: np.ndarray, told: tuple[str, np.ndarray]) -> None:
    """What runs down the middle of a blade: a groove, a ridge, runes."""
    form, s = told
    kind = v.turn(("groove", "ridge", "short groove"), 2)
    if form in ("rapier", "sabre"):
        return
    if kind == "groove":
        t.lay(line & (s > 0.16), "blade", LOW)
    elif kind == "short groove":
        t.lay(line & (s > 0.45), "blade", DARK)
    else:
        t.lay(line, "blade", MID)


def grip(t: Bench, v: Variety, top: float, low: float) -> None:
    """A wound grip."""
    mask = t.box(-1.5, top, 1.5, low - 2)
    turns = np.floor((t.y + 0.35 * t.x) / v.turn((1.5, 2.1), 1)) % 2 == 0
    shade = np.where(t.x < -0.4, LIGHT, np.where(t.x > 0.4, LOW, MID))
    t.lay(mask, "grip", np.where(turns, shade, np.maximum(shade - 1, DARK)))


def guard(t: Bench, v: Variety, y: float, half: float, form: str) -> None:
    """What parts blade and grip."""
    kinds = ("bar", "horns", "bulbs", "drooping", "winged")
    kind = "cup" if form == "rapier" else "disc" if form == "sabre" else v.turn(kinds)
    bend = {"horns": -2.4, "drooping": 2.6, "winged": -1.4}.get(kind, 0.0)
    if kind in ("cup", "disc"):
        half = 3.8 if kind == "disc" else 4.4
        mask = t.oval(0, y + 0.4, half, 1.8 if kind == "disc" else 2.6)
        t.rounded(mask, "guard", t.ball(0, y + 0.4, half, 2.6) + 0.1)
        return
    line = [(half * n / 4, y + bend * (n / 4) ** 2) for n in range(-4, 5)]
    mask = t.stroke(line[4:], 3.4, 2.2) | t.stroke(line[4::-1], 3.4, 2.2)
    if kind == "winged":
        mask = t.polygon([(0, y + 1.8), (-half, y - 2.6), (-half + 0.8, y + 0.6), (0, y + 2.4),
                          (half - 0.8, y + 0.6), (half, y - 2.6)])  # fmt: skip
        mask |= t.box(-2.5, y - 0.8, 2.5, y + 1.8)
    if kind == "bulbs":
        mask |= t.oval(-half, y, 1.6) | t.oval(half, y, 1.6)
    light = 0.72 - 0.08 * t.x * (6 / half) - 0.16 * (t.y - y)
    t.rounded(mask, "guard", light)
    if v.turn((False, True, False), 1) and half > 5:
        gem(t, 0, y, 1.3)


def pommel(t: Bench, v: Variety, y: float, look: ItemLook) -> None:
    """The end of the grip, with a stone where one is said."""
    r = v.turn((2.1, 1.8), 1)
    mask = t.oval(0, y, r)
    t.rounded(mask, "guard", t.ball(0, y, r) + 0.15)
    if "gem" in look.more:
        gem(t, 0, y, 1.6)
