"""Finds things and draws a box around each: a point at its centre, and how far its sides are.

A backbone that has learned to see makes maps of one place for every 8 and every 16 pixels; the
coarse one is enlarged and added to the fine one. At each place the network says, for each class,
how much this is the centre of such a thing (Zhou et al., 2019, CenterNet), and how far the left,
top, right and bottom side of its box are. All places near a centre learn the sides, the nearer the
more (Liu et al., 2020, TTFNet), so that few pictures teach much. What became of the maps is read
off by `pincel.nets._centres`, without torch.

Pictures have any size of which both sides are multiples of 16.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import timm
import torch
from pydantic import Field
from torch import Tensor, nn
from torch.nn import functional

from pincel.nets import _network
from pincel.nets.pretrained import LITE0, lite0_weights

TASK = "boxing"
STRIDE = 8
"""Pixels a side to a place of the maps."""
FINE, COARSE = 40, 112
_REACH = 0.54
"""Share of a box, along each side, that counts as near its centre (Liu et al., 2020)."""
_FARTHEST = 1e4


class Config(_network.Config):
    """Shape of the network. The defaults hold 0.82 million weights. `photos`: the backbone begins
    with what it learned from photos."""

    channels: int = Field(3, ge=1, le=256)
    classes: int = Field(3, ge=1, le=1000)
    width: int = Field(64, ge=8, le=512)
    photos: bool = True


class Backbone(nn.Module):
    """EfficientNet-Lite0 (Tan, 2020) up to its maps of one place for every 16 pixels, its weights
    called as timm calls them."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        whole: Any = timm.create_model(LITE0, in_chans=channels)
        self.conv_stem, self.bn1 = whole.conv_stem, whole.bn1
        self.blocks = whole.blocks[:5]

    def forward(self, pictures: Tensor) -> tuple[Tensor, Tensor]:
        """(n, channels, h, w) -> (n, 40, h / 8, w / 8) and (n, 112, h / 16, w / 16)."""
        x = self.bn1(self.conv_stem(pictures))
        for block in self.blocks[:3]:
            x = block(x)
        fine = x
        for block in self.blocks[3:]:
            x = block(x)
        return fine, x


class BoxMaps(NamedTuple):
    """What the network says at each place.

    heat   (n, classes, h / 8, w / 8) before the sigmoid: how much a place is a centre
    sides  (n, 4, h / 8, w / 8) pixels from the place's middle to left, top, right and bottom
    sure   (n, 1, h / 8, w / 8) before the sigmoid: how well the box is expected to fit
    """

    heat: Tensor
    sides: Tensor
    sure: Tensor


