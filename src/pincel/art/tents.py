"""Tents, igloos, pyramids and fences, drawn by rules."""

from __future__ import annotations

import numpy as np

from pincel.art.easel import DARK, LIGHT, LOW, MID, Easel
from pincel.art.houses import Built
from pincel.art.masonry import eaves, flag, sides
from pincel.art.variety import Variety


def tent(e: Easel, v: Variety, b: Built) -> None:
    """A ridge tent, a pointed one with poles, or a round pavilion with stripes."""
    v.turn((ridge_tent, tipi, pavilion))(e, v, b)


def ridge_tent(e: Easel, v: Variety, b: Built) -> None:
    """A ridge tent with an open flap."""
    apex, low = v.turn((5, 7, 4, 6, 3), 1), 31
    half = v.turn((14, 12.5), 1)
    e.lay(e.stroke([(16 - 2.5, apex - 3), (17, apex + 3)], 1.2), "timber", MID)
    e.lay(e.stroke([(16 + 2.5, apex - 3), (15, apex + 3)], 1.2), "timber", LOW)
    t = np.clip((e.y - apex) / (low - apex), 0, 1)
    wide = half * t ** v.turn((1.0, 1.12), 1)
    shape = (np.abs(e.x - 16) <= wide) & (e.y >= apex) & (e.y < low)
    u = (e.x - 16) / np.maximum(wide, 1e-6)
    e.lay(shape, "cloth", np.where(u < -0.55, LIGHT, np.where(u < 0.35, MID, LOW)))
    e.lay(shape & (u > 0.75), "cloth", DARK)
    if v.turn((False, True), 1):
        e.lay(shape & (np.abs(np.abs(u) - 0.72) < 0.1), "stripe", np.where(u < 0, LIGHT, MID))
    e.shaded(shape & (e.y > low - 1.5), -1)
    gap = e.polygon([(16, apex + 6), (16 + half * 0.3, low), (16 - half * 0.3, low)])
    e.edged(gap)
    e.lay(gap, "dark", DARK)
    flap = e.polygon([(16, apex + 6), (16 + half * 0.3, low), (16 + half * 0.46, low - 3)])
    e.edged(flap)
    e.lay(flap, "cloth", LIGHT)


def tipi(e: Easel, v: Variety, b: Built) -> None:
    """A pointed tent over poles."""
    apex, low, half = 8.0, 31, v.turn((11.5, 13.0), 1)
    for dx, shade in ((-3.5, MID), (0.5, LIGHT), (4, LOW)):
        e.lay(e.stroke([(16 + dx, 1.5), (16 - dx * 0.5, apex + 3)], 1.3), "timber", shade)
    t = np.clip((e.y - apex) / (low - apex), 0, 1)
    wide = 1.5 + (half - 1.5) * t
    sag = low - 1.6 * (1 - ((e.x - 16) / half) ** 2) * 0
    shape = (np.abs(e.x - 16) <= wide) & (e.y >= apex) & (e.y < sag)
    e.edged(shape)
    u = (e.x - 16) / wide
    e.lit(shape, "cloth", e.across(16 - 1, 16 + 1) * 0 + 0.62 - 0.55 * (u + 0.25))
    for y in v.turn(((14, 26), (17, 24), (20,)), 1):
        zig = np.abs((e.x / 2.5) % 2 - 1) * 2
        e.lay(shape & (np.abs(e.y - y - zig) < 0.9), "stripe", np.where(u < 0.2, MID, LOW))
    gap = e.oval(16, low, v.turn((3.6, 3.0, 4.2, 2.6, 3.9)), 9.5) & (e.y < low)
    e.edged(gap)
    e.lay(gap, "dark", DARK)


