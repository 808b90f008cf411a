"""Teach the networks behind `pincel draw`.

    python tools/train_draw.py sketcher DATA.npz RUN --minutes 100 [--net "width=64"]
    python tools/train_draw.py finisher DATA.npz RUN --minutes 30

DATA.npz comes from tools/sprites_data.py. The sketcher draws 16 x 16 and writes palettes; the
finisher draws a sketch out to 32 x 32. The learning rate follows the clock: the training ends when
its minutes are over. Interrupted, the same command goes on. Every few minutes the averaged weights
are judged on held-out captions and kept (best.safetensors), and some prompts are drawn.
"""

from __future__ import annotations

import argparse
import json
import math
import shlex
import sys
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch

from pincel import __version__
from pincel.art.unmask import Pace, Palettes, uncover, write_palette
from pincel.learn.drawing import LARGE, SMALL, STYLES, Sights, codebook, coded, open_drawings
from pincel.learn.loop import Averaged, train
from pincel.learn.run import Run, State, load_into
from pincel.make.prompt import vocabulary
from pincel.nets import masked
from pincel.nets._network import Model, model_bytes, open_model
from pincel.pixels import color, encode

SKETCHER = {"width": 64, "deep": 128, "blocks": 2, "layers": 4, "heads": 4, "codes": 512,
            "writer": 96, "writer_layers": 2, "side": SMALL, "maps": 16}  # fmt: skip
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
    asked = parser.parse_args()
    torch.set_num_threads(asked.threads)
    Training(asked).go()


