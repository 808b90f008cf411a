"""Dithering with manners: two close palette colours stand in for the shades between them, only
where the source is a smooth gradient, only inside one material, never across an edge.

`smooth_gradients` finds the gradients, `materials` cuts them into connected regions, `dither`
paints them.
"""

from __future__ import annotations

from functools import cache

import numpy as np

BAYER = ("bayer2", "bayer4", "bayer8")
DIFFUSED = ("floyd-steinberg", "atkinson")
ARTIST = ("checker", "lines", "dots")
METHODS = ("none", *BAYER, *DIFFUSED, "blue-noise", *ARTIST)

_HUE = np.array([1.0, 2.0, 2.0], np.float32)
"""Two hues mixed look like confetti sooner than two lightnesses: a and b count double."""

# (dy, dx, share) of the error handed on. Floyd and Steinberg, "An adaptive algorithm for spatial
# greyscale", 1976; Atkinson (Apple, 1984) hands on six eighths only, which keeps flats clean.
_KERNELS = {
    "floyd-steinberg": ((0, 1, 7 / 16), (1, -1, 3 / 16), (1, 0, 5 / 16), (1, 1, 1 / 16)),
    "atkinson": tuple(
        (dy, dx, 1 / 8) for dy, dx in ((0, 1), (0, 2), (1, -1), (1, 0), (1, 1), (2, 0))
    ),
}

# The few densities that people draw by hand; each is a tile of ranks like a Bayer matrix, so one
# rule (share > threshold) serves all methods.
_ARTIST_TILES = {
    "checker": np.array([[0.5, 1.01], [1.01, 0.5]]) - 0.14,
    "lines": np.array([[0.36], [1.01]]) + np.zeros((1, 2)),
    "dots": np.array(
        [
            [0.16, 0.62, 0.38, 0.62],
            [0.87, 0.62, 0.87, 0.62],
            [0.38, 0.62, 0.16, 0.62],
            [0.87, 0.62, 0.87, 0.62],
        ]
    ),
}


def bayer(size: int) -> np.ndarray:
    """Bayer's threshold matrix, (size, size) float in (0, 1); size 2, 4, 8, ... (Bayer, 1973)."""
    matrix = np.zeros((1, 1))
    while len(matrix) < size:
        matrix = np.block([[4 * matrix, 4 * matrix + 2], [4 * matrix + 3, 4 * matrix + 1]])
    return (matrix + 0.5) / matrix.size


@cache
def blue_noise(size: int = 32, seed: int = 0) -> np.ndarray:
    """A blue-noise threshold matrix, (size, size) float in (0, 1), made by void and cluster.

    Any share of its smallest thresholds is spread evenly, without the lattice of Bayer's matrix.
    The tile repeats without a seam. (Ulichney, "The void-and-cluster method for dither array
    generation", 1993; Gaussian sigma 1.5 as there.)
    """
    rng = np.random.default_rng(seed)
    reach = np.minimum(np.arange(size), size - np.arange(size))
    kernel = np.exp(-(reach[:, None] ** 2 + reach[None, :] ** 2) / (2 * 1.5**2))

    def spread(y: int, x: int) -> np.ndarray:  # the kernel around (y, x), wrapped
        return np.roll(kernel, (y, x), (0, 1))

    def tightest(on: np.ndarray, energy: np.ndarray) -> tuple[int, int]:
        return divmod(int(np.argmax(np.where(on, energy, -np.inf))), size)

    def emptiest(on: np.ndarray, energy: np.ndarray) -> tuple[int, int]:
        return divmod(int(np.argmin(np.where(on, np.inf, energy))), size)

    count = size * size // 10
    on = (rng.permutation(size * size) < count).reshape(size, size)
    energy = np.zeros((size, size))
    for y, x in zip(*np.nonzero(on), strict=True):
        energy = energy + spread(int(y), int(x))
    while True:  # move the tightest point into the largest void until it would move back
        cluster = tightest(on, energy)
        on[cluster] = False
        energy = energy - spread(*cluster)
        void = emptiest(on, energy)
        on[void] = True
        energy = energy + spread(*void)
        if void == cluster:
            break
    rank = np.zeros((size, size))
    left, left_energy = on.copy(), energy.copy()
    for r in range(count - 1, -1, -1):  # ranks below the prototype: take clusters away
        y, x = tightest(left, left_energy)
        left[y, x], rank[y, x] = False, r
        left_energy -= spread(y, x)
    for r in range(count, size * size):  # ranks above it: fill voids
        y, x = emptiest(on, energy)
        on[y, x], rank[y, x] = True, r
        energy = energy + spread(y, x)
    return (rank + 0.5) / rank.size


