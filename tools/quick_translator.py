"""The network behind `pincel translate` for quick answers: convolutions in 8 bits.

    python tools/quick_translator.py MODEL/translator.onnx DATA OUT.onnx

MODEL/translator.onnx is what `export_translator.py` and `calibrate_translator.py` wrote (or the
shipped file), DATA holds train*.npz of `face_pairs.py`: faces by which it is told how far each map
reaches and what the rounding of weights must make up for. Any weights of the family `translator`
will do. OUT.onnx says of itself what MODEL/translator.onnx says.

The graph is not converted but written anew, with shapes that are known: the norms of groups, what
is added and the colours stay in 32 bits, every convolution of more than one pixel takes and gives
8 (`tools/eight_bits.py`: no processor overflows, all compute the same). The first one, of 6 x 6
pixels with a stride of 2, is one of 3 x 3 over folded pixels. What a tone does to a norm, and what
roles ask of keys, is multiplied out beforehand.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import onnxruntime
from onnx import helper, numpy_helper

from eight_bits import weights_anew
from pincel import atomic

_OURS = "com.microsoft"
_GROUPS, _EPSILON = 8, 1e-5
_MIDDLE = 128  # of the levels that come out of a convolution
SHOWN = 192
"""Faces by which maps are measured."""


@dataclass(frozen=True)
class Steps:
    """What is told in 8 bits on both sides of a convolution, channel by channel.

    inside, zero    steps (channels,) of what goes in, and the level that is zero, for all the same
    outside, zeros  steps (channels,) of what comes out, and the levels (channels,) that are zero
    """

    inside: np.ndarray
    zero: int
    outside: np.ndarray
    zeros: np.ndarray


@dataclass
class Graph:
    """A network as it is written down; names of what is computed go from step to step.

    weights  as torch calls them, float32
    steps    of each convolution; None: everything is as torch has it
    rounded  whether convolutions compute in 8 bits, or only take what they are given in steps
    """

    weights: dict[str, np.ndarray]
    steps: dict[str, Steps] | None = None
    rounded: bool = False
    nodes: list[Any] = field(default_factory=list)
    held: dict[str, np.ndarray] = field(default_factory=dict)

    def add(self, kind: str, given: list[str], told: str = "", **how: Any) -> str:
        """One operation; the name of what comes out."""
        told = told or f"{kind}.{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, given, [told], name=f"/{told}", **how))
        return told

    def hold(self, value: Any, name: str = "") -> str:
        """A constant."""
        value = np.asarray(value)
        name = name or f"held.{len(self.held)}"
        self.held[name] = value.astype(np.float32) if value.dtype == np.float64 else value
        return name

    def convolved(self, x: str, name: str, to: int, stride: int = 1) -> str:
        """A convolution that keeps the sides, or halves them, `to` so many pixels."""
        weights = self.weights[f"{name}.weight"]
        side = weights.shape[2]
        bias = self.weights.get(f"{name}.bias", np.zeros(len(weights), np.float32))
        how = {"kernel_shape": [side] * 2, "pads": [(side - 1) // 2] * 4, "strides": [stride] * 2}
        if self.steps is None:
            return self.add("Conv", [x, self.hold(weights), self.hold(bias)], name, **how)
        own = self.steps[name]
        if self.rounded:
            return self._in_levels(x, name, to, how)
        x = self.add("Div", [x, self.hold(own.inside[:, None, None])])
        weights = weights * own.inside[:, None, None]
        return self.add("Conv", [x, self.hold(weights), self.hold(bias)], name, **how)

    def _in_levels(self, x: str, name: str, to: int, how: dict[str, Any]) -> str:
        """The same in 8 bits; weights and bias are still to be filled in. Levels become numbers as
        rows: else ONNX Runtime lays channels last until there, where steps of channels are slow."""
        own, shape = self.steps[name], self.weights[f"{name}.weight"].shape
        inside = [self.hold(own.inside), self.hold(np.full(shape[1], own.zero, np.uint8))]
        levels = self.add("QuantizeLinear", [x, *inside], f"{name}.levels", axis=1)
        ones = [self.hold(np.float32(1)), self.hold(np.uint8(own.zero))]
        given = [levels, *ones, self.hold(np.zeros(shape, np.int8)),
                 self.hold(np.ones(len(own.zeros))), self.hold(np.zeros(len(own.zeros), np.int8)),
                 self.hold(np.float32(1)), self.hold(np.uint8(_MIDDLE)),
                 self.hold(np.zeros(len(own.zeros), np.int32))]  # fmt: skip
        told = f"{name}.whole"
        node = helper.make_node("QLinearConv", given, [told], name=f"/{name}_quant", **how)
        self.nodes.append(node)
        outside = [self.hold(own.outside), self.hold(own.zeros)]
        rows = self.add("Reshape", [told, self.hold(np.array([0, len(own.zeros), -1]))])
        rows = self.add("DequantizeLinear", [rows, *outside], axis=1)
        square = self.hold(np.array([0, len(own.zeros), to, to]))
        return self.add("Reshape", [rows, square], name)

    def normed(self, x: str, name: str, side: int) -> str:
        """The norm of groups, before its own scale and shift."""
        wide = len(self.weights[f"{name}.weight"])
        rows = self.add("Reshape", [x, self.hold(np.array([0, _GROUPS, -1]))])
        ones = [self.hold(np.ones(_GROUPS)), self.hold(np.zeros(_GROUPS))]
        rows = self.add("InstanceNormalization", [rows, *ones], epsilon=_EPSILON)
        return self.add("Reshape", [rows, self.hold(np.array([0, wide, side, side]))])

    def norm(self, x: str, name: str, side: int) -> str:
        """The norm of groups."""
        weight, bias = (self.weights[f"{name}.{end}"] for end in ("weight", "bias"))
        still = [self.hold(np.zeros(len(bias))), self.hold(np.ones(len(bias)))]
        given = [self.normed(x, name, side), self.hold(weight), self.hold(bias), *still]
        return self.add("BatchNormalization", given, epsilon=0.0)

    def silu(self, x: str) -> str:
        """x times its logistic function."""
        return self.add("QuickGelu", [x], domain=_OURS, alpha=1.0)

    def block(self, x: str, name: str, side: int, tone: list[str] | None = None) -> str:
        """A `ToneBlock`."""
        y = self.silu(self.norm(x, f"{name}.norm1", side))
        y = self.convolved(y, f"{name}.conv1", side)
        if tone is None:
            y = self.norm(y, f"{name}.norm2", side)
        else:
            y = self.normed(y, f"{name}.norm2", side)
            y = self.add("Add", [self.add("Mul", [y, tone[0]]), tone[1]])
        return self.add("Add", [x, self.convolved(self.silu(y), f"{name}.conv2", side)])


def written(graph: Graph) -> onnx.ModelProto:
    """The whole network: "pictures" (n, 3, side, side) to "scores", "colors" and "spread"."""
    _folded(graph)
    place = graph.weights["place"]
    width, side = place.shape[:2]
    levels = graph.add("SpaceToDepth", ["pictures"], "folded", blocksize=2)
    fine = graph.block(graph.convolved(levels, "stem", 2 * side), "fine", 2 * side)
    x = graph.block(graph.convolved(graph.silu(fine), "down", side, 2), "before", side)
    whole = _whole(graph, graph.silu(x), side // 2)
    asked, known, *tones = _said(graph, whole, width)
    x = graph.add("Add", [x, graph.hold(place)])
    for number in range(len(tones) // 2):
        x = graph.block(x, f"after.{number}", side, tones[2 * number : 2 * number + 2])
    x = graph.silu(graph.norm(x, "last.0", side))
    flat = graph.add("Reshape", [x, graph.hold(np.array([0, width, side * side]))])
    role, bias = (graph.weights[f"role.{end}"] for end in ("weight", "bias"))
    scores = graph.add("MatMul", [graph.hold(role[:, :, 0, 0]), flat])
    scores = graph.add("Add", [scores, graph.hold(bias[:, None])])
    graph.add("Reshape", [scores, graph.hold(np.array([0, len(bias), side, side]))], "scores")
    _colors(graph, fine, flat, asked, known)
    return _model(graph, 4 * side, len(bias))


def _folded(graph: Graph) -> None:
    """The first convolution over two by two pixels (row, column, channel) at once."""
    weights = graph.weights["stem.weight"]
    out, inside = weights.shape[:2]
    parts = weights.reshape(out, inside, 3, 2, 3, 2).transpose(0, 3, 5, 1, 2, 4)
    parts = np.ascontiguousarray(parts.reshape(out, 4 * inside, 3, 3))
    graph.weights = graph.weights | {"stem.weight": parts}


def _whole(graph: Graph, x: str, side: int) -> str:
    """The vector of the whole, (n, whole), of the map after its SiLU."""
    x = graph.block(graph.convolved(x, "deep.0", side, 2), "deep.1", side)
    x = graph.silu(graph.norm(x, "deep.2", side))
    x = graph.add("Flatten", [graph.silu(graph.convolved(x, "deep.4", side // 2, 2))])
    weight, bias = (graph.hold(graph.weights[f"deep.7.{end}"]) for end in ("weight", "bias"))
    return graph.silu(graph.add("Gemm", [x, weight, bias], transB=1))


def _said(graph: Graph, whole: str, width: int) -> list[str]:
    """What the whole says, in one product: what roles ask for (n, roles, keys), what they know (n,
    roles, kept), and of each block with a tone the scale and shift (n, width, 1, 1) of its second
    norm."""
    told = graph.weights
    roles, kept = len(told["role.weight"]), len(told["colors.kept"])
    keys = len(told["colors.fine.weight"])
    rows = [told["colors.asked.weight"] / keys**0.5, told["colors.known.weight"]]
    ends = [told["colors.asked.bias"] / keys**0.5, told["colors.known.bias"]]
    number = 0
    while f"after.{number}.tone.weight" in told:
        weight, bias = (told[f"after.{number}.norm2.{end}"] for end in ("weight", "bias"))
        scale, shift = np.split(told[f"after.{number}.tone.weight"], 2)
        more, by = np.split(told[f"after.{number}.tone.bias"], 2)
        rows += [weight[:, None] * scale, bias[:, None] * scale + shift]
        ends += [weight * (1 + more), bias * (1 + more) + by]
        number += 1
    said = graph.add("Gemm", [whole, graph.hold(np.concatenate(rows)),
                              graph.hold(np.concatenate(ends))], transB=1)  # fmt: skip
    parts = [f"said.{place}" for place in range(len(rows))]
    sizes = graph.hold(np.array([len(one) for one in rows]))
    graph.nodes.append(helper.make_node("Split", [said, sizes], parts, name="/said", axis=1))
    shapes = [[0, roles, keys], [0, roles, kept], *[[0, width, 1, 1]] * (2 * number)]
    return [graph.add("Reshape", [part, graph.hold(np.array(shape))])
            for part, shape in zip(parts, shapes, strict=True)]  # fmt: skip


def _colors(graph: Graph, fine: str, coarse: str, asked: str, known: str) -> None:
    """`ColorAttention`; keys are not made, but what is asked of them is asked of the maps."""
    told = graph.weights
    roles, kept = len(told["role.weight"]), told["colors.kept"]
    side = told["place"].shape[1]
    parts = [told[f"colors.{name}.weight"][:, :, 0, 0] for name in ("fine", "coarse")]
    bias = told["colors.fine.bias"] + told["colors.coarse.bias"]
    every = graph.hold(np.concatenate([*parts, bias[:, None]], 1))
    sizes = graph.hold(np.array([parts[0].shape[1], parts[1].shape[1], 1]))
    graph.nodes.append(helper.make_node(
        "Split", [graph.add("MatMul", [asked, every]), sizes],
        ["ask.fine", "ask.coarse", "ask.rest"], name="/ask", axis=2))  # fmt: skip
    own = graph.add("Reshape", [fine, graph.hold(np.array([0, parts[0].shape[1], -1]))])
    near = graph.add("Add", [graph.add("MatMul", ["ask.coarse", coarse]), "ask.rest"])
    near = graph.add("Reshape", [near, graph.hold(np.array([0, roles, side, side]))])
    wide = graph.hold(np.array([1, 1, 2, 2], np.float32))
    near = graph.add("Resize", [near, "", wide], mode="nearest", nearest_mode="floor",
                     coordinate_transformation_mode="asymmetric")  # fmt: skip
    near = graph.add("Reshape", [near, graph.hold(np.array([0, roles, 4 * side * side]))])
    far = graph.add("Add", [graph.add("MatMul", ["ask.fine", own]), near])
    weights = graph.add("Softmax", [graph.add("Concat", [far, known], axis=2)], axis=2)
    graph.nodes.append(helper.make_node(
        "Split", [weights, graph.hold(np.array([4 * side * side, len(kept)]))],
        ["of.seen", "of.kept"], name="/of", axis=2))  # fmt: skip
    seen = graph.add("AveragePool", ["pictures"], kernel_shape=[2, 2], strides=[2, 2])
    seen = graph.add("Reshape", [seen, graph.hold(np.array([0, 3, -1]))])
    seen = graph.add("Concat", [seen, graph.add("Mul", [seen, seen])], axis=1)
    seen = graph.add("Transpose", [seen], perm=[0, 2, 1])
    both = graph.hold(np.concatenate([kept, kept**2], 1))
    means = graph.add("Add", [graph.add("MatMul", ["of.seen", seen]),
                              graph.add("MatMul", ["of.kept", both])])  # fmt: skip
    graph.nodes.append(helper.make_node(
        "Split", [means, graph.hold(np.array([3, 3]))], ["mean", "squares"], name="/means",
        axis=2))  # fmt: skip
    apart = graph.add("Sub", ["squares", graph.add("Mul", ["mean", "mean"])])
    apart = graph.add("ReduceSum", [apart, graph.hold(np.array([2]))], keepdims=0)
    graph.add("Sqrt", [graph.add("Clip", [apart, graph.hold(np.float32(0))])], "spread")
    rows = graph.add("Reshape", ["mean", graph.hold(np.array([0, roles, 1, 3]))])
    bent = graph.add("MatMul", [rows, graph.hold(told["colors.bend"].reshape(roles, 3, 3))])
    bent = graph.add("Reshape", [bent, graph.hold(np.array([0, roles, 3]))])
    graph.add("Add", [bent, graph.hold(told["colors.shift"])], "colors")


def _model(graph: Graph, side: int, roles: int) -> onnx.ModelProto:
    def value(name: str, *shape: Any) -> Any:
        return helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, ["n", *shape])

    outputs = [value("scores", roles, side // 4, side // 4), value("colors", roles, 3),
               value("spread", roles)]  # fmt: skip
    held = [numpy_helper.from_array(np.array(v, order="C"), k) for k, v in graph.held.items()]
    body = helper.make_graph(graph.nodes, "translator", [value("pictures", 3, side, side)],
                             outputs, held)  # fmt: skip
    kinds = [helper.make_opsetid("", 17), helper.make_opsetid(_OURS, 1)]
    return helper.make_model(body, opset_imports=kinds, ir_version=8)


# ---------------------------------------------------------------------------------- 8 bits


def quick(data: bytes, pictures: list[np.ndarray]) -> bytes:
    """The exported network `data` with convolutions in 8 bits. `pictures`: planes (1, 3, side,
    side) float32 by which it is told how far each map reaches. SystemExit where the network that
    is written down here answers anything else before it is rounded."""
    weights = weights_of(data)
    plain = written(Graph(weights))
    _same(data, plain.SerializeToString(), pictures[:8])
    steps = _steps(weights, plain, pictures)
    model = written(Graph(weights, steps, rounded=True))
    weights_anew(model.graph, written(Graph(weights, steps)), pictures)
    _outside(model.graph, steps)
    model.metadata_props.extend(onnx.load_model_from_string(data).metadata_props)
    return model.SerializeToString(deterministic=True)


def _outside(graph: Any, steps: dict[str, Steps]) -> None:
    """What comes out of each convolution of 8 bits is told in steps of its channel."""
    held = {one.name: one for one in graph.initializer}
    for node in graph.node:
        if node.op_type == "QLinearConv":
            own = steps[node.name[1:].removesuffix("_quant")]
            scale, bias = (numpy_helper.to_array(held[node.input[k]]) for k in (4, 8))
            off = (own.zeros.astype(np.float64) - _MIDDLE) * own.outside / scale
            told = (scale / own.outside).astype(np.float32), bias + np.rint(off).astype(np.int32)
            for place, value in zip((4, 8), told, strict=True):
                name = node.input[place]
                held[name].CopyFrom(numpy_helper.from_array(value, name))


def weights_of(data: bytes) -> dict[str, np.ndarray]:
    """The weights that a file of `export_translator.py` holds, float32, as torch calls them."""
    found = {}
    for one in onnx.load_model_from_string(data).graph.initializer:
        value = numpy_helper.to_array(one).astype(np.float32)
        flat = value.shape[1:] == (1, 1)  # scales and shifts of norms
        found[one.name.removesuffix(".half")] = value.ravel() if flat else value
    return found


def _opened(data: bytes) -> Callable[[np.ndarray], list[np.ndarray]]:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads, options.log_severity_level = 1, 3
    session = onnxruntime.InferenceSession(data, options, providers=["CPUExecutionProvider"])
    return lambda values: session.run(None, {"pictures": values})


def _same(data: bytes, other: bytes, pictures: list[np.ndarray]) -> None:
    one, two = _opened(data), _opened(other)
    for picture in pictures:
        for ours, theirs in zip(one(picture), two(picture), strict=True):
            far = float(np.abs(ours - theirs).max() / np.abs(ours).max())
            if far > 1e-3:
                raise SystemExit(f"written anew it differs by {100 * far:.2f} %")


def _steps(
    weights: dict[str, np.ndarray], plain: onnx.ModelProto, pictures: list[np.ndarray]
) -> dict[str, Steps]:
    """Of each convolution the finest steps with which nothing that the pictures show is cut off."""
    own = {node.name[1:]: (node.input[0], node.output[0])
           for node in plain.graph.node if node.op_type == "Conv"}  # fmt: skip
    reach = _reach(plain, sorted({name for pair in own.values() for name in pair}), pictures)
    found = {}
    for name, (before, after) in own.items():
        least, most = reach[before]
        worth = np.square(numpy_helper.to_array(_held(plain, name))).sum((0, 2, 3))
        zeros = np.arange(1, 255)[:, None]
        steps = np.maximum(np.maximum(most / (255 - zeros), -least / zeros), 1e-6)
        best = int(np.argmin((worth * steps**2).sum(1)))
        low, high = reach[after]
        outside = np.maximum(high - low, 1e-6) / 255
        found[name] = Steps(steps[best].astype(np.float32), best + 1, outside.astype(np.float32),
                            np.rint(-low / outside).astype(np.uint8))  # fmt: skip
    return found


def _held(plain: onnx.ModelProto, name: str) -> Any:
    """The weights of a convolution."""
    node = next(one for one in plain.graph.node if one.name == f"/{name}")
    return next(one for one in plain.graph.initializer if one.name == node.input[1])


def _reach(
    plain: onnx.ModelProto, names: list[str], pictures: list[np.ndarray]
) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """Least and most (channels,) of each map, zero among them."""
    wider = onnx.ModelProto()
    wider.CopyFrom(plain)
    wider.graph.output.extend(
        helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, None) for name in names
    )
    run = _opened(wider.SerializeToString())
    found: dict[str, tuple[Any, Any]] = dict.fromkeys(names, (0.0, 0.0))
    for picture in pictures:
        for name, seen in zip(names, run(picture)[3:], strict=True):
            least, most = found[name]
            seen = seen.astype(np.float64)
            found[name] = (np.minimum(least, seen.min((0, 2, 3))),
                           np.maximum(most, seen.max((0, 2, 3))))  # fmt: skip
    return found


def faces(folder: Path) -> Iterator[np.ndarray]:
    """Planes (1, 3, 64, 64) of faces as the network was taught on them, half of them in light and
    sharpness as they are."""
    import torch

    from face_views import Pairs

    held = Pairs(sorted(folder.glob("train*.npz")))
    rows = torch.from_numpy(np.random.default_rng(0).permutation(len(held))[:SHOWN])
    for half, strong in zip(rows.chunk(2), (True, False), strict=True):
        sight = held.sight(half, torch.Generator().manual_seed(0), strong=strong)
        for planes in sight.planes.contiguous().numpy():
            yield np.ascontiguousarray(planes[None])


def main() -> None:
    """Write it, and say how far its answers lie from those of 32 bits."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("model", type=Path)
    parser.add_argument("data", type=Path)
    parser.add_argument("out", type=Path)
    asked = parser.parse_args()
    before = asked.model.read_bytes()
    shown = list(faces(asked.data))
    data = quick(before, shown)
    atomic.write_whole(asked.out, data)
    one, other = _opened(before), _opened(data)
    told = [[np.concatenate(part) for part in zip(*(run(p) for p in shown), strict=True)]
            for run in (one, other)]  # fmt: skip
    far = [float(np.sqrt(np.mean((a - b) ** 2))) for a, b in zip(*told, strict=True)]
    same = float(np.mean(told[0][0].argmax(1) == told[1][0].argmax(1)))
    print(f"{asked.out.name}: {len(data) / 1e6:.2f} MB; {100 * same:.2f} % of the pixels have the "
          f"same role; scores, colours and spread lie {far[0]:.3f}, {far[1]:.4f} and {far[2]:.4f} "
          "from those of 32 bits (root mean square)")  # fmt: skip


if __name__ == "__main__":
    main()
