"""A drawn picture becomes a sprite: the network says what each pixel is, and which colour that has.

A sprite is not a small picture. Asked for colours pixel by pixel, a network answers with the mean
of all that would do, and that is a blur. So it is asked for something else: which *role* each pixel
of the sprite has (hair, skin, glass of spectacles, nothing), and one colour for each role. Colours
are not made up but found: every role looks over the whole picture for the places where its colour
is (attention, Bahdanau et al., 2015), and may also take one of a few colours that the network keeps
for what no picture shows. What comes out has one colour a role and hard edges, by construction.

Nothing is enlarged on the way (transposed convolutions leave tiles: Odena et al., 2016): the maps
shrink to the sprite's own grid and stay there. What must be known as a whole (glasses or none, long
hair or short) comes from a vector that sees everything and sets the tone of every later layer
(FiLM, Perez et al., 2018). A learned map tells each pixel where it is; faces are drawn alike.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

import torch
from pydantic import Field
from torch import Tensor, nn
from torch.nn import functional

from pincel.nets import _network, _oklab

GENERATES = True
TASK = "redrawing"

TIMES = 4
"""How many times larger the picture is than the sprite."""


class Config(_network.Config):
    """Shape of the network. With the defaults it holds 1.4 million weights.

    side   pixels of the picture; the sprite has a quarter of them
    roles  what a pixel may be, "nothing" (0) among them
    kept   colours that the network keeps for what no picture shows
    """

    channels: Literal[1, 3, 4] = 3
    side: int = Field(64, ge=16, le=256, multiple_of=16)
    roles: int = Field(15, ge=2, le=16)
    width: int = Field(80, ge=16, le=512, multiple_of=8)
    whole: int = Field(160, ge=16, le=1024, multiple_of=8, description="numbers of the vector")
    deep: int = Field(128, ge=16, le=512, multiple_of=8, description="maps at half the grid")
    blocks: int = Field(3, ge=1, le=16)
    keys: int = Field(24, ge=4, le=128)
    kept: int = Field(6, ge=1, le=32)

    @property
    def sprite(self) -> int:
        """Pixels of the sprite's side."""
        return self.side // TIMES


class TranslatorBatch(NamedTuple):
    """What the network learns from.

    planes  (n, 3, side, side): OKLab of the picture as 2L-1, 4a, 4b
    roles   (n, side / 4, side / 4) int64
    colors  (n, roles, 3): the same numbers; of roles that do not occur, any
    """

    planes: Tensor
    roles: Tensor
    colors: Tensor


class ToneBlock(nn.Module):
    """Two convolutions added to what came in; between them the tone that the whole picture sets."""

    def __init__(self, width: int, whole: int = 0) -> None:
        super().__init__()
        self.norm1 = nn.GroupNorm(8, width)
        self.conv1 = nn.Conv2d(width, width, 3, 1, 1, bias=False)
        self.norm2 = nn.GroupNorm(8, width)
        self.conv2 = nn.Conv2d(width, width, 3, 1, 1)
        self.tone = nn.Linear(whole, 2 * width) if whole else None
        nn.init.zeros_(self.conv2.weight)
        if self.tone is not None:
            nn.init.zeros_(self.tone.weight)
            nn.init.zeros_(self.tone.bias)

    def forward(self, x: Tensor, whole: Tensor | None = None) -> Tensor:
        """(n, width, h, w), (n, whole) -> (n, width, h, w)."""
        y = self.norm2(self.conv1(functional.silu(self.norm1(x))))
        if self.tone is not None and whole is not None:
            scale, shift = self.tone(whole)[:, :, None, None].chunk(2, 1)
            y = y * (1 + scale) + shift
        return x + self.conv2(functional.silu(y))


class ColorAttention(nn.Module):
    """Where each role finds its colour: attention over the picture and over the kept colours."""

    def __init__(self, config: Config, fine: int) -> None:
        super().__init__()
        roles, keys, kept = config.roles, config.keys, config.kept
        self.fine = nn.Conv2d(fine, keys, 1)
        self.coarse = nn.Conv2d(config.width, keys, 1)
        self.asked = nn.Linear(config.whole, roles * keys)
        self.known = nn.Linear(config.whole, roles * kept)
        self.kept = nn.Parameter(0.3 * torch.randn(kept, 3))
        # a shade is its colour, darker: each role bends what it found
        self.bend = nn.Parameter(torch.eye(3).repeat(roles, 1, 1))
        self.shift = nn.Parameter(torch.zeros(roles, 3))
        self.keys = keys

    def forward(self, planes: Tensor, fine: Tensor, coarse: Tensor, whole: Tensor) -> Tensor:
        """(n, 3, 4s, 4s), (n, fine, 2s, 2s), (n, width, s, s), (n, whole) -> (n, roles, 3)."""
        weights, values = self._looked(planes, fine, coarse, whole)
        return self._bent(weights @ values)

    def spread(
        self, planes: Tensor, fine: Tensor, coarse: Tensor, whole: Tensor
    ) -> tuple[Tensor, Tensor]:
        """(n, 3, 4s, 4s), (n, fine, 2s, 2s), (n, width, s, s), (n, whole) -> (n, roles, 3); and how
        far from each other the colours are that a role was found among, (n, roles): the root of
        their variance."""
        weights, values = self._looked(planes, fine, coarse, whole)
        found = weights @ values
        wide = (weights @ values.square() - found.square()).sum(2).clamp(min=0)
        return self._bent(found), wide.sqrt()

    def _looked(
        self, planes: Tensor, fine: Tensor, coarse: Tensor, whole: Tensor
    ) -> tuple[Tensor, Tensor]:
        """Weights (n, roles, places) of the colours (n, places, 3): those of the picture, then the
        kept ones."""
        near = functional.interpolate(self.coarse(coarse), scale_factor=2.0, mode="nearest")
        keys = (self.fine(fine) + near).flatten(2)
        asked = self.asked(whole).unflatten(1, (-1, self.keys)) / self.keys**0.5
        known = self.known(whole).unflatten(1, (-1, len(self.kept)))
        weights = torch.cat([asked @ keys, known], 2).softmax(2)
        seen = functional.avg_pool2d(planes, 2).flatten(2).transpose(1, 2)
        return weights, torch.cat([seen, self.kept.expand(seen.shape[0], -1, -1)], 1)

    def _bent(self, found: Tensor) -> Tensor:
        return torch.einsum("nrc,rcd->nrd", found, self.bend) + self.shift


