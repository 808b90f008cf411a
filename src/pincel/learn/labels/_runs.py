"""Masks as runs of pixels: COCO's RLE, plain and compressed, and CVAT's.

COCO counts down the columns, CVAT along the rows of a window; both begin with pixels outside.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np


def counted(flat: np.ndarray) -> list[int]:
    """Lengths of runs of a bool array (n,), outside first."""
    if not len(flat):
        return []
    ends = np.flatnonzero(np.diff(flat.astype(np.int8))) + 1
    runs = np.diff(np.concatenate([[0], ends, [len(flat)]])).tolist()
    return [0, *runs] if flat[0] else runs


def filled_runs(runs: Sequence[int], count: int) -> np.ndarray:
    """Runs as a bool array (count,). ValueError where they do not add up."""
    if sum(runs) != count or any(run < 0 for run in runs):
        raise ValueError(f"runs of {sum(runs)} pixels for {count}")
    return np.repeat(np.arange(len(runs)) % 2 == 1, runs)


def squeezed(runs: Sequence[int]) -> str:
    """COCO's text: each run less the one two before it, in digits of 5 bits above "0"."""
    said = []
    for place, run in enumerate(runs):
        value = run - runs[place - 2] if place > 2 else run
        more = True
        while more:
            digit = value & 31
            value >>= 5
            more = value != (-1 if digit & 16 else 0)
            said.append(chr((digit | (32 if more else 0)) + 48))
    return "".join(said)


def unsqueezed(text: str) -> list[int]:
    """The runs of COCO's text. ValueError where it is none."""
    runs: list[int] = []
    value = shift = 0
    for letter in text:
        digit = ord(letter) - 48
        if not 0 <= digit < 64:
            raise ValueError(f"{letter!r} in a run-length text")
        value |= (digit & 31) << shift
        shift += 5
        if not digit & 32:
            value -= (1 << shift) if digit & 16 else 0
            runs.append(value + (runs[-2] if len(runs) > 2 else 0))
            value = shift = 0
    if shift:
        raise ValueError("a run-length text ends in the middle of a number")
    return runs
