"""Pictures a little changed at every sight, so that a network learns what does not matter.

All changes of a batch are one affine grid and one multiplication; draws come from a generator that
the caller seeds, so the same step always sees the same pictures.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional

from pincel.learn.changes import changes_in

_REACH = 0.07  # of a side
_SHADE = 0.1  # of the spread


@dataclass(frozen=True)
class Changes:
    """What may happen to a picture.

    turn    any multiple of 90 degrees;  flip  left-right
    shift   whole pixels, up to this share of a side
    free    share of pictures that are also turned by any angle, scaled and moved by fractions
            (they lose some sharpness: the others keep every pixel)
    scale   of these, up to this factor;  contrast, light  up to this share of the spread
    """

    turn: bool
    flip: bool
    shift: float
    free: float
    scale: float
    contrast: float
    light: float


# a cell on a slide has no up and no left
CELLS = Changes(True, True, _REACH, 0.5, 0.1, _SHADE, _SHADE)


def changes(kind: str) -> Changes:
    """What may happen to a picture under these changes."""
    named = changes_in(kind)
    if "cells" in named:
        return CELLS
    shade = _SHADE if "light" in named else 0.0
    flip = bool(named & {"mirror", "turns"})
    return Changes("turns" in named, flip, _REACH * ("shift" in named), 0.0, 0.0, shade, shade)


def augment(pictures: Tensor, kind: str, generator: torch.Generator) -> Tensor:
    """Change prepared pictures (n, c, h, w); the result has the same shape. kind: names of PARTS;
    "mirror" and "turns" keep every pixel's value, for networks that make pictures: whatever else
    is changed, they would make, too."""
    if not (named := changes_in(kind)):
        return pictures
    if named <= {"mirror", "turns"}:
        return _moved(pictures, "turns" in named, generator)
    wanted = changes(kind)
    count, channels, height, width = pictures.shape

    def draw(*shape: int) -> Tensor:  # -1 to 1
        return torch.rand(*shape, generator=generator) * 2 - 1

    free = (torch.rand(count, generator=generator) < wanted.free).float()
    quarter = torch.randint(0, 4, (count,), generator=generator) * (math.pi / 2)
    angle = (quarter if wanted.turn and height == width else quarter * 0) + free * draw(count) * (
        math.pi if wanted.turn else math.pi / 12
    )
    flip = torch.where(draw(count) < 0, -1.0, 1.0) if wanted.flip else torch.ones(count)
    size = 1 + free * draw(count) * wanted.scale
    far = torch.tensor([width * wanted.shift, height * wanted.shift])
    shift = draw(count, 2) * (far + 0.499 * (wanted.shift > 0))
    shift = torch.where(free[:, None] > 0, shift, shift.round())
    cosine, sine = torch.cos(angle) * size, torch.sin(angle) * size
    ratio = height / width  # grid coordinates run from -1 to 1 on both axes
    rows = torch.stack(
        [
            torch.stack([cosine * flip, -sine * ratio, shift[:, 0] * 2 / width], 1),
            torch.stack([sine * flip / ratio, cosine, shift[:, 1] * 2 / height], 1),
        ],
        1,
    )  # (n, 2, 3)
    grid = functional.affine_grid(
        rows.to(pictures.device), [count, channels, height, width], align_corners=False
    )
    moved = functional.grid_sample(
        pictures, grid, mode="bilinear", padding_mode="reflection", align_corners=False
    )
    factor = 1 + draw(count, 1, 1, 1) * wanted.contrast
    level = draw(count, 1, 1, 1) * wanted.light + draw(count, channels, 1, 1) * wanted.light / 2
    return moved * factor.to(moved.device) + level.to(moved.device)


def _moved(pictures: Tensor, turn: bool, generator: torch.Generator) -> Tensor:
    """Mirrored, and turned by quarters where that fits: every pixel keeps its value."""
    count = len(pictures)
    flip = torch.rand(count, generator=generator) < 0.5
    quarter = torch.randint(0, 4, (count,), generator=generator)
    turn = turn and pictures.shape[2] == pictures.shape[3]
    rows = []
    for picture, mirrored, turns in zip(pictures, flip.tolist(), quarter.tolist(), strict=True):
        picture = picture.flip(2) if mirrored else picture
        rows.append(torch.rot90(picture, turns, (1, 2)) if turn else picture)
    return torch.stack(rows)


def views_of_tensor(pictures: Tensor, kind: str) -> list[Tensor]:
    """What of pictures (n, c, h, w) is averaged over at test time: 8 flips and turns for cells and
    turns, 2 for mirror, else the picture alone."""
    named = changes_in(kind)
    if not named & {"mirror", "turns", "cells"}:
        return [pictures]
    flipped = [pictures, pictures.flip(3)]
    if not named & {"turns", "cells"}:
        return flipped
    if pictures.shape[2] != pictures.shape[3]:
        return [*flipped, *(p.flip(2) for p in flipped)]
    return [torch.rot90(p, k, (2, 3)) for p in flipped for k in range(4)]
