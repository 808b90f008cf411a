"""Networks of boxes and masks written so that ONNX Runtime computes the same in less time.

Two things cost a fifth of it and compute nothing: rows and columns of zeros that are added by an
operation of their own before a convolution of stride 2 (as "same" does), with all maps put into
another order for it and back; and pixels folded into channels, which is a convolution of stride 2
as well as the one that follows.
"""

from __future__ import annotations

import copy
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from pincel.nets import boxes, masks


def lean(net: boxes.Net | masks.Net) -> Any:
    """A copy that says the same of pictures whose sides are multiples of 16, to be exported."""
    found: Any = copy.deepcopy(net).eval().to(memory_format=torch.contiguous_format)
    if isinstance(found, masks.Net):
        layer = found.down[0][0]  # type: ignore[index]
        layer[0] = _unfolded(layer[0])
        found.folds = False
        return found
    for module in list(found.modules()):
        for name, child in module.named_children():
            if type(child).__name__ == "Conv2dSame":
                setattr(module, name, _Padded(child))
    return found


def _unfolded(conv: nn.Conv2d) -> nn.Conv2d:
    """A convolution (3 x 3) of two by two pixels folded into channels, as one of 6 x 6 pixels."""
    wide, channels = conv.weight.shape[0], conv.weight.shape[1] // 4
    found = nn.Conv2d(channels, wide, 6, 2, 2, bias=False)
    parts = conv.weight.detach().reshape(wide, channels, 2, 2, 3, 3)
    found.weight = nn.Parameter(
        parts.permute(0, 1, 4, 2, 5, 3).reshape(wide, channels, 6, 6).contiguous()
    )
    return found


class _Padded(nn.Module):
    """A convolution with "same" padding, for maps of which stride divides the sides."""

    def __init__(self, conv: nn.Conv2d) -> None:
        super().__init__()
        self.weight, self.bias, self.groups = conv.weight, conv.bias, conv.groups
        self.stride = tuple(conv.stride)
        beyond = [max(k - s, 0) for k, s in zip(conv.kernel_size, self.stride, strict=True)]
        self.pads = [b // 2 for b in beyond] + [b - b // 2 for b in beyond]

    def forward(self, maps: Tensor) -> Any:
        how = {"stride": self.stride, "groups": self.groups, "pads": self.pads}
        return _Joined.apply(maps, self.weight, self.bias, how)


class _Joined(torch.autograd.Function):
    """Padding and convolution, which ONNX has as one operation."""

    @staticmethod
    def forward(
        _: Any, maps: Tensor, weight: Tensor, bias: Tensor | None, how: dict[str, Any]
    ) -> Tensor:
        top, left, bottom, right = how["pads"]
        wide = functional.pad(maps, (left, right, top, bottom))
        return functional.conv2d(wide, weight, bias, how["stride"], groups=how["groups"])

    @staticmethod
    def symbolic(graph: Any, maps: Any, weight: Any, bias: Any, how: dict[str, Any]) -> Any:
        given = [maps, weight] if bias is None else [maps, weight, bias]
        stride, groups = list(how["stride"]), how["groups"]
        return graph.op("Conv", *given, strides_i=stride, pads_i=how["pads"], group_i=groups)
