"""Style transfer: a picture drawn again so that a network sees the content of one picture and the
style of another in it (Gatys, Ecker and Bethge, "Image Style Transfer Using Convolutional Neural
Networks", 2016).

The picture itself is what is learned. Content is compared place by place in deep maps, style by
Gram matrices, which forget the place. On a native grid every number is one pixel of a sprite and
the network is shown the sprite enlarged, as sprites are looked at; the pixels are then real by
construction, and what is learned is where outlines and highlights belong.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from pincel.look.seers import Seer, gram

STEP = 16
"""Sides that a network is shown are multiples of this."""
ENLARGED = 4
"""Pixels of a side that the network is shown for each pixel of a sprite."""
_CALM = 40.0  # how much more a place with no edge nearby is held than one beside an edge
_EDGE = 0.06  # of 1: a step between neighbours that is an edge


@dataclass(frozen=True)
class Weights:
    """How much each part of the loss counts; each is about 1 for a picture that has nothing of
    what is wanted."""

    style: float = 5.0
    content: float = 1.0
    color: float = 1.0
    smooth: float = 4.0


@dataclass(frozen=True)
class Course:
    """How a picture is drawn.

    weights  of the parts of the loss
    layers   style layers by number from 1, None: the network's usual ones
    begin    "picture", or "noise" of this seed
    rate     of Adam (Kingma and Ba, 2015)
    """

    steps: int = 60
    weights: Weights = Weights()
    layers: tuple[int, ...] | None = None
    begin: str = "picture"
    seed: int = 0
    rate: float = 0.02


@dataclass(frozen=True, eq=False)
class StyleStage:
    """Where the drawing stands after a step: the picture (h, w, 3) float32 sRGB 0-1, and the parts
    of the loss as they were before the step, without their weights."""

    step: int
    steps: int
    picture: np.ndarray
    losses: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Targets:
    """What the picture is compared with.

    grams    of each style layer;  maps: of each content layer
    norms    what a loss of 1 is, for each of both
    start    (1, 3, h, w);  hold: (1, 1, h, w) how firmly each place keeps its colour
    enlarged how often each pixel is repeated for the network
    """

    grams: list[Tensor]
    maps: list[Tensor]
    norms: tuple[list[Tensor], list[Tensor]]
    start: Tensor
    hold: Tensor
    enlarged: int


def transfer(
    seer: Seer,
    content: np.ndarray,
    likes: Sequence[np.ndarray],
    course: Course = Course(),
    enlarged: int = 1,
) -> Iterator[StyleStage]:
    """Draw `content` in the style of `likes`, step by step.

    content   (h, w, 3) float32 sRGB 0-1, one number for each pixel of the result
    likes     (h, w, 4) uint8 each, already of the size in which their style is to be seen;
              transparent places do not count
    enlarged  how often each pixel of `content` is repeated before the network sees it
    """
    layers = seer.layers(course.layers)
    wanted = _wanted(seer, content, likes, layers, enlarged)
    drawn, rate = wanted.start.clone(), course.rate
    if course.begin == "noise":
        chance = torch.Generator().manual_seed(course.seed)
        drawn, rate = torch.rand(drawn.shape, generator=chance), 2.5 * rate
    drawn.requires_grad_(True)
    optimizer = torch.optim.Adam([drawn], lr=rate)
    for step in range(1, course.steps + 1):
        parts = _losses(seer, drawn.clamp(0, 1), wanted, layers)
        loss = torch.stack([getattr(course.weights, k) * part for k, part in parts.items()]).sum()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        told = {name: float(part.detach()) for name, part in parts.items()}
        shown = drawn.detach().clamp(0, 1)[0].permute(1, 2, 0).numpy().copy()
        yield StyleStage(step, course.steps, shown, told)


def _losses(seer: Seer, drawn: Tensor, wanted: Targets, style: Sequence[int]) -> dict[str, Tensor]:
    maps = seer.look(_shown(drawn, wanted.enlarged))
    grams, held = wanted.norms
    styled = [
        (gram(maps[layer]) - target).square().mean() / norm
        for layer, target, norm in zip(style, wanted.grams, grams, strict=True)
    ]
    kept = [
        (maps[layer] - target).square().mean() / norm
        for layer, target, norm in zip(seer.content, wanted.maps, held, strict=True)
    ]
    away = (drawn - wanted.start).square() * wanted.hold
    spread = (wanted.start - wanted.start.mean((2, 3), keepdim=True)).square().mean() + 1e-4
    down = (drawn[:, :, 1:] - drawn[:, :, :-1]).abs().mean()
    across = (drawn[..., 1:] - drawn[..., :-1]).abs().mean()
    return {
        "style": torch.stack(styled).mean(),
        "content": torch.stack(kept).mean(),
        "color": away.mean() / spread,
        "smooth": down + across,
    }


@torch.no_grad()
def _wanted(
    seer: Seer,
    content: np.ndarray,
    likes: Sequence[np.ndarray],
    style: Sequence[int],
    enlarged: int,
) -> Targets:
    start = torch.from_numpy(np.ascontiguousarray(content, np.float32)).permute(2, 0, 1)[None]
    maps = seer.look(_shown(start, enlarged))
    held = [maps[layer] for layer in seer.content]
    grams = _style_of(seer, likes, style)
    norms = (
        [one.square().mean() + 1e-12 for one in grams],
        [(one - one.mean()).square().mean() + 1e-6 for one in held],
    )
    return Targets(grams, held, norms, start, _hold(start), enlarged)


def _style_of(seer: Seer, likes: Sequence[np.ndarray], style: Sequence[int]) -> list[Tensor]:
    """The Gram matrices of all likes together, each counted by its visible area."""
    total: list[Tensor] = []
    area = 0.0
    for like in likes:
        picture, weight = _like(like)
        share = float(weight.sum())
        maps = seer.look(picture)
        grams = [gram(maps[layer], weight) * share for layer in style]
        total = [a + b for a, b in zip(total, grams, strict=True)] if total else grams
        area += share
    return [one / max(area, 1.0) for one in total]


def _like(rgba: np.ndarray) -> tuple[Tensor, Tensor]:
    """A style picture on its own mean colour, and which places of it are seen, both filled up to
    multiples of STEP."""
    values = torch.from_numpy(rgba.astype(np.float32) / 255).permute(2, 0, 1)[None]
    color, alpha = values[:, :3], values[:, 3:]
    mean = (color * alpha).sum((2, 3), keepdim=True) / alpha.sum().clamp_min(1)
    color = color * alpha + mean * (1 - alpha)
    below, right = (-side % STEP for side in rgba.shape[:2])
    weight = functional.pad(alpha, (0, right, 0, below))
    padded = functional.pad(color - mean, (0, right, 0, below)) + mean
    return padded, weight


def _hold(start: Tensor) -> Tensor:
    """How firmly each place of a picture (1, 3, h, w) keeps its colour: 1 beside edges, where style
    may draw, up to 1 + _CALM where nothing is near, so that a flat ground stays flat."""
    down = functional.pad((start[:, :, 1:] - start[:, :, :-1]).abs().amax(1, True), (0, 0, 0, 1))
    across = functional.pad((start[..., 1:] - start[..., :-1]).abs().amax(1, True), (0, 1, 0, 0))
    edge = (torch.maximum(down, across) > _EDGE).float()
    near = functional.max_pool2d(edge, 5, stride=1, padding=2)
    return 1 + _CALM * (1 - near)


def _shown(drawn: Tensor, enlarged: int) -> Tensor:
    """A picture as the network is shown it: each pixel a square, filled up to multiples of STEP."""
    if enlarged > 1:
        drawn = drawn.repeat_interleave(enlarged, 2).repeat_interleave(enlarged, 3)
    below, right = (-side % STEP for side in drawn.shape[2:])
    return functional.pad(drawn, (0, right, 0, below), mode="replicate")
