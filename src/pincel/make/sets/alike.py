"""Pictures that are nearly the same: doubles to leave out, and families to keep in one part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PIL import Image

from pincel.pixels.color import srgb_to_oklab

SIDE = 16
_BLOCK = 512


@dataclass(frozen=True)
class Bounds:
    """Distances over 16 x 16 places: of OKLab times alpha, below which two pictures are doubles;
    and of shape and shading alone, below which they are alike: mirrored, in other colours, the
    next frame of a walk. Chosen by eye on 2,500 sprites of five collections, where 14 pairs lie
    below the first and 404 below the second."""

    double: float = 0.015
    alike: float = 0.050


USUAL = Bounds()


@dataclass(frozen=True, eq=False)
class Doubles:
    """For each picture: the number of the earlier one it is a double of, -1 for none, (n,) int;
    and its family, (n,) int: pictures that are alike, directly or by way of others."""

    double_of: np.ndarray
    family: np.ndarray


def look(rgba: np.ndarray) -> np.ndarray:
    """A picture (h, w, 4) uint8 in a square of 16 x 16: (16, 16, 4) float32, OKLab times alpha,
    and alpha. The picture fills the square as far as its shape allows."""
    height, width = rgba.shape[:2]
    alpha = rgba[..., 3:].astype(np.float32) / 255
    full = np.concatenate([srgb_to_oklab(rgba[..., :3]) * alpha, alpha], -1).astype(np.float32)
    factor = SIDE / max(height, width)
    size = (max(1, round(width * factor)), max(1, round(height * factor)))
    images = (Image.fromarray(np.ascontiguousarray(full[..., k])) for k in range(4))
    planes = [np.asarray(image.resize(size, Image.Resampling.BOX)) for image in images]
    small = np.zeros((SIDE, SIDE, 4), np.float32)
    top, left = (SIDE - size[1]) // 2, (SIDE - size[0]) // 2
    small[top : top + size[1], left : left + size[0]] = np.stack(planes, -1)
    return small


def compare_pictures(pictures: Sequence[np.ndarray], bounds: Bounds = USUAL) -> Doubles:
    """Which of these pictures, (h, w, 4) uint8 each, are doubles, and which are alike."""
    looks = np.stack([look(one) for one in pictures]) if len(pictures) else np.zeros((0, 16, 16, 4))
    count = len(looks)
    double_of = np.full(count, -1)
    family = np.arange(count)
    plain = _shading(looks)
    for at in range(0, count, _BLOCK):
        rows = slice(at, at + _BLOCK)
        colors = _gaps(looks[rows], looks)
        shades = np.minimum(_gaps(plain[rows], plain), _gaps(plain[rows, :, ::-1], plain))
        near = (colors < bounds.double) | (shades < bounds.alike)
        for row, earlier in np.argwhere(near).tolist():
            number = at + row
            if earlier >= number:
                continue
            double = colors[row, earlier] < bounds.double
            if double and double_of[number] < 0 and double_of[earlier] < 0:
                double_of[number] = earlier
            _join(family, number, earlier)
    return Doubles(double_of, np.array([_root(family, one) for one in range(count)], int))


def _shading(looks: np.ndarray) -> np.ndarray:
    """Lightness around its own mean and spread, times alpha, and alpha: (n, 16, 16, 2); what two
    sprites have in common that differ in their colours."""
    light, alpha = looks[..., 0], looks[..., 3]
    weight = np.maximum(alpha.sum((1, 2)), 1e-6)
    mean = (light.sum((1, 2)) / weight)[:, None, None]
    spread = np.sqrt(((light - mean * alpha) ** 2).sum((1, 2)) / weight)[:, None, None]
    shade = (light - mean * alpha) / np.maximum(spread, 0.02) * 0.15
    return np.stack([shade, alpha], -1).astype(np.float32)


def _gaps(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """Root of the mean squared distance of each picture to each: (n, m)."""
    a, b = (x.reshape(len(x), -1).astype(np.float64) for x in (one, other))
    squares = (a**2).sum(1)[:, None] + (b**2).sum(1) - 2 * a @ b.T
    return np.sqrt(np.maximum(squares, 0) / (SIDE * SIDE))


def _root(family: np.ndarray, one: int) -> int:
    while family[one] != one:
        family[one] = family[family[one]]
        one = int(family[one])
    return one


def _join(family: np.ndarray, one: int, other: int) -> None:
    a, b = sorted((_root(family, one), _root(family, other)))
    family[b] = a
