"""Making outlines climb evenly, one pixel at a time.

A staircase whose steps go 3, 1, 3 looks broken where 2, 2, 3 looks drawn; one that is flat on one
side of a tread and steep on the other has a corner in it; a single pixel on a flat side looks like
a slip. Single pixels change sides when that lowers the number of such defects around, costs little
colour and leaves no stray or in-between pixel behind.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from pincel.art.patterns import AROUND
from pincel.art.slopes import NOBODY, slope_steps

SLACK = 0.09
"""How much worse (OKLab) than before a flipped pixel's colour may be."""
_WINDOW = 6  # how far around a flip its consequences are counted
_NEAR = 1  # how far from a defect pixels are tried
_ROUNDS = 12
_ROOM = 1000  # windows looked through at once: they stay near the processor
_SHIFT = 0.75  # share of the contrast by which a flip may be wrong: an edge moves 3/8 of a cell
_SIDES = ((-1, 0), (0, 1), (1, 0), (0, -1))


@dataclass(frozen=True)
class Dislikes:
    """What each defect is worth: a move is made where the defects that it takes away outweigh
    those that it makes and its wrong colours.

    uneven, mixed, double  steps, as `staircases.Staircases` counts them
    bump     a single pixel that sticks out of a flat side
    stray, between, tooth  a new pixel without a like neighbour; of a colour between its
             neighbours'; that hangs on its area by one side only. That one goes is no gain: it may
             be an eye, or an ear
    wrong    a colour that is as wrong as may be
    """

    uneven: float = 2.0
    mixed: float = 0.8
    double: float = 0.6
    bump: float = 0.5
    stray: float = 0.8
    between: float = 0.8
    tooth: float = 0.8
    wrong: float = 1.8


def fix(
    labels: np.ndarray,
    palette: np.ndarray,
    guide: np.ndarray | None = None,
    coverage: np.ndarray | None = None,
    *,
    max_distance: float = SLACK,
    dislikes: Dislikes = Dislikes(),
) -> np.ndarray:
    """The labels with single pixels flipped, or moved by one, where outlines get evener, (h, w).

    palette: (k, 3) OKLab. guide: (h, w, 3) OKLab colour of each cell; coverage: (h, w) 0-1, how
    much of it is opaque. A flip may make a cell's colour wrong by at most `max_distance` more
    than it was, or move an edge of strong contrast by a quarter of a cell. Without a guide the
    labels' own colours stand in for it; without coverage transparent pixels stay as they are.
    Moves are made best first, until none is left that helps; none lets an area fall apart.
    """
    from pincel.art.assign import between

    labels, guide = labels.copy(), palette[labels] if guide is None else guide
    table = between(palette)

    def wrong_of(flips: np.ndarray) -> np.ndarray:
        return _wrong(labels, flips, palette, guide, coverage) / max_distance

    return _settled(labels, lambda fresh: _turn(labels, fresh, wrong_of, table, dislikes))


def _settled(labels: np.ndarray, turn: Callable[[np.ndarray], np.ndarray]) -> np.ndarray:
    """The labels (h, w) after all rounds. turn: makes moves in place where something is fresh,
    (h, w) bool, and says where labels have changed."""
    from scipy.ndimage import maximum_filter

    fresh = np.ones(labels.shape, bool)  # where something changed since moves were last judged
    past: list[tuple[bytes, bytes]] = []
    for count in range(_ROUNDS):
        state = labels.tobytes(), fresh.tobytes()
        if state in past:  # moves undo each other: what is left goes round and round
            start = past.index(state)
            last, _ = past[start + (_ROUNDS - count) % (count - start)]
            return np.frombuffer(last, labels.dtype).reshape(labels.shape).copy()
        past.append(state)
        changed = turn(fresh)
        if not changed.any():
            break
        fresh = maximum_filter(changed, 2 * _WINDOW + 5)
    return labels


