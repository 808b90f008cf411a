"""What a drawing network leaves behind, cleared away: crumbs, pinholes, shadows, spare colours.

Each rule takes entries of a palette, (h, w) with -1 transparent, and gives the same. Only pixels
that are `free`, (h, w) bool, may change.
"""

from __future__ import annotations

import numpy as np

from pincel.pixels.each_once import each_once

CRUMB = 3
"""A part that hangs on nothing and has at most so many pixels is a crumb."""
DARK = 0.27
"""OKLab's lightness below which a loose part is a shadow."""
SHADOW = 0.4
"""Of all pixels, the most that a shadow covers."""
RARE, STANDS_OUT = 2, 0.3
"""A colour of at most so many pixels is given up, unless it is farther than this from all its
neighbours (an eye, a glint)."""


def tidy(index: np.ndarray, lab: np.ndarray, free: np.ndarray | None = None) -> np.ndarray:
    """All the rules, one after the other, on palette entries `index` (h, w) int, -1 transparent.

    lab (k, 3): the palette in OKLab; free (h, w) bool: where pixels may change, None everywhere
    """
    free = np.ones(index.shape, bool) if free is None else free
    index = filled_holes(index, free)
    index = crumbs(index, lab, free)
    return thrifty(index, lab, free)


def crumbs(index: np.ndarray, lab: np.ndarray, free: np.ndarray) -> np.ndarray:
    """Palette entries `index` (h, w) int, -1 transparent, without crumbs and without loose dark
    parts, by the palette in OKLab, `lab` (k, 3). A part that is not wholly `free`, (h, w) bool,
    stays."""
    opaque = index >= 0
    if not opaque.any():
        return index
    number = touching_parts(opaque)
    names, counts = np.unique(number[opaque], return_counts=True)
    found = index.copy()
    main = names[counts.argmax()]
    for name, count in zip(names, counts, strict=True):
        area = number == name
        if name == main or not free[area].all():
            continue
        dark = float(lab[index[area], 0].mean()) < DARK
        if count <= CRUMB or (dark and count <= SHADOW * opaque.sum()):
            found[area] = -1
    return found


def filled_holes(index: np.ndarray, free: np.ndarray) -> np.ndarray:
    """Palette entries `index` (h, w) int, -1 transparent: single transparent pixels with opaque
    ones on all four sides take the commonest of them, where they are `free`, (h, w) bool."""
    held = np.pad(index, 1, constant_values=-1)
    around = np.stack([held[:-2, 1:-1], held[2:, 1:-1], held[1:-1, :-2], held[1:-1, 2:]])
    found = index.copy()
    for y, x in np.argwhere((index < 0) & (around >= 0).all(0) & free):
        values, counts = np.unique(around[:, y, x], return_counts=True)
        found[y, x] = values[counts.argmax()]
    return found


def thrifty(index: np.ndarray, lab: np.ndarray, free: np.ndarray) -> np.ndarray:
    """Palette entries `index` (h, w) int, -1 transparent, without colours of a pixel or two that do
    not stand out in OKLab `lab` (k, 3): their pixels take the nearest colour beside them, where all
    of them are `free`, (h, w) bool."""
    found = index.copy()
    used, counts = np.unique(found[found >= 0], return_counts=True)
    for entry in used[np.argsort(counts, kind="stable")]:
        here = found == entry
        if here.sum() > RARE or not free[here].all():
            continue
        near = [_beside(found, y, x, entry) for y, x in np.argwhere(here)]
        far = [np.linalg.norm(lab[n] - lab[entry], axis=-1) if len(n) else np.inf for n in near]
        if any(np.min(f) > STANDS_OUT for f in far):
            continue
        for (y, x), entries, apart in zip(np.argwhere(here), near, far, strict=True):
            found[y, x] = entries[int(np.argmin(apart))]
    return found


def _beside(index: np.ndarray, y: int, x: int, but: int) -> np.ndarray:
    """The entries around a pixel, of other colours."""
    around = index[max(0, y - 1) : y + 2, max(0, x - 1) : x + 2].ravel()
    return each_once(around[(around >= 0) & (around != but)])


def touching_parts(opaque: np.ndarray) -> np.ndarray:
    """The number of the part that each opaque pixel belongs to (corners touch), (h, w) int, 0
    outside. Plain numpy, for small grids: scipy's `label` takes long to load, and `draw` needs
    nothing else of it."""
    number = np.where(opaque, np.arange(1, opaque.size + 1).reshape(opaque.shape), 0)
    height, width = opaque.shape
    while True:
        held = np.pad(number, 1)
        most = np.max(
            [held[y : y + height, x : x + width] for y in range(3) for x in range(3)], axis=0
        )
        now = np.where(opaque, most, 0)
        if np.array_equal(now, number):
            return number
        number = now
