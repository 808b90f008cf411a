"""Trees drawn by rules: a trunk that branches, and a crown of lobes, layers, fronds or strands."""

from __future__ import annotations

import math

import numpy as np

from pincel.art.easel import DARK, LIGHT, LOW, MID, Easel, Point, around
from pincel.art.variety import Variety

GREENS = (
    ("2a5a2c", "4d9440", "93c950"), ("1f5136", "35804c", "77bb68"),
    ("47701f", "7ba834", "bfd95c"), ("23582f", "3f8f3a", "84c547"),
)  # fmt: skip
AUTUMN = (
    ("95380f", "dd7a22", "f9bf50"), ("7f1f1c", "c4432c", "f08a52"), ("9c6f12", "dfae2a", "f8e27c"),
)  # fmt: skip
BARK = ("4a2c1c", "7a4e30", "a87a4c")
GREY_BARK = ("443c40", "6e6464", "9c918a")


def round_tree(e: Easel, v: Variety) -> None:
    """A tree with a crown of lobes: "leaf" on "bark"."""
    wide = v.turn((13.0, 11.0, 14.0, 12.0))
    top, foot = v.turn((1.0, 2.0), 1), 31.0
    bottom = v.turn((21.5, 23.5, 20.0))
    middle = (top + bottom) / 2
    thick = v.turn((2.0, 2.6, 1.7), 2)
    trunk(e, v, foot, bottom - 4, thick)
    if v.turn((True, False, True), 2):
        for way in (-1, 1):
            fork = e.stroke([(16 + way, bottom + 2.5), (16 + way * 5, bottom - 3)], 1.9)
            e.lay(fork, "bark", MID if way < 0 else LOW)
    crown(e, v, (16.0, middle, wide, (bottom - top) / 2), lobes=v.turn((7, 6, 8, 5), 3))
    shadow = e.of("bark") & (e.y < bottom + 2.0)
    e.codes[shadow] = e.code("bark", DARK)


def trunk(e: Easel, v: Variety, foot: float, top: float, wide: float, middle: float = 16.0) -> None:
    """A trunk with a root on either side."""
    left, right = middle - wide, middle + wide
    flare = v.between(1.4, 2.4)
    shape = e.polygon([(left + 0.4, top), (right - 0.4, top), (right, foot - 3),
                       (right + flare, foot), (left - flare, foot), (left, foot - 3)])  # fmt: skip
    e.lit(shape, "bark", e.across(left - 0.5, right + 0.5))
    notch = e.box(middle - 0.6, foot - 1, middle + 0.6, foot) if v.chance(0.5) else None
    if notch is not None:
        e.lay(notch & shape, "bark", DARK)


def crown(
    e: Easel, v: Variety, place: tuple[float, float, float, float], lobes: int = 7,
    material: str = "leaf",
) -> np.ndarray:  # fmt: skip
    """A crown around (x, y) with radii (rx, ry): lobes, each lit as a ball, the lower ones in
    front. Its mask, bool (side, side)."""
    x, y, rx, ry = place
    size = 0.3 * (rx + ry) * (6.5 / (lobes + 0.5)) ** 0.45 * 0.86
    lobes = round(lobes * (1 + 0.4 * (e.k - 1)))
    turned = v.between(0, 2 * math.pi)
    inner = e.oval(x, y, rx * 0.74, ry * 0.74)
    grain = e.noise(int(v.draw.integers(1 << 30)), 3, 2) - 0.5
    all_light = e.ball(x, y, rx * 1.1, ry * 1.1)
    e.lit(inner, material, all_light - 0.3)
    whole = inner.copy()
    found: list[tuple[float, float, float]] = [(x - 0.1 * rx, y - 0.1 * ry, size * 1.1)]
    for number in range(lobes):
        angle = turned + 2 * math.pi * (number + v.between(-0.16, 0.16)) / lobes
        r = size * v.between(0.85, 1.1)
        found.append((x + math.cos(angle) * (rx - r), y + math.sin(angle) * (ry - r), r))
    for cx, cy, r in sorted(found, key=lambda one: one[1]):
        lobe = e.oval(cx, cy, r)
        light = 0.66 * e.ball(cx, cy, r) + 0.42 * all_light + 0.2 * grain
        e.lit(lobe, material, light)
        whole |= lobe
    e.calm(material)
    return whole


def pine(e: Easel, v: Variety) -> None:
    """Layers of needles, each with a shadow under the one above."""
    layers = v.turn((4, 3, 5))
    wide, top = v.turn((11.5, 13.5, 10.0, 12.5)), 1.0
    foot, bottom = 31.0, v.between(26.0, 27.5)
    trunk(e, v, foot, bottom - 3, v.turn((1.6, 2.0), 1))
    high = (bottom - top) / (layers + 0.6) * 1.6
    teeth = v.turn((2.0, 2.6, 1.6), 2)
    for number in reversed(range(layers)):
        share = (number + 1) / layers
        start = top + (bottom - top - high) * number / max(1, layers - 1)
        half = wide * (0.36 + 0.64 * share)
        tier(e, (16.0, start, half, high), teeth)
    e.calm("leaf")


