"""What buildings are made of: walls by their material, roofs, doors, windows, flags."""

from __future__ import annotations

import numpy as np

from pincel.art.easel import DARK, LIGHT, LOW, MID, Easel, Point, around
from pincel.art.variety import Variety

WALLS = ("plaster", "stone", "wood", "brick", "logs")
ROOFS = ("tiles", "thatch", "planks")


def wall(e: Easel, mask: np.ndarray, kind: str, v: Variety, material: str = "wall") -> np.ndarray:
    """A wall of stone, brick, planks, logs or plaster over a mask, bool (side, side), its right
    side in the shade. The mask comes back."""
    shade = np.full(e.codes.shape, MID)
    seed = int(v.draw.integers(1 << 30))
    if kind == "stone":
        shade = _courses(e, seed, 4, 7)
    elif kind == "brick":
        shade = _courses(e, seed, 3, 6, 0.16)
    elif kind == "wood":
        joint = e.row % 3 == 0
        ends = (e.noise(seed, 1, 3) > 0.93) & ~joint
        shade = np.where(joint | ends, LOW, MID)
    elif kind == "logs":
        shade = np.array([LIGHT, MID, LOW, DARK])[e.row % 4]
    elif kind == "plaster":
        worn = e.noise(seed, 4, 2) > 0.9
        shade = np.where(worn, LOW, MID)
    e.lay(mask, material, shade)
    left, right = sides(mask)
    if kind not in ("stone", "brick"):
        e.shaded(left, 1)
    for _ in range(max(1, round(1.5 * e.k))):
        e.shaded(right, -1)
        right = np.roll(right, -1, 1) & mask
    return mask


