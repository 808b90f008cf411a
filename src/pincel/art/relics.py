"""Ropes, chains, nets, crystals, bones, feathers, shells and treasure, drawn by rules."""

from __future__ import annotations

import numpy as np

from pincel.art.bench import DARK, LIGHT, LINE, LOW, MID, Bench, ItemLook, Variety
from pincel.art.easel import Point, around
from pincel.art.household import post, puffed, shine, slab, ware
from pincel.art.item_matter import BRONZE, GOLD, IRON, STEEL, STONE, WOOD
from pincel.art.molded import both_sides, curved, pts

_HEMP = (
    ("6e5230", "b08c58", "e0c48c"),
    ("7a6a48", "b8a270", "e4d4a4"),
    ("5a4028", "8e6a44", "c0986c"),
)


@ware("rope", "hemp", "knot=hemp", "", "soft", of_hemp=_HEMP)
def _rope(e: Bench, v: Variety, look: ItemLook) -> None:
    rings, wide = v.turn(((3, 3.4), (2, 4.4), (3, 3.4)), 1)
    way = v.turn((1, -1), 1)
    squash = v.turn((1.0, 0.86), 1)
    tail = e.stroke([(16 + way * 8, 25), (16 + way * 13.4, 27.4), (16 + way * 13.6, 29.6)], wide)
    _twisted(e, tail, e.x + 1.2 * e.y)
    r = 13.6
    far = np.hypot(e.x - 16, (e.y - 15.4) / squash)
    turn = np.arctan2((e.y - 15.4) / squash, e.x - 16)
    for _ in range(rings):
        ring = (far < r) & (far > r - wide)
        _twisted(e, ring, turn * round(r) * 0.86 + far * 0.9)
        r -= wide + 0.55
    e.edged((far < r + 0.55) & (e.codes < 0), LINE)


def _twisted(e: Bench, mask: np.ndarray, along: np.ndarray) -> None:
    """A strand over a mask, its twist along a length in units, float (side, side)."""
    e.edged(mask, LINE)
    light = 0.95 - 0.022 * (e.x + e.y)
    e.lay(mask, "hemp", np.where(light > 0.42, LIGHT, np.where(light > 0.1, MID, LOW)))
    e.shaded(mask & (along % 4.0 < 1.3), -2)


@ware("chain", "metal", "", "", "metal stone jewel", of_metal=(STEEL, IRON, GOLD, BRONZE))
def _chain(e: Bench, v: Variety, look: ItemLook) -> None:
    t = e.tilted()
    long, wide = v.turn(((6.6, 4.8), (6.0, 5.2), (7.0, 4.4)), 1)
    step = v.turn((14.4, 13.6), 1)
    for y in (22 - step, 22.0, 22 + step):
        link = _capsule(t, y, wide, long) & ~_capsule(t, y, wide - 2.4, long - 2.4)
        puffed(e, link, "metal", 0.1)
    for y in (22 - step / 2, 22 + step / 2):
        bar = t.stroke([(0, y - 4.0), (0, y + 4.0)], 3.0)
        e.edged(bar, LINE)
        e.lay(bar, "metal", np.where(t.x < -0.5, LIGHT, np.where(t.x < 0.6, MID, LOW)))


def _capsule(t: Bench, y: float, wide: float, long: float) -> np.ndarray:
    """An upright shape with round ends around a point of the diagonal, bool (side, side)."""
    down = np.maximum(np.abs(t.y - y) - (long - wide), 0)
    return np.hypot(t.x, down) <= wide


