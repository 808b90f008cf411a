"""Masking: a network learns from pictures and masks.

The best weights are those with the best mean AP@0.5 of objects on the validation part; how objects
are read off the maps is chosen there, too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any

import numpy as np
import torch
from torch import Tensor

from pincel.learn.objects import measure_masks as measure
from pincel.learn.objects import seen
from pincel.learn.objects.changed import aims, cut_view, stained
from pincel.learn.objects.things import to_labels
from pincel.learn.objects.things_data import ThingsPart
from pincel.learn.tasks._task import Measured
from pincel.learn.tasks._things import Figures, Things
from pincel.nets import _instances
from pincel.nets._family import Family
from pincel.nets._network import Net

CUT = 224
"""Pixels a side of what is learned from at once."""
WAYS = tuple(
    _instances.InstanceReading(threshold=threshold, smooth=smooth, core=core)
    for threshold in (0.5, 0.6)
    for smooth in (0.7, 1.2)
    for core in (0.4, 0.5, 0.6)
)
_COLORED = 0.35  # share of coloured pictures in a batch, where there are both kinds
_TINT = 3.0  # levels by which the channels of a coloured picture differ


class Masking(Things):
    """See the module."""

    needs, lacking = "masks", "things.no_mask_data"

    @classmethod
    def preparation(cls, kind: Family, config: Any, data: Any) -> dict[str, Any]:
        """See `objects.seen`."""
        return dict(seen.facts("masks"))

    def batches(self, done: int) -> Iterator[tuple[Tensor, ...]]:
        """Cuts of pictures (n, 3, 224, 224), changed, and what their maps should say."""
        part = self.data.train
        shown = [seen.for_masks(picture) for picture in part.pictures]
        labels = [to_labels(scene.things, *scene.size) for scene in part.scenes]
        kinds = [np.array([0, *(1 + self.data.classes.index(t.kind) for t in scene.things)])
                 for scene in part.scenes]  # fmt: skip
        tinted = np.array([colored(picture) for picture in part.pictures])
        likely = _likely(part, tinted)
        number = done
        while True:
            number += 1
            rng = np.random.default_rng([self.seed, number])
            rows = rng.choice(len(part), self.plan.batch, p=likely)
            both = [
                _cut(shown[row], labels[row], kinds[row], bool(tinted[row]), rng) for row in rows
            ]
            pictures, wanted = zip(*both, strict=True)
            yield self.placed(torch.stack(pictures), torch.from_numpy(np.stack(wanted)))

    def looks(self) -> tuple[int, int]:
        """Each picture of the validation part, and of the test part."""
        return len(self.data.val), len(self.data.test)

    def measured(self, net: Net, epoch: int) -> Measured:
        """Mean AP@0.5 on the validation part, with the reading that is best there."""
        found = answers(net, self.data.val.pictures, self.device)
        how = best_reading(self.data.val, found)
        figures = judged(self.data.val, found, how)
        kept = {"val": figures, "reading": asdict(how)}
        return Measured({"ap": figures["ap"]}, {"val_ap": figures["ap"]}, kept)

    def better(self, score: Mapping[str, Any], best: Mapping[str, Any]) -> bool:
        """By the mean AP."""
        return bool(score["ap"] > best["ap"])

    def examined(self, net: Net) -> Figures:
        """The same on the test part, read as the validation part chose."""
        how = best_reading(self.data.val, answers(net, self.data.val.pictures, self.device))
        found = answers(net, self.data.test.pictures, self.device)
        return Figures(judged(self.data.test, found, how))


def colored(rgb: np.ndarray) -> bool:
    """Whether the channels of (h, w, 3) uint8 differ: a stained picture, no fluorescence."""
    return bool((rgb.max(2).astype(int) - rgb.min(2)).mean() > _TINT)


def _likely(part: ThingsPart, tinted: np.ndarray) -> np.ndarray:
    """How likely each picture is drawn: large ones more, coloured ones a fixed share."""
    area = np.sqrt([picture.shape[0] * picture.shape[1] for picture in part.pictures])
    if tinted.all() or not tinted.any():
        return area / area.sum()
    share = max(_COLORED, float(tinted.mean())) if tinted.mean() < 0.5 else float(tinted.mean())
    colors = np.where(tinted, area, 0)
    greys = np.where(tinted, 0, area)
    return share * colors / colors.sum() + (1 - share) * greys / greys.sum()


def _cut(
    shown: np.ndarray, labels: np.ndarray, kinds: np.ndarray, tinted: bool,
    rng: np.random.Generator,
) -> tuple[Tensor, np.ndarray]:  # fmt: skip
    view = cut_view(labels.shape, CUT, (0.7, 1.5), rng)
    values = view.seen(torch.from_numpy(shown).permute(2, 0, 1), "bilinear", "reflection")
    own = view.seen(torch.from_numpy(labels.astype(np.float32))[None], "nearest", "reflection")
    return stained(values, tinted, rng), aims(own[0].numpy().astype(np.int64), kinds)


Maps = tuple[np.ndarray, np.ndarray]
"""The chance (h, w) that a pixel is no ground, and depth (h, w)."""


def answers(net: Any, pictures: list[np.ndarray], device: torch.device | str) -> list[Maps]:
    """What the network says of pictures (h, w, 3) uint8."""
    found = []
    net.eval()
    with torch.inference_mode():
        for picture in pictures:
            height, width = picture.shape[:2]
            shown = seen.given(seen.framed(seen.for_masks(picture), blank=False))
            kinds, depth, _ = net.maps(torch.from_numpy(shown).to(device))
            sure = 1 - kinds.softmax(1)[0, 0]
            found.append(tuple(m.cpu().numpy()[:height, :width] for m in (sure, depth[0, 0])))
    return found


def read(maps: Maps, how: _instances.InstanceReading) -> np.ndarray:
    """The objects as a label picture (h, w) int32."""
    return _instances.objects(maps[0] > how.threshold, maps[1], how)


def best_reading(part: ThingsPart, found: list[Maps]) -> _instances.InstanceReading:
    """The way of reading with the best mean AP."""
    return max(WAYS, key=lambda how: judged(part, found, how)["ap"])


def judged(
    part: ThingsPart, found: list[Maps], how: _instances.InstanceReading
) -> dict[str, float]:
    """Dice of all pixels; mean AP@0.5, PQ and AJI over pictures; AP of all objects pooled."""
    each, shared, both = [], 0, 0
    for maps, scene in zip(found, part.scenes, strict=True):
        labels, true = read(maps, how), to_labels(scene.things, *scene.size)
        each.append(measure.compare_objects(labels, true))
        shared += 2 * int(((labels > 0) & (true > 0)).sum())
        both += int((labels > 0).sum()) + int((true > 0).sum())
    whole = sum(each[1:], each[0])
    figures = {
        "dice": shared / both if both else 1.0,
        "ap": float(np.mean([one.ap for one in each])),
        "pq": float(np.mean([one.pq for one in each])),
        "aji": float(np.mean([one.aji for one in each])),
        "ap pooled": whole.ap,
    }
    return {name: round(value, 5) for name, value in figures.items()}
