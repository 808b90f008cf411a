"""From words to small pictures: several sketches are begun, and those go on that show the words.

The picture that a diffusion network sees in noise after few of its looks already tells whether
the thing will be there: the networks that choose look at it then, and only the best are drawn to
the end. Many sprites of one prompt are sketched together, which is quicker than one by one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from pincel.art import denoise
from pincel.art.denoise import See, Way
from pincel.art.sprite import TRANSPARENT
from pincel.art.unmask import HIDDEN
from pincel.pixels import color
from pincel.pixels.each_once import each_once

if TYPE_CHECKING:
    from pincel.make.words.shapes import Shapes

STEPS = 8
FINALISTS = 4
"""So many of the sketches go on; the best of them is kept."""
SMALL = 16
_LEFT = ((0.25, 2 * FINALISTS), (0.375, FINALISTS))
"""After these shares of the looks so many of a picture's sketches go on, where there is nothing but
words to go by."""
_EARLY = 0.5
"""Where more is known, those that go on are chosen after this share of the looks."""
_SOON = 0.8
"""From this time on words lead sketches of which the best are chosen: the choice leads, too."""
_NEXT = 1_000_003
"""The seeds of the candidates of one picture lie so far apart."""


@dataclass(frozen=True, eq=False)
class Wish:
    """What is to be drawn: the settings of `pincel.make.words.draw.Artist.draw`, which says what
    they mean."""

    words: Sequence[int]
    side: int = 32
    palette: np.ndarray | None = None
    steps: int = STEPS
    guidance: float = 3.0
    temperature: float = 1.0
    known: np.ndarray | None = None
    outline: np.ndarray | None = None
    candidates: int = 1

    @cached_property
    def lab(self) -> np.ndarray | None:
        """The palette (k, 3) in OKLab, float32; None where none is given."""
        return None if self.palette is None else lab_of(self.palette)

    @cached_property
    def start(self) -> np.ndarray:
        """What is known, (side, side) whole numbers: entries; HIDDEN is to be drawn."""
        if self.known is None:
            return np.full((self.side, self.side), HIDDEN)
        return np.asarray(self.known)

    @cached_property
    def small(self) -> np.ndarray:
        """What is known of the sketch, (16, 16) whole numbers."""
        return self.start if self.side == SMALL else _reduced(self.start, self.lab)

    @cached_property
    def lines(self) -> np.ndarray | None:
        """The scribble for the sketch, (16, 16) bool."""
        if self.outline is None or self.side == SMALL:
            return self.outline
        halves = np.asarray(self.outline, bool).reshape(SMALL, 2, SMALL, 2)
        return np.asarray(halves.any(axis=(1, 3)))

    @property
    def plain(self) -> bool:
        """Whether there is nothing but words to go by."""
        return self.outline is None and bool((self.start == HIDDEN).all())

    @property
    def way(self) -> Way:
        """How noise becomes a picture."""
        way = Way(self.steps, self.guidance, self.temperature)
        return replace(way, soon=_SOON) if self.plain and self.candidates > FINALISTS else way

    def left(self) -> dict[int, int]:
        """How many of a picture's sketches go on after which look."""
        shares = _LEFT if self.plain else ((_EARLY, FINALISTS),)
        return {max(1, round(share * self.steps)): count for share, count in shares}


@dataclass(frozen=True)
class DrawingLook:
    """The state after one look at the picture, for whoever watches: which stage ("sketch",
    "finish"), the number of the look, the picture (s, s, 4) uint8, what is hidden (s, s)."""

    stage: str
    number: int
    rgba: np.ndarray
    hidden: np.ndarray


class DrawingWatch:
    """What is seen while a sprite comes about, for whoever watches."""

    def __init__(
        self,
        looks: Callable[[DrawingLook], None] | None = None,
        told: Callable[[int, int], None] | None = None,
        total: int = 0,
    ) -> None:
        self.looks, self.told, self.total = looks, told, total
        self._sketches: list[np.ndarray] = []
        self._finished: list[tuple[np.ndarray, np.ndarray]] = []

    def sketched(self, number: int, x: np.ndarray) -> None:
        """A look at the sketches (n, 4, s, s) float32."""
        self._sketches.append(x)
        self._tell(number)

    def going_on(self, places: np.ndarray) -> None:
        """Only the sketches at these places (k,), whole numbers, go on."""
        self._sketches = [x[places] for x in self._sketches]

    def finished(self, number: int, index: np.ndarray, hidden: np.ndarray) -> None:
        """A look at what is drawn out: its number, entries (n, s, s) whole numbers, 0 transparent,
        what is hidden (n, s, s) bool."""
        self._finished.append((index.copy(), hidden.copy()))
        self._tell(len(self._sketches) + number)

    def _tell(self, number: int) -> None:
        if self.told is not None:
            self.told(number, self.total)

    def back(self, kept: int, colors: np.ndarray) -> None:
        """Tell every look at the sprite that is kept; colors (k, 3) uint8, its palette."""
        if self.looks is None:
            return
        for number, x in enumerate(self._sketches, 1):
            rgba = sketch_as_rgba(x[kept : kept + 1])[0]
            self.looks(DrawingLook("sketch", number, rgba, np.zeros(rgba.shape[:2], bool)))
        for number, (index, hidden) in enumerate(self._finished, len(self._sketches) + 1):
            rgba = entries_as_rgba(index[kept] - 1, colors)
            self.looks(DrawingLook("finish", number, rgba, hidden[kept]))


