"""What stands in a picture: things with a class, a box and, where it is known, a mask.

Coordinates are pixel edges: pixel k of a row reaches from k to k + 1, so a box around one pixel
has the width 1. Nothing here is rounded to the middles of pixels; that would lose a border.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""


@dataclass(frozen=True, eq=False)
class Mask:
    """The pixels of one thing: (h, w) bool `inside`, of which the first lies at (top, left)."""

    top: int
    left: int
    inside: np.ndarray

    @property
    def area(self) -> int:
        """How many pixels."""
        return int(self.inside.sum())

    @property
    def box(self) -> Box:
        """The smallest box around it; empty where there is no pixel."""
        rows, columns = np.flatnonzero(self.inside.any(1)), np.flatnonzero(self.inside.any(0))
        if not len(rows):
            return (self.left, self.top, self.left, self.top)
        return (
            float(self.left + columns[0]),
            float(self.top + rows[0]),
            float(self.left + columns[-1] + 1),
            float(self.top + rows[-1] + 1),
        )

    def whole(self, height: int, width: int) -> np.ndarray:
        """In a picture of this size, (height, width) bool."""
        found = np.zeros((height, width), bool)
        h, w = self.inside.shape
        found[self.top : self.top + h, self.left : self.left + w] = self.inside
        return found


@dataclass(frozen=True)
class Thing:
    """One thing.

    kind   its class;  box  in pixel edges;  mask  its pixels, None where only a box is known
    crowd  it stands for several that nobody told apart;  score  how sure a network is, None: a
    person said so
    """

    kind: str
    box: Box
    mask: Mask | None = None
    crowd: bool = False
    score: float | None = None

    @property
    def area(self) -> float:
        """Of its mask, else of its box."""
        left, top, right, bottom = self.box
        return self.mask.area if self.mask else max(0.0, right - left) * max(0.0, bottom - top)


@dataclass(frozen=True)
class Scene:
    """A picture and what stands in it. `name` is its file's, (height, width) its size; (0, 0) where
    the labels do not say."""

    name: str
    size: tuple[int, int]
    things: tuple[Thing, ...] = ()

    def only(self, things: Iterable[Thing]) -> Scene:
        """The same picture with these."""
        return replace(self, things=tuple(things))


def tight_mask(mask: np.ndarray, top: int = 0, left: int = 0) -> Mask:
    """A mask (h, w), bool, without empty rows and columns around it."""
    rows, columns = np.flatnonzero(mask.any(1)), np.flatnonzero(mask.any(0))
    if not len(rows):
        return Mask(top, left, np.zeros((0, 0), bool))
    y, x = slice(rows[0], rows[-1] + 1), slice(columns[0], columns[-1] + 1)
    return Mask(top + int(rows[0]), left + int(columns[0]), mask[y, x].astype(bool))


def from_labels(labels: np.ndarray, kinds: Sequence[str] | str = "object") -> list[Thing]:
    """A thing for each number above 0 of a label picture (h, w), whole numbers, in the order of the
    numbers. `kinds`: one name for all, or one for each."""
    from scipy.ndimage import find_objects

    found = []
    places = find_objects(labels)
    numbers = [k + 1 for k, place in enumerate(places) if place is not None]
    named = [kinds] * len(numbers) if isinstance(kinds, str) else list(kinds)
    for number, kind in zip(numbers, named, strict=True):
        y, x = places[number - 1]
        mask = Mask(y.start, x.start, labels[y, x] == number)
        found.append(Thing(kind, mask.box, mask))
    return found


def to_labels(things: Sequence[Thing], height: int, width: int) -> np.ndarray:
    """Things with masks as one label picture (height, width) int32, thing k as k + 1. Where they
    overlap, the later one lies above."""
    labels = np.zeros((height, width), np.int32)
    for number, thing in enumerate(things, 1):
        if thing.mask is not None:
            h, w = thing.mask.inside.shape
            window = labels[thing.mask.top : thing.mask.top + h, thing.mask.left :][:, :w]
            window[thing.mask.inside[: len(window), : window.shape[1]]] = number
    return labels
