"""A trained classifier, or a translator, as one ONNX file that runs without torch."""

from __future__ import annotations

import json
import warnings
from io import BytesIO
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from pincel.errors import PincelError
from pincel.learn.measure import softmax
from pincel.look.onnx_lean import lean
from pincel.look.onnx_session import KEY
from pincel.nets import adapter, boxes, masks, translator
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
    "logits" (n, classes), any n; of a translator "scores" and "colors" of its planes; of boxes and
    masks their maps, of pictures of any size. PincelError for any other network."""
    if isinstance(model.net, (translator.Net, adapter.Net)):
        side = model.net.config.side
        return with_facts(_written(model.net, ("scores", "colors"), (3, side, side)), model)
    if isinstance(model.net, (boxes.Net, masks.Net)):
        return with_facts(_of_finder(model.net), model)
    if not isinstance(model.net, Classifier) or "classes" not in model.about:
        raise PincelError("models.no_classifier", path=model.family, family=model.family)
    height, width = model.about["prepare"]["size"]
    shape = (int(model.about["prepare"]["channels"]), int(height), int(width))
    return with_facts(_written(_Logits(model.net), ("logits",), shape), model)


def _written(net: nn.Module, answers: tuple[str, ...], shape: tuple[int, int, int]) -> bytes:
    """The file, without what Pincel knows of it, for pictures of this shape."""
    held = BytesIO()
    with warnings.catch_warnings(), torch.inference_mode():
        warnings.simplefilter("ignore")  # the exporter speaks of its own future
        torch.onnx.export(
            net.eval().to(memory_format=torch.contiguous_format),
            (torch.zeros(2, *shape),),
            held,  # type: ignore[arg-type]
            dynamo=False,
            input_names=["pictures"],
            output_names=list(answers),
            dynamic_axes={name: {0: "n"} for name in ("pictures", *answers)},
            opset_version=17,
        )
    return held.getvalue()


def _of_finder(net: boxes.Net | masks.Net) -> bytes:
    """The maps of pictures of any size whose sides are multiples of 16."""
    held = BytesIO()
    answers = type(net.maps(torch.zeros(1, net.config.channels, 32, 32)))._fields
    with warnings.catch_warnings(), torch.inference_mode():
        warnings.simplefilter("ignore")  # the exporter speaks of its own future
        torch.onnx.export(
            lean(net),
            (torch.zeros(1, net.config.channels, 64, 96),),
            held,  # type: ignore[arg-type]
            dynamo=False,
            input_names=["pictures"],
            output_names=list(answers),
            dynamic_axes={one: {0: "n", 2: f"{one}_h", 3: f"{one}_w"}
                          for one in ("pictures", *answers)},
            opset_version=17,
        )  # fmt: skip
    return held.getvalue()


def with_facts(data: bytes, model: Model) -> bytes:
    """An ONNX file that also says what Pincel knows of the model; checked."""
    import onnx

    whole = onnx.load_model_from_string(data)
    facts: dict[str, Any] = {"family": model.family, "about": model.about}
    if isinstance(model.net, (translator.Net, adapter.Net)):
        facts |= {"side": model.net.config.sprite, "sees": model.net.config.side}
    whole.metadata_props.add(key=KEY, value=json.dumps(facts, sort_keys=True))
    onnx.checker.check_model(whole)
    return whole.SerializeToString(deterministic=True)


def difference(model: Model, data: bytes, count: int = 8, seed: int = 0) -> float:
    """The largest difference between torch's and ONNX Runtime's probabilities (and colours) on
    random pictures: what an export is checked by."""
    import onnxruntime

    if isinstance(model.net, (translator.Net, adapter.Net)):
        return _translated_apart(model.net, data, count, seed)
    if isinstance(model.net, (boxes.Net, masks.Net)):
        return _found_apart(model.net, data, seed)
    height, width = model.about["prepare"]["size"]
    shape = (count, model.about["prepare"]["channels"], height, width)
    given = np.random.default_rng(seed).normal(size=shape).astype(np.float32)
    session = onnxruntime.InferenceSession(data, providers=["CPUExecutionProvider"])
    (there,) = session.run(["logits"], {"pictures": given})
    with torch.inference_mode():
        here = model.net.eval().logits(torch.from_numpy(given)).numpy()  # type: ignore[operator]
    return float(np.abs(softmax(here) - softmax(there)).max())


def _translated_apart(
    net: translator.Net | adapter.Net, data: bytes, count: int, seed: int
) -> float:
    import onnxruntime

    shape = (count, 3, net.config.side, net.config.side)
    given = np.random.default_rng(seed).normal(size=shape).astype(np.float32)
    session = onnxruntime.InferenceSession(data, providers=["CPUExecutionProvider"])
    scores, colors = session.run(["scores", "colors"], {"pictures": given})
    with torch.inference_mode():
        here = [one.numpy() for one in net.eval()(torch.from_numpy(given))]
    sharp = adapter.SHARP if isinstance(net, adapter.Net) else 1
    chances = [softmax(np.moveaxis(one, 1, -1) / sharp) for one in (here[0], scores)]
    far = [np.abs(a - b).max() for a, b in (chances, (here[1], colors))]
    return float(max(far))


def _found_apart(net: boxes.Net | masks.Net, data: bytes, seed: int) -> float:
    """By how much the maps differ, as a share of their spread."""
    import onnxruntime

    shape = (1, net.config.channels, 96, 64)
    given = np.random.default_rng(seed).normal(size=shape).astype(np.float32)
    session = onnxruntime.InferenceSession(data, providers=["CPUExecutionProvider"])
    there = session.run(None, {"pictures": given})
    with torch.inference_mode():
        here = [one.numpy() for one in net.eval().maps(torch.from_numpy(given))]
    pairs = zip(here, there, strict=True)
    return float(max(np.abs(a - b).max() / (np.abs(a).max() + 1e-6) for a, b in pairs))
