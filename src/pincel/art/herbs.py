"""Small plants drawn by rules: bushes, ferns, grass, cacti, mushrooms, leaves, pumpkins, bamboo."""

from __future__ import annotations

import math

import numpy as np

from pincel.art.easel import DARK, LIGHT, LOW, MID, Easel, Point, around
from pincel.art.flowers import blade
from pincel.art.trees import crown
from pincel.art.variety import Variety

CACTUS = ("2c5a34", "4c9048", "8cc860")
STALK = ("9c8a6c", "dccdae", "f8f0dc")


def bush(e: Easel, v: Variety) -> None:
    """A crown that stands on the ground."""
    wide, high = v.turn((14.0, 12.5, 14.5)), v.turn((10.5, 9.0, 12.0, 10.0), 1)
    middle = 31 - high * 0.86
    crown(e, v, (16.0, middle, wide, high), lobes=v.turn((7, 6, 9, 8), 1))
    e.codes[e.y > 31] = -1
    e.shaded((e.y > 29) & (e.noise(v.whole(0, 999), 3, 3) > 0.5), -1)
    e.calm("leaf")


def flowered(e: Easel, v: Variety, material: str = "fruit") -> None:
    """Small blossoms all over the leaves."""
    placed: list[Point] = []
    for _ in range(300):
        x, y = v.between(4, 28), v.between(4, 29)
        spot = e.oval(x, y, 1.7)
        near = any(math.hypot(x - a, y - b) < 6 for a, b in placed)
        if near or len(placed) > 7 or not spot.any() or not e.of("leaf")[spot | around(spot)].all():
            continue
        placed.append((x, y))
        cross = e.oval(x, y, 1.7)
        e.edged(cross, DARK)
        e.lit(cross, material, e.ball(x, y, 1.7) + 0.25)
        e.lay(e.oval(x, y, 0.6), "centre", MID)


def fern(e: Easel, v: Variety) -> None:
    """A bent frond with leaflets on both sides, ever shorter, and small ones at its foot."""
    bend = v.turn((3.0, -3.0, 1.2, -1.5))
    number = v.turn((7, 8, 6), 1)
    long = v.turn((12.5, 11.0, 13.5), 2)
    points = [
        (16 - bend + 2.6 * bend * t * t, 31 - 28.5 * t) for t in np.linspace(0, 1, number * 2 + 1)
    ]
    for n in range(number):
        x, y = points[1 + 2 * n]
        share = n / number
        size = long * min(1.0, 0.72 + 1.2 * share) * (1 - share) ** 0.75
        rise = 0.35 + 0.5 * share
        for way in (-1, 1):
            angle = math.pi / 2 - way * (math.pi / 2 - rise) - 0.05 * bend * share
            leaf_at(e, (x, y), angle, (size, 1.75 - 0.5 * share))
    rib = e.stroke(points, 1.6, 1.0) & (e.y < 31)
    e.lay(rib, "leaf", DARK)


def grass(e: Easel, v: Variety) -> None:
    """A tuft of blades."""
    number = v.turn((9, 11, 7, 10))
    order = sorted(range(number), key=lambda n: -abs(n - (number - 1) / 2))
    for n in order:
        share = 2 * n / (number - 1) - 1
        foot = 16 + share * 7
        high = v.between(15, 27) * (1 - 0.35 * abs(share))
        bend = share * v.between(4, 8) + v.between(-2, 2)
        points = [(foot + bend * t * t, 31 - high * t) for t in np.linspace(0, 1, 7)]
        line = e.stroke(points, 3.2, 0.5) & (e.y < 31)
        e.edged(line, DARK)
        e.lay(line, "leaf", LOW if share > 0.3 else MID)
        left = line & ~np.pad(line, ((0, 0), (1, 0)))[:, :-1]
        e.lay(left, "leaf", LIGHT if share < 0.4 else MID)


def sprout(e: Easel, v: Variety) -> None:
    """A young plant: leaves in pairs on a stem, out of a heap of earth."""
    pairs = v.turn((1, 2, 3))
    top = 31 - (9, 17, 23)[pairs - 1]
    bend = v.turn((0.0, 1.0, -1.0), 2)
    line = e.stroke([(16, 29), (16 + bend, (29 + top) / 2), (16, top)], 2.0)
    for pair in reversed(range(pairs)):
        y = 26.5 - pair * 7.0 if pairs > 1 else 22.5
        size = (12.0, 11.0, 9.5)[pairs - 1] * (1 - 0.12 * pair)
        for way in (-1, 1):
            rise = v.between(0.3, 0.8) + (0.35 if pairs == 1 else 0)
            blade(e, (16 + way * 0.5, y - 1), (way * size, rise), (3.6, 3.0, 2.5)[pairs - 1])
    e.edged(line)
    e.lay(line, "stem", MID)
    blade(e, (16.0, top + 1.5), (1.5, 3.2), 1.8)
    blade(e, (16.0, top + 1.5), (-1.5, 3.2), 1.8)
    heap = e.oval(16, 31, v.between(6.5, 8.5), 3.4) & (e.y < 31)
    e.edged(heap)
    e.lit(heap, "earth", e.ball(16, 31, 8, 3.6) - 0.1)


