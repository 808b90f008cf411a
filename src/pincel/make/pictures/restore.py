"""Fake pixel art back to its true pixels: the grid, one honest colour a cell, the palette."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from pincel.art.grid import Grid, find_grid
from pincel.art.resampled import unenlarged
from pincel.art.sprite import TRANSPARENT, Sprite
from pincel.art.told_apart import cluster, unclipped
from pincel.errors import PincelError
from pincel.pixels.color import srgb_to_oklab
from pincel.pixels.picture import Picture

_SAMPLES = 7  # a cell is read at 7 x 7 places, at fewer where there are very many cells
_EDGE = 0.2  # share of a cell left out on each side: blur, JPEG and neighbours live there
_MOST_COLORS = 256
_BUSY = 12.0  # steps of 255 between neighbouring cells: JPEG strays where colours change
_SMALL = 64  # a picture this small with few colours is the sprite itself
_NONE, _DOUBTFUL = 0.4, 0.85  # confidence
_BLOCK = 8.0  # pixels of JPEG's own blocks
_CERTAIN = 9.0  # evidence of a picture that was enlarged once and not drawn over
_FEW, _FEWEST_CELLS, _EXPLAINED = 40, 6, 0.9  # of a guess worth giving

Verdict = Literal["grid", "doubtful", "none", "true-size"]


@dataclass(frozen=True, eq=False)
class FrameCells:
    """What the cells of one frame hold.

    colors  (h, w, 3) float32 sRGB 0-255, the middle of each cell without outliers
    clear   (h, w) bool, transparent
    grain   standard deviation of single pixels inside a cell, in steps of 255; 0 for a picture
            that was never lossily stored
    noise   the same for `colors`, means of many pixels
    stray   how far whole cells of one colour differ, in steps of 255: what JPEG does to a block is
            no noise inside a cell, but strays from cell to cell
    """

    colors: np.ndarray
    clear: np.ndarray
    grain: float
    noise: float
    stray: float = 0.0


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
    if not known and palette is None and is_at_true_size(picture.rgba, grid):
        sprite = Sprite.from_rgba(
            *(_hard(frame) for frame in picture.frames),
            name=picture.name,
            durations=picture.durations,
        )
        if not len(sprite.palette):
            sprite = replace(sprite, palette=np.zeros((1, 3), np.uint8))
        sprite = replace(sprite, tags=picture.tags, slices=picture.slices, plays=picture.plays)
        if colors is None or len(sprite.palette) <= colors:
            return Restored(sprite, _every_pixel(picture.rgba), "true-size")
    cells = [read_cells(frame, grid) for frame in picture.frames]
    frames, found = palette_of_cells(cells, colors, palette)
    sprite = Sprite(tuple(frames), found, picture.durations, picture.name, tags=picture.tags)
    sprite = replace(sprite, plays=picture.plays)
    verdict: Verdict = "grid" if known else _verdict(picture.rgba, grid, sprite)
    return Restored(sprite, grid, verdict)


def _verdict(rgba: np.ndarray, grid: Grid, sprite: Sprite) -> Verdict:
    """What a grid that was found is worth.

    An unlikely one whose few flat cells explain the picture all the same is a guess worth giving.
    Lines every eight pixels from the frame on are JPEG's own blocks, unless cells explain it.
    """
    blocks = abs(np.subtract(grid.cell, _BLOCK)).max() < 0.1 and max(np.abs(grid.offset)) < 0.5
    if grid.confidence >= _NONE and not blocks:
        return "grid" if grid.confidence >= _DOUBTFUL else "doubtful"
    if variance_explained(rgba, grid, sprite) < _EXPLAINED:
        return "none"
    if grid.confidence >= _NONE:
        return "grid" if grid.confidence >= _DOUBTFUL else "doubtful"
    few = len(sprite.palette) <= _FEW and min(grid.width, grid.height) >= _FEWEST_CELLS
    return "doubtful" if few else "none"


def variance_explained(rgba: np.ndarray, grid: Grid, sprite: Sprite) -> float:
    """The share of a picture's variance (sRGB, where it is opaque) that flat cells explain."""
    height, width = rgba.shape[:2]
    x = np.searchsorted(grid.columns, np.arange(width) + 0.5, side="right") - 1
    y = np.searchsorted(grid.rows, np.arange(height) + 0.5, side="right") - 1
    x, y = np.clip(x, 0, sprite.width - 1), np.clip(y, 0, sprite.height - 1)
    opaque = rgba[..., 3] >= 128
    seen = rgba[..., :3][opaque].astype(np.float32)
    flat = sprite.rgba()[..., :3][y][:, x][opaque].astype(np.float32)
    spread = float(seen.var(0).sum()) if len(seen) else 0.0
    return 1 - float(((seen - flat) ** 2).sum(-1).mean()) / spread if spread > 0 else 1.0


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


