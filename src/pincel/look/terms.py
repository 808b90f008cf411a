"""Where one number of a layer comes from: what was read, what it was multiplied with, the sum, the
bias, and what came out.

The terms are taken from the picture's own run and added up again in 64 bits; the result equals the
number that the network holds to rounding (about 1e-6 of its size).
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from pincel.errors import PincelError
from pincel.look.layers import OpenedLayer, Trace
from pincel.look.operations import ACTIVATIONS

Cell = tuple[int, int, int]
Facts = dict[str, float]


@dataclass(frozen=True, eq=False)
class Terms:
    """One number, written out.

    kind     the layer's kind
    cell     (channel, row, column), or (number, 0, 0) of a list
    read     the numbers that were read: (c, kh, kw) window of a convolution (zeros where it hangs
             over the edge), (h, w) window of a pooling, (k,) of a dense layer, the branches of
             a sum
    weights  what each was multiplied with, same shape; None where nothing is multiplied
    products read * weights, or the terms that are added
    facts    the other numbers that enter: bias, mean, var, gamma, beta, eps, sum ...
    value    the terms put together, in 64 bits
    actual   what the network holds
    origin   top row and left column of the window in the layer before
    """

    kind: str
    cell: Cell
    read: np.ndarray
    weights: np.ndarray | None
    products: np.ndarray
    facts: dict[str, float]
    value: float
    actual: float
    origin: tuple[int, int] | None = None
    inputs: tuple[str, ...] = field(default=())

    @property
    def error(self) -> float:
        """How far the terms are from the network's number, per unit of what was added."""
        return abs(self.value - self.actual) / max(1.0, abs(self.actual))


def cell_in_layer(
    layer: OpenedLayer, place: tuple[int, ...] | None, channel: int | None = None
) -> Cell:
    """A full place in a layer: (channel, row, column).

    place    (row, column) of a map, (number,) of a list; None takes the strongest
    channel  a filter's map; None takes the strongest at this place
    PincelError when the layer is smaller.
    """
    value = layer.value[0].detach()
    if value.ndim not in (1, 3):
        raise PincelError("look.odd_shape", layer=layer.name, shape=tuple(value.shape))
    if value.ndim == 1:
        given = list(place or ()) if channel is None else [channel]
        number = int(given[-1]) if given else int(value.abs().argmax())
        if not 0 <= number < len(value):
            raise PincelError("look.no_number", layer=layer.name, came=number, most=len(value) - 1)
        return number, 0, 0
    channels, height, width = value.shape
    if channel is not None and not 0 <= channel < channels:
        raise PincelError("look.no_channel", layer=layer.name, came=channel, most=channels - 1)
    if place is None:
        plane = value[channel] if channel is not None else value.abs().amax(0)
        place = divmod(int(plane.abs().argmax()), width)
    if len(place) != 2 or not (0 <= place[0] < height and 0 <= place[1] < width):
        came = ",".join(map(str, place))
        size = f"{height} x {width}"
        raise PincelError("look.no_cell", layer=layer.name, came=came, size=size)
    row, column = int(place[0]), int(place[1])
    if channel is None:
        channel = int(value[:, row, column].abs().argmax())
    return channel, row, column


def terms_of(run: Trace, layer: OpenedLayer, cell: Cell, picture: int = 0) -> Terms:
    """The number at a cell of a layer, written out. PincelError for an operation that has no
    terms to show (an unknown function)."""
    value = layer.value[picture].detach()
    if value.ndim not in (1, 3):
        raise PincelError("look.no_terms", layer=layer.name, kind=layer.kind)
    actual = float(value[cell] if value.ndim == 3 else value[cell[0]])
    before = [one[picture].detach().double() for one in run.before(layer)]
    build = _BUILDERS.get(layer.kind)
    if layer.kind in ACTIVATIONS:
        build = _activation
    if build is None:
        raise PincelError("look.no_terms", layer=layer.name, kind=layer.kind)
    made = build(layer, before, cell)
    names = tuple("picture" if i < 0 else run.layers[i].name for i in layer.inputs)
    return Terms(layer.kind, cell, actual=actual, inputs=names, **made)


def _made(
    read: Any,
    weights: Any,
    products: Any,
    value: float,
    facts: Facts | None = None,
    origin: tuple[int, int] | None = None,
) -> dict[str, Any]:
    return {
        "read": np.asarray(read, np.float64),
        "weights": None if weights is None else np.asarray(weights, np.float64),
        "products": np.asarray(products, np.float64),
        "facts": facts or {},
        "value": float(value),
        "origin": origin,
    }


