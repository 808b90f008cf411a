"""What real pixel art is, as numbers: one definition, used as a test and as a product.

Three gates decide whether a picture is pixel art at all: its size is the size asked for, it has no
more colours than asked for, and every pixel is opaque or transparent. The craft numbers say how
well it is drawn: single stray pixels, tiny clusters, colours that only soften an edge, uneven
staircases, near-duplicate colours, and how far its 3x3 patterns lie from a named style. They have
no right value in general; `references.json` holds what real sprites of each source show.

Index grids are (height, width) integers with -1 where transparent; shares are 0-1 of the opaque
pixels.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pincel.art.sprite import TRANSPARENT, Sprite
from pincel.pixels.color import oklab_distance, srgb_to_oklab

NOISE_DISTANCE = 0.06
"""An orphan this far in OKLab from all eight neighbours is noise: it stands out."""
TINY_AREA = 2
"""Clusters of this many pixels or fewer are tiny."""

_AROUND = ((-1, -1), (-1, 0), (-1, 1), (0, 1), (1, 1), (1, 0), (1, -1), (0, -1))


@dataclass(frozen=True)
class Gates:
    """The facts that decide: is this pixel art at all?

    width, height in pixels; colors is the number of different opaque colours; soft is the share
    of pixels that are neither opaque nor transparent.
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
    fringe   pixels whose colour lies between those of their two opposite neighbours in OKLab:
             automatic anti-aliasing and banding
    jag      steps of outline staircases whose length breaks an even or monotone run
    dbl      steps of outline staircases that are two or more pixels both ways
    pal_nn   mean distance of a palette colour to its nearest other one, OKLab x 100
    pal_min  the smallest such distance
    """

    orphan8: float
    noise: float
    tiny: float
    cluster: float
    fringe: float
    jag: float
    dbl: float
    pal_nn: float
    pal_min: float


def gates(rgba: np.ndarray) -> Gates:
    """The gate facts of a picture, (h, w, 4) uint8."""
    alpha = rgba[..., 3]
    opaque = rgba[alpha > 0][:, :3].astype(np.int32)
    codes = opaque @ np.array([65536, 256, 1], np.int32)
    soft = float(np.mean((alpha > 0) & (alpha < 255))) if alpha.size else 0.0
    return Gates(rgba.shape[1], rgba.shape[0], len(np.unique(codes)), soft)


def indexed(rgba: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Any picture as (indices (h, w) int32 with -1 where alpha < 128, palette (k, 3) uint8)."""
    opaque = rgba[..., 3] >= 128
    codes = rgba[..., :3].astype(np.int32) @ np.array([65536, 256, 1], np.int32)
    unique, inverse = np.unique(codes[opaque], return_inverse=True)
    indices = np.full(opaque.shape, TRANSPARENT, np.int32)
    indices[opaque] = inverse
    palette = np.stack([unique >> 16, (unique >> 8) & 255, unique & 255], -1).astype(np.uint8)
    return indices, palette


def craft(sprite: Sprite | np.ndarray, palette: np.ndarray | None = None) -> Craft:
    """The craft numbers of a sprite (first frame), an (h, w, 4) picture, or indices + palette."""
    indices, palette = _grid(sprite, palette)
    opaque = indices != TRANSPARENT
    count = max(int(opaque.sum()), 1)
    marks = _marks(indices, palette)
    stairs = staircases(indices)
    spacing = palette_spacing(palette[np.unique(indices[opaque])])
    return Craft(
        orphan8=float(marks["orphan8"].sum() / count),
        noise=float(marks["noise"].sum() / count),
        tiny=float(marks["tiny"].sum() / count),
        cluster=_middle_area(areas(indices)[opaque]),
        fringe=float(marks["fringe"].sum() / count),
        jag=stairs.jag,
        dbl=stairs.dbl,
        pal_nn=spacing[0],
        pal_min=spacing[1],
    )


