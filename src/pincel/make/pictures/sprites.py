"""Whole pictures become whole sprites: background, frames with one palette, dither, outline.

The engine (`pincel.make.pictures.pixelate`) draws one frame; what belongs to all frames together,
and what is done to the drawn frame, stands here.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from pincel.art import cutout, dither, fit, outline, steady, style, tile
from pincel.art.cells import Cells
from pincel.art.cells import sample as sample_cells
from pincel.art.sprite import TRANSPARENT, Sprite
from pincel.make.pictures import pixelate as engine
from pincel.make.pictures.pixelate import Options, Stages
from pincel.pixels import color
from pincel.pixels.animation import resampled
from pincel.pixels.picture import Picture

_MOST_CELLS = 60_000
"""Cells from which a palette for many frames or pictures is chosen; more add nothing."""


@dataclass(frozen=True, eq=False)
class Finish:
    """What is done before and after the engine.

    cutout     take the background away; holes: also where the subject encloses it
    mask       (H, W, 4) uint8: dark parts become transparent
    dither     one of `dither.METHODS`; dither_strength 0-1
    outline    one of `outline.KINDS`, placed "outer" or "inner"
    style      habits of a set of sprites to draw like
    fps        frames in a second; None: as the source has them
    """

    cutout: bool = False
    holes: bool = False
    mask: np.ndarray | None = None
    dither: str = "none"
    dither_strength: float = 1.0
    outline: str = "none"
    outline_place: str = "outer"
    style: style.Style | None = None
    fps: float | None = None


@dataclass(frozen=True, eq=False)
class Drawn:
    """A sprite and how its first frame came to be.

    source    (H, W, 4) uint8 the first frame as the engine saw it (background taken away)
    stages    the engine's stages
    dithered  (h, w) after dithering; outlined (h, w) after outlining: the finished frame
    """

    sprite: Sprite
    source: np.ndarray
    stages: Stages
    dithered: np.ndarray
    outlined: np.ndarray


def draw(
    picture: Picture,
    options: Options,
    finish: Finish,
    palette: np.ndarray | None = None,
) -> Drawn:
    """The sprite of a picture, still or animated: `drawing`, run to its end."""
    steps = drawing(picture, options, finish, palette)
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return end.value


def drawing(
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
        shown, milliseconds = steady.resample(picture.durations, finish.fps)
        picture = replace(
            picture,
            frames=tuple(picture.frames[n] for n in shown),
            durations=tuple(milliseconds),
            tags=resampled(picture.tags, shown),
        )
    sources = _Sources(picture, options, finish)
    options = sources.options
    locked = palette is not None or (
        options.palette is not None and options.palette_mode == "strict"
    )
    if palette is None:
        palette = engine.choose_palette(*_joined(sources.sampled()), options)
    drawn = None
    if len(sources) == 1 or (not locked and finish.outline != "none"):
        drawn = yield from _frames(sources, palette, options, finish, 1)
        if not locked and _wants_line(drawn, palette, finish):
            # one colour of the budget becomes the line's: the picture is drawn with one fewer
            most = options.colors if options.palette is None else None
            fewer = max(2, min(len(palette), most or len(palette)) - 1)
            fewer_options = replace(options, colors=fewer)
            chosen = engine.choose_palette(*_joined(sources.sampled()), fewer_options)
            palette = np.concatenate([_line_color(chosen, options)[None], chosen[:fewer]])
            drawn = None
    if drawn is None or len(sources) > 1:
        drawn = yield from _frames(sources, palette, options, finish, len(sources))
    frames, dithered, stages = drawn
    outlined = [outline.outline(f, palette, finish.outline, finish.outline_place) for f in frames]
    kept, finished = (palette, outlined) if locked else _used(palette, outlined)
    durations = picture.durations if picture.animated else (0,)
    return Drawn(
        Sprite(
            tuple(finished),
            kept,
            durations,
            picture.name,
            tags=picture.tags,
            plays=picture.plays,
        ),
        sources.frame(0),
        stages,
        dithered,
        outlined[0],
    )


@dataclass(frozen=True, eq=False)
class Sampled:
    """A share of the cells of one picture, from which a palette for several is chosen."""

    parts: tuple[tuple[Cells, np.ndarray], ...]


def sample(picture: Picture, count: int, options: Options, finish: Finish) -> Sampled:
    """What one of `count` pictures says about their common palette."""
    sources = _Sources(picture, options, finish)
    few = sources.few(3)
    most = max(64, _MOST_CELLS // (max(count, 1) * len(few)))
    return Sampled(tuple(_thinned(sources.prepared(n), most) for n in few))


def shared_palette(sampled: Sequence[Sampled], options: Options, finish: Finish) -> np.ndarray:
    """One palette for several pictures, (k, 3) uint8, chosen on all of them together; with a
    colour for the outline where one is asked for."""
    cells, hidden = _joined([part for one in sampled for part in one.parts])
    palette = engine.choose_palette(cells, hidden, options)
    if finish.outline == "none" or not hidden.any():
        return palette
    if color.srgb_to_oklab(palette)[:, 0].min() <= outline.DARK:
        return palette
    fewer = max(2, len(palette) - 1)
    chosen = engine.choose_palette(cells, hidden, replace(options, colors=fewer))
    return np.concatenate([_line_color(chosen, options)[None], chosen[:fewer]])


class _Sources:
    """The frames of one picture as the engine is to see them."""

    def __init__(self, picture: Picture, options: Options, finish: Finish) -> None:
        self.picture, self.finish = picture, finish
        self.options = options
        width, height = engine.size(picture.width, picture.height, options)
        options = replace(options, width=width, height=height, cell=None)
        self._margin = (0, 0, 0, 0)
        self._last: tuple[int, np.ndarray] | None = None
        self._seen: tuple[int, engine.Prepared] | None = None
        first = self.frame(0)
        if finish.outline != "none" and finish.outline_place == "outer":
            self._margin = _margin(first, width, height)
            self._last = None
        if finish.style is not None:
            options = _styled(options, finish.style, engine.prepare(self.frame(0), options).cells)
        self.options = options
        if options.alpha_threshold is None and picture.animated:
            cover = engine.prepare(self.frame(0), options).cells.coverage
            self.options = replace(options, alpha_threshold=cutout.alpha_threshold(cover))

    def __len__(self) -> int:
        return len(self.picture.frames)

    def frame(self, number: int) -> np.ndarray:
        """(H, W, 4) uint8, its background away."""
        if self._last is not None and self._last[0] == number:
            return self._last[1]
        rgba = self.picture.frames[number]
        if self.finish.mask is not None:
            rgba = cutout.with_mask(rgba, self.finish.mask)
        if self.finish.cutout:
            rgba = cutout.cut(rgba, self.finish.holes)
        if self.options.tileable:
            rgba = tile.seamless(rgba)
        if any(self._margin):
            top, right, bottom, left = self._margin
            rgba = np.pad(rgba, ((top, bottom), (left, right), (0, 0)))
        self._last = (number, rgba)
        return rgba

    def prepared(self, number: int) -> engine.Prepared:
        if self._seen is None or self._seen[0] != number:
            self._seen = (number, engine.prepare(self.frame(number), self.options))
        return self._seen[1]

    def few(self, most: int) -> list[int]:
        """At most so many frames, evenly spread."""
        return sorted(set(np.linspace(0, len(self) - 1, min(most, len(self))).astype(int).tolist()))

    def sampled(self) -> list[tuple[Cells, np.ndarray]]:
        chosen = self.few(12)
        if len(chosen) == 1:
            seen = self.prepared(0)
            return [(seen.cells, seen.hidden)]
        return [_thinned(self.prepared(n), _MOST_CELLS // len(chosen)) for n in chosen]


def _margin(rgba: np.ndarray, width: int, height: int) -> tuple[int, int, int, int]:
    """Source pixels to add (top, right, bottom, left) so that an outer line has room.

    A side that the subject only touches gets one cell; a side that cuts it off (it lies along
    more than two fifths of it) gets none: a bust has no line along its lower edge.
    """
    seen = rgba[..., 3] >= 128
    if seen.all():
        return 0, 0, 0, 0
    tall = max(1, round(rgba.shape[0] / max(height, 1)))
    wide = max(1, round(rgba.shape[1] / max(width, 1)))

    def room(edge: np.ndarray, cell: int) -> int:  # edge: (along, one cell deep)
        touched = float((edge.mean(1) >= 0.5).mean())
        return cell if 0 < touched <= 0.4 else 0

    return (
        room(seen[:tall].T, tall),
        room(seen[:, -wide:], wide),
        room(seen[-tall:].T, tall),
        room(seen[:, :wide], wide),
    )


def _styled(options: Options, habits: style.Style, cells: Cells) -> Options:
    """The options with a style's patterns, number of colours, contrast and saturation."""
    contrast, saturation = style.toward(
        habits, cells.samples.reshape(-1, 3), cells.alpha.reshape(-1)
    )
    colors = options.colors
    if colors is None and options.palette is None:
        colors = style.colors_for(habits, int((cells.coverage > 0.5).sum()))
    return replace(
        options,
        style=habits.patterns,
        colors=colors,
        contrast=options.contrast * contrast,
        saturation=options.saturation * saturation,
    )


