"""Teach the networks behind `pincel draw`.

    python tools/train_draw.py sketcher DATA.npz RUN --minutes 100 [--net "width=64"]
    python tools/train_draw.py finisher DATA.npz RUN --minutes 30

DATA.npz comes from tools/sprites_data.py. The sketcher (diffusion, told words) draws 16 x 16; the
finisher (masked) draws a sketch out to 32 x 32. The learning rate follows the clock: the training
ends when its minutes are over. Interrupted, the same command goes on. Every few minutes the
averaged weights are judged on held-out captions and kept (best.safetensors), and some prompts are
drawn.
"""

from __future__ import annotations

import argparse
import json
import math
import time
from abc import abstractmethod
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import torch

from by_the_clock import ByTheClock
from pincel.art.unmask import Pace, PaletteBatch, uncover
from pincel.learn.drawing import LARGE, SMALL, STYLES, Scenes, Sights, open_drawings, rgba_of
from pincel.make.words.prompt import vocabulary
from pincel.nets import diffusion, masked
from pincel.nets._network import Model, Net, model_bytes, open_model
from pincel.pixels import encode

SKETCHER = {"channels": 4, "side": SMALL, "width": 40, "widen": (1, 2, 4), "blocks": (1, 2, 1),
            "hinted": True, "guidance": 3.0, "steps": 20}  # fmt: skip
FINISHER = {"width": 32, "deep": 64, "blocks": 1, "layers": 1, "heads": 2, "guided": True,
            "side": LARGE}  # fmt: skip


