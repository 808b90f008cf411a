"""Grounds that grow or lie loose: grass, leaves, straw, earth, sand, snow and ice."""

from __future__ import annotations

import numpy as np

from pincel.art.ground_kinds import HIGH, LOW, ground
from pincel.art.plots import BODY, DEEP, DIM, PALE, SHINE, Plot, beside, ridges

_TUFTS = (
    "3...3 13.31 .131. ..1..",
    ".3... 13.3. .113.",
    "..3.. 3.13. 1311.",
    "3..3 13.1 .11.",
)
_BLADES = ("3 1", ".3 1.", "3. .1", "1", "3")
_BLOOMS = (".d. dhd .c. .1.", ".d. dhd .c. 1..", "dd. hc. .1.")


def _tufted(p: Plot, material: str = "grass") -> None:
    p.fill(material)
    p.strewn(p.scatter(7.5, 5.5, 4), _TUFTS, material)


@ground("dry grass", "grass", "flowers=flower stones=stone tall", height=HIGH)
@ground("grass", "grass", "flowers=flower mushrooms=cap stones=stone tall", height=HIGH)
def _grass(p: Plot, more: frozenset[str]) -> None:
    if "tall" in more:
        _tall(p)
    else:
        p.fill("grass")
        p.strewn(p.scatter(4.2, 3.4, 2), _BLADES, "grass")
        p.strewn(p.scatter(10, 7, 4), _TUFTS, "grass")
    if "flowers" in more:
        p.strewn(p.scatter(9, 8, 4), _BLOOMS, "grass flower middle")
    if "mushrooms" in more:
        p.strewn(p.scatter(13, 12, 5), (".bcb. bcdcb .bgf. ..f0.",), "grass cap stalk")
    if "stones" in more:
        p.strewn(p.scatter(11, 9, 5), (".cd. bccd 0bb0", "cd. bbc .0."), "grass stone")


def _tall(p: Plot) -> None:
    """Blades beside blades, in rows that overlap."""
    p.fill("grass", DIM)
    spots = p.scatter(3.2, 3.2, 5)
    blades = ("4 3 2 1", "3 3 2 1 0", ".4 3. 2. 1.", "4. .3 .2 .1", "3 2 2 0")
    order = np.argsort(spots.y, kind="stable")
    chances = p.each(spots)
    for place in order:
        which = blades[int(chances[place] * len(blades))]
        p.stamp(which, int(spots.x[place]), int(spots.y[place]), "grass")


@ground("wheat", "grass", height=HIGH)
def _wheat(p: Plot, more: frozenset[str]) -> None:
    _tall(p)


@ground("autumn leaves", "leaf", height=HIGH)
@ground("leaves", "leaf", height=HIGH)
def _leaves(p: Plot, more: frozenset[str]) -> None:
    p.fill("leaf", DEEP)
    shapes = (
        ".33. 3422 2211 .10.",
        ".32. 3421 3211 .10.",
        "33.. 3421 .221 ..10",
        ".223 2341 321. .1..",
    )
    for step in (-1, 0, 0):
        spots = p.scatter(4.4, 3.8, 4)
        chances = p.each(spots)
        for place in np.argsort(spots.y, kind="stable"):
            which = shapes[int(chances[place] * len(shapes))]
            if step:
                which = "".join(str(max(int(c) - 1, 0)) if c.isdigit() else c for c in which)
            p.stamp(which, int(spots.x[place]), int(spots.y[place]), "leaf",
                    chances[place] * 97 % 1 > 0.5)  # fmt: skip


@ground("straw", "straw", height=HIGH)
def _straw(p: Plot, more: frozenset[str]) -> None:
    p.fill("straw", DIM)
    stalks = (
        "4...... .33.... ...22.. .....11",
        "......4 ....33. ..22... 11.....",
        "43322211",
        "4 3 2 2 1",
        "..4 ..3 .2. .1. 1..",
        "33.... ..2221",
        "....34 2233..",
    )
    p.strewn(p.scatter(4, 3, 4), tuple(_lower(one) for one in stalks), "straw")
    p.strewn(p.scatter(5, 4, 5), stalks, "straw")


