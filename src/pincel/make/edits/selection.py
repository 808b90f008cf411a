"""Which pixels of a picture are drawn anew: all masks are (h, w) bool, True is drawn anew."""

from __future__ import annotations

import re

import numpy as np

from pincel.errors import PincelError
from pincel.make.edits.packed import is_packed, unpack
from pincel.pixels.picture import Picture

_RECTANGLE = re.compile(r"\s*(\d{1,5})\s*,\s*(\d{1,5})\s*,\s*(\d{1,5})\s*,\s*(\d{1,5})\s*")


def mask_of(given: str | Picture, shape: tuple[int, int]) -> np.ndarray:
    """The mask, (h, w) bool, that somebody names for a picture of this (h, w): a rectangle
    "x,y,width,height", a packed mask, or a picture of the same size in which the place is painted
    (opaque on transparent, or white on black). PincelError when it has another size or marks
    nothing."""
    if isinstance(given, Picture):
        mask = _painted(given.rgba)
    elif is_packed(given):
        mask = unpack(given)
    elif parts := _RECTANGLE.fullmatch(given):
        mask = rectangle(tuple(map(int, parts.groups())), shape)  # type: ignore[arg-type]
    else:
        from pincel.pixels.open import open_picture

        mask = _painted(open_picture(given).rgba)
    if mask.shape != shape:
        came = {"width": mask.shape[1], "height": mask.shape[0]}
        raise PincelError("edit.mask_size", **came, wide=shape[1], high=shape[0])
    if not mask.any():
        raise PincelError("edit.mask_empty")
    return mask


def rectangle(sides: tuple[int, int, int, int], shape: tuple[int, int]) -> np.ndarray:
    """The pixels of (x, y, width, height), as far as they lie inside `shape` (h, w); bool."""
    x, y, width, height = sides
    mask = np.zeros(shape, bool)
    mask[y : y + height, x : x + width] = True
    return mask


def _painted(rgba: np.ndarray) -> np.ndarray:
    opaque = rgba[..., 3] > 127
    if not opaque.all():
        return opaque
    return rgba[..., :3].max(-1) > 127


def blobs(region: np.ndarray, share: float, seed: int, grain: float = 2.0) -> np.ndarray:
    """A random part of `region`, both (h, w) bool, in coherent patches: smoothed noise (standard
    deviation `grain` pixels) above the height that leaves `share` (0-1) of its pixels, at least
    one."""
    from scipy.ndimage import gaussian_filter

    noise = gaussian_filter(np.random.default_rng(seed).normal(size=region.shape), grain)
    count = min(max(round(share * int(region.sum())), 1), int(region.sum()))
    heights = np.where(region, noise, -np.inf).ravel()
    chosen = np.zeros(region.size, bool)
    chosen[np.argsort(heights, kind="stable")[::-1][:count]] = True
    return chosen.reshape(region.shape) & region


def near_pixels(opaque: np.ndarray, by: int = 2) -> np.ndarray:
    """The pixels that are drawn, `opaque` (h, w) bool, and those up to `by` steps around them, same
    shape."""
    from scipy.ndimage import binary_dilation

    return binary_dilation(opaque, iterations=by)


def cross(shape: tuple[int, int], wide: int) -> np.ndarray:
    """The middle rows and columns of `shape` (h, w), bool, `wide` of each: where the border lies
    after rolling by half."""
    mask = np.zeros(shape, bool)
    for axis, side in enumerate(shape):
        low = side // 2 - wide // 2
        part = [slice(None), slice(None)]
        part[axis] = slice(max(low, 0), low + wide)
        mask[tuple(part)] = True
    return mask
