"""Teach the two classifiers of sprites: the referee that judges drawings, the ranker that ships.

    python tools/train_judges.py referee DATA.npz RUN --minutes 12
    python tools/train_judges.py ranker DATA.npz RUN --minutes 12
    python tools/train_judges.py ranker DATA.npz RUN --minutes 6 --wide   # what `draw` chooses by
    python tools/train_judges.py referee DATA.npz RUN --minutes 30 --photos --foreign twemoji

With --wide they tell apart every word of which the data has enough sprites, not the 100 classes
only. With --photos they begin with a network that has learned to see from photographs. The hand of
--foreign is never learned from: how well its drawings are named says what a judge is worth for
drawings by someone new.

DATA.npz comes from tools/sprites_data.py. They share nothing but the data: other seed, other
widths, other ways of changing what they see. Colours are changed so that they learn shapes. Neither
sees held-out captions, nor 6 % of each class's other sprites. Minutes are those of the processor;
interrupted, the same command goes on. RUN/best.safetensors is the result, RUN/judged.json how good
it is on both held-out parts.
"""

from __future__ import annotations

import argparse
import itertools
import json
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import torch

from by_the_clock import ByTheClock
from pincel import atomic
from pincel.art import lexicon
from pincel.art.scale2x import scale2x
from pincel.learn import prepare
from pincel.learn.drawing import reduced
from pincel.nets import cnn, pretrained
from pincel.nets._network import Model, Net, model_bytes, open_model
from pincel.pixels import color

WHICH = {
    "referee": {"seed": 7001, "widths": (16, 32, 64, 128), "hue": 0.6, "shuffle": 0.15},
    "ranker": {
        "seed": 11,
        "widths": (20, 48, 88, 144),
        "hue": 0.4,
        "noise": 0.5,
        "box": 0.3,
        "coarse": 0.4,
    },  # it chooses among sketches, too
}
BATCH, RATE = 64, 3e-3
SEEN_LARGE = {"side": 96, "rate": 1e-3, "batch": 32}
WITHIN = 0.06
ENOUGH = 5


