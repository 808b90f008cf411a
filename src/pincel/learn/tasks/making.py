"""Making: a network learns to make pictures, or to change them.

After every epoch the net, with its averaged weights, makes pictures from the same seeds (kept in
the run's folder, so that one sees it learn) and is judged on the validation part by its own loss.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch import Tensor

from pincel import nets
from pincel.errors import PincelError
from pincel.learn.meter import Meter, meter, watched_modes
from pincel.learn.prepare import are_seen, names_in, prepare, to_pictures, visible
from pincel.learn.tasks._labelled import Labelled
from pincel.learn.tasks._task import Measured
from pincel.nets._abilities import Judge, Repairer, Sampler, classes_of
from pincel.nets._family import Family, family
from pincel.nets._network import Net
from pincel.pixels import contact, encode
from pincel.pixels.channels import are_colors
from pincel.ranges import bounds

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
        """Square pictures, whose side is a multiple of 4, of channels that the family takes."""
        height, width = data.size
        if height != width or height % 4:
            raise PincelError("teach.side", family=kind.name, height=height, width=width)
        names = names_in({"channels": data.channels, "names": data.channel_names or None})
        _check_channels(kind, data.name, names)
        # no "width": there it is how many maps or numbers a layer holds
        return {
            "channels": data.channels, "stains": not are_colors(names),
            "classes": len(data.classes),
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
            self.meter = meter(self.data.train.pictures, self.seed, alpha=are_seen(self.about))
        with torch.inference_mode():
            made = net.sample(range(_COUNTED))
        return watched_modes(self.meter, to_pictures(made, self.about))

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


def _check_channels(kind: Family, name: str, names: Sequence[str]) -> None:
    """PincelError, which says what to do, for channels that a family cannot learn from."""
    facts = {"family": kind.name, "name": name, "count": len(names)}
    if kind.colors_only and not are_colors(names) and len(names) not in (1, 3):
        makers = (family(one) for one in nets.names())
        others = [one.name for one in makers if one.task == kind.task and not one.colors_only]
        raise PincelError(
            "channels.palette_only", names=", ".join(names), others=", ".join(others), **facts
        )
    most = bounds(kind.Config.model_fields["channels"])[1]
    if most is not None and len(names) > most:
        raise PincelError("channels.too_many", most=int(most), **facts)


def shown(
    net: Any, pictures: np.ndarray, about: dict[str, Any], device: torch.device | str = "cpu"
) -> tuple[np.ndarray, bool]:
    """What the net can show, (n, h, w, c) uint8: pictures made from seeds 0 to 15, one class after
    the other; or, where it only changes pictures, (before, after) pairs of the first of
    `pictures`, and True. Of channels that are no colours, what can be seen."""
    made, paired = _shown(net, pictures, about, device)
    return visible(made, about), paired


def _shown(
    net: Any, pictures: np.ndarray, about: dict[str, Any], device: torch.device | str
) -> tuple[np.ndarray, bool]:
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
