"""Mountains, volcanoes, rocks and flames, drawn by rules."""

from __future__ import annotations

import math

import numpy as np

from pincel.art.easel import DARK, LIGHT, LOW, MID, Easel, Point
from pincel.art.kinds import SceneryLook
from pincel.art.molded import curved, flipped, kind, model, pts, swell
from pincel.art.variety import Variety

GREY = ("4c4e60", "7c8096", "b4bac8")
BROWN = ("54402f", "8c6c4c", "c4a47c")
SNOW = ("98b0d0", "dce8f6", "ffffff")


def _peak(
    e: Easel, v: Variety, top: Point, half: tuple[float, float], foot: float = 29.0
) -> np.ndarray:
    """A peak with a lit and a shaded side along a ridge that winds down: bool (side, side)."""
    x, y = top
    left, right = half
    rough = [v.between(-0.8, 0.8) for _ in range(8)]
    sides = []
    for way, wide in ((-1, left), (1, right)):
        line = [
            (x + way * wide * t + rough[n] * (0 < n < 4), y + (foot - y) * t**0.92)
            for n, t in enumerate((0.0, 0.28, 0.5, 0.74, 1.0))
        ]
        sides.append(line)
    mask = e.polygon([*sides[0], *reversed(sides[1])])
    ridge = [
        (x, y - 1),
        (x + 1.6, y + 5),
        (x - 0.4, y + 9),
        (x + 2.8, y + 14),
        (x + 1.4, y + 19),
        (x + 4.6, 40),
    ]
    over, _ = e.along(ridge)
    lit = over > 0
    e.edged(mask)
    e.lay(mask, "rock", np.where(lit, LIGHT, LOW))
    fold = (np.abs(over) < 8) & (np.sin(over * 0.9 + e.y * 0.55) > 0.45)
    e.lay(
        mask & lit & ((e.x < x - left * 0.42 * (e.y - y) / (foot - y)) | (fold & (e.y > y + 9))),
        "rock",
        MID,
    )
    e.lay(
        mask & ~lit & ((e.x > x + right * 0.62 * (e.y - y) / (foot - y)) | (fold & (e.y > y + 8))),
        "rock",
        DARK,
    )
    e.calm("rock")
    return mask


def _capped(e: Easel, mask: np.ndarray, top: Point, deep: float, step: float) -> None:
    """Snow on a peak, with a ragged hem."""
    hem = (
        top[1]
        + deep
        + 2.2 * np.abs((e.x - top[0] + step) / 2.6 % 2 - 1)
        - 0.12 * np.abs(e.x - top[0])
    )
    snow = mask & (e.y < hem) & e.of("rock")
    shade = np.where(e.codes % 8 >= MID, LIGHT, LOW)
    e.lay(snow, "snow", shade)
    e.lay(snow & (shade == LOW) & (e.x < top[0] + 2.4), "snow", MID)


@kind(
    "mountain",
    "rock",
    "snow",
    "snowy bare",
    rock=(GREY, BROWN, ("3c4c6c", "6880a4", "a8bcd4")),
    snow=(SNOW,),
    green=(("2c5c2c", "4c9440", "90cc5c"),),
)
def mountain(e: Easel, v: Variety, look: SceneryLook) -> None:
    """One to three peaks, mostly with snow."""
    number = v.turn((1, 2, 3, 2))
    snowy = "bare" not in look.more and (
        "snowy" in look.more or v.turn((True, True, False, True, True))
    )
    way = v.turn((1, -1, 1))
    tops = {
        1: [((16.0, 2.0), (14.4, 14.0))],
        2: [((22.4, 9.4), (9.0, 8.4)), ((12.4, 2.0), (11.2, 11.6))],
        3: [((6.8, 13.0), (5.8, 7.6)), ((25.4, 11.4), (8.0, 5.6)), ((15.6, 2.0), (11.0, 11.0))],
    }[number]
    for (x, y), (left, right) in tops:
        if way < 0:
            x, left, right = 32 - x, right, left
        x += v.between(-0.8, 0.8)
        y += v.turn((0.0, 1.4, 0.6, 2.0))
        mask = _peak(e, v, (x, y), (left, right))
        if snowy:
            _capped(
                e,
                mask,
                (x, y),
                v.turn((6.4, 8.4, 5.0)) * (1.0 if y < 6 else 0.66),
                v.turn((0.0, 1.3, 2.6)),
            )
    if v.turn((False, True, False, False, True)) and "rock" not in look.colors:
        low = e.of("rock") & (e.y > 25.6 + 1.2 * np.sin(e.x * 1.1))
        e.lay(low, "green", np.where(e.x < 14, LIGHT, np.where(e.x < 22, MID, LOW)))


