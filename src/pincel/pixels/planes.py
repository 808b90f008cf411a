"""One picture in several colour spaces, each as three planes of numbers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pincel.pixels.color import srgb_to_oklab


@dataclass(frozen=True)
class Axis:
    """One axis of a colour space: its letter, the range it can take in sRGB, digits to show."""

    name: str
    low: float
    high: float
    digits: int


SPACES: dict[str, tuple[Axis, Axis, Axis]] = {
    "rgb": (Axis("R", 0, 255, 0), Axis("G", 0, 255, 0), Axis("B", 0, 255, 0)),
    "hsv": (Axis("H", 0, 360, 0), Axis("S", 0, 1, 2), Axis("V", 0, 1, 2)),
    "lab": (Axis("L*", 0, 100, 1), Axis("a*", -128, 127, 1), Axis("b*", -128, 127, 1)),
    "oklab": (Axis("L", 0, 1, 3), Axis("a", -0.4, 0.4, 3), Axis("b", -0.4, 0.4, 3)),
}
"""The spaces by name. H in degrees; CIELAB under D65 (as scikit-image); OKLab after Ottosson."""


def convert(rgb: np.ndarray, space: str) -> np.ndarray:
    """sRGB (..., 3) uint8 as another space, (..., 3) float, in the ranges of `SPACES`."""
    from skimage.color import rgb2hsv, rgb2lab

    if space == "rgb":
        return rgb.astype(float)
    if space == "hsv":
        return rgb2hsv(rgb) * (360.0, 1.0, 1.0)
    if space == "lab":
        return rgb2lab(rgb)
    if space == "oklab":
        return srgb_to_oklab(rgb).astype(float)
    raise KeyError(space)


def grey(rgb: np.ndarray) -> np.ndarray:
    """sRGB (h, w, 3) uint8 as grey, (h, w) uint8: 0.2125 R + 0.7154 G + 0.0721 B (ITU-R BT.709),
    by scikit-image."""
    from skimage.color import rgb2gray

    return np.rint(rgb2gray(rgb) * 255.0).astype(np.uint8)


def on_ground(rgba: np.ndarray, ground: int = 255) -> np.ndarray:
    """(h, w, 4) uint8 laid on an even ground (white), (h, w, 3) uint8."""
    if np.all(rgba[..., 3] == 255):
        return rgba[..., :3]
    alpha = rgba[..., 3:].astype(np.float32) / 255.0
    laid = rgba[..., :3] * alpha + ground * (1.0 - alpha)
    return np.rint(laid).astype(np.uint8)
