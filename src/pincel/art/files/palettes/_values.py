"""What several palette formats share: text, rows of bytes, entries that can be seen through."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from pincel.art.palettes import MOST_COLORS, Palette


def text_of(data: bytes) -> str:
    """The bytes as text; what is no UTF-8 becomes the replacement sign."""
    return data.decode("utf-8-sig", "replace")


def entry(words: Sequence[str]) -> tuple[int, int, int] | None:
    """(r, g, b) of numbers 0-255, of which a fourth is alpha; None where alpha is 0, an entry that
    shows nothing. ValueError where a number is no byte."""
    values = [int(word) for word in words[:4]]
    if len(values) < 3 or not all(0 <= value <= 255 for value in values):
        raise ValueError(f"not a colour: {words[:4]}")
    if len(values) == 4 and values[3] == 0:
        return None
    return values[0], values[1], values[2]


def color_rows(data: bytes, count: int, step: int) -> np.ndarray:
    """`count` colours of `step` bytes each, of which the first three are red, green, blue:
    (count, 3) uint8. ValueError for more than 256, or more than there are bytes for."""
    if count > MOST_COLORS or len(data) < count * step:
        raise ValueError("cut short")
    return np.frombuffer(data, np.uint8, count * step).reshape(count, step)[:, :3].copy()


def from_floats(colors: Sequence[Sequence[float]]) -> np.ndarray:
    """(k, 3) uint8 of sRGB values 0-1, clipped; ValueError where one is no number."""
    values = np.asarray(colors, np.float64).reshape(-1, 3)
    if not np.all(np.isfinite(values)):
        raise ValueError("a colour that is no number")
    return np.rint(np.clip(values, 0, 1) * 255).astype(np.uint8)


def from_lab(lightness: float, a: float, b: float) -> tuple[float, float, float]:
    """sRGB 0-1 of a CIELAB colour (L 0-100, D65 as the swatch programs take it), clipped."""
    import warnings

    from skimage.color import lab2rgb

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # colours outside sRGB are clipped, as they must be
        red, green, blue = lab2rgb(np.array([lightness, a, b], np.float64)).tolist()
    return red, green, blue


def from_cmyk(cyan: float, magenta: float, yellow: float, black: float) -> tuple[float, ...]:
    """sRGB 0-1 of ink shares 0-1, without a profile: (1 - ink)(1 - black)."""
    return tuple((1 - ink) * (1 - black) for ink in (cyan, magenta, yellow))


def palette_of_numbers(name: str, colors: Sequence | np.ndarray, source: str) -> Palette:
    """The palette of these (k, 3) colours, whole numbers 0-255; entries that are None are left
    out."""
    seen = [color for color in colors if color is not None]
    return Palette(name, np.array(seen, np.uint8).reshape(-1, 3), source)
