"""Teach the network that finds the head in a drawn picture, for `pincel translate`.

    python tools/train_finder.py DATA OUT.pt --minutes 4

DATA holds what `face_pairs.py` made. A drawn face is put somewhere on a ground, among things that
are no faces; a third of the pictures, with bundled photos among them, show none. From 64 x 64
pixels the network says for each of 8 x 8 cells whether a head's middle is there, where exactly,
and how large its frame is. It is written as ONNX by `export_translator.py`.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

import numpy as np
import torch
from PIL import Image
from torch import Tensor
from torch.nn import functional

import scenery
from drawn_styles import DRAWN, UNSEEN
from face_pairs import CROP, FRAME
from head_finder import CELLS, SIDE, Finder


class Scenes:
    """Pictures with a head somewhere, or with none."""

    def __init__(self, paths: list[Path], seed: int) -> None:
        hidden = [list(DRAWN).index(name) for name in UNSEEN]
        kept = []
        for path in paths:
            file = np.load(path)
            kept.append(file["drawn"][~np.isin(file["facts"][:, 0], hidden)][::2])
        self.drawn = np.concatenate(kept)
        self.rng = np.random.default_rng(seed)
        self.photos = scenery.photos()

    def batch(self, size: int) -> tuple[Tensor, Tensor]:
        """Pictures (n, 3, 64, 64) and (n, 4): is there a head; its middle, and its frame's side,
        in pictures."""
        pictures, told = zip(*(self._scene() for _ in range(size)), strict=True)
        shown = torch.from_numpy(np.stack(pictures)).movedim(3, 1).float() / 255
        return shown, torch.tensor(np.array(told, np.float32))

    def _ground(self) -> np.ndarray:
        rng = self.rng
        kind = rng.random()
        if kind < 0.2:
            photo = self.photos[rng.integers(len(self.photos))]
            side = int(rng.integers(48, min(photo.shape[:2])))
            y, x = (int(rng.integers(0, n - side + 1)) for n in photo.shape[:2])
            crop = Image.fromarray(photo[y : y + side, x : x + side])
            return np.array(crop.resize((SIDE, SIDE), Image.Resampling.BOX))
        coarse = int(rng.choice([1, 1, 2, 3, 6]))
        colors = rng.integers(0, 256, (coarse, coarse, 3), dtype=np.uint8)
        if rng.random() < 0.5:
            colors = (128 + colors // 2).astype(np.uint8)
        how = Image.Resampling.NEAREST if rng.random() < 0.3 else Image.Resampling.BILINEAR
        ground = np.array(Image.fromarray(colors).resize((SIDE, SIDE), how))
        for _ in range(int(rng.integers(0, 5))):
            self._blot(ground)
        return ground

    def _blot(self, ground: np.ndarray) -> None:
        """Something that is no face."""
        rng = self.rng
        y, x = np.mgrid[:SIDE, :SIDE]
        cy, cx = rng.integers(0, SIDE, 2)
        ry, rx = rng.integers(2, 22, 2)
        if rng.random() < 0.5:
            inside = ((y - cy) / ry) ** 2 + ((x - cx) / rx) ** 2 < 1
        else:
            inside = (abs(y - cy) < ry) & (abs(x - cx) < rx)
        ground[inside] = rng.integers(0, 256, 3)

    def _scene(self) -> tuple[np.ndarray, tuple[float, float, float, float]]:
        rng, ground = self.rng, self._ground()
        if rng.random() < 0.33:
            return ground, (0.0, 0.5, 0.5, 1.0)
        frame = float(np.exp(rng.uniform(np.log(0.28), np.log(1.15)))) * SIDE
        low, high = 0.25 * frame, SIDE - 0.25 * frame
        cx, cy = rng.uniform(min(low, high), max(low, high), 2)
        face = Image.fromarray(self.drawn[rng.integers(len(self.drawn))]).convert("RGBa")
        side = max(8, round(frame * CROP / FRAME))
        face = face.resize((side, side), Image.Resampling.BOX).convert("RGBA")
        whole = Image.fromarray(ground)
        whole.paste(face, (round(cx - side / 2), round(cy - side / 2)), face)
        return np.array(whole), (1.0, cx / SIDE, cy / SIDE, frame / SIDE)


def loss_of(told: Tensor, true: Tensor) -> Tensor:
    """Which cell (or none), and there the place and size."""
    there, x, y, side = true.T
    column, row = ((v * CELLS).long().clamp(0, CELLS - 1) for v in (x, y))
    scores = torch.cat([told[:, 0].flatten(1), torch.zeros(len(told), 1)], 1)
    cell = torch.where(there > 0, row * CELLS + column, torch.tensor(CELLS**2))
    loss = functional.cross_entropy(scores, cell, label_smoothing=0.05)
    own = told[torch.arange(len(told)), 1:, row, column]
    right = torch.stack([x * CELLS - column - 0.5, y * CELLS - row - 0.5, side.log()], 1)
    far = functional.smooth_l1_loss(own, right, reduction="none", beta=0.1).sum(1)
    return loss + (far * there).sum() / there.sum().clamp(min=1)


def main() -> None:
    """Teach for some minutes of the processor, and keep."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--minutes", type=float, default=4)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(asked.seed)
    scenes = Scenes(sorted(asked.data.glob("train*.npz")), asked.seed)
    net = Finder()
    optimizer = torch.optim.AdamW(net.parameters(), 3e-3, weight_decay=0.01)
    begun, losses = time.process_time(), []
    while (far := (time.process_time() - begun) / 60 / asked.minutes) < 1:
        for group in optimizer.param_groups:
            group["lr"] = 3e-3 * (1 - far) + 1e-5
        pictures, true = scenes.batch(64)
        loss = loss_of(net(pictures), true)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(float(loss.detach()))
        if len(losses) % 200 == 0:
            print(len(losses), round(float(np.mean(losses[-200:])), 3), flush=True)
    torch.save(net.state_dict(), asked.out)
    _say(net.eval(), scenes)


def _say(net: Finder, scenes: Scenes) -> None:
    pictures, true = scenes.batch(1000)
    with torch.inference_mode():
        told = net(pictures)
    score, place = told[:, 0].flatten(1).max(1)
    own = told.flatten(2)[torch.arange(len(told)), 1:, place]
    x = (place % CELLS + 0.5 + own[:, 0]) / CELLS
    y = (place // CELLS + 0.5 + own[:, 1]) / CELLS
    there = true[:, 0] > 0
    off = torch.hypot(x - true[:, 1], y - true[:, 2]) / true[:, 3]
    print("found", float((score > 0)[there].float().mean()),
          "false", float((score > 0)[~there].float().mean()),
          "off by (frames)", float(off[there].median()), float(off[there].quantile(0.9)),
          "size", float((own[:, 2].exp() / true[:, 3])[there].log().abs().median()))  # fmt: skip


if __name__ == "__main__":
    main()
