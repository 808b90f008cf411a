"""Filters made of one small matrix: sliding it over a picture, and looking at one single step.

What frameworks and most slides call convolution is cross-correlation: the kernel is laid on the
picture as it is written. A true convolution turns the kernel by 180 degrees first. Both are here,
under their own names.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pincel.errors import PincelError

PADDINGS = ("valid", "same", "reflect")
LARGEST = 31
"""The largest side of a kernel."""

_SHIFT_X = np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]], float)

FIXED: dict[str, np.ndarray] = {
    "identity": np.array([[0, 0, 0], [0, 1, 0], [0, 0, 0]], float),
    # Sobel and Feldman, 1968: positive where it gets brighter to the right, or downwards.
    "sobel-x": _SHIFT_X,
    "sobel-y": _SHIFT_X.T.copy(),
    "laplacian": np.array([[-1, -1, -1], [-1, 8, -1], [-1, -1, -1]], float),
    "laplacian-4": np.array([[0, -1, 0], [-1, 4, -1], [0, -1, 0]], float),
    "sharpen": np.array([[0, -1, 0], [-1, 5, -1], [0, -1, 0]], float),
    "emboss": np.array([[-2, -1, 0], [-1, 1, 1], [0, 1, 2]], float),
}
"""Kernels with fixed numbers. `box` and `gaussian` are made to size."""


@dataclass(frozen=True, eq=False)
class Window:
    """One step of a filter, nothing hidden: `total` is the sum of `products`.

    x, y      column and row of the answer
    left, top column and row of the window's first value in the picture (negative in the padding)
    values    (k, m) the picture's values under the kernel, padding included
    kernel    (k, m) the numbers they are multiplied by
    products  (k, m) values * kernel
    total     their sum: the answer's value at (x, y)
    """

    x: int
    y: int
    left: int
    top: int
    values: np.ndarray
    kernel: np.ndarray
    products: np.ndarray
    total: float


def box(size: int = 3) -> np.ndarray:
    """The mean of a (size, size) window, float64: every weight is 1 / size²."""
    return np.full((size, size), 1.0 / size**2)


def gaussian(sigma: float = 1.0, size: int | None = None) -> np.ndarray:
    """A bell of weights that sum to 1, (size, size) float64.

    `size` defaults to the odd number that reaches three sigma (in pixels) to each side, 31 at most.
    """
    size = size or min(LARGEST, 2 * int(np.ceil(3 * sigma)) + 1)
    at = np.arange(size) - (size - 1) / 2
    bell = np.exp(-(at**2) / (2 * sigma**2))
    weights = np.outer(bell, bell)
    return weights / weights.sum()


def parse_kernel(text: str) -> np.ndarray:
    """A matrix written as "0,1,-1;0,1,2;0,1,0": values by commas or spaces, rows by semicolons.

    Fractions such as 1/9 are understood. Returns (rows, columns) float64. PincelError when it is no
    rectangle of numbers, a number is beyond +-1e9, or a side is over 31.
    """
    rows = [row.replace(",", " ").split() for row in text.strip().strip(";").split(";")]
    widths = {len(row) for row in rows}
    if len(widths) != 1 or 0 in widths:
        raise PincelError("kernels.ragged", given=_short(text))
    if max(len(rows), len(rows[0])) > LARGEST:
        raise PincelError("kernels.large", rows=len(rows), columns=len(rows[0]), largest=LARGEST)
    return np.array([[_number(value, text) for value in row] for row in rows])


def _number(value: str, text: str) -> float:
    above, bar, below = value.partition("/")
    try:
        number = float(above) / (float(below) if bar else 1.0)
    except (ValueError, ZeroDivisionError):
        number = float("nan")
    if not np.isfinite(number) or abs(number) > 1e9:
        raise PincelError("kernels.number", value=_short(value), given=_short(text))
    return number


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:57] + "..."


def flip(kernel: np.ndarray) -> np.ndarray:
    """The kernel, (k, m) of any type, turned by 180 degrees: what tells convolution from
    correlation. A view."""
    return kernel[::-1, ::-1]


def pads(side: int, kernel: int, stride: int, padding: str) -> tuple[int, int]:
    """How many values go before and after one axis.

    "valid" adds none. "same" and "reflect" add what makes the answer ceil(side / stride) long,
    the odd one at the end, as Keras does.
    """
    if padding == "valid":
        return 0, 0
    total = max((-(-side // stride) - 1) * stride + kernel - side, 0)
    return total // 2, total - total // 2


def padded(plane: np.ndarray, kernel: np.ndarray, stride: int, padding: str) -> np.ndarray:
    """The plane with its frame: zeros for "same", the picture mirrored for "reflect", none for
    "valid". (h, w) of any type, which it keeps; of the kernel, (k, m), only the size counts."""
    around = [pads(plane.shape[i], kernel.shape[i], stride, padding) for i in (0, 1)]
    if padding == "reflect":
        return np.pad(plane, around, mode="reflect")
    return np.pad(plane, around)


def correlate(
    plane: np.ndarray, kernel: np.ndarray, *, stride: int = 1, padding: str = "valid"
) -> np.ndarray:
    """Slide the kernel over the plane as written; each answer is the sum of the products.

    plane   (h, w) numbers
    kernel  (k, m) numbers
    Returns (h', w') float64; with "valid" h' = (h - k) // stride + 1, else h' = ceil(h / stride).
    PincelError when the kernel is larger than the plane and nothing is padded.
    """
    plane = np.asarray(plane, float)
    framed = padded(plane, kernel, stride, padding)
    height, width = (framed.shape[i] - kernel.shape[i] for i in (0, 1))
    if height < 0 or width < 0:
        raise PincelError(
            "kernels.over",
            rows=kernel.shape[0],
            columns=kernel.shape[1],
            width=plane.shape[1],
            height=plane.shape[0],
        )
    answer = np.zeros((height // stride + 1, width // stride + 1))
    for (row, column), weight in np.ndenumerate(kernel):
        if weight:  # one shifted copy of the picture for each number of the kernel
            copy = framed[row : row + height + 1 : stride, column : column + width + 1 : stride]
            answer += weight * copy
    return answer


def convolve(
    plane: np.ndarray, kernel: np.ndarray, *, stride: int = 1, padding: str = "valid"
) -> np.ndarray:
    """True convolution: `correlate` with the kernel turned by 180 degrees.

    plane   (h, w) numbers
    kernel  (k, m) numbers
    Returns float64, as large as there. PincelError as there.
    """
    return correlate(plane, flip(kernel), stride=stride, padding=padding)


def window(
    plane: np.ndarray,
    kernel: np.ndarray,
    x: int,
    y: int,
    *,
    stride: int = 1,
    padding: str = "valid",
) -> Window:
    """The one step of `correlate` that gives the answer at column x, row y.

    plane   (h, w) numbers
    kernel  (k, m) numbers
    The arrays in what it returns are floats. PincelError when the answer has no such place.
    """
    plane = np.asarray(plane, float)
    framed = padded(plane, kernel, stride, padding)
    rows, columns = ((framed.shape[i] - kernel.shape[i]) // stride + 1 for i in (0, 1))
    if not (0 <= x < columns and 0 <= y < rows):
        raise PincelError("kernels.outside", x=x, y=y, right=columns - 1, bottom=rows - 1)
    before = [pads(plane.shape[i], kernel.shape[i], stride, padding)[0] for i in (0, 1)]
    top, left = y * stride, x * stride
    values = framed[top : top + kernel.shape[0], left : left + kernel.shape[1]]
    products = values * kernel
    total = float(products.sum())
    return Window(x, y, left - before[1], top - before[0], values, kernel, products, total)


def telling_place(
    answer: np.ndarray,
    plane: np.ndarray,
    kernel: np.ndarray,
    *,
    stride: int = 1,
    padding: str = "valid",
) -> tuple[int, int]:
    """Column and row of the answer where this kernel does most: where its answer is farthest from
    what it gives on a flat surface of the window's own mean.

    answer  (h', w') floats, what `correlate` or `convolve` made of them
    plane   (h, w) numbers
    kernel  (k, m) numbers
    """
    change = np.abs(answer)
    if abs(kernel.sum()) > 1e-9:  # else flat surfaces give 0
        even = np.full(kernel.shape, kernel.sum() / kernel.size)
        change = np.abs(answer - correlate(plane, even, stride=stride, padding=padding))
    inside = []  # the frame is no part of the picture: look where no window reaches into it
    for axis in (0, 1):
        before = pads(plane.shape[axis], kernel.shape[axis], stride, padding)[0]
        start = np.arange(change.shape[axis]) * stride - before
        inside.append((start >= 0) & (start + kernel.shape[axis] <= plane.shape[axis]))
    if inside[0].any() and inside[1].any():
        change[~inside[0]] = 0
        change[:, ~inside[1]] = 0
    np.round(change, 6, out=change)
    y, x = np.unravel_index(int(np.argmax(change)), change.shape)
    return int(x), int(y)


def magnitude(across: np.ndarray, down: np.ndarray) -> np.ndarray:
    """How steep: the length of the arrow (across, down), √(across² + down²); floats of any shape,
    the same for both."""
    return np.hypot(across, down)


def canny(grey: np.ndarray, sigma: float, low: float, high: float) -> np.ndarray:
    """Canny's edges (1986), (h, w) bool, by scikit-image: smoothed, thinned to one pixel, weak
    parts kept only where they hang on strong ones.

    grey  (h, w) 0-255;  low, high  thresholds on the Sobel magnitude of 0-255 values
    """
    from skimage.feature import canny as skimage_canny

    scaled = np.asarray(grey, float) / 255.0
    return skimage_canny(scaled, sigma=sigma, low_threshold=low / 255, high_threshold=high / 255)


def smoothed(grey: np.ndarray, sigma: float) -> np.ndarray:
    """The Gaussian before Canny, (h, w) float64 in the range of `grey`, (h, w) numbers; its border
    weighed as scikit-image weighs it. `sigma` in pixels."""
    from scipy.ndimage import gaussian_filter

    weight = gaussian_filter(np.ones(grey.shape), sigma, mode="constant")
    return gaussian_filter(np.asarray(grey, float), sigma, mode="constant") / weight
