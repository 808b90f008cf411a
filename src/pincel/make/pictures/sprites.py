"""Whole pictures become whole sprites: background, frames with one palette, dither, outline.

The engine (`pincel.make.pictures.pixelate`) draws one frame; what belongs to all frames together,
and what is done to the drawn frame, stands here.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from pincel.art import dither, fade, fit, outline, steady
from pincel.art.cells import Cells, sample_cells
from pincel.art.sprite import TRANSPARENT, Sprite
from pincel.make.pictures import pixelate as engine
from pincel.make.pictures.frames import MOST_CELLS, Finish, Frames, joined_cells, sampled_cells
from pincel.make.pictures.pixelate import Options, Stages
from pincel.pixels import color
from pincel.pixels.animation import resampled
from pincel.pixels.picture import Picture


@dataclass(frozen=True, eq=False)
class Drawn:
    """A sprite and how its first frame came to be.

    source    (H, W, 4) uint8 the first frame as the engine saw it (background taken away)
    stages    the engine's stages
    dithered  (h, w) after dithering; outlined (h, w) after outlining: the finished frame
    inked     it was a drawing in thin ink and is one in lines of one pixel (`line_art`)
    """

    sprite: Sprite
    source: np.ndarray
    stages: Stages
    dithered: np.ndarray
    outlined: np.ndarray
    inked: bool = False


_Result = tuple[list[np.ndarray], np.ndarray, Stages, list[np.ndarray]]


def draw_sprite(
    picture: Picture,
    options: Options,
    finish: Finish,
    palette: np.ndarray | None = None,
) -> Drawn:
    """The sprite of a picture, still or animated: `by_frames`, run to its end. palette: (k, 3)
    uint8, the colours to keep to, or None."""
    steps = by_frames(picture, options, finish, palette)
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return end.value


def by_frames(
    picture: Picture,
    options: Options,
    finish: Finish,
    palette: np.ndarray | None = None,
) -> Generator[tuple[int, int], None, Drawn]:
    """Draw the sprite of a picture, still or animated; yields (frames done, frames in all).

    palette: (k, 3) uint8 locked from outside (`shared_palette`); None: as the options say.
    Raises PincelError where the size is impossible or the background cannot be told.
    """
    if finish.fps and picture.animated:
        picture = _at_rate(picture, finish.fps)
    sources = Frames(picture, options, finish)
    options = sources.options
    locked = palette is not None or (
        options.palette is not None and options.palette_mode == "strict"
    )
    if palette is None:
        palette = engine.palette_to_draw(*joined_cells(sources.sampled()), options)
    drawn = None
    if len(sources) == 1 or (not locked and finish.outline != "none"):
        drawn = yield from _frames(sources, palette, options, finish, 1)
        if not locked and _wants_line(drawn, palette, finish):
            # one colour of the budget becomes the line's: the picture is drawn with one fewer
            most = options.colors if options.palette is None else None
            fewer = max(2, min(len(palette), most or len(palette)) - 1)
            fewer_options = replace(options, colors=fewer)
            chosen = engine.palette_to_draw(*joined_cells(sources.sampled()), fewer_options)
            palette = np.concatenate([_line_color(chosen, options)[None], chosen[:fewer]])
            drawn = None
    if drawn is None or len(sources) > 1:
        drawn = yield from _frames(sources, palette, options, finish, len(sources))
    done = _done(drawn, picture, palette, finish, locked)
    return replace(done, source=sources.source(0), inked=sources.inked)


def _at_rate(picture: Picture, fps: float) -> Picture:
    shown, milliseconds = steady.resample(picture.durations, fps)
    return replace(
        picture,
        frames=tuple(picture.frames[n] for n in shown),
        durations=tuple(milliseconds),
        tags=resampled(picture.tags, shown),
    )


def _done(
    drawn: _Result,
    picture: Picture,
    palette: np.ndarray,
    finish: Finish,
    locked: bool,
) -> Drawn:
    """The sprite of drawn frames: fades, line, a palette of the colours that are worn."""
    frames, dithered, stages, covers = drawn
    if finish.alpha == "dither":
        frames = [fade.dithered(f, c) for f, c in zip(frames, covers, strict=True)]
    outlined = [outline.outline(f, palette, finish.outline, finish.outline_place) for f in frames]
    kept, finished = (palette, outlined) if locked else _used(palette, outlined)
    alphas: list[np.ndarray] = []
    if finish.alpha == "soft" and any(fade.fading(cover).any() for cover in covers):
        alphas = [fade.alpha(f, c) for f, c in zip(frames, covers, strict=True)]
    sprite = Sprite(
        tuple(finished),
        kept,
        picture.durations if picture.animated else (0,),
        picture.name,
        tags=picture.tags,
        plays=picture.plays,
        alphas=tuple(alphas),
    )
    return Drawn(sprite, np.zeros((0, 0, 4), np.uint8), stages, dithered, outlined[0])


@dataclass(frozen=True, eq=False)
class Sampled:
    """A share of the cells of one picture, from which a palette for several is chosen."""

    parts: tuple[tuple[Cells, np.ndarray], ...]


def palette_sample(picture: Picture, count: int, options: Options, finish: Finish) -> Sampled:
    """What one of `count` pictures says about their common palette."""
    sources = Frames(picture, options, finish)
    few = sources.few(3)
    most = max(64, MOST_CELLS // (max(count, 1) * len(few)))
    return Sampled(tuple(sampled_cells(sources.prepared(n), most) for n in few))


def shared_palette(sampled: Sequence[Sampled], options: Options, finish: Finish) -> np.ndarray:
    """One palette for several pictures, (k, 3) uint8, chosen on all of them together; with a
    colour for the outline where one is asked for."""
    cells, hidden = joined_cells([part for one in sampled for part in one.parts])
    palette = engine.palette_to_draw(cells, hidden, options)
    if finish.outline == "none" or not hidden.any():
        return palette
    if color.srgb_to_oklab(palette)[:, 0].min() <= outline.DARK:
        return palette
    fewer = max(2, len(palette) - 1)
    chosen = engine.palette_to_draw(cells, hidden, replace(options, colors=fewer))
    return np.concatenate([_line_color(chosen, options)[None], chosen[:fewer]])


def _frames(
    sources: Frames, palette: np.ndarray, options: Options, finish: Finish, count: int
) -> Generator[tuple[int, int], None, _Result]:
    """The first `count` frames drawn and dithered, cells that do not change held still: (frames,
    the first one dithered, the first one's stages, how much of each cell is covered)."""
    moving = count > 1 and not options.true_grid  # what was drawn stands still by itself
    noise = steady.noise_of(_some_looks(sources)) if moving else None
    frames: list[np.ndarray] = []
    covers: list[np.ndarray] = []
    memory, stages = None, None
    for number in range(count):
        yield number, count
        seen = sources.prepared(number)
        change = steady.compare_looks(memory, steady.looks(seen.cells)) if memory else None
        if memory is not None and change is not None and change.still.all():
            frame = change.labels.astype(frames[0].dtype)  # nothing new: no need to draw
        else:
            keep = (memory.previous, change.bonus) if memory and change else None
            labels = engine.draw_labels(seen.cells, seen.hidden, palette, options, keep)
            frame = _dithered(labels["final"], seen, palette, options, finish)
            if stages is None:
                stages = Stages(
                    seen.cells, seen.saliency, seen.ridge, seen.hidden, palette, **labels, more={}
                )
        if memory is not None and change is not None:
            frame = steady.hold(frame, change)
            memory = steady.remember(memory, change, frame)
        elif noise is not None:
            memory = steady.begin_memory(steady.looks(seen.cells), frame, noise)
        frames.append(frame)
        covers.append(seen.cells.coverage)
    assert stages is not None  # a picture has at least one frame
    return frames, frames[0], stages, covers


def _dithered(
    labels: np.ndarray,
    seen: engine.Prepared,
    palette: np.ndarray,
    options: Options,
    finish: Finish,
) -> np.ndarray:
    if finish.dither == "none":
        return labels
    cells = seen.cells
    if options.palette is not None:  # the engine drew from colours moved toward the palette
        cells = fit.fit_colors(cells, palette, seen.hidden)
    return dither.dither(
        labels,
        cells.mean,
        color.srgb_to_oklab(palette),
        finish.dither,
        finish.dither_strength,
        seen.cells.samples.std(2).mean(-1),
        options.tileable,
    )


def _some_looks(sources: Frames) -> list[np.ndarray]:
    """The looks of a few neighbouring frames, from which the noise is told."""
    first = max(0, len(sources) // 2 - 2)
    numbers = range(first, min(first + 4, len(sources)))
    width, height = sources.options.width, sources.options.height
    assert width and height  # `Frames` settles both
    return [steady.looks(sample_cells(sources.frame(n), width, height)) for n in numbers]


def _wants_line(drawn: _Result, palette: np.ndarray, finish: Finish) -> bool:
    first = drawn[0][0]
    if finish.outline == "none" or not (first == TRANSPARENT).any():
        return False
    return outline.needs_color(first, palette, finish.outline, finish.outline_place)


def _line_color(palette: np.ndarray, options: Options) -> np.ndarray:
    wanted = outline.dark_color(palette)
    if options.palette is None:
        return wanted
    given = np.asarray(options.palette, np.uint8)  # "nearest": the line too is of the palette
    gap = color.oklab_distance(color.srgb_to_oklab(given), color.srgb_to_oklab(wanted))
    return given[int(gap.argmin())]


def _used(palette: np.ndarray, frames: list[np.ndarray]) -> tuple[np.ndarray, list[np.ndarray]]:
    """The palette without colours that no frame wears and without doubles, and frames to match."""
    worn = np.unique(np.concatenate([np.unique(f) for f in frames]))
    worn = worn[worn >= 0]
    if not len(worn):
        return palette[:1], frames
    colors, place = np.unique(palette[worn], axis=0, return_inverse=True)
    order = np.argsort(color.srgb_to_oklab(colors)[:, 0], kind="stable")
    rank = np.empty(len(order), np.int16)
    rank[order] = np.arange(len(order))
    table = np.full(len(palette) + 1, TRANSPARENT, np.int16)
    table[worn] = rank[place.reshape(-1)]
    return colors[order], [table[f] for f in frames]
