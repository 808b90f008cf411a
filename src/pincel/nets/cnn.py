"""A small residual network for small pictures (28 to 64 pixels).

Filters slide over the picture, so that neighbouring pixels are read together and the same filter
serves everywhere; each block adds what it found to what came in (He et al., 2016), which lets the
gradient pass. The stem keeps the full resolution: a first step of stride 2, right for photos of 224
pixels, would throw away half of a blood cell. Behind it nothing more is computed at that size
(`blocks` begins with 0): the same multiplications see more when spent on smaller, deeper maps. The
last maps are averaged over the picture into one vector, the embedding, from which a dense layer
names the class.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Self

from pydantic import Field, model_validator
from torch import Tensor, nn
from torch.nn import functional

from pincel.nets import _network


class Config(_network.Config):
    """Shape of the network. The defaults hold 0.55 million weights for 3 channels, 8 classes,
    and take 20 million multiplications for a picture of 28 pixels."""

    channels: int = Field(3, ge=1, le=256)
    classes: int = Field(8, ge=2, le=10_000)
    widths: tuple[_network.Width, ...] = Field((32, 48, 96, 160), min_length=1, max_length=6)
    blocks: tuple[_network.Blocks, ...] = Field((0, 1, 1, 1), min_length=1, max_length=6)
    dropout: float = Field(0.1, ge=0, lt=1)
    smoothing: float = Field(0.1, ge=0, lt=1)

    @model_validator(mode="after")
    def _stages(self) -> Self:
        _network.check_stages(self.widths, self.blocks)
        return self


class ResidualBlock(nn.Module):
    """Two 3x3 convolutions whose result is added to what came in."""

    def __init__(self, before: int, after: int, stride: int) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(before, after, 3, stride, 1, bias=False)
        self.norm1 = nn.BatchNorm2d(after)
        self.conv2 = nn.Conv2d(after, after, 3, 1, 1, bias=False)
        self.norm2 = nn.BatchNorm2d(after)
        self.shortcut: nn.Module = nn.Identity()
        if stride > 1 or before != after:
            # nothing is padded, yet OpenCV 5.0.0's dnn counts what lies beyond the rim of an odd
            # size as padding: so none is to be counted
            halved = nn.AvgPool2d(stride, ceil_mode=True, count_include_pad=False)
            pool = halved if stride > 1 else nn.Identity()
            self.shortcut = nn.Sequential(pool, nn.Conv2d(before, after, 1, bias=False))
        nn.init.zeros_(self.norm2.weight)  # a block begins as "add nothing" (Goyal et al., 2017)

    def forward(self, x: Tensor) -> Tensor:
        """(n, before, h, w) -> (n, after, h / stride, w / stride), rounded up."""
        y = functional.relu(self.norm1(self.conv1(x)))
        y = self.norm2(self.conv2(y))
        return functional.relu(y + self.shortcut(x))


class Net(_network.Net):
    """Classifier and embedder. Pictures are (n, channels, h, w), prepared to mean 0, spread 1."""

    def __init__(self, config: Config) -> None:
        super().__init__(config)
        self.config: Config = config
        width = config.widths[0]
        self.stem = nn.Sequential(
            nn.Conv2d(config.channels, width, 3, 1, 1, bias=False),
            nn.BatchNorm2d(width),
            nn.ReLU(),
        )
        stages = []
        for stage, (after, blocks) in enumerate(zip(config.widths, config.blocks, strict=True)):
            for block in range(blocks):
                stride = 2 if stage > 0 and block == 0 else 1
                stages.append(ResidualBlock(width, after, stride))
                width = after
        self.stages = nn.Sequential(*stages)
        self.dropout = nn.Dropout(config.dropout)
        self.head = nn.Linear(width, config.classes)

    def embed(self, pictures: Tensor) -> Tensor:
        """(n, channels, h, w) -> (n, last width): the last maps averaged over the picture."""
        return self.stages(self.stem(pictures)).mean((2, 3))

    def logits(self, pictures: Tensor) -> Tensor:
        """(n, channels, h, w) -> (n, classes) scores before the softmax."""
        return self.head(self.dropout(self.embed(pictures)))

    forward = logits

    def losses(self, batch: tuple[Tensor, Tensor]) -> Iterator[tuple[str, Tensor]]:
        """Cross-entropy against (pictures, labels (n,)), labels softened by `smoothing`
        (Szegedy et al., 2016); labels may also be (n, classes) probabilities (mixed pictures)."""
        pictures, labels = batch
        scores = self.logits(pictures).float()
        yield "net", functional.cross_entropy(scores, labels, label_smoothing=self.config.smoothing)


def recipe(config: Config) -> dict[str, float]:
    """The largest learning rate at which it learns steadily."""
    return {"rate": 0.01}
