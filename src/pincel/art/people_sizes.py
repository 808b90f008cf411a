"""Smaller people of the same parts: which rows and columns they lack."""

from __future__ import annotations

from pincel.art.drawn_parts import SIDE

_HAND = (21, 20)
"""Column and row of the hand on the right of a large one."""
SMALLER = {
    27: ((1, 6, 13, 18, 25), (15, 16)),
    23: ((4, 11, 13, 16, 18, 21, 25, 26), (11, 15, 16, 20)),
    18: ((1, 4, 6, 7, 11, 13, 14, 16, 17, 18, 21, 24, 25, 26), (11, 14, 15, 16, 20, 21)),
}
"""Smaller people: at most so many rows, and the rows and columns of the large ones that they lack.
These repeat others, so that lines stay of one pixel and nothing is resampled."""


HEAD, CROWN, SMALL_HEAD = 12, 4, 10
"""How wide a head is, its outline with it; its first row; small hats are for less than this."""


def spared(side: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The rows and columns that a person of at most `side` pixels (18 or more) lacks."""
    if side >= SIDE:
        return (), ()
    return next(SMALLER[most] for most in SMALLER if most <= side)


def hand_of(side: int) -> tuple[int, int]:
    """Column and row of the hand on the right of a person of at most `side` pixels, standing."""
    rows, columns = spared(side)
    x, y = _HAND
    return x - sum(n < x for n in columns), y - sum(n < y for n in rows)
