"""Animations whose frames are patches: how each is laid over what was there, and what becomes of it
afterwards. GIF and APNG say it in the same terms; browsers show it so, and so it is here.

Sources: GIF89a specification, 23; PNG specification third edition (2025), 11.3.6 and "APNG"; where
nothing was drawn, nothing is shown, whatever a background colour says.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

KEEP, CLEAR, PREVIOUS = range(3)
"""What becomes of a frame's area when its time is over: it stays, becomes transparent, or is again
what it was before."""


@dataclass(frozen=True, eq=False)
class Patch:
    """One frame as it is stored.

    rgba         (h, w, 4) uint8, straight alpha
    x, y         where it lies on the canvas; what sticks out is cut
    duration     milliseconds
    disposal     KEEP, CLEAR or PREVIOUS
    over         alpha lets the canvas through (as all of GIF); else the patch replaces its area
    """

    rgba: np.ndarray
    x: int
    y: int
    duration: float
    disposal: int
    over: bool


def shown_frames(
    patches: Iterable[Patch], width: int, height: int
) -> Iterator[tuple[np.ndarray, float]]:
    """Each frame as it is to be seen, (height, width, 4) uint8, and its milliseconds."""
    canvas = np.zeros((height, width, 4), np.uint8)
    for number, patch in enumerate(patches):
        bottom, right = patch.y + patch.rgba.shape[0], patch.x + patch.rgba.shape[1]
        area = canvas[patch.y : bottom, patch.x : right]
        part = patch.rgba[: area.shape[0], : area.shape[1]]
        before = area.copy() if patch.disposal == PREVIOUS else None
        area[...] = laid_over(area, part) if patch.over else part
        yield canvas.copy(), patch.duration
        if patch.disposal == CLEAR or (patch.disposal == PREVIOUS and number == 0):
            area[...] = 0
        elif before is not None:
            area[...] = before


def laid_over(below: np.ndarray, above: np.ndarray) -> np.ndarray:
    """`above` over `below`, both (h, w, 4) uint8 with straight alpha, in whole numbers and rounded
    (Porter and Duff, 1984, "over")."""
    top, under = above[..., 3:].astype(np.int64), below[..., 3:].astype(np.int64)
    through = under * (255 - top)  # of 255 * 255
    whole = 255 * top + through
    color = above[..., :3] * (255 * top) + below[..., :3] * through
    rgb = (2 * color + whole) // np.maximum(2 * whole, 1)
    alpha = (2 * whole + 255) // 510
    return np.concatenate([rgb, alpha], -1).astype(np.uint8)


def carried(times: Sequence[float], unit: int = 1, least: int | Sequence[int] = 0) -> list[int]:
    """Times of frames as multiples of `unit`, at least `least` (for all or each). What rounding
    takes from one frame the next one gets: the sum up to every frame is right to half a unit, as
    long as `least` lengthens none."""
    told, due = [], Fraction(0)
    for time, floor in zip(times, np.broadcast_to(least, len(times)).tolist(), strict=True):
        due += Fraction(time)
        shown = max(int(due / unit + Fraction(1, 2)) * unit, floor)
        told.append(shown)
        due -= shown
    return told
