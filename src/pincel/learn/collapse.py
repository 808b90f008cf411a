"""Is a contrastive network still telling things apart? Measured on the vectors of a batch.

A network can make all its vectors equal: pairs then agree perfectly and nothing is known. Alignment
and uniformity are those of Wang & Isola (2020); the effective rank is RankMe (Garrido et al.,
2023). numpy only.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass

import numpy as np

SPREAD_OF_COLLAPSE = 0.15


@dataclass(frozen=True)
class Collapse:
    """One reading.

    spread      0 when all vectors are equal, 1 when they point everywhere: the root of
                1 - |mean vector|²
    alignment   mean squared distance of partners; 0 is perfect
    uniformity  log of the mean of exp(-2 * squared distance) over all pairs: 0 when all are equal,
                about -4 when they fill the sphere
    rank        how many directions are in use: exp(entropy of the singular values)
    collapsed   spread below 0.15, or a single direction in use
    """

    spread: float
    alignment: float
    uniformity: float
    rank: float
    collapsed: bool

    def plain(self) -> dict[str, float | bool]:
        """As JSON values."""
        return asdict(self)


def read_meter(vectors: np.ndarray, numbers: np.ndarray) -> Collapse:
    """Read the meter. vectors: (n, d) floats of length 1, n >= 2; numbers: (n,), equal for
    partners.

    Without partners the alignment is 0.
    """
    vectors = np.asarray(vectors, np.float64)
    spread = float(np.sqrt(max(0.0, 1 - float((vectors.mean(0) ** 2).sum()))))
    cosines = np.clip(vectors @ vectors.T, -1, 1)
    squared = 2 - 2 * cosines
    above = np.triu_indices(len(vectors), 1)
    partners = (numbers[:, None] == numbers[None])[above]
    distances = squared[above]
    alignment = float(distances[partners].mean()) if partners.any() else 0.0
    uniformity = float(np.log(np.exp(-2 * distances).mean()))
    sizes = np.linalg.svd(vectors - vectors.mean(0), compute_uv=False)
    shares = sizes / (sizes.sum() or 1.0)
    shares = shares[shares > 1e-12]
    rank = float(np.exp(-(shares * np.log(shares)).sum())) if len(shares) else 1.0
    collapsed = spread < SPREAD_OF_COLLAPSE or (rank < 1.5 and vectors.shape[1] > 2)
    return Collapse(spread, alignment, uniformity, rank, collapsed)
