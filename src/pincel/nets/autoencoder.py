"""An autoencoder: a picture goes through a short code and must come back (Hinton & Salakhutdinov,
2006).

What does not fit through the code is lost, so the code keeps what pictures of the data have in
common. Given spoiled pictures and asked for the clean ones it learns to repair (Vincent et al.,
2008): `noise` adds grain, `mask` covers squares (Pathak et al., 2016). Between two codes lie
pictures too, but nothing says how codes are spread, so it cannot draw new ones: `vae` can.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import torch
from pydantic import Field
from torch import Tensor
from torch.nn import functional

from pincel.nets import _coders, _network

GENERATES = True


class Config(_coders.Shape):
    """Shape and damage. The defaults hold 0.9 million weights at 32 x 32 x 4.

    noise  standard deviation of the grain that is added while it learns, 1 is full brightness
    mask   share of the picture that is covered by squares while it learns
    """

    noise: float = Field(0.0, ge=0, le=2)
    mask: float = Field(0.0, ge=0, le=0.9)


class Net(_network.Net):
    """Coder and restorer. Pictures are (n, channels, side, side), values -1 to 1."""

    def __init__(self, config: Config) -> None:
        super().__init__(config)
        self.config: Config = config
        self.encoder = _coders.encoder(config, config.dims)
        self.decoder = _coders.decoder(config)

    def encode(self, pictures: Tensor) -> Tensor:
        """(n, channels, side, side) -> (n, dims)."""
        return self.encoder(pictures).float()

    def decode(self, codes: Tensor) -> Tensor:
        """(n, dims) -> (n, channels, side, side), values -1 to 1."""
        return self.decoder(codes).clamp(-1, 1)

    def restore(self, pictures: Tensor) -> Tensor:
        """Pictures through the code and back, repaired where it learned to; same shape."""
        return self.decode(self.encode(pictures))

    forward = restore

    def spoil(self, pictures: Tensor, generator: torch.Generator | None = None) -> Tensor:
        """The pictures (n, c, h, w) with this network's damage; as they are when it learned from
        none."""
        if self.config.noise:
            grain = torch.randn(pictures.shape, generator=generator, device=pictures.device)
            pictures = pictures + 2 * self.config.noise * grain
        if self.config.mask:
            side = max(1, pictures.shape[-1] // 4)
            cells = -(-pictures.shape[-1] // side)
            draw = torch.rand(len(pictures), 1, cells, cells, generator=generator,
                              device=pictures.device)  # fmt: skip
            covered = (draw < self.config.mask).repeat_interleave(side, 2)
            covered = covered.repeat_interleave(side, 3)
            pictures = pictures.masked_fill(
                covered[..., : pictures.shape[-2], : pictures.shape[-1]], 0.0
            )
        return pictures

    def shows(self, pictures: Tensor) -> tuple[Tensor, Tensor]:
        """What of pictures (n, c, h, w) is fed in, spoiled as this network learned it, and what
        comes back, same shape."""
        spoiled = self.spoil(pictures, _drawn(pictures.device))
        return spoiled.clamp(-1, 1), self.restore(spoiled)

    def losses(self, batch: tuple[Tensor, Tensor]) -> Iterator[tuple[str, Tensor]]:
        """Mean squared error of the pictures (n, c, h, w), the first of the batch, that come back
        from the spoiled ones."""
        pictures = batch[0]
        back = self.decoder(self.encode(self.spoil(pictures)))
        yield "net", functional.mse_loss(back.float(), pictures)

    def judge(self, batch: tuple[Tensor, Tensor]) -> dict[str, float]:
        """Of a batch whose first are pictures (n, c, h, w): `loss`, the mean squared error of what
        comes back, `error` its mean absolute error (0 to 1), and `before`, that of the spoiled
        pictures themselves."""
        pictures = batch[0]
        with torch.no_grad():
            spoiled = self.spoil(pictures, _drawn(pictures.device))
            gap = self.restore(spoiled).float() - pictures
            before = (spoiled.clamp(-1, 1) - pictures).abs().mean() / 2
        found = {"loss": gap.square().mean(), "error": gap.abs().mean() / 2, "before": before}
        return {name: float(value) for name, value in found.items()}


def _drawn(device: torch.device) -> torch.Generator:
    return torch.Generator(device).manual_seed(0)


suited = _coders.suited


def recipe(config: Config) -> dict[str, Any]:
    """Learns steadily at this rate; small batches, many steps. It stops when what comes back of
    pictures that it has not seen has not become better for so many epochs."""
    return {"rate": 4e-3, "batch": 32, "decay": 0.01, "average": 0.998, "patience": 6}
