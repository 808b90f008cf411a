"""Colour spaces as plain functions on arrays whose last axis holds the channels.

sRGB comes as uint8 (0-255) or float (0-1); everything else is float32. A colour's numbers depend
on nothing but the colour: not on its place in the array, not on the processor.
"""

from __future__ import annotations

import numpy as np

from pincel.pixels import repeatable

# Ottosson, "A perceptual color space for image processing", 2020.
_LINEAR_TO_LMS = np.array(
    [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ],
    dtype=np.float32,
)
_LMS_TO_OKLAB = np.array(
    [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ],
    dtype=np.float32,
)
_OKLAB_TO_LMS = np.linalg.inv(_LMS_TO_OKLAB.astype(np.float64)).astype(np.float32)
_LMS_TO_LINEAR = np.linalg.inv(_LINEAR_TO_LMS.astype(np.float64)).astype(np.float32)


def _decode(value: np.ndarray) -> np.ndarray:
    return np.where(value <= 0.04045, value / 12.92, ((value + 0.055) / 1.055) ** 2.4)


_DECODED_BYTES = _decode(np.arange(256) / 255.0).astype(np.float32)


def srgb_to_linear(srgb: np.ndarray) -> np.ndarray:
    """Gamma-coded sRGB (uint8 0-255 or float 0-1), any shape, to linear light, float32 0-1
    (IEC 61966-2-1)."""
    if srgb.dtype == np.uint8:
        return _DECODED_BYTES[srgb]
    return repeatable.rounded(_decode, np.asarray(srgb, np.float32))


def linear_to_srgb(linear: np.ndarray) -> np.ndarray:
    """Linear light, any shape, to gamma-coded sRGB, float32, clipped to 0-1."""
    linear = np.clip(linear, 0.0, 1.0)
    bent = 1.055 * repeatable.power(linear, 1 / 2.4) - 0.055
    return np.where(linear <= 0.0031308, 12.92 * linear, bent).astype(np.float32)


def to_bytes(srgb: np.ndarray) -> np.ndarray:
    """Float 0-1, any shape, to uint8 0-255, rounded to nearest."""
    return np.clip(np.rint(np.asarray(srgb) * 255.0), 0, 255).astype(np.uint8)


def srgb_to_oklab(srgb: np.ndarray) -> np.ndarray:
    """sRGB (..., 3), uint8 0-255 or float 0-1, to OKLab (..., 3) float32: L 0-1, a and b about
    -0.4 to 0.4 (Ottosson, 2020)."""
    return linear_to_oklab(srgb_to_linear(srgb))


def linear_to_oklab(linear: np.ndarray) -> np.ndarray:
    """Linear light (..., 3), 0-1, to OKLab (..., 3) float32."""
    lms = repeatable.mixed(np.asarray(linear, np.float32), _LINEAR_TO_LMS)
    return repeatable.mixed(repeatable.rounded(np.cbrt, lms), _LMS_TO_OKLAB)


def oklab_to_srgb(oklab: np.ndarray) -> np.ndarray:
    """OKLab (..., 3) to sRGB float32 0-1; colours outside sRGB are clipped."""
    lms = repeatable.mixed(np.asarray(oklab, np.float32), _OKLAB_TO_LMS)
    return linear_to_srgb(repeatable.mixed(lms * lms * lms, _LMS_TO_LINEAR))


def oklab_distance(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Euclidean distance in OKLab, (..., 3) and (..., 3) to (...,) float32. 0.02 is just seen;
    black and white are 1 apart."""
    apart = np.asarray(a, np.float32) - np.asarray(b, np.float32)
    return np.sqrt(np.sum(apart * apart, axis=-1))