@ware(
    "net",
    "hoop mesh",
    "handle hilt=handle mesh rim=hoop",
    "",
    "wood metal",
    same={"handle": "hoop"},
    of_hoop=(*WOOD, BRONZE),
    of_mesh=(("8a8a7a", "d8d4c0", "ffffff"), ("6a8a9a", "b8d4dc", "f4fcff")),
)
def _net(e: Bench, v: Variety, look: ItemLook) -> None:
    rx, deep, way = v.turn((10.4, 11.2, 9.8), 1), v.turn((29.0, 27.0), 1), v.turn((1, -1), 1)
    x = 16 - way * 3.6
    handle = e.stroke([(x + way * rx * 0.96, 9), (16 + way * 13.6, 29)], 3.0)
    e.lay(handle, "handle", np.where(e.x % 2 < 1, MID, LIGHT))
    if v.turn((False, True), 1):
        e.lay(handle & (e.y > 22), "grip", MID)
    share = np.clip((e.y - 8) / (deep - 8), 0, 1)
    bag = (e.y > 8) & (e.y < deep) & (np.abs(e.x - x) < rx * np.sqrt(1 - share**2.4))
    e.edged(bag, LINE)
    e.lay(bag, "mesh", DARK)
    step = v.turn((4.0, 5.0), 1)
    cross = ((e.x + e.y) % step < 1 / e.k) | ((e.x - e.y) % step < 1 / e.k)
    e.lay(bag & cross, "mesh", np.where(e.x < x + 2, LIGHT, MID))
    mouth = e.oval(x, 8, rx + 0.6, 4.4)
    e.edged(mouth, LINE)
    e.lay(mouth, "mesh", LINE)
    e.lay(mouth & cross, "mesh", LOW)
    ring = mouth & ~e.oval(x, 8, rx - 1.4, 2.6)
    e.lay(ring, "hoop", np.where(e.y < 8, LIGHT, MID))
    e.edged(e.oval(x, 8, rx - 1.4, 2.6) & (e.y > 8), DARK)


@ware(
    "web",
    "thread",
    "",
    "",
    "",
    of_thread=(("8a8a96", "d4d8e4", "ffffff"), ("8a969a", "d0e0e0", "ffffff")),
)
def _web(e: Bench, v: Variety, look: ItemLook) -> None:
    spokes, turn = v.turn((8, 8, 7), 1), v.turn((0.0, 0.5), 1)
    cx, cy = 16, 16
    ends: list[Point] = []
    for n in range(spokes):
        angle = 2 * np.pi * (n + turn) / spokes
        ends.append((cx + 15.0 * np.cos(angle), cy + 15.0 * np.sin(angle)))
    inside = np.maximum(np.abs(e.x - 16), np.abs(e.y - 16)) < 15
    for share in v.turn(((0.36, 0.66, 0.96), (0.3, 0.6, 0.9), (0.4, 0.68, 0.94)), 1):
        for n in range(spokes):
            a, b = ends[n], ends[(n + 1) % spokes]
            mid = ((a[0] + b[0]) / 2, (a[1] + b[1]) / 2)
            line = [
                (cx + (p[0] - cx) * share * s, cy + (p[1] - cy) * share * s)
                for p, s in ((a, 1.0), (mid, 0.86), (b, 1.0))
            ]
            e.lay(e.stroke(line, 0.9) & inside, "thread", MID)
    clear = np.hypot(e.x - cx, e.y - cy) > 2.4
    for n, end in enumerate(ends):
        line = e.stroke([(cx, cy), end], 0.9) & inside
        e.lay(line & (clear | (n % 2 == 0)), "thread", LIGHT)


@ware(
    "orb",
    "orb",
    "base=stand",
    "stand",
    "jewel glass metal stone",
    of_orb=("purple", "blue", "cyan", "red", "green", "pink"),
    of_stand=(GOLD, WOOD[0], IRON, BRONZE),
)
def _orb(e: Bench, v: Variety, look: ItemLook) -> None:
    stand = look.form == "stand" or "base" in look.more or v.turn((False, True), 1)
    y, r = (12.8, 11.2) if stand else (16.0, v.turn((13.6, 12.6, 13.0), 1))
    if stand:
        puffed(e, e.polygon([(9.4, 22), (22.6, 22), (25, 28.6), (7, 28.6)]), "stand", 0.06, 2.6)
        slab(e, e.box(5.4, 27.4, 26.6, 30.6), "stand", MID)
    ball = e.oval(16, y, r)
    e.edged(ball, LINE)
    e.lit(ball, "orb", e.ball(16, y, r) + 0.04)
    far = np.hypot(e.x - 16, e.y - y) / r
    kind = v.turn(("mist", "star", "plain"), 1)
    if kind == "mist":
        e.lay(ball & (np.hypot(e.x - 17.5, (e.y - y - 3) * 1.3) < r * 0.5), "orb", MID)
        e.lay(ball & (np.hypot(e.x - 18, (e.y - y - 3.6) * 1.3) < r * 0.28), "orb", LIGHT)
    elif kind == "star":
        for x, w, s in ((19, y + 3, 1.0), (12.4, y + 2.2, 0.7), (17, y - 3.4, 0.7)):
            u, q = np.abs(e.x - x), np.abs(e.y - w)
            e.lay(ball & (u + q < 2.2 * s) & ((u < 0.6) | (q < 0.6)), "glint", LIGHT)
    e.lay(ball & (far > 0.8) & (e.x + e.y > 18 + y) & (far < 0.92), "orb", MID)
    shine(e, ball, 16 - r * 0.42, y - r * 0.46, 1.5)
    if stand:
        claw = e.oval(16, y + r - 0.4, r * 0.72, 3.0) & (e.y > y + r * 0.72)
        puffed(e, claw, "stand", 0.12)


