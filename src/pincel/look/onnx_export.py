"""A trained classifier as one ONNX file that runs without torch."""

from __future__ import annotations

import json
import warnings
from io import BytesIO

import numpy as np
import torch
from torch import Tensor, nn

from pincel.errors import PincelError
from pincel.learn.measure import softmax
from pincel.look.onnx_model import KEY
from pincel.nets._abilities import Classifier
from pincel.nets._network import Model


class _Logits(nn.Module):
    def __init__(self, net: nn.Module) -> None:
        super().__init__()
        self.net = net

    def forward(self, pictures: Tensor) -> Tensor:
        return self.net.logits(pictures)  # type: ignore[operator]


def export(model: Model) -> bytes:
    """The model as the bytes of an ONNX file: input "pictures" (n, c, h, w) prepared, output
    "logits" (n, classes), any n. PincelError for a network that names no classes."""

    if not isinstance(model.net, Classifier) or "classes" not in model.about:
        raise PincelError("models.no_classifier", path=model.family, family=model.family)
    height, width = model.about["prepare"]["size"]
    picture = torch.zeros(2, model.about["prepare"]["channels"], height, width)
    held = BytesIO()
    with warnings.catch_warnings(), torch.inference_mode():
        warnings.simplefilter("ignore")  # the exporter speaks of its own future
        torch.onnx.export(
            _Logits(model.net).eval(),
            (picture,),
            held,  # type: ignore[arg-type]
            dynamo=False,
            input_names=["pictures"],
            output_names=["logits"],
            dynamic_axes={"pictures": {0: "n"}, "logits": {0: "n"}},
            opset_version=17,
        )
    return with_facts(held.getvalue(), model)


def with_facts(data: bytes, model: Model) -> bytes:
    """An ONNX file that also says what Pincel knows of the model; checked."""
    import onnx

    whole = onnx.load_model_from_string(data)
    facts = {"family": model.family, "about": model.about}
    whole.metadata_props.add(key=KEY, value=json.dumps(facts, sort_keys=True))
    onnx.checker.check_model(whole)
    return whole.SerializeToString(deterministic=True)


def difference(model: Model, data: bytes, count: int = 8, seed: int = 0) -> float:
    """The largest difference between torch's and ONNX Runtime's probabilities on random pictures:
    what an export is checked by."""
    import onnxruntime

    height, width = model.about["prepare"]["size"]
    shape = (count, model.about["prepare"]["channels"], height, width)
    given = np.random.default_rng(seed).normal(size=shape).astype(np.float32)
    session = onnxruntime.InferenceSession(data, providers=["CPUExecutionProvider"])
    (there,) = session.run(["logits"], {"pictures": given})
    with torch.inference_mode():
        here = model.net.eval().logits(torch.from_numpy(given)).numpy()  # type: ignore[operator]
    return float(np.abs(softmax(here) - softmax(there)).max())