def _turn(
    labels: np.ndarray,
    fresh: np.ndarray,
    wrong_of: Callable[[np.ndarray], np.ndarray],
    table: np.ndarray,
    dislikes: Dislikes,
) -> np.ndarray:
    """All moves are judged and the best are made, in place. Returns where labels have changed,
    (h, w) bool. wrong_of: how wrong, 1 as wrong as may be, n flips (n, 3) are, (n,)."""
    moves = _moves(labels, fresh)
    wrong = np.stack([wrong_of(moves[:, i]) for i in (0, 1)])
    possible = (wrong <= 1).all(0)
    moves, wrong = moves[possible], np.clip(wrong[:, possible], 0, None)
    if not len(moves):
        return np.zeros(labels.shape, bool)
    single = (moves[:, 0] == moves[:, 1]).all(-1)
    price = dislikes.wrong * np.where(single, wrong[0], wrong.sum(0))
    gain = np.round(_gain(labels, moves, price, table, dislikes), 4)  # no last bit decides
    return _apply(labels, moves[gain > 0], gain[gain > 0])


def _wrong(
    labels: np.ndarray,
    flips: np.ndarray,
    palette: np.ndarray,
    guide: np.ndarray,
    coverage: np.ndarray | None,
) -> np.ndarray:
    """How much worse each flip fits its cell, (n,) OKLab distance; infinite where forbidden."""
    row, column, new = flips.T
    old = labels[row, column]
    source = guide[row, column]
    off_new = np.linalg.norm(palette[new] - source, axis=-1)
    off_old = np.linalg.norm(palette[old] - source, axis=-1)
    contrast = np.linalg.norm(palette[new] - palette[old], axis=-1)
    wrong = (off_new - off_old) / np.maximum(1, contrast * _SHIFT / 0.07)
    if coverage is None:
        return np.where((old < 0) | (new < 0), np.inf, wrong)
    there = coverage[row, column]  # what was made visible or hidden for a reason stays unless near
    wrong = np.where(new < 0, np.maximum(there - 0.5, 0.1) * 0.2, wrong)
    return np.where(old < 0, np.maximum(0.5 - there, 0) * 0.2, wrong)


def _apply(labels: np.ndarray, moves: np.ndarray, gain: np.ndarray) -> np.ndarray:
    """Make the moves that help, best first, no two within each other's window; in place. Returns
    where labels have changed, (h, w) bool."""
    before = labels.copy()
    whole = _whole(labels, moves)
    taken = np.zeros(labels.shape, bool)
    for i in np.argsort(-gain, kind="stable"):
        row, column, _ = moves[i, 0]
        near = (slice(max(0, row - 4), row + 5), slice(max(0, column - 4), column + 5))
        if whole[i] and not taken[near].any():
            for row, column, new in moves[i]:
                taken[row, column] = True
                labels[row, column] = new
    return before != labels


def _windows(labels: np.ndarray, moves: np.ndarray, reach: int) -> tuple[np.ndarray, np.ndarray]:
    """What lies around each move before and after it, (n, 2 reach + 1, 2 reach + 1) each."""
    size = 2 * reach + 1
    padded = np.pad(labels, reach, constant_values=NOBODY)
    windows = np.lib.stride_tricks.sliding_window_view(padded, (size, size))
    before = windows[moves[:, 0, 0], moves[:, 0, 1]]
    after = before.copy()
    row, column = (moves[:, :, :2] - moves[:, :1, :2] + reach).transpose(2, 1, 0)
    for one in range(2):
        after[np.arange(len(moves)), row[one], column[one]] = moves[:, one, 2]
    return before, after


def _whole(labels: np.ndarray, moves: np.ndarray) -> np.ndarray:
    """Whether nothing falls apart by a move, (n,) bool: the label that a pixel gives up lies in no
    more 8-connected parts around it than before."""
    from scipy.ndimage import label

    apart = np.zeros((3, 3, 3))
    apart[1] = 1  # pixels of one window only
    before, after = _windows(labels, moves, 3)
    fine = np.ones(len(moves), bool)
    for one in range(2):
        old = labels[moves[:, one, 0], moves[:, one, 1]][:, None, None]
        parts = []
        for windows in (before, after):
            found, count = label(windows == old, apart)
            image = np.zeros(count + 1, np.int64)
            where = np.nonzero(found)
            image[found[where]] = where[0]
            parts.append(np.bincount(image[1:], minlength=len(moves)))
        fine &= parts[1] <= parts[0]
    return fine