def pavilion(e: Easel, v: Variety, b: Built) -> None:
    """A round tent with stripes and a flag."""
    eave, low, half = 15.0, 31, v.turn((11.0, 12.0), 1)
    flag(e, (16, 5), 4, v)
    body = e.box(16 - half, eave, 16 + half, low)
    folds = np.floor((e.x - 16 + half) / (2 * half) * 8)
    e.lay(body & (folds % 2 == 0), "cloth", np.where(e.x < 14, LIGHT, MID))
    e.lay(body & (folds % 2 == 1), "stripe", np.where(e.x < 14, LIGHT, MID))
    e.shaded(body & (e.x > 16 + half * 0.55), -1)
    t = np.clip((e.y - 3.5) / (eave - 3.5), 0, 1)
    wide = (half + 2.5) * t**1.25 + 0.6
    top = (np.abs(e.x - 16) <= wide) & (e.y >= 3.5) & (e.y < eave)
    fan = np.floor((e.x - 16 + wide) / (2 * wide) * 8)
    e.lay(top & (fan % 2 == 0), "cloth", np.where(e.x < 15, LIGHT, MID))
    e.lay(top & (fan % 2 == 1), "stripe", np.where(e.x < 15, LIGHT, MID))
    e.shaded(top & (e.x > 16 + wide * 0.45), -1)
    hem = (
        (e.y >= eave)
        & (e.y < eave + 1.6 + (np.floor(e.x) % 3 == 1))
        & (np.abs(e.x - 16) < half + 2.5)
    )
    e.edged(hem)
    e.lay(hem, "cloth", np.where(e.x < 20, MID, LOW))
    eaves(e, hem, 1)
    gap = e.polygon([(16, eave + 4), (19.5, low), (12.5, low)])
    e.edged(gap)
    e.lay(gap, "dark", DARK)


def igloo(e: Easel, v: Variety, b: Built) -> None:
    """A dome of blocks with a passage."""
    half = v.turn((14.0, 13.0, 14.5))
    high = v.turn((17.0, 19.0, 15.5, 18.0, 16.2), 1)
    dome = e.oval(16, 31, half, high) & (e.y < 31)
    e.lit(dome, "wall", e.ball(16, 31, half, high) + 0.15)
    course = e.row // 5
    joint = (e.row % 5 == 0) | ((e.column + course % 2 * 4) % 8 == 0)
    e.shaded(dome & joint, -1)
    x = v.turn((16.0, 11.0, 21.0), 1)
    porch = e.oval(x, 31, 6.5, 11) & (e.y < 31)
    e.edged(porch)
    e.lit(porch, "wall", e.ball(x, 31, 7, 11) + 0.3)
    hole = e.oval(x, 31, 4.2, 7.8) & (e.y < 31)
    e.edged(hole)
    e.lay(hole, "dark", np.where(e.y > 28, MID, DARK))


def pyramid(e: Easel, v: Variety, b: Built) -> None:
    """Two sides of stone, one in the sun, one in the shade; smooth or in steps."""
    ridge = v.turn((19.0, 13.0, 17.0))
    apex = v.turn((3.0, 5.0, 2.0, 6.0, 4.0), 1)
    lit_side = e.polygon([(ridge, apex), (ridge + 1, 30), (0.9, 30)])
    dark_side = e.polygon([(ridge, apex), (31.1, 30), (ridge + 1, 30)])
    shade = np.where((e.row % 4 == 3) | ((e.column + e.row // 4 * 3) % 7 == 0), MID, LIGHT)
    if v.turn((False, True), 1):
        edge = np.abs((e.y - apex) % 4 - 4)
        lit_side &= (e.x - ridge) > -(e.y - apex + edge) / (30 - apex) * ridge + 1
    e.lay(dark_side, "wall", np.where(e.row % 4 == 3, DARK, LOW))
    e.lay(lit_side, "wall", shade)
    gate = e.box(ridge - 6, 25, ridge - 2, 30)
    e.edged(gate)
    e.lay(gate, "dark", DARK)


def fence(e: Easel, v: Variety, b: Built) -> None:
    """Boards and two rails."""
    number = v.turn((5, 4, 6))
    for y in (v.turn((15, 13, 16, 14, 12)), 23):
        e.lay(e.box(1, y, 31, y + 3), "wall", np.where(e.y < y + 1, MID, LOW))
    pointed = v.turn((True, False), 1)
    for n in range(number):
        x = 1 + (n + 0.5) * 30 / number
        half = 30 / number * 0.32
        top = 7 + v.between(0, 1.5)
        board = e.box(x - half, top + (2 if pointed else 0), x + half, 30)
        if pointed:
            board |= e.polygon([(x - half, top + 2.2), (x, top - 1.2), (x + half, top + 2.2)])
        e.edged(board)
        e.lay(board, "wall", MID)
        left, right = sides(board)
        e.lay(left, "wall", LIGHT)
        e.lay(right, "wall", LOW)
        for nail in (24.5,):
            e.lay(e.box(x - 0.5, nail - 0.5, x + 0.5, nail + 0.5), "wall", DARK)
