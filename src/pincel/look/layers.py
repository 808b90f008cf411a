"""Which layers a network has, and what each of them holds for a picture.

The network runs once while every operation is written down (`trace`): convolutions and dense
layers, but also what no module stands for, such as a ReLU called as a function or the sum of two
branches. From this record come the list of layers with their map sizes and receptive fields, the
feature maps, the gradients that Grad-CAM needs and the terms of a single number. The network is
left as it was found: mode, hooks, gradients and random state, also after an error.
"""

from __future__ import annotations

import difflib
import math
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional
from torch.overrides import TorchFunctionMode

from pincel.errors import PincelError
from pincel.look.operations import ACTIVATIONS, WEIGHTED, Reach, operation_of, reach_after
from pincel.nets._abilities import Classifier


@dataclass(frozen=True, eq=False)
class OpenedLayer:
    """One operation of the network, in the order in which they run.

    name        its kind and number among its kind: "conv3"
    path        the module it belongs to: "stages.1.conv2", or "stages.1.relu" for a function
    kind        conv, batchnorm, maxpool, avgpool, globalpool, dense, flatten, pad, add, multiply,
                concat, softmax, an activation, or the operation's own name
    value       what it gave, (n, c, h, w) or (n, k); part of the gradient's graph
    inputs      numbers of the layers that it reads; -1 is the picture
    weights     weight, bias, mean, var: whatever it has
    options     kernel, stride, padding, dilation, groups, eps, ...
    reach       receptive field of its cells; None where it cannot be told
    """

    name: str
    path: str
    kind: str
    value: Tensor
    inputs: tuple[int, ...]
    weights: dict[str, Tensor] = field(default_factory=dict)
    options: dict[str, Any] = field(default_factory=dict)
    reach: Reach | None = None

    @property
    def shape(self) -> tuple[int, ...]:
        """Shape for one picture: (channels, height, width) or (numbers,)."""
        return tuple(self.value.shape[1:])

    @property
    def spatial(self) -> bool:
        """Whether it is a map with more than one cell, so that it can say where."""
        return self.value.ndim == 4 and self.value.shape[2] * self.value.shape[3] > 1

    @property
    def parameters(self) -> int:
        """Weights and biases that are learned."""
        return sum(w.numel() for k, w in self.weights.items() if k in ("weight", "bias"))


@dataclass(frozen=True, eq=False)
class Trace:
    """One run of a network, written down.

    picture  (n, c, h, w) what went in;  logits  (n, classes) what came out, before the softmax
    """

    picture: Tensor
    layers: tuple[OpenedLayer, ...]
    logits: Tensor
    modules: dict[str, int]

    def find(self, name: str) -> OpenedLayer:
        """The layer called "conv3", "stages.1.conv2", by its number "7", or the last operation of
        a module "stages.1". PincelError with the nearest names when there is none."""
        wanted = name.strip()
        for layer in self.layers:
            if wanted in (layer.name, layer.path):
                return layer
        if wanted in self.modules:
            return self.layers[self.modules[wanted]]
        if wanted.isdecimal() and 1 <= int(wanted) <= len(self.layers):
            return self.layers[int(wanted) - 1]
        names = [n for layer in self.layers for n in (layer.name, layer.path)]
        near = difflib.get_close_matches(wanted, [*names, *self.modules], n=3, cutoff=0.5)
        known = ", ".join(near or [layer.name for layer in self.layers if layer.spatial])
        raise PincelError("look.no_layer", layer=name, known=known)

    def number(self, layer: OpenedLayer) -> int:
        """Its place in the order, from 0."""
        return next(i for i, one in enumerate(self.layers) if one is layer)

    def before(self, layer: OpenedLayer) -> tuple[Tensor, ...]:
        """What the layer read: one tensor (n, ...), or several for a sum or a concatenation."""
        return tuple(self.picture if i < 0 else self.layers[i].value for i in layer.inputs)

    def last_map(self) -> OpenedLayer:
        """The last layer that still says where: the usual one for Grad-CAM."""
        maps = [layer for layer in self.layers if layer.spatial]
        if not maps:
            raise PincelError("look.no_map")
        return maps[-1]


