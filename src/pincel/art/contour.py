"""Making outlines climb evenly, one pixel at a time.

A staircase whose steps go 3, 1, 3 looks broken where 2, 2, 3 looks drawn, and a single pixel on a
flat side looks like a slip. Single pixels change sides when that lowers the number of such defects
around, costs little colour and leaves no stray pixel behind.
"""

from __future__ import annotations

import numpy as np

SLACK = 0.09
"""How much worse (OKLab) than before a flipped pixel's colour may be."""
_WINDOW = 6  # how far around a flip its consequences are counted
_NOBODY = -2  # beyond the border
_ROUNDS = 12
_SHIFT = 0.75  # share of the contrast by which a flip may be wrong: an edge moves 3/8 of a cell


def uneven(labels: np.ndarray) -> np.ndarray:
    """Where steps break a staircase, (n, h, w) int: how many uneven runs start at each pixel.

    labels: (n, h, w) or (h, w). A run of an area's outline is uneven when it is longer than both
    or shorter than both of the runs before and after it on a staircase with rises of one pixel.
    """
    single = labels.ndim == 2
    found = _find(labels[None] if single else labels)
    return found[0] if single else found


def fix(
    labels: np.ndarray,
    palette: np.ndarray,
    guide: np.ndarray | None = None,
    coverage: np.ndarray | None = None,
    *,
    max_distance: float = SLACK,
) -> np.ndarray:
    """The labels with single pixels flipped wherever that makes outlines more even, (h, w).

    palette: (k, 3) OKLab. guide: (h, w, 3) OKLab colour of each cell; coverage: (h, w) 0-1, how
    much of it is opaque. A flip may make a cell's colour wrong by at most `max_distance` more
    than it was, or move an edge of strong contrast by a quarter of a cell. Without a guide the
    labels' own colours stand in for it; without coverage transparent pixels stay as they are.
    Flips that lower the number of uneven steps are made best first, until none is left.
    """
    from scipy.ndimage import maximum_filter

    labels = labels.copy()
    guide = palette[labels] if guide is None else guide
    fresh = np.ones(labels.shape, bool)  # where something changed since flips were last judged
    for _ in range(_ROUNDS):
        flips = _flips(labels)
        flips = flips[fresh[flips[:, 0], flips[:, 1]]]
        wrong = _wrong(labels, flips, palette, guide, coverage) / max_distance
        flips, wrong = flips[wrong <= 1], wrong[wrong <= 1]
        if not len(flips):
            break
        before = labels.copy()
        _apply(labels, flips, _gain(labels, flips) - np.clip(wrong, 0, None) * 0.5)
        if np.array_equal(before, labels):
            break
        fresh = maximum_filter(before != labels, 2 * _WINDOW + 5)
    return labels


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


def _apply(labels: np.ndarray, flips: np.ndarray, gain: np.ndarray) -> None:
    """Make the flips that help, best first, no two within each other's window; in place."""
    taken = np.zeros(labels.shape, bool)
    for i in np.argsort(-gain, kind="stable"):
        if gain[i] <= 0:
            break
        row, column, new = flips[i]
        near = (slice(max(0, row - 4), row + 5), slice(max(0, column - 4), column + 5))
        if not taken[near].any():
            taken[row, column] = True
            labels[row, column] = new


def _gain(labels: np.ndarray, flips: np.ndarray) -> np.ndarray:
    """How many defects fewer each flip leaves in its window, (n,)."""
    size = 2 * _WINDOW + 1
    padded = np.pad(labels, _WINDOW, constant_values=_NOBODY)
    windows = np.lib.stride_tricks.sliding_window_view(padded, (size, size))
    before = windows[flips[:, 0], flips[:, 1]].copy()
    after = before.copy()
    after[:, _WINDOW, _WINDOW] = flips[:, 2]
    return _defects(before) - _defects(after)


def _defects(windows: np.ndarray) -> np.ndarray:
    return _find(windows).sum((1, 2)) + _orphans(windows) + _bumps(windows).sum((1, 2))


def _bumps(labels: np.ndarray) -> np.ndarray:
    """Single pixels that stick out of a flat side into one other area, (n, h, w) bool."""
    found = np.zeros(labels.shape, bool)
    inner = labels[:, 1:-1, 1:-1]
    for dy, dx in ((-1, 0), (0, 1), (1, 0), (0, -1)):

        def at(out: int, along: int, dy: int = dy, dx: int = dx) -> np.ndarray:
            y, x = 1 + out * dy + along * dx, 1 + out * dx + along * dy
            return labels[:, y : y + inner.shape[1], x : x + inner.shape[2]]

        ground = at(1, 0)
        free = (ground != inner) & (at(0, -1) == ground) & (at(0, 1) == ground)
        flat = (at(-1, -1) != ground) & (at(-1, 0) != ground) & (at(-1, 1) != ground)
        found[:, 1:-1, 1:-1] |= free & flat & (inner >= 0) & (ground != _NOBODY)
    return found


