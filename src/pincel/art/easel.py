"""A canvas for things drawn by rules: areas of a material laid over one another, in shades.

Lengths are in units of a 32nd of the side, so that one rule draws at 32, 48 and 64 pixels; textures
(courses of stone, shingles, leaves) are in pixels, so that a larger picture shows more of them. The
light comes from the upper left.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import pairwise

import numpy as np

from pincel.art.drawn_parts import MOST_COLORS, rim_of, shades_of, sprite_of_codes
from pincel.art.sprite import Sprite
from pincel.pixels.color import oklab_to_srgb, srgb_to_oklab, to_bytes

UNITS = 32
LINE, DARK, LOW, MID, LIGHT = range(5)
"""The shades of a material: its outline, then four from dark to light."""
_EACH = 8
_LAMP = np.array([-0.52, -0.68, 0.52])
_STEPS = (0.02, 0.36, 0.78)
"""Above these amounts of light a ball is LOW, MID and LIGHT."""

Point = tuple[float, float]


class Easel:
    """A picture while it is drawn.

    side    pixels;  k  pixels for each unit
    size    width and height of what is drawn as shares of the whole, from the middle of the ground
    room    pixels around it on each side
    x, y    the middles of the pixels in units, (side, side)
    column, row   the pixels' numbers, (side, side)
    codes   8 x material + shade, -1 where nothing is, (side, side)
    tiny    whether it is a canvas of its own of fewer than 32 pixels: faces are of pixels then
    """

    def __init__(self, side: int, size: tuple[float, float] = (1.0, 1.0), room: int = 0) -> None:
        whole = side + 2 * room
        self.side, self.k = whole, side / UNITS
        self.row, self.column = np.mgrid[:whole, :whole]
        self.x = (self.column + 0.5 - whole / 2) / self.k / size[0] + UNITS / 2
        self.y = (self.row + 0.5 - room - side + self.k) / self.k / size[1] + UNITS - 1
        self.codes = np.full((whole, whole), -1)
        self.materials: list[str] = []
        self.tiny = False

    # ------------------------------------------------------------------------------ shapes

    def box(self, left: float, top: float, right: float, bottom: float) -> np.ndarray:
        """A rectangle, bool (side, side) as all shapes."""
        inside = (self.x >= left) & (self.x < right)
        return inside & (self.y >= top) & (self.y < bottom)

    def oval(self, x: float, y: float, rx: float, ry: float | None = None) -> np.ndarray:
        """An ellipse around a point, bool (side, side)."""
        return ((self.x - x) / rx) ** 2 + ((self.y - y) / (ry or rx)) ** 2 <= 1

    def polygon(self, points: Sequence[Point]) -> np.ndarray:
        """What lies within a closed line of points, bool (side, side)."""
        inside = np.zeros_like(self.x, bool)
        for (x0, y0), (x1, y1) in zip(points, [*points[1:], points[0]], strict=True):
            if y0 == y1:
                continue
            crosses = (y0 <= self.y) != (y1 <= self.y)
            inside ^= crosses & (self.x < x0 + (self.y - y0) * (x1 - x0) / (y1 - y0))
        return inside

    def stroke(self, points: Sequence[Point], width: float, end: float | None = None) -> np.ndarray:
        """A line through points, `width` units wide at its start and `end` at its end:
        bool (side, side)."""
        mask = np.zeros_like(self.x, bool)
        end = width if end is None else end
        number = max(1, len(points) - 1)
        for place, ((x0, y0), (x1, y1)) in enumerate(pairwise(points)):
            dx, dy = x1 - x0, y1 - y0
            length = max(dx * dx + dy * dy, 1e-9)
            t = np.clip(((self.x - x0) * dx + (self.y - y0) * dy) / length, 0, 1)
            far = np.hypot(self.x - x0 - t * dx, self.y - y0 - t * dy)
            wide = width + (end - width) * (place + t) / number
            mask |= far <= np.maximum(wide, 1 / self.k) / 2
        return mask

    def along(self, points: Sequence[Point]) -> tuple[np.ndarray, np.ndarray]:
        """How far each pixel is from a line through points, below 0 on its left side, and how far
        along the line its nearest point is; both in units, float (side, side)."""
        near = np.full(self.x.shape, np.inf)
        gone, run, sign = np.zeros_like(self.x), 0.0, np.ones_like(self.x)
        for (x0, y0), (x1, y1) in pairwise(points):
            dx, dy = x1 - x0, y1 - y0
            length = max(float(np.hypot(dx, dy)), 1e-9)
            u = ((self.x - x0) * dx + (self.y - y0) * dy) / length
            t = np.clip(u, 0, length)
            far = np.hypot(self.x - x0 - t * dx / length, self.y - y0 - t * dy / length)
            closer = far < near
            near[closer], gone[closer] = far[closer], (run + t)[closer]
            sign[closer] = np.sign((self.y - y0) * dx - (self.x - x0) * dy)[closer]
            run += length
        return near * sign, gone

    # ------------------------------------------------------------------------------- light

    def ball(self, x: float, y: float, rx: float, ry: float | None = None) -> np.ndarray:
        """How much light a ball around a point has, -1 to 1, (side, side); outside it goes on as at
        its rim."""
        u, v = (self.x - x) / rx, (self.y - y) / (ry or rx)
        far = np.maximum(np.hypot(u, v), 1e-9)
        u, v = u / np.maximum(far, 1), v / np.maximum(far, 1)
        w = np.sqrt(np.maximum(1 - u * u - v * v, 0))
        return _LAMP[0] * u + _LAMP[1] * v + _LAMP[2] * w

    def across(self, left: float, right: float) -> np.ndarray:
        """How much light an upright cylinder between two columns has, float (side,
        side)."""
        u = np.clip((2 * self.x - left - right) / max(right - left, 1e-9), -1, 1)
        return 0.95 * np.sqrt(np.maximum(1 - (u + 0.45) ** 2 / 2.2, 0)) - 0.25 * u

    def noise(self, seed: int, wide: int = 2, high: int = 2) -> np.ndarray:
        """Random numbers 0 to 1, alike in blocks of pixels whose rows are shifted, (side, side)."""
        down = self.row // high
        along = (self.column + (down % 2) * (wide // 2)) // wide
        table = np.random.default_rng(seed).random((self.side + 2, self.side + 2))
        return table[down, along]

    # ------------------------------------------------------------------------------ laying

    def code(self, material: str, shade: int | np.ndarray = 0) -> np.ndarray:
        """Codes of a material in a shade or in shades, int (side, side); it is taken up when it
        first comes."""
        if material not in self.materials:
            self.materials.append(material)
        return np.asarray(_EACH * self.materials.index(material) + shade)

    def lay(self, mask: np.ndarray, material: str, shade: int | np.ndarray = MID) -> np.ndarray:
        """A material over what is there, where a mask, bool (side, side), is; the shade is one
        or int (side, side). The mask comes back."""
        code = np.broadcast_to(self.code(material, shade), mask.shape)
        self.codes[mask] = code[mask]
        return mask

    def lit(self, mask: np.ndarray, material: str, light: np.ndarray) -> np.ndarray:
        """A material, over a mask, bool (side, side); its shade from how much light, float (side,
        side), there is."""
        return self.lay(mask, material, DARK + np.digitize(light, _STEPS))

    def edged(self, mask: np.ndarray, shade: int = DARK) -> None:
        """What lies right beside a mask, bool (side, side), gets a shade of its own material."""
        ring = around(mask) & (self.codes >= 0)
        self.codes[ring] = self.codes[ring] // _EACH * _EACH + shade

    def shaded(self, mask: np.ndarray, steps: int = -1) -> None:
        """Everything within a mask, bool (side, side), darker or lighter by steps."""
        mask = mask & (self.codes >= 0)
        shade = np.clip(self.codes[mask] % _EACH + steps, DARK, LIGHT)
        self.codes[mask] = self.codes[mask] // _EACH * _EACH + shade

    def of(self, material: str) -> np.ndarray:
        """Where a material is seen, bool (side, side)."""
        if material not in self.materials:
            return np.zeros_like(self.codes, bool)
        return (self.codes >= 0) & (self.codes // _EACH == self.materials.index(material))

    def stamp(self, rows: Sequence[str], letters: Mapping[str, tuple[str, int]]) -> None:
        """Pixels written as letters, each a material and a shade, in the middle; "." is nothing."""
        top, left = (self.side - len(rows)) // 2, (self.side - len(rows[0])) // 2
        for y, row in enumerate(rows):
            for x, letter in enumerate(row):
                if letter != ".":
                    self.codes[top + y, left + x] = self.code(*letters[letter])

    def calm(self, material: str) -> None:
        """Lone pixels of a material take the shade that most of their neighbours have."""
        own = self.of(material)
        held = np.pad(self.codes, 1, constant_values=-1)
        sides = np.stack([held[:-2, 1:-1], held[1:-1, :-2], held[1:-1, 2:], held[2:, 1:-1]])
        lone = own & (sides != self.codes).all(0)
        for y, x in np.argwhere(lone):
            near = sides[:, y, x]
            near = near[(near >= 0) & (near // _EACH == self.codes[y, x] // _EACH)]
            if len(near) >= 2:
                self.codes[y, x] = np.bincount(near).argmax()

    # ------------------------------------------------------------------------------ sprite

    def sprite(self, colors: Mapping[str, str | Sequence[str]], most: int = MOST_COLORS) -> Sprite:
        """The drawing within an outline, each material in its colour: a name of
        `color_names.RAMPS` or three shades as hex; in `most` colours. KeyError for a colour nobody
        knows."""
        table = {}
        for place, name in enumerate(self.materials):
            for shade, color in enumerate(five_shades(colors.get(name, name))):
                table[_EACH * place + shade] = color
        return sprite_of_codes([self._outlined()], table, most)

    def _outlined(self) -> np.ndarray:
        """With an outline on empty pixels beside the drawing, of the material beside them."""
        made = self.codes.copy()
        held = np.pad(self.codes, 1, constant_values=-1)
        sides = np.stack([held[2:, 1:-1], held[1:-1, 2:], held[1:-1, :-2], held[:-2, 1:-1]])
        nearest = sides.max(0)
        rim = (self.codes < 0) & (nearest >= 0)
        made[rim] = nearest[rim] // _EACH * _EACH
        return made


def around(mask: np.ndarray) -> np.ndarray:
    """The pixels beside a mask, bool (h, w), that are not of it."""
    near = np.zeros(mask.shape, bool)
    near[1:] = mask[:-1]
    near[:-1] |= mask[1:]
    near[:, 1:] |= mask[:, :-1]
    near[:, :-1] |= mask[:, 1:]
    return near & ~mask


def five_shades(given: str | Sequence[str]) -> np.ndarray:
    """Outline, dark, low, middle and light of a colour, (5, 3) uint8, not to be written to."""
    return _five_shades(given if isinstance(given, str) else tuple(given))


@lru_cache(maxsize=2048)
def _five_shades(given: str | tuple[str, ...]) -> np.ndarray:
    three = shades_of(given)
    lab = srgb_to_oklab(three)
    low = to_bytes(oklab_to_srgb(0.5 * (lab[:1] + lab[1:2])))
    made = np.concatenate([rim_of(three)[None], three[:1], low, three[1:]])
    made.flags.writeable = False
    return made
