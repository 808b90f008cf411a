"""Is a network right for the right reason? Heat maps and their tests over a whole data set."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np
import torch
from torch import nn

from pincel.look.gradcam import Method, explain, scaled_maps, stretched
from pincel.look.shortcuts import CORNERS, SIDES, regions
from pincel.look.trust import energy_over_area, trust

EDGY = 1.5
"""Heat in corners and borders, over their area, from which on a map is called suspicious."""

Why = Literal["wrong", "untrusted", "edge"]


@dataclass(frozen=True, eq=False)
class AuditedPicture:
    """One picture's answer and how far its heat map can be trusted.

    index, label, answer   place in the set, true class, the network's class
    probability            of the answer
    insertion, deletion    areas, and the same for a random order in `..._chance`
    random_correlation     with the maps of randomised networks; NaN for a flat map
    edge                   heat in corners and borders over their area; 1 is chance
    energy                 heat in the mask over the mask's area; NaN without one
    verdict                "good", "weak", "poor"; "" for an empty map
    heat                   (h, w) the map, highest 1, as large as the picture
    """

    index: int
    label: int
    answer: int
    probability: float
    insertion: float
    insertion_chance: float
    deletion: float
    deletion_chance: float
    random_correlation: float
    edge: float
    energy: float
    verdict: str
    heat: np.ndarray

    @property
    def right(self) -> bool:
        """Whether the answer is the true class."""
        return self.answer == self.label


def audit_pictures(
    net: nn.Module,
    pictures: torch.Tensor,
    labels: np.ndarray,
    indices: np.ndarray,
    *,
    masks: np.ndarray | None = None,
    layer: str | None = None,
    method: Method = "gradcam",
    batch: int = 32,
    seed: int = 0,
) -> Iterator[list[AuditedPicture]]:
    """Judge prepared pictures (n, c, h, w) batch by batch; the network's own answer is explained.

    labels, indices  (n,) int, true classes, places in the set;  masks  (n, h, w) bool, objects
    """
    size = (pictures.shape[2], pictures.shape[3])
    edge = np.any([regions(size)[name] for name in (*CORNERS, *SIDES)], 0)
    for first in range(0, len(pictures), batch):
        part = slice(first, first + batch)
        heat = explain(net, pictures[part], layer=layer, method=method)
        count = len(heat.classes)
        held = None if masks is None else masks[part]
        tests = trust(
            net, pictures[part], heat, masks=held, steps=10, orders=2, networks=2, seed=seed
        )
        laid = scaled_maps(stretched(heat.heat, size))
        edges = energy_over_area(laid, np.broadcast_to(edge, laid.shape))
        odds = heat.probabilities
        insertion, deletion = tests.insertion, tests.deletion
        yield [
            AuditedPicture(
                int(indices[first + i]),
                int(labels[first + i]),
                int(heat.classes[i]),
                float(odds[i, heat.classes[i]]),
                float(insertion.area[i]),
                float(insertion.chance[i]),
                float(deletion.area[i]),
                float(deletion.chance[i]),
                float(tests.random_correlation[i]),
                float(edges[i]),
                float(tests.energy[i]),
                "" if heat.why_empty(i) else tests.verdict(i),
                laid[i].astype(np.float32),
            )
            for i in range(count)
        ]


def worst(rows: list[AuditedPicture], why: Why, most: int = 8) -> list[AuditedPicture]:
    """The worst cases of one kind.

    "wrong"      wrong answers, the surest first
    "untrusted"  right answers whose map is empty or fails the tests, worst insertion first
    "edge"       right answers whose heat lies in corners and borders, most first
    """
    if why == "wrong":
        chosen = sorted((r for r in rows if not r.right), key=lambda r: -r.probability)
    elif why == "untrusted":
        chosen = [r for r in rows if r.right and r.verdict in ("", "poor")]
        chosen.sort(key=lambda r: r.insertion - r.insertion_chance)
    else:
        chosen = [r for r in rows if r.right and r.edge > EDGY]
        chosen.sort(key=lambda r: -r.edge)
    return chosen[:most]


def evenly_drawn(labels: np.ndarray, most: int, seed: int) -> np.ndarray:
    """At most `most` places in `labels`, (n,) whole numbers, drawn class by class in equal numbers
    as far as they go; sorted, (k,) int64."""
    rng = np.random.default_rng(seed)
    queues = [list(rng.permutation(np.flatnonzero(labels == k))) for k in np.unique(labels)]
    chosen: list[int] = []
    while len(chosen) < most and any(queues):
        for queue in queues:
            if queue and len(chosen) < most:
                chosen.append(int(queue.pop()))
    return np.array(sorted(chosen), np.int64)


def known_mean(values: list[float]) -> float:
    """The mean of those that are known; NaN when none is."""
    known = [v for v in values if np.isfinite(v)]
    return float(np.mean(known)) if known else float("nan")


def verdict_counts(rows: list[AuditedPicture]) -> dict[str, int]:
    """How many maps are good, weak, poor and empty."""
    counts = {"good": 0, "weak": 0, "poor": 0, "empty": 0}
    for row in rows:
        counts[row.verdict or "empty"] += 1
    return counts