def _orphans(windows: np.ndarray) -> np.ndarray:
    """Pixels in the middle 5x5 of each window without a like neighbour, (n,)."""
    lo, hi = _WINDOW - 2, _WINDOW + 3
    middle = windows[:, lo:hi, lo:hi]
    alone = middle >= 0
    for dy in (-1, 0, 1):
        for dx in (-1, 0, 1):
            if dy or dx:
                alone &= windows[:, lo + dy : hi + dy, lo + dx : hi + dx] != middle
    return alone.sum((1, 2))


def _find(labels: np.ndarray, flips: list | None = None) -> np.ndarray:
    """`uneven` on a batch; with a list, also collects the flips that could mend each run."""
    count = np.zeros(labels.shape, np.int32)
    n, height, width = labels.shape
    place = np.arange(n * height * width).reshape(n, height, width)
    for quarter in range(4):
        for mirrored in (False, True):
            turned = np.rot90(labels, quarter, (1, 2))
            where = np.rot90(place, quarter, (1, 2))
            if mirrored:
                turned, where = turned[:, :, ::-1], where[:, :, ::-1]
            hits = _climbing(turned)
            if len(hits[0]):
                image, row, first, _last = hits
                np.add.at(count.reshape(-1), where[image, row, first], 1)
                if flips is not None:
                    _mend(turned, where, hits, flips)
    return count


def _climbing(labels: np.ndarray) -> tuple[np.ndarray, ...]:
    """Uneven steps on top of areas that climb to the right: (image, row, first, last column)."""
    n, height, width = labels.shape
    padded = np.full((n, height + 4, width + 4), _NOBODY, np.int16)
    padded[:, 2:-2, 2:-2] = labels
    flat, down = padded.ravel(), width + 4  # one pixel to the right is +1, one below is +down
    top = np.zeros(flat.shape, bool)  # pixels with a crack above that somebody drew
    top[down:] = (flat[down:] >= 0) & (flat[down:] != flat[:-down]) & (flat[:-down] != _NOBODY)
    joined = top[1:] & top[:-1] & (flat[1:] == flat[:-1])
    first = np.flatnonzero(top[1:] & ~joined) + 1  # where runs of such cracks begin,
    last = np.flatnonzero(top[:-1] & ~joined)  # and where they end: the k-th begins and ends
    color = flat[first]
    climbs = (flat[first - 1] != color) & (flat[first + down - 1] == color)
    climbs &= (flat[first + down] == color) & (flat[last + 1] == color)
    climbs &= (flat[last + 1 - down] == color) & (flat[last + 1 - 2 * down] != color)
    run = np.flatnonzero(climbs)
    before = np.searchsorted(last, first[run] + down - 1)  # the run one step below ends here
    after = np.searchsorted(first, last[run] + 1 - down)  # the run one step above begins here
    after = np.minimum(after, max(len(first) - 1, 0))
    whole = first[after] == last[run] + 1 - down  # else it lies on the picture's border
    here, length = last[run] - first[run] + 1, last - first + 1
    broken = whole & ((here - length[before]) * (here - length[after]) > 0)
    start, stop = first[run[broken]], last[run[broken]]
    image, place = np.divmod(start, (height + 4) * down)
    row, column = np.divmod(place, down)
    return image, row - 2, column - 2, column - 2 + stop - start


def _mend(labels: np.ndarray, where: np.ndarray, hits: tuple, flips: list) -> None:
    """The four pixels at the ends of each uneven run that could change sides."""
    image, row, first, last = hits
    color = labels[image, row, first]
    for y, x, new in (
        (row, first, labels[image, row, first - 1]),  # give up the first pixel
        (row - 1, last, color),  # the next step begins one pixel earlier
        (row, first - 1, color),  # begin one pixel earlier
        (row - 1, last + 1, labels[image, row - 1, last]),  # the next step begins later
    ):
        old = labels[image, y, x]
        good = (old != _NOBODY) & (new != _NOBODY) & (old != new)
        flips.append(np.stack([where[image, y, x][good], new[good].astype(np.int64)], -1))


def _flips(labels: np.ndarray) -> np.ndarray:
    """All single-pixel flips worth trying, (n, 3): row, column, new label."""
    found: list[np.ndarray] = []
    _find(labels[None], found)
    bumps = np.flatnonzero(_bumps(labels[None])[0])
    if len(bumps):
        y, x = np.unravel_index(bumps, labels.shape)
        for dy, dx in ((-1, 0), (0, 1), (1, 0), (0, -1)):  # one of these four is the open side
            new = labels[y + dy, x + dx].astype(np.int64)
            differs = new != labels[y, x]
            found.append(np.stack([bumps[differs], new[differs]], -1))
    if not found:
        return np.zeros((0, 3), np.int64)
    place, new = np.unique(np.concatenate(found), axis=0).T
    return np.stack([place // labels.shape[1], place % labels.shape[1], new], -1)
