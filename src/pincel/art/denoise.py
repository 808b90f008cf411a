"""Drawing by denoising: from noise to a small picture, in a few straight steps.

Plain numpy around one function, `see(x, t, words, hints)`, which any engine may compute (ONNX
Runtime, torch): what picture a diffusion network sees in noise (see `pincel.nets.diffusion`; the
rectified flow x_t = (1 - t) x_0 + t noise, Liu et al., 2023). Pictures are (n, 4, s, s): OKLab's
2L - 1, 4a, 4b, all times alpha, and 2 alpha - 1.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

See = Callable[[np.ndarray, np.ndarray, np.ndarray, np.ndarray], np.ndarray]
"""x (n, 4, s, s), t (n,), words (n, w), hints (n, 7, s, s) -> x_0 (n, 4, s, s)."""
CHROMA = 4.0
"""OKLab's a and b reach about 0.3; times this they spread as far as lightness does."""
_FAINT = 1 / 64
CLIP = 1.25
"""No colour lies farther out; seen pictures are kept inside."""
_LATE = 0.25
"""Until this time guidance acts."""
_PULL = 0.6
"""From this time on a given palette pulls."""


@dataclass(frozen=True)
class Way:
    """How noise becomes a picture.

    steps        looks at the picture
    guidance     how much more the words count than without them (Ho & Salimans, 2022); 1: as is
    temperature  strength of the noise at the beginning: 1 as learned, less keeps to the likelier
    soon         guidance acts from this time on (1 is nothing but noise), until nearly the end
                 (Kynkäänniemi et al., 2024): before, it makes all pictures alike; after, it only
                 costs
    """

    steps: int = 8
    guidance: float = 3.0
    temperature: float = 1.0
    soon: float = 0.9


def picture_of_colors(lab: np.ndarray, opaque: np.ndarray) -> np.ndarray:
    """OKLab (n, s, s, 3) and (n, s, s) bool as a picture (n, 4, s, s) float32."""
    alpha = opaque.astype(np.float32)[..., None]
    own = np.concatenate([2 * lab[..., :1] - 1, CHROMA * lab[..., 1:]], -1) * alpha
    return np.moveaxis(np.concatenate([own, 2 * alpha - 1], -1), -1, 1).astype(np.float32)


