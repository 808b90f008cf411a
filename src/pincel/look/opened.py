"""A network opened on one picture: all its layers, one number's terms and its field."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pincel.learn.prepare import prepare
from pincel.look.field import Field, field_of
from pincel.look.layers import LayerRow, OpenedLayer, Trace, layer_rows, trace
from pincel.look.terms import Terms, cell_in_layer, terms_of
from pincel.nets._network import Model

_KEPT = 24


@dataclass(frozen=True, eq=False)
class FeatureMaps:
    """Feature maps of a layer: the strongest ones, by mean absolute value, strongest first.

    values  (k, h, w), or (1, 1, n) for a list of numbers;  channels  which filters these are
    count   how many there are in all
    """

    values: np.ndarray
    channels: tuple[int, ...]
    count: int


@dataclass(frozen=True, eq=False)
class Opened:
    """What was seen inside.

    seen     (h, w, c) the picture in the size in which the network reads it
    rows     every layer in numbers;  maps  every layer's feature maps, in the same order
    number   which of them is open;  terms  its chosen number, written out
    plane    the map (h, w) that holds the number, or the list (1, n)
    field    what this number sees of the picture
    kernels  (filters, channels, kh, kw) of the first convolution; None without one
    """

    seen: np.ndarray
    rows: tuple[LayerRow, ...]
    maps: tuple[FeatureMaps, ...]
    number: int
    terms: Terms
    plane: np.ndarray
    field: Field
    kernels: np.ndarray | None

    @property
    def row(self) -> LayerRow:
        """The open layer in numbers."""
        return self.rows[self.number]


def opened(
    model: Model,
    seen: np.ndarray,
    *,
    layer: str | None = None,
    cell: tuple[int, ...] | None = None,
    channel: int | None = None,
) -> Opened:
    """Open a network on one picture `seen` (h, w, c), already in the model's size and type: uint8,
    uint16 or float32.

    layer    name, path or number; None takes the second convolution, else the first dense layer
    cell     (row, column) of a map, (number,) of a list; None takes the strongest
    channel  the filter; None takes the strongest there
    """
    run = trace(model.net, prepare(seen[None], model.about), gradients=True)
    chosen = _default(run) if layer is None else run.find(layer)
    place = cell_in_layer(chosen, cell, channel)
    value = chosen.value[0].detach().numpy()
    flat = value.ndim == 1
    first = next((one for one in run.layers if one.kind == "conv"), None)
    return Opened(
        seen,
        layer_rows(run),
        tuple(_maps(one) for one in run.layers),
        run.number(chosen),
        terms_of(run, chosen, place),
        value[None] if flat else value[place[0]],
        field_of(run, chosen, None if flat else place[1:], channel=place[0]),
        None if first is None else first.weights["weight"].numpy(),
    )


def _default(run: Trace) -> OpenedLayer:
    convolutions = [one for one in run.layers if one.kind == "conv"]
    dense = [one for one in run.layers if one.kind == "dense"]
    return ([*convolutions[:2][-1:], *dense, *run.layers])[0]


def _maps(layer: OpenedLayer) -> FeatureMaps:
    value = layer.value[0].detach().numpy()
    if value.ndim != 3:
        flat = value.reshape(1, 1, -1)
        return FeatureMaps(flat, (0,), flat.shape[-1])
    strong = np.argsort(-np.abs(value).mean((1, 2)), kind="stable")[:_KEPT]
    return FeatureMaps(value[strong], tuple(int(i) for i in strong), len(value))
