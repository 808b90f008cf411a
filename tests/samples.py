"""Pictures drawn for tests."""

from __future__ import annotations

import numpy as np


def face_picture(size: int = 96) -> np.ndarray:
    """A drawn face on a clear ground, (size, size, 4) uint8: flat areas, thin lines, small eyes."""
    y, x = np.mgrid[0:size, 0:size] / size
    rgba = np.zeros((size, size, 4), np.uint8)

    def fill(mask: np.ndarray, *color: int) -> None:
        rgba[mask] = (*color, 255)

    fill(((x - 0.5) / 0.36) ** 2 + ((y - 0.52) / 0.44) ** 2 < 1, 236, 188, 156)
    fill((((x - 0.5) / 0.4) ** 2 + ((y - 0.36) / 0.34) ** 2 < 1) & (y < 0.34), 92, 52, 32)
    for centre in (0.36, 0.64):
        fill(((x - centre) / 0.07) ** 2 + ((y - 0.5) / 0.05) ** 2 < 1, 250, 250, 250)
        fill((x - centre) ** 2 + (y - 0.5) ** 2 < 0.03**2, 40, 90, 160)
    fill((abs(x - 0.5) < 0.14) & (abs(y - 0.76) < 0.02), 180, 40, 60)
    return rgba
