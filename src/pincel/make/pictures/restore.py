"""Fake pixel art back to its true pixels: the grid, one honest colour a cell, the palette."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from pincel.art.grid import Grid, find_grid
from pincel.art.sprite import TRANSPARENT, Sprite
from pincel.errors import PincelError
from pincel.pixels.color import srgb_to_oklab
from pincel.pixels.picture import Picture

_SAMPLES = 7  # a cell is read at 7 x 7 places, at fewer where there are very many cells
_EDGE = 0.2  # share of a cell left out on each side: blur, JPEG and neighbours live there
_MOST_COLORS = 256
_MOST_MERGED = 600
_SHADE_BASE, _SHADE = 3.2, 0.07  # steps of 255 and share of the level that are one colour still
_TINT_BASE, _TINT = 6.0, 0.04
_SMALL = 64  # a picture this small with few colours is the sprite itself
_NONE, _DOUBTFUL = 0.4, 0.85  # confidence

Verdict = Literal["grid", "doubtful", "none", "true-size"]


@dataclass(frozen=True, eq=False)
class Cells:
    """What the cells of one frame hold.

    colors  (h, w, 3) float32 sRGB 0-255, the middle of each cell without outliers
    clear   (h, w) bool, transparent
    grain   standard deviation of single pixels inside a cell, in steps of 255; 0 for a picture
            that was never lossily stored
    noise   the same for `colors`, means of many pixels
    """

    colors: np.ndarray
    clear: np.ndarray
    grain: float
    noise: float


@dataclass(frozen=True, eq=False)
class Restored:
    """The true-resolution sprite and the grid it was read with.

    verdict  "grid": one was found; "doubtful": perhaps; "none": this does not look like enlarged
             pixel art (the sprite is the best guess all the same); "true-size": it is pixel art
             already, given back as it is
    """

    sprite: Sprite
    grid: Grid
    verdict: Verdict


def restore(
    picture: Picture,
    cell: float | None = None,
    size: tuple[int, int] | None = None,
    offset: tuple[float, float] | None = None,
    colors: int | None = None,
    palette: np.ndarray | None = None,
) -> Restored:
    """The sprite behind a picture of enlarged pixel art; one grid and one palette for all frames.

    cell, size, offset  what is known of the grid (see `find_grid`)
    colors              at most so many; default as many as are told apart
    palette             (k, 3) uint8 sRGB: these and no others
    """
    _check(picture, cell, size, offset)
    grid = find_grid(picture.rgba, cell, size, offset)
    known = cell is not None or size is not None
    if not known and palette is None and at_true_size(picture.rgba, grid):
        sprite = Sprite.from_rgba(
            *(_hard(frame) for frame in picture.frames),
            name=picture.name,
            durations=picture.durations,
        )
        if not len(sprite.palette):
            sprite = replace(sprite, palette=np.zeros((1, 3), np.uint8))
        sprite = replace(sprite, tags=picture.tags, slices=picture.slices)
        if colors is None or len(sprite.palette) <= colors:
            return Restored(sprite, _every_pixel(picture.rgba), "true-size")
    cells = [read_cells(frame, grid) for frame in picture.frames]
    frames, found = palette_of(cells, colors, palette)
    sprite = Sprite(tuple(frames), found, picture.durations, picture.name, tags=picture.tags)
    sure = grid.confidence
    verdict: Verdict = "grid" if known or sure >= _DOUBTFUL else "doubtful"
    return Restored(sprite, grid, "none" if not known and sure < _NONE else verdict)


def _check(
    picture: Picture,
    cell: float | None,
    size: tuple[int, int] | None,
    offset: tuple[float, float] | None,
) -> None:
    """PincelError for a grid that cannot lie in the picture."""
    across, down = picture.width, picture.height
    left, top = offset or (0.0, 0.0)
    wide, tall = size or (1, 1)
    pitch = cell or 1.0
    if left + wide * pitch > across + 0.5 * pitch or top + tall * pitch > down + 0.5 * pitch:
        raise PincelError(
            "restore.too_many_cells", width=wide, height=tall, across=across, down=down
        )


def at_true_size(rgba: np.ndarray, grid: Grid) -> bool:
    """Whether a picture is pixel art that nobody enlarged: few colours, hard alpha, many details
    one pixel wide, and no grid to speak of."""
    thin = max(1, rgba.shape[0] // 64)
    if len(np.unique(_codes(rgba[::thin]))) > _MOST_COLORS:  # seen without reading it all
        return False
    alpha = rgba[..., 3]
    if np.any((alpha > 0) & (alpha < 255)) or grid.wobble == 0:
        return False
    seen = _codes(rgba)
    if len(np.unique(seen)) > _MOST_COLORS:
        return False
    step = seen[:, 1:] != seen[:, :-1]
    single = (step[:, 1:] & step[:, :-1]).sum() / max(1, int(step.sum()))
    small = max(rgba.shape[:2]) <= _SMALL
    if small and grid.confidence < _NONE:
        return True
    return bool(single > 0.04 and (small or grid.confidence < _DOUBTFUL))


def _codes(rgba: np.ndarray) -> np.ndarray:
    """One number for each pixel's colour; all that is clear is the same."""
    return np.where(rgba[..., 3:] > 0, rgba, 0).view(np.uint32)[..., 0]