@contextmanager
def as_found(net: nn.Module) -> Iterator[nn.Module]:
    """The network in evaluation mode; every module's own mode comes back, also after an error."""
    modes = [(module, module.training) for module in net.modules()]
    net.eval()
    try:
        yield net
    finally:
        for module, mode in modes:
            module.training = mode


def trace(net: nn.Module, pictures: Tensor, *, gradients: bool = False) -> Trace:
    """Run the network on prepared pictures (n, c, h, w) and write every operation down.

    With `gradients` the values hang together, so that `torch.autograd.grad` can ask for the
    gradient of any number for any layer; weights get none. A class' probability (softmax) is added
    as the last layer when the network ends in scores.
    """
    pictures = pictures.detach().clone().requires_grad_(gradients)
    book = _Book(pictures)
    with as_found(net), book.watching(net), torch.set_grad_enabled(gradients), book:
        logits = net.logits(pictures) if isinstance(net, Classifier) else net(pictures)
        if isinstance(logits, tuple):  # several maps: the first says what is where
            logits = logits[0]
        ends = book.layers[-1].kind if book.layers else ""
        if logits.ndim == 2 and logits.shape[1] > 1 and ends != "softmax":
            functional.softmax(logits, -1)
    return Trace(pictures, tuple(book.layers), logits, dict(book.modules))


class _Book(TorchFunctionMode):
    """Writes down every torch function that reads something known."""

    def __init__(self, picture: Tensor) -> None:
        super().__init__()
        self.layers: list[OpenedLayer] = []
        self.modules: dict[str, int] = {}
        self._known: dict[int, int] = {id(picture): -1}
        self._kept: list[Tensor] = [picture]  # so that no id is used twice
        self._scope: list[str] = []
        self._leaves: set[str] = set()
        self._kinds: Counter[str] = Counter()
        self._paths: Counter[str] = Counter()
        self._start = Reach()

    @contextmanager
    def watching(self, net: nn.Module) -> Iterator[None]:
        """Hooks that tell in which module an operation happens; they come off in any case."""
        handles = []
        try:
            for name, module in net.named_modules():
                if next(module.children(), None) is None:
                    self._leaves.add(name)
                handles.append(module.register_forward_pre_hook(self._entering(name)))
                handles.append(module.register_forward_hook(self._leaving(name)))
            yield
        finally:
            for handle in handles:
                handle.remove()

    def _entering(self, name: str) -> Any:
        return lambda module, inputs: self._scope.append(name)

    def _leaving(self, name: str) -> Any:
        def leave(module: nn.Module, inputs: Any, output: Any) -> None:
            self._scope.pop()
            number = self._known.get(id(output), -1)
            if name and number >= 0:
                self.modules[name] = number

        return leave

    def __torch_function__(
        self, func: Any, types: Any, args: tuple = (), kwargs: dict | None = None
    ) -> Any:
        kwargs = dict(kwargs or {})
        name = getattr(func, "__name__", "")
        tensors = [a for a in _flat((args, kwargs)) if isinstance(a, Tensor)]
        inputs = tuple(self._known[id(t)] for t in tensors if id(t) in self._known)
        if not inputs:
            return func(*args, **kwargs)
        # a ReLU in place would overwrite the map that the layer before it gave
        if kwargs.get("inplace"):
            kwargs["inplace"] = False
        outside = name.startswith("__i") and name.endswith("__")  # x += y
        if outside or (name.endswith("_") and not name.endswith("__")):
            plain = getattr(Tensor, name.replace("__i", "__", 1) if outside else name[:-1], None)
            if plain is not None:
                func, name = plain, plain.__name__
        elif name in _INPLACE and len(args) > _INPLACE[name]:
            args = (*args[: _INPLACE[name]], False, *args[_INPLACE[name] + 1 :])
        result = func(*args, **kwargs)
        if isinstance(result, Tensor) and name != "__get__":
            self._write(name, inputs, result, args, kwargs)
        return result

    def _write(
        self, name: str, inputs: tuple[int, ...], result: Tensor, args: tuple, kwargs: dict
    ) -> None:
        if id(result) in self._known:
            return
        self._kept.append(result)
        if name in _NOTHING or (name in _DROPOUT and self._same(inputs[0], result)):
            self._known[id(result)] = inputs[0]
            return
        did = operation_of(name, args, kwargs, self._value(inputs[0]), result)
        kind = did.kind
        self._kinds[kind] += 1
        module = self._scope[-1] if self._scope else ""
        own = kind in WEIGHTED or (kind in _MODULES and module in self._leaves)
        path = module
        if not module or not own:
            path = f"{module}.{kind}" if module else kind
        self._paths[path] += 1
        if self._paths[path] > 1:
            path += str(self._paths[path])
        reach = reach_after(
            did,
            [self._start if i < 0 else self.layers[i].reach for i in inputs],
            [self._value(i) for i in inputs],
        )
        if len(inputs) > 1:  # the other branch is a layer of its own
            did.weights.pop("other", None)
        self._known[id(result)] = len(self.layers)
        told = (kind, result, inputs, did.weights, did.options, reach)
        self.layers.append(OpenedLayer(f"{kind}{self._kinds[kind]}", path, *told))

    def _value(self, number: int) -> Tensor:
        return self._kept[0] if number < 0 else self.layers[number].value

    def _same(self, number: int, result: Tensor) -> bool:
        return torch.equal(self._value(number), result)


