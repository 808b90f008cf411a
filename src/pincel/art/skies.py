"""Clouds, suns, moons, flakes, drops, rainbows and planets, drawn by rules."""

from __future__ import annotations

import math

import numpy as np

from pincel.art.easel import LIGHT, LOW, MID, Easel
from pincel.art.kinds import SceneryLook
from pincel.art.molded import curved, kind, model, pts, sheen, star, swell, turned
from pincel.art.variety import Variety

WHITE = ("a8b8d0", "dce6f2", "ffffff")
STORM = ("3c4658", "6c7890", "a0acc0")
BOLT = ("b07c10", "f8d028", "fffaa0")
WATER = ("1c4c94", "3c8cdc", "a0dcfc")
_PUFFS = (
    ((7.4, 12.6, 6.2), (14.0, 8.8, 7.2), (22.4, 10.6, 6.6), (26.0, 14.6, 5.0)),
    ((6.6, 14.0, 5.4), (11.6, 9.6, 5.8), (19.4, 8.0, 7.0), (25.4, 13.0, 5.6)),
    ((8.0, 13.4, 6.8), (16.6, 7.8, 6.6), (24.2, 13.0, 6.6)),
    ((6.4, 14.4, 5.2), (12.0, 10.2, 6.2), (18.4, 11.6, 5.4), (24.6, 13.4, 6.2)),
)


def cloud_shape(e: Easel, v: Variety, down: float = 0.0) -> np.ndarray:
    """Puffs over a flat foot, lit one by one: bool (side, side)."""
    puffs = v.turn(_PUFFS)
    way = v.turn((1, 1, 1, 1, -1, -1, -1, -1))
    mask = np.zeros_like(e.codes, bool)
    light = np.full(e.x.shape, -1.0)
    for x, y, r in (*puffs, (16.0, 16.4, 7.0), (10.0, 16.6, 5.6), (22.0, 16.6, 5.8)):
        x = 16 + way * (x - 16)
        here = e.oval(x, y + down, r) & (e.y < 20.4 + down)
        own = e.ball(x, y + down, r) + 0.2 - 0.035 * (e.y - down - 8)
        light = np.where(here, np.maximum(light, own), light)
        mask |= here
    corners = (np.abs(e.x - 16) > 13.6) & (e.y > 19.4 + down)
    mask &= ~corners
    model(e, mask, "cloud", light)
    return mask


@kind(
    "cloud",
    "cloud",
    "",
    "rain snowy storm",
    cloud=(WHITE, ("98a8c8", "ccd8f0", "f4f8ff")),
    drop=(WATER,),
    bolt=(BOLT,),
)
def cloud(e: Easel, v: Variety, look: SceneryLook) -> None:
    """A cloud of a few puffs; what is said to fall from it falls."""
    if look.more:
        rain_cloud(e, v, look)
    else:
        cloud_shape(e, v)


@kind(
    "rain cloud",
    "cloud",
    "drop",
    "rain snowy storm",
    cloud=(STORM, WHITE, ("50586c", "8490a8", "b8c4d4")),
    drop=(WATER,),
    bolt=(BOLT,),
)
def rain_cloud(e: Easel, v: Variety, look: SceneryLook) -> None:
    """A cloud with rain, snow or lightning under it."""
    falls = next((one for one in ("snowy", "storm", "rain") if one in look.more), "rain")
    high = 9.6
    if falls == "storm":
        bolt = v.turn(
            (
                pts("17,16 11.6,24 15.4,24 13,31.4 21.4,21.6 17.4,21.6 21,16"),
                pts("15,16 9.6,23 13.2,23.4 10.4,31.4 19.4,20.6 15.4,20.2 19,16"),
            )
        )
        e.lay(e.polygon(bolt), "bolt", np.where(e.x + e.y * 0.4 < 25, LIGHT, MID))
    number = v.turn((4, 5, 3))
    for n in range(number):
        x = 16 + (n - (number - 1) / 2) * (22 / number) + v.turn((0.0, 1.0, -1.0))
        y = 24.0 + 2.6 * ((n + v.seed) % 2) + v.turn((0.0, 0.6))
        if falls == "snowy":
            flake = e.oval(x, y + 1, 1.9)
            e.lay(flake, "snow", LIGHT)
            e.lay(flake & (e.x + e.y > x + y + 2), "snow", MID)
        elif falls == "rain":
            line = e.stroke([(x + 0.9, y - 2.0), (x - 0.9, y + 2.6)], 1.6, 2.2)
            e.lay(line, "drop", MID)
            e.lay(line & (e.y < y), "drop", LIGHT)
    before = e.codes.copy()
    mask = cloud_shape(e, v, high - 10.4)
    e.codes = np.where(mask, e.codes, before)


