"""How good made pictures are, as a crowd: near the real ones, and as varied as they are.

No number says it all, so there are several, all of them about features (n, d): what a network of
ours sees in the pictures (`learn.contest`). Figures from other features cannot be compared with
these, nor with published ones, which use an Inception network of ImageNet and bear another name.
numpy only.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass

import numpy as np

FEWEST = 2
_ROWS = 512  # distances are worked out for so many rows at a time
_ROUNDED = 1e-13  # of both squares: some hundred times what a sum of a thousand products loses


@dataclass(frozen=True)
class Neighbours:
    """Shares, each 0 to 1 (`density` may pass 1).

    precision  of made pictures that lie where real ones are (look right)
    recall     of real pictures that lie where made ones are (nothing is left out)
    density    real neighbourhoods that a made picture lies in, on average, by k: precision that
               one stray real picture cannot raise
    coverage   of real pictures with a made one in their neighbourhood: recall that one stray made
               picture cannot raise
    """

    precision: float
    recall: float
    density: float
    coverage: float

    def plain(self) -> dict[str, float]:
        """As JSON values."""
        return asdict(self)


def frechet(real: np.ndarray, made: np.ndarray) -> float:
    """Squared Frechet distance between two Gaussians with the means and covariances of the features
    (n, d) and (m, d), floats: |m1 - m2|^2 + tr(C1 + C2 - 2 (C1 C2)^(1/2)) (Dowson & Landau, 1982;
    Heusel et al., 2017). 0 for equal crowds; grows with n small."""
    real, made = (np.asarray(f, np.float64) for f in (real, made))
    gap = real.mean(0) - made.mean(0)
    first, second = (np.atleast_2d(np.cov(f, rowvar=False)) for f in (real, made))
    root = _root(first)
    # the eigenvalues of C1 C2 are those of the symmetric C1^(1/2) C2 C1^(1/2)
    cross = np.linalg.eigvalsh(root @ second @ root)
    shared = np.sqrt(np.clip(cross, 0, None)).sum()
    return float(max(0.0, gap @ gap + np.trace(first) + np.trace(second) - 2 * shared))


def _root(matrix: np.ndarray) -> np.ndarray:
    """The symmetric square root of a covariance."""
    values, vectors = np.linalg.eigh(matrix)
    return (vectors * np.sqrt(np.clip(values, 0, None))) @ vectors.T


def neighbours(real: np.ndarray, made: np.ndarray, k: int = 3) -> Neighbours:
    """Precision and recall (Kynkaanniemi et al., 2019), density and coverage (Naeem et al., 2020)
    of features (n, d) and (m, d), floats. A picture's neighbourhood is the ball around it that
    reaches to its k-th nearest of its own kind; k is lowered where there are fewer."""
    k = max(1, min(k, len(real) - 1, len(made) - 1))
    real_reach, made_reach = _reach(real, k), _reach(made, k)
    inside = np.zeros(len(made), np.int64)  # real neighbourhoods around each made picture
    found = np.zeros(len(real), bool)
    covered = np.zeros(len(real), bool)
    for start in range(0, len(real), _ROWS):
        rows = slice(start, start + _ROWS)
        gaps = _gaps(real[rows], made)
        near = gaps <= real_reach[rows, None]
        inside += near.sum(0)
        covered[rows] = near.any(1)
        found[rows] = (gaps <= made_reach[None]).any(1)
    return Neighbours(
        precision=float((inside > 0).mean()),
        recall=float(found.mean()),
        density=float(inside.mean() / k),
        coverage=float(covered.mean()),
    )


def _reach(features: np.ndarray, k: int) -> np.ndarray:
    """Squared distance to the k-th nearest other, (n,)."""
    reach = np.empty(len(features))
    for start in range(0, len(features), _ROWS):
        gaps = _gaps(features[start : start + _ROWS], features)
        rows = np.arange(len(gaps))
        gaps[rows, start + rows] = -1  # itself comes first, whatever was rounded
        reach[start : start + _ROWS] = np.partition(gaps, k, axis=1)[:, k]
    return reach


def _gaps(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Squared distances (len(a), len(b)). What lies below what rounding leaves is 0: where a
    picture is there more often than neighbours are counted, its ball has no size, and its equals
    must still lie in it."""
    a, b = np.asarray(a, np.float64), np.asarray(b, np.float64)
    whole = (a**2).sum(1)[:, None] + (b**2).sum(1)[None]
    gaps = whole - 2 * a @ b.T
    return np.where(gaps < _ROUNDED * whole, 0, gaps)


@dataclass(frozen=True)
class Modes:
    """Which kinds of pictures are made at all.

    hit    kinds that at least one made picture is of;  of  kinds among the real pictures
    even   how evenly: kinds a generator would need, all equally frequent, for as much surprise
           (e to the entropy), by the same figure of the real pictures; 1: as varied as they are
    shares of the made pictures, by kind
    """

    hit: int
    of: int
    even: float
    shares: tuple[float, ...]


def modes(real: np.ndarray, made: np.ndarray, kinds: int) -> Modes:
    """Count modes. real, made: (n,) int, the kind that each picture was found to be of. Kinds that
    no real picture is of do not count as hit."""
    counts = np.bincount(made, minlength=kinds)[:kinds]
    known = np.bincount(real, minlength=kinds)[:kinds] > 0
    shares = counts / max(1, counts.sum())
    return Modes(
        hit=int((counts[known] > 0).sum()),
        of=int(known.sum()),
        even=_effective(counts) / _effective(np.bincount(real, minlength=kinds)),
        shares=tuple(float(s) for s in shares),
    )


def _effective(counts: np.ndarray) -> float:
    shares = counts[counts > 0] / counts.sum()
    return float(np.exp(-(shares * np.log(shares)).sum()))
