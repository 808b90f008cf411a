"""What real pixel art is, as numbers: one definition, used as a test and as a product.

Three gates decide whether a picture is pixel art at all: its size is the size asked for, it has no
more colours than asked for, and every pixel is opaque or transparent. The craft numbers say how
it is drawn: stray pixels, tiny clusters, colours that only soften an edge, uneven staircases,
near-duplicate colours, 3x3 patterns. They have no right value in general; `reference` holds what
real sprites show. `against` says how much of its source a sprite keeps.

Index grids are (height, width) integers with -1 where transparent; shares are 0-1 of the opaque
pixels.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from pincel.art.kept import Kept, against
from pincel.art.patterns import AROUND, FLAT, count_patterns
from pincel.art.sprite import TRANSPARENT, Sprite
from pincel.art.staircases import Staircases, StraightRun, staircases
from pincel.pixels import repeatable
from pincel.pixels.color import oklab_distance, srgb_to_oklab

__all__ = [
    "SEEN",
    "Craft",
    "Gates",
    "Kept",
    "Staircases",
    "against",
    "areas_of_picture",
    "craft",
    "gates",
    "indexed_picture",
    "palette_spacing",
    "pattern_distance",
    "patterns",
    "staircases",
    "where",
]

SEEN = ("orphan8", "fringe", "jag", "mix", "dbl", "pattern")
"""Numbers that Pincel's own engine works on: `contour.fix` lowers `jag`, `mix` and `dbl` and keeps
new strays and in-between pixels out, `assign` and `learned` lower `orphan8` and `fringe`, and
`assign` draws with the 3x3 patterns of real sprites. They praise it for what it was made to do; the
others, what `against` says and the held-out network only judge."""
NOISE_DISTANCE = 0.06
"""An orphan this far in OKLab from all eight neighbours is noise: it stands out."""
TINY_AREA = 2
"""Clusters of this many pixels or fewer are tiny."""


@dataclass(frozen=True)
class Gates:
    """The facts that decide: is this pixel art at all?

    width and height in pixels; colors is the number of different opaque colours; soft is the
    share of pixels that are neither opaque nor transparent.
    """

    width: int
    height: int
    colors: int
    soft: float


@dataclass(frozen=True)
class Craft:
    """How a sprite is drawn. Shares are 0-1; lower is calmer, and 0 is not the aim.

    orphan8  opaque pixels with no neighbour of the same index among the eight around
    noise    orphans that also differ by more than 0.06 in OKLab from every neighbour
    tiny     pixels in 4-connected areas of at most two pixels
    cluster  area of the cluster that the middle pixel lies in (median weighted by area)
    fringe   pixels whose colour lies between those of two opposite neighbours in OKLab:
             automatic anti-aliasing and banding
    jag      breaks: steps of outline staircases longer or shorter than both their neighbours
    mix      mixed slopes: steps of outline staircases, two or more pixels long, that rise by one
             pixel on one side and by two or more on the other
    dbl      steps of outline staircases that are two or more pixels both ways
    pal_nn   mean distance of a palette colour to its nearest other one, OKLab x 100
    pal_min  the smallest such distance: near-duplicates betray a machine's palette
    """

    orphan8: float
    noise: float
    tiny: float
    cluster: float
    fringe: float
    jag: float
    mix: float
    dbl: float
    pal_nn: float
    pal_min: float


def gates(rgba: np.ndarray) -> Gates:
    """The gate facts of a picture, (h, w, 4) uint8."""
    alpha = rgba[..., 3]
    soft = float(np.mean((alpha > 0) & (alpha < 255))) if alpha.size else 0.0
    colors = len(np.unique(_codes(rgba[alpha > 0])))
    return Gates(rgba.shape[1], rgba.shape[0], colors, soft)


def indexed_picture(rgba: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Any picture as (indices (h, w) int32 with -1 where alpha < 128, palette (k, 3) uint8)."""
    opaque = rgba[..., 3] >= 128
    unique, inverse = np.unique(_codes(rgba[opaque]), return_inverse=True)
    indices = np.full(opaque.shape, TRANSPARENT, np.int32)
    indices[opaque] = inverse
    palette = np.stack([unique >> 16, (unique >> 8) & 255, unique & 255], -1).astype(np.uint8)
    return indices, palette


def craft(sprite: Sprite | np.ndarray, palette: np.ndarray | None = None) -> Craft:
    """The craft numbers of a sprite (its first frame), an (h, w, 4) picture, or indices and
    their sRGB palette. All zero for a picture without an opaque pixel."""
    indices, palette = _grid(sprite, palette)
    opaque = indices != TRANSPARENT
    count = max(int(opaque.sum()), 1)
    share = {name: float(mask.sum() / count) for name, mask in _marks(indices, palette).items()}
    stairs = staircases(indices)
    spacing = palette_spacing(palette[np.unique(indices[opaque])])
    sizes = areas_of_picture(indices)[opaque]
    return Craft(
        **share,
        cluster=float(np.median(sizes)) if sizes.size else 0.0,
        jag=stairs.jag,
        mix=stairs.mix,
        dbl=stairs.dbl,
        pal_nn=spacing[0],
        pal_min=spacing[1],
    )


