"""Flails, clubs, scythes, whips, darts, slings and hooks, drawn by rules."""

from __future__ import annotations

import numpy as np

from pincel.art.bench import DARK, LIGHT, LINE, LOW, MID, Bench, ItemLook, Variety
from pincel.art.household import puffed, round_bar, shine, ware
from pincel.art.item_matter import BRONZE, GOLD, IRON, LEATHER, STEEL, WOOD
from pincel.art.molded import pts, star

_HARD = "metal wood stone jewel glass"


@ware(
    "flail",
    "metal haft",
    "hilt=haft chain tip=metal head=metal",
    "",
    _HARD,
    of_metal=(STEEL, IRON, BRONZE),
    of_chain=(STEEL, IRON, GOLD),
)
def _flail(e: Bench, v: Variety, look: ItemLook) -> None:
    way = v.turn((1, -1), 1)

    def at(x: float, y: float) -> tuple[float, float]:
        return (16 + way * (x - 16), y)

    haft = e.stroke([at(3.6, 29), at(13.2, 7.4)], 3.6)
    far = (e.x - 16) * way + (e.y - 18) * 0.45 + 7.6
    e.lay(haft, "haft", np.where(far < -0.3, LIGHT, np.where(far < 0.9, MID, LOW)))
    grip = e.stroke([at(3.6, 29), at(7.4, 20.4)], 3.6)
    e.lay(grip, "grip", np.where(e.row % 2 == 0, MID, LOW))
    puffed(e, e.stroke([at(12.6, 8.6), at(13.6, 6.6)], 4.8), "chain", 0.1)
    for x, y in ((15.6, 4.8), (18.6, 4.4), (21.2, 6.2), (22.6, 9.0)):
        link = e.oval(*at(x, y), 2.0) & ~e.oval(*at(x, y), 0.7)
        e.edged(link, LINE)
        e.lay(link, "chain", np.where(e.y < y, LIGHT, MID))
    r, number = v.turn((4.9, 5.5, 4.5), 1), v.turn((8, 7), 1)
    cx, cy = at(22.8, 17.6)
    spikes = e.polygon(star(cx, cy, (r + 3.6, r * 0.72), number, v.turn((0, 20), 1)))
    e.edged(spikes, LINE)
    e.lay(spikes, "metal", np.where(e.x + e.y < cx + cy, LIGHT, MID))
    puffed(e, e.oval(cx, cy, r), "metal", 0.08)
    shine(e, e.oval(cx, cy, r), cx - 1.8, cy - 2.0, 0.8)


@ware(
    "club",
    "haft",
    "hilt=grip spike=spike rim=spike",
    "spiked",
    _HARD,
    of_spike=(STEEL, IRON, BRONZE),
)
def _club(e: Bench, v: Variety, look: ItemLook) -> None:
    t = e.tilted()
    fat, neck = v.turn((5.6, 6.4, 5.0), 1), v.turn((2.0, 2.4), 1)
    share = np.clip((t.y - 3) / 38, 0, 1)
    half = neck + (fat - neck) * np.clip(1.15 - share * 1.5, 0, 1) ** 0.8
    half = np.where(t.y < 7, half * np.sqrt(np.clip(1 - ((7 - t.y) / 4.6) ** 2, 0, 1)), half)
    body = (t.y > 2.4) & (t.y < 41) & (np.abs(t.x) < half)
    spiked = look.form == "spiked" or "spike" in look.more or v.turn((False, True, False), 1)
    if spiked:
        for n, y in enumerate((7.0, 12.0, 17.0)):
            for side in (-1, 1):
                w = fat * (0.98 - 0.09 * n)
                tooth = t.polygon(
                    [(side * (w - 1), y - 1.5), (side * (w + 3.0), y), (side * (w - 1), y + 1.5)]
                )
                e.lay(tooth, "spike", LIGHT if side < 0 else MID)
    e.edged(body, LINE)
    u = t.x / np.maximum(half, 1)
    e.lay(
        body,
        "haft",
        np.where(u < -0.3, LIGHT, np.where(u < 0.34, MID, np.where(u < 0.74, LOW, DARK))),
    )
    e.shaded(body & (np.hypot(t.x + 1, (t.y - 15) * 0.6) < 1.3), -2)
    e.shaded(body & (np.abs(t.x - 1.6) < 0.4) & (t.y > 8) & (t.y < 13), -1)
    if spiked:
        for x, y in ((-1.4, 8.6), (1.6, 13.0), (-1.2, 17.6)):
            e.lay(t.oval(x, y, 1.1), "spike", LIGHT)
    wrap = body & (t.y > 31)
    e.lay(wrap, "grip", np.where(t.y % 2.8 < 1.2, LOW, MID))
    knob = t.oval(0, 40.6, neck + 1.0, 1.6)
    puffed(e, knob, "haft", 0.1)


