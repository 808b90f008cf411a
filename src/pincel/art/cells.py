"""Cutting a picture into the cells that become pixels, a few colour samples in each.

A cell keeps its samples apart instead of one average: a later stage can then choose the colour
that most samples agree on (or the salient ones), which no average can give back.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PIL import Image

from pincel.pixels import color

_STRIP_PIXELS = 1 << 20  # how many source pixels are held as floats at a time


@dataclass(frozen=True, eq=False)
class Cells:
    """What lies under each pixel to be.

    samples   (h, w, s, 3) float32 OKLab, s = side * side samples a cell in reading order;
              colours bleed outward under transparency
    alpha     (h, w, s) float32 0-1
    weight    (h, w, s) float32, how much each sample counts (its alpha at first)
    coverage  (h, w) float32 0-1, mean alpha
    side      samples along one side of a cell
    """

    samples: np.ndarray
    alpha: np.ndarray
    weight: np.ndarray
    coverage: np.ndarray
    side: int

    @property
    def height(self) -> int:
        return self.samples.shape[0]

    @property
    def width(self) -> int:
        return self.samples.shape[1]

    @property
    def mean(self) -> np.ndarray:
        """(h, w, 3) float32, weighted mean colour of each cell, OKLab."""
        weight = self.weight + 1e-6  # an empty cell shows its bled colour
        return np.einsum("hwsc,hws->hwc", self.samples, weight) / weight.sum(-1)[..., None]

    @property
    def plane(self) -> np.ndarray:
        """(h*side, w*side, 3) float32 OKLab: the samples laid out as a picture again."""
        return unfold(self.samples, self.side)


def fold(plane: np.ndarray, side: int) -> np.ndarray:
    """(h*side, w*side, ...) of any type to (h, w, side*side, ...): samples, cell by cell."""
    height, width = plane.shape[0] // side, plane.shape[1] // side
    rest = plane.shape[2:]
    blocks = plane.reshape(height, side, width, side, *rest).swapaxes(1, 2)
    return np.ascontiguousarray(blocks).reshape(height, width, side * side, *rest)


def unfold(samples: np.ndarray, side: int) -> np.ndarray:
    """(h, w, side*side, ...) of any type back to (h*side, w*side, ...): the inverse of `fold`."""
    height, width = samples.shape[:2]
    rest = samples.shape[3:]
    blocks = samples.reshape(height, width, side, side, *rest).swapaxes(1, 2)
    return np.ascontiguousarray(blocks).reshape(height * side, width * side, *rest)


def sample_cells(rgba: np.ndarray, width: int, height: int, side: int = 6) -> Cells:
    """Cut an RGBA picture into width x height cells of side x side OKLab samples.

    rgba: (H, W, 4) uint8 sRGB, straight alpha. Every sample is the mean, in linear light, of the
    source area under it; a source smaller than the sample grid is repeated, never smoothed.
    """
    light, alpha = _reduce(rgba, width * side, height * side)
    if alpha.min() < 1.0:
        light = _bleed(light, alpha)
    alpha = fold(alpha, side)
    return Cells(
        samples=fold(color.linear_to_oklab(light), side),
        alpha=alpha,
        weight=alpha,
        coverage=alpha.mean(-1),
        side=side,
    )


def _reduce(rgba: np.ndarray, width: int, height: int) -> tuple[np.ndarray, np.ndarray]:
    """Box filter in linear light: (height, width, 3) colour, premultiplied by (height, width)
    alpha. Works strip by strip, so that a large photo never lies in memory as floats."""
    rows, columns = rgba.shape[:2]
    step = max(1, _STRIP_PIXELS * height // max(1, rows * columns))
    opaque = bool(rgba[..., 3].min() == 255)
    light = np.empty((height, width, 3), np.float32)
    alpha = np.ones((height, width), np.float32)
    for top in range(0, height, step):
        bottom = min(height, top + step)
        first, last = top * rows / height, bottom * rows / height
        start, stop = int(np.floor(first)), min(rows, int(np.ceil(last)))
        strip = rgba[start:stop]
        box = (0, first - start, columns, last - start)

        def shrink(channel: np.ndarray, box=box, size=(width, bottom - top)) -> np.ndarray:
            return np.asarray(Image.fromarray(channel).resize(size, Image.Resampling.BOX, box=box))

        cover = None if opaque else strip[..., 3].astype(np.float32) / 255.0
        if cover is not None:
            alpha[top:bottom] = shrink(cover)
        for c in range(3):
            channel = color.srgb_to_linear(np.ascontiguousarray(strip[..., c]))
            light[top:bottom, :, c] = shrink(channel if cover is None else channel * cover)
    return light, alpha


def _bleed(light: np.ndarray, alpha: np.ndarray) -> np.ndarray:
    """Undo the premultiplication and let colours spread under transparency.

    Push-pull (Gortler and others, "The Lumigraph", 1996): halve the picture until nothing is
    empty, then fill the holes of each level from the next coarser one.
    """
    height, width = alpha.shape
    straight = light / np.maximum(alpha, 1e-6)[..., None]
    if min(height, width) <= 1 or alpha.min() > 0.02:
        return straight
    padded = ((0, height % 2), (0, width % 2))
    light2 = np.pad(light, (*padded, (0, 0)), mode="edge")
    alpha2 = np.pad(alpha, padded, mode="edge")
    light2 = fold(light2, 2).mean(2)
    alpha2 = fold(alpha2, 2).mean(2)
    full = np.clip(alpha2 * 4, 1e-6, 1) / np.maximum(alpha2, 1e-6)  # any colour fills its block
    coarse = _bleed(light2 * full[..., None], alpha2 * full)
    coarse = coarse.repeat(2, 0).repeat(2, 1)[:height, :width]
    solid = np.clip(alpha * 16, 0, 1)[..., None]
    return straight * solid + coarse * (1 - solid)
