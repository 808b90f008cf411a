"""A picture becomes pixel art: the stages of the engine, one after the other.

    cells -> saliency, ridge -> silhouette -> palette -> assign -> even outlines

Every stage is a pure function of `pincel.art` that can be looked at alone; `Stages` keeps what
each one made.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from pincel.art import (
    assign,
    cells,
    contour,
    cutout,
    dither,
    fade,
    fit,
    learned,
    patterns,
    quantize,
    saliency,
    silhouette,
)
from pincel.art.sprite import TRANSPARENT, Sprite
from pincel.errors import PincelError
from pincel.pixels import color
from pincel.pixels.picture import Picture

CLEAN = 0.004
"""OKLab deviation from a plane up to which a gradient counts as drawn, without any grain."""
LONG_SIDE = 64
"""Long side of the result when no size is asked for."""


@dataclass(frozen=True, eq=False)
class Options:
    """How a picture is to become pixel art.

    width, height    cells; one of them is enough, the picture's shape gives the other
    cell             source pixels per cell, instead of a size
    colors           at most so many; None: as many as the picture needs, 8 to 32
    palette          (k, 3) uint8 sRGB given palette; None: chosen from the picture
    palette_mode     with a palette: "strict" draws in its colours at once; "nearest" chooses
                     `colors` from the picture and moves each to the palette's nearest
    engine           "fast" (numpy alone) or "best" (learned detail)
    alpha_threshold  a cell less covered than this is transparent, 0-1; None: where a glow
                     ends least raggedly (`cutout.alpha_threshold`)
    fade             cells of a fade are drawn as long as any alpha is left, for whoever thins them
                     out or keeps their alpha afterwards (`fade`)
    contrast, saturation  1 leaves the picture as it is
    tileable         left meets right and top meets bottom
    style            (256,) pattern counts of a style (`patterns.count_patterns`); None: the
                     package's own
    true_grid        every pixel of the source is a cell that was drawn: it keeps its colour, or
                     gets the palette's nearest, and nothing is redrawn
    seed             for whatever draws random numbers
    """

    width: int | None = None
    height: int | None = None
    cell: float | None = None
    colors: int | None = None
    palette: np.ndarray | None = None
    palette_mode: str = "strict"
    engine: str = "fast"
    alpha_threshold: float | None = None
    fade: bool = False
    contrast: float = 1.0
    saturation: float = 1.0
    tileable: bool = False
    style: np.ndarray | None = None
    true_grid: bool = False
    seed: int = 0


@dataclass(frozen=True, eq=False)
class Stages:
    """What each stage made, for `--explain`: every array is (h, w) cells unless it says more.

    cells      the samples with their weights
    saliency   (h, w, s) 0-1; ridge (h, w, s) 0-1
    hidden     bool, transparent cells
    palette    (k, 3) uint8
    unary      (h, w, k) cost of each colour
    first      labels by colour alone; drawn: after the random field; final: outlines made even
    """

    cells: cells.Cells
    saliency: np.ndarray
    ridge: np.ndarray
    hidden: np.ndarray
    palette: np.ndarray
    unary: np.ndarray
    first: np.ndarray
    drawn: np.ndarray
    final: np.ndarray
    more: dict[str, Any] = field(default_factory=dict)


def pixelate(picture: np.ndarray | Picture, options: Options = Options()) -> tuple[Sprite, Stages]:
    """Pixel art of a picture, (h, w, 4) uint8 or a Picture (its first frame), and how it came
    to be.

    Raises PincelError when the size asked for is larger than the source or impossible.
    """
    rgba = picture.rgba if isinstance(picture, Picture) else picture
    name = picture.name if isinstance(picture, Picture) else "sprite"
    seen = prepare_stages(rgba, options)
    palette = palette_to_draw(seen.cells, seen.hidden, options)
    labels = draw_labels(seen.cells, seen.hidden, palette, options)
    stages = Stages(
        cells=seen.cells,
        saliency=seen.saliency,
        ridge=seen.ridge,
        hidden=seen.hidden,
        palette=palette,
        unary=labels["unary"],
        first=labels["first"],
        drawn=labels["drawn"],
        final=labels["final"],
    )
    return Sprite((stages.final,), palette, name=name), stages


@dataclass(frozen=True, eq=False)
class Prepared:
    """A picture ready to be drawn: its cells, what stands out in them, which are transparent."""

    cells: cells.Cells
    saliency: np.ndarray
    ridge: np.ndarray
    hidden: np.ndarray


def prepare_stages(rgba: np.ndarray, options: Options) -> Prepared:
    """The stages before the palette, of a picture (H, W, 4) uint8: samples, saliency, ridge,
    silhouette."""
    width, height = size(rgba.shape[1], rgba.shape[0], options)
    cut = tune(cells.sample_cells(rgba, width, height), options.contrast, options.saturation)
    standing_out, lines = saliency.saliency(cut), saliency.ridge(cut)
    middles = saliency.middle(lines, cut.side)
    cut = saliency.weigh(cut, standing_out, lines, middles)
    threshold = options.alpha_threshold
    if threshold is None:
        threshold = cutout.alpha_threshold(cut.coverage)
    hidden = silhouette.cells_outside(cut, middles, threshold)
    if options.fade:
        hidden = fade.faded_cells(hidden, cut.coverage)
    return Prepared(cut, standing_out, lines, hidden)


def size(width: int, height: int, options: Options) -> tuple[int, int]:
    """(width, height) in cells for a source of width x height pixels; the shape is kept, and the
    result is never larger than the source."""
    if options.cell is not None:
        if options.cell < 1:
            raise PincelError("engine.cell_small", cell=options.cell)
        wide, high = round(width / options.cell), round(height / options.cell)
    elif options.width is None and options.height is None:
        scale = min(1.0, LONG_SIDE / max(width, height))
        wide, high = round(width * scale), round(height * scale)
    else:
        wide = options.width or round(width * (options.height or 0) / height)
        high = options.height or round(height * (options.width or 0) / width)
    wide, high = max(1, wide), max(1, high)
    if wide > width or high > height:
        raise PincelError("engine.too_large", width=wide, height=high, own=f"{width}x{height}")
    return wide, high


def tune(cut: cells.Cells, contrast: float, saturation: float) -> cells.Cells:
    """More or less contrast (about the picture's own mean lightness) and saturation."""
    if contrast == 1.0 and saturation == 1.0:
        return cut
    samples = cut.samples.copy()
    middle = float(np.average(samples[..., 0], weights=cut.weight + 1e-6))
    samples[..., 0] = np.clip(middle + (samples[..., 0] - middle) * contrast, 0, 1)
    samples[..., 1:] *= saturation
    return replace(cut, samples=samples)


def palette_to_draw(cut: cells.Cells, hidden: np.ndarray, options: Options) -> np.ndarray:
    """The palette to draw with, (k, 3) uint8; `hidden` (h, w) bool, transparent cells, have no
    say."""
    if options.palette is not None and options.palette_mode == "strict":
        return np.asarray(options.palette, np.uint8)
    seen = replace(cut, weight=cut.weight * ~hidden[..., None])
    own = _drawn_colors(cut, hidden, options) if options.true_grid else None
    if own is None:
        own = quantize.choose_palette(seen, options.colors)
    if options.palette is None:
        return own
    given = np.asarray(options.palette, np.uint8)
    gap = color.oklab_distance(color.srgb_to_oklab(own)[:, None], color.srgb_to_oklab(given)[None])
    return given[np.unique(gap.argmin(1))]


def _drawn_colors(cut: cells.Cells, hidden: np.ndarray, options: Options) -> np.ndarray | None:
    """The colours that cells were drawn in; None where they are more than asked for."""
    shown = cut.samples[..., 0, :][~hidden]
    if not len(shown):
        return None
    colors = np.unique(np.rint(color.oklab_to_srgb(shown) * 255).astype(np.uint8), axis=0)
    return colors if options.colors is None or len(colors) <= options.colors else None


def draw_labels(
    cut: cells.Cells,
    hidden: np.ndarray,
    palette: np.ndarray,
    options: Options,
    keep: tuple[np.ndarray, np.ndarray] | None = None,
) -> dict[str, np.ndarray]:
    """Labels from cells and palette: {"unary", "first", "drawn", "final"}, of which "unary" is
    (h, w, k) floats and the others (h, w) whole numbers, -1 where `hidden`, (h, w) bool.

    palette: (k, 3) uint8.
    keep: (labels, bonus) of the frame before, see `assign.assign`."""
    lab = color.srgb_to_oklab(palette)
    if options.true_grid:
        gap = color.oklab_distance(cut.samples[..., 0, None, :], lab)
        first = np.where(hidden, TRANSPARENT, gap.argmin(-1)).astype(np.int16)
        return {"unary": gap, "first": first, "drawn": first, "final": first}
    if options.palette is not None:
        cut = fit.fit_colors(cut, palette, hidden)
    learning = options.engine == "best"
    cost = assign.assignment_costs(cut, lab)
    if learning:  # not in clean gradients: there it would only fray the borders of the shades
        clean, _ = dither.smooth_gradients(cut.mean, ~hidden, wrap=options.tileable, rough=CLEAN)
        cost = np.where(clean[..., None], cost, learned.learned_costs(cut, palette, hidden))
    slack = learned.SLACK if learning else contour.SLACK
    guide = cut.mean
    style = patterns.pattern_table("superpowers") if options.style is None else options.style
    prior = patterns.prior(style)
    drawn = assign.assign(cost, guide, lab, prior, hidden=hidden, wrap=options.tileable, keep=keep)
    return {
        "unary": cost,
        "first": np.where(hidden, TRANSPARENT, cost.argmin(-1)).astype(np.int16),
        "drawn": drawn,
        "final": contour.fix(drawn, lab, guide, cut.coverage, max_distance=slack),
    }
