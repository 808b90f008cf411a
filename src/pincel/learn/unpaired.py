"""What goes wrong when pictures are translated without pairs, as two numbers in the log.

*Tiles*: a network that enlarges its maps by transposed convolutions leaves a pattern that repeats
every few pixels (Odena et al., 2016). It shows in the spectrum as a peak at 1/T. *Sameness*: a
network may give the same picture for every face.
"""

from __future__ import annotations

import numpy as np

TILE = 4
"""Pixels after which the pattern of two doublings repeats."""


def pattern_strength(pictures: np.ndarray, period: int = TILE) -> float:
    """How much stronger a pattern of this period is than what is near it in the spectrum.

    pictures  (n, h, w, c), any numbers, h and w multiples of `period` and at least 32

    The power of rows and columns (of the mean of the channels, under a Hann window) at k / period,
    over the median of the bins 2 to 6 away; the mean of the logarithms to base 10 over k, pictures
    and both directions. 0: none; real sprites are below that, because their pixels are blocks.
    """
    grey = np.asarray(pictures, np.float64)[..., :3].mean(-1)
    found = []
    for lines in (grey, grey.swapaxes(1, 2)):
        count = lines.shape[-1]
        if count % period or count < 32:
            raise ValueError(f"{count} pixels are no multiple of {period}, or fewer than 32")
        window = np.hanning(count + 1)[:-1]
        spectrum = np.abs(np.fft.rfft((lines - lines.mean(-1, keepdims=True)) * window)) ** 2
        power = spectrum.mean(1) + 1e-9  # (n, bins): the mean over rows
        for k in range(1, period // 2 + 1):
            at = count * k // period
            near = [b for d in range(2, 7) for b in (at - d, at + d) if 0 < b < power.shape[1]]
            found.append(np.log10(power[:, at] / np.median(power[:, near], axis=1)).mean())
    return float(np.mean(found))


def sameness(faces: np.ndarray, made: np.ndarray) -> float:
    """How much more alike the pictures that were made are than the faces they were made of.

    faces, made  (n, h, w, c) floats of any two sizes, on one scale; n of 2 or more,
                 h and w multiples of 8 (else ValueError)

    1 - (mean distance between made pictures) / (mean distance between faces), distances being the
    root of the mean square after shrinking to 8 x 8 blocks. 1: the same picture for every face; 0:
    as different as the faces are; below 0: more different.
    """
    between, own = _apart(made), _apart(faces)
    return float(1 - between / max(own, 1e-9))


def _apart(pictures: np.ndarray) -> float:
    """Mean distance of two pictures, at 8 x 8 blocks."""
    n, height, width, channels = pictures.shape
    if n < 2 or height % 8 or width % 8:
        raise ValueError(f"{n} pictures of {width} x {height}: two or more, of multiples of 8")
    blocks = np.asarray(pictures, np.float64).reshape(
        n, 8, height // 8, 8, width // 8, channels
    ).mean((2, 4)).reshape(n, -1)  # fmt: skip
    square = (blocks**2).mean(1)
    far = square[:, None] + square[None] - 2 * blocks @ blocks.T / blocks.shape[1]
    np.fill_diagonal(far, 0)  # by rounding it is not quite, and its root is then far from it
    return float(np.sqrt(far.clip(min=0)).sum() / (n * (n - 1)))
