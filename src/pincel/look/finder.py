"""Boxes and masks by a network, with whatever is installed: torch, or ONNX Runtime alone.

A large picture is seen in tiles that overlap by as much as a place can see, so that what is said of
a place is the same as if the network saw the whole.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from pincel.errors import PincelError
from pincel.learn.objects import inputs, object_sizes
from pincel.learn.objects.things import Mask, Scene, Thing
from pincel.look import models
from pincel.look.notes import packed_arrays, unpacked
from pincel.look.onnx_session import open_session, shrinking
from pincel.nets import _centres, _instances, _needed

TILES = {"boxes": 1024, "masks": 768, "whole": 1024}
"""Pixels a side of a tile, without what it sees around itself; up to `whole` there is one."""
REACH = {"boxes": 208, "masks": 128}
"""How far, in pixels, a place sees, rounded up to a multiple of 16."""
_LARGER = 1.5
LARGE = 700_000
"""Pixels from which on a network of masks looks once, unless a person asks for more."""
FAMILIES = ("boxes", "masks")
_BOXES = ("boxes", "kinds", "scores", "places")
_MASKS = ("chance", "depth", "kinds")


@dataclass(frozen=True, eq=False)
class ReadyFinder:
    """A network that finds things. `engine`: "torch" or "onnx"; `maps`: (1, 3, h, w) float32 ->
    its maps, without the first axis; `rest`: gives back the memory that it holds for the next
    tile."""

    family: str
    about: dict[str, Any]
    engine: str
    maps: Callable[[np.ndarray], tuple[np.ndarray, ...]]
    rest: Callable[[], None] = lambda: None

    @property
    def classes(self) -> list[str]:
        """What it finds."""
        return list(self.about["classes"])

    @property
    def reading(self) -> _instances.InstanceReading:
        """How objects are read off its maps."""
        return _instances.InstanceReading(**self.chosen.get("reading", {}))

    def read_with(self, looks: int | None, rgb: np.ndarray) -> _instances.InstanceReading:
        """The same with so many looks at a picture (h, w, 3) uint8; None: its own, but one at a
        large picture, where a second adds 0.001 of AP (validation) and half as much time again.
        A large picture that is looked at once is looked at briefly."""
        large = rgb.shape[0] * rgb.shape[1] >= LARGE
        looks = looks or (1 if large else self.reading.looks)
        return replace(self.reading, looks=looks, brief=large and looks == 1)

    @property
    def chosen(self) -> dict[str, Any]:
        """What the validation pictures chose: thresholds, overlap, reading."""
        return dict(self.about.get("metrics", {}))


def open_finder(text: str | Path, family: str, threads: int = 0) -> ReadyFinder:
    """The network that `text` means: a shipped name, a run, or a file. `threads`: of ONNX Runtime,
    0 one a core. PincelError when there is none, when it is damaged, or when it finds something
    else."""
    path = models.find_file(text)
    beside = path if path.suffix.lower() == ".onnx" else path.with_suffix(".onnx")
    if beside.is_file():
        found = _onnx(beside, threads)
    elif _needed.missing_libraries():
        raise PincelError("models.torch_for_file", path=path)
    else:
        found = _torch(path)
    if found.family != family:
        raise PincelError("finder.other", name=text, family=found.family, wanted=family)
    return found


def _onnx(path: Path, threads: int) -> ReadyFinder:
    # on two cores waiting threads double the time of the processor (16 ms of 26 for a smear)
    session, facts = open_session(path.read_bytes(), path, threads=threads, spinning=False)
    try:
        family, about = str(facts["family"]), dict(facts["about"])
    except (KeyError, ValueError, TypeError) as error:
        raise PincelError("models.onnx_not_ours", path=path) from error

    def maps(pictures: np.ndarray) -> tuple[np.ndarray, ...]:
        return tuple(one[0] for one in session.run(None, {"pictures": pictures}))

    def rest() -> None:
        shrinking(session, np.zeros((1, 3, inputs.STEP, inputs.STEP), np.float32))

    return ReadyFinder(family, about, "onnx", maps, rest)


def _torch(path: Path) -> ReadyFinder:
    import torch

    from pincel.nets._network import open_model

    model = open_model(path)

    def maps(pictures: np.ndarray) -> tuple[np.ndarray, ...]:
        with torch.inference_mode():
            return tuple(one[0].numpy() for one in model.net(torch.from_numpy(pictures)))

    if model.family not in FAMILIES:
        return ReadyFinder(model.family, model.about, "torch", lambda pictures: ())
    return ReadyFinder(model.family, model.about, "torch", maps)


# -------------------------------------------------------------------------------------- tiles


def tiles(
    height: int, width: int, family: str, how: object_sizes.Sight = object_sizes.PLAIN
) -> Iterator[tuple[slice, slice, slice, slice]]:
    """Rows and columns of each tile, and of what it is shown: itself and what
    a place can see around it. `how` it is seen."""
    unit = object_sizes.unit(how.scale)
    side = max(1, int(TILES[family] / how.scale) // unit) * unit
    reach = math.ceil(REACH[family] / how.smallest / unit) * unit
    larger = min(
        max(float(how.scale), 1.0), _LARGER
    )  # to cut an enlarged one would cost a third more
    if max(height, width) * how.scale <= TILES.get("whole", 0) * larger:
        side = max(height, width)
    for top in range(0, height, side):
        for left in range(0, width, side):
            bottom, right = min(top + side, height), min(left + side, width)
            yield (
                slice(top, bottom),
                slice(left, right),
                slice(max(0, top - reach), min(height, bottom + reach)),
                slice(max(0, left - reach), min(width, right + reach)),
            )


@dataclass(frozen=True)
class Seen:
    """A tile of several is done. `data`: what was found in it, for whoever wants to go on after
    it."""

    tile: int
    data: bytes


Before = Callable[[int], bytes | None]
"""What was found in a tile by an earlier run (`Seen.data`), None where none has seen it."""


# -------------------------------------------------------------------------------------- boxes


def detect(
    finder: ReadyFinder,
    rgb: np.ndarray,
    name: str = "",
    least: dict[str, float] | float | None = None,
    before: Before | None = None,
) -> Iterator[tuple[int, int] | Seen | Scene]:
    """Boxes in a picture (h, w, 3) uint8. Yields (done, of) tiles, at last the scene, the surest
    first. `least`: the score a box must have, for all or for each class; None: as was chosen on
    validation pictures. With `before` each tile is told (`Seen`), and none is seen twice."""
    scale = float(finder.about["prepare"].get("scale", 1.0))
    small = inputs.scaled(rgb, scale)
    height, width = small.shape[:2]
    found: list[_centres.FoundBoxes] = []
    wanted = _wanted(finder, least)
    every = list(tiles(height, width, "boxes"))
    for done, (y, x, ys, xs) in enumerate(every):
        yield done, len(every)
        held = unpacked(before(done), *_BOXES) if before else None
        if held is None:
            heat, sides, sure = finder.maps(inputs.shown_boxes(small[ys, xs]))
            # what is not sure enough displaces nothing that is surer: it is never asked
            one = _centres.candidates(heat, sides, sure, wanted)
            found.append(_moved(one, xs.start, ys.start, (y, x)))
            if before and len(every) > 1:
                yield Seen(done, packed_arrays(**{k: getattr(found[-1], k) for k in _BOXES}))
        else:
            found.append(_centres.FoundBoxes(**held))
    every_box = _centres.joined(found)
    kept = _centres.one_each(every_box, float(finder.chosen.get("overlap", 0.6)))
    yield _boxed(finder, kept, scale, rgb.shape[:2], name)


def _wanted(finder: ReadyFinder, least: dict[str, float] | float | None) -> np.ndarray:
    """The score that a box of each class must have, (classes,)."""
    known = finder.chosen.get("thresholds", {}) if least is None else least
    return np.array(
        [float(known) if isinstance(known, (int, float)) else known.get(c, 0.3)
         for c in finder.classes],
        np.float32,
    )  # fmt: skip


def _moved(
    found: _centres.FoundBoxes, left: int, top: int, tile: tuple[slice, slice]
) -> _centres.FoundBoxes:
    """Boxes where the tile lies, of those alone whose place belongs to the tile."""
    at = found.places + np.array([left, top])
    y, x = tile
    own = (at[:, 0] >= x.start) & (at[:, 0] < x.stop) & (at[:, 1] >= y.start) & (at[:, 1] < y.stop)
    shift = np.array([left, top, left, top], np.float32)
    moved = _centres.FoundBoxes(found.boxes + shift, found.kinds, found.scores, at)
    return moved.taken(np.flatnonzero(own))


def _boxed(
    finder: ReadyFinder, found: _centres.FoundBoxes, scale: float, size: tuple[int, ...], name: str
) -> Scene:
    boxes = found.boxes / scale
    boxes[:, 0::2] = boxes[:, 0::2].clip(0, size[1])
    boxes[:, 1::2] = boxes[:, 1::2].clip(0, size[0])
    sides, kinds, scores = boxes.tolist(), found.kinds.tolist(), found.scores.tolist()
    things = [
        Thing(
            finder.classes[kind],
            (round(left, 2), round(top, 2), round(right, 2), round(bottom, 2)),
            score=round(score, 4),
        )
        for (left, top, right, bottom), kind, score in zip(sides, kinds, scores, strict=True)
    ]
    return Scene(name, (size[0], size[1]), tuple(things))


# -------------------------------------------------------------------------------------- masks


@dataclass(frozen=True, eq=False)
class Segmented:
    """What `segment` finds: the scene, and its objects as a label picture (h, w) int32."""

    scene: Scene
    labels: np.ndarray


def segment(
    finder: ReadyFinder,
    rgb: np.ndarray,
    name: str = "",
    before: Before | None = None,
    looks: int | None = None,
) -> Iterator[tuple[int, int] | Seen | Segmented]:
    """Objects in a picture (h, w, 3) uint8. Yields (done, of) tiles, at last what was found. It
    holds, beside the picture, three bytes and the labels for each pixel. With `before` each tile is
    told (`Seen`), and none is seen twice. `looks`: the mean over the picture and so many less one
    of its mirror images (1, 2, 4); None: as the network's file says, one of a large picture."""
    height, width = rgb.shape[:2]
    levels, how = inputs.levels_of(rgb), finder.read_with(looks, rgb)
    several, chance = len(finder.classes) > 1, np.zeros((height, width), np.uint8)
    kinds = np.zeros_like(chance) if several else np.broadcast_to(np.uint8(0), chance.shape)
    depth = np.zeros((height, width), np.float16)
    sight = object_sizes.sight(finder.maps, rgb, how, levels)
    every = list(tiles(height, width, "masks", sight))
    first = sight.first
    for done, (y, x, ys, xs) in enumerate(every):
        yield done, len(every)
        held = unpacked(before(done), *_MASKS) if before else None
        if held is None:
            inner = (slice(y.start - ys.start, y.stop - ys.start),
                     slice(x.start - xs.start, x.stop - xs.start))  # fmt: skip
            sight = replace(sight, first=first and first.cut(ys, xs))
            said = object_sizes.said_of(finder.maps, inputs.for_masks(rgb[ys, xs], levels), sight)
            held = _kept(said, inner)
            if before and len(every) > 1:
                yield Seen(done, packed_arrays(**held))
        if several:
            kinds[y, x] = held["kinds"]
        chance[y, x], depth[y, x] = held["chance"], held["depth"]
    if len(every) > 1:  # to get the memory of one tile again takes a sixth of the time of a picture
        finder.rest()
    labels = _instances.parts(chance > 255 * how.threshold)
    labels = _instances.apart(labels, depth, how)
    things = list(_things(finder, labels, kinds, chance))
    yield Segmented(Scene(name, (height, width), tuple(things)), labels)


