"""A network of things in 8 bits: convolutions, the sums between them and all that is no arithmetic.

Weights take as much of 8 bits as no processor overflows. Those without instructions for 8 bits
add two products of neighbours (a value of 0 to 255, a weight) in 16 bits. So it is no single weight
that must stay below 64, but the sum of two neighbours below 129, of positive and of negative
ones: most weights are then told in steps half as wide as those of 7 bits. Where a channel sees
itself alone (depthwise) products are added in 32 bits everywhere, and its weights take all 8.

What a weight loses by rounding, the weights after it make up for, as far as they see the same
(Frantar and Alistarh, 2022, optimal brain compression; in the order of multiplication): neighbours
of a picture, and channels that are never negative, are much alike. What is left of it in the mean
goes to the bias.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import onnx
from onnx import numpy_helper
from onnxruntime import quantization
from onnxruntime.quantization.shape_inference import quant_pre_process

KINDS = ("Conv", "Relu", "Clip", "Add", "MaxPool", "Concat", "Resize", "DepthToSpace")
"""Operations of 8 bits; what lies between a convolution and its bounds is folded into it."""
_MOST = 124  # of a weight, and of two neighbours: rounding may add to it
_OVERFLOW = 128
_BIAS = 2.0**30  # that no bias, in steps of its channel, leaves 32 bits
_DAMPED = 0.01
_PLACES = 400  # of each picture, at which it is told what a convolution sees


def quantized(
    data: bytes, shown: Iterable[np.ndarray], whole: Collection[str] = (),
    fixed: tuple[float, int] | None = None, ends: tuple[str, float, int] | None = None,
) -> bytes:  # fmt: skip
    """The ONNX file `data` in 8 bits; what it says of itself stays. `shown`: pictures (1, c, h, w)
    float32 by which it is told how far each map reaches; `whole`: names of operations that stay as
    they are; `fixed`: step and zero of what comes first, else as far as the pictures reach; `ends`:
    a convolution, step and zero of what comes out of it, what lies beyond is cut off."""
    pictures = list(shown)
    left = iter(pictures)

    class Shown(quantization.CalibrationDataReader):
        def get_next(self) -> dict[str, np.ndarray] | None:
            one = next(left, None)
            return None if one is None else {"pictures": one}

    with TemporaryDirectory() as folder:
        before, plain, after = (Path(folder, f"{name}.onnx") for name in ("32", "plain", "8"))
        before.write_bytes(data)
        quant_pre_process(before, plain, skip_symbolic_shape=True)
        quantization.quantize_static(
            plain, after, Shown(), quant_format=quantization.QuantFormat.QOperator,
            per_channel=True, op_types_to_quantize=list(KINDS), nodes_to_exclude=list(whole),
            weight_type=quantization.QuantType.QInt8,
            activation_type=quantization.QuantType.QUInt8,
        )  # fmt: skip
        model, given = onnx.load(after), onnx.load(plain)
    if fixed:
        first = next(n for n in model.graph.node if n.op_type == "QuantizeLinear")
        _hold(model.graph, first.input[1], np.float32(fixed[0]))
        _hold(model.graph, first.input[2], np.uint8(fixed[1]))
    if ends:
        last = next(n for n in model.graph.node if n.name == f"{ends[0]}_quant")
        _hold(model.graph, last.input[6], np.float32(ends[1]))
        _hold(model.graph, last.input[7], np.uint8(ends[2]))
    weights_anew(model.graph, given, pictures)
    del model.metadata_props[:]
    model.metadata_props.extend(onnx.load_model_from_string(data).metadata_props)
    return model.SerializeToString(deterministic=True)


def shifted(data: bytes, by: float, name: str) -> bytes:
    """The ONNX file `data` that adds so much to its pictures, by an operation of this `name`, and
    takes it off the first bias: levels that lie half a step beside zero become whole steps. Beyond
    the border it then sees `-by` instead of 0."""
    model = onnx.load_model_from_string(data)
    graph = model.graph
    first = next(node for node in graph.node if "pictures" in node.input)
    weights, bias = (_held(graph, one).astype(np.float64) for one in first.input[1:3])
    _hold(graph, first.input[2], (bias - by * weights.sum((1, 2, 3))).astype(np.float32))
    graph.initializer.append(numpy_helper.from_array(np.float32(by), f"{name}.by"))
    first.input[0] = f"{name}.pictures"
    graph.node.insert(0, onnx.helper.make_node(
        "Add", ["pictures", f"{name}.by"], [first.input[0]], name=name))  # fmt: skip
    return model.SerializeToString()


def _hold(graph: Any, name: str, value: Any) -> None:
    held = next(one for one in graph.initializer if one.name == name)
    held.CopyFrom(numpy_helper.from_array(np.asarray(value), name))


# ------------------------------------------------------------------------------------ weights


def weights_anew(graph: Any, plain: Any, pictures: list[np.ndarray]) -> None:
    """The weights and biases of all convolutions of 8 bits, rounded again from the real ones."""
    real = {one.name: numpy_helper.to_array(one) for one in plain.graph.initializer}
    pairs = list(_pairs(graph, plain.graph))
    seen = _seen(plain, [own for _, own in pairs], pictures)
    for node, own in pairs:
        weights, bias = (real[name].astype(np.float64) for name in own.input[1:3])
        unit = float(_held(graph, node.input[1]))
        step = np.maximum(steps(weights), np.abs(bias) / (unit * _BIAS))
        step = np.where(step > 0, step, 1).astype(np.float32).astype(np.float64)
        rows, (mean, alike) = _rows(weights), seen[own.name]
        groups = len(alike)
        rounded = np.concatenate([
            _rounded(own_rows / own_step[:, None], group)
            for own_rows, own_step, group in zip(
                np.split(rows, groups), np.split(step, groups), alike, strict=True)
        ])  # fmt: skip
        mean = np.repeat(mean, len(rows) // groups, 0)
        bias = bias + ((rows - rounded * step[:, None]) * mean).sum(1)
        _hold(graph, node.input[3], _back(rounded, weights.shape).astype(np.int8))
        _hold(graph, node.input[4], step.astype(np.float32))
        _hold(graph, node.input[8], np.rint(bias / (step * unit)).astype(np.int32))


def _held(graph: Any, name: str) -> np.ndarray:
    return numpy_helper.to_array(next(one for one in graph.initializer if one.name == name))


def _rows(weights: np.ndarray) -> np.ndarray:
    """(out, in, kh, kw) -> (out, kh * kw * in), the order of multiplication."""
    return weights.transpose(0, 2, 3, 1).reshape(len(weights), -1)


def _back(rows: np.ndarray, shape: tuple[int, ...]) -> np.ndarray:
    out, inside, height, width = shape
    return np.ascontiguousarray(rows.reshape(out, height, width, inside).transpose(0, 3, 1, 2))


def steps(weights: np.ndarray) -> np.ndarray:
    """The finest step of each channel of `weights` (out, in, kh, kw) float64 with which no sum of
    two neighbours overflows, (out,)."""
    rows = _rows(weights)
    widest = np.abs(rows).max(1)
    return np.maximum(widest, _sums(rows).max(1) if weights.shape[1] > 1 else 0) / _MOST


def _sums(rows: np.ndarray) -> np.ndarray:
    """Of each pair of neighbours (out, pairs) the sum of the positive ones or of the negative ones,
    whichever is more."""
    pairs = np.pad(rows, ((0, 0), (0, rows.shape[1] % 2))).reshape(len(rows), -1, 2)
    return np.maximum(pairs.clip(0).sum(2), (-pairs).clip(0).sum(2))


def _rounded(rows: np.ndarray, alike: np.ndarray) -> np.ndarray:
    """Weights (out, k), in steps, rounded to whole ones; `alike` (k, k): the mean product of each
    two values that they see."""
    spread = np.mean(np.diag(alike))
    if spread == 0:
        return np.rint(rows)
    alike = alike + _DAMPED * spread * np.eye(len(alike))
    upper = np.linalg.cholesky(np.linalg.inv(alike)).T
    left, found = rows.copy(), np.zeros_like(rows)
    for k in range(rows.shape[1]):
        found[:, k] = np.rint(left[:, k]).clip(-127, 127)
        if k % 2 and len(rows) > 1:
            found[:, k] = _within(found[:, k], found[:, k - 1])
        lost = (left[:, k] - found[:, k]) / upper[k, k]
        left[:, k + 1 :] -= lost[:, None] * upper[k, k + 1 :]
    return found


def _within(own: np.ndarray, before: np.ndarray) -> np.ndarray:
    """A weight so that it and its neighbour, where both have one sign, stay within bounds."""
    own = np.where(before > 0, np.minimum(own, _OVERFLOW - before), own)
    return np.where(before < 0, np.maximum(own, -_OVERFLOW - before), own)


# ------------------------------------------------------------------------- what is multiplied


def _pairs(graph: Any, plain: Any) -> Iterator[tuple[Any, Any]]:
    """Each convolution of 8 bits, and what it was."""
    before = {node.name: node for node in plain.node if node.op_type == "Conv"}
    for node in graph.node:
        if node.op_type == "QLinearConv":
            yield node, before[node.name.removesuffix("_quant")]


def _seen(
    plain: Any, nodes: list[Any], pictures: list[np.ndarray]
) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """What each convolution sees at places drawn from all pictures, of each of its groups: the mean
    (groups, k), and the mean product of each two values (groups, k, k)."""
    shapes = {one.name: list(one.dims) for one in plain.graph.initializer}
    maps = _maps(plain, sorted({node.input[0] for node in nodes} - {"pictures"}))
    rng = np.random.default_rng(0)
    found: dict[str, Any] = {node.name: (0, 0) for node in nodes}
    for picture in pictures:
        told = maps(picture) | {"pictures": picture}
        for node in nodes:
            own = _patches(node, shapes[node.input[1]], told[node.input[0]], rng)
            mean, alike = found[node.name]
            product = own.transpose(0, 2, 1) @ own / own.shape[1]
            found[node.name] = mean + own.mean(1), alike + product
    return {name: (mean / len(pictures), alike / len(pictures))
            for name, (mean, alike) in found.items()}  # fmt: skip


def _maps(plain: Any, names: list[str]) -> Callable[[np.ndarray], dict[str, np.ndarray]]:
    """What the network computes on the way."""
    import onnxruntime

    wider = onnx.ModelProto()
    wider.CopyFrom(plain)
    kinds = [onnx.helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, None)
             for name in names]  # fmt: skip
    wider.graph.output.extend(kinds)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads, options.log_severity_level = 1, 3
    session = onnxruntime.InferenceSession(wider.SerializeToString(), options)
    return lambda picture: dict(zip(names, session.run(names, {"pictures": picture}), strict=True))


def _patches(node: Any, shape: list[int], seen: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """What a convolution sees of a map (1, c, h, w) at places drawn, (groups, places, k)."""
    how = {one.name: onnx.helper.get_attribute_value(one) for one in node.attribute}
    height, width = shape[2:]
    down, along = how.get("strides", [1, 1])
    top, left, bottom, right = how.get("pads", [0, 0, 0, 0])
    wide = np.pad(seen[0], ((0, 0), (top, bottom), (left, right))).transpose(1, 2, 0)
    rows = rng.integers(0, (wide.shape[0] - height) // down + 1, _PLACES) * down
    columns = rng.integers(0, (wide.shape[1] - width) // along + 1, _PLACES) * along
    found = wide[
        (rows[:, None] + np.arange(height))[:, :, None],
        (columns[:, None] + np.arange(width))[:, None, :],
    ]  # (places, kh, kw, c)
    groups = how.get("group", 1)
    found = found.reshape(_PLACES, height * width, groups, shape[1]).transpose(2, 0, 1, 3)
    return np.ascontiguousarray(found.reshape(groups, _PLACES, -1), np.float32)
