"""Smoke, whirlwinds, explosions, beams, ice, water, puddles, bubbles and sparkles, by rules."""

from __future__ import annotations

import numpy as np

from pincel.art.bench import DARK, LIGHT, LINE, LOW, MID, Bench, ItemLook, Variety
from pincel.art.household import puffed, ware
from pincel.art.molded import pts, star, swell

_PUFFS = tuple(
    tuple((x, y, r) for (x, y), r in zip(pts(places), reach, strict=True))
    for places, reach in (
        ("13,26.4 18.6,22.6 12.6,17.6 20.6,13.6 14.4,8.4 21,6.2", (4.2, 5.4, 6.2, 6.0, 5.4, 3.8)),
        ("16,27 14,22 19,18.4 12.6,13.6 20.6,9.6 13.4,5.8", (3.4, 4.8, 5.8, 6.4, 6.2, 4.2)),
        ("8,22 16,23.6 24,22 11.6,15.6 20.4,15 16,9", (5.6, 6.0, 5.4, 6.4, 6.6, 6.0)),
    )
)
"""Where the puffs of smoke are, and their radii."""


@ware(
    "smoke",
    "smoke",
    "",
    "",
    "",
    of_smoke=("grey", ("6a6a74", "a4a4ae", "dcdce4"), ("4a4a50", "6c6c74", "98989f"), "white"),
)
def _smoke(e: Bench, v: Variety, look: ItemLook) -> None:
    way = v.turn((1, -1), 1)
    whole = np.zeros_like(e.codes, bool)
    puffs = v.turn(_PUFFS, 1)
    for x, y, r in puffs:
        whole |= e.oval(16 + way * (x - 16), y, r)
    e.lay(whole, "smoke", LOW)
    for x, y, r in puffs:
        x = 16 + way * (x - 16)
        one = e.oval(x, y, r)
        e.edged(one & whole, DARK)
        swell(e, one, "smoke", 0.04)
    for x, y, r in puffs[1:5:2]:
        x = 16 + way * (x - 16)
        curl = (np.abs(np.hypot(e.x - x, e.y - y) - r * 0.5) < 0.55) & (e.x + e.y > x + y - 1)
        e.shaded(curl, -1)


@ware(
    "tornado",
    "wind",
    "dust",
    "",
    "",
    glows="wind",
    of_wind=("grey", ("5a6a80", "9cacc0", "dce6f0"), ("8a7450", "c0a878", "e8d6ac"), "cyan"),
    of_dust=(("6a5a44", "a08c68", "ccb890"),),
)
def _tornado(e: Bench, v: Variety, look: ItemLook) -> None:
    way, sway = v.turn((1, -1), 1), v.turn((2.2, 3.2, 1.4), 1)
    number = v.turn((7, 6, 8), 1)
    for x, r in ((9.6, 3.4), (16, 4.2), (22.4, 3.4)):
        puffed(e, e.oval(x, 28.2, r, 2.4) & (e.y < 30.6), "dust", 0.06)
    for n in range(number):
        s = n / (number - 1)
        y, rx = 27.6 - 22.4 * s, 2.4 + 10.8 * s**1.15
        x = 16 + way * sway * np.sin(s * 5.2)
        ring = e.oval(x, y, rx, 1.8 + 2.0 * s)
        e.edged(ring, LINE if n else DARK)
        u = (e.x - x) / rx
        e.lay(ring, "wind", np.where(u < -0.25, LIGHT, np.where(u < 0.42, MID, LOW)))
        e.lay(
            ring & (e.y < y - 0.2 * (1.8 + 2.0 * s)) & (np.abs(u) < 0.72),
            "wind",
            LOW if n < number - 1 else DARK,
        )
        streak = ring & (np.abs(e.y - y - 1.0 - 0.6 * s) < 0.5) & (u > -0.4) & (u < 0.5)
        e.lay(streak, "wind", LIGHT)


