"""A siamese network: it turns pictures into vectors, near for what belongs together, far for the
rest.

Both pictures of a pair go through the same weights (Bromley et al., 1993). In each batch every
picture must pick out its own kind among all others: pictures with the same number. If the numbers
are classes this is the supervised contrastive loss (Khosla et al., 2020); if each picture appears
twice, photographed two times, it is NT-Xent (Chen et al., 2020), the same formula.

The danger is collapse: if all vectors are equal, nothing is told apart. The net keeps the vectors
of its last batch, so that whoever trains it can watch (`learn.collapse`).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Self

import torch
from pydantic import Field, model_validator
from torch import Tensor, nn
from torch.nn import functional

from pincel.nets import _network
from pincel.nets.cnn import ResidualBlock

TASK = "pairing"


class Config(_network.Config):
    """Shape of the network. The defaults hold 0.39 million weights for 3 channels."""

    channels: int = Field(3, ge=1, le=256)
    widths: tuple[_network.Width, ...] = Field((24, 48, 96), min_length=1, max_length=6)
    blocks: tuple[_network.Blocks, ...] = Field((1, 1, 1), min_length=1, max_length=6)
    step: int = Field(2, ge=1, le=4, description="stride of the first layer")
    grid: int = Field(4, ge=1, le=8, description="the last maps are averaged to grid x grid")
    dims: int = Field(128, ge=2, le=2048)
    temperature: float = Field(0.1, gt=0, le=1)

    @model_validator(mode="after")
    def _stages(self) -> Self:
        _network.check_stages(self.widths, self.blocks)
        return self


class Net(_network.Net):
    """Embedder. Pictures are (n, channels, h, w), prepared to mean 0, spread 1."""

    def __init__(self, config: Config) -> None:
        super().__init__(config)
        self.config: Config = config
        width = config.widths[0]
        self.stem = nn.Sequential(
            nn.Conv2d(config.channels, width, 5, config.step, 2, bias=False),
            nn.BatchNorm2d(width),
            nn.ReLU(),
        )
        stages = []
        for stage, (after, blocks) in enumerate(zip(config.widths, config.blocks, strict=True)):
            for block in range(blocks):
                stages.append(ResidualBlock(width, after, 2 if stage > 0 and block == 0 else 1))
                width = after
        self.stages = nn.Sequential(*stages)
        # a grid, not one mean: where a thing is worn also tells pictures apart
        self.pool = nn.AdaptiveAvgPool2d(config.grid)
        self.head = nn.Linear(width * config.grid**2, config.dims)
        self.last: tuple[Tensor, Tensor] | None = None

    def embed(self, pictures: Tensor) -> Tensor:
        """(n, channels, h, w) -> (n, dims), not normalised."""
        return self.head(self.pool(self.stages(self.stem(pictures))).flatten(1))

    forward = embed

    def losses(self, batch: tuple[Tensor, Tensor]) -> Iterator[tuple[str, Tensor]]:
        """Contrastive loss of a batch of pictures (n, c, h, w) and numbers (n,): equal numbers
        belong together."""
        pictures, numbers = batch
        vectors = functional.normalize(self.embed(pictures).float(), dim=1)
        self.last = (vectors.detach(), numbers)
        yield "net", contrast(vectors, numbers, self.config.temperature)


def contrast(vectors: Tensor, numbers: Tensor, temperature: float) -> Tensor:
    """How badly each vector picks out its own kind, as a mean of -log(probability).

    vectors  (n, d), normalised;  numbers  (n,) what belongs together
    Each vector's cosines to all others, divided by `temperature`, go through a softmax; the loss
    is the mean over those with its number. Vectors without partner only serve as others.
    """
    itself = torch.eye(len(vectors), dtype=torch.bool, device=vectors.device)
    scores = (vectors @ vectors.T / temperature).masked_fill(itself, -torch.inf)
    chances = scores.log_softmax(1)
    partners = (numbers[:, None] == numbers[None]) & ~itself
    count = partners.sum(1)
    own = chances.masked_fill(~partners, 0).sum(1)[count > 0] / count[count > 0]
    return -own.mean() if len(own) else vectors.sum() * 0
