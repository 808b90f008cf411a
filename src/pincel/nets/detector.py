"""Real or made? A small classifier that looks for what making a picture leaves behind.

Generators betray themselves less by what they show than by how neighbouring pixels follow each
other: upsampling leaves a rhythm, averages leave smoothness. So beside the picture the network is
given what is left of it when the mean of its neighbours is subtracted (a fixed high-pass, as in the
forensics of tampered photos: Fridrich & Kodovsky, 2012), and the first layers keep every pixel.

Any two classes can be taught; "real" and "made" is what `pincel quiz --detector` teaches it. What
it is worth is its accuracy on pictures that it has not seen, and one generator's traces say little
about another's (Wang et al., 2020).
"""

from __future__ import annotations

from collections.abc import Iterator

import torch
from pydantic import Field
from torch import Tensor, nn
from torch.nn import functional

from pincel.nets import _network
from pincel.nets.cnn import ResidualBlock


class Config(_network.Config):
    """Shape of the network. The defaults hold 0.10 million weights for 3 channels."""

    channels: int = Field(3, ge=1, le=256)
    classes: int = Field(2, ge=2, le=2)
    widths: tuple[_network.Width, ...] = Field((24, 48, 64), min_length=1, max_length=6)
    dropout: float = Field(0.2, ge=0, lt=1)


class Net(_network.Net):
    """Classifier and embedder. Pictures are (n, channels, h, w), prepared to mean 0, spread 1."""

    def __init__(self, config: Config) -> None:
        super().__init__(config)
        self.config: Config = config
        width = config.widths[0]
        self.stem = nn.Sequential(
            nn.Conv2d(2 * config.channels, width, 3, 1, 1, bias=False),
            nn.BatchNorm2d(width),
            nn.ReLU(),
        )
        stages = []
        for after in config.widths[1:]:
            stages.append(ResidualBlock(width, after, 2))
            width = after
        self.stages = nn.Sequential(*stages)
        self.dropout = nn.Dropout(config.dropout)
        self.head = nn.Linear(2 * width, config.classes)

    def embed(self, pictures: Tensor) -> Tensor:
        """(n, channels, h, w) -> (n, 2 * last width): the last maps' means and maxima."""
        maps = self.stages(self.stem(torch.cat([pictures, residual(pictures)], 1)))
        return torch.cat([maps.mean((2, 3)), maps.amax((2, 3))], 1)

    def logits(self, pictures: Tensor) -> Tensor:
        """(n, channels, h, w) -> (n, 2) scores before the softmax."""
        return self.head(self.dropout(self.embed(pictures)))

    forward = logits

    def losses(self, batch: tuple[Tensor, Tensor]) -> Iterator[tuple[str, Tensor]]:
        """Cross-entropy against (pictures, labels (n,)); labels may be probabilities (n, 2)."""
        pictures, labels = batch
        yield "net", functional.cross_entropy(self.logits(pictures).float(), labels)


def residual(pictures: Tensor) -> Tensor:
    """Each pixel of pictures (n, c, h, w) less the mean of the 3 x 3 around it (the border
    repeated), (n, c, h, w)."""
    framed = functional.pad(pictures, (1, 1, 1, 1), mode="replicate")
    return pictures - functional.avg_pool2d(framed, 3, 1)


def recipe(config: Config) -> dict[str, float]:
    """The rate at which it learns steadily."""
    return {"rate": 0.004}
