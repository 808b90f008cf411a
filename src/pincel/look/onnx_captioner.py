"""A trained captioner as one ONNX file that runs without torch."""

from __future__ import annotations

import warnings
from io import BytesIO

import torch

from pincel.look.onnx_export import with_facts
from pincel.nets._network import Model
from pincel.nets.captioner import Net


def export_captioner(model: Model) -> bytes:
    """The bytes of an ONNX file: "pictures" (n, c, side, side) and "words" (n, t) in, "scores"
    (n, t, vocabulary) and "shares" (n, layers, heads, t, places) out, any n and t up to 13."""
    net = model.net.eval()
    assert isinstance(net, Net)
    picture = torch.zeros(2, net.config.channels, net.config.side, net.config.side)
    words = torch.zeros(2, 3, dtype=torch.int64)
    held = BytesIO()
    with warnings.catch_warnings(), torch.inference_mode():
        warnings.simplefilter("ignore")  # the exporter speaks of its own future
        torch.onnx.export(
            net.to(memory_format=torch.contiguous_format),
            (picture, words),
            held,  # type: ignore[arg-type]
            dynamo=False,
            input_names=["pictures", "words"],
            output_names=["scores", "shares"],
            dynamic_axes={
                "pictures": {0: "n"},
                "words": {0: "n", 1: "t"},
                "scores": {0: "n", 1: "t"},
                "shares": {0: "n", 3: "t"},
            },
            opset_version=17,
        )
    return with_facts(held.getvalue(), model)
