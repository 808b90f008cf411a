"""What a captioner learns from: sprites and their words. How it learns stands in
`learn.tasks.telling`."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

SIDE = 32


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

    def __len__(self) -> int:
        return len(self.words)

    def part(self, rows: np.ndarray) -> Captions:
        """Those at `rows`, (m,) whole numbers or, of all, (n,) bool."""
        return Captions(self.pictures[rows], self.words[rows], self.weight[rows], self.held[rows])


def captions_of(arrays: Mapping[str, np.ndarray]) -> Captions:
    """From the arrays of `pincel.learn.captioned_sprites.caption_arrays`, for side 16 and 32
    indices (n, side, side) with palettes and captions; 16-pixel sprites are doubled."""
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


@dataclass(frozen=True, eq=False)
class Lessons:
    """What a captioner is taught on (`learn.tasks.telling`)."""

    name: str
    train: Captions
    classes: tuple[str, ...] = ()

    @property
    def hash(self) -> str:
        """A sha256 of all pictures and words."""
        found = hashlib.sha256()
        for values in (self.train.pictures, self.train.words, self.train.weight):
            found.update(np.ascontiguousarray(values).tobytes())
        return found.hexdigest()

    @property
    def channels(self) -> int:
        return int(self.train.pictures.shape[-1])

    @property
    def size(self) -> tuple[int, int]:
        """Height and width."""
        return int(self.train.pictures.shape[1]), int(self.train.pictures.shape[2])
