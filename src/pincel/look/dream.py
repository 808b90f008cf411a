"""What would make a part of a network answer most: pictures drawn by gradient ascent.

Feature visualisation (Olah et al., 2017; first Erhan et al., 2009) begins with grey and changes it
until a neuron, a channel or a class answers strongly: the answer to "what does it look for?". Deep
Dream (Mordvintsev et al., 2015) begins with a person's picture and enlarges whatever a layer
already sees in it, from large shapes to small ones.

Both only follow the gradient of one number with respect to the picture; the network is left as it
was found.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from pincel.errors import PincelError
from pincel.look import fourier
from pincel.look.layers import OpenedLayer, Trace, trace
from pincel.look.operations import ACTIVATIONS
from pincel.nets._network import Model

SHIFT, TURN, ZOOM = 1 / 14, 8.0, 0.08  # of a side, degrees, share: how far a view may lie
SPREADS = 2.5  # of the training data about its mean: the values that may be drawn
_RATE = 0.05
_START = 0.3
_BANDS = (0.5, 1.0, 1.0)  # how much of a dream's fine, middle and coarse patterns is taken
_PUSH = 5.0  # length of the gradient that pulls against calm and variation


@dataclass(frozen=True)
class Target:
    """The number that is to rise.

    class_   a class' score before the softmax, or
    layer    name, path or number of a layer: its mean square over all channels (Deep Dream), with
    channel  the mean of this channel's map, or the number of a list; with
    cell     (row, column) of the map: a single neuron
    """

    class_: int | None = None
    layer: str | None = None
    channel: int | None = None
    cell: tuple[int, int] | None = None


@dataclass(frozen=True, eq=False)
class AscentStage:
    """Where an ascent stands after a step.

    pictures    (n, h, w, c) float32 from 0 to 1
    activation  (n,) the number that rises, for the picture as the step found it
    """

    step: int
    steps: int
    pictures: np.ndarray
    activation: np.ndarray


# --------------------------------------------------------------------------------- the number


def target_layer(run: Trace, target: Target) -> OpenedLayer:
    """The layer that a target names. What lies before its ReLU where it is one: a ReLU that gives
    0 has no gradient to follow. PincelError when there is no such layer."""
    layer = run.find(target.layer or run.last_map().name)
    if layer.kind in ACTIVATIONS and layer.inputs[0] >= 0:
        return run.layers[layer.inputs[0]]
    return layer


def activation(run: Trace, targets: Sequence[Target]) -> Tensor:
    """The number of each picture, (n,): `targets` holds one for all or one for each.

    PincelError for a class, channel or cell that does not exist.
    """
    chosen = [*targets] * (len(run.picture) if len(targets) == 1 else 1)
    return torch.stack([_one(run, i, target) for i, target in enumerate(chosen)])


def _one(run: Trace, picture: int, target: Target) -> Tensor:
    if target.class_ is not None:
        most = run.logits.shape[1] - 1
        if target.class_ > most:
            raise PincelError("look.no_class", came=target.class_, most=most)
        return run.logits[picture, target.class_]
    layer = target_layer(run, target)
    value = layer.value[picture]
    if target.channel is None:
        return value.square().mean()
    if target.channel >= len(value):
        facts = {"layer": layer.name, "came": target.channel, "most": len(value) - 1}
        raise PincelError("look.no_channel" if value.ndim == 3 else "look.no_number", **facts)
    if value.ndim == 1:
        return value[target.channel]
    if value.ndim != 3:
        shape = " x ".join(map(str, value.shape))
        raise PincelError("look.odd_shape", layer=layer.name, shape=shape)
    plane = value[target.channel]
    if target.cell is None:
        return plane.mean()
    row, column = target.cell
    if not (0 <= row < plane.shape[0] and 0 <= column < plane.shape[1]):
        size = " x ".join(map(str, plane.shape))
        raise PincelError("look.no_cell", layer=layer.name, came=f"{row},{column}", size=size)
    return plane[row, column]


class _Through(nn.Module):
    """A network of which only the part that reads pictures is run."""

    def __init__(self, net: nn.Module, part: str) -> None:
        super().__init__()
        self.net, self.part = net, part

    def forward(self, pictures: Tensor) -> Any:
        return getattr(self.net, self.part)(pictures)


def _reader(model: Model) -> nn.Module:
    """What runs on a picture alone. PincelError for a network that reads none, or not alone."""
    net = model.net
    plain = ("logits", "embed", "encode", "restore", "upscale")
    own = type(net).forward
    if hasattr(net, "sample") and not hasattr(net, "encode"):
        raise PincelError("dream.reads_none", family=model.family)
    if hasattr(net, "logits") or any(getattr(type(net), part, None) is own for part in plain):
        return net
    part = next((part for part in plain if hasattr(net, part)), None)
    if part is None:
        raise PincelError("dream.reads_none", family=model.family)
    return _Through(net, part)


class _Prepared:
    """Pictures from 0 to 1 as the model reads them."""

    def __init__(self, model: Model) -> None:
        about = model.about.get("prepare")
        if not about:
            raise PincelError("look.no_preparation", name=model.family)
        self.net = _reader(model)
        self.size: tuple[int, int] = (int(about["size"][0]), int(about["size"][1]))
        self.channels = int(about["channels"])
        self.mean = torch.tensor(about["mean"], dtype=torch.float32).view(1, -1, 1, 1)
        self.std = torch.tensor(about["std"], dtype=torch.float32).view(1, -1, 1, 1)

    def bounded(self, waves: Tensor) -> Tensor:
        """Values from 0 to 1 spread over the brightness that the network has seen: two and a half
        spreads about its mean."""
        low = (self.mean - SPREADS * self.std).clamp(min=0)
        high = (self.mean + SPREADS * self.std).clamp(max=1)
        return low + (high - low) * waves

    def climb(self, pictures: Tensor, targets: Sequence[Target]) -> tuple[Tensor, Tensor]:
        """The number of each picture (n,), and how it moves with every pixel (n, c, h, w)."""
        run = trace(self.net, (pictures - self.mean) / self.std, gradients=True)
        value = activation(run, targets)
        if not value.requires_grad:
            raise PincelError("dream.no_gradient")
        (slope,) = torch.autograd.grad(value.sum(), run.picture)
        return value.detach(), slope / self.std


def target_values(model: Model, pictures: np.ndarray, targets: Sequence[Target]) -> np.ndarray:
    """The number of each of the pictures (n, h, w, c), values 0 to 1, without changing them."""
    given = _Prepared(model)
    values = torch.from_numpy(np.moveaxis(np.asarray(pictures, np.float32), -1, 1).copy())
    run = trace(given.net, (values - given.mean) / given.std)
    return activation(run, targets).numpy()


def by_chance(
    model: Model, target: Target, size: tuple[int, int] | None = None, seed: int = 0
) -> np.ndarray:
    """The number for 16 pictures of random pixels, (16,) floats: what an ascent has to beat."""
    given = _Prepared(model)
    height, width = size or given.size
    rng = np.random.default_rng(seed)
    return target_values(model, rng.random((16, height, width, given.channels)), [target])


def takes(model: Model, size: tuple[int, int]) -> bool:
    """Whether the network reads pictures of another size than its own."""
    given = _Prepared(model)
    try:
        trace(given.net, torch.zeros(1, given.channels, *size))
    except RuntimeError:
        return False
    return True


# ---------------------------------------------------------------------- feature visualisation


def visualise(
    model: Model,
    targets: Sequence[Target],
    *,
    size: tuple[int, int] | None = None,
    steps: int = 128,
    robust: float = 1.0,
    calm: float = 3.0,
    variation: float = 10.0,
    seed: int = 0,
) -> Iterator[AscentStage]:
    """One picture for each target, from grey; yields an `AscentStage` after every step.

    size       (height, width); None: the size that the network learned from
    robust     how far the picture is shifted, turned and zoomed before each look, so that only
               what survives this is drawn; 0: not at all, 1: a fourteenth of a side, 8 degrees, 8 %
    calm       weight of the mean square of the waves: what is not needed stays grey
    variation  weight of the total variation (Rudin et al., 1992): larger is smoother
    """
    given = _Prepared(model)
    height, width = size or given.size
    generator = torch.Generator().manual_seed(seed)
    single = fourier.noise(1, given.channels, height, width, generator, _START)
    spectrum = single.repeat(len(targets), 1, 1, 1, 1).requires_grad_()
    optimizer = torch.optim.Adam([spectrum], _RATE)
    for step in range(1, steps + 1):
        with torch.enable_grad():
            values = fourier.to_values(spectrum, width)
            pictures = given.bounded(fourier.to_picture(values))
            views = _view(pictures, robust, generator)
            value, slope = given.climb(views.detach(), targets)
            optimizer.zero_grad()
            norm = slope.flatten(1).norm(dim=1).clamp(min=1e-12).view(-1, 1, 1, 1)
            push = (views * (_PUSH * slope / norm)).sum()  # goes on to the waves
            loss = variation * total_variation(pictures).sum() - push
            loss = loss + calm * values.square().mean((1, 2, 3)).sum()
            loss.backward()
        optimizer.step()
        yield AscentStage(step, steps, _shown(pictures), _np(value))


def total_variation(pictures: Tensor) -> Tensor:
    """The mean step from pixel to pixel of pictures (n, c, h, w): (n,)."""
    down = (pictures[:, :, 1:] - pictures[:, :, :-1]).abs().mean((1, 2, 3))
    across = (pictures[..., 1:] - pictures[..., :-1]).abs().mean((1, 2, 3))
    return down + across


def _view(pictures: Tensor, robust: float, generator: torch.Generator) -> Tensor:
    """The pictures shifted, turned and zoomed at random, all alike; what comes in from outside is
    the mirrored picture."""
    if not robust:
        return pictures
    shift_y, shift_x, turn, zoom = (2 * torch.rand(4, generator=generator) - 1) * robust
    angle = math.radians(TURN) * float(turn)
    scale = 1 + ZOOM * float(zoom)
    cos, sin = math.cos(angle) * scale, math.sin(angle) * scale
    height, width = pictures.shape[2:]
    matrix = torch.tensor(
        [
            [cos, -sin * height / width, 2 * SHIFT * float(shift_x)],
            [sin * width / height, cos, 2 * SHIFT * float(shift_y)],
        ]
    )
    grid = functional.affine_grid(
        matrix.expand(len(pictures), 2, 3), list(pictures.shape), align_corners=False
    )
    return functional.grid_sample(pictures, grid, padding_mode="reflection", align_corners=False)


# -------------------------------------------------------------------------------- deep dream


def dream(
    model: Model,
    picture: np.ndarray,
    target: Target,
    *,
    octaves: int = 4,
    ratio: float = 1.4,
    steps: int = 12,
    strength: float = 1.0,
    jitter: int = 16,
    seed: int = 0,
) -> Iterator[AscentStage]:
    """Enlarge what the target sees in a picture (h, w, c), values 0 to 1.

    octaves   sizes that it works at, each `ratio` times the one before; the last is the picture's;
              fewer where the smallest would be smaller than half of what the network learned from
    steps     at each size;  strength  how far a step goes, 1: a hundredth of full brightness
    jitter    pixels by which it is rolled before each step, so that no grid of the network shows
    """
    given = _Prepared(model)
    whole = torch.from_numpy(np.moveaxis(np.asarray(picture, np.float32), -1, 0)[None].copy())
    sizes = octave_sizes((whole.shape[2], whole.shape[3]), octaves, ratio, given.size)
    if not takes(model, sizes[0]):
        sizes = sizes[-1:]
    generator = torch.Generator().manual_seed(seed)
    total, done = steps * len(sizes), 0
    added = torch.zeros_like(whole)
    for size in sizes:
        base = _resized(whole, size)
        added = _resized(added, size)
        for _ in range(steps):
            far = min(jitter, min(size) // 4)
            roll = torch.randint(-far, far + 1, (2,), generator=generator).tolist()
            now = (base + added).clamp(0, 1)
            value, slope = given.climb(now.roll(roll, (2, 3)), [target])
            slope = _calmed(slope.roll((-roll[0], -roll[1]), (2, 3)))
            added = (now + 0.01 * strength * slope).clamp(0, 1) - base
            done += 1
            yield AscentStage(done, total, _shown((base + added).clamp(0, 1)), _np(value))


def octave_sizes(
    size: tuple[int, int], octaves: int, ratio: float, own: tuple[int, int]
) -> list[tuple[int, int]]:
    """The sizes that a dream goes through, smallest first; the last is `size`."""
    sizes = []
    for k in range(octaves):
        small = (round(size[0] / ratio**k), round(size[1] / ratio**k))
        if k and min(small) < max(8, min(own) // 2):
            break
        sizes.append(small)
    return sizes[::-1]


def _calmed(slope: Tensor) -> Tensor:
    """A gradient whose fine, middle and coarse parts weigh alike, with mean size 1, without what
    would only tint the whole: the plain one is mostly the finest pattern and a colour cast."""
    if slope.shape[1] == 3:
        slope = fourier.as_photos_vary(slope)
    soft = [slope]
    for width in (1, 3, 9):
        reach = min(width, (min(slope.shape[2:]) - 1) // 2)
        soft.append(functional.avg_pool2d(slope, 2 * reach + 1, 1, reach, count_include_pad=False))
    total = torch.zeros_like(slope)
    for weight, finer, coarser in zip(_BANDS, soft[:-1], soft[1:], strict=True):
        band = finer - coarser
        total += weight * band / band.std().clamp(min=1e-12)
    return total / total.abs().mean().clamp(min=1e-12)


def _resized(values: Tensor, size: tuple[int, int]) -> Tensor:
    if tuple(values.shape[2:]) == size:
        return values
    shrinks = size[0] < values.shape[2]
    return functional.interpolate(values, size, mode="bilinear", antialias=shrinks)


def _shown(pictures: Tensor) -> np.ndarray:
    return pictures.detach().movedim(1, -1).numpy().astype(np.float32)


def _np(values: Any) -> np.ndarray:
    return values.detach().float().numpy().copy()


def channels(model: Model, layer: str | None) -> tuple[OpenedLayer, int]:
    """A layer of the model's net and how many channels (or numbers) it has."""
    given = _Prepared(model)
    run = trace(given.net, torch.zeros(1, given.channels, *given.size))
    found = run.find(layer) if layer else run.last_map()
    return found, int(found.shape[0])


def nameable_classes(model: Model) -> tuple[str, ...]:
    """What the network can name; () for one that names nothing."""
    net: nn.Module = model.net
    return tuple(map(str, model.about.get("classes", ()))) if hasattr(net, "logits") else ()
