"""Towers, castles, windmills, lighthouses, tents, wells and bridges, drawn by rules."""

from __future__ import annotations

import math

import numpy as np

from pincel.art.easel import DARK, LIGHT, LOW, MID, Easel, around
from pincel.art.houses import Built
from pincel.art.masonry import (
    battlements,
    door,
    eaves,
    flag,
    gateway,
    pane,
    roofing,
    sides,
    slit,
    wall,
)
from pincel.art.variety import Variety


def tower(e: Easel, v: Variety, b: Built) -> None:
    """A tower: battlements or a pointed roof, a door, slits."""
    half = v.turn((6.0, 7.0, 5.0))
    roofed = "roof" not in b.without and (
        b.has("roof", False) or (v.turn((False, True), 1) and "battlements" not in b.more)
    )
    flagged = b.has("flag", v.turn((True, False, False, True), 1))
    top = 12.0 if roofed else 8.0
    if roofed and flagged:
        flag(e, (16, 5), 4, v)
    elif flagged:
        flag(e, (16, top - 1), 6.5, v, v.turn((1, -1), 2))
    body = e.polygon([(16 - half, top), (16 + half, top), (16 + half + 1, 31), (16 - half - 1, 31)])
    wall(e, body, b.wall, v)
    light = e.across(16 - half - 1, 16 + half + 1)
    e.shaded(body & (light < 0.3), -1)
    e.shaded(body & (e.x < 16 - half + 1.2), 1)
    if roofed:
        peak = 4.0 if flagged else 1.0
        cone = e.polygon([(16 - half - 3, top + 1), (16, peak), (16 + half + 3, top + 1)])
        roofing(e, cone, b.roof, v)
        _round_roof(e, cone, 16, half + 3)
        eaves(e, cone)
    else:
        _parapet(e, v, b, (16 - half - 2, 16 + half + 2, top - 3))
    if b.has("window", True):
        for y in v.turn(((15,), (14, 21), (16,)), 1):
            if v.turn((True, False), 1):
                slit(e, 16, y + 2)
            else:
                pane(e, 16, y + 1, (4, 5), arched=True)
    if b.has("door", True):
        door(e, 16, 31, (6, 7.5), arched=True)


def _round_roof(e: Easel, cone: np.ndarray, x: float, half: float) -> None:
    """A cone is lighter on the left and darker on the right."""
    u = (e.x - x) / half
    spread = np.zeros_like(u)
    rows = np.flatnonzero(cone.any(1))
    for row in rows:
        (at,) = np.nonzero(cone[row])
        spread[row] = (e.column[row] - at.mean()) / max(len(at) / 2, 1)
    e.shaded(cone & (spread > 0.25), -1)
    e.shaded(cone & (spread > 0.7), -1)
    e.shaded(cone & (spread < -0.55), 1)


def _parapet(
    e: Easel, v: Variety, b: Built, place: tuple[float, float, float], deep: float = 4.0
) -> None:
    """Battlements on a ledge that stands out a little: (left, right, top)."""
    left, right, top = place
    merlons = battlements(e, left, right, top, v)
    ledge = e.box(left, top + 2, right, top + deep + 1)
    shape = merlons | ledge
    e.edged(shape)
    e.lay(shape, "wall", MID)
    above = np.pad(shape, ((1, 0), (0, 0)))[:-1]
    e.lay(shape & ~above, "wall", LIGHT)
    e.lay(sides(merlons)[1], "wall", LOW)
    e.shaded(ledge & (e.x > right - 2.5), -1)
    eaves(e, ledge, 1)


def castle(e: Easel, v: Variety, b: Built) -> None:
    """A wall with a gate between two towers, a keep behind it."""
    roofed = b.has("roof", v.turn((False, True, False, True), 1))
    flags = b.has("flag", v.turn((True, True, False), 1))
    keep = v.turn((True, True, False), 2)
    if keep:
        _keep(e, v, b, roofed, flags)
    curtain = e.box(5, 19, 27, 31)
    e.edged(curtain)
    wall(e, curtain, b.wall, v)
    _parapet(e, v, b, (5, 27, 16), 3)
    high, half = v.turn((11, 13, 9), 1), v.turn((4, 5), 1)
    for x in (2 + half, 30 - half):
        if flags and (roofed or not keep):
            flag(e, (x, high - (8 if roofed else 2)), 3.5 if roofed else 7.5, v)
        shaft = e.box(x - half, high, x + half, 31)
        e.edged(shaft)
        wall(e, shaft, b.wall, v)
        e.shaded(shaft & (e.x > x + half - 2.5), -1)
        if roofed:
            _pointed(e, v, b, (x, half + 1.6, high + 1, max(high - 9, 1)))
        else:
            _parapet(e, v, b, (x - half - 1, x + half + 1, high - 3), 3)
        slit(e, x, high + 7, 3)
    gateway(e, 16, 31, (7, 10), v)


