"""Gravestones, signs and traps, drawn by rules."""

from __future__ import annotations

import numpy as np

from pincel.art.bench import (
    DARK,
    LIGHT,
    LOW,
    MID,
    Bench,
    ItemLook,
    Variety,
    bevelled,
    eroded,
    form_of,
)


def gravestone(e: Bench, v: Variety, look: ItemLook) -> None:
    """A gravestone on a bit of earth."""
    form = form_of(v, look, ("round", "cross", "pointed", "flat"))
    e.lay(e.oval(16, 29.4, 14.2, 3.4) & (e.y < 30.6), "earth", np.where(e.y < 28.4, MID, LOW))
    half, low = 9.0, 29.0
    if form == "cross":
        stone = e.box(13, 3, 19, low) | e.box(6.5, 9, 25.5, 14.6)
        if v.turn((False, True, False), 1):
            stone |= e.oval(16, 11.8, 7.6) & ~e.oval(16, 11.8, 4.6)
    elif form == "round":
        stone = e.oval(16, 11.6, half, 9.2) | e.box(16 - half, 11.6, 16 + half, low)
    elif form == "pointed":
        stone = e.polygon(
            [(16 - half, low), (16 - half, 10), (16, 2.6), (16 + half, 10), (16 + half, low)]
        )
    else:
        stone = e.box(16 - half, 6, 16 + half, low) | e.oval(16, 6.4, 6, 3.8)
    stone &= e.y < low
    e.edged(stone, 0)
    light = e.ball(14, 13, 11.5, 16)
    e.lit(stone, "stone", light + 0.05)
    grain = e.noise(v.seed, 2, 1)
    e.shaded(stone & (grain > 0.88), -1)
    if form != "cross":
        kind = v.turn(("rip", "lines", "cross"), 1)
        if kind == "cross":
            cut = e.box(15, 9, 17, 19) | e.box(12, 11.6, 20, 13.6)
        elif kind == "lines":
            cut = e.box(11, 11, 21, 12) | e.box(12, 14, 20, 15) | e.box(11, 17, 21, 18)
        else:
            cut = _rip(e)
        e.lay(cut & stone, "stone", DARK)
        e.lay(np.roll(cut, (1, 1), (0, 1)) & stone & ~cut & (grain > 0.2), "stone", LIGHT)
    crack = e.stroke([(16 + half - 1, 19), (20.5, 22), (22, 24.6), (19, 28)], 0.9)
    if v.turn((False, True), 1):
        e.lay(crack & stone, "stone", DARK)
    _tufts(e, v)


def _tufts(e: Bench, v: Variety) -> None:
    """Blades of grass."""
    for n in range(v.turn((4, 5, 3), 1)):
        x = v.turn((4.5, 8.0, 27.0, 24.0, 13.0), 1, n)
        for dx, high in ((-1.2, 2.4), (0, 3.6), (1.2, 2.0)):
            e.lay(
                e.stroke([(x, 29.6), (x + dx, 29.6 - high)], 0.9), "grass", LIGHT if dx < 1 else MID
            )


def _rip(e: Bench) -> np.ndarray:
    """The three letters, in pixels."""
    rows = ("###.#.###", "#.#.#.#.#", "###.#.###", "##..#.#..", "#.#.#.#..")
    size = 1.0 if e.side < 48 else e.k
    found = np.zeros_like(e.x, bool)
    for y, row in enumerate(rows):
        for x, mark in enumerate(row):
            if mark == "#":
                left, top = 11.5 + x * max(1.0, size / e.k), 11.5 + y * max(1.0, size / e.k)
                found |= e.box(left - 0.01, top - 0.01, left + 0.99, top + 0.99)
    return found


