"""Boxing: a network learns from pictures and boxes.

The best weights are those with the best mAP@0.5 on the validation part. For each class the score
that a box must have is chosen there, too: the one with which the numbers of things in a picture
come out closest.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import torch
from torch import Tensor

from pincel.learn.objects import inputs
from pincel.learn.objects import measure_boxes as measure
from pincel.learn.objects.changed import cut_view, light, whole_view
from pincel.learn.objects.overlay import kept_frame, kept_one, overlay
from pincel.learn.objects.things import Thing
from pincel.learn.objects.things_data import SEEN, ThingsPart
from pincel.learn.tasks._task import Measured
from pincel.learn.tasks._things import Figures, Things
from pincel.nets import _centres
from pincel.nets._family import Family
from pincel.nets._network import Net

OVERLAP = 0.6
_LARGEST = 2 * SEEN  # longer pictures are learned from in cuts
_SCORES = np.linspace(0.1, 0.8, 71)


class Boxing(Things):
    """See the module."""

    needs, lacking = "boxes", "things.no_boxes"

    @classmethod
    def preparation(cls, kind: Family, config: Any, data: Any) -> dict[str, Any]:
        """See `objects.inputs`."""
        return dict(inputs.finder_facts("boxes", data.scale))

    def batches(self, done: int) -> Iterator[tuple[Tensor, ...]]:
        """Pictures (n, 3, h, w), changed, and boxes (n, most, 5), class -1 where there is none."""
        part, plan, number = self.data.train, self.plan, done
        each = max(1, len(part) // plan.batch)
        while True:
            number += 1
            epoch, place = divmod(number - 1, each)
            order = np.random.default_rng([self.seed, epoch, 1]).permutation(len(part))
            rng = np.random.default_rng([self.seed, number, 7])
            rows = order[place * plan.batch : (place + 1) * plan.batch]
            if len(rows) < plan.batch:
                rows = np.resize(order, plan.batch)
            yield self._batch(rows.tolist(), rng)

    def _batch(self, rows: list[int], rng: np.random.Generator) -> tuple[Tensor, ...]:
        sizes = {self.data.train.pictures[row].shape[:2] for row in rows}
        whole = len(sizes) == 1 and max(max(sizes)) <= _LARGEST
        shown, boxes = [], []
        for row in rows:
            picture = self.data.train.pictures[row]
            values = torch.from_numpy(inputs.for_boxes(picture)).permute(2, 0, 1)
            size = picture.shape[:2]
            view = whole_view(size, rng) if whole else cut_view(size, 288, (0.8, 1.25), rng)
            shown.append(light(view.seen(values, "bilinear", "zeros"), rng))
            boxes.append(view.boxes(rows_of(self.data, self.data.train, row)))
        most = max(1, max(map(len, boxes)))
        filled = np.full((len(rows), most, 5), -1, np.float32)
        for place, own in enumerate(boxes):
            filled[place, : len(own)] = own
        return self.placed(torch.stack(shown), torch.from_numpy(filled))

    def looks(self) -> tuple[int, int]:
        """Each picture of the validation part, and of the test part."""
        return len(self.data.val), len(self.data.test)

    def measured(self, net: Net, epoch: int) -> Measured:
        """mAP@0.5 on the validation part, and the score that counts best for each class."""
        found = answers(net, self.data.val.pictures, self.device)
        figures = judged(self.data, self.data.val, found, {})
        thresholds = chosen(self.data, self.data.val, found)
        kept = {"val": figures, "thresholds": thresholds, "overlap": OVERLAP}
        entry = {"val_map": figures["map"]}
        samples = self._sample(net, epoch, found, thresholds)
        return Measured({"map": figures["map"]}, entry, kept, samples)

    def _sample(
        self,
        net: Any,
        epoch: int,
        found: list[_centres.FoundBoxes],
        thresholds: Mapping[str, float],
    ) -> dict[str, bytes]:
        """One picture with its boxes, and how much each place is a centre of any class."""
        part, names = self.data.val, self.data.classes
        row = kept_one(part)
        picture, one = part.pictures[row], found[row]
        with torch.inference_mode():
            shown = torch.from_numpy(inputs.shown_boxes(picture)).to(self.device)
            heat = net.maps(shown)[0][0].sigmoid().max(0).values.cpu().numpy()
        plane = heat.repeat(_centres.STRIDE, 0).repeat(_centres.STRIDE, 1)
        sure = np.array([thresholds[name] for name in names])[one.kinds] <= one.scores
        things = [
            Thing(names[kind], tuple(box))
            for kind, box in zip(one.kinds[sure].tolist(), one.boxes[sure].tolist(), strict=True)
        ]
        height, width = picture.shape[:2]
        drawn = overlay(picture, part.scenes[row].only(things), names)
        return kept_frame(epoch, drawn, [plane[:height, :width]])

    def better(self, score: Mapping[str, Any], best: Mapping[str, Any]) -> bool:
        """By mAP."""
        return bool(score["map"] > best["map"])

    def examined(self, net: Net) -> Figures:
        """The same on the test part, with the scores that the validation part chose."""
        thresholds = chosen(self.data, self.data.val,
                            answers(net, self.data.val.pictures, self.device))  # fmt: skip
        found = answers(net, self.data.test.pictures, self.device)
        return Figures(judged(self.data, self.data.test, found, thresholds))


def rows_of(data: Any, part: ThingsPart, row: int) -> np.ndarray:
    """The boxes of a picture, (n, 5) float32: class and sides in pixels of the network."""
    things = part.scenes[row].things
    rows = [[data.classes.index(t.kind), *t.box] for t in things if not t.crowd]
    found = np.array(rows, np.float32).reshape(-1, 5)
    found[:, 1:] *= data.scale
    return found


def answers(
    net: Any, pictures: list[np.ndarray], device: torch.device | str
) -> list[_centres.FoundBoxes]:
    """What is found in pictures (h, w, 3) uint8, in their pixels, one box for each thing."""
    found = []
    net.eval()
    with torch.inference_mode():
        for picture in pictures:
            said = net.maps(torch.from_numpy(inputs.shown_boxes(picture)).to(device))
            one = _centres.candidates(*(m[0].cpu().numpy() for m in said))
            one = _centres.one_each(one, OVERLAP)
            height, width = picture.shape[:2]
            one.boxes[:, 0::2] = one.boxes[:, 0::2].clip(0, width)
            one.boxes[:, 1::2] = one.boxes[:, 1::2].clip(0, height)
            found.append(one)
    return found


def _cases(
    data: Any, part: ThingsPart, found: list[_centres.FoundBoxes], kind: int
) -> list[measure.ClassInPicture]:
    """What was found and what is there of one class, picture by picture."""
    cases = []
    for one, scene in zip(found, part.scenes, strict=True):
        there = [t for t in scene.things if t.kind == data.classes[kind]]
        sides = np.array([t.box for t in there], float).reshape(-1, 4) * data.scale
        crowd = np.array([t.crowd for t in there], bool)
        own = one.taken(np.flatnonzero(one.kinds == kind))
        overlaps = measure.box_overlaps(own.boxes, sides, crowd)
        cases.append(measure.ClassInPicture(overlaps, own.scores, crowd))
    return cases


def judged(
    data: Any, part: ThingsPart, found: list[_centres.FoundBoxes], thresholds: Mapping[str, float]
) -> dict[str, float]:
    """mAP@0.5 and mAP@[.5:.95]; AP of each class; and, where thresholds are given, the mean error
    of the number in a picture."""
    every = [_cases(data, part, found, kind) for kind in range(len(data.classes))]
    figures = {
        "map": measure.mean_average_precision(every) or 0.0,
        "map_50_95": measure.mean_average_precision(every, measure.THRESHOLDS) or 0.0,
    }
    for name, cases in zip(data.classes, every, strict=True):
        figures[f"ap {name}"] = measure.average_precision(cases) or 0.0
        if name in thresholds:
            counted = [int((case.scores >= thresholds[name]).sum()) for case in cases]
            true = [int((~case.crowd).sum()) for case in cases]
            figures[f"count error {name}"] = measure.counts(counted, true).error
    return {key: round(value, 5) for key, value in figures.items()}


def chosen(data: Any, part: ThingsPart, found: list[_centres.FoundBoxes]) -> dict[str, float]:
    """For each class the score with which its numbers come out closest; of equals the middle."""
    told = {}
    for kind, name in enumerate(data.classes):
        cases = _cases(data, part, found, kind)
        true = [int((~case.crowd).sum()) for case in cases]
        errors = np.array([
            measure.counts([int((c.scores >= s).sum()) for c in cases], true).error for s in _SCORES
        ])  # fmt: skip
        best = np.flatnonzero(errors == errors.min())
        told[name] = round(float(_SCORES[best[len(best) // 2]]), 3)
    return told
