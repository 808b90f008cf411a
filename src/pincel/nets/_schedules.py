"""How a picture drowns in noise: x_t = a(t) x_0 + s(t) noise, t from 0 (picture) to 1 (noise).

    linear  DDPM's 1,000 steps with beta from 0.0001 to 0.02 (Ho et al., 2020)
    cosine  a = cos(pi t / 2), s = sin(pi t / 2) (Nichol & Dhariwal, 2021, without the offset)
    flow    a = 1 - t, s = t: the straight way (rectified flow, Liu et al., 2023)

In the first two a^2 + s^2 = 1 and a^2 is what the course calls alpha-bar; one step of the forward
process is q(x_t | x_{t-1}) = N(sqrt(1 - beta_t) x_{t-1}, beta_t).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from typing import Literal

import torch
from torch import Tensor

STEPS = 1000
"""Steps of the forward process where it is counted in steps."""

Kind = Literal["linear", "cosine", "flow"]


@dataclass(frozen=True)
class Schedule:
    """The two curves of one kind, for any t between 0 and 1."""

    kind: Kind

    def signal(self, t: Tensor) -> Tensor:
        """a(t), 0-1, for times t of any shape: how much of the picture is left."""
        if self.kind == "flow":
            return 1 - t
        if self.kind == "cosine":
            return torch.cos(t * (math.pi / 2))
        return torch.exp(0.5 * self._log_alpha_bar(t))

    def noise(self, t: Tensor) -> Tensor:
        """s(t), 0-1, for times t of any shape: the spread of the noise."""
        if self.kind == "flow":
            return t
        if self.kind == "cosine":
            return torch.sin(t * (math.pi / 2))
        return torch.sqrt(-torch.expm1(self._log_alpha_bar(t)))

    def _log_alpha_bar(self, t: Tensor) -> Tensor:
        """ln alpha-bar of the linear schedule, exact at t = k/1000 and straight between."""
        table = _logs().to(t)
        place = (t * STEPS).clamp(0, STEPS)
        low = place.floor().clamp(max=STEPS - 1)
        start = low.long()
        return table[start] + (place - low) * (table[start + 1] - table[start])

    def turn(self, t: Tensor) -> tuple[Tensor, Tensor]:
        """p and q, at times t of any shape, of the velocity v = p x_0 + q noise: where x_t is
        heading as t grows. With p and q as they are here, a q - s p = 1, so that x_0 = q x_t - s v
        and noise = a v - p x_t."""
        if self.kind == "flow":
            return -torch.ones_like(t), torch.ones_like(t)
        return -self.noise(t), self.signal(t)

    def noised(self, x0: Tensor, noise: Tensor, t: Tensor) -> Tensor:
        """q(x_t | x_0): the pictures x0 (n, ...) under noise of the same shape as they look at the
        times t (n,)."""
        t = over_pictures(t, x0)
        return self.signal(t) * x0 + self.noise(t) * noise

    def alpha_bar(self, steps: int = STEPS) -> Tensor:
        """alpha-bar at steps 0..`steps`, (steps + 1,) float64: the picture's share of the squared
        strength, a^2 / (a^2 + s^2). 1 at step 0."""
        t = torch.linspace(0, 1, steps + 1, dtype=torch.float64)
        signal, noise = self.signal(t) ** 2, self.noise(t) ** 2
        return signal / (signal + noise)

    def beta(self, steps: int = STEPS) -> Tensor:
        """The noise rate of each step 1..`steps`, (steps,) float64: beta_t = 1 - alpha-bar_t /
        alpha-bar_{t-1}."""
        kept = self.alpha_bar(steps)
        return 1 - kept[1:] / kept[:-1]


def over_pictures(t: Tensor, like: Tensor) -> Tensor:
    """Times t (n,) so that they multiply what is like (n, c, h, w): (n, 1, 1, 1)."""
    return t.reshape(-1, *[1] * (like.ndim - 1))


@cache
def _logs() -> Tensor:
    """ln alpha-bar of DDPM's linear betas at steps 0..1000."""
    beta = torch.linspace(1e-4, 0.02, STEPS, dtype=torch.float64)
    return torch.cat([torch.zeros(1, dtype=torch.float64), torch.log1p(-beta).cumsum(0)])
