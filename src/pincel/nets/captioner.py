"""Image to text: a small encoder, and a transformer decoder that looks where it names.

Convolutions turn the picture into a grid of 8 x 8 vectors. The decoder writes one word after the
other; before each it reads the words so far (self-attention, only backwards) and the grid
(cross-attention: Vaswani et al., 2017; for captions Xu et al., 2015). The shares of the
cross-attention say where in the picture it looked for that word.

Words are numbers of a closed vocabulary; 0 ends a caption. While it learns, the encoder also has
to say at once which words belong to the picture, in any order, which teaches it faster.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Self

import torch
from pydantic import Field, model_validator
from torch import Tensor, nn
from torch.nn import functional

from pincel.nets import _network
from pincel.nets._attention import Attention, attend
from pincel.nets.cnn import ResidualBlock

END = 0
MOST = 12
"""Words of a caption, at most."""

TASK = "telling"


class Config(_network.Config):
    """Shape of the network. The defaults hold 0.77 million weights."""

    channels: int = Field(4, ge=1, le=4)
    side: int = Field(32, ge=8, le=256, multiple_of=4)
    words: int = Field(600, ge=2, le=60_000, description="of the vocabulary, with 0")
    width: int = Field(96, ge=8, le=1024)
    heads: int = Field(4, ge=1, le=16)
    layers: int = Field(3, ge=1, le=12)
    dropout: float = Field(0.1, ge=0, lt=1)
    smoothing: float = Field(0.05, ge=0, lt=1)

    @model_validator(mode="after")
    def _shared(self) -> Self:
        _network.check_heads("width", self.width, self.heads)
        return self


class Cross(nn.Module):
    """Attention of words to places."""

    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.q = nn.Linear(width, width)
        self.kv = nn.Linear(width, 2 * width)
        self.out = nn.Linear(width, width)

    def forward(self, x: Tensor, places: Tensor) -> tuple[Tensor, Tensor]:
        """(n, words, width), (n, places, width) -> (n, words, width), shares (n, heads, words,
        places)."""
        n, words, width = x.shape
        part = width // self.heads
        q = self.q(x).view(n, words, self.heads, part).transpose(1, 2)
        k, v = self.kv(places).view(n, -1, 2, self.heads, part).transpose(1, 3).unbind(2)
        taken, shares = attend(q, k, v)
        return self.out(taken.transpose(1, 2).reshape(n, words, width)), shares


class DecoderLayer(nn.Module):
    """Words so far, then places, then thought: each added to what came in."""

    def __init__(self, width: int, heads: int, dropout: float) -> None:
        super().__init__()
        self.norm1, self.norm2, self.norm3 = (nn.LayerNorm(width) for _ in range(3))
        self.words = Attention(width, heads, causal=True)
        self.places = Cross(width, heads)
        self.thought = nn.Sequential(
            nn.Linear(width, 4 * width), nn.GELU(), nn.Linear(4 * width, width)
        )
        self.dropout = nn.Dropout(dropout)

    def forward(self, x: Tensor, places: Tensor) -> tuple[Tensor, Tensor]:
        """x (n, words, width), places (n, places, width) -> x of the same shape, and the shares of
        the places."""
        x = x + self.dropout(self.words(self.norm1(x)))
        taken, shares = self.places(self.norm2(x), places)
        x = x + self.dropout(taken)
        return x + self.dropout(self.thought(self.norm3(x))), shares


class Net(_network.Net):
    """Pictures (n, channels, side, side), values -1 to 1; words (n, at most 12) int64."""

    def __init__(self, config: Config) -> None:
        super().__init__(config)
        self.config: Config = config
        width = config.width
        self.stem = nn.Sequential(
            nn.Conv2d(config.channels, width // 3, 4, 2, 1, bias=False),
            nn.BatchNorm2d(width // 3),
            nn.ReLU(),
        )
        self.blocks = nn.Sequential(
            ResidualBlock(width // 3, width // 3, 1),
            ResidualBlock(width // 3, 2 * width // 3, 2),
            ResidualBlock(2 * width // 3, width, 1),
        )
        places = (config.side // 4) ** 2
        self.where = nn.Parameter(torch.randn(places, width) * 0.02)
        self.word = nn.Embedding(config.words, width)
        self.order = nn.Parameter(torch.randn(MOST + 1, width) * 0.02)
        self.layers = nn.ModuleList(
            DecoderLayer(width, config.heads, config.dropout) for _ in range(config.layers)
        )
        self.norm = nn.LayerNorm(width)
        self.head = nn.Linear(width, config.words)
        self.bag = nn.Linear(width, config.words)
        nn.init.normal_(self.word.weight, std=0.02)

    def places(self, pictures: Tensor) -> Tensor:
        """(n, c, side, side) -> (n, places, width), row by row."""
        maps = self.blocks(self.stem(pictures))
        return maps.flatten(2).transpose(1, 2)

    def embed(self, pictures: Tensor) -> Tensor:
        """(n, c, side, side) -> (n, width): the places' mean."""
        return self.places(pictures).mean(1)

    def follow(self, places: Tensor, words: Tensor) -> tuple[Tensor, Tensor]:
        """The scores of what follows each of the words, and where was looked for it.

        words  (n, t), what was written so far behind a 0 that begins it
        Returns (n, t, vocabulary) and shares (n, layers, heads, t, places).
        """
        x = self.word(words) + self.order[: words.shape[1]]
        grid = places + self.where
        looked = []
        for layer in self.layers:
            x, shares = layer(x, grid)
            looked.append(shares)
        return self.head(self.norm(x)), torch.stack(looked, 1)

    def forward(self, pictures: Tensor, words: Tensor) -> tuple[Tensor, Tensor]:
        """Both at once, of pictures (n, c, side, side) and words (n, t): what is exported and run
        word by word."""
        return self.follow(self.places(pictures), words)

    def losses(self, batch: tuple[Tensor, Tensor]) -> Iterator[tuple[str, Tensor]]:
        """Cross-entropy of each next word and of the end, plus the words as a bag.

        batch  pictures and words (n, 12) int64, 0 where there is none
        """
        pictures, words = batch
        places = self.places(pictures)
        begun = functional.pad(words, (1, 0), value=END)  # (n, 13)
        wanted = functional.pad(words, (0, 1), value=END)
        counts = (words != END).sum(1, keepdim=True)
        over = torch.arange(wanted.shape[1], device=words.device) > counts
        scores, _ = self.follow(places, begun)
        wanted = wanted.masked_fill(over, -100)  # nothing is asked after the end
        next_word = functional.cross_entropy(
            scores.flatten(0, 1).float(), wanted.flatten(), label_smoothing=self.config.smoothing
        )
        held = torch.zeros(len(words), self.config.words, device=words.device)
        held.scatter_(1, words, 1.0)
        guess = self.bag(places.mean(1)).float()
        bag = functional.binary_cross_entropy_with_logits(guess[:, 1:], held[:, 1:])
        yield "net", next_word + 20 * bag