_RUNES: tuple[list[list[Point]], ...] = (
    [[(12, 24), (12, 9), (20, 13), (12, 17)], [(12, 17), (20, 24)]],
    [[(16, 8), (16, 25)], [(10.5, 13), (16, 8.6), (21.5, 13)]],
    [[(11, 24), (11, 9), (21, 24), (21, 9)]],
    [[(20, 8.6), (11.6, 13), (20.4, 19), (12, 24)]],
    [[(16, 8), (21.4, 14), (16, 20), (10.6, 14), (16, 8)], [(16, 20), (16, 25.4)]],
    [[(11, 9), (21, 19), (16, 25), (11, 19), (21, 9)]],
    [[(16, 8), (16, 25)], [(10.6, 11), (21.4, 18)], [(10.6, 19), (21.4, 12)]],
    [[(12, 25), (12, 8), (20.6, 12)], [(12, 14), (20.6, 18)]],
)


@ware(
    "rune",
    "glow stone",
    "",
    "plain",
    "stone wood metal jewel",
    made="stone",
    glows="glow",
    of_glow=("cyan", "orange", "green", "purple", "red", "blue", "yellow"),
    of_stone=(STONE[0], STONE[1], ("34343e", "565664", "82828e"), STONE[2]),
)
def _rune(e: Bench, v: Variety, look: ItemLook) -> None:
    form = v.turn(("slab", "pebble", "shard"), 1)
    points = {
        "slab": "16,1.6 9,2.4 5.6,6 5,18 5.4,28 9,30.4 16,30.6",
        "pebble": "16,2 9,4 4,10 3,17 5,24.6 10,29 16,30",
        "shard": "16,1.4 10,5 6,12 4.6,22 8,28.6 12,30.4 16,30.6",
    }[form]
    body = curved(e, both_sides(pts(points)))
    puffed(e, body, "stone", 0.04, 3.6)
    crack = e.noise(v.seed + 5, 2, 1) > 0.93
    e.shaded(body & crack, -1)
    glyph = np.zeros_like(body)
    halo = np.zeros_like(body)
    for line in v.turn(_RUNES, 1):
        glyph |= e.stroke(line, 2.9)
        halo |= e.stroke(line, 4.6)
    e.lay(halo & body, "glow", DARK)
    e.lay(glyph & body, "glow", np.where((e.x + e.y) < 36, LIGHT, MID))


@ware(
    "crystal",
    "crystal",
    "base=rock",
    "plain",
    "jewel glass",
    made="crystal",
    of_crystal=("purple", "cyan", "blue", "pink", "green", ("3a78b0", "88ccec", "f0fcff")),
    of_rock=STONE,
)
def _crystal(e: Bench, v: Variety, look: ItemLook) -> None:
    sets = (
        (
            (-30, 9.0, 13.5, 2.6),
            (28, 23.0, 13.0, 2.6),
            (-9, 13.4, 21.0, 3.2),
            (12, 18.8, 25.0, 3.8),
        ),
        ((0, 16.0, 27.0, 5.4),),
        ((-24, 9.4, 17.0, 3.4), (20, 22.0, 21.0, 3.8), (-2, 15.6, 26.0, 4.4)),
        ((14, 20.4, 17.0, 3.0), (-12, 13.0, 26.0, 4.8)),
    )
    rock = "base" in look.more or v.turn((True, False, True, False), 1)
    for degrees, x, long, wide in v.turn(sets, 1):
        _prism(e, (x, 28.6, np.radians(degrees)), long, wide)
    if rock:
        for x, r in ((8.4, 4.0), (23.6, 4.2), (16, 5.4)):
            puffed(e, e.oval(x, 28.4, r, 2.6) & (e.y < 30.6), "rock", 0.1)


