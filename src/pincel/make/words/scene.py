"""What a sentence asks for, drawn thing by thing: so many of each, each in its own colours.

The drawing network takes words without order: it cannot count, nor tell whose a colour is. So
several things are drawn apart, 16 pixels each, and laid out on one canvas; and a part that has a
colour of its own ("with a golden hilt") is painted where it lies.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from pincel.art import arrange, denoise, lexicon, places
from pincel.art.color_names import RAMPS
from pincel.art.painted import MOST_COLORS, painted
from pincel.art.sprite import Sprite
from pincel.errors import PincelError
from pincel.learn.captions import color_shares
from pincel.make.words.prompt import MOST_WORDS, AskedThing, Understood
from pincel.pixels.color import oklab_to_srgb, srgb_to_oklab, to_bytes
from pincel.words import language, say

SMALL = 16
"""The side of each of several things."""
_NEXT = 7_368_787
"""The seeds of the things of one picture lie so far apart."""
Brush = Callable[..., Sprite]
"""(ids, side=, seed=, palette=) -> Sprite."""


@dataclass(frozen=True)
class Group:
    """A thing, and the parts and belongings that come with it."""

    thing: AskedThing
    more: tuple[AskedThing, ...] = ()

    @property
    def ids(self) -> tuple[int, ...]:
        """The words the network is told: not the colours of parts that are painted."""
        found = list(self.thing.ids)
        for one in self.more:
            colors = set() if one.part is None or not _paintable(one) else set(one.colors)
            found += [i for i in one.ids if _color(i) not in colors]
        return tuple(lexicon.widened(found)[:MOST_WORDS])


def groups(asked: Understood) -> list[Group]:
    """The things that are drawn apart, each with what belongs to it. What only stands in or on
    another thing is told the network in one go, unless a colour has to be kept apart."""
    found: list[Group] = []
    for one in asked.things:
        apart = one.part is None and bool(one.name) and (
            one.relation == "and"
            or one.number > 1
            or (one.relation in ("in", "on", "with") and _colored_apart(found, one))
        )  # fmt: skip
        if found and not apart:
            found[-1] = Group(found[-1].thing, (*found[-1].more, one))
        else:
            found.append(Group(one))
    return found


def _colored_apart(found: list[Group], one: AskedThing) -> bool:
    return bool(found) and set(one.colors) != set(found[-1].thing.colors)


class DrawnScene:
    """A prompt as it is drawn on a canvas of `side` pixels.

    palette  (k, 3) uint8 or None: the only colours
    PincelError where more things are asked for than a canvas of this side can hold.
    """

    def __init__(self, asked: Understood, side: int, palette: np.ndarray | None = None) -> None:
        self.side, self.palette = side, palette
        self.groups = groups(asked)
        self.unwanted = tuple(-number for number in asked.without)
        self.count = sum(group.thing.number for group in self.groups)
        numbered = any(group.thing.number != 1 for group in self.groups)
        if self.count > 1 and side <= SMALL and not numbered:
            self.groups, self.count = [Group(self.groups[0].thing, asked.things[1:])], 1
        cells = (side // SMALL) ** 2
        if self.count > 1 and side <= SMALL:
            raise PincelError("draw.one_thing", count=self.count, side=side)
        if self.count > 4 * cells or self.count < 1:
            raise PincelError("draw.too_many", count=self.count, side=side, most=cells)

    @property
    def composed(self) -> bool:
        """Whether it is put together from several drawings."""
        return self.count > 1

    def sprite(self, brush: Brush, seed: int) -> Sprite:
        """The picture of one seed."""
        if not self.composed:
            (group,) = self.groups
            return self._one(brush, group, self.side, seed, self.palette)
        made: list[Sprite] = []
        for group in self.groups:
            palette = self.palette
            for _ in range(group.thing.number):
                here = seed + _NEXT * len(made)
                made.append(self._one(brush, group, SMALL, here, palette))
                if palette is None:
                    palette = _two(made[-1].palette)
        return self._laid_out(made)

    def _one(
        self, brush: Brush, group: Group, side: int, seed: int, palette: np.ndarray | None
    ) -> Sprite:
        sprite = brush((*group.ids, *self.unwanted), side=side, seed=seed, palette=palette)
        return in_named_colors(sprite, group, palette_stays=palette is not None)

    def _laid_out(self, made: list[Sprite]) -> Sprite:
        palette, drawings = _merged(made, self.palette)
        stack = len(made) == 2 and self.groups[-1].thing.relation in ("in", "on")
        if stack:
            lower = self.groups[-1].thing.relation
            return Sprite((arrange.stacked_drawings(drawings, self.side, lower == "in"),), palette)
        canvas = arrange.arranged(drawings, self.side)
        if canvas is None:
            most = arrange.how_many(drawings, self.side)
            raise PincelError("draw.too_many", count=self.count, side=self.side, most=most)
        return Sprite((canvas,), palette)

    def said(self) -> tuple[str, ...]:
        """Sentences about numbers, and about parts that are painted or cannot be."""
        lines = []
        if self.composed:
            lines.append(say("draw.composed", count=self.count))
        for group in self.groups:
            for one in group.more:
                if one.part is None or not one.colors:
                    continue
                name = getattr(one.part, language())
                number = lexicon.by_name()["colour", one.colors[0]]
                color = lexicon.vocabulary()[number][language()]
                lines.append(say("draw.part", part=name, color=color))
        return tuple(lines)


def in_named_colors(sprite: Sprite, group: Group, *, palette_stays: bool = False) -> Sprite:
    """The sprite with its parts in the colours that were named for them, and the rest in its own
    where that is not what it shows most."""
    parts = [one for one in group.more if _paintable(one)]
    if not parts:
        return sprite
    rest = sprite.indices >= 0
    found: list[tuple[np.ndarray, str]] = []
    for one in parts:
        part = one.part
        assert part is not None
        place = places.part_pixels(sprite.rgba(), part.place, part.least, part.most)
        found.append((place, one.colors[0]))
        rest &= ~place
    own = [color for color in group.thing.colors if color in RAMPS]
    if len(own) == 1 and not _is_mostly(sprite, rest, own[0]):
        sprite = painted(sprite, rest, own[0], palette_stays=palette_stays)
    for place, color in found:
        sprite = painted(sprite, place, color, palette_stays=palette_stays)
    return sprite


def _is_mostly(sprite: Sprite, place: np.ndarray, color: str) -> bool:
    """Whether a colour is what a place shows most."""
    from pincel.learn.captions import kin

    rgba = sprite.rgba() * place[..., None]
    shares = color_shares(rgba)
    return bool(shares) and next(iter(shares)) in kin(color)


def _paintable(one: AskedThing) -> bool:
    return one.part is not None and bool(one.colors) and one.colors[0] in RAMPS


def _color(number: int) -> str:
    word = lexicon.vocabulary()[number]
    return word["en"] if word["kind"] == "colour" else ""


def _two(palette: np.ndarray) -> np.ndarray:
    """A palette of at least two colours, as the network wants it."""
    return palette if len(palette) > 1 else palette.repeat(2, 0)


def _merged(made: list[Sprite], palette: Any) -> tuple[np.ndarray, list[np.ndarray]]:
    """One palette for all drawings, at most 31 colours, and each drawing (h, w) in it."""
    if palette is not None:
        return palette, [one.indices for one in made]
    every = np.unique(np.concatenate([one.palette for one in made]), axis=0)
    if len(every) > MOST_COLORS:
        shades, _ = denoise.few_colors(srgb_to_oklab(every), MOST_COLORS, 0.0)
        every = np.unique(to_bytes(oklab_to_srgb(shades)), axis=0)
    lab = srgb_to_oklab(every)
    drawings = []
    for one in made:
        near = denoise.nearest_entry(srgb_to_oklab(one.palette), lab)
        drawings.append(np.where(one.indices < 0, -1, near[one.indices]))
    used = np.unique(np.concatenate([one[one >= 0] for one in drawings]))
    return every[used], [np.where(one < 0, -1, np.searchsorted(used, one)) for one in drawings]
