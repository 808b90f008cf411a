"""What one number of a network sees of the picture.

The theoretical receptive field is the box that layer sizes allow (`layers.Reach`). The effective
field is what is really read: the gradient of the number for every pixel, which fades towards the
box's edge like a bell, because few paths lead there (Luo et al., 2016).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch

from pincel.look.layers import OpenedLayer, Trace

Box = tuple[int, int, int, int]


@dataclass(frozen=True, eq=False)
class Field:
    """The field of one cell of a layer.

    box       top, left, bottom, right of the theoretical field; may hang over the picture's edge;
              None where it cannot be told
    strength  (h, w) how strongly each pixel moves the cell, absolute, summed over the picture's
              channels, highest 1
    half      share of the box's visible pixels that holds half of the strength
    """

    box: Box | None
    strength: np.ndarray
    half: float


def field_of(
    run: Trace,
    layer: OpenedLayer,
    cell: tuple[int, int] | None,
    *,
    channel: int | None = None,
    picture: int = 0,
) -> Field:
    """The field of one cell (row, column) of a layer in a run traced with gradients.

    channel  one filter's number; None takes the root of the mean square over up to 32 filters,
             which is the field of the layer rather than of one filter
    cell     None for a layer that is a list of numbers
    """
    value = layer.value[picture]
    numbers = value if cell is None else value[:, cell[0], cell[1]]
    step = max(1, len(numbers) // 32)
    chosen = numbers[::step] if channel is None else numbers[channel : channel + 1]
    square = torch.zeros_like(run.picture[0])
    for number in chosen:
        (found,) = torch.autograd.grad(number, run.picture, retain_graph=True, allow_unused=True)
        if found is not None:
            square += found[picture] ** 2
    strength = square.sum(0).sqrt().numpy()
    highest = float(strength.max())
    strength = strength / highest if highest > 0 else strength
    box = None
    if layer.reach is not None:
        box = layer.reach.box(*(cell or (0, 0)))
    return Field(box, strength, _half(strength, visible_box(box, strength.shape)))


def visible_box(box: Box | None, size: tuple[int, ...]) -> Box:
    """The part of a box that lies in a picture of (height, width)."""
    height, width = size
    if box is None:
        return 0, 0, height, width
    top, left, bottom, right = box
    return max(top, 0), max(left, 0), min(bottom, height), min(right, width)


def _half(strength: np.ndarray, box: Box) -> float:
    """The smallest share of the box's pixels that holds half of the strength."""
    top, left, bottom, right = box
    inside = np.sort(strength[top:bottom, left:right].ravel())[::-1]
    if not inside.size or inside.sum() <= 0:
        return 0.0
    reached = np.cumsum(inside) / inside.sum()
    return float((int(np.searchsorted(reached, 0.5)) + 1) / inside.size)
