"""Rivers, ores and tails, drawn by rules."""

from __future__ import annotations

import math

import numpy as np

from pincel.art.easel import DARK, LIGHT, LOW, MID, Easel, Point, around
from pincel.art.kinds import SceneryLook
from pincel.art.lands import BROWN, GREY
from pincel.art.molded import flipped, kind, pts, swell, turned
from pincel.art.variety import Variety

_GRASS = ("2c6428", "54a83c", "a0dc5c")
_EARTH = ("5c3c24", "946840", "c49c6c")


@kind(
    "river",
    "water",
    "bank",
    "",
    water=(("14448c", "2c84d8", "84ccfc"), ("0c5c7c", "249cc4", "88e4f4")),
    bank=(_GRASS, ("3c6c1c", "74b434", "c0e868")),
    sand=(("a87c3c", "e4c070", "fcecb0"), _EARTH),
    rock=(GREY,),
)
def river(e: Easel, v: Variety, look: SceneryLook) -> None:
    """Water that winds between two banks, towards who looks."""
    way = v.turn((1, -1))
    top = v.turn((6.0, 7.4, 5.0), 1)
    land = (e.oval(16, 17.6, 15.0, 12.8)) & (e.y > top - 2)
    e.lay(e.oval(16, 19.6, 15.0, 12.0), "sand", DARK)
    swell(e, land, "bank", 0.14, 2.0)
    bend = v.turn((4.4, 6.0, 3.0))
    line: list[Point] = []
    width = []
    for t in np.linspace(0, 1, 15):
        y = top + (30.4 - top) * t
        line.append((16 + way * bend * math.sin(2 * math.pi * t**0.8 + 0.4) * (0.35 + 0.65 * t), y))
        width.append(2.2 + 8.6 * t**1.5)
    whole = land | e.oval(16, 19.6, 15.0, 12.0)

    def band(more: float) -> np.ndarray:
        mask = np.zeros_like(land)
        for (x, y), w in zip(line, width, strict=True):
            mask |= e.oval(x, y, w / 2 + more, max(1.2, w * 0.26 + more))
        return mask & whole

    e.lay(band(1.3), "sand", np.where(e.x < 16, LIGHT, MID))
    water = band(0.0)
    e.edged(water, DARK)
    e.lay(water, "water", MID)
    phase = v.between(0, 6)
    ripple = np.sin(e.y * 1.15 + np.sin(e.x * 0.5 + phase) * 1.3 + phase)
    e.lay(water & (ripple > 0.72) & ~around(~water), "water", LIGHT)
    e.lay(water & (ripple < -0.8) & ~around(~water), "water", LOW)
    for n in range(v.turn((2, 3, 1))):
        x, y = ((6.0, 14.0), (26.4, 20.6), (25.4, 11.4))[n]
        x = 16 + way * (x - 16)
        stone = e.oval(x, y, 2.2, 1.7) & whole & ~water
        e.edged(stone)
        e.lit(stone, "rock", e.ball(x, y, 2.4, 1.9) + 0.1)
    tuft = (e.noise(v.whole(0, 99), 3, 2) > 0.84) & e.of("bank") & ~around(~e.of("bank"))
    e.shaded(tuft, -1)


_ORES = {
    "iron": ("7c4434", "c08468", "ecc4ac"),
    "copper": ("8c4010", "dc7c34", "fcbc80"),
    "silver": ("6c7484", "b8c0d0", "f4f8ff"),
    "coal": ("141418", "2c2c34", "5c5c6c"),
    "diamond": ("38a0b8", "8cecf4", "f4ffff"),
    "emerald": ("0c7440", "2cc870", "a8fcc8"),
    "ruby": ("8c0c2c", "e02c4c", "fc98a4"),
    "sapphire": ("14389c", "3c74f0", "a8ccff"),
    "amethyst": ("5c1c94", "a454e4", "e0b4ff"),
}
_CUT = ("diamond", "emerald", "ruby", "sapphire", "amethyst")


@kind(
    "ore",
    "vein",
    "rock",
    " ".join(_ORES),
    vein=(("9c6c08", "f0bc28", "fff08c"), *_ORES.values()),
    rock=(GREY, ("4c4a50", "7c7880", "aca8b0"), BROWN),
    **{name: (shades,) for name, shades in _ORES.items()},
)
def ore(e: Easel, v: Variety, look: SceneryLook) -> None:
    """A boulder with lumps of a metal or crystals in it."""
    said = next((one for one in sorted(look.more) if one in _ORES), "")
    cut = said in _CUT or (not said and "vein" not in look.colors and v.seed % 10 > 4)
    way = v.turn((1, -1))
    ring = []
    for n in range(10):
        a = 2 * math.pi * (n + 0.22 * v.between(-1, 1)) / 10
        ring.append(
            (
                16 + 14.4 * v.between(0.92, 1.04) * math.cos(a),
                min(30.0, 17.0 + 13.6 * v.between(0.9, 1.04) * math.sin(a)),
            )
        )
    ring = flipped(ring, way)
    body = e.polygon(ring)
    e.lay(body, "rock", MID)
    top = (15 + v.between(-1, 1), 14 + v.between(-1, 1))
    for n, corner in enumerate(ring):
        after = ring[(n + 1) % 10]
        mx, my = (corner[0] + after[0]) / 2 - 16, (corner[1] + after[1]) / 2 - 17
        lit = (-0.55 * mx - 0.8 * my) / math.hypot(mx, my)
        shade = DARK + int(np.digitize(lit + v.between(-0.15, 0.15), (-0.55, 0.1, 0.62)))
        e.lay(e.polygon([top, corner, after]) & body, "rock", shade)
    e.calm("rock")
    material = said if said and "vein" not in look.colors else "vein"
    places = v.turn(
        (
            pts("9,11 20.4,8.4 24,17.4 14.6,18.4 8.4,23 20,24.6"),
            pts("11,8.4 22.4,12.4 8,17.4 17,16 13.4,25 23.6,22.4"),
            pts("16.4,7.4 8.4,13 24.4,13.4 15,19.6 22.4,23.4 9.6,24.4"),
        )
    )
    for n, (x, y) in enumerate(flipped(places, way)):
        _lump(e, v, (x, y, (3.4, 2.8, 3.0, 3.2, 2.5, 2.7)[n]), cut, material)


