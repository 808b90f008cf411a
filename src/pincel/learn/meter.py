"""The mode meter: which clusters of the real pictures a generator hits while it is trained.

A generator that forgets kinds of pictures (mode collapse) may have fine losses. So real pictures
are sorted into clusters by their pixels once (k-means on principal components; MacQueen, 1967);
made ones are counted in the cluster that they are nearest to. Pixels are a coarse eye, but they
need no classes and no second network, and an untrained or collapsed generator shows at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from pincel.learn.crowds import Modes, modes
from pincel.learn.prepare import as_type

CLUSTERS = 20
_DIMS = 32
_MOST = 2000


@dataclass(frozen=True, eq=False)
class Meter:
    """Clusters of real pictures: `mean` (p,) and `axes` (p, d) of the components, `centres`
    (k, d), and the cluster of each real picture that made them; `alpha`: a fourth
    channel is."""

    mean: np.ndarray
    axes: np.ndarray
    centres: np.ndarray
    real: np.ndarray
    alpha: bool = True

    def kinds(self, pictures: np.ndarray) -> np.ndarray:
        """The nearest cluster of each picture (n, h, w, c) uint8, (n,)."""
        places = (_flat(pictures, self.alpha) - self.mean) @ self.axes
        return ((places[:, None] - self.centres[None]) ** 2).sum(-1).argmin(1)

    def read(self, pictures: np.ndarray) -> Modes:
        """Clusters that made pictures (n, h, w, c) uint8 hit."""
        return modes(self.real, self.kinds(pictures), len(self.centres))


def meter(
    pictures: np.ndarray, seed: int = 0, clusters: int = CLUSTERS, alpha: bool = True
) -> Meter:
    """Sort some real pictures (n, h, w, c), of any kind of number, into clusters, at most one for
    every four of them; `alpha`: a fourth channel is. Needs scikit-learn."""
    from sklearn.cluster import KMeans

    step = max(1, len(pictures) // _MOST)
    values = _flat(np.asarray(pictures[::step]), alpha)
    mean = values.mean(0)
    _, _, turned = np.linalg.svd(values - mean, full_matrices=False)
    axes = turned[:_DIMS].T
    places = (values - mean) @ axes
    count = max(1, min(clusters, len(values) // 4))
    found = KMeans(count, n_init=1, random_state=seed, max_iter=50).fit(places)
    return Meter(mean, axes, found.cluster_centers_.astype(np.float32), found.labels_, alpha)


def _flat(pictures: np.ndarray, alpha: bool) -> np.ndarray:
    """(n, h, w, c) -> (n, h*w*c) float32 0-1; colours times alpha."""
    values = as_type(np.asarray(pictures), "uint8").astype(np.float32) / 255
    if alpha and values.shape[-1] == 4:
        values[..., :3] *= values[..., 3:]
    return values.reshape(len(values), -1)


def watched_modes(meter: Meter, pictures: np.ndarray) -> dict[str, Any]:
    """What a training's log keeps of the clusters that pictures (n, h, w, c) uint8 hit: "modes",
    "modes_of" and "modes_even" (0-1)."""
    found = meter.read(pictures)
    return {"modes": found.hit, "modes_of": found.of, "modes_even": round(found.even, 4)}
