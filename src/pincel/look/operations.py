"""What one torch function call is in the terms of the course: a convolution with kernel, stride and
padding; a pooling; a sum of branches. And what each does to the receptive field."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

import torch
from torch import Tensor

Pair = tuple[int, int]

ACTIVATIONS = (
    *("relu", "relu6", "hardtanh", "leakyrelu", "elu", "gelu", "silu", "sigmoid", "tanh"),
    *("hardswish", "hardsigmoid", "softplus", "mish"),
)
WEIGHTED = ("conv", "batchnorm", "dense")
WINDOWED = ("conv", "maxpool", "avgpool")


@dataclass(frozen=True, eq=False)
class Operation:
    """Kind, weights and options of one call."""

    kind: str
    weights: dict[str, Tensor] = field(default_factory=dict)
    options: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Reach:
    """What part of the picture one cell of a map can see.

    field  receptive field (height, width) in pixels
    jump   distance in pixels between neighbouring cells
    start  first row and column that the cell (0, 0) sees; negative where it hangs over the edge
    """

    field: Pair = (1, 1)
    jump: Pair = (1, 1)
    start: Pair = (0, 0)

    def box(self, row: int, column: int) -> tuple[int, int, int, int]:
        """What cell (row, column) sees: top, left, bottom, right; may hang over the edge."""
        top = self.start[0] + row * self.jump[0]
        left = self.start[1] + column * self.jump[1]
        return top, left, top + self.field[0], left + self.field[1]


def operation_of(name: str, args: tuple, kwargs: dict, before: Tensor, result: Tensor) -> Operation:
    """The operation that a call of the torch function `name` is; one that is not known here keeps
    the function's name as its kind. before, result: of any shape, what it read and what it gave."""
    if not name.startswith("__"):
        name = name.lstrip("_")
    if name in _READERS:
        names, read = _READERS[name]
        given = {**dict(zip(names.split(), args, strict=False)), **kwargs}
        return read(name, given, before, result)
    return Operation(name.strip("_") or "other")


Given = dict[str, Any]