@ware("scythe", "metal haft", "hilt=haft blade=metal", "", _HARD, long=True)
def _scythe(e: Bench, v: Variety, look: ItemLook) -> None:
    way = v.turn((1, -1), 1)

    def at(x: float, y: float) -> tuple[float, float]:
        return (16 + way * (x - 16), y)

    haft = e.stroke([at(8.0, 30), at(20, 14), at(25.4, 3.6)], 2.8)
    far = (e.x - 16) * way + (e.y - 16) * 0.66
    e.lay(haft, "haft", np.where(far < 1.6, LIGHT, np.where(far < 2.8, MID, LOW)))
    for x, y in ((13.0, 23.4), (17.6, 17.2)):
        e.over(e.stroke([at(x, y), at(x - 3.0, y - 2.6)], 2.0), "grip", MID)
    deep = v.turn((0.0, 2.0, -1.4), 1)
    back = [at(x, y) for x, y in ((27.4, 4.4), (22, 1.8), (14, 2.2), (7, 6), (2.6, 12.6 + deep))]
    point, edge = at(1.6, 17 + deep), ((6, 12.4 + deep * 0.5), (12, 8.8), (18, 7.6), (25.4, 8.2))
    blade = e.polygon([*back, point, *(at(x, y) for x, y in edge)])
    e.edged(blade, LINE)
    e.lay(blade, "metal", MID)
    inner = e.polygon([*back, at(5.4, 10), at(11, 5.6), at(19, 4.6), at(26, 5.6)])
    e.lay(inner & blade, "metal", LOW)
    e.lay(blade & ~np.roll(blade, -1, 0), "metal", LIGHT)
    puffed(e, e.stroke([at(24.6, 8.2), at(26.2, 4.0)], 4.8), "trim", 0.1)


@ware("sickle", "metal haft", "hilt=haft blade=metal", "", _HARD)
def _sickle(e: Bench, v: Variety, look: ItemLook) -> None:
    way = v.turn((1, -1), 1)
    r, hole = v.turn((12.0, 11.2), 1), v.turn((9.6, 8.8, 10.2), 1)
    x, y = 16 + way * 1.6, 13.2
    moon = e.oval(x, y, r) & ~e.oval(x + way * 1.4, y + 1.8, hole)
    turn = np.arctan2(e.y - y, (e.x - x) * way)
    moon &= ~((turn > 0.5) & (turn < 1.9))
    e.lay(moon, "metal", np.where(np.hypot(e.x - x, e.y - y) > r - 1.4, LOW, MID))
    edge = moon & np.roll(e.oval(x + way * 1.4, y + 1.8, hole + 0.9), 0, 0)
    e.lay(edge, "metal", LIGHT)
    a = (x - way * 5.0, y + 9.6)
    b = (16 - way * 11.6, 29.4)
    grip = e.stroke([a, b], 4.4)
    e.edged(grip, LINE)
    puffed(e, grip, "haft", 0.06)
    puffed(e, e.stroke([(a[0] + way * 1.0, a[1] - 1.2), a], 5.0), "trim", 0.1)


@ware(
    "whip",
    "lash",
    "hilt=grip",
    "",
    "soft metal",
    of_lash=LEATHER,
    of_grip=(LEATHER[1], LEATHER[2], LEATHER[0]),
)
def _whip(e: Bench, v: Variety, look: ItemLook) -> None:
    way = v.turn((1, -1), 1)
    loops = v.turn((2.2, 1.8, 2.6), 1)
    t = np.linspace(0, 1, 46)
    a = 0.4 + t * loops * 2 * np.pi
    r = 10.6 - 7.0 * t
    x, y = 18.0 + r * np.cos(a), 13.0 + r * np.sin(a) * 0.94
    line = [(16 + way * (p - 16), q) for p, q in zip(x, y, strict=True)]
    start = (16 + way * (9.4 - 16), 23.6)
    lead = [start, (16 + way * (15 - 16), 24.6), (16 + way * (23 - 16), 22.4), line[0]]
    round_bar(e, lead, 3.2, "lash", 2.8)
    for n in range(0, len(line) - 3, 3):
        part = e.stroke(line[n : n + 4], 2.7 - 1.5 * n / len(line))
        e.edged(part & (e.codes < 0), LINE)
        e.lay(part, "lash", MID)
    lash = e.of("lash")
    e.shaded(lash & ((e.x + 2 * e.y) % 4.0 < 1.3), -1)
    e.shaded(lash & ~np.roll(lash, 1, 0), 1)
    grip = e.stroke([(16 + way * (10.0 - 16), 22.8), (16 + way * (3.4 - 16), 29.0)], 4.4)
    e.edged(grip, LINE)
    e.lay(grip, "grip", np.where((e.x * way - e.y) % 3 < 1.4, LOW, MID))
    puffed(e, e.oval(16 + way * (3.4 - 16), 29.0 - 0.6, 2.4), "trim", 0.1)