def is_at_true_size(rgba: np.ndarray, grid: Grid) -> bool:
    """Whether a picture (h, w, 4) uint8 is pixel art that nobody enlarged: few colours, hard alpha,
    many details one pixel wide, and no grid to speak of."""
    thin = max(1, rgba.shape[0] // 64)
    if len(np.unique(_codes(rgba[::thin]))) > _MOST_COLORS:  # seen without reading it all
        return False
    alpha = rgba[..., 3]
    certain = grid.wobble == 0 or (grid.evidence >= _CERTAIN and grid.confidence >= _DOUBTFUL)
    if certain or np.any((alpha > 0) & (alpha < 255)):
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


def read_cells(rgba: np.ndarray, grid: Grid) -> FrameCells:
    """The colour of every cell of a picture (h, w, 4) uint8: the median of its core, then the mean
    of what lies near it."""
    if grid.linear:
        return _unmixed(rgba, grid)
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
    stray = _stray(colors, clear) * _smeared(grid) if grain > 0 else 0.0
    return FrameCells(colors.astype(np.float32), clear, grain, noise, stray)


def _smeared(grid: Grid) -> float:
    """How much further cells stray where all eight neighbours stray with them: chroma that JPEG
    keeps at half size runs over cells of less than four pixels."""
    return 1 + 0.8 * float(np.clip(4.5 - min(grid.cell), 0, 2.5))


def _unmixed(rgba: np.ndarray, grid: Grid) -> FrameCells:
    """The cells that linear interpolation made the picture of, by least squares."""
    height, width = rgba.shape[:2]
    mixed = rgba.astype(np.float64)
    mixed[..., :3] *= mixed[..., 3:] / 255
    across = unenlarged(mixed.swapaxes(0, 1).reshape(width, -1), grid.width)
    across = across.reshape(grid.width, height, 4).swapaxes(0, 1).reshape(height, -1)
    small = unenlarged(across, grid.height).reshape(grid.height, grid.width, 4)
    clear = small[..., 3] < 128
    colors = small[..., :3] * 255 / np.maximum(small[..., 3:], 1)
    colors = np.where(clear[..., None], 0, np.clip(colors, 0, 255)).astype(np.float32)
    stray = _stray(colors, clear)  # rounding alone leaves about one step
    return FrameCells(colors, clear, 0.0, 0.01, stray)


def _stray(colors: np.ndarray, clear: np.ndarray) -> float:
    """How far cells lie from the most similar of their eight neighbours, where colours change: of
    seven cells in ten it is of the same colour, and what differs is not of the sprite."""
    far = np.float32(1e4)
    padded = np.pad(
        np.where(clear[..., None], far, colors), ((1, 1), (1, 1), (0, 0)), constant_values=far
    )
    height, width = clear.shape
    gaps = (
        np.stack(
            [
                np.linalg.norm(
                    padded[1 + y : 1 + y + height, 1 + x : 1 + x + width] - colors, axis=-1
                )
                for y in (-1, 0, 1)
                for x in (-1, 0, 1)
                if y or x
            ]
        )
        / 3**0.5
    )
    busy = ~clear & (np.where(gaps < far / 4, gaps, 0).max(0) > _BUSY)
    return float(np.percentile(gaps.min(0)[busy], 70)) if busy.any() else 0.0


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


def palette_of_cells(
    cells: list[FrameCells], most: int | None = None, palette: np.ndarray | None = None
) -> tuple[list[np.ndarray], np.ndarray]:
    """Index frames, each (h, w) int16 with -1 for transparent, and palette, (k, 3) uint8: cells
    whose colours differ by noise and shading share one. A given `palette`, (k, 3) uint8, stays."""
    opaque = np.concatenate([c.colors[~c.clear] for c in cells])
    if not len(opaque):
        return [np.full(c.clear.shape, TRANSPARENT, np.int16) for c in cells], np.zeros(
            (1, 3), np.uint8
        )
    if palette is None:
        noise, grain = max(c.noise for c in cells), max(c.grain for c in cells)
        stray = max(c.stray for c in cells)
        palette, index = cluster(opaque, noise, most or _MOST_COLORS, stray)
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
