"""The form a sketch begins with: outlines of sprites that people drew, bent a little.

A small network knows colours and shades of a thing better than its form. So each sketch is told an
outline of such a thing, as a scribble by hand would be: one of those that were kept of the sprites
it learned from (`tools/draw_shapes.py`; only sources under CC0, MIT, BSD or Apache 2.0), mirrored
half of the time, and a row or a column longer or shorter. What is inside is the network's.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

SIDE = 16
_SALT = 20_25
_FEW = 2
"""Of a thing with fewer outlines than this, half of the sketches are begun without one."""
_LEAST = 10
"""Nothing below so many pixels is made shorter."""


@dataclass(frozen=True, eq=False)
class Shapes:
    """Outlines of many things.

    thing  (n,) ids of what they show;  words  (n, w) ids of what else they are called, 0: none
    lines  (n, 16, 16) bool: the silhouette's border and dark lines inside
    """

    thing: np.ndarray
    words: np.ndarray
    lines: np.ndarray

    def some(self, words: Sequence[int], seed: int, count: int) -> np.ndarray | None:
        """Outlines (count, 16, 16) bool for the first of the words that there are any of, the same
        for the same seed; an empty one leaves a sketch free. None: there are none of any."""
        rows = next((r for w in words if w > 0 and len(r := np.flatnonzero(self.thing == w))), None)
        if rows is None:
            return None
        rng = np.random.default_rng([seed, SIDE, _SALT])
        called = np.isin(self.words[rows], [w for w in words if w > 0]).sum(1)
        order = rows[np.lexsort((rng.random(len(rows)), -called))]
        made = np.stack([bent(self.lines[row], rng) for row in np.resize(order, count)])
        if len(rows) < _FEW:
            made[1::2] = False
        return made


def bent(lines: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """An outline's `lines`, (s, s) bool, mirrored half of the time; half of the time a row is
    doubled or left out, where it is most like the next one, and so a column."""
    if rng.random() < 0.5:
        lines = lines[:, ::-1]
    for turned in (False, True):
        way = rng.integers(-1, 3)  # shorter, the same, the same, longer
        lines = lines.T if turned else lines
        if way in (-1, 1):
            lines = _stretched(lines, bool(way == 1), rng)
        lines = lines.T if turned else lines
    return np.ascontiguousarray(lines)


def _stretched(lines: np.ndarray, longer: bool, rng: np.random.Generator) -> np.ndarray:
    """One row more or less, (s, s) bool; the lowest row stays where there is room above it."""
    ys = np.flatnonzero(lines.any(1))
    high = int(ys[-1] - ys[0]) + 1 if len(ys) else 0
    if high < _LEAST or (longer and high == len(lines)):
        return lines
    rows = np.arange(ys[0] + 1, ys[-1] - 1)
    unlike = (lines[rows] != lines[rows + 1]).sum(1) + rng.random(len(rows))
    row = int(rows[unlike.argmin()])
    body = np.delete(lines[ys[0] : ys[-1] + 1], row - ys[0], 0)
    if longer:
        body = np.insert(lines[ys[0] : ys[-1] + 1], row - ys[0], lines[row], 0)
    top = max(0, int(ys[-1]) + 1 - len(body))
    made = np.zeros_like(lines)
    made[top : top + len(body)] = body
    return made


def read_shapes(data: bytes) -> Shapes:
    """The outlines that `shape_bytes` wrote. ValueError or KeyError when they are damaged."""
    with np.load(io.BytesIO(data), allow_pickle=False) as held:
        bits = np.unpackbits(held["lines"], axis=1)[:, : SIDE * SIDE]
        return Shapes(held["thing"], held["words"], bits.reshape(-1, SIDE, SIDE).astype(bool))


def shape_bytes(shapes: Shapes) -> bytes:
    """Outlines as a file."""
    held = io.BytesIO()
    bits = np.packbits(shapes.lines.reshape(len(shapes.lines), -1), axis=1)
    np.savez_compressed(
        held, thing=shapes.thing.astype(np.uint16), words=shapes.words.astype(np.uint16), lines=bits
    )
    return held.getvalue()