class Training:
    """One network, its data and its run."""

    def __init__(self, asked: argparse.Namespace) -> None:
        self.asked = asked
        words = vocabulary()
        small, large = open_drawings(asked.data, len(words))
        self.data = small if asked.which == "sketcher" else large
        more = np.where(self.data.label >= 0, asked.labelled, 1.0)
        self.data = replace(self.data, weight=self.data.weight * more)
        settings = SKETCHER if asked.which == "sketcher" else FINISHER
        settings = {**settings, **dict(p.split("=") for p in asked.net.split())}
        self.config = masked.Config(
            vocabulary=len(words) + STYLES, words=self.data.words.shape[1], **settings
        )
        torch.manual_seed(asked.seed)
        self.device = torch.device(asked.device)
        self.net = masked.Net(self.config)
        codes = None
        if self.config.codes:
            book = codebook(self.data, self.config.codes)
            self.net.codebook.copy_(torch.from_numpy(book))
            codes = coded(self.data, book)
        if asked.start is not None:
            model = open_model(asked.start)
            found, own = model.net.state_dict(), self.net.state_dict()
            fitting = {k: v for k, v in found.items() if k in own and own[k].shape == v.shape}
            if model.about["words"] != [w["en"] for w in words]:  # other words, other palettes
                lost = ("word.", "codebook", "writer.")
                fitting = {k: v for k, v in fitting.items() if not k.startswith(lost)}
            self.net.load_state_dict(own | fitting)
        self.net = self.net.to(self.device).to(memory_format=torch.channels_last)
        self.words = words
        colors = np.array([w["id"] for w in words if w["kind"] == "colour"])
        self.sights = Sights(self.data, codes, colors, asked.seed)
        self.optimizers = {
            part: torch.optim.AdamW(weights, asked.rate, betas=(0.9, 0.99), weight_decay=0.02)
            for part, weights in self.net.parts().items()
        }
        self.average = Averaged(self.net, 0.999)
        self.seconds, self.done, self.best = 0.0, 0, math.inf
        self.run = self._run()
        self.begun = time.monotonic()
        self.before = self.seconds

    def _run(self) -> Run:
        if (self.asked.run / "run.json").exists():
            run = Run.open(self.asked.run)
            state = run.last()
            if state is not None:
                self.net.load_state_dict(state.weights)
                for part, saved in state.optimizers.items():
                    load_into(self.optimizers[part], saved)
                self.average.weights = {k: v.to(self.device) for k, v in state.averaged.items()}
                self.done, self.seconds = state.step, state.counters["seconds"]
                self.best = state.counters["best"]
            return run
        command = shlex.join([Path(sys.argv[0]).name, *(Path(a).name for a in sys.argv[1:])])
        config = {
            "family": "masked",
            "config": self.config.model_dump(mode="json"),
            "recipe": {"batch": self.asked.batch, "rate": self.asked.rate,
                       "minutes": self.asked.minutes, "epochs": 1},
            "seed": self.asked.seed,
            "command": command,
            "data": {"name": "sprites"},
            "versions": {"pincel": __version__, "torch": torch.__version__.partition("+")[0]},
        }  # fmt: skip
        return Run.create(self.asked.run, config)

    def rate(self, step: int) -> float:
        """By the clock: a short climb, then half a cosine to nearly nothing."""
        far = min(1.0, self.seconds / (60 * self.asked.minutes))
        return min(1.0, step / 200) * (0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * far)))

    def go(self) -> None:
        """Learn until the minutes are over."""
        batches = (
            masked.Sight(*(None if v is None else v.to(self.device) for v in sight))
            for sight in self.sights.batches(self.asked.batch, self.done + 1)
        )
        losses: dict[str, list[float]] = {}
        last = self.seconds
        for step in train(self.net, batches, self.optimizers, done=self.done, clip=1.0,
                          seed=self.asked.seed, rate=self.rate):  # fmt: skip
            self.done = step.number
            self.seconds = self.before + time.monotonic() - self.begun
            self.average.update(self.net, step.number)
            for part, loss in step.losses.items():
                losses.setdefault(part, []).append(loss)
            over = self.seconds >= 60 * self.asked.minutes
            if over or self.seconds - last > 60 * self.asked.every:
                last = self.seconds
                self.told({k: float(np.mean(v)) for k, v in losses.items()})
                losses = {}
            if over:
                return

    def told(self, losses: dict[str, float]) -> None:
        """Judge, keep, draw."""
        judge = masked.Net(self.config)
        judge.load_state_dict(self.average.weights)
        judge.eval()
        held = self.judged(judge)
        entry = {"step": self.done, "seconds": round(self.seconds), **losses, **held}
        print(json.dumps({k: round(v, 4) for k, v in entry.items()}), flush=True)
        self.run.log(entry)
        model = Model("masked", judge, self.about(entry))
        if held["held"] < self.best:
            self.best = held["held"]
            self.run.keep_best(model_bytes(model))
        states = {part: o.state_dict() for part, o in self.optimizers.items()}
        counters = {"seconds": self.seconds, "best": self.best}
        self.run.keep(State(self.done, self.net.state_dict(), states, self.average.weights,
                            counters))  # fmt: skip
        self.run.keep_sample(f"{self.done:07}.png", self.drawn(judge))

    def about(self, entry: dict[str, float]) -> dict[str, object]:
        """What the model's file says."""
        used = self.data.used / np.maximum(self.data.used.max(1, keepdims=True), 1)
        ordered = -np.sort(-np.sqrt(used), 1)
        present = ordered > 0
        curve = (ordered * present).sum(0) / np.maximum(present.sum(0), 1)
        return {
            "words": [w["en"] for w in self.words],
            "rank": [round(float(v), 4) for v in curve],
            "seconds": round(self.seconds),
            "command": self.run.config["command"],
            "seed": self.asked.seed,
            "metrics": entry,
            "parameters": sum(p.numel() for p in self.net.parameters()),
            "prepare": {"size": [self.config.side] * 2, "channels": 4, "premultiplied": True,
                        "hard_alpha": True, "mean": [0.5] * 4, "std": [0.5] * 4,
                        "type": "uint8", "resize": "nearest"},
            "classes": [],
        }  # fmt: skip

    def judged(self, net: masked.Net) -> dict[str, float]:
        """Loss on held-out captions, under the same draws every time."""
        rows = np.flatnonzero(self.data.held)
        rows = rows[:: max(1, len(rows) // 512)]
        found: dict[str, list[float]] = {}
        with torch.inference_mode():
            for start in range(0, len(rows), 128):
                rng = np.random.default_rng([5, start])
                sight = self.sights.sight(rows[start : start + 128], rng, change=False)
                for part, loss in net.losses(sight):
                    found.setdefault(part, []).append(float(loss))
        means = {f"held_{k}": float(np.mean(v)) for k, v in found.items()}
        return {**means, "held": sum(means.values())}

    def drawn(self, net: masked.Net) -> bytes:
        """Held-out captions drawn: above what they show, below what is made of them."""
        rng = np.random.default_rng(3)
        rows = rng.choice(np.flatnonzero(self.data.held), 24, replace=False)
        d = self.data

        def scores(*given: np.ndarray) -> np.ndarray:
            with torch.inference_mode():
                return net(*(torch.from_numpy(g) for g in given)).float().numpy()

        def wrote(words: np.ndarray, codes: np.ndarray) -> np.ndarray:
            with torch.inference_mode():
                return net.writer(torch.from_numpy(words), torch.from_numpy(codes)).numpy()

        seeds = [int(r) for r in rows]
        if net.writer is not None:
            codes = write_palette(
                wrote, d.words[rows], seeds, self.config.colors, self.config.codes
            )
            book = net.codebook.numpy()
            curve = np.array(self.about({})["rank"], np.float32)
            valid = codes >= 0
            lab = book[np.maximum(codes, 0)]
            palettes = Palettes(lab, valid, np.where(valid, curve, -1).astype(np.float32))
        else:
            lab, valid = d.palette[rows], d.used[rows] > 0
            palettes = Palettes(lab, valid, np.full(valid.shape, -1, np.float32))
        side = d.index.shape[1]
        empty = np.zeros((len(rows), side, side), np.int64)
        made = uncover(
            scores, empty, np.ones(empty.shape, bool),
            palettes, d.words[rows], seeds,
            Pace() if d.sketch is None else Pace(steps=4, guidance=1.0, revise=2),
            sketch=None if d.sketch is None else d.sketch[rows],
        )  # fmt: skip
        real = _rgba(d.index[rows].astype(int), d.palette[rows])
        return encode.png(_rows(real, _rgba(made, lab)))


def _rgba(index: np.ndarray, lab: np.ndarray) -> np.ndarray:
    rgb = color.to_bytes(color.oklab_to_srgb(lab))
    table = np.concatenate([np.full_like(rgb[:, :1], 236), rgb], 1)
    shown = table[np.arange(len(index))[:, None, None], index]
    return np.concatenate([shown, np.full_like(shown[..., :1], 255)], -1)


def _rows(real: np.ndarray, made: np.ndarray, across: int = 12) -> np.ndarray:
    from pincel.learn.making import sheet

    lines = []
    for start in range(0, len(real), across):
        lines += [real[start : start + across], made[start : start + across]]
    return sheet(np.concatenate(lines), across, 2).repeat(3, 0).repeat(3, 1)


if __name__ == "__main__":
    main()
