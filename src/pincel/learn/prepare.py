"""From a picture to the numbers a network reads, the same way in training and ever after.

The facts are plain JSON and lie in the model's file (`Model.about["prepare"]`):

    size [height, width], channels, type ("uint8", "uint16", "float32"), mean and std (one number a
    channel, on the scale 0-1), resize ("bilinear", "bicubic", "nearest"); for networks that make
    pictures also premultiplied (colours times alpha) and hard_alpha (alpha is 0 or full)

Needs only numpy and Pillow, so that an exported network reads pictures exactly as the trained one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
from PIL import Image

from pincel.errors import PincelError
from pincel.pixels.arrays import eight_bits
from pincel.pixels.picture import Picture
from pincel.pixels.statistics import stored

if TYPE_CHECKING:
    from torch import Tensor

TYPES = ("uint8", "uint16", "float32")
_MOST = {"uint8": 255.0, "uint16": 65535.0, "float32": 1.0}
_LUMA = np.array([0.299, 0.587, 0.114])
_FILTERS = {
    "bilinear": Image.Resampling.BILINEAR,
    "bicubic": Image.Resampling.BICUBIC,
    "nearest": Image.Resampling.NEAREST,
}


def facts(pictures: np.ndarray, resize: str = "bilinear") -> dict[str, Any]:
    """The preparation that gives these pictures (n, h, w, c) mean 0 and spread 1 per channel."""
    kind = pictures.dtype.name
    step = max(1, len(pictures) // 4096)  # enough to know a mean
    sample = np.asarray(pictures[::step], np.float32).reshape(-1, pictures.shape[-1])
    scaled = sample / _MOST[kind]
    deviation = scaled.std(0, dtype=np.float64)
    return {
        **_layout(pictures),
        "mean": [round(float(v), 5) for v in scaled.mean(0, dtype=np.float64)],
        "std": [round(float(v), 5) if v > 1e-4 else 1.0 for v in deviation],
        "resize": resize,
    }


def _layout(pictures: np.ndarray) -> dict[str, Any]:
    return {
        "size": [int(side) for side in pictures.shape[1:3]],
        "channels": int(pictures.shape[-1]),
        "type": pictures.dtype.name,
    }


def generator_facts(pictures: np.ndarray) -> dict[str, Any]:
    """The preparation of networks that make pictures: black -1, full brightness 1, colours
    multiplied by alpha, so that what is transparent has no colour to learn."""
    channels = int(pictures.shape[-1])
    found = _layout(pictures) | {"mean": [0.5] * channels, "std": [0.5] * channels}
    if channels == 4:
        alpha = pictures[:: max(1, len(pictures) // 512), ..., 3]
        hard = bool(np.isin(alpha, (0, int(_MOST[pictures.dtype.name]))).all())
        found |= {"premultiplied": True, "hard_alpha": hard}
    return found | {"resize": "nearest" if found.get("hard_alpha") else "bilinear"}


def channels_of(picture: Picture) -> np.ndarray:
    """A picture's own values, (h, w, c): 1 grey, 3 RGB, 4 RGBA, or as many as it has.

    uint8, uint16 or float32. Alpha that hides nothing is dropped; what it hides is set to 0, so
    that a network cannot read colours that nobody sees.
    """
    values, axes, names = stored(picture)
    if names is not None:  # CMYK: inks are not what is seen
        values, axes = picture.rgba[..., :3], "hwc"
    if axes[0] == "d":  # a volume's slices are channels
        values = values[..., 0] if axes == "dhwc" else values
        values = np.moveaxis(values, 0, -1)
    if values.ndim == 2:
        values = values[..., None]
    values = _plain_type(values)
    if axes[0] != "d" and values.shape[-1] in (2, 4):
        alpha = values[..., -1:]
        if np.all(alpha >= _MOST[values.dtype.name]):
            values = values[..., :-1]
        else:
            values = np.where(alpha == 0, 0, values).astype(values.dtype)
            values = values[..., [0, 0, 0, 1]] if values.shape[-1] == 2 else values
    return np.ascontiguousarray(values)


def _plain_type(values: np.ndarray) -> np.ndarray:
    if values.dtype == np.bool_:
        return values.astype(np.uint8) * np.uint8(255)
    if values.dtype.name in TYPES:
        return np.nan_to_num(values) if values.dtype.kind == "f" else values
    return np.nan_to_num(values.astype(np.float32))


def with_channels(values: np.ndarray, count: int, name: str = "") -> np.ndarray:
    """Values (h, w, k) as (h, w, count): grey repeats, colours become grey by their luma,
    transparent pixels are laid on white. PincelError when neither fits."""
    have = values.shape[-1]
    if have == count:
        return values
    if have not in (1, 3, 4) or count not in (1, 3, 4):
        raise PincelError("data.channels", name=name, came=have, wanted=count)
    most = _MOST[values.dtype.name]
    if have == 4:
        alpha = values[..., 3:] / most
        flat = values[..., :3] * alpha + most * (1 - alpha)
        values = _like(flat, values.dtype)
    if count == 1:
        return values if values.shape[-1] == 1 else _like((values @ _LUMA)[..., None], values.dtype)
    if values.shape[-1] == 1:
        values = values.repeat(3, -1)
    if count == 4:
        opaque = np.full_like(values[..., :1], most)
        values = np.concatenate([values, opaque], -1)
    return values


def as_type(values: np.ndarray, kind: str) -> np.ndarray:
    """Values as "uint8", "uint16" or "float32": full brightness stays full brightness."""
    have = values.dtype.name
    if have == kind:
        return values
    if kind == "uint8":
        return eight_bits(values)[0]
    if kind == "uint16":
        return eight_bits(values)[0].astype(np.uint16) * np.uint16(257)
    return (values / np.float32(_MOST[have])).astype(np.float32)


def resized(values: np.ndarray, size: tuple[int, int], how: str = "bilinear") -> np.ndarray:
    """(h, w, c) stretched to (height, width); shrinking averages, so that nothing is skipped."""
    height, width = size
    if values.shape[:2] == (height, width):
        return values
    filter_ = _FILTERS[how]
    planes = [
        np.asarray(Image.fromarray(plane.astype(np.float32)).resize((width, height), filter_))
        for plane in np.moveaxis(values, -1, 0)
    ]
    return _like(np.stack(planes, -1), values.dtype)


def _like(values: np.ndarray, dtype: np.dtype) -> np.ndarray:
    if dtype.kind == "f":
        return values.astype(dtype)
    return np.rint(np.clip(values, 0, _MOST[dtype.name])).astype(dtype)


def stacked(pictures: Iterable[Picture], about: Mapping[str, Any]) -> np.ndarray:
    """Opened pictures as one array (n, h, w, c) of the model's size, channels and type."""
    wanted = about["prepare"]
    size = (int(wanted["size"][0]), int(wanted["size"][1]))
    rows = []
    for picture in pictures:
        values = with_channels(channels_of(picture), int(wanted["channels"]), picture.name)
        values = as_type(values, wanted.get("type", "uint8"))
        rows.append(resized(values, size, wanted.get("resize", "bilinear")))
    return np.stack(rows)


