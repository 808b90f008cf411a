"""Bundled photographs that show no face: what may be behind a drawn one."""

from __future__ import annotations

import numpy as np

_PHOTOS = ("coffee", "chelsea", "rocket", "brick", "grass", "gravel", "coins", "moon", "clock")


def photos() -> list[np.ndarray]:
    """(h, w, 3) uint8 each; those that this scikit-image bundles."""
    from skimage import data

    found = []
    for name in _PHOTOS:
        try:
            photo = getattr(data, name)()
        except Exception:  # not bundled here
            continue
        found.append(photo if photo.ndim == 3 else np.stack([photo] * 3, -1))
    return found