@ware(
    "dart",
    "metal feather",
    "fletching=feather tip=metal hilt=shaft",
    "",
    _HARD,
    same={},
    of_shaft=(WOOD[0], IRON, GOLD),
)
def _dart(e: Bench, v: Variety, look: ItemLook) -> None:
    t = e.tilted()
    long = v.turn((26.0, 28.6, 24.0), 1)
    for side in (-1, 1):
        vane = t.polygon(
            [(0, long - 1), (side * 5.6, long + 4.6), (side * 5.6, 40), (side * 1.4, 37.6), (0, 40)]
        )
        e.lay(vane, "feather", LIGHT if side < 0 else MID)
        e.shaded(vane & (t.y % 3 < 1), -1)
    shaft = t.stroke([(0, 14), (0, 39)], 2.2)
    e.edged(shaft, LINE)
    e.lay(shaft, "shaft", np.where(t.x < 0, LIGHT, MID))
    barrel = (t.y > 14) & (t.y < 25) & (np.abs(t.x) < 2.9 - 0.03 * (t.y - 19) ** 2)
    e.edged(barrel, LINE)
    e.lay(barrel, "metal", np.where(t.x < -0.8, LIGHT, np.where(t.x < 1, MID, LOW)))
    e.shaded(barrel & (t.y % 3.2 < 1.2), -1)
    tip = t.polygon([(0, 2.4), (1.7, 14.4), (-1.7, 14.4)])
    e.edged(tip & (e.codes >= 0), LINE)
    e.lay(tip, "metal", np.where(t.x < 0, LIGHT, MID))


@ware(
    "shuriken", "metal", "", "", _HARD, of_metal=(STEEL, IRON, ("2c2c38", "50505e", "8c8c9c"), GOLD)
)
def _shuriken(e: Bench, v: Variety, look: ItemLook) -> None:
    number = v.turn((4, 6, 5, 4), 1)
    turn, inner = v.turn((0, 15, 30), 1), v.turn((5.2, 6.0), 1)
    points = star(16, 16, (14.8, inner), number, turn)
    for n in range(0, len(points), 2):
        tip, left, right = points[n], points[n - 1], points[(n + 1) % len(points)]
        for one, lift in ((left, 1), (right, -1)):
            dx, dy = (tip[0] + one[0]) / 2 - 16, (tip[1] + one[1]) / 2 - 16
            lit = (-0.5 * dx - 0.7 * dy) / np.hypot(dx, dy) + 0.3 * lift
            e.lay(e.polygon([(16, 16), tip, one]), "metal", int(np.clip(2.4 + 1.6 * lit, 1, 4)))
    hole = e.oval(16, 16, 2.6)
    e.edged(hole, LINE)
    e.lay(hole, "dark", DARK)


@ware(
    "slingshot",
    "haft band",
    "hilt=grip",
    "",
    "wood metal",
    of_band=("red", ("6a4a2a", "a8743c", "d8a468"), "black"),
)
def _slingshot(e: Bench, v: Variety, look: ItemLook) -> None:
    wide = v.turn((8.6, 9.6, 7.8), 1)
    sag = v.turn((15.0, 12.6), 1)
    strap = e.stroke([(16 - wide, 5), (16 - 3, sag), (16 + 3, sag), (16 + wide, 5)], 1.9)
    e.lay(strap, "band", np.where(e.y < 9, LIGHT, MID))
    puffed(e, e.oval(16, sag + 0.4, 3.8, 2.2), "pouch", 0.1)
    for way in (-1, 1):
        round_bar(
            e, [(16, 21.4), (16 + way * wide * 0.72, 15.6), (16 + way * wide, 4)], 4.4, "haft", 3.6
        )
        e.over(e.box(16 + way * wide - 2.4, 5.4, 16 + way * wide + 2.4, 7.2), "band", MID)
    round_bar(e, [(16, 19.6), (16, 29.2)], 5.0, "haft")
    e.over(e.box(13.2, 23.6, 18.8, 29.6), "grip", np.where(e.row % 2 == 0, MID, LOW))


