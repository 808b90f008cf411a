"""Redrawing: pairs of a picture and its sprite.

Nobody says what a pixel of the sprites is; `learn.parts` finds the roles of their colours by where
those stand. The network learns the role of every pixel, and where in the picture each role's colour
is found. Pictures are shifted a little and turned in their hues, with their sprites' colours.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from pincel.learn.parts import roles_of
from pincel.learn.tasks._task import Measured
from pincel.learn.tasks._twofold import SHOWN, Changed, Twofold
from pincel.learn.turning import turned_planes, turning
from pincel.learn.two import Two
from pincel.nets import _oklab
from pincel.nets._family import Family
from pincel.nets._network import Net
from pincel.nets.translator import TIMES, TranslatorBatch
from pincel.pixels import contact, encode

_SHIFT, _SCALE, _TURNED = 0.05, 0.06, 0.25


@lru_cache(maxsize=2)
def _labelled(data: Two) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """Roles and colours of every part's sprites, found in all of them together."""
    parts = data.parts
    roles, colors = roles_of(np.concatenate([part.sprites for part in parts.values()]))
    ends = np.cumsum([len(part.sprites) for part in parts.values()])[:-1]
    return dict(zip(parts, zip(np.split(roles, ends), np.split(colors, ends), strict=True),
                    strict=True))  # fmt: skip


class Redrawing(Twofold):
    """See the module."""

    paired = True

    @classmethod
    def fitting(cls, kind: Family, data: Any) -> dict[str, Any]:
        """The picture's side, and as many roles as the sprites' colours need."""
        super().fitting(kind, data)
        return {"channels": 3, "side": data.size[0], "roles": _labelled(data)["train"][1].shape[1]}

    def fit(self, net: Any) -> None:
        """What a pixel of each role counts: the rarer, the more."""
        roles = torch.from_numpy(_labelled(self.data)["train"][0])
        count = torch.bincount(roles.flatten(), minlength=net.config.roles)
        worth = (count.sum() / count.clamp(min=1)).float() ** 0.4
        net.worth.copy_((worth / (worth * count).sum() * count.sum()).clamp(max=6))

    def batches(self, done: int) -> Iterator[TranslatorBatch]:
        """Pictures with their sprites' roles and colours, changed a little."""
        number = done
        while True:
            number += 1
            draws = torch.Generator().manual_seed(self.seed * 1_000_003 + number)
            sight = self._sight("train", self._rows(number))
            how = turning(len(sight.planes), _TURNED, draws)
            colors = turned_planes(sight.colors.movedim(2, 1)[:, :, None], how)[:, :, 0].movedim(
                1, 2
            )
            planes = _moved(turned_planes(sight.planes, how), draws)
            yield TranslatorBatch(*self.placed(planes, sight.roles, colors))

    def _sight(self, part: str, rows: np.ndarray) -> TranslatorBatch:
        """These pairs as they are."""
        roles, colors = (torch.from_numpy(held[rows]) for held in _labelled(self.data)[part])
        planes = _oklab.encode(self.prepared(self.data.parts[part].pictures[rows]))
        lab = _oklab.encode(colors.float().movedim(2, 1)[:, :, None] / 127.5 - 1)
        return TranslatorBatch(planes, roles, lab[:, :, 0].movedim(1, 2))

    def measured(self, net: Net, epoch: int) -> Measured:
        """Figures on the validation part, and pictures, what they became, what they should be."""
        figures, pictures = self._found(net, "val")
        entry = {"val_loss": figures["loss"]}
        entry |= {f"val_{k}": v for k, v in figures.items() if k != "loss"}
        samples = {f"epoch-{epoch:04}.png": encode.png(contact.picture_grid(pictures, 12))}
        return Measured({"loss": figures["loss"]}, entry, {"val": figures}, samples)

    def better(self, score: Mapping[str, Any], best: Mapping[str, Any]) -> bool:
        """By the loss."""
        return bool(score["loss"] < best["loss"])

    def examined(self, net: Net) -> Changed:
        """The same on the test part."""
        return Changed(*self._found(net, "test"), 12)

    def _found(self, net: Any, part: str) -> tuple[dict[str, float], np.ndarray]:
        """The loss, the share of pixels with their true role, the colours' mean distance in OKLab,
        the share of pixels clear or opaque as they should be."""
        net.eval()
        count = min(64, len(self.data.parts[part]))
        sight = TranslatorBatch(
            *(one.to(self.device) for one in self._sight(part, np.arange(count)))
        )
        with torch.inference_mode():
            scores, colors = net(sight.planes)
            ((_, loss),) = list(net.losses(sight))
            roles = scores.argmax(1)
            made = sprites(roles, colors)
        there = functional.one_hot(sight.roles.flatten(1), colors.shape[1]).amax(1)[:, 1:] > 0
        off = (colors.float() - sight.colors)[:, 1:] * torch.tensor([0.5, 0.25, 0.25]).to(colors)
        figures = {
            "loss": float(loss),
            "roles": float((roles == sight.roles).float().mean()),
            "outline": float(((roles > 0) == (sight.roles > 0)).float().mean()),
            "colors_off": float(off.norm(dim=2)[there].mean()),
        }
        shown = min(SHOWN, count)
        held = self.data.parts[part]
        large = [s[:shown].repeat(TIMES, 1).repeat(TIMES, 2) for s in (made, held.sprites)]
        rows = np.stack([contact.as_rgba(held.pictures[:shown]), *large], 1)
        return figures, rows.reshape(-1, *rows.shape[2:])


def sprites(roles: Tensor, colors: Tensor) -> np.ndarray:
    """Roles (n, s, s) and colours (n, k, 3) as the network gives them: (n, s, s, 4) uint8."""
    rgb = _oklab.decode(colors.float().movedim(2, 1)[:, :, None])[:, :, 0].movedim(1, 2)
    table = ((rgb + 1) * 127.5).round().to(torch.uint8).cpu().numpy()
    held = roles.cpu().numpy()
    shown = np.take_along_axis(table, held.reshape(len(held), -1, 1), 1)
    shown = shown.reshape(*held.shape, 3)
    clear = held == 0
    return np.concatenate(
        [np.where(clear[..., None], 0, shown), np.where(clear, 0, 255)[..., None]], -1
    ).astype(np.uint8)


def _moved(planes: Tensor, draws: torch.Generator) -> Tensor:
    """Pictures a little to a side, a little larger or smaller; beyond the edge the edge goes on."""
    n = len(planes)
    scale = 1 + _SCALE * (2 * torch.rand(n, generator=draws) - 1)
    place = _SHIFT * (2 * torch.rand(n, 2, generator=draws) - 1)
    zero = torch.zeros(n)
    rows = [torch.stack([scale, zero, place[:, 0]], 1), torch.stack([zero, scale, place[:, 1]], 1)]
    grid = functional.affine_grid(torch.stack(rows, 1), list(planes.shape), align_corners=False)
    return functional.grid_sample(planes, grid, padding_mode="border", align_corners=False)
