"""A small U-Net that knows what time it is (Ronneberger et al., 2015; Ho et al., 2020).

Down to a small map, up again, each map on the way up seeing the one of the same size on the way
down. Made for processors: plain 3x3 convolutions (depthwise ones save multiplications that a
processor does not save), attention only on the smallest map, and pictures above 16 pixels are
folded first, 2x2 pixels into the channels, so that nothing is computed at full size.
"""

from __future__ import annotations

import math

import torch
from torch import Tensor, nn
from torch.nn import functional

from pincel.nets._attention import Attention

_GROUPS = 8


class UNet(nn.Module):
    """(n, channels, side, side), times (n,) 0..1 and classes (n,) -> (n, channels, side, side).

    width     channels of the first maps; deeper ones hold `widen[k]` times as many
    classes   how many there are; 0: none. Class number `classes` means "not said"
    fold      pixels a side that are folded into one place; 0: 2 above 16 pixels, else 1
    """

    def __init__(
        self,
        channels: int,
        side: int,
        width: int,
        widen: tuple[float, ...],
        classes: int = 0,
        heads: int = 4,
        fold: int = 0,
    ) -> None:
        super().__init__()
        self.fold = fold or (2 if side > 16 else 1)
        self.classes = classes
        held = 4 * width
        widths = [_GROUPS * round(width * factor / _GROUPS) for factor in widen]
        depth = levels(side // self.fold, len(widths))
        widths = widths[:depth]
        self.waves = width
        self.clock = nn.Sequential(nn.Linear(width, held), nn.SiLU(), nn.Linear(held, held))
        self.named = nn.Embedding(classes + 1, held) if classes else None
        self.first = nn.Conv2d(channels * self.fold**2, widths[0], 3, 1, 1)
        self.down, self.shrink = nn.ModuleList(), nn.ModuleList()
        for before, after in zip([widths[0], *widths], widths, strict=False):
            strided = nn.Conv2d(before, after, 3, 2, 1) if len(self.down) else nn.Identity()
            self.shrink.append(strided)
            self.down.append(Block(after, after, held))
        last = widths[-1]
        self.middle1, self.middle2 = Block(last, last, held), Block(last, last, held)
        self.look = Looking(last, heads)
        self.up, self.grow = nn.ModuleList(), nn.ModuleList()
        for before, after in zip([last, *widths[::-1]], widths[::-1], strict=False):
            self.grow.append(nn.Conv2d(before, after, 1) if len(self.up) else nn.Identity())
            self.up.append(Block(2 * after, after, held))
        self.norm = nn.GroupNorm(_GROUPS, widths[0])
        self.last = nn.Conv2d(widths[0], channels * self.fold**2, 3, 1, 1)
        nn.init.zeros_(self.last.weight)

    def forward(self, x: Tensor, t: Tensor, labels: Tensor | None = None) -> Tensor:
        """What the network answers to x_t at the times t; `labels` None: no class said."""
        told = self.clock(waves(t, self.waves))
        if self.named is not None:
            if labels is None:
                labels = torch.full((len(x),), self.classes, device=x.device)
            told = told + self.named(labels)
        told = functional.silu(told)
        x = self.first(functional.pixel_unshuffle(x, self.fold))
        seen = []
        for shrink, block in zip(self.shrink, self.down, strict=True):
            x = block(shrink(x), told)
            seen.append(x)
        x = self.middle2(self.look(self.middle1(x, told)), told)
        for grow, block in zip(self.grow, self.up, strict=True):
            like = seen.pop()
            if x.shape[-2:] != like.shape[-2:]:
                x = functional.interpolate(x, like.shape[-2:], mode="nearest")
            x = block(torch.cat([grow(x), like], 1), told)
        x = self.last(functional.silu(self.norm(x)))
        return functional.pixel_shuffle(x, self.fold)


class Block(nn.Module):
    """Two convolutions added to what came in; the time scales and shifts between them."""

    def __init__(self, before: int, after: int, told: int) -> None:
        super().__init__()
        self.norm1 = nn.GroupNorm(_GROUPS, before)
        self.conv1 = nn.Conv2d(before, after, 3, 1, 1)
        self.told = nn.Linear(told, 2 * after)
        self.norm2 = nn.GroupNorm(_GROUPS, after)
        self.conv2 = nn.Conv2d(after, after, 3, 1, 1)
        self.short = nn.Conv2d(before, after, 1) if before != after else nn.Identity()
        nn.init.zeros_(self.conv2.weight)
        nn.init.zeros_(self.told.weight)

    def forward(self, x: Tensor, told: Tensor) -> Tensor:
        """(n, before, h, w) and (n, told) -> (n, after, h, w)."""
        scale, shift = self.told(told)[..., None, None].chunk(2, 1)
        y = self.conv1(functional.silu(self.norm1(x)))
        y = self.norm2(y) * (1 + scale) + shift
        return self.short(x) + self.conv2(functional.silu(y))


class Looking(nn.Module):
    """Attention over the places of a map, added to it."""

    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.norm = nn.GroupNorm(_GROUPS, width)
        self.attention = Attention(width, heads)
        nn.init.zeros_(self.attention.out.weight)

    def forward(self, x: Tensor) -> Tensor:
        """(n, c, h, w) -> the same."""
        places = self.norm(x).flatten(2).transpose(1, 2)  # (n, h * w, c)
        return x + self.attention(places).transpose(1, 2).reshape(x.shape)


def levels(side: int, most: int) -> int:
    """How many sizes a picture of this side has: halved while it is even and above 4."""
    count = 1
    while count < most and side % 2 == 0 and side > 4:
        side //= 2
        count += 1
    return count


def waves(t: Tensor, width: int) -> Tensor:
    """Times (n,) 0..1 as (n, width) sines and cosines, slow to quick (Vaswani et al., 2017)."""
    quick = torch.arange(width // 2, device=t.device, dtype=torch.float32) / (width // 2)
    angle = 1000 * t.float()[:, None] * torch.exp(-math.log(10_000) * quick)
    return torch.cat([angle.sin(), angle.cos()], 1)
