"""Teach the network that finds the head in a drawn picture, for `pincel translate`.

    python tools/train_finder.py DATA SHARED OUT.pt --minutes 12 [--start FINDER.pt]

DATA holds what `face_pairs.py` made, SHARED the data sets that show none (`not_faces.py`). A drawn
face is put somewhere on a ground, among things that are no faces; nearly half of the pictures show
none: sprites of things and animals, cells, patterns, photographs, faces in pieces. From 64 x 64
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
from face_grounds import landscape
from face_pairs import CROP, FRAME
from head_finder import CELLS, SIDE, Finder
from not_faces import not_faces


class Scenes:
    """Pictures with a head somewhere, or with none."""

    def __init__(self, paths: list[Path], data: Path, seed: int) -> None:
        hidden = [list(DRAWN).index(name) for name in UNSEEN]
        kept, sprites = [], []
        for path in paths:
            file = np.load(path)
            seen = ~np.isin(file["facts"][:, 0], hidden)
            kept.append(file["drawn"][seen])
            sprites.append(_sprites(file["roles"][seen][::4], file["colors"][seen][::4]))
        self.drawn, self.sprites = np.concatenate(kept), np.concatenate(sprites)
        self.things = list(not_faces(data, late=False).values())
        self.rng = np.random.default_rng(seed)
        self.photos = scenery.photos()

    def batch(self, size: int) -> tuple[Tensor, Tensor]:
        """Pictures (n, 3, 64, 64) and (n, 4): is there a head; its middle, and its frame's side,
        in pictures."""
        pictures, told = zip(*(self._scene() for _ in range(size)), strict=True)
        shown = torch.from_numpy(np.stack(pictures)).movedim(3, 1).float() / 255
        return shown, torch.tensor(np.array(told, np.float32))

    def _scene(self) -> tuple[np.ndarray, tuple[float, float, float, float]]:
        rng, whole = self.rng, Image.fromarray(self._ground())
        for _ in range(int(rng.choice([0, 1, 3], p=[0.75, 0.15, 0.1]))):
            self._put(whole, self._thing(), rng.uniform(0.1, 0.5))
        if rng.random() < 0.45:
            kind = rng.random()
            if kind < 0.6:
                self._put(whole, self._thing(), float(np.exp(rng.uniform(np.log(0.3), 0.4))))
            elif kind < 0.75:
                self._put(whole, self._shuffled(), rng.uniform(0.4, 1.2))
            return self._seen(whole), (0.0, 0.5, 0.5, 1.0)
        frame = float(np.exp(rng.uniform(np.log(0.28), np.log(1.15)))) * SIDE
        low, high = 0.25 * frame, SIDE - 0.25 * frame
        cx, cy = rng.uniform(min(low, high), max(low, high), 2)
        face, wide = self._face()
        side = max(8, round(frame * wide))
        how = Image.Resampling.BOX if rng.random() < 0.7 else Image.Resampling.BICUBIC
        face = face.resize((side, side), how).convert("RGBA")
        whole.paste(face, (round(cx - side / 2), round(cy - side / 2)), face)
        return self._seen(whole), (1.0, cx / SIDE, cy / SIDE, frame / SIDE)

    def _face(self) -> tuple[Image.Image, float]:
        """A head, colours times alpha, and how much wider than its frame the picture of it is."""
        rng = self.rng
        if rng.random() < 0.12:
            sprite = self.sprites[rng.integers(len(self.sprites))]
            large = sprite.repeat(5, 0).repeat(5, 1)
            return Image.fromarray(large).convert("RGBa"), 1.0
        face = Image.fromarray(self.drawn[rng.integers(len(self.drawn))]).convert("RGBa")
        if rng.random() < 0.2:  # as if drawn in few pixels
            few = int(rng.integers(20, 60))
            face = face.resize((few, few), Image.Resampling.BOX)
            face = face.resize((CROP, CROP), Image.Resampling.NEAREST)
        return face, CROP / FRAME

    def _thing(self) -> np.ndarray:
        """Something that is no face, (h, w, 4) uint8."""
        kind = self.things[self.rng.integers(len(self.things))]
        return kind[self.rng.integers(len(kind))]

    def _shuffled(self) -> np.ndarray:
        """A face in pieces, (112, 112, 4) uint8: its colours and lines, and no face."""
        face, rng = self.drawn[self.rng.integers(len(self.drawn))], self.rng
        pieces = int(rng.integers(2, 5))
        size = CROP // pieces
        cut = face[: pieces * size, : pieces * size].reshape(pieces, size, pieces, size, 4)
        cut = cut.swapaxes(1, 2).reshape(-1, size, size, 4)
        order = rng.permutation(len(cut))
        if pieces == 2 and (order == np.arange(4)).sum() > 1:
            order = np.roll(order, 2)
        mixed = cut[order].reshape(pieces, pieces, size, size, 4).swapaxes(1, 2)
        return mixed.reshape(pieces * size, pieces * size, 4)

    def _put(self, whole: Image.Image, rgba: np.ndarray, part: float) -> None:
        """Lay something on the picture, its long side `part` of it."""
        rng = self.rng
        thing = Image.fromarray(np.ascontiguousarray(rgba))
        scale = part * SIDE / max(thing.size)
        size = (max(1, round(thing.width * scale)), max(1, round(thing.height * scale)))
        how = rng.choice([Image.Resampling.BOX, Image.Resampling.BICUBIC])
        thing = thing.convert("RGBa").resize(size, Image.Resampling(how)).convert("RGBA")
        if rng.random() < 0.5:
            thing = thing.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
        x, y = (round(rng.uniform(0, 1) * (SIDE - side)) for side in size)
        whole.paste(thing, (x, y), thing)

    def _seen(self, whole: Image.Image) -> np.ndarray:
        """In other colours, grey, in other light, with grain, (64, 64, 3) uint8."""
        rng, rgb = self.rng, np.asarray(whole, np.float32)
        if rng.random() < 0.15:
            rgb = rgb[..., rng.permutation(3)]
        if rng.random() < 0.12:
            rgb = rgb.mean(-1, keepdims=True).repeat(3, -1)
        if rng.random() < 0.3:
            rgb = 255 * (rgb / 255) ** float(np.exp(rng.uniform(-0.5, 0.5)))
            rgb = rng.uniform(0, 50) + rgb * rng.uniform(0.6, 1)
        if rng.random() < 0.2:
            rgb = rgb + rng.normal(0, rng.uniform(1, 12), rgb.shape)
        return rgb.clip(0, 255).astype(np.uint8)

    def _ground(self) -> np.ndarray:
        rng = self.rng
        kind = rng.random()
        if kind < 0.2:
            photo = self.photos[rng.integers(len(self.photos))]
            side = int(rng.integers(48, min(photo.shape[:2])))
            y, x = (int(rng.integers(0, n - side + 1)) for n in photo.shape[:2])
            crop = Image.fromarray(photo[y : y + side, x : x + side])
            return np.array(crop.resize((SIDE, SIDE), Image.Resampling.BOX))
        if kind < 0.35:
            return np.full((SIDE, SIDE, 3), 255 if kind < 0.3 else 0, np.uint8)
        if kind < 0.5:
            drawn = landscape(torch.Generator().manual_seed(int(rng.integers(1 << 40))))
            return np.rint(255 * drawn.clamp(0, 1).movedim(0, 2).numpy()).astype(np.uint8)
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


def _sprites(roles: np.ndarray, colors: np.ndarray) -> np.ndarray:
    """Roles (n, 16, 16) and colours (n, roles, 3) uint8 as (n, 16, 16, 4) uint8."""
    rgb = colors[np.arange(len(roles))[:, None, None], roles]
    return np.concatenate([rgb, np.where(roles > 0, 255, 0)[..., None].astype(np.uint8)], -1)


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
    parser.add_argument("shared", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--minutes", type=float, default=12)
    parser.add_argument("--start", type=Path)
    parser.add_argument("--rate", type=float, default=2e-3)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(asked.seed)
    scenes = Scenes(sorted(asked.data.glob("train*.npz")), asked.shared, asked.seed)
    net = Finder()
    if asked.start:
        net.load_state_dict(torch.load(asked.start, weights_only=True))
    average = torch.optim.swa_utils.AveragedModel(
        net, multi_avg_fn=torch.optim.swa_utils.get_ema_multi_avg_fn(0.995)
    )
    optimizer = torch.optim.AdamW(net.parameters(), asked.rate, weight_decay=0.01)
    begun, losses = time.process_time(), []
    while (far := (time.process_time() - begun) / 60 / asked.minutes) < 1:
        for group in optimizer.param_groups:
            group["lr"] = asked.rate * (1 - far) + 1e-5
        pictures, true = scenes.batch(64)
        loss = loss_of(net(pictures), true)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        average.update_parameters(net)
        losses.append(float(loss.detach()))
        if len(losses) % 200 == 0:
            print(len(losses), round(float(np.mean(losses[-200:])), 3), flush=True)
            torch.save(average.module.state_dict(), asked.out)
    torch.save(average.module.state_dict(), asked.out)
    _say(average.module.eval(), scenes)


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