def where(sprite: Sprite | np.ndarray, palette: np.ndarray | None = None) -> dict[str, np.ndarray]:
    """Which pixels each craft number counts: {"orphan8", "noise", "tiny", "fringe", "jag",
    "mix", "dbl"} -> (h, w) bool. For the last three, the pixels that lie along the step. sprite,
    palette: as in `craft`."""
    indices, palette = _grid(sprite, palette)
    stairs = staircases(indices)
    return {
        **_marks(indices, palette),
        "jag": _along(stairs.uneven, indices.shape),
        "mix": _along(stairs.mixed, indices.shape),
        "dbl": _along(stairs.double, indices.shape),
    }


def areas_of_picture(indices: np.ndarray) -> np.ndarray:
    """For each pixel of `indices` (h, w) the size of its 4-connected area of one index, (h, w)
    int."""
    from skimage.measure import label

    numbered = label(indices, background=-9, connectivity=1)  # no index is background
    return np.bincount(numbered.ravel())[numbered]


def palette_spacing(palette: np.ndarray) -> tuple[float, float]:
    """(mean, smallest) OKLab x 100 distance of a colour to its nearest other; 0 if alone."""
    from scipy.spatial import cKDTree

    if len(palette) < 2:
        return 0.0, 0.0
    lab = srgb_to_oklab(np.asarray(palette, np.uint8))
    nearest = cKDTree(lab).query(lab, k=2)[0][:, 1] * 100
    return repeatable.mean(nearest), float(nearest.min())


def patterns(*grids: np.ndarray) -> np.ndarray:
    """How often each 3x3 pattern "same index as the centre" occurs in grids (h, w) of whole
    numbers, (256,): over all rotations and mirror images, without the flat one, which says how big
    a picture is and not how it is drawn."""
    counts = count_patterns(grids)
    counts[FLAT] = 0
    return counts


def pattern_distance(counts: np.ndarray, reference: np.ndarray) -> float:
    """Jensen-Shannon divergence of two tables of patterns, counts and reference (256,), in bits,
    0-1 (Lin, 1991); 1 when one of them holds nothing but flat areas."""
    if counts.sum() == 0 or reference.sum() == 0:
        return float(counts.sum() != reference.sum())
    ours, theirs = counts / counts.sum(), reference / reference.sum()
    middle = (ours + theirs) / 2

    def surprise(share: np.ndarray) -> float:
        some = share > 0
        return math.fsum(
            p * math.log2(p / q) for p, q in zip(share[some], middle[some], strict=True)
        )

    return max(0.0, (surprise(ours) + surprise(theirs)) / 2)


def _codes(rgba: np.ndarray) -> np.ndarray:
    return rgba[..., :3].astype(np.int32) @ np.array([65536, 256, 1], np.int32)


def _grid(sprite: Sprite | np.ndarray, palette: np.ndarray | None) -> tuple[np.ndarray, np.ndarray]:
    if isinstance(sprite, Sprite):
        return sprite.indices.astype(np.int32), sprite.palette
    array = np.asarray(sprite)
    if array.ndim == 3 and array.shape[-1] == 4:
        return indexed_picture(array)
    if array.ndim == 2 and palette is not None:
        return array.astype(np.int32), np.asarray(palette, np.uint8)
    raise ValueError("give a Sprite, an (h, w, 4) picture, or (h, w) indices with a palette")


def _marks(indices: np.ndarray, palette: np.ndarray) -> dict[str, np.ndarray]:
    opaque = indices != TRANSPARENT
    height, width = indices.shape
    padded = np.pad(indices, 1, constant_values=TRANSPARENT)
    beside = np.stack(
        [padded[1 + dy : 1 + dy + height, 1 + dx : 1 + dx + width] for dy, dx in AROUND]
    )
    orphan = opaque & ~np.any(beside == indices, axis=0)
    nowhere = np.full((1, 3), 9.0, np.float32)  # transparency is far from every colour
    lab = np.concatenate([srgb_to_oklab(palette), nowhere])
    noise = orphan.copy()
    distance = oklab_distance(lab[beside[:, orphan]], lab[indices[orphan]])
    noise[orphan] = np.all(distance > NOISE_DISTANCE, axis=0)
    tiny = opaque & (areas_of_picture(indices) <= TINY_AREA)
    return {"orphan8": orphan, "noise": noise, "tiny": tiny, "fringe": _fringe(indices, lab)}


def _fringe(indices: np.ndarray, lab: np.ndarray) -> np.ndarray:
    """Middle pixels of three in a row (or column) whose colour lies between its neighbours'."""
    found = np.zeros(indices.shape, bool)
    for grid, mask in ((indices, found), (indices.T, found.T)):
        first, middle, last = grid[:, :-2], grid[:, 1:-1], grid[:, 2:]
        differ = (first != middle) & (middle != last) & (first != last)
        differ &= (first >= 0) & (middle >= 0) & (last >= 0)
        mask[:, 1:-1][differ] |= _between(*(lab[part[differ]] for part in (first, middle, last)))
    return found


def _between(a: np.ndarray, b: np.ndarray, c: np.ndarray) -> np.ndarray:
    """Whether b is a mix of a and c in OKLab: in the middle half of the way, hardly beside it."""
    way = c - a
    length = np.maximum(oklab_distance(a, c), 1e-6)
    along = np.sum((b - a) * way, -1) / length**2
    beside = oklab_distance(b, a + along[:, None] * way)
    return (np.abs(along - 0.5) < 0.25) & (beside < 0.1 * length)


def _along(runs: tuple[StraightRun, ...], shape: tuple[int, ...]) -> np.ndarray:
    mask = np.zeros(shape, bool)
    for run in runs:
        for row, column, _ in run.cracks:
            mask[row, column] = True
    return mask
