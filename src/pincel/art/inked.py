"""A small sketch drawn out to twice its size as a pixel artist would ink it: few materials, each in
clean steps of light, and an outline of one pixel.

A diffusion network's sketch of 16 x 16 knows where things are and which colours they have, but its
lightness wavers from pixel to pixel and its outline comes and goes. Doubled by Scale2x alone it is
blotchy and its lines are two pixels wide. So the colours are first told apart as materials, mostly
by hue; inside each the lightness is smoothed where it is even already (Tomasi and Manduchi, 1998),
a little light from the upper left is added by the form of the silhouette, and the sum is cut into
steps; the rim becomes an outline darker than what it bounds.
"""

from __future__ import annotations

import numpy as np

from pincel.art.calm import calm
from pincel.art.denoise import few_colors, nearest_entry
from pincel.art.scale2x import scale2x
from pincel.art.tidy import tidy
from pincel.pixels.color import oklab_to_srgb, srgb_to_oklab, to_bytes
from pincel.pixels.each_once import each_once

_WEIGHTS = np.array([0.5, 1.6, 1.6], np.float32)
"""How much lightness and the two axes of colour count when materials are told apart."""
_FIRST, _APART = 14, 0.07
"""So many groups of colours at first; groups nearer than this, weighed, are one material."""
_STEP = 0.06
"""Two shades of a material lie so far apart in OKLab's lightness."""
_STEPS = 2
"""So many shades lighter and darker than the middle one a material has at most."""
_LIGHT = 0.13
_EVEN = 0.05
_DARK = 0.30
"""A material as dark as this is an outline where it lies along the rim."""
_DEEP = 2.3
_LINE, _LINE_LEAST = 0.42, 0.16
"""An outline has this share of the lightness of what it bounds, and is no darker than the least."""
_FULL = 0.9
"""A picture that fills so much of its square is a ground and has no outline."""
_FEW = 12
"""A material of fewer pixels has one shade."""
_MOST = 16
_SMOOTH = np.array([1, 4, 7, 4, 1.0]) / 17
_SIDES = ((0, 1), (1, 0), (0, -1), (-1, 0))


def inked(
    lab: np.ndarray, opaque: np.ndarray, palette: np.ndarray | None = None
) -> tuple[np.ndarray, np.ndarray]:
    """A sketch, lab (s, s, 3) float32 OKLab and opaque (s, s) bool, as entries (2s, 2s) int, -1
    transparent, of colours (k, 3) uint8: of `palette` (k, 3) uint8 where one is given, else at
    most 16."""
    if not opaque.any():
        return np.full((2 * len(opaque), 2 * len(opaque)), -1), _given(palette)
    small, colors = _materials(lab, opaque)
    large = scale2x(small)
    large = tidy(calm(large, colors, most=6, reach=0.12), colors)
    body, moved = _without_line(large, colors)
    light = _light(lab[..., 0], small, body) + moved
    index, shades = _shaded(body, colors, light)
    index = calm(index, shades, most=5, reach=0.16)
    index, shades = _outlined(index, shades, body, colors)
    if palette is not None:
        return _in_palette(index, shades, palette)
    used = each_once(index[index >= 0])
    few, place = few_colors(shades[used].astype(np.float32), _MOST, 0.03)
    table = np.full(len(shades) + 1, -1)
    table[used] = place
    index = table[index]
    return tidy(calm(index, few, most=2, reach=0.13), few), to_bytes(oklab_to_srgb(few))


def _given(palette: np.ndarray | None) -> np.ndarray:
    return np.zeros((2, 3), np.uint8) if palette is None else np.asarray(palette, np.uint8)