def _thinned(seen: engine.Prepared, most: int) -> tuple[Cells, np.ndarray]:
    """At most so many cells, as one column of cells."""
    cells, hidden = seen.cells, seen.hidden
    count = cells.height * cells.width
    step = max(1, -(-count // most))

    def column(values: np.ndarray) -> np.ndarray:
        return values.reshape(count, 1, *values.shape[2:])[::step]

    thin = Cells(
        column(cells.samples),
        column(cells.alpha),
        column(cells.weight),
        column(cells.coverage),
        cells.side,
    )
    return thin, column(hidden)


def _joined(parts: Sequence[tuple[Cells, np.ndarray]]) -> tuple[Cells, np.ndarray]:
    """The cells of several frames one under the other."""
    if len(parts) == 1:
        return parts[0]
    cells = [part[0] for part in parts]
    joined = Cells(
        np.concatenate([c.samples for c in cells]),
        np.concatenate([c.alpha for c in cells]),
        np.concatenate([c.weight for c in cells]),
        np.concatenate([c.coverage for c in cells]),
        cells[0].side,
    )
    return joined, np.concatenate([part[1] for part in parts])


_Result = tuple[list[np.ndarray], np.ndarray, Stages]


def _frames(
    sources: _Sources, palette: np.ndarray, options: Options, finish: Finish, count: int
) -> Generator[tuple[int, int], None, _Result]:
    """The first `count` frames drawn and dithered, cells that do not change held still: (frames,
    the first one dithered, the first one's stages)."""
    moving = count > 1 and not options.true_grid  # what was drawn stands still by itself
    noise = steady.noise_of(_some_looks(sources)) if moving else None
    frames: list[np.ndarray] = []
    memory, stages = None, None
    for number in range(count):
        yield number, count
        seen = sources.prepared(number)
        change = steady.compare(memory, steady.looks(seen.cells)) if memory else None
        if memory is not None and change is not None and change.still.all():
            frame = change.labels.astype(frames[0].dtype)  # nothing new: no need to draw
        else:
            keep = (memory.previous, change.bonus) if memory and change else None
            labels = engine.draw(seen.cells, seen.hidden, palette, options, keep)
            frame = _dithered(labels["final"], seen, palette, options, finish)
            if stages is None:
                stages = Stages(
                    seen.cells, seen.saliency, seen.ridge, seen.hidden, palette, **labels, more={}
                )
        if memory is not None and change is not None:
            frame = steady.hold(frame, change)
            memory = steady.remember(memory, change, frame)
        elif noise is not None:
            memory = steady.begin(steady.looks(seen.cells), frame, noise)
        frames.append(frame)
    assert stages is not None  # a picture has at least one frame
    return frames, frames[0], stages


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
        cells = fit.fit(cells, palette, seen.hidden)
    return dither.dither(
        labels,
        cells.mean,
        color.srgb_to_oklab(palette),
        finish.dither,
        finish.dither_strength,
        seen.cells.samples.std(2).mean(-1),
        options.tileable,
    )


def _some_looks(sources: _Sources) -> list[np.ndarray]:
    """The looks of a few neighbouring frames, from which the noise is told."""
    first = max(0, len(sources) // 2 - 2)
    numbers = range(first, min(first + 4, len(sources)))
    width, height = sources.options.width, sources.options.height
    assert width and height  # `_Sources` settles both
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
