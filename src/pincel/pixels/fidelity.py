"""How close a picture is to the true one: PSNR and SSIM, for many pictures at once.

Both are what scikit-image computes with its own defaults (the tests compare them), but for a whole
batch in one go.
"""

from __future__ import annotations

import numpy as np

_WINDOW = 7
_K1, _K2 = 0.01, 0.03


def psnr(true: np.ndarray, given: np.ndarray, span: float = 1.0) -> np.ndarray:
    """Peak signal-to-noise ratio in decibels of pictures, true and given (n, h, w, c) of any type:
    (n,) float64.

    10 log10(span^2 / mean squared error), over all pixels and channels; infinite for equal
    pictures. `span` is the distance from black to white.
    """
    gap = np.asarray(true, np.float64) - np.asarray(given, np.float64)
    error = (gap**2).reshape(len(gap), -1).mean(1)
    with np.errstate(divide="ignore"):
        return 10 * np.log10(span**2 / error)


def batch_ssim(true: np.ndarray, given: np.ndarray, span: float = 1.0) -> np.ndarray:
    """Structural similarity of pictures, true and given (n, h, w, c) of any type: (n,) float64, -1
    to 1, 1 for equal pictures. `span` is the distance from black to white.

    Means, variances and covariance in windows of 7 x 7 pixels (smaller in smaller pictures), one
    channel after the other, averaged over all windows inside the picture (Wang et al., 2004).
    """
    from scipy.ndimage import uniform_filter

    x, y = np.asarray(true, np.float64), np.asarray(given, np.float64)
    side = min(_WINDOW, *(s - 1 + s % 2 for s in x.shape[1:3]))  # odd
    window = (1, side, side, 1)

    def mean(values: np.ndarray) -> np.ndarray:
        return uniform_filter(values, window)

    unbiased = side * side / max(1, side * side - 1)
    mean_x, mean_y = mean(x), mean(y)
    var_x = unbiased * (mean(x * x) - mean_x**2)
    var_y = unbiased * (mean(y * y) - mean_y**2)
    both = unbiased * (mean(x * y) - mean_x * mean_y)
    c1, c2 = (_K1 * span) ** 2, (_K2 * span) ** 2
    alike = (2 * mean_x * mean_y + c1) * (2 * both + c2)
    alike /= (mean_x**2 + mean_y**2 + c1) * (var_x + var_y + c2)
    edge = side // 2
    inside = alike[:, edge : alike.shape[1] - edge, edge : alike.shape[2] - edge]
    return inside.reshape(len(x), -1).mean(1)