def cactus(e: Easel, v: Variety, flower: bool = False) -> None:
    """A column with ribs and spines, and arms that bend upwards."""
    top = v.turn((2.0, 4.0, 1.5), 1)
    half = v.turn((3.6, 4.2, 3.2))
    arms = v.turn((2, 1, 2, 3))
    first = v.turn((-1, 1), 1)
    for n in range(arms):
        way = first if n % 2 == 0 else -first
        y = v.between(17.5, 20.5) - 3.5 * (n > 0) - 4.5 * (n > 1)
        out = v.between(8.2, 9.6) if n < 2 else 7.8
        limb(e, way, (y, out, y - v.between(7.0, 9.5), 2.4))
    ribbed(e, (16.0, top, half), 31.0)
    if flower or v.turn((False, True, False), 1):
        bud = e.oval(16, top - 0.2, 2.2, 1.8) & (e.y > 0.9)
        e.edged(bud)
        e.lit(bud, "petal", e.ball(16, top - 0.2, 2.2))


def limb(e: Easel, way: int, size: tuple[float, float, float, float]) -> None:
    """An arm of a cactus: (its height, how far out, its top, half its width)."""
    y, out, top, half = size
    x = 16 + way * out
    bar = e.box(min(16, x), y - half, max(16, x), y + half)
    bar |= e.oval(x, y, half)
    e.lay(bar, "leaf", LOW)
    e.lay(bar & (e.y < y - half + 1.6), "leaf", MID)
    e.lay(bar & (e.y > y + half - 1.2), "leaf", DARK)
    ribbed(e, (x, top, half), y + 0.6)


