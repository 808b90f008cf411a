"""Rendered pairs as `translator` sees them: on some ground, framed a little differently, in other
hues, in other light, not quite sharp."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from face_grounds import SIDE, Grounds
from face_hands import other_hands
from face_pairs import CROP, FRAME
from pincel.learn.turning import turned_planes, turning
from pincel.nets import _oklab
from pincel.nets.translator import TranslatorBatch


class Pairs:
    """Pairs from files of `face_pairs.py`, in memory.

    drawn (n, 112, 112, 4) uint8;  roles (n, 16, 16) uint8;  colors (n, roles, 3) uint8;  facts
    hands  whether other hands are played (`face_hands.py`)
    """

    def __init__(
        self, paths: list[Path], without: tuple[int, ...] = (), hands: bool = False
    ) -> None:
        self.hands = hands
        files = [np.load(path) for path in paths]
        facts = np.concatenate([f["facts"] for f in files])
        kept = ~np.isin(facts[:, 0], without)
        self.facts = facts[kept]
        self.grounds = Grounds()
        self.drawn, self.roles, self.colors = (
            torch.from_numpy(np.concatenate([f[name] for f in files])[kept])
            for name in ("drawn", "roles", "colors")
        )

    def __len__(self) -> int:
        return len(self.facts)

    def worth(self) -> Tensor:
        """What a pixel of each role counts: the rarer, the more, (roles,)."""
        count = torch.bincount(self.roles.flatten().long(), minlength=self.colors.shape[1])
        worth = (count.sum() / count.clamp(min=1)).float() ** 0.4
        return (worth / (worth * count).sum() * count.sum()).clamp(max=6)

    def batches(self, size: int, seed: int, first: int) -> Iterator[TranslatorBatch]:
        """Batch after batch; batch k depends on (seed, k) alone."""
        number = first
        while True:
            rng = np.random.default_rng([seed, number])
            rows = torch.from_numpy(rng.integers(0, len(self), size))
            yield self.sight(rows, torch.Generator().manual_seed(int(rng.integers(1 << 40))))
            number += 1

    def sight(self, rows: Tensor, draws: torch.Generator, strong: bool = True) -> TranslatorBatch:
        """These pairs, changed by chance; not `strong`: only framed and put on a ground."""
        framed = _framed(self.drawn[rows], draws, strong)
        alpha = framed[:, 3:]
        colors = self.colors[rows].float().div(127.5).sub(1)
        behind = self.grounds.some(len(rows), draws)
        if strong:
            self.grounds.more(behind, colors, draws)
        rgb = framed[:, :3] + (1 - alpha) * behind
        planes = _oklab.encode(rgb.clamp(0, 1) * 2 - 1)
        roles = self.roles[rows].long()
        # (n, roles, 3) as a picture of one row, so that both are turned by the same functions
        colors = _oklab.encode(colors.movedim(2, 1)[:, :, None])
        if strong and self.hands:
            table, some = colors[:, :, 0].movedim(1, 2), rows.numel() // 4
            changed, table = other_hands(planes, alpha, table, roles, draws)
            # every fourth stays as it was drawn
            planes = torch.cat([planes[:some], changed[some:]])
            table = torch.cat([colors[:some, :, 0].movedim(1, 2), table[some:]])
            colors = table.movedim(2, 1)[:, :, None]
        if strong:
            how = turning(len(rows), 0.22, draws)
            planes, colors = turned_planes(planes, how), turned_planes(colors, how)
            planes = _photographed(_relit(planes, draws), draws)
        planes = planes.contiguous(memory_format=torch.channels_last)
        return TranslatorBatch(planes, roles, colors[:, :, 0].movedim(1, 2))


def _u(n: int, low: float, high: float, draws: torch.Generator) -> Tensor:
    return low + (high - low) * torch.rand(n, generator=draws)


def _soft(planes: Tensor, far: int) -> Tensor:
    """Each pixel (n, c, h, w) as the mean of those up to `far` away, down and across."""
    for axis in (2, 3):
        sides = (0, 0, far, far) if axis == 2 else (far, far, 0, 0)
        wide, size = functional.pad(planes, sides, mode="replicate"), planes.shape[axis]
        planes = sum(wide.narrow(axis, k, size) for k in range(2 * far + 1)) / (2 * far + 1)
    return planes


def _framed(drawn: Tensor, draws: torch.Generator, strong: bool) -> Tensor:
    """(n, 112, 112, 4) uint8 -> (n, 4, 64, 64), colours times alpha, 0 to 1."""
    n = len(drawn)
    rgba = drawn.movedim(3, 1).float() / 255
    rgba = torch.cat([rgba[:, :3] * rgba[:, 3:], rgba[:, 3:]], 1)
    wide = 1 if strong else 0.4
    scale = FRAME / CROP * torch.exp(_u(n, -0.16 * wide, 0.16 * wide, draws))
    angle = _u(n, -0.14 * wide, 0.14 * wide, draws)
    cos, sin = scale * angle.cos(), scale * angle.sin()
    x, y = (_u(n, -0.09 * wide, 0.09 * wide, draws) for _ in range(2))
    theta = torch.stack([torch.stack([cos, -sin, x], 1), torch.stack([sin, cos, y], 1)], 1)
    grid = functional.affine_grid(theta, [n, 4, SIDE, SIDE], align_corners=False)
    seen = functional.grid_sample(rgba, grid, align_corners=False)
    if strong:
        soft = _soft(seen, 1)
        much = (_u(n, -0.7, 1, draws)).clamp(0, 1)[:, None, None, None]
        seen = seen + much * (soft - seen)
    return seen


def _relit(planes: Tensor, draws: torch.Generator) -> Tensor:
    """Light that falls from a side, and grain: the sprite keeps its colours."""
    n = len(planes)
    far = torch.linspace(-1, 1, SIDE)
    angle, much = _u(n, 0, 6.28, draws), _u(n, -0.15, 0.3, draws).clamp(min=0)
    slope = angle.cos()[:, None, None] * far[None, :, None]
    slope = slope + angle.sin()[:, None, None] * far[None, None, :]
    grain = torch.randn(planes.shape, generator=draws)
    grain = grain * _u(n, -0.06, 0.05, draws).clamp(min=0)[:, None, None, None]
    light = (much[:, None, None] * slope)[:, None]
    lit = torch.cat([planes[:, :1] + light, planes[:, 1:]], 1)
    return lit + grain


def _photographed(planes: Tensor, draws: torch.Generator) -> Tensor:
    """Uneven light, other contrast, a cast of colour, colours coarser than light (as in a JPEG),
    and now and then no sharp edge: the sprite keeps its colours."""
    n = len(planes)

    def some(share: float) -> Tensor:
        return (torch.rand(n, generator=draws) < share).float()[:, None, None, None]

    def wide(values: Tensor) -> Tensor:
        return values[:, None, None, None]

    field = torch.randn(n, 1, 5, 5, generator=draws)
    field = functional.interpolate(field, SIDE, mode="bilinear")
    light, tint = planes[:, :1], planes[:, 1:]
    light = light + wide(_u(n, -0.12, 0.18, draws).clamp(min=0)) * field
    middle = light.mean((1, 2, 3), keepdim=True)
    light = middle + (light - middle) * torch.exp(some(0.4) * wide(_u(n, -0.3, 0.2, draws)))
    tint = tint + some(0.3) * 0.06 * torch.randn(n, 2, 1, 1, generator=draws)
    rows = (torch.rand(n, generator=draws) < 0.2).nonzero()[:, 0]
    if len(rows):
        small = functional.interpolate(tint[rows], SIDE // 4, mode="area")
        tint = tint.index_copy(0, rows, functional.interpolate(small, SIDE, mode="bilinear"))
    lit = torch.cat([light, tint], 1)
    rows = (torch.rand(n, generator=draws) < 0.08).nonzero()[:, 0]
    much = wide(_u(n, 0.3, 1, draws))[rows]
    if len(rows):
        lit = lit.index_copy(0, rows, lit[rows] + much * (_soft(lit[rows], 2) - lit[rows]))
    return lit
