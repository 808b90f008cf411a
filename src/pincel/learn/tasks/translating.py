"""Translating: two kinds of pictures and no pairs.

In every step some pictures of one folder meet some of the other, drawn anew each time, so that no
face always meets the same sprite. After every epoch the log says what goes wrong in such trainings
(`learn.unpaired`): tiles, and the same picture for every face; and the run's folder keeps samples
and what every layer made of one of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from pincel.learn.augment import augment
from pincel.learn.tasks._task import Measured
from pincel.learn.tasks._twofold import SHOWN, Changed, Twofold
from pincel.learn.unpaired import TILE, pattern_strength, sameness
from pincel.nets._family import Family
from pincel.nets._network import Net
from pincel.nets.cyclegan import LAZY
from pincel.pixels import contact, encode

_MAPS = 8  # of each layer are shown
_CELL = 64  # pixels of a shown map
_REAL = 64  # real sprites that the meters read


class Translating(Twofold):
    """See the module."""

    total = 0

    @classmethod
    def fitting(cls, kind: Family, data: Any) -> dict[str, Any]:
        """The size of both kinds; what suits sprites on their own grid."""
        super().fitting(kind, data)
        side = data.size[0]
        native = 0 if data.sprite == side else data.sprite
        suited = {"calm": True, "identity_every": LAZY} if native else {}
        return {"channels": data.channels, "side": side, "native": native, **suited}

    @classmethod
    def recipe(cls, kind: Family, config: Any, data: Any) -> dict[str, Any]:
        """The family's own; nothing is changed unless somebody asks for it."""
        return {"augment": "none", **kind.recipe(config)}

    @classmethod
    def layout(cls, net: Net, precision: str, device: torch.device) -> torch.memory_format:
        """The plain order: instance norm copies maps that lie channels last, and a step of the
        report's networks takes a quarter longer (1.86 s, 1.47 s)."""
        return torch.contiguous_format

    def averaged(self, total: int) -> float:
        """As every task; here the length of the run becomes known."""
        self.total = total
        return super().averaged(total)

    def rate(self, number: int) -> float:
        """The whole rate, and over the last share of the steps (`fade`) a line down to nothing
        (Zhu et al., 2017: over the second half)."""
        left = 1 - (number - 1) / max(1, self.total)
        return min(1.0, left / self.plan.fade) if self.plan.fade else 1.0

    def batches(self, done: int) -> Iterator[tuple[Tensor, ...]]:
        """Pictures and sprites, as many of each: two prepared batches (n, c, h, w)."""
        train, number = self.data.train, done
        while True:
            number += 1
            rows = self._rows(number)
            others = self._rng(number).integers(0, len(train.sprites), len(rows))
            generator = torch.Generator().manual_seed(self.seed * 1_000_003 + number)
            both = [
                augment(self.prepared(given), self.plan.augment, generator)
                for given in (train.pictures[rows], train.sprites[others])
            ]
            yield self.placed(*both)

    def measured(self, net: Net, epoch: int) -> Measured:
        """The losses that nobody learns from, both meters, samples, and what each layer sees."""
        figures, pictures = self._found(net, self.data.val)
        samples = {
            f"epoch-{epoch:04}.png": encode.png(contact.picture_grid(pictures, 2 * SHOWN)),
            f"maps-{epoch:04}.png": encode.png(maps(net, self._faces(self.data.val, 1))),
        }
        entry = {"val_loss": figures["loss"]}
        entry |= {f"val_{k}": v for k, v in figures.items() if k != "loss"}
        entry |= self._real(net)
        return Measured({"loss": figures["loss"]}, entry, {"val": figures}, samples)

    def better(self, score: Mapping[str, Any], best: Mapping[str, Any]) -> bool:
        """The newest weights are kept: no figure says which pictures look best."""
        return True

    def examined(self, net: Net) -> Changed:
        """The same on the test part."""
        return Changed(*self._found(net, self.data.test), 2 * SHOWN)

    def _real(self, net: Any) -> dict[str, float]:
        """Both meters on real sprites, as the network meets them: what it should come to."""
        train = self.data.train
        return real_meters(net, self.prepared(train.sprites[:_REAL]), train.pictures[:_REAL])

    def _faces(self, part: Any, most: int) -> Tensor:
        return self.prepared(part.pictures[:most]).to(self.device)

    def _found(self, net: Any, part: Any) -> tuple[dict[str, float], np.ndarray]:
        net.eval()
        count = min(64, len(part))
        sprites = part.sprites[np.arange(count) % len(part.sprites)]
        total: dict[str, float] = {}
        made = []
        with torch.inference_mode():
            for start in range(0, count, SHOWN):
                faces = self.prepared(part.pictures[start : start + SHOWN]).to(self.device)
                other = self.prepared(sprites[start : start + SHOWN]).to(self.device)
                for key, value in net.judge((faces, other)).items():
                    total[key] = total.get(key, 0.0) + value * len(faces) / count
                made.append(net.restore(faces).float().cpu().movedim(1, -1).numpy())
        shown = np.concatenate(made)
        faces = part.pictures[:count] / 127.5 - 1
        total |= {"tiles": pattern_strength(shown, TILE), "sameness": sameness(faces, shown)}
        after = np.rint((shown[:SHOWN].clip(-1, 1) + 1) * 127.5).astype(np.uint8)
        pairs = np.stack([contact.as_rgba(part.pictures[:SHOWN]), contact.as_rgba(after)], 1)
        return total, pairs.reshape(-1, *pairs.shape[2:])


