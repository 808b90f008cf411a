"""What the numbers of a picture are like: shape, kind, range, spread, how often each comes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

KINDS = ("grey", "grey-alpha", "rgb", "rgba", "channels", "volume")


@dataclass(frozen=True)
class Summary:
    """The numbers of one channel. Missing values (NaN, infinite) are counted and left out."""

    least: float
    most: float
    mean: float
    deviation: float
    median: float
    distinct: int
    missing: int = 0


def kind(values: np.ndarray, height: int, width: int) -> str:
    """What an array is, as a picture shown (height, width): one of `KINDS`.

    A three-dimensional array whose last two sides are the picture's is a volume, (d, h, w);
    otherwise the last axis holds channels.
    """
    if values.ndim == 2:
        return "grey"
    if values.shape[:2] != (height, width) and values.shape[1:3] == (height, width):
        return "volume"
    names = {1: "grey", 2: "grey-alpha", 3: "rgb", 4: "rgba"}
    return names.get(values.shape[-1], "channels")


def product(shape: tuple[int, ...]) -> int:
    """How many numbers an array of this shape holds: 224 x 224 x 3 is 150,528."""
    count = 1
    for side in shape:
        count *= int(side)
    return count


def summary(channel: np.ndarray) -> Summary:
    """Least, most, mean, standard deviation (of all values, not of a sample), median, distinct."""
    flat = np.asarray(channel).ravel()
    good = flat
    if np.issubdtype(flat.dtype, np.floating):
        good = flat[np.isfinite(flat)]
    if not good.size:
        nothing = float("nan")
        return Summary(nothing, nothing, nothing, nothing, nothing, 0, flat.size)
    wide = good.astype(np.float64)
    return Summary(
        least=float(wide.min()),
        most=float(wide.max()),
        mean=float(wide.mean()),
        deviation=float(wide.std()),
        median=float(np.median(wide)),
        distinct=int(np.unique(good).size),
        missing=int(flat.size - good.size),
    )


def histogram(channel: np.ndarray, bins: int = 256) -> tuple[np.ndarray, np.ndarray]:
    """How often each value comes: (counts (n,), edges (n + 1,)).

    uint8 has one bin for each of its 256 values, bool two; others `bins` even ones from least to
    most.
    """
    flat = np.asarray(channel).ravel()
    if flat.dtype == bool:
        flat, span, bins = flat.astype(np.uint8), (0.0, 2.0), 2
    elif flat.dtype == np.uint8:
        span, bins = (0.0, 256.0), 256
    else:
        flat = flat[np.isfinite(flat)].astype(np.float64)
        least, most = (float(flat.min()), float(flat.max())) if flat.size else (0.0, 1.0)
        span = (least, most) if most > least else (least - 0.5, least + 0.5)
    return np.histogram(flat, bins=bins, range=span)


def bits_of_surprise(counts: np.ndarray) -> float:
    """Shannon's entropy in bits per value (1948): 0 when all are equal, 8 when all 256 values of
    a byte come equally often. No code that looks at values one by one can need fewer."""
    share = counts[counts > 0] / counts.sum() if counts.sum() else np.ones(1)
    return float(-(share * np.log2(share)).sum()) + 0.0
