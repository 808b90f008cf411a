"""Teaching networks that make pictures: what differs from teaching a classifier.

After every epoch the net, with its averaged weights, makes pictures from the same seeds (kept in
the run's folder, so that one sees it learn) and is judged on the validation part by its own loss.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import torch
from torch import Tensor

from pincel.learn.meter import Meter, meter, watched
from pincel.learn.prepare import prepare, to_pictures
from pincel.learn.teach import Epoch, Made, Teacher
from pincel.nets._abilities import Judge, Repairer, Sampler, classes_of
from pincel.nets._network import Model, Net, model_bytes, open_model
from pincel.pixels import encode

SHOWN = 16
_COUNTED = 100  # pictures made to count modes
_JUDGED = 512  # pictures of a part that are judged
_TOGETHER = 64


class Maker(Teacher):
    """What is held while such a run goes on."""

    meter: Meter | None = None

    def _measured(self, epoch: int, rate: float) -> Epoch:
        counters = self.counters
        self._dress()
        figures = judged(self.judge, self.data.val.pictures, self.data.val.labels, self.about,
                         self.device, self.seed)  # fmt: skip
        best = counters["best"]
        better = best is None or not self.family.chooses or figures["loss"] < best["loss"]
        if better:
            counters["best"] = {"epoch": epoch, "loss": figures["loss"]}
            self.run.keep_best(model_bytes(self._model({"val": figures})))
        counters["since"] = 0 if better else counters["since"] + 1
        counters["stopped"] = bool(self.plan.patience and counters["since"] >= self.plan.patience)
        shown, _ = self._shown()
        self.run.keep_sample(f"epoch-{epoch:04}.png", encode.png(sheet(shown)))
        entry = {
            "epoch": epoch,
            "step": self.done,
            "rate": rate * self.plan.rate,
            "loss": counters["loss"] / counters["seen"],
            "val_loss": figures["loss"],
            **{f"val_{k}": v for k, v in figures.items() if k != "loss"},
            **self.family.watch(self.judge, self.data),
            **self._modes(),
            "seconds": round(counters["seconds"], 3),
        }
        counters["loss"], counters["seen"] = 0.0, 0
        self.run.log(entry)
        self._keep()
        return Epoch(epoch, entry, better)

    def _modes(self) -> dict[str, Any]:
        """Where a family may forget kinds of pictures: which clusters of the real ones it hits."""
        if not self.family.counts_modes:
            return {}
        if self.meter is None:
            self.meter = meter(self.data.train.pictures, self.seed)
        judge: Any = self.judge
        with torch.inference_mode():
            made = judge.sample(range(_COUNTED))
        return watched(self.meter, to_pictures(made, self.about))

    def _finish(self) -> Made:
        best = open_model(self.run.folder / "best.safetensors")
        self.judge.load_state_dict(best.net.state_dict())
        part = self.data.test
        figures = judged(self.judge, part.pictures, part.labels, self.about, self.device, self.seed)
        metrics = {**best.about["metrics"], "test": figures}
        about = {**best.about, "metrics": metrics, "seconds": round(self.counters["seconds"], 1)}
        model = Model(best.family, best.net, about)
        self.run.keep_best(model_bytes(model))
        shown, paired = self._shown()
        return Made(model, figures, shown, paired, self.counters["stopped"])

    def _shown(self) -> tuple[np.ndarray, bool]:
        """Pictures to look at, and whether they are pairs."""
        self.judge.eval()
        with torch.inference_mode():
            return shown(self.judge, self.data.val.pictures, self.about, self.device)


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
    """Figures of the net on pictures that it does not learn from, under the same draws each time:
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


def sheet(pictures: np.ndarray, across: int = 8, gap: int = 1) -> np.ndarray:
    """Pictures (n, h, w, c) uint8 in rows, (height, width, 4); what is between is transparent."""
    count, height, width, _ = pictures.shape
    across = min(across, count)
    down = -(-count // across)
    rgba = as_rgba(pictures)
    whole = np.zeros((down * (height + gap) - gap, across * (width + gap) - gap, 4), np.uint8)
    for place, picture in enumerate(rgba):
        y, x = place // across * (height + gap), place % across * (width + gap)
        whole[y : y + height, x : x + width] = picture
    return whole


def as_rgba(pictures: np.ndarray | Sequence[np.ndarray]) -> np.ndarray:
    """Pictures (n, h, w, 1, 3 or 4) uint8 as (n, h, w, 4)."""
    values = np.asarray(pictures)
    if values.shape[-1] == 4:
        return values
    colors = values[..., :3] if values.shape[-1] >= 3 else values[..., :1].repeat(3, -1)
    return np.concatenate([colors, np.full_like(colors[..., :1], 255)], -1)