@kind(
    "sun",
    "sun",
    "ray",
    "face",
    sun=(("c07410", "fcc828", "fff08c"), ("b85c10", "f8a020", "ffdc70")),
    ray=(("c86c10", "f8a028", "ffd468"), ("c08410", "fcd038", "fff498")),
)
def sun(e: Easel, v: Variety, look: SceneryLook) -> None:
    """A disc with rays: pointed, broad, or in two lengths."""
    form = v.turn(("points", "bars", "two", "points", "drops"))
    number = v.turn((8, 10, 12), 1)
    r = v.turn((8.2, 9.0, 7.6), 1)
    turn = v.turn((0.0, 0.5))
    for n in range(number):
        a = 2 * math.pi * (n + turn) / number
        c, s = math.sin(a), -math.cos(a)
        long = 15.0 if form != "two" or n % 2 == 0 else 12.2
        start, wide = r + 1.4, 2 * math.pi * r / number * 0.46
        u = (e.x - 16) * c + (e.y - 16) * s
        w = np.abs(-(e.x - 16) * s + (e.y - 16) * c)
        if form == "bars":
            ray = (u > start + 1.2) & (u < long) & (w < 1.3)
        elif form == "drops":
            ray = (u > start) & (u < long) & (w < 2.0 * np.sin((u - start) / (long - start) * 3.0))
        else:
            ray = (u > 0) & (u < long) & (w < wide * (long - u) / (long - r + 1.5))
        e.lay(ray, "ray", MID)
        e.lay(ray & (e.x + e.y < 30), "ray", LIGHT)
        e.lay(ray & (e.x + e.y > 38), "ray", LOW)
    disc = e.oval(16, 16, r)
    if form != "bars":
        e.edged(disc)
    swell(e, disc, "sun", 0.12)
    if "face" in look.more or v.turn((False, False, False, True, False, False)):
        e.lay(e.oval(13, 15, 1.0, 1.5) | e.oval(19, 15, 1.0, 1.5), "ink", MID)
        e.lay(e.stroke(pts("13,18.6 14.6,19.8 17.4,19.8 19,18.6"), 1.0), "ink", MID)


@kind(
    "moon",
    "moon",
    "",
    "full crescent",
    moon=(
        ("a89850", "f4e48c", "fffbd0"),
        ("8490a8", "ccd6e4", "f8fcff"),
        ("b08438", "f4cc6c", "fff0b4"),
    ),
)
def moon(e: Easel, v: Variety, look: SceneryLook) -> None:
    """A full moon with craters, or a crescent."""
    full = v.turn((False, True, False, True)) if not look.more else "full" in look.more
    body = e.oval(16, 16, 14.4)
    if not full:
        way = v.turn((1, -1, 1))
        shift, r = v.turn(tuple(pts("7.4,12.6 6,11.6 9,13.6 8,12 6.6,12.4")), 1)
        body &= ~e.oval(16 + way * shift, 14.4 + v.turn((0.0, 1.6, -1.2)), r)
        swell(e, body, "moon", 0.12)
    else:
        swell(e, body, "moon", 0.04)
    sets = (
        ((11, 10, 2.6), (20, 14, 3.4), (12.4, 20.6, 2.2), (21, 23, 1.8), (19.6, 7, 1.5)),
        ((19, 9.4, 3.0), (10, 14.4, 2.2), (16, 21.4, 3.2), (24, 17.4, 1.8), (9.4, 21.4, 1.5)),
        ((13.4, 12.4, 3.6), (22.4, 11, 2.0), (20.4, 20.4, 2.8), (11, 22, 2.0)),
    )
    about = v.turn((0, 50, -40, 90, 140, -80, 180))
    for x, y, r in v.turn(sets):
        x, y = turned([(x, y)], about)[0]
        pit = e.oval(x, y, r)
        if body[pit].all():
            e.shaded(pit, -1)
            e.shaded(pit & ~e.oval(x + 0.7, y + 0.8, r), -1)
        elif not full and body[e.oval(x, y, 1.2)].all():
            e.shaded(e.oval(x, y, 1.3), -1)