def _keep(e: Easel, v: Variety, b: Built, roofed: bool, flags: bool) -> None:
    """The tower behind the wall of a castle."""
    top = 9 if flags else 6
    if flags:
        flag(e, (16, top - 1), 7, v)
    wall(e, e.box(10, top, 22, 24), b.wall, v)
    e.shaded(e.box(10, top, 22, 24), -1)
    if roofed and not flags:
        _pointed(e, v, b, (16, 7.5, top + 1, 1))
    else:
        _parapet(e, v, b, (9, 23, top - 3), 3)
    pane(e, 16, top + 5, (4, 5), arched=True)


def _pointed(e: Easel, v: Variety, b: Built, place: tuple[float, float, float, float]) -> None:
    """A pointed roof: (its middle, half its width, its eaves, its peak)."""
    x, half, eave, peak = place
    cone = e.polygon([(x - half, eave), (x, peak), (x + half, eave)])
    roofing(e, cone, b.roof, v)
    _round_roof(e, cone, x, half)
    eaves(e, cone)


def lighthouse(e: Easel, v: Variety, b: Built) -> None:
    """A tapered tower with bands, a lamp in a glass house."""
    low, high = v.turn((6.5, 5.5, 7.0)), v.turn((3.6, 4.2, 3.2), 1)
    body = e.polygon([(16 - high, 11), (16 + high, 11), (16 + low, 29), (16 - low, 29)])
    e.lit(body, "wall", e.across(16 - low, 16 + low) + 0.1)
    bands = v.turn((2, 3), 1)
    turned = v.turn((0, 2.5), 2)
    for n in range(bands):
        step = 18 / (2 * bands)
        y = 11 + (2 * n + 1) * step - turned * 0
        band = body & (e.y >= round(y)) & (e.y < round(y + step))
        e.lit(band, "band", e.across(16 - low, 16 + low) + 0.1)
    rock = e.oval(16, 31.5, low + 5, 4.2) & (e.y < 31)
    e.edged(rock)
    e.lit(rock, "rock", e.ball(16, 32, low + 5, 5))
    ledge = e.box(16 - high - 2, 10, 16 + high + 2, 12)
    e.edged(ledge)
    e.lay(ledge, "roof", np.where(e.y < 11, MID, LOW))
    room = e.box(16 - high + 0.4, 5, 16 + high - 0.4, 10)
    e.lay(room, "lamp", np.where(np.abs(e.x - 15.5) < 1.6, LIGHT, MID))
    e.lay(room & (e.column % 3 == int(16 * e.k) % 3), "roof", LOW)
    e.lay(e.box(15, 6, 17, 10) & room, "lamp", LIGHT)
    dome = e.oval(16, 5.5, high + 1.2, 4.0) & (e.y < 5)
    e.lit(dome, "roof", e.ball(16, 5, high + 1, 4))
    if b.has("door", True):
        door(e, 16, 29, (4, 6), arched=True)
    if b.has("window", True):
        slit(e, 16, 16, 2)


def windmill(e: Easel, v: Variety, b: Built) -> None:
    """A tapered tower with a cap and four sails."""
    low, high = v.turn((7.5, 6.5, 8.0)), 4.6
    body = e.polygon([(16 - high, 12), (16 + high, 12), (16 + low, 31), (16 - low, 31)])
    wall(e, body, b.wall, v)
    light = e.across(16 - low, 16 + low)
    e.shaded(body & (light < 0.25), -1)
    cap = e.oval(16, 12.5, high + 1.4, 6.4) & (e.y < 13)
    if v.turn((False, True), 1):
        cap = e.polygon([(16 - high - 2, 13), (16, 4.5), (16 + high + 2, 13)])
    e.edged(cap)
    e.lit(cap, "roof", e.ball(16, 12, high + 2, 7))
    eaves(e, cap)
    if b.has("window", True):
        pane(e, 16, 19.5, (4, 4))
    if b.has("door", True):
        door(e, 16, 31, (5, 7), arched=True)
    turned = v.turn((math.pi / 4, 0.35, math.pi / 4 + 0.25, 1.2))
    hub = (16.0, 13.0)
    for n in range(4):
        angle = turned + n * math.pi / 2
        c, s = math.cos(angle), math.sin(angle)
        u = (e.x - hub[0]) * c + (e.y - hub[1]) * s
        w = -(e.x - hub[0]) * s + (e.y - hub[1]) * c
        cloth = (u > 3.6) & (u < 11.8) & (w > 0) & (w < 4.4)
        arm = (u > 0) & (u < 12.2) & (np.abs(w) <= 0.7)
        e.edged(cloth | arm)
        e.lay(cloth, "sail", np.where(np.floor(u / 2.6) % 2 == 0, LIGHT, MID))
        e.lay(cloth & (w > 3.4), "sail", LOW)
        e.lay(arm, "timber", MID)
    disc = e.oval(*hub, 1.6)
    e.edged(disc)
    e.lit(disc, "timber", e.ball(*hub, 1.6))