def _hard(rgba: np.ndarray) -> np.ndarray:
    hard = rgba.copy()
    hard[..., 3] = np.where(rgba[..., 3] >= 128, 255, 0)
    hard[hard[..., 3] == 0] = 0
    return hard


def _every_pixel(rgba: np.ndarray) -> Grid:
    height, width = rgba.shape[:2]
    columns, rows = np.arange(width + 1.0), np.arange(height + 1.0)
    return Grid(columns, rows, (1.0, 1.0), (0.0, 0.0), 0.0, 1.0)


def read_cells(rgba: np.ndarray, grid: Grid) -> Cells:
    """The colour of every cell: the median of its core, then the mean of what lies near it."""
    many = grid.width * grid.height
    side = _SAMPLES if many <= 10_000 else 5 if many <= 40_000 else 3
    rows, columns = _sample_places(grid.rows, side), _sample_places(grid.columns, side)
    height, width = rgba.shape[:2]
    y = np.clip(rows, 0, height - 1).astype(int)  # (h, s)
    x = np.clip(columns, 0, width - 1).astype(int)  # (w, s)
    core = rgba[y[:, None, :, None], x[None, :, None, :]]  # (h, w, s, s, 4)
    core = core.reshape(len(y), len(x), -1, 4).astype(np.float32)
    solid = core[..., 3] >= 128
    clear = solid.mean(-1) < 0.5
    values = np.where(solid[..., None], core[..., :3], np.nan)
    values[clear] = 0
    whole = bool(solid.all())
    middle = (np.median if whole else np.nanmedian)(values, axis=2, keepdims=True)
    away = np.abs(values - middle).max(-1)
    spread, grain = _grain(away[~clear])
    near = away <= max(2.5 * spread, 1.0)
    weight = near[..., None].astype(np.float32)
    mean = np.nansum(np.where(near[..., None], values, 0), 2) / np.maximum(weight.sum(2), 1)
    dark = middle[..., 0, :] < 2 * spread  # noise is cut off at 0: the median knows better
    colors = np.where(dark | (weight.sum(2) == 0), middle[..., 0, :], mean)
    noise = grain / max(1.0, _distinct(y) * _distinct(x)) ** 0.5
    return Cells(colors.astype(np.float32), clear, grain, noise)


def _grain(away: np.ndarray) -> tuple[float, float]:
    """Median distance from a cell's middle, and the standard deviation that it speaks for."""
    if not len(away):
        return 0.0, 0.0
    each = np.median(np.nan_to_num(away), axis=-1)
    if np.mean(np.nan_to_num(away).max(-1) == 0) > 0.8:
        return 0.0, 0.0
    spread = float(np.median(each))
    return spread, max(1.4826 * spread, 0.3)


def _distinct(places: np.ndarray) -> float:
    """How many different pixels a cell is read at, on one axis, on average."""
    return float(np.mean([len(np.unique(line)) for line in places]))


def _sample_places(lines: np.ndarray, side: int) -> np.ndarray:
    """Positions inside each cell's core, (cells, samples)."""
    low, high = lines[:-1], lines[1:]
    margin = np.minimum(np.maximum(_EDGE * (high - low), 1.5), 0.38 * (high - low))
    share = (np.arange(side) + 0.5) / side
    return (low + margin)[:, None] + (high - low - 2 * margin)[:, None] * share[None]


def palette_of(
    cells: list[Cells], most: int | None = None, palette: np.ndarray | None = None
) -> tuple[list[np.ndarray], np.ndarray]:
    """Index frames and palette: cells whose colours differ by noise and shading share one."""
    opaque = np.concatenate([c.colors[~c.clear] for c in cells])
    if not len(opaque):
        return [np.full(c.clear.shape, TRANSPARENT, np.int16) for c in cells], np.zeros(
            (1, 3), np.uint8
        )
    if palette is None:
        noise, grain = max(c.noise for c in cells), max(c.grain for c in cells)
        palette, index = cluster(opaque, noise, most or _MOST_COLORS)
        palette = unclipped(palette, grain)
    else:
        target = srgb_to_oklab(palette)
        index = _nearest(srgb_to_oklab(opaque / 255), target)
    frames, start = [], 0
    for c in cells:
        frame = np.full(c.clear.shape, TRANSPARENT, np.int16)
        count = int((~c.clear).sum())
        frame[~c.clear] = index[start : start + count]
        start += count
        frames.append(frame)
    return frames, palette