@kind(
    "snowflake",
    "ice",
    "",
    "",
    ice=(
        ("4c94cc", "9cd4f4", "f0fcff"),
        ("6c84c4", "b4ccf8", "ffffff"),
        ("3ca8b8", "94e4ec", "f4ffff"),
    ),
)
def snowflake(e: Easel, v: Variety, look: SceneryLook) -> None:
    """Six arms with twigs."""
    form = v.turn(("twigs", "two", "tips", "heart"))
    turn = v.turn((0, 30))
    thick = v.turn((2.4, 2.0, 2.8), 1)
    mask = np.zeros_like(e.codes, bool)
    for n in range(6):

        def arm(x: float, y: float, n: int = n) -> tuple[float, float]:
            return turned([(16 + x, 16 - y)], 60 * n + turn)[0]

        mask |= e.stroke([(16, 16), arm(0, 14.2)], thick)
        for at, long in {
            "twigs": ((6.6, 4.6),),
            "two": ((4.8, 3.6), (9.0, 3.4)),
            "tips": ((9.4, 4.4),),
            "heart": ((7.4, 4.0),),
        }[form]:
            for side in (-1, 1):
                mask |= e.stroke([arm(0, at), arm(side * long * 0.8, at + long * 0.62)], 1.9)
        if form == "tips":
            mask |= e.oval(*arm(0, 13.4), 1.9)
    if form == "heart":
        mask |= e.polygon(star(16, 16, (5.6, 4.9), 6, 30 + turn))
    e.lay(mask, "ice", MID)
    e.lay(mask & (e.x + e.y < 30), "ice", LIGHT)
    e.lay(mask & (e.x + e.y > 38), "ice", LOW)
    e.lay(e.oval(16, 16, 1.9), "ice", LIGHT)


@kind("drop", "water", "", "", water=(WATER, ("1c6c8c", "38b0d0", "b0f0fc")))
def drop(e: Easel, v: Variety, look: SceneryLook) -> None:
    """A drop, upright or leaning."""
    wide = v.turn((10.6, 9.4, 11.6), 1)
    lean = v.turn((0.0, 2.6, -2.6, 0.0, 1.4))
    half = pts("0,.6 .22,5.4 .72,13 1,19.8 .84,26 .46,30 0,31.2", (0, -wide))
    outline = [(16 + x + lean * max(0.0, 16 - y) / 10, y) for x, y in half]
    outline += [(16 - x + lean * max(0.0, 16 - y) / 10, y) for x, y in half[-2:0:-1]]
    body = curved(e, outline)
    swell(e, body, "water", 0.04)
    form = v.turn((0, 1, 2, 3, 1))
    if form in (0, 3):
        bow = [
            (16 - wide * 0.62 * math.cos(a), 20.4 + wide * 0.66 * math.sin(a))
            for a in np.radians(range(-10, 71, 16))
        ]
        e.lay(e.stroke(bow, 2.0) & body, "shine", LIGHT)
    sheen(e, body, 11.4, 16.6, form, 0.9)


RAINBOW = ("red", "orange", "yellow", "green", "blue", "purple")


