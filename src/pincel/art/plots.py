"""A plot of ground: a square whose left goes on at its right and whose top goes on at its bottom.

Everything is laid on the torus, so a tile joins itself. What is laid comes from two sources of
chance: `base` decides all that touches the outermost rows and columns, `own` the rest. Plots of one
base therefore have the same border and join one another as they join themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from zlib import crc32

import numpy as np

from pincel.art.drawn_parts import shades_of, sprite_of_codes
from pincel.art.sprite import Sprite
from pincel.pixels.color import oklab_to_srgb, srgb_to_oklab, to_bytes

DEEP, DIM, BODY, PALE, SHINE = range(5)
"""The shades of a material; most of a ground is BODY."""
FAINT, LIT = 6, 7
"""Half a shade below and above BODY, for faces of stones and boards beside one another."""
_EACH = 8
Ramp = str | tuple[str, ...]
Rect = tuple[int, int, int, int]


@dataclass(frozen=True, eq=False)
class Spots:
    """Points on a plot: columns x and rows y, (n,) int; the first `fixed` ones belong to the
    base."""

    x: np.ndarray
    y: np.ndarray
    fixed: int

    def __len__(self) -> int:
        return len(self.x)


class Plot:
    """A ground while it is drawn.

    side    pixels;  unit  what a small piece of masonry measures: 4 pixels at 16, 8 above
    row, column   the pixels' numbers, (side, side)
    rim     how far each pixel is from the border, 0 on it, (side, side)
    codes   8 x material + shade, (side, side)
    phase   where in its loop a moving ground is, 0 to 1
    """

    def __init__(self, side: int, base: int, own: int, kind: str, phase: float = 0.0) -> None:
        self.side, self.phase = side, phase
        self.unit = 4 if side == 16 else 8
        self.row, self.column = np.mgrid[:side, :side]
        near = np.minimum(self.row, side - 1 - self.row)
        self.rim = np.minimum(near, np.minimum(self.column, side - 1 - self.column))
        self.codes = np.zeros((side, side), int)
        self.materials: list[str] = []
        name = crc32(kind.encode())
        self.base = np.random.default_rng([base, name])
        self.own = np.random.default_rng([base, own, name, 1])

    # ------------------------------------------------------------------------------- chance

    def field(self, wide: float, high: float | None = None) -> np.ndarray:
        """Smooth chance of bumps `wide` and `high` pixels large, mean 0 and spread about 1, float
        (side, side)."""
        one, other = (self._bumps(rng, wide, high or wide) for rng in (self.base, self.own))
        share = np.clip(self.rim / max(3.0, self.side / 5), 0, 1)
        share = share * share * (3 - 2 * share)
        return np.sqrt(1 - share) * one + np.sqrt(share) * other

    def drifting(self, wide: float, high: float | None = None) -> np.ndarray:
        """The same, float (side, side), but in a loop: `phase` 0 and 1 are one."""
        turn, still = 2 * np.pi * self.phase, self.field(wide, high)
        swing = np.cos(turn) * self.field(wide, high) + np.sin(turn) * self.field(wide, high)
        return (still + 0.6 * swing) / np.hypot(1, 0.6)

    def _bumps(self, rng: np.random.Generator, wide: float, high: float) -> np.ndarray:
        """Waves of all directions, as long as two bumps."""
        turns = np.fft.fftfreq(self.side) * 2
        long = np.hypot(turns[:, None] * high, turns[None] * wide)
        band = np.exp(-(((long - 1) / 0.3) ** 2)) + 0.25 * np.exp(-(((long - 2) / 0.5) ** 2))
        band[0, 0] = 0
        waves = np.fft.fft2(rng.standard_normal((self.side, self.side))) * band
        made = np.fft.ifft2(waves).real
        return made / max(float(made.std()), 1e-9)

    def scatter(self, wide: float, high: float | None = None, reach: float = 3) -> Spots:
        """Points as dense as goes when they keep `wide` and `high` pixels apart. Those nearer to
        the border than `reach` belong to the base."""
        near = self._near(wide, high or wide)
        rim = self.rim.ravel()
        free = np.ones(rim.shape, bool)
        first = [place for place in self._thrown(self.base, near, free) if rim[place] < reach]
        free = rim >= reach
        for place in first:
            free[near(place)] = False
        spots = np.array([*first, *self._thrown(self.own, near, free)], int)
        return Spots(spots % self.side, spots // self.side, len(first))

    def _near(self, wide: float, high: float) -> Callable[[int], np.ndarray]:
        """Of a pixel's number the numbers of all pixels near it."""
        far = np.arange(self.side) - self.side // 2
        down, over = np.nonzero((far[:, None] / high) ** 2 + (far[None] / wide) ** 2 < 1)
        down, over = far[down], far[over]

        def found(place: int) -> np.ndarray:
            y, x = divmod(place, self.side)
            return (y + down) % self.side * self.side + (x + over) % self.side

        return found

    def _thrown(
        self, rng: np.random.Generator, near: Callable[[int], np.ndarray], free: np.ndarray
    ) -> list[int]:
        found = []
        for place in rng.permutation(self.side * self.side).tolist():
            if free[place]:
                found.append(place)
                free[near(place)] = False
        return found

    def each(self, spots: Spots) -> np.ndarray:
        """A random number 0 to 1 for each of the spots, (n,)."""
        few = spots.fixed
        return np.concatenate([self.base.random(few), self.own.random(len(spots) - few)])

    def cells(
        self, spots: Spots, high: float = 1.0, shift: tuple[np.ndarray, np.ndarray] | None = None
    ) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
        """Which spot is nearest, int; how much further the next one is; and where the pixel lies
        seen from its spot, right and down: four (side, side) of whole numbers and pixels. Rows
        count `high` times; `shift` (n,) and (n,) moves the spots."""
        dx, dy = (np.zeros(len(spots)),) * 2 if shift is None else shift
        over = self.column[..., None] - (spots.x + dx)
        down = self.row[..., None] - (spots.y + dy)
        over, down = ((n + self.side / 2) % self.side - self.side / 2 for n in (over, down))
        far = np.hypot(over, high * down)
        first = far.argmin(-1)[..., None]
        nearest = np.take_along_axis(far, first, -1)
        np.put_along_axis(far, first, np.inf, -1)
        gap = far.min(-1, keepdims=True) - nearest
        right, below = (np.take_along_axis(n, first, -1)[..., 0] for n in (over, down))
        return first[..., 0], gap[..., 0], right, below

    # ------------------------------------------------------------------------------- laying

    def code(self, material: str, shade: int | np.ndarray = BODY) -> np.ndarray:
        """Codes of a material in a shade or in shades, int of the same shape as `shade`; a
        material is taken up when it first comes."""
        if material not in self.materials:
            self.materials.append(material)
        shade = np.where(np.asarray(shade) >= FAINT, shade, np.clip(shade, DEEP, SHINE))
        return _EACH * self.materials.index(material) + shade

    def fill(self, material: str, shade: int | np.ndarray = BODY) -> None:
        """Everything of one material; the shade is one or int (side, side)."""
        self.codes[:] = self.code(material, shade)

    def lay(self, mask: np.ndarray, material: str, shade: int | np.ndarray = BODY) -> None:
        """A material where a mask, bool (side, side), is; the shade is one or int (side, side)."""
        self.codes[mask] = np.broadcast_to(self.code(material, shade), mask.shape)[mask]

    def shaded(self, mask: np.ndarray, steps: int = -1) -> None:
        """Everything within a mask, bool (side, side), darker or lighter by steps."""
        shade = self.codes[mask] % _EACH
        shade = np.clip(np.where(shade >= FAINT, BODY, shade) + steps, DEEP, SHINE)
        self.codes[mask] = self.codes[mask] // _EACH * _EACH + shade

    def of(self, material: str) -> np.ndarray:
        """Where a material is seen, bool (side, side)."""
        if material not in self.materials:
            return np.zeros(self.codes.shape, bool)
        return self.codes // _EACH == self.materials.index(material)

    def stamp(self, rows: str, x: int, y: int, materials: str, turned: bool = False) -> None:
        """A small drawing in the middle of a pixel: rows of a shade each pixel, 0 to 4 of the first
        of the `materials`, a to e of the second, f to j of the third, "." for none; with spaces
        between rows. `turned`: mirrored."""
        lines = rows.split()
        starts = [int(self.code(name, DEEP)) for name in materials.split()]
        for down, line in enumerate(lines):
            for over, letter in enumerate(reversed(line) if turned else line):
                if letter == ".":
                    continue
                order, shade = divmod("01234abcdefghij".index(letter), 5)
                at = (
                    (y + down - len(lines) // 2) % self.side,
                    (x + over - len(line) // 2) % self.side,
                )
                self.codes[at] = starts[order] + shade

    def strewn(self, spots: Spots, rows: tuple[str, ...], materials: str) -> None:
        """One of several small drawings at each of the spots, mirrored or not."""
        for x, y, chance in zip(spots.x, spots.y, self.each(spots), strict=True):
            which, rest = divmod(float(chance) * len(rows), 1)
            self.stamp(rows[int(which)], int(x), int(y), materials, rest > 0.5)

    def part(self, rect: Rect) -> tuple[np.ndarray, ...]:
        """What picks a rectangle (column, row, width, height) out of an array, across the border
        too: two arrays of whole numbers, (height, 1) and (1, width)."""
        x, y, wide, high = rect
        return np.ix_((y + np.arange(high)) % self.side, (x + np.arange(wide)) % self.side)

    def on_rim(self, rect: Rect) -> bool:
        """Whether a rectangle touches the border."""
        return bool((self.rim[self.part(rect)] == 0).any())

    def chance(self, rect: Rect) -> float:
        """A random number 0 to 1 for a rectangle: of the base where it touches the border. Asked
        for all rectangles in the same order."""
        both = float(self.base.random()), float(self.own.random())
        return both[0] if self.on_rim(rect) else both[1]

    # ------------------------------------------------------------------------------- sprite

    def sprite(self, ramps: Mapping[str, Ramp]) -> Sprite:
        """The drawing, each material in its colours (see `five_of`)."""
        return grounds_sprite([self.codes], self.materials, ramps)


def grounds_sprite(
    drawn: list[np.ndarray], materials: list[str], ramps: Mapping[str, Ramp]
) -> Sprite:
    """Frames of codes, each (h, w) int, as a sprite, materials in their colours (see `five_of`)."""
    table = {
        _EACH * place + shade: color
        for place, name in enumerate(materials)
        for shade, color in _shades(five_of(ramps[name]))
    }
    times: dict[str, Any] = {} if len(drawn) == 1 else {"durations": (180,) * len(drawn)}
    return sprite_of_codes(drawn, table, **times)


def _shades(five: np.ndarray) -> Iterator[tuple[int, np.ndarray]]:
    yield from enumerate(five)
    lab = srgb_to_oklab(five)
    for shade, other, share in ((FAINT, DIM, 0.4), (LIT, PALE, 0.45)):
        yield shade, to_bytes(oklab_to_srgb(lab[BODY] + share * (lab[other] - lab[BODY])))


def five_of(ramp: Ramp) -> np.ndarray:
    """The five shades of a colour, (5, 3) uint8: five as hex, or a name of `color_names.RAMPS`,
    whose middle shade is BODY. KeyError for a colour nobody knows."""
    if not isinstance(ramp, str):
        return np.array([list(bytes.fromhex(one)) for one in ramp], np.uint8)
    dark, middle, light = srgb_to_oklab(shades_of(ramp))
    steps = ((dark, middle, 0.1), (dark, middle, 0.6), (middle, light, 0.0),
             (middle, light, 0.4), (middle, light, 0.9))  # fmt: skip
    lab = np.stack([a + (b - a) * share for a, b, share in steps])
    return to_bytes(oklab_to_srgb(lab))


def ridges(field: np.ndarray, width: float = 0.6) -> np.ndarray:
    """The lines along which a field, float (side, side) on the torus, is 0, `width` pixels to both
    sides: bool (side, side)."""
    down = (np.roll(field, -1, 0) - np.roll(field, 1, 0)) / 2
    over = (np.roll(field, -1, 1) - np.roll(field, 1, 1)) / 2
    return np.abs(field) <= width * np.maximum(np.hypot(down, over), 1e-6)


def beside(mask: np.ndarray, down: int, right: int) -> np.ndarray:
    """A mask, bool (side, side), moved on the torus."""
    return np.roll(mask, (down, right), (0, 1))