def sign(e: Bench, v: Variety, look: ItemLook) -> None:
    """A sign on a post: a board, an arrow, or one that hangs."""
    form = form_of(v, look, ("board", "arrow", "board", "double"))
    post = e.box(14, 8, 18, 30.6)
    e.lay(post, "post", np.where(e.x < 15.2, LIGHT, np.where(e.x < 16.8, MID, LOW)))
    boards = [(4.0, 18.0)] if form != "double" else [(3.0, 10.6), (13.0, 20.6)]
    for number, (top, low) in enumerate(boards):
        board = e.box(2.6, top, 29.4, low)
        if form in ("arrow", "double"):
            middle = (top + low) / 2
            line = [(2.6, top), (24.0, top), (30.0, middle), (24.0, low), (2.6, low)]
            way = (v.seed // 4 + number) % 2
            board = e.polygon(line if way == 0 else [(32 - x, y) for x, y in line])
        e.over(board, "wood", MID)
        bevelled(e, board, "wood")
        grain = e.noise(v.seed + number, 5, 1) > 0.84
        e.shaded(eroded(board) & grain, -1)
        if form == "board":
            e.lay(board & (np.abs(e.y - (top + low) / 2) < 0.5), "wood", LOW)
        text = eroded(board, 2) & (e.row % 3 == 0) & (e.noise(v.seed + 9, 2, 3) > 0.35)
        if v.turn((True, True, False), 1):
            e.lay(text, "ink", DARK)
        for x in (5.0, 27.0) if form == "board" else (16.0,):
            e.lay(e.box(x - 0.5, top + 1.6, x + 0.5, top + 2.6) & board, "nail", LIGHT)
    if v.turn((True, False), 1):
        for dx in (-3.0, -1.5, 1.0, 3.0):
            e.lay(
                e.stroke([(16 + dx, 30.8), (16 + dx * 1.6, 27.6)], 1.0),
                "grass",
                MID if dx > 0 else LIGHT,
            )


def trap(e: Bench, v: Variety, look: ItemLook) -> None:
    """A trap: jaws of iron, or spikes from a plate."""
    form = form_of(v, look, ("jaws", "spikes"))
    if form == "spikes":
        base = e.box(2, 24, 30, 30)
        number = v.turn((5, 4, 6), 1)
        for n in range(number):
            x = 4 + 24 * (n + 0.5) / number
            top = v.turn((5.0, 7.5, 6.0, 9.0), 1, n)
            spike = e.polygon([(x, top), (x + 2.4, 25), (x - 2.4, 25)])
            e.over(
                spike, "metal", np.where(e.x < x - 0.2, LIGHT, np.where(e.x < x + 0.9, MID, LOW))
            )
        e.over(base, "plate", MID)
        bevelled(e, base, "plate")
        for n in range(number):
            x = 4 + 24 * (n + 0.5) / number
            e.lay(e.box(x - 1.6, 26, x + 1.6, 28), "plate", DARK)
        return
    rx, ry = v.turn((14.0, 13.2), 1), v.turn((8.6, 7.6), 1)
    ring = e.oval(16, 20, rx, ry)
    far = np.hypot((e.x - 16) / rx, (e.y - 20) / ry)
    e.lay(ring, "metal", np.where(e.y < 18, LIGHT, np.where(e.x < 20, MID, LOW)))
    e.codes[far < 0.74] = -1
    e.lay(e.box(3, 18.8, 29, 21.4) & (far < 0.9), "plate", np.where(e.y < 19.8, LIGHT, LOW))
    e.rounded(e.oval(16, 20, 4.6, 2.9), "plate", e.ball(16, 20, 4.6, 2.9) + 0.1)
    number = v.turn((6, 7, 5), 1)
    for n in range(number):
        x = 16 + (rx - 3.2) * (2 * (n + 0.5) / number - 1)
        edge = ry * np.sqrt(max(1 - ((x - 16) / rx) ** 2, 0))
        for way in (-1, 1):
            foot = 20 + way * edge * 0.9
            tip = foot - 6.8 if way < 0 else foot - 5.4
            tooth = e.polygon([(x - 1.7, foot), (x, tip), (x + 1.7, foot)])
            e.over(tooth, "metal", np.where(e.x < x, LIGHT, MID))
    for x in (2.9, 29.1):
        e.rounded(e.oval(x, 20, 2.1), "plate", e.ball(x, 20, 2.1))