def _at(value: Tensor, cell: Cell) -> float:
    return float(value[cell] if value.ndim == 3 else value[cell[0]])


def _window(
    value: Tensor, layer: OpenedLayer, cell: Cell, fill: float
) -> tuple[Tensor, tuple[int, int]]:
    """(c, h, w) -> (c, kh, kw) what the kernel lies on, with `fill` outside the map."""
    options = layer.options
    kernel, stride, padding = options["kernel"], options["stride"], options["padding"]
    dilation = options["dilation"]
    window = torch.full((len(value), *kernel), fill, dtype=torch.float64)
    top = cell[1] * stride[0] - padding[0]
    left = cell[2] * stride[1] - padding[1]
    for row in range(kernel[0]):
        for column in range(kernel[1]):
            y, x = top + row * dilation[0], left + column * dilation[1]
            if 0 <= y < value.shape[1] and 0 <= x < value.shape[2]:
                window[:, row, column] = value[:, y, x]
    return window, (top, left)


def _conv(layer: OpenedLayer, before: list[Tensor], cell: Cell) -> dict[str, Any]:
    weight = layer.weights["weight"][cell[0]].double()
    groups = layer.options["groups"]
    filters = len(layer.weights["weight"]) // groups
    first = cell[0] // filters * len(weight)
    window, origin = _window(before[0][first : first + len(weight)], layer, cell, 0.0)
    products = window * weight
    bias = float(layer.weights["bias"][cell[0]]) if "bias" in layer.weights else 0.0
    total = float(products.sum())
    facts = {"sum": total, "first": float(first)}
    if "bias" in layer.weights:
        facts["bias"] = bias
    return _made(window, weight, products, total + bias, facts, origin)


def _dense(layer: OpenedLayer, before: list[Tensor], cell: Cell) -> dict[str, Any]:
    weight = layer.weights["weight"][cell[0]].double()
    products = before[0] * weight
    total = float(products.sum())
    facts = {"sum": total}
    if "bias" in layer.weights:
        facts["bias"] = float(layer.weights["bias"][cell[0]])
    return _made(before[0], weight, products, total + facts.get("bias", 0.0), facts)


def _batchnorm(layer: OpenedLayer, before: list[Tensor], cell: Cell) -> dict[str, Any]:
    x, k = _at(before[0], cell), cell[0]
    mean, var = float(layer.weights["mean"][k]), float(layer.weights["var"][k])
    eps = layer.options["eps"]
    gamma = float(layer.weights["weight"][k]) if "weight" in layer.weights else 1.0
    beta = float(layer.weights["bias"][k]) if "bias" in layer.weights else 0.0
    normal = (x - mean) / math.sqrt(var + eps)
    facts = {"mean": mean, "var": var, "eps": eps, "gamma": gamma, "beta": beta, "normal": normal}
    return _made([x], None, [gamma * normal, beta], gamma * normal + beta, facts)


def _maxpool(layer: OpenedLayer, before: list[Tensor], cell: Cell) -> dict[str, Any]:
    window, origin = _window(before[0][cell[0] : cell[0] + 1], layer, cell, -math.inf)
    return _made(window[0], None, window[0], float(window.max()), {}, origin)


def _avgpool(layer: OpenedLayer, before: list[Tensor], cell: Cell) -> dict[str, Any]:
    window, origin = _window(before[0][cell[0] : cell[0] + 1], layer, cell, math.nan)
    inside = ~torch.isnan(window[0])
    options = layer.options
    if options["divisor"]:
        count = int(options["divisor"])
    elif options["count_padding"]:
        count = _counted(before[0], layer, cell)
    else:
        count = int(inside.sum())
    window = torch.nan_to_num(window[0])
    weights = inside.double() / count
    products = window * weights
    return _made(window, weights, products, float(products.sum()), {"count": count}, origin)


def _counted(value: Tensor, layer: OpenedLayer, cell: Cell) -> int:
    """Cells that an average divides by: padding counts, what hangs over even that does not."""
    counts = []
    for axis in (0, 1):
        kernel, stride, pad = (layer.options[k][axis] for k in ("kernel", "stride", "padding"))
        start = cell[axis + 1] * stride - pad
        counts.append(min(start + kernel, value.shape[axis + 1] + pad) - start)
    return counts[0] * counts[1]