def _in_palette(
    index: np.ndarray, shades: np.ndarray, palette: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Each shade as its nearest of the palette."""
    lab = srgb_to_oklab(_given(palette)).astype(np.float32)
    table = np.append(nearest_entry(shades.astype(np.float32), lab), -1)
    index = table[index]
    return tidy(calm(index, lab, most=2, reach=0.13), lab), _given(palette)


def _materials(lab: np.ndarray, opaque: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Materials: entries (s, s), -1 transparent, and their colours (k, 3) in OKLab."""
    own = lab[opaque] * _WEIGHTS
    groups, place = few_colors(own, _FIRST, 0.05)
    mass = np.bincount(place, minlength=len(groups)).astype(np.float64)
    groups = groups.astype(np.float64)
    name = np.arange(len(groups))
    while len(alive := each_once(name)) > 1:
        far = np.linalg.norm(groups[alive][:, None] - groups[alive][None], axis=-1)
        np.fill_diagonal(far, np.inf)
        i, j = np.unravel_index(int(far.argmin()), far.shape)
        if far[i, j] > _APART:
            break
        a, b = alive[min(i, j)], alive[max(i, j)]
        total = mass[a] + mass[b]
        groups[a] = (groups[a] * mass[a] + groups[b] * mass[b]) / total
        mass[a] = total
        name[name == b] = a
    kept, entry = np.unique(name, return_inverse=True)
    index = np.full(opaque.shape, -1)
    index[opaque] = entry[place]
    colors = (groups[kept] / _WEIGHTS).astype(np.float32)
    return calm(index, colors, most=2, reach=0.12), colors


def _without_line(large: np.ndarray, colors: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Materials without the dark line along the rim, which goes to what it bounds, and how much
    darker that is there, (h, w)."""
    dark = np.append(colors[:, 0] < _DARK, False)[large]
    line = dark & (_depth(large >= 0) <= _DEEP)
    moved = np.zeros(large.shape)
    if (large >= 0).sum() - line.sum() < 0.25 * (large >= 0).sum():
        return large, moved
    body = np.where(line, -2, large)
    for _ in range(3):
        before = body
        for dy, dx in _SIDES:
            near = _beside(before, dy, dx, -1)
            body = np.where((body == -2) & (near >= 0), near, body)
        moved[body != before] = -_STEP
    return np.where(body == -2, large, body), moved


def _light(light: np.ndarray, small: np.ndarray, body: np.ndarray) -> np.ndarray:
    """The lightness of each pixel (2s, 2s): the sketch's, smoothed within each material, and by
    the form."""
    even = light.astype(np.float64)
    for _ in range(2):
        even = _bilateral(even, small)
    large = even.repeat(2, 0).repeat(2, 1)
    there = small.repeat(2, 0).repeat(2, 1)
    found = np.zeros(body.shape)
    entries = each_once(body[body >= 0])
    here = there == entries[:, None, None]  # (k, 2s, 2s)
    share, sums = _blurred(here.astype(np.float64)), _blurred(large * here)
    for entry, area, much, total in zip(entries, here, share, sums, strict=True):
        mean = total / np.maximum(much, 1e-9)
        alone = large[area].mean() if area.any() else 0.5
        mean = np.where(much > 1e-6, mean, alone)
        found[body == entry] = mean[body == entry]
    return found + _LIGHT * _slope(body >= 0)


def _bilateral(values: np.ndarray, group: np.ndarray) -> np.ndarray:
    """Values (s, s) smoothed with like neighbours of the same group."""
    total, weight = values * 1.0, np.ones_like(values)
    for dy in (-1, 0, 1):
        for dx in (-1, 0, 1):
            if (dy, dx) == (0, 0):
                continue
            near, kind = _beside(values, dy, dx, 0.0), _beside(group, dy, dx, -9)
            w = (kind == group) * np.exp(-(((near - values) / _EVEN) ** 2) / 2)
            w *= 0.8 if 0 in (dy, dx) else 0.6
            total, weight = total + w * near, weight + w
    return total / weight


def _blurred(values: np.ndarray) -> np.ndarray:
    """Maps (..., h, w) made smooth."""
    for turned in (-2, -1):
        values = np.swapaxes(values, turned, -1)
        n = values.shape[-1]
        held = np.zeros((*values.shape[:-1], n + 4))
        held[..., 2:-2] = values
        values = sum(k * held[..., i : i + n] for i, k in enumerate(_SMOOTH))
        values = np.swapaxes(values, turned, -1)
    return values


def _slope(opaque: np.ndarray) -> np.ndarray:
    """How much each pixel faces the light at the upper left, (h, w) in -1 to 1: the silhouette as a
    body that is highest in its middle."""
    high = np.sqrt(_depth(opaque))
    for _ in range(2):
        high = _blurred(high)
    down, right = np.gradient(high)
    return np.clip(0.8 * down + 0.6 * right, -0.5, 0.5)


def _shaded(
    body: np.ndarray, colors: np.ndarray, light: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Each material in steps of light: entries (h, w) and shades (k, 3) OKLab."""
    index = np.full(body.shape, -1)
    shades: list[tuple[float, float, float]] = []
    for entry in each_once(body[body >= 0]):
        here = body == entry
        middle = float(light[here].mean())
        step = np.clip(np.round((light[here] - middle) / _STEP), -_STEPS, _STEPS).astype(int)
        if here.sum() < _FEW:
            step[:] = 0
        own = np.full(len(step), -1)
        for one in each_once(step):
            own[step == one] = len(shades)
            _, a, b = colors[entry]
            lightness = float(np.clip(middle + 1.1 * one * _STEP, 0.05, 0.99))
            shades.append((lightness, float(a), float(b) + 0.01 * one))
        index[here] = own
    return index, np.array(shades)


def _outlined(
    index: np.ndarray, shades: np.ndarray, body: np.ndarray, colors: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """With a dark rim of one pixel; parts too thin for one have it on the side away from the
    light."""
    opaque = index >= 0
    if opaque.mean() > _FULL:
        return index, shades
    thin = opaque & ~_opened(opaque)
    shadow = ~_beside(opaque, 1, 0, False) | ~_beside(opaque, 0, 1, False)
    rim = opaque & (_depth(opaque) < 1.5) & (~thin | shadow)
    lines, all_ = {}, list(map(tuple, shades))
    found = index.copy()
    for y, x in np.argwhere(rim):
        entry = int(body[y, x])
        if entry not in lines:
            light, a, b = colors[entry]
            lines[entry] = len(all_)
            all_.append((max(_LINE_LEAST, _LINE * light), 0.8 * a, 0.8 * b))
        found[y, x] = lines[entry]
    return found, np.array(all_)


def _opened(opaque: np.ndarray) -> np.ndarray:
    """Opaque pixels that lie in a block of 3 x 3 opaque ones."""
    held = np.pad(opaque, 2)
    n, m = opaque.shape
    whole = np.all([held[1 + y : n + 3 + y, 1 + x : m + 3 + x]
                    for y in (-1, 0, 1) for x in (-1, 0, 1)], axis=0)  # fmt: skip
    return np.any([whole[1 + y : n + 1 + y, 1 + x : m + 1 + x]
                   for y in (-1, 0, 1) for x in (-1, 0, 1)], axis=0)  # fmt: skip


def _depth(opaque: np.ndarray) -> np.ndarray:
    """How far, in pixels, each opaque pixel lies from the nearest transparent one, a diagonal
    counted as two sides; 0 outside. What is beyond the edge is transparent."""
    found = np.zeros(opaque.shape)
    left = opaque
    while left.any():
        found += left
        left = left & np.all([_beside(left, dy, dx, False) for dy, dx in _SIDES], axis=0)
    return found


def _beside(grid: np.ndarray, dy: int, dx: int, outside: float) -> np.ndarray:
    """The neighbour of every pixel in one direction."""
    height, width = grid.shape
    held = np.full((height + 2, width + 2), outside, grid.dtype)
    held[1:-1, 1:-1] = grid
    return held[1 + dy : height + 1 + dy, 1 + dx : width + 1 + dx]
