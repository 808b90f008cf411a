"""Choosing the few colours of a picture so that small vivid areas keep theirs.

Median cut and k-means spend the colours where the pixels are: a large background gets five greys
and the lips none, and means of many hues are grey. Here frequency is flattened, chroma counts more
than lightness, and colours end at the middle of their cluster, not at its mean with strays.
"""

from __future__ import annotations

import numpy as np

from pincel.art.cells import Cells
from pincel.pixels import color, repeatable

CHROMA = 3.0
"""How much a and b weigh against lightness, near grey."""
VIVID = 0.18
"""OKLab chroma at which a difference in chroma counts half as much as near grey."""
FLATTEN = 0.5
"""A colour seen n times weighs n to this power: variety before frequency."""
_BIN = 0.02
_MOST_BINS = 600
FEWEST, MOST = 8, 32
_GREYED = 0.5
"""Share of its chroma that a colour must lose for its palette colour to count as grey beside it."""
_LOSS = 0.001
"""Mean loss of chroma (OKLab, light colours) from which a picture is greyed."""
_DEARER = 1.07
"""How much the error of the whole may rise for a colour that is given back, among `_MANY` colours
or more; of fewer, each one is dearer."""
_MANY = 16
_LIKE = 0.05
"""How far apart the colours may lie that are given one back."""
_HUE_BIN, _HUE_AREA, _HUE_REACH = 0.04, 0.002, 0.033
_ENOUGH = 0.035


def choose_palette(
    colors: Cells | np.ndarray,
    k: int | None = None,
    weights: np.ndarray | None = None,
) -> np.ndarray:
    """At most k colours for a picture, (k, 3) uint8 sRGB, dark to light.

    colors: cells, or (n, 3) OKLab with optional (n,) weights. k None: as many as the picture
    needs, 8 to 32. A picture with fewer different colours than k gives those.

    Greedy agglomeration of a colour histogram (Ward, 1963) with flattened counts, then a few
    k-means steps.
    """
    if isinstance(colors, Cells):
        seen = colors.weight.ravel() > 1e-3
        weights = colors.weight.ravel()[seen]
        colors = colors.samples.reshape(-1, 3)[seen]
    if len(colors) == 0:
        return np.zeros((1, 3), np.uint8)
    weights = np.ones(len(colors), np.float32) if weights is None else weights
    stretched, counts = _histogram(stretch(np.asarray(colors, np.float32)), weights)
    mass = counts**FLATTEN
    centres = _merge(stretched, mass, k)
    for _ in range(6):
        centres = _step(stretched, mass, centres)
    centres = _given_back(stretched, counts, centres)
    palette = np.unique(color.to_bytes(color.oklab_to_srgb(relax(centres))), axis=0)
    return palette[np.argsort(color.srgb_to_oklab(palette)[:, 0], kind="stable")]


def stretch(lab: np.ndarray) -> np.ndarray:
    """OKLab (..., 3) to a space in which grey and skin are far apart, and two oranges are not;
    (..., 3) float32.

    Near grey a and b are multiplied by CHROMA; the more vivid a colour, the less its chroma
    counts, as in the CIE94 colour difference.
    """
    chroma = np.sqrt(np.sum(lab[..., 1:] ** 2, -1, keepdims=True))
    bent = repeatable.rounded(np.log1p, chroma / VIVID)
    more = CHROMA * VIVID * bent / np.maximum(chroma, 1e-6)
    return np.concatenate([lab[..., :1], lab[..., 1:] * more], -1).astype(np.float32)


def relax(stretched: np.ndarray) -> np.ndarray:
    """The inverse of `stretch`: (..., 3) to OKLab (..., 3) float32."""
    length = np.sqrt(np.sum(stretched[..., 1:] ** 2, -1, keepdims=True))
    bent = repeatable.rounded(np.expm1, length / (CHROMA * VIVID))
    less = VIVID * bent / np.maximum(length, 1e-6)
    return np.concatenate([stretched[..., :1], stretched[..., 1:] * less], -1).astype(np.float32)


