"""The rim of a cut-out, where subject and background were mixed, and pieces that hang in the air.

Along its edge a drawn or photographed subject takes on the colour of what lay behind it: on white a
logo gets a light rim, which inside a dark outline shows as stray light pixels. What is a mixture of
the colours on both sides takes the subject's, or goes with the background.
"""

from __future__ import annotations

import numpy as np

_APART = 0.12
"""Colours on both sides (sRGB 0-1) nearer than this need no telling apart."""
_ON_THE_WAY = 0.15
"""How far from the line between both colours a mixture may lie, as a share of its length."""
_FEWEST = 2
"""Cells: a single one is a crumb, which an outline takes away."""


def unmixed(rgba: np.ndarray, away: np.ndarray, reach: int = 2) -> np.ndarray:
    """The cut-out without the background's colour in its rim, (h, w, 4) uint8.

    rgba   (h, w, 4) uint8, the picture before it was cut out
    away   (h, w) bool, the background
    reach  pixels of the subject along its edge that may be mixtures, at least 1

    A rim pixel whose colour lies between the subject's nearest inner colour and the background's
    nearest one takes the subject's where that is the larger part, and becomes transparent where it
    is the smaller one (the matting equation C = aF + (1 - a)B; Porter and Duff, 1984). Parts
    thinner than the rim, whose own colour is nowhere to be seen, stay as they are.
    """
    from scipy import ndimage

    result = rgba.copy()
    result[..., 3][away] = 0
    inner = ndimage.binary_erosion(~away, np.ones((3, 3)), reach, border_value=1)
    outer = ndimage.binary_erosion(away, np.ones((3, 3)), reach, border_value=1)
    rim = ~away & ~inner
    if not rim.any() or not inner.any() or not outer.any():
        return result
    far, subject = ndimage.distance_transform_edt(~inner, return_indices=True)
    rim &= far <= 2 * reach
    _, ground = ndimage.distance_transform_edt(~outer, return_indices=True)
    colors = rgba[..., :3].astype(np.float32) / 255
    own, front, back = colors[rim], colors[tuple(subject[:, rim])], colors[tuple(ground[:, rim])]
    way = front - back
    length = np.sqrt((way**2).sum(-1))
    share = ((own - back) * way).sum(-1) / np.maximum(length**2, 1e-6)
    beside = np.sqrt(((own - back - share[:, None] * way) ** 2).sum(-1))
    mixed = (length > _APART) & (beside < _ON_THE_WAY * length) & (share < 1)
    painted = np.where(mixed[:, None], rgba[..., :3][tuple(subject[:, rim])], rgba[rim][:, :3])
    result[rim, :3] = painted
    result[rim, 3] = np.where(mixed & (share < 0.5), 0, rgba[rim][:, 3])
    return result


def floating(hidden: np.ndarray) -> tuple[int, float]:
    """Pieces of a cut-out that hang together with nothing: how many, and their share of what is
    left, 0-1. hidden: (h, w) bool, transparent cells. Crumbs of one cell are not counted."""
    from scipy import ndimage

    label, count = ndimage.label(~hidden, np.ones((3, 3)))
    size = np.bincount(label.ravel(), minlength=count + 1)[1:]
    size = np.sort(size[size >= _FEWEST])[::-1]
    return (len(size) - 1, float(size[1:].sum() / size.sum())) if len(size) else (0, 0.0)
