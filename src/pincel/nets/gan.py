"""Two networks that compete: a generator makes pictures out of noise, a discriminator judges them.

The discriminator gives each picture a verdict, a plain number. It learns to give a real picture a
higher one than a made picture; the generator learns to turn that round (Goodfellow et al., 2014).
Each real picture is compared with a made one (relativistic pairing loss, Jolicoeur-Martineau,
2019): a generator that makes one good picture again and again gains nothing where the others are,
so modes are dropped less. Two penalties keep the verdict from changing steeply near real pictures
(R1, Mescheder et al., 2018) and near made ones (R2); with both the duel settles (R3GAN, Huang et
al., 2024), without batch norm and without tricks. They are computed every few steps only, and
counted as often more (Karras et al., 2020).

Sprites with alpha are few and hard-edged: a discriminator soon knows them by heart, tells every
made picture apart, and the generator is left with noise. So for them the penalties are stronger and
the discriminator sees every picture changed at random (DiffAugment, Zhao et al., 2020).

With `classes` both are told what the picture shows; `classes=0` leaves that out, and one can watch
whether the generator finds all kinds by itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import sqrt
from typing import Any

import torch
from pydantic import Field
from torch import Tensor, nn
from torch.nn import functional

from pincel.nets import _network
from pincel.nets._changed import changed

GENERATES = True
CHOOSES = False  # no held-out figure says which weights are best: the last ones are
MODES = True  # while it is taught it is counted how many kinds of pictures it makes


class Config(_network.Config):
    """Shape of both networks. For 32 x 32 RGBA they hold 1.4 million weights together."""

    channels: int = Field(3, ge=1, le=16)
    stains: bool = Field(False, description="channels are measurements, no colours with alpha")
    side: int = Field(32, ge=8, le=128, multiple_of=4)
    classes: int = Field(0, ge=0, le=10_000, description="0: pictures of all kinds, unnamed")
    noise: int = Field(64, ge=2, le=1024, description="numbers that a picture is made of")
    width: int = Field(32, ge=4, le=512, description="maps at the finest grid")
    penalty: float = Field(0.3, ge=0, le=1000, description="weight of R1 and R2, each")
    every: int = Field(4, ge=1, le=64, description="steps between two penalties")
    changed: bool = Field(False, description="the discriminator sees every picture changed")


def suited(channels: int, side: int, stains: bool = False) -> dict[str, Any]:
    """What suits pictures of this many values: sprites with alpha need a calmer duel."""
    return {"penalty": 10.0, "changed": True} if channels == 4 and not stains else {}


_DEEP = 8
"""Grids up to this side have residual blocks: there a multiplication sees most."""
_SEEN = 128


def _shape(config: Config) -> tuple[list[int], list[int], int]:
    """Sides of the maps, finest first; how many there are of each; pixels of a finest cell's side.
    Large pictures are worked on at half their side, so that a CPU makes it in minutes."""
    finer = 2 if config.side > 16 else 1
    grids = [config.side // finer]
    while grids[-1] % 2 == 0 and grids[-1] >= 8:
        grids.append(grids[-1] // 2)
    return grids, [config.width * 2**k for k in range(len(grids))], finer


class NormFreeBlock(nn.Module):
    """Two 3x3 convolutions whose result is added to what came in; no norm.

    The last one begins at zero, so that a new network only adds its inputs (Zhang et al., 2019).
    """

    def __init__(self, width: int) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(width, width, 3, 1, 1)
        self.conv2 = nn.Conv2d(width, width, 3, 1, 1, bias=False)
        nn.init.kaiming_normal_(self.conv1.weight, 0.2)
        nn.init.zeros_(self.conv2.weight)

    def forward(self, x: Tensor) -> Tensor:
        """(n, width, h, w) -> the same."""
        y = functional.leaky_relu(self.conv1(functional.leaky_relu(x, 0.2)), 0.2)
        return x + self.conv2(y)


class Generator(nn.Module):
    """Noise (n, noise), and a class if there are any, to pictures (n, channels, side, side)."""

    def __init__(self, config: Config) -> None:
        super().__init__()
        grids, widths, finer = _shape(config)
        self.names = nn.Embedding(config.classes, config.noise) if config.classes else None
        given = config.noise * (2 if config.classes else 1)
        self.first, self.grid = widths[-1], grids[-1]
        self.start = nn.Linear(given, self.first * self.grid**2)
        stages: list[nn.Module] = [NormFreeBlock(self.first)]
        for grid, before, after in zip(grids[-2::-1], widths[:0:-1], widths[-2::-1], strict=True):
            stages += [nn.LeakyReLU(0.2), nn.ConvTranspose2d(before, after, 4, 2, 1)]
            stages += [NormFreeBlock(after)] * (grid <= _DEEP)
        self.stages = nn.Sequential(*stages, nn.LeakyReLU(0.2))
        # every cell of the finest grid paints its own pixels
        self.paint = nn.Conv2d(widths[0], config.channels * finer**2, 3, 1, 1)
        self.spread = nn.PixelShuffle(finer)

    def forward(self, noise: Tensor, labels: Tensor | None) -> Tensor:
        """(n, noise), (n,) -> (n, channels, side, side), mostly -1..1."""
        if self.names is not None and labels is not None:
            named = functional.normalize(self.names(labels)) * sqrt(noise.shape[1])
            noise = torch.cat([noise, named], 1)
        x = self.start(noise).unflatten(1, (self.first, self.grid, self.grid))
        return self.spread(self.paint(self.stages(x)))


class Discriminator(nn.Module):
    """Pictures to verdicts (n,): the higher, the more real. With classes, a picture must also look
    like its class (projection, Miyato & Koyama, 2018)."""

    def __init__(self, config: Config) -> None:
        super().__init__()
        grids, widths, finer = _shape(config)
        self.gather = nn.PixelUnshuffle(finer)
        self.look = nn.Conv2d(config.channels * finer**2, widths[0], 3, 1, 1)
        stages: list[nn.Module] = []
        for grid, before, after in zip(grids[1:], widths[:-1], widths[1:], strict=True):
            stages += [nn.LeakyReLU(0.2), nn.Conv2d(before, after, 4, 2, 1)]
            stages += [NormFreeBlock(after)] * (grid <= _DEEP)
        self.stages = nn.Sequential(*stages, nn.LeakyReLU(0.2), nn.Flatten())
        self.sum = nn.Linear(widths[-1] * grids[-1] ** 2, _SEEN)
        self.verdict = nn.Linear(_SEEN, 1)
        self.names = nn.Embedding(config.classes, _SEEN) if config.classes else None
        if self.names is not None:
            nn.init.normal_(self.names.weight, 0, 1 / sqrt(_SEEN))

    def forward(self, pictures: Tensor, labels: Tensor | None) -> Tensor:
        """(n, channels, side, side), (n,) -> (n,)."""
        seen = functional.leaky_relu(self.sum(self.stages(self.look(self.gather(pictures)))), 0.2)
        verdict = self.verdict(seen).squeeze(1)
        if self.names is not None and labels is not None:
            verdict = verdict + (seen * self.names(labels)).sum(1)
        return verdict


class Net(_network.Net):
    """A generator with its discriminator. Pictures are (n, channels, side, side), -1..1."""

    discriminator: Discriminator

    def __init__(self, config: Config) -> None:
        super().__init__(config)
        self.config: Config = config
        self.generator = Generator(config)
        self.discriminator = Discriminator(config)
        self.register_buffer("steps", torch.zeros((), dtype=torch.long))
        # how often each class was seen, so that samples of no stated class have the data's mix
        self.register_buffer("seen", torch.zeros(config.classes, dtype=torch.long))
        self.steps: Tensor
        self.seen: Tensor
        self.last: tuple[Tensor, Tensor] | None = None
        """Verdicts on the last batch: real pictures (n,), made pictures (n,)."""

    def parts(self) -> dict[str, list[nn.Parameter]]:
        """They step by themselves, in turn."""
        return {
            "discriminator": list(self.discriminator.parameters()),
            "generator": list(self.generator.parameters()),
        }

    def losses(self, batch: tuple[Tensor, Tensor]) -> Iterator[tuple[str, Tensor]]:
        """The discriminator's loss on a batch of pictures (n, c, h, w) and labels (n,), then the
        generator's, judged by the discriminator that has just learned."""
        pictures, labels = batch
        self.steps += 1
        if self.config.classes:
            self.seen += torch.bincount(labels, minlength=self.config.classes)
        made = self.generator(self._noise(pictures), labels)
        yield "discriminator", self._judged(pictures, made.detach(), labels)
        assert self.last is not None

        for weight in self.discriminator.parameters():
            weight.requires_grad_(False)  # it only judges now
        try:
            # the verdicts on real pictures are those of a step ago, which saves a pass
            fake = self.discriminator(self._shown(made), labels)
            yield "generator", functional.softplus(self.last[0] - fake).mean()
        finally:
            for weight in self.discriminator.parameters():
                weight.requires_grad_(True)

    def _shown(self, pictures: Tensor) -> Tensor:
        """Pictures (n, c, side, side) as the discriminator is shown them while it is taught."""
        if not self.config.changed:
            return pictures
        return changed(pictures, self.config.channels == 4 and not self.config.stains)

    def _noise(self, pictures: Tensor) -> Tensor:
        return torch.randn(len(pictures), self.config.noise).to(pictures.device)

    def _judged(self, pictures: Tensor, made: Tensor, labels: Tensor) -> Tensor:
        """softplus(made - real) over pairs, and now and then the penalties."""
        due = bool(self.config.penalty) and int(self.steps) % self.config.every == 0
        both = self._shown(torch.cat([pictures, made])).requires_grad_(due)
        verdicts = self.discriminator(both, torch.cat([labels, labels]))
        real, fake = verdicts.chunk(2)
        self.last = (real.detach(), fake.detach())
        loss = functional.softplus(fake - real).mean()
        if due:
            (slopes,) = torch.autograd.grad(verdicts.sum(), both, create_graph=True)
            steepness = slopes.square().sum((1, 2, 3)).sum() / len(pictures)  # R1 + R2
            loss = loss + self.config.penalty / 2 * self.config.every * steepness
        return loss

    def judge(self, batch: tuple[Tensor, Tensor]) -> dict[str, float]:
        """The duel on (pictures, labels (n,)) that nobody learns from: both losses, mean verdicts,
        and the share of pairs whose real picture got the higher one (0.5: it can only guess)."""
        pictures, labels = batch
        made = self.generator(self._noise(pictures), labels)
        real, fake = (self.discriminator(shown, labels) for shown in (pictures, made))
        self.last = (real.detach(), fake.detach())
        losses = functional.softplus(fake - real).mean(), functional.softplus(real - fake).mean()
        return {
            "loss": float(sum(losses)),
            "real": float(real.mean()),
            "made": float(fake.mean()),
            "told_apart": float((real > fake).float().mean()),
        }

    @torch.no_grad()
    def sample(
        self, seeds: Sequence[int], labels: Tensor | None = None, steps: int | None = None
    ) -> Tensor:
        """One picture for each seed, (n, channels, side, side): a single pass, `steps` means
        nothing here. Without labels a class is drawn for each seed, as often as in the data."""
        training = self.training
        self.eval()
        made = []
        try:
            for place, seed in enumerate(seeds):  # one by one: a batch may round differently
                noise, label = self._drawn(int(seed))
                if labels is not None:
                    label = labels[place : place + 1]
                made.append(self.generator(noise, label.to(noise.device)))
        finally:
            self.train(training)
        return torch.cat(made).clamp(-1, 1)

    def _drawn(self, seed: int) -> tuple[Tensor, Tensor]:
        """Noise (1, noise) and a class (1,) that follow from the seed."""
        generator = torch.Generator().manual_seed(seed)
        noise = torch.randn(1, self.config.noise, generator=generator).to(self.steps.device)
        if not self.config.classes:
            return noise, torch.zeros(1, dtype=torch.long)
        weights = self.seen.cpu().float() + 1e-3
        return noise, torch.multinomial(weights, 1, generator=generator)


def recipe(config: Config) -> dict[str, Any]:
    """A small rate and no momentum (betas): what was right a step ago is wrong now."""
    return {
        "rate": 5e-4,
        "batch": 64,
        "betas": (0.0, 0.99),
        "decay": 0.0,
        "average": 0.995,
        "clip": 100.0,
    }
