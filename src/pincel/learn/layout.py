"""In which order a batch of maps lies in memory: channels last is faster on most machines, and
wrong in two places."""

from __future__ import annotations

import torch
from torch import nn


def layout(net: nn.Module, precision: str, on: torch.device) -> torch.memory_format:
    """The order of memory a network is taught in: channels last, but plain where that fails.

    On processors with bf16 instructions, oneDNN 3.12 (torch 2.14) leaves part of the weights'
    gradient of a strided depthwise convolution unwritten where the map is one cell: whatever lay
    in memory becomes a gradient. The plain order costs such networks 7 % of a step in bf16.

    torch 2.14 reads a channels-last gradient of instance norm as if it were plain wherever a batch
    is one picture: what stands before the norm learns noise. The plain order is faster there, too.
    """
    if any(isinstance(module, _INSTANCES) for module in net.modules()):
        return torch.contiguous_format
    if precision == "bf16" and on.type == "cpu" and any(map(_strided, net.modules())):
        return torch.contiguous_format
    return torch.channels_last


_INSTANCES = (nn.InstanceNorm1d, nn.InstanceNorm2d, nn.InstanceNorm3d)


def _strided(module: nn.Module) -> bool:
    return isinstance(module, nn.Conv2d) and module.groups > 1 and max(module.stride) > 1