def _prism(e: Bench, foot: tuple[float, float, float], long: float, wide: float) -> None:
    """A crystal on its foot (x, y, turned by radians): three faces and a point."""
    x, y, a = foot

    def at(side: float, up: float) -> Point:
        return (x + side * np.cos(a) + up * np.sin(a), y - up * np.cos(a) + side * np.sin(a))

    neck, tip = long - wide * 1.5, long
    ridge = -wide * 0.3
    whole = e.polygon([at(-wide, 0), at(-wide, neck), at(ridge, tip), at(wide, neck), at(wide, 0)])
    e.edged(whole, LINE)
    e.lay(whole, "crystal", MID)
    e.lay(
        e.polygon(
            [at(-wide, 0), at(-wide, neck), at(ridge, tip), at(ridge, neck * 0.92), at(ridge, 0)]
        )
        & whole,
        "crystal",
        LIGHT,
    )
    e.lay(
        e.polygon(
            [
                at(wide * 0.42, 0),
                at(wide * 0.42, neck * 0.92),
                at(ridge, tip),
                at(wide, neck),
                at(wide, 0),
            ]
        )
        & whole,
        "crystal",
        LOW,
    )
    shine(e, whole, *at(-wide * 0.5, neck * 0.8), 0.7)


@ware("treasure", "coin", "gem crown=crown chest=wood", "plain", "metal", of_coin=(GOLD,))
def _treasure(e: Bench, v: Variety, look: ItemLook) -> None:
    peak, wide = v.turn((10.6, 12.0, 9.4), 1), 14.8
    u = (e.x - 16 - v.turn((0, 2, -2), 1) * 0.5) / wide
    slope = peak + (30.0 - peak) * np.abs(u) ** v.turn((1.7, 2.1), 1)
    heap = (np.abs(e.x - 16) < wide) & (e.y > slope) & (e.y < 30)
    e.lay(heap, "coin", LOW)
    draw = np.random.default_rng(v.seed)
    fallen = [(draw.uniform(2.4, 29.6), draw.uniform(peak, 29)) for _ in range(90)]
    for x, y in sorted(fallen, key=lambda spot: spot[1]):
        flat = draw.random() < 0.7
        coin = e.oval(x, y, 3.0, 1.9) if flat else e.oval(x, y, 2.3, 2.3)
        if (coin & ~heap).sum() > 0.15 * coin.sum():
            continue
        e.lay(around(coin) & heap, "coin", DARK)
        e.lay(coin, "coin", np.where(e.x + 1.5 * e.y < x + 1.5 * y - 0.8, LIGHT, MID))
    top = v.turn(("crown", "goblet", "gem", "gem"), 1)
    if top == "crown" or "crown" in look.more:
        band = e.polygon(pts("10,3 9,-4.6 12.6,-1.6 16,-5.4 19.4,-1.6 23,-4.6 22,3", y=(peak, 1)))
        puffed(e, band, "crown", 0.1, 2.0)
        e.lay(e.box(15.2, peak - 0.4, 16.8, peak + 1.4), "gem", LIGHT)
    elif top == "goblet":
        puffed(e, e.oval(16, peak - 2.6, 4.4, 4.0) & (e.y > peak - 4.4), "crown", 0.1)
        post(e, 15.2, peak + 1, 16.8, peak + 4, "crown")
        slab(e, e.box(12.6, peak + 3.4, 19.4, peak + 5), "crown", MID)
    spots = ((9.6, 21.4), (21.6, 19.6), (15.8, 24.6), (25.2, 26.2), (16, peak + 2.4))
    for n, (x, y) in enumerate(spots[: 3 if top != "gem" else 5]):
        r = 2.4 if n else 2.9
        stone = np.abs(e.x - x) + np.abs(e.y - y) * 1.1 < r + 0.6
        name = ("gem", "gem_two", "gem_three")[n % 3]
        e.over(
            stone, name, np.where(e.x + e.y < x + y - 0.6, LIGHT, np.where(e.y < y + 0.8, MID, LOW))
        )
