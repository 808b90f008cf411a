"""A baseline for `pincel draw`: the whole sprite in one go.

    python benchmarks/one_shot.py DATA.npz OUT --minutes 10 [--seeds 1]
    python benchmarks/draw.py --data DATA.npz --referee REFEREE --out OUT/judged --folder OUT

The sentence (the mean of its words' vectors, and some noise) becomes a small map, residual
convolutions let it grow to 16 x 16, and every pixel is one of 63 shared colours or transparent,
by a softmax. It learns from the data of `pincel draw` with cross-entropy; a pixel is drawn by its
likeliest colour. Writes OUT/000-0.png and so on for the benchmark's prompts.
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path

import numpy as np
import torch
from PIL import Image
from torch import Tensor, nn
from torch.nn import functional

from pincel.learn.drawing import SMALL, STYLES, Drawings, moved, open_drawings, rgba_of, said
from pincel.make.words.prompt import understand, vocabulary

COLORS, NOISE = 63, 16


class OneShot(nn.Module):
    """words (n, w) and noise (n, NOISE) -> scores (n, COLORS + 1, 16, 16)."""

    def __init__(self, vocabulary: int, width: int = 64) -> None:
        super().__init__()
        self.word = nn.Embedding(vocabulary, 256, padding_idx=0)
        self.first = nn.Sequential(
            nn.Linear(256 + NOISE, 512), nn.SiLU(), nn.Linear(512, 4 * width * 16)
        )
        self.blocks = nn.ModuleList(
            nn.Sequential(
                nn.GroupNorm(8, w), nn.SiLU(), nn.Conv2d(w, w, 3, 1, 1),
                nn.GroupNorm(8, w), nn.SiLU(), nn.Conv2d(w, w, 3, 1, 1),
            )
            for w in (4 * width, 4 * width, 2 * width, 2 * width, width, width)
        )  # fmt: skip
        self.thinner = nn.ModuleList(
            nn.Conv2d(a, b, 1) for a, b in ((4 * width, 2 * width), (2 * width, width))
        )
        self.last = nn.Conv2d(width, COLORS + 1, 1)

    def forward(self, words: Tensor, noise: Tensor) -> Tensor:
        there = (words > 0).sum(1, keepdim=True).clamp(min=1)
        told = self.word(words).sum(1) / there**0.5
        x = self.first(torch.cat([told, noise], 1)).view(len(words), -1, 4, 4)
        for number, block in enumerate(self.blocks):
            if number in (2, 4):
                x = functional.interpolate(self.thinner[number // 2 - 1](x), scale_factor=2)
            x = x + block(x)
        return self.last(x)


def shared_palette(data: Drawings) -> np.ndarray:
    """The colours that all sprites share, (COLORS, 3) OKLab, by k-means over pixels."""
    from sklearn.cluster import MiniBatchKMeans

    weight = data.used.astype(float) * data.weight[:, None]
    chosen = np.random.default_rng(0).choice(weight.size, 60_000, p=weight.ravel() / weight.sum())
    colors = data.palette.reshape(-1, 3)[chosen]
    found = MiniBatchKMeans(COLORS, random_state=0, n_init=1).fit(colors)
    return found.cluster_centers_.astype(np.float32)


def learn(net: OneShot, data: Drawings, palette: np.ndarray, minutes: float, ids: np.ndarray):
    """Cross-entropy of every pixel until the minutes are over; batches seen."""
    far = ((data.palette[:, :, None] - palette[None, None]) ** 2).sum(-1).argmin(-1) + 1
    table = np.concatenate([np.zeros_like(far[:, :1]), far], 1)
    chance = np.where(data.held, 0, data.weight * np.where(data.label >= 0, 2.5, 1))
    chance /= chance.sum()
    optimizer = torch.optim.AdamW(net.parameters(), 1.5e-3, weight_decay=0.02)
    begun, number = time.monotonic(), 0
    while (passed := (time.monotonic() - begun) / (60 * minutes)) < 1:
        number += 1
        rng = np.random.default_rng([1, number])
        rows = rng.choice(len(chance), 64, p=chance)
        index, _ = moved(data.index[rows], None, rng)
        wanted = table[rows][np.arange(64)[:, None, None], index]
        words = said(data.words[rows], ids, np.zeros(64, bool), rng)
        for group in optimizer.param_groups:
            group["lr"] = 1.5e-3 * (0.02 + 0.98 * 0.5 * (1 + np.cos(np.pi * passed)))
        scores = net(torch.from_numpy(words), torch.randn(64, NOISE))
        loss = functional.cross_entropy(scores, torch.from_numpy(wanted))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    print(f"{number} batches of 64, last loss {loss.item():.3f}")


def main() -> None:
    reading = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    reading.add_argument("data", type=Path)
    reading.add_argument("out", type=Path)
    reading.add_argument("--minutes", type=float, default=10)
    reading.add_argument("--seeds", type=int, default=1)
    asked = reading.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(1)
    words = vocabulary()
    data, _ = open_drawings(asked.data, len(words))
    ids = np.array([w["id"] for w in words if w["kind"] == "colour"])
    palette = shared_palette(data)
    net = OneShot(len(words) + STYLES)
    learn(net, data, palette, asked.minutes, ids)
    net.eval()
    asked.out.mkdir(parents=True, exist_ok=True)
    prompts = json.loads((Path(__file__).parent / "prompts.json").read_text("utf-8"))["prompts"]
    for number, prompt in enumerate(prompts):
        row = np.zeros((asked.seeds, data.words.shape[1]), np.int64)
        told = understand(prompt["prompt"]).ids
        row[:, : len(told)] = told
        row[:, -1] = len(words) + 1
        torch.manual_seed(number)
        with torch.inference_mode():
            scores = net(torch.from_numpy(row), torch.randn(asked.seeds, NOISE))
        index = scores.argmax(1).numpy()
        many = rgba_of(index, np.repeat(palette[None], asked.seeds, 0))
        for seed, rgba in enumerate(many):
            shown = Image.fromarray(rgba.repeat(32 // SMALL, 0).repeat(32 // SMALL, 1))
            shown.save(asked.out / f"{number:03}-{seed}.png")


if __name__ == "__main__":
    main()