def _courses(e: Easel, seed: int, high: int, wide: int, odd: float = 0.24) -> np.ndarray:
    """Shades of blocks in courses: joints, and now and then a lighter or darker block."""
    course = e.row // high
    shift = (course % 2) * (wide // 2) + (course * 5 % 3)
    block = (e.column + shift) // wide
    joint = (e.row % high == high - 1) | ((e.column + shift) % wide == wide - 1)
    table = np.random.default_rng(seed).random((e.side + 9, e.side + 9))[course, block]
    shade = MID + (table > 1 - odd * 0.8).astype(int) - (table < odd)
    return np.where(joint, np.where(table > 0.45, LOW, MID), shade)


def sides(mask: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The leftmost and the rightmost pixels of runs in the rows of a mask, bool (h, w)."""
    held = np.pad(mask, ((0, 0), (1, 1)))
    return mask & ~held[:, :-2], mask & ~held[:, 2:]


def roofing(
    e: Easel, mask: np.ndarray, kind: str, v: Variety, light: np.ndarray | None = None
) -> np.ndarray:
    """A roof of tiles, thatch or planks over a mask, bool (side, side); `light` 0 where it is as
    bright as can be, below 0 in the shade. The mask comes back."""
    seed = int(v.draw.integers(1 << 30))
    start = int(np.flatnonzero(mask.any(1))[0]) if mask.any() else 0
    row = e.row - start
    if kind == "thatch":
        straw = e.noise(seed, 1, 4)
        shade = np.where(straw > 0.72, LIGHT, np.where(straw < 0.28, LOW, MID))
        shade = np.where(row % 6 == 5, np.minimum(shade, LOW), shade)
    elif kind == "planks":
        shade = np.where(row % 3 == 2, DARK, np.where(row % 3 == 0, LIGHT, MID))
    else:
        course = row // 3
        joint = row % 3 == 2
        edge = (e.column + course * 2) % 4 == 0
        shade = np.where(joint, np.where(edge, DARK, LOW), np.where(edge, LOW, MID))
        shade = np.where((row % 3 == 0) & ~edge, LIGHT, shade)
    e.edged(mask, DARK)
    e.lay(mask, "roof", shade)
    if light is not None:
        e.shaded(mask & (light < -0.5), -1)
    return mask


def eaves(e: Easel, roof: np.ndarray, deep: int = 2) -> None:
    """The shadow that a roof, bool (side, side), throws on the wall below it."""
    deep = max(1, round(deep * e.k * 0.75))
    shade = np.zeros_like(roof)
    for step in range(1, deep + 1):
        shade[step:] |= roof[:-step]
    e.shaded(shade & ~roof & ~e.of("roof"), -1)


def door(
    e: Easel, x: float, foot: float, size: tuple[float, float], arched: bool = False
) -> np.ndarray:
    """A door of planks with a handle: (width, height) in units. Its mask, bool (side, side)."""
    wide, high = size
    left, right, top = x - wide / 2, x + wide / 2, foot - high
    shape = e.box(left, top, right, foot)
    if arched:
        shape = e.box(left, top + wide / 2, right, foot) | (
            e.oval(x, top + wide / 2, wide / 2) & (e.y < foot)
        )
    e.edged(shape)
    planks = (e.column - int(left * e.k)) % 3 == 2
    e.lay(shape, "door", np.where(planks, LOW, MID))
    edge, _ = sides(shape)
    e.lay(edge, "door", LIGHT)
    knob = e.box(right - 1.6, foot - high * 0.45, right - 0.6, foot - high * 0.45 + 1)
    e.lay(knob & shape, "brass", LIGHT)
    return shape


def gateway(e: Easel, x: float, foot: float, size: tuple[float, float], v: Variety) -> None:
    """An arched gate: planks with bands, or a portcullis."""
    wide, high = size
    shape = e.box(x - wide / 2, foot - high + wide / 2, x + wide / 2, foot)
    shape |= e.oval(x, foot - high + wide / 2, wide / 2) & (e.y < foot)
    ring = around(shape) | around(shape | around(shape))
    e.shaded(ring & e.of("wall"), -1)
    e.edged(shape)
    if v.turn((True, False), 1):
        e.lay(shape, "door", np.where(e.column % 3 == int(x * e.k) % 3, DARK, MID))
        bands = (e.row - int(foot * e.k)) % 4 == 0
        e.lay(shape & bands, "door", LOW)
        e.lay(shape & (np.abs(e.x - x) < 0.51), "door", DARK)
    else:
        e.lay(shape, "dark", DARK)
        bars = (e.column % 2 == int(x * e.k) % 2) | ((e.row - int(foot * e.k)) % 3 == 1)
        e.lay(shape & bars & (e.y < foot - 1.5), "iron", MID)


def pane(
    e: Easel, x: float, y: float, size: tuple[float, float], arched: bool = False
) -> np.ndarray:
    """A window around a point, (width, height) in units with its frame: glass with a gleam, bars.
    Its mask, bool (side, side)."""
    wide, high = size
    whole = e.box(x - wide / 2, y - high / 2, x + wide / 2, y + high / 2)
    if arched:
        whole = e.box(x - wide / 2, y - high / 2 + wide / 2, x + wide / 2, y + high / 2)
        whole |= e.oval(x, y - high / 2 + wide / 2, wide / 2)
    inner = whole & ~around(~whole)
    e.edged(whole)
    e.lay(whole, "frame", MID)
    e.lay(inner, "glass", MID)
    rows, columns = np.nonzero(inner)
    if not len(rows):
        return whole
    gleam = (e.row + e.column) - (rows.min() + columns.min())
    e.lay(inner & (gleam < max(2, (np.ptp(rows) + np.ptp(columns) + 2) * 0.4)), "glass", LIGHT)
    e.lay(inner & (gleam > (np.ptp(rows) + np.ptp(columns)) * 0.72), "glass", LOW)
    if np.ptp(columns) >= 4:
        e.lay(inner & (e.column == (columns.min() + columns.max()) // 2), "frame", MID)
    if np.ptp(rows) >= 4:
        e.lay(inner & (e.row == (rows.min() + rows.max()) // 2), "frame", MID)
    return whole


def slit(e: Easel, x: float, y: float, high: float = 4.0) -> None:
    """A narrow opening of a tower."""
    shape = e.box(x - 1, y - high / 2, x + 1, y + high / 2) | e.oval(x, y - high / 2, 1)
    e.edged(shape, LOW)
    e.lay(shape, "dark", DARK)
    e.lay(sides(shape)[1] & (e.y > y - high / 2), "dark", MID)


def battlements(e: Easel, left: float, right: float, top: float, v: Variety) -> np.ndarray:
    """Merlons on a wall between two columns: the mask of their blocks, bool
    (side, side), to be laid as wall."""
    wide = right - left
    number = max(2, round(wide / 5))
    merlon = wide / (2 * number - 1)
    shape = np.zeros_like(e.codes, bool)
    for n in range(number):
        start = left + 2 * n * merlon
        shape |= e.box(round(start), top, round(start + merlon), top + 3)
    return shape


def flag(e: Easel, foot: Point, high: float, v: Variety, way: int = 1) -> None:
    """A pole with a flag that waves."""
    x, y = foot
    top = y - high
    form = v.turn(("pointed", "tailed", "square"), 1)
    long, deep = 6.5, 4.0
    u = (e.x - x) * way / long
    wave = 0.5 * np.sin(u * 5)
    half = deep / 2 * (1 - np.clip(u, 0, 1) * (form == "pointed"))
    middle = top + deep / 2 + 0.4 + wave * (form != "pointed")
    cloth = (u > 0) & (u <= 1) & (np.abs(e.y - middle) <= half)
    if form == "tailed":
        cloth &= ~((u > 0.62) & (np.abs(e.y - middle) < (u - 0.62) * 5))
    e.lay(cloth, "flag", np.where(u * way < 0.45, LIGHT if way > 0 else MID, MID))
    e.lay(cloth & (e.y > middle + 0.8), "flag", LOW)
    e.lay(e.box(x - 0.5, top, x + 0.5, y), "pole", MID)


def chimney(e: Easel, x: float, top: float, foot: float, v: Variety) -> None:
    """A chimney of brick, to be laid before the roof."""
    shaft = e.box(x - 2, top + 2, x + 2, foot)
    joint = (e.row % 3 == 0) | ((e.column + e.row // 3 * 2) % 4 == 0)
    e.lay(shaft, "chimney", np.where(joint, LOW, MID))
    e.shaded(sides(shaft)[1], -1)
    cap = e.box(x - 3, top, x + 3, top + 2)
    e.lay(cap, "chimney", MID)
    e.lay(cap & (e.y < top + 1), "chimney", LIGHT)
    e.shaded(sides(cap)[1], -1)


def steps(e: Easel, x: float, foot: float, wide: float, number: int = 2) -> None:
    """Steps before a door."""
    for n in range(number):
        half = wide / 2 + (n + 1) * 0.9
        step = e.box(x - half, foot - (number - n) * 1.0, x + half, foot - (number - n - 1) * 1.0)
        e.lay(step, "step", LIGHT if n % 2 == 0 else MID)
