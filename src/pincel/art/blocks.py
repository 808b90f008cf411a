"""Shops, buildings of several floors and factories, drawn by rules."""

from __future__ import annotations

import numpy as np

from pincel.art.easel import LIGHT, LOW, MID, Easel, around
from pincel.art.houses import Built, ridged
from pincel.art.masonry import door, eaves, pane, roofing, wall
from pincel.art.variety import Variety


def shop(e: Easel, v: Variety, b: Built) -> None:
    """A striped awning over a window, a sign above it."""
    left, right = 3, 29
    flat = v.turn((True, False), 1)
    wall(e, e.box(left, 5 if flat else 10, right, 31), b.wall, v)
    if flat:
        ledge = e.box(left - 1, 3, right + 1, 6)
        e.edged(ledge)
        e.lay(ledge, "roof", np.where(e.y < 4, LIGHT, MID))
        _board(e, v)
    else:
        roof = e.polygon([(left + 2, 3), (right - 2, 3), (right + 2.5, 11), (left - 2.5, 11)])
        roofing(e, roof, b.roof, v)
        ridged(e, roof)
        eaves(e, roof)
    door_left = v.turn((True, False), 1)
    shown = e.box(14, 20, 28, 28) if door_left else e.box(4, 20, 18, 28)
    e.edged(shown)
    e.lay(shown, "frame", MID)
    inner = shown & ~around(~shown)
    e.lay(inner, "glass", np.where((e.row + e.column) % 9 < 3, LIGHT, MID))
    goods = inner & (e.y > 25) & (e.noise(v.whole(0, 999), 3, 9) > 0.3)
    e.lay(goods, "goods", MID)
    door(e, 9 if door_left else 23, 31, (7, 11))
    _awning(e, left - 2, right + 2, 13 if flat else 14)


def _board(e: Easel, v: Variety) -> None:
    """A sign with letters that nobody can read."""
    board = e.box(8, 7, 24, 12)
    e.edged(board)
    e.lay(board, "sign", MID)
    e.lay(board & around(~board), "sign", LOW)
    letters = e.box(10, 8.9, 22, 10.1) & (e.noise(v.whole(0, 999), 2, 9) > 0.35)
    e.lay(letters & (e.row % 2 == 1) & (e.column % 4 != 3), "letter", LIGHT)


def _awning(e: Easel, left: float, right: float, top: float) -> None:
    """Stripes of cloth with a scalloped hem."""
    stripe = max(round(3 * e.k), 1)
    along = e.column - round(e.k)
    hem = top + 5.2 - (np.abs(along % stripe - (stripe - 1) / 2) > stripe / 3)
    slope = (top + 3 - e.y) * 0.35
    cloth = (e.x > left + slope) & (e.x < right - slope) & (e.y >= top) & (e.y < hem)
    e.edged(cloth)
    for odd, material in enumerate(("awning", "cloth")):
        own = cloth & (along // stripe % 2 == odd)
        e.lay(own, material, np.where(e.y < top + 1.2, LIGHT, MID))
    e.shaded(cloth & (e.y > top + 3.6), -1)
    eaves(e, cloth, 1)


def block(e: Easel, v: Variety, b: Built, tall: bool = False) -> None:
    """A building of several floors with rows of windows."""
    half = v.turn((9, 10, 8), 1) if tall else v.turn((11, 12, 10), 1)
    top = 2 if tall else v.turn((5, 4, 6), 1)
    left, right = 16 - half, 16 + half
    if tall and v.turn((True, False), 1):
        mast = e.box(15.5, 1, 16.5, 5)
        e.lay(mast, "pole", MID)
        top = 4
        upper = e.box(16 - half + 3, top, 16 + half - 3, top + 4)
        wall(e, upper, b.wall, v)
        top += 3
    elif v.turn((False, True), 1):
        tank = e.box(right - 7, top - 3, right - 2, top)
        e.lay(tank, "roof", np.where(e.x < right - 4.5, MID, LOW))
    wall(e, e.box(left, top, right, 31), b.wall, v)
    ledge = e.box(left - 1, top - 1, right + 1, top + 1)
    e.edged(ledge)
    e.lay(ledge, "roof", np.where(e.y < top, LIGHT, MID))
    eaves(e, ledge, 1)
    columns = v.turn((3, 4, 3), 1) if half > 8 else 3
    step = (right - left - 2) / columns
    rows = int((31 - 7 - top) // 5)
    lit = e.noise(v.whole(0, 9999), 1, 1)
    for n in range(rows):
        for m in range(columns):
            x, y = left + 1 + step * (m + 0.5), top + 4 + n * 5
            pane = e.box(round(x) - 1.5, y - 1.5, round(x) + 1.5, y + 1.5)
            e.edged(pane, LOW)
            on = lit[n, m] > 0.72
            e.lay(
                pane,
                "lamp" if on else "glass",
                np.where(e.x + e.y < round(x) + y - 0.4, LIGHT, MID),
            )
    door(e, 16, 31, (6, 6))
    e.lay(e.box(12, 24, 20, 25), "roof", MID)


def tall_block(e: Easel, v: Variety, b: Built) -> None:
    """A tower of offices."""
    block(e, v, b, tall=True)


def works(e: Easel, v: Variety, b: Built) -> None:
    """A factory: a toothed roof and chimneys."""
    flip = v.turn((False, True), 1)
    for n in range(v.turn((2, 1), 1)):
        x = 24 + 4.5 * n - 2
        shaft = e.polygon(
            [(x - 1.6, 2 + 3 * n), (x + 1.6, 2 + 3 * n), (x + 2.2, 24), (x - 2.2, 24)]
        )
        e.lit(shaft, "chimney", e.across(x - 2, x + 2))
        e.lay(shaft & (e.y < 4 + 3 * n), "chimney", LIGHT)
        e.lay(shaft & (e.y > 5 + 3 * n) & (e.y < 7 + 3 * n), "band", MID)
    body = e.box(2, 17, 30, 31)
    wall(e, body, b.wall, v)
    for n in range(3):
        x = 2 + n * 6.4
        tooth = e.polygon([(x, 18), (x, 10.5), (x + 6.4, 17), (x + 6.4, 18)])
        e.edged(tooth)
        e.lay(tooth, "roof", MID)
        e.lay(tooth & ((e.x - x) * 1.02 + 10.5 > e.y - 1.6), "roof", LIGHT)
        e.lay(tooth & (e.x < x + 1.2), "glass", LIGHT)
    for n in range(v.turn((3, 4), 1)):
        x = 5.5 + n * 21 / (v.turn((3, 4), 1) - 1)
        if abs(x - 16) > 3:
            pane(e, round(x), 23, (4, 4))
    gate = e.box(12, 22, 20, 31)
    e.edged(gate)
    e.lay(gate, "door", np.where(e.row % 2 == 0, LOW, MID))
    if flip:
        e.codes[:] = e.codes[:, ::-1]
