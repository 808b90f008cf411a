"""Write the networks behind `pincel translate` for ONNX Runtime.

    python tools/export_translator.py RUN/best.safetensors FINDER.pt OUT/ [--shipped]

Weights are held in 16 bits. OUT gets translator.onnx and finder.onnx (with --shipped: under the
names of the package's weights). Each is run once and compared with torch.
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

from head_finder import Finder
from pincel import atomic
from pincel.look.onnx_session import KEY
from pincel.make.pictures.translate import SHIPPED
from pincel.make.pictures.whole_parts import letters_of
from pincel.nets._network import Model, open_model
from settled import halved


class Told(torch.nn.Module):
    """What the shipped translator says: with the numbers that tell how sure it is."""

    def __init__(self, net: Any) -> None:
        super().__init__()
        self.net = net

    def forward(self, planes: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """As `Net.told` of the family."""
        return self.net.told(planes)


def main() -> None:
    """Export both."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("translator", type=Path)
    parser.add_argument("finder", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--shipped", action="store_true")
    asked = parser.parse_args()
    finder = Finder().eval()
    finder.load_state_dict(torch.load(asked.finder, weights_only=True))
    for part, data in parts(open_model(asked.translator), finder).items():
        name = f"{SHIPPED}.{part}.onnx" if asked.shipped else f"{part}.onnx"
        atomic.write_whole(asked.out / name, data)
        print(f"{name}: {len(data) / 1e6:.2f} MB")


def parts(translator: Model, finder: torch.nn.Module) -> dict[str, bytes]:
    """The bytes of each part."""
    config: Any = translator.net.config
    about = {"side": config.sprite, "roles": translator.about.get("roles", []),
             "command": translator.about.get("command", "")}  # fmt: skip
    if "lens" in about["roles"]:
        about["whole"] = whole()
    side = config.side
    return {
        "translator": exported(
            Told(translator.net),
            torch.rand(2, 3, side, side),
            ("scores", "colors", "spread"),
            about,
        ),
        "finder": exported(finder, torch.rand(2, 3, 64, 64), ("told",), {}),
    }


def whole() -> list[dict[str, Any]]:
    """Glasses and beards as `whole_parts` reads them, and what hangs over them."""
    from pixel_faces import ROLE, Face, hair_masks, is_long, roles_of, worn

    over = [ROLE[role] for role in ("hair", "hair shade", "hat", "hat shade")]
    glasses, beards = [], []
    for kind in ("clear", "dark"):
        frame, lens = worn(kind)
        glasses.append(np.where(frame, ROLE["glasses"], np.where(lens, ROLE["lens"], -1)))
    for kind in ("full", "goatee", "moustache"):
        grown = roles_of(Face("", "plain", "", kind, "", {})) == ROLE["beard"]
        beards.append(np.where(grown, ROLE["beard"], -1))
    hidden = [*over, ROLE["glasses"], ROLE["lens"]]
    found: list[dict[str, Any]] = [
        {"over": above, "margin": MARGIN, "shapes": [letters_of(shape) for shape in shapes]}
        for above, shapes in ((over, glasses), (hidden, beards))
    ]
    short = [roles_of(Face(name, "plain", "", "", "", {})) for name, mask in hair_masks().items()
             if not is_long(mask)]  # fmt: skip
    hair = [np.where(np.isin(roles, over[:2]), roles, -1) for roles in short]
    found.append({"over": [], "margin": HAIR_MARGIN, "few": FEW, "beside": over[2:],
                  "shapes": [letters_of(shape) for shape in hair]})  # fmt: skip
    return found


HAIR_MARGIN, FEW = -1.0, 16
"""Chosen on a style never learned (avataaars) and on new faces of learned ones: a little is hair
more often than none."""
MARGIN = 0.7
"""Chosen on faces that the network never learned from: more loses glasses that are there, less
draws moustaches where a cheek has a fold."""


def exported(
    net: torch.nn.Module, given: torch.Tensor, answers: tuple[str, ...], about: dict[str, Any]
) -> bytes:
    """The network as ONNX, any number of pictures at once; it must answer as torch does."""
    net = net.eval().to(memory_format=torch.contiguous_format)
    held = io.BytesIO()
    with torch.inference_mode(), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the older exporter keeps shapes open where we need it
        torch.onnx.export(
            net, (given,), held, input_names=["pictures"], output_names=list(answers),
            dynamic_axes={name: {0: "n"} for name in ("pictures", *answers)},
            opset_version=17, dynamo=False,
        )  # fmt: skip
        right = net(given)
    model = halved(named(onnx.load_from_string(held.getvalue())))
    onnx.helper.set_model_props(model, {KEY: json.dumps(about)})
    data = model.SerializeToString()
    found = onnxruntime.InferenceSession(data, providers=["CPUExecutionProvider"]).run(
        None, {"pictures": given.numpy()}
    )
    for ours, theirs in zip(right if isinstance(right, tuple) else (right,), found, strict=True):
        far = float(np.abs(ours.numpy() - theirs).max() / np.abs(theirs).max())
        if far > 0.02:
            raise SystemExit(f"ONNX differs from torch by {100 * far:.1f} %")
    return data


def named(model: onnx.ModelProto) -> onnx.ModelProto:
    """The same network; all its weights are called as torch calls them, without what wraps the
    network (the exporter calls those of group norm by numbers)."""
    names = {}
    for node in model.graph.node:
        for place, given in enumerate(node.input):
            if given.startswith("onnx::") and node.op_type in ("Mul", "Add"):
                path: list[str] = []
                for part in node.name.split("/")[1:-1]:
                    path = [part] if path and part.startswith(path[-1] + ".") else [*path, part]
                end = "weight" if node.op_type == "Mul" else "bias"
                names[given] = ".".join([*path, end])
                node.input[place] = names[given]
    for held in model.graph.initializer:
        held.name = names.get(held.name, held.name)
    own = {held.name: held.name.removeprefix("net.") for held in model.graph.initializer}
    for held in model.graph.initializer:
        held.name = own[held.name]
    for node in model.graph.node:
        node.input[:] = [own.get(given, given) for given in node.input]
    return model


if __name__ == "__main__":
    main()