def main() -> None:
    """Train one of the two networks."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("which", choices=("sketcher", "finisher"))
    parser.add_argument("data", type=Path)
    parser.add_argument("run", type=Path)
    parser.add_argument("--minutes", type=float, required=True)
    parser.add_argument("--batch", type=int, default=32)
    parser.add_argument("--rate", type=float, default=1.5e-3)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--net", default="")
    parser.add_argument("--every", type=float, default=5, help="minutes between two judgements")
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--labelled", type=float, default=1, help="weight of the 100 classes")
    parser.add_argument("--start", type=Path, help="weights to begin from where shapes agree")
    parser.add_argument("--bf16", action="store_true", help="compute the sketcher in 16 bits")
    asked = parser.parse_args()
    torch.set_num_threads(asked.threads)
    (Sketching if asked.which == "sketcher" else Finishing)(asked).go()


class Training(ByTheClock):
    """One network and its data."""

    settings: dict[str, Any]

    def __init__(self, asked: argparse.Namespace) -> None:
        self.words = vocabulary()
        self.data = open_drawings(asked.data, len(self.words))[self.family == "masked"]
        more = np.where(self.data.label >= 0, asked.labelled, 1.0)
        self.data = replace(self.data, weight=self.data.weight * more)
        settings = {**self.settings, **dict(p.split("=") for p in asked.net.split())}
        self.device = torch.device(asked.device)
        torch.manual_seed(asked.seed)
        net = self.made(
            vocabulary=len(self.words) + STYLES, words=self.data.words.shape[1], **settings
        )
        if asked.start is not None:
            self.begin_from(asked.start, net)
        net = net.to(self.device).to(memory_format=torch.channels_last)
        optimizers: dict[str, torch.optim.Optimizer] = {
            part: torch.optim.AdamW(
                weights, asked.rate, betas=(0.9, 0.99), weight_decay=0.02, fused=True
            )
            for part, weights in net.parts().items()
        }
        if asked.bf16 and self.family == "diffusion":  # the weights stay in 32
            narrow = torch.autocast(self.device.type, torch.bfloat16)
            net.unet.forward = narrow(net.unet.forward)
        self.batch = asked.batch
        recipe = {"batch": asked.batch, "rate": asked.rate}
        super().__init__(asked.run, net, optimizers, recipe, asked.seed, time.monotonic,
                         asked.minutes, asked.every)  # fmt: skip
        self.prepare()

    def begin_from(self, path: Path, net: Net) -> None:
        """The weights of another network where shapes agree; of words only if they are the same."""
        model = open_model(path)
        found, own = model.net.state_dict(), net.state_dict()
        fitting = {k: v for k, v in found.items() if k in own and own[k].shape == v.shape}
        if model.about["words"] != [w["en"] for w in self.words]:
            lost = ("word.", "unet.words.word", "unet.words.usual")
            fitting = {k: v for k, v in fitting.items() if not k.startswith(lost)}
        net.load_state_dict(own | fitting)

    @abstractmethod
    def made(self, **settings: Any) -> Net:
        """The untrained network."""

    @abstractmethod
    def prepare(self) -> None:
        """What is needed besides the network."""

    @abstractmethod
    def shown(self, first: int) -> Iterator[Any]:
        """What the network learns from."""

    @abstractmethod
    def view(self, rows: np.ndarray, rng: np.random.Generator) -> Any:
        """Unchanged pictures for a judgement."""

    @abstractmethod
    def redrawn(self, net: Any, rows: np.ndarray) -> np.ndarray:
        """Pictures (n, s, s, 4) uint8 drawn for the words of these rows."""

    def batches(self, first: int) -> Iterator[Any]:
        """What the network learns from, on its device."""
        for batch in self.shown(first):
            yield type(batch)(*(None if v is None else v.to(self.device) for v in batch))

    def told(self, net: Net, losses: dict[str, float]) -> None:
        """Judge, keep, draw."""
        entry = {"step": self.done, "seconds": round(self.seconds), **losses,
                 "held": self.judged(net)}  # fmt: skip
        print(json.dumps({k: round(v, 4) for k, v in entry.items()}), flush=True)
        self.run.log(entry)
        if entry["held"] < self.counters.get("best", math.inf):
            self.counters["best"] = entry["held"]
            self.run.keep_best(model_bytes(Model(self.family, net, self.about(entry))))
        rows = np.random.default_rng(3).choice(np.flatnonzero(self.data.held), 24, replace=False)
        real = rgba_of(self.data.index[rows], self.data.palette[rows])
        self.run.keep_sample(f"{self.done:07}.png", _rows(real, self.redrawn(net, rows)))

    def about(self, entry: dict[str, float]) -> dict[str, object]:
        """What the model's file says."""
        return {
            "words": [w["en"] for w in self.words],
            "seconds": round(self.seconds),
            "command": self.command,
            "seed": self.seed,
            "metrics": entry,
            "parameters": sum(p.numel() for p in self.net.parameters()),
            "prepare": {"size": list(self.data.index.shape[1:]), "channels": 4,
                        "premultiplied": True, "hard_alpha": True, "mean": [0.5] * 4,
                        "std": [0.5] * 4, "type": "uint8", "resize": "nearest"},
            "classes": [],
        }  # fmt: skip

    def judged(self, net: Net) -> float:
        """Loss on held-out captions, under the same draws every time."""
        rows = np.flatnonzero(self.data.held)
        rows = rows[:: max(1, len(rows) // 512)]
        found: list[float] = []
        with torch.inference_mode():
            for start in range(0, len(rows), 128):
                torch.manual_seed(start)
                rng = np.random.default_rng([5, start])
                batch = self.view(rows[start : start + 128], rng)
                found += [float(loss) for _, loss in net.losses(batch)]
        return float(np.mean(found))


class Sketching(Training):
    """The sketcher: a diffusion network that is told words."""

    family, settings = "diffusion", SKETCHER

    def made(self, **settings: Any) -> Net:
        """The untrained network."""
        return diffusion.Net(diffusion.Config(**settings))

    def prepare(self) -> None:
        """Its view of the data."""
        colors = {w["en"]: w["id"] for w in self.words if w["kind"] == "colour"}
        self.scenes = Scenes(self.data, colors, self.seed)

    def shown(self, first: int) -> Iterator[Any]:
        """What the network learns from."""
        return self.scenes.batches(self.batch, first)

    def view(self, rows: np.ndarray, rng: np.random.Generator) -> Any:
        """Unchanged pictures for a judgement."""
        return self.scenes.sight(rows, rng, change=False)

    def redrawn(self, net: Any, rows: np.ndarray) -> np.ndarray:
        """Pictures (n, s, s, 4) uint8 drawn for the words of these rows."""
        x = net.sample([int(r) for r in rows], torch.from_numpy(self.data.words[rows]))
        x = (x.clamp(-1, 1).numpy() + 1) / 2
        alpha = x[:, 3:]
        bytes_ = np.round(255 * (x[:, :3] / np.maximum(alpha, 0.2)).clip(0, 1))
        made = np.concatenate([bytes_, 255 * (alpha > 0.5)], 1).astype(np.uint8)
        return np.moveaxis(made, 1, -1)


class Finishing(Training):
    """The finisher: a masked network that draws a sketch out."""

    family, settings = "masked", FINISHER

    def made(self, **settings: Any) -> Net:
        """The untrained network."""
        return masked.Net(masked.Config(**settings))

    def prepare(self) -> None:
        """Its view of the data."""
        colors = np.array([w["id"] for w in self.words if w["kind"] == "colour"])
        self.sights = Sights(self.data, colors, self.seed)

    def shown(self, first: int) -> Iterator[Any]:
        """What the network learns from."""
        return self.sights.batches(self.batch, first)

    def view(self, rows: np.ndarray, rng: np.random.Generator) -> Any:
        """Unchanged pictures for a judgement."""
        return self.sights.sight(rows, rng, change=False)

    def redrawn(self, net: Any, rows: np.ndarray) -> np.ndarray:
        """Pictures (n, s, s, 4) uint8 drawn for the words of these rows."""
        d = self.data
        assert d.sketch is not None

        def scores(*given: np.ndarray) -> np.ndarray:
            with torch.inference_mode():
                return net(*(torch.from_numpy(g) for g in given)).float().numpy()

        lab, valid = d.palette[rows], d.used[rows] > 0
        palettes = PaletteBatch(lab, valid, np.full(valid.shape, -1, np.float32))
        empty = np.zeros((len(rows), LARGE, LARGE), np.int64)
        made = uncover(
            scores, empty, np.ones(empty.shape, bool), palettes, d.words[rows],
            [int(r) for r in rows], Pace(steps=4, guidance=1.0, revise=2), sketch=d.sketch[rows],
        )  # fmt: skip
        return rgba_of(made, lab)


def _rows(real: np.ndarray, made: np.ndarray, across: int = 12) -> bytes:
    """Above what captions show, below what is made of them, on light grey."""
    from pincel.pixels.contact import picture_grid

    lines = []
    for start in range(0, len(real), across):
        lines += [real[start : start + across], made[start : start + across]]
    shown = np.concatenate(lines)
    shown = np.where(shown[..., 3:] > 0, shown, np.uint8(236))
    shown[..., 3] = 255
    return encode.png(picture_grid(shown, across, 2).repeat(3, 0).repeat(3, 1))


if __name__ == "__main__":
    main()
