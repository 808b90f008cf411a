"""A network of boxes or masks opened on one picture: what it says at each place, how one thing
comes out of that step by step, and where it looked (Grad-CAM; Selvaraju et al., 2017)."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from pincel.errors import PincelError
from pincel.learn.objects import inputs, object_sizes
from pincel.learn.objects.things import Scene, Thing
from pincel.look.finder import ReadyFinder, Segmented, detect, segment
from pincel.nets import _centres, _instances
from pincel.nets._network import Model
from pincel.words.numbers import number

_NEAR = 0.05
"""How much of a centre a place must be for its box to be shown."""


@dataclass(frozen=True, eq=False)
class Unfolded:
    """What was seen.

    picture  (h, w, 3) uint8;  scene  what was found, the thing that is explained at `chosen`
    planes   name -> (rows, columns) float32, 0 to 1: what the network says at each place
    steps    (name, value) of the chosen thing, in the order in which it comes about
    heat     (rows, columns) float32, 0 to 1: where the network looked for it
    classes  all of them
    """

    picture: np.ndarray
    scene: Scene
    chosen: int
    planes: dict[str, np.ndarray]
    steps: list[tuple[str, Any]]
    heat: np.ndarray
    classes: list[str] = field(default_factory=list)

    @property
    def thing(self) -> Thing:
        """The one that is explained."""
        return self.scene.things[self.chosen]


def finder_of(model: Model) -> ReadyFinder:
    """The same network as a finder."""

    def maps(pictures: np.ndarray) -> tuple[np.ndarray, ...]:
        with torch.inference_mode():
            return tuple(one[0].numpy() for one in model.net(torch.from_numpy(pictures)))

    return ReadyFinder(model.family, model.about, "torch", maps)


def unfolded(model: Model, rgb: np.ndarray, name: str = "", target: str | None = None) -> Unfolded:
    """Open a network on a picture (h, w, 3) uint8. `target`: the class, or the number, of the thing
    that is explained; None takes the surest. PincelError where nothing of the kind is found."""
    finder = finder_of(model)
    if model.family == "boxes":
        *_, scene = detect(finder, rgb, name)
    else:
        *_, told = segment(finder, rgb, name)
        assert isinstance(told, Segmented)
        scene = told.scene
    assert isinstance(scene, Scene)
    chosen = _chosen(scene, target, finder.classes)
    explain = _box if model.family == "boxes" else _mask
    planes, steps, heat = explain(model, finder, rgb, scene.things[chosen])
    return Unfolded(rgb, scene, chosen, planes, steps, heat, finder.classes)


def _chosen(scene: Scene, target: str | None, classes: list[str]) -> int:
    """The thing that is meant."""
    things = scene.things
    if target is not None and target.isdecimal() and 1 <= int(target) <= len(things):
        return int(target) - 1
    fitting = [k for k, thing in enumerate(things) if target in (None, thing.kind)]
    if not fitting:
        known = ", ".join(classes) + f", 1-{len(things)}"
        raise PincelError("explain.no_thing", target=target or "-", known=known)
    return max(fitting, key=lambda k: things[k].score or 0.0)


def _looked(net: nn.Module, layer: nn.Module, shown: Tensor, score: Any) -> np.ndarray:
    """Grad-CAM of `score(maps)` at what `layer` gives, over its maximum; (rows, columns).

    A thing stands at one place, while the mean of a map's gradients, with which Grad-CAM weighs it,
    is of all places alike: its heat lies on every cell of a smear. So each place is weighed by its
    own gradient, where that is above 0 (LayerCAM; Jiang et al., 2021).
    """
    held: list[Tensor] = []

    def keep(_: nn.Module, __: Any, given: Any) -> None:
        held.append(given[-1] if isinstance(given, tuple) else given)

    hook = layer.register_forward_hook(keep)
    try:
        with torch.enable_grad():
            value = score(net.maps(shown.requires_grad_()))  # type: ignore[operator]
            (slope,) = torch.autograd.grad(value, held[0])
    finally:
        hook.remove()
    heat = (slope.clamp(min=0) * held[0]).sum(1)[0].clamp(min=0).detach().numpy()
    most = float(heat.max())
    return heat / most if most > 0 else heat


def _box(
    model: Model, finder: ReadyFinder, rgb: np.ndarray, thing: Thing
) -> tuple[dict[str, np.ndarray], list[tuple[str, Any]], np.ndarray]:
    scale = float(model.about["prepare"].get("scale", 1.0))
    small = inputs.scaled(rgb, scale)
    shown = inputs.shown_boxes(small)
    heat, sides, sure = finder.maps(shown)
    rows, columns = (-(-side // _centres.STRIDE) for side in small.shape[:2])
    kept = (slice(0, rows), slice(0, columns))
    planes = {n: _centres.sigmoid(m)[kept] for n, m in zip(finder.classes, heat, strict=True)}
    fits = _centres.sigmoid(sure[0])[kept]
    near = np.max(list(planes.values()), axis=0) > _NEAR
    planes["fit"] = np.where(near, fits, 0)  # elsewhere nobody asks, nor was it taught
    kind = finder.classes.index(thing.kind)
    every = _centres.candidates(heat, sides, sure)
    own = np.flatnonzero(every.kinds == kind)
    shared = _centres.ious(np.array([thing.box]) * scale, every.boxes[own])[0]
    best = own[int(shared.argmax())]
    x, y = (int(v // _centres.STRIDE) for v in every.places[best])
    rivals = int((shared > float(finder.chosen.get("overlap", 0.6))).sum()) - 1
    centre, fit = float(planes[thing.kind][y, x]), float(fits[y, x])
    steps = [
        ("place", f"{x}, {y}"),
        ("centre", centre),
        ("fit", fit),
        ("score", float(np.sqrt(centre * fit))),
        ("needed", float(finder.chosen.get("thresholds", {}).get(thing.kind, 0.3))),
        ("sides", ", ".join(number(v / scale, 1) for v in sides[:, y, x])),
        ("box", ", ".join(number(v, 1) for v in thing.box)),
        ("rivals", rivals),
    ]
    net: Any = model.net
    seen_heat = _looked(net, net.backbone, torch.from_numpy(shown), lambda m: m.heat[0, kind, y, x])
    return planes, steps, _cut(seen_heat, small.shape, 16)


def _mask(
    model: Model, finder: ReadyFinder, rgb: np.ndarray, thing: Thing
) -> tuple[dict[str, np.ndarray], list[tuple[str, Any]], np.ndarray]:
    height, width = rgb.shape[:2]
    how, kind = finder.read_with(None, rgb), 1 + finder.classes.index(thing.kind)
    sight, values = object_sizes.sight(finder.maps, rgb, how), inputs.for_masks(rgb)
    scale, shown = sight.scale, object_sizes.scaled_input(values, sight.scale)
    *_, middle = finder.maps(shown)
    said = object_sizes.said_of(finder.maps, values, sight)
    chances, deep = said.shares.clip(0, 1), said.depth.clip(0, 1)
    planes = dict(zip(("ground", *finder.classes), chances, strict=True)) | {"depth": deep}
    assert thing.mask is not None
    inside = thing.mask.whole(height, width)
    labels = _instances.parts(1 - chances[0] > how.threshold)
    part = labels == labels[inside].max()
    steps = [
        ("scale", float(scale)),
        ("pixels", int(inside.sum())),
        ("chance", float((1 - chances[0])[inside].mean())),
        ("deepest", float(deep[inside].max())),
        ("core", how.core),
        ("part", int(part.sum())),
        ("cores", _cores(part, deep, how)),
        ("middle", _middle(middle, inside, scale)),
    ]
    here = np.zeros(shown.shape[2:], np.float32)
    seen_there = object_sizes.plane_resized(inside.astype(np.float32), _seen_size(rgb, scale))
    here[: seen_there.shape[0], : seen_there.shape[1]] = seen_there
    where = torch.from_numpy(here > 0.5)
    net: Any = model.net

    def score(maps: Any) -> Tensor:
        return (maps.kinds[0, kind] - maps.kinds[0, 0])[where].mean()

    heat = _looked(net, net.down[-1], torch.from_numpy(shown), score)
    return planes, steps, _cut(heat, _seen_size(rgb, scale), 2 ** len(net.config.widths))


def _seen_size(rgb: np.ndarray, scale: Fraction) -> tuple[int, int]:
    """Rows and columns of a picture (h, w, 3) where the network sees it."""
    height, width = (max(1, round(float(side * scale))) for side in rgb.shape[:2])
    return height, width


def _cores(part: np.ndarray, depth: np.ndarray, how: _instances.InstanceReading) -> int:
    """How many cores a connected part (h, w) bool has."""
    from scipy.ndimage import find_objects

    (place,) = find_objects(part.astype(np.int32))
    return int(_instances.cores(part[place], place, depth, how)[1].max())


def _middle(middle: np.ndarray, inside: np.ndarray, scale: Fraction) -> str:
    """Where the pixels of an object (h, w) bool point to as its middle, x and y in the picture."""
    offsets = np.stack([object_sizes.back(one, inside.shape, scale) for one in middle])
    rows, columns = np.nonzero(inside)
    points = offsets[:, rows, columns] / float(scale) + np.stack([rows, columns]) + 0.5
    y, x = points.mean(1)
    return f"{number(x, 1)}, {number(y, 1)}"


def _cut(heat: np.ndarray, size: tuple[int, ...], stride: int) -> np.ndarray:
    """Without what was added below and to the right, to a whole place."""
    return heat[: -(-size[0] // stride), : -(-size[1] // stride)]