@ware(
    "hook",
    "metal rope",
    "rope=hemp cord=hemp base=ring",
    "single grappling",
    "metal wood stone jewel",
    same={"ring": "metal"},
    of_hemp=(("6e5230", "b08c58", "e0c48c"), ("7a6a48", "b8a270", "e4d4a4")),
)
def _hook(e: Bench, v: Variety, look: ItemLook) -> None:
    grapple = look.form == "grappling"
    way = v.turn((1, -1), 1)
    thick = v.turn((3.6, 4.2, 3.2), 1)
    if grapple or {"rope", "cord"} & look.more:
        rope = e.stroke(pts("0,4 4,2.4 9,4.6 11,10 8.6,15", (16, -way)), 2.0)
        e.lay(rope, "hemp", np.where((e.x + 1.4 * e.y) % 3.6 < 1.3, LOW, LIGHT))
    ring = e.oval(16, 4.8, 3.4) & ~e.oval(16, 4.8, 1.5)
    puffed(e, ring, "ring", 0.12)
    if grapple:
        _prongs(e, thick)
        return
    a = np.radians(np.linspace(-90, 150, 16))
    bend = [(16 + way * 7.0 * (np.cos(t) - 0.12), 20.8 + 7.4 * np.sin(t)) for t in a]
    line = [(16, 8.2), (16, 12.6), *bend[2:]]
    round_bar(e, line, thick + 0.8, "metal", 1.6)
    x, y = bend[-1]
    barb = e.polygon([(x - way * 2.6, y + 1.2), (x + way * 3.2, y + 2.4), (x - way * 1.2, y - 5.0)])
    e.over(barb, "metal", np.where(e.x < x, LIGHT, MID))


def _prongs(e: Bench, thick: float) -> None:
    """Three barbs around a shaft."""
    for one in (-1, 1):
        round_bar(e, pts("0,22 5,27.4 10.8,25.4 12.4,18.6", (16, one)), thick, "metal", 1.2)
        tip = e.polygon(pts("10.4,20.4 14.4,20.4 12.8,14.4", (16, one)))
        e.over(tip, "metal", np.where(e.x < 16 + one * 12.6, LIGHT, MID))
    round_bar(e, [(16, 8.4), (16, 27)], thick, "metal")
    tip = e.polygon([(13.6, 25), (18.4, 25), (16, 30.4)])
    e.over(tip, "metal", np.where(e.x < 16, LIGHT, LOW))


@ware(
    "sling",
    "strap",
    "stone=rock tip=rock cord=cord",
    "",
    "soft",
    of_strap=LEATHER,
    of_cord=(("7a6a48", "b8a270", "dccb9a"), LEATHER[1]),
)
def _sling(e: Bench, v: Variety, look: ItemLook) -> None:
    way, wide = v.turn((1, -1), 1), v.turn((7.4, 6.4, 8.4), 1)
    sway = v.turn((2.4, 0.8, 4.0), 1) * way
    for side in (-1, 1):
        top = (16 + sway + side * 1.4, 7.0)
        cord = e.stroke(
            [(16 + side * wide, 22.6), (16 + sway * 0.5 + side * wide * 0.7, 14), top], 1.9
        )
        e.lay(cord, "cord", np.where((e.x + e.y) % 4 < 1.6, LOW, LIGHT))
    loop = e.oval(16 + sway, 4.6, 3.2, 3.0) & ~e.oval(16 + sway, 4.4, 1.5, 1.3)
    e.lay(loop, "cord", np.where(e.x < 16 + sway, LIGHT, MID))
    tail = e.stroke(
        [(16 + sway, 7), (16 + sway - way * 4.6, 9.6), (16 + sway - way * 5.6, 13)], 1.7
    )
    e.lay(tail, "cord", MID)
    puffed(e, e.oval(16, 22.0, 4.6, 4.4), "rock", 0.1)
    half = wide + 1.4
    pouch = np.abs(e.x - 16) < half
    sag = 6.6 * np.sqrt(np.maximum(1 - ((e.x - 16) / half) ** 2, 0))
    pouch &= (e.y > 21.8 + sag * 0.3) & (e.y < 22.4 + sag)
    puffed(e, pouch, "strap", 0.08)
    e.shaded(pouch & (np.abs(e.y - 23.0 - sag * 0.3) < 0.5) & (e.column % 2 == 0), -2)