def _lower(rows: str) -> str:
    return "".join(str(max(int(c) - 1, 0)) if c.isdigit() else c for c in rows)


# ---------------------------------------------------------------------------------------- earth


@ground("dirt", "earth", "stones=stone grass=blade cracks")
def _dirt(p: Plot, more: frozenset[str]) -> None:
    p.fill("earth")
    p.lay(p.field(4.5, 3.5) > 1.1, "earth", PALE)
    p.strewn(p.scatter(5, 4, 2), ("1", "11", "3", "13", "1. .1"), "earth")
    p.strewn(p.scatter(11, 9, 4), (".33. 3321 .11.", "43. 321 .1."), "earth")
    if "cracks" in more:
        _cracks(p, "earth")
    if "stones" in more:
        p.strewn(p.scatter(9, 8, 5), (".cdd. bccdd bbccc 0bbb0", ".cd. bccd 0bb0"), "earth stone")
    if "grass" in more:
        p.strewn(p.scatter(9, 7, 4), ("d..d bd.c .bcb", ".d.. bc.d .bb."), "earth blade")


def _cracks(p: Plot, material: str, wide: float = 3.2) -> None:
    """Broken dark lines with a light edge below."""
    line = ridges(p.field(p.side / wide), 0.5) & (p.field(p.side / 3) > -0.1)
    p.lay(line, material, DEEP)
    p.shaded(beside(line, 1, 0) & ~line, 1)


@ground("mud", "mud", "puddles=puddle")
def _mud(p: Plot, more: frozenset[str]) -> None:
    lumps = p.field(6, 4)
    p.fill("mud")
    p.lay(lumps < -0.6, "mud", DIM)
    p.lay(lumps > 0.9, "mud", PALE)
    edge = (lumps > 0.9) & beside(lumps <= 0.9, 1, 0)
    p.lay(edge & (p.field(4) > -0.2), "mud", SHINE)
    if "puddles" in more:
        pool = p.field(7, 5) > 0.85
        p.lay(pool, "puddle")
        p.lay(pool & beside(~pool, 1, 0), "puddle", DIM)
        p.shaded(~pool & beside(pool, 1, 0), 1)
        p.strewn(p.scatter(8, 6, 3), ("..",), "puddle")
    p.strewn(p.scatter(9, 7, 3), ("11", "1", ".11 1.."), "mud")


@ground("cracked earth", "earth", "grass=blade")
def _cracked(p: Plot, more: frozenset[str]) -> None:
    gap = max(6.0, p.side / 4)
    spots = p.scatter(gap, gap * 0.8, gap)
    which, apart, _, _ = p.cells(spots, 1.2)
    tint = p.each(spots)[which]
    p.fill("earth")
    p.lay(tint > 0.65, "earth", PALE)
    line = apart < 1.3
    p.lay(line, "earth", DEEP)
    p.lay(~line & beside(line, 1, 0), "earth", SHINE)
    p.lay(~line & beside(line, -1, 0), "earth", DIM)
    if "grass" in more:
        p.strewn(p.scatter(11, 9, 4), ("d..d bd.c .bcb", ".d.. bc.d .bb."), "earth blade")


