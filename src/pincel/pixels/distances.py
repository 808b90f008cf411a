"""How far apart two pictures are, counted pixel by pixel. A name in `DISTANCES` is a distance.

Every function takes two uint8 pictures of one shape, (h, w) or (h, w, c), and gives a number; 0 (or
1 for SSIM) says that they are equal. Distances between what a network sees in them join here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np


def l1(a: np.ndarray, b: np.ndarray) -> float:
    """Mean absolute difference, 0-255: how far a value lies from its partner, on average. Pictures
    are (h, w) or (h, w, c) uint8 of one shape.

    The pixel distance of Ferro's slides "Imágenes como datos" (BeePy 5.0, 2026), by their notebook.
    """
    return float(np.mean(np.abs(_difference(a, b))))


def rmse(a: np.ndarray, b: np.ndarray) -> float:
    """Root of the mean squared difference, 0-255: as L1, but large differences weigh more. Pictures
    are (h, w) or (h, w, c) uint8 of one shape."""
    return float(np.sqrt(np.mean(_difference(a, b) ** 2)))


def largest(a: np.ndarray, b: np.ndarray) -> float:
    """The largest single difference, 0-255, of (h, w) or (h, w, c) uint8 pictures of one shape."""
    return float(np.max(np.abs(_difference(a, b))))


def ssim(a: np.ndarray, b: np.ndarray) -> float:
    """Structural similarity, -1 to 1, 1 is equal: light, contrast and pattern of small windows
    (Wang et al., 2004), by scikit-image. Windows of 7 pixels, smaller in pictures under 7; of
    pictures under 3 only whether they are equal, 1 or 0.

    Pictures are (h, w) or (h, w, c) uint8 of one shape.
    """
    from skimage.metrics import structural_similarity

    side = min(*a.shape[:2], 7)
    side -= 1 - side % 2
    if side < 3:  # no window fits: nothing to compare but the values
        return 1.0 if np.array_equal(a, b) else 0.0
    axis = -1 if a.ndim == 3 else None
    return float(structural_similarity(a, b, win_size=side, data_range=255, channel_axis=axis))


def _difference(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    return np.asarray(a, np.float32) - np.asarray(b, np.float32)


@dataclass(frozen=True)
class DistanceMeasure:
    """A distance and how to read it: `alike` is what equal pictures give."""

    measure: Callable[[np.ndarray, np.ndarray], float]
    alike: float


DISTANCES: dict[str, DistanceMeasure] = {
    "l1": DistanceMeasure(l1, 0.0),
    "rmse": DistanceMeasure(rmse, 0.0),
    "max": DistanceMeasure(largest, 0.0),
    "ssim": DistanceMeasure(ssim, 1.0),
}


def distance_table(
    first: np.ndarray, others: dict[str, np.ndarray], distances: tuple[str, ...] = tuple(DISTANCES)
) -> dict[str, dict[str, float]]:
    """{other's name: {distance's name: value}} from the first picture to each other; all are (h, w)
    or (h, w, c) uint8 of one shape, `distances` are names in DISTANCES."""
    return {
        name: {key: DISTANCES[key].measure(first, other) for key in distances}
        for name, other in others.items()
    }


def darker_scene(picture: np.ndarray, by: int = 60) -> np.ndarray:
    """The same scene with less light, uint8 of any shape: `by` taken from every value, cut at 0."""
    return np.clip(picture.astype(np.int16) - by, 0, 255).astype(np.uint8)


def noisy(picture: np.ndarray, sigma: float, random: np.random.Generator) -> np.ndarray:
    """The same scene by a worse camera, uint8 of any shape: normal noise of this standard deviation
    on every value, rounded and cut at 0 and 255."""
    noise = random.normal(0.0, sigma, picture.shape)
    return np.clip(np.rint(picture + noise), 0, 255).astype(np.uint8)


def shifted(picture: np.ndarray, across: int, down: int = 0) -> np.ndarray:
    """The camera moved: everything `across` pixels to the right and `down` pixels lower; the edge
    is repeated where nothing is known. (h, w) or (h, w, c) of any type, which it keeps."""
    height, width = picture.shape[:2]
    rows = np.clip(np.arange(height) - down, 0, height - 1)
    columns = np.clip(np.arange(width) - across, 0, width - 1)
    return picture[rows][:, columns]
