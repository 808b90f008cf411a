"""A variational autoencoder: a code that is a place with a spread, so that new places mean
something (Kingma & Welling, 2014).

The encoder answers with a normal distribution for each number of the code, a draw from it is
decoded, and two things are learned from: how badly the picture comes back, and how far the
distribution is from the standard one (KL divergence). The second keeps codes together around 0,
without holes, so that any draw from a standard normal distribution can be decoded: a sample.

Against collapse, where the code says nothing: the decoder's own spread is measured, not fixed
(Rybkin et al., 2021), so that both parts are in the same unit (nats) and `beta` 1 is the true
bound; and the first `free` nats of each number of the code cost nothing (Kingma et al., 2016).
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Any

import torch
from pydantic import Field
from torch import Tensor

from pincel.nets import _coders, _network

GENERATES = True
_LEAST = (1 / 255) ** 2
"""The smallest variance that a decoder may claim: half a step of 8-bit brightness."""


class Config(_coders.Shape):
    """Shape and loss. The defaults hold 1.2 million weights at 32 x 32 x 4.

    beta  weight of the KL divergence (Higgins et al., 2017): more makes better samples and worse
          reconstructions; None: as much as the size of the pictures allows (`balanced`)
    free  nats of each number of the code that cost nothing
    stains  channels are measurements, no colours with alpha: each has an error of its own
    """

    stains: bool = False
    beta: float | None = Field(None, ge=0, le=1000)
    free: float = Field(0.05, ge=0, le=10)


class Net(_network.Net):
    """Coder and generator. Pictures are (n, channels, side, side), values -1 to 1."""

    spread: Tensor
    axes: Tensor

    def __init__(self, config: Config) -> None:
        super().__init__(config)
        self.config: Config = config
        self.encoder = _coders.encoder(config, 2 * config.dims)
        self.decoder = _coders.decoder(config)
        self.beta = balanced(config) if config.beta is None else config.beta
        self.register_buffer("spread", torch.ones(config.channels))
        axes = torch.eye(config.channels) if config.stains else opponent(config.channels)
        self.register_buffer("axes", axes, persistent=False)

    def distribution(self, pictures: Tensor) -> tuple[Tensor, Tensor]:
        """Mean and logarithm of the variance of each number of the code of pictures (n, c, h, w),
        both (n, dims)."""
        mean, log_variance = self.encoder(pictures).float().chunk(2, 1)
        return mean, log_variance.clamp(-12, 6)

    def divergences(self, pictures: Tensor) -> Tensor:
        """What each number of the code says, in nats a picture: the KL divergence of its
        distribution from N(0, 1), mean over the pictures, (dims,)."""
        return divergence(*self.distribution(pictures)).mean(0)

    def encode(self, pictures: Tensor) -> Tensor:
        """(n, channels, side, side) -> (n, dims), the mean of each distribution."""
        return self.distribution(pictures)[0]

    def decode(self, codes: Tensor) -> Tensor:
        """(n, dims) -> (n, channels, side, side), values -1 to 1."""
        return self.decoder(codes).clamp(-1, 1)

    def restore(self, pictures: Tensor) -> Tensor:
        """Pictures through the code and back, same shape."""
        return self.decode(self.encode(pictures))

    forward = restore

    def sample(
        self, seeds: Sequence[int], labels: Tensor | None = None, steps: int | None = None
    ) -> Tensor:
        """One picture for each seed, (n, channels, side, side): decoded draws of N(0, 1)."""
        where = self.spread.device
        draws = [torch.randn(self.config.dims, generator=torch.Generator().manual_seed(seed))
                 for seed in seeds]  # fmt: skip
        # one by one: a matrix product may round differently in a larger batch
        return torch.cat([self.decode(draw[None].to(where)) for draw in draws])

    def errors(self, codes: Tensor, pictures: Tensor) -> Tensor:
        """Mean squared error of decoded codes (n, dims) against pictures (n, c, h, w) in each
        channel of `opponent`, (channels,)."""
        gap = self.decoder(codes).float() - pictures
        with torch.autocast(gap.device.type, enabled=False):  # a loss is added up in full precision
            return torch.einsum("dc,nchw->ndhw", self.axes, gap).square().mean((0, 2, 3))

    def losses(self, batch: tuple[Tensor, Tensor]) -> Iterator[tuple[str, Tensor]]:
        """Negative bound in nats per value of the pictures (n, c, h, w), the first of the batch."""
        pictures = batch[0]
        mean, log_variance = self.distribution(pictures)
        codes = mean + torch.randn_like(mean) * (0.5 * log_variance).exp()
        errors = self.errors(codes, pictures)
        if self.training:
            with torch.no_grad():
                self.spread.lerp_(errors.detach(), 0.02)
        each = divergence(mean, log_variance).mean(0)
        paid = self.beta * each.clamp_min(self.config.free).sum()
        yield "net", normal(errors, errors).mean() + paid / pictures[0].numel()

    def judge(self, batch: tuple[Tensor, Tensor]) -> dict[str, float]:
        """The bound without free nats, and its parts, of a batch whose first are pictures (n, c, h,
        w): `error` mean absolute error of the decoded means (0 to 1), `kl` in nats per picture,
        `active` numbers of the code that say something (more than 0.1 nats)."""
        pictures = batch[0]
        with torch.no_grad():
            mean, log_variance = self.distribution(pictures)
            draw = torch.randn(mean.shape, generator=torch.Generator().manual_seed(0))
            codes = mean + draw.to(mean) * (0.5 * log_variance).exp()
            errors = self.errors(codes, pictures)
            plain = (self.decode(mean).float() - pictures).abs().mean() / 2
            each = divergence(mean, log_variance).mean(0)
        kl = each.sum()
        loss = normal(errors, self.spread).mean() + self.beta * kl / pictures[0].numel()
        found = {"loss": loss, "error": plain, "kl": kl, "active": (each > 0.1).float().sum()}
        return {name: float(value) for name, value in found.items()}


def balanced(config: Config) -> float:
    """The weight at which samples gain and reconstructions hardly lose, 1 to 8.

    With a measured spread, the draw in each number of the code makes up about beta / values of the
    squared error: what is dear for 64 values of a digit costs next to nothing for the 4,096 of a
    sprite, and brings the codes so much nearer to the draws that are decoded as samples.
    """
    return min(8.0, max(1.0, config.channels * config.side**2 / 700))


def divergence(mean: Tensor, log_variance: Tensor) -> Tensor:
    """KL divergence of N(mean, variance) from N(0, 1) in nats, the same shape."""
    return 0.5 * (mean**2 + log_variance.exp() - 1 - log_variance)


def opponent(channels: int) -> Tensor:
    """A turn of the channels, (channels, channels): of red, green and blue into light, red against
    blue and green against both; alpha stays. Each gets a spread of its own, so that colour, which
    varies less than light, is not learned last. One channel, or others than these, stay."""
    turn = torch.eye(channels)
    if channels in (3, 4):
        three = torch.tensor([[1.0, 1.0, 1.0], [1.0, 0.0, -1.0], [1.0, -2.0, 1.0]])
        turn[:3, :3] = three / three.norm(dim=1, keepdim=True)
    return turn


def normal(error: Tensor, variance: Tensor) -> Tensor:
    """Nats per value of a normal distribution of this variance at a mean squared error, both of any
    shape that torch lays over each other."""
    variance = variance.clamp_min(_LEAST)
    return 0.5 * (error / variance + (2 * math.pi * variance).log())


suited = _coders.suited


def recipe(config: Config) -> dict[str, Any]:
    """Learns steadily at this rate; small batches, many steps. It stops when what comes back of
    pictures that it has not seen has not become better for so many epochs."""
    return {"rate": 4e-3, "batch": 32, "decay": 0.01, "average": 0.998, "patience": 6}
