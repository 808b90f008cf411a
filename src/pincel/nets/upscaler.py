"""Super-resolution: a network that learns to undo a shrink.

Nobody has to label anything: a picture is shrunk, and the network must give it back (Dong et al.,
2014). Bicubic interpolation does what can be done without knowing what pictures look like; the
network only adds what is missing to it, so that untrained it is exactly bicubic. All its work is
done at the small size, in residual blocks without normalisation (Lim et al., 2017: EDSR); at the
end every small pixel gives factor x factor large ones (pixel shuffle: Shi et al., 2016).

Photos are shrunk smoothly. Sprites are not: a half-transparent pixel of a colour that is not in
the palette is no sprite, so in each block the colour with most votes wins. Nor does the network
draw them: it points. For every new pixel it says how likely it has the colour of the old one or of
one of its eight neighbours, and the likeliest colour is taken; untrained, that is the old one's.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import numpy as np
import torch
from pydantic import Field, model_validator
from torch import Tensor, nn
from torch.nn import functional

from pincel.errors import PincelError
from pincel.nets import _network
from pincel.pixels.fidelity import batch_ssim, psnr

GENERATES = True
NEAR, OWN = 9, 4  # a pixel and its neighbours; which of them it is itself
_SURE = 3.0


class Config(_network.Config):
    """Shape of the network. With the defaults it holds 0.12 million weights.

    factor  how many times larger;  shrink  how training pictures are made small: "smooth"
    (bicubic with averaging), "votes" (a sprite's way), "auto" votes for four channels that are
    RGBA;  stains  channels are measurements, no colours with alpha
    """

    channels: int = Field(3, ge=1, le=16)
    stains: bool = False
    factor: Literal[2, 4] = 2
    width: int = Field(32, ge=4, le=512)
    blocks: int = Field(5, ge=1, le=64)
    shrink: Literal["auto", "smooth", "votes"] = "auto"

    @model_validator(mode="after")
    def _shrunk(self) -> Config:
        if self.stains and self.shrink == "votes":
            raise PincelError("channels.votes")
        return self


class SuperResolutionBlock(nn.Module):
    """Two convolutions whose result is added to what came in; no normalisation, which would make
    the contrast of the picture unknown."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.conv1 = _conv(width, width)
        self.conv2 = _conv(width, width)

    def forward(self, x: Tensor) -> Tensor:
        """x (n, width, h, w) -> the same."""
        return x + self.conv2(functional.relu(self.conv1(x)))


def _conv(before: int, after: int) -> nn.Conv2d:
    return nn.Conv2d(before, after, 3, padding=1)


class Net(_network.Net):
    """Pictures are (n, channels, h, w), values -1 to 1."""

    def __init__(self, config: Config) -> None:
        super().__init__(config)
        self.config: Config = config
        self.head = _conv(config.channels, config.width)
        self.blocks = nn.Sequential(
            *(SuperResolutionBlock(config.width) for _ in range(config.blocks))
        )
        self.body = _conv(config.width, config.width)
        each = NEAR if self.voting else config.channels
        self.tail = _conv(config.width, each * config.factor**2)
        nn.init.zeros_(self.tail.weight)  # it begins as bicubic, or as blocks
        assert self.tail.bias is not None
        nn.init.zeros_(self.tail.bias)
        if self.voting:
            nn.init.constant_(self.tail.bias.view(NEAR, -1)[OWN], _SURE)

    @property
    def voting(self) -> bool:
        """Whether it learns from sprites."""
        shrink, sprites = self.config.shrink, self.config.channels == 4 and not self.config.stains
        return shrink == "votes" or (shrink == "auto" and sprites)

    @property
    def reach(self) -> int:
        """How many pixels of the small picture around a pixel can change what it becomes."""
        return 2 * self.config.blocks + 3

    def drawn(self, pictures: Tensor) -> Tensor:
        """What comes out of the last layer for pictures (n, c, h, w): (n, c or 9, factor h, factor
        w)."""
        x = self.head(pictures)
        x = x + self.body(self.blocks(x))
        return functional.pixel_shuffle(self.tail(x), self.config.factor)

    def upscale(self, pictures: Tensor) -> Tensor:
        """(n, c, h, w) -> (n, c, factor h, factor w), any size."""
        drawn = self.drawn(pictures)
        if self.voting:
            return likeliest(pictures, drawn)
        return bicubic(pictures, self.config.factor) + drawn

    def shrink(self, pictures: Tensor) -> Tensor:
        """(n, c, h, w) -> (n, c, h / factor, w / factor): what it learns to undo."""
        return (by_votes if self.voting else smooth)(pictures, self.config.factor)

    def restore(self, pictures: Tensor) -> Tensor:
        """Pictures shrunk and brought back, (n, c, h, w) -> the same."""
        return self.upscale(self.shrink(pictures)).clamp(-1, 1)

    def shows(self, pictures: Tensor) -> tuple[Tensor, Tensor]:
        """What a sheet of samples shows of pictures (n, c, h, w): what it was given (in blocks),
        what it made of it, same shape."""
        small = self.shrink(pictures)
        return in_blocks(small, self.config.factor), self.upscale(small).clamp(-1, 1)

    forward = upscale

    def losses(self, batch: tuple[Tensor, Tensor]) -> Iterator[tuple[str, Tensor]]:
        """Of a batch whose first are pictures (n, c, h, w): the mean distance to them, |difference|
        (sharper than its square); for sprites -log of the probability of the true colour."""
        pictures = batch[0]
        small = self.shrink(pictures)
        if self.voting:
            yield "net", wrong_choice(small, self.drawn(small).float(), pictures)
        else:
            yield "net", functional.l1_loss(self.upscale(small), pictures)

    @torch.no_grad()
    def judge(self, batch: tuple[Tensor, Tensor]) -> dict[str, float]:
        """PSNR in decibels and SSIM, beside those of bicubic, each the mean over the pictures
        (n, c, h, w), the first of the batch."""
        pictures = batch[0]
        small = self.shrink(pictures)
        given = self.upscale(small).clamp(-1, 1)
        plain = bicubic(small, self.config.factor).clamp(-1, 1)
        true, ours, theirs = (_last(p) for p in (pictures, given, plain))
        exact = {}
        if self.voting:
            blocks = in_blocks(small, self.config.factor)
            exact = {
                "exact": float((given == pictures).all(1).float().mean()),
                "exact_nearest": float((blocks == pictures).all(1).float().mean()),
            }
        return {
            "loss": 1 - exact["exact"] if exact else float(functional.l1_loss(given, pictures)),
            **exact,
            "psnr": float(psnr(true, ours, 2.0).clip(max=99).mean()),
            "psnr_bicubic": float(psnr(true, theirs, 2.0).clip(max=99).mean()),
            "ssim": float(batch_ssim(true, ours, 2.0).mean()),
            "ssim_bicubic": float(batch_ssim(true, theirs, 2.0).mean()),
        }


def neighbour_colors(small: Tensor) -> Tensor:
    """The colours of each pixel and its eight neighbours, (n, c, h, w) -> (n, c, 9, h, w), row by
    row; beyond the edge the edge goes on."""
    n, c, h, w = small.shape
    around = functional.pad(small, (1, 1, 1, 1), mode="replicate")
    return functional.unfold(around, 3).view(n, c, NEAR, h, w)


def likeliest(small: Tensor, scores: Tensor) -> Tensor:
    """Large pixels in the likeliest of their nine colours; neighbours of one colour count together.

    small (n, c, h, w);  scores (n, 9, factor h, factor w) before the softmax
    """
    factor = scores.shape[2] // small.shape[2]
    near = neighbour_colors(small)
    alike = (near[:, :, :, None] == near[:, :, None]).all(1)  # (n, 9, 9, h, w)
    odds = functional.pixel_unshuffle(scores.softmax(1), factor)
    odds = odds.unflatten(1, (NEAR, factor**2))  # (n, 9, factor^2, h, w)
    together = torch.einsum("njfhw,njkhw->nkfhw", odds, alike.to(odds))
    best = together.argmax(1)[:, None].expand(-1, small.shape[1], -1, -1, -1)
    return functional.pixel_shuffle(near.gather(2, best).flatten(1, 2), factor)


def wrong_choice(small: Tensor, scores: Tensor, true: Tensor) -> Tensor:
    """-log of the probability of the true colour, the mean over pixels where it can be chosen, one
    number: small (n, c, h, w), scores (n, 9, f h, f w), true (n, c, f h, f w)."""
    factor = true.shape[2] // small.shape[2]
    near = neighbour_colors(small).flatten(1, 2)
    large = in_blocks(near, factor).unflatten(1, (small.shape[1], NEAR))
    right = (large == true[:, :, None]).all(1)  # (n, 9, factor h, factor w)
    held = scores.log_softmax(1).masked_fill(~right, -1e4).logsumexp(1)
    possible = right.any(1)
    return -(held * possible).sum() / possible.sum().clamp(min=1)


def bicubic(pictures: Tensor, factor: int) -> Tensor:
    """(n, c, h, w) -> (n, c, factor h, factor w): the usual interpolation (Keys, 1981), with the
    curve of torch and OpenCV, a = -0.75. As a baseline it is the stronger one: Pillow's, a = -0.5,
    comes 0.1 to 0.3 dB less near (findings/torch-two-bicubics.sh)."""
    return functional.interpolate(pictures, scale_factor=factor, mode="bicubic")


def in_blocks(pictures: Tensor, factor: int) -> Tensor:
    """(n, c, h, w) -> (n, c, factor h, factor w): every pixel becomes a block."""
    return functional.interpolate(pictures, scale_factor=factor, mode="nearest")


def smooth(pictures: Tensor, factor: int) -> Tensor:
    """Pictures (n, c, f h, f w) shrunk to (n, c, h, w), f the factor, by bicubic weights over all
    pixels that a small one covers, so that nothing is skipped and no pattern appears that was not
    there."""
    return functional.interpolate(
        pictures, scale_factor=1 / factor, mode="bicubic", antialias=True
    ).clamp(-1, 1)


def by_votes(pictures: Tensor, factor: int) -> Tensor:
    """Pictures (n, c, f h, f w) shrunk to (n, c, h, w), f the factor, as a sprite: each block of
    factor x factor becomes the colour that most of its pixels have, the darkest of those with equal
    votes (outlines survive), a colour before none."""
    blocks = functional.pixel_unshuffle(pictures, factor)
    n, _, h, w = blocks.shape
    blocks = blocks.view(n, pictures.shape[1], factor**2, h, w)
    same = (blocks[:, :, :, None] == blocks[:, :, None]).all(1)  # (n, k, k, h, w)
    light = blocks[:, :3].mean(1)  # -1 to 1
    if pictures.shape[1] == 4:
        light = light - 2 * blocks[:, 3]
    winner = (same.sum(2) - light / 8).argmax(1)  # (n, h, w)
    return blocks.gather(2, winner[:, None, None].expand(n, blocks.shape[1], 1, h, w))[:, :, 0]


def _last(pictures: Tensor) -> np.ndarray:
    """(n, c, h, w) as an array (n, h, w, c)."""
    return pictures.detach().float().cpu().movedim(1, -1).numpy()


def recipe(config: Config) -> dict[str, float]:
    """No weight decay worth the name, a calm rate: values are to be hit, not classes."""
    return {"rate": 2e-3, "batch": 32, "average": 0.998, "clip": 0.5, "decay": 0.0}