@kind(
    "rainbow",
    "red",
    "cloud",
    "",
    red=("red",),
    orange=("orange",),
    yellow=("yellow",),
    green=("green",),
    blue=("blue",),
    purple=("purple",),
    cloud=(WHITE,),
)
def rainbow(e: Easel, v: Variety, look: SceneryLook) -> None:
    """Six bows over two clouds, or bare."""
    thick = v.turn((2.0, 1.8, 2.2), 1)
    flat = v.turn((1.0, 1.12), 1)
    foot = v.turn((25.0, 23.4, 26.4, 24.2))
    far = np.hypot(e.x - 16, (e.y - foot) * flat)
    for n, color in enumerate(RAINBOW):
        outer = 15.0 - n * thick
        bow = (far <= outer) & (far > outer - thick) & (e.y < foot)
        e.lay(bow, color, MID)
        e.lay(bow & (e.x < 10) & (e.y < foot - 5), color, LIGHT)
    clouds = v.turn(("both", "both", "left", "none", "both"))
    for side in {"both": (-1, 1), "left": (-1,), "none": ()}[clouds]:
        mask = np.zeros_like(e.codes, bool)
        light = np.full(e.x.shape, -1.0)
        for x, y, r in ((10.6, 0.4, 3.8), (14.4, 1.4, 3.0), (6.8, 1.2, 3.2)):
            here = e.oval(16 + side * x, foot + y, r) & (e.y < foot + 3.4)
            light = np.where(
                here, np.maximum(light, e.ball(16 + side * x, foot + y, r) + 0.2), light
            )
            mask |= here
        e.edged(mask)
        model(e, mask, "cloud", light)


@kind(
    "planet",
    "globe",
    "ring",
    "rings",
    globe=(
        ("7c3c1c", "cc7c3c", "f4c484"),
        ("1c4c94", "3c84d4", "98d4f8"),
        ("4c2c7c", "8454c0", "c8a0f0"),
        ("84281c", "cc5038", "f49470"),
        ("1c6c5c", "38a88c", "98e8c8"),
    ),
    ring=(("8c7448", "d8bc7c", "fcecbc"), ("6c7490", "b4bcd4", "eef2fc")),
    land=(("2c6428", "58a83c", "a8e06c"), ("84683c", "c4a464", "ecd49c")),
)
def planet(e: Easel, v: Variety, look: SceneryLook) -> None:
    """A globe: in bands, with lands or craters; sometimes with a ring."""
    ringed = "rings" in look.more or v.turn((True, False, True, False, False))
    r = 9.6 if ringed else 14.4
    form = v.turn(("bands", "lands", "pits"))
    tilt = math.radians(v.turn((-20, -28, 18, -14)))
    c, s = math.cos(tilt), math.sin(tilt)
    u, w = (e.x - 16) * c + (e.y - 16) * s, -(e.x - 16) * s + (e.y - 16) * c
    flat = v.turn((0.3, 0.24, 0.36))
    far = np.hypot(u, w / flat)
    ring = (far < 15.0) & (far > 11.2)
    if ringed:
        e.lay(ring, "ring", LOW)
    globe = e.oval(16, 16, r)
    e.edged(globe)
    swell(e, globe, "globe", 0.04)
    if form == "bands":
        line = w - 0.1 * u * u / r
        for at, wide in ((-0.45, 0.1), (0.0, 0.16), (0.5, 0.12)):
            e.shaded(globe & (np.abs(line / r - at) < wide), v.turn((-1, 1, -1)))
    elif form == "lands":
        for _ in range(v.turn((4, 5, 6))):
            x, y = 16 + v.between(-0.8, 0.8) * r, 16 + v.between(-0.8, 0.8) * r
            land = (
                e.oval(x, y, r * 0.34, r * 0.24) | e.oval(x + r * 0.2, y + r * 0.2, r * 0.24)
            ) & globe
            e.codes[land] = (e.code("land") + e.codes % 8)[land]
    else:
        for x, y, size in (
            (-0.4, -0.2, 0.24),
            (0.35, 0.3, 0.3),
            (0.3, -0.5, 0.16),
            (-0.3, 0.5, 0.18),
        ):
            e.shaded(e.oval(16 + x * r, 16 + y * r, size * r) & globe, -1)
    if ringed:
        front = ring & ((w > 0) | ~globe)
        e.edged(front & (w > 0) & globe)
        e.lay(front, "ring", np.where(far > 13.6, MID, LIGHT))
        e.lay(front & (e.x > 24), "ring", LOW)
