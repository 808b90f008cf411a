"""Further grounds: roads, gratings, combs, weaves, logs, bamboo, wallpaper, glass, the moon."""

from __future__ import annotations

import numpy as np

from pincel.art.ground_kinds import FLAT, ground
from pincel.art.plots import (
    BODY,
    DEEP,
    DIM,
    FAINT,
    LIT,
    PALE,
    SHINE,
    Plot,
    Spots,
    beside,
    ridges,
)  # fmt: skip


@ground("concrete", "asphalt", "cracks puddles=puddle", height=FLAT)
@ground("asphalt", "asphalt", "cracks puddles=puddle", height=FLAT)
def _asphalt(p: Plot, more: frozenset[str]) -> None:
    p.fill("asphalt")
    p.lay(p.field(6, 5) > 1.1, "asphalt", LIT)
    p.strewn(p.scatter(3.2, 2.6, 1), ("1", "3", "1", "0", "3"), "asphalt")
    if "cracks" in more:
        line = ridges(p.field(p.side / 2.6), 0.5) & (p.field(6) > -0.1)
        p.lay(line, "asphalt", DEEP)
        p.lay(beside(line, 1, 0) & ~line, "asphalt", PALE)
    if "puddles" in more:
        pool = p.field(9, 6) > 0.85
        p.lay(pool, "puddle")
        p.lay(pool & beside(~pool, 1, 0), "puddle", DIM)
        p.lay(pool & beside(~pool, -1, 0), "puddle", PALE)


@ground("plaster", "plaster", "cracks", height=FLAT)
def _plaster(p: Plot, more: frozenset[str]) -> None:
    """Strokes of the trowel."""
    p.fill("plaster")
    stroke = p.field(7, 4)
    p.lay(stroke > 0.7, "plaster", LIT)
    p.lay(stroke < -1.0, "plaster", FAINT)
    p.strewn(p.scatter(10, 8, 4), ("111. ...1", ".111 1...", "333. ...3", "11"), "plaster")
    if "cracks" in more:
        line = ridges(p.field(p.side / 2.6), 0.5) & (p.field(6) > 0.1)
        p.lay(line, "plaster", DEEP)
        p.lay(beside(line, 1, 0) & ~line, "plaster", PALE)