class Net(_network.Net):
    """Planes (n, 3, 4s, 4s), s being the sprite's side, to scores of roles (n, roles, s, s) and
    colours (n, roles, 3)."""

    def __init__(self, config: Config) -> None:
        super().__init__(config)
        self.config: Config = config
        width, fine, whole = config.width, config.width // 2, config.whole
        self.stem = nn.Conv2d(3, fine, 6, 2, 2)
        self.fine = ToneBlock(fine)
        self.down = nn.Conv2d(fine, width, 4, 2, 1)
        self.before = ToneBlock(width)
        deep, few = config.deep, config.deep // 2
        self.deep = nn.Sequential(
            nn.Conv2d(width, deep, 4, 2, 1), ToneBlock(deep), nn.GroupNorm(8, deep), nn.SiLU(),
            nn.Conv2d(deep, few, 4, 2, 1), nn.SiLU(), nn.Flatten(),
            nn.Linear(few * (config.sprite // 4) ** 2, whole), nn.SiLU(),
        )  # fmt: skip
        self.place = nn.Parameter(torch.zeros(width, config.sprite, config.sprite))
        self.after = nn.ModuleList(ToneBlock(width, whole) for _ in range(config.blocks))
        self.last = nn.Sequential(nn.GroupNorm(8, width), nn.SiLU())
        self.role = nn.Conv2d(width, config.roles, 1)
        self.colors = ColorAttention(config, fine)
        # how much a pixel of each role counts: rare roles would be given up
        self.register_buffer("worth", torch.ones(config.roles))
        self.worth: Tensor

    def forward(self, planes: Tensor) -> tuple[Tensor, Tensor]:
        """(n, 3, 4s, 4s) -> scores (n, roles, s, s) before the softmax, colours (n, roles, 3)."""
        fine, x, whole = self._seen(planes)
        return self.role(x), self.colors(planes, fine, x, whole)

    def told(self, planes: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """(n, 3, 4s, 4s) -> as `forward`; and how far apart the colours lie that each role was
        found among, (n, roles)."""
        fine, x, whole = self._seen(planes)
        return self.role(x), *self.colors.spread(planes, fine, x, whole)

    def _seen(self, planes: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Maps (n, fine, 2s, 2s) and (n, width, s, s), and the vector of the whole (n, whole)."""
        fine = self.fine(self.stem(planes))
        x = self.before(self.down(functional.silu(fine)))
        whole = self.deep(functional.silu(x))
        x = x + self.place
        for block in self.after:
            x = block(x, whole)
        return fine, self.last(x), whole

    def planes(self, pictures: Tensor) -> Tensor:
        """Prepared pictures (n, c, side, side), -1 to 1, as the network takes them; what is clear
        lies on white paper."""
        if pictures.shape[1] == 4:  # colours times alpha
            pictures = pictures[:, :3] + (1 - pictures[:, 3:])
        return _oklab.encode(pictures.expand(-1, 3, -1, -1).clamp(-1, 1))

    @torch.no_grad()
    def restore(self, pictures: Tensor) -> Tensor:
        """Prepared pictures (n, c, side, side) as sprites at the same size, each pixel a block."""
        scores, colors = self(self.planes(pictures))
        roles = scores.argmax(1)
        rgb = _oklab.decode(colors.float().movedim(2, 1)[:, :, None])[:, :, 0]
        shown = rgb.gather(2, roles.flatten(1)[:, None].expand(-1, 3, -1)).unflatten(
            2, roles.shape[1:]
        )
        there = (roles > 0).float()[:, None]
        if self.config.channels == 4:
            shown = torch.cat([(shown + 1) * there, 2 * there], 1) - 1
        else:  # on white paper
            shown = shown * there + (1 - there)
            shown = shown.mean(1, keepdim=True) if self.config.channels == 1 else shown
        return functional.interpolate(shown, scale_factor=float(TIMES), mode="nearest")

    def losses(self, batch: TranslatorBatch) -> Iterator[tuple[str, Tensor]]:
        """Of the roles (n, s / 4, s / 4) -log of the probability of the true one; of the colours
        (n, roles, 3), the distance."""
        scores, colors = self(batch.planes)
        roles = functional.cross_entropy(scores.float(), batch.roles, self.worth)
        yield "net", roles + 3 * self.wrong_colors(colors, batch)

    def wrong_colors(self, colors: Tensor, batch: TranslatorBatch) -> Tensor:
        """Mean distance, one number (), of the colours (n, roles, 3) that occur in the batch, each
        as often as the root of its pixels."""
        counts = functional.one_hot(batch.roles.flatten(1), self.config.roles).sum(1)
        counts[:, 0] = 0
        weight = counts.float().sqrt()
        far = functional.smooth_l1_loss(
            colors.float(), batch.colors, reduction="none", beta=0.05
        ).sum(2)
        return (far * weight).sum() / weight.sum()


def recipe(config: Config) -> dict[str, float]:
    """A calm rate; the averaged weights are kept."""
    return {"rate": 2e-3, "batch": 32, "average": 0.998, "decay": 0.01}
