"""Networks that learned to name things in photos, asked what they see on the way: the features by
which style transfer compares pictures."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from pincel.errors import PincelError

VGG_FILE = "vgg19-dcbb9e9d.pth"
"""What torchvision calls the file of VGG-19's ImageNet weights."""


@dataclass(frozen=True)
class Seer:
    """A network as style transfer uses it.

    name            what it is called in sentences
    look            (1, 3, h, w) sRGB 0-1, sides multiples of 16 -> the maps of all its layers
    names           of these layers, first to last
    style, content  the numbers of the layers that are compared unless others are chosen
    """

    name: str
    look: Callable[[Tensor], list[Tensor]]
    names: tuple[str, ...]
    style: tuple[int, ...]
    content: tuple[int, ...]

    def layers(self, chosen: Sequence[int] | None) -> tuple[int, ...]:
        """The style layers: the usual ones, or those chosen by number, counted from 1."""
        if chosen is None:
            return self.style
        for number in chosen:
            if not 1 <= number <= len(self.names):
                most = len(self.names)
                raise PincelError("style.no_layer", came=number, most=most, network=self.name)
        return tuple(number - 1 for number in chosen)


def lite0_seer() -> Seer:
    """EfficientNet-Lite0 (Liu and Tan, 2020) as it is shipped: its stem and eleven blocks."""
    from pincel.nets import _eyes

    eyes = _eyes.load_eyes().requires_grad_(False)

    def look(x: Tensor) -> list[Tensor]:
        blocks, _, first = eyes.look(x)
        return [first, *blocks]

    names = ("stem", *(f"block{k}" for k in range(1, 12)))
    return Seer("EfficientNet-Lite0", look, names, style=(1, 3, 5, 8), content=(5, 8))


def vgg19(file: Path) -> Seer:
    """VGG-19 (Simonyan and Zisserman, 2015), the network of Gatys, Ecker and Bethge (2016), with
    torchvision's weights from a file: its sixteen convolutions, each after its ReLU. PincelError
    where the file holds something else."""
    from torchvision.models import vgg19 as build

    try:
        given = torch.load(file, map_location="cpu", weights_only=True)
        features = {k.removeprefix("features."): v for k, v in given.items() if "features." in k}
        net = build(weights=None).features
        net.load_state_dict({k: v.float() for k, v in features.items()})
    except Exception as error:  # damaged, a pickle, another network: torch raises many kinds
        raise PincelError("style.vgg", path=file, why=str(error).splitlines()[0][:200]) from error
    net = net.eval().requires_grad_(False)
    mean = torch.tensor([0.485, 0.456, 0.406])[:, None, None]
    spread = torch.tensor([0.229, 0.224, 0.225])[:, None, None]

    def look(x: Tensor) -> list[Tensor]:
        x, maps = (x - mean) / spread, []
        for layer in net:
            x = torch.relu(x) if isinstance(layer, nn.ReLU) else layer(x)
            if isinstance(layer, nn.ReLU):
                maps.append(x)
        return maps

    names = tuple(
        f"conv{b}_{k + 1}" for b, n in ((1, 2), (2, 2), (3, 4), (4, 4), (5, 4)) for k in range(n)
    )
    return Seer("VGG-19", look, names, style=(0, 2, 4, 8, 12), content=(9,))


def find_vgg() -> Path | None:
    """VGG-19's weights where torchvision or the person has put them; nothing is fetched."""
    from pincel.learn.free_places import data_folders

    places = [Path(torch.hub.get_dir()) / "checkpoints", *data_folders()]
    return next((p / VGG_FILE for p in places if (p / VGG_FILE).is_file()), None)


def seer(network: str) -> Seer:
    """The network "lite0" or "vgg19"; with "auto" VGG-19 where its file is at hand, else Lite0."""
    file = None if network == "lite0" else find_vgg()
    if network == "vgg19" and file is None:
        raise PincelError("style.no_vgg", file=VGG_FILE)
    return lite0_seer() if file is None else vgg19(file)


def gram(maps: Tensor, weight: Tensor | None = None) -> Tensor:
    """How often two features are seen together, whatever the place: (c, c) mean products of the
    maps (1, c, h, w); `weight` (1, 1, H, W) says which places count (Gatys et al., 2016, eq. 3)."""
    _, count, height, width = maps.shape
    flat = maps.reshape(count, -1)
    if weight is None:
        return flat @ flat.T / (height * width)
    share: Any = torch.nn.functional.interpolate(weight, (height, width), mode="area")
    share = share.reshape(1, -1) / share.sum().clamp_min(1e-6)
    return (flat * share) @ flat.T
