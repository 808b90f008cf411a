"""The two halves that turn pictures into codes and back, shared by the families with a code.

Convolutional: the picture is halved until at most 15 places are left on a side, worked on there,
and a dense layer makes the code; the decoder does the same backwards. Most work is done on the
small maps, where a multiplication sees most. Dense: one hidden layer, all pixels with all.
"""

from __future__ import annotations

import math

from pydantic import Field
from torch import Tensor, nn

from pincel.nets import _network

_PLACES = 15


class Shape(_network.Config):
    """What both halves must know. Sides are divisible by 4; `dims` is the length of the code."""

    channels: int = Field(3, ge=1, le=256)
    side: int = Field(32, ge=4, le=256, multiple_of=4)
    dims: int = Field(64, ge=1, le=4096)
    dense: bool = Field(False, description="all pixels with all, without filters")
    width: int = Field(64, ge=4, le=1024, description="maps at the smallest size")
    depth: int = Field(2, ge=0, le=16, description="blocks at the smallest size")
    hidden: int = Field(512, ge=2, le=8192, description="neurons of a dense hidden layer")


class CoderBlock(nn.Module):
    """Two 3x3 convolutions whose result is added to what came in (He et al., 2016). The second
    begins at 0, so that a deep stack begins as doing nothing (Zhang et al., 2019)."""

    def __init__(self, width: int) -> None:
        super().__init__()
        last = nn.Conv2d(width, width, 3, padding=1)
        nn.init.zeros_(last.weight)
        if last.bias is not None:
            nn.init.zeros_(last.bias)
        self.steps = nn.Sequential(
            nn.SiLU(), nn.Conv2d(width, width, 3, padding=1), nn.SiLU(), last
        )

    def forward(self, x: Tensor) -> Tensor:
        """(n, width, h, w) -> the same shape."""
        return x + self.steps(x)


def suited(channels: int, side: int, stains: bool = False) -> dict[str, int]:
    """How long a code suits pictures of this many values: the largest power of two that is not
    above the root of their number, 4 to 256. A code as long as the picture has nothing to leave
    out; 8 x 8 digits get 8 numbers, 28 x 28 in grey 16, 32 x 32 sprites with alpha 64."""
    return {"dims": min(256, max(4, 1 << (math.isqrt(channels * side**2).bit_length() - 1)))}


def encoder(shape: Shape, out: int) -> nn.Sequential:
    """(n, channels, side, side) -> (n, out)."""
    if shape.dense:
        return nn.Sequential(
            nn.Flatten(),
            nn.Linear(shape.channels * shape.side**2, shape.hidden),
            nn.SiLU(),
            nn.Linear(shape.hidden, out),
        )
    widths, grid = _pyramid(shape)
    steps: list[nn.Module] = []
    before = shape.channels
    for width in widths:
        if steps:
            steps.append(nn.SiLU())
        steps.append(nn.Conv2d(before, width, 3, 2, 1))
        before = width
    steps += [CoderBlock(before) for _ in range(shape.depth)]
    return nn.Sequential(*steps, nn.SiLU(), nn.Flatten(), nn.Linear(before * grid * grid, out))


def decoder(shape: Shape) -> nn.Sequential:
    """(n, dims) -> (n, channels, side, side)."""
    size = (shape.channels, shape.side, shape.side)
    if shape.dense:
        return nn.Sequential(
            nn.Linear(shape.dims, shape.hidden),
            nn.SiLU(),
            nn.Linear(shape.hidden, shape.channels * shape.side**2),
            nn.Unflatten(1, size),
        )
    widths, grid = _pyramid(shape)
    before = widths[-1]
    steps: list[nn.Module] = [
        nn.Linear(shape.dims, before * grid * grid),
        nn.Unflatten(1, (before, grid, grid)),
        *(CoderBlock(before) for _ in range(shape.depth)),
    ]
    for width in [*reversed(widths[:-1]), shape.channels]:
        # each place becomes 2x2 places: no checkerboard of overlapping steps (Shi et al., 2016)
        steps += [nn.SiLU(), nn.Conv2d(before, 4 * width, 3, padding=1), nn.PixelShuffle(2)]
        before = width
    return nn.Sequential(*steps)


def _pyramid(shape: Shape) -> tuple[list[int], int]:
    """Maps after each halving, and the side of the smallest ones."""
    halvings, grid = 2, shape.side // 4
    while grid > _PLACES and grid % 2 == 0:
        halvings, grid = halvings + 1, grid // 2
    widths = [max(8, shape.width >> (halvings - 1 - k)) for k in range(halvings)]
    return [*widths[:-1], shape.width], grid
