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
_AT_ONCE = 16


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
    return model.SerializeToString()


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
    widths, last = _widths(graph), _widened(graph)
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
        else:
            if node.op_type == "DepthToSpace":
                ends = [whole(f"{told}.{k}", [v]) for k, v in enumerate((0, last, 3))]
                own = add("Slice", [given[0], *ends], f"{told}.own")
                given[0] = add("Transpose", [own], f"{told}.first", perm=[0, 3, 1, 2])
            copy = graph.node.add()
            copy.CopyFrom(node)
            copy.input[:] = given
    if all(one.domain != _OURS for one in model.opset_import):
        model.opset_import.append(helper.make_opsetid(_OURS, 1))
    return model.SerializeToString(deterministic=True)


def _widths(graph: Any) -> dict[str, int]:
    """How many channels what comes out of each convolution has."""
    held = {one.name: list(one.dims) for one in graph.initializer}
    return {node.output[0]: held[node.input[3]][0]
            for node in graph.node if node.op_type == "QLinearConv"}  # fmt: skip


def _widened(graph: Any) -> int:
    """Give the last convolution as many channels as are quickly computed, zeros all; how many there
    were."""
    held = {one.name: one for one in graph.initializer}
    node = [one for one in graph.node if one.op_type == "QLinearConv"][-1]
    count = held[node.input[3]].dims[0]
    for place, filled in ((3, 0), (4, 1), (5, 0), (8, 0)):
        name = node.input[place]
        value = numpy_helper.to_array(held[name])
        beyond = ((0, -count % _AT_ONCE), *((0, 0),) * (value.ndim - 1))
        wide = np.pad(value, beyond, constant_values=filled)
        held[name].CopyFrom(numpy_helper.from_array(wide, name))
    return int(count)