def numbers(pictures: np.ndarray, about: Mapping[str, Any]) -> np.ndarray:
    """Pictures (n, h, w, c), or one (h, w, c), as the network reads them: (n, c, h, w) float32
    with mean 0 and spread 1. Another size is stretched. PincelError for other channels."""
    wanted = about["prepare"]
    if pictures.ndim == 3:
        pictures = pictures[None]
    if pictures.shape[-1] != wanted["channels"]:
        pictures = np.stack([with_channels(p, wanted["channels"]) for p in pictures])
    size = tuple(wanted["size"])
    if pictures.shape[1:3] != size:
        how = wanted.get("resize", "bilinear")
        pictures = np.stack([resized(p, size, how) for p in pictures])
    most = _MOST[_plain_type(pictures[:0]).dtype.name]
    if wanted.get("premultiplied"):
        pictures = np.asarray(pictures, np.float32)
        colors = pictures[..., :3] * (pictures[..., 3:] / most)
        pictures = np.concatenate([colors, pictures[..., 3:]], -1)
    mean, std = (np.asarray(wanted[k], np.float32) for k in ("mean", "std"))
    scaled = np.asarray(pictures, np.float32) * (1 / (most * std)) - mean / std
    return np.ascontiguousarray(np.moveaxis(scaled, -1, 1), np.float32)


def prepare(pictures: np.ndarray, about: Mapping[str, Any]) -> Tensor:
    """`numbers` as a torch tensor (n, c, h, w)."""
    import torch

    return torch.from_numpy(numbers(pictures, about))


def to_pictures(values: Any, about: Mapping[str, Any]) -> np.ndarray:
    """What a generator made, (n, c, h, w) numbers or tensor, as pictures (n, h, w, c) uint8: the
    way back from `numbers`. Alpha becomes 0 or 255 where the data knew no other."""
    wanted = about["prepare"]
    if hasattr(values, "detach"):
        values = values.detach().float().cpu().numpy()
    mean, std = (np.asarray(wanted[k], np.float32) for k in ("mean", "std"))
    shown = np.clip(np.moveaxis(np.asarray(values, np.float32), 1, -1) * std + mean, 0, 1)
    if wanted.get("premultiplied"):
        alpha = shown[..., 3:]
        colors = np.clip(shown[..., :3] / np.maximum(alpha, 1e-3), 0, 1)
        if wanted.get("hard_alpha"):
            alpha = (alpha >= 0.5).astype(np.float32)
        shown = np.concatenate([np.where(alpha > 0, colors, 0), alpha], -1)
    return np.rint(shown * 255).astype(np.uint8)


def to_model_input(pictures: Iterable[Picture], about: Mapping[str, Any]) -> Tensor:
    """Opened pictures as the network reads them, (n, c, h, w)."""
    return prepare(stacked(pictures, about), about)
