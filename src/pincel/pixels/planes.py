"""One picture in several colour spaces, each as three planes of numbers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pincel.pixels.color import srgb_to_oklab

_STRIP = 1 << 19


@dataclass(frozen=True)
class ColorAxis:
    """One axis of a colour space: its letter, the range it can take in sRGB, digits to show."""

    name: str
    low: float
    high: float
    digits: int


SPACES: dict[str, tuple[ColorAxis, ColorAxis, ColorAxis]] = {
    "rgb": (ColorAxis("R", 0, 255, 0), ColorAxis("G", 0, 255, 0), ColorAxis("B", 0, 255, 0)),
    "hsv": (ColorAxis("H", 0, 360, 0), ColorAxis("S", 0, 1, 2), ColorAxis("V", 0, 1, 2)),
    "lab": (
        ColorAxis("L*", 0, 100, 1),
        ColorAxis("a*", -128, 127, 1),
        ColorAxis("b*", -128, 127, 1),
    ),
    "oklab": (ColorAxis("L", 0, 1, 3), ColorAxis("a", -0.4, 0.4, 3), ColorAxis("b", -0.4, 0.4, 3)),
}
"""The spaces by name. H in degrees; CIELAB under D65 (as scikit-image); OKLab after Ottosson."""


def convert(rgb: np.ndarray, space: str) -> np.ndarray:
    """sRGB (..., 3) uint8 as another space, (..., 3) float64, in the ranges of `SPACES`; KeyError
    for a space that is none of them."""
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
    by scikit-image, strip by strip to save memory."""
    from skimage.color import rgb2gray

    found = np.empty(rgb.shape[:2], np.uint8)
    rows = max(_STRIP // max(rgb.shape[1], 1), 1)
    for top in range(0, rgb.shape[0], rows):
        found[top : top + rows] = np.rint(rgb2gray(rgb[top : top + rows]) * 255.0)
    return found


def on_ground(rgba: np.ndarray, ground: int = 255) -> np.ndarray:
    """(h, w, 4) uint8 laid on an even ground (white), (h, w, 3) uint8."""
    if np.all(rgba[..., 3] == 255):
        return rgba[..., :3]
    alpha = rgba[..., 3:].astype(np.float32) / 255.0
    laid = rgba[..., :3] * alpha + ground * (1.0 - alpha)
    return np.rint(laid).astype(np.uint8)


@dataclass(frozen=True)
class Extent:
    """Least, mean and most of one plane."""

    least: float
    mean: float
    most: float


def distinct(rgb: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The colours of (h, w, 3) uint8 and how often each comes: ((n, 3) uint8, (n,))."""
    wide = rgb.astype(np.uint32)
    codes = (wide[..., 0] << 16) | (wide[..., 1] << 8) | wide[..., 2]
    found, counts = np.unique(codes, return_counts=True)
    return np.stack([found >> 16, (found >> 8) & 255, found & 255], -1).astype(np.uint8), counts


def extents(colors: np.ndarray, counts: np.ndarray, space: str) -> tuple[Extent, Extent, Extent]:
    """Least, mean and most of each plane of a picture with these colours (see `distinct`): a photo
    has far fewer colours than pixels. Strip by strip, to save memory.

    colors  (n, 3) uint8 sRGB;  counts  (n,) whole numbers;  space  a name in `SPACES`

    The mean of H is the mean of the numbers, which for an angle says little.
    """
    low, high, total = np.full(3, np.inf), np.full(3, -np.inf), np.zeros(3)
    for top in range(0, len(colors), _STRIP):
        part = convert(colors[top : top + _STRIP], space)
        low, high = np.minimum(low, part.min(0)), np.maximum(high, part.max(0))
        total += np.sum(counts[top : top + _STRIP, None] * part.astype(np.float64), 0)
    mean = total / counts.sum()
    first, second, third = (Extent(float(low[i]), float(mean[i]), float(high[i])) for i in range(3))
    return first, second, third


def most_colorful(rgb: np.ndarray, side: int = 512) -> tuple[int, int]:
    """Column and row of the pixel with most chroma in OKLab, of every n-th pixel where the
    picture, (h, w, 3) uint8, is larger than `side`."""
    step = max(max(rgb.shape[:2]) // side, 1)
    lab = srgb_to_oklab(np.ascontiguousarray(rgb[::step, ::step]))
    chroma = np.round(np.hypot(lab[..., 1], lab[..., 2]), 4)
    row, column = np.unravel_index(int(np.argmax(chroma)), chroma.shape)
    return int(column) * step, int(row) * step


def at_most(rgb: np.ndarray, longest: int) -> np.ndarray:
    """The picture, rgb (h, w, 3) uint8, shrunk until its longer side is `longest`, by the mean of
    what falls into a pixel; 0, or a picture that is no larger, leaves it as it is."""
    from PIL import Image

    height, width = rgb.shape[:2]
    if not longest or max(height, width) <= longest:
        return rgb
    scale = longest / max(height, width)
    size = (max(round(width * scale), 1), max(round(height * scale), 1))
    return np.asarray(Image.fromarray(rgb).resize(size, Image.Resampling.BOX))
