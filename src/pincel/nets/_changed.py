"""Pictures changed at random on their way into a discriminator, real and made ones alike, so that
with few pictures it cannot learn them by heart (DiffAugment; Zhao et al., "Differentiable
Augmentation for Data-Efficient GAN Training", 2020). Gradients pass through every change, so the
generator is judged by what the discriminator sees and makes no changed pictures itself."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional

_SHIFT, _HOLE = 8, 2
"""A picture moves by up to a side over _SHIFT; a side over _HOLE is how large a hole is."""


def changed(x: Tensor, alpha: bool) -> Tensor:
    """(n, c, h, w), -1..1, -> the same shape: lighter or darker, more or less colourful and
    contrasting, moved by whole pixels (what comes in is -1), with a square of 0 in it. Where the
    last channel is alpha, it keeps its values."""
    color, opaque = (x[:, :-1], x[:, -1:]) if alpha else (x, x[:, :0])
    return _holed(_moved(torch.cat([_tinted(color), opaque], 1)))


def _amount(x: Tensor) -> Tensor:
    """0..1 for each picture, (n, 1, 1, 1)."""
    return torch.rand(len(x), 1, 1, 1).to(x)


def _tinted(x: Tensor) -> Tensor:
    x = x + (_amount(x) - 0.5)
    grey = x.mean(1, keepdim=True)
    x = (x - grey) * (2 * _amount(x)) + grey
    middle = x.mean((1, 2, 3), keepdim=True)
    return (x - middle) * (0.5 + _amount(x)) + middle


def _moved(x: Tensor) -> Tensor:
    count, _, height, width = x.shape
    far = max(1, height // _SHIFT)
    held = functional.pad(x, (far,) * 4, value=-1.0)
    down, right = (torch.randint(0, 2 * far + 1, (count, 1)) for _ in range(2))
    rows, columns = down + torch.arange(height), right + torch.arange(width)
    picture = torch.arange(count)[:, None, None]
    return held.permute(0, 2, 3, 1)[picture, rows[:, :, None], columns[:, None]].permute(0, 3, 1, 2)


def _holed(x: Tensor) -> Tensor:
    count, _, height, width = x.shape
    y = torch.randint(0, height, (count, 1, 1))
    across = torch.randint(0, width, (count, 1, 1))
    near = (torch.arange(height)[None, :, None] - y).abs() < height // _HOLE // 2
    hole = near & ((torch.arange(width)[None, None] - across).abs() < width // _HOLE // 2)
    return x * (~hole)[:, None].to(x)