@ground("grating", "metal", "rust=rust", height=FLAT)
def _grating(p: Plot, more: frozenset[str]) -> None:
    """Bars over a dark hole."""
    size = p.unit
    x, y = p.column % size, p.row % size
    p.fill("hole", np.where((p.row + p.column) % 2 == 0, DIM, DEEP))
    bar = max(2, size // 3)
    across, upright = y < bar, x < bar
    p.lay(across | upright, "metal")
    p.lay((across & (y == 0)) | (upright & (x == 0) & (y >= bar - 1)), "metal", PALE)
    p.lay((across & (y == bar - 1) & ~upright) | (upright & (x == bar - 1) & ~across), "metal", DIM)
    p.lay(across & upright & (x == 0) & (y == 0), "metal", SHINE)
    p.shaded((p.field(3) > 1.4) & p.of("metal"), -1)
    if "rust" in more:
        rust = (p.field(5) > 0.5) & p.of("metal")
        shade = p.codes % 8
        p.lay(rust, "rust", np.where(shade >= FAINT, BODY, shade))


def _combs(p: Plot, wide: int, high: int) -> tuple[np.ndarray, ...]:
    """Six-sided cells in rows: as `Plot.cells`, and a random number of each cell."""
    rows, across = p.side // high, p.side // wide
    places = [
        (n * wide + r % 2 * (wide // 2), r * high) for r in range(rows) for n in range(across)
    ]
    x, y = np.array(places).T
    which, apart, right, below = p.cells(Spots(x, y, 0), wide * 0.875 / high)
    half = max(wide, high) // 2 + 1
    chance = [p.chance((a - half, b - half, 2 * half, 2 * half)) for a, b in places]
    return np.array(chance)[which], apart, right, below


def _comb_size(p: Plot) -> tuple[int, int]:
    return {16: (8, 8), 48: (16, 12)}.get(p.side, (16, 16))


@ground("hexagons", "tile joint", height=FLAT)
def _hexagons(p: Plot, more: frozenset[str]) -> None:
    chance, apart, right, below = _combs(p, *_comb_size(p))
    p.fill("tile", np.where(chance < 0.3, FAINT, np.where(chance > 0.75, LIT, BODY)))
    inside = apart >= 1.2
    near = inside & (apart < 3.2)
    p.lay(near & (right + 1.4 * below < 0), "tile", PALE)
    p.lay(near & (right + 1.4 * below > 0), "tile", DIM)
    p.lay(~inside, "joint", DIM)
    p.strewn(p.scatter(9, 8, 3), ("1", "3", "11"), "tile")


@ground("honeycomb", "wax honey", height=FLAT)
def _honeycomb(p: Plot, more: frozenset[str]) -> None:
    wide, high = _comb_size(p)
    chance, apart, right, below = _combs(p, wide, high)
    full = chance < 0.66
    depth = (right + 1.2 * below) / wide
    p.fill("honey", np.where(full, np.digitize(-depth, (-0.3, 0.28)) + DIM, DEEP))
    p.lay(~full & (depth > 0.12), "honey", DIM)
    spot = (np.abs(right + wide * 0.2) < wide * 0.09) & (np.abs(below + high * 0.2) < high * 0.09)
    p.lay(full & spot, "honey", SHINE)
    wall = apart < max(1.8, wide / 5)
    p.lay(wall, "wax")
    p.lay(wall & beside(~wall, 1, 0), "wax", PALE)
    p.lay(wall & beside(~wall, -1, 0), "wax", DIM)
    p.shaded((p.field(3) > 1.4) & wall, 1)


@ground("moon", "dust", height=FLAT)
def _moon(p: Plot, more: frozenset[str]) -> None:
    p.fill("dust")
    p.lay(p.field(6, 5) > 1.0, "dust", LIT)
    p.strewn(p.scatter(6, 5, 2), ("1", "3", "13"), "dust")
    size = max(2.6, min(5.0, p.side / 8))
    spots = p.scatter(size * 3, size * 2.6, size + 1)
    for x, y, chance in zip(spots.x, spots.y, p.each(spots), strict=True):
        wide = size * (0.55 + 0.5 * chance)
        over = (p.column - x + p.side / 2) % p.side - p.side / 2
        down = ((p.row - y + p.side / 2) % p.side - p.side / 2) * 1.2
        far = np.hypot(over, down)
        rim = (far < wide + 1) & (far >= wide)
        p.lay(far < wide, "dust", DIM)
        p.lay((far < wide) & (over + down < -0.5 * wide), "dust", DEEP)
        p.lay((far < wide * 0.55) & (over + down > 0.2 * wide), "dust", FAINT)
        p.lay(rim & (over + down > 0), "dust", SHINE)
        p.lay(rim & (over + down <= 0), "dust", PALE)


@ground("log wall", "wood", "moss=moss snow=snow", height=FLAT)
def _logs(p: Plot, more: frozenset[str]) -> None:
    profile = np.array((PALE, SHINE, PALE, BODY, BODY, FAINT, DIM, DEEP))
    line = p.row % 8
    p.fill("wood", profile[line])
    bark = p.field(6, 1.6)
    p.shaded((bark > 0.9) & (line > 0) & (line < 7), -1)
    p.strewn(p.scatter(15, 7, 4), ("0",), "wood")
    joint = p.row % 8 == 7
    for name in ("moss", "snow"):
        if name in more:
            cover = (p.field(6, 3) + 0.9 * (beside(joint, 1, 0) | beside(joint, 2, 0))) > 1.0
            cover &= line < 4
            p.lay(cover, name)
            p.lay(cover & beside(~cover, -1, 0), name, DIM)
            p.lay(cover & beside(~cover, 1, 0), name, PALE)


@ground("bamboo wall", "cane", height=FLAT)
def _bamboo(p: Plot, more: frozenset[str]) -> None:
    wide = p.unit if p.side == 16 else 8
    profile = {4: (PALE, BODY, DIM, DEEP), 8: (DIM, PALE, SHINE, PALE, BODY, FAINT, DIM, DEEP)}[
        wide
    ]
    place = p.column % wide
    p.fill("cane", np.array(profile)[place])
    p.shaded((p.field(1.6, 6) > 1.4) & (place < wide - 1), -1)
    for n in range(p.side // wide):
        start = int(p.base.integers(0, p.side))
        for y in range(start, start + p.side, max(8, p.side // 2)):
            low, high = p.part((n * wide, y, wide - 1, 1)), p.part((n * wide, y + 1, wide - 1, 1))
            p.codes[low] = p.code("cane", DEEP)
            p.codes[high] = p.code("cane", SHINE)


@ground("wicker", "reed", height=FLAT)
def _wicker(p: Plot, more: frozenset[str]) -> None:
    """Strands that go over and under one another."""
    size = p.unit // 2
    upright = (p.column // size + p.row // size) % 2 == 0
    along, across = (
        np.where(upright, p.row, p.column) % size,
        np.where(upright, p.column, p.row) % size,
    )
    shade = np.where(along == 0, DIM, BODY)
    shade = np.where((along > 0) & (along < size - 1), PALE if size < 4 else BODY, shade)
    if size >= 4:
        shade = np.where(along == 1, PALE, shade)
    p.fill("reed", np.where(across == size - 1, DEEP, shade))
    p.shaded((p.field(3) > 1.3) & (p.codes % 8 != DEEP), -1)


@ground("wallpaper", "paper motif", height=FLAT)
def _wallpaper(p: Plot, more: frozenset[str]) -> None:
    """Stripes with small flowers."""
    size = 2 * p.unit
    place = p.column % size
    p.fill("paper")
    p.lay(place < size // 2, "paper", LIT)
    p.lay((place == 0) | (place == size // 2), "paper", DIM)
    motif = (
        ".b. bdb .b. .a. aba" if size == 8 else "..b.. .bdb. bdcdb .bdb. a.b.a aaaaa .aba. ..a.."
    )
    for n in range(p.side // (size // 2)):
        for row in range(0, p.side, size):
            x, y = n * (size // 2) + size // 4, row + n % 2 * (size // 2) + size // 4
            p.stamp(motif, x, y, "paper motif")
    p.shaded((p.field(3) > 1.5) & p.of("paper"), 1)


@ground("stained glass", "glass", height=FLAT)
def _stained(p: Plot, more: frozenset[str]) -> None:
    gap = max(6.0, p.side / 4.5)
    spots = p.scatter(gap, gap, gap)
    which, apart, right, below = p.cells(spots)
    chance = p.each(spots)[which]
    light = -(right + below) / gap
    shade = np.digitize(light, (-0.3, 0.3)) + DIM
    p.fill("glass", shade)
    for part, name in ((0.25, "second"), (0.5, "third"), (0.75, "fourth")):
        p.lay(chance >= part, name, shade)
    p.lay(apart < 1.3, "lead", DEEP)
    p.lay((apart < 1.3) & beside(apart >= 1.3, 1, 1), "lead", BODY)
