"""Grad-CAM in its four steps: which places of a map spoke for a class (Selvaraju et al., 2017).

1. Forward: the picture passes the network; a layer holds maps A, one for each filter.
2. Backward: how the class' score would move with each number of the maps, dy/dA.
3. Weights: the mean of a map's gradients says how much that map matters, alpha.
4. Sum: the maps times their weights, added; the ReLU keeps what speaks for the class.

What the ReLU throws away is the counter-evidence: what speaks against the class. LayerCAM (Jiang et
al., 2021) weighs every cell by its own positive gradient instead of the mean, so that early layers
with fine maps can be used too, which small pictures need.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import torch
from torch import Tensor, nn

from pincel.errors import PincelError
from pincel.look.layers import OpenedLayer, Trace, trace

Method = Literal["gradcam", "layercam"]
METHODS: tuple[Method, ...] = ("gradcam", "layercam")


@dataclass(frozen=True, eq=False)
class Heat:
    """Where a network saw a class, with every number on the way. n pictures, k maps of h x w.

    layer      name of the layer
    method     "gradcam" or "layercam"
    classes    (n,) the class that is explained in each picture
    logits     (n, classes) scores before the softmax
    maps       (n, k, h, w) A, what the layer gave
    gradients  (n, k, h, w) dy/dA
    alpha      (n, k) weights of the maps: means of the gradients
    total      (n, h, w) sum before the ReLU; below 0 is counter-evidence
    heat       (n, h, w) after the ReLU
    """

    layer: str
    method: str
    classes: np.ndarray
    logits: np.ndarray
    maps: np.ndarray
    gradients: np.ndarray
    alpha: np.ndarray
    total: np.ndarray
    heat: np.ndarray

    @property
    def counter(self) -> np.ndarray:
        """(n, h, w) floats from 0: what speaks against the class. For LayerCAM it is the maps
        weighted by their negative gradients."""
        if self.method == "gradcam":
            return np.maximum(-self.total, 0)
        against = np.maximum(-self.gradients, 0) * self.maps
        return np.maximum(against.sum(1), 0)

    @property
    def probabilities(self) -> np.ndarray:
        """(n, classes) softmax of the scores, 0-1."""
        powers = np.exp(self.logits - self.logits.max(1, keepdims=True))
        return powers / powers.sum(1, keepdims=True)

    def why_empty(self, picture: int = 0) -> str:
        """Why the map of one picture shows nothing: "" when it does show something, else

        "dead"      the layer gave 0 everywhere: none of its filters answers to this picture
        "deaf"      no gradient arrives: nothing in this layer can change the score of this class
        "against"   all evidence speaks against the class
        "even"      every cell weighs the same: the map cannot say where
        """
        heat = self.heat[picture]
        if not np.abs(self.maps[picture]).any():
            return "dead"
        if not np.abs(self.gradients[picture]).any():
            return "deaf"
        if not (heat > 0).any():
            return "against"
        spread = float(heat.max() - heat.min())
        return "even" if spread <= 1e-6 * float(heat.max()) else ""


def explain(
    net: nn.Module,
    pictures: Tensor,
    classes: int | Sequence[int] | Tensor | None = None,
    *,
    layer: str | None = None,
    method: Method = "gradcam",
) -> Heat:
    """The heat map of prepared pictures (n, c, h, w), all in one forward and one backward pass.

    classes  one for all, or one for each picture; None explains what the network answers
    layer    a name from `look.layers`; None takes the last map
    The network is left as it was found. PincelError for a class or a layer that does not exist,
    and for a layer that has no map (a list of numbers cannot say where).
    """
    run = trace(net, pictures, gradients=True)
    return of_trace(run, classes, layer=layer, method=method)


def of_trace(
    run: Trace,
    classes: int | Sequence[int] | Tensor | None = None,
    *,
    layer: str | None = None,
    method: Method = "gradcam",
) -> Heat:
    """The heat map from a run of n pictures that was traced with gradients; several layers may
    share one run. classes: one whole number for all, (n,) of them, or None for what was answered.
    PincelError as `explain`."""
    chosen = run.last_map() if layer is None else run.find(layer)
    if not chosen.spatial:
        shape = " x ".join(map(str, chosen.shape))
        raise PincelError("look.no_place", layer=chosen.name, shape=shape, last=run.last_map().name)
    wanted = wanted_classes(classes, run.logits.detach())
    gradients = score_gradients(run, chosen, wanted)
    maps = chosen.value.detach()
    alpha = gradients.mean((2, 3))
    if method == "gradcam":
        total = (alpha[:, :, None, None] * maps).sum(1)
    else:
        total = (gradients.clamp(min=0) * maps).sum(1)
    return Heat(
        chosen.name,
        method,
        wanted.numpy(),
        _numbers(run.logits),
        _numbers(maps),
        _numbers(gradients),
        _numbers(alpha),
        _numbers(total),
        _numbers(total.clamp(min=0)),
    )


def _numbers(value: Tensor) -> np.ndarray:
    return value.detach().float().numpy()


def score_gradients(run: Trace, layer: OpenedLayer, classes: Tensor) -> Tensor:
    """How the score of each picture's class moves with each number of a layer, (n, k, h, w).
    classes: (n,) int64.

    In evaluation mode pictures do not touch each other, so the gradient of the sum of their scores
    holds every picture's own. Zero where the layer does not lead to the score.
    """
    score = run.logits.gather(1, classes[:, None]).sum()
    (found,) = torch.autograd.grad(score, layer.value, retain_graph=True, allow_unused=True)
    return torch.zeros_like(layer.value) if found is None else found.detach()


def wanted_classes(classes: int | Sequence[int] | Tensor | None, logits: Tensor) -> Tensor:
    """One of the classes for each row of the scores `logits` (n, known), (n,) int64: those given,
    the one given for all, or, for None, what was answered. PincelError when there is no such
    class."""
    count, known = logits.shape
    if classes is None:
        return logits.argmax(1)
    wanted = torch.as_tensor(classes, dtype=torch.long).reshape(-1)
    if len(wanted) == 1:
        wanted = wanted.expand(count)
    if len(wanted) != count or int(wanted.min()) < 0 or int(wanted.max()) >= known:
        came = ", ".join(map(str, wanted.tolist()[:8]))
        raise PincelError("look.no_class", came=came, most=known - 1)
    return wanted.clone()


def sharp(
    net: nn.Module, pictures: Tensor, classes: Tensor, *, layer: str, shifts: int = 4
) -> np.ndarray:
    """(n, h, w) LayerCAM at the resolution of the picture: the mean over `shifts` x `shifts` moved
    copies of each picture (n, c, h, w), the maps moved back; floats from 0. classes: (n,) int64.

    A convolution of stride 2 reads some cells more often than others, which leaves a checkerboard
    in the gradients of the layer before it; over all phases of the stride it averages out, and
    what lies between two cells becomes visible (as in Augmented Grad-CAM, Morbidelli et al., 2020).
    """
    count, _, height, width = pictures.shape
    before, after = shifts // 2, shifts - 1 - shifts // 2
    wide = nn.functional.pad(pictures, (before, after, before, after), mode="replicate")
    total = np.zeros((count, height, width))
    seen = np.zeros((height, width))
    for down in range(shifts):
        for right in range(shifts):
            moved = wide[:, :, down : down + height, right : right + width]
            heat = stretched(
                explain(net, moved, classes, layer=layer, method="layercam").heat, (height, width)
            )
            rows, own_rows = _overlap(down - before, height)
            columns, own_columns = _overlap(right - before, width)
            total[:, rows, columns] += heat[:, own_rows, own_columns]
            seen[rows, columns] += 1
    return total / seen


def _overlap(move: int, size: int) -> tuple[slice, slice]:
    """Where a moved copy lies in the picture, and which part of the copy that is."""
    first, last = max(move, 0), size + min(move, 0)
    return slice(first, last), slice(first - move, last - move)


def stretched(heat: np.ndarray, size: tuple[int, int]) -> np.ndarray:
    """Maps (n, h, w) laid over pictures of (height, width), between cells linearly; float32."""
    held = torch.from_numpy(np.ascontiguousarray(heat, np.float32))[:, None]
    wide = torch.nn.functional.interpolate(held, size, mode="bilinear", align_corners=False)
    return wide[:, 0].numpy()


def scaled_maps(heat: np.ndarray) -> np.ndarray:
    """Maps of `heat` (..., h, w), floats, divided by their own highest value; an empty map stays
    0."""
    highest = heat.max((-2, -1), keepdims=True)
    return np.where(highest > 0, heat / np.where(highest > 0, highest, 1), 0)
