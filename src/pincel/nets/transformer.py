"""A transformer that draws pixel by pixel, as others write word by word.

A picture becomes a row of colour numbers, left to right and top to bottom (van den Oord et al.,
2016; Chen et al., 2020), each one of a palette that k-means finds in the data. The network
reads the pixels so far and names how likely each colour is for the next one; sampling draws from
that, keeps the pixel, and asks again. How much of each earlier pixel is taken is the attention,
softmax(Q K^T / sqrt d), which can be read for every layer and head.

A row of more than 256 pixels would be too long for a processor: pictures above 16 pixels a side are
halved first (32 to 16, 28 to 14), and what is drawn comes back doubled, in blocks of 2x2.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Self

import numpy as np
import torch
import torch.distributed as dist
from pydantic import Field, model_validator
from torch import Tensor, nn
from torch.nn import functional

from pincel.nets import _network, _oklab
from pincel.nets._attention import Attention

GENERATES = True
LONGEST = 16
"""Pixels a side that are drawn one by one; larger pictures are halved until they fit."""
_LOOKED_AT = 256  # pictures that the palette is chosen from


class Config(_network.Config):
    """The defaults hold 0.5 million weights. `stains`: channels are measurements, no colours with
    alpha, and its palette is found among them as they are."""

    channels: int = Field(3, ge=1, le=16)
    stains: bool = False
    side: int = Field(16, ge=4, le=64, multiple_of=4)
    classes: int = Field(0, ge=0, le=10_000)
    colors: int = Field(32, ge=2, le=256)
    width: int = Field(96, ge=16, le=512, multiple_of=16)
    layers: int = Field(4, ge=1, le=24)
    heads: int = Field(4, ge=1, le=16)
    dropout: float = Field(0.1, ge=0, lt=1)
    temperature: float = Field(1.0, gt=0, le=10)
    unsaid: float = Field(0.1, ge=0, lt=1)

    @model_validator(mode="after")
    def _shared(self) -> Self:
        _network.check_heads("width", self.width, self.heads)
        return self


class CausalLayer(nn.Module):
    """Look back at the pixels so far, then think about each by itself (pre-norm)."""

    def __init__(self, width: int, heads: int, dropout: float) -> None:
        super().__init__()
        self.norm1 = nn.LayerNorm(width)
        self.attention = Attention(width, heads, causal=True)
        self.norm2 = nn.LayerNorm(width)
        self.think = nn.Sequential(
            nn.Linear(width, 4 * width), nn.GELU(), nn.Linear(4 * width, width)
        )
        self.dropout = nn.Dropout(dropout)

    def forward(self, x: Tensor, cache: dict | None = None) -> Tensor:
        """x (n, places, width) -> the same."""
        x = x + self.dropout(self.attention(self.norm1(x), cache))
        return x + self.dropout(self.think(self.norm2(x)))


class Net(_network.Net):
    """A generator. Pictures are (n, channels, side, side), -1..1, colours times alpha."""

    palette: Tensor

    def __init__(self, config: Config) -> None:
        super().__init__(config)
        self.config: Config = config
        self.shrink = shrink(config.side)
        self.side = config.side // self.shrink
        ramp = torch.linspace(0, 255, config.colors).round().to(torch.uint8)
        self.fitted: Tensor
        self.register_buffer("palette", ramp[:, None].repeat(1, config.channels))
        self.register_buffer("fitted", torch.zeros((), dtype=torch.bool))
        width = config.width
        self.color = nn.Embedding(config.colors, width)
        self.begin = nn.Embedding(config.classes + 1, width)  # the last: no class said
        self.row = nn.Parameter(torch.randn(self.side, 1, width) * 0.02)
        self.column = nn.Parameter(torch.randn(1, self.side, width) * 0.02)
        self.layers = nn.ModuleList(
            CausalLayer(width, config.heads, config.dropout) for _ in range(config.layers)
        )
        self.norm = nn.LayerNorm(width)
        self.head = nn.Linear(width, config.colors)
        for embedding in (self.color, self.begin):
            nn.init.normal_(embedding.weight, std=0.02)

    # colours

    @torch.no_grad()
    def fit(self, pictures: Tensor) -> None:
        """Find the palette in these pictures (n, c, side, side): k-means in OKLab times alpha."""
        pixels = self.encoded(self.small(pictures)).permute(0, 2, 3, 1).flatten(0, 2)
        centres = _centres(pixels.cpu().numpy(), self.config.colors)  # (colors, c)
        found = torch.from_numpy(centres).to(pictures)[:, :, None, None]
        shown = _oklab.decode(found, self.config.stains)[:, :, 0, 0]
        self.palette.copy_(((shown + 1) * 127.5).round().clamp(0, 255).to(torch.uint8))
        if dist.is_available() and dist.is_initialized():
            dist.broadcast(self.palette, 0)
        self.fitted.fill_(True)

    def encoded(self, pictures: Tensor) -> Tensor:
        """Pictures (n, c, h, w) as they are compared, same shape: in OKLab, stains as they are."""
        return _oklab.encode(pictures, self.config.stains)

    def small(self, pictures: Tensor) -> Tensor:
        """Pictures (n, c, h, w) at the size that is drawn: blocks averaged where the sides are
        above 16."""
        return functional.avg_pool2d(pictures, self.shrink) if self.shrink > 1 else pictures

    def colors(self) -> Tensor:
        """The palette as prepared numbers (colors, channels), -1..1."""
        return self.palette.float() / 127.5 - 1

    def tokens(self, pictures: Tensor) -> Tensor:
        """Pictures (n, c, side, side) as colour numbers (n, places), int64, row by row."""
        pixels = self.encoded(self.small(pictures.float())).permute(0, 2, 3, 1).flatten(1, 2)
        known = self.encoded(self.colors()[:, :, None, None])[:, :, 0, 0]
        return torch.cdist(pixels, known.expand(len(pixels), -1, -1)).argmin(-1)

    def shown(self, tokens: Tensor) -> Tensor:
        """Colour numbers (n, places) as pictures (n, c, side, side)."""
        small = (
            self.colors()[tokens].view(len(tokens), self.side, self.side, -1).permute(0, 3, 1, 2)
        )
        return small.repeat_interleave(self.shrink, 2).repeat_interleave(self.shrink, 3)

    # learning

    def losses(self, batch: tuple[Tensor, Tensor]) -> Iterator[tuple[str, Tensor]]:
        """Cross-entropy of the next colour, mean over all pixels, in nats, of a batch of pictures
        (n, c, h, w) and labels (n,)."""
        pictures, labels = batch
        if self.training and not bool(self.fitted):
            self.fit(pictures.float())
        tokens = self.tokens(pictures)
        if self.config.classes:
            unsaid = torch.rand(len(labels), device=labels.device) < self.config.unsaid
            labels = torch.where(unsaid, self.config.classes, labels)
        scores = self.scores(tokens, labels)
        yield "net", functional.cross_entropy(scores.flatten(0, 1).float(), tokens.flatten())

    def scores(self, tokens: Tensor, labels: Tensor | None = None) -> Tensor:
        """Tokens (n, places), colour numbers, and labels (n,) or None -> (n, places, colors): row i
        has seen the pixels before i."""
        begin = self.begin(self._start(labels, len(tokens)))[:, None]
        x = torch.cat([begin, self.color(tokens[:, :-1])], 1) + self._places()
        for layer in self.layers:
            x = layer(x)
        return self.head(self.norm(x))

    def _places(self) -> Tensor:
        return (self.row + self.column).flatten(0, 1)

    def _start(self, labels: Tensor | None, count: int) -> Tensor:
        if labels is None or not self.config.classes:
            device = self.begin.weight.device
            return torch.full((count,), self.config.classes, device=device)
        return labels

    # making

    @torch.no_grad()
    def sample(
        self,
        seeds: Sequence[int],
        labels: Tensor | None = None,
        steps: int | None = None,
        *,
        temperature: float | None = None,
    ) -> Tensor:
        """New pictures (n, channels, side, side): picture i follows from seeds[i] and labels[i].
        There are as many steps as pixels, so `steps` is not used; below 1, `temperature` makes
        likely colours likelier."""
        count, places = len(seeds), self.side**2
        device = self.begin.weight.device
        draws = torch.stack(
            [torch.rand(places, generator=torch.Generator().manual_seed(int(s))) for s in seeds]
        ).to(device)
        heat = temperature or self.config.temperature
        tokens = torch.zeros(count, places, dtype=torch.long, device=device)
        cache: dict[int, tuple[Tensor, Tensor]] = {}
        x = self.begin(self._start(labels, count))
        where = self._places()
        for place in range(places):
            held = (x + where[place])[:, None]
            for layer in self.layers:
                held = layer(held, cache)
            shares = (self.head(self.norm(held[:, 0])).double() / heat).softmax(-1)
            reached = shares.cumsum(-1) < draws[:, place, None]
            tokens[:, place] = reached.sum(-1).clamp(max=self.config.colors - 1)
            x = self.color(tokens[:, place])
        return self.shown(tokens)


def fit(net: Net, pictures: np.ndarray) -> None:
    """Choose the palette from pictures (n, h, w, c) of the data, whole numbers or floats 0-1,
    before the first step."""
    some = np.asarray(pictures[:: max(1, len(pictures) // _LOOKED_AT)])
    most = np.iinfo(some.dtype).max if some.dtype.kind == "u" else 1.0
    values = some.astype(np.float32) / most
    if values.shape[-1] == 4 and not net.config.stains:
        values[..., :3] *= values[..., 3:]
    net.fit(torch.from_numpy(np.moveaxis(2 * values - 1, -1, 1).copy()))


def shrink(side: int) -> int:
    """How many pixels a side become one, so that at most 16 are drawn."""
    factor = 1
    while side // factor > LONGEST:
        factor *= 2
    return factor


def _centres(pixels: np.ndarray, count: int) -> np.ndarray:
    """`count` colours (count, c) for pixels (n, c); the first is repeated where there are fewer."""
    different = np.unique(pixels.round(4), axis=0)
    if len(different) > count:
        from sklearn.cluster import KMeans

        return KMeans(count, n_init=1, random_state=0).fit(pixels).cluster_centers_.astype("f4")
    return np.concatenate([different, different[:1].repeat(count - len(different), 0)]).astype("f4")


def recipe(config: Config) -> dict[str, float]:
    """Rates above this make small transformers stumble."""
    return {"rate": 0.002, "average": 0.998, "batch": 32}