def sketches(
    see: See,
    row: np.ndarray,
    wish: Wish,
    seeds: Sequence[int],
    watch: DrawingWatch,
    shapes: Shapes | None = None,
) -> list[np.ndarray]:
    """Of every seed the pictures that went on, (k, 4, 16, 16) float32, see `pincel.art.denoise`.

    see: the network;  row (1, w) int64: the words as it takes them;  watch: who is told of looks;
    shapes: the outlines that sketches begin with
    """
    count = wish.candidates
    own = [seed + _NEXT * k for seed in seeds for k in range(count)]
    owner = np.repeat(np.arange(len(seeds)), count)
    left = wish.left()

    def told(step: int, x: np.ndarray) -> np.ndarray | None:
        nonlocal owner
        watch.sketched(step, x)
        if count <= left.get(step, count):
            return None
        places = _best_of_each(wish.words, sketch_as_rgba(x), owner, left[step])
        owner = owner[places]
        watch.going_on(places)
        return places

    picture, known = _known(wish, len(own))
    said = row.repeat(len(own), 0)
    x = denoise.denoise(
        see, said, SMALL, own, wish.way,
        picture=picture,
        known=known,
        outline=_outlines(wish, seeds, shapes),
        colors=wish.lab,
        told=told,
    )  # fmt: skip
    return [x[owner == number] for number in range(len(seeds))]


def _known(wish: Wish, count: int) -> tuple[np.ndarray | None, np.ndarray | None]:
    """What is known of `count` sketches, (n, 4, 16, 16) float32, and where, (n, 16, 16) bool."""
    known = wish.small != HIDDEN
    if not known.any():
        return None, None
    assert wish.lab is not None
    lab, opaque = wish.lab[np.maximum(wish.small, 0)], wish.small >= 0
    picture = denoise.picture_of_colors(lab[None], opaque[None])
    return picture.repeat(count, 0), known[None].repeat(count, 0)


def _outlines(wish: Wish, seeds: Sequence[int], shapes: Shapes | None) -> np.ndarray | None:
    """What the sketches follow: the scribble (16, 16) bool, or for each its own, (n, 16, 16)."""
    if shapes is None or not wish.plain:
        return wish.lines
    found = [shapes.some(wish.words, seed, wish.candidates) for seed in seeds]
    made = [one for one in found if one is not None]
    return np.concatenate(made) if made else None


def _best_of_each(
    words: Sequence[int], pictures: np.ndarray, owner: np.ndarray, count: int
) -> np.ndarray:
    """The places of the `count` best pictures of each owner, in their order."""
    from pincel.make.words.ranking import ranked

    values = ranked(words, pictures)
    best = []
    for number in each_once(owner):
        own = np.flatnonzero(owner == number)
        best.append(own[np.argsort(-values[own], kind="stable")[:count]])
    return np.sort(np.concatenate(best))


def lab_of(palette: np.ndarray) -> np.ndarray:
    """A palette (k, 3) uint8 in OKLab, float32."""
    return color.srgb_to_oklab(np.asarray(palette, np.uint8)).astype(np.float32)


def sketch_as_rgba(x: np.ndarray) -> np.ndarray:
    """Pictures x (n, 4, s, s) of `pincel.art.denoise` as (n, s, s, 4) uint8."""
    lab, opaque = denoise.colors_of_picture(x)
    rgb = color.to_bytes(color.oklab_to_srgb(lab))
    return np.concatenate([rgb, np.uint8(255) * opaque[..., None]], -1) * opaque[..., None]


def entries_as_rgba(index: np.ndarray, colors: np.ndarray) -> np.ndarray:
    """Entries, index (s, s), -1 transparent, of colors (k, 3) uint8 as (s, s, 4) uint8."""
    table = np.zeros((len(colors) + 1, 4), np.uint8)
    table[:-1, :3], table[:-1, 3] = colors, 255
    return table[index]


def _reduced(known: np.ndarray, lab: np.ndarray | None) -> np.ndarray:
    """What is known of a 32 x 32 picture in its 16 x 16 sketch: 2 x 2 pixels that are all known
    give their most typical one. lab (k, 3), the palette."""
    if lab is None:
        return np.full((SMALL, SMALL), HIDDEN)
    blocks = known.reshape(SMALL, 2, SMALL, 2).transpose(0, 2, 1, 3).reshape(SMALL, SMALL, 4)
    shown = np.concatenate([lab, np.zeros((2, 3), np.float32)])[blocks]
    opaque = blocks >= 0
    far = np.linalg.norm(shown[..., :, None, :] - shown[..., None, :, :], axis=-1)
    best = np.where(opaque, (far * opaque[..., None, :]).sum(-1), np.inf).argmin(-1)
    typical = np.take_along_axis(blocks, best[..., None], -1)[..., 0]
    found = np.where(opaque.sum(-1) >= 2, typical, TRANSPARENT)
    return np.where((blocks == HIDDEN).any(-1), HIDDEN, found)
