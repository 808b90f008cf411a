"""How sure a translated face is, part by part, in chances that mean what they say.

The probabilities of a network are those of pixels, and they are high where it is wrong, too. So a
few numbers that tell of doubt (pixels between two roles, a colour found in places of many colours)
are turned into the chance that a judge of sprites will see the right thing: by a logistic function,
fitted on faces that the network never learned from (Platt, 1999).
`tools/calibrate_translator.py` does it; its table lies in the network's file.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

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
    unsure = 1 - chances.max(0)
    found = {}
    for part, names in PARTS.items():
        own = [place for place, name in enumerate(roles) if name in names]
        share = chances[own].sum(0)
        if part == "length":
            share = share[len(share) * _LOW // 16 :]
        between = float((share * (1 - share)).sum())
        much = float(share.sum())
        found[part] = np.array(
            [
                np.log1p(between),
                between / (1 + much),
                float(spread[own[0]]) if own else 0.0,
                np.log1p(much),
                100 * float(unsure.mean()) / 16,
            ]
        )
    return found


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
    chance = float(np.prod([told[part] for part in PARTS if part != "beard"]))
    chance = min(max(chance, 1e-6), 1 - 1e-6)
    return float(np.log(chance / (1 - chance)))


def _logistic(x: float) -> float:
    return float(1 / (1 + np.exp(-np.clip(x, -30, 30))))
