"""Two kinds of pictures and no pairs: each network turns one kind into the other, and back again.

A generator makes sprites of faces, another faces of sprites; a discriminator for each kind tells
made pictures from real ones (Zhu et al., 2017). What keeps a sprite the sprite of *this* face is
the way back: a face turned into a sprite and back must be the face again (cycle), and a sprite that
is asked to become a sprite must stay as it is (identity). Discriminators also see pictures made
earlier (a pool of 50, Shrivastava et al., 2017), and give a verdict on each patch of a picture, not
on the whole (PatchGAN, Isola et al., 2017).

With the defaults this is, layer by layer, the network of a student report that tried to turn anime
faces into pixel art and got tiles, or one coin for every face. `enlarge="nearest"` takes away what
made the tiles (transposed convolutions: Odena et al., 2016); `native` leaves the enlarging half
out, so that sprites are made on their own grid and enlarged only on the way back. Neither cures the
coin: nothing in the losses asks that different faces give different sprites, as long as the way
back can hide the face in faint noise (Chu et al., 2017).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import torch
from pydantic import Field, model_validator
from torch import Tensor, nn
from torch.nn import functional

from pincel.errors import PincelError
from pincel.nets import _network

GENERATES = True
CHOOSES = False  # no held-out figure says which weights are best: the last ones are
TASK = "translating"

LAZY = 4
"""Identity is asked every so many steps where sprites have fewer pixels than faces."""


class Config(_network.Config):
    """Shape of the four networks. With the defaults a generator holds 11,378,179 weights, a
    discriminator 2,764,737.

    side     pixels of both kinds;  native  pixels of the sprites, where they are fewer (0: as side)
    enlarge  how a generator makes its maps larger;  blocks  residual blocks between
    cycle, identity  weights of the two losses;  pool  made pictures that are remembered
    identity_every  in every so many-th step identity is asked, with so many times its weight (as
             lazy regularisation: Karras et al., 2020, StyleGAN2); new trainings take `LAZY`
             where sprites have fewer pixels
    steady   what keeps the discriminators calm: nothing, R1 (Mescheder et al., 2018) or spectral
             norm (Miyato et al., 2018)
    calm     where nothing is enlarged the last convolution reads maps that were normed, as the
             report's does; without it (files before 2026-11-28) it reads the sum of all blocks,
             and sprites begin, and stay, in pure red, green and blue
    """

    channels: int = Field(3, ge=1, le=4)
    side: int = Field(128, ge=16, le=256, multiple_of=16)
    native: int = Field(0, ge=0, le=256)
    width: int = Field(64, ge=4, le=256)
    blocks: int = Field(9, ge=1, le=32)
    enlarge: Literal["transposed", "nearest"] = "transposed"
    cycle: float = Field(10.0, ge=0, le=1000)
    identity: float = Field(5.0, ge=0, le=1000)
    identity_every: int = Field(1, ge=1, le=1000)
    pool: int = Field(50, ge=0, le=1000)
    steady: Literal["none", "r1", "spectral"] = "none"
    calm: bool = False

    @model_validator(mode="after")
    def _grid(self) -> Config:
        allowed = [self.side // 4, self.side // 2, self.side]
        if self.native and self.native not in allowed:
            few = ", ".join(map(str, allowed))
            raise PincelError("cyclegan.native", came=self.native, side=self.side, allowed=few)
        return self

    @property
    def sprite(self) -> int:
        """Pixels of a sprite's side."""
        return self.native or self.side


