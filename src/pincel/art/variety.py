"""What is not said of a thing, from a seed: the same seed gives the same, seeds after one another
give clearly different ones."""

from __future__ import annotations

from typing import TypeVar
from zlib import crc32

import numpy as np

Kind = TypeVar("Kind")


class Variety:
    """Choices and lengths that follow a seed. `draw` gives random numbers for textures."""

    def __init__(self, seed: int, kind: str) -> None:
        self.seed = seed
        self.draw = np.random.default_rng([seed, crc32(kind.encode())])

    def turn(self, choices: tuple[Kind, ...], step: int = 1, off: int = 0) -> Kind:
        """One of the choices; as many seeds in a row as there are choices give each of them once,
        where `step` has no divisor in common with their number."""
        return choices[(self.seed * step + off) % len(choices)]

    def between(self, least: float, most: float) -> float:
        """A length."""
        return least + (most - least) * float(self.draw.random())

    def whole(self, least: int, most: int) -> int:
        """A whole number, both ends included."""
        return int(self.draw.integers(least, most + 1))

    def chance(self, share: float) -> bool:
        """True for this share of the seeds."""
        return bool(self.draw.random() < share)