def where(sprite: Sprite | np.ndarray, palette: np.ndarray | None = None) -> dict[str, np.ndarray]:
    """Which pixels each craft number counts: {"orphan8", "noise", "tiny", "fringe", "jag",
    "dbl"} -> (h, w) bool. For `jag` and `dbl`, the pixels that lie inside the uneven step."""
    indices, palette = _grid(sprite, palette)
    stairs = staircases(indices)
    return {
        **_marks(indices, palette),
        "jag": stairs.jag_pixels,
        "dbl": stairs.dbl_pixels,
    }


def areas(indices: np.ndarray) -> np.ndarray:
    """For each pixel the size of its 4-connected same-index area, (h, w) int."""
    from scipy import ndimage

    size = np.zeros(indices.shape, np.int64)
    for value in np.unique(indices):
        label, n = ndimage.label(indices == value)
        if n:
            counts = np.bincount(label.ravel())
            counts[0] = 0
            size += counts[label]
    return size


def palette_spacing(palette: np.ndarray) -> tuple[float, float]:
    """(mean, smallest) OKLab x 100 distance of a colour to its nearest other; 0 if alone."""
    if len(palette) < 2:
        return 0.0, 0.0
    lab = srgb_to_oklab(np.asarray(palette, np.uint8))
    from scipy.spatial import cKDTree

    nearest = cKDTree(lab).query(lab, k=2)[0][:, 1] * 100
    return float(nearest.mean()), float(nearest.min())


def patterns(indices: np.ndarray) -> np.ndarray:
    """Counts of the 256 3x3 patterns "same index as the centre", (256,) float.

    Bit i says whether the i-th neighbour (clockwise from top left) has the centre's index. Each
    pattern is spread over its eight rotations and mirror images; the flat pattern (255) is
    dropped, because plain areas say how big a picture is and not how it is drawn.
    """
    same = _same(indices)
    code = (same * (1 << np.arange(8))[:, None, None]).sum(0)[indices != TRANSPARENT]
    counts = np.bincount(code, minlength=256).astype(np.float64)
    counts = counts[_DIHEDRAL].mean(0)
    counts[255] = 0
    return counts


def pattern_distance(counts: np.ndarray, reference: np.ndarray) -> float:
    """Jensen-Shannon divergence (bits, 0-1) of two pattern tables (Lin, 1991)."""
    if counts.sum() == 0 or reference.sum() == 0:
        return float("nan")
    p, q = counts / counts.sum(), reference / reference.sum()
    middle = (p + q) / 2

    def relative(a: np.ndarray) -> float:
        some = a > 0
        return float((a[some] * np.log2(a[some] / middle[some])).sum())

    return max(0.0, (relative(p) + relative(q)) / 2)


@dataclass(frozen=True, eq=False)
class Staircases:
    """How even the outlines climb.

    jag, dbl  shares of all staircase steps; steps is how many there are
    jag_pixels, dbl_pixels  (h, w) bool: pixels along the uneven steps
    """

    jag: float
    dbl: float
    steps: int
    jag_pixels: np.ndarray
    dbl_pixels: np.ndarray


def staircases(indices: np.ndarray) -> Staircases:
    """Judge every outline between areas, as a pixel artist does.

    Each area's outline is walked along the cracks between pixels; it falls into straight runs. A
    staircase is a stretch where left and right turns alternate. A step is even when its length
    lies between those of the step before and after (a line keeps its length, a curve changes it
    one way); a step longer or shorter than both breaks the line. Cracks along the picture's own
    border are not drawn by anybody and end a staircase.
    """
    height, width = indices.shape
    jag_pixels = np.zeros((height, width), bool)
    dbl_pixels = np.zeros((height, width), bool)
    steps = broken = double = 0
    for contour in _contours(indices):
        lengths, turns, cells = contour
        s, j, d = _judge(lengths, turns, cells, jag_pixels, dbl_pixels)
        steps, broken, double = steps + s, broken + j, double + d
    total = max(steps, 1)
    return Staircases(broken / total, double / total, steps, jag_pixels, dbl_pixels)