def tier(e: Easel, place: tuple[float, float, float, float], tooth: float) -> None:
    """One layer of a pine: a triangle with a ragged, drooping hem."""
    x, top, half, high = place
    u = (e.x - x) / half
    side = (e.y - top) / high
    wave = np.abs(((e.x - x) / (2 * tooth) + 0.5) % 1 - 0.5) * 2  # 0 in the notches
    hem = top + high - 2.0 + 1.6 * wave + 1.2 * (1 - np.abs(u)) ** 2
    shape = (np.abs(u) <= np.clip(side, 0, 1) ** 1.15) & (e.y >= top) & (e.y < hem)
    light = 0.62 - 0.85 * u - 0.35 * (side - 0.5)
    light = light - 0.5 * (e.y > hem - 1.4)
    e.lit(shape, "leaf", light)
    e.shaded(around(shape) & (e.y > top + high - 3.5), -1)


def palm(e: Easel, v: Variety) -> None:
    """A bent trunk with rings, fronds that hang, nuts."""
    lean = v.turn((-1, 1)) * v.turn((4.5, 1.5, 3.0), 2)
    head: Point = (16 + lean * 0.7, v.turn((10.5, 12.0, 9.5), 1))
    foot: Point = (16 - lean, 31.0)
    line = [_between(foot, head, t, lean) for t in np.linspace(0, 1, 12)]
    shape = e.stroke(line, 4.4, 2.4) & (e.y < 31)
    e.lay(shape, "bark", MID)
    left, right = _edges(shape)
    e.lay(left, "bark", LIGHT)
    e.lay(right | (np.roll(right, -1, 1) & (e.y > 22)) & shape, "bark", DARK)
    e.lay(shape & (e.row % 3 == 0) & ~left, "bark", DARK)
    number = v.turn((7, 8, 6), 2)
    reach = v.between(12.0, 13.5)
    order = sorted(range(number), key=lambda n: -abs(n - (number - 1) / 2))
    for n in order:
        angle = math.pi * (1.1 - 1.2 * n / (number - 1)) + v.between(-0.06, 0.06)
        frond(e, head, angle, reach)
    if v.turn((True, True, False), 1):
        for dx in (-1.5, 1.5):
            nut = e.oval(head[0] + dx, head[1] + 1.4, 1.5)
            e.edged(nut)
            e.lit(nut, "nut", e.ball(head[0] + dx, head[1] + 1.4, 1.5))


def _between(foot: Point, head: Point, t: float, lean: float) -> Point:
    bend = -0.5 * lean * math.sin(math.pi * t)
    return foot[0] + (head[0] - foot[0]) * t + bend, foot[1] + (head[1] - foot[1]) * t


