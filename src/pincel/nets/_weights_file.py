"""Weights that somebody else kept in a file, under the names of the network they are for.

A .safetensors file is read as it is; .pth and the like are read by torch with `weights_only=True`,
so that nothing but tensors and plain values is unpickled. What lies around the weights in such
files (a state dict in a checkpoint, averaged weights, the prefixes of DDP and torch.compile) is
taken off by timm.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import timm
import torch
from torch import Tensor

from pincel.errors import PincelError

_COUNTERS = "num_batches_tracked"  # left out in files of before 2018, and never needed
_PREFIXES = ("", "backbone.", "model.", "encoder.", "net.", "model.backbone.")


def weights_in(
    path: Path, wanted: Mapping[str, Tensor], name: str, first: str
) -> dict[str, Tensor]:
    """The file's weights under the names in `wanted` (a state dict without its head), every shape
    as there.

    They are found by name, behind one of the usual prefixes; else by their order, where shapes and
    the last parts of all names agree (torchvision's networks under timm's names). More weights,
    such as a head, are passed over. Those of the convolution `first` are fitted from three channels
    to as many as it has. PincelError when there is no such file, when it is damaged or refused, or
    when it holds the weights of another network than `name`.
    """
    given = _read(path)
    weights = {key: value for key, value in wanted.items() if not key.endswith(_COUNTERS)}
    found = max((_by_name(given, weights, prefix) for prefix in _PREFIXES), key=len)
    told = len(found)
    if told < len(weights):
        found = _by_order(given, weights)
    _fit(found, first, wanted[first].shape[1])
    if found.keys() != weights.keys() or any(found[k].shape != weights[k].shape for k in weights):
        raise PincelError(
            "pretrained.other_file", file=path, name=name, found=told, wanted=len(weights)
        )
    kept = {key: value.to(weights[key].dtype) for key, value in found.items()}
    return {key: kept.get(key, torch.zeros_like(like)) for key, like in wanted.items()}


def _read(path: Path) -> dict[str, Tensor]:
    if not path.is_file():
        raise PincelError("pretrained.no_file", file=path)
    try:
        given: Any = timm.models.load_state_dict(str(path), weights_only=True)
    except Exception as error:  # torch raises whatever the file makes it stumble over
        raise PincelError("pretrained.damaged", file=path) from error
    found = _tensors(given)
    if not found and isinstance(given, dict):  # a checkpoint with another name for its weights
        found = max(map(_tensors, given.values()), key=len, default={})
    return found


def _tensors(given: Any) -> dict[str, Tensor]:
    if not isinstance(given, Mapping):
        return {}
    kept = {str(key): value for key, value in given.items() if isinstance(value, Tensor)}
    return {key: value for key, value in kept.items() if not key.endswith(_COUNTERS)}


def _by_name(
    given: Mapping[str, Tensor], wanted: Mapping[str, Tensor], prefix: str
) -> dict[str, Tensor]:
    return {key: given[prefix + key] for key in wanted if prefix + key in given}


def _by_order(given: Mapping[str, Tensor], wanted: Mapping[str, Tensor]) -> dict[str, Tensor]:
    pairs = list(zip(wanted, given.items(), strict=False))
    alike = all(key.rpartition(".")[2] == other.rpartition(".")[2] for key, (other, _) in pairs)
    return {key: value for key, (_, value) in pairs} if alike else {}


def _fit(found: dict[str, Tensor], first: str, inputs: int) -> None:
    value = found.get(first)
    if value is not None and value.ndim == 4 and value.shape[1] == 3 != inputs:
        found[first] = timm.models.adapt_input_conv(inputs, value)
