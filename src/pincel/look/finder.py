"""Boxes and masks by a network, with whatever is installed: torch, or ONNX Runtime alone.

A large picture is seen in tiles that overlap by as much as a place can see, so that what is said of
a place is the same as if the network saw the whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from pincel.errors import PincelError
from pincel.learn.objects import seen
from pincel.learn.objects.things import Mask, Scene, Thing
from pincel.look import models
from pincel.look.onnx_session import open_session
from pincel.nets import _centres, _instances, _needed

TILE = 1024
"""Pixels a side of a tile, without what it sees around itself."""
REACH = {"boxes": 208, "masks": 128}
"""How far, in pixels, a place sees, rounded up to a multiple of 16."""
FAMILIES = ("boxes", "masks")


@dataclass(frozen=True, eq=False)
class Finder:
    """A network that finds things. `engine`: "torch" or "onnx"; `maps`: (1, 3, h, w) float32 ->
    its maps, without the first axis."""

    family: str
    about: dict[str, Any]
    engine: str
    maps: Callable[[np.ndarray], tuple[np.ndarray, ...]]

    @property
    def classes(self) -> list[str]:
        """What it finds."""
        return list(self.about["classes"])

    @property
    def reading(self) -> _instances.Reading:
        """How objects are read off its maps."""
        return _instances.Reading(**self.chosen.get("reading", {}))

    @property
    def chosen(self) -> dict[str, Any]:
        """What the validation pictures chose: thresholds, overlap, reading."""
        return dict(self.about.get("metrics", {}))


def open_finder(text: str | Path, family: str) -> Finder:
    """The network that `text` means: a shipped name, a run, or a file. PincelError when there is
    none, when it is damaged, or when it finds something else."""
    path = models.find_file(text)
    beside = path if path.suffix.lower() == ".onnx" else path.with_suffix(".onnx")
    if beside.is_file():
        found = _onnx(beside)
    elif _needed.missing():
        raise PincelError("models.torch_for_file", path=path)
    else:
        found = _torch(path)
    if found.family != family:
        raise PincelError("finder.other", name=text, family=found.family, wanted=family)
    return found


def _onnx(path: Path) -> Finder:
    # tiles of one size, then nothing is held
    session, facts = open_session(path.read_bytes(), path, arena=False)
    try:
        family, about = str(facts["family"]), dict(facts["about"])
    except (KeyError, ValueError, TypeError) as error:
        raise PincelError("models.onnx_not_ours", path=path) from error

    def maps(pictures: np.ndarray) -> tuple[np.ndarray, ...]:
        return tuple(one[0] for one in session.run(None, {"pictures": pictures}))

    return Finder(family, about, "onnx", maps)


def _torch(path: Path) -> Finder:
    import torch

    from pincel.nets._network import open_model

    model = open_model(path)

    def maps(pictures: np.ndarray) -> tuple[np.ndarray, ...]:
        with torch.inference_mode():
            return tuple(one[0].numpy() for one in model.net(torch.from_numpy(pictures)))

    if model.family not in FAMILIES:
        return Finder(model.family, model.about, "torch", lambda pictures: ())
    return Finder(model.family, model.about, "torch", maps)


# -------------------------------------------------------------------------------------- tiles


def tiles(height: int, width: int, reach: int) -> Iterator[tuple[slice, slice, slice, slice]]:
    """Rows and columns of each tile, and of what it is shown: itself and `reach` around it."""
    for top in range(0, height, TILE):
        for left in range(0, width, TILE):
            bottom, right = min(top + TILE, height), min(left + TILE, width)
            yield (
                slice(top, bottom),
                slice(left, right),
                slice(max(0, top - reach), min(height, bottom + reach)),
                slice(max(0, left - reach), min(width, right + reach)),
            )


# -------------------------------------------------------------------------------------- boxes


def detect(
    finder: Finder, rgb: np.ndarray, name: str = "", least: dict[str, float] | float | None = None
) -> Iterator[tuple[int, int] | Scene]:
    """Boxes in a picture (h, w, 3) uint8. Yields (done, of) tiles, at last the scene, the surest
    first. `least`: the score a box must have, for all or for each class; None: as was chosen on
    validation pictures."""
    scale = float(finder.about["prepare"].get("scale", 1.0))
    small = seen.scaled(rgb, scale)
    height, width = small.shape[:2]
    reach, found = REACH["boxes"], []
    every = list(tiles(height, width, reach))
    for done, (y, x, ys, xs) in enumerate(every):
        yield done, len(every)
        shown = seen.framed(seen.for_boxes(small[ys, xs]), blank=True)
        heat, sides, sure = finder.maps(seen.given(shown))
        one = _centres.candidates(heat, sides, sure)
        found.append(_moved(one, xs.start, ys.start, (y, x)))
    joined = _centres.one_each(_centres.joined(found), float(finder.chosen.get("overlap", 0.6)))
    yield _boxed(finder, joined, scale, rgb.shape[:2], name, least)


def _moved(found: _centres.Found, left: int, top: int, tile: tuple[slice, slice]) -> _centres.Found:
    """Boxes where the tile lies, of those alone whose place belongs to the tile."""
    at = found.places + np.array([left, top])
    y, x = tile
    own = (at[:, 0] >= x.start) & (at[:, 0] < x.stop) & (at[:, 1] >= y.start) & (at[:, 1] < y.stop)
    shift = np.array([left, top, left, top], np.float32)
    moved = _centres.Found(found.boxes + shift, found.kinds, found.scores, at)
    return moved.taken(np.flatnonzero(own))


def _boxed(
    finder: Finder, found: _centres.Found, scale: float, size: tuple[int, ...], name: str,
    least: dict[str, float] | float | None,
) -> Scene:  # fmt: skip
    known = finder.chosen.get("thresholds", {}) if least is None else least
    wanted = [known if isinstance(known, float) else known.get(c, 0.3) for c in finder.classes]
    things = []
    for box, kind, score in zip(found.boxes / scale, found.kinds, found.scores, strict=True):
        if score < wanted[kind]:
            continue
        left, right = np.clip(box[[0, 2]], 0, size[1])
        top, bottom = np.clip(box[[1, 3]], 0, size[0])
        sides = (round(float(left), 2), round(float(top), 2),
                 round(float(right), 2), round(float(bottom), 2))  # fmt: skip
        things.append(Thing(finder.classes[kind], sides, score=round(float(score), 4)))
    return Scene(name, (size[0], size[1]), tuple(things))


# -------------------------------------------------------------------------------------- masks


@dataclass(frozen=True, eq=False)
class Segmented:
    """What `segment` finds: the scene, and its objects as a label picture (h, w) int32."""

    scene: Scene
    labels: np.ndarray


def segment(
    finder: Finder, rgb: np.ndarray, name: str = ""
) -> Iterator[tuple[int, int] | Segmented]:
    """Objects in a picture (h, w, 3) uint8. Yields (done, of) tiles, at last what was found. It
    holds, beside the picture, two bytes and the labels for each pixel."""
    height, width = rgb.shape[:2]
    levels, how = seen.levels_of(rgb), finder.reading
    several, chance = len(finder.classes) > 1, np.zeros((height, width), np.uint8)
    kinds = np.zeros_like(chance) if several else np.broadcast_to(np.uint8(0), chance.shape)
    depth = np.zeros((height, width), np.float16)
    every = list(tiles(height, width, REACH["masks"]))
    for done, (y, x, ys, xs) in enumerate(every):
        yield done, len(every)
        said, deep = _maps(finder, seen.for_masks(rgb[ys, xs], levels))
        inner = (slice(y.start - ys.start, y.stop - ys.start),
                 slice(x.start - xs.start, x.stop - xs.start))  # fmt: skip
        shares = _instances.chances(said[(slice(None), *inner)])
        if several:
            kinds[y, x] = shares[1:].argmax(0)
        chance[y, x] = np.rint(255 * (1 - shares[0]))
        depth[y, x] = deep[inner]
    labels = _instances.objects(chance > 255 * how.threshold, depth, how)
    things = list(_things(finder, labels, kinds, chance))
    yield Segmented(Scene(name, (height, width), tuple(things)), labels)


def _maps(finder: Finder, values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Classes' scores (1 + classes, h, w) and depth (h, w)."""
    height, width = values.shape[:2]
    said, deep, _ = finder.maps(seen.given(seen.framed(values, blank=False)))
    return said[:, :height, :width], deep[0, :height, :width]


def _things(
    finder: Finder, labels: np.ndarray, kinds: np.ndarray, chance: np.ndarray
) -> Iterator[Thing]:
    """Each object: the class of most of its pixels, and the mean chance that it is no ground."""
    from scipy.ndimage import find_objects

    for number, place in enumerate(find_objects(labels), 1):
        inside = labels[place] == number
        said = np.bincount(kinds[place][inside], minlength=len(finder.classes))
        mask = Mask(place[0].start, place[1].start, inside)
        sure = float(chance[place][inside].mean()) / 255
        yield Thing(finder.classes[int(said.argmax())], mask.box, mask, score=round(sure, 4))