def _globalpool(layer: OpenedLayer, before: list[Tensor], cell: Cell) -> dict[str, Any]:
    plane = before[0][cell[0]]
    products = plane / plane.numel()
    weights = torch.full_like(plane, 1 / plane.numel())
    facts = {"sum": float(plane.sum()), "count": float(plane.numel())}
    return _made(plane, weights, products, float(products.sum()), facts, (0, 0))


def _flatten(layer: OpenedLayer, before: list[Tensor], cell: Cell) -> dict[str, Any]:
    if before[0].ndim == 1:
        value = float(before[0][cell[0]])
        return _made([value], None, [value], value)
    height, width = before[0].shape[1:]
    channel, rest = divmod(cell[0], height * width)
    row, column = divmod(rest, width)
    value = float(before[0][channel, row, column])
    facts: Facts = {"channel": channel, "row": row, "column": column}
    return _made([value], None, [value], value, facts, (row, column))


def _pad(layer: OpenedLayer, before: list[Tensor], cell: Cell) -> dict[str, Any]:
    row, column = cell[1] - layer.options["top"], cell[2] - layer.options["left"]
    height, width = before[0].shape[1:]
    inside = 0 <= row < height and 0 <= column < width
    value = float(before[0][cell[0], row, column]) if inside else layer.options["value"]
    return _made([value], None, [value], value, {"inside": float(inside)}, (row, column))


def _softmax(layer: OpenedLayer, before: list[Tensor], cell: Cell) -> dict[str, Any]:
    highest = float(before[0].max())
    powers = torch.exp(before[0] - highest)
    total = float(powers.sum())
    value = float(powers[cell[0]]) / total
    return _made(before[0], None, powers, value, {"highest": highest, "sum": total})


def _activation(layer: OpenedLayer, before: list[Tensor], cell: Cell) -> dict[str, Any]:
    x = _at(before[0], cell)
    held = torch.tensor(x, dtype=torch.float64)
    names = {"leakyrelu": "leaky_relu"}
    function = getattr(functional, names.get(layer.kind, layer.kind))
    value = float(function(held, **layer.options["told"]))
    return _made([x], None, [value], value)


def _add(layer: OpenedLayer, before: list[Tensor], cell: Cell) -> dict[str, Any]:
    parts, factors = _branches(layer, before, cell), layer.options["factors"]
    products = [part * factor for part, factor in zip(parts, factors, strict=True)]
    return _made(parts, None if factors == [1, 1] else factors, products, sum(products))


def _multiply(layer: OpenedLayer, before: list[Tensor], cell: Cell) -> dict[str, Any]:
    parts = _branches(layer, before, cell)
    return _made(parts, None, parts, math.prod(parts))


def _branches(layer: OpenedLayer, before: list[Tensor], cell: Cell) -> list[float]:
    """What each branch holds at the cell; a map of one cell serves all places."""
    parts = []
    others = [layer.weights["other"].double()] if "other" in layer.weights else []
    for value in before if len(before) > 1 else [*before, *others]:
        held = value[0] if value.ndim == 4 and len(value) == 1 else value
        at = cell[-held.ndim :] if held.ndim == 3 else cell[:1]
        place = tuple(min(i, size - 1) for i, size in zip(at, held.shape, strict=False))
        parts.append(float(held[place]) if held.ndim else float(held))
    if layer.options["number"] is not None:
        parts.append(layer.options["number"])
    return parts


def _concat(layer: OpenedLayer, before: list[Tensor], cell: Cell) -> dict[str, Any]:
    channel = cell[0]
    for branch, value in enumerate(before):
        if channel < len(value):
            held = _at(value, (channel, *cell[1:]))
            return _made([held], None, [held], held, {"branch": branch, "channel": channel})
        channel -= len(value)
    raise PincelError("look.no_terms", layer=layer.name, kind=layer.kind)


_BUILDERS = {
    "conv": _conv,
    "dense": _dense,
    "batchnorm": _batchnorm,
    "maxpool": _maxpool,
    "avgpool": _avgpool,
    "globalpool": _globalpool,
    "flatten": _flatten,
    "pad": _pad,
    "softmax": _softmax,
    "add": _add,
    "multiply": _multiply,
    "concat": _concat,
}
