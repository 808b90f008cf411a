"""What a network of boxes or masks gets wrong in labelled pictures: every thing that it finds is
right, of another class, doubled or where nothing is; every thing that is there is found or missed.
The pictures of which it gets most wrong come first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from pincel.learn.objects import measure_boxes as measure
from pincel.learn.objects import measure_masks
from pincel.learn.objects.things import Scene, Thing, to_labels
from pincel.learn.objects.things_data import ThingsData
from pincel.look.finder import ReadyFinder, Segmented, detect, segment

ERRORS = ("missed", "wrong", "doubled", "extra")


@dataclass(frozen=True, eq=False)
class Case:
    """One picture.

    picture  (h, w, 3) uint8;  found, there  what the network says and what is labelled, in its
    pixels;  said  which is which (`measure_boxes.judge_boxes`)
    """

    name: str
    picture: np.ndarray
    found: Scene
    there: Scene
    said: measure.JudgedBoxes

    @property
    def share(self) -> float:
        """TP / (TP + FP + FN) at IoU 0.5; of nothing there and nothing found 1."""
        said = self.said
        false = len(said.wrong) + len(said.doubled) + len(said.extra)
        whole = len(said.right) + false + len(said.wrong) + len(said.missed)  # a wrong one is both
        return len(said.right) / whole if whole else 1.0

    def errors(self, kind: str) -> list[Thing]:
        """The things of one kind of error, one of `ERRORS`."""
        if kind == "missed":
            return [self.there.things[row] for row in self.said.missed]
        rows = getattr(self.said, kind)
        return [self.found.things[row if kind == "extra" else row[0]] for row in rows]


def cases(
    finder: ReadyFinder, data: ThingsData, part: str, chosen: Sequence[int]
) -> Iterator[Case]:
    """Ask the network of these pictures of a part, by their places in it. Where both know one class
    alone, it is the same, whatever it is called."""
    held = data.parts[part]
    alone = finder.classes[0] if len(finder.classes) == len(data.classes) == 1 else None
    own = float(finder.about["prepare"].get("scale", 1.0)) / data.scale
    about = finder.about | {"prepare": finder.about["prepare"] | {"scale": own}}
    finder = replace(finder, about=about)
    for row in chosen:
        picture, scene = held.pictures[row], held.scenes[row]
        things = [_scaled(thing, data.scale, alone) for thing in scene.things if not thing.crowd]
        there = Scene(scene.name, (picture.shape[0], picture.shape[1]), tuple(things))
        found = _asked(finder, picture, scene.name)
        yield Case(scene.name, picture, found, there, _judged(finder, found, there))


def _scaled(thing: Thing, scale: float, kind: str | None) -> Thing:
    left, top, right, bottom = (side * scale for side in thing.box)
    return replace(thing, kind=kind or thing.kind, box=(left, top, right, bottom))


def _asked(finder: ReadyFinder, picture: np.ndarray, name: str) -> Scene:
    if finder.family == "boxes":
        *_, scene = detect(finder, picture, name)
        assert isinstance(scene, Scene)
        return scene
    *_, told = segment(finder, picture, name)
    assert isinstance(told, Segmented)
    return told.scene


def _judged(finder: ReadyFinder, found: Scene, there: Scene) -> measure.JudgedBoxes:
    """Surest first, as they are judged."""
    if finder.family == "boxes":
        sides = [np.array([t.box for t in s.things], float).reshape(-1, 4) for s in (found, there)]
        overlaps = measure.box_overlaps(*sides)
    else:
        overlaps = _shared(found, there)
    order = np.argsort([-(thing.score or 0.0) for thing in found.things], kind="stable")
    said = measure.judge_boxes(
        overlaps[order],
        [found.things[row].kind for row in order],
        [thing.kind for thing in there.things],
    )
    back = {"right": said.right, "wrong": said.wrong, "doubled": said.doubled}
    pairs = {name: [(int(order[a]), b) for a, b in rows] for name, rows in back.items()}
    return measure.JudgedBoxes(
        **pairs, extra=[int(order[a]) for a in said.extra], missed=said.missed
    )


def _shared(found: Scene, there: Scene) -> np.ndarray:
    """IoU, 0-1, of every mask found and every one that is there; one that another hides is 0."""
    labels = [to_labels(scene.things, *there.size) for scene in (found, there)]
    sizes = [len(scene.things) + 1 for scene in (found, there)]
    table = np.zeros(sizes, np.int64)
    np.add.at(table, tuple(map(np.ravel, labels)), 1)
    return measure_masks.mask_overlaps(table)


@dataclass(frozen=True, eq=False)
class Confusion:
    """Counts over pictures, (classes + 1, classes + 2) int: rows are what is there, the last one
    nothing; columns what was said, then missed, then doubled."""

    classes: list[str]
    counts: np.ndarray


def things_confusion(found: Sequence[Case], classes: Sequence[str]) -> Confusion:
    """What was taken for what."""
    number = {name: k for k, name in enumerate(classes)}
    nothing = len(number)
    counts = np.zeros((nothing + 1, nothing + 2), int)
    for case in found:
        there = [number[thing.kind] for thing in case.there.things]
        said = [number[thing.kind] for thing in case.found.things]
        for a, b in case.said.right + case.said.wrong:
            counts[there[b], said[a]] += 1
        for _, b in case.said.doubled:
            counts[there[b], nothing + 1] += 1
        for b in case.said.missed:
            counts[there[b], nothing] += 1
        for a in case.said.extra:
            counts[nothing, said[a]] += 1
    return Confusion(list(number), counts)
