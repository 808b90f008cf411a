"""Write the networks behind `pincel draw` for ONNX Runtime.

    python tools/export_draw.py SKETCHER.safetensors FINISHER.safetensors OUT/ [--shipped]

OUT gets writer.onnx, sketcher.onnx, finisher.onnx (with --shipped: under the names of the package's
weights). Each is run once and compared with torch; a difference above 1e-3 is an error.
"""

from __future__ import annotations

import argparse
import io
import json
import warnings
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import onnxruntime
import torch

from pincel import atomic
from pincel.make.draw import SHIPPED
from pincel.nets._network import Model, open_model
from pincel.nets.masked import GUIDE, SEEN


def main() -> None:
    """Export the three parts."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("sketcher", type=Path)
    parser.add_argument("finisher", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--shipped", action="store_true")
    asked = parser.parse_args()
    sketcher, finisher = open_model(asked.sketcher), open_model(asked.finisher)
    for part, data in parts(sketcher, finisher).items():
        name = f"{SHIPPED}.{part}.onnx" if asked.shipped else f"{part}.onnx"
        atomic.write(asked.out / name, data)
        print(f"{name}: {len(data) / 1e6:.1f} MB")


def parts(sketcher: Model, finisher: Model) -> dict[str, bytes]:
    """The bytes of each part."""
    writer: Any = sketcher.net.writer
    config: Any = sketcher.net.config
    words = torch.zeros(2, config.words, dtype=torch.int64)
    words[:, 0] = 1
    about = {
        "vocabulary": config.vocabulary - 2,
        "book": [[round(float(v), 4) for v in row] for row in sketcher.net.codebook.numpy()],
        "rank": sketcher.about["rank"],
        "command": sketcher.about["command"],
    }
    codes = torch.zeros(2, 3, dtype=torch.int64)
    found = {
        "writer": exported(writer, {"words": words, "codes": codes}, {"codes": {1: "t"}}, about)
    }
    for part, model in (("sketcher", sketcher), ("finisher", finisher)):
        own: Any = model.net.config
        planes = SEEN + GUIDE * own.guided
        given = {
            "seen": torch.rand(2, planes, own.side, own.side),
            "palette": torch.rand(2, own.colors, 5),
            "valid": torch.rand(2, own.colors) > 0.3,
            "words": words,
        }
        if own.codes:
            model.net.writer = None
        found[part] = exported(model.net, given, {}, {"command": model.about["command"]})
    return found


def exported(
    net: torch.nn.Module, given: dict[str, torch.Tensor], more: dict[str, Any], about: Any
) -> bytes:
    """The network as ONNX, any number of pictures at once."""
    net = net.eval().to(memory_format=torch.contiguous_format)
    axes = {name: {0: "n", **more.get(name, {})} for name in given} | {"scores": {0: "n"}}
    if "codes" in given:
        axes["scores"][1] = "t1"
    held = io.BytesIO()
    with torch.inference_mode(), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the older exporter keeps shapes open where we need it
        torch.onnx.export(
            net, tuple(given.values()), held, input_names=list(given), output_names=["scores"],
            dynamic_axes=axes, opset_version=17, dynamo=False,
        )  # fmt: skip
        wanted = net(*given.values()).numpy()
    model = onnx.load_from_string(held.getvalue())
    entry = model.metadata_props.add()
    entry.key, entry.value = "pincel", json.dumps(about)
    data = model.SerializeToString()
    session = onnxruntime.InferenceSession(data, providers=["CPUExecutionProvider"])
    got = session.run(None, {k: v.numpy() for k, v in given.items()})[0]
    far = float(np.abs(got - wanted)[np.abs(wanted) < 1000].max())
    if far > 1e-3:
        raise SystemExit(f"torch and ONNX differ by {far}")
    for value in given.values():  # one alone, another number than it was traced with
        assert len(value[:1])
    session.run(None, {k: v[:1].numpy() for k, v in given.items()})
    return data


if __name__ == "__main__":
    main()
