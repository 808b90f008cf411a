"""Watching a network make pictures: all that its family can answer, asked at once.

Each part answers one question about a model (`nets._network.Model`) and gives plain arrays.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import torch

from pincel.errors import PincelError
from pincel.learn.prepare import prepare, visible
from pincel.learn.run import CONFIG, Run
from pincel.look.asked import Asked, labels_of, net_of, seen_of
from pincel.look.attended import (
    Attended,
    Drawing,
    Uncovering,
    attended_drawing,
    attended_while_denoising,
    uncovering,
)
from pincel.look.coding import Coding, coding
from pincel.look.denoising import Noising, Reversal, Views, noising, reversals, views
from pincel.nets._abilities import Adversary, Denoiser, Sampler, Spread, Uncoverer, Writer
from pincel.nets._network import Model
from pincel.pixels.open import open_picture

_REAL = 8  # real pictures that are shown


@dataclass(frozen=True, eq=False)
class Verdicts:
    """A discriminator's numbers (n,), highest first, and the made pictures in that order; real
    pictures and their verdicts where some were given. usual  the mean verdict on real pictures,
    of those given or of those that the training was judged by; None where nothing is known."""

    made: np.ndarray
    pictures: np.ndarray
    real: np.ndarray | None = None
    real_pictures: np.ndarray | None = None
    usual: float | None = None


@dataclass(frozen=True, eq=False)
class Watched:
    """All that could be watched. `named`: its samples are of named classes (of `label`, or one
    after the other);  missing: names of what the family does not have."""

    family: str
    classes: list[str]
    named: bool
    label: int | None
    samples: np.ndarray
    noising: Noising | None = None
    reversals: list[Reversal] = field(default_factory=list)
    views: Views | None = None
    attended: Attended | None = None
    drawing: Drawing | None = None
    uncovering: Uncovering | None = None
    verdicts: Verdicts | None = None
    coding: Coding | None = None
    missing: list[str] = field(default_factory=list)


def watched(
    model: Model,
    asked: Asked,
    picture: np.ndarray | None = None,
    real: np.ndarray | None = None,
) -> Watched:
    """Watch a model make pictures; `picture` (h, w, c) is the one that is noised, judged or coded,
    of the model's size and type (uint8, uint16 or float32), or None: one of its own; `real` (n, h,
    w, c) pictures of the data to compare with. PincelError when the network makes none."""
    if not isinstance(model.net, Sampler):
        raise PincelError("watch.makes_none", family=model.family)
    if getattr(model.net.config, "vocabulary", 0):
        raise PincelError("watch.draws_sentences")
    net: Any = model.net
    with torch.no_grad():
        return Watched(
            family=model.family,
            classes=list(model.about.get("classes") or []),
            named=labels_of(model, asked, 1) is not None,
            label=asked.label,
            samples=samples(model, asked),
            **_inside(model, net, asked, picture, real),
        )


def _inside(
    model: Model, net: Any, asked: Asked, picture: np.ndarray | None, real: np.ndarray | None
) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if isinstance(net, Denoiser):
        ways = reversals(model, asked)
        own = ways[0].made if picture is None else picture
        found["noising"] = noising(model, own, asked)
        found["reversals"] = ways
        found["views"] = views(model, asked)
        found["attended"] = attended_while_denoising(model, asked)
    if isinstance(net, Writer):
        found["drawing"], found["attended"] = attended_drawing(model, asked)
    if isinstance(net, Uncoverer):
        found["uncovering"], found["attended"] = uncovering(model, asked)
    if isinstance(net, Adversary):
        found["verdicts"] = verdicts(model, asked, picture, real)
    if isinstance(net, Spread):
        found["coding"] = coding(model, asked, picture, real)
    every = ("noising", "reversals", "attended", "drawing", "uncovering", "verdicts", "coding")
    return found | {"missing": [name for name in every if not found.get(name)]}


def progress(file: Path) -> tuple[list[np.ndarray], list[dict[str, Any]]]:
    """What the run of a model's file kept on the way: the grids of samples (h, w, 4) uint8, epoch
    by epoch, and the figures of each epoch. Both empty where there is no run."""
    paths = sorted((file.parent / "samples").glob("epoch-*.png"))
    grids = [open_picture(path).rgba for path in paths]
    grids = [grid for grid in grids if grid.shape == grids[-1].shape]
    entries = Run.open(file.parent).metrics() if (file.parent / CONFIG).is_file() else []
    return grids, [entry for entry in entries if "epoch" in entry]


def samples(model: Model, asked: Asked) -> np.ndarray:
    """A grid's pictures (n, h, w, c) uint8 to look at, from the seeds that follow, one class after
    the other where none is said."""
    seeds = range(asked.seed, asked.seed + asked.count)
    return seen_of(net_of(model).sample(seeds, labels_of(model, asked, asked.count)), model.about)


def verdicts(
    model: Model,
    asked: Asked,
    picture: np.ndarray | None = None,
    real: np.ndarray | None = None,
) -> Verdicts:
    """What a GAN's discriminator says of the pictures that its generator makes, and of real ones:
    of `picture` (h, w, c), else of the first of `real` (n, h, w, c), uint8, uint16 or float32."""
    net = net_of(model)
    seeds = range(asked.seed, asked.seed + asked.count)
    labels = labels_of(model, asked, asked.count)
    made = net.sample(seeds, labels)
    said = net.discriminator(made, labels).numpy()
    order = np.argsort(-said, kind="stable")
    own = found = None
    if picture is not None:
        own = picture[None]
    elif real is not None and labels is None:
        own = real[:_REAL]
    if own is not None:
        label = None if labels is None else labels[:1]
        found = net.discriminator(prepare(own, model.about), label).numpy()
    usual = _usual(model, real if labels is None else None)
    shown = seen_of(made, model.about)
    real_shown = None if own is None else visible(own, model.about)
    return Verdicts(said[order], shown[order], found, real_shown, usual)


def _usual(model: Model, real: np.ndarray | None) -> float | None:
    """The mean verdict on real pictures: on these, else as it was measured when it was taught."""
    if real is not None:
        return float(net_of(model).discriminator(prepare(real, model.about), None).mean())
    metrics = model.about.get("metrics", {})
    known = [metrics.get(part, {}).get("real") for part in ("test", "val")]
    return next((float(value) for value in known if value is not None), None)