def ribbed(e: Easel, place: tuple[float, float, float], foot: float) -> None:
    """An upright limb with a round top, ribs and spines."""
    x, top, half = place
    shape = e.oval(x, top + half, half) | e.box(x - half, top + half, x + half, foot)
    e.edged(shape & (e.y < foot - 1.5))
    e.lit(shape, "leaf", e.across(x - half, x + half))
    ribs = (np.abs(e.x - x) < half - 1) & (e.column % 3 == int(x * e.k) % 3) & shape
    e.shaded(ribs & (e.y > top + 1.2), -1)
    spines = ribs & (e.row % 4 == (e.column // 3) % 2 * 2) & (e.y > top + 2) & (e.y < foot - 1)
    e.lay(spines, "spine", LIGHT)


def pear_cactus(e: Easel, v: Variety) -> None:
    """Flat pads that grow out of one another."""
    low = v.between(-1.5, 1.5)
    pads = [(16.0, 24.5, v.between(5.4, 6.8), 6.5), (9.5, 14.5 + low, v.between(4.4, 5.4), 6.0),
            (21.5, 13.5 - low, v.between(4.6, 5.6), 6.2)]  # fmt: skip
    third = v.turn((0, 1, 2), 1)
    if third:
        pads.append(((15.5, 6.5, 4.0, 5.0), (25.0, 5.5, 3.8, 4.6))[third - 1])
    flip = v.turn((1, -1))
    for x, y, rx, ry in reversed(pads):
        x = 16 + flip * (x - 16)
        pad = e.oval(x, y, rx, ry) & (e.y < 31)
        e.edged(pad)
        e.lit(pad, "leaf", e.ball(x, y, rx, ry) + 0.1)
        spots = (e.column % 3 == 0) & ((e.row + e.column // 3 * 2) % 4 == 0)
        e.lay(pad & spots & e.oval(x, y, rx - 1.4, ry - 1.4), "spine", LIGHT)
    for x, y, _, ry in pads[1:]:
        bud = e.oval(16 + flip * (x - 16), y - ry + 0.6, 1.6)
        e.edged(bud)
        e.lit(bud, "petal", e.ball(16 + flip * (x - 16), y - ry + 0.6, 1.6))


def mushroom(e: Easel, v: Variety, spots: bool = True) -> None:
    """A cap with spots, gills below it, on a stalk; sometimes a small one beside it."""
    form = v.turn(("round", "tall", "flat"), 1)
    second = v.turn((False, True, False), 2)
    if second:
        way = v.turn((-1, 1), 1)
        toadstool(e, v, (16 + way * 6.6, 20.5, 5.2, 4.8), "round")
        toadstool(e, v, (16 - way * 2.6, 3.0, 10.5, 11.0), form)
    else:
        half = v.turn((13.0, 11.5, 13.5, 10.5))
        toadstool(
            e, v, (16.0, v.turn((2.0, 5.0, 1.5), 2), half, v.turn((13.0, 15.0, 10.5, 12.0))), form
        )
    if not spots:
        bare = e.of("spot")
        e.codes[bare] = e.code("cap", MID)


def toadstool(e: Easel, v: Variety, place: tuple[float, float, float, float], form: str) -> None:
    """One mushroom: the middle, top, half width and height of its cap."""
    x, top, half, high = place
    small = half < 7
    thick = half * (v.turn((0.36, 0.27, 0.42), 2) if form != "tall" else 0.3)
    hem = top + high
    stalk = e.polygon([(x - thick * 0.85, hem - 2), (x + thick * 0.85, hem - 2),
                       (x + thick * 1.25, 31), (x - thick * 1.25, 31)])  # fmt: skip
    e.edged(stalk)
    e.lit(stalk, "stalk", e.across(x - thick * 1.2, x + thick * 1.2))
    e.shaded(stalk & (e.y < hem + 1.6), -2)
    under = e.oval(x, hem - 0.4, half * 0.84, high * 0.2 + 0.4)
    e.lay(under, "stalk", LOW)
    if not small:
        e.lay(under & ((e.column - int(x * e.k)) % 3 == 0), "stalk", DARK)
    power = {"round": 0.5, "tall": 0.78, "flat": 0.5}[form]
    t = np.clip((e.y - top) / high, 0, 1)
    wide = half * (1 - (1 - t) ** 2) ** power
    lower = hem - 1.4 * np.abs((e.x - x) / half) ** 2 * 0 - 2.0 * (1 - ((e.x - x) / half) ** 2)
    cap = (np.abs(e.x - x) <= wide) & (e.y >= top) & (e.y < np.minimum(hem, lower + 2.2))
    e.edged(cap)
    e.lit(cap, "cap", e.ball(x, top + high * 0.75, half * 1.05, high * 0.9))
    spots = ((-0.5, 0.62, 0.15), (0.05, 0.34, 0.17), (0.52, 0.6, 0.13), (-0.12, 0.78, 0.11),
             (0.8, 0.88, 0.1), (-0.84, 0.9, 0.1))  # fmt: skip
    for dx, dy, r in spots[: 3 if small else 6]:
        size = max(half * r * v.between(0.85, 1.2), 0.9)
        spot = (
            e.oval(x + (dx + v.between(-0.06, 0.06)) * half, top + dy * high, size * 1.15, size)
            & cap
        )
        e.lay(spot, "spot", LIGHT if dx < 0.3 else MID)


def maple_leaf(e: Easel, v: Variety) -> None:
    """A leaf with five points, ribs from its foot."""
    leaf_of(
        e,
        v,
        ((0, 1.0, 0.3), (48, 0.92, 0.3), (-48, 0.92, 0.3), (100, 0.72, 0.26), (-100, 0.72, 0.26)),
    )


def leaf_of(e: Easel, v: Variety, lobes: tuple[tuple[float, float, float], ...]) -> None:
    """Pointed lobes around a foot: (degrees, length, half width as a share of the length)."""
    tilt = v.turn((0.0, 0.3, -0.3), 1)
    foot = (16 + 7 * tilt, 21.5)
    reach = v.turn((18.5, 17.5, 19.5))
    axis = math.pi / 2 + tilt
    e.lay(e.stroke([foot, (foot[0] - 8 * math.cos(axis), foot[1] + 8.5)], 1.6), "rib", LOW)
    shape = np.zeros_like(e.codes, bool)
    ribs = shape.copy()
    for degrees, long, wide in lobes:
        angle = axis - math.radians(degrees)
        c, s = math.cos(angle), -math.sin(angle)
        r = reach * long
        u = ((e.x - foot[0]) * c + (e.y - foot[1]) * s) / r
        w = np.abs(-(e.x - foot[0]) * s + (e.y - foot[1]) * c) / r
        half = np.where(u < 0.55, wide * (0.55 + 0.8 * u), wide * (1 - u) / 0.45)
        tooth = 0.05 * (np.abs((u * 5) % 1 - 0.5) * 2)
        shape |= (u > -0.02) & (u < 1) & (w <= half - tooth * (u > 0.3))
        ribs |= e.stroke([foot, (foot[0] + c * r * 0.8, foot[1] + s * r * 0.8)], 1.0)
    side = (e.x - foot[0]) * math.sin(axis) + (e.y - foot[1]) * math.cos(axis)
    light = 0.62 - 0.05 * side - 0.022 * (e.y - 12) + 0.1 * (e.noise(v.whole(0, 999), 3, 3) - 0.5)
    e.lit(shape, "leaf", light)
    e.lay(shape & ribs, "leaf", DARK)
    e.calm("leaf")


def oval_leaf(e: Easel, v: Variety) -> None:
    """A plain leaf with a rib and veins."""
    tilt = v.turn((0.75, 0.6, 0.9))
    c, s = math.cos(tilt), -math.sin(tilt)
    start, long = (7.0, 27.0), 28.0
    wide = v.turn((7.6, 6.2, 8.6), 2)
    u = ((e.x - start[0]) * c + (e.y - start[1]) * s) / long
    w = -(e.x - start[0]) * s + (e.y - start[1]) * c
    half = wide * np.sin(np.pi * np.clip(u, 0, 1) ** v.turn((0.8, 1.0), 1)) ** 0.9
    shape = (u > 0) & (u < 1) & (np.abs(w) < half)
    e.lay(
        e.stroke([(start[0] - 4 * c, start[1] - 4 * s), (start[0] + 4 * c, start[1] + 4 * s)], 1.8),
        "rib",
        LOW,
    )
    e.lit(shape, "leaf", 0.65 - w * 0.09)
    vein = np.abs((u * long - np.abs(w) * 0.8) % 4.6 - 2.3) < 0.5
    e.lay(shape & vein & (np.abs(w) < half - 1.2), "leaf", LOW)
    e.lay(shape & (np.abs(w) < 0.62), "leaf", DARK)
    e.lay(shape & (w < -0.6) & (w > -1.6), "leaf", LIGHT)


def clover(e: Easel, v: Variety, leaves: int = 3) -> None:
    """Leaves of the shape of hearts around a stem."""
    middle = (16.0, 14.5 if leaves == 3 else 12.8)
    bend = v.turn((2.5, -2.5, 1.0))
    e.lay(e.stroke([middle, (16 + bend * 0.3, 23), (16 + bend, 31)], 2.0) & (e.y < 31), "stem", MID)
    turned = -math.pi / 2 if leaves == 3 else -math.pi / 4
    size = v.between(0.94, 1.06) * (1.0 if leaves == 3 else 0.88)
    for n in sorted(range(leaves), key=lambda n: -math.sin(turned + 2 * math.pi * n / leaves)):
        angle = turned + 2 * math.pi * n / leaves
        c, s = math.cos(angle), math.sin(angle)
        u = ((e.x - middle[0]) * c + (e.y - middle[1]) * s) / size
        w = np.abs(-(e.x - middle[0]) * s + (e.y - middle[1]) * c) / size
        shape = (u - 7.6) ** 2 + (w - 2.9) ** 2 <= 3.5**2
        shape |= (u > 0.7) & (u <= 8.4) & (w <= 6.3 * np.clip(u / 8.0, 0, 1) ** 0.9)
        shape &= (u < 8.6) | ((u - 7.6) ** 2 + (w - 2.9) ** 2 <= 3.5**2)
        e.edged(shape)
        e.lit(shape, "leaf", e.ball(middle[0] + c * 6, middle[1] + s * 6, 8.0) + 0.05)
        e.lay(shape & (w < 0.6) & (u < 7), "leaf", DARK)
        e.lay(shape & (np.abs(u - 4.2 - 0.5 * w) < 0.6) & (w > 0.6), "leaf", LIGHT)
    e.calm("leaf")


def pumpkin(e: Easel, v: Variety, carved: bool = False) -> None:
    """Ribs around a middle, a stalk on top."""
    wide = v.turn((14.0, 13.0, 12.0)) + v.between(-0.5, 0.5)
    high = v.turn((11.0, 12.2, 11.6, 10.2, 12.6), 2)
    y = 30.6 - high
    way = v.turn((1, -1))
    stalk = e.stroke(
        [(16, y - high + 3), (16 + way * 0.5, y - high - 2), (16 + way * 3, y - high - 4)], 3.6, 2.6
    )
    stalk &= e.y > 1
    e.lit(stalk, "stem", 0.6 - 0.3 * (e.x - 16))
    e.lit(e.oval(16, y + 0.3, wide * 0.9, high * 0.98), "skin", e.ball(16, y, wide, high) - 0.3)
    ribs = [
        (0.68, 0.34, -0.1),
        (-0.68, 0.34, 0.0),
        (0.4, 0.42, -0.05),
        (-0.4, 0.42, 0.08),
        (0.0, 0.44, 0.12),
    ]
    for off, half, more in ribs:
        rib = e.oval(16 + off * wide, y + 0.6 * abs(off), half * wide, high * (1 - 0.12 * abs(off)))
        e.edged(rib)
        light = 0.6 * e.ball(16 + off * wide, y, half * wide * 1.2, high) + 0.5 * e.ball(
            16, y, wide, high
        )
        e.lit(rib, "skin", light + more)
    e.calm("skin")
    if carved:
        for x in (10.5, 21.5):
            e.lay(e.polygon([(x - 3, y + 0.5), (x + 3, y + 0.5), (x, y - 4.5)]), "glow", MID)
        mouth = e.oval(16, y + 3.2, 9.0, 5.2) & (e.y > y + 3.2)
        tooth = e.box(12, y + 3.2, 14.5, y + 5.8) | e.box(18.5, y + 6.0, 21.0, y + 9)
        e.lay(mouth & ~tooth, "glow", MID)
        e.edged(e.of("glow"))
        e.lay(e.of("glow") & (np.roll(e.of("glow"), 1, 0)), "glow", LIGHT)


def bamboo(e: Easel, v: Variety) -> None:
    """Stalks in joints, with pointed leaves."""
    number = v.turn((3, 2, 4))
    half = (1.9, 2.4, 1.5)[(3, 2, 4).index(number)]
    for n in range(number):
        x = 16 + (n - (number - 1) / 2) * 24 / number
        top = v.turn((1.5, 6.0, 3.5), 1, n)
        stalk = e.box(x - half, top, x + half, 31)
        e.lit(stalk, "leaf", e.across(x - half, x + half) + 0.1)
        joint = (e.y - top + n * 2) % 6.5
        e.lay(stalk & (joint < 1) & (e.y > top + 2), "leaf", LIGHT)
        e.lay(stalk & (joint >= 1) & (joint < 2) & (e.y > top + 2), "leaf", DARK)
    for n in range(number):
        x = 16 + (n - (number - 1) / 2) * 24 / number
        for way in (-1, 1):
            y = v.turn((1.5, 6.0, 3.5), 1, n) + (4.0 if way * (-1) ** n > 0 else 10.0)
            leaf_at(e, (x + way * half, y), math.pi / 2 - way * v.between(0.5, 0.9), (5.6, 1.4))


def leaf_at(
    e: Easel, start: Point, angle: float, size: tuple[float, float], material: str = "leaf"
) -> None:
    """A pointed leaf: where it begins, the way it points, (length, half width)."""
    long, wide = size
    c, s = math.cos(angle), -math.sin(angle)
    u = ((e.x - start[0]) * c + (e.y - start[1]) * s) / long
    w = -(e.x - start[0]) * s + (e.y - start[1]) * c
    half = wide * np.sin(np.pi * np.clip(u, 0, 1) ** 0.8) ** 0.85
    shape = (u >= 0) & (u <= 1) & (np.abs(w) <= np.maximum(half, 0.35))
    above = w * (1 if c > 0 else -1) < 0
    bright = MID if c < 0.35 else LOW
    e.edged(shape, DARK)
    e.lay(shape, material, bright)
    e.lay(shape & above, material, bright + 1)


def potted(e: Easel, v: Variety) -> None:
    """A plant in a pot."""
    number = v.turn((7, 5, 9))
    wide = v.turn((2.4, 3.2, 2.0))
    for n in sorted(range(number), key=lambda n: -abs(n - (number - 1) / 2)):
        share = 2 * n / (number - 1) - 1
        angle = math.pi / 2 - share * v.between(1.15, 1.35)
        long = v.between(15.5, 19.5) * (1 - 0.24 * abs(share))
        leaf_at(e, (16 + share * 2.5, 21.5), angle, (long, wide))
    rim, foot = 20.5, 31.0
    pot = e.polygon([(9.5, rim + 3), (22.5, rim + 3), (20.5, foot), (11.5, foot)])
    e.edged(pot)
    e.lit(pot, "pot", e.across(9.5, 22.5))
    edge = e.box(8, rim, 24, rim + 3)
    e.edged(edge)
    e.lit(edge, "pot", e.across(8, 24) + 0.12)
    e.shaded(pot & (e.y > rim + 3) & (e.y < rim + 4), -1)