def _edges(shape: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The leftmost and the rightmost pixel of every row of a shape."""
    held = np.pad(shape, ((0, 0), (1, 1)))
    return shape & ~held[:, :-2], shape & ~held[:, 2:]


def frond(e: Easel, start: Point, angle: float, reach: float) -> None:
    """A feathered leaf that rises and then hangs; lighter above its rib."""
    sway, lift = math.cos(angle), math.sin(angle)
    points = []
    for t in np.linspace(0, 1, 10):
        x = start[0] + sway * reach * t * (1 - 0.12 * t)
        y = start[1] - (3.4 + 11 * max(lift, -0.2)) * t + (4.2 + 5.5 * abs(sway)) * t * t
        points.append((x, y))
    blade = e.stroke(points[:5], 1.4, 3.4) | e.stroke(points[4:], 3.4, 1.0)
    rib = e.stroke(points, 1.0, 0.4)
    hang = np.zeros_like(rib)
    for step in range(1, max(2, round(2.6 * e.k)) + 1):
        hang |= np.roll(rib, step, 0) & ((e.column % 2 == 0) | (step < 2))
    whole = (blade | hang) & (e.y > 1)
    e.edged(whole, DARK)
    e.lay(whole, "leaf", LOW)
    e.lay(blade & ~hang, "leaf", MID)
    e.lay(rib & (e.y > 1), "leaf", LIGHT if sway < 0.35 else MID)


def leafless(e: Easel, v: Variety) -> None:
    """Branches without leaves, each a thinner copy of what it grows from."""
    e.lit(e.polygon([(13, 31), (14.2, 27), (17.8, 27), (19.4, 31)]), "bark", e.across(12.5, 19.5))
    lean = v.turn((-0.14, 0.12, 0.0), 1)
    _branch(e, v, (16.0, 30.0), math.pi / 2 + lean, (v.turn((9.2, 8.4, 9.8)), 4.4), 0)
    left, _ = _edges(e.of("bark"))
    e.codes[left & e.of("bark")] = e.code("bark", LIGHT)
    e.calm("bark")


def _branch(
    e: Easel, v: Variety, start: Point, angle: float, size: tuple[float, float], depth: int
) -> None:
    length, width = size
    bent = angle + v.between(-0.16, 0.16)
    middle = (start[0] + math.cos(angle) * length * 0.5, start[1] - math.sin(angle) * length * 0.5)
    end = (middle[0] + math.cos(bent) * length * 0.5, middle[1] - math.sin(bent) * length * 0.5)
    end = (min(max(end[0], 2.0), 30.0), max(end[1], 2.0))
    line = e.stroke([start, middle, end], width, width * 0.62)
    e.lay(line, "bark", MID if depth < 2 else LOW)
    e.lay(line & (e.x > (start[0] + end[0]) / 2 + 0.2 * width) & (depth < 2), "bark", DARK)
    if depth == 3:
        return
    spread = v.between(0.42, 0.6)
    ways = (-1, 1) if depth or v.chance(0.6) else (-1, 0.05, 1)
    for way in ways:
        turn = bent + way * spread * v.between(0.8, 1.2)
        shrink = v.between(0.74, 0.9)
        _branch(e, v, end, turn, (length * shrink, max(width * 0.62, 1.0)), depth + 1)


def willow(e: Easel, v: Variety) -> None:
    """A crown from which strands hang, with gaps between them."""
    trunk(e, v, 31.0, 12.0, v.turn((2.2, 2.8)))
    e.shaded(e.of("bark") & (e.y < 21), -1)
    wide = v.turn((13.2, 12.0, 14.2))
    crown(e, v, (16.0, 8.5, wide - 0.5, 7.5), lobes=7)
    strands = v.turn((9, 11, 10), 2)
    for number in range(strands):
        x = 16 + (wide - 0.8) * (2 * (number + 0.5) / strands - 1)
        far = abs(x - 16) / wide
        half = wide / strands - 0.25
        end = min(18.5 + 10 * far**0.8 + v.between(-3.5, 1.5), 29.5)
        start = 5.5 + 5 * far * far
        line = e.box(x - half, start + 3, x + half, end)
        line |= e.box(x - half + 0.8, end - 1, x + half - 0.8, end + 1.2)
        light = 0.85 - 0.45 * (x - 16) / wide - (e.y - start) / 40
        e.lay(around(line) & (e.y > start + 5) & (e.codes >= 0), "leaf", DARK)
        e.lit(line, "leaf", light - 0.5 * (e.x > x + 0.25))
    e.calm("leaf")


def birch_marks(e: Easel, v: Variety) -> None:
    """Dark marks across a white trunk."""
    marks = (e.row % 4 == v.whole(0, 3)) & (e.noise(v.whole(0, 9999), 3, 1) > 0.45)
    e.lay(e.of("bark") & marks & (e.y > 20), "mark", DARK)


def fruits(e: Easel, v: Variety, material: str = "fruit", number: int = 7) -> None:
    """Fruit that hangs in the crown, kept apart."""
    leaf = e.of("leaf")
    placed: list[Point] = []
    for _ in range(200):
        if len(placed) == number:
            break
        x, y = v.between(4, 28), v.between(4, 22)
        spot = e.oval(x, y, 1.45)
        near = any(math.hypot(x - a, y - b) < 5.2 for a, b in placed)
        if near or not spot.any() or not (leaf[spot | around(spot)]).all():
            continue
        placed.append((x, y))
        e.edged(spot, DARK)
        e.lit(spot, material, e.ball(x, y, 1.6) + 0.1)


def decked(e: Easel, v: Variety) -> None:
    """A star on the top, balls and a garland."""
    leaf = e.of("leaf")
    for n in range(3):
        line = np.abs((e.y - 11 - 6.5 * n) - 0.35 * (e.x - 16) * (1 if n % 2 else -1)) < 0.6
        e.lay(leaf & line & (e.column % 2 == 0), "star", LIGHT)
    fruits(e, v, number=8)
    for y, half in ((0.9, 0.6), (1.9, 0.6), (2.9, 2.2), (3.9, 1.2), (4.9, 1.8)):
        e.lay((np.abs(e.x - 16) < half + 0.01) & (np.abs(e.y - y - 0.5) < 0.5), "star", MID)
    e.lay(e.of("star") & (e.x < 16) & (e.y < 5), "star", LIGHT)


def snow(e: Easel) -> None:
    """Snow on whatever lies open to the sky."""
    shown = e.codes >= 0
    top = shown & ~np.pad(shown, ((1, 0), (0, 0)))[:-1]
    top &= np.cumsum(shown, 0) <= max(1, round(24 * e.k))
    cover = top.copy()
    deep = max(2, round(2.6 * e.k))
    ragged = e.noise(7, 2, 99)
    for step in range(1, deep + 1):
        more = np.zeros_like(top)
        more[step:] = top[:-step]
        cover |= more & ((step < deep) | (ragged > 0.5))
    cover &= shown & ~e.of("bark") & ~e.of("glass") & ~e.of("frame") & ~e.of("door")
    cover &= ~e.of("pole") & ~e.of("flag") & ~e.of("step")
    below = around(cover) & (e.codes >= 0)
    e.shaded(below & np.pad(cover, ((1, 0), (0, 0)))[:-1], -1)
    e.lay(cover, "snow", MID)
    e.lay(top & cover, "snow", LIGHT)