def _nearest(colors: np.ndarray, palette: np.ndarray) -> np.ndarray:
    index = np.empty(len(colors), np.int64)
    for start in range(0, len(colors), 8192):
        part = colors[start : start + 8192]
        index[start : start + 8192] = ((part[:, None] - palette[None]) ** 2).sum(-1).argmin(1)
    return index


def cluster(colors: np.ndarray, noise: float, most: int) -> tuple[np.ndarray, np.ndarray]:
    """Colours (n, 3) sRGB 0-255 -> palette (k, 3) float and the entry of each.

    Agglomerative: the two nearest groups join while their means differ by less than noise and
    shading explain, or while there are more than `most`.
    """
    unique, inverse, counts = np.unique(
        np.rint(colors).astype(np.int32), axis=0, return_inverse=True, return_counts=True
    )
    inverse = inverse.ravel()
    if noise == 0 and len(unique) <= most:
        return unique.astype(np.float32), inverse
    group = _merge(unique.astype(np.float32), counts.astype(np.float32), noise, most)
    label = group[inverse]
    kept = np.unique(label)
    label = np.searchsorted(kept, label)
    return np.stack([np.median(colors[label == k], axis=0) for k in range(len(kept))]), label


def unclipped(palette: np.ndarray, grain: float) -> np.ndarray:
    """(k, 3) float colours as read -> uint8 colours as painted.

    Noise on black can only brighten it: a clipped normal's mean is 0.4 standard deviations. A
    channel that this explains is 0 (or, at the other end, 255).
    """
    reach = 0.4 * grain + 1.0 if grain > 0 else 0.0
    palette = np.where(palette <= reach, 0, np.where(palette >= 255 - reach, 255, palette))
    return np.clip(np.rint(palette), 0, 255).astype(np.uint8)


def _spacing(a: np.ndarray, b: np.ndarray, noise: float) -> np.ndarray:
    """Distance of colours in units of what noise and shading do to one colour.

    Shading moves a colour along its own direction from black; that is forgiven most.
    """
    middle = a + b
    along_axis = middle / np.maximum(np.linalg.norm(middle, axis=-1, keepdims=True), 1.0)
    delta = a - b
    along = (delta * along_axis).sum(-1)
    across = np.sqrt(np.maximum((delta * delta).sum(-1) - along * along, 0.0))
    level = np.linalg.norm(middle, axis=-1) / (2 * 3**0.5)  # 0-255 as for greys
    shade = _SHADE_BASE + 3.2 * noise + _SHADE * level
    tint = _TINT_BASE + 4.0 * noise + _TINT * level
    return np.sqrt((along / 3**0.5 / shade) ** 2 + (across / tint) ** 2)


def _merge(colors: np.ndarray, counts: np.ndarray, noise: float, most: int) -> np.ndarray:
    """Group number of each colour."""
    group = np.arange(len(colors))
    bin_width = 4
    while len(np.unique(group)) > _MOST_MERGED:  # coarse bins hold what is nearly the same
        bin_width += 2
        _, coarse = np.unique((colors // bin_width).astype(int), axis=0, return_inverse=True)
        group = coarse.ravel()
    if bin_width > 4:
        total = np.bincount(group, counts)
        colors = np.stack(
            [np.bincount(group, counts * colors[:, c]) / total for c in range(3)], -1
        ).astype(np.float32)
        counts = total.astype(np.float32)
    colors, counts = colors.copy(), counts.copy()
    distance = _spacing(colors[:, None], colors[None], noise)
    np.fill_diagonal(distance, np.inf)
    alive, left = np.arange(len(colors)), len(colors)
    target = np.arange(len(colors))
    while left > 1:
        i, j = np.unravel_index(distance.argmin(), distance.shape)
        if distance[i, j] > 1.0 and left <= most:
            break
        weight = counts[i] + counts[j]
        colors[i] = (colors[i] * counts[i] + colors[j] * counts[j]) / weight
        counts[i] = weight
        target[target == j] = i
        distance[j], distance[:, j] = np.inf, np.inf
        alive = alive[alive != j]
        others = alive[alive != i]
        fresh = _spacing(colors[i][None], colors[others], noise)
        distance[i, others] = distance[others, i] = fresh
        left -= 1
    return target[group]
