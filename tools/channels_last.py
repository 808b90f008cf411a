"""A U-Net of 8 bits (`tools/eight_bits.py`) laid out as ONNX Runtime computes it: channels last.

Left to itself it turns maps over at each operation that it knows in the other order alone; and it
enlarges maps value by value, where channels that lie together can be copied together. The first
convolution, of 6 x 6 pixels with a stride of 2, becomes one of 3 x 3 places of two by two pixels,
and of two scores of a pixel, of which only the difference counts, the difference alone is computed.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import onnx
from onnx import helper, numpy_helper

_OURS = "com.microsoft"
_CORNERED = 3


def folded(data: bytes) -> bytes:
    """The exported ONNX file of a network of masks with one class, in 32 bits: its first pixels
    folded, its last layer without what no reader of objects asks for. "kinds" (n, 1, h, w) is then
    how much likelier an object is than the ground, before the sigmoid."""
    model = onnx.load_model_from_string(data)
    graph = model.graph
    held = {one.name: one for one in graph.initializer}

    def real(name: str) -> np.ndarray:
        return numpy_helper.to_array(held[name])

    def hold(name: str, value: np.ndarray) -> None:
        held[name].CopyFrom(numpy_helper.from_array(np.ascontiguousarray(value), name))

    first = next(node for node in graph.node if "pictures" in node.input)
    weights = real(first.input[1])
    out, inside = weights.shape[:2]
    parts = weights.reshape(out, inside, 3, 2, 3, 2).transpose(0, 3, 5, 1, 2, 4)
    hold(first.input[1], parts.reshape(out, 4 * inside, 3, 3))
    del first.attribute[:]
    first.attribute.extend(helper.make_node("Conv", [], [], kernel_shape=[3, 3], pads=[1] * 4,
                                            strides=[1, 1]).attribute)  # fmt: skip
    first.input[0] = "folded"
    fold = helper.make_node("SpaceToDepth", ["pictures"], ["folded"], name="/fold", blocksize=2)
    graph.node.insert(0, fold)

    back = next(node for node in graph.node if node.op_type == "DepthToSpace")
    last = next(node for node in graph.node if back.input[0] in node.output)
    for name in last.input[1:]:
        value = real(name)  # four places each of: ground, object, depth, down and right
        hold(name, np.concatenate([value[4:8] - value[:4], value[8:12]]))
    _ends(graph, back.output[0])
    _cornered(graph)
    return model.SerializeToString()


def _cornered(graph: Any) -> None:
    """Where two maps are joined, the first of them enlarged to twice its sides, each is seen by
    itself and both are added, in the larger ones of the places where that happens. Of the enlarged
    one the four pixels around a corner of its former pixels see the same two by two of these: with
    the sums of their weights four products are left of nine."""
    held = {one.name: one for one in graph.initializer}
    nodes = list(graph.node)
    parts = {"one": [1, 1], "but.one": [-1, -1], "sides": [2, 3]}
    graph.initializer.extend(numpy_helper.from_array(np.array(v), k) for k, v in parts.items())
    for join in [node for node in nodes if node.op_type == "Concat"][-_CORNERED:]:
        grow = next(node for node in nodes if join.input[0] in node.output)
        seen = next(node for node in nodes if join.output[0] in node.input)
        weights = numpy_helper.to_array(held[seen.input[1]])
        wide = _wide(nodes, held, grow.input[0])
        rows = np.array([[[1, 1, 0], [0, 0, 1]], [[1, 0, 0], [0, 1, 1]]])  # (which, seen, weight)
        four = np.einsum("yak,xbl,oikl->yxoiab", rows, rows, weights[:, :wide])
        four = np.ascontiguousarray(four.reshape(-1, wide, 2, 2), np.float32)
        own, beside = (f"{join.name}.{name}" for name in ("corners", "beside"))
        add = {f"{own}.weights": four, f"{own}.bias": np.zeros(len(four), np.float32),
               f"{beside}.weights": np.ascontiguousarray(weights[:, wide:])}  # fmt: skip
        graph.initializer.extend(numpy_helper.from_array(v, k) for k, v in add.items())
        at = nodes.index(seen)
        nodes[at : at + 1] = [
            helper.make_node("Conv", [grow.input[0], f"{own}.weights", f"{own}.bias"], [own],
                             name=f"{own}/Conv", kernel_shape=[2, 2], pads=[1] * 4, strides=[1, 1]),
            helper.make_node("DepthToSpace", [own], [f"{own}.laid"], name=f"{own}.laid",
                             blocksize=2, mode="DCR"),
            helper.make_node("Slice", [f"{own}.laid", *parts], [f"{own}.cut"], name=f"{own}.cut"),
            helper.make_node("Conv", [join.input[1], f"{beside}.weights", seen.input[2]], [beside],
                             name=f"{beside}/Conv", kernel_shape=[3, 3], pads=[1] * 4,
                             strides=[1, 1]),
            helper.make_node("Add", [f"{own}.cut", beside], [seen.output[0]], name=f"{own}/Add"),
        ]  # fmt: skip
        nodes.remove(join)
        nodes.remove(grow)
    del graph.node[:]
    graph.node.extend(nodes)


def _wide(nodes: list[Any], held: dict[str, Any], name: str) -> int:
    """How many channels a map in 32 bits has."""
    node = next(one for one in nodes if name in one.output)
    return (
        held[node.input[1]].dims[0] if node.op_type == "Conv" else _wide(nodes, held, node.input[0])
    )


def _ends(graph: Any, told: str) -> None:
    """From the last map on: the first channel is "kinds", the second, after a sigmoid, "depth"."""
    kept, known = [], {told}
    for node in graph.node:  # in the order of computing
        if known & set(node.input):
            known |= set(node.output)
        else:
            kept.append(node)
    del graph.node[:]
    graph.node.extend(kept)
    graph.initializer.append(numpy_helper.from_array(np.array([1, 1]), "one.each"))
    graph.node.extend([
        helper.make_node("Split", [told, "one.each"], ["kinds", "deep"], name="/split", axis=1),
        helper.make_node("Sigmoid", ["deep"], ["depth"], name="/sigmoid"),
    ])  # fmt: skip
    outputs = [one for one in graph.output if one.name != "middle"]
    for one in outputs:
        one.type.tensor_type.shape.dim[1].dim_value = 1
    del graph.output[:]
    graph.output.extend(outputs)


def laid_out(data: bytes) -> bytes:
    """The same network of 8 bits with channels last."""
    model = onnx.load_model_from_string(data)
    graph = model.graph
    nodes, pointed = list(graph.node), {}
    widths = _widths(graph)
    _two_at_once(graph)
    del graph.node[:], graph.value_info[:]

    def add(kind: str, given: list[str], told: str, **how: Any) -> str:
        graph.node.append(helper.make_node(kind, given, [told], name=f"/{told}", **how))
        return told

    def whole(name: str, values: list[int]) -> str:
        graph.initializer.append(numpy_helper.from_array(np.array(values, np.int64), name))
        return name

    fold, step = nodes[0], nodes[1]
    assert (fold.op_type, step.op_type) == ("SpaceToDepth", "QuantizeLinear")
    add("QuantizeLinear", ["pictures", *step.input[1:]], "levels")
    add("SpaceToDepth", ["levels"], "levels.folded", blocksize=2)
    pointed[step.output[0]] = add("Transpose", ["levels.folded"], "levels.last", perm=[0, 2, 3, 1])
    for node in nodes[2:]:
        given = [pointed.get(name, name) for name in node.input]
        told = node.output[0]
        how = {one.name: helper.get_attribute_value(one) for one in node.attribute}
        if node.op_type == "QLinearConv":
            add("QLinearConv", given, told, domain=_OURS, channels_last=1, **how)
            last = [told, node.input[6], node.input[7]]
        elif node.op_type == "MaxPool":
            how = {name: how[name] for name in ("kernel_shape", "strides")}
            add("NhwcMaxPool", given, told, domain=_OURS, **how)
        elif node.op_type == "Resize":
            pointed[told] = given[0]  # enlarged where it is joined, whose other part has the size
        elif node.op_type == "QLinearConcat":
            small, like = given[2], given[5]
            wide = widths[small]
            one = whole(f"{told}.one", [0, 0, 0, 1, wide])
            row = whole(f"{told}.row", [0, 0, 1, -1, wide])
            add("Reshape", [small, one], f"{told}.a")
            add("Concat", [f"{told}.a"] * 2, f"{told}.b", axis=3)
            add("Reshape", [f"{told}.b", row], f"{told}.c")
            add("Concat", [f"{told}.c"] * 2, f"{told}.d", axis=2)
            add("Shape", [like], f"{told}.e", start=0, end=3)
            add("Concat", [f"{told}.e", whole(f"{told}.wide", [wide])], f"{told}.f", axis=0)
            given[2] = add("Reshape", [f"{told}.d", f"{told}.f"], f"{told}.g")
            add("QLinearConcat", given, told, domain=_OURS, axis=3)
        elif node.op_type == "QLinearAdd":  # four pixels around each corner, and those beside them
            own = node.name.removesuffix("/Add_quant")
            pair = whole(f"{own}.pair", [0, 0, 0, 2, widths[f"{own}_quantized"] // 2])
            add("Reshape", [f"{own}_quantized", pair], f"{own}.a")
            add("Transpose", [f"{own}.a"], f"{own}.b", perm=[0, 1, 3, 2, 4])
            add("Shape", [given[3]], f"{own}.c")
            add("Add", [f"{own}.c", whole(f"{own}.more", [0, 2, 2, 0])], f"{own}.d")
            add("Reshape", [f"{own}.b", f"{own}.d"], f"{own}.e")
            ends = [whole(f"{own}.{k}", v) for k, v in
                    (("from", [1, 1]), ("to", [-1, -1]), ("sides", [1, 2]))]  # fmt: skip
            add("Slice", [f"{own}.e", *ends], f"{own}.f")
            first = [f"{own}.f", f"{own}_scale", f"{own}_zero_point"]
            add("QLinearAdd", [*first, *given[3:]], told, domain=_OURS)
        elif node.op_type == "Split":
            add("Reshape", [last[0], whole("rows", [0, 0, 0, 2, 2, 4])], "told.a")
            add("Transpose", ["told.a"], "told.b", perm=[0, 3, 1, 4, 2, 5])
            add("Shape", ["pictures"], "told.c", start=2)
            add("Concat", [whole("told.two", [1, 2]), "told.c"], "told.d", axis=0)
            add("Reshape", ["told.b", "told.d"], "told.e")
            graph.node.append(
                helper.make_node(
                    "Split",
                    ["told.e", node.input[1]],
                    ["told.kinds", "told.deep"],
                    name="/split",
                    axis=1,
                )
            )
            for name, named in zip(("told.kinds", "told.deep"), node.output, strict=True):
                add("DequantizeLinear", [name, *last[1:]], named)
        elif node.op_type == "Sigmoid":
            graph.node.append(node)
    if all(one.domain != _OURS for one in model.opset_import):
        model.opset_import.append(helper.make_opsetid(_OURS, 1))
    return model.SerializeToString(deterministic=True)


def _widths(graph: Any) -> dict[str, int]:
    """How many channels what comes out of each convolution has."""
    held = {one.name: list(one.dims) for one in graph.initializer}
    return {node.output[0]: held[node.input[3]][0]
            for node in graph.node if node.op_type == "QLinearConv"}  # fmt: skip


def _two_at_once(graph: Any) -> None:
    """Let the last convolution answer for two places side by side, by 3 x 4 places: sixteen
    channels (map, row, place, column) are as quick as eight."""
    held = {one.name: one for one in graph.initializer}
    node = [one for one in graph.node if one.op_type == "QLinearConv"][-1]
    for name in [node.input[k] for k in (3, 4, 5, 8)]:
        value = numpy_helper.to_array(held[name])
        if value.ndim == 4:
            both = np.stack([np.pad(value, ((0, 0), (0, 0), (0, 0), (k, 1 - k))) for k in (0, 1)])
        elif value.ndim:
            both = np.stack([value, value])
        else:
            continue
        four = both.reshape(2, 2, 2, 2, *both.shape[2:])  # (place, map, row, column)
        value = np.ascontiguousarray(np.moveaxis(four, 0, 2).reshape(-1, *both.shape[2:]))
        held[name].CopyFrom(numpy_helper.from_array(value, name))
    del node.attribute[:]
    node.attribute.extend(helper.make_node("Conv", [], [], kernel_shape=[3, 4], pads=[1] * 4,
                                           strides=[1, 2], group=1).attribute)  # fmt: skip
