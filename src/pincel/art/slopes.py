"""The steps of many small pictures at once, with their faults: `staircases`, made quick.

`staircases` walks every outline and is the judge. Here the same steps are found by comparing whole
arrays, so that the consequences of thousands of small changes can be counted. Risers longer than
REACH are not followed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

NOBODY = -2
"""What lies beyond the border of a picture; nobody drew the outline there."""
REACH = 8
"""The longest riser that is followed, in pixels, where nothing else is asked for."""


@dataclass(frozen=True, eq=False)
class Steps:
    """Treads that climb, each with what comes before and after it; all arrays (m,) int.

    image        which picture; first, last  flat place (of all pictures) of the tread's end pixels
    before, here, after  lengths of this tread and of its two neighbours
    rise_in, rise_out    lengths of the risers on both its sides
    """

    image: np.ndarray
    first: np.ndarray
    last: np.ndarray
    before: np.ndarray
    rise_in: np.ndarray
    here: np.ndarray
    rise_out: np.ndarray
    after: np.ndarray

    @property
    def uneven(self) -> np.ndarray:
        """(m,) bool: breaks, as `staircases.Staircases.uneven`."""
        single = (self.rise_in == 1) & (self.rise_out == 1)
        return single & ((self.here - self.before) * (self.here - self.after) > 0)

    @property
    def mixed(self) -> np.ndarray:
        """(m,) bool: mixed slopes, as `staircases.Staircases.mixed`."""
        low = np.minimum(self.rise_in, self.rise_out)
        return (self.here >= 2) & (low == 1) & (np.maximum(self.rise_in, self.rise_out) >= 2)

    @property
    def double(self) -> np.ndarray:
        """(m,) bool: as `staircases.Staircases.double`."""
        return (self.here >= 2) & (self.rise_out >= 2)


def slope_steps(labels: np.ndarray, reach: int = REACH, *, places: bool = True) -> Steps:
    """All steps of a batch of index grids, (n, h, w) whole numbers, -1 transparent, -2 beyond the
    border, whichever of the eight ways a staircase climbs. Those beside a riser of more than
    `reach` pixels are left out. Without `places` nobody looks up where they lie: `first` and `last`
    are empty."""
    flats, ways, where, behind = [], [], [], 0
    for turned in (False, True):  # on their side, columns are rows
        seen = labels.swapaxes(1, 2) if turned else labels
        flat, down = laid_flat(seen, reach)
        about = behind + reach * down, (seen.shape[1] + 1) * down
        for below in (down, -down):
            left, right = (ends + behind for ends in _tops(flat, below))
            ways.append(_Way(left, right, 1, below, *about))
            ways.append(_Way(right, left, -1, below, *about))
        if places:
            place = np.arange(labels.size).reshape(labels.shape)
            where.append(laid_flat(place.swapaxes(1, 2) if turned else place, reach)[0])
        flats.append(flat)
        behind += len(flat)
    steps = _climbing(np.concatenate(flats), ways, reach)
    place = np.concatenate(where) if places else steps.first[:0]
    ends = (place[steps.first], place[steps.last]) if places else (place, place)
    return replace(steps, first=ends[0], last=ends[1])


def laid_flat(labels: np.ndarray, reach: int) -> tuple[np.ndarray, int]:
    """Grids one after the other, flat, (m,), and how far in it a pixel is from the one below (from
    the one beside it: 1). A row above each grid and below the last, and a column before each, are
    NOBODY and keep them apart; so is a margin of `reach` rows at both ends, so that no look at a
    neighbour leaves the array.

    labels: (n, h, w) whole numbers."""
    count, height, width = labels.shape
    down = width + 1
    margin = reach * down
    size = (count * (height + 1) + 1) * down
    flat = np.full(size + 2 * margin, NOBODY, labels.dtype)
    grid = flat[margin : margin + size - down]
    grid.reshape(-1, height + 1, down)[:, 1:, 1:] = labels
    return flat, down


@dataclass(frozen=True, eq=False)
class _Way:
    """One of the eight ways that a staircase can climb: the ends of its possible treads, (m,) each,
    ascending, and what "to the right" and "below" mean on it. Its pictures begin at `base` and have
    `size` pixels."""

    first: np.ndarray
    last: np.ndarray
    right: int
    down: int
    base: int
    size: int


def _climbing(flat: np.ndarray, ways: list[_Way], reach: int) -> Steps:
    """The steps on top of areas that climb to the right, of all ways."""
    runs = [np.flatnonzero(_begins(flat, w)[w.first] & _ends(flat, w)[w.last]) for w in ways]
    way = np.repeat(np.arange(len(ways)), [len(run) for run in runs])
    right, down, base, size = (
        np.array([getattr(w, one) for w in ways])[way] for one in ("right", "down", "base", "size")
    )
    first = np.concatenate([w.first[run] for w, run in zip(ways, runs, strict=True)])
    last = np.concatenate([w.last[run] for w, run in zip(ways, runs, strict=True)])
    rise_in = _rise_in(flat, right, down, first, reach)
    rise_out = _rise_out(flat, right, down, last, reach)
    end, start = first + rise_in * down - right, last + right - rise_out * down
    before, after = np.zeros_like(first), np.zeros_like(first)
    whole = (rise_in > 0) & (rise_out > 0)
    begin = 0
    for w, run in zip(ways, runs, strict=True):
        here = begin + np.flatnonzero(whole[begin : begin + len(run)])
        begin += len(run)
        if len(here):
            most = len(w.first) - 1
            one = np.minimum(np.searchsorted(w.last, end[here]), most)
            two = np.minimum(np.searchsorted(w.first, start[here]), most)
            # else it lies on the border
            whole[here] = (w.last[one] == end[here]) & (w.first[two] == start[here])
            before[here] = np.abs(w.last[one] - w.first[one]) + 1
            after[here] = np.abs(w.last[two] - w.first[two]) + 1
    return Steps(
        image=((first - base) // size)[whole],
        first=first[whole],
        last=last[whole],
        before=before[whole],
        rise_in=rise_in[whole],
        here=(np.abs(last - first) + 1)[whole],
        rise_out=rise_out[whole],
        after=after[whole],
    )


def _begins(flat: np.ndarray, way: _Way) -> np.ndarray:
    """Pixels beside which another area ends, on the left."""
    found = np.zeros(flat.shape, bool)
    own, left = (flat[1:], flat[:-1])[:: way.right]
    np.logical_and(own != left, left != NOBODY, out=(found[1:] if way.right == 1 else found[:-1]))
    return found


def _ends(flat: np.ndarray, way: _Way) -> np.ndarray:
    """Pixels whose area goes on to the right, and above that."""
    far = abs(way.down) + 1
    size = len(flat) - 2 * far
    own, right, up = (
        flat[far + by : far + by + size] for by in (0, way.right, way.right - way.down)
    )
    found = np.zeros(flat.shape, bool)
    np.logical_and(own == right, own == up, out=found[far : far + size])
    return found


def _tops(flat: np.ndarray, down: int) -> tuple[np.ndarray, np.ndarray]:
    """The leftmost and rightmost pixel of every run of drawn upper sides."""
    top = np.zeros(flat.shape, bool)
    if down > 0:
        own, above = slice(down, None), slice(None, -down)
    else:
        own, above = slice(None, down), slice(-down, None)
    top[own] = (flat[own] >= 0) & (flat[own] != flat[above]) & (flat[above] != NOBODY)
    joined = top[1:] & top[:-1] & (flat[1:] == flat[:-1])
    return np.flatnonzero(top[1:] & ~joined) + 1, np.flatnonzero(top[:-1] & ~joined)


def _rise_in(
    flat: np.ndarray, right: np.ndarray, down: np.ndarray, first: np.ndarray, reach: int
) -> np.ndarray:
    """How long the risers before treads are that begin at `first`, (m,); 0 where there is none."""
    found = np.zeros(len(first), np.int64)
    here, at, color = np.arange(len(first)), first, flat[first]  # those still followed
    for length in range(1, reach + 1):
        at = at + down
        left, goes_on = flat[at - right], flat[at] == color
        found[here[goes_on & (left == color)]] = length
        on = np.flatnonzero(goes_on & (left != color) & (left != NOBODY))
        if not len(on):
            break
        here, at, color, right, down = here[on], at[on], color[on], right[on], down[on]
    return found


def _rise_out(
    flat: np.ndarray, right: np.ndarray, down: np.ndarray, last: np.ndarray, reach: int
) -> np.ndarray:
    """How long the risers after treads are that end at `last`, (m,); 0 where there is none."""
    found = np.zeros(len(last), np.int64)
    here, at, color = np.arange(len(last)), last + right - down, flat[last]
    for length in range(1, reach + 1):
        at = at - down
        own, left = flat[at], flat[at - right]
        found[here[(own != color) & (own != NOBODY)]] = length
        on = np.flatnonzero((own == color) & (left != color) & (left != NOBODY))
        if not len(on):
            break
        here, at, color, right, down = here[on], at[on], color[on], right[on], down[on]
    return found
