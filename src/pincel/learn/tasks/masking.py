"""Masking: a network learns from pictures and masks.

The best weights are those with the best mean AP@0.5 of objects on the validation part. How objects
are seen and read off the maps is chosen there, too, once, at the end: to try all ways takes as long
as many steps.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any

import numpy as np
import torch
from torch import Tensor

from pincel.learn.objects import inputs, object_sizes
from pincel.learn.objects import measure_masks as measure
from pincel.learn.objects.changed import View, aims, cut_view, stained
from pincel.learn.objects.overlay import kept_frame, kept_one, overlay
from pincel.learn.objects.things import from_labels, to_labels
from pincel.learn.objects.things_data import ThingsPart
from pincel.learn.tasks._task import Measured
from pincel.learn.tasks._things import Figures, Things
from pincel.nets import _instances
from pincel.nets._family import Family
from pincel.nets._network import Net

CUT = 224
"""Pixels a side of what is learned from at once."""
CHOICES: dict[str, tuple[Any, ...]] = {
    "stands": (0.0, 0.05, 0.1),
    "core": (0.4, 0.5, 0.55),
    "smooth": (0.7, 1.2),
    "threshold": (0.5, 0.6),
}
"""How objects may be read off: tried one after the other in the end."""
USUAL = _instances.InstanceReading(threshold=0.5, smooth=0.7, core=0.5, stands=0.05)
"""How objects are read off while the network still learns."""
DIAMETER = 26.0
"""Pixels across an object of middle size, as it is best seen: smaller ones are learned from
enlarged."""
WORTH = 0.005
"""AP that a second look at all of a picture must win, for it costs half as much again."""
TRIED = (0.0, 0.8, 1.0)
"""Sizes that are tried in the end, as shares of the one that was learned from most; 0: every
picture as it is."""
_REACH, _SCALES = 0.3, (0.5, 3.0)
_SLANTING = 0.5
_COLORED = 0.35  # share of coloured pictures in a batch, where there are both kinds
_TINT = 3.0  # levels by which the channels of a coloured picture differ


class Masking(Things):
    """See the module."""

    needs, lacking = "masks", "things.no_mask_data"

    @classmethod
    def preparation(cls, kind: Family, config: Any, data: Any) -> dict[str, Any]:
        """See `objects.inputs`."""
        return dict(inputs.finder_facts("masks"))

    def batches(self, done: int) -> Iterator[tuple[Tensor, ...]]:
        """Cuts of pictures (n, 3, 224, 224), changed, and what their maps should say."""
        part = self.data.train
        shown = [inputs.for_masks(picture) for picture in part.pictures]
        labels = [to_labels(scene.things, *scene.size) for scene in part.scenes]
        kinds = [np.array([0, *(1 + self.data.classes.index(t.kind) for t in scene.things)])
                 for scene in part.scenes]  # fmt: skip
        tinted = np.array([colored(picture) for picture in part.pictures])
        likely = _likely(part, tinted)
        across, best_seen = diameters(part), best_size(part)
        number = done
        while True:
            number += 1
            rng = np.random.default_rng([self.seed, number])
            rows = rng.choice(len(part), self.plan.batch, p=likely)
            both = []
            for row in rows:
                scale = _scale(float(across[row]), best_seen, rng)
                view = cut_view(labels[row].shape, CUT, (scale, scale), rng, _SLANTING)
                both.append(_cut(shown[row], labels[row], kinds[row], bool(tinted[row]), view, rng))
            pictures, wanted = zip(*both, strict=True)
            yield self.placed(torch.stack(pictures), torch.from_numpy(np.stack(wanted)))

    def looks(self) -> tuple[int, int]:
        """Each picture of the validation part; in the end at every size that is tried, an enlarged
        one counting for three, and the test part."""
        val, test = len(self.data.val), len(self.data.test)
        return val, (3 * len(TRIED) - 2) * val + 3 * test

    def measured(self, net: Net, epoch: int) -> Measured:
        """Mean AP@0.5 on the validation part."""
        found = answers(net, self.data.val.pictures, self.device)
        figures = judged(self.data.val, found, USUAL)
        kept = {"val": figures, "reading": asdict(USUAL)}
        samples = self._sample(epoch, found)
        return Measured({"ap": figures["ap"]}, {"val_ap": figures["ap"]}, kept, samples)

    def _sample(self, epoch: int, found: list[Maps]) -> dict[str, bytes]:
        """One picture with its outlines, how likely its pixels are no ground, and depth."""
        part = self.data.val
        row = kept_one(part)
        labels = label_picture(found[row], USUAL)
        scene = part.scenes[row].only(from_labels(labels, self.data.classes[0]))
        return kept_frame(epoch, overlay(part.pictures[row], scene, self.data.classes), found[row])

    def better(self, score: Mapping[str, Any], best: Mapping[str, Any]) -> bool:
        """By the mean AP."""
        return bool(score["ap"] > best["ap"])

    def examined(self, net: Net) -> Figures:
        """The same on the test part, seen and read in the way that is best on the validation
        part."""
        part = self.data.val
        sizes_tried = [share * best_size(self.data.train) for share in TRIED]
        how, seen_before = best_way(net, part, self.device, sizes_tried)
        told = {"reading": asdict(how), "val": judged(part, seen_before, how)}
        found = answers(net, self.data.test.pictures, self.device, how)
        return Figures(judged(self.data.test, found, how), told)


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


def diameters(part: ThingsPart) -> np.ndarray:
    """How many pixels across the object of middle size is in each picture (that of a disk of the
    same area); where there is none, as in the picture in the middle of all. (n,) float64."""
    found = np.array([
        np.median([2 * np.sqrt(t.mask.area / np.pi) for t in scene.things if t.mask])
        if scene.things else np.nan
        for scene in part.scenes
    ])  # fmt: skip
    usual = np.nanmedian(found) if np.isfinite(found).any() else DIAMETER
    return np.where(np.isfinite(found), found, usual).clip(1)


def best_size(part: ThingsPart) -> float:
    """Pixels across an object of middle size as the network shall see it."""
    return round(max(DIAMETER, float(np.median(diameters(part)))), 1)


def _scale(across: float, wanted: float, rng: np.random.Generator) -> float:
    """How much a cut is enlarged: from not at all to as much as makes its objects as large as
    those of all others, the latter more often, and a little more or less."""
    share, beyond = np.sqrt(rng.random()), np.exp(rng.uniform(-_REACH, _REACH))
    return float(np.clip((wanted / across) ** share * beyond, *_SCALES))


def _cut(
    shown: np.ndarray, labels: np.ndarray, kinds: np.ndarray, tinted: bool, view: View,
    rng: np.random.Generator,
) -> tuple[Tensor, np.ndarray]:  # fmt: skip
    values = view.seen(torch.from_numpy(shown).permute(2, 0, 1), "bilinear", "reflection")
    own = view.seen(torch.from_numpy(labels.astype(np.float32))[None], "nearest", "reflection")
    return stained(values, tinted, rng), aims(own[0].numpy().astype(np.int64), kinds)


Maps = tuple[np.ndarray, np.ndarray]
"""The chance (h, w) that a pixel is no ground, and depth (h, w)."""


def answers(
    net: Any, pictures: list[np.ndarray], device: torch.device | str,
    how: _instances.InstanceReading = USUAL,
) -> list[Maps]:  # fmt: skip
    """What the network says of pictures (h, w, 3) uint8, seen as the reading says."""
    found = []
    net.eval()

    def maps(shown: np.ndarray) -> tuple[np.ndarray, ...]:
        with torch.inference_mode():
            said = net.maps(torch.from_numpy(shown).to(device))
        return tuple(one[0].cpu().numpy() for one in said)

    for picture in pictures:
        one = object_sizes.said_of(
            maps, inputs.for_masks(picture), object_sizes.sight(maps, picture, how)
        )
        found.append((one.chance, one.depth))
    return found


def label_picture(maps: Maps, how: _instances.InstanceReading) -> np.ndarray:
    """The objects as a label picture (h, w) int32."""
    return _instances.objects(maps[0] > how.threshold, maps[1], how)


def best_way(
    net: Any, part: ThingsPart, device: torch.device | str, tried: Sequence[float]
) -> tuple[_instances.InstanceReading, list[Maps]]:
    """The way of seeing and reading with the best mean AP, first the size, of those `tried`, then
    all else, one after the other; and what the network says of the pictures seen so."""
    best, how, found = -1.0, USUAL, []
    for across in tried:
        way = replace(USUAL, diameter=across)
        said = answers(net, part.pictures, device, way)
        if (ap := judged(part, said, way)["ap"]) > best:
            best, how, found = ap, way, said
    how = best_reading(part, found, how)
    twice = replace(how, twice=True)
    said = answers(net, part.pictures, device, twice) if how.diameter else found
    if judged(part, said, twice)["ap"] > judged(part, found, how)["ap"] + WORTH:
        return twice, said
    return how, found


def best_reading(
    part: ThingsPart, found: list[Maps], how: _instances.InstanceReading
) -> _instances.InstanceReading:
    """`how` with all that is read off the maps chosen, one after the other, by the mean AP."""
    for name, values in CHOICES.items():
        ways = [replace(how, **{name: value}) for value in values]
        how = max(ways, key=lambda way: judged(part, found, way)["ap"])
    return how


def judged(
    part: ThingsPart, found: list[Maps], how: _instances.InstanceReading
) -> dict[str, float]:
    """Dice of all pixels; mean AP@0.5, PQ and AJI over pictures; AP of all objects pooled."""
    each, shared, both = [], 0, 0
    for maps, scene in zip(found, part.scenes, strict=True):
        labels, true = label_picture(maps, how), to_labels(scene.things, *scene.size)
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
