"""Seeds, nuts and coconuts, drawn by rules."""

from __future__ import annotations

import math

import numpy as np

from pincel.art.easel import DARK, LIGHT, LOW, MID, Easel, around
from pincel.art.fruit import gleam
from pincel.art.herbs import leaf_at
from pincel.art.molded import curved, swell
from pincel.art.variety import Variety


def coconut(e: Easel, v: Variety) -> None:
    """Cut in half: a rough shell, white flesh; or whole with three eyes."""
    r = v.turn((12.8, 12.2, 13.4))
    y = 30.8 - r
    if v.turn((True, False, True), 1):
        shell = (e.oval(16, y, r) & (e.y > y - 3.5)) | e.oval(16, y - 3.5, r, 5.6)
        e.lit(shell, "bark", e.ball(16, y, r) - 0.1)
        fibre = (e.noise(v.whole(0, 99), 1, 3) > 0.8) & shell
        e.shaded(fibre, 1)
        e.lay(e.oval(16, y - 3.5, r - 0.4, 5.4), "bark", LOW)
        e.lay(e.oval(16, y - 3.3, r - 1.8, 4.4), "pith", LIGHT)
        e.lay(e.oval(16, y - 2.7, r - 4.4, 3.0), "pith", np.where(e.y < y - 3, LOW, MID))
        return
    body = e.lit(e.oval(16, y, r), "bark", e.ball(16, y, r))
    e.shaded(body & (e.noise(v.whole(0, 99), 1, 3) > 0.82) & ~around(~body), 1)
    for x, z in ((-3.2, -1.0), (2.6, -1.6), (0.2, 2.8)):
        e.lay(e.oval(16 + x, y + z, 1.6), "bark", DARK)


def seed(e: Easel, v: Variety) -> None:
    """One that sprouts, a nut in its cup, or a heap of seeds."""
    (v.turn((kernel, heap, acorn, kernel)))(e, v)


def kernel(e: Easel, v: Variety) -> None:
    """A seed with a sprout."""
    flip = v.turn((1, -1))
    wide = v.turn((8.8, 8.0, 9.6), 1)
    line = [(16, 14), (16 + flip * 1.4, 9.6), (16 + flip * 0.6, 6.6)]
    e.lay(e.stroke(line, 2.2), "stem", MID)
    leaf_at(e, (16 + flip * 0.6, 7.4), math.pi / 2 - flip * 1.05, (9.0, 2.7))
    leaf_at(e, (16 + flip * 0.6, 7.4), math.pi / 2 + flip * 1.1, (7.0, 2.3))
    body = curved(
        e,
        [
            (16 + flip * 0.6, 10.4),
            (16 + wide * 0.66, 15),
            (16 + wide, 22),
            (16 + wide * 0.6, 29),
            (16, 30.8),
            (16 - wide * 0.6, 29),
            (16 - wide, 22),
            (16 - wide * 0.66, 15),
        ],
    )
    body &= e.y < 31
    e.edged(body)
    swell(e, body, "skin", 0.06)
    for at in v.turn(((-0.42, 0.3), (0.0,), (-0.5, -0.05, 0.42))):
        half = wide * np.sqrt(np.maximum(1 - ((e.y - 21) / 11) ** 2, 0))
        e.shaded(body & (np.abs(e.x - 16 - at * half) < 0.55) & ~around(~body), -1)
    gleam(e, (16 - wide * 0.42, 17.6), (1.1, 2.0))


def heap(e: Easel, v: Variety) -> None:
    """Three striped drops."""
    turn = v.turn((0.0, 0.25, -0.25))
    for x, y, a in ((9.0, 24.6, 0.42), (23.0, 24.6, -0.42), (16.0, 12.6, 0.0)):
        a += turn * (y < 20) + v.between(-0.15, 0.15)
        c, s = math.sin(a), -math.cos(a)
        u = (e.x - x) * c + (e.y - y) * s
        w = -(e.x - x) * s + (e.y - y) * c
        t = np.clip((u + 6.0) / 15.6, 0, 1)
        half = 5.8 * np.sin(np.pi * t**0.62) ** 0.8
        drop = (np.abs(w) <= half) & (u > -6) & (u < 9.2)
        e.edged(drop)
        swell(e, drop & (e.y < 31), "skin", 0.08)
        e.shaded(drop & (np.abs(np.abs(w) - half * 0.42) < 0.6) & (u < 6) & (u > -4.6), -1)


def acorn(e: Easel, v: Variety) -> None:
    """A nut in its cup."""
    flip = v.turn((1, -1), 1)
    wide = v.turn((9.6, 9.0, 10.2, 9.3, 9.9))
    body = curved(
        e,
        [
            (16 - wide * 0.9, 13),
            (16 + wide * 0.9, 13),
            (16 + wide * 0.96, 20),
            (16 + wide * 0.5, 27),
            (16, 30.8),
            (16 - wide * 0.5, 27),
            (16 - wide * 0.96, 20),
        ],
    ) & (e.y < 31)
    swell(e, body, "skin", 0.1)
    gleam(e, (16 - wide * 0.46, 19.4), (1.1, 2.2))
    cup = (e.oval(16, 12.6, wide + 2.0, 8.0) & (e.y < 13)) | e.oval(16, 13, wide + 2.0, 2.4)
    e.edged(cup)
    e.lit(cup, "cap", e.ball(16, 13.6, wide + 2.4, 9.0))
    scales = ((e.column + e.row) % 4 == 0) | ((e.column - e.row) % 4 == 0)
    e.shaded(cup & scales & ~around(~cup), -1)
    line = [(16, 6), (16 + flip * 0.8, 3.4), (16 + flip * 2.4, 2.4)]
    e.lay(e.stroke(line, 2.2), "cap", MID)
