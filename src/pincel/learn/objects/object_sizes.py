"""At which size a network of masks sees a picture, so that its objects are about as large as those
it tells apart best. numpy and Pillow alone.

How large they are is read off a first look at the picture as it is, of a large one at four parts of
it (Cellpose asks a second network; Stringer et al., 2021). The scale is one of a few ratios of
small numbers: with these a tile of a large picture is enlarged to the very pixels that the whole
picture would be enlarged to.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

import numpy as np
from PIL import Image

from pincel.learn.objects import inputs
from pincel.nets import _instances

SCALES = tuple(
    Fraction(*ratio)
    for ratio in ((1, 2), (2, 3), (3, 4), (1, 1), (4, 3), (3, 2), (2, 1), (5, 2), (3, 1))
)
AS_IT_IS = Fraction(1)
_MIRRORED = ((1, 1), (1, -1), (-1, 1), (-1, -1))
"""Steps along rows and columns: the picture, mirrored left to right, top to bottom, both."""
_PART, _WHOLE = 256, 512
_KEPT = 1024
"""Pixels a side up to which the first look is at all of a picture, where it is needed anyway."""
_AROUND = 128
"""How far, in pixels, a place sees: with so much around it a part is seen as in the whole."""
_SMALL, _NEAR, _SEVERAL = 128, 32, 4
"""Of a large picture, where time counts: pixels a side of a part, how many around it are seen, and
whole objects in each part with which their size is known well enough."""
_FIRST = _instances.InstanceReading(threshold=0.5, smooth=0.7, core=0.5, stands=0.05)
_LEAST = 3  # objects that no border cuts, of which the middle size is taken

Maps = Callable[[np.ndarray], tuple[np.ndarray, ...]]
"""What a network says: (1, 3, h, w) float32 -> its maps (channels, h, w)."""


def nearest_scale(across: float, wanted: float) -> Fraction:
    """The scale at which objects of `across` pixels come closest to `wanted`; where either is not
    known (0), as it is."""
    if not across or not wanted:
        return AS_IT_IS
    return min(SCALES, key=lambda scale: abs(float(np.log(float(scale) * across / wanted))))


def first_parts(
    height: int, width: int, part: int = _PART, whole: int = _WHOLE
) -> Iterator[tuple[slice, slice]]:
    """Rows and columns of what is looked at first: all of a picture of at most `whole` pixels a
    side, of a larger one `part` by `part` pixels in the middles of its four quarters."""
    if max(height, width) <= whole:
        yield slice(0, height), slice(0, width)
        return
    for y, x in ((1, 1), (1, 3), (3, 1), (3, 3)):
        top, left = (max(0, side * k // 4 - part // 2) for side, k in ((height, y), (width, x)))
        yield slice(top, top + part), slice(left, left + part)


def across(labels: Iterable[np.ndarray]) -> float:
    """How many pixels across the object of middle size is (a disk of the same area), in label
    pictures (h, w) of whole numbers; those at a border count only where there are few others. 0:
    there is none."""
    whole, every = [], []
    for one in labels:
        areas, inner = _areas(one)
        every += areas[areas > 0].tolist()
        whole += areas[inner].tolist()
    counted = whole if len(whole) >= _LEAST else every
    return float(2 * np.sqrt(np.median(counted) / np.pi)) if counted else 0.0


def _areas(labels: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The area of each object, and the rows of those that no border cuts."""
    areas = np.bincount(labels.ravel())[1:]
    border = np.unique(np.concatenate([labels[0], labels[-1], labels[:, 0], labels[:, -1]]))
    return areas, np.setdiff1d(np.flatnonzero(areas), border[border > 0] - 1)


def unit(scale: Fraction) -> int:
    """Pixels of the picture that become whole steps of the network."""
    return inputs.STEP * scale.denominator