def _conv(name: str, given: Given, before: Tensor, result: Tensor) -> Operation:
    kernel = _pair(given["weight"].shape[2:])
    dilation = _pair(given.get("dilation", 1))
    padding = given.get("padding", 0)
    if padding == "same":  # stride is 1 here; torch puts the odd zero below and right
        padding = tuple((k - 1) * d // 2 for k, d in zip(kernel, dilation, strict=True))
    options = {
        "kernel": kernel,
        "stride": _pair(given.get("stride", 1)),
        "padding": (0, 0) if padding == "valid" else _pair(padding),
        "dilation": dilation,
        "groups": int(given.get("groups", 1)),
    }
    return Operation("conv", _tensors(given, "weight", "bias"), options)


def _dense(name: str, given: Given, before: Tensor, result: Tensor) -> Operation:
    return Operation("dense", _tensors(given, "weight", "bias"))


def _batchnorm(name: str, given: Given, before: Tensor, result: Tensor) -> Operation:
    weights = _tensors(given, "weight", "bias")
    weights |= {k[8:]: v for k, v in _tensors(given, "running_mean", "running_var").items()}
    fixed = "mean" in weights and not given.get("training")
    eps = {"eps": float(given.get("eps", 1e-5))}
    return Operation("batchnorm" if fixed else name, weights, eps)


def _pool(name: str, given: Given, before: Tensor, result: Tensor) -> Operation:
    kernel = _pair(given["kernel_size"])
    stride = given.get("stride")
    options = {
        "kernel": kernel,
        "stride": _pair(stride) if stride not in (None, [], ()) else kernel,
        "padding": _pair(given.get("padding", 0)),
        "dilation": _pair(given.get("dilation", 1)),
        "count_padding": bool(given.get("count_include_pad", True)),
        "divisor": given.get("divisor_override"),
    }
    return Operation("maxpool" if name == "max_pool2d" else "avgpool", {}, options)


def _adaptive(name: str, given: Given, before: Tensor, result: Tensor) -> Operation:
    """Pooling to a given size: to one cell it is a global pool, to a divisor a plain one."""
    size, after = _pair(before.shape[2:]), _pair(result.shape[2:])
    average = "avg" in name
    if after == (1, 1) and average:
        return Operation("globalpool")
    if any(s % a for s, a in zip(size, after, strict=True)):
        return Operation(name)
    kernel = (size[0] // after[0], size[1] // after[1])
    options: dict[str, Any] = {"kernel": kernel, "stride": kernel, "padding": (0, 0)}
    options |= {"dilation": (1, 1), "count_padding": True, "divisor": None}
    return Operation("avgpool" if average else "maxpool", {}, options)


def _mean(name: str, given: Given, before: Tensor, result: Tensor) -> Operation:
    dim = given.get("dim", ())
    axes = {a % before.ndim for a in (dim if isinstance(dim, (tuple, list)) else [dim])}
    return Operation("globalpool" if before.ndim == 4 and axes == {2, 3} else name)


def _padded(name: str, given: Given, before: Tensor, result: Tensor) -> Operation:
    mode = given.get("mode", "constant")
    if before.ndim != 4 or mode != "constant":
        return Operation(f"{mode}pad")
    sides = [int(v) for v in given["pad"]] + [0, 0, 0, 0]
    value = float(given.get("value") or 0.0)
    return Operation("pad", {}, {"left": sides[0], "top": sides[2], "value": value})


def _shaped(name: str, given: Given, before: Tensor, result: Tensor) -> Operation:
    flat = result.ndim == 2 and before.ndim == 4 and result.shape[0] == before.shape[0]
    return Operation("flatten" if flat else "view" if name == "flatten" else name)


def _softmax(name: str, given: Given, before: Tensor, result: Tensor) -> Operation:
    return Operation("softmax" if before.ndim == 2 and given.get("dim") in (-1, 1) else "softmax_")


def _joined(name: str, given: Given, before: Tensor, result: Tensor) -> Operation:
    """A sum or a product of two: maps that are known (or one of them twice, x * x), or a map and
    a constant. `alpha` is what torch.add multiplies the second with; a map is told before a
    constant, whichever came first."""
    kind = "add" if "add" in name else "multiply"
    both = [given.get("input"), given.get("other")]
    number = [float(v) for v in both if isinstance(v, (int, float))]
    constant = [v for v in both if isinstance(v, Tensor) and v is not before]
    weights = {"other": constant[0].detach()} if constant else {}
    factors = [1.0, float(given.get("alpha", 1))]
    if both[0] is not before:
        factors.reverse()
    return Operation(kind, weights, {"number": number[0] if number else None, "factors": factors})


def _concat(name: str, given: Given, before: Tensor, result: Tensor) -> Operation:
    return Operation("concat" if int(given.get("dim", 0)) % result.ndim == 1 else "cat")


def _activation(name: str, given: Given, before: Tensor, result: Tensor) -> Operation:
    kind = name.replace("_", "")
    told = {k: v for k, v in given.items() if isinstance(v, (int, float, str)) and k != "inplace"}
    if kind == "hardtanh" and (told.get("min_val"), told.get("max_val")) == (0, 6):
        return Operation("relu6", {}, {"told": {}})
    return Operation(kind, {}, {"told": told})


Reader = Callable[[str, Given, Tensor, Tensor], Operation]

_READERS: dict[str, tuple[str, Reader]] = {
    "conv2d": ("input weight bias stride padding dilation groups", _conv),
    "linear": ("input weight bias", _dense),
    "batch_norm": ("input running_mean running_var weight bias training momentum eps", _batchnorm),
    "max_pool2d": ("input kernel_size stride padding dilation ceil_mode return_indices", _pool),
    "avg_pool2d": (
        "input kernel_size stride padding ceil_mode count_include_pad divisor_override",
        _pool,
    ),
    "adaptive_avg_pool2d": ("input output_size", _adaptive),
    "adaptive_max_pool2d": ("input output_size return_indices", _adaptive),
    "mean": ("input dim keepdim", _mean),
    "pad": ("input pad mode value", _padded),
    **dict.fromkeys(("flatten", "view", "reshape", "squeeze"), ("input", _shaped)),
    "softmax": ("input dim", _softmax),
    **dict.fromkeys(("add", "__add__", "__radd__"), ("input other", _joined)),
    **dict.fromkeys(("mul", "__mul__", "__rmul__"), ("input other", _joined)),
    **dict.fromkeys(("cat", "concat", "concatenate"), ("tensors dim", _concat)),
    **{
        name: ("input", _activation)
        for name in (*ACTIVATIONS, "leaky_relu")
        if name not in ("hardtanh", "leakyrelu")
    },
    "leaky_relu": ("input negative_slope", _activation),
    "elu": ("input alpha", _activation),
    "hardtanh": ("input min_val max_val", _activation),
    "softplus": ("input beta threshold", _activation),
}


def _pair(value: Any) -> Pair:
    values = list(value) if isinstance(value, (tuple, list, torch.Size)) else [value]
    return int(values[0]), int(values[-1])


def _tensors(given: Given, *names: str) -> dict[str, Tensor]:
    return {k: given[k].detach() for k in names if isinstance(given.get(k), Tensor)}


def reach_after(
    operation: Operation, before: list[Reach | None], values: list[Tensor]
) -> Reach | None:
    """The receptive field after an operation that reads `values` (Dumoulin & Visin, 2016; Araujo
    et al., 2019); None where it cannot be told. values: of any shape, (n, k, h, w) for a map."""
    known = [one for one in before if one is not None]
    if len(known) < len(before):
        return None
    kind, options = operation.kind, operation.options
    first, value = known[0], values[0]
    if kind in WINDOWED:
        k, s, p, d = (options[key] for key in ("kernel", "stride", "padding", "dilation"))
        return Reach(
            _both(lambda a: first.field[a] + (k[a] - 1) * d[a] * first.jump[a]),
            _both(lambda a: first.jump[a] * s[a]),
            _both(lambda a: first.start[a] - p[a] * first.jump[a]),
        )
    if kind == "pad":
        pads = (options["top"], options["left"])
        return replace(first, start=_both(lambda a: first.start[a] - pads[a] * first.jump[a]))
    if kind in ("globalpool", "flatten", "adaptive_avg_pool2d", "adaptive_max_pool2d"):
        return _of_all(first, value) if value.ndim == 4 else first
    if kind in ("add", "multiply", "concat"):
        largest = max(range(len(known)), key=lambda i: math.prod(values[i].shape[2:]))
        return _where_branches_meet(known, known[largest].jump)
    if kind in (*ACTIVATIONS, "batchnorm", "softmax", "dense", "view", "reshape", "squeeze"):
        return first
    return None


def _both(of: Callable[[int], int]) -> Pair:
    return int(of(0)), int(of(1))


def _of_all(reach: Reach, value: Tensor) -> Reach:
    """What all cells of a map see together."""
    size = value.shape[2:]
    return replace(reach, field=_both(lambda a: reach.field[a] + (size[a] - 1) * reach.jump[a]))


def _where_branches_meet(known: list[Reach], jump: Pair) -> Reach:
    """Where branches meet, a cell sees what any of them sees."""
    start = _both(lambda a: min(r.start[a] for r in known))
    end = _both(lambda a: max(r.start[a] + r.field[a] for r in known))
    return Reach(_both(lambda a: end[a] - start[a]), jump, start)