class Net(_network.Net):
    """Detector. Pictures are (n, channels, h, w), prepared as the backbone asks."""

    def __init__(self, config: Config) -> None:
        super().__init__(config)
        self.config: Config = config
        self.backbone = Backbone(config.channels)
        width = config.width
        self.fine, self.coarse = nn.Conv2d(FINE, width, 1), nn.Conv2d(COARSE, width, 1)
        self.joined = _layer(width)
        self.at, self.around = _layer(width), _layer(width)
        self.heat = nn.Conv2d(width, config.classes, 1)
        self.sides = nn.Conv2d(width, 5, 1)
        nn.init.constant_(self.heat.bias, -4.0)  # type: ignore[arg-type]
        nn.init.normal_(self.heat.weight, std=0.01)
        nn.init.normal_(self.sides.weight, std=0.01)
        nn.init.constant_(self.sides.bias, 1.0)  # type: ignore[arg-type]

    def maps(self, pictures: Tensor) -> BoxMaps:
        """(n, channels, h, w) -> what the network says at each place."""
        fine, coarse = self.backbone(pictures)
        near = functional.interpolate(self.coarse(coarse), scale_factor=2.0, mode="nearest")
        x = self.joined(self.fine(fine) + near)
        told = self.sides(self.around(x)).float()
        sides = functional.softplus(told[:, :4]) * (2 * STRIDE)
        return BoxMaps(self.heat(self.at(x)).float(), sides, told[:, 4:])

    def forward(self, pictures: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """`pictures` (n, channels, h, w) -> heat, sides, sure: see `BoxMaps`."""
        return tuple(self.maps(pictures))  # type: ignore[return-value]

    def losses(self, batch: tuple[Tensor, Tensor]) -> Iterator[tuple[str, Tensor]]:
        """Focal loss of the centres and GIoU of the boxes, against the batch (pictures (n,
        channels, h, w), boxes (n, most, 5): class, left, top, right, bottom in pixels; class -1: no
        box)."""
        pictures, boxes = batch
        said = self.maps(pictures)
        wanted, aims, weights = targets(boxes, self.config.classes, said.heat.shape[-2:])
        count = (boxes[..., 0] >= 0).sum().clamp(min=1)
        overlap, generous = giou(said.sides, aims)
        total = weights.sum().clamp(min=1e-6)
        fit = ((1 - generous) * weights).sum() / total
        near = (weights > 0).float()
        sure = functional.binary_cross_entropy_with_logits(
            said.sure[:, 0], overlap.detach().clamp(0, 1), reduction="none"
        )
        yield (
            "net",
            focal(said.heat, wanted) / count + 2 * fit + (sure * near).sum() / near.sum().clamp(1),
        )


def _layer(width: int) -> nn.Sequential:
    return nn.Sequential(
        nn.Conv2d(width, width, 3, 1, 1, bias=False), nn.BatchNorm2d(width), nn.ReLU()
    )


def targets(
    boxes: Tensor, classes: int, size: tuple[int, int] | torch.Size
) -> tuple[Tensor, Tensor, Tensor]:
    """What the maps should say for boxes (n, most, 5): see `Net.losses`.

    Returns heat (n, classes, h, w) 0 to 1, one at each centre; sides (n, 4, h, w) in pixels; and
    how much each place learns the sides (n, h, w), as much for a small box as for a large one.
    Where boxes overlap, a place belongs to the smaller one.
    """
    n = len(boxes)
    height, width = size
    ys = (torch.arange(height, device=boxes.device) + 0.5) * STRIDE
    xs = (torch.arange(width, device=boxes.device) + 0.5) * STRIDE
    heat = boxes.new_zeros(n, classes, height, width)
    sides, weights = boxes.new_zeros(n, 4, height, width), boxes.new_zeros(n, height, width)
    areas = (boxes[..., 3] - boxes[..., 1]) * (boxes[..., 4] - boxes[..., 2])
    areas = areas.masked_fill(boxes[..., 0] < 0, -1)
    for row in range(n):
        for place in areas[row].argsort(descending=True).tolist():
            if areas[row, place] <= 0:
                break
            kind, left, top, right, bottom = boxes[row, place].unbind()
            bump = _bump(xs, left, right)[None] * _bump(ys, top, bottom)[:, None]
            layer = heat[row, int(kind)]
            layer.copy_(torch.maximum(layer, bump))
            inside = bump > 0.1
            far = torch.stack(torch.broadcast_tensors(
                xs[None] - left, ys[:, None] - top, right - xs[None], bottom - ys[:, None]
            ))  # fmt: skip
            sides[row] = torch.where(inside, far, sides[row])
            share = bump * inside
            share = share * (areas[row, place].log() / share.sum().clamp(min=1e-6))
            weights[row] = torch.where(inside, share, weights[row])
    return heat, sides, weights


def _bump(at: Tensor, low: Tensor, high: Tensor) -> Tensor:
    """A bell over the middle of a side, exactly one at the place nearest to it."""
    spread = (_REACH * (high - low) / 6).clamp(min=0.25 * STRIDE)
    middle = (low + high) / 2
    nearest = at[((middle / STRIDE).floor().long()).clamp(0, len(at) - 1)]
    return torch.exp(-((at - nearest) ** 2) / (2 * spread**2))


def focal(heat: Tensor, wanted: Tensor) -> Tensor:
    """The focal loss of centres (Law and Deng, 2018) of heat (n, classes, h, w) and wanted (n,
    classes, h, w), summed; near a centre a no costs less."""
    sure = heat.sigmoid().clamp(1e-4, 1 - 1e-4)
    centre = wanted > 0.999
    yes = -sure.log() * (1 - sure) ** 2
    no = -(1 - sure).log() * sure**2 * (1 - wanted) ** 4
    return torch.where(centre, yes, no).sum()


def giou(sides: Tensor, aims: Tensor) -> tuple[Tensor, Tensor]:
    """IoU and generalised IoU (Rezatofighi et al., 2019) of boxes around the same places, sides
    (n, 4, h, w) and aims (n, 4, h, w) in pixels, as (n, h, w)."""
    aims = aims.clamp(-_FARTHEST, _FARTHEST)
    low, high = torch.minimum(sides, aims), torch.maximum(sides, aims)
    shared = (low[:, 0] + low[:, 2]).clamp(min=0) * (low[:, 1] + low[:, 3]).clamp(min=0)
    own = (sides[:, 0] + sides[:, 2]) * (sides[:, 1] + sides[:, 3])
    true = (aims[:, 0] + aims[:, 2]) * (aims[:, 1] + aims[:, 3])
    union = (own + true - shared).clamp(min=1e-6)
    hull = ((high[:, 0] + high[:, 2]) * (high[:, 1] + high[:, 3])).clamp(min=1e-6)
    overlap = shared / union
    return overlap, overlap - (hull - union) / hull


def start(net: Net) -> None:
    """Give a new network's backbone what it learned from photos."""
    if net.config.photos:
        known = lite0_weights()
        first = "conv_stem.weight"
        known[first] = timm.models.adapt_input_conv(net.config.channels, known[first])
        own = net.backbone.state_dict()
        net.backbone.load_state_dict({name: known[name] for name in own}, strict=True)


def recipe(config: Config) -> dict[str, Any]:
    """What teaches it well: 36 epochs of 205 pictures take eleven minutes on one core."""
    return {
        "epochs": 40, "batch": 8, "rate": 2e-3, "warm": 0.04, "clip": 5.0, "average": 0.998,
        "measure": 5,
    }  # fmt: skip