def real_meters(net: Any, sprites: Tensor, faces: np.ndarray) -> dict[str, float]:
    """Tiles of real sprites (m, c, s, s), -1 to 1, as large as faces, and how much more alike they
    are than the faces (n, h, w, c) uint8."""
    large = net.as_face(sprites).movedim(1, -1).numpy()
    return {"real_tiles": pattern_strength(large, TILE),
            "real_sameness": sameness(faces / 127.5 - 1, large)}  # fmt: skip


@dataclass(frozen=True, eq=False)
class Layer:
    """What one convolution makes of a picture.

    turned  whether it is a transposed one;  kernel, stride  pixels
    count   how many maps it makes, (height, width) `size` each
    shown   (64, 64 k, 4) uint8, the first of them beside each other, light where they are strong
    """

    turned: bool
    kernel: int
    stride: int
    count: int
    size: tuple[int, int]
    shown: np.ndarray


def layers(net: Any, face: Tensor) -> list[Layer]:
    """Every convolution of the generator that makes sprites, for one face (1, c, h, w)."""
    found: list[Layer] = []

    def took(layer: Any, given: Any, out: Tensor) -> None:
        kept = out[0, :_MAPS].detach().float().cpu()
        low, high = kept.amin((1, 2), keepdim=True), kept.amax((1, 2), keepdim=True)
        scaled = ((kept - low) / (high - low).clamp(min=1e-6))[:, None]
        cells = nn.functional.interpolate(scaled, _CELL, mode="nearest")[:, 0].numpy()
        found.append(
            Layer(
                isinstance(layer, nn.ConvTranspose2d), int(layer.kernel_size[0]),
                int(layer.stride[0]), out.shape[1], (out.shape[2], out.shape[3]),
                _warm(np.concatenate(list(cells), 1)),
            )
        )  # fmt: skip

    kinds = (nn.Conv2d, nn.ConvTranspose2d)
    held = [m.register_forward_hook(took) for m in net.to_sprite.modules() if isinstance(m, kinds)]
    try:
        with torch.inference_mode():
            net.to_sprite(face)
    finally:
        for one in held:
            one.remove()
    return found


def maps(net: Any, face: Tensor) -> np.ndarray:
    """The same of a face (1, c, h, w) as one picture, a row a layer, (h, w, 4) uint8; what is not
    there is transparent."""
    rows = [layer.shown for layer in layers(net, face)]
    wide = max(row.shape[1] for row in rows)
    return np.concatenate([np.pad(r, ((0, 0), (0, wide - r.shape[1]), (0, 0))) for r in rows])


_STOPS = np.array([[12, 8, 38], [120, 28, 109], [237, 105, 37], [252, 255, 164]], np.float32)


def _warm(values: np.ndarray) -> np.ndarray:
    """0 to 1 as dark to yellow, (h, w, 4) uint8."""
    at = np.linspace(0, 1, len(_STOPS))
    rgb = np.stack([np.interp(values, at, _STOPS[:, c]) for c in range(3)], -1)
    return np.dstack([np.rint(rgb), np.full(values.shape, 255)]).astype(np.uint8)