class Residual(nn.Module):
    """Two reflection-padded 3x3 convolutions, added to what came in."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.layers = nn.Sequential(
            nn.ReflectionPad2d(1), nn.Conv2d(width, width, 3), nn.InstanceNorm2d(width), nn.ReLU(),
            nn.ReflectionPad2d(1), nn.Conv2d(width, width, 3), nn.InstanceNorm2d(width),
        )  # fmt: skip

    def forward(self, x: Tensor) -> Tensor:
        """x (n, width, h, w) -> the same."""
        return x + self.layers(x)


class ResizingGenerator(nn.Module):
    """(n, c, from, from) -> (n, c, to, to), -1 to 1.

    down, up  how often the maps are halved and doubled. Twice each is the report's network.
    """

    def __init__(self, config: Config, down: int = 2, up: int = 2) -> None:
        super().__init__()
        wide, most = config.width, 4 * config.width
        widths = [min(most, wide * 2**k) for k in range(3)]
        layers: list[nn.Module] = [nn.ReflectionPad2d(3), nn.Conv2d(config.channels, wide, 7)]
        layers += [nn.InstanceNorm2d(wide), nn.ReLU()]
        for k in range(2):  # without halving the maps still become as many
            stride = 2 if k < down else 1
            layers.append(nn.Conv2d(widths[k], widths[k + 1], 3, stride, 1))
            layers += [nn.InstanceNorm2d(widths[k + 1]), nn.ReLU()]
        layers += [Residual(most) for _ in range(config.blocks)]
        for k in range(up):
            before, after = widths[2 - k], widths[1 - k]
            layers += enlarging(before, after, config.enlarge)
            layers += [nn.InstanceNorm2d(after), nn.ReLU()]
        if config.calm and not up:
            layers += [nn.InstanceNorm2d(most), nn.ReLU()]
        layers += [nn.ReflectionPad2d(3), nn.Conv2d(widths[2 - up], config.channels, 7), nn.Tanh()]
        self.layers = nn.Sequential(*layers)

    def forward(self, pictures: Tensor) -> Tensor:
        """Pictures (n, c, h, w) -> (n, c, h 2^up / 2^down, ...)."""
        return self.layers(pictures)


def enlarging(before: int, after: int, how: str) -> list[nn.Module]:
    """Maps twice as large: a transposed convolution (its kernel of 3 covers pixels unevenly), or
    each pixel four times and a plain one."""
    if how == "transposed":
        return [nn.ConvTranspose2d(before, after, 3, 2, 1, output_padding=1)]
    return [nn.Upsample(scale_factor=2.0, mode="nearest"), nn.Conv2d(before, after, 3, 1, 1)]


class PatchDiscriminator(nn.Module):
    """(n, c, side, side) -> a verdict for each patch, (n, 1, 8, 8); about 1 for real ones."""

    def __init__(self, config: Config, side: int) -> None:
        super().__init__()
        held = _spectral if config.steady == "spectral" else _as_it_is
        layers: list[nn.Module] = []
        before, after = config.channels, config.width
        while side > 8:
            layers.append(held(nn.Conv2d(before, after, 4, 2, 1)))
            if before != config.channels and config.steady != "spectral":
                layers.append(nn.InstanceNorm2d(after))
            layers.append(nn.LeakyReLU(0.2))
            before, after, side = after, min(2 * after, 8 * config.width), side // 2
        layers += [nn.ZeroPad2d((1, 0, 1, 0)), held(nn.Conv2d(before, 1, 4, padding=1))]
        self.layers = nn.Sequential(*layers)

    def forward(self, pictures: Tensor) -> Tensor:
        """(n, c, side, side) -> (n, 1, 8, 8)."""
        return self.layers(pictures)


def _spectral(layer: nn.Conv2d) -> nn.Module:
    return nn.utils.parametrizations.spectral_norm(layer)


def _as_it_is(layer: nn.Conv2d) -> nn.Module:
    return layer


class Pool(nn.Module):
    """Pictures made earlier: half of the time one of them is shown in place of a new one, which
    takes its place. Part of the state, so that an interrupted run goes on as if it had not been."""

    def __init__(self, size: int, channels: int, side: int) -> None:
        super().__init__()
        self.register_buffer("held", torch.zeros(size, channels, side, side))
        self.register_buffer("count", torch.zeros((), dtype=torch.long))
        self.held: Tensor
        self.count: Tensor

    @torch.no_grad()
    def exchange(self, made: Tensor) -> Tensor:
        """(n, c, h, w), new -> (n, c, h, w), new or old."""
        size, given = len(self.held), made.detach().clone()
        for place in range(len(given) if size else 0):
            if int(self.count) < size:
                self.held[int(self.count)] = given[place]
                self.count += 1
            elif float(torch.rand(())) < 0.5:
                old = int(torch.randint(size, ()))
                kept = self.held[old].clone()
                self.held[old] = given[place]
                given[place] = kept
        return given


class Net(_network.Net):
    """Faces (n, c, side, side) and sprites (n, c, sprite, sprite), -1 to 1."""

    def __init__(self, config: Config) -> None:
        super().__init__(config)
        self.config: Config = config
        fewer = {1: 0, 2: 1, 4: 2}[config.side // config.sprite]  # doublings that are left out
        self.to_sprite = ResizingGenerator(config, 2, 2 - fewer)
        self.to_face = ResizingGenerator(config, 2 - fewer, 2)
        self.sprites = PatchDiscriminator(config, config.sprite)
        self.faces = PatchDiscriminator(config, config.side)
        self.made_sprites = Pool(config.pool, config.channels, config.sprite)
        self.made_faces = Pool(config.pool, config.channels, config.side)
        self.register_buffer("steps", torch.zeros((), dtype=torch.long))
        self.steps: Tensor
        self.apply(_begin)
        if config.calm and fewer == 2:
            with torch.no_grad():  # four times the maps of the report's: half, for the same spread
                self.to_sprite.layers[-2].weight.mul_(0.5)  # type: ignore[operator]

    def parts(self) -> dict[str, list[nn.Parameter]]:
        """Both generators step together, then each discriminator."""
        return {
            "generators": [*self.to_sprite.parameters(), *self.to_face.parameters()],
            "sprites": list(self.sprites.parameters()),
            "faces": list(self.faces.parameters()),
        }

    def losses(self, batch: tuple[Tensor, Tensor]) -> Iterator[tuple[str, Tensor]]:
        """What the generators lose, then each discriminator, on a batch of faces and sprites, both
        (n, c, side, side)."""
        faces, sprites = batch
        self.steps += 1
        every = self.config.identity_every
        due = every == 1 or int(self.steps) % every == 0
        made, same = self._made(faces, sprites, due)
        judges = [*self.sprites.parameters(), *self.faces.parameters()]
        for weight in judges:
            weight.requires_grad_(False)  # they only judge now
        try:
            asked = self.config.identity * every
            yield "generators", self._generators((faces, sprites), made, same, asked)
        finally:
            for weight in judges:
                weight.requires_grad_(True)
        yield "sprites", self._judged(self.sprites, sprites, self.made_sprites, made[0])
        yield "faces", self._judged(self.faces, faces, self.made_faces, made[1])

    def _made(
        self, faces: Tensor, sprites: Tensor, due: bool = True
    ) -> tuple[list[Tensor], list[Tensor]]:
        """Sprites of faces and faces of sprites; and, if it counts and is due, sprites of sprites
        and faces of faces, in the same passes (every picture is normalised by itself)."""
        if not (due and self.config.identity):
            return [self.to_sprite(faces), self.to_face(sprites)], []
        n, m = len(faces), len(sprites)
        first = self.to_sprite(torch.cat([faces, self.as_face(sprites)]))
        second = self.to_face(torch.cat([sprites, self.as_sprite(faces)]))
        return [first[:n], second[:m]], [first[n:], second[m:]]

    def _generators(
        self,
        real: tuple[Tensor, Tensor],
        made: list[Tensor],
        same: list[Tensor],
        identity: float,
    ) -> Tensor:
        faces, sprites = real
        made_sprites, made_faces = made
        loss = fooled(self.sprites(made_sprites)) + fooled(self.faces(made_faces))
        if self.config.cycle:
            there = functional.l1_loss(self.to_face(made_sprites), faces)
            back = functional.l1_loss(self.to_sprite(made_faces), sprites)
            loss = loss + self.config.cycle * (there + back)
        if same:
            far = functional.l1_loss(same[0], sprites) + functional.l1_loss(same[1], faces)
            loss = loss + identity * far
        return loss

    def as_face(self, sprites: Tensor) -> Tensor:
        """Sprites (n, c, sprite, sprite) at the size of faces, (n, c, side, side), each pixel a
        block."""
        return functional.interpolate(sprites, self.config.side, mode="nearest")

    def as_sprite(self, faces: Tensor) -> Tensor:
        """Faces (n, c, side, side) at the size of sprites, (n, c, sprite, sprite), each pixel the
        mean of a block."""
        return functional.interpolate(faces, self.config.sprite, mode="area")

    def _judged(self, judge: PatchDiscriminator, real: Tensor, pool: Pool, made: Tensor) -> Tensor:
        """Half the squared distance from 1 on real pictures and from 0 on made ones (least squares,
        Mao et al., 2017), and now and then the steepness on real ones."""
        shown = pool.exchange(made)
        due = self.config.steady == "r1" and int(self.steps) % _EVERY == 0
        real = real.detach().requires_grad_(due)
        verdicts = judge(real)
        loss = ((verdicts - 1).square().mean() + judge(shown).square().mean()) / 2
        if due:
            (slopes,) = torch.autograd.grad(verdicts.mean((1, 2, 3)).sum(), real, create_graph=True)
            loss = loss + _PENALTY / 2 * _EVERY * slopes.square().sum((1, 2, 3)).mean()
        return loss

    def judge(self, batch: tuple[Tensor, Tensor]) -> dict[str, float]:
        """The duel on (faces, sprites) that nobody learns from: the generators' loss, and how far
        the way there and back is from where it began."""
        faces, sprites = batch
        made, same = self._made(faces, sprites)
        loss = self._generators((faces, sprites), made, same, self.config.identity)
        return {
            "loss": float(loss),
            "cycle": float(functional.l1_loss(self.to_face(made[0]), faces)),
            "fooled": float(fooled(self.sprites(made[0]))),
        }

    def shows(self, pictures: Tensor) -> tuple[Tensor, Tensor]:
        """Pictures of faces (n, c, side, side), and what became of them at the same size."""
        return pictures, self.restore(pictures)

    def restore(self, pictures: Tensor) -> Tensor:
        """Faces (n, c, side, side) as sprites at the same size."""
        return self.as_face(self.to_sprite(pictures))

    forward = restore


_EVERY, _PENALTY = 4, 1.0


def fooled(verdicts: Tensor) -> Tensor:
    """Mean squared distance, one number (), of verdicts of any shape on made pictures from "real",
    1."""
    return (verdicts - 1).square().mean()


def _begin(layer: nn.Module) -> None:
    """N(0, 0.02), as both papers begin."""
    if isinstance(layer, (nn.Conv2d, nn.ConvTranspose2d)):
        for name, weight in layer.named_parameters():
            if not name.endswith("bias"):  # spectral norm holds the kernel under another name
                nn.init.normal_(weight, 0, 0.02)
        if layer.bias is not None:
            nn.init.zeros_(layer.bias)


def recipe(config: Config) -> dict[str, object]:
    """Adam at 2e-4, (0.5, 0.999), one picture of each kind at a time; no average, no decay."""
    return {"rate": 2e-4, "batch": 1, "betas": (0.5, 0.999), "decay": 0.0, "average": 0.0,
            "clip": 0.0, "warm": 0.0}  # fmt: skip
