"""A canvas for items: an easel whose things are in the middle, upright or on the diagonal."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import copy
from dataclasses import dataclass, field

import numpy as np

from pincel.art.easel import DARK, LIGHT, LINE, LOW, MID, UNITS, Easel, around
from pincel.art.kinds import Shade
from pincel.art.variety import Variety

SLANT = 2**0.5


class Bench(Easel):
    """A picture while it is drawn, of a thing in its middle: `size` is its share of the whole,
    `wide` a factor of its width, or of its length on the diagonal.

    Upright, x and y are 0 to 32. `tilted` gives another view of the same picture, for what lies
    on the diagonal: y from 1.5 at the upper right end to 42.5 at the lower left one, x from the
    diagonal, below 0 towards the upper left, where the light comes from; `lean` moves it by so many
    pixels across.
    """

    def __init__(self, side: int, size: float = 1.0, wide: float = 1.0, room: int = 0) -> None:
        super().__init__(side, room=room)
        self.size, self.wide = size, wide
        self.x = (self.column + 0.5 - self.side / 2) / self.k / size / wide + UNITS / 2
        self.y = (self.row + 0.5 - self.side / 2) / self.k / size + UNITS / 2
        self.lamp = (-0.52, -0.68, 0.52)
        self.lean = 0.0

    def tilted(self) -> Bench:
        """The same picture, seen along its diagonal."""
        found = copy(self)
        found.x = (self.column + self.row - self.side + 1 + self.lean) / SLANT / self.k / self.size
        found.y = 22 - (self.column - self.row) / SLANT / self.k / self.size / self.wide
        found.lamp = (-0.85, -0.12, 0.52)
        return found

    def ball(self, x: float, y: float, rx: float, ry: float | None = None) -> np.ndarray:
        """How much light a ball around a point has, -1 to 1, (side, side)."""
        u, v = (self.x - x) / rx, (self.y - y) / (ry or rx)
        far = np.maximum(np.hypot(u, v), 1e-9)
        u, v = u / np.maximum(far, 1), v / np.maximum(far, 1)
        w = np.sqrt(np.maximum(1 - u * u - v * v, 0))
        return self.lamp[0] * u + self.lamp[1] * v + self.lamp[2] * w

    def over(self, mask: np.ndarray, material: str, shade: int | np.ndarray = MID) -> np.ndarray:
        """As `lay` (mask: bool, shade: int, (side, side)), in front of what is there: a dark line
        where it lies on something."""
        self.edged(mask, 0)
        return self.lay(mask, material, shade)

    def rounded(self, mask: np.ndarray, material: str, light: np.ndarray) -> np.ndarray:
        """As `lit` (mask: bool, light: float, (side, side)), in front of what is there."""
        self.edged(mask, 0)
        return self.lit(mask, material, light)


def eroded(mask: np.ndarray, times: int = 1) -> np.ndarray:
    """A mask, bool (h, w), without its border of so many pixels."""
    for _ in range(times):
        mask = mask & ~around(~mask)
    return mask


def bevelled(e: Bench, mask: np.ndarray, material: str, flat: int = MID) -> None:
    """A flat piece, bool (side, side): its upper left border light, its lower right one dark."""
    held = np.pad(mask, 1)
    left = mask & ~(held[:-2, 1:-1] & held[1:-1, :-2])
    right = mask & ~(held[2:, 1:-1] & held[1:-1, 2:])
    e.lay(mask, material, flat)
    e.lay(right, material, max(flat - 1, DARK))
    e.lay(left, material, min(flat + 1, LIGHT))


@dataclass(frozen=True)
class ItemLook:
    """What an item looks like.

    kind     one of wares.KINDS;  seed  of what is not said;  form  one of the kind's forms, or ""
    colors   by part (of the kind's `parts`): a name of `color_names.RAMPS` or three shades as hex
    grain    "wood", "stone" or "": what its surface is like
    more, without   parts that are to be there or not
    size     its share of the whole
    """

    kind: str
    seed: int = 0
    colors: Mapping[str, Shade] = field(default_factory=dict)
    form: str = ""
    grain: str = ""
    more: frozenset[str] = frozenset()
    without: frozenset[str] = frozenset()
    size: float = 1.0


Draw = Callable[[Bench, Variety, ItemLook], None]


@dataclass(frozen=True)
class Ware:
    """A kind of item.

    draw     its rule;  main  the materials that take the colours said of the whole, in their order
    parts    the parts that can be named, each with the materials that show it
    colors   material to the colours it comes in
    matter   what it may be made of: groups of `item_matter.GROUPS`
    forms    what it may look like;  loose  parts that may be left out
    same     materials that take the colour of another one where nothing is said of them
    long     whether it is long anyway
    made     the material that a said matter goes to, where that is not the first of `main`
    glows    the material that fire, ice, lava and shadow go to, where that is another one
    ages     whether "old" shows as cracks;  filled  which of full, half and empty it shows
    """

    draw: Draw
    main: tuple[str, ...]
    parts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    colors: Mapping[str, tuple[Shade, ...]] = field(default_factory=dict)
    matter: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    loose: frozenset[str] = frozenset()
    same: Mapping[str, str] = field(default_factory=dict)
    long: bool = False
    made: str = ""
    glows: str = ""
    ages: bool = False
    filled: tuple[str, ...] = ()


def form_of(v: Variety, look: ItemLook, forms: tuple[str, ...]) -> str:
    """The form that is said, or one that follows the seed."""
    return look.form or v.turn(forms)


def gem(e: Bench, x: float, y: float, r: float, material: str = "gem") -> None:
    """A small round stone with a glint."""
    stone = e.oval(x, y, r)
    e.rounded(stone, material, e.ball(x, y, r) + 0.1)
    if r >= 1.6:
        e.lay(e.oval(x - 0.4 * r, y - 0.4 * r, max(0.3 * r, 0.5 / e.k)) & stone, "glint", LIGHT)


__all__ = [
    "DARK",
    "LIGHT",
    "LINE",
    "LOW",
    "MID",
    "Bench",
    "Draw",
    "ItemLook",
    "Variety",
    "Ware",
    "bevelled",
    "eroded",
    "form_of",
    "gem",
]  # fmt: skip