def _histogram(colors: np.ndarray, weights: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Mean colour and weight of every occupied bin; the bins grow until few enough are left."""
    size = _BIN
    points, counts = _bin(colors, weights, size)
    while len(points) > _MOST_BINS:
        size *= 1.2
        points, counts = _bin(points, counts, size)
    return points, counts


def _bin(colors: np.ndarray, weights: np.ndarray, size: float) -> tuple[np.ndarray, np.ndarray]:
    """Mean colour (n, 3) and weight (n,) of every occupied cube of this size."""
    cube = np.floor(colors / size).astype(np.int64)
    cube -= cube.min(0)
    wide, deep = cube[:, 1].max() + 1, cube[:, 2].max() + 1
    key = (cube[:, 0] * wide + cube[:, 1]) * deep + cube[:, 2]
    counts = np.bincount(key, weights)
    found = np.flatnonzero(counts)
    sums = np.stack([np.bincount(key, weights * colors[:, c])[found] for c in range(3)], -1)
    return (sums / counts[found, None]).astype(np.float32), counts[found]


def _merge(points: np.ndarray, mass: np.ndarray, k: int | None) -> np.ndarray:
    """Merge the cheapest pair of clusters again and again until k are left, (k, 3)."""
    centres, mass = points.astype(np.float64).copy(), mass.astype(np.float64).copy()
    n = len(centres)
    alive = np.ones(n, bool)

    def prices(i: int) -> np.ndarray:
        gap = np.sum((centres - centres[i]) ** 2, -1)
        price = gap * mass * mass[i] / (mass + mass[i])
        price[~alive] = np.inf
        price[i] = np.inf
        return price

    table = np.stack([prices(i) for i in range(n)]) if n > 1 else np.full((1, 1), np.inf)
    best = table.argmin(1)
    price = table[np.arange(n), best]
    total, error, left = mass.sum(), 0.0, n
    while left > 1:
        i = int(price.argmin())
        j = int(best[i])
        if k is None:
            enough = np.sqrt((error + price[i]) / total) > _ENOUGH
            if left <= FEWEST or (left <= MOST and enough):
                break
        elif left <= k:
            break
        error += price[i]
        both = mass[i] + mass[j]
        centres[i] = (centres[i] * mass[i] + centres[j] * mass[j]) / both
        mass[i] = both
        alive[j] = False
        left -= 1
        row = prices(i)
        table[i], table[:, i] = row, row
        table[j], table[:, j] = np.inf, np.inf
        price[j] = np.inf
        stale = np.nonzero(alive & ((best == i) | (best == j)))[0]
        stale = np.union1d(stale, [i])
        best[stale] = table[stale].argmin(1)
        closer = alive & (row < price)
        best[closer] = i
        price[alive] = table[alive, best[alive]]
    return centres[alive].astype(np.float32)


def _step(points: np.ndarray, mass: np.ndarray, centres: np.ndarray) -> np.ndarray:
    """One k-means step (Lloyd, 1982), members far from the centre counting little."""
    gap = np.sum((points[:, None] - centres[None]) ** 2, -1)
    mine = gap.argmin(1)
    pull = mass / (1 + gap[np.arange(len(points)), mine] / 0.05**2)
    total = np.bincount(mine, pull, len(centres))
    moved = np.stack([np.bincount(mine, pull * points[:, c], len(centres)) for c in range(3)], -1)
    kept = total > 0
    centres = centres.copy()
    centres[kept] = moved[kept] / total[kept, None]
    return centres.astype(np.float32)


def _given_back(points: np.ndarray, counts: np.ndarray, centres: np.ndarray) -> np.ndarray:
    """The palette with one colour given back to what was greyed most, (k, 3), if that is cheap.

    points (n, 3) and centres (k, 3) are stretched; counts (n,). A face between a pale wall and an
    orange suit has a colour of its own but too few pixels to get one: every part of it is nearest
    to a grey. The colour that the palette can best do without goes, where none of the picture's
    hues is lost with it and the whole gets hardly worse, neither by variety nor by area.
    """
    mass = counts**FLATTEN
    lost = counts * greyed(points, centres)
    if repeatable.total(lost) <= _LOSS * repeatable.total(counts) or len(centres) < FEWEST:
        return centres
    here, there = np.nonzero(_gaps(points, points) < _LIKE**2)
    worst = int(np.bincount(here, lost[there], len(points)).argmax())
    own = np.where(_gaps(points, points[worst, None])[:, 0] < _LIKE**2, lost, 0)
    color_back = [repeatable.total(own * points[:, c]) / repeatable.total(own) for c in range(3)]
    hues = _hues(points, counts)
    had = _shown(hues, centres)
    before = [_error(points, weights, centres) for weights in (mass, counts)]
    best, least = centres, _DEARER ** max(1.0, _MANY / len(centres))
    for gone in range(len(centres)):
        tried = centres.copy()
        tried[gone] = color_back
        after = [_error(points, weights, tried) for weights in (mass, counts)]
        dearer = max(a / max(b, 1e-9) for a, b in zip(after, before, strict=True))
        if dearer < least and not (had & ~_shown(hues, tried)).any():
            best, least = tried, dearer
    return best


def _gaps(points: np.ndarray, others: np.ndarray) -> np.ndarray:
    """Squared distances, (n, 3) and (m, 3) to (n, m)."""
    return np.sum((points[:, None] - others[None]) ** 2, -1)


def _error(points: np.ndarray, mass: np.ndarray, centres: np.ndarray) -> float:
    return repeatable.total(mass * _gaps(points, centres).min(1))


def greyed(points: np.ndarray, centres: np.ndarray) -> np.ndarray:
    """How much chroma (OKLab) each colour (n, 3) loses to one of the palette colours (k, 3) that is
    grey beside it, (n,); of dark colours, whose chroma nobody sees, less and none. Both are floats,
    stretched."""
    plain = relax(points)
    worn = relax(centres)[_gaps(points, centres).argmin(1)]
    chroma = np.sqrt(np.sum(plain[:, 1:] ** 2, -1))
    along = np.sum(plain[:, 1:] * worn[:, 1:], -1) / np.maximum(chroma, 1e-6)
    grey = np.clip(along, 0, None) < _GREYED * chroma
    visible = np.clip((plain[:, 0] - 0.35) / 0.25, 0, 1)
    return np.where(grey & (chroma > 0.03), chroma - np.clip(along, 0, None), 0) * visible


def _hues(points: np.ndarray, counts: np.ndarray) -> np.ndarray:
    """The hues, (m, 2) of OKLab's a and b, that a picture has a notable area of."""
    plain = relax(points)[:, 1:]
    bins = np.unique(np.floor(plain / _HUE_BIN).astype(int), axis=0, return_inverse=True)[1].ravel()
    area = np.bincount(bins, counts)
    middle = np.stack([np.bincount(bins, counts * plain[:, c]) for c in (0, 1)], -1)
    big = area >= _HUE_AREA * repeatable.total(counts)
    return middle[big] / area[big, None]


def _shown(hues: np.ndarray, centres: np.ndarray) -> np.ndarray:
    """Whether the palette has a colour of each hue, (m,) bool."""
    return _gaps(hues, relax(centres)[:, 1:]).min(1) <= _HUE_REACH**2
