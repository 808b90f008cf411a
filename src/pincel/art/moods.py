"""How animals and monsters of shapes sleep, sit, are angry, happy, sad or dead: their eyes drawn
otherwise, their legs drawn in, their bodies upright.

Points are those of `shaped_parts`: a canvas of 32, y downwards, the animal facing left.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from pincel.art.shaped_parts import Mass

MOODS = ("sleeping", "angry", "happy", "sad", "scared", "dead")
POSES = ("lying", "sitting")
"""Poses of many; wolves and dogs also are "howling"."""
_SHUT = ("sleeping", "happy")
_FLOOR = 29.4
_LOWER = 3.6
"""By how much more than its body a head sinks that lies down."""

PUPILS = frozenset((
    "panda", "gorilla", "owl", "eagle", "parrot", "bat", "fish", "crab", "octopus", "frog",
    "kangaroo", "hedgehog", "otter", "seal", "raccoon", "swan", "lobster", "squid",
    "cyclops", "kraken",
))  # fmt: skip
"""What has no eye as a line of its own, but as pupils of ink."""
MASKED = ("panda", "raccoon")
"""Animals whose eyes lie in dark patches."""
Placed = tuple[Mass, tuple[float, float], bool]
"""A mass, by how much it is moved, whether it is of the head."""


def dots(role: str, points: Sequence[tuple[float, float]], marks: str = "") -> Mass:
    """Single pixels of a role."""
    return Mass(role, marks, (("d", tuple(points)),))


@cache
def eye_masses(
    place: str, size: str, dark: bool, right: bool, mood: str, inward: int
) -> tuple[Mass, ...]:
    """An eye of so many columns and rows: dark with a light in its upper left corner, on a dark
    hide bright with a pupil; or as a mood has it."""
    x, y = map(float, place.split(","))
    wide, high = map(int, size.split("x"))
    if mood:
        return mood_of_eye(mood, (x, y), (wide, high), dark, inward)
    every = [(x + i, y + j) for j in range(high) for i in range(wide)]

    if dark:
        return dots("iris", every), dots("ink", every[::wide][1:] if wide > 1 else every[1:])
    return dots("ink", every), dots("shine", every[wide - 1 : wide] if right else every[:1])


def mood_of_eye(
    mood: str, place: tuple[float, float], size: tuple[int, int], bright: bool, inward: int
) -> tuple[Mass, ...]:
    """An eye of so many columns and rows in a mood (of MOODS). bright: on a dark hide; inward: 1
    where the middle of the face is to its right, -1 to its left."""
    (x, y), (wide, high) = place, size
    last = y + high - 1
    ink = ("coat", "+") if bright else ("ink", "")
    if mood == "sleeping":
        columns = range(-1, wide) if wide < 3 and inward < 0 else range(max(wide, 3))
        return (dots(ink[0], [(x + i, last) for i in columns], ink[1]),)
    if mood == "happy":
        middle = x if wide < 3 else x + 1
        tops = [(middle + i, last - 1) for i in range(2 if wide == 2 else 1)]
        ends = [(tops[0][0] - 1, last), (tops[-1][0] + 1, last)]
        return (dots(ink[0], [*tops, *ends], ink[1]),)
    if mood == "dead":
        y = last - 2
        cross = [(x + i, y + j) for i, j in ((0, 0), (2, 0), (1, 1), (0, 2), (2, 2))]
        return (dots(ink[0], cross, ink[1]),)
    if mood == "scared":
        return _scared_eye(place, size, inward)
    every = [(x + i, y + j) for j in range(high) for i in range(wide)]
    pupil = [dots("ink", every)]
    if bright:
        dark = every[::wide][1:] if wide > 1 else every[1:]
        pupil = [dots("iris", every), *([dots("ink", dark)] if dark else [])]
    inner, outer = (x + wide - 1, x) if inward > 0 else (x, x + wide - 1)
    if mood == "angry":
        brow = [(outer - inward, y - 1), (outer, y - 1), (inner, y), (inner + inward, y)]
        cut = [] if high < 3 else [(outer, y)]
        glow = () if bright else (dots("shine", [(outer, last)]),)
        return (*pupil, *glow, dots(ink[0] if not bright else "coat", [*brow, *cut], "-"))
    brow = [(outer - inward, y), (outer, y - 1), (inner, y - 2)]
    tear = [(outer, last + 1), (outer, last + 2)]
    light = () if bright else (dots("shine", [(x, y)]),)
    return (*pupil, *light, dots(ink[0] if not bright else "coat", brow, "-"), dots("tear", tear))


def _scared_eye(place: tuple[float, float], size: tuple[int, int], inward: int) -> tuple[Mass, ...]:
    """A wide white eye with a small pupil, and sweat beside it."""
    (x, y), (wide, high) = place, size
    left = x - 1 if wide < 3 and inward < 0 else x
    white = [(left + i, y + j) for j in range(-1, max(high, 2)) for i in range(max(wide, 3))]
    px, py = white[len(white) // 2]
    out = x - 3 if inward > 0 else x + wide + 2
    sweat = [(out, y - 2), (out, y - 1)]
    return dots("shine", white), dots("ink", [(px, py), (px, py - 1)]), dots("tear", sweat)


def mood_of_mass(mood: str, mass: Mass, bright: bool) -> tuple[Mass, ...]:
    """A mass of an animal whose eyes are masses of their own, in a mood: pupils as `mood_of_eye`,
    the white of an eye that is shut in the colour of the hide, no glints."""
    kinds = {kind for kind, _ in mass.kinds}
    if mass.role in ("shine", "iris") and kinds == {"o"}:
        return (replace(mass, role="coat", marks="="),) if mood in _SHUT else (mass,)
    if mass.role in ("shine", "iris") and kinds == {"d"}:
        return ()
    if mass.role != "ink" or mass.marks or not kinds <= {"o", "d"}:
        return (mass,)
    boxes = _boxes(mass)
    middle = sum(x + wide / 2 for x, _, wide, _ in boxes) / len(boxes)
    return tuple(
        one
        for x, y, wide, high in boxes
        for one in mood_of_eye(
            mood, (x, y), (min(wide, 3), high), bright, 1 if x + wide / 2 < middle else -1
        )
    )


def _boxes(mass: Mass) -> list[tuple[int, int, int, int]]:
    """Where the pupils of a mass are: left, top, columns, rows."""
    found: list[list[tuple[float, float]]] = []
    for kind, numbers in mass.kinds:
        if kind == "o":
            (x, y), (rx, ry) = numbers[0][:2], numbers[1][:2]
            found.append([(round(x - rx), round(y - ry)), (round(x + rx) - 1, round(y + ry) - 1)])
            continue
        for x, y in sorted(n[:2] for n in numbers):
            near = next((one for one in found if any(abs(x - a) < 3 for a, _ in one)), None)
            if near is None:
                found.append([(x, y)])
            else:
                near.append((x, y))
    return [
        (int(min(xs)), int(min(ys)), int(max(xs) - min(xs)) + 1, int(max(ys) - min(ys)) + 1)
        for xs, ys in (zip(*one, strict=True) for one in found)
    ]


def mood_of_mouth(mood: str, mouth: Mass) -> tuple[Mass, ...]:
    """What a mouth of pixels shows besides: a tongue, a fang."""
    points = [(px, py) for kind, numbers in mouth.kinds if kind == "d" for px, py, *_ in numbers]
    if not points:
        return ()
    x, y = min(points)
    if mood == "scared":
        return (dots("mouth", [(x, y + 1), (x + 1, y + 1)]),)
    if mood == "happy":
        return (dots("tongue", [(x, y + 1), (x + 1, y + 1)], "="),)
    if mood == "angry":
        return (dots("shine", [(x, y + 1)]),)
    return ()


def lying_down(masses: Sequence[Placed]) -> list[Placed]:
    """The same with its legs drawn in, on the ground. What has no legs stays as it is."""
    legs = {mass.leg: mass for mass, _, _ in masses if mass.leg}
    body = max((mass for mass, _, head in masses if not head and not mass.leg and
                "~" not in mass.marks), key=_area, default=None)  # fmt: skip
    if not legs or body is None:
        return list(masses)
    down = _FLOOR - _bottom(body)
    chins = [_bottom(mass) + dy for mass, (_, dy), head in masses if head and "~" not in mass.marks]
    sunk = min(_FLOOR - max(chins), down + _LOWER) if chins else down
    found: list[Placed] = []
    drawn_in = False
    for mass, (dx, dy), head in masses:
        if mass.leg:
            if mass.leg < 3 and not drawn_in:
                found += [(one, (0, 0), False) for one in _drawn_in(legs, masses)]
                drawn_in = True
            continue
        if head:
            found.append((mass, (dx, dy + sunk), head))
        elif not _on_ground(mass):
            found.append((mass, (dx, dy + min(down, max(_FLOOR - _bottom(mass), 0))), head))
    return found


def _drawn_in(legs: dict[int, Mass], masses: Sequence[Placed]) -> list[Mass]:
    """The near legs as they lie: a haunch, a hind foot, a fore foot."""
    feet = {mass.leg: mass.role for mass, _, _ in masses if mass.leg}
    found = []
    if 2 in legs:
        x = _foot(legs[2])
        haunch = replace(legs[2], role=_upper(masses, 2), marks="!", leg=0,
                         kinds=(("o", ((x - 1.2, 26.2), (3.9, 3.3))),))  # fmt: skip
        sole = replace(haunch, role=feet[2], kinds=(("o", ((x - 4.4, 28.5), (2.5, 1.3))),))
        found += [haunch, sole]
    if 1 in legs:
        x = _foot(legs[1])
        found.append(Mass(feet[1], "!", (("l", ((x + 1.6, 28.3, 1.4), (x - 4.6, 28.5, 1.4))),)))
    return found


def _upper(masses: Sequence[Placed], leg: int) -> str:
    return next(mass.role for mass, _, _ in masses if mass.leg == leg)


def _foot(mass: Mass) -> float:
    """The column of the end of a leg."""
    return float(mass.kinds[0][1][0][0])


def _on_ground(mass: Mass) -> bool:
    """Whether it lies where feet stand (claws)."""
    tops = [n[1] for kind, numbers in mass.kinds for n in numbers if kind == "d"]
    return bool(tops) and min(tops) > 27.5


def _bottom(mass: Mass) -> float:
    lows = []
    for kind, numbers in mass.kinds:
        if kind == "o":
            lows.append(numbers[0][1] + numbers[1][1])
        else:
            lows += [n[1] + (n[2] if kind == "l" else 0) for n in numbers]
    return max(lows)


def _area(mass: Mass) -> float:
    most = 0.0
    for kind, numbers in mass.kinds:
        if kind == "o":
            most = max(most, 4 * numbers[1][0] * numbers[1][1])
        else:
            wide = max(n[0] for n in numbers) - min(n[0] for n in numbers)
            most = max(most, wide * (max(n[1] for n in numbers) - min(n[1] for n in numbers)))
    return most
