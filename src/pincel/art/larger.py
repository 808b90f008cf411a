"""A small sprite as a larger one of 48 or 64 pixels, by rules: thin lines, and volume.

Enlarged alone, a sprite keeps the thick lines and the flat areas of its small size. So after
Scale2x (Mazzoleni, 2001) lines that became two pixels wide are thinned to one (Zhang and Suen,
1984, as scikit-image has it), and every body that ends at another material gets a lighter rim at
the upper left and a darker one, two pixels deep, at the lower right. No new thing is drawn: what a
small sprite does not show, its large one does not show either.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from pincel.art.scale2x import scale2x
from pincel.art.sprite import Sprite
from pincel.pixels.color import oklab_to_srgb, srgb_to_oklab, to_bytes

MOST_COLORS = 31
DARK = 0.27
"""OKLab's lightness below which a pixel is a line."""
OTHER = 0.17
"""Colours farther apart than this (OKLab) are other materials."""
_EYE = 16
"""A dark spot of at most so many pixels is no line."""
_THICK = 0.6
"""An outline of two pixels has more than this share of its pixels behind its rim."""
_REACH = 2.3
"""How far, in pixels for each of a line, what was a line is taken over by the colour beside it."""
_SAME = 0.025
_RIMS = {"dark": (-0.09, 0.0, -0.012), "dim": (-0.048, 0.0, -0.006), "light": (0.06, 0.0, 0.008)}
"""How much a rim differs from its body (OKLab): shade is a little bluer, light yellower."""


def larger(sprite: Sprite, side: int, *, palette_stays: bool = False) -> Sprite:
    """A square sprite with `side` pixels, more than it has, all its frames in one palette.

    palette_stays  rims take only colours that the palette has; otherwise shades are added, at most
                   31 colours in all
    """
    shades = _Shades(sprite.palette, palette_stays)
    frames = []
    for frame in sprite.frames:
        line = _line(frame, shades.lab)
        index = thinned(grown(frame.astype(np.int64), side), shades.lab, line)
        frames.append(_rimmed(index, shades).astype(np.int16))
    return replace(sprite, frames=tuple(frames), palette=shades.palette(), under=None)


def grown(index: np.ndarray, side: int) -> np.ndarray:
    """Palette entries `index` (s, s) int, -1 transparent, as (side, side): Scale2x as often as it
    takes; for a size in between once more, and the nearest of those pixels."""
    large = index
    while len(large) < side:
        large = scale2x(large)
    if len(large) == side:
        return large
    large = scale2x(large)
    place = ((np.arange(side) + 0.5) * len(large) / side).astype(int)
    return large[np.ix_(place, place)]


def _line(index: np.ndarray, lab: np.ndarray) -> int:
    """How thick the outline of a sprite is: 1 or 2 pixels."""
    from scipy import ndimage

    opaque = index >= 0
    dark = opaque & (lab[np.maximum(index, 0), 0] < DARK)
    rim = dark & ~_within(opaque)
    behind = dark & ~rim & ndimage.binary_dilation(rim)
    return 2 if behind.sum() > _THICK * max(rim.sum(), 1) else 1


def thinned(index: np.ndarray, lab: np.ndarray, line: int = 1) -> np.ndarray:
    """Palette entries `index` (h, w) int, -1 transparent, with lines of one pixel: what lies
    behind the rim, and one side of lines inside, takes the colour beside it. Spots and areas stay.
    lab (k, 3): the palette in OKLab; line: how many pixels a line had before it was doubled."""
    from scipy import ndimage
    from skimage.morphology import thin

    opaque = index >= 0
    dark = opaque & (lab[np.maximum(index, 0), 0] < DARK)
    free = opaque & ~dark
    if not free.any() or not dark.any():
        return index
    rim = dark & ~_within(opaque)
    behind = ndimage.binary_dilation(rim, np.ones((3, 3)), iterations=2 * line - 1)
    inside = dark & ~behind
    number, _ = ndimage.label(inside, np.ones((3, 3)))
    spots = inside & (np.bincount(number.ravel())[number] <= _EYE)
    areas = ndimage.binary_opening(dark, np.ones((2 * line + 1,) * 2))
    kept = rim | thin(inside) | spots | areas
    far, nearest = ndimage.distance_transform_edt(~free, return_indices=True)
    given = dark & ~kept & (far <= _REACH * line)
    made = index.copy()
    made[given] = index[nearest[0][given], nearest[1][given]]
    return made


def _within(opaque: np.ndarray) -> np.ndarray:
    """Pixels with drawn ones on all four sides."""
    held = np.pad(opaque, 1)
    return held[:-2, 1:-1] & held[2:, 1:-1] & held[1:-1, :-2] & held[1:-1, 2:]


class _Shades:
    """A palette that grows by the shades of rims, as far as it may."""

    def __init__(self, palette: np.ndarray, stays: bool) -> None:
        self.lab = srgb_to_oklab(np.asarray(palette, np.uint8)).astype(np.float64)
        self.own, self.stays = np.asarray(palette, np.uint8), stays
        self.added: list[np.ndarray] = []

    def beside(self, entry: int, rim: str) -> int:
        """The entry of a rim of an entry."""
        wanted = self.lab[entry] + _RIMS[rim]
        wanted[0] = min(wanted[0], 0.99)
        every = np.concatenate([self.lab, *(one[None] for one in self.added)])
        far = np.round(np.linalg.norm(every - wanted, axis=-1), 6)
        best = int(far.argmin())
        if far[best] < _SAME:
            return best
        if self.stays or len(every) >= MOST_COLORS:
            return best if far[best] < 2 * abs(_RIMS[rim][0]) / 3 else entry
        self.added.append(wanted)
        return len(every)

    def palette(self) -> np.ndarray:
        """All colours, (k, 3) uint8."""
        if not self.added:
            return self.own
        return np.concatenate([self.own, to_bytes(oklab_to_srgb(np.stack(self.added)))])


def _rimmed(index: np.ndarray, shades: _Shades) -> np.ndarray:
    """Bodies that are lit from the upper left, where they end at another material."""
    from scipy import ndimage

    lab = shades.lab
    body = (index >= 0) & (lab[np.maximum(index, 0), 0] >= DARK)
    thick = ndimage.binary_opening(body, np.ones((4, 4)))
    apart = np.ones((len(lab) + 1,) * 2, bool)
    apart[:-1, :-1] = np.linalg.norm(lab[:, None] - lab[None], axis=-1) > OTHER
    apart[-1, -1] = False
    held = np.pad(index, 2, constant_values=-1)

    def other(down: int, right: int) -> np.ndarray:
        """Whether the pixel there is of another material."""
        height, width = index.shape
        return apart[index, held[2 + down :, 2 + right :][:height, :width]]

    dark = thick & (other(1, 1) | other(1, 0))
    dim = thick & ~dark & (other(2, 1) | other(2, 0) | other(2, 2))
    light = thick & ~dark & ~dim & other(-1, -1) & (other(-1, 0) | other(0, -1))
    made = index.copy()
    for entry in range(len(lab)):
        for rim, place in (("dark", dark), ("dim", dim), ("light", light)):
            here = place & (index == entry)
            if here.sum() > 2:
                made[here] = shades.beside(entry, rim)
    return made
