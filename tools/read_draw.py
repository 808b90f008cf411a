"""Read the shipped networks of `draw` back into torch, so that a training goes on from them.

    python tools/read_draw.py OUT/ [--parents parents.json]

OUT gets sketcher.safetensors and finisher.safetensors for `train_draw.py --start`. ONNX renames and
turns weights, so an untrained network of the same shape, every weight of which is known, is
exported in the same way: where its numbers land, those of the shipped file are found. The words
that the vocabulary has gained since get rows of their own: that of a near word ("parents" maps the
id of a new word to an English one), or the mean of all objects, and a little chance.
"""

from __future__ import annotations

import argparse
import json
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch

from export_draw import exported
from pincel import atomic
from pincel.art.lexicon import vocabulary
from pincel.learn.drawing import STYLES
from pincel.make.words.draw import SHIPPED
from pincel.nets import diffusion, masked
from pincel.nets._network import Model, Net, model_bytes
from settled import settled
from train_draw import FINISHER, SKETCHER

_NEAR = 3e-4
_TABLES = ("words.word.weight", "words.usual.weight", "word.weight")
WORDS = 13


def main() -> None:
    """Read both, write both."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("out", type=Path)
    parser.add_argument("--parents", type=Path)
    asked = parser.parse_args()
    parents = json.loads(asked.parents.read_text("utf-8")) if asked.parents else {}
    for part in ("sketcher", "finisher"):
        shipped = onnx.load(str(resources.files("pincel") / "weights" / f"{SHIPPED}.{part}.onnx"))
        words = len(_values(shipped)["words.word.weight" if part == "sketcher" else "word.weight"])
        found = weights(part, words, shipped)
        for name in _TABLES:
            if name in found:
                found[name] = grown(found[name], words - STYLES, parents)
        net = made(part, len(vocabulary()) + STYLES)
        (net.unet if part == "sketcher" else net).load_state_dict(found)
        about = {"words": [w["en"] for w in vocabulary()], "command": "read_draw.py", "seed": 0,
                 "classes": [], "metrics": {}, "prepare": {"size": [16, 16]}}  # fmt: skip
        family = "diffusion" if part == "sketcher" else "masked"
        data = model_bytes(Model(family, net, about))
        atomic.write_whole(asked.out / f"{part}.safetensors", data)
        print(f"{part}: {len(found)} weights, {words - STYLES} words grown to {len(vocabulary())}")


def made(part: str, words: int) -> Any:
    """An untrained network of a part, for so many words."""
    if part == "sketcher":
        return diffusion.Net(diffusion.Config(vocabulary=words, words=WORDS, **SKETCHER))
    return masked.Net(masked.Config(vocabulary=words, words=WORDS, **FINISHER))


def weights(part: str, words: int, shipped: onnx.ModelProto) -> dict[str, torch.Tensor]:
    """The weights of a shipped part by their names in torch. SystemExit when one is not found."""
    torch.manual_seed(0)
    net = made(part, words)
    with torch.no_grad():
        for weight in net.parameters():
            weight.copy_(0.1 * torch.randn_like(weight))
    inner: Net = net.unet if part == "sketcher" else net
    data = exported(inner, _given(part, net), {})
    mine = _values(onnx.load_from_string(settled(data) if part == "sketcher" else data))
    theirs = _values(shipped)
    found = {}
    for name, weight in inner.state_dict().items():
        place = _place(weight.numpy(), mine)
        if place is not None:
            key, turned = place
            values = theirs[key].T if turned else theirs[key]
            found[name] = torch.from_numpy(values.reshape(weight.shape).copy())
        elif not weight.any():
            found[name] = weight  # a buffer that drawing does not use
        else:
            raise SystemExit(f"{part}: {name} is not in the file")
    return found


def _place(wanted: np.ndarray, among: dict[str, np.ndarray]) -> tuple[str, bool] | None:
    """The name under which these numbers stand, and whether they are turned."""
    for name, values in among.items():
        if values.size != wanted.size:
            continue
        for turned in (False, True):
            flat = (values.T if turned else values).reshape(-1)
            if np.allclose(flat, wanted.reshape(-1), atol=_NEAR, rtol=2e-3):
                return name, turned
    return None


def _values(model: onnx.ModelProto) -> dict[str, np.ndarray]:
    return {
        held.name.removesuffix(".half"): onnx.numpy_helper.to_array(held).astype(np.float32)
        for held in model.graph.initializer
    }


def _given(part: str, net: Any) -> dict[str, torch.Tensor]:
    """Something to trace the network with."""
    words = torch.ones(2, WORDS, dtype=torch.int64)
    if part == "sketcher":
        side, channels = net.config.side, net.config.channels
        return {"x": torch.randn(2, channels, side, side), "t": torch.tensor([0.3, 0.8]),
                "words": words, "hints": torch.rand(2, channels + 3, side, side)}  # fmt: skip
    own = net.config
    planes = masked.SEEN + masked.GUIDE * own.guided
    return {"seen": torch.rand(2, planes, own.side, own.side),
            "palette": torch.rand(2, own.colors, 5),
            "valid": torch.rand(2, own.colors) > 0.3, "words": words}  # fmt: skip


def grown(table: torch.Tensor, words: int, parents: dict[str, str | None]) -> torch.Tensor:
    """A table of `words` words and the styles after them, with rows for the words that are new."""
    now = vocabulary()
    chance = torch.Generator().manual_seed(0)
    found = torch.zeros(len(now) + STYLES, table.shape[1])
    found[:words], found[-STYLES:] = table[:words], table[words : words + STYLES]
    objects = [w["id"] for w in now[1:words] if w["kind"] == "object"]
    place = {now[n]["en"]: n for n in objects}
    mean, spread = table[objects].mean(0), table[objects].std(0)
    for number in range(words, len(now)):
        near = parents.get(str(number))
        base = table[place[near]] if near in place else mean
        noise = torch.randn(table.shape[1], generator=chance)
        found[number] = 0.8 * base + 0.3 * spread * noise
    return found


if __name__ == "__main__":
    main()