@dataclass(frozen=True, eq=False)
class Sight:
    """How a picture is seen.

    scale  pixels of the network to one of the picture
    twice  what it belongs to is the mean of that and of the picture as it is
    first  what the network says of all of it as it is, where that is known already
    looks  at how many of the picture and its mirror images the network looks: 1, 2 or 4
    """

    scale: Fraction = AS_IT_IS
    twice: bool = False
    first: PixelAnswers | None = None
    looks: int = 1

    @property
    def smallest(self) -> Fraction:
        """The smallest scale at which it is seen."""
        return min(self.scale, AS_IT_IS) if self.twice else self.scale


PLAIN = Sight()


class PixelAnswers(NamedTuple):
    """What a network says of each pixel of a picture (h, w).

    shares  (1 + classes, h, w) float32, how likely it is of the ground, of each class; sum 1
    depth   (h, w) float32 how deep inside its object it lies
    """

    shares: np.ndarray
    depth: np.ndarray

    def cut(self, y: slice, x: slice) -> PixelAnswers:
        """Of these rows and columns."""
        return PixelAnswers(self.shares[:, y, x], self.depth[y, x])

    @property
    def chance(self) -> np.ndarray:
        """How likely it is no ground, (h, w) float32."""
        return 1 - self.shares[0]

    @property
    def kinds(self) -> np.ndarray:
        """Which class it would be, (h, w) uint8; (0, 0) where there is one alone."""
        if len(self.shares) < 3:
            return np.zeros((0, 0), np.uint8)
        return self.shares[1:].argmax(0).astype(np.uint8)


def sight(
    maps: Maps, rgb: np.ndarray, how: _instances.InstanceReading,
    levels: tuple[np.ndarray, float] | None = None,
) -> Sight:  # fmt: skip
    """How a picture (h, w, 3) uint8 is seen: so that its objects are about `how.diameter` pixels
    across, by a first look; where that is 0 as it is, without a look. `levels`: its own, median
    (3,) float32 and span, where they are known (`inputs.levels_of`)."""
    if not how.diameter:
        return Sight(looks=how.looks)
    levels = levels or inputs.levels_of(rgb)
    if how.brief and (scale := _brief(maps, rgb, how, levels)):
        return Sight(scale, looks=how.looks)
    height, width = rgb.shape[:2]
    all_of_it = max(height, width) <= (_KEPT if how.twice else _WHOLE)
    whole = _said(maps, inputs.for_masks(rgb, levels), AS_IT_IS) if all_of_it else None
    found = []
    for y, x in first_parts(height, width):
        around = _AROUND if how.twice else 0
        one = whole.cut(y, x) if whole else _part(maps, rgb, (y, x), around, levels)
        found.append(_instances.objects(one.chance > _FIRST.threshold, one.depth, _FIRST))
    scale = nearest_scale(across(found), how.diameter)
    twice = how.twice and not (how.brief and scale >= AS_IT_IS)
    return Sight(scale, twice, whole, how.looks)


def _brief(
    maps: Maps, rgb: np.ndarray, how: _instances.InstanceReading, levels: tuple[np.ndarray, float]
) -> Fraction | None:
    """The scale by a look at small parts, where each shows several objects, and none large enough
    for the picture to be seen smaller."""
    found = []
    for place in first_parts(rgb.shape[0], rgb.shape[1], _SMALL, 0):
        one = _part(maps, rgb, place, _NEAR, levels)
        found.append(_instances.objects(one.chance > _FIRST.threshold, one.depth, _FIRST))
        if len(_areas(found[-1])[1]) < _SEVERAL:
            return None
    scale = nearest_scale(across(found), how.diameter)
    return scale if scale >= AS_IT_IS else None


def _part(
    maps: Maps, rgb: np.ndarray, place: tuple[slice, slice], around: int,
    levels: tuple[np.ndarray, float],
) -> PixelAnswers:  # fmt: skip
    """What a network says of a part of a picture as it is, seen with `around` pixels around it."""
    ys, xs = (_with_more(*at, around) if around else at[0]
              for at in zip(place, rgb.shape[:2], strict=True))  # fmt: skip
    one = _said(maps, inputs.for_masks(rgb[ys, xs], levels), AS_IT_IS)
    y, x = (slice(a.start - b.start, a.stop - b.start)
            for a, b in zip(place, (ys, xs), strict=True))  # fmt: skip
    return one.cut(y, x)


