"""Diffusion: learn to see the picture in noise, then begin with nothing but noise.

Training takes a picture, drowns it in noise of some strength t (`_schedules`), and asks the network
what the picture, the noise, or the direction between them is; any of the three gives the other two.
Sampling begins with pure noise and goes back in steps, each time a little towards the picture that
the network sees (`_samplers`). The default is the rectified flow (Liu et al., 2023), straight ways
from picture to noise, and the network names the picture, its error counted as the direction's (Li
& He, 2025): after a short training what it makes is cleaner than with the direction asked.

With a `vocabulary` it is told words instead of a class, and with `hinted` it also sees what is
already drawn and an outline: so it draws from a sentence, repairs, and follows a scribble.

Colours are OKLab times alpha (`_oklab`), so that noise strikes what the eye sees. If the data has
classes, one in ten pictures is shown without its class; sampling with `guidance` w goes w times the
way from what is seen without the class to what is seen with it (Ho & Salimans, 2022).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Annotated, Literal, NamedTuple

import torch
from pydantic import Field
from torch import Tensor

from pincel.art.denoise import CLIP
from pincel.nets import _network, _oklab, _samplers
from pincel.nets._schedules import Kind, Schedule, over_pictures
from pincel.nets._unet import UNet

GENERATES = True
HINTS = 3
"""Planes that a hinted net sees besides what is known of the picture: where it is known, an
outline, and whether an outline is given."""
_LOUD = 0.02  # of the picture, the least signal that noise is divided by


class Config(_network.Config):
    """The network and what it is asked. The defaults hold 1.3 million weights for 16 pixels.

    stains  channels are measurements, no colours with alpha: noise is added to them as they are
    """

    channels: int = Field(3, ge=1, le=16)
    stains: bool = False
    side: int = Field(16, ge=8, le=64, multiple_of=4)
    classes: int = Field(0, ge=0, le=10_000)
    width: int = Field(32, ge=16, le=512, multiple_of=8)
    widen: tuple[Annotated[float, Field(ge=0.25, le=16)], ...] = Field(
        (1.0, 2.0, 3.0), min_length=1, max_length=4
    )
    fold: int = Field(0, ge=0, le=4)
    predict: Literal["x0", "noise", "velocity"] = "x0"
    schedule: Kind = "flow"
    guidance: float = Field(1.5, ge=0, le=20)
    sampler: Literal["ddim", "euler", "heun", "ancestral"] = "euler"
    steps: int = Field(25, ge=1, le=1000)
    unsaid: float = Field(0.1, ge=0, lt=1)
    vocabulary: int = Field(0, ge=0, le=20_000)
    words: int = Field(12, ge=1, le=64)
    hinted: bool = False
    blocks: tuple[Annotated[int, Field(ge=1, le=16)], ...] = Field((), max_length=4)


class CaptionedBatch(NamedTuple):
    """Pictures (n, c, s, s), -1..1, with words (n, w) int64, 0 none, and, for a hinted net, where a
    picture is known (n, s, s) bool, outlines (n, s, s) bool, and whether they are shown (n,) bool.
    The words are final: none is left out any more."""

    pictures: Tensor
    words: Tensor
    known: Tensor | None = None
    outline: Tensor | None = None
    shown: Tensor | None = None


def hints(x0: Tensor, known: Tensor, outline: Tensor, shown: Tensor) -> Tensor:
    """The planes of a hinted net, (n, c + 3, s, s), from pictures x0 (n, c, s, s) in the space of
    `_oklab` and the rest as in `CaptionedBatch`: known, outline (n, s, s) and shown (n,), bool."""
    seen = known[:, None].to(x0.dtype)
    told = shown[:, None, None, None].to(x0.dtype).expand_as(seen)
    return torch.cat([x0 * seen, seen, outline[:, None].to(x0.dtype) * told, told], 1)


class Net(_network.Net):
    """A generator. Pictures are (n, channels, side, side), -1..1, colours times alpha."""

    def __init__(self, config: Config) -> None:
        super().__init__(config)
        self.config: Config = config
        self.schedule = Schedule(config.schedule)
        self.unet = UNet(
            config.channels,
            config.side,
            config.width,
            config.widen,
            config.classes,
            fold=config.fold,
            vocabulary=config.vocabulary,
            hints=(config.channels + HINTS) if config.hinted else 0,
            blocks=config.blocks,
        )

    # learning

    def losses(self, batch: tuple[Tensor, Tensor] | CaptionedBatch) -> Iterator[tuple[str, Tensor]]:
        """Mean squared error of what is asked of a batch (pictures (n, c, s, s), labels (n,); or
        `CaptionedBatch`), at times drawn at random."""
        pictures, labels = batch[:2]
        x0 = _oklab.encode(pictures.float(), self.config.stains)
        n, device = len(x0), x0.device
        t = torch.rand(n, device=device)
        if self.config.schedule == "flow":  # more often in the middle (Esser et al., 2024)
            t = torch.sigmoid(torch.randn(n, device=device))
        noise = torch.randn_like(x0)
        planes = None
        if isinstance(batch, CaptionedBatch):
            if self.config.hinted and batch.known is not None:
                assert batch.outline is not None and batch.shown is not None
                planes = hints(x0, batch.known, batch.outline, batch.shown)
        elif self.config.classes:
            unsaid = torch.rand(n, device=device) < self.config.unsaid
            if self.config.vocabulary:
                labels = torch.where(unsaid, 0, labels + 1)[:, None]
            else:
                labels = torch.where(unsaid, self.config.classes, labels)
        noised = self.schedule.noised(x0, noise, t)
        answer = self.unet(noised, t, self._labels(labels), planes)
        error = (answer.float() - self._asked(x0, noise, t)) ** 2
        yield "net", (self._weight(t) * error.mean((1, 2, 3))).mean()

    def _asked(self, x0: Tensor, noise: Tensor, t: Tensor) -> Tensor:
        """The right answer."""
        if self.config.predict == "x0":
            return x0
        if self.config.predict == "noise":
            return noise
        p, q = (over_pictures(value, x0) for value in self.schedule.turn(t))
        return p * x0 + q * noise

    def _weight(self, t: Tensor) -> Tensor:
        """How much an answer at time t counts: the velocity's error, whatever is asked, but at
        most 25 times the asked one's own."""
        a, s = self.schedule.signal(t), self.schedule.noise(t)
        if self.config.predict == "x0":
            return 1 / s.clamp(min=0.2) ** 2
        if self.config.predict == "noise":
            return 1 / a.clamp(min=0.2) ** 2
        return torch.ones_like(t)

    def _labels(self, labels: Tensor | None) -> Tensor | None:
        return labels if self.config.classes or self.config.vocabulary else None

    # seeing

    def views(
        self, x: Tensor, t: float, labels: Tensor | None = None
    ) -> tuple[Tensor, Tensor, Tensor]:
        """What the network sees in x_t, three times the same: the picture x_0, the noise and the
        velocity. In the space of `_oklab`; x and each view (n, channels, side, side); labels (n,),
        or (n, w) words."""
        when = torch.full((len(x),), t, device=x.device)
        answer = self.unet(x, when, self._labels(labels)).float()
        a, s = (
            over_pictures(value, x)
            for value in (self.schedule.signal(when), self.schedule.noise(when))
        )
        p, q = (over_pictures(value, x) for value in self.schedule.turn(when))
        if self.config.predict == "velocity":
            return q * x - s * answer, a * answer - p * x, answer
        if self.config.predict == "noise":
            x0, noise = (x - s * answer) / a.clamp(min=_LOUD), answer
        else:
            x0, noise = answer, (x - a * answer) / s.clamp(min=_LOUD)
        return x0, noise, p * x0 + q * noise

    def see(
        self, labels: Tensor | None = None, guidance: float | None = None
    ) -> Callable[[Tensor, float], Tensor]:
        """The denoiser for a sampler: x_t (n, c, s, s) and t -> x_0, with guidance towards the
        labels, (n,) classes or (n, w) words."""
        strength = self.config.guidance if guidance is None else guidance
        labels = self._labels(labels)

        def seen(x: Tensor, t: float) -> Tensor:
            if labels is None or strength == 0:
                x0 = self.views(x, t)[0]
            elif strength == 1:
                x0 = self.views(x, t, labels)[0]
            else:
                said = self.views(x, t, labels)[0]
                unsaid = self.views(x, t)[0]
                x0 = unsaid + strength * (said - unsaid)
            return x0.clamp(-CLIP, CLIP)

        return seen

    # making

    @torch.no_grad()
    def sample(
        self,
        seeds: Sequence[int],
        labels: Tensor | None = None,
        steps: int | None = None,
        *,
        guidance: float | None = None,
        sampler: str | None = None,
    ) -> Tensor:
        """New pictures (n, channels, side, side): picture i follows from seeds[i] and labels[i]."""
        x = None
        for look in self.looks(seeds, labels, steps, guidance=guidance, sampler=sampler):
            x = look.after
        assert x is not None
        return _oklab.decode(x, self.config.stains)

    @torch.no_grad()
    def looks(
        self,
        seeds: Sequence[int],
        labels: Tensor | None = None,
        steps: int | None = None,
        *,
        guidance: float | None = None,
        sampler: str | None = None,
        start: Tensor | None = None,
        strength: float = 1.0,
        keep: Tensor | None = None,
    ) -> Iterator[_samplers.DenoisingStep]:
        """The reverse steps one by one, in the space of `_oklab` (`_oklab.decode` shows them).

        labels    (n,), or (n, w) words
        start     pictures (n, c, side, side) in that space to begin from, noised to t = `strength`
        keep      (n or 1, 1, side, side) bool: where what is seen is always `start`
        """
        draws = [torch.Generator().manual_seed(int(seed)) for seed in seeds]
        shape = (self.config.channels, self.config.side, self.config.side)
        device = next(self.parameters()).device

        def draw() -> Tensor:
            return torch.stack([torch.randn(shape, generator=g) for g in draws]).to(device)

        see = self.see(labels, guidance)
        x = draw()
        if start is not None:
            known = start
            if strength < 1:
                x = self.schedule.noised(known, x, torch.full((len(x),), strength, device=device))
            if keep is not None:
                free = see

                def see(x: Tensor, t: float) -> Tensor:
                    return torch.where(keep, known, free(x, t))

        when = _samplers.falling_times(steps or self.config.steps, strength)
        go = _samplers.SAMPLERS[sampler or self.config.sampler]
        yield from go(self.schedule, see, x, when, draw)

    @torch.no_grad()
    def vary(
        self,
        pictures: Tensor,
        strength: float,
        seeds: Sequence[int],
        labels: Tensor | None = None,
        steps: int | None = None,
    ) -> Tensor:
        """Pictures (n, c, side, side) drawn anew after noise up to t = `strength`: near 0 the
        same, at 1 new ones. labels: (n,), or (n, w) words."""
        start = _oklab.encode(pictures, self.config.stains)
        x = start
        for look in self.looks(seeds, labels, steps, start=start, strength=strength):
            x = look.after
        return _oklab.decode(x, self.config.stains)

    @torch.no_grad()
    def inpaint(
        self,
        pictures: Tensor,
        mask: Tensor,
        seeds: Sequence[int],
        labels: Tensor | None = None,
        steps: int | None = None,
    ) -> Tensor:
        """Pictures drawn anew where `mask` (n or 1, 1, side, side) is true; the other pixels stay
        exactly as they are. Fresh noise at each step lets the new part fit the old. Pictures
        (n, c, side, side), labels (n,), or (n, w) words."""
        start, mask = _oklab.encode(pictures, self.config.stains), mask.bool()
        x = start
        for look in self.looks(seeds, labels, steps, sampler="ancestral", start=start, keep=~mask):
            x = look.after
        return torch.where(mask, _oklab.decode(x, self.config.stains), pictures)


def recipe(config: Config) -> dict[str, float]:
    """A high rate, and a long average: samples of the average are far cleaner."""
    return {"rate": 0.0015, "average": 0.998, "batch": 32}
