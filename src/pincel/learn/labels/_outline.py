"""Masks as polygons along pixel edges, and back: nothing of the border is lost."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from pincel.learn.objects.things import Mask, tight_mask

Ring = list[tuple[float, float]]
"""Corners (x, y), in order; the first is not repeated."""


def rings(mask: Mask) -> list[Ring]:
    """The borders of a mask, as corners on pixel edges: clockwise around what is inside, the other
    way around holes. Pixels that touch at a corner alone belong to different rings."""
    inside = np.pad(mask.inside, 1)
    after: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for dy, dx, start, end in _SIDES:
        border = inside & ~np.roll(inside, (-dy, -dx), (0, 1))
        for y, x in np.argwhere(border).tolist():
            here = (x + start[0], y + start[1])
            after.setdefault(here, []).append((x + end[0], y + end[1]))
    found = []
    while after:
        found.append(_walk(after))
    x0, y0 = mask.left - 1, mask.top - 1
    return [[(float(x + x0), float(y + y0)) for x, y in ring] for ring in found]


# neighbour (dy, dx); the side towards it from corner to corner, what is inside on its right hand
_SIDES = (
    (-1, 0, (0, 0), (1, 0)),
    (0, 1, (1, 0), (1, 1)),
    (1, 0, (1, 1), (0, 1)),
    (0, -1, (0, 1), (0, 0)),
)


def _walk(after: dict[tuple[int, int], list[tuple[int, int]]]) -> list[tuple[int, int]]:
    """One ring; its sides are taken out."""
    first = min(after)
    here, came = first, (0, 0)
    corners = []
    while True:
        ways = after[here]
        there = ways[0]
        if len(ways) > 1:  # two pixels touch at this corner: turn right, around the same pixel
            right = (-came[1], came[0])
            there = next(w for w in ways if (w[0] - here[0], w[1] - here[1]) == right)
        ways.remove(there)
        if not ways:
            del after[here]
        step = (there[0] - here[0], there[1] - here[1])
        if step != came:
            corners.append(here)
        here, came = there, step
        if here == first:
            break
    if len(corners) > 1 and _along(corners[-1], corners[0], corners[1]):
        corners.pop(0)
    return corners


def _along(a: tuple[int, int], b: tuple[int, int], c: tuple[int, int]) -> bool:
    return (a[0] == b[0] == c[0]) or (a[1] == b[1] == c[1])


def filled_polygons(
    polygons: Sequence[Sequence[tuple[float, float]]], height: int, width: int
) -> Mask:
    """The pixels whose middles lie inside an odd number of polygons, so that holes stay holes;
    corners in pixel edges."""
    from skimage.draw import polygon2mask

    corners = np.array([corner for ring in polygons for corner in ring], float).reshape(-1, 2)
    if not len(corners):
        return Mask(0, 0, np.zeros((0, 0), bool))
    left, top = np.clip(np.floor(corners.min(0)).astype(int), 0, (width, height))
    right, bottom = np.clip(np.ceil(corners.max(0)).astype(int), 0, (width, height))
    shape = (max(0, int(bottom - top)), max(0, int(right - left)))
    found = np.zeros(shape, bool)
    if 0 in shape:
        return Mask(int(top), int(left), np.zeros((0, 0), bool))
    for ring in polygons:
        points = np.array(ring, float).reshape(-1, 2)[:, ::-1] - (top + 0.5, left + 0.5)
        found ^= polygon2mask(shape, points)
    return tight_mask(found, int(top), int(left))


def holes(ring: Ring) -> bool:
    """Whether a ring of `rings` goes around a hole."""
    points = np.array(ring)
    x, y = points.T
    return float((x * np.roll(y, -1) - np.roll(x, -1) * y).sum()) < 0
