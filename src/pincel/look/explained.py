"""One picture's answer, explained: the heat map in its steps, a finer one, and their tests."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch

from pincel.errors import PincelError
from pincel.learn.prepare import prepare
from pincel.look.gradcam import Heat, Method, explain, of_trace, sharp
from pincel.look.layers import OpenedLayer, Trace, trace
from pincel.look.operations import Reach
from pincel.look.trust import Trust, randomised, trust
from pincel.nets._network import Model


@dataclass(frozen=True, eq=False)
class Explained:
    """Why a network answered as it did.

    seen     (h, w, c) the picture in the size in which the network reads it
    heat     the map that was asked for
    fine     (h, w) LayerCAM at the picture's resolution, of the layer named `fine_layer`
    random   the same map of a network with random weights; None when not tested
    trust    tests of `heat`; None when not tested
    classes  names of all classes
    path     the layer's module;  reach  its receptive field
    channels  what each channel of `seen` is (see `pixels.channels`)
    """

    seen: np.ndarray
    heat: Heat
    fine: np.ndarray
    fine_layer: str
    random: Heat | None
    trust: Trust | None
    classes: tuple[str, ...]
    path: str
    reach: Reach | None
    channels: tuple[str, ...] = ()

    @property
    def target(self) -> int:
        """The class that is explained."""
        return int(self.heat.classes[0])

    @property
    def answer(self) -> int:
        """The class that the network names."""
        return int(self.heat.logits[0].argmax())


def explained(
    model: Model,
    seen: np.ndarray,
    target: int | None = None,
    *,
    layer: str | None = None,
    method: Method = "gradcam",
    tested: bool = True,
) -> Explained:
    """Explain one picture (h, w, c), already in the model's size and type: uint8, uint16 or float32
    (`learn.prepare.stacked`)."""
    pictures = prepare(seen[None], model.about)
    run = trace(model.net, pictures, gradients=True)
    heat = of_trace(run, target, layer=layer, method=method)
    chosen = run.find(heat.layer)
    wanted = torch.from_numpy(heat.classes)
    finest = fine_layer(run).name
    fine = sharp(model.net, pictures, wanted, layer=finest)[0]
    other, tests = None, None
    if tested:
        other = explain(randomised(model.net, 0), pictures, wanted, layer=heat.layer, method=method)
        tests = trust(model.net, pictures, heat)
    names = class_names(model, heat.logits.shape[1])
    return Explained(seen, heat, fine, finest, other, tests, names, chosen.path, chosen.reach)


def fine_layer(run: Trace) -> OpenedLayer:
    """The last layer whose map still has a cell for every 2 x 2 pixels; the largest map where
    there is none."""
    maps = [layer for layer in run.layers if layer.spatial]
    if not maps:
        raise PincelError("look.no_map")
    wanted = (run.picture.shape[2] + 1) // 2
    tall = max(layer.shape[1] for layer in maps)
    return [layer for layer in maps if layer.shape[1] >= min(wanted, tall)][-1]


def class_names(model: Model, count: int) -> tuple[str, ...]:
    """The names of a model's classes, or their numbers where it has none."""
    names = [str(name) for name in model.about.get("classes", ())]
    return tuple(names) if len(names) == count else tuple(map(str, range(count)))


def class_number(text: str | None, model: Model) -> int | None:
    """The class that a person named: its number, its name or the beginning of it."""
    if text is None or not text.strip():
        return None
    if text.strip().isdecimal():
        return int(text)
    names = [str(name).casefold() for name in model.about.get("classes", ())]
    wanted = text.strip().casefold()
    hits = [i for i, name in enumerate(names) if name == wanted] or [
        i for i, name in enumerate(names) if name.startswith(wanted)
    ]
    if len(hits) != 1:
        raise PincelError("look.class_name", came=text, known=", ".join(names) or "-")
    return hits[0]