@ground("farmland", "earth", "sprouts=blade")
def _farmland(p: Plot, more: frozenset[str]) -> None:
    high = p.unit
    wave = np.rint(p.field(p.side / 3) * 0.4).astype(int)
    line = (p.row + wave) % high
    profile = {4: (PALE, BODY, DIM, DEEP), 8: (PALE, PALE, BODY, BODY, DIM, DIM, DEEP, DIM)}[high]
    p.fill("earth", np.array(profile)[line])
    clods = p.field(3, 3)
    p.shaded((clods > 1.2) & (line < high // 2), 1)
    p.shaded((clods < -1.1) & (line < high - 2), -1)
    if "sprouts" in more:
        step = 6 if high == 4 else 10
        step = p.side // max(1, p.side // step)
        for y in range(high // 2 - 1, p.side, high):
            for x in range(step // 2, p.side, step):
                p.stamp("b.b dbd .b.", x + (y // high % 2) * (step // 2), y, "earth blade")


# ------------------------------------------------------------------------- sand, gravel, snow


@ground("sand", "sand", "shells=shell stones=stone")
def _sand(p: Plot, more: frozenset[str]) -> None:
    p.fill("sand")
    count = max(2, p.side // 8)
    turn = 2 * np.pi * count * (p.row + 0.5) / p.side + 1.1 * p.field(p.side / 2, p.side / 2)
    crest = np.sin(turn)
    there = p.field(p.side / 3, p.side / 5)
    p.lay((crest > 0.6) & (there > -0.5), "sand", PALE)
    p.lay((crest < -0.8) & (there > -0.2), "sand", DIM)
    p.strewn(p.scatter(9, 7, 2), ("1", "4", "14"), "sand")
    if "shells" in more:
        p.strewn(p.scatter(13, 12, 4), (".cd. bcbd .bb.",), "sand shell")
    if "stones" in more:
        p.strewn(p.scatter(11, 10, 4), (".cd. bccd 1bb1", "cd. bbc .1."), "sand stone")


@ground("gravel", "stone", "grass=blade")
def _gravel(p: Plot, more: frozenset[str]) -> None:
    spots = p.scatter(4, 3.4, 4.5)
    which, apart, right, below = p.cells(spots, 1.15)
    tint = p.each(spots)[which]
    p.fill("stone", np.where(tint > 0.72, PALE, np.where(tint < 0.25, DIM, BODY)))
    line = apart < 0.9
    p.lay(line, "stone", DEEP)
    p.shaded(~line & (right + below < -1.4), 1)
    p.shaded(~line & (right + below > 2.0), -1)
    if "grass" in more:
        p.strewn(p.scatter(11, 9, 4), ("d..d bd.c .bcb", ".d.. bc.d .bb."), "stone blade")


@ground("snow", "snow", "grass=blade", height=HIGH)
def _snow(p: Plot, more: frozenset[str]) -> None:
    p.fill("snow")
    drift = p.field(8, 5)
    p.lay(drift > 0.7, "snow", PALE)
    line = ridges(drift - 0.7, 0.5) & (p.field(6) > 0.3)
    p.lay(line, "snow", DIM)
    p.strewn(p.scatter(10, 7, 3), ("11", "111", "1", ".11 1.."), "snow")
    p.strewn(p.scatter(9, 9, 3), ("4", "4", ".4. 444 .4."), "snow")
    if "grass" in more:
        p.strewn(p.scatter(11, 9, 4), ("d..d bd.c .bcb", ".d.. bc.d .bb."), "snow blade")


@ground("ice", "ice", "cracks snow=snow", height=LOW)
def _ice(p: Plot, more: frozenset[str]) -> None:
    p.fill("ice")
    p.lay(p.field(7, 5) > 0.9, "ice", PALE)
    p.strewn(
        p.scatter(8, 6, 5),
        ("....4 ...4. ..4.. .4...", "...3 ..3. .3.. 3...", "..4 .4. 4..", ".....3 ....3. ..33.."),
        "ice",
    )
    if "cracks" in more:
        line = ridges(p.field(p.side / 2.6), 0.5)
        p.lay(line, "ice", DIM)
        p.lay(beside(line, 1, 1) & ~line, "ice", SHINE)
    if "snow" in more:
        pile = p.field(p.side / 3) > 0.6
        p.lay(pile, "snow")
        p.lay(pile & beside(~pile, -1, 0), "snow", DIM)
