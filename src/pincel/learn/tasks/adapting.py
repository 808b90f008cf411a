"""Adapting: faces, and a reader's own sprites, without pairs.

The translator that comes with Pincel says what is where; `nets.adapter` learns to draw it as the
sprites are drawn. Its palette is that of the sprites. After every epoch the log says how alike the
sprites of different faces are, and how much of what they show can be read in them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import torch
from scipy.cluster.vq import kmeans2
from torch import Tensor

from pincel.learn.tasks._task import Measured
from pincel.learn.tasks._twofold import SHOWN, Changed, Twofold
from pincel.learn.unpaired import sameness
from pincel.nets import _oklab
from pincel.nets._family import Family
from pincel.nets._network import Net
from pincel.pixels import color, contact, encode

_SHIFT = 2  # pixels that a shown sprite may be moved


class Adapting(Twofold):
    """See the module."""

    @classmethod
    def fitting(cls, kind: Family, data: Any) -> dict[str, Any]:
        """The sizes of both kinds."""
        super().fitting(kind, data)
        return {"channels": data.channels, "side": data.size[0], "sprite": data.sprite}

    def fit(self, net: Any) -> None:
        """The palette, and the translator within."""
        table = palette(self.data.train.sprites, net.config.colors)
        rgb = torch.from_numpy(table).float().T[None, :, None] / 127.5 - 1
        net.palette[1:] = _oklab.encode(rgb)[0, :, 0].T

    def batches(self, done: int) -> Iterator[tuple[Tensor, ...]]:
        """Faces and sprites, as many of each, (n, c, h, w) prepared; some are mirrored, sprites
        moved a little."""
        train, number = self.data.train, done
        while True:
            number += 1
            rows, rng = self._rows(number), self._rng(number)
            others = rng.integers(0, len(train.sprites), len(rows))
            faces, drawn = (self.prepared(x) for x in (train.pictures[rows], train.sprites[others]))
            faces, drawn = (_mirrored(x, rng) for x in (faces, drawn))
            yield self.placed(faces, _moved(drawn, rng))

    def measured(self, net: Net, epoch: int) -> Measured:
        """Figures on the validation part, and samples."""
        figures, pictures = self._found(net, self.data.val)
        samples = {f"epoch-{epoch:04}.png": encode.png(contact.picture_grid(pictures, 2 * SHOWN))}
        entry = {f"val_{k}": v for k, v in figures.items()}
        return Measured({"loss": figures["loss"]}, entry, {"val": figures}, samples)

    def better(self, score: Mapping[str, Any], best: Mapping[str, Any]) -> bool:
        """The newest weights are kept: no figure says which pictures look best."""
        return True

    def examined(self, net: Net) -> Changed:
        """The same on the test part."""
        return Changed(*self._found(net, self.data.test), 2 * SHOWN)

    def _found(self, net: Any, part: Any) -> tuple[dict[str, float], np.ndarray]:
        net.eval()
        count = min(64, len(part))
        faces = self.prepared(part.pictures[:count]).to(self.device)
        drawn = part.sprites[np.arange(count) % len(part.sprites)]
        with torch.inference_mode():
            figures = net.judge((faces, self.prepared(drawn).to(self.device)))
            made = net.as_shown(net.drawn(net(net.planes(faces))[0])).float().cpu()
        even = made.shape[-1] // 8 * 8
        shown = made.movedim(1, -1).numpy()
        figures["sameness"] = sameness(part.pictures[:count] / 127.5 - 1, shown[:, :even, :even])
        after = np.rint((shown[:SHOWN].clip(-1, 1) + 1) * 127.5).astype(np.uint8)
        times = max(1, -(-128 // after.shape[1]))
        after = after.repeat(times, 1).repeat(times, 2)
        place = np.arange(after.shape[1]) * part.pictures.shape[1] // after.shape[1]
        before = part.pictures[:SHOWN][:, place][:, :, place]
        pairs = np.stack([contact.as_rgba(before), contact.as_rgba(after)], 1)
        return figures, pairs.reshape(-1, *pairs.shape[2:])


def palette(sprites: np.ndarray, count: int) -> np.ndarray:
    """(count, 3) uint8: colours of sprites (n, s, s, 3 or 4) uint8, the frequent ones or, where
    there are more, those nearest to the middles of groups (Lloyd, 1982, in OKLab). The last is the
    one that most corners have."""
    rgb = sprites[..., :3].reshape(-1, 3)
    if sprites.shape[-1] == 4:
        rgb = rgb[sprites[..., 3].ravel() > 0]
    own, counts = np.unique(rgb, axis=0, return_counts=True)
    if len(own) > count:
        lab = color.srgb_to_oklab(own).astype(float)
        many = np.repeat(lab, np.ceil(np.sqrt(counts)).astype(int), 0)
        middles, _ = kmeans2(many, count, minit="++", seed=0)
        near = np.square(lab[:, None] - middles[None]).sum(-1).argmin(0)
        own = np.unique(own[near], axis=0)
    corners = sprites[:, [0, 0], [0, -1], :3].reshape(-1, 3)
    far = np.square(own[:, None].astype(int) - corners[None]).sum(-1).argmin(0)
    last = int(np.bincount(far, minlength=len(own)).argmax())
    own = np.concatenate([np.delete(own, last, 0), own[[last]]])
    return np.concatenate([own[np.arange(count - len(own)) % len(own)], own])  # some twice


def _mirrored(pictures: Tensor, rng: np.random.Generator) -> Tensor:
    which = torch.from_numpy(rng.random(len(pictures)) < 0.5)[:, None, None, None]
    return torch.where(which, pictures.flip(3), pictures)


def _moved(sprites: Tensor, rng: np.random.Generator) -> Tensor:
    """Sprites (n, c, s, s) by up to two pixels to a side; beyond the edge the edge goes on."""
    wide = torch.nn.functional.pad(sprites, (_SHIFT,) * 4, mode="replicate")
    size = sprites.shape[-1]
    places = rng.integers(0, 2 * _SHIFT + 1, (len(sprites), 2))
    return torch.stack([one[:, y : y + size, x : x + size]
                        for one, (y, x) in zip(wide, places.tolist(), strict=True)])  # fmt: skip
