"""One picture seen several ways, so that its answers can be averaged. numpy only."""

from __future__ import annotations

import numpy as np

_MIRRORED = frozenset({"mirror"})
_TURNED = frozenset({"turns", "cells"})


def views_of_arrays(pictures: np.ndarray, kind: str) -> list[np.ndarray]:
    """Pictures (n, h, w, c) of any type in every way that a network was taught to see them (`kind`,
    as `learn.augment.views_of_tensor` has it): 8 flips and quarter turns, 4 where they are not
    square, 2, or the pictures alone. The same numbers as there, in the same order."""
    named = {part.strip() for part in kind.split(",")}
    if not named & (_MIRRORED | _TURNED):
        return [pictures]
    flipped = [pictures, pictures[:, :, ::-1]]
    if not named & _TURNED:
        return flipped
    if pictures.shape[1] != pictures.shape[2]:
        return [*flipped, *(p[:, ::-1] for p in flipped)]
    return [np.rot90(p, k, (1, 2)) for p in flipped for k in range(4)]
