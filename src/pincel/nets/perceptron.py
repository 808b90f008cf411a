"""The multi-layer perceptron: the picture is laid out as one long list of numbers (`flatten`).

It shows what is lost without convolutions: every pixel has its own weights, neighbours mean
nothing, and a picture moved by one pixel is a new one (Rumelhart, Hinton & Williams, 1986).
"""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import Field
from torch import Tensor, nn
from torch.nn import functional

from pincel.nets import _network


class Config(_network.Config):
    """Shape of the network: picture size, hidden layers, classes."""

    channels: int = Field(3, ge=1, le=256)
    height: int = Field(28, ge=1, le=512)
    width: int = Field(28, ge=1, le=512)
    classes: int = Field(8, ge=2, le=10_000)
    hidden: tuple[_network.Width, ...] = Field((256, 128), max_length=8)
    dropout: float = Field(0.2, ge=0, lt=1)


class Net(_network.Net):
    """Classifier and embedder made of dense layers."""

    def __init__(self, config: Config) -> None:
        super().__init__(config)
        self.config: Config = config
        layers: list[nn.Module] = [nn.Flatten()]
        size = config.channels * config.height * config.width
        for hidden in config.hidden:
            layers += [nn.Linear(size, hidden), nn.ReLU(), nn.Dropout(config.dropout)]
            size = hidden
        self.body = nn.Sequential(*layers)
        self.head = nn.Linear(size, config.classes)

    def embed(self, pictures: Tensor) -> Tensor:
        """(n, channels, height, width) -> (n, last hidden)."""
        return self.body(pictures)

    def logits(self, pictures: Tensor) -> Tensor:
        """(n, channels, height, width) -> (n, classes) scores before the softmax."""
        return self.head(self.embed(pictures))

    forward = logits

    def losses(self, batch: tuple[Tensor, Tensor]) -> Iterator[tuple[str, Tensor]]:
        """Cross-entropy against a batch of pictures (n, c, h, w) and labels (n,)."""
        pictures, labels = batch
        yield "net", functional.cross_entropy(self.logits(pictures).float(), labels)
