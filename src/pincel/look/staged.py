"""How things come out of what a network of boxes or masks says of a picture, stage by stage. Runs
with whatever is installed, as `look.finder` does."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from pincel.learn.objects import inputs, object_sizes
from pincel.learn.objects.things import Scene
from pincel.look.finder import ReadyFinder, detect, segment
from pincel.nets import _centres, _instances

MOST = 640
"""Pixels a side of what is shown; of a larger picture its middle."""
_FLOODS = 12
_LEAST = 0.3


@dataclass(frozen=True, eq=False)
class Parted:
    """How masks come about.

    picture  (h, w, 3) uint8;  shown  what the network sees of it, (rows, columns, 3) float32
    scale    pixels of the network to one of the picture
    chance, depth   (h, w) float32, 0 to 1
    parts    (h, w) int32, connected pixels that are no ground;  cores  (h, w) int32
    floods   the level of depth, and how far the cores have grown when it has fallen so far
    labels   (h, w) int32, the objects;  how  they are read off;  small  too small to count
    """

    picture: np.ndarray
    shown: np.ndarray
    scale: float
    chance: np.ndarray
    depth: np.ndarray
    parts: np.ndarray
    cores: np.ndarray
    floods: list[tuple[float, np.ndarray]]
    labels: np.ndarray
    how: _instances.InstanceReading
    small: int

    @property
    def counts(self) -> dict[str, int]:
        """How many there are at each stage."""
        every = (("parts", self.parts), ("cores", self.cores), ("objects", self.labels))
        return {name: int(one.max(initial=0)) for name, one in every} | {"small": self.small}


@dataclass(frozen=True, eq=False)
class Sifted:
    """How boxes come about.

    picture  (h, w, 3) uint8;  shown  what the network sees of it, (rows, columns, 3) float32
    scale    pixels of the network to one of the picture
    heat     (classes, rows, columns) float32, 0 to 1: how much a place is a centre of each class
    fit      (rows, columns) float32, 0 to 1: how well a box there is expected to fit
    found    all that was asked, the surest first, in pixels of the picture
    enough   (n,) bool: sure enough;  kept  (n,) bool: what stays
    needed   score that each class needs;  overlap  from which two are taken for one thing
    classes  their names;  scene  what stays;  least  the score from which a place is asked
    """

    picture: np.ndarray
    shown: np.ndarray
    scale: float
    heat: np.ndarray
    fit: np.ndarray
    found: _centres.FoundBoxes
    enough: np.ndarray
    kept: np.ndarray
    needed: dict[str, float]
    overlap: float
    classes: list[str]
    scene: Scene
    least: float = _LEAST

    @property
    def counts(self) -> dict[str, int]:
        """How many there are at each stage."""
        every = (("places", len(self.found)), ("enough", self.enough.sum()),
                 ("boxes", self.kept.sum()))  # fmt: skip
        return {name: int(count) for name, count in every}


Stages = Parted | Sifted


def staged(finder: ReadyFinder, rgb: np.ndarray, name: str = "") -> Stages:
    """What happens to a picture (h, w, 3) uint8, of a large one to its middle."""
    cut = _middle(rgb)
    if finder.family == "boxes":
        return _sifted(finder, cut, name)
    return _parted(finder, cut)


def _middle(rgb: np.ndarray) -> np.ndarray:
    top, left = (max(0, (side - MOST) // 2) for side in rgb.shape[:2])
    return rgb[top : top + MOST, left : left + MOST]


def _parted(finder: ReadyFinder, rgb: np.ndarray) -> Parted:
    from scipy.ndimage import find_objects

    how, values = finder.read_with(None, rgb), inputs.for_masks(rgb)
    sight = object_sizes.sight(finder.maps, rgb, how)
    said, scale = object_sizes.said_of(finder.maps, values, sight), sight.scale
    parts = _instances.parts(said.chance > how.threshold)
    cores, smooth, count = np.zeros_like(parts), np.zeros(parts.shape, np.float32), 0
    for number, place in enumerate(find_objects(parts), 1):
        own = parts[place] == number
        level, found = _instances.cores(own, place, said.depth, how)
        smooth[place][own] = level[own]
        cores[place][found > 0] = found[found > 0] + count
        count += int(found.max())
    *_, told = segment(finder, rgb)
    labels = told.labels  # type: ignore[union-attr]
    grown = [*np.linspace(how.core, 0, _FLOODS, endpoint=False), -1.0]
    floods = [(max(0.0, float(at)), labels * ((smooth > at) | (cores > 0))) for at in grown]
    whole = np.zeros(int(parts.max(initial=0)) + 1, bool)
    whole[np.unique(parts[labels > 0])] = True
    shown = object_sizes.scaled_input(values, scale)[0].transpose(1, 2, 0)
    size = tuple(round(float(side * scale)) for side in rgb.shape[:2])
    return Parted(
        rgb, shown[: size[0], : size[1]], float(scale), said.chance, said.depth, parts, cores,
        floods, labels, how, int((~whole[1:]).sum()),
    )  # fmt: skip


def _sifted(finder: ReadyFinder, rgb: np.ndarray, name: str) -> Sifted:
    scale = float(finder.about["prepare"].get("scale", 1.0))
    small = inputs.scaled(rgb, scale)
    values = inputs.for_boxes(small)
    heat, sides, sure = finder.maps(inputs.shown_boxes(small))
    rows, columns = (-(-side // _centres.STRIDE) for side in small.shape[:2])
    found = _centres.candidates(heat, sides, sure, _LEAST)
    needed = {k: float(finder.chosen.get("thresholds", {}).get(k, 0.3)) for k in finder.classes}
    enough = found.scores >= np.array(list(needed.values()))[found.kinds]
    overlap = float(finder.chosen.get("overlap", 0.6))
    sure_ones = np.flatnonzero(enough)
    stays = _centres.one_each(found.taken(sure_ones), overlap)
    kept = np.zeros(len(found), bool)
    places = {tuple(one) for one in np.column_stack([stays.places, stays.kinds]).tolist()}
    every = np.column_stack([found.places, found.kinds]).tolist()
    kept[sure_ones] = [tuple(every[k]) in places for k in sure_ones]
    *_, scene = detect(finder, rgb, name)
    assert isinstance(scene, Scene)
    large = replace(found, boxes=found.boxes / scale)
    cut = (slice(0, rows), slice(0, columns))
    return Sifted(
        rgb, values, scale, _centres.sigmoid(heat)[:, *cut], _centres.sigmoid(sure[0])[cut],
        large, enough, kept, needed, overlap, finder.classes, scene,
    )  # fmt: skip
