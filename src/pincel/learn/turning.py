"""All hues of a picture turned at once: what it shows stays, its colours are others."""

from __future__ import annotations

from math import pi

import torch
from torch import Tensor


def turning(count: int, share: float, draws: torch.Generator) -> tuple[Tensor, Tensor]:
    """How `count` pictures may change: a matrix (count, 3, 3) for their OKLab planes and light to
    add (count, 3, 1, 1). `share` of them get any hues, the others nearly their own; colours become
    a little stronger or paler, and all a little lighter or darker."""

    def between(low: float, high: float) -> Tensor:
        return low + (high - low) * torch.rand(count, generator=draws)

    turn = between(-pi, pi) * (torch.rand(count, generator=draws) < share)
    turn = turn + between(-0.1, 0.1)
    chroma = torch.exp(between(-0.35, 0.25))
    cos, sin = turn.cos() * chroma, turn.sin() * chroma
    matrix = torch.zeros(count, 3, 3)
    matrix[:, 0, 0] = 1
    matrix[:, 1, 1], matrix[:, 1, 2], matrix[:, 2, 1], matrix[:, 2, 2] = cos, -sin, sin, cos
    light = torch.zeros(count, 3, 1, 1)
    light[:, 0, 0, 0] = between(-0.08, 0.08)
    return matrix, light


def turned_planes(planes: Tensor, how: tuple[Tensor, Tensor]) -> Tensor:
    """Planes (n, 3, h, w), 2L-1, 4a, 4b, under what `turning` drew: `how` is matrices
    (n, 3, 3) and what is added, (n, 3, 1, 1)."""
    matrix, light = how
    return torch.einsum("nij,njhw->nihw", matrix, planes) + light
