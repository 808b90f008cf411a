"""Drawing by uncovering: hidden pixels are named a few at a time, each from those before it.

Plain numpy around one function, `scores(seen, palette, valid, words)`, which any engine may
compute (ONNX Runtime, torch). What it is given and gives is said at `pincel.nets.masked.Net`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

Scores = Callable[[np.ndarray, np.ndarray, np.ndarray, np.ndarray], np.ndarray]
"""seen (n, c, s, s), palette (n, k, 5), valid (n, k), words (n, w) -> (n, k + 1, s, s)."""

Told = Callable[[int, int], None]
HIDDEN = -2
"""A pixel that is to be drawn."""


@dataclass(frozen=True)
class Pace:
    """How a drawing is uncovered.

    steps        looks at the picture; in each some pixels are named
    guidance     how much more the words count than without them (Ho & Salimans, 2022); 1: as is
    temperature  1 draws by the network's own chances, less keeps to the likelier ones
    revise       looks at the end in which every pixel is named once more from all others
    """

    steps: int = 12
    guidance: float = 2.5
    temperature: float = 0.9
    revise: int = 4


@dataclass(frozen=True, eq=False)
class PaletteBatch:
    """Palettes of a batch: colors (n, k, 3) OKLab, valid (n, k) bool, rank (n, k): how much each
    is used, 1 to 0, -1 not told."""

    colors: np.ndarray
    valid: np.ndarray
    rank: np.ndarray

    def entries(self) -> np.ndarray:
        """(n, k, 5) float32 as the network takes them: L, a, b, rank, whether a rank is told."""
        told = (self.rank >= 0).astype(np.float32)
        found = [self.colors, (self.rank * told)[..., None], told[..., None]]
        return np.concatenate(found, -1).astype(np.float32)

    def shown(self, index: np.ndarray) -> np.ndarray:
        """Opaque, L, a, b of pixels (n, s, s), whole numbers, entry 0 transparent -> (n, 4, s, s)
        float32."""
        table = np.concatenate([np.zeros_like(self.colors[:, :1]), self.colors], 1)
        colors = table[np.arange(len(index))[:, None, None], index]
        found = np.concatenate([(index > 0)[..., None], colors], -1)
        return np.moveaxis(found, -1, 1).astype(np.float32)


def described_arrays(
    index: np.ndarray, hidden: np.ndarray, palettes: PaletteBatch, outline: np.ndarray | None
) -> np.ndarray:
    """What is seen of each pixel, (n, 9, s, s) float32; see `pincel.nets.masked.described`.

    index  (n, s, s) entries, 0 transparent;  hidden  (n, s, s) bool;  outline  (s, s) or (n, s, s)
    """
    count, side = index.shape[:2]
    seen = (~hidden)[:, None].astype(np.float32)
    line = np.linspace(-1, 1, side, dtype=np.float32)
    plane = np.zeros((count, 1, side, side), np.float32)
    drawn = plane if outline is None else plane + outline.astype(np.float32)
    told = plane if outline is None else plane + 1
    parts = [1 - seen, palettes.shown(index) * seen, drawn, told]
    return np.concatenate([*parts, plane + line[:, None], plane + line], 1)


def uncover(
    scores: Scores,
    index: np.ndarray,
    hidden: np.ndarray,
    palettes: PaletteBatch,
    words: np.ndarray,
    seeds: Sequence[int],
    pace: Pace,
    outline: np.ndarray | None = None,
    sketch: np.ndarray | None = None,
    told: Callable[[int, np.ndarray, np.ndarray], None] | None = None,
) -> np.ndarray:
    """Name all hidden pixels; returns (n, s, s) int64 entries, 0 transparent.

    index   (n, s, s) entries of what is known;  hidden (n, s, s) bool, True is drawn
    words   (n, w) ids, the last one (the style) is kept where words are left unsaid
    seeds   one a picture: each picture depends on its own seed only
    outline (s, s) or (n, s, s) bool, a scribble;  sketch (n, s / 2, s / 2) for a guided net
    told    called with (step, pixels so far, still hidden) after every look
    """
    count, side = index.shape[:2]
    draws = [np.random.default_rng([int(seed), side]) for seed in seeds]
    place = np.stack([_order(side, draw) for draw in draws])
    place = np.where(hidden, place, -1)
    # the open pixels of each picture, numbered from 0 in their order
    rank = np.full(place.shape, -1)
    for i in range(count):
        open_ = np.flatnonzero(hidden[i])
        ordered = open_[np.argsort(place[i].ravel()[open_], kind="stable")]
        rank[i].reshape(-1)[ordered] = np.arange(len(ordered))
    total = hidden.sum((1, 2))
    guide = None if sketch is None else palettes.shown(sketch).repeat(2, 2).repeat(2, 3)
    index, still = index.astype(np.int64).copy(), hidden.copy()

    def look(hidden_now: np.ndarray, heat: float) -> np.ndarray:
        seen = described_arrays(index, hidden_now, palettes, outline)
        if guide is not None:
            seen = np.concatenate([seen, guide], 1)
        values = _guided(scores, seen, palettes, words, pace.guidance)
        noise = np.stack([draw.random(values.shape[1:], np.float32) for draw in draws])
        gumbel = -np.log(-np.log(np.clip(noise, 1e-9, 1 - 1e-6)))
        return (values + heat * gumbel).argmax(1)

    for step in range(1, pace.steps + 1):
        share = 1 - np.cos(np.pi / 2 * step / pace.steps)
        until = np.ceil(total * share)[:, None, None]
        chosen = look(still, pace.temperature * (1 - 0.5 * step / pace.steps))
        now = still & (rank < until)
        index[now] = chosen[now]
        still &= ~now
        if told is not None:
            told(step, index, still)
    for turn in range(pace.revise):
        again = hidden & (rank % max(1, pace.revise) == turn)
        chosen = look(again, pace.temperature * 0.3)
        index[again] = chosen[again]
        if told is not None:
            told(pace.steps + turn + 1, index, np.zeros_like(still))
    return index


def _guided(
    scores: Scores, seen: np.ndarray, palettes: PaletteBatch, words: np.ndarray, guidance: float
) -> np.ndarray:
    entries, valid = palettes.entries(), palettes.valid
    if guidance == 1:
        return scores(seen, entries, valid, words)
    unsaid = words.copy()
    unsaid[:, :-1] = 0
    both = scores(
        np.concatenate([seen, seen]),
        np.concatenate([entries, entries]),
        np.concatenate([valid, valid]),
        np.concatenate([words, unsaid]),
    )
    with_, without = both[: len(seen)], both[len(seen) :]
    return without + guidance * (with_ - without)


def _order(side: int, draw: np.random.Generator) -> np.ndarray:
    """A random order in which early pixels lie far apart (a shifted Halton sequence, 1964;
    Besnier et al., 2025), (side, side): the place of each pixel in it."""
    many = np.arange(1, side * side * 8)
    y = (_radical(many, 2) + draw.random()) % 1
    x = (_radical(many, 3) + draw.random()) % 1
    cells = np.floor(y * side).astype(int) * side + np.floor(x * side).astype(int)
    first = np.unique(cells, return_index=True)
    place = np.full(side * side, len(many) + 1)
    place[first[0]] = first[1]
    return place.argsort(kind="stable").argsort(kind="stable").reshape(side, side)


def _radical(numbers: np.ndarray, base: int) -> np.ndarray:
    """The digits of numbers in a base, mirrored at the point: 0-1 (Halton, 1964)."""
    left, value, weight = numbers.copy(), np.zeros(len(numbers)), 1.0
    while left.any():
        weight /= base
        value += weight * (left % base)
        left //= base
    return value
