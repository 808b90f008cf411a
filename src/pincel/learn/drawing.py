"""What the text-to-sprite networks learn from: captioned sprites, seen in ever new ways.

A sprite is a palette and a grid of its entries. At every sight it may be mirrored and moved, its
colours turned, some words left unsaid, and some pixels hidden: now everything, now half, now a box
or a border. The sketcher learns at 16 x 16 from small sprites and from large ones reduced; the
finisher learns at 32 x 32 to draw out such a sketch.
"""

from __future__ import annotations

import itertools
from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch

from pincel.errors import PincelError
from pincel.learn.captions import dominant_colors
from pincel.learn.covering import about, cover, hide
from pincel.nets.diffusion import CaptionedBatch
from pincel.nets.masked import MaskedBatch
from pincel.pixels import color

SMALL, LARGE = 16, 32
_NEAR = 0.15
"""Colours of a sketch that may be taken for each other, in OKLab."""
_OUTLINE = 0.3
"""What a nearly black pixel must save (in OKLab) to stand for its block."""
_ASKED = 0.5
"""Share of the pictures with a known place that are shown with that place open, to fill in."""
STYLES = 2
"""Words after the vocabulary: drawn small, drawn large and reduced."""


@dataclass(frozen=True, eq=False)
class Drawings:
    """Sprites of one side.

    index (n, s, s) uint8, 0 transparent; palette (n, 31, 3) OKLab; count (n,) colours; used
    (n, 31) pixels of each colour; words (n, w) int64, the last one the style; weight (n,);
    held (n,) bool: not learned from; sketch (n, s / 2, s / 2) uint8 or None; captions; label; place
    (n, s, s) bool or None: one thing that it wears or holds; place_words (n, w): what that is
    """

    index: np.ndarray
    palette: np.ndarray
    count: np.ndarray
    used: np.ndarray
    words: np.ndarray
    weight: np.ndarray
    held: np.ndarray
    captions: np.ndarray
    label: np.ndarray
    sketch: np.ndarray | None = None
    place: np.ndarray | None = None
    place_words: np.ndarray | None = None

    def __len__(self) -> int:
        return len(self.index)


