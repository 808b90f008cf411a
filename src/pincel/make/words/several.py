"""Several things in one picture: each that a composer shows is drawn by its rules at the size it
gets, the others by the network, and all are laid out as the sentence says.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from pincel.art import lexicon
from pincel.art.groups_of_things import (
    PATTERNS,
    Laid,
    Packing,
    clustered,
    cut_to_itself,
    in_corners,
    on_canvas,
    pattern_of,
    put_above,
    put_beside,
    put_between,
    put_in_front,
    put_together,
    put_upon,
)
from pincel.art.sprite import Sprite
from pincel.errors import PincelError
from pincel.make.words import grammar
from pincel.make.words.scene import Group, in_named_colors
from pincel.make.words.sizes_of_things import FLAT, GRAND, SHELTERS, rank_of_size, stands
from pincel.make.words.trades import trade_of
from pincel.make.words.units import Unit
from pincel.words import language, say

MOST = {16: 4, 32: 12, 48: 16, 64: 20}
"""So many things on a canvas of this side."""
CANDIDATES = 4
"""Sketches of a thing that the network draws beside others."""
_NEXT = 7
"""How far the seeds of equal things lie apart."""
_UPPER = 0.72
"""What stands on another thing is at least so large, as a share of that."""
_LEAST_OF_16 = 7
"""On 16 pixels things are at least so large,"""
_EVEN = 0.4
"""and differ the less in size: the power of what they differ by elsewhere."""
_THIN = 0.45
"""What covers less of its box is thin (a sword)."""
_KINDS = 4
"""Of many equal things so many are drawn, one in turn after the other."""
Brush = Callable[..., Sprite]
"""(ids, side=, seed=) -> Sprite."""


class SeveralThings:
    """Several things as they are drawn on a canvas of `side` pixels (32 or more).

    PincelError where there are more than that canvas holds.
    """

    def __init__(self, units: list[Unit], side: int) -> None:
        self.units, self.side = units, side
        self.count = sum(unit.number for unit in units)
        if side < 32 and not all(map(_fits_16, units)):
            raise PincelError("draw.one_thing", count=self.count, side=side)
        if self.count > MOST[side] or min(unit.number for unit in units) < 1:
            raise PincelError("draw.too_many", count=self.count, side=side, most=MOST[side])

    @property
    def sketched(self) -> list[Unit]:
        """What the network draws."""
        return [unit for unit in self.units if unit.composer is None]

    def sprite(self, brush: Brush, seed: int) -> Sprite:
        """The picture of one seed; `brush` draws what no composer shows. PincelError where it does
        not fit."""
        return _Picture(self, brush, seed).sprite()

    def said(self) -> tuple[str, ...]:
        """Sentences about how it is drawn."""
        lines = [say("draw.laid_out", count=self.count)]
        by_rules = [unit for unit in self.units if unit.composer is not None]
        if by_rules:
            lines.append(say("draw.by_rules_these", words=_names(by_rules)))
        if self.sketched:
            lines.append(say("draw.by_network_these", words=_names(self.sketched)))
        return tuple(lines)


def _fits_16(unit: Unit) -> bool:
    """Whether a thing can be told on 16 pixels beside others: animals cannot, sketches neither."""
    return unit.composer is not None and unit.composer.family not in ("Beasts", "Monsters")


def _names(units: list[Unit]) -> str:
    """Units in the language in force: "3 × coin, chest"."""
    names = []
    for unit in units:
        number = lexicon.by_name().get(("object", unit.thing.name))
        name = unit.thing.name if number is None else lexicon.vocabulary()[number][language()]
        name = trade_of(unit.thing)[1] or name
        names.append(f"{unit.number} × {name}" if unit.number > 1 else name)
    return ", ".join(names)


class _Picture:
    """A picture while it is laid out."""

    def __init__(self, asked: SeveralThings, brush: Brush, seed: int) -> None:
        self.asked, self.brush, self.seed = asked, brush, seed
        self.way = self.tight = 0
        self.side = asked.side
        self.units = asked.units
        self.kinds = [unit.kind for unit in self.units]
        self.sizes = [rank_of_size(kind, unit.composer) for kind, unit in
                      zip(self.kinds, self.units, strict=True)]  # fmt: skip
        self._known: dict[Any, Laid | None] = {}

    def sprite(self) -> Sprite:
        """The picture."""
        low = any(stands(kind, unit.composer) for kind, unit in
                  zip(self.kinds, self.units, strict=True))  # fmt: skip
        return on_canvas(self.chosen(), self.side, low)

    def chosen(self) -> Laid:
        """Of the ways to lay it out at about the largest size that fits one, which the seed
        chooses. PincelError where none fits."""
        most = max(unit.number for unit in self.units)
        found: list[tuple[int, Laid]] = []
        for self.tight in range(8):
            ways = range(len(PATTERNS.get(most, (1,))))
            found = [one for one in map(self._largest, ways) if one is not None]
            if found:
                break
        if not found:
            most = self.asked.count - 1
            if self.side < 32:
                raise PincelError("draw.one_thing", count=self.asked.count, side=self.side)
            raise PincelError("draw.too_many", count=self.asked.count, side=self.side, most=most)
        best = max(pixels for pixels, _ in found)
        good = [made for pixels, made in found if pixels >= 0.8 * best]
        return good[self.seed % len(good)]

    def _largest(self, way: int) -> tuple[int, Laid] | None:
        """The largest that fits the canvas, and how many pixels its largest thing is given."""
        self.way = way
        pixels = min(self.side, max(12, round(1.3 * self.side / self.asked.count**0.5)))
        best: tuple[int, Laid] | None = None
        tried: set[int] = set()
        while 6 <= pixels <= self.side and pixels not in tried:
            tried.add(pixels)
            made = self._whole(pixels)
            extent = self.side + 2 if made is None else max(made.width, made.height)
            if made is not None and extent <= self.side:
                best = pixels, made
                wanted = int(pixels * self.side / extent)
                pixels = pixels + 1 if wanted <= pixels + 1 else wanted
                if tried & {*range(pixels, self.side + 1)}:
                    pixels = min(n for n in tried if n >= pixels) - 1
            else:
                wanted = pixels - 1 if made is None else int(pixels * self.side / extent)
                pixels = max(min(wanted, pixels - 1), 0 if best is None else best[0] + 1)
        return best

    # ------------------------------------------------------------------------------ things

    def _pixels(self, place: int, largest: int) -> int:
        """The side that a thing gets where the largest gets so many pixels."""
        ratio = 1.28 ** (self.sizes[place] - max(self.sizes))
        if place + 1 < len(self.units) and self.units[place + 1].relation == "on":
            ratio = max(ratio, _UPPER * 1.28 ** (self.sizes[place + 1] - max(self.sizes)))
        composer = self.units[place].composer
        clear = 16 if composer is None else composer.clear
        if self.side < 32:
            ratio, clear = ratio**_EVEN, _LEAST_OF_16
        return max(round(ratio * largest), min(clear, largest))

    def _one(self, place: int, number: int, pixels: int) -> Laid | None:
        """The drawing of a thing, at most so many pixels large; None where there is none such."""
        key = (place, number, pixels)
        if key not in self._known:
            self._known[key] = self._drawn(self.units[place], place, number, pixels)
        return self._known[key]

    def _drawn(self, unit: Unit, place: int, number: int, pixels: int) -> Laid | None:
        seed = self.seed + _NEXT * number
        if unit.composer is None:
            side = 32 if pixels >= 28 else 16
            key = (place, number, "network", side)
            if key not in self._known:
                group = Group(unit.thing, unit.asked.things[1:])
                far = 7_368_787 * (sum(u.number for u in self.units[:place]) + number)
                unwanted = tuple(-i for i in unit.asked.without)
                made = self.brush((*group.ids, *unwanted), side=side, seed=self.seed + far)
                self._known[key] = cut_to_itself(in_named_colors(made, group), self.kinds[place])
            found = self._known[key]
            assert found is not None
            return found if max(found.width, found.height) <= max(pixels, 16) else None
        look = unit.composer.look(unit.asked, seed)
        pixels = max(min(pixels, self.side), unit.composer.smallest)
        if self.side < 32:
            if pixels < _LEAST_OF_16:
                return None
            return cut_to_itself(unit.composer.icon(look, pixels), self.kinds[place])
        if pixels < 32:
            small = unit.composer.small(look, pixels)
            return None if small is None else cut_to_itself(small, self.kinds[place])
        return cut_to_itself(unit.composer.sized(look, pixels), self.kinds[place])

    def _unit(self, place: int, largest: int, apart: bool = False) -> Laid | None:
        """All things of a unit as one drawing."""
        unit = self.units[place]
        things = []
        for number in range(unit.number):
            one = self._one(place, number % _KINDS, self._pixels(place, largest))
            if one is None:
                return None
            things.append(one)
        if unit.number == 1:
            return things[0]
        return self._clustered(place, things, apart)

    def _clustered(self, place: int, things: list[Laid], apart: bool) -> Laid:
        upright = stands(self.kinds[place], self.units[place].composer)
        draw = np.random.default_rng([self.seed, place])
        turn = self.seed + place
        rows = (len(things),) if apart else pattern_of(len(things), self.way)
        near = (0.0, 0.1, 0.18, 0.06)[turn // 2 % 4]
        front = (0.3, 0.22, 0.36)[turn % 3] if upright else (0.08, 0.2, 0.14)[turn % 3]
        loose = 0 if upright or len(things) > 6 else turn % 2
        near, front = near + 0.08 * self.tight, front + 0.1 * self.tight
        if self.side < 32 and things[0].there.mean() < _THIN:  # what is thin lies side by side
            front, rows = front + 0.2, (len(things),)
        return clustered(things, rows, Packing(near, front, 0.5 * (turn % 2), loose), draw)

    # ------------------------------------------------------------------------------ layout

    def _whole(self, largest: int) -> Laid | None:
        """Everything in its place, where the largest thing gets so many pixels."""
        made: Laid | None = None
        place = 0
        while place < len(self.units):
            relation = self.units[place].relation if place else ""
            after = self.units[place + 1].relation if place + 1 < len(self.units) else ""
            sheltered = after == "under" and self.kinds[place + 1] in SHELTERS
            own = self._unit(place, largest, sheltered)
            if own is None:
                return None
            if relation == "between":
                made, place = self._between(made, place, largest)
                if made is None:
                    return None
                continue
            made = own if made is None else self._related(made, own, relation, place)
            if made is None:
                return None
            place += 1
        return made

    def _between(self, middle: Laid | None, place: int, largest: int) -> tuple[Laid | None, int]:
        unit = self.units[place]
        assert middle is not None
        if unit.number > 1:
            sides = [
                self._one(place, n % _KINDS, self._pixels(place, largest))
                for n in range(unit.number)
            ]
            if any(one is None for one in sides):
                return None, place
            drawn = [one for one in sides if one is not None]
            half = len(drawn) // 2
            first = drawn[0] if half == 1 else self._clustered(place, drawn[:half], False)
            last = drawn[-1] if len(drawn) - half == 1 else self._clustered(
                place, drawn[half:], False)  # fmt: skip
            return put_between(first, middle, last, 0.22, 1 + self.seed % 2), place + 1
        left = self._unit(place, largest)
        after = place + 1 < len(self.units) and self.units[place + 1].relation == "between"
        right = self._unit(place + 1, largest) if after else left
        if left is None or right is None:
            return None, place
        return put_between(left, middle, right, 0.22, 1 + self.seed % 2), place + 1 + after

    def _related(self, a: Laid, b: Laid, relation: str, place: int) -> Laid | None:
        """What is said first, and the next thing in its relation to it."""
        way = (-0.5, 0.5, 0.0, -0.8, 0.8, 0.25, -0.25, 0.65)[self.seed % 8]
        kinds = self.kinds[place - 1], self.kinds[place]
        if relation in ("on", "in"):
            return self._upon(a, b, relation, place)
        if relation == "above":
            return put_above(a, b, 1, way)
        if relation == "under":
            if kinds[1] in SHELTERS:
                return put_in_front(a, b, (way,), (0.06, 0.24))
            return put_upon(b, a, 1, way) if kinds[0] in FLAT else put_above(b, a, 0, way)
        if relation == "before":
            return put_in_front(a, b, (way, -way), (0.12, 0.4))
        if relation == "behind":
            return put_in_front(b, a, (way, -way), (0.15, 0.5))
        return self._together(a, b, relation, place)

    def _upon(self, a: Laid, b: Laid, relation: str, place: int) -> Laid:
        way = (0.0, -0.3, 0.3, 0.15, -0.15, 0.5, -0.5, 0.0)[self.seed % 8]
        if relation == "in":
            return put_together([(a, (b.width - a.width) // 2, a.height // 3), (b, 0, b.height)])
        grand = self.kinds[place] in GRAND
        return put_upon(a, b, 2 if grand else 1, way)

    def _together(self, a: Laid, b: Laid, relation: str, place: int) -> Laid | None:
        """Side by side, or in opposite corners."""
        upright = [stands(self.kinds[n], self.units[n].composer) for n in (place - 1, place)]
        if relation == "rightof" or (relation == "beside" and self.seed % 2):
            a, b = b, a
        if relation not in grammar.STANDING and not all(upright) and len(self.units) == 2:
            return in_corners(a, b, self.side, (0.1, 0.14, 0.06)[self.seed % 3])
        unlike = abs(self.sizes[place - 1] - self.sizes[place]) > 1.2
        most = (0.14, 0.08, 0.2)[self.seed % 3]
        if relation in grammar.STANDING:
            most = 0.08 if unlike else 0.02
        if self.side < 32:  # they share an outline
            return put_beside(a, b, max(most, 0.13), 0)
        return put_beside(a, b, most, self.seed % 3, 1 if relation == "beside" else 0)
