"""How one layer lies over what is below it: Aseprite's 19 blend modes, in its own arithmetic.

The separable modes and those of hue, saturation and luminosity are the W3C's (Compositing and
Blending Level 1, 2015; PDF 1.4 before it); addition, subtract and divide are as Aseprite's manual
tells them. Values are whole numbers 0 to 255 and rounded where Aseprite rounds, so that a frame
comes out with the same bytes. Over a half-transparent backdrop a mode counts as much as there is
backdrop, in three steps like the editor's: normal, mixed with blended by the backdrop's alpha,
mixed again by both alphas.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from pincel.pixels.aseprite.model import BLEND_MODES

Mode = Callable[[np.ndarray, np.ndarray], np.ndarray]
_BAND = 1 << 16  # pixels mixed at a time, so that a large picture is not held in wide numbers


def times_byte(a: np.ndarray | int, b: np.ndarray | int) -> np.ndarray:
    """a * b / 255, rounded, for whole numbers up to 255 (of either sign), of any shapes that
    numpy lays over each other; int32."""
    product = np.asarray(a, np.int32) * np.asarray(b, np.int32) + 128
    return ((product >> 8) + product) >> 8


def put_over(canvas: np.ndarray, front: np.ndarray, opacity: int, mode: int = 0) -> None:
    """Lay `front` over `canvas`, in place; both (h, w, 4) uint8, straight alpha.

    opacity  0 to 255, of the whole of `front`
    mode     a place in BLEND_MODES
    """
    height = max(_BAND // max(canvas.shape[1], 1), 1)
    for top in range(0, len(canvas), height):
        band = canvas[top : top + height]
        back = band.astype(np.int32)
        over = front[top : top + height].astype(np.int32)
        band[...] = _normal(back, over, opacity) if mode == 0 else _mixed(back, over, opacity, mode)


def _normal(back: np.ndarray, front: np.ndarray, opacity: int) -> np.ndarray:
    """Source over backdrop (Porter and Duff, 1984)."""
    below, alpha = back[..., 3:], times_byte(front[..., 3:], opacity)
    total = alpha + below - times_byte(below, alpha)
    step = (front[..., :3] - back[..., :3]) * alpha
    divided = np.abs(step) // np.maximum(total, 1)  # towards zero, as in C
    mixed = np.append(back[..., :3] + np.sign(step) * divided, total, axis=-1)
    mixed = np.where(front[..., 3:] == 0, back, mixed)
    return np.where(below == 0, np.append(front[..., :3], alpha, axis=-1), mixed)


def _mixed(back: np.ndarray, front: np.ndarray, opacity: int, mode: int) -> np.ndarray:
    blended = np.append(_MODES[mode](back[..., :3], front[..., :3]), front[..., 3:], axis=-1)
    plain = _normal(back, front, opacity)
    full = _normal(back, blended, opacity)
    below = back[..., 3:]
    both = times_byte(below, times_byte(front[..., 3:], opacity))
    result = _between(_between(plain, full, below), full, both)
    return np.where(below == 0, plain, result)


def _between(one: np.ndarray, other: np.ndarray, share: np.ndarray) -> np.ndarray:
    """From one colour (share 0) to another (255); a colour of alpha 0 says nothing."""
    colors = one[..., :3] + times_byte(other[..., :3] - one[..., :3], share)
    colors = np.where(one[..., 3:] == 0, other[..., :3], colors)
    colors = np.where((other[..., 3:] == 0) & (one[..., 3:] > 0), one[..., :3], colors)
    alpha = one[..., 3:] + times_byte(other[..., 3:] - one[..., 3:], share)
    return np.append(colors, alpha, axis=-1)


# --- separable modes: backdrop b, source s, 0 to 255 ---


def _screen(b: np.ndarray, s: np.ndarray) -> np.ndarray:
    return b + s - times_byte(b, s)


def _hard_light(b: np.ndarray, s: np.ndarray) -> np.ndarray:
    return np.where(s < 128, times_byte(b, 2 * s), _screen(b, 2 * s - 255))


def _share(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """255 * a / b, rounded; b at least 1."""
    b = np.maximum(b, 1)
    return (a * 255 + b // 2) // b


def _color_dodge(b: np.ndarray, s: np.ndarray) -> np.ndarray:
    left = 255 - s
    return np.where(b == 0, 0, np.where(b >= left, 255, _share(b, left)))


def _color_burn(b: np.ndarray, s: np.ndarray) -> np.ndarray:
    dark = 255 - b
    return np.where(b == 255, 255, np.where(dark >= s, 0, 255 - _share(dark, s)))


def _soft_light(b: np.ndarray, s: np.ndarray) -> np.ndarray:
    below, source = b / 255, s / 255
    curve = np.where(below <= 0.25, ((16 * below - 12) * below + 4) * below, np.sqrt(below))
    dark = below - (1 - 2 * source) * below * (1 - below)
    light = below + (2 * source - 1) * (curve - below)
    return (np.where(source <= 0.5, dark, light) * 255 + 0.5).astype(np.int32)


def _divide(b: np.ndarray, s: np.ndarray) -> np.ndarray:
    return np.where(b == 0, 0, np.where(b >= s, 255, _share(b, s)))


# --- modes of hue, saturation and luminosity: colours 0 to 1 in the last axis ---

_LIGHT = np.array([0.3, 0.59, 0.11])


def _luminosity(color: np.ndarray) -> np.ndarray:
    red, green, blue = np.moveaxis(color, -1, 0)
    return (_LIGHT[0] * red + _LIGHT[1] * green + _LIGHT[2] * blue)[..., None]  # in this order


def _saturation(color: np.ndarray) -> np.ndarray:
    return color.max(-1, keepdims=True) - color.min(-1, keepdims=True)


def _with_luminosity(color: np.ndarray, light: np.ndarray) -> np.ndarray:
    """The colour as light or dark as asked, pulled to grey where it would leave 0 to 1."""
    color = color + (light - _luminosity(color))
    light = _luminosity(color)
    least, most = color.min(-1, keepdims=True), color.max(-1, keepdims=True)
    with np.errstate(divide="ignore", invalid="ignore"):
        lifted = light + (color - light) * light / (light - least)
        color = np.where(least < 0, lifted, color)
        lowered = light + (color - light) * (1 - light) / (most - light)
        return np.where(most > 1, lowered, color)


def _with_saturation(color: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    least, most = color.min(-1, keepdims=True), color.max(-1, keepdims=True)
    span = most - least
    between = (color - least) * wanted / np.where(span > 0, span, 1)
    return np.where(span > 0, np.where(color == most, wanted, between), 0)


def _by_color(mix: Mode) -> Mode:
    def blended(b: np.ndarray, s: np.ndarray) -> np.ndarray:
        return (255 * mix(b / 255, s / 255)).clip(0, 255).astype(np.int32)  # cut off, as in C

    return blended


def _hue(b: np.ndarray, s: np.ndarray) -> np.ndarray:
    return _with_luminosity(_with_saturation(s, _saturation(b)), _luminosity(b))


def _saturated(b: np.ndarray, s: np.ndarray) -> np.ndarray:
    return _with_luminosity(_with_saturation(b, _saturation(s)), _luminosity(b))


def _exclusion(b: np.ndarray, s: np.ndarray) -> np.ndarray:
    return b + s - 2 * times_byte(b, s)


_BY_NAME: dict[str, Mode] = {
    "normal": lambda b, s: s,
    "multiply": times_byte,
    "screen": _screen,
    "overlay": lambda b, s: _hard_light(s, b),
    "darken": np.minimum,
    "lighten": np.maximum,
    "color_dodge": _color_dodge,
    "color_burn": _color_burn,
    "hard_light": _hard_light,
    "soft_light": _soft_light,
    "difference": lambda b, s: np.abs(b - s),
    "exclusion": _exclusion,
    "hue": _by_color(_hue),
    "saturation": _by_color(_saturated),
    "color": _by_color(lambda b, s: _with_luminosity(s, _luminosity(b))),
    "luminosity": _by_color(lambda b, s: _with_luminosity(b, _luminosity(s))),
    "addition": lambda b, s: np.minimum(b + s, 255),
    "subtract": lambda b, s: np.maximum(b - s, 0),
    "divide": _divide,
}
_MODES = [_BY_NAME[name] for name in BLEND_MODES]
