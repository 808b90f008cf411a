"""A finished drawing while it is changed: what states (`states`) are laid over it with. Lengths are
in 32nds of the side of the canvas."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from zlib import crc32

import numpy as np

from pincel.art.drawn_parts import hex_color, sprite_of_codes
from pincel.art.easel import around
from pincel.art.shaped_parts import blurred
from pincel.art.sprite import Sprite
from pincel.pixels.color import oklab_to_srgb, srgb_to_oklab, to_bytes


class Surface:
    """A drawing while it is changed.

    rgb (s, s, 3) uint8;  there (s, s) bool;  k pixels for a 32nd of the side;  draw random numbers
    """

    def __init__(self, rgba: np.ndarray, seed: int, state: str) -> None:
        self.rgb, self.there = rgba[..., :3].copy(), rgba[..., 3] > 0
        self.side = len(rgba)
        self.k = self.side / 32
        self.draw = np.random.default_rng([seed, crc32(state.encode())])
        self.row, self.column = np.mgrid[: self.side, : self.side]

    @property
    def outline(self) -> np.ndarray:
        """What borders on nothing, (s, s) bool."""
        return self.there & around(~np.pad(self.there, 1))[1:-1, 1:-1]

    @property
    def inner(self) -> np.ndarray:
        """What lies within the outline, (s, s) bool."""
        return self.there & ~self.outline

    @property
    def lab(self) -> np.ndarray:
        """The colours in OKLab, (s, s, 3)."""
        return srgb_to_oklab(self.rgb)

    def whole(self, k: float) -> int:
        """So many 32nds of the side in pixels, at least one."""
        return max(1, round(k * self.k))

    def lay(self, mask: np.ndarray, color: str | np.ndarray) -> None:
        """One colour, six hex digits or (3,) uint8, where a mask (s, s) bool is."""
        self.rgb[mask] = hex_color(color) if isinstance(color, str) else color
        self.there |= mask

    def recolor(self, mask: np.ndarray, ramp: Sequence[str]) -> None:
        """The shades of a mask (s, s) bool as those of a ramp, dark to light."""
        if not mask.any():
            return
        light = self.lab[..., 0][mask]
        low, high = np.quantile(light, [0.04, 0.96])
        at = np.clip((light - low) / max(high - low, 0.08), 0, 0.999)
        self.rgb[mask] = np.stack([hex_color(one) for one in ramp])[(at * len(ramp)).astype(int)]

    def tinted(self, change: Callable[[np.ndarray], np.ndarray], mask: np.ndarray) -> None:
        """Every colour of a mask (s, s) bool changed, OKLab (n, 3) -> (n, 3)."""
        lab = change(self.lab[mask])
        self.rgb[mask] = to_bytes(oklab_to_srgb(lab))

    def blobs(self, share: float, size: float, mask: np.ndarray) -> np.ndarray:
        """Rounded patches over a share of a mask, (s, s) bool."""
        if not mask.any():
            return mask
        noise = blurred(self.draw.random(mask.shape), size * self.k)
        found = mask & (noise > np.quantile(noise[mask], 1 - share))
        for _ in range(2):  # no patch of a pixel, no hole of one
            held = np.pad(found, 1).astype(int)
            near = held[:-2, 1:-1] + held[2:, 1:-1] + held[1:-1, :-2] + held[1:-1, 2:]
            found = mask & ((found & (near > 1)) | (near > 2))
        return found

    def crowned(self, mask: np.ndarray | None = None) -> np.ndarray:
        """For each column the row of the topmost pixel of a mask (s, s) bool, or of what is there;
        the side where there is none: (s,) int."""
        mask = self.there if mask is None else mask
        return np.where(mask.any(0), mask.argmax(0), self.side)

    def rimmed(self, mask: np.ndarray, color: str | np.ndarray) -> None:
        """An outline in a colour, six hex digits or (3,) uint8, on the empty pixels around a mask
        (s, s) bool."""
        self.lay(around(mask) & ~self.there, color)

    def without_splinters(self) -> None:
        """No pixel is left that has fewer than two neighbours."""
        while True:
            held = np.pad(self.there, 1).astype(int)
            rows = held[:-2] + held[1:-1] + held[2:]
            lone = self.there & (rows[:, :-2] + rows[:, 1:-1] + rows[:, 2:] < 3)
            if not lone.any():
                return
            self.there &= ~lone

    def axis(self) -> tuple[np.ndarray, np.ndarray, float]:
        """How far each pixel is along the longest extent of what is there, float (s, s), 0 below or
        left to 1; its direction, float (2,), right and down; how much longer it is than wide."""
        rows, columns = np.nonzero(self.there)
        points = np.stack([columns, rows], 1).astype(float)
        middle = points.mean(0)
        values, ways = np.linalg.eigh(np.cov((points - middle).T))
        way, ratio = ways[:, 1], float(np.sqrt(values[1] / max(values[0], 1e-6)))
        if ratio < 1.3:
            way = np.array([1.0, 0.0])
        way = np.round(way, 3) * (-1 if way[1] > 0.3 or (abs(way[1]) <= 0.3 and way[0] < 0) else 1)
        far = (self.column - middle[0]) * way[0] + (self.row - middle[1]) * way[1]
        low, high = far[self.there].min(), far[self.there].max()
        return (far - low) / max(high - low, 1), way, ratio

    def sprite(self) -> Sprite:
        """The drawing as a sprite of few colours."""
        codes = self.rgb.astype(int) @ np.array([65536, 256, 1])
        used, place = np.unique(codes, return_inverse=True)
        index = np.where(self.there, place.reshape(codes.shape), -1)
        table = {n: hex_color(f"{code:06x}") for n, code in enumerate(used.tolist())}
        return sprite_of_codes([index], table)
