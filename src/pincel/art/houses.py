"""Houses, huts, shops, churches and the like, drawn by rules."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from pincel.art.easel import DARK, LIGHT, LOW, MID, Easel, around
from pincel.art.masonry import (
    chimney,
    door,
    eaves,
    flag,
    pane,
    roofing,
    sides,
    steps,
    wall,
)
from pincel.art.variety import Variety


@dataclass(frozen=True)
class Built:
    """What a building is made of: wall one of WALLS, roof one of ROOFS (or "" as it comes),
    `more` and `without` parts that are said: "chimney", "flag", "window", "door", "roof"..."""

    wall: str = ""
    roof: str = ""
    more: frozenset[str] = field(default_factory=frozenset)
    without: frozenset[str] = field(default_factory=frozenset)

    def has(self, part: str, by_itself: bool) -> bool:
        """Whether a part is there: as said, else as it comes by itself."""
        return part in self.more or (by_itself and part not in self.without)


def house(e: Easel, v: Variety, b: Built) -> None:
    """A house: from the eaves, from the gable, or from a corner."""
    v.turn((_from_eaves, _from_gable, _from_corner, _two_floors))(e, v, b)


def _from_eaves(e: Easel, v: Variety, b: Built) -> None:
    left, right = v.turn(((4, 28), (3, 29), (5, 27)), 1)
    top, eave = v.turn((6, 4, 7), 1), v.turn((17, 16, 18), 2)
    if b.has("chimney", v.turn((True, True, False), 1)):
        chimney(e, v.turn((23, 9), 1), top - 4, top + 4, v)
    wall(e, e.box(left, eave - 2, right, 31), b.wall, v)
    inset = v.turn((4, 2, 5), 1)
    roof = e.polygon(
        [(left - 3 + inset, top), (right + 3 - inset, top), (right + 2.5, eave), (left - 2.5, eave)]
    )
    roofing(e, roof, b.roof, v)
    ridged(e, roof)
    eaves(e, roof)
    _front(e, v, b, (left, right, eave, 31))


def ridged(e: Easel, roof: np.ndarray) -> None:
    """The top row of a roof, bool (side, side), lies in the light, its lowest one in the shade."""
    above = np.pad(roof, ((1, 0), (0, 0)))[:-1]
    below = np.pad(roof, ((0, 1), (0, 0)))[1:]
    e.lay(roof & ~above, "roof", LIGHT)
    e.lay(roof & ~below, "roof", DARK)


def _from_gable(e: Easel, v: Variety, b: Built) -> None:
    left, right = v.turn(((5, 27), (4, 28), (6, 26)), 1)
    apex, eave = v.turn((3, 4, 2), 1), v.turn((16, 15, 17), 2)
    if b.has("chimney", v.turn((False, True, True), 1)):
        chimney(e, v.turn((23, 9), 1), 3, 13, v)
    body = e.box(left, eave - 1, right, 31) | e.polygon(
        [(left, eave), (16, apex + 2), (right, eave)]
    )
    wall(e, body, b.wall, v)
    thick = 4.6
    slope = (eave + 2 - apex) / (16 - left + 2)
    rise = np.abs(e.x - 16) * slope + apex
    roof = (e.y >= rise) & (e.y < rise + thick) & (np.abs(e.x - 16) < 16 - left + 2.5)
    e.edged(roof)
    band = ((e.y - rise) / thick * 3).astype(int).clip(0, 2)
    e.lay(
        roof,
        "roof",
        np.where(e.x < 16, np.array([LIGHT, MID, LOW])[band], np.array([MID, LOW, DARK])[band]),
    )
    notch = (e.column % 4 == 0) & (band == 1)
    e.shaded(roof & notch, -1)
    eaves(e, roof)
    up = (apex + eave) / 2 + 2.5
    if b.has("window", v.turn((True, False, True), 1)):
        if v.turn((True, False), 1):
            ring = e.oval(16, up, 2.6)
            e.edged(ring)
            e.lay(ring, "frame", MID)
            e.lit(e.oval(16, up, 1.6), "glass", e.ball(16, up, 2))
        else:
            pane(e, 16, up, (6, 6))
    _front(e, v, b, (left, right, eave + 1, 31))


def _from_corner(e: Easel, v: Variety, b: Built) -> None:
    flip = v.turn((False, True), 1)
    corner = v.turn((16, 17, 15), 1)
    apex, eave = v.turn((4, 3, 5), 1), v.turn((15, 16, 14), 2)
    left, right = 3, 29
    middle = (left + corner) / 2
    if b.has("chimney", v.turn((True, False, True), 2)):
        chimney(e, 23, apex - 2, apex + 5, v)
    wall(e, e.box(corner, eave - 2, right, 31), b.wall, v)
    e.shaded(e.box(corner, eave - 2, right, 31), -1)
    front = e.box(left, eave - 1, corner, 31) | e.polygon(
        [(left, eave), (middle, apex + 1), (corner, eave)]
    )
    e.edged(front)
    wall(e, front, b.wall, v)
    plane = e.polygon(
        [(middle, apex), (right - 4, apex), (right + 2, eave + 1), (corner + 1, eave + 1)]
    )
    roofing(e, plane, b.roof, v)
    ridged(e, plane)
    slope = (eave + 2 - apex) / (middle - left + 2)
    rise = np.abs(e.x - middle) * slope + apex
    rake = (e.y >= rise) & (e.y < rise + 3.2) & (np.abs(e.x - middle) < middle - left + 2.2)
    e.edged(rake)
    e.lay(rake, "roof", np.where(e.y < rise + 1.3, LIGHT, np.where(e.x < middle, MID, LOW)))
    eaves(e, plane | rake)
    half = (corner - left) / 2
    if b.has("door", True):
        door(e, middle, 31, (5, 9), v.turn((False, True), 2))
    if b.has("window", True):
        pane(e, middle, (apex + eave) / 2 + 4.5, (4, 4) if half < 7 else (5, 5))
        for x in ((22.5,), (20, 26))[v.turn((0, 1), 1)]:
            pane(e, x, 23.5, (5, 6))
    if flip:
        e.codes[:] = e.codes[:, ::-1]


def _two_floors(e: Easel, v: Variety, b: Built) -> None:
    left, right = v.turn(((7, 25), (6, 26)), 1)
    top, eave = 2, v.turn((10, 11), 1)
    if b.has("chimney", v.turn((True, False), 1)):
        chimney(e, v.turn((22, 10), 2), 1, 6, v)
        top = 4
    wall(e, e.box(left, eave - 1, right, 31), b.wall, v)
    roof = e.polygon([(left + 2, top), (right - 2, top), (right + 2.5, eave), (left - 2.5, eave)])
    roofing(e, roof, b.roof, v)
    ridged(e, roof)
    eaves(e, roof)
    floor = e.box(left, 20, right, 21)
    e.lay(floor, "timber", MID)
    e.shaded(e.box(left, 21, right, 22), -1)
    if b.has("window", True):
        for x in np.linspace(left + 4, right - 4, v.turn((2, 3), 1)):
            pane(e, round(x * 2) / 2, 16, (5, 5) if right - left > 18 else (4, 5))
    _front(e, v, b, (left, right, 21, 31))


def _front(e: Easel, v: Variety, b: Built, place: tuple[float, float, float, float]) -> None:
    """Timbers, a door and windows on a front between (left, right, top, foot)."""
    left, right, top, foot = place
    if b.wall == "plaster" and b.has("timber", v.turn((True, False, True), 2)):
        _timbers(e, v, place)
    at = v.turn((0.5, 0.28, 0.72), 1)
    x = round(left + (right - left) * at)
    has_door = b.has("door", True)
    if has_door:
        door(e, x, foot, (6, min(10, foot - top - 2)), v.turn((False, True, False), 2))
        if b.has("steps", v.turn((True, False), 1)):
            steps(e, x, foot, 6, 1)
    if b.has("window", True):
        y = min((top + foot) / 2 + 0.5, foot - 6)
        size = (5, 5) if v.turn((True, False), 1) else (6, 6)
        spots = (0.2, 0.8) if at == 0.5 else ((0.72,) if at < 0.5 else (0.28,))
        if not has_door:
            spots = (0.25, 0.75)
        for share in spots:
            pane(e, round(left + (right - left) * share), round(y), size)


def _timbers(e: Easel, v: Variety, place: tuple[float, float, float, float]) -> None:
    """Beams in plaster: posts, a sill, braces."""
    left, right, top, foot = place
    beams = e.box(left, top, left + 1.5, foot) | e.box(right - 1.5, top, right, foot)
    beams |= e.box(left, foot - 1.2, right, foot) | e.box(left, top + 1.6, right, top + 2.8)
    if v.turn((True, False), 1):
        beams |= e.stroke([(left + 1, top + 6), (left + 4, top + 2)], 1.0)
        beams |= e.stroke([(right - 1, top + 6), (right - 4, top + 2)], 1.0)
    beams &= e.of("wall")
    e.lay(beams, "timber", MID)
    e.lay(sides(beams)[0] & beams, "timber", MID)
    e.shaded(beams & (e.y < top + 1.5), -1)


def hut(e: Easel, v: Variety, b: Built) -> None:
    """A round hut under a roof that comes down far."""
    left, right = v.turn(((6, 26), (5, 27), (7, 25)))
    eave = v.turn((19, 18, 20), 1)
    wall(e, e.box(left, eave - 2, right, 31), b.wall, v)
    body = e.of("wall")
    e.shaded(body & (e.x > right - 5), -1)
    top = v.turn((2, 3, 1), 2)
    slope = np.clip((e.y - top) / (eave + 1 - top), 0, 1)
    half = (right - left + 7) / 2 * slope ** v.turn((0.8, 1.0, 0.65))
    hem = eave + 1.2 * (e.noise(v.whole(0, 999), 2, 99) - 0.3)
    roof = (np.abs(e.x - 16) <= half + 0.8) & (e.y >= top) & (e.y < hem)
    roofing(e, roof, b.roof, v, -(e.x - 16) / 9)
    knob = e.box(14.6, top - 1, 17.4, top + 2)
    e.lay(knob, "roof", MID)
    eaves(e, roof)
    if b.has("door", True):
        door(e, 16, 31, (7, 10), v.turn((True, False), 1))
    if b.has("window", v.turn((True, False, True), 1)):
        for x in (left + 3.5, right - 3.5):
            pane(e, round(x * 2) / 2, 24, (4, 4))


def barn(e: Easel, v: Variety, b: Built) -> None:
    """A roof with a double slope, a gate with crossed boards."""
    left, right = v.turn(((4, 28), (3, 29), (5, 27)))
    line = [(left - 2, 17), (left + 3, 9), (16, 3), (right - 3, 9), (right + 2, 17)]
    body = e.polygon(
        [(left, 31), (left, 16), (left + 4, 10), (16, 5), (right - 4, 10), (right, 16), (right, 31)]
    )
    wall(e, body, b.wall, v)
    far, _ = e.along(line)
    roof = e.polygon(
        [*line, (right - 1, 18), (right - 5, 12), (16, 7), (left + 5, 12), (left + 1, 18)]
    )
    e.edged(roof)
    e.lay(roof, "roof", np.where(e.x < 16, MID, LOW))
    e.lay(roof & (np.abs(far) < 1.1), "roof", np.where(e.x < 16, LIGHT, MID))
    eaves(e, roof)
    loft = e.box(13, 11, 19, 16)
    e.edged(loft)
    e.lay(loft, "frame", MID)
    e.lay(e.box(14, 12, 18, 16), "dark", DARK)
    gate = e.box(10, 20, 22, 31)
    e.edged(gate)
    e.lay(gate, "door", MID)
    rim = gate & around(~gate) | gate & (np.abs(e.x - 16) < 1)
    cross = np.abs(np.abs(e.x - 16) - 1 - (e.y - 21) * 0.5) < 0.6
    e.lay((cross & gate) | rim, "frame", MID)


def church(e: Easel, v: Variety, b: Built) -> None:
    """A nave with its gable to the front and a steeple with a cross."""
    side = v.turn((0, -1, 1))
    x = 16 + side * 7
    nave_left, nave_right = (5, 27) if side == 0 else (3, 29)
    eave = 20
    if side == 0:
        wall(e, e.box(nave_left, eave, nave_right, 31), b.wall, v)
        for low, high in ((nave_left - 2, 12), (nave_right + 2, 20)):
            roof = e.polygon([(low, eave + 1), (high, eave + 1), (high, 14)])
            roofing(e, roof, b.roof, v)
    else:
        wall(e, e.box(nave_left, eave, nave_right, 31), b.wall, v)
        low, high = (nave_left - 2, nave_right + 2)
        roof = e.polygon([(low, eave + 1), (low + 4, 12), (high - 4, 12), (high, eave + 1)])
        roofing(e, roof, b.roof, v)
        ridged(e, roof)
        eaves(e, roof)
        for n in range(3):
            pane(e, 16 - side * (10 - n * 5.5), 25.5, (4, 7), arched=True)
    tower = e.box(x - 5, 13, x + 5, 31)
    e.edged(tower)
    wall(e, tower, b.wall, v)
    cap = e.polygon([(x - 6.5, 14), (x, v.turn((4, 5), 1)), (x + 6.5, 14)])
    roofing(e, cap, b.roof, v, -(e.x - x))
    e.shaded(cap & (e.x > x + 0.5), -1)
    eaves(e, cap)
    e.lay(e.box(x - 0.5, 0.9, x + 0.5, 6), "cross", MID)
    e.lay(e.box(x - 1.5, 2, x + 1.5, 3), "cross", MID)
    ring = e.oval(x, 18, 2.4)
    e.edged(ring)
    e.lit(ring, "glass", e.ball(x, 18, 2.4))
    if b.has("door", True):
        door(e, x, 31, (6, 9), arched=True)
    if side == 0 and b.has("window", True):
        for way in (-1, 1):
            pane(e, x + way * 8, 26, (4, 6), arched=True)


def temple(e: Easel, v: Variety, b: Built) -> None:
    """Columns on steps under a gable."""
    number, top = v.turn((4, 6, 5)), v.turn((3, 4, 2, 5), 1)
    emblem = v.turn((0.0, 1.6, 0.0, 1.2, 2.0), 2)
    inner = e.box(5, 13, 27, 28)
    e.lay(inner, "dark", DARK)
    gable = e.polygon([(1, 12), (16, top - 1), (31, 12)])
    e.lit(gable, "roof", 0.5 - (e.x - 16) / 30)
    field_ = e.polygon([(6, 11), (16, top + 2.4), (26, 11)])
    e.lay(field_, "roof", LOW)
    e.lay(field_ & (e.y > 10), "roof", DARK)
    e.lit(field_ & e.oval(16, 8, max(emblem, 0.1)), "brass", e.ball(16, 8, 2))
    beam = e.box(2, 11, 30, 14)
    e.edged(beam)
    e.lay(beam, "wall", np.where(e.y < 12, LIGHT, MID))
    for n in range(number):
        x = 5.5 + n * 21 / (number - 1)
        half = 1.6 if number < 6 else 1.3
        shaft = e.box(x - half, 15, x + half, 28)
        e.lit(shaft, "wall", e.across(x - half, x + half) + 0.15)
        for y in (14, 27):
            e.lay(e.box(x - half - 0.8, y, x + half + 0.8, y + 1), "wall", LIGHT)
    for n in range(3):
        step = e.box(3 - n, 28 + n, 29 + n, 29 + n)
        e.lay(step, "step", LIGHT if n == 0 else MID if n == 1 else LOW)


def flagged(e: Easel, v: Variety) -> None:
    """A flag on the ridge of what is drawn."""
    shown = e.of("roof") if e.of("roof").any() else e.codes >= 0
    row = int(np.flatnonzero(shown.any(1))[0])
    columns = np.flatnonzero(shown[row])
    place = columns[len(columns) // 2]
    flag(e, (float(np.floor(e.x[row, place])), float(e.y[row, place]) + 1), 8, v)
