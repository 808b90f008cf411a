"""Grounds of stone and wood: slabs, cobbles, bricks, blocks, planks, parquet, tiles of a floor."""

from __future__ import annotations

import numpy as np

from pincel.art.ground_kinds import FLAT, ground
from pincel.art.plots import BODY, DEEP, DIM, FAINT, LIT, PALE, SHINE, Plot, Rect, beside, ridges


def _bevelled(p: Plot, rect: Rect, material: str, face: int = BODY, joint: int = 1) -> None:
    """A block of stone: light above and left, dark below and right, `joint` pixels free at its
    right and below."""
    x, y, wide, high = rect
    wide, high = wide - joint, high - joint
    code = p.code(material, np.full((high, wide), face))
    code[0, :] = code[:, 0] = p.code(material, PALE)
    code[:, -1] = code[-1, :] = p.code(material, DIM)
    p.codes[p.part((x, y, wide, high))] = code


def _rounded(p: Plot, rect: Rect, material: str, shade: int, joint: int = 1) -> None:
    """The joint's colour at the four corners of a block."""
    x, y, wide, high = rect
    right, low = x + wide - joint - 1, y + high - joint - 1
    for at in ((x, y), (right, y), (x, low), (right, low)):
        p.codes[at[1] % p.side, at[0] % p.side] = p.code(material, shade)


