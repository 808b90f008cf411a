"""A small U-Net that knows what time it is (Ronneberger et al., 2015; Ho et al., 2020).

Down to a small map, up again, each map on the way up seeing the one of the same size on the way
down. Made for processors: plain 3x3 convolutions (depthwise ones save multiplications that a
processor does not save), attention only on the smallest map, and pictures above 16 pixels are
folded first, 2x2 pixels into the channels, so that nothing is computed at full size.
"""

from __future__ import annotations

import math

import torch
from torch import Tensor, nn
from torch.nn import functional

from pincel.nets._attention import Attention

_GROUPS = 8
_PLANES = 16
"""Planes that a word lays over a map."""


class UNet(nn.Module):
    """(n, channels, side, side), times (n,) 0..1 and classes (n,) -> (n, channels, side, side).

    width       channels of the first maps; deeper ones hold `widen[k]` times as many
    classes     how many there are; 0: none. Class number `classes` means "not said"
    fold        pixels a side that are folded into one place; 0: 2 above 16 pixels, else 1
    vocabulary  with words instead of classes: how many there are, and labels are then (n, words),
                0 where there is none. Words set the tone of every block and are looked at, one by
                one, from the places of the two smallest maps; besides, each lays a few planes over
                the second map: where such a thing usually has what
    hints       planes that are seen besides the picture, (n, hints, side, side)
    blocks      blocks for each size of map, on the way down and on the way up; one if not given
    """

    def __init__(
        self,
        channels: int,
        side: int,
        width: int,
        widen: tuple[float, ...],
        classes: int = 0,
        heads: int = 4,
        fold: int = 0,
        vocabulary: int = 0,
        hints: int = 0,
        blocks: tuple[int, ...] = (),
    ) -> None:
        super().__init__()
        self.fold = fold or (2 if side > 16 else 1)
        self.classes, self.vocabulary, self.hints = classes, vocabulary, hints
        held = 4 * width
        widths = [_GROUPS * max(1, round(width * factor / _GROUPS)) for factor in widen]
        depth = levels(side // self.fold, len(widths))
        widths = widths[:depth]
        self.waves = width
        self.clock = nn.Sequential(nn.Linear(width, held), nn.SiLU(), nn.Linear(held, held))
        self.named = nn.Embedding(classes + 1, held) if classes and not vocabulary else None
        self.first = nn.Conv2d((channels + hints) * self.fold**2, widths[0], 3, 1, 1)
        many = [*blocks[:depth], *[1] * (depth - len(blocks))]
        self.down, self.shrink = nn.ModuleList(), nn.ModuleList()
        for before, after, count in zip([widths[0], *widths], widths, many, strict=False):
            strided = nn.Conv2d(before, after, 3, 2, 1) if len(self.down) else nn.Identity()
            self.shrink.append(strided)
            self.down.append(_chain([TimedBlock(after, after, held) for _ in range(count)]))
        last = widths[-1]
        self.middle1, self.middle2 = TimedBlock(last, last, held), TimedBlock(last, last, held)
        self.look = Looking(last, heads, held if vocabulary else 0)
        self.up, self.grow = nn.ModuleList(), nn.ModuleList()
        turned = zip([last, *widths[::-1]], widths[::-1], many[::-1], strict=False)
        for before, after, count in turned:
            self.grow.append(nn.Conv2d(before, after, 1) if len(self.up) else nn.Identity())
            rest = [TimedBlock(after, after, held) for _ in range(count - 1)]
            self.up.append(_chain([TimedBlock(2 * after, after, held), *rest]))
        self.words: Words | None = None
        if vocabulary:
            place = max(0, depth - 2)
            self.words = Words(vocabulary, held, widths[place], side // self.fold >> place, heads)
        self.norm = nn.GroupNorm(_GROUPS, widths[0])
        self.last = nn.Conv2d(widths[0], channels * self.fold**2, 3, 1, 1)
        nn.init.zeros_(self.last.weight)

    def forward(
        self, x: Tensor, t: Tensor, labels: Tensor | None = None, hints: Tensor | None = None
    ) -> Tensor:
        """The answer to x (n, c, h, w) at times t (n,); `labels` (n,) or (n, w), None: none said;
        `hints` (n, hints, h, w), None: all zero."""
        told = self.clock(waves(t, self.waves))
        tokens: Tensor | None = None
        words, at = self.words, max(0, len(self.down) - 2)
        if self.named is not None:
            if labels is None:
                labels = torch.full((len(x),), self.classes, device=x.device)
            told = told + self.named(labels)
        elif words is not None:
            if labels is None:
                labels = torch.zeros(len(x), 1, dtype=torch.int64, device=x.device)
            tokens = words.word(labels)
            told = told + words.tone(labels, tokens)
        told = functional.silu(told)
        if self.hints:
            if hints is None:
                hints = x.new_zeros(len(x), self.hints, *x.shape[2:])
            x = torch.cat([x, hints], 1)
        x = self.first(functional.pixel_unshuffle(x, self.fold))
        seen = []
        for number, (shrink, block) in enumerate(zip(self.shrink, self.down, strict=True)):
            x = shrink(x)
            if words is not None and labels is not None and number == at:
                x = words.look(block(words.laid(x, labels), told), tokens)
            else:
                x = block(x, told)
            seen.append(x)
        x = self.middle2(self.look(self.middle1(x, told), tokens), told)
        for grow, block in zip(self.grow, self.up, strict=True):
            like = seen.pop()
            x = grow(x)
            if x.shape[-2:] != like.shape[-2:]:
                x = functional.interpolate(x, like.shape[-2:], mode="nearest")
            x = block(torch.cat([x, like], 1), told)
        x = self.last(functional.silu(self.norm(x)))
        return functional.pixel_shuffle(x, self.fold)


class Chain(nn.ModuleList):
    """Blocks one after the other."""

    def forward(self, x: Tensor, told: Tensor) -> Tensor:
        """(n, before, h, w) and (n, told) -> (n, after, h, w)."""
        for block in self:
            x = block(x, told)
        return x


def _chain(blocks: list[TimedBlock]) -> nn.Module:
    return blocks[0] if len(blocks) == 1 else Chain(blocks)


class TimedBlock(nn.Module):
    """Two convolutions added to what came in; the time scales and shifts between them."""

    def __init__(self, before: int, after: int, told: int) -> None:
        super().__init__()
        self.norm1 = nn.GroupNorm(_GROUPS, before)
        self.conv1 = nn.Conv2d(before, after, 3, 1, 1)
        self.told = nn.Linear(told, 2 * after)
        self.norm2 = nn.GroupNorm(_GROUPS, after)
        self.conv2 = nn.Conv2d(after, after, 3, 1, 1)
        self.short = nn.Conv2d(before, after, 1) if before != after else nn.Identity()
        nn.init.zeros_(self.conv2.weight)
        nn.init.zeros_(self.told.weight)

    def forward(self, x: Tensor, told: Tensor) -> Tensor:
        """(n, before, h, w) and (n, told) -> (n, after, h, w)."""
        scale, shift = self.told(told)[..., None, None].chunk(2, 1)
        y = self.conv1(functional.silu(self.norm1(x)))
        y = self.norm2(y) * (1 + scale) + shift
        return self.short(x) + self.conv2(functional.silu(y))


class Looking(nn.Module):
    """Attention over the places of a map, and over words if there are any, added to the map.

    words   width of the words' vectors; 0: there are none
    """

    def __init__(self, width: int, heads: int, words: int = 0) -> None:
        super().__init__()
        self.norm = nn.GroupNorm(_GROUPS, width)
        self.attention = Attention(width, heads)
        self.hear = nn.Linear(words, width) if words else None
        nn.init.zeros_(self.attention.out.weight)

    def forward(self, x: Tensor, words: Tensor | None = None) -> Tensor:
        """(n, c, h, w) and words (n, w, vector) -> (n, c, h, w)."""
        places = self.norm(x).flatten(2).transpose(1, 2)  # (n, h * w, c)
        count = places.shape[1]
        if self.hear is not None and words is not None:
            places = torch.cat([places, self.hear(words)], 1)
        taken = self.attention(places)[:, :count]
        return x + taken.transpose(1, 2).reshape(x.shape)


class Words(nn.Module):
    """What words do in a U-Net; see there. `width` and `side` are those of the map they lie on."""

    def __init__(self, vocabulary: int, held: int, width: int, side: int, heads: int) -> None:
        super().__init__()
        self.side = side
        self.word = nn.Embedding(vocabulary, held)
        self.hear = nn.Linear(held, held)
        self.usual = nn.Embedding(vocabulary, _PLANES * side**2)
        self.lay = nn.Conv2d(_PLANES, width, 1, bias=False)
        self.look = Looking(width, heads, held)
        nn.init.normal_(self.word.weight, std=0.3)
        nn.init.normal_(self.usual.weight, std=0.1)

    def tone(self, labels: Tensor, tokens: Tensor) -> Tensor:
        """Labels (n, w) and their tokens (n, w, held) -> (n, held): all that is said, in one
        vector."""
        return self.hear(_summed(tokens, labels))

    def laid(self, x: Tensor, labels: Tensor) -> Tensor:
        """The planes of labels (n, w) added to the map x (n, width, side, side)."""
        planes = _summed(self.usual(labels), labels)
        return x + self.lay(planes.view(-1, _PLANES, self.side, self.side))


def _summed(vectors: Tensor, labels: Tensor) -> Tensor:
    """The vectors (n, w, d) of words that are there, added up, (n, d), as strong for many words as
    for one."""
    there = (labels > 0)[..., None].to(vectors.dtype)
    return (vectors * there).sum(1) / there.sum(1).clamp(min=1) ** 0.5


def levels(side: int, most: int) -> int:
    """How many sizes a picture of this side has: halved while it is even and above 4."""
    count = 1
    while count < most and side % 2 == 0 and side > 4:
        side //= 2
        count += 1
    return count


def waves(t: Tensor, width: int) -> Tensor:
    """Times (n,) 0..1 as (n, width) sines and cosines, slow to quick (Vaswani et al., 2017)."""
    quick = torch.arange(width // 2, device=t.device, dtype=torch.float32) / (width // 2)
    angle = 1000 * t.float()[:, None] * torch.exp(-math.log(10_000) * quick)
    return torch.cat([angle.sin(), angle.cos()], 1)