def thresholds(method: str, height: int, width: int) -> np.ndarray:
    """The threshold of every cell for an ordered method, (height, width) float in (0, 1.01)."""
    if method in BAYER:
        tile = bayer(int(method[5:]))
    elif method == "blue-noise":
        tile = blue_noise()
    else:
        tile = _ARTIST_TILES[method]
    repeats = (-(-height // tile.shape[0]), -(-width // tile.shape[1]))
    return np.tile(tile, repeats)[:height, :width]


def _shifted(values: np.ndarray, dy: int, dx: int, wrap: bool) -> np.ndarray:
    """`values` moved so that cell (y, x) holds its neighbour (y+dy, x+dx); edges repeat or wrap."""
    if wrap:
        return np.roll(values, (-dy, -dx), (0, 1))
    h, w = values.shape[:2]
    rows = np.clip(np.arange(h) + dy, 0, h - 1)
    columns = np.clip(np.arange(w) + dx, 0, w - 1)
    return values[rows][:, columns]


def smooth_gradients(
    cells: np.ndarray,
    opaque: np.ndarray,
    busy: np.ndarray | None = None,
    wrap: bool = False,
    rough: float = 0.012,
) -> tuple[np.ndarray, np.ndarray]:
    """Where the source is a smooth gradient, and its denoised colours there.

    cells   (h, w, 3) mean OKLab colour of each cell; opaque (h, w) bool
    busy    (h, w) spread of the samples inside each cell (OKLab), or None
    Returns (mask, denoised). A cell's company are the cells of its 5x5 window that look like it
    (so that a gradient may end at an edge); where they are many and lie on one plane up to `rough`
    in OKLab, the cell is smooth, and the plane is its colour without the noise.
    """
    offsets = [(dy, dx) for dy in range(-2, 3) for dx in range(-2, 3)]
    near = np.stack([_shifted(cells, dy, dx, wrap) for dy, dx in offsets], 2)  # (h, w, 25, 3)
    there = np.stack([_shifted(opaque, dy, dx, wrap) for dy, dx in offsets], 2)
    gap = np.sqrt(((near - cells[:, :, None]) ** 2).sum(-1))
    weight = (there & (gap < 0.07)).astype(np.float64)
    terms = np.array([(1, dy, dx) for dy, dx in offsets], float)  # (25, 3)
    normal = np.einsum("hwn,ni,nj->hwij", weight, terms, terms) + 1e-4 * np.eye(3)
    right = np.einsum("hwn,ni,hwnc->hwic", weight, terms, near)
    plane = np.linalg.solve(normal, right)  # (h, w, 3 terms, 3 channels)
    off = ((near - np.einsum("ni,hwic->hwnc", terms, plane)) ** 2).sum(-1)
    count = weight.sum(-1)
    residual = np.sqrt((off * weight).sum(-1) / np.maximum(count, 1))
    mask = opaque & (count >= 12) & (residual < rough)
    if busy is not None:
        mask &= busy < 0.03
    return mask, np.where(mask[..., None], plane[:, :, 0], cells).astype(np.float32)


def materials(
    cells: np.ndarray, mask: np.ndarray, wrap: bool = False, step: float = 0.05
) -> np.ndarray:
    """Connected regions of one material in cells (h, w, 3), (h, w) int32, 0 outside `mask` (h, w)
    bool, else 1, 2, ...

    Two neighbours belong together when their OKLab colours are less than `step` apart: a gradient
    runs on from light to dark through many small steps, an edge is one large step.
    """
    h, w = mask.shape
    parent = np.arange(h * w)

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    number = np.arange(h * w).reshape(h, w)
    for axis in (0, 1):
        following = np.roll(number, -1, axis)
        linked = mask & np.roll(mask, -1, axis)
        linked = linked & (((cells - np.roll(cells, -1, axis)) ** 2).sum(-1) < step**2)
        if not wrap:
            linked[(slice(None),) * axis + (-1,)] = False
        for a, b in zip(number[linked].tolist(), following[linked].tolist(), strict=True):
            ra, rb = root(a), root(b)
            if ra != rb:
                parent[max(ra, rb)] = min(ra, rb)
    roots = np.array([root(i) for i in range(h * w)]).reshape(h, w)
    roots[~mask] = -1
    _, label = np.unique(roots, return_inverse=True)
    label = label.reshape(h, w)
    return (label if (roots == -1).any() else label + 1).astype(np.int32)


def dither_pairs(
    targets: np.ndarray, palette: np.ndarray, furthest: float
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The two palette colours between which each target lies best, and how far along.

    targets (n, 3), palette (k, 3) OKLab. Returns (dark, light, share): indices (n,), the darker
    first, and the share of the lighter one, 0-1. Pairs further apart than `furthest` do not
    compete; a wide pair pays for its contrast. Where one colour alone is best, dark == light.
    """
    k = len(palette)
    order = np.argsort(palette[:, 0], kind="stable")
    i, j = np.triu_indices(k)  # with i == j: one plain colour
    first, second = order[i], order[j]
    width = np.sqrt(((palette[first] - palette[second]) ** 2).sum(-1))
    near = (width <= furthest) & _neighbours(palette)[first, second]
    first, second, width = first[near], second[near], width[near]
    along = palette[second] - palette[first]  # (p, 3)
    length = np.maximum((along**2).sum(-1), 1e-9)
    offset = targets[:, None] - palette[first][None]  # (n, p, 3)
    share = np.clip((offset * along).sum(-1) / length, 0, 1)
    error = np.sqrt(((offset - share[..., None] * along) ** 2).sum(-1))
    # the eye sees the texture of a wide pair: it must earn its contrast, most of all at 50 %
    error += 0.35 * width * np.sqrt(share * (1 - share)) * (width / furthest)
    best = np.argmin(error, 1)
    rows = np.arange(len(targets))
    return first[best], second[best], share[rows, best]


def _neighbours(palette: np.ndarray) -> np.ndarray:
    """(k, k) bool: no third colour lies between the two, inside the ball around their middle
    (Gabriel and Sokal, 1969). Mixing past a colour that is there would only be noise."""
    square = ((palette[:, None] - palette[None]) ** 2).sum(-1)
    between = square[:, :, None] + square[:, None, :]  # over third colour i: (i, first, second)
    blocked = between < square[None] - 1e-9
    return ~blocked.any(0)


def dither(
    index: np.ndarray,
    cells: np.ndarray,
    palette: np.ndarray,
    method: str,
    strength: float = 1.0,
    busy: np.ndarray | None = None,
    wrap: bool = False,
    smallest: int = 24,
) -> np.ndarray:
    """Dither the smooth gradients of a sprite; everything else stays as it is.

    index    (h, w) palette index of each cell, -1 where transparent
    cells    (h, w, 3) mean OKLab source colour of each cell; palette (k, 3) OKLab
    method   one of METHODS; strength 0-1: how wide the dithered band around each border is
    busy     (h, w) spread inside each source cell, see `smooth_gradients`; wrap for tiles
    smallest regions with fewer cells stay plain
    Returns (h, w) indices of the same type. ValueError for a method that is none of METHODS.
    """
    if method not in METHODS:
        raise ValueError(f"method must be one of {METHODS}, got {method!r}")
    if method == "none" or strength <= 0 or len(palette) < 2:
        return index
    opaque = index >= 0
    mask, calm = smooth_gradients(cells, opaque, busy, wrap)
    region = materials(calm, mask, wrap)
    result = index.copy()
    for number in range(1, int(region.max(initial=0)) + 1):
        here = region == number
        if here.sum() < smallest or _range(calm[here]) < 0.03:
            continue  # too small to carry a texture, or flat: nothing to shade
        colors = _own_colors(index, here)
        result[here] = _painted(calm, here, palette, colors, method, strength, wrap)[here]
    return _settled(result, index, region, wrap)


def _range(colors: np.ndarray) -> float:
    """How far a region's colours reach along their widest axis (5 % to 95 %)."""
    low, high = np.quantile(colors, (0.05, 0.95), axis=0)
    return float(np.sqrt(((high - low) ** 2).sum()))


def _own_colors(index: np.ndarray, here: np.ndarray) -> np.ndarray:
    """The palette indices that the region already wears, rare ones left out."""
    used, count = np.unique(index[here], return_counts=True)
    return used[(count >= 3) & (used >= 0)]


def _painted(
    calm: np.ndarray,
    here: np.ndarray,
    palette: np.ndarray,
    own: np.ndarray,
    method: str,
    strength: float,
    wrap: bool,
) -> np.ndarray:
    """Indices for the cells of one region (others hold -1)."""
    h, w = here.shape
    targets, palette = calm[here] * _HUE, palette * _HUE
    spots = _candidates(targets, palette, own)
    dark, light, share = dither_pairs(targets, palette[spots], furthest=0.26)
    dark, light = spots[dark], spots[light]
    # strength narrows the band in which two colours mix: at 0.5 the outer quarters go plain
    share = np.clip((share - 0.5) / max(strength, 1e-3) + 0.5, 0, 1)
    out = np.full((h, w), -1, np.int64)
    if method in DIFFUSED:
        whole = np.zeros((3, h, w))
        whole[0][here], whole[1][here], whole[2][here] = dark, light, share
        return _diffused(here, whole[0], whole[1], whole[2], _KERNELS[method], wrap)
    threshold = thresholds(method, h, w)[here]
    out[here] = np.where(share > threshold, light, dark)
    return out


def _candidates(targets: np.ndarray, palette: np.ndarray, own: np.ndarray) -> np.ndarray:
    """Palette colours that belong to a material: its own, and those close to one of its cells."""
    distance = np.sqrt(((targets[:, None] - palette[None]) ** 2).sum(-1)).min(0)
    return np.union1d(own, np.flatnonzero(distance < 0.05)).astype(np.int64)


def _diffused(
    here: np.ndarray,
    dark: np.ndarray,
    light: np.ndarray,
    share: np.ndarray,
    kernel: tuple,
    wrap: bool,
) -> np.ndarray:
    """Error diffusion of the share along its pair, row by row in serpentine, inside the region."""
    h, w = here.shape
    debt = np.zeros((h, w))
    out = np.full((h, w), -1, np.int64)
    for y in range(h):
        ahead = 1 if y % 2 == 0 else -1
        for x in range(w)[::ahead]:
            if not here[y, x]:
                continue
            wanted = share[y, x] + debt[y, x]
            on = wanted > 0.5
            out[y, x] = light[y, x] if on else dark[y, x]
            error = float(np.clip(wanted - on, -1, 1)) if dark[y, x] != light[y, x] else 0.0
            for dy, dx, part in kernel:
                to_y, to_x = y + dy, x + dx * ahead
                if wrap:
                    to_x %= w
                if to_y < h and 0 <= to_x < w and here[to_y, to_x]:
                    debt[to_y, to_x] += error * part
    return out


def _settled(result: np.ndarray, index: np.ndarray, region: np.ndarray, wrap: bool) -> np.ndarray:
    """Take back lone dither pixels at a region's rim: a cell whose eight neighbours all differ and
    are not dithered themselves is a speck, not a texture."""
    changed = (result != index) & (region > 0)
    neighbours = [(dy, dx) for dy in (-1, 0, 1) for dx in (-1, 0, 1) if dy or dx]
    company = sum(_shifted(changed, dy, dx, wrap).astype(int) for dy, dx in neighbours)
    same = sum((_shifted(result, dy, dx, wrap) == result).astype(int) for dy, dx in neighbours)
    return np.where(changed & (company == 0) & (same == 0), index, result)