def _with_more(part: slice, side: int, around: int) -> slice:
    """A part of a side of a picture and so many pixels around it, in whole steps of the network."""
    low = max(0, part.start - around) // inputs.STEP * inputs.STEP
    return slice(low, min(side, part.stop + around + -(part.stop + around) % inputs.STEP))


def said_of(maps: Maps, values: np.ndarray, how: Sight) -> PixelAnswers:
    """What a network says of `values` (h, w, 3) float32."""
    if how.scale == AS_IT_IS:
        return _looked(maps, values, how, how.first)
    sized = _looked(maps, values, how, None)
    if not how.twice:
        return sized
    own = how.first or _said(maps, values, AS_IT_IS)
    return PixelAnswers((sized.shares + own.shares) / 2, sized.depth)


def _looked(maps: Maps, values: np.ndarray, how: Sight, known: PixelAnswers | None) -> PixelAnswers:
    """The mean over all looks, of which the first may be known already (test-time augmentation)."""
    every = known or _said(maps, values, how.scale)
    for mirror in _MIRRORED[1 : how.looks]:
        one = _said(maps, values, how.scale, mirror)
        every = PixelAnswers(every.shares + one.shares, every.depth + one.depth)
    if how.looks == 1:
        return every
    return PixelAnswers(every.shares / how.looks, every.depth / how.looks)


def _said(
    maps: Maps, values: np.ndarray, scale: Fraction, mirror: tuple[int, int] = _MIRRORED[0]
) -> PixelAnswers:
    size, (down, along) = values.shape[:2], mirror
    shown = np.ascontiguousarray(scaled_input(values, scale)[..., ::down, ::along])
    scores, deep, *_ = (one[:, ::down, ::along] for one in maps(shown))
    shares = _instances.chances(scores)
    found = np.empty((len(shares), *size), np.float32)
    two = len(shares) == 2
    for share, told in zip(shares[:1] if two else shares, found, strict=False):
        told[:] = back(share, size, scale)
    if two:
        np.subtract(1, found[0], out=found[1])
    return PixelAnswers(found, back(deep[0], size, scale))


def scaled_input(values: np.ndarray, scale: Fraction) -> np.ndarray:
    """`values` (h, w, 3) float32 as the network sees them at a scale, (1, 3, rows, columns), with
    what is added below and to the right."""
    wide = inputs.framed_planes(values.transpose(2, 0, 1), unit(scale))
    if scale == AS_IT_IS:
        return wide[None]
    return _planes_resized(wide, tuple(int(side * scale) for side in wide.shape[1:]))[None]


def back(plane: np.ndarray, size: tuple[int, int], scale: Fraction) -> np.ndarray:
    """A map (rows, columns) float32 of what was `scaled_input`, at the size (h, w) that it had."""
    whole = tuple(int(side / scale) for side in plane.shape)
    return plane_resized(plane, whole)[: size[0], : size[1]]


def plane_resized(values: np.ndarray, size: tuple[int, ...]) -> np.ndarray:
    """`values` (h, w) float32 at the size (rows, columns): linear between pixels, and where it
    becomes smaller the mean of those a pixel covers."""
    if values.shape == size:
        return values
    shown = Image.fromarray(np.ascontiguousarray(values, np.float32))
    return np.asarray(shown.resize((size[1], size[0]), Image.Resampling.BILINEAR))


def _planes_resized(planes: np.ndarray, size: tuple[int, ...]) -> np.ndarray:
    """Each of the planes (c, h, w) float32 at the size; those that are like the first are it."""
    found = np.empty((len(planes), *size), np.float32)
    for k, plane in enumerate(planes):
        like = k and np.array_equal(plane, planes[0])
        found[k] = found[0] if like else plane_resized(plane, size)
    return found