def _grid(sprite: Sprite | np.ndarray, palette: np.ndarray | None) -> tuple[np.ndarray, np.ndarray]:
    if isinstance(sprite, Sprite):
        return sprite.indices.astype(np.int32), sprite.palette
    array = np.asarray(sprite)
    if array.ndim == 3 and array.shape[-1] == 4:
        return indexed(array)
    if array.ndim == 2 and palette is not None:
        return array.astype(np.int32), np.asarray(palette, np.uint8)
    raise ValueError("give a Sprite, an (h, w, 4) picture, or (h, w) indices with a palette")


def _around(values: np.ndarray, outside: int) -> np.ndarray:
    """The eight neighbours of every pixel, (8, h, w), `outside` beyond the border."""
    height, width = values.shape
    padded = np.pad(values, 1, constant_values=outside)
    return np.stack(
        [padded[1 + dy : 1 + dy + height, 1 + dx : 1 + dx + width] for dy, dx in _AROUND]
    )


def _same(indices: np.ndarray) -> np.ndarray:
    """(8, h, w) bool: neighbour has the centre's index. Beyond the border lies transparency,
    unless the picture has none: then it goes on as it ends."""
    height, width = indices.shape
    if np.any(indices == TRANSPARENT):
        padded = np.pad(indices, 1, constant_values=TRANSPARENT)
    else:
        padded = np.pad(indices, 1, mode="edge")
    return np.stack(
        [padded[1 + dy : 1 + dy + height, 1 + dx : 1 + dx + width] == indices for dy, dx in _AROUND]
    )


def _marks(indices: np.ndarray, palette: np.ndarray) -> dict[str, np.ndarray]:
    opaque = indices != TRANSPARENT
    beside = _around(indices, TRANSPARENT)
    orphan = opaque & ~np.any(beside == indices, axis=0)
    lab = np.concatenate([srgb_to_oklab(palette), np.full((1, 3), 9.0, np.float32)])
    far = np.ones_like(orphan)
    rows, columns = np.nonzero(orphan)
    if len(rows):
        distance = oklab_distance(lab[beside[:, rows, columns]], lab[indices[rows, columns]])
        far[rows, columns] = np.all(distance > NOISE_DISTANCE, axis=0)
    return {
        "orphan8": orphan,
        "noise": orphan & far,
        "tiny": opaque & (areas(indices) <= TINY_AREA),
        "fringe": _fringe(indices, lab),
    }


def _fringe(indices: np.ndarray, lab: np.ndarray) -> np.ndarray:
    """Middle pixels of three in a row (or column) whose colour lies between its neighbours'."""
    found = np.zeros(indices.shape, bool)
    for grid, mask in ((indices, found), (indices.T, found.T)):
        first, middle, last = grid[:, :-2], grid[:, 1:-1], grid[:, 2:]
        here = (first != middle) & (middle != last) & (first != last)
        here &= (first >= 0) & (middle >= 0) & (last >= 0)
        rows, columns = np.nonzero(here)
        a, b, c = (lab[part[rows, columns]] for part in (first, middle, last))
        mask[:, 1:-1][rows, columns] |= _between(a, b, c)
    return found


def _between(a: np.ndarray, b: np.ndarray, c: np.ndarray) -> np.ndarray:
    """Whether b is a mix of a and c in OKLab: in the middle half of the way, hardly beside it."""
    way = c - a
    length = np.maximum(oklab_distance(a, c), 1e-6)
    along = np.sum((b - a) * way, -1) / length**2
    beside = oklab_distance(b, a + along[:, None] * way)
    return (np.abs(along - 0.5) < 0.25) & (beside < 0.1 * length)


def _middle_area(sizes: np.ndarray) -> float:
    return float(np.median(sizes)) if sizes.size else 0.0


def _dihedral() -> np.ndarray:
    """(8, 256): under each rotation and mirror image, where a pattern's count comes from."""
    codes = np.arange(256)
    bits = (codes[:, None] >> np.arange(8)) & 1
    rows = []
    for mirrored in (False, True):
        for quarter in range(4):
            ring = np.roll(np.arange(8), 2 * quarter)
            ring = ring[::-1] if mirrored else ring
            rows.append((bits[:, ring] << np.arange(8)).sum(1))
    return np.stack(rows)


_DIHEDRAL = _dihedral()

