"""A masked generator: a sprite is drawn by filling in hidden pixels, a few at a time.

It learns to name the palette entry of hidden pixels from those that are seen (Chang et al., 2022,
MaskGIT; here per pixel and over a palette). Three things make it right for pixel art:

- The answer is a choice among the palette's own entries: each pixel has a query, each colour a
  key, their product is the score. So any palette can be given, and no colour lies outside it.
- What is seen of a pixel is its colour, not its number, so the order of a palette means nothing.
- Which pixels are hidden decides what it does: all, a new picture; some, a repair; the border,
  a larger canvas.

The body is a small U-Net over patches of 2 x 2 pixels. At its smallest map pixels, words and
palette colours are tokens of one transformer, so that every pixel sees the whole sentence. A guided
net also sees the picture at half the size: it draws out what another net has sketched.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Any, Literal, NamedTuple, Self

import numpy as np
import torch
from pydantic import Field, model_validator
from torch import Tensor, nn
from torch.nn import functional

from pincel.nets import _network
from pincel.pixels import color

GENERATES = COLORS_ONLY = True  # its palette is one of colours, in OKLab
_COUNTED = 200_000
SEEN = 9
"""Numbers a pixel is described by: hidden, opaque, L, a, b, outline, outline given, y, x."""
GUIDE = 4
"""What a guided net sees more: opaque, L, a, b of the sketch of half the size."""


class Config(_network.Config):
    """Shape of the network. `colors` is the largest palette, `vocabulary` the number of words
    (0 is "no word"); trained on classes, a class is a word, and all pictures share one palette.
    `maps` planes that each word lays over the picture, one number a patch: where such a thing
    usually has what; 0: none."""

    channels: Literal[1, 3, 4] = 4
    side: int = Field(32, ge=8, le=64, multiple_of=4)
    classes: int = Field(1, ge=1, le=10_000)
    vocabulary: int = Field(0, ge=0, le=20_000)
    words: int = Field(12, ge=1, le=64)
    colors: int = Field(31, ge=2, le=255)
    width: int = Field(64, ge=8, le=512, multiple_of=8)
    deep: int = Field(128, ge=16, le=1024, multiple_of=8)
    blocks: int = Field(2, ge=1, le=8)
    layers: int = Field(4, ge=0, le=24)
    heads: int = Field(4, ge=1, le=16)
    guided: bool = False
    maps: int = Field(0, ge=0, le=64)

    @model_validator(mode="after")
    def _shared(self) -> Self:
        _network.check_heads("deep", self.deep, self.heads)
        return self


class MaskedBatch(NamedTuple):
    """What a batch shows and asks.

    pixels   (n, s, s) int64: 0 transparent, 1..k an entry of the palette
    hidden   (n, s, s) bool: to be named
    palette  (n, colors, 3) OKLab;  valid (n, colors) bool
    rank     (n, colors) float: how much a colour is used, 1 most, 0 least; -1 not told
    words    (n, words) int64, 0 none
    outline  (n, s, s) float 0/1;  told (n,) bool whether the outline is shown
    sketch   (n, s / 2, s / 2) int64 entries of the palette, for a guided net
    """

    pixels: Tensor
    hidden: Tensor
    palette: Tensor
    valid: Tensor
    rank: Tensor
    words: Tensor
    outline: Tensor
    told: Tensor
    sketch: Tensor | None = None


class UncoveringStep(NamedTuple):
    """One look while drawing: what was seen, the scores (n, colors + 1, s, s), and the entries
    (n, s, s) after it."""

    sight: MaskedBatch
    scores: Tensor
    entries: Tensor


class FilmBlock(nn.Module):
    """Two 3x3 convolutions added to what came in; the condition scales and moves the first's
    output, channel by channel (Perez et al., 2018, FiLM)."""

    def __init__(self, before: int, after: int, condition: int) -> None:
        super().__init__()
        self.norm1 = nn.GroupNorm(8, before)
        self.conv1 = nn.Conv2d(before, after, 3, padding=1)
        self.film = nn.Linear(condition, 2 * after)
        self.norm2 = nn.GroupNorm(8, after)
        self.conv2 = nn.Conv2d(after, after, 3, padding=1)
        self.skip = nn.Conv2d(before, after, 1) if before != after else nn.Identity()
        nn.init.zeros_(self.conv2.weight)
        nn.init.zeros_(self.conv2.bias)  # type: ignore[arg-type]

    def forward(self, x: Tensor, condition: Tensor) -> Tensor:
        """(n, before, h, w), (n, condition) -> (n, after, h, w)."""
        h = self.conv1(functional.silu(self.norm1(x)))
        scale, move = self.film(condition)[:, :, None, None].chunk(2, 1)
        h = self.conv2(functional.silu(self.norm2(h) * (1 + scale) + move))
        return self.skip(x) + h


class EncoderLayer(nn.Module):
    """One layer of a transformer: every token looks at every other, then thinks by itself
    (Vaswani et al., 2017; norms before, Xiong et al., 2020)."""

    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.norm1 = nn.LayerNorm(width)
        self.mix = nn.Linear(width, 3 * width)
        self.out = nn.Linear(width, width)
        self.norm2 = nn.LayerNorm(width)
        self.think = nn.Sequential(
            nn.Linear(width, 4 * width), nn.GELU(), nn.Linear(4 * width, width)
        )
        nn.init.zeros_(self.out.weight)
        nn.init.zeros_(self.think[2].weight)  # type: ignore[arg-type]

    def queries(self, x: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """(n, t, width) -> queries, keys, values, each (n, heads, t, width / heads)."""
        count, tokens, width = x.shape
        q, k, v = self.mix(self.norm1(x)).chunk(3, -1)
        shape = (count, tokens, self.heads, width // self.heads)
        return (
            q.view(shape).transpose(1, 2),
            k.view(shape).transpose(1, 2),
            v.view(shape).transpose(1, 2),
        )

    def forward(self, x: Tensor, allowed: Tensor) -> Tensor:
        """(n, t, width), (n, 1, t or 1, t) bool: what may be looked at -> (n, t, width)."""
        q, k, v = self.queries(x)
        seen = functional.scaled_dot_product_attention(q, k, v, attn_mask=allowed)
        x = x + self.out(seen.transpose(1, 2).flatten(2))
        return x + self.think(self.norm2(x))

    def attention(self, x: Tensor, allowed: Tensor) -> Tensor:
        """softmax(Q K^T / sqrt d), (n, heads, t, t): x (n, t, width), allowed (n, 1, 1, t)."""
        q, k, _ = self.queries(x)
        scores = q @ k.transpose(-1, -2) / q.shape[-1] ** 0.5
        return scores.masked_fill(~allowed, -torch.inf).softmax(-1)


class Net(_network.Net):
    """The generator; see the file's head."""

    def __init__(self, config: Config) -> None:
        super().__init__(config)
        self.config: Config = config
        width, deep = config.width, config.deep
        vocabulary = config.vocabulary or config.classes + 1
        self.word = nn.Embedding(vocabulary, deep)
        self.key = nn.Sequential(nn.Linear(5, deep), nn.GELU(), nn.Linear(deep, deep))
        self.condition = nn.Sequential(
            nn.Linear(2 * deep + 2, deep), nn.SiLU(), nn.Linear(deep, deep)
        )
        seen = SEEN + GUIDE * config.guided
        self.stem = nn.Conv2d(4 * seen, width, 3, padding=1)
        self.usual: nn.Embedding | None = None
        if config.maps:
            self.usual = nn.Embedding(vocabulary, config.maps * (config.side // 2) ** 2)
            self.lay = nn.Conv2d(config.maps, width, 1, bias=False)
            nn.init.normal_(self.usual.weight, std=0.02)
        self.down = nn.ModuleList(FilmBlock(width, width, deep) for _ in range(config.blocks))
        self.shrink = nn.Conv2d(width, deep, 2, 2)
        self.low = FilmBlock(deep, deep, deep)
        self.place = nn.Parameter(torch.randn(1, deep, 16, 16) * 0.02)
        self.layers = nn.ModuleList(EncoderLayer(deep, config.heads) for _ in range(config.layers))
        self.grow = nn.Conv2d(deep, 4 * width, 1)
        self.up = nn.ModuleList(
            FilmBlock(2 * width if i == 0 else width, width, deep) for i in range(config.blocks + 1)
        )
        fine = max(16, width // 2)
        self.spread = nn.Conv2d(width, 4 * fine, 1)
        self.fine1 = nn.Conv2d(fine + seen, fine, 3, padding=1)
        self.fine2 = nn.Conv2d(fine, fine, 3, padding=1)
        self.query = nn.Conv2d(fine, deep // 2, 1)
        self.match = nn.Linear(deep, deep // 2)
        self.clear = nn.Parameter(torch.zeros(deep // 2))
        self.shared: Tensor
        self.register_buffer("shared", torch.zeros(config.colors, 3))  # OKLab

    # ------------------------------------------------------------------------------ forward

    def tokens(self, seen: Tensor, palette: Tensor, valid: Tensor, words: Tensor) -> Any:
        """Everything up to the transformer, given in the shapes of `forward`: its tokens
        (n, t, deep), what may be looked at (n, 1, 1, t) bool, and what the way up needs."""
        keys = self.key(palette)
        known = valid[..., None].to(keys.dtype)
        mean = (keys * known).sum(1) / known.sum(1).clamp(min=1)
        told = (words > 0)[..., None].to(keys.dtype)
        named = self.word(words)
        said = (named * told).sum(1) / told.sum(1).clamp(min=1) ** 0.5
        hidden = seen[:, 0].mean((1, 2))[:, None]
        small = torch.full_like(hidden, 1.0 if seen.shape[-1] <= 16 else 0.0)
        condition = functional.silu(self.condition(torch.cat([mean, said, hidden, small], 1)))
        x = self.stem(functional.pixel_unshuffle(seen, 2))
        if self.usual is not None:
            laid = (self.usual(words) * told).sum(1) * 4 / told.sum(1).clamp(min=1) ** 0.5
            half = self.config.side // 2
            x = x + self.lay(laid.view(-1, self.config.maps, half, half))
        for block in self.down:
            x = block(x, condition)
        low = self.low(self.shrink(x), condition)
        height, across = low.shape[2:]
        place = functional.interpolate(
            self.place, size=(height, across), mode="bilinear", align_corners=False
        )
        sequence = torch.cat([(low + place).flatten(2).transpose(1, 2), named, keys], 1)
        every = torch.ones_like(sequence[:, : height * across, 0], dtype=torch.bool)
        allowed = torch.cat([every, words > 0, valid], 1)[:, None, None, :]
        return sequence, allowed, (x, condition, keys, height, across)

    def forward(self, seen: Tensor, palette: Tensor, valid: Tensor, words: Tensor) -> Tensor:
        """Scores (n, colors + 1, s, s) of every pixel: entry 0 is transparent, then the palette.

        seen     (n, SEEN, s, s), see `described`; a guided net's (n, SEEN + GUIDE, s, s)
        palette  (n, colors, 5): OKLab, rank, whether the rank is told
        valid    (n, colors) bool;  words (n, words) int64
        """
        sequence, allowed, (skip, condition, keys, height, across) = self.tokens(
            seen, palette, valid, words
        )
        for layer in self.layers:
            sequence = layer(sequence, allowed)
        low = sequence[:, : height * across].transpose(1, 2).unflatten(2, (height, across))
        x = torch.cat([functional.pixel_shuffle(self.grow(low), 2), skip], 1)
        for block in self.up:
            x = block(x, condition)
        fine = functional.pixel_shuffle(self.spread(x), 2)
        fine = functional.silu(self.fine1(torch.cat([fine, seen], 1)))
        fine = fine + functional.silu(self.fine2(fine))
        query = self.query(fine)
        match = self.match(keys)
        scores = torch.einsum("nchw,nkc->nkhw", query, match)
        clear = torch.einsum("nchw,c->nhw", query, self.clear)[:, None]
        scores = scores.masked_fill(~valid[:, :, None, None], -30000.0)
        return torch.cat([clear, scores], 1) / query.shape[1] ** 0.5

    # ----------------------------------------------------------------------------- learning

    def losses(self, batch: Any) -> Iterator[tuple[str, Tensor]]:
        """Cross-entropy of hidden pixels. `batch`: a Sight, or (pictures, labels) as any family
        gets them: then all pictures share one palette and the hidden share is drawn from a cosine
        (Chang et al., 2022)."""
        sight = batch if isinstance(batch, MaskedBatch) else self.looked_at(*batch)
        scores = self(*self.given(without_padding(sight))).float()
        hidden = sight.hidden
        picked = scores.permute(0, 2, 3, 1)[hidden]
        loss = functional.cross_entropy(picked, sight.pixels[hidden])
        yield "net", loss

    def given(self, sight: MaskedBatch) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """A Sight as `forward` takes it, in the shapes of its four arguments."""
        told = (sight.rank >= 0).to(sight.palette.dtype)
        palette = torch.cat([sight.palette, (sight.rank * told)[..., None], told[..., None]], -1)
        seen = described(sight.pixels, sight.hidden, sight.palette, sight.outline, sight.told)
        if self.config.guided:
            assert sight.sketch is not None
            small = shown_as(sight.sketch, sight.palette)
            seen = torch.cat([seen, small.repeat_interleave(2, 2).repeat_interleave(2, 3)], 1)
        return seen, palette, sight.valid, sight.words

    def looked_at(self, pictures: Tensor, labels: Tensor) -> MaskedBatch:
        """Pictures (n, c, s, s) with labels (n,) in the shared palette, some pixels hidden."""
        index = self.indexed(pictures)
        count, side = len(index), index.shape[-1]
        share = torch.cos(torch.rand(count, 1, 1, device=index.device) * torch.pi / 2)
        hidden = torch.rand(index.shape, device=index.device) < share.clamp(min=1 / side**2)
        hidden[:, 0, 0] |= ~hidden.flatten(1).any(1)
        words = torch.zeros(count, self.config.words, dtype=torch.int64, device=index.device)
        heard = torch.rand(count, device=index.device) > 0.1  # for guidance (Ho & Salimans, 2022)
        words[:, 0] = torch.where(heard, labels + 1, 0)
        return self._sight(index, hidden, words)

    def _sight(self, index: Tensor, hidden: Tensor, words: Tensor) -> MaskedBatch:
        count = len(index)
        palette = self.shared[None].expand(count, -1, -1)
        valid = torch.ones(palette.shape[:2], dtype=torch.bool, device=index.device)
        rank = torch.full(palette.shape[:2], -1.0, device=index.device)
        nothing = torch.zeros(index.shape, device=index.device)
        told = torch.zeros(count, dtype=torch.bool, device=index.device)
        return MaskedBatch(index, hidden, palette, valid, rank, words, nothing, told)

    def indexed(self, pictures: Tensor) -> Tensor:
        """Prepared pictures (n, c, s, s) as the nearest entries of the shared palette (n, s, s),
        1 and up; 0 where transparent."""
        values = ((pictures.detach().float().cpu().numpy() + 1) / 2).clip(0, 1)
        values = np.moveaxis(values, 1, -1)
        alpha = values[..., 3:] if values.shape[-1] == 4 else np.ones_like(values[..., :1])
        colors = values[..., :3] if values.shape[-1] >= 3 else values[..., :1].repeat(3, -1)
        lab = color.srgb_to_oklab((colors / np.maximum(alpha, 1e-3)).clip(0, 1))
        near = torch.cdist(
            torch.from_numpy(np.ascontiguousarray(lab, np.float32)).flatten(1, 2),
            self.shared[None].float().cpu(),
        ).argmin(-1)
        index = (near + 1).view(lab.shape[:3])
        clear = torch.from_numpy(alpha[..., 0] < 0.5)
        return torch.where(clear, 0, index).to(pictures.device)

    # ------------------------------------------------------------------------------ drawing

    def sample(
        self, seeds: Sequence[int], labels: Tensor | None = None, steps: int | None = None
    ) -> Tensor:
        """Pictures (n, c, side, side) in the shared palette, -1..1; labels (n,) or None."""
        for look in self.steps(seeds, labels, steps):
            index = look.entries
        return self.pictured(index)

    def steps(
        self, seeds: Sequence[int], labels: Tensor | None = None, steps: int | None = None
    ) -> Iterator[UncoveringStep]:
        """The looks of `sample` one by one, 16 unless `steps` says so; labels (n,) or None."""
        device = self.shared.device
        side, count = self.config.side, len(seeds)
        draws = [torch.Generator().manual_seed(int(s)) for s in seeds]
        index = torch.zeros(count, side, side, dtype=torch.int64, device=device)
        order = torch.stack([torch.randperm(side * side, generator=g) for g in draws])
        place = order.argsort(1).view(count, side, side).to(device)
        words = torch.zeros(count, self.config.words, dtype=torch.int64, device=device)
        if labels is not None:
            words[:, 0] = labels.to(device) + 1
        steps = steps or 16
        named = 0
        for step in range(1, steps + 1):
            until = max(round(side * side * (1 - math.cos(math.pi / 2 * step / steps))), named + 1)
            sight = self._sight(index, place >= named, words)
            scores = self(*self.given(sight)).float()
            if self.config.channels < 4:
                scores[:, 0] = -torch.inf  # the data knows no transparency
            noise = torch.stack([torch.rand(scores.shape[1:], generator=g) for g in draws])
            gumbel = -torch.log(-torch.log(noise.clamp(1e-9, 1 - 1e-7))).to(device)
            chosen = (scores + 0.9 * gumbel).argmax(1)
            index = torch.where((place >= named) & (place < until), chosen, index)
            named = until
            yield UncoveringStep(sight, scores, index)

    def pictured(self, index: Tensor) -> Tensor:
        """Entries of the shared palette (n, s, s) as prepared pictures (n, c, s, s)."""
        rgb = color.oklab_to_srgb(self.shared.float().cpu().numpy()).clip(0, 1)
        table = np.concatenate([np.zeros((1, 3)), rgb]).astype(np.float32)
        at = index.cpu().numpy()
        values = table[at]
        if self.config.channels == 4:
            values = np.concatenate([values, (at > 0)[..., None]], -1)
        elif self.config.channels == 1:
            values = values.mean(-1, keepdims=True)
        made = np.moveaxis(values, -1, 1).astype(np.float32) * 2 - 1
        return torch.from_numpy(np.ascontiguousarray(made)).to(index.device)


def described(
    index: Tensor, hidden: Tensor, palette: Tensor, outline: Tensor, told: Tensor
) -> Tensor:
    """What is seen, given in the shapes of `MaskedBatch`, (n, SEEN, s, s): colours, not numbers."""
    count, side = len(index), index.shape[-1]
    seen = (~hidden).to(palette.dtype)[:, None]
    shown = told.to(palette.dtype)[:, None, None, None].expand(-1, 1, side, side)
    line = torch.linspace(-1, 1, side, device=index.device, dtype=palette.dtype)
    y = line[:, None].expand(count, 1, side, side)
    x = line[None].expand(count, 1, side, side)
    colors = shown_as(index, palette) * seen
    return torch.cat(
        [1 - seen, colors, outline.to(palette.dtype)[:, None] * shown, shown, y, x],
        1,
    )


def without_padding(sight: MaskedBatch) -> MaskedBatch:
    """The same batch without the palette's places and the columns of words that nobody uses: a
    transformer's time goes with its tokens."""
    used = int(sight.valid.any(0).nonzero().max()) + 1 if sight.valid.any() else 1
    said = (sight.words > 0).any(0)
    said[0] = True
    return sight._replace(
        palette=sight.palette[:, :used],
        valid=sight.valid[:, :used],
        rank=sight.rank[:, :used],
        words=sight.words[:, said],
    )


def shown_as(index: Tensor, palette: Tensor) -> Tensor:
    """Opaque, L, a, b, (n, 4, s, s), of index (n, s, s), 0 transparent, in palette (n, k, 3)."""
    table = torch.cat([torch.zeros_like(palette[:, :1]), palette], 1)
    colors = table.gather(1, index.flatten(1)[..., None].expand(-1, -1, 3))
    colors = colors.transpose(1, 2).unflatten(2, tuple(index.shape[1:]))
    return torch.cat([(index > 0).to(palette.dtype)[:, None], colors], 1)


def fit(net: Net, pictures: np.ndarray) -> None:
    """Choose the shared palette from pictures (n, h, w, c) uint8: see `choose_palette`."""
    from pincel.art.quantize import choose_palette

    rng = np.random.default_rng(0)
    values = pictures if pictures.shape[-1] >= 3 else pictures[..., :1].repeat(3, -1)
    if values.dtype != np.uint8:
        values = (values / np.float64(values.max() or 1) * 255).astype(np.uint8)
    flat = values.reshape(-1, values.shape[-1])
    flat = flat[rng.integers(0, len(flat), min(len(flat), _COUNTED))]
    if flat.shape[-1] == 4:
        flat = flat[flat[:, 3] >= 128]
    found = color.srgb_to_oklab(choose_palette(color.srgb_to_oklab(flat[:, :3]), net.config.colors))
    rows = np.arange(net.config.colors) % len(found)  # fewer colours than places: some twice
    net.shared.copy_(torch.from_numpy(found[rows]))


def recipe(config: Config) -> dict[str, Any]:
    """The recipe it learns well with."""
    return {"rate": 2e-3, "batch": 64, "average": 0.999, "decay": 0.02}
