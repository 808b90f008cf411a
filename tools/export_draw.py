"""Write the networks behind `pincel draw` for ONNX Runtime.

    python tools/export_draw.py SKETCHER.safetensors FINISHER.safetensors OUT/ [--shipped]

Weights are held in 16 bits. OUT gets sketcher.onnx and finisher.onnx (with --shipped: under the
names of the package's weights). Each is run once and compared with torch; a difference above 1 % is
an error.
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
from pincel.learn.drawing import STYLES
from pincel.make.words.draw import SHIPPED
from pincel.nets._network import Model, open_model
from pincel.nets.diffusion import HINTS
from pincel.nets.masked import GUIDE, SEEN
from settled import halved, settled


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
        atomic.write_whole(asked.out / name, data)
        print(f"{name}: {len(data) / 1e6:.1f} MB")


def parts(sketcher: Model, finisher: Model) -> dict[str, bytes]:
    """The bytes of each part."""
    config: Any = sketcher.net.config
    words = torch.zeros(2, config.words, dtype=torch.int64)
    words[:, 0] = 1
    about = {"vocabulary": config.vocabulary - STYLES, "command": sketcher.about["command"]}
    unet: Any = sketcher.net.unet
    shape = (config.side, config.side)
    given = {
        "x": torch.randn(2, config.channels, *shape),
        "t": torch.tensor([0.3, 0.8]),
        "words": words,
        "hints": torch.rand(2, config.channels + HINTS, *shape),
    }
    found = {"sketcher": settled(exported(unet, given, about))}
    own: Any = finisher.net.config
    given = {
        "seen": torch.rand(2, SEEN + GUIDE * own.guided, own.side, own.side),
        "palette": torch.rand(2, own.colors, 5),
        "valid": torch.rand(2, own.colors) > 0.3,
        "words": words,
    }
    found["finisher"] = exported(finisher.net, given, {"command": finisher.about["command"]})
    return found


def exported(net: torch.nn.Module, given: dict[str, torch.Tensor], about: Any) -> bytes:
    """The network as ONNX, any number of pictures at once."""
    net = net.eval().to(memory_format=torch.contiguous_format)
    axes = {name: {0: "n"} for name in [*given, "answer"]}
    held = io.BytesIO()
    with torch.inference_mode(), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the older exporter keeps shapes open where we need it
        torch.onnx.export(
            net, tuple(given.values()), held, input_names=list(given), output_names=["answer"],
            dynamic_axes=axes, opset_version=17, dynamo=False,
        )  # fmt: skip
        wanted = net(*given.values()).numpy()
    model = halved(onnx.load_from_string(held.getvalue()))
    entry = model.metadata_props.add()
    entry.key, entry.value = "pincel", json.dumps(about)
    data = model.SerializeToString()
    session = onnxruntime.InferenceSession(data, providers=["CPUExecutionProvider"])
    got = session.run(None, {k: v.numpy() for k, v in given.items()})[0]
    near = np.abs(wanted) < 1000
    far = float(np.abs(got - wanted)[near].max() / np.abs(wanted[near]).max())
    if far > 0.01:
        raise SystemExit(f"torch and ONNX differ by {far}")
    # one alone: another number than it was traced with
    session.run(None, {k: v[:1].numpy() for k, v in given.items()})
    return data


if __name__ == "__main__":
    main()
