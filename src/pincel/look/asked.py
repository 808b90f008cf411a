"""What is asked when a network is watched, and small parts of the answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch import Tensor

from pincel.errors import PincelError
from pincel.learn.prepare import are_seen, to_pictures, visible
from pincel.nets import _oklab
from pincel.nets._abilities import classes_of
from pincel.nets._network import Model


@dataclass(frozen=True)
class Asked:
    """What to watch.

    seed      noise that all begins from;  label  class number, None: none said
    steps     reverse steps, None: the family's own;  guidance  None: the family's own
    times     of the forward process, 0..1;  count  pictures in the grid of samples
    cell      row and column of a pixel;  head, layer  of the attention, None: the most decided
    """

    seed: int = 0
    label: int | None = None
    steps: int | None = None
    guidance: float | None = None
    times: tuple[float, ...] = (0.0, 0.1, 0.25, 0.4, 0.6, 0.8, 1.0)
    count: int = 16
    cell: tuple[int, int] | None = None
    head: int | None = None
    layer: str | None = None


def labels_of(model: Model, asked: Asked, count: int) -> Tensor | None:
    """The class of each of `count` pictures, (count,) int64: the asked one, else one after the
    other; None for a network without classes."""
    classes = classes_of(model.net)
    if not classes:
        return None
    if asked.label is not None:
        return torch.full((count,), asked.label)
    return torch.arange(count) % classes


def net_of(model: Model) -> Any:
    return model.net


def cell_of(asked: Asked, size: Any) -> tuple[int, int]:
    """The asked pixel, or one a little below the middle; PincelError outside of the picture."""
    height, width = int(size[0]), int(size[1])
    if asked.cell is None:
        return height * 5 // 8, width // 2
    row, column = asked.cell
    if not (0 <= row < height and 0 <= column < width):
        raise PincelError("watch.cell_outside", row=row, column=column, height=height, width=width)
    return row, column


def layer_of(asked: Asked, names: list[str]) -> str:
    if asked.layer is None:
        return names[len(names) // 2]
    found = [name for name in names if name == asked.layer]
    if asked.layer.isdecimal() and int(asked.layer) < len(names):
        found = [names[int(asked.layer)]]
    if not found:
        raise PincelError("watch.no_layer", came=asked.layer, known=", ".join(names))
    return found[0]


def head_of(asked: Asked, shares: np.ndarray) -> int:
    """The asked head, or the one whose shares (heads, k), 0-1, are least even. PincelError for a
    head that there is not."""
    if asked.head is None:
        told = np.where(shares > 0, shares, 1.0)
        return int(np.argmax((shares * np.log(told)).sum(-1)))
    if asked.head >= len(shares):
        raise PincelError("watch.no_head", came=asked.head, most=len(shares) - 1)
    return asked.head


def with_alpha(picture: np.ndarray) -> np.ndarray:
    """A picture (h, w, 1 to 4) uint8 as (h, w, 4): opaque where it has no alpha, and of one or two
    channels the first as grey."""
    if picture.shape[-1] == 4:
        return picture
    colors = picture if picture.shape[-1] == 3 else picture[..., :1].repeat(3, -1)
    return np.concatenate([colors, np.full_like(colors[..., :1], 255)], -1)


def seen_of(made: Tensor, about: Mapping[str, Any]) -> np.ndarray:
    """Prepared pictures (n, c, h, w) to look at, (n, h, w, c) uint8: what is no colour as its first
    three channels."""
    return visible(to_pictures(made, about), about)


def soft_pictures(held: Tensor, about: Mapping[str, Any]) -> np.ndarray:
    """What is half noise, planes (n, c, h, w) in the space of `_oklab`, to look at, (n, h, w, c)
    uint8: alpha is not yet all or nothing."""
    soft = {"prepare": {**about["prepare"], "hard_alpha": False}}
    return seen_of(_oklab.decode(held, not are_seen(about)), soft)