def _gain(
    labels: np.ndarray,
    moves: np.ndarray,
    price: np.ndarray,
    table: np.ndarray,
    dislikes: Dislikes,
) -> np.ndarray:
    """How much less there is to dislike in each move's window after it, less its price, (n,). A
    move that costs more than all steps and bumps around it could give back is not tried: 0."""
    if labels.max(initial=0) < 128:
        labels = labels.astype(np.int8)  # half the memory to look through
    _, first, own = np.unique(
        moves[:, 0, 0] * labels.shape[1] + moves[:, 0, 1], return_index=True, return_inverse=True
    )
    windows, _ = _windows(labels, moves[first], _WINDOW)
    seen = _piled(windows)
    before = dislikes.bump * _bumps(seen).sum((0, 1)) + _uneven(windows, dislikes)
    tried = np.flatnonzero(before[own] > price)
    spots = _spots(seen, table, dislikes)[:, own[tried]]
    before = before[own[tried]]
    _, windows = _windows(labels, moves[tried], _WINDOW)
    seen = _piled(windows)
    new = np.minimum(spots - _spots(seen, table, dislikes), 0).sum(0)
    bumps = dislikes.bump * _bumps(seen).sum((0, 1))
    hope = np.flatnonzero(before - bumps + new > price[tried])  # if all steps became even
    less = before[hope] - (bumps[hope] + _uneven(windows[hope], dislikes))
    gain = np.zeros(len(moves))
    gain[tried[hope]] = less + new[hope] - price[tried[hope]]
    return gain


def _piled(windows: np.ndarray) -> np.ndarray:
    """n windows (n, h, w) as (h, w, n): whole rows of equal places are compared at once."""
    return np.ascontiguousarray(windows.transpose(1, 2, 0))


def _uneven(windows: np.ndarray, dislikes: Dislikes) -> np.ndarray:
    """What there is to dislike in the steps of each of n windows, (n,)."""
    found = np.empty(len(windows))
    for i in range(0, len(windows), _ROOM):
        part = windows[i : i + _ROOM]
        one = slope_steps(part, places=False)
        worth = dislikes.uneven * one.uneven + dislikes.mixed * one.mixed
        worth = worth + dislikes.double * one.double
        found[i : i + _ROOM] = np.bincount(one.image, worth, len(part))
    return found


def _spots(windows: np.ndarray, table: np.ndarray, dislikes: Dislikes) -> np.ndarray:
    """What there is to dislike in single pixels of each of n windows (h, w, n), (3, n): strays,
    in-between pixels, teeth."""
    stray = dislikes.stray * _strays(windows)
    mixture = dislikes.between * _mixtures(windows, table)
    return np.stack([stray, mixture, dislikes.tooth * _teeth(windows)])


def _bumps(labels: np.ndarray) -> np.ndarray:
    """Single pixels that stick out of a flat side into one other area, (h, w, n) bool."""
    found = np.zeros(labels.shape, bool)
    inner = labels[1:-1, 1:-1]
    for dy, dx in _SIDES:

        def at(out: int, along: int, dy: int = dy, dx: int = dx) -> np.ndarray:
            y, x = 1 + out * dy + along * dx, 1 + out * dx + along * dy
            return labels[y : y + inner.shape[0], x : x + inner.shape[1]]

        ground = at(1, 0)
        bump = (ground != inner) & (inner >= 0) & (ground != NOBODY)
        for along in (-1, 1):
            bump &= at(0, along) == ground
        for along in (-1, 0, 1):
            bump &= at(-1, along) != ground
        found[1:-1, 1:-1] |= bump
    return found


def _strays(windows: np.ndarray) -> np.ndarray:
    """Pixels in the middle 5x5 of each window (h, w, n) without a like neighbour, (n,)."""
    lo, hi = _WINDOW - 2, _WINDOW + 3
    middle = windows[lo:hi, lo:hi]
    alone = middle >= 0
    for dy in (-1, 0, 1):
        for dx in (-1, 0, 1):
            if dy or dx:
                alone &= windows[lo + dy : hi + dy, lo + dx : hi + dx] != middle
    return alone.sum((0, 1))


