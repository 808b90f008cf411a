"""Arithmetic that gives the same bits on every processor and in every order.

Additions, products, quotients and square roots of single numbers are rounded alike everywhere (IEEE
754). What is not: long sums, whose order libraries choose by the processor (numpy, BLAS), and
exponentials, logarithms and powers, which numpy computes in other ways where the processor has
AVX2 or AVX-512. Here sums are exact or in a fixed order; functions are made of products and sums,
or computed in double precision and rounded to single, which cuts off the bits in doubt.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np


def total(values: np.ndarray) -> float:
    """The exact sum of all values, any shape, taken as float64, rounded once: the same in every
    order (Shewchuk, 1997)."""
    return math.fsum(np.asarray(values, np.float64).ravel().tolist())


def mean(values: np.ndarray) -> float:
    """The mean of at least one value, any shape, taken as float64, the same in every order."""
    return total(values) / np.asarray(values).size


def rounded(function: Callable[[np.ndarray], np.ndarray], values: np.ndarray) -> np.ndarray:
    """A numpy function of each value, any shape, computed in double precision, as float32."""
    return function(np.asarray(values, np.float64)).astype(np.float32)


def exp(values: np.ndarray) -> np.ndarray:
    """e to the power of each value, any shape, float64, by products and sums alone: every bit is
    the same everywhere. 0 below -700; values above 700 are not meant to come.

    x = n ln 2 + r with |r| <= 0.35 (Cody and Waite, 1980), the series for e^r to the 14th power."""
    x = np.maximum(np.asarray(values, np.float64), -700.0)
    n = np.rint(x * 1.4426950408889634)
    r = (x - n * 0.693147180369123816490) - n * 1.90821492927058770002e-10
    found = np.ones_like(r)
    for power in range(14, 0, -1):
        found = found * (r / power) + 1.0
    return np.where(x <= -700.0, 0.0, np.ldexp(found, n.astype(np.int32)))


def power(values: np.ndarray, exponent: float) -> np.ndarray:
    """Each value (not negative), any shape, to this power, float32."""
    return np.power(np.asarray(values, np.float64), exponent).astype(np.float32)


def mixed(vectors: np.ndarray, matrix: np.ndarray) -> np.ndarray:
    """`vectors @ matrix.T` for few channels: (..., m) and (n, m) to (..., n), of their common type.

    Added up from left to right for each vector, whatever its place among the others."""
    kind = np.result_type(vectors, matrix)
    out = np.empty((*vectors.shape[:-1], len(matrix)), kind)
    for row, weights in enumerate(matrix):
        out[..., row] = vectors[..., 0] * weights[0]
        for column in range(1, len(weights)):
            out[..., row] += vectors[..., column] * weights[column]
    return out


def squared_gaps(points: np.ndarray, others: np.ndarray) -> np.ndarray:
    """Squared distances of (..., m) points to (k, m) others, (..., k), of their common type."""
    found = np.zeros((*points.shape[:-1], len(others)), np.result_type(points, others))
    for column in range(points.shape[-1]):
        apart = points[..., column, None] - others[:, column]
        found += apart * apart
    return found


def gridded(values: np.ndarray, bits: int) -> np.ndarray:
    """Values of any shape rounded to whole multiples of 2 to the power of -bits, float64.

    Products and sums of such numbers are exact in float64 as long as the bits of their result do
    not pass 53: a matrix product of them is the same in every order and on every processor."""
    scale = 2.0**bits
    return np.rint(np.asarray(values, np.float64) * scale) / scale
