"""The steps of many small pictures at once, with their faults: `staircases`, made quick.

`staircases` walks every outline and is the judge. Here the same steps are found by comparing whole
arrays, so that the consequences of thousands of small changes can be counted. Risers longer than
REACH are not followed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

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


def slope_steps(labels: np.ndarray, reach: int = REACH, *, places: bool = True) -> Iterator[Steps]:
    """All steps of a batch of index grids, (n, h, w) whole numbers, -1 transparent, -2 beyond the
    border: one `Steps` for each of the eight ways that a staircase can climb. Those beside a riser
    of more than `reach` pixels are left out. Without `places` nobody looks up where they lie:
    `first` and `last` are empty."""
    place = np.arange(labels.size).reshape(labels.shape) if places else None
    for quarter in range(4):
        for mirrored in (False, True):
            way = slice(None, None, -1 if mirrored else 1)
            turned = np.rot90(labels, quarter, (1, 2))[:, :, way]
            where = None if place is None else np.rot90(place, quarter, (1, 2))[:, :, way]
            yield _climbing(turned, where, reach)


def _climbing(labels: np.ndarray, where: np.ndarray | None, reach: int) -> Steps:
    """The steps on top of areas that climb to the right."""
    _, height, width = labels.shape
    down = width + 1  # in `flat` one pixel to the right is +1, one below is +down
    margin = reach * down  # so that no look at a neighbour leaves the array
    kind = np.int8 if labels.dtype == np.int8 else np.int16
    # a row above each picture and a column before it keep them apart on all sides
    flat = np.full(labels.shape[0] * (height + 1) * down + 2 * margin, NOBODY, kind)
    grid = flat[margin:-margin].reshape(-1, height + 1, down)
    grid[:, 1:, 1:] = labels
    first, last = _tops(flat, down)
    color = flat[first]
    climbs = (flat[first - 1] != color) & (flat[first - 1] != NOBODY)
    climbs &= (flat[last + 1] == color) & (flat[last + 1 - down] == color)
    run = np.flatnonzero(climbs)
    rise_in = _rise_in(flat, down, first[run], reach)
    run, rise_in = run[rise_in > 0], rise_in[rise_in > 0]
    rise_out = _rise_out(flat, down, last[run], reach)
    run, rise_in, rise_out = run[rise_out > 0], rise_in[rise_out > 0], rise_out[rise_out > 0]
    end, start = first[run] + rise_in * down - 1, last[run] + 1 - rise_out * down
    before = np.minimum(np.searchsorted(last, end), max(len(last) - 1, 0))
    after = np.minimum(np.searchsorted(first, start), max(len(first) - 1, 0))
    whole = (last[before] == end) & (first[after] == start)  # else it lies on the border
    run, before, after = run[whole], before[whole], after[whole]
    length = last - first + 1

    return Steps(
        image=(first[run] - margin) // ((height + 1) * down),
        first=_placed(where, first[run] - margin, down),
        last=_placed(where, last[run] - margin, down),
        before=length[before],
        rise_in=rise_in[whole],
        here=length[run],
        rise_out=rise_out[whole],
        after=length[after],
    )


def _placed(where: np.ndarray | None, at: np.ndarray, down: int) -> np.ndarray:
    """What `where` (n, h, w) says of places in pictures with a row above and a column before them,
    (m,); nothing where it says nothing."""
    if where is None:
        return at[:0]
    image, rest = np.divmod(at, (where.shape[1] + 1) * down)
    row, column = np.divmod(rest, down)
    found: np.ndarray = where[image, row - 1, column - 1]
    return found


def _tops(flat: np.ndarray, down: int) -> tuple[np.ndarray, np.ndarray]:
    """The first and last pixel of every run of drawn upper sides, left to right."""
    top = np.zeros(flat.shape, bool)
    above = flat[:-down]
    top[down:] = (flat[down:] >= 0) & (flat[down:] != above) & (above != NOBODY)
    joined = top[1:] & top[:-1] & (flat[1:] == flat[:-1])
    return np.flatnonzero(top[1:] & ~joined) + 1, np.flatnonzero(top[:-1] & ~joined)


def _rise_in(flat: np.ndarray, down: int, first: np.ndarray, reach: int) -> np.ndarray:
    """How long the risers before treads are that begin at `first`, (m,); 0 where there is none."""
    found = np.zeros(len(first), np.int64)
    here, at, color = np.arange(len(first)), first, flat[first]  # those still followed
    for length in range(1, reach + 1):
        at = at + down
        left, goes_on = flat[at - 1], flat[at] == color
        found[here[goes_on & (left == color)]] = length
        on = np.flatnonzero(goes_on & (left != color) & (left != NOBODY))
        here, at, color = here[on], at[on], color[on]
    return found


def _rise_out(flat: np.ndarray, down: int, last: np.ndarray, reach: int) -> np.ndarray:
    """How long the risers after treads are that end at `last`, (m,); 0 where there is none."""
    found = np.zeros(len(last), np.int64)
    here, at, color = np.arange(len(last)), last + 1 - down, flat[last]
    for length in range(1, reach + 1):
        at = at - down
        own, left = flat[at], flat[at - 1]
        found[here[(own != color) & (own != NOBODY)]] = length
        on = np.flatnonzero((own == color) & (left != color) & (left != NOBODY))
        here, at, color = here[on], at[on], color[on]
    return found