def well(e: Easel, v: Variety, b: Built) -> None:
    """A ring of stone under a small roof, a bucket on a rope."""
    half = v.turn((10.0, 11.0, 9.0))
    roofed = b.has("roof", True)
    for x in (16 - half + 2, 16 + half - 2):
        e.lay(e.box(x - 1, 9, x + 1, 24), "timber", np.where(e.x < x, MID, LOW))
    bar = e.box(16 - half + 2, 12, 16 + half - 2, 14)
    e.lay(bar, "timber", np.where(e.y < 13, LIGHT, LOW))
    e.lay(e.box(15.5, 12, 16.5, 19), "rope", LIGHT)
    hole = e.oval(16, 22.5, half, 2.8)
    e.lit(hole, "wall", e.ball(16, 23, half, 3))
    e.lay(e.oval(16, 22.6, half - 2, 1.7), "dark", DARK)
    pail = e.polygon([(13.5, 17.5), (18.5, 17.5), (18, 22), (14, 22)])
    e.edged(pail)
    e.lay(pail, "timber", np.where(e.x < 16, LIGHT, MID))
    e.lay(pail & (e.y > 19) & (e.y < 20), "timber", DARK)
    front = e.box(16 - half, 22.5, 16 + half, 29) | e.oval(16, 28.6, half, 2.5)
    front &= ~e.oval(16, 22.0, half, 2.4)
    e.edged(front, LOW)
    wall(e, front, "stone" if b.wall in ("stone", "plaster", "") else b.wall, v)
    e.shaded(front & (e.across(16 - half, 16 + half) < 0.3), -1)
    top = np.pad(front, ((1, 0), (0, 0)))[:-1]
    e.lay(front & ~top, "wall", LIGHT)
    if roofed:
        peak = v.turn((2, 3), 1)
        roof = e.polygon([(16 - half - 1, 11), (16 - 3 * v.turn((0, 1), 1), peak),
                          (16 + 3 * v.turn((0, 1), 1), peak), (16 + half + 1, 11)])  # fmt: skip
        roofing(e, roof, b.roof, v)
        e.shaded(roof & (e.x > 18), -1)
        eaves(e, roof, 1)


def bridge(e: Easel, v: Variety, b: Built) -> None:
    """An arched bridge of stone, or one of planks with rails."""
    (_wooden_bridge if b.wall in ("wood", "logs") else _stone_bridge)(e, v, b)


def _stone_bridge(e: Easel, v: Variety, b: Built) -> None:
    arches = v.turn((1, 2, 3))
    rise = v.turn((6.0, 4.5, 5.0, 6.6, 5.6))
    road = 14 - rise * (1 - ((e.x - 16) / 16) ** 2) + 2
    body = (e.y >= road) & (e.y < 29) & (np.abs(e.x - 16) < 15)
    for n in range(arches):
        x = 16 + (n - (arches - 1) / 2) * 26.4 / arches
        half = (11.5, 5.2, 3.2)[arches - 1]
        top = (18.5, 21.0, 20.5)[arches - 1]
        body &= ~(e.oval(x, top + half, half) | e.box(x - half, top + half, x + half, 30))
    wall(e, body, "stone" if b.wall in ("", "plaster") else b.wall, v)
    under = around(~body) & body & (e.y > road + 5)
    e.shaded(under, -1)
    rail = (e.y >= road - 2.5) & (e.y < road + 1.2) & (np.abs(e.x - 16) < 15)
    e.edged(rail)
    e.lay(rail, "wall", np.where(e.y < road - 1.4, LIGHT, MID))
    e.lay(rail & (e.column % 5 == 0) & (e.y > road - 1.4), "wall", LOW)
    e.codes[:] = np.roll(e.codes, round(1.5 * e.k), 0)


def _wooden_bridge(e: Easel, v: Variety, b: Built) -> None:
    sag = v.turn((-3.0, 3.0, 0.0, -4.2, 2.0))
    curve = sag * (1 - ((e.x - 16) / 15) ** 2)
    level = 24.5 if sag > 0 else 21
    floor = level + curve
    wide = np.abs(e.x - 16) < 15
    for post in (3, 16, 29) if sag else (6, 16, 26):
        if sag <= 0:
            e.lay(e.box(post - 1.5, 22, post + 1.5, 30), "wall", np.where(e.x < post, LOW, DARK))
    for n in range(4):
        x = 3.0 + n * 26 / 3
        y = level + sag * (1 - ((x - 16) / 15) ** 2)
        e.lay(e.box(x - 1, y - 9, x + 1, y + 1), "wall", np.where(e.x < x, MID, LOW))
    rail = (e.y >= floor - 9) & (e.y < floor - 7) & wide
    e.edged(rail)
    e.lay(rail, "wall", np.where(e.y < floor - 8, LIGHT, MID))
    deck = (e.y >= floor) & (e.y < floor + 4) & wide
    e.edged(deck)
    joint = e.column % 4 == 0
    e.lay(deck, "wall", np.where(joint, DARK, np.where(e.y < floor + 1, LIGHT, MID)))
    e.lay(deck & (e.y > floor + 3), "wall", LOW)