# Sides of a pixel, walked clockwise: top (going right), right (down), bottom (left), left (up).
_AHEAD = ((0, 1), (1, 0), (0, -1), (-1, 0))  # the pixel in front on our own side
_ACROSS = ((-1, 0), (0, 1), (1, 0), (0, -1))  # the pixel across the crack


def _contours(indices: np.ndarray):
    """Walk the outline of every 4-connected area clockwise.

    Yields (lengths, turns, cells) of one closed outline: the length of each straight run, the turn
    at its end (+1 right, -1 left) and the pixels along it. Runs on the picture's border come with
    length 0, so that no staircase crosses them.
    """
    height, width = indices.shape
    padded = np.pad(indices, 1, constant_values=-2)  # a border is unlike everything inside
    grid = padded.tolist()
    open_sides = np.stack(
        [
            padded[1:-1, 1:-1] != padded[1 + dy : 1 + dy + height, 1 + dx : 1 + dx + width]
            for dy, dx in _ACROSS
        ]
    )
    open_sides &= (indices != TRANSPARENT)[None]
    seen = np.zeros((height + 2, width + 2, 4), bool).tolist()
    for side, row, column in np.argwhere(open_sides).tolist():
        if seen[row + 1][column + 1][side]:
            continue
        yield _walk(grid, seen, row + 1, column + 1, side)


def _walk(grid: list, seen: list, row: int, column: int, side: int):
    lengths: list[int] = []
    turns: list[int] = []
    cells: list[list[tuple[int, int]]] = []
    run: list[tuple[int, int]] = []
    border = False
    while not seen[row][column][side]:
        seen[row][column][side] = True
        own = grid[row][column]
        run.append((row - 1, column - 1))
        across_row, across_column = _ACROSS[side]
        border |= grid[row + across_row][column + across_column] == -2
        ahead_row, ahead_column = _AHEAD[side]
        row_ahead, column_ahead = row + ahead_row, column + ahead_column
        if grid[row_ahead][column_ahead] != own:
            turn = 1
        elif grid[row_ahead + across_row][column_ahead + across_column] != own:
            turn = 0
            row, column = row_ahead, column_ahead
        else:
            turn = -1
            row, column = row_ahead + across_row, column_ahead + across_column
        if turn:
            side = (side + turn) % 4
            lengths.append(0 if border else len(run))
            turns.append(turn)
            cells.append(run)
            run, border = [], False
    if run and lengths:  # the walk began in the middle of a run: join its two halves
        lengths[0] = 0 if border or lengths[0] == 0 else lengths[0] + len(run)
        cells[0] = run + cells[0]
    return lengths, turns, cells


def _judge(lengths, turns, cells, jag_pixels, dbl_pixels) -> tuple[int, int, int]:
    """Count (steps, uneven steps, double steps) of one outline and mark their pixels."""
    n = len(lengths)
    if n < 5:
        return 0, 0, 0
    steps = broken = double = 0
    for i in range(n):
        before, rise_in, here, rise_out, after = (lengths[(i + d) % n] for d in (-2, -1, 0, 1, 2))
        if not (before and rise_in and here and rise_out and after):
            continue
        if turns[i - 1] == turns[i] or turns[i - 2] != turns[i] or turns[(i + 1) % n] == turns[i]:
            continue
        steps += 1
        if (rise_in == 1 == rise_out) and (here - before) * (here - after) > 0:
            broken += 1
            for row, column in cells[i]:
                jag_pixels[row, column] = True
        if here >= 2 and rise_out >= 2:
            double += 1
            for row, column in cells[i]:
                dbl_pixels[row, column] = True
    return steps, broken, double


@dataclass(frozen=True)
class Kept:
    """How much of its source a sprite keeps, both seen through a blur of 0.6 cells.

    difference  mean OKLab distance x 100; lower is nearer
    hue_kept    share of the source's (a, b) colours (bins of at least 0.3 % area) that the sprite
                shows within 0.035
    structure   SSIM of the lightness (Wang et al., 2004), 1 is equal
    covered     share of the source's opaque part where the sprite is opaque: what was cut away is
                not counted in the other three
    """

    difference: float
    hue_kept: float
    structure: float
    covered: float