def colors_of_picture(x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The OKLab colours (n, s, s, 3) float32 and opaque pixels (n, s, s) bool of pictures
    (n, 4, s, s)."""
    alpha = ((x[:, 3:] + 1) / 2).clip(0, 1)
    own = np.moveaxis(x[:, :3] / np.maximum(alpha, _FAINT), 1, -1)
    lab = np.concatenate([(own[..., :1] + 1) / 2, own[..., 1:] / CHROMA], -1)
    return lab.astype(np.float32), alpha[:, 0] > 0.5


def hint_arrays(
    picture: np.ndarray | None, known: np.ndarray | None, outline: np.ndarray | None, shape: tuple
) -> np.ndarray:
    """What a hinted network sees besides: `picture` (n, 4, s, s) where it is `known` (n, s, s)
    bool, and an outline (s, s) or (n, s, s) bool, of which an empty one says nothing; (n, 7, s, s)
    float32 for shape (n, s)."""
    count, side = shape
    planes = np.zeros((count, 7, side, side), np.float32)
    if picture is not None and known is not None:
        planes[:, :4] = picture * known[:, None]
        planes[:, 4] = known
    if outline is not None:
        planes[:, 5] = outline
        planes[:, 6] = np.asarray(outline).any((-2, -1), keepdims=True)
    return planes


def denoise(
    see: See,
    words: np.ndarray,
    side: int,
    seeds: Sequence[int],
    way: Way,
    *,
    picture: np.ndarray | None = None,
    known: np.ndarray | None = None,
    outline: np.ndarray | None = None,
    colors: np.ndarray | None = None,
    told: Callable[[int, np.ndarray], np.ndarray | None] | None = None,
) -> np.ndarray:
    """Pictures (n, 4, side, side) float32, one for each seed; each depends on its own seed only.

    words    (n, w) ids, -id to be led away from; the last (the style) stays where words are unsaid
    picture  (n, 4, side, side): stays as it is where `known` (n, side, side) bool
    outline  (side, side) or (n, side, side) bool, a scribble; an empty one says nothing
    colors   (k, 3) OKLab: a palette that colours are drawn to
    told     called with (step, pictures as seen at this step); gives the places (k,) of those that
             go on, None for all: only they are given back
    """
    draws = [np.random.default_rng([int(seed), side]) for seed in seeds]
    x = np.stack([d.standard_normal((4, side, side), np.float32) for d in draws])
    x *= np.float32(way.temperature)
    planes = hint_arrays(picture, known, outline, (len(seeds), side))
    words, unsaid = words.clip(0), (-words).clip(0)
    unsaid[:, -1] = words[:, -1]
    times = np.linspace(1, 0, way.steps + 1)
    seen: np.ndarray = x
    for step, (t, to) in enumerate(itertools.pairwise(times), 1):
        seen = _guided(see, x, t, (words, unsaid), planes, way)
        seen = seen.clip(-CLIP, CLIP)
        if colors is not None and t <= _PULL:
            seen = _pulled(seen, colors, min(1.0, (_PULL - t) / _PULL * 1.5))
        if picture is not None and known is not None:
            seen = np.where(known[:, None], picture, seen)
        x = (x + (to - t) / t * (x - seen)).astype(np.float32)
        places = told(step, seen) if told is not None else None
        if places is not None:
            x, seen, words, unsaid, planes = (v[places] for v in (x, seen, words, unsaid, planes))
            picture = None if picture is None else picture[places]
            known = None if known is None else known[places]
    return seen


def _guided(
    see: See,
    x: np.ndarray,
    t: float,
    said: tuple[np.ndarray, np.ndarray],
    planes: np.ndarray,
    way: Way,
) -> np.ndarray:
    """What is seen in x at a time, led by the words that are said where guidance acts."""
    when = np.full(len(x), t, np.float32)
    if way.guidance == 1 or not _LATE <= t <= way.soon:
        return see(x, when, said[0], planes)
    twice = [np.concatenate([own, own]) for own in (x, when, planes)]
    both = see(twice[0], twice[1], np.concatenate(said), twice[2])
    with_, without = both[: len(x)], both[len(x) :]
    return np.asarray(without + np.float32(way.guidance) * (with_ - without))


def nearest_entry(lab: np.ndarray, colors: np.ndarray) -> np.ndarray:
    """The place of the nearest of `colors` (k, 3) for each of `lab` (..., 3), floats in OKLab:
    (...,) whole numbers from 0."""
    far = ((lab[..., None, :] - colors) ** 2).sum(-1)
    return np.asarray(far.argmin(-1))


def few_colors(lab: np.ndarray, most: int, apart: float) -> tuple[np.ndarray, np.ndarray]:
    """The colours of pixels (n, 3) OKLab as few: (k, 3) float32, and each pixel's place among them,
    (n,) int64. The two that are missed least are made one (Ward, 1963) until at most `most` are
    left and joining any two would move their pixels by more than `apart`."""
    colors, mass = lab.astype(np.float64), np.ones(len(lab))
    group = np.arange(len(lab))
    alive = np.ones(len(lab), bool)
    cost = _joining(colors, mass)
    while alive.sum() > 1:
        i, j = np.unravel_index(int(cost.argmin()), cost.shape)
        if alive.sum() <= most and cost[i, j] > apart**2:
            break
        total = mass[i] + mass[j]
        colors[i] = (colors[i] * mass[i] + colors[j] * mass[j]) / total
        mass[i], alive[j] = total, False
        group[group == j] = i
        far = ((colors - colors[i]) ** 2).sum(-1)
        own = far * mass * total / (mass + total)
        own[~alive] = np.inf
        own[i] = np.inf
        cost[i], cost[:, i] = own, own
        cost[j], cost[:, j] = np.inf, np.inf
    kept = np.flatnonzero(alive)
    return colors[kept].astype(np.float32), np.searchsorted(kept, group)


def _joining(colors: np.ndarray, mass: np.ndarray) -> np.ndarray:
    far = ((colors[:, None] - colors[None]) ** 2).sum(-1)
    cost = far * (mass[:, None] * mass[None]) / (mass[:, None] + mass[None])
    np.fill_diagonal(cost, np.inf)
    return cost


def _pulled(x: np.ndarray, colors: np.ndarray, share: float) -> np.ndarray:
    """Pictures with their colours moved towards the nearest of `colors` by a share of the way."""
    alpha = ((x[:, 3:] + 1) / 2).clip(0, 1)
    lab, _ = colors_of_picture(x)
    to = colors[nearest_entry(lab, colors)]
    near = np.concatenate([2 * to[..., :1] - 1, CHROMA * to[..., 1:]], -1)
    target = np.moveaxis(near, -1, 1) * alpha
    return np.concatenate([x[:, :3] + share * (target - x[:, :3]), x[:, 3:]], 1)
