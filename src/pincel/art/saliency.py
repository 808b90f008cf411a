"""Which samples of a cell matter: what stands out, and thin lines that an average would drown."""

from __future__ import annotations

import numpy as np

from pincel.art.cells import Cells, fold


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
    """How much each sample belongs to a line or spot thinner than a cell, (h, w, s) float32, 0-1.

    Black-hat (dark on light: eyes, brows, outlines) or top-hat (light on dark: glints, masts) of
    the lightness at the size of a cell, less the mean of both around, so that fur and wood grain,
    where everything is a ridge, do not count (Serra, "Image Analysis and Mathematical
    Morphology", 1982).
    """
    from scipy.ndimage import grey_closing, grey_opening, uniform_filter

    light, side = cells.plane[..., 0], cells.side
    size = side + side // 2
    dark_lines = grey_closing(light, size=(size, size)) - light
    light_lines = light - grey_opening(light, size=(size, size))
    line = np.maximum(dark_lines, light_lines)
    busy = uniform_filter(line, 7 * side, mode="nearest")
    return fold(np.clip((line - 1.5 * busy) / 0.2, 0, 1), side)


def weigh(cells: Cells, standing_out: np.ndarray, lines: np.ndarray) -> Cells:
    """The cells with salient and thin-line samples weighing more than the rest."""
    weight = cells.weight * (1 + 2 * standing_out + 4 * lines)
    return Cells(cells.samples, weight.astype(np.float32), cells.coverage, cells.side)