BLUR = 0.6
"""In cells: about what an eye loses when squares are too small to be seen one by one."""
_SAMPLES = 4  # pixels per cell at which sprite and source are compared
_GROUND = 0.5  # sRGB grey put under transparency
_HUE_BIN, _HUE_AREA, _HUE_REACH = 0.02, 0.003, 0.035


def side_by_side(
    sprite_rgba: np.ndarray, source_rgba: np.ndarray, samples: int = _SAMPLES, blur: float = BLUR
) -> tuple[np.ndarray, np.ndarray]:
    """Sprite and source at the same size, `samples` pixels a cell, over grey, blurred by `blur`
    cells: two (h * samples, w * samples, 3) float32 sRGB 0-1. Where the sprite is transparent,
    the source is hidden too."""
    from scipy.ndimage import gaussian_filter

    drawn = sprite_rgba.astype(np.float32).repeat(samples, 0).repeat(samples, 1) / 255
    source = _resized(source_rgba, drawn.shape[1], drawn.shape[0])
    shown = []
    for rgba, alpha in ((drawn, drawn[..., 3:]), (source, source[..., 3:] * drawn[..., 3:])):
        flat = rgba[..., :3] * alpha + _GROUND * (1 - alpha)
        shown.append(gaussian_filter(flat, (blur * samples, blur * samples, 0), mode="nearest"))
    return shown[0], shown[1]


def against(sprite_rgba: np.ndarray, source_rgba: np.ndarray) -> Kept:
    """What a sprite (h, w, 4) keeps of its source (H, W, 4), both uint8."""
    from skimage.metrics import structural_similarity

    ours, theirs = (srgb_to_oklab(p) for p in side_by_side(sprite_rgba, source_rgba))
    alpha = _resized(source_rgba, sprite_rgba.shape[1], sprite_rgba.shape[0])[..., 3]
    opaque = sprite_rgba[..., 3] > 127
    drawn = opaque.repeat(_SAMPLES, 0).repeat(_SAMPLES, 1)
    if not drawn.any():
        return Kept(100.0, 0.0, 0.0, 0.0)
    window = min(7, *ours.shape[:2]) // 2 * 2 - 1 if min(ours.shape[:2]) < 7 else 7
    _, similar = structural_similarity(
        ours[..., 0], theirs[..., 0], data_range=1.0, win_size=window, full=True
    )
    return Kept(
        difference=float(oklab_distance(ours, theirs)[drawn].mean() * 100),
        hue_kept=_hue_kept(sprite_rgba, theirs[drawn]),
        structure=float(similar[drawn].mean()),
        covered=float(alpha[opaque].sum() / max(alpha.sum(), 1e-6)),
    )


def _resized(rgba: np.ndarray, width: int, height: int) -> np.ndarray:
    """Area-averaged (or interpolated) copy, (height, width, 4) float32 0-1, alpha respected."""
    from PIL import Image

    way = Image.Resampling.BOX if rgba.shape[1] >= width else Image.Resampling.BICUBIC
    small = Image.fromarray(rgba).resize((width, height), way)
    return np.asarray(small, np.float32) / 255


def _hue_kept(sprite_rgba: np.ndarray, source_lab: np.ndarray) -> float:
    """`source_lab` (n, 3): the source's colours where the sprite is drawn."""
    from scipy.spatial import cKDTree

    bins = np.floor(source_lab[:, 1:] / _HUE_BIN).astype(int)
    _, inverse, counts = np.unique(bins, axis=0, return_inverse=True, return_counts=True)
    big = np.nonzero(counts >= _HUE_AREA * len(bins))[0]
    if not len(big):
        return 1.0
    sums = np.stack([np.bincount(inverse.ravel(), source_lab[:, c]) for c in (1, 2)], -1)
    centres = (sums / counts[:, None])[big]
    colors = np.unique(sprite_rgba[sprite_rgba[..., 3] > 127][:, :3], axis=0)
    distance, _ = cKDTree(srgb_to_oklab(colors)[:, 1:]).query(centres)
    return float(np.mean(distance <= _HUE_REACH))
