"""Steady animations: a cell whose source did not change keeps its colour.

Noise makes every pixel of a film a little different in every frame; decided anew each time, cells
between two colours flicker. Here each cell remembers what it looked like when its colour was
chosen, and the colour stays until the source has moved away by more than the noise explains.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pincel.art.cells import Cells

_STATES = 3  # looks of a cell that are remembered: what comes back is drawn as it was
_LEARN = 6  # frames over which a look is averaged, then it is frozen: slow fades must show
_BINS = 8


@dataclass(frozen=True, eq=False)
class Memory:
    """What the cells looked like and what they became.

    looks   (s, h, w, f) float32, s remembered looks of each cell
    count   (s, h, w) int, how many frames each was averaged over; 0: none
    labels  (s, h, w) int16, the palette index each became
    latest  (h, w) int, which look the previous frame had
    noise   (b,) float32, the usual difference between two frames of one look, by lightness
    """

    looks: np.ndarray
    count: np.ndarray
    labels: np.ndarray
    latest: np.ndarray
    noise: np.ndarray

    @property
    def previous(self) -> np.ndarray:
        """(h, w) int16, the labels of the previous frame."""
        return np.take_along_axis(self.labels, self.latest[None], 0)[0]


@dataclass(frozen=True, eq=False)
class Change:
    """What a new frame changes.

    still   (h, w) bool: the cell looks as one that is remembered
    labels  (h, w) int16: the index it then had; -1 elsewhere
    which   (h, w) int: which look that is
    bonus   (h, w) float32: how much the previous colour is favoured where it moved a little
    looks   (h, w, f) float32: the frame's looks
    """

    still: np.ndarray
    labels: np.ndarray
    which: np.ndarray
    bonus: np.ndarray
    looks: np.ndarray


def looks(cells: Cells) -> np.ndarray:
    """What is compared, (h, w, 4 quarters, 4) float32: mean OKLab times alpha, and alpha."""
    side = cells.side
    half = max(side // 2, 1)
    parts = np.concatenate([cells.samples * cells.alpha[..., None], cells.alpha[..., None]], -1)
    grid = parts.reshape(cells.height, cells.width, side, side, 4)
    starts = (0, side - half)
    quarters = [
        grid[:, :, top : top + half, left : left + half].mean((2, 3))
        for top in starts
        for left in starts
    ]
    return np.stack(quarters, 2).astype(np.float32)


def _gap(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """(..., 4, 4), (..., 4, 4) -> (...): difference of the quarter that differs most, OKLab."""
    return np.sqrt(((a - b) ** 2).sum(-1)).max(-1)


def noise_of(frames: list[np.ndarray]) -> np.ndarray:
    """The usual difference of a cell between neighbouring frames that show the same, by lightness,
    (8,) float32.

    frames: the looks of a few neighbouring frames, best three or more: then a - 2b + c is
    measured, to which a steady fade adds nothing. The lower part of all differences counts, and a
    lightness much louder than the usual one is something that moves, not noise; never more than
    0.03, so that a camera which moves is not taken for noise.
    """
    if len(frames) < 2:
        return np.zeros(_BINS, np.float32)
    if len(frames) == 2:
        gaps, seen = [_gap(frames[0], frames[1])], frames[:1]
    else:
        triples = list(zip(frames, frames[1:], frames[2:], strict=False))
        gaps = [_gap(a + c, 2 * b) / np.sqrt(3) for a, b, c in triples]
        seen = frames[1:-1]
    gap = np.concatenate([g.ravel() for g in gaps])
    bins = np.concatenate([_bin(look).ravel() for look in seen])
    counts = np.bincount(bins, minlength=_BINS)
    known = np.flatnonzero(counts >= 30)
    if len(known) == 0:
        return np.full(_BINS, min(float(np.quantile(gap, 0.4)), 0.03), np.float32)
    level = np.array([np.quantile(gap[bins == b], 0.4) for b in known])
    if len(known) > 2:
        level = np.minimum(level, 2.5 * np.median(level))
    return np.minimum(np.interp(np.arange(_BINS), known, level), 0.03).astype(np.float32)


def _bin(look: np.ndarray) -> np.ndarray:
    light = look[..., 0].mean(-1)
    return np.clip((light * _BINS).astype(int), 0, _BINS - 1)


def begin_memory(look: np.ndarray, labels: np.ndarray, noise: np.ndarray) -> Memory:
    """The memory after the first frame: looks (h, w, 4, 4) float32, labels (h, w) whole numbers,
    noise (8,) float32 as of `noise_of`."""
    height, width = labels.shape
    memory = Memory(
        np.zeros((_STATES, *look.shape), np.float32),
        np.zeros((_STATES, height, width), np.int16),
        np.full((_STATES, height, width), -1, np.int16),
        np.zeros((height, width), np.int64),
        noise,
    )
    memory.looks[0], memory.count[0], memory.labels[0] = look, 1, labels
    return memory


def compare_looks(memory: Memory, look: np.ndarray) -> Change:
    """What of a new frame, looks (h, w, 4, 4) float32, is as it was."""
    limit = np.maximum(0.008, 3.0 * memory.noise)[_bin(look)]
    gap = np.where(memory.count > 0, _gap(memory.looks, look[None]), np.inf)  # (s, h, w)
    before = np.take_along_axis(gap, memory.latest[None], 0)[0]
    # the look it just had is believed sooner than one from earlier on
    known = gap.argmin(0)
    nearest = np.take_along_axis(gap, known[None], 0)[0]
    same = before < limit
    back = ~same & (nearest < 0.8 * limit)
    which = np.where(same, memory.latest, known)
    still = same | back
    labels = np.take_along_axis(memory.labels, which[None], 0)[0]
    bonus = 0.15 * np.clip(2 - before / limit, 0, 1)
    return Change(still, np.where(still, labels, -1), which, bonus.astype(np.float32), look)


def hold(labels: np.ndarray, change: Change) -> np.ndarray:
    """The drawn frame, labels (h, w), whole numbers, with the cells that did not change as they
    were, of the same type."""
    return np.where(change.still, change.labels, labels).astype(labels.dtype)


def remember(memory: Memory, change: Change, labels: np.ndarray) -> Memory:
    """The memory after a frame was drawn as `labels`, (h, w) whole numbers."""
    looks, count, kept = memory.looks.copy(), memory.count.copy(), memory.labels.copy()
    # a look that was seen again is averaged, up to a limit; a new one takes the least used place
    spare = np.where(np.arange(_STATES)[:, None, None] == memory.latest[None], 9999, count)
    which = np.where(change.still, change.which, spare.argmin(0))
    rows, columns = np.indices(labels.shape)
    at = (which, rows, columns)
    seen = np.where(change.still, count[at], 0)
    share = 1.0 / (np.minimum(seen, _LEARN) + 1)
    share = np.where(seen >= _LEARN, 0, share)[..., None, None]
    looks[at] = looks[at] * (1 - share) + change.looks * share
    count[at] = seen + 1
    kept[at] = labels
    return Memory(looks, count, kept, which, memory.noise)


def resample(durations: tuple[int, ...], fps: float) -> tuple[list[int], list[int]]:
    """Frames at a steady rate: (which source frame each shows, milliseconds of each).

    durations in milliseconds; 0 counts as 100. A frame shows what the source shows in the middle
    of its time; the whole lasts as long as before, to within half a frame.
    """
    lengths = np.array([d or 100 for d in durations], float)
    ends = np.cumsum(lengths)
    count = max(1, round(ends[-1] * fps / 1000))
    middles = (np.arange(count) + 0.5) * 1000 / fps
    shown = np.minimum(np.searchsorted(ends, middles, side="right"), len(lengths) - 1)
    marks = np.rint(np.arange(count + 1) * 1000 / fps).astype(int)
    return shown.tolist(), np.diff(marks).tolist()
