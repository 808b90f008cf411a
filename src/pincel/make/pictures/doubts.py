"""How sure a translated face is, part by part, in chances that mean what they say.

The probabilities of a network are those of pixels, and they are high where it is wrong, too. So a
few numbers that tell of doubt (pixels between two roles, a colour found in places of many colours)
are turned into the chance that a judge of sprites will see the right thing: by a logistic function,
fitted on faces that the network never learned from (Platt, 1999).
`tools/calibrate_translator.py` does it; its table lies in the network's file.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import lru_cache

import numpy as np

PARTS = {
    "hair": ("hair", "hair shade"),
    "skin": ("skin", "skin shade"),
    "clothes": ("clothes", "clothes shade"),
    "glasses": ("glasses", "lens"),
    "hat": ("hat", "hat shade"),
    "length": ("hair", "hair shade"),
    "beard": ("beard",),
}
"""What is asked, and the roles that tell of it."""
WHOLE = "whole"
"""The entry of the table for all parts at once, beards left out."""
_LOW = 10
"""Rows of sixteen below which hair is long."""


def signs(scores: np.ndarray, spread: np.ndarray, roles: Sequence[str]) -> dict[str, np.ndarray]:
    """Five numbers of doubt for each part.

    scores  (roles, s, s) float32 before the softmax;  roles: their names
    spread  (roles,) float32: how far apart the colours lie that a role was found among
    """
    chances = np.exp(scores - scores.max(0))
    chances /= chances.sum(0)
    told, first = _table(tuple(roles))
    share = told @ chances.reshape(len(chances), -1)
    share[list(PARTS).index("length"), : share.shape[1] * _LOW // 16] = 0
    between, much = (share * (1 - share)).sum(1).tolist(), share.sum(1).tolist()
    unsure = 100 * (1 - float(chances.max(0).mean())) / 16
    found = {}
    for place, part in enumerate(PARTS):
        apart = float(spread[first[place]]) if first[place] is not None else 0.0
        found[part] = np.array(
            [
                math.log1p(between[place]),
                between[place] / (1 + much[place]),
                apart,
                math.log1p(much[place]),
                unsure,
            ]
        )
    return found


@lru_cache(maxsize=8)
def _table(roles: tuple[str, ...]) -> tuple[np.ndarray, list[int | None]]:
    """Which roles tell of each part, (parts, roles) float32, and the first of them."""
    told = np.array([[name in names for name in roles] for names in PARTS.values()], np.float32)
    return told, [int(row.argmax()) if row.any() else None for row in told]


def part_chances(
    found: Mapping[str, np.ndarray], table: Mapping[str, Sequence[float]]
) -> dict[str, float]:
    """The chance that each part is right, and that all are ("whole").

    found  from `signs`, each (5,) float64
    table  weights of each part's numbers, the constant last
    """
    told = {part: _logistic(float(np.dot(found[part], table[part][:-1]) + table[part][-1]))
            for part in PARTS if part in table}  # fmt: skip
    if WHOLE in table:
        told[WHOLE] = _logistic(table[WHOLE][0] * odds_together(told) + table[WHOLE][1])
    return told


def odds_together(told: Mapping[str, float]) -> float:
    """Logarithm of the odds that all is right, beards left out, were the parts independent."""
    chance = math.prod(told[part] for part in PARTS if part != "beard")
    chance = min(max(chance, 1e-6), 1 - 1e-6)
    return math.log(chance / (1 - chance))


def _logistic(x: float) -> float:
    return 1 / (1 + math.exp(-min(max(x, -30.0), 30.0)))
