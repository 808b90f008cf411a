"""A sentence becomes a sprite: words go in, a palette and a grid of its entries come out.

Two small networks in ONNX Runtime, no torch. One sees pictures of 16 x 16 in noise and is told the
words (`pincel.nets.diffusion`, `pincel.art.denoise`): several such sketches are begun, each along
the outline of a sprite of that thing (`pincel.make.words.shapes`), and those go on in which the
networks that name what a sprite shows see the asked-for thing best. Their colours become few: that
is the palette. Rules draw them out to 32 x 32 (`pincel.art.inked`: materials in steps of light, an
outline of one pixel), and again the best one is kept. Where a part of the picture is known, or a
scribble is followed, the second network draws them out (`pincel.nets.masked`,
`pincel.art.unmask`). Every answer is an entry of the palette or transparent,
so nothing off the grid, off the palette or half-transparent can come out.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np

from pincel.art import denoise
from pincel.art.calm import calm
from pincel.art.inked import inked
from pincel.art.sprite import TRANSPARENT, Sprite
from pincel.art.tidy import crumbs, tidy
from pincel.art.unmask import HIDDEN, Pace, PaletteBatch, uncover
from pincel.errors import PincelError
from pincel.look.onnx_session import open_session
from pincel.make.words import sketching
from pincel.make.words.shapes import Shapes, read_shapes
from pincel.make.words.sketching import (
    STEPS,
    DrawingLook,
    DrawingWatch,
    Wish,
    entries_as_rgba,
    lab_of,
)
from pincel.pixels import color
from pincel.pixels.each_once import each_once

SIDES = (16, 32)
MOST_COLORS = 31
PARTS = ("sketcher", "finisher")
SHIPPED = "draw.sprites"
FINISH = Pace(steps=4, guidance=1.0, temperature=0.5, revise=2)
COLORS, APART = 12, 0.09
"""The most colours of a palette that is found, and how far (in OKLab) pixels may be moved to save a
colour."""
_TOGETHER = 16
"""So many sprites of one wish are sketched at once."""
_SMALL, _LARGE = 0, 1  # the words of style that follow the vocabulary


def candidates_for(count: int) -> int:
    """How many candidates a picture gets when `count` are asked for: fewer for many, so that 16
    come in seconds."""
    return max(1, min(16, 24 // count))


@dataclass(frozen=True, eq=False)
class Artist:
    """The networks that draw. name and sha256 say which; backend, what computes them."""

    name: str
    sha256: str
    backend: str
    vocabulary: int
    run: Callable[[str, dict[str, np.ndarray]], np.ndarray]
    shapes: Shapes | None = None

    def draw(
        self,
        words: Sequence[int],
        *,
        side: int = 32,
        seed: int = 0,
        palette: np.ndarray | None = None,
        steps: int = STEPS,
        guidance: float = 3.0,
        temperature: float = 1.0,
        known: np.ndarray | None = None,
        outline: np.ndarray | None = None,
        candidates: int = 1,
        told: Callable[[int, int], None] | None = None,
        looks: Callable[[DrawingLook], None] | None = None,
    ) -> Sprite:
        """One sprite of `side` x `side` (16 or 32).

        words       ids of the vocabulary, at most 12 (-id: not that);  seed  the same, same sprite
        palette     (k, 3) uint8, at most 31 colours; None: that of the sketch
        known       (side, side) int: HIDDEN (-2) is drawn, -1 stays transparent, k >= 0 stays
                    entry k (needs palette);  outline (side, side) bool: a scribble to follow
        candidates  so many sketches are begun, and the best of them is kept
        told        called with (looks taken, of);  looks  called with every look at what is kept

        PincelError when a size or palette does not fit.
        """
        wish = Wish(
            words, side, palette, steps, guidance, temperature, known, outline, candidates
        )  # fmt: skip
        self._checked(side, palette, known, outline)
        if not (wish.start == HIDDEN).any():
            assert palette is not None
            return _sprite(wish.start, palette, trim=False)
        last = (1 if wish.plain else FINISH.steps + FINISH.revise) if side == 32 else 0
        watch = DrawingWatch(looks, told, steps + last)
        (x,) = self._sketches(wish, [seed], watch)
        return self.finish(wish, x, seed, watch)

    def begin(self, wish: Wish, seeds: Sequence[int]) -> list[np.ndarray]:
        """The sketches (k, 4, 16, 16) float32 of many seeds at once, for `finish`: quicker than one
        after the other. PincelError when a size or palette does not fit."""
        self._checked(wish.side, wish.palette, wish.known, wish.outline)
        return self._sketches(wish, seeds, DrawingWatch())

    def finish(
        self, wish: Wish, x: np.ndarray, seed: int, watch: DrawingWatch | None = None
    ) -> Sprite:
        """The best sprite of the sketches x (k, 4, 16, 16) float32 of a seed."""
        watch = DrawingWatch() if watch is None else watch
        if wish.side == 32 and wish.plain:
            indices, tables = _inked(x, wish.palette)
            watch.finished(1, np.stack(indices) + 1, np.zeros((len(x), 32, 32), bool))
            return self._kept(wish, indices, tables, watch)
        indices, tables = [], []
        for place in range(len(x)):
            index, colors = _few(x[place : place + 1], wish.palette)
            free = wish.small == HIDDEN
            index = np.where(free, index, wish.small)
            index = calm(index, lab_of(colors), most=1 if wish.side == 32 else 2, free=free)
            indices.append(crumbs(index, lab_of(colors), free))
            tables.append(colors)
        if wish.side == 32:
            large = self._drawn_out(wish, indices, tables, seed, watch)
            free = wish.start == HIDDEN
            pairs = zip(large, tables, strict=True)
            indices = [_tidied(index, lab_of(colors), free) for index, colors in pairs]
        return self._kept(wish, indices, tables, watch)

    # ------------------------------------------------------------------------------- inside

    def _kept(
        self,
        wish: Wish,
        indices: list[np.ndarray],
        tables: list[np.ndarray],
        watch: DrawingWatch,
    ) -> Sprite:
        """The best of several drawings, entries (s, s), each of its own colours (k, 3) uint8."""
        shown = [entries_as_rgba(i, c) for i, c in zip(indices, tables, strict=True)]
        kept = self._best(wish.words, np.stack(shown))
        watch.back(kept, tables[kept])
        return _sprite(indices[kept], tables[kept], trim=wish.palette is None)

    def _checked(self, side: int, palette: Any, known: Any, outline: Any) -> None:
        if side not in SIDES:
            raise PincelError("draw.side", came=side, allowed=", ".join(map(str, SIDES)))
        if palette is not None and not 2 <= len(palette) <= MOST_COLORS:
            raise PincelError("draw.palette", came=len(palette), most=MOST_COLORS)
        for what, values in (("known", known), ("outline", outline)):
            if values is not None and np.shape(values) != (side, side):
                shape = " x ".join(map(str, np.shape(values)[::-1]))
                raise PincelError("draw.size", what=what, came=shape, side=side)
        if known is not None and palette is None:
            raise PincelError("draw.known_needs_palette")

    def _words(self, words: Sequence[int], side: int) -> np.ndarray:
        row = np.zeros((1, 13), np.int64)
        kept = list(words)[:12]
        row[0, : len(kept)] = kept
        row[0, -1] = self.vocabulary + (_SMALL if side == 16 else _LARGE)
        return row

    def _sketches(self, wish: Wish, seeds: Sequence[int], watch: DrawingWatch) -> list[np.ndarray]:
        def see(x: np.ndarray, t: np.ndarray, said: np.ndarray, planes: np.ndarray) -> np.ndarray:
            return self.run("sketcher", {"x": x, "t": t, "words": said, "hints": planes})

        row = self._words(wish.words, wish.side)
        return sketching.sketches(see, row, wish, seeds, watch, self.shapes)

    def _best(self, words: Sequence[int], pictures: np.ndarray) -> int:
        """The place of the best picture of (n, s, s, 4)."""
        if len(pictures) == 1:
            return 0
        from pincel.make.words.ranking import ranked

        return int(np.argmax(ranked(words, pictures)))

    def _drawn_out(
        self,
        wish: Wish,
        sketches: list[np.ndarray],
        tables: list[np.ndarray],
        seed: int,
        watch: DrawingWatch,
    ) -> list[np.ndarray]:
        """Sketches (16, 16), -1 transparent, drawn out to (32, 32), each in its own colours, by the
        network, which keeps to what is known."""
        count, start = len(sketches), wish.start
        lab = np.zeros((count, MOST_COLORS, 3), np.float32)
        for place, colors in enumerate(tables):
            lab[place, : len(colors)] = lab_of(colors)
        many = np.array([len(colors) for colors in tables])
        valid = np.arange(MOST_COLORS) < many[:, None]
        palettes = PaletteBatch(lab, valid, np.full(valid.shape, -1, np.float32))

        def scores(seen: np.ndarray, entries: np.ndarray, valid: np.ndarray, said: np.ndarray):
            given = {"seen": seen, "palette": entries, "valid": valid, "words": said}
            return self.run("finisher", given)

        made = uncover(
            scores,
            np.where(start < 0, 0, start + 1)[None].repeat(count, 0),
            (start == HIDDEN)[None].repeat(count, 0),
            palettes,
            self._words(wish.words, wish.side).clip(0).repeat(count, 0),
            [seed] * count,
            FINISH,
            wish.outline,
            np.stack(sketches) + 1,
            watch.finished,
        )
        return list(made - 1)


def _tidied(index: np.ndarray, lab: np.ndarray, free: np.ndarray) -> np.ndarray:
    """A drawing without specks, crumbs, pinholes and spare colours."""
    return tidy(calm(index, lab, free=free), lab, free)


def _inked(x: np.ndarray, palette: np.ndarray | None) -> tuple[list[np.ndarray], list[np.ndarray]]:
    """Sketches (n, 4, 16, 16) drawn out to entries (32, 32) by rules, each of its own colours."""
    lab, opaque = denoise.colors_of_picture(x)
    free = np.ones(opaque.shape[1:], bool)
    made = []
    for own, there in zip(lab, opaque, strict=True):
        whole = crumbs(np.where(there, np.arange(there.size).reshape(there.shape), -1),
                       own.reshape(-1, 3), free) >= 0  # fmt: skip
        made.append(inked(own, whole, palette))
    return [index for index, _ in made], [colors for _, colors in made]


def _few(x: np.ndarray, palette: np.ndarray | None) -> tuple[np.ndarray, np.ndarray]:
    """A picture (1, 4, s, s) as entries (s, s), -1 transparent, of the palette, or of one that is
    found, (k, 3) uint8."""
    lab, opaque = denoise.colors_of_picture(x)
    lab, opaque = lab[0], opaque[0]
    index = np.full(opaque.shape, -1)
    if palette is not None:
        index[opaque] = denoise.nearest_entry(lab[opaque], lab_of(palette))
        return index, np.asarray(palette, np.uint8)
    if not opaque.any():
        return index, np.zeros((2, 3), np.uint8)
    colors, place = denoise.few_colors(lab[opaque], COLORS, APART)
    index[opaque] = place
    return index, color.to_bytes(color.oklab_to_srgb(colors))


def _sprite(index: np.ndarray, colors: np.ndarray, trim: bool) -> Sprite:
    """Entries (s, s), -1 transparent, as a sprite; `trim`: only colours that occur."""
    index = index.astype(np.int16)
    if not trim:
        return Sprite((index,), colors)
    used = each_once(index[index >= 0])
    table = np.full(len(colors) + 1, TRANSPARENT, np.int16)
    kept, place = np.unique(colors[used], axis=0, return_inverse=True)
    table[used] = place.ravel()
    if not len(used):
        kept = np.zeros((1, 3), np.uint8)
    return Sprite((np.where(index >= 0, table[index], TRANSPARENT).astype(np.int16),), kept)


class Series:
    """Sprites of one wish, of one seed after the other up to `end`: those of the next seeds are
    sketched along, which is quicker."""

    def __init__(self, artist: Artist, end: int) -> None:
        self.artist, self.end = artist, end
        self._ahead: dict[int, np.ndarray] = {}

    def sprite(self, wish: Wish, seed: int) -> Sprite:
        """The sprite of a seed; the wish is the same every time. PincelError as `Artist.draw`."""
        if seed not in self._ahead:
            seeds = range(seed, max(seed + 1, min(seed + _TOGETHER, self.end)))
            self._ahead = dict(zip(seeds, self.artist.begin(wish, seeds), strict=True))
        return self.artist.finish(wish, self._ahead.pop(seed), seed)


# ------------------------------------------------------------------------------------- opening


def open_artist(model: str | Path | None = None) -> Artist:
    """The networks that draw: the shipped ones, or a folder with sketcher.onnx and finisher.onnx
    (from tools/export_draw.py). PincelError when they are missing or damaged."""
    return _open(str(model) if model not in (None, "", SHIPPED) else SHIPPED)


@lru_cache(maxsize=2)
def _open(model: str) -> Artist:
    if model == SHIPPED:
        folder = Path(str(resources.files("pincel") / "weights"))
        start = f"{SHIPPED}."
    else:
        folder, start = Path(model), ""
    code = hashlib.sha256()
    files: dict[str, bytes] = {}
    for part in PARTS:
        path = folder / f"{start}{part}.onnx"
        if not path.is_file():
            raise PincelError("draw.no_model", path=path)
        files[part] = path.read_bytes()
        code.update(files[part])
    path = folder / f"{start}shapes.npz"
    outlines = path.read_bytes() if path.is_file() else b""
    code.update(outlines)

    @lru_cache
    def opened(part: str) -> tuple[Any, dict[str, Any]]:
        """A network, when it is asked for first: the finisher seldom is."""
        return open_session(files.pop(part), folder / f"{start}{part}.onnx", threads=1)

    def run(part: str, given: dict[str, np.ndarray]) -> np.ndarray:
        return opened(part)[0].run(None, given)[0]

    return Artist(
        name=SHIPPED if model == SHIPPED else Path(model).name,
        sha256=code.hexdigest(),
        backend="CPUExecutionProvider",
        vocabulary=int(opened("sketcher")[1]["vocabulary"]),
        run=run,
        shapes=_shapes(outlines, path),
    )


def _shapes(data: bytes, path: Path) -> Shapes | None:
    """The outlines of a file; None where there is none. PincelError when it is damaged."""
    if not data:
        return None
    try:
        return read_shapes(data)
    except (ValueError, KeyError, EOFError, OSError, BadZipFile) as error:
        raise PincelError("models.onnx_damaged", path=path, why=str(error)[:120]) from error
