"""A sentence becomes a sprite: words go in, a palette and a grid of its entries come out.

Two small networks in ONNX Runtime, no torch. One sees pictures of 16 x 16 in noise and is told the
words (`pincel.nets.diffusion`, `pincel.art.denoise`): several such sketches are drawn, and those
are kept in which a third network, which names what a sprite shows, sees the asked-for thing best.
Their colours become few: that is the palette. The second network draws them out to 32 x 32
(`pincel.nets.masked`, `pincel.art.unmask`), and again the best one is kept. Every answer is an
entry of the palette or transparent, so nothing off the grid, off the palette or half-transparent
can come out.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np

from pincel.art import denoise
from pincel.art.calm import calm
from pincel.art.denoise import Way
from pincel.art.scale2x import scale2x
from pincel.art.sprite import TRANSPARENT, Sprite
from pincel.art.tidy import tidy
from pincel.art.unmask import HIDDEN, Pace, PaletteBatch, uncover
from pincel.errors import PincelError
from pincel.look.onnx_session import open_session
from pincel.pixels import color

SIDES = (16, 32)
MOST_COLORS = 31
PARTS = ("sketcher", "finisher")
SHIPPED = "draw.sprites"
FINISH = Pace(steps=4, guidance=1.0, temperature=0.5, revise=2)
FINALISTS = 2
"""So many of the sketches are drawn out, by the network and by Scale2x, and the best is kept."""
COLORS, APART = 12, 0.09
"""The most colours of a palette that is found, and how far (in OKLab) pixels may be moved to save a
colour."""
_SMALL, _LARGE = 0, 1  # the words of style that follow the vocabulary


def candidates_for(count: int) -> int:
    """How many candidates a picture gets when `count` are asked for: fewer for many, so that 16
    come in seconds."""
    return max(1, min(8, 24 // count))


@dataclass(frozen=True)
class Look:
    """The state after one look at the picture, for whoever watches: which stage ("sketch",
    "finish"), the number of the look, the picture (s, s, 4) uint8, what is hidden (s, s)."""

    stage: str
    number: int
    rgba: np.ndarray
    hidden: np.ndarray


@dataclass(frozen=True, eq=False)
class Artist:
    """The networks that draw. name and sha256 say which; backend, what computes them."""

    name: str
    sha256: str
    backend: str
    vocabulary: int
    run: Callable[[str, dict[str, np.ndarray]], np.ndarray]

    def draw(
        self,
        words: Sequence[int],
        *,
        side: int = 32,
        seed: int = 0,
        palette: np.ndarray | None = None,
        steps: int = 14,
        guidance: float = 3.0,
        temperature: float = 1.0,
        known: np.ndarray | None = None,
        outline: np.ndarray | None = None,
        candidates: int = 1,
        told: Callable[[int, int], None] | None = None,
        looks: Callable[[Look], None] | None = None,
    ) -> Sprite:
        """One sprite of `side` x `side` (16 or 32).

        words       ids of the vocabulary, at most 12 (-id: not that);  seed  the same, same sprite
        palette     (k, 3) uint8, at most 31 colours; None: that of the sketch
        known       (side, side) int: HIDDEN (-2) is drawn, -1 stays transparent, k >= 0 stays
                    entry k (needs palette);  outline (side, side) bool: a scribble to follow
        candidates  so many sketches are drawn, and the best of them is kept
        told        called with (looks taken, of);  looks  called with every Look of what is kept

        PincelError when a size or palette does not fit.
        """
        self._checked(side, palette, known, outline)
        said = self._words(words, side)
        total = steps + (FINISH.steps + FINISH.revise if side == 32 else 0)
        lab = None if palette is None else _lab(palette)
        start = np.full((side, side), HIDDEN) if known is None else np.asarray(known)
        if not (start == HIDDEN).any():
            assert palette is not None
            return _sprite(start, palette, trim=False)
        small = start if side == 16 else _reduced(start, lab)
        lines = _line_reduced(outline) if side == 32 else outline
        sketched: list[np.ndarray] = []
        finished: list[tuple[np.ndarray, np.ndarray]] = []

        def seen(number: int, x: np.ndarray) -> None:
            sketched.append(x)
            if told is not None:
                told(number, total)

        def filled(number: int, index: np.ndarray, hidden: np.ndarray) -> None:
            finished.append((index.copy(), hidden.copy()))
            if told is not None:
                told(steps + number, total)

        way = Way(steps, guidance, temperature)
        x = self._sketches(said, seed, way, small, lab, lines, candidates, seen)
        best = self._best(words, _rgba(x), FINALISTS if side == 32 else 1)
        indices, tables = [], []
        for place in best:
            index, colors = _few(x[place : place + 1], palette)
            index = np.where(small == HIDDEN, index, small)
            specks = 1 if side == 32 else 2  # a sketch that goes on is calmed again when finished
            indices.append(calm(index, _lab(colors), most=specks, free=small == HIDDEN))
            tables.append(colors)
        kept = 0
        if side == 32:
            indices = self._finished(said, seed, start, indices, tables, outline, filled)
            tables = tables * (len(indices) // len(tables))
            pairs = list(zip(indices, tables, strict=True))
            indices = [_tidied(i, _lab(c), start == HIDDEN) for i, c in pairs]
            shown = np.stack([_colored(i, c) for i, c in zip(indices, tables, strict=True)])
            kept = self._best(words, shown, 1)[0]
        if looks is not None:
            place = kept % len(best)
            _look_back(looks, [v[best[place]] for v in sketched],
                       [(i[place], h[place]) for i, h in finished], tables[kept])  # fmt: skip
        return _sprite(indices[kept], tables[kept], trim=palette is None)

    # ------------------------------------------------------------------------------- inside

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

    def _sketches(
        self,
        words: np.ndarray,
        seed: int,
        way: Way,
        start: np.ndarray,
        lab: np.ndarray | None,
        outline: np.ndarray | None,
        count: int,
        told: Callable[[int, np.ndarray], None],
    ) -> np.ndarray:
        """Pictures (count, 4, 16, 16), see `pincel.art.denoise`."""

        def see(x: np.ndarray, t: np.ndarray, said: np.ndarray, planes: np.ndarray) -> np.ndarray:
            return self.run("sketcher", {"x": x, "t": t, "words": said, "hints": planes})

        known = start != HIDDEN
        picture = None
        if known.any():
            assert lab is not None
            picture = denoise.picture_of_colors(lab[np.maximum(start, 0)][None], (start >= 0)[None])
            picture = picture.repeat(count, 0)
        return denoise.denoise(
            see,
            words.repeat(count, 0),
            16,
            [seed + 1_000_003 * k for k in range(count)],
            way,
            picture=picture,
            known=known[None].repeat(count, 0) if picture is not None else None,
            outline=outline,
            colors=lab,
            told=told,
        )

    def _best(self, words: Sequence[int], pictures: np.ndarray, most: int) -> list[int]:
        """The places of the best pictures (n, s, s, 4), at most so many, the best one first."""
        if len(pictures) == 1:
            return [0]
        from pincel.make.words.ranking import ranked

        order = np.argsort(-ranked(words, pictures), kind="stable")
        return [int(place) for place in order[:most]]

    def _finished(
        self,
        words: np.ndarray,
        seed: int,
        start: np.ndarray,
        sketches: list[np.ndarray],
        tables: list[np.ndarray],
        outline: np.ndarray | None,
        told: Callable[[int, np.ndarray, np.ndarray], None],
    ) -> list[np.ndarray]:
        """Sketches (16, 16), -1 transparent, drawn out to (32, 32), each in its own colours; where
        all is free, the same sketches doubled by Scale2x follow."""
        count = len(sketches)
        lab = np.zeros((count, MOST_COLORS, 3), np.float32)
        for place, colors in enumerate(tables):
            lab[place, : len(colors)] = _lab(colors)
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
            words.clip(0).repeat(count, 0),
            [seed] * count,
            FINISH,
            outline,
            np.stack(sketches) + 1,
            told,
        )
        plain = bool((start == HIDDEN).all()) and outline is None
        return [*(made - 1), *([scale2x(sketch) for sketch in sketches] if plain else [])]


def _look_back(
    looks: Callable[[Look], None],
    sketched: list[np.ndarray],
    finished: list[tuple[np.ndarray, np.ndarray]],
    colors: np.ndarray,
) -> None:
    """Tell every look at the sprite that is kept: pictures (4, s, s), then entries, 0 transparent,
    and what was hidden."""
    pictures = _rgba(np.stack(sketched))
    for number, rgba in enumerate(pictures, 1):
        looks(Look("sketch", number, rgba, np.zeros(rgba.shape[:2], bool)))
    for number, (entries, hidden) in enumerate(finished, len(sketched) + 1):
        looks(Look("finish", number, _colored(entries - 1, colors), hidden))


def _lab(palette: np.ndarray) -> np.ndarray:
    return color.srgb_to_oklab(np.asarray(palette, np.uint8)).astype(np.float32)


def _tidied(index: np.ndarray, lab: np.ndarray, free: np.ndarray) -> np.ndarray:
    """A drawing without specks, crumbs, pinholes and spare colours."""
    return tidy(calm(index, lab, free=free), lab, free)


def _rgba(x: np.ndarray) -> np.ndarray:
    """Pictures (n, 4, s, s) of `pincel.art.denoise` as (n, s, s, 4) uint8."""
    lab, opaque = denoise.colors_of_picture(x)
    rgb = color.to_bytes(color.oklab_to_srgb(lab))
    return np.concatenate([rgb, np.uint8(255) * opaque[..., None]], -1) * opaque[..., None]


def _few(x: np.ndarray, palette: np.ndarray | None) -> tuple[np.ndarray, np.ndarray]:
    """A picture (1, 4, s, s) as entries (s, s), -1 transparent, of the palette, or of one that is
    found, (k, 3) uint8."""
    lab, opaque = denoise.colors_of_picture(x)
    lab, opaque = lab[0], opaque[0]
    index = np.full(opaque.shape, -1)
    if palette is not None:
        index[opaque] = denoise.nearest_entry(lab[opaque], _lab(palette))
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
    used = np.unique(index[index >= 0])
    table = np.full(len(colors) + 1, TRANSPARENT, np.int16)
    kept, place = np.unique(colors[used], axis=0, return_inverse=True)
    table[used] = place.ravel()
    if not len(used):
        kept = np.zeros((1, 3), np.uint8)
    return Sprite((np.where(index >= 0, table[index], TRANSPARENT).astype(np.int16),), kept)


def _colored(index: np.ndarray, colors: np.ndarray) -> np.ndarray:
    table = np.zeros((len(colors) + 1, 4), np.uint8)
    table[:-1, :3], table[:-1, 3] = colors, 255
    return table[index]


def _reduced(known: np.ndarray, lab: np.ndarray | None) -> np.ndarray:
    """What is known of a 32 x 32 picture in its 16 x 16 sketch: 2 x 2 pixels that are all known
    give their most typical one. lab (k, 3), the palette."""
    if lab is None:
        return np.full((16, 16), HIDDEN)
    blocks = known.reshape(16, 2, 16, 2).transpose(0, 2, 1, 3).reshape(16, 16, 4)
    shown = np.concatenate([lab, np.zeros((2, 3), np.float32)])[blocks]
    opaque = blocks >= 0
    far = np.linalg.norm(shown[..., :, None, :] - shown[..., None, :, :], axis=-1)
    best = np.where(opaque, (far * opaque[..., None, :]).sum(-1), np.inf).argmin(-1)
    typical = np.take_along_axis(blocks, best[..., None], -1)[..., 0]
    found = np.where(opaque.sum(-1) >= 2, typical, TRANSPARENT)
    return np.where((blocks == HIDDEN).any(-1), HIDDEN, found)


def _line_reduced(outline: np.ndarray | None) -> np.ndarray | None:
    if outline is None:
        return None
    halves = np.asarray(outline, bool).reshape(16, 2, 16, 2)
    return np.asarray(halves.any(axis=(1, 3)))


# ------------------------------------------------------------------------------------- opening


def open_artist(model: str | Path | None = None) -> Artist:
    """The networks that draw: the shipped ones, or a folder with sketcher.onnx and finisher.onnx
    (from tools/export_draw.py). PincelError when they are missing or damaged."""
    return _open(str(model) if model not in (None, "", SHIPPED) else SHIPPED)


@lru_cache(maxsize=2)
def _open(model: str) -> Artist:

    if model == SHIPPED:
        folder = Path(str(resources.files("pincel") / "weights"))
        files = {part: folder / f"{SHIPPED}.{part}.onnx" for part in PARTS}
    else:
        files = {part: Path(model) / f"{part}.onnx" for part in PARTS}
    code = hashlib.sha256()
    sessions: dict[str, Any] = {}
    facts: dict[str, Any] = {}
    for part, path in files.items():
        if not path.is_file():
            raise PincelError("draw.no_model", path=path)
        data = path.read_bytes()
        code.update(data)
        sessions[part], facts[part] = open_session(data, path)
    about = facts["sketcher"]

    def run(part: str, given: dict[str, np.ndarray]) -> np.ndarray:
        return sessions[part].run(None, given)[0]

    return Artist(
        name=SHIPPED if model == SHIPPED else Path(model).name,
        sha256=code.hexdigest(),
        backend="CPUExecutionProvider",
        vocabulary=int(about["vocabulary"]),
        run=run,
    )