def _lump(
    e: Easel, v: Variety, place: tuple[float, float, float], cut: bool, material: str
) -> None:
    """A nugget, or a crystal with facets."""
    x, y, r = place
    tilt = v.between(-25, 25)
    if not cut:
        blob = e.oval(x, y, r, r * 0.86) | e.oval(x + r * 0.5, y + r * 0.36, r * 0.72)
        e.edged(blob)
        e.lit(blob, material, e.ball(x, y, r * 1.3) + 0.12)
        e.lay(e.oval(x - r * 0.4, y - r * 0.36, 0.7), material, LIGHT)
        return
    gem = turned(
        [
            (x, y - r * 1.5),
            (x + r, y - r * 0.4),
            (x + r * 0.7, y + r),
            (x - r * 0.7, y + r),
            (x - r, y - r * 0.4),
        ],
        tilt,
        (x, y),
    )
    whole = e.polygon(gem)
    e.edged(whole)
    e.lay(whole, material, MID)
    e.lay(e.polygon([gem[0], gem[1], gem[2], (x, y)]) & whole, material, LOW)
    e.lay(e.polygon([gem[0], (x, y), gem[4]]) & whole, material, LIGHT)


@kind(
    "tail",
    "fur",
    "tip",
    "fox cat devil",
    fur=(
        ("9c4a18", "dd822e", "f8b45c"),
        ("5a5c66", "8c8e98", "bcbec8"),
        ("5e3820", "93602f", "c08d55"),
        ("7c1c28", "c83440", "f0787c"),
    ),
    tip=(
        ("b8bcc8", "f0f0f4", "ffffff"),
        ("2c2018", "4a382c", "6e5846"),
        ("c8b48c", "f0e4c4", "fffaf0"),
    ),
)
def tail(e: Easel, v: Variety, look: SceneryLook) -> None:
    """A bushy tail, one with rings, or one that ends in an arrow head."""
    way = v.turn((1, -1))
    form = next(iter(sorted(look.more)), v.turn(("fox", "cat", "fox", "devil")))
    if form == "fox":
        bend = v.turn((0.0, 1.8, -1.8, 0.9, -0.9), 1)
        line = flipped(pts(f"5,29.4 11,28 {18 + bend},22.6 {21 + bend},14.6 18.4,3"), way)
        far, gone = e.along(line)
        t = gone / float(gone.max())
        body = np.abs(far) < 1.2 + v.turn((5.6, 5.0, 6.2), 1) * np.sin(np.pi * t**1.15) ** 0.85
        body &= ~((t > 0.98) & (np.abs(far) > 0.8))
        swell(e, body, "fur", 0.1)
        end = body & (t > 0.64 + 0.03 * np.abs(far % 4 - 2))
        shade = np.where(e.codes >= 0, e.codes % 8, MID)
        e.lay(end, "tip", shade)
        return
    swing = v.turn((0.0, 3.0, -3.0, 1.5, -1.5), 1)
    line = pts("7,29.4 14.4,28 20,23 19.6,16 16.4,10.4 19.4,5.4 25,5.4")
    line = [(x + swing * (y < 20), y) for x, y in line]
    far, gone = e.along(flipped(line, way))
    wide = v.turn((2.6, 2.2, 3.0), 1) if form == "cat" else 1.7
    body = np.abs(far) < wide
    swell(e, body, "fur", 0.12)
    if form == "cat":
        shade = np.where(e.codes >= 0, e.codes % 8, MID)
        rings = body & ((gone % v.turn((6.4, 7.4, 5.6))) < 2.4) & (gone > 5)
        e.lay(rings | (body & (gone > gone.max() - 3.6)), "tip", shade)
        return
    x, y = flipped([line[-1]], way)[0]
    head = e.polygon(
        [(x - way * 1.6, y - 5.4), (x + way * 5.6, y - 0.4), (x - way * 1.6, y + 5.4), (x + way, y)]
    )
    e.edged(head)
    swell(e, head, "fur", 0.16)