def _teeth(windows: np.ndarray) -> np.ndarray:
    """Pixels around the middle of each window (h, w, n) that share one side only with their area,
    where it is no line, (n,). A tooth at the end of a tread would hide a step from the count of
    steps."""
    lo, hi = _WINDOW - 2, _WINDOW + 3
    near = windows[lo - 2 : hi + 2, lo - 2 : hi + 2]
    across = (near[:, 1:] == near[:, :-1]) & (near[:, 1:] >= 0)
    along = (near[1:] == near[:-1]) & (near[1:] >= 0)
    like = along[:-1, 1:-1], across[1:-1, 1:], along[1:, 1:-1], across[1:-1, :-1]  # as _SIDES
    sides = np.zeros(like[0].shape, np.int8)
    for same in like:
        sides += same
    lone = sides[1:-1, 1:-1] == 1
    count = np.zeros(windows.shape[-1], np.int64)
    for (dy, dx), same in zip(_SIDES, like, strict=True):
        neighbour = sides[1 + dy : 6 + dy, 1 + dx : 6 + dx]
        count += (lone & same[1:-1, 1:-1] & (neighbour >= 3)).sum((0, 1))
    return count


def _mixtures(windows: np.ndarray, table: np.ndarray) -> np.ndarray:
    """Pixels of windows (h, w, n), the middle one or beside it, whose colour lies between two
    neighbours', (n,)."""
    count = np.zeros(windows.shape[-1])
    reach = range(_WINDOW - 2, _WINDOW + 1)
    for line in (windows[_WINDOW], windows[:, _WINDOW]):
        for first, middle, last in ((line[i], line[i + 1], line[i + 2]) for i in reach):
            shown = (first >= 0) & (middle >= 0) & (last >= 0)
            seen = tuple(np.maximum(part, 0) for part in (first, middle, last))
            count += table[seen] & shown
    return count


def _moves(labels: np.ndarray, fresh: np.ndarray) -> np.ndarray:
    """All moves worth trying, (n, 2, 3): two flips (row, column, new label) each, of which the
    second repeats the first where one is enough. A pixel near a defect takes the label of a
    neighbour, or two neighbours change places, as when a line one pixel thin moves over."""
    from scipy.ndimage import maximum_filter

    near = _bumps(labels[..., None])[..., 0]
    one = slope_steps(labels[None])
    faulty = one.uneven | one.mixed | one.double
    near.reshape(-1)[one.first[faulty]] = near.reshape(-1)[one.last[faulty]] = True
    near = maximum_filter(near, 2 * _NEAR + 1) & fresh
    height, width = labels.shape
    padded = np.pad(labels, 1, constant_values=NOBODY)
    flips, swaps = [], []
    for dy, dx in AROUND:
        beside = padded[1 + dy : 1 + dy + height, 1 + dx : 1 + dx + width]
        row, column = np.nonzero(near & (beside != labels) & (beside != NOBODY))
        there = np.stack([row, column, beside[row, column].astype(np.int64)], -1)
        back = np.stack([row + dy, column + dx, labels[row, column].astype(np.int64)], -1)
        swaps.append(np.stack([there, back], 1))
        if dy == 0 or dx == 0:
            flips.append(there)
    alone = np.unique(np.concatenate(flips), axis=0)
    return np.concatenate([np.stack([alone, alone], 1), _once(np.concatenate(swaps), width)])


def _once(swaps: np.ndarray, width: int) -> np.ndarray:
    """The swaps (n, 2, 3) of which one says what another says from the other pixel's side, once."""
    here, there = (swaps[:, one, 0] * width + swaps[:, one, 1] for one in (0, 1))
    pairs = np.stack([np.minimum(here, there), np.maximum(here, there)], -1)
    _, first = np.unique(pairs, axis=0, return_index=True)
    return swaps[np.sort(first)]
