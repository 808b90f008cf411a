"""Which samples of a cell matter: what stands out, and thin lines that an average would drown."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from pincel.art.cells import Cells, fold, unfold


def saliency(cells: Cells) -> np.ndarray:
    """How far each sample's colour lies from its surroundings, (h, w, s) float32, 0-1.

    The mean OKLab contrast against box means of 1, 3 and 9 cells: small details, features and
    objects (centre-surround contrast; Itti, Koch and Niebur, 1998).
    """
    from scipy.ndimage import uniform_filter

    plane, side = cells.plane, cells.side
    contrast = np.zeros(plane.shape[:2], np.float32)
    for reach in (1, 3, 9):
        size = reach * side + 1
        around = uniform_filter(plane, (size, size, 0), mode="nearest")
        contrast += np.sqrt(np.sum((plane - around) ** 2, -1))
    return fold(np.clip(contrast / (3 * 0.25), 0, 1), side)


def ridge(cells: Cells) -> np.ndarray:
    """How much each sample belongs to a line or spot thinner than a cell, (h, w, s) float32,
    0 to 1 for dark ones (eyes, brows, outlines), 0 to -1 for light ones (glints, masts).

    Black-hat and top-hat of the lightness at the size of a cell, less the mean of both around, so
    that fur and wood grain, where everything is a ridge, do not count (Serra, "Image Analysis and
    Mathematical Morphology", 1982). Transparency counts as light beside a dark line and as dark
    beside a light one, so that an outline is a line on both its sides.
    """
    from scipy.ndimage import grey_closing, grey_opening, uniform_filter

    side = cells.side
    light, alpha = cells.plane[..., 0], unfold(cells.alpha, side)
    size = side + side // 2
    on_white, on_black = light * alpha + (1 - alpha), light * alpha
    dark = (grey_closing(on_white, size=(size, size)) - on_white) * alpha
    bright = (on_black - grey_opening(on_black, size=(size, size))) * alpha
    busy = 1.5 * uniform_filter(np.maximum(dark, bright), 7 * side, mode="nearest")
    dark = np.clip((dark - busy) / 0.2, 0, 1)
    bright = np.clip((bright - busy) / 0.2, 0, 1)
    return fold(np.where(dark >= bright, dark, -bright), side)


def middle(lines: np.ndarray, side: int) -> np.ndarray:
    """The middle of every line of `ridge`, one sample wide, (h, w, s) float32, -1 to 1.

    A line lies in the cells that its middle runs through and in no others: drawn there it is one
    pixel thin and does not break. Spots, which have no length, are all middle. Where dark and
    light lines alternate, the dark ones are the drawing and the light ones what lies between.
    """
    from scipy.ndimage import label, maximum_filter
    from skimage.morphology import skeletonize

    strength = unfold(lines, side)
    found = np.zeros_like(strength)
    for sign in (-1, 1):
        strong = sign * strength > 0.3
        thin = skeletonize(strong)
        parts, count = label(strong, np.ones((3, 3)))
        spot = (np.bincount(parts[thin], minlength=count + 1) < side)[parts] & strong
        if sign > 0:
            found[maximum_filter(thin | spot, side)] = 0
        found = np.where(thin | spot, strength, found)
    return fold(found, side)


def weigh(cells: Cells, standing_out: np.ndarray, lines: np.ndarray, middles: np.ndarray) -> Cells:
    """The cells with salient samples and the middles of lines weighing more than the rest, and
    the flanks of lines less. standing_out, lines, middles: (h, w, s), as `saliency`, `ridge` and
    `middle` give them, floats -1 to 1."""
    flank = np.where(middles == 0, np.abs(lines), 0)
    weight = cells.alpha * (1 + 2 * standing_out + 12 * np.abs(middles)) * (1 - 0.7 * flank)
    return replace(cells, weight=weight.astype(np.float32))