_INPLACE = {"relu": 1, "relu6": 1, "silu": 1, "hardswish": 1, "elu": 2, "leaky_relu": 2}
_INPLACE |= {"hardtanh": 3, "dropout": 3, "dropout2d": 3, "mish": 1, "hardsigmoid": 1}
_NOTHING = ("contiguous", "clone", "detach", "to", "float", "type", "alias")
_DROPOUT = ("dropout", "dropout2d", "feature_dropout", "alpha_dropout")
_MODULES = ("maxpool", "avgpool", "globalpool", "flatten", "softmax", *ACTIVATIONS)


def _flat(value: Any) -> Iterator[Any]:
    if isinstance(value, (tuple, list)):
        for one in value:
            yield from _flat(one)
    elif isinstance(value, dict):
        yield from _flat(list(value.values()))
    else:
        yield value


@dataclass(frozen=True)
class LayerRow:
    """One layer in numbers.

    before, after    shapes (h, w, c) or (n,)
    parameters       how many; `formula` writes them term by term ("" without any)
    multiplications  for one picture
    """

    name: str
    path: str
    kind: str
    before: tuple[int, ...]
    after: tuple[int, ...]
    parameters: int
    formula: str
    multiplications: int
    reach: Reach | None


def layer_rows(run: Trace) -> tuple[LayerRow, ...]:
    """Every layer of a run with its sizes, parameters and multiplications."""
    return tuple(_row(run, layer) for layer in run.layers)


def _row(run: Trace, layer: OpenedLayer) -> LayerRow:
    formula, work = "", 0
    if layer.kind == "conv":
        filters, inner, high, wide = layer.weights["weight"].shape
        bias = int("bias" in layer.weights)
        formula = f"(({high} * {wide} * {inner}) + {bias}) * {filters}"
        work = math.prod(layer.shape) * inner * high * wide
    elif layer.kind == "dense":
        outputs, inputs = layer.weights["weight"].shape
        formula = f"({inputs} + {int('bias' in layer.weights)}) * {outputs}"
        work = inputs * outputs
    elif layer.kind == "batchnorm" and layer.parameters:
        formula = f"2 * {layer.shape[0]}"
    return LayerRow(
        layer.name,
        layer.path,
        layer.kind,
        slide_shape(tuple(run.before(layer)[0].shape[1:])),
        slide_shape(layer.shape),
        layer.parameters,
        formula,
        work,
        layer.reach,
    )


def slide_shape(shape: tuple[int, ...]) -> tuple[int, ...]:
    """(channels, height, width) as the slides write it: (height, width, channels)."""
    return (shape[1], shape[2], shape[0]) if len(shape) == 3 else shape