@kind(
    "volcano",
    "rock",
    "lava smoke",
    "smoke",
    rock=(
        ("3c2c30", "6c5450", "a48c80"),
        ("44342c", "7c5c48", "b4947c"),
        ("34343c", "60606c", "94949c"),
    ),
    lava=(("b42c10", "f8741c", "ffe05c"),),
    smoke=(("585860", "8c8c96", "bcbcc4"),),
)
def volcano(e: Easel, v: Variety, look: SceneryLook) -> None:
    """A cone with a crater, lava and smoke."""
    y, half = v.turn(((11.0, 5.4), (10.0, 4.6), (12.4, 6.2)), 1)
    smoke = v.turn(
        (
            ((16, 5.4, 3.6), (19.6, 3.2, 2.8), (13.6, 3.0, 2.4)),
            ((14.6, 6.0, 3.2), (11.4, 3.2, 2.8), (17.6, 3.4, 2.6)),
            ((16, 6.6, 3.0), (17.6, 3.0, 3.0)),
            (),
        )
    )
    for sx, sy, r in smoke:
        puff = e.oval(sx, sy + y - 11, r)
        e.edged(puff)
        swell(e, puff, "smoke", 0.1)
    if not smoke:
        jet = e.polygon(
            pts("12.4,13 9,8 12,8.6 11.6,3.6 14.4,6 16.4,.8 18,6 21,3 20.2,8.4 23.4,7.4 19.8,13")
        )
        swell(e, jet, "lava", 0.2)
    cone = [
        (16 - half, y),
        (16 + half, y),
        (20.4 + half * 0.6, 18),
        (26, 25),
        (31, 30.6),
        (1, 30.6),
        (6, 25),
        (11.6 - half * 0.6, 18),
    ]
    mask = e.polygon(cone)
    e.edged(mask)
    light = 0.62 - 0.06 * (e.x - 14) + 0.14 * np.sin(e.x * 1.2 + e.y * 0.5)
    model(e, mask, "rock", light)
    e.lay(e.oval(16, y + 0.4, half, 1.7), "rock", DARK)
    e.lay(e.oval(16, y + 0.8, half - 1.0, 1.2), "lava", LIGHT)
    _streams(e, v, mask, (y, half))


def _streams(e: Easel, v: Variety, mask: np.ndarray, mouth: tuple[float, float]) -> None:
    """Lava that runs down."""
    y, half = mouth
    streams = v.turn(((-0.5, 0.45), (0.1,), (-0.6, 0.0, 0.6), (0.5, -0.2)))
    for n, at in enumerate(streams):
        x = 16 + at * half
        end = (21.0, 25.5, 18.4, 23.0)[(n + v.seed) % 4]
        line = [
            (x, y + 0.6),
            (x + at * 3 + 0.6, y + 5),
            (x + at * 6 - 0.6, (y + 5 + end) / 2),
            (x + at * 9, end),
        ]
        flow = e.stroke(line, 2.6, 2.0) & mask
        e.edged(flow & (e.y > y + 2))
        e.lay(flow, "lava", MID)
        e.lay(flow & (e.y < end - 3) & np.roll(flow, 1, 1), "lava", LIGHT)


@kind(
    "rock",
    "rock",
    "moss",
    "mossy",
    rock=(GREY, BROWN, ("5c5c5c", "90908c", "c4c4bc"), ("4c5468", "78869c", "b0c0d0")),
    moss=(("2c5c28", "54943c", "98cc5c"),),
)
def rock(e: Easel, v: Variety, look: SceneryLook) -> None:
    """A boulder in facets, alone or with a smaller one; sometimes with moss."""
    second = v.turn((False, True, False, True, False))
    way = v.turn((1, -1, 1))
    stones = (
        [(14.0, 17.0, 12.6, 13.4), (25.4, 24.8, 5.6, 6.0)] if second else [(16.0, 16.6, 14.6, 13.8)]
    )
    for x, y, rx, ry in stones:
        _stone(e, v, (x, y), (rx, ry), way)
    if "mossy" in look.more or v.turn((False, False, True, False, False)):
        hem = 9.4 + 2.4 * np.abs((e.x / 3.1) % 2 - 1)
        e.lay(e.of("rock") & (e.y < hem), "moss", np.where(e.x < 15, LIGHT, MID))
    e.calm("rock")