@ware(
    "explosion",
    "outer middle",
    "smoke=ash core=core",
    "",
    "",
    of_outer=(("8c1c10", "dc4418", "f88c34"), ("7a2410", "c83c14", "f07828")),
    of_middle=(("c86408", "fca820", "ffd45c"),),
    of_core=(("e8b83c", "fff0a0", "ffffff"),),
    of_ash=(("34303a", "58545e", "84808a"),),
)
def _explosion(e: Bench, v: Variety, look: ItemLook) -> None:
    number, turn = v.turn((10, 12, 9, 11), 1), v.turn((0, 9, 16), 1)
    draw = np.random.default_rng(v.seed)
    puffs = "smoke" in look.more or v.turn((False, True, False), 1)
    if puffs:
        for n in range(6):
            a = n * np.pi / 3 + turn
            puffed(e, e.oval(16 + 9.6 * np.cos(a), 16 + 9.6 * np.sin(a), 4.6), "ash", 0.0)
    for name, far, deep in (("outer", 14.8, 8.4), ("middle", 11.0, 6.2), ("core", 7.0, 3.8)):
        points = star(16, 16, (far, deep), number, turn)
        ragged = [
            (16 + (x - 16) * s, 16 + (y - 16) * s)
            for (x, y), s in zip(points, draw.uniform(0.8, 1.0, len(points)), strict=True)
        ]
        burst = e.polygon(ragged)
        far_in = np.hypot(e.x - 16, e.y - 16) / far
        if name == "outer":
            e.edged(burst, LINE)
        e.lay(burst, name, np.where(far_in < 0.62, LIGHT, np.where(far_in < 0.86, MID, LOW)))
    for n in range(v.turn((3, 4), 1)):
        a, r = n * 2.1 + turn, 14.0
        e.lay(e.oval(16 + r * np.cos(a), 16 + r * np.sin(a), 1.0), "middle", LIGHT)


@ware(
    "beam",
    "ray",
    "core=core",
    "",
    "",
    glows="ray",
    of_ray=("cyan", "red", "green", "purple", "yellow", "blue"),
    of_core=(("d8ecf4", "ffffff", "ffffff"),),
)
def _beam(e: Bench, v: Variety, look: ItemLook) -> None:
    t = e.tilted()
    half = v.turn((5.0, 4.2, 5.8), 1)
    pulse = 1 + v.turn((0.0, 0.12, 0.2), 1) * np.sin(t.y * 0.8)
    body = (t.y > 6) & (t.y < 36) & (np.abs(t.x) < half * pulse)
    body |= t.oval(0, 7.4, half, 5.6) | t.oval(0, 35.4, half * 1.34, 5.0)
    u = np.abs(t.x) / half
    e.lay(body, "ray", np.where(u < 0.62, LIGHT, np.where(u < 0.9, MID, LOW)))
    e.lay((t.y > 5) & (t.y < 37) & (u < 0.3), "core", LIGHT)
    e.lay(t.oval(0, 35.4, half * 0.7, 2.8) | t.oval(0, 7.4, half * 0.5, 3.2), "core", LIGHT)
    if v.turn((True, False), 1):
        for y in (14, 20, 26):
            spark = t.oval(half * (1.5 if y == 20 else -1.5), y, 0.9, 1.6)
            e.lay(spark, "ray", LIGHT)
            link = t.stroke(
                [
                    (half * (1.5 if y == 20 else -1.5), y),
                    (half * (0.8 if y == 20 else -0.8), y + 1),
                ],
                1.0,
            )
            e.lay(link & (e.codes < 0), "ray", MID)


@ware(
    "ice",
    "ice",
    "snow",
    "block icicle",
    "",
    of_ice=(
        ("4a84c0", "98d0f0", "effcff"),
        ("3e74b4", "80b8ec", "dcf4ff"),
        ("3c8ca0", "8cdce0", "ecffff"),
    ),
    of_snow=("white",),
)
def _ice(e: Bench, v: Variety, look: ItemLook) -> None:
    if look.form == "icicle":
        _icicles(e, v)
        return
    left, top, mid = v.turn((3.0, 4.0), 1), 9.0, v.turn((20.6, 18.6, 22.0), 1)
    deep = 6.0
    face = e.polygon([(left, top), (mid, top), (mid, 30), (left, 30)])
    lid = e.polygon([(left, top), (left + 8.0, top - deep), (29.6, top - deep), (mid, top)])
    wall = e.polygon([(mid, top), (29.6, top - deep), (29.6, 30 - deep), (mid, 30)])
    e.lay(face, "ice", MID)
    e.lay(lid, "ice", LIGHT)
    e.lay(wall, "ice", LOW)
    bars = (e.x + e.y - left - top) % 18
    e.lay(
        face & ((np.abs(bars - 8) < 1.8) | (np.abs(bars - 12) < 0.7)) & ~(e.y > 28.4), "ice", LIGHT
    )
    e.lay(wall & ((e.y + e.x) % 13 < 2.4), "ice", MID)
    e.lay(face & ((e.x < left + 1) | (e.y < top + 1)), "ice", LIGHT)
    e.lay(face & ((e.x > mid - 1) | (e.y > 29)), "ice", LOW)
    crack = e.stroke([(mid - 3, 30), (mid - 6, 25), (mid - 4.4, 22), (mid - 8, 19)], 0.9)
    if v.turn((False, True), 1):
        e.lay(crack & face, "ice", LOW)
    if "snow" in look.more or v.turn((False, False, True), 1):
        cap = (
            lid
            | (face & (e.y < top + 2.6 + 1.6 * np.sin(e.x * 0.9)))
            | (wall & (e.y < top - (e.x - mid) * deep / (29.6 - mid) + 2.4 + 1.2 * np.sin(e.x)))
        )
        e.lay(cap, "snow", np.where(lid, LIGHT, np.where(face, MID, LOW)))