class Shapes:
    """Labelled sprites of both sides as 32x32 index grids and OKLab palettes."""

    def __init__(self, path: Path, wide: bool = False, foreign: str = "") -> None:
        grids, palettes, labels, held, coarse, hands = [], [], [], [], [], []
        self.classes = _wide_classes(path) if wide else lexicon.classes()
        with np.load(path, allow_pickle=False) as file:
            for side in (16, 32):
                label = file[f"a{side}_label"]
                if wide:
                    label = _labels(file[f"a{side}_head"], self.classes)
                rows = np.flatnonzero(label >= 0)
                index = file[f"a{side}_index"][rows]
                grids.append(index.repeat(32 // side, 1).repeat(32 // side, 2))
                palettes.append(file[f"a{side}_palette"][rows])
                lab = color.srgb_to_oklab(palettes[-1][:, 1:])
                sketch = index if side == 16 else reduced(index, lab)
                coarse.append(np.stack([
                    sketch.repeat(2, 1).repeat(2, 2), np.stack([scale2x(one) for one in sketch])
                ], 1))  # fmt: skip
                labels.append(label[rows])
                held.append(file[f"a{side}_held"][rows])
                hands.append(file[f"a{side}_source"][rows] == foreign)
        self.index = np.concatenate(grids)
        self.coarse = np.concatenate(coarse)
        self.palette = color.srgb_to_oklab(np.concatenate(palettes))
        self.label = np.concatenate(labels).astype(np.int64)
        self.part = np.where(np.concatenate(held), "captions", "train").astype("<U8")
        self.part[np.concatenate(hands)] = "foreign"
        draw = np.random.default_rng(3)
        for label in np.unique(self.label):
            rows = np.flatnonzero((self.label == label) & (self.part == "train"))
            self.part[draw.permutation(rows)[: round(WITHIN * len(rows))]] = "within"

    def shown(
        self,
        rows: np.ndarray,
        palette: np.ndarray | None = None,
        index: np.ndarray | None = None,
    ) -> np.ndarray:
        """(n, 32, 32, 4) uint8 RGBA."""
        index = self.index[rows] if index is None else index
        lab = self.palette[rows] if palette is None else palette
        rgb = color.to_bytes(color.oklab_to_srgb(lab))
        alpha = np.full((*rgb.shape[:2], 1), 255, np.uint8)
        table = np.concatenate([rgb, alpha], -1)
        table[:, 0] = 0
        return table[np.arange(len(rows))[:, None, None], index]


def _wide_classes(path: Path) -> list[str]:
    """The objects that at least `ENOUGH` sprites show, by name, the commonest first."""
    with np.load(path, allow_pickle=False) as file:
        heads = np.concatenate([file[f"a{side}_head"] for side in (16, 32)])
    words = lexicon.vocabulary()
    many = np.bincount(heads, minlength=len(words))
    kept = [n for n in np.argsort(-many, kind="stable") if n and many[n] >= ENOUGH]
    return [words[n]["en"] for n in kept if words[n]["kind"] == "object"]


def _labels(heads: np.ndarray, classes: list[str]) -> np.ndarray:
    """The class of each head, -1 for none."""
    words = lexicon.vocabulary()
    place = {name: number for number, name in enumerate(classes)}
    table = [place.get(w["en"], -1) if w["kind"] == "object" else -1 for w in words]
    return np.array(table)[heads]


def changed(shapes: Shapes, rows: np.ndarray, how: dict, rng: np.random.Generator) -> np.ndarray:
    """Sprites as they are seen this once: mirrored, moved, in other colours."""
    lab = shapes.palette[rows].copy()
    count = len(rows)
    turn = rng.uniform(-np.pi, np.pi, count) * (rng.random(count) < how["hue"])
    a, b = lab[..., 1].copy(), lab[..., 2].copy()
    cos, sin = np.cos(turn)[:, None], np.sin(turn)[:, None]
    lab[..., 1], lab[..., 2] = cos * a - sin * b, sin * a + cos * b
    lab[..., 1:] *= rng.uniform(0.5, 1.3, (count, 1, 1))
    lab[..., 0] = np.clip(lab[..., 0] * rng.uniform(0.8, 1.2, (count, 1)), 0, 1)
    if "noise" in how:
        some = rng.random((count, 1, 1)) < how["noise"]
        lab += some * rng.normal(0, 0.05, lab.shape)
    if "shuffle" in how:
        for n in np.flatnonzero(rng.random(count) < how["shuffle"]):
            lab[n, 1:, 1:] = lab[n, 1 + rng.permutation(lab.shape[1] - 1), 1:]
    index = shapes.index[rows]
    for n in np.flatnonzero(rng.random(count) < how.get("coarse", 0)):
        index[n] = shapes.coarse[rows[n], rng.integers(2)]
    pictures = shapes.shown(rows, lab, index)
    out = np.zeros_like(pictures)
    for n, picture in enumerate(pictures):
        if rng.random() < 0.5:
            picture = picture[:, ::-1]
        dy, dx = rng.integers(-4, 5, 2)
        height, width = 32 - abs(dy), 32 - abs(dx)
        top, left = max(dy, 0), max(dx, 0)
        up, side = max(-dy, 0), max(-dx, 0)
        out[n, top : top + height, left : left + width] = picture[
            up : up + height, side : side + width
        ]
        if rng.random() < how.get("box", 0):
            y, x = rng.integers(0, 24, 2)
            out[n, y : y + 8, x : x + 8] = 0
    return out


def _in_order(model: Model, classes: list[str]) -> dict[str, torch.Tensor]:
    """The weights of a classifier whose classes are the same in another order, in this order."""
    found, names = model.net.state_dict(), list(model.about["classes"])
    if set(names) == set(classes):
        order = torch.tensor([names.index(name) for name in classes])
        found |= {k: v[order] for k, v in found.items() if k.startswith("head.")}
    return found


class Judge(ByTheClock):
    """One classifier in training."""

    family, clip, climb, least, decay = "cnn", 2.0, 100, 0.01, 0.998

    def __init__(self, asked: argparse.Namespace) -> None:
        self.how = WHICH[asked.which]
        self.shapes = Shapes(asked.data, asked.wide, asked.foreign)
        self.classes = self.shapes.classes
        self.about = prepare.preparation_facts(
            self.shapes.shown(np.flatnonzero(self.shapes.part == "train")), "nearest"
        )
        torch.manual_seed(self.how["seed"])
        self.family = "pretrained" if asked.photos else "cnn"
        self.batch, rate = (SEEN_LARGE["batch"], SEEN_LARGE["rate"]) if asked.photos else (
            BATCH, RATE)  # fmt: skip
        net = self._new(asked.photos)
        if asked.start is not None:
            own, found = net.state_dict(), _in_order(open_model(asked.start), self.classes)
            net.load_state_dict(own | {k: v for k, v in found.items() if v.shape == own[k].shape})
        optimizer = torch.optim.AdamW(net.parameters(), rate, weight_decay=0.05)
        super().__init__(asked.run, net, {"net": optimizer}, {"batch": self.batch, "rate": rate},
                         self.how["seed"], time.process_time, asked.minutes,
                         2.0 if asked.photos else 0.5)  # fmt: skip

    def _new(self, photos: bool) -> Net:
        """A network from scratch, or one that knows photographs."""
        many = len(self.classes)
        if photos:
            large = pretrained.Net(
                pretrained.Config(channels=4, classes=many, side=SEEN_LARGE["side"])
            )
            pretrained.start(large)
            return large
        config = cnn.Config(channels=4, classes=many, widths=self.how["widths"], dropout=0.2)
        return cnn.Net(config).to(memory_format=torch.channels_last)  # 1.6 times as fast

    def batches(self, first: int) -> Iterator[tuple[torch.Tensor, torch.Tensor]]:
        """Classes with many sprites are shown less often than they are many."""
        rows = np.flatnonzero(self.shapes.part == "train")
        labels = self.shapes.label[rows]
        many = np.bincount(labels, minlength=len(self.classes))
        chance = 1 / np.sqrt(many[labels])
        chance /= chance.sum()
        for number in itertools.count(first):
            rng = np.random.default_rng([self.how["seed"], number])
            chosen = rng.choice(rows, self.batch, p=chance)
            pictures = changed(self.shapes, chosen, self.how, rng)
            yield self.prepared(pictures), torch.from_numpy(self.shapes.label[chosen])

    def prepared(self, pictures: np.ndarray) -> torch.Tensor:
        """As the network reads them: (n, 4, 32, 32) float32."""
        mean, std = (np.array(self.about[k], np.float32) for k in ("mean", "std"))
        scaled = (pictures.astype(np.float32) / 255 - mean) / std
        return torch.from_numpy(scaled).permute(0, 3, 1, 2)

    def told(self, net: Net, losses: dict[str, float]) -> None:
        """Judge on both held-out parts, keep everything."""
        assert isinstance(net, cnn.Net | pretrained.Net)
        facts = {"step": self.done, "minutes": round(self.seconds / 60, 2),
                 "loss": round(losses["net"], 4)}  # fmt: skip
        for part in ("captions", "within", "foreign"):
            if (self.shapes.part == part).any():
                facts |= self.scores(net, part)
        print(json.dumps(facts), flush=True)
        self.run.log(facts)
        about = {
            "classes": self.classes, "prepare": self.about, "metrics": facts,
            "command": self.command, "seed": self.seed,
            "data": {"name": "sprites", "train": int((self.shapes.part == "train").sum())},
        }  # fmt: skip
        self.run.keep_best(model_bytes(Model(self.family, net, about)))
        atomic.write_whole(self.run.folder / "judged.json", json.dumps(facts).encode())

    def scores(self, net: cnn.Net | pretrained.Net, part: str) -> dict[str, float]:
        """Top-1 and top-5 on sprites it has not learned from."""
        rows = np.flatnonzero(self.shapes.part == part)
        right = []
        with torch.inference_mode():
            for start in range(0, len(rows), 256):
                here = rows[start : start + 256]
                best = net.logits(self.prepared(self.shapes.shown(here))).topk(5).indices.numpy()
                right.append(best == self.shapes.label[here][:, None])
        hits = np.concatenate(right)
        return {
            f"{part}_n": len(rows),
            f"{part}_top1": round(float(hits[:, 0].mean()), 4),
            f"{part}_top5": round(float(hits.any(1).mean()), 4),
        }


def main() -> None:
    """Train one of the two."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("which", choices=tuple(WHICH))
    parser.add_argument("data", type=Path)
    parser.add_argument("run", type=Path)
    parser.add_argument("--minutes", type=float, required=True)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--wide", action="store_true")
    parser.add_argument("--photos", action="store_true", help="begin with a network of photographs")
    parser.add_argument("--foreign", default="", help="a source that is never learned from")
    parser.add_argument("--start", type=Path, help="weights to begin from where shapes agree")
    asked = parser.parse_args()
    torch.set_num_threads(asked.threads)
    Judge(asked).go()


if __name__ == "__main__":
    main()
