"""Says of every pixel what it belongs to, and of every object its own mask: a U-Net.

Down to maps of one place for 16 pixels and up again, each map on the way up seeing the one of the
same size on the way down (Ronneberger et al., 2015). Two by two pixels are folded into the channels
first, and unfolded at the end, so that nothing is computed at full size. Batch normalisation, not a
norm over the whole picture: what is said of a place hangs on its surroundings alone, so a large
picture may be seen tile by tile.

Besides a class for each pixel it learns how deep inside its object a pixel lies (0 at the border,
1 at the deepest place) and where the middle of its object is. `pincel.nets._instances` reads
objects off them, without torch.

Pictures have any size of which both sides are multiples of 16.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import torch
from pydantic import Field
from torch import Tensor, nn
from torch.nn import functional

from pincel.errors import PincelError
from pincel.nets import _network

TASK = "masking"
STEP = 16
"""Both sides of a picture are multiples of it."""
BETWEEN = 4.0
FAR = 16.0
"""Pixels that an offset of 1 means."""


class Config(_network.Config):
    """Shape of the network. The defaults hold 0.44 million weights. `classes` are those of
    objects; the ground is one more. `weights` is where it begins: "none" (from scratch), or the
    file of a network of masks, of which the name is kept."""

    channels: int = Field(3, ge=1, le=256)
    classes: int = Field(1, ge=1, le=255)
    widths: tuple[_network.Width, ...] = Field((32, 48, 64, 80), min_length=1, max_length=4)
    weights: str = Field("none", min_length=1, max_length=4096)


class MaskMaps(NamedTuple):
    """What the network says of each pixel.

    kinds   (n, 1 + classes, h, w) before the softmax; 0 is the ground
    depth   (n, 1, h, w) how deep inside its object, 0 to 1
    middle  (n, 2, h, w) pixels down and right to the middle of its object
    """

    kinds: Tensor
    depth: Tensor
    middle: Tensor


class Net(_network.Net):
    """Segmenter. Pictures are (n, channels, h, w), prepared as the model's facts say. `folds`: two
    by two pixels become channels first (an exported one sees them with a stride of 2)."""

    folds = True

    def __init__(self, config: Config) -> None:
        super().__init__(config)
        self.weights = config.weights  # where they lie is this machine's affair, and not kept
        self.config: Config = config.model_copy(update={"weights": Path(config.weights).name})
        widths = config.widths
        self.down = nn.ModuleList()
        before = 4 * config.channels
        for width in widths:
            self.down.append(
                nn.Sequential(NormedConvolution(before, width), NormedConvolution(width, width))
            )
            before = width
        self.up = nn.ModuleList()
        for width in widths[-2::-1]:
            self.up.append(
                nn.Sequential(
                    NormedConvolution(before + width, width), NormedConvolution(width, width)
                )
            )
            before = width
        self.last = nn.Conv2d(before, 4 * (config.classes + 4), 3, 1, 1)

    def maps(self, pictures: Tensor) -> MaskMaps:
        """(n, channels, h, w) -> what the network says of each pixel."""
        kinds, depth, middle = self._told(pictures)
        return MaskMaps(kinds, depth.sigmoid(), middle * FAR)

    def _told(self, pictures: Tensor) -> list[Tensor]:
        """The same before the sigmoid of depth, the middle in units of `FAR`."""
        x = functional.pixel_unshuffle(pictures, 2) if self.folds else pictures
        seen = []
        for number, block in enumerate(self.down):
            x = block(functional.max_pool2d(x, 2) if number else x)
            seen.append(x)
        for block, like in zip(self.up, seen[-2::-1], strict=True):
            grown = functional.interpolate(x, scale_factor=2.0, mode="nearest")
            x = block(torch.cat([grown, like], 1))
        told = functional.pixel_shuffle(self.last(x), 2).float()
        return list(told.split([self.config.classes + 1, 1, 2], 1))

    def forward(self, pictures: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """`pictures` (n, channels, h, w) -> kinds, depth, middle: see `MaskMaps`."""
        return tuple(self.maps(pictures))  # type: ignore[return-value]

    def losses(self, batch: tuple[Tensor, Tensor]) -> Iterator[tuple[str, Tensor]]:
        """Cross-entropy and Dice of the classes, cross-entropy of depth, absolute error of the
        middle, against the batch: pictures (n, channels, h, w), and targets (n, 5, h, w): class,
        depth, pixels down and right to the middle, and 1 where two objects are close (such pixels
        count `BETWEEN` times more; Ronneberger et al., 2015).

        Of depth it is the cross-entropy, as of StarDist's chances (Schmidt et al., 2018): with the
        absolute error a network says the median, and of a valley whose place it is not sure of that
        is no valley; with this it says the mean, and two cores stay two."""
        pictures, wanted = batch
        said, deep, middle = self._told(pictures)
        kinds = wanted[:, 0].long()
        inside = (kinds > 0)[:, None].float()
        weight = 1 + BETWEEN * wanted[:, 4:5]
        own = inside * weight
        loss = (functional.cross_entropy(said, kinds, reduction="none")[:, None] * weight).sum()
        loss = loss / weight.sum() + dice_loss(said, kinds)
        depth = functional.binary_cross_entropy_with_logits(deep, wanted[:, 1:2], reduction="none")
        loss = loss + (depth * weight).sum() / weight.sum()
        loss = loss + (depth * own).sum() / own.sum().clamp(min=1)
        apart = functional.smooth_l1_loss(middle, wanted[:, 2:4] / FAR, beta=0.1, reduction="none")
        yield "net", loss + (apart * inside).sum() / (2 * inside.sum().clamp(min=1))


class NormedConvolution(nn.Sequential):
    """A convolution of 3 x 3, its norm, and ReLU."""

    def __init__(self, before: int, after: int) -> None:
        super().__init__(
            nn.Conv2d(before, after, 3, 1, 1, bias=False), nn.BatchNorm2d(after), nn.ReLU()
        )


def dice_loss(kinds: Tensor, wanted: Tensor) -> Tensor:
    """One less the Dice of each class of objects that is there, over the batch (Milletari et al.,
    2016). kinds (n, 1 + classes, h, w) before the softmax, wanted (n, h, w)."""
    said = kinds.softmax(1)[:, 1:]
    true = functional.one_hot(wanted, kinds.shape[1]).movedim(3, 1)[:, 1:].to(said.dtype)
    shared = (said * true).sum((0, 2, 3))
    both = said.sum((0, 2, 3)) + true.sum((0, 2, 3))
    there = (true.sum((0, 2, 3)) > 0).to(said.dtype)
    return ((1 - (2 * shared + 1) / (both + 1)) * there).sum() / there.sum().clamp(min=1)


def start(net: Net) -> None:
    """Give a new network the weights of the file that it begins with: all of them, but for the last
    layer where that tells other classes apart. PincelError when the file is damaged, or holds
    another family or shape."""
    if net.weights == "none":
        return
    file = Path(net.weights)
    model = _network.open_model(file)
    own, given = net.state_dict(), model.net.state_dict()
    ours = {name: value for name, value in given.items()
            if name in own and own[name].shape == value.shape}  # fmt: skip
    others = (own.keys() | given.keys()) - ours.keys()
    if model.family != "masks" or any(not name.startswith("last.") for name in others):
        raise PincelError("nets.begins_otherwise", file=file, came=model.family)
    net.load_state_dict(own | ours)


def recipe(config: Config) -> dict[str, Any]:
    """What teaches it well."""
    return {
        "epochs": 30, "batch": 6, "rate": 3e-3, "decay": 0.02, "warm": 0.04, "clip": 5.0,
        "average": 0.996, "measure": 5,
    }  # fmt: skip