def _icicles(e: Bench, v: Variety) -> None:
    top = e.box(2, 2, 30, 7) | e.oval(16, 6, 14, 3)
    places = v.turn(
        (
            ((6, 19), (12.6, 29.6), (19, 22), (25.4, 27)),
            ((7, 27), (14, 21), (20.6, 30), (26.4, 19)),
        ),
        1,
    )
    for x, low in places:
        spike = e.polygon([(x - 3.2, 5), (x + 3.2, 5), (x + 0.4, low), (x - 0.4, low)])
        e.edged(spike, LINE)
        e.lay(spike, "ice", np.where(e.x < x - 0.8, LIGHT, np.where(e.x < x + 1, MID, LOW)))
    puffed(e, top, "ice", 0.16)


@ware(
    "sparkles",
    "spark",
    "",
    "",
    "",
    of_spark=(("c89020", "ffe070", "fffbe0"), "cyan", "pink", "white", "purple"),
)
def _sparkles(e: Bench, v: Variety, look: ItemLook) -> None:
    sets = (
        ((14, 17.4, 13.8), (26.4, 6.0, 3.6), (27, 26, 2.7)),
        ((18, 18, 13.4), (6.0, 6.4, 3.2), (6, 26.6, 2.6)),
        ((16, 15, 13.6), (26.6, 27, 3.4), (5.4, 26, 2.9)),
    )
    for x, y, r in v.turn(sets, 1):
        u, w = np.abs(e.x - x) / r, np.abs(e.y - y) / r
        pinch = v.turn((0.58, 0.6, 0.62), 1)
        far = u**pinch + w**pinch
        e.lay(far < 1, "spark", np.where(far < 0.82, LIGHT, MID))
        if r > 6:
            e.lay((far < 1) & (e.x + e.y > x + y + 3) & (far > 0.6), "spark", MID)
            e.lay(np.hypot(u, w) < 0.16, "glint", LIGHT)


@ware("swirl", "swirl", "", "", "", of_swirl=("purple", "blue", "cyan", "green", "pink", "orange"))
def _spiral(e: Bench, v: Variety, look: ItemLook) -> None:
    way, arms = v.turn((1, -1), 1), v.turn((2, 3, 1), 1)
    twist = v.turn((1.15, 0.9, 1.9), 1)
    far = np.hypot(e.x - 16, e.y - 16) / 14.6
    turn = np.arctan2(e.y - 16, (e.x - 16) * way) / (2 * np.pi)
    phase = (turn * arms - twist * far * (1.0 if arms > 1 else 1.1)) % 1
    wide = np.clip(0.66 - 0.36 * far, 0.2, 0.66)
    arm = (phase < wide) & (far < 1)
    core = far < 0.2
    whole = arm | core
    share = phase / wide
    e.lay(whole, "swirl", np.where(share < 0.4, LIGHT, np.where(share < 0.76, MID, LOW)))
    e.lay(core, "swirl", LIGHT)
    e.calm("swirl")


@ware(
    "fireball",
    "outer middle",
    "core",
    "",
    "",
    glows="outer",
    of_outer=(("8c1c10", "dc4418", "f88c34"), ("7a2410", "c83c14", "f07828")),
    of_middle=(("c86408", "fca820", "ffd45c"),),
    of_core=(("e8b83c", "fff0a0", "ffffff"),),
)
def _fireball(e: Bench, v: Variety, look: ItemLook) -> None:
    t = e.tilted()
    if v.seed % 2:
        t.x = -t.x
    wave, long = v.turn((0.0, 1.6, 3.1), 1), v.turn((3.0, 6.0, 4.4), 1)
    for name, r, tail in (
        ("outer", 8.6, long),
        ("middle", 6.2, long + 7),
        ("core", 3.6, long + 13),
    ):
        share = np.clip((t.y - tail) / (31 - tail), 0, 1)
        lick = 1 + 0.34 * np.sin(t.y * 0.75 + wave) * (1 - share)
        flame = (t.y > tail) & (t.y < 31) & (np.abs(t.x) < r * share**0.8 * lick)
        for side in (-1, 1):
            spur = [(side * r * 0.6, 30), (side * r * 1.0, tail + 12), (side * r * 0.4, tail + 18)]
            flame |= t.polygon(spur)
        flame |= t.oval(0, 31.4, r)
        far = np.hypot(t.x, t.y - 31.4) / r
        e.lay(flame, name, np.where(far < 0.7, LIGHT, np.where(far < 1.3, MID, LOW)))
