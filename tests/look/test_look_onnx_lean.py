"""Exported networks of things say what torch says, without operations that compute nothing."""

from __future__ import annotations

from typing import Any

import pytest

torch = pytest.importorskip("torch", reason="networks need pincel[nets]")
onnx = pytest.importorskip("onnx")
pytest.importorskip("onnxruntime")

from pincel.look.models import find_file  # noqa: E402
from pincel.look.onnx_export import difference, export  # noqa: E402
from pincel.nets import boxes, cnn, masks  # noqa: E402
from pincel.nets._network import Model  # noqa: E402


@pytest.mark.parametrize("family", ["boxes", "masks"])
def test_padding_and_folding_are_part_of_the_convolutions(family: str) -> None:
    torch.manual_seed(1)
    kind = {"boxes": boxes, "masks": masks}[family]
    net = kind.Net(kind.Config(classes=2)).eval()
    for value in net.state_dict().values():  # norms that do something
        if value.is_floating_point() and value.ndim == 1:
            value.add_(0.1 * torch.rand(value.shape))
    model = Model(family, net, {"classes": ["a", "b"], "prepare": {}, "metrics": {}})
    data = export(model)
    assert difference(model, data) < 1e-4
    used = {node.op_type for node in onnx.load_model_from_string(data).graph.node}
    assert not used & {"Pad", "Transpose", "SpaceToDepth"}
    assert getattr(net, "folds", True)  # the network itself is as before


def counted(graph: Any) -> list[int]:
    """`count_include_pad` of every average pooling that rounds up."""
    return [
        {one.name: one.i for one in node.attribute}.get("count_include_pad", 0)
        for node in graph.node
        if node.op_type == "AveragePool"
    ]


def test_what_lies_beyond_the_rim_is_not_counted() -> None:
    """28 pixels become 14, 7 and 4. OpenCV 5.0.0's dnn divides by the whole of the last window
    where `count_include_pad` is 1 (findings/average-pooling-beyond-the-rim.sh)."""
    net = cnn.Net(cnn.Config(channels=3, classes=2)).eval()
    facts = {"channels": 3, "size": [28, 28]}
    model = Model("cnn", net, {"classes": ["a", "b"], "prepare": facts, "metrics": {}})
    data = export(model)
    assert difference(model, data) < 1e-4
    assert counted(onnx.load_model_from_string(data).graph) == [0, 0, 0]
    shipped = find_file("cnn.bloodmnist").with_suffix(".onnx")
    assert counted(onnx.load_model(shipped).graph) == [0, 0, 0]
