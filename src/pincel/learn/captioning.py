"""Teaching the captioner: sprites and their words in, a trained network out.

Captions are no classes, so this does not go through `pincel train`; the loop is the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch import Tensor

from pincel.learn.loop import Averaged, Step, train
from pincel.learn.prepare import generator_facts, prepare
from pincel.nets.captioner import Config, Net

SIDE = 32
_SHIFT = 2
_DULL = 0.25  # the least weight: dull tiles are shown, but seldom


@dataclass(frozen=True, eq=False)
class Captions:
    """Sprites with words.

    pictures (n, 32, 32, 4) uint8;  words (n, 12) int64, 0 behind the last
    weight (n,) how often each is shown;  held (n,) bool, kept for measuring
    """

    pictures: np.ndarray
    words: np.ndarray
    weight: np.ndarray
    held: np.ndarray

    def part(self, rows: np.ndarray) -> Captions:
        """Some of them."""
        return Captions(self.pictures[rows], self.words[rows], self.weight[rows], self.held[rows])


def captions_of(arrays: Mapping[str, np.ndarray]) -> Captions:
    """From the arrays of `pincel.learn.sprites.tables`; 16-pixel sprites are doubled."""
    pictures, words, weight, held = [], [], [], []
    for side in (16, 32):
        index, palette = arrays[f"a{side}_index"], arrays[f"a{side}_palette"]
        rgba = np.zeros((*index.shape, 4), np.uint8)
        rgba[..., :3] = palette[np.arange(len(index))[:, None, None], index]
        rgba[..., 3] = np.where(index > 0, 255, 0)
        rgba[index == 0] = 0
        scale = SIDE // side
        pictures.append(rgba.repeat(scale, 1).repeat(scale, 2))
        words.append(arrays[f"a{side}_words"].astype(np.int64))
        weight.append(arrays[f"a{side}_weight"].astype(np.float64))
        held.append(arrays[f"a{side}_held"].astype(bool))
    return Captions(*(np.concatenate(parts) for parts in (pictures, words, weight, held)))


def batches(
    data: Captions, about: Mapping[str, Any], size: int, steps: int, seed: int
) -> Iterator[tuple[Tensor, Tensor]]:
    """Batches of (pictures, words), drawn by weight, mirrored and shifted by up to 2 pixels. Batch
    k depends on (seed, k) only."""
    share = np.maximum(data.weight, _DULL)
    share = share / share.sum()
    for k in range(steps):
        rng = np.random.default_rng([seed, k])
        rows = rng.choice(len(share), size, p=share)
        pictures = data.pictures[rows].copy()
        flipped = rng.random(size) < 0.5
        pictures[flipped] = pictures[flipped, :, ::-1]
        for i, (down, across) in enumerate(rng.integers(-_SHIFT, _SHIFT + 1, (size, 2))):
            pictures[i] = _shifted(pictures[i], int(down), int(across))
        given = prepare(pictures, about).contiguous(memory_format=torch.channels_last)
        yield given, torch.from_numpy(data.words[rows])


def _shifted(picture: np.ndarray, down: int, across: int) -> np.ndarray:
    """Moved; what comes in is transparent, what would be cut off keeps it where it is."""
    alpha = picture[..., 3] > 0
    rows, columns = np.any(alpha, axis=1), np.any(alpha, axis=0)
    if down and (rows[-down:].any() if down > 0 else rows[:-down].any()):
        down = 0
    if across and (columns[-across:].any() if across > 0 else columns[:-across].any()):
        across = 0
    return np.roll(picture, (down, across), (0, 1))


def _course(step: int) -> float:
    """The rate's factor: up in 60 steps, then down with the root of the steps (Vaswani et al.,
    2017), so that it may stop at any time; the average of the weights does the rest."""
    return min(step / 60, (300 / max(step, 300)) ** 0.5)


def teach(
    data: Captions,
    config: Config,
    *,
    steps: int,
    batch: int = 64,
    rate: float = 2e-3,
    seed: int = 0,
) -> Iterator[tuple[Step, Net, Averaged]]:
    """Train a captioner; yields each step with the network and its averaged weights, which are
    the better ones at any time."""
    about = {"prepare": generator_facts(data.pictures[:64])}
    torch.manual_seed(seed)
    net = Net(config).to(memory_format=torch.channels_last)  # faster
    plain = [p for p in net.parameters() if p.ndim < 2]
    heavy = [p for p in net.parameters() if p.ndim >= 2]
    groups = [{"params": heavy, "weight_decay": 0.05}, {"params": plain, "weight_decay": 0.0}]
    optimizer = torch.optim.AdamW(groups, rate, fused=True)
    average = Averaged(net, 0.99)
    given = batches(data, about, batch, steps, seed)
    for step in train(net, given, {"net": optimizer}, seed=seed, rate=_course, clip=1.0):
        average.update(net, step.number)
        yield step, net, average
