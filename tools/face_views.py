"""Rendered pairs as `translator` sees them: on some ground, framed a little differently, in other
hues, in other light, not quite sharp."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

import scenery
from face_pairs import CROP, FRAME
from pincel.learn.turning import turned, turning
from pincel.nets import _oklab
from pincel.nets.translator import Sight

SIDE = 64


class Pairs:
    """Pairs from files of `face_pairs.py`, in memory.

    drawn (n, 112, 112, 4) uint8;  roles (n, 16, 16) uint8;  colors (n, roles, 3) uint8;  facts
    """

    def __init__(self, paths: list[Path], without: tuple[int, ...] = ()) -> None:
        files = [np.load(path) for path in paths]
        facts = np.concatenate([f["facts"] for f in files])
        kept = ~np.isin(facts[:, 0], without)
        self.facts = facts[kept]
        self.photos = [torch.from_numpy(p).movedim(2, 0) for p in scenery.photos()]
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

    def batches(self, size: int, seed: int, first: int) -> Iterator[Sight]:
        """Batch after batch; batch k depends on (seed, k) alone."""
        number = first
        while True:
            rng = np.random.default_rng([seed, number])
            rows = torch.from_numpy(rng.integers(0, len(self), size))
            yield self.sight(rows, torch.Generator().manual_seed(int(rng.integers(1 << 40))))
            number += 1

    def sight(self, rows: Tensor, draws: torch.Generator, strong: bool = True) -> Sight:
        """These pairs, changed by chance; not `strong`: only framed and put on a ground."""
        framed = _framed(self.drawn[rows], draws, strong)
        alpha = framed[:, 3:]
        rgb = framed[:, :3] + (1 - alpha) * self._grounds(len(rows), draws)
        colors = self.colors[rows].float().div(127.5).sub(1)
        planes = _oklab.encode(rgb.clamp(0, 1) * 2 - 1)
        # (n, roles, 3) as a picture of one row, so that both are turned by the same functions
        colors = _oklab.encode(colors.movedim(2, 1)[:, :, None])
        if strong:
            how = turning(len(rows), 0.3, draws)
            planes, colors = _relit(turned(planes, how), draws), turned(colors, how)
        roles = self.roles[rows].long()
        planes = planes.contiguous(memory_format=torch.channels_last)
        return Sight(planes, roles, colors[:, :, 0].movedim(1, 2))

    def _grounds(self, n: int, draws: torch.Generator) -> Tensor:
        """(n, 3, 64, 64), 0 to 1: plain ones, photographs, and shapes on either."""
        found = _grounds(n, draws)
        for place in range(n):
            kind = float(torch.rand((), generator=draws))
            if kind < 0.15:
                photo = self.photos[int(torch.randint(len(self.photos), (), generator=draws))]
                side = int(torch.randint(64, min(photo.shape[1:]), (), generator=draws))
                top, left = (
                    int(torch.randint(size - side + 1, (), generator=draws))
                    for size in photo.shape[1:]
                )
                crop = photo[:, top : top + side, left : left + side].float() / 255
                found[place] = functional.interpolate(crop[None], SIDE, mode="area")[0]
            elif kind < 0.4:
                _blots(found[place], draws)
        return found


def _blots(ground: Tensor, draws: torch.Generator) -> None:
    """Shapes of any colour, as in a drawn scene."""
    y, x = torch.meshgrid(torch.arange(SIDE), torch.arange(SIDE), indexing="ij")
    for _ in range(int(torch.randint(1, 6, (), generator=draws))):
        cy, cx, ry, rx = (
            int(torch.randint(low, high, (), generator=draws))
            for low, high in ((0, SIDE), (0, SIDE), (4, 30), (4, 30))
        )
        round_ = bool(torch.rand((), generator=draws) < 0.5)
        far_y, far_x = (y - cy).abs() / ry, (x - cx).abs() / rx
        inside = far_y**2 + far_x**2 < 1 if round_ else torch.maximum(far_y, far_x) < 1
        color = torch.rand(3, 1, generator=draws)
        ground[:, inside] = color if float(torch.rand((), generator=draws)) < 0.8 else color * 0.3


def _u(n: int, low: float, high: float, draws: torch.Generator) -> Tensor:
    return low + (high - low) * torch.rand(n, generator=draws)


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
        soft = functional.avg_pool2d(functional.pad(seen, (1, 1, 1, 1), mode="replicate"), 3, 1)
        much = (_u(n, -0.7, 1, draws)).clamp(0, 1)[:, None, None, None]
        seen = seen + much * (soft - seen)
    return seen


def _grounds(n: int, draws: torch.Generator) -> Tensor:
    """(n, 3, 64, 64), 0 to 1: white, one colour, a slope, or something unquiet."""
    kind = torch.rand(n, generator=draws)
    ground = torch.rand(n, 3, 1, 1, generator=draws)
    pale = torch.rand(n, 1, 1, 1, generator=draws) < 0.5
    ground = torch.where(pale, 0.55 + 0.45 * ground, ground).expand(-1, -1, SIDE, SIDE)
    other = torch.rand(n, 3, 1, 1, generator=draws)
    far = torch.linspace(0, 1, SIDE)
    slope = torch.where(
        (torch.rand(n, 1, 1, generator=draws) < 0.5), far[None, :, None], far[None, None, :]
    )[:, None]
    sloped = ground + slope * (other - ground)
    sizes = torch.randint(2, 12, (1,), generator=draws)
    coarse = torch.rand(n, 3, int(sizes), int(sizes), generator=draws)
    mode = "nearest" if float(torch.rand((), generator=draws)) < 0.4 else "bilinear"
    unquiet = functional.interpolate(coarse, SIDE, mode=mode)
    kind = kind[:, None, None, None]
    found = torch.where(kind < 0.25, torch.ones(()), ground)
    found = torch.where(kind > 0.6, sloped, found)
    return torch.where(kind > 0.75, unquiet, found)


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