def _kept(said: object_sizes.PixelAnswers, inner: tuple[slice, slice]) -> dict[str, np.ndarray]:
    """Of the inner part of a tile: how likely it is no ground (uint8), how deep (float16), and
    which class it would be (uint8; empty where there is one alone)."""
    own = object_sizes.PixelAnswers(said.shares[(slice(None), *inner)], said.depth[inner])
    chance = np.rint(255 * own.chance).astype(np.uint8)
    return {"chance": chance, "depth": own.depth.astype(np.float16), "kinds": own.kinds}


def _things(
    finder: ReadyFinder, labels: np.ndarray, kinds: np.ndarray, chance: np.ndarray
) -> Iterator[Thing]:
    """Each object: the class of most of its pixels, and the mean chance that it is no ground."""
    from scipy.ndimage import find_objects

    several = len(finder.classes) > 1
    for number, (y, x) in enumerate(find_objects(labels), 1):
        inside = labels[y, x] == number
        own = chance[y, x][inside]
        kind = int(np.bincount(kinds[y, x][inside]).argmax()) if several else 0
        box = (float(x.start), float(y.start), float(x.stop), float(y.stop))
        sure = int(own.sum(dtype=np.int64)) / len(own) / 255
        mask = Mask(y.start, x.start, inside)
        yield Thing(finder.classes[kind], box, mask, score=round(sure, 4))