def _rows(p: Plot, high: int, widths: tuple[int, ...], off: int = 0) -> list[Rect]:
    """Blocks in rows, each row begun elsewhere; widths that fit are drawn by the base."""
    found: list[Rect] = []
    for number, y in enumerate(range(0, p.side, high)):
        x = int(p.base.integers(0, p.side)) if len(widths) > 1 else number % 2 * (widths[0] // 2)
        left = p.side
        while left > 0:
            fits = [w for w in widths if w == left or left - w >= min(widths)]
            wide = int(p.base.choice(fits)) if fits else left
            found.append((x, y + off, wide, high))
            x, left = x + wide, left - wide
    return found


def _slabs(p: Plot, unit: int, sizes: tuple[tuple[int, int], ...]) -> list[Rect]:
    """Slabs of several units that fill the plot: those at the border by the base, the rest laid
    anew."""
    count = p.side // unit
    taken = np.zeros((count, count), bool)
    found: list[Rect] = []
    for rng, kept in ((p.base, True), (p.own, False)):
        order = rng.permutation(count * count) if kept else np.arange(count * count)
        over = (order // count == count - 1) | (order % count == count - 1)
        for place in [*order[over], *order[~over]]:  # across the border first: no joint runs there
            y, x = divmod(int(place), count)
            if taken[y, x]:
                continue
            for wide, high in [*map(tuple, rng.permutation(sizes)), (1, 1)]:
                at = np.ix_((y + np.arange(high)) % count, (x + np.arange(wide)) % count)
                if max(wide, high) <= count and not taken[at].any():
                    taken[at] = True
                    found.append((x * unit, y * unit, int(wide) * unit, int(high) * unit))
                    break
        if kept:
            found = [one for one in found if p.on_rim(one)]
            taken[:] = False
            for x, y, wide, high in found:
                at = np.ix_((y // unit + np.arange(high // unit)) % count,
                            (x // unit + np.arange(wide // unit)) % count)  # fmt: skip
                taken[at] = True
    return found


def _face(chance: float) -> int:
    """A shade for a face among others."""
    return (FAINT, BODY, BODY, LIT)[int(chance * 4)]


def _worn(p: Plot, material: str, more: frozenset[str]) -> None:
    """Chips, and what was said: cracks, moss, grass."""
    p.strewn(p.scatter(9, 7, 3), ("1", "3", "11", "3", "1. .1"), material)
    if "cracks" in more:
        line = ridges(p.field(p.side / 3.2), 0.5) & (p.field(6) > 0.1) & p.of(material)
        p.lay(line, material, DEEP)
        p.shaded(beside(line, 1, 0) & ~line & p.of(material), 1)
    if "moss" in more:
        _mossy(p, material)
    if "grass" in more:
        p.strewn(p.scatter(11, 9, 4), ("d..d bd.c .bcb", ".d.. bc.d .bb."), material + " moss")


def _mossy(p: Plot, material: str) -> None:
    cover = p.field(5, 4)
    joint = ~p.of(material)
    near = joint | beside(joint, -1, 0) | beside(joint, 0, 1)
    cover = cover + 0.8 * near > 1.0
    p.lay(cover, "moss")
    p.lay(cover & beside(~cover, 1, 0), "moss", PALE)
    p.lay(cover & beside(~cover, -1, 0), "moss", DIM)
    p.lay(cover & (p.field(2.5) > 1.3), "moss", SHINE)
    p.shaded(~cover & beside(cover, 1, 0) & p.of(material))


# ---------------------------------------------------------------------------------------- stone


@ground("sandstone floor", "stone", "cracks moss=moss grass=moss", height=FLAT)
@ground("stone floor", "stone", "cracks moss=moss grass=moss", height=FLAT)
def _floor(p: Plot, more: frozenset[str]) -> None:
    _flagged(p, more)


@ground("dungeon floor", "stone", "cracks moss=moss grass=moss", height=FLAT)
def _dungeon(p: Plot, more: frozenset[str]) -> None:
    _flagged(p, more)
    line = ridges(p.field(p.side / 3), 0.5) & (p.field(5) > 0.7) & p.of("stone")
    p.lay(line, "stone", DEEP)


_SIZES = (((1, 1), (1, 1), (2, 1)), ((2, 2), (2, 2), (2, 2), (2, 1), (1, 2)))
"""Of slabs at 16 pixels and above, in pieces of 8."""


def _flagged(p: Plot, more: frozenset[str]) -> None:
    p.fill("stone", DEEP)
    for rect in _slabs(p, 8, _SIZES[p.side > 16]):
        _bevelled(p, rect, "stone", _face(p.chance(rect)))
        _rounded(p, rect, "stone", DEEP)
    _worn(p, "stone", more)


@ground("cobblestone", "stone", "moss=moss grass=moss snow=snow", height=FLAT)
def _cobbles(p: Plot, more: frozenset[str]) -> None:
    gap = 5.0 if p.side == 16 else 7.0
    spots = p.scatter(gap, gap * 0.85, gap)
    which, apart, right, below = p.cells(spots, 1.15)
    tint = p.each(spots)[which]
    base = np.where(tint < 0.3, DIM, BODY)
    light = -(0.52 * right + 0.68 * below * 1.15) / gap
    p.fill("stone", base + (light > 0.17) + (light > 0.4) - (light < -0.24))
    p.lay(apart < 1.25, "stone", DEEP)
    if "moss" in more:
        _mossy_joints(p, apart, "moss")
    if "snow" in more:
        _mossy_joints(p, apart, "snow")
    if "grass" in more:
        p.strewn(p.scatter(9, 8, 4), ("d..d bd.c .bcb", ".d.. bc.d .bb."), "stone moss")


def _mossy_joints(p: Plot, apart: np.ndarray, material: str) -> None:
    cover = (apart < 2.6) & (p.field(6) > 0.1)
    p.lay(cover, material)
    p.lay(cover & beside(~cover, 1, 0), material, PALE)
    p.lay(cover & beside(~cover, -1, 0), material, DIM)


@ground("ice bricks", "brick joint", "cracks", height=FLAT)
@ground("brick wall", "brick joint", "moss=moss cracks", height=FLAT)
def _bricks(p: Plot, more: frozenset[str]) -> None:
    high = p.unit
    p.fill("joint", DIM)
    for rect in _rows(p, high, (2 * high,)):
        _bevelled(p, rect, "brick", _face(p.chance(rect)))
        if high > 4:
            _rounded(p, rect, "brick", DIM)
    _worn(p, "brick", more)


@ground("sandstone wall", "stone", "moss=moss cracks", height=FLAT)
@ground("stone wall", "stone", "moss=moss cracks", height=FLAT)
def _blocks(p: Plot, more: frozenset[str]) -> None:
    p.fill("stone", DEEP)
    for rect in _rows(p, 8, (6, 8, 10) if p.side == 16 else (10, 12, 14, 18)):
        _bevelled(p, rect, "stone", _face(p.chance(rect)))
        _rounded(p, rect, "stone", DEEP)
    _worn(p, "stone", more)


# ----------------------------------------------------------------------------------------- wood


@ground("planks", "wood", "nails=nail moss=moss", height=FLAT)
def _planks(p: Plot, more: frozenset[str]) -> None:
    high = p.unit
    p.fill("wood", DEEP)
    found = _rows(p, high, (p.side,) if p.side == 16 else (16, 20, 24, 32))
    for rect in found:
        _board(p, rect, _face(p.chance(rect)))
    _grain(p, high)
    for x, y, wide, tall in found:
        for at in (x + 1, x + wide - 3):
            if "nails" in more:
                p.stamp("a d", at, y + tall // 2, "wood nail")
            else:
                p.stamp("0", at, y + tall // 2, "wood")
    if "moss" in more:
        _mossy(p, "wood")


def _board(p: Plot, rect: Rect, shade: int) -> None:
    x, y, wide, high = rect
    code = p.code("wood", np.full((high - 1, wide - 1), shade))
    code[0] = p.code("wood", PALE)
    if high > 4:
        code[-1] = p.code("wood", DIM)
    p.codes[p.part((x, y, wide - 1, high - 1))] = code


def _grain(p: Plot, high: int) -> None:
    spots = p.scatter(10, 2.6, 6)
    for x, y, chance in zip(spots.x, spots.y, p.each(spots), strict=True):
        if (y % high) in (0, high - 1, high - 2):
            continue
        long = 3 + int(chance * 5)
        for n in range(long):
            at = y % p.side, (x - long // 2 + n) % p.side
            if p.codes[at] % 8 not in (DEEP, PALE):
                p.codes[at] = p.code("wood", DIM)


@ground("wooden wall", "wood", "moss=moss", height=FLAT)
def _boards(p: Plot, more: frozenset[str]) -> None:
    """Planks that stand upright."""
    _planks(p, frozenset())
    p.codes = np.ascontiguousarray(p.codes.T)
    if "moss" in more:
        _mossy(p, "wood")


@ground("parquet", "wood", height=FLAT)
def _parquet(p: Plot, more: frozenset[str]) -> None:
    """Squares of strips that lie across and upright in turn."""
    size = 12 if p.side == 48 else 2 * p.unit  # an even number of squares, so that they alternate
    strip = p.unit // 2
    p.fill("wood", DEEP)
    for y in range(0, p.side, size):
        for x in range(0, p.side, size):
            upright = (x // size + y // size) % 2
            for n in range(0, size, strip):
                rect = (x + n, y, strip, size) if upright else (x, y + n, size, strip)
                shade = _face(p.chance(rect))
                _strip(p, rect, shade, bool(upright))
    grain = p.field(6, 2)
    p.lay((grain > 1.3) & (p.codes % 8 != DEEP) & (p.codes % 8 != PALE), "wood", DIM)


def _strip(p: Plot, rect: Rect, shade: int, upright: bool) -> None:
    _, _, wide, high = rect
    code = p.code("wood", np.full((high, wide), shade))
    if upright:
        code[:, -1], code[-1, :] = p.code("wood", DEEP), p.code("wood", DEEP)
        if wide > 2:
            code[:-1, 0] = p.code("wood", PALE)
    else:
        code[-1, :], code[:, -1] = p.code("wood", DEEP), p.code("wood", DEEP)
        if high > 2:
            code[0, :-1] = p.code("wood", PALE)
    p.codes[p.part(rect)] = code


# ---------------------------------------------------------------------------------------- tiles


@ground("checkerboard", "light dark", "cracks", height=FLAT)
def _checks(p: Plot, more: frozenset[str]) -> None:
    size = p.side // (2 if p.side <= 32 else 4)
    veins = ridges(p.field(p.side / 3), 0.5) & (p.field(5) > -0.1)
    for y in range(0, p.side, size):
        for x in range(0, p.side, size):
            material = ("light", "dark")[(x + y) // size % 2]
            p.codes[p.part((x, y, size, size))] = p.code(material, DEEP)
            _bevelled(p, (x, y, size, size), material, BODY)
    inside = p.codes % 8 == BODY
    p.shaded(veins & inside & p.of("light"), -1)
    p.shaded(veins & inside & p.of("dark"), 1)
    if "cracks" in more:
        line = ridges(p.field(p.side / 3.2), 0.5) & (p.field(6) > 0.3)
        p.shaded(line, -3)


@ground("marble floor", "stone", "cracks", height=FLAT)
def _marble(p: Plot, more: frozenset[str]) -> None:
    """Large polished slabs with veins."""
    size = 2 * p.unit
    p.fill("stone", DEEP)
    vein = ridges(p.field(7, 9), 0.5) & (p.field(5) > -0.2)
    for y in range(0, p.side, size):
        for x in range(0, p.side, size):
            _bevelled(p, (x, y, size, size), "stone", _face(p.chance((x, y, size, size))))
    inside = p.codes % 8 != DEEP
    p.lay(vein & inside, "stone", DIM)
    p.lay(beside(vein, 1, 1) & inside & ~vein, "stone", PALE)
    if "cracks" in more:
        line = ridges(p.field(p.side / 3.2), 0.5) & (p.field(6) > 0.1)
        p.lay(line, "stone", DEEP)


@ground("floor tiles", "tile joint", "cracks", height=FLAT)
def _tiles(p: Plot, more: frozenset[str]) -> None:
    size = 8
    p.fill("joint", DIM)
    for y in range(0, p.side, size):
        for x in range(0, p.side, size):
            rect = (x, y, size, size)
            _bevelled(p, rect, "tile", _face(p.chance(rect)))
            p.stamp("4", x + 1, y + 1, "tile")
    p.lay(p.field(2.5) > 1.9, "tile", PALE)
    if "cracks" in more:
        line = ridges(p.field(p.side / 3.2), 0.5) & (p.field(6) > 0.1) & p.of("tile")
        p.lay(line, "tile", DEEP)


@ground("mosaic", "tile joint", height=FLAT)
def _mosaic(p: Plot, more: frozenset[str]) -> None:
    """Small square stones in many shades."""
    size = 4
    p.fill("joint", DIM)
    for y in range(0, p.side, size):
        for x in range(0, p.side, size):
            rect = (x, y, size - 1, size - 1)
            shade = (DIM, FAINT, BODY, LIT, PALE)[int(p.chance((x, y, size, size)) * 5)]
            p.codes[p.part(rect)] = p.code("tile", shade)
