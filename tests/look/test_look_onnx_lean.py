"""Exported networks of things say what torch says, without operations that compute nothing."""

from __future__ import annotations

import pytest

torch = pytest.importorskip("torch", reason="networks need pincel[nets]")
onnx = pytest.importorskip("onnx")
pytest.importorskip("onnxruntime")

from pincel.look.onnx_export import difference, export  # noqa: E402
from pincel.nets import boxes, masks  # noqa: E402
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
