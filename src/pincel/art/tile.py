"""Seamless tiles: a picture whose left goes on at its right and whose top goes on at its bottom."""

from __future__ import annotations

import numpy as np


def seam(rgba: np.ndarray, share: float = 0.9) -> float:
    """How much more the picture, (h, w, 4) uint8, jumps across its outer border than across this
    share of the lines inside, a ratio; about 1 where it is a tile already. With 1 the border is
    compared with the strongest line: joints of masonry are jumps too."""
    color = rgba[..., :3].astype(np.float32) * (rgba[..., 3:] / 255.0)

    def ratio(values: np.ndarray) -> float:
        if len(values) < 4:
            return 1.0
        inside = np.abs(np.diff(values, axis=0)).mean((1, 2))
        across = np.abs(values[0] - values[-1]).mean()
        return float(across / max(np.quantile(inside, share), 1.0))

    return max(ratio(color), ratio(color.swapaxes(0, 1)))


def seamless(rgba: np.ndarray, band: float = 0.25) -> np.ndarray:
    """The picture, rgba, blended into a tile, both (h, w, 4) uint8.

    Towards the border it turns into itself moved by half its size, whose own seam lies in the
    middle, where it is not seen. `band` is the part of each side over which that happens. A
    picture that is a tile already comes back as it is.
    """
    if seam(rgba) < 1.6:
        return rgba
    height, width = rgba.shape[:2]
    alpha = rgba[..., 3:].astype(np.float32) / 255.0
    plane = np.concatenate([rgba[..., :3] * alpha, alpha * 255.0], -1)
    for axis, size in ((0, height), (1, width)):
        place = (np.arange(size) + 0.5) / size
        near = np.clip(np.minimum(place, 1 - place) / band, 0, 1)
        own = (near * near * (3 - 2 * near)).astype(np.float32)
        own = own.reshape((-1, 1, 1) if axis == 0 else (1, -1, 1))
        plane = plane * own + np.roll(plane, size // 2, axis) * (1 - own)
    cover = plane[..., 3:]
    straight = plane[..., :3] * 255.0 / np.maximum(cover, 1e-3)
    return np.clip(np.rint(np.concatenate([straight, cover], -1)), 0, 255).astype(np.uint8)
