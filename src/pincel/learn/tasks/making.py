"""Making: a network learns to make pictures, or to change them.

After every epoch the net, with its averaged weights, makes pictures from the same seeds (kept in
the run's folder, so that one sees it learn) and is judged on the validation part by its own loss.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch import Tensor

from pincel.errors import PincelError
from pincel.learn.meter import Meter, meter, watched
from pincel.learn.prepare import prepare, to_pictures
from pincel.learn.tasks._labelled import Labelled
from pincel.learn.tasks._task import Measured
from pincel.nets._abilities import Judge, Repairer, Sampler, classes_of
from pincel.nets._family import Family
from pincel.nets._network import Net
from pincel.pixels import contact, encode

SHOWN = 16
_COUNTED = 100  # pictures made to count modes
_JUDGED = 512  # pictures of a part that are judged
_TOGETHER = 64


@dataclass(frozen=True, eq=False)
class Pictures:
    """Figures on the test part, and pictures (n, h, w, c) uint8: made from fixed seeds, or pairs of
    what came and what it became."""

    figures: dict[str, float]
    pictures: np.ndarray
    paired: bool

    def metrics(self) -> dict[str, Any]:
        """The figures."""
        return {"test": self.figures}


class Making(Labelled):
    """See the module. A family that knows classes is shown the labels as well."""

    meter: Meter | None = None

    @classmethod
    def fitting(cls, kind: Family, data: Any) -> dict[str, Any]:
        """Square pictures, whose side is a multiple of 4."""
        height, width = data.size
        if height != width or height % 4:
            raise PincelError("teach.side", family=kind.name, height=height, width=width)
        # no "width": there it is how many maps or numbers a layer holds
        return {
            "channels": data.channels, "classes": len(data.classes),
            "height": height, "side": height,
        }  # fmt: skip

    def looks(self) -> tuple[int, int]:
        """Part of the validation part, the same of the test part."""
        return min(_JUDGED, len(self.data.val)), min(_JUDGED, len(self.data.test))

    def measured(self, net: Net, epoch: int) -> Measured:
        """The net's own figures on the validation part, made pictures, and what the family
        watches."""
        part = self.data.val
        figures = judged(net, part.pictures, part.labels, self.about, self.device, self.seed)
        pictures, _ = self._shown(net)
        entry = {
            "val_loss": figures["loss"],
            **{f"val_{k}": v for k, v in figures.items() if k != "loss"},
            **self.lesson.family.watch(net, self.data),
            **self._modes(net),
        }
        samples = {f"epoch-{epoch:04}.png": encode.png(contact.picture_grid(pictures))}
        return Measured({"loss": figures["loss"]}, entry, {"val": figures}, samples)

    def better(self, score: Mapping[str, Any], best: Mapping[str, Any]) -> bool:
        """By the loss, unless the family says that it tells nothing: then the newest is."""
        return not self.lesson.family.chooses or score["loss"] < best["loss"]

    def _modes(self, net: Any) -> dict[str, Any]:
        """Where a family may forget kinds of pictures: which clusters of the real ones it hits."""
        if not self.lesson.family.counts_modes:
            return {}
        if self.meter is None:
            self.meter = meter(self.data.train.pictures, self.seed)
        with torch.inference_mode():
            made = net.sample(range(_COUNTED))
        return watched(self.meter, to_pictures(made, self.about))

    def examined(self, net: Net) -> Pictures:
        """Figures on the test part, and pictures to look at."""
        part = self.data.test
        figures = judged(net, part.pictures, part.labels, self.about, self.device, self.seed)
        return Pictures(figures, *self._shown(net))

    def _shown(self, net: Net) -> tuple[np.ndarray, bool]:
        """Pictures to look at, and whether they are pairs."""
        net.eval()
        with torch.inference_mode():
            return shown(net, self.data.val.pictures, self.about, self.device)


def shown(
    net: Any, pictures: np.ndarray, about: dict[str, Any], device: torch.device | str = "cpu"
) -> tuple[np.ndarray, bool]:
    """What the net can show, (n, h, w, c) uint8: pictures made from seeds 0 to 15, one class after
    the other; or, where it only changes pictures, (before, after) pairs of the first of
    `pictures`, and True."""
    if isinstance(net, Sampler):
        classes = classes_of(net)
        labels = torch.arange(SHOWN, device=device) % classes if classes > 1 else None
        return to_pictures(net.sample(range(SHOWN), labels), about), False
    before = prepare(np.asarray(pictures[: SHOWN // 2]), about).to(device)
    if isinstance(net, Repairer):
        before, after = net.shows(before)
    else:
        after = net.restore(before)
    pairs = torch.stack([before, after], 1).flatten(0, 1)
    return to_pictures(pairs, about), True


def judged(
    net: Net,
    pictures: np.ndarray,
    labels: np.ndarray,
    about: dict[str, Any],
    device: torch.device | str = "cpu",
    seed: int = 0,
) -> dict[str, float]:
    """Figures of the net on pictures (n, h, w, c) with labels (n,), stored as `about` says (uint8,
    uint16 or float32), that it does not learn from, under the same draws each time:
    its own `judge(batch)` where it has one, else the sum of its losses. Holds "loss"."""
    rows = np.linspace(0, len(pictures) - 1, min(_JUDGED, len(pictures))).round().astype(int)
    training = net.training
    net.eval()
    total: dict[str, float] = {}
    state = torch.random.get_rng_state()
    torch.manual_seed(seed)
    try:
        for start in range(0, len(rows), _TOGETHER):
            chosen = rows[start : start + _TOGETHER]
            batch = (
                prepare(pictures[chosen], about).to(device),
                torch.from_numpy(labels[chosen]).to(device),
            )
            for key, value in _figures(net, batch).items():
                total[key] = total.get(key, 0.0) + value * len(chosen) / len(rows)
    finally:
        torch.random.set_rng_state(state)
        net.train(training)
    return total


def _figures(net: Net, batch: tuple[Tensor, Tensor]) -> dict[str, float]:
    if isinstance(net, Judge):
        with torch.no_grad():
            return {key: float(value) for key, value in net.judge(batch).items()}
    parts = {part: float(loss.detach()) for part, loss in net.losses(batch)}  # may need gradients
    return {"loss": sum(parts.values())} | (parts if len(parts) > 1 else {})
