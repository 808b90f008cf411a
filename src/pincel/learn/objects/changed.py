"""Pictures with their boxes or labels, changed together at every sight: turned, mirrored, scaled,
lighter or darker. Draws come from a generator that the caller seeds.

Boxes are learned from whole pictures where these are small enough: which things at the border a
person has boxed is learned with the border (of a crop, things end where the picture goes on).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

LEAST = 0.25
"""Share of a box that must be seen for it to count."""
_AS_OTHER = 0.15
_BENT, _BRIGHT = 0.4, 3.0
CLOSE = 2
"""A pixel with two objects no farther than this lies between them."""


@dataclass(frozen=True)
class View:
    """What of a picture is seen, and how: (h, w) of the result, the middle (x, y) in the picture,
    `turn` quarters to the left (any number), mirrored or not, `scale` pixels of the result to
    one."""

    size: tuple[int, int]
    middle: tuple[float, float]
    turn: float
    mirrored: bool
    scale: float

    @property
    def matrix(self) -> np.ndarray:
        """(2, 2) float64: from the result to the picture, both from their middles, x before y."""
        angle = self.turn * np.pi / 2
        turned = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
        return turned @ np.diag([-1.0 if self.mirrored else 1.0, 1.0]) / self.scale

    def seen(self, values: Tensor, mode: str, beyond: str) -> Tensor:
        """`values` (c, h, w) through this view, (c, rows, columns); `beyond` the picture: "zeros"
        or "reflection"."""
        return functional.grid_sample(
            values[None], self.places(*values.shape[1:]), mode=mode, padding_mode=beyond,
            align_corners=False,
        )[0]  # fmt: skip

    def places(self, rows: int, columns: int) -> Tensor:
        """Where in a picture of this size each pixel of the result lies, (1, h, w, 2), -1 to 1."""
        (height, width), m = self.size, self.matrix
        grid = torch.tensor(
            [
                [m[0, 0] * width / columns, m[0, 1] * height / columns,
                 2 * self.middle[0] / columns - 1],
                [m[1, 0] * width / rows, m[1, 1] * height / rows, 2 * self.middle[1] / rows - 1],
            ],
            dtype=torch.float32,
        )[None]  # fmt: skip
        return functional.affine_grid(grid, [1, 1, height, width], align_corners=False)

    def boxes(self, given: np.ndarray) -> np.ndarray:
        """Boxes `given` (n, 5) float32, class and sides in the picture, as they are in the result,
        (m, 5): clipped, without those of which too little is seen."""
        height, width = self.size
        back = np.linalg.inv(self.matrix)
        corners = np.stack([given[:, [1, 2]], given[:, [3, 4]]], 1) - np.array(self.middle)
        there = corners @ back.T + np.array([width / 2, height / 2])
        whole = np.concatenate([given[:, :1], there.min(1), there.max(1)], 1)
        clipped = whole.copy()
        clipped[:, 1::2] = whole[:, 1::2].clip(0, width)
        clipped[:, 2::2] = whole[:, 2::2].clip(0, height)
        area = (whole[:, 3:] - whole[:, 1:3]).prod(1)
        seen = (clipped[:, 3:] - clipped[:, 1:3]).clip(0).prod(1)
        return clipped[(area > 4) & (seen > LEAST * area) & (seen > 16)].astype(np.float32)


def whole_view(size: tuple[int, int], rng: np.random.Generator) -> View:
    """The whole picture, mirrored and turned by halves; every second time a little larger or
    smaller. Sides become multiples of 16."""
    height, width = size
    turn, mirrored = 2 * int(rng.integers(2)), bool(rng.integers(2))
    wanted = float(np.exp(rng.uniform(np.log(0.85), np.log(1.15))))
    scale = wanted if rng.random() < 0.5 else 1.0
    away = rng.uniform(-1, 1, 2) * np.abs(np.array([width, height]) * (1 - 1 / scale)) / 2
    target = (height + -height % 16, width + -width % 16)
    extra = (target[1] - width) / 2, (target[0] - height) / 2  # the picture keeps its corner
    if scale == 1.0 and turn == 0 and not mirrored:
        middle = (width / 2 + extra[0], height / 2 + extra[1])
    else:
        middle = (width / 2 + float(away[0]), height / 2 + float(away[1]))
    return View(target, middle, turn, mirrored, scale)


def cut_view(
    size: tuple[int, int],
    side: int,
    reach: tuple[float, float],
    rng: np.random.Generator,
    slanting: float = 0.0,
) -> View:
    """A square of `side` pixels, anywhere in the picture, turned by quarters, scaled between the
    two numbers of `reach`; a share `slanting` of all is turned by any angle."""
    scale = float(np.exp(rng.uniform(*np.log(reach))))
    half = side / scale / 2
    turn, mirrored = float(rng.integers(4)), bool(rng.integers(2))
    if slanting and rng.random() < slanting:
        turn += float(rng.random())
    x, y = (rng.uniform(min(half, n / 2), max(n - half, n / 2)) for n in (size[1], size[0]))
    return View((side, side), (float(x), float(y)), turn, mirrored, scale)


def light(values: Tensor, rng: np.random.Generator) -> Tensor:
    """`values` (3, h, w) with more or less contrast and light, and a tint."""
    factor = float(np.exp(rng.uniform(-0.2, 0.2)))
    shift = rng.uniform(-0.15, 0.15) + rng.uniform(-0.08, 0.08, 3)
    return values * factor + torch.tensor(shift, dtype=torch.float32)[:, None, None]


def stained(values: Tensor, colored: bool, rng: np.random.Generator) -> Tensor:
    """`values` (3, h, w) as `seen.for_masks` gives them, brighter or paler, colours mixed where
    there are any, sometimes with noise; now and then one kind of picture as if it were the other,
    and what is dim among bright objects dimmer or less dim."""
    if rng.random() < _AS_OTHER:
        values, colored = _as_other(values, colored, rng)
    if colored:
        mix = np.eye(3) + rng.normal(0, 0.08, (3, 3))
        values = torch.einsum("ij,jhw->ihw", torch.tensor(mix, dtype=torch.float32), values)
        values = values + torch.tensor(rng.normal(0, 0.16, 3), dtype=torch.float32)[:, None, None]
    elif rng.random() < _BENT:
        bend = float(np.exp(rng.uniform(-0.5, 0.4)))
        values = values.sign() * _BRIGHT * (values.abs() / _BRIGHT) ** bend
    values = values * float(np.exp(rng.uniform(-0.35, 0.25))) + float(rng.uniform(-0.16, 0.16))
    if rng.random() < 0.15:
        noise = torch.Generator().manual_seed(int(rng.integers(1 << 30)))
        size = float(rng.uniform(0, 0.12))
        values = values + size * torch.randn(values.shape, generator=noise)
    return values


def _as_other(values: Tensor, colored: bool, rng: np.random.Generator) -> tuple[Tensor, bool]:
    """A stained picture as grey, dark and light changed places, as in fluorescence; a fluorescent
    one as dark, coloured nuclei on light ground."""
    if colored:
        weights = torch.tensor(rng.dirichlet([2.0, 2.0, 1.0]), dtype=torch.float32)
        return -torch.einsum("j,jhw->hw", weights, values).expand(3, -1, -1), False
    strength = torch.tensor(rng.uniform((0.6, 0.6, 0.15), (1.1, 1.1, 0.7)), dtype=torch.float32)
    return -values * strength[:, None, None], True


def aims(labels: np.ndarray, kinds: np.ndarray) -> np.ndarray:
    """What the maps of `masks` should say, (5, h, w) float32: class, depth, pixels down and right
    to the middle, and 1 where two objects are close. labels (h, w) whole numbers, 0 the ground;
    kinds: class (from 1) of each number."""
    from scipy import ndimage
    from skimage.measure import label

    found = np.zeros((5, *labels.shape), np.float32)
    own = label(labels, connectivity=1)  # mirrored at a border, one object may have become two
    count = int(own.max(initial=0))
    if not count:
        return found
    found[0] = kinds[labels]
    inside = (own > 0) & ~_borders(own)
    # of a window that lies in one object SciPy measures to a place that does not exist
    deep = np.ones(own.shape) if inside.all() else ndimage.distance_transform_edt(inside)
    deep = deep + (own > 0)
    top = np.ones(count + 1)
    np.maximum.at(top, own.ravel(), deep.ravel())  # quicker than ndimage.maximum, which sorts
    found[1] = deep / top[own]
    many = np.maximum(np.bincount(own.ravel(), minlength=count + 1), 1)
    for plane, places in zip(found[2:4], np.indices(own.shape), strict=True):
        middle = np.bincount(own.ravel(), places.ravel()) / many
        plane[:] = (middle[own] - places) * (own > 0)
    around = 2 * CLOSE + 1
    most = ndimage.maximum_filter(own, around)
    found[4] = (most > 0) & (
        most != ndimage.minimum_filter(np.where(own > 0, own, count + 1), around)
    )
    return found


def _borders(labels: np.ndarray) -> np.ndarray:
    """Pixels that have another number beside them."""
    found = np.zeros(labels.shape, bool)
    below, right = labels[1:] != labels[:-1], labels[:, 1:] != labels[:, :-1]
    found[1:] |= below
    found[:-1] |= below
    found[:, 1:] |= right
    found[:, :-1] |= right
    return found