def _stone(e: Easel, v: Variety, middle: Point, radii: tuple[float, float], way: int) -> None:
    """One boulder."""
    (x, y), (rx, ry) = middle, radii
    number, ring = 9, []
    for n in range(number):
        a = 2 * math.pi * (n + 0.3 * v.between(-1, 1)) / number
        ring.append(
            (
                x + rx * v.between(0.9, 1.04) * math.cos(a),
                min(30.6, y + ry * v.between(0.88, 1.04) * math.sin(a)),
            )
        )
    ring = flipped(ring, way)
    x = 16 + way * (x - 16)
    mask = e.polygon(ring)
    e.edged(mask)
    e.lay(mask, "rock", MID)
    top = (x - rx * 0.12 + v.between(-1, 1), y - ry * 0.2 + v.between(-1, 1))
    for n, corner in enumerate(ring):
        after = ring[(n + 1) % number]
        mx, my = (corner[0] + after[0]) / 2 - x, (corner[1] + after[1]) / 2 - y
        turn = (-0.55 * mx - 0.8 * my) / max(math.hypot(mx, my), 0.1)
        shade = DARK + int(np.digitize(turn + v.between(-0.15, 0.15), (-0.55, 0.1, 0.62)))
        e.lay(e.polygon([top, corner, after]) & mask, "rock", shade)
    flat = e.polygon([(top[0] + (a - top[0]) * 0.5, top[1] + (b - top[1]) * 0.5) for a, b in ring])
    e.lay(flat & mask, "rock", np.where((e.x - x) + (e.y - y) < -0.2 * rx, LIGHT, MID))


@kind(
    "fire",
    "outer",
    "core",
    "",
    outer=(("b42410", "f0501c", "fc8c34"), ("b83c0c", "f4701c", "fca840")),
)
def fire(e: Easel, v: Variety, look: SceneryLook) -> None:
    """Tongues of flame in three heats."""
    form = v.turn(
        (
            pts(
                "16,31 8,29.6 3.4,23.6 3.6,16.6 6.4,11.6 8.8,15.6 10.6,8.4 "
                "15.8,.8 18.4,7.4 21.6,10.8 22.8,7.6 27,14.6 28.8,21 26,27.6 "
                "21,30.4"
            ),
            pts(
                "16,31 9,30 4.4,25 3.4,18.4 6,13.4 8.4,16.8 9.4,9.6 13,6.4 "
                "14.4,10 19.4,.8 20.6,8.4 25.4,13.4 25.6,9 28.6,18 27,26 "
                "22,30.2"
            ),
            pts(
                "16,31 8.6,29.8 4,24 4.8,17.6 9.4,11.6 9.8,6 12.6,8.4 16.6,.8 "
                "19.4,6.6 22.4,4.6 22,10.6 26.8,15.6 28.2,22 25.4,28 20.6,30.4"
            ),
            pts(
                "16,31 10,30.4 5.6,26.4 5,20.8 8,16.6 9.6,10.4 14,5.4 15.4,.8 "
                "18.8,6 22,12.4 25.4,16.4 27,22.4 24.6,28 20.6,30.4"
            ),
        )
    )
    way = v.turn((1, 1, 1, 1, -1, -1, -1, -1))
    _burning(e, v, look, flipped(form, way))
    if v.turn((True, False, True)):
        side = v.turn((1, -1)) * way
        e.lay(e.oval(16 + side * 10.4, 7.0, 1.4, 1.8), "outer", LIGHT)


def _burning(e: Easel, v: Variety, look: SceneryLook, outline: list[Point]) -> None:
    """Three heats within one another."""
    body = curved(e, outline)
    e.lay(body, "outer", MID)
    e.lay(body & (e.x + e.y * 0.3 < 14), "outer", LIGHT)
    e.lay(body & (e.x - e.y * 0.2 > 18.4), "outer", LOW)
    hot = [(16 + (x - 16) * 0.7, 30.2 + (y - 31) * 0.68) for x, y in outline]
    middle = curved(e, hot) & body
    said = "outer" in look.colors  # then it is of that colour as a whole
    if said:
        e.lay(body & (e.x < 24), "outer", np.where(e.x + e.y * 0.3 < 14, MID, LOW))
    e.lay(middle, "outer" if said else "middle", MID)
    e.lay(middle & (e.x < 13), "outer" if said else "middle", LIGHT)
    heart = "outer" if said and "core" not in look.colors else "core"
    core = [(16 + (x - 16) * 0.42, 29.6 + (y - 31) * v.turn((0.4, 0.36, 0.44))) for x, y in outline]
    e.lay(curved(e, core) & body, heart, LIGHT if said else MID)
    e.lay(curved(e, [(x, y + 2.6) for x, y in core]) & middle, "shine" if said else heart, LIGHT)
