"""The frames of one picture as the engine is to see them: background away, room for a line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from pincel.art import cutout, line_art, set_style, tile
from pincel.art.cells import Cells
from pincel.make.pictures import learned_cutout
from pincel.make.pictures import pixelate as engine
from pincel.make.pictures.pixelate import Options
from pincel.pixels.picture import Picture

MOST_CELLS = 60_000
"""Cells from which a palette for many frames or pictures is chosen; more add nothing."""
_MIXED = 3.0
"""Pixels a cell from which those along an edge are no cells that somebody drew."""


@dataclass(frozen=True, eq=False)
class Finish:
    """What is done before and after the engine.

    cutout     take the background away: "none", "border" (`art.cutout`), or "learned"
               (`learned_cutout`); holes: by the border, also where the subject encloses it
    mask       (H, W, 4) uint8: dark parts become transparent
    dither     one of `dither.METHODS`; dither_strength 0-1
    outline    one of `outline.KINDS`, placed "outer" or "inner"
    alpha      one of `fade.KINDS`: what becomes of fades
    style      habits of a set of sprites to draw like
    fps        frames in a second; None: as the source has them
    """

    cutout: str = "none"
    holes: bool = False
    mask: np.ndarray | None = None
    dither: str = "none"
    dither_strength: float = 1.0
    outline: str = "none"
    outline_place: str = "outer"
    alpha: str = "hard"
    style: set_style.SetStyle | None = None
    fps: float | None = None


class Frames:
    """The frames of one picture as the engine is to see them."""

    def __init__(self, picture: Picture, options: Options, finish: Finish) -> None:
        self.picture, self.finish = picture, finish
        self.options = options
        width, height = engine.size(picture.width, picture.height, options)
        options = replace(options, width=width, height=height, cell=None)
        options = replace(options, fade=finish.alpha != "hard")
        self._mixed = min(picture.width / width, picture.height / height) >= _MIXED
        self._margin = (0, 0, 0, 0)
        self._last: tuple[int, np.ndarray] | None = None
        self._seen: tuple[int, engine.Prepared] | None = None
        self._ink: line_art.Ink | None = None
        first = self.frame(0)
        if finish.outline != "none" and finish.outline_place == "outer":
            self._margin = _margin(first, width, height)
            self._last = None
        if finish.style is not None:
            options = _styled(
                options, finish.style, engine.prepare_stages(self.frame(0), options).cells
            )
        self._ink = None if options.tileable or options.true_grid else self._inked(width, height)
        if self._ink is not None:  # drawn by its own rules, cell by cell: nothing is to be redrawn
            self._last = self._seen = None
            options = replace(options, true_grid=True, fade=False)
        self.options = options
        if options.alpha_threshold is None and picture.animated:
            cover = engine.prepare_stages(self.frame(0), options).cells.coverage
            self.options = replace(options, alpha_threshold=cutout.alpha_threshold(cover))

    def __len__(self) -> int:
        return len(self.picture.frames)

    def frame(self, number: int) -> np.ndarray:
        """(H, W, 4) uint8, its background away; of a drawing in ink (h, w, 4), cell by cell."""
        if self._last is None or self._last[0] != number:
            ink = self._ink
            self._last = (number, self.source(number) if ink is None else self._in_ink(number, ink))
        return self._last[1]

    def source(self, number: int, cut: bool = True) -> np.ndarray:
        """(H, W, 4) uint8, its background away (or, where not `cut`, still there)."""
        rgba = self.picture.frames[number]
        if self.finish.mask is not None:
            rgba = cutout.with_mask(rgba, self.finish.mask)
        if self.finish.cutout == "learned" and cut:
            rgba = learned_cutout.things_cut(rgba, unmix=self._mixed)
        elif self.finish.cutout == "border" and cut:
            rgba = cutout.cut(rgba, self.finish.holes, unmix=self._mixed)
        if self.options.tileable:
            rgba = tile.seamless(rgba)
        if any(self._margin):
            top, right, bottom, left = self._margin
            rgba = np.pad(rgba, ((top, bottom), (left, right), (0, 0)))
        return rgba

    def _inked(self, width: int, height: int) -> line_art.Ink | None:
        """The ink of the first frame, where every frame is a drawing in thin ink."""
        first = None
        for number in range(len(self)):
            found = line_art.found(self.source(number, cut=False), width, height)
            if found is None:
                return None
            first = first or found
        return first

    def _in_ink(self, number: int, first: line_art.Ink) -> np.ndarray:
        """A frame as lines of one cell, in the colours of the first one; a cut-out takes the
        ground away, no ink."""
        width, height = self.options.width, self.options.height
        assert width and height  # settled at the beginning
        found = line_art.found(self.source(number, cut=False), width, height)
        assert found is not None  # `_inked` has looked at every frame
        seen = found.shown & (self.source(number)[..., 3] >= 128)
        own = replace(found, shown=seen, color=first.color, ground=first.ground)
        return line_art.line_drawing(own, width, height)

    @property
    def inked(self) -> bool:
        """Whether the picture is a drawing in thin ink, and drawn as such (`line_art`)."""
        return self._ink is not None

    def prepared(self, number: int) -> engine.Prepared:
        if self._seen is None or self._seen[0] != number:
            self._seen = (number, engine.prepare_stages(self.frame(number), self.options))
        return self._seen[1]

    def few(self, most: int) -> list[int]:
        """At most so many frames, evenly spread."""
        return sorted(set(np.linspace(0, len(self) - 1, min(most, len(self))).astype(int).tolist()))

    def sampled(self) -> list[tuple[Cells, np.ndarray]]:
        """Cells of up to 12 frames, and which of them are transparent, (h, w) bool; of several
        frames each as one column, at most `MOST_CELLS` of all (`sampled_cells`)."""
        chosen = self.few(12)
        if len(chosen) == 1:
            seen = self.prepared(0)
            return [(seen.cells, seen.hidden)]
        return [sampled_cells(self.prepared(n), MOST_CELLS // len(chosen)) for n in chosen]


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


def _styled(options: Options, habits: set_style.SetStyle, cells: Cells) -> Options:
    """The options with a style's patterns, number of colours, contrast and saturation."""
    contrast, saturation = set_style.toward(
        habits, cells.samples.reshape(-1, 3), cells.alpha.reshape(-1)
    )
    colors = options.colors
    if colors is None and options.palette is None:
        colors = set_style.colors_for(habits, int((cells.coverage > 0.5).sum()))
    return replace(
        options,
        style=habits.patterns,
        colors=colors,
        contrast=options.contrast * contrast,
        saturation=options.saturation * saturation,
    )


def sampled_cells(seen: engine.Prepared, most: int) -> tuple[Cells, np.ndarray]:
    """At most so many cells, as one column of cells, and which are transparent, (n, 1) bool."""
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


def joined_cells(parts: Sequence[tuple[Cells, np.ndarray]]) -> tuple[Cells, np.ndarray]:
    """The cells of several frames, `parts`, one under the other, with which are hidden, (h, w)
    bool. All are equally wide."""
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
