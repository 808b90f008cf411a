"""Outlines: one clean pixel around everything that is there.

The line joins cells by their corners (drawn where a cell has a neighbour above, below, left or
right across the rim), so it has no doubled corners.
"""

from __future__ import annotations

import numpy as np

from pincel.art.sprite import TRANSPARENT
from pincel.pixels import color

KINDS = ("none", "dark", "colored")
PLACES = ("outer", "inner")
_SIDES = ((-1, 0), (0, 1), (1, 0), (0, -1))
DARK = 0.34
"""A colour at most this light (OKLab L) serves as a dark line."""


def _beside(grid: np.ndarray, dy: int, dx: int, beyond: int) -> np.ndarray:
    """The neighbour (row+dy, column+dx) of every cell; `beyond` outside the picture."""
    padded = np.pad(grid, 1, constant_values=beyond)
    return padded[1 + dy : 1 + dy + grid.shape[0], 1 + dx : 1 + dx + grid.shape[1]]


def rim(index: np.ndarray, place: str) -> np.ndarray:
    """The cells that an outline covers, (h, w) bool.

    index (h, w), -1 transparent. "outer": transparent cells beside an opaque one; "inner": opaque
    cells beside a transparent one. The picture's own border is no rim: a bust cut off by the
    frame gets no line there.
    """
    opaque = index != TRANSPARENT
    wanted = np.zeros(index.shape, bool)
    for dy, dx in _SIDES:
        beside = _beside(opaque.astype(np.int8), dy, dx, -1)
        wanted |= beside == (1 if place == "outer" else 0)
    return wanted & (~opaque if place == "outer" else opaque)


def without_crumbs(index: np.ndarray) -> np.ndarray:
    """The sprite, index (h, w) whole numbers with -1 where transparent, without opaque specks (one
    or two cells on their own) and with one-cell holes filled: a line around each of them would be a
    blot. A sprite of specks alone keeps them. A copy of the same type."""
    from scipy import ndimage

    result = index.copy()
    label, _ = ndimage.label(result != TRANSPARENT, structure=np.ones((3, 3)))
    size = np.bincount(label.ravel())
    if (size[1:] > 2).any():
        result[(size <= 2)[label] & (label > 0)] = TRANSPARENT
    around = np.stack([_beside(result, dy, dx, TRANSPARENT) for dy, dx in _SIDES])
    hole = (result == TRANSPARENT) & (around != TRANSPARENT).all(0)
    result[hole] = around[0][hole]
    return result


def dark_color(palette: np.ndarray, near: np.ndarray | None = None) -> np.ndarray:
    """A dark line colour for a palette, (k, 3) uint8: (3,) uint8, nearly black, tinted like the
    palette's darker half (or like `near`, (3,) OKLab), as artists choose it."""
    lab = color.srgb_to_oklab(palette)
    tint = near if near is not None else lab[lab[:, 0] <= np.median(lab[:, 0])].mean(0)
    chroma = np.array([0.2, tint[1] * 0.6, tint[2] * 0.6], np.float32)
    return color.to_bytes(color.oklab_to_srgb(chroma))


def shades(palette: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """For every colour of a palette, (k, 3) uint8, the one that outlines it, (k,) int, and whether
    it is a fair one, (k,) bool: clearly darker, of like hue, or dark itself."""
    lab = color.srgb_to_oklab(palette)
    wanted = lab * np.array([0.6, 0.85, 0.85], np.float32)
    gap = (wanted[:, None] - lab[None]) * np.array([1.0, 1.6, 1.6], np.float32)
    price = np.sqrt((gap**2).sum(-1))
    darker = lab[None, :, 0] < lab[:, None, 0] - np.minimum(0.08, 0.4 * lab[:, None, 0])
    price = np.where(darker, price, price + 1.0)
    best = price.argmin(1)
    fair = price[np.arange(len(lab)), best] < 0.16
    fair |= lab[:, 0] <= DARK  # dark already: may outline itself
    best = np.where(darker.any(1), best, np.arange(len(lab)))
    return best, fair


def needs_color(index: np.ndarray, palette: np.ndarray, kind: str, place: str) -> bool:
    """Whether the palette, (k, 3) uint8, lacks a line colour for this sprite, (h, w) whole numbers
    with -1 where transparent, so that one should be added."""
    lab = color.srgb_to_oklab(palette)
    if kind == "dark":
        return bool(lab[:, 0].min() > DARK)
    if kind == "colored":
        _, fair = shades(palette)
        source = _source(index, place)
        worn = source[source != TRANSPARENT]
        return bool(len(worn) and fair[worn].mean() < 0.6 and lab[:, 0].min() > 0.25)
    return False


def outline(
    index: np.ndarray,
    palette: np.ndarray,
    kind: str = "dark",
    place: str = "outer",
) -> np.ndarray:
    """A sprite with a one-pixel outline, (h, w), in colours of its palette.

    index (h, w), -1 transparent; palette (k, 3) uint8. "dark": the darkest colour, the same all
    around; "colored": a darker shade of what lies beside it. A sprite without transparent cells
    has no outside and comes back as it is. ValueError for a kind or place that is none of KINDS
    or PLACES.
    """
    if kind not in KINDS or place not in PLACES:
        raise ValueError(f"outline is one of {KINDS}, at one of {PLACES}, got {kind!r}, {place!r}")
    if kind == "none" or not (index == TRANSPARENT).any():
        return index
    index = without_crumbs(index)
    lab = color.srgb_to_oklab(palette)
    source = _source(index, place)
    if kind == "dark":
        worn = np.full(len(palette), lab[:, 0].argmin())
    else:
        worn, _ = shades(palette)
    # what is about as dark as its line would be is a line already: two would be one too thick
    lined = (color.oklab_distance(lab, lab[worn]) < 0.12) & (lab[:, 0] <= DARK + 0.06)
    line = rim(index, place) & ~(lined[source] & (source != TRANSPARENT))
    result = index.copy()
    result[line] = worn[source[line]]
    return _calm(result, line) if kind == "colored" else result


def _source(index: np.ndarray, place: str) -> np.ndarray:
    """The colour that each cell of the line belongs to: the most frequent opaque one among its
    neighbours (with itself, inside); -1 off the line."""
    line = rim(index, place)
    window = [(dy, dx) for dy in (-1, 0, 1) for dx in (-1, 0, 1) if place == "inner" or dy or dx]
    around = np.stack([_beside(index, dy, dx, TRANSPARENT) for dy, dx in window])
    votes = (around[:, None] == around[None]) & (around != TRANSPARENT)[None]
    side = np.array([2 if dy == 0 or dx == 0 else 1 for dy, dx in window])[:, None, None]
    weight = (votes * side[:, None]).sum(0) * (around != TRANSPARENT)
    best = np.take_along_axis(around, weight.argmax(0)[None], 0)[0]
    return np.where(line, best, TRANSPARENT)


def _calm(index: np.ndarray, line: np.ndarray) -> np.ndarray:
    """A coloured line changes its colour seldom: a single odd cell joins its two fellows."""
    result = index.copy()
    window = [(dy, dx) for dy in (-1, 0, 1) for dx in (-1, 0, 1) if dy or dx]
    fellows = np.stack(
        [np.where(_beside(line, dy, dx, 0), _beside(index, dy, dx, -1), -1) for dy, dx in window]
    )
    own = (fellows == index[None]).any(0)
    most = np.array([(fellows == f[None]).sum(0) * (f >= 0) for f in fellows]).argmax(0)
    common = np.take_along_axis(fellows, most[None], 0)[0]
    change = line & ~own & (common >= 0)
    result[change] = common[change]
    return result