def reduced(index: np.ndarray, palette: np.ndarray) -> np.ndarray:
    """Sprites, `index` (n, s, s), at half the side, uint8: of each 2 x 2 pixels the most typical
    one, transparent where at most one is opaque. palette (n, 31, 3) OKLab."""
    count, side = len(index), index.shape[1]
    blocks = index.reshape(count, side // 2, 2, side // 2, 2).transpose(0, 1, 3, 2, 4)
    blocks = blocks.reshape(count, side // 2, side // 2, 4)
    table = np.concatenate([np.zeros_like(palette[:, :1]), palette], 1)
    colors = table[np.arange(count)[:, None, None, None], blocks]
    opaque = blocks > 0
    far = np.linalg.norm(colors[..., :, None, :] - colors[..., None, :, :], axis=-1)
    light = colors[..., 0]
    black = np.clip((0.35 - light) / 0.1, 0, 1)  # an outline that is doubled would fill the picture
    cost = (far * opaque[..., None, :]).sum(-1) - 0.02 * (1 - light) + _OUTLINE * black
    best = np.where(opaque, cost, np.inf).argmin(-1)
    chosen = np.take_along_axis(blocks, best[..., None], -1)[..., 0]
    return np.where(opaque.sum(-1) >= 2, chosen, 0).astype(np.uint8)


def open_drawings(path: Path, vocabulary: int) -> tuple[Drawings, Drawings]:
    """The (16 x 16, 32 x 32) sprites of a file written by tools/sprites_data.py. The small ones
    hold the large ones reduced, too. PincelError when it is no such file."""
    try:
        with np.load(path, allow_pickle=False) as held:
            sides = [_side(held, f"a{side}_") for side in (SMALL, LARGE)]
    except (OSError, ValueError, KeyError) as error:
        raise PincelError("drawing.data", path=path, why=str(error)) from error
    small, large = sides
    sketch = reduced(large["index"], large["palette"])
    count = len(small["index"])
    places = large["place"].reshape(len(sketch), SMALL, 2, SMALL, 2).any((2, 4))
    own_small = {**large, "index": sketch, "place": places}
    both = {key: np.concatenate([small[key], own_small[key]]) for key in small}
    style = np.full((len(both["index"]), 1), vocabulary, np.int64)
    style[count:] = vocabulary + 1
    styled = {**both, **_styled(both, style)}
    own = np.full((len(sketch), 1), vocabulary + 1, np.int64)
    large = {**large, **_styled(large, own)}
    return Drawings(**_used(styled)), Drawings(**_used(large), sketch=sketch)


def _styled(arrays: dict[str, np.ndarray], style: np.ndarray) -> dict[str, np.ndarray]:
    """Both kinds of words with the style (n, 1) after them."""
    return {key: np.concatenate([arrays[key], style], 1) for key in ("words", "place_words")}


def _side(held: np.lib.npyio.NpzFile, prefix: str) -> dict[str, np.ndarray]:
    """One side's arrays; row 0 of the palette stands for transparent and is dropped."""
    palette = color.srgb_to_oklab(held[f"{prefix}palette"][:, 1:32])
    return {
        "index": held[f"{prefix}index"],
        "palette": palette.astype(np.float32),
        "count": held[f"{prefix}colors"].astype(np.int64),
        "words": held[f"{prefix}words"].astype(np.int64),
        "weight": held[f"{prefix}weight"].astype(np.float64),
        "held": held[f"{prefix}held"],
        "captions": held[f"{prefix}caption"],
        "label": held[f"{prefix}label"],
        "place": held[f"{prefix}place"],
        "place_words": held[f"{prefix}place_words"].astype(np.int64),
    }


def _used(arrays: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    flat = arrays["index"].reshape(len(arrays["index"]), -1).astype(np.int64)
    counts = np.zeros((len(flat), 32), np.int64)
    np.add.at(counts, (np.arange(len(flat))[:, None], flat), 1)
    return {**arrays, "used": counts[:, 1:]}


class _Endless(ABC):
    """Endless batches of one side; batch k depends on (seed, k) only. `salt` keeps the draws of the
    two kinds apart."""

    salt: int

    def __init__(self, drawings: Drawings, seed: int) -> None:
        self.drawings, self.seed = drawings, seed
        learned = np.where(drawings.held, 0, drawings.weight)
        self.chance = learned / learned.sum()

    def batches(self, size: int, first: int = 1) -> Iterator[Any]:
        """Batches number `first`, `first` + 1, ..."""
        for number in itertools.count(first):
            rng = np.random.default_rng([self.seed, number, self.salt])
            yield self.sight(rng.choice(len(self.chance), size, p=self.chance), rng)

    @abstractmethod
    def sight(self, rows: np.ndarray, rng: np.random.Generator, change: bool = True) -> Any:
        """These rows as they are seen this once."""


class Sights(_Endless):
    """For the finisher, which names hidden pixels.

    color_words: ids of words that name a colour, left unsaid when the colours are turned
    """

    salt = 77

    def __init__(self, drawings: Drawings, color_words: np.ndarray, seed: int) -> None:
        super().__init__(drawings, seed)
        self.color_words = color_words

    def sight(self, rows: np.ndarray, rng: np.random.Generator, change: bool = True) -> MaskedBatch:
        """These rows, (m,) whole numbers, changed and partly hidden."""
        d = self.drawings
        index, sketch = d.index[rows], None if d.sketch is None else d.sketch[rows]
        if change:
            index, sketch = moved(index, sketch, rng)
        palette, turned = d.palette[rows], np.zeros(len(rows), bool)
        if change:
            palette, turned = recolored(palette, rng)
        words = unsaid(d.words[rows], turned, self.color_words, rng) if change else d.words[rows]
        rank = np.sqrt(d.used[rows] / np.maximum(d.used[rows].max(1, keepdims=True), 1))
        rank[rng.random(len(rows)) < 0.5] = -1
        hidden = hide(len(rows), index.shape[1], rng)
        shown = rng.random(len(rows)) < 0.35
        if sketch is not None:
            sketch = spoiled(sketch, palette, d.used[rows] > 0, rng)

        def tensor(values: np.ndarray, kind: torch.dtype) -> torch.Tensor:
            return torch.from_numpy(np.ascontiguousarray(values)).to(kind)

        return MaskedBatch(
            tensor(index, torch.int64),
            tensor(hidden, torch.bool),
            tensor(palette, torch.float32),
            tensor(d.used[rows] > 0, torch.bool),
            tensor(rank, torch.float32),
            tensor(words, torch.int64),
            tensor(outlines(index, palette), torch.float32),
            tensor(shown, torch.bool),
            sketch=None if sketch is None else tensor(sketch, torch.int64),
        )


class Scenes(_Endless):
    """For the sketcher, which learns to see pictures in noise.

    color_words: the ids of words that name a colour, by their English names
    """

    salt = 78

    def __init__(self, drawings: Drawings, color_words: dict[str, int], seed: int) -> None:
        super().__init__(drawings, seed)
        self.color_words = color_words
        self.color_ids = np.array(sorted(color_words.values()))

    def sight(
        self, rows: np.ndarray, rng: np.random.Generator, change: bool = True
    ) -> CaptionedBatch:
        """These rows, (m,) whole numbers, changed, some of their words left unsaid, a part of some
        of them known. A picture whose hues are turned is told the colours that it has then: so
        colour words mean what is seen, and what is asked for without a colour keeps its own."""
        d = self.drawings
        index, palette, words = d.index[rows], d.palette[rows], d.words[rows]
        place = np.zeros(index.shape, bool) if d.place is None else d.place[rows]
        asked = place.any((1, 2)) & (rng.random(len(rows)) < _ASKED)
        alone = asked & (rng.random(len(rows)) < 0.6)  # told of the thing only
        if d.place_words is not None:
            words = np.where(alone[:, None], d.place_words[rows], words)
        if change:
            index, moved_place = moved(index, place, rng)
            place = place if moved_place is None else moved_place
            palette, turned = recolored(palette, rng, 0.2)
            rgba = rgba_of(index, palette)
            lost = (turned & alone)[:, None] & np.isin(words, self.color_ids)
            words, turned = np.where(lost, 0, words), turned & ~alone
            for n in np.flatnonzero(turned):
                words[n] = self._renamed(words[n], rgba[n])
            words = said(words, self.color_ids, turned, rng)
        else:
            rgba = rgba_of(index, palette)
        covered = cover(len(rows), index.shape[1], rng)
        for n in np.flatnonzero(asked & place.any((1, 2))):
            covered[n] = about(place[n], rng)
        shown = rng.random(len(rows)) < np.where(asked, 0.1, 0.3)
        pictures = np.moveaxis(rgba.astype(np.float32) / 127.5 - 1, -1, 1)

        def tensor(values: np.ndarray) -> torch.Tensor:
            return torch.from_numpy(np.ascontiguousarray(values))

        lines = tensor(outlines(index, palette))
        return CaptionedBatch(
            tensor(pictures), tensor(words), tensor(~covered), lines, tensor(shown)
        )

    def _renamed(self, words: np.ndarray, rgba: np.ndarray) -> np.ndarray:
        kept = [w for w in words[:-1] if w and w not in self.color_ids]
        now = [self.color_words[name] for name in dominant_colors(rgba)]
        row = np.zeros_like(words)
        kept = [*kept[: len(words) - 1 - len(now)], *now]
        row[: len(kept)] = kept
        row[-1] = words[-1]
        return row


def rgba_of(index: np.ndarray, palette: np.ndarray) -> np.ndarray:
    """Entries (n, s, s) of palettes (n, k, 3) OKLab as (n, s, s, 4) uint8; transparent is 0."""
    rgb = color.to_bytes(color.oklab_to_srgb(palette))
    table = np.zeros((len(rgb), rgb.shape[1] + 1, 4), np.uint8)
    table[:, 1:, :3] = rgb
    table[:, 1:, 3] = 255
    return table[np.arange(len(index))[:, None, None], index]


def said(
    words: np.ndarray, color_words: np.ndarray, turned: np.ndarray, rng: np.random.Generator
) -> np.ndarray:
    """Words (n, w), the last one the style, with some left out: all of a tenth of the captions
    (for guidance), each word now and then, colours of a third, but never of a turned picture.

    color_words: (k,) ids of the words that are colours;  turned: (n,) bool."""
    kept = rng.random(words.shape) > 0.1
    named = np.isin(words, color_words)
    kept &= ~named | (rng.random(len(words)) > 0.3)[:, None]
    kept |= named & turned[:, None]
    kept[:, -1] = rng.random(len(words)) > 0.1
    kept[rng.random(len(words)) < 0.1, :-1] = False
    return np.where(kept, words, 0)


def moved(
    index: np.ndarray, sketch: np.ndarray | None, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray | None]:
    """Entries, index (n, s, s) whole numbers, 0 transparent, mirrored half of the time, and moved
    inside the canvas where there is room. A sketch moves along, (n, s / 2, s / 2), or of the same
    side, or None; half as large, its sprite moves by even steps. Both are copies."""
    index = index.copy()
    sketch = None if sketch is None else sketch.copy()
    side = index.shape[1]
    unit = 1 if sketch is None else side // sketch.shape[1]
    for i in range(len(index)):
        if rng.random() < 0.5:
            index[i] = index[i, :, ::-1]
            if sketch is not None:
                sketch[i] = sketch[i, :, ::-1]
        ys, xs = np.nonzero(index[i])
        if not len(ys) or rng.random() < 0.3:
            continue
        room = [(lo, side - 1 - hi) for lo, hi in ((ys.min(), ys.max()), (xs.min(), xs.max()))]
        step = [int(rng.integers(-min(a, 3) // unit, min(b, 3) // unit + 1)) for a, b in room]
        index[i] = np.roll(index[i], [s * unit for s in step], (0, 1))
        if sketch is not None:
            sketch[i] = np.roll(sketch[i], step, (0, 1))
    return index, sketch


def recolored(
    palette: np.ndarray, rng: np.random.Generator, often: float = 0.25
) -> tuple[np.ndarray, np.ndarray]:
    """Palettes (n, k, 3) OKLab with hue, chroma and lightness changed: a little for most, any hue
    for a share of `often`. Also says whose hue has left its name."""
    count = len(palette)
    far = rng.random(count) < often
    angle = np.where(far, rng.uniform(-np.pi, np.pi, count), rng.normal(0, 0.06, count))
    chroma = rng.uniform(0.7, 1.25, count)
    cosine, sine = np.cos(angle) * chroma, np.sin(angle) * chroma
    a, b = palette[..., 1], palette[..., 2]
    light = palette[..., 0] ** np.exp(rng.normal(0, 0.12, count))[:, None]
    made = np.stack([
        light,
        a * cosine[:, None] - b * sine[:, None],
        a * sine[:, None] + b * cosine[:, None],
    ], -1)  # fmt: skip
    return made.astype(np.float32), far


def unsaid(
    words: np.ndarray, turned: np.ndarray, color_words: np.ndarray, rng: np.random.Generator
) -> np.ndarray:
    """Words (n, w), the last one the style, with some left out: all of a tenth of the captions
    (for guidance), each word now and then, colour words often, and always where hues turned.

    color_words: (k,) ids of the words that are colours;  turned: (n,) bool."""
    kept = rng.random(words.shape) > 0.15
    named = np.isin(words, color_words)
    kept &= ~named | (rng.random(words.shape) > 0.25)
    kept &= ~(named & turned[:, None])
    kept[:, -1] = rng.random(len(words)) > 0.1
    kept[rng.random(len(words)) < 0.1, :-1] = False
    return np.where(kept, words, 0)


def outlines(index: np.ndarray, palette: np.ndarray) -> np.ndarray:
    """What a person would draw with a pen, (n, s, s) bool: the silhouette's border, and dark
    lines inside. index: (n, s, s), 0 transparent; palette: (n, k, 3) OKLab."""
    opaque = index > 0
    held = np.pad(opaque, ((0, 0), (1, 1), (1, 1)))
    inner = held[:, :-2, 1:-1] & held[:, 2:, 1:-1] & held[:, 1:-1, :-2] & held[:, 1:-1, 2:]
    table = np.concatenate([np.ones_like(palette[:, :1, 0]), palette[..., 0]], 1)
    light = np.take_along_axis(table, index.reshape(len(index), -1).astype(np.int64), 1)
    light = np.pad(light.reshape(index.shape), ((0, 0), (1, 1), (1, 1)), constant_values=0)
    near = np.maximum.reduce(
        [light[:, :-2, 1:-1], light[:, 2:, 1:-1], light[:, 1:-1, :-2], light[:, 1:-1, 2:]]
    )
    dark = near - light[:, 1:-1, 1:-1] > 0.22
    return opaque & (~inner | dark)


def spoiled(
    sketch: np.ndarray, palette: np.ndarray, valid: np.ndarray, rng: np.random.Generator
) -> np.ndarray:
    """Sketches, `sketch` (n, s, s), whole numbers, 0 transparent, with errors, for the sketcher
    errs, too: a few pixels taken from a neighbour, some in another colour that is near (palette (n,
    k, 3) OKLab, valid (n, k) bool)."""
    wrong = rng.random(sketch.shape) < rng.uniform(0, 0.06, (len(sketch), 1, 1))
    step = rng.integers(0, 4, sketch.shape)
    near = np.stack([np.roll(sketch, s, a) for s, a in ((1, 1), (-1, 1), (1, 2), (-1, 2))], -1)
    other = np.take_along_axis(near, step[..., None], -1)[..., 0]
    sketch = np.where(wrong, other, sketch)
    far = np.linalg.norm(palette[:, :, None] - palette[:, None], axis=-1)
    far[:, np.arange(far.shape[1]), np.arange(far.shape[1])] = np.inf
    far = np.where(valid[:, None, :], far, np.inf)
    order = far.argsort(-1)[..., :2]
    reach = np.take_along_axis(far, order, -1)
    own = np.arange(far.shape[1])[None, :, None]
    order = np.where(reach < _NEAR, order, own) + 1
    order = np.concatenate([np.zeros_like(order[:, :1]), order], 1)
    which = rng.integers(0, 2, sketch.shape)
    like = order[np.arange(len(sketch))[:, None, None], sketch.astype(np.int64), which]
    mixed = rng.random(sketch.shape) < rng.uniform(0, 0.3, (len(sketch), 1, 1))
    return np.where(mixed, like, sketch)
