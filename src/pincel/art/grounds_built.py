"""Other grounds: cloth, metal, roofs, scales, rock, crystal, flesh and bones."""

from __future__ import annotations

import numpy as np

from pincel.art.ground_kinds import FLAT, HIGH, ground
from pincel.art.plots import BODY, DEEP, DIM, FAINT, PALE, SHINE, Plot, Rect, beside, ridges


@ground("carpet", "cloth pattern", height=FLAT)
def _carpet(p: Plot, more: frozenset[str]) -> None:
    """A weave with diamonds."""
    p.fill("cloth")
    p.lay((p.row + p.column) % 2 == 0, "cloth", BODY)
    p.lay((p.row % 2 == 1) & (p.column % 4 == p.row // 2 % 2 * 2), "cloth", DIM)
    size = 2 * p.unit
    over, down = (np.abs((n % size) - size / 2 + 0.5) for n in (p.column, p.row))
    far = over + down
    ring = (far >= size / 2 - 1) & (far < size / 2)
    p.lay(ring, "pattern", DIM)
    p.lay(far < (2 if p.unit == 4 else 3), "pattern", BODY)
    p.lay(far < 1.5, "pattern", PALE)
    corner = (size / 2 - 0.5 - over) + (size / 2 - 0.5 - down)
    p.lay(corner < (1 if p.unit == 4 else 2), "pattern", BODY)
    if p.unit > 4:
        p.lay((far >= size / 2 - 4) & (far < size / 2 - 3), "cloth", PALE)
    worn = p.field(5) > 1.2
    p.shaded(worn & p.of("cloth"), 1)


@ground("metal plates", "metal", "rust=rust rivets", height=FLAT)
def _plates(p: Plot, more: frozenset[str]) -> None:
    size = 2 * p.unit if p.side > 16 else 8
    p.fill("metal")
    for y in range(0, p.side, size):
        for x in range(0, p.side, size):
            _plate(p, x, y, size)
    shine = (p.row + p.column) % size
    p.shaded((p.codes % 8 == BODY) & (shine > size * 0.3) & (shine < size * 0.48), 1)
    p.strewn(p.scatter(9, 7, 3), ("1", "3", "11"), "metal")
    if "rust" in more:
        rust = (p.field(5) > 0.8) & (p.codes % 8 > DEEP)
        p.lay(rust, "rust")
        p.lay(rust & beside(~rust, 1, 0), "rust", PALE)
        p.lay(rust & beside(~rust, -1, 0), "rust", DIM)


def _plate(p: Plot, x: int, y: int, size: int) -> None:
    face = p.code("metal", np.full((size, size), BODY))
    face[0], face[:, 0] = p.code("metal", PALE), p.code("metal", PALE)
    face[-1], face[:, -1] = p.code("metal", DEEP), p.code("metal", DEEP)
    p.codes[p.part((x, y, size, size))] = face
    near, far = (2, size - 3) if size > 8 else (2, size - 2)
    for a in (near, far):
        for b in (near, far):
            p.stamp("4. .0" if size > 8 else "4", x + a, y + b, "metal")


@ground("sci-fi floor", "metal light", height=FLAT)
def _scifi(p: Plot, more: frozenset[str]) -> None:
    size = 24 if p.side == 48 else 16  # an even number of panels, so that they alternate
    p.fill("metal")
    for y in range(0, p.side, size):
        for x in range(0, p.side, size):
            _panel(p, x, y, size)
    p.strewn(p.scatter(8, 7, 3), ("1", "3"), "metal")


def _panel(p: Plot, x: int, y: int, size: int) -> None:
    number = x // size + y // size
    face = p.code("metal", np.full((size, size), BODY))
    face[0, :-1], face[:-1, 0] = p.code("metal", PALE), p.code("metal", PALE)
    face[-1], face[:, -1] = p.code("metal", DEEP), p.code("metal", DEEP)
    at = slice(3, size - 4)
    if number % 2:
        for row in range(4, size - 4, 3):
            face[row, at], face[row + 1, at] = p.code("metal", DEEP), p.code("metal", PALE)
    else:
        face[3, at], face[at, 3] = p.code("metal", DEEP), p.code("metal", DEEP)
        face[size - 5, at], face[at, size - 5] = p.code("metal", PALE), p.code("metal", PALE)
        middle = slice(size // 2 - 3, size // 2 + 2)
        face[size // 2 - 1, middle] = p.code("light", BODY)
        face[size // 2 - 2, middle] = p.code("light", PALE)
        face[size // 2, middle] = p.code("light", DEEP)
    p.codes[p.part((x, y, size, size))] = face


# -------------------------------------------------------------------------- in rows that overlap


@ground("roof tiles", "tile", "moss=moss snow=snow", height=FLAT)
def _roof(p: Plot, more: frozenset[str]) -> None:
    _scaled(p, "tile", 8, 8, 2)
    _speckled(p, "tile", 6)
    for name in ("moss", "snow"):
        if name in more:
            cover = p.field(6, 4) > 0.75
            p.lay(cover, name)
            p.lay(cover & beside(~cover, 1, 0), name, PALE)
            p.lay(cover & beside(~cover, -1, 0), name, DIM)


@ground("scales", "scale", height=FLAT)
def _scales(p: Plot, more: frozenset[str]) -> None:
    _scaled(p, "scale", 8, 4, 4)
    p.shaded((p.field(4) > 1.1) & (p.codes > DEEP), -1)


def _speckled(p: Plot, material: str, wide: float) -> None:
    """Faces a shade darker or lighter in spots."""
    spots = p.scatter(wide, wide, 2)
    for x, y, chance in zip(spots.x, spots.y, p.each(spots), strict=True):
        here = p.codes[y, x] == p.code(material, BODY)
        if here:
            p.codes[y, x] = p.code(material, DIM if chance < 0.6 else PALE)


def _scaled(p: Plot, material: str, wide: int, high: int, drop: int) -> None:
    """Rows of pieces with round ends that hang `drop` pixels over the row below."""
    p.fill(material, DEEP)
    pieces = []
    for row in range(p.side // high):
        for place in range(p.side // wide):
            rect = (place * wide + row % 2 * (wide // 2), row * high, wide, high + drop)
            pieces.append((rect, FAINT if p.chance(rect) < 0.4 else BODY))
    for hanging in (False, True):
        for rect, shade in pieces:
            _piece(p, material, rect, (shade, drop, hanging))


def _piece(p: Plot, material: str, rect: Rect, how: tuple[int, int, bool]) -> None:
    """The part of a piece that lies in its own row, or the part that hangs over the next one."""
    (x, y, wide, high), (shade, drop, hanging) = rect, how
    over, down = np.meshgrid(np.arange(wide) + 0.5 - wide / 2, np.arange(high) + 0.5)
    low = np.maximum(down - (high - drop), 0) / drop
    inside = (over / (wide / 2)) ** 2 + low**2 <= 1.04
    held = np.pad(inside, 1)
    rim = inside & ~(held[2:, 1:-1] & held[1:-1, 2:])
    tone = np.full(inside.shape, shade)
    tone[down < drop + high * 0.12] = DIM
    lit = (low > 0.1) & (low < 0.8)
    tone[lit] = PALE
    tone[lit & (over < -wide * 0.1) & (wide > 4)] = SHINE
    code = p.code(material, np.where(rim, DEEP, tone))
    part = slice(high - drop, high) if hanging else slice(0, high - drop)
    at = p.part((x, y + part.start, wide, part.stop - part.start))
    p.codes[at] = np.where(inside[part], code[part], p.codes[at])


@ground("chain mail", "metal", height=FLAT)
def _mail(p: Plot, more: frozenset[str]) -> None:
    """Rings through rings."""
    ring = ".23343. 23....3 3.....2 22...11 .11110."
    p.fill("metal", DEEP)
    for y in range(0, p.side, 4):
        for x in range(0, p.side, 8):
            p.stamp(ring, x + 3 + y // 4 % 2 * 4, y + 2, "metal")
    p.shaded((p.field(4) > 1.1) & (p.codes > DEEP), -1)


# ----------------------------------------------------------------------------------------- rock


@ground("rock", "rock", "moss=moss cracks", height=HIGH)
def _rock(p: Plot, more: frozenset[str]) -> None:
    _faceted(p, "rock", max(6.0, p.side / 4), 1.0)
    if "cracks" in more:
        p.lay(ridges(p.field(p.side / 3), 0.5), "rock", DEEP)
    if "moss" in more:
        cover = p.field(6, 4) > 0.8
        p.lay(cover, "moss")
        p.lay(cover & beside(~cover, 1, 0), "moss", PALE)
        p.lay(cover & beside(~cover, -1, 0), "moss", DIM)


@ground("cave floor", "rock", "moss=moss", height=FLAT)
def _cave(p: Plot, more: frozenset[str]) -> None:
    lumps = p.field(6, 5)
    p.fill("rock")
    p.lay(lumps > 0.9, "rock", PALE)
    p.lay(lumps < -0.9, "rock", DIM)
    p.strewn(p.scatter(6, 5, 3), ("1", "11", "3", "1. .1"), "rock")
    p.strewn(p.scatter(9, 8, 4), (".33. 3322 1221 .00.", "43. 321 .0.", "33 20"), "rock")
    if "moss" in more:
        cover = p.field(6, 4) > 0.8
        p.lay(cover, "moss")
        p.lay(cover & beside(~cover, 1, 0), "moss", PALE)


def _faceted(p: Plot, material: str, gap: float, high: float) -> None:
    """Cells, each with a lit and a shaded half and a ridge between."""
    spots = p.scatter(gap, gap / high, gap)
    which, apart, right, below = p.cells(spots, high)
    tilt = (p.each(spots)[which] - 0.5) * 2.2
    light = -(right * np.cos(tilt + 0.85) + below * high * np.sin(tilt + 0.85)) / gap
    p.fill(material, np.digitize(light, (-0.28, 0.02, 0.42)) + DIM)
    p.lay(apart < 1.0, material, DEEP)
    p.lay((apart < 2.2) & (apart >= 1.0) & (right + below < -gap * 0.2), material, SHINE)


@ground("obsidian", "crystal", height=HIGH)
@ground("crystal", "crystal", height=HIGH)
def _crystal(p: Plot, more: frozenset[str]) -> None:
    _faceted(p, "crystal", max(6.0, p.side / 4), 0.7)
    p.strewn(p.scatter(11, 11, 4), (".4. 444 .4.", "4", "4"), "crystal")


@ground("flesh", "flesh", "eyes=eye", height=FLAT)
def _flesh(p: Plot, more: frozenset[str]) -> None:
    lumps = p.field(6, 6)
    p.fill("flesh")
    p.lay(lumps > 0.8, "flesh", PALE)
    p.lay((lumps > 1.3), "flesh", SHINE)
    vein = ridges(p.field(7), 0.55)
    p.lay(vein, "flesh", DIM)
    p.lay(vein & (p.field(5) > 0.9), "flesh", DEEP)
    p.lay(beside(vein, 1, 0) & ~vein & (lumps > -0.4), "flesh", PALE)
    if "eyes" in more:
        p.strewn(p.scatter(13, 11, 5), (".0cc0. 0cdhc0 0chhd0 .0cc0.",), "flesh eye pupil")


@ground("bones", "bone", height=FLAT)
def _bones(p: Plot, more: frozenset[str]) -> None:
    p.fill("earth", DIM)
    shapes = (
        "3....3 232232 .1111.",
        "3..... 232... .1232. ...123 .....1",
        ".3. 232 .2. .2. .2. 232 1.1",
        "..3333.. .333332. .300302. .330322. ..32321. ..02020.",
        "3.. 23. .12",
    )
    for shade in (-1, 0):
        spots = p.scatter(7, 6, 6)
        chances = p.each(spots)
        for place in np.argsort(spots.y, kind="stable"):
            rows = shapes[int(chances[place] * len(shapes))]
            if shade:
                rows = "".join(str(max(int(c) - 1, 0)) if c.isdigit() else c for c in rows)
            p.stamp(
                rows,
                int(spots.x[place]),
                int(spots.y[place]),
                "bone",
                chances[place] * 53 % 1 > 0.5,
            )
