"""How evenly the outlines of a sprite climb, judged as a pixel artist does.

The outline of each 4-connected area is walked along the cracks between pixels (Freeman's crack
code, 1961). It falls into straight runs; a staircase is a stretch in which right and left turns
alternate. A line that is drawn well keeps the length of its runs, a curve changes it one way.

Seen as a stair, each run is a tread between two risers, whichever way it lies. Two different faults
are counted. A *break*: a tread longer, or shorter, than the treads before and after it where both
risers are one pixel, 3 1 3 or 2 4 2. A *mixed slope*: a tread of two or more whose one riser is one
pixel, as on a flat slope, and whose other is two or more, as on a steep one: a corner in the line.
Mending breaks alone turns them into mixed slopes, and the other way round; read both.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from pincel.art.sprite import TRANSPARENT

Crack = tuple[int, int, int]
"""One side of a pixel: row, column, side (0 top, 1 right, 2 bottom, 3 left)."""

_BEYOND = -2  # what lies outside the picture: unlike everything inside
# Each side is walked with its pixel on the right hand: top to the right, right side down, ...
_AHEAD = ((0, 1), (1, 0), (0, -1), (-1, 0))
_ACROSS = ((-1, 0), (0, 1), (1, 0), (0, -1))


@dataclass(frozen=True)
class StraightRun:
    """A straight stretch of an outline: its cracks, the turn at its end (1 right, -1 left), and
    whether it lies on the border of the picture, which nobody drew."""

    cracks: tuple[Crack, ...]
    turn: int
    border: bool


@dataclass(frozen=True)
class Staircases:
    """All steps of all staircases of a picture, each named by the run that it is.

    steps   how many runs have a step before and after them
    uneven  breaks: those longer, or shorter, than both neighbouring treads where both risers are
            one pixel
    mixed   those at least two pixels long with one riser of one pixel and one of two or more
    double  those at least two pixels long that also rise by two or more: chunky steps
    """

    steps: int
    uneven: tuple[StraightRun, ...]
    mixed: tuple[StraightRun, ...]
    double: tuple[StraightRun, ...]

    @property
    def jag(self) -> float:
        """The share of breaks, 0-1."""
        return len(self.uneven) / max(self.steps, 1)

    @property
    def mix(self) -> float:
        """The share of mixed slopes, 0-1."""
        return len(self.mixed) / max(self.steps, 1)

    @property
    def dbl(self) -> float:
        """The share of double steps, 0-1."""
        return len(self.double) / max(self.steps, 1)


def staircases(indices: np.ndarray) -> Staircases:
    """Find and judge the staircases of a grid of indices, (h, w), -1 where transparent."""
    steps = 0
    uneven: list[StraightRun] = []
    mixed: list[StraightRun] = []
    double: list[StraightRun] = []
    for runs in closed_outlines(indices):
        count = len(runs)
        for i in range(count if count >= 5 else 0):
            near = [runs[(i + step) % count] for step in (-2, -1, 0, 1, 2)]
            if any(run.border for run in near):
                continue
            turns = [run.turn for run in near[:4]]
            if turns[0] != turns[2] or turns[1] != turns[3] or turns[0] == turns[1]:
                continue
            steps += 1
            before, rise_in, here, rise_out, after = (len(run.cracks) for run in near)
            if rise_in == rise_out == 1 and (here - before) * (here - after) > 0:
                uneven.append(runs[i])
            if here >= 2 and min(rise_in, rise_out) == 1 < max(rise_in, rise_out):
                mixed.append(runs[i])
            if here >= 2 and rise_out >= 2:
                double.append(runs[i])
    return Staircases(steps, tuple(uneven), tuple(mixed), tuple(double))


def closed_outlines(indices: np.ndarray) -> Iterator[list[StraightRun]]:
    """The closed outlines of all opaque areas of (h, w) whole numbers, -1 where transparent, each
    as its runs in walking order."""
    padded = np.pad(indices, 1, constant_values=_BEYOND)
    height, width = indices.shape
    opaque = indices != TRANSPARENT
    starts = np.stack(
        [
            opaque & (padded[1 + dy : 1 + dy + height, 1 + dx : 1 + dx + width] != indices)
            for dy, dx in _ACROSS
        ]
    )
    grid = padded.tolist()  # plain lists: single look-ups are five times faster than in arrays
    walked: set[Crack] = set()
    for side, row, column in np.argwhere(starts).tolist():
        if (row, column, side) not in walked:
            yield _walk(grid, walked, (row, column, side))


def _walk(grid: list[list[int]], walked: set[Crack], start: Crack) -> list[StraightRun]:
    runs: list[StraightRun] = []
    cracks: list[Crack] = []
    border = False
    row, column, side = start
    while (row, column, side) not in walked:
        walked.add((row, column, side))
        cracks.append((row, column, side))
        own = grid[row + 1][column + 1]
        across_row, across_column = _ACROSS[side]
        border |= grid[row + 1 + across_row][column + 1 + across_column] == _BEYOND
        ahead_row, ahead_column = row + _AHEAD[side][0], column + _AHEAD[side][1]
        if grid[ahead_row + 1][ahead_column + 1] != own:
            turn = 1
        else:
            row, column = ahead_row, ahead_column
            turn = 0
            if grid[row + 1 + across_row][column + 1 + across_column] == own:
                row, column = row + across_row, column + across_column
                turn = -1
        if turn:
            runs.append(StraightRun(tuple(cracks), turn, border))
            side = (side + turn) % 4
            cracks, border = [], False
    if cracks:  # the walk began in the middle of a run: its two halves belong together
        first = runs[0]
        runs[0] = StraightRun(tuple(cracks) + first.cracks, first.turn, border or first.border)
    return runs
