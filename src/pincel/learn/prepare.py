"""From a picture to the numbers a network reads, the same way in training and ever after.

The facts are plain JSON and lie in the model's file (`Model.about["prepare"]`):

    size [height, width], channels, type ("uint8", "uint16", "float32"), mean and std (one number a
    channel, on the scale 0-1), resize ("bilinear", "bicubic", "nearest"), names (what each channel
    is, see `pixels.channels`) and, where a person chose them, chosen (their numbers in the file);
    for networks that make pictures also premultiplied (colours times alpha) and hard_alpha (alpha
    is 0 or full)

Needs only numpy and Pillow, so that an exported network reads pictures exactly as the trained one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from PIL import Image

from pincel.errors import PincelError
from pincel.learn.objects import inputs
from pincel.pixels import channels
from pincel.pixels.arrays import eight_bits, seen_rgb
from pincel.pixels.picture import Picture
from pincel.pixels.statistics import only_channels, stored_numbers

if TYPE_CHECKING:
    from torch import Tensor

    from pincel.learn.data import Data
    from pincel.nets._family import Family

TYPES = ("uint8", "uint16", "float32")
_MOST = {"uint8": 255.0, "uint16": 65535.0, "float32": 1.0}
_LUMA = np.array([0.299, 0.587, 0.114])
_FILTERS = {
    "bilinear": Image.Resampling.BILINEAR,
    "bicubic": Image.Resampling.BICUBIC,
    "nearest": Image.Resampling.NEAREST,
}


def preparation_facts(
    pictures: np.ndarray, resize: str = "bilinear", names: Sequence[str] | None = None
) -> dict[str, Any]:
    """The preparation that gives these pictures (n, h, w, c), uint8, uint16 or float32, mean 0 and
    spread 1 per channel.

    names  what each channel is
    """
    kind = pictures.dtype.name
    step = max(1, len(pictures) // 4096)  # enough to know a mean
    sample = np.asarray(pictures[::step], np.float32).reshape(-1, pictures.shape[-1])
    scaled = sample / _MOST[kind]
    deviation = scaled.std(0, dtype=np.float64)
    return {
        **_layout(pictures, names),
        "mean": [round(float(v), 5) for v in scaled.mean(0, dtype=np.float64)],
        "std": [round(float(v), 5) if v > 1e-4 else 1.0 for v in deviation],
        "resize": resize,
    }


def _layout(pictures: np.ndarray, names: Sequence[str] | None) -> dict[str, Any]:
    return {
        "size": [int(side) for side in pictures.shape[1:3]],
        "channels": int(pictures.shape[-1]),
        "type": pictures.dtype.name,
        **({"names": list(names)} if names is not None else {}),
    }


def generator_facts(pictures: np.ndarray, names: Sequence[str] | None = None) -> dict[str, Any]:
    """The preparation of networks that make pictures (n, h, w, c), uint8, uint16 or float32: black
    -1, full brightness 1, colours multiplied by alpha, so that what is transparent has no colour to
    learn."""
    count = int(pictures.shape[-1])
    found = _layout(pictures, names) | {"mean": [0.5] * count, "std": [0.5] * count}
    if names_in(found) == channels.RGBA:
        alpha = pictures[:: max(1, len(pictures) // 512), ..., 3]
        hard = bool(np.isin(alpha, (0, int(_MOST[pictures.dtype.name]))).all())
        found |= {"premultiplied": True, "hard_alpha": hard}
    return found | {"resize": "nearest" if found.get("hard_alpha") else "bilinear"}


def family_facts(family: Family, config: Any, data: Data) -> dict[str, Any]:
    """The preparation of a data set for a family: the data's own mean and spread, or the family's;
    and which channels these are."""
    names = data.channel_names or None
    chosen = {"chosen": list(data.chosen)} if data.chosen else {}
    if family.generates:
        return generator_facts(data.train.pictures, names) | chosen
    found = preparation_facts(data.train.pictures, names=names) | chosen
    return {**found, **family.preparation(config)}


def names_in(wanted: Mapping[str, Any]) -> tuple[str, ...]:
    """What each channel is that a network reads. Models made before that was kept read grey, RGB
    or RGBA."""
    count = int(wanted["channels"])
    own = wanted.get("names")
    return channels.channel_names(
        own, count, channels.CONVENTION.get(count) if count != 2 else None
    )


def named_channels(picture: Picture) -> tuple[np.ndarray, tuple[str, ...]]:
    """A picture's own values, (h, w, c), and what each channel is: 1 grey, 3 RGB, 4 RGBA, or as
    many as its file has.

    uint8, uint16 or float32. Alpha that hides nothing is dropped; what it hides is set to 0, so
    that a network cannot read colours that nobody sees. The slices of a volume are channels, one
    after the other.
    """
    values, axes, names = stored_numbers(picture)
    if channels.are_inks(names):  # inks are not what is seen
        values, axes, names = picture.rgba[..., :3], "hwc", channels.RGB
    if axes[0] == "d":
        return _plain_type(_flat(values)), _of_slices(len(values), names)
    if values.ndim == 2:
        values = values[..., None]
    values = _plain_type(values)
    if channels.has_alpha(names):
        alpha = values[..., -1:]
        if np.all(alpha >= _MOST[values.dtype.name]):
            values, names = values[..., :-1], names[:-1]
        else:
            values = np.where(alpha == 0, 0, values).astype(values.dtype)
            if names == channels.CONVENTION[2]:
                values, names = values[..., [0, 0, 0, 1]], channels.RGBA
    return np.ascontiguousarray(values), names


def _flat(volume: np.ndarray) -> np.ndarray:
    """(d, h, w) or (d, h, w, c) as (h, w, d * c)."""
    deep = volume if volume.ndim == 4 else volume[..., None]
    moved = np.moveaxis(deep, 0, 2)
    return np.ascontiguousarray(moved.reshape(*moved.shape[:2], -1))


def _of_slices(count: int, names: tuple[str, ...]) -> tuple[str, ...]:
    if len(names) == 1:
        return channels.numbered_channels(count)
    return tuple(f"{z}/{name}" for z in range(1, count + 1) for name in names)


def _plain_type(values: np.ndarray) -> np.ndarray:
    if values.dtype == np.bool_:
        return values.astype(np.uint8) * np.uint8(255)
    if values.dtype.name in TYPES:
        return np.nan_to_num(values) if values.dtype.kind == "f" else values
    return np.nan_to_num(values.astype(np.float32))


def with_channels(values: np.ndarray, count: int, name: str = "", alpha: bool = True) -> np.ndarray:
    """Values (h, w, k), uint8, uint16 or float32, as (h, w, count): grey repeats, colours become
    grey by their luma, transparent pixels are laid on white. PincelError when neither fits.

    alpha  whether a fourth channel is alpha; else it is a channel that cannot be left out
    """
    have = values.shape[-1]
    if have == count:
        return values
    if have not in (1, 3, 4) or count not in (1, 3, 4) or (4 in (have, count) and not alpha):
        raise PincelError("data.channels", name=name, came=have, wanted=count)
    most = _MOST[values.dtype.name]
    if have == 4:
        alphas = values[..., 3:] / most
        flat = values[..., :3] * alphas + most * (1 - alphas)
        values = _like(flat, values.dtype)
    if count == 1:
        return values if values.shape[-1] == 1 else _like((values @ _LUMA)[..., None], values.dtype)
    if values.shape[-1] == 1:
        values = values.repeat(3, -1)
    if count == 4:
        opaque = np.full_like(values[..., :1], most)
        values = np.concatenate([values, opaque], -1)
    return values


def fitted_values(
    values: np.ndarray, names: tuple[str, ...], wanted: tuple[str, ...], label: str
) -> np.ndarray:
    """Values (h, w, k), uint8, uint16 or float32, whose channels are `names` as the channels
    `wanted` (see `with_channels`): alpha is never taken for a channel nor a channel for alpha, and
    channels that have the same names must come in the same order. PincelError where they do not
    fit."""
    count = len(wanted)
    if len(names) == count:
        if channels.has_alpha(names) and not channels.has_alpha(wanted):
            raise PincelError("channels.alpha", name=label, wanted=count)
        if channels.has_alpha(wanted) and not channels.has_alpha(names):
            raise PincelError("data.channels", name=label, came=count, wanted=count - 1)
        ours, theirs = (_spoken(told) for told in (names, wanted))
        if ours and ours != theirs and sorted(ours) == sorted(theirs):
            raise PincelError(
                "channels.order", name=label, came=", ".join(names), wanted=", ".join(wanted)
            )
        return values
    alpha = not (len(names) == 4 and not channels.has_alpha(names)) and not (
        count == 4 and not channels.has_alpha(wanted)
    )
    return with_channels(values, count, label, alpha)


def check_channels(names: Sequence[str], about: Mapping[str, Any], label: str) -> None:
    """PincelError where pictures whose channels are `names` do not fit what a network reads (its
    facts, `about`); facts without a preparation read anything."""
    if about.get("prepare"):
        some = np.zeros((1, 1, len(names)), np.uint8)
        fitted_values(some, tuple(names), names_in(about["prepare"]), label)


def _spoken(names: Sequence[str]) -> list[str]:
    """The words of "1: DAPI", "2: GFP" without their places; [] where one has none."""
    words = [name.partition(": ")[2] for name in names]
    return words if all(words) else []


def as_type(values: np.ndarray, kind: str) -> np.ndarray:
    """Values of any shape as "uint8", "uint16" or "float32": full brightness stays full
    brightness."""
    have = values.dtype.name
    if have == kind:
        return values
    if kind == "uint8":
        return eight_bits(values)[0]
    if kind == "uint16":
        return eight_bits(values)[0].astype(np.uint16) * np.uint16(257)
    return (values / np.float32(_MOST[have])).astype(np.float32)


def resized(values: np.ndarray, size: tuple[int, int], how: str = "bilinear") -> np.ndarray:
    """(h, w, c) stretched to (height, width), of the same type; shrinking averages, so that nothing
    is skipped."""
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
    """Opened pictures as one array (n, h, w, c) of the model's size, channels and type: uint8,
    uint16 or float32."""
    wanted = about["prepare"]
    if "things" in wanted:  # of any size
        return np.stack([inputs.stored(picture, wanted) for picture in pictures])
    size = (int(wanted["size"][0]), int(wanted["size"][1]))
    rows = []
    for picture in pictures:
        values, _ = read_picture(picture, about)
        values = as_type(values, wanted.get("type", "uint8"))
        rows.append(resized(values, size, wanted.get("resize", "bilinear")))
    return np.stack(rows)


def read_picture(picture: Picture, about: Mapping[str, Any]) -> tuple[np.ndarray, tuple[str, ...]]:
    """What a network reads of an opened picture: (h, w, c) with its channels, in the picture's own
    size and type, (uint8, uint16 or float32), and what each of them is in the picture's file.
    PincelError where they do not fit."""
    wanted = about["prepare"]
    names = names_in(wanted)
    values, own = named_channels(_as_wanted(picture, wanted, names))
    values = fitted_values(values, own, names, picture.name)
    return values, own if len(own) == len(names) else names


def _as_wanted(picture: Picture, wanted: Mapping[str, Any], names: tuple[str, ...]) -> Picture:
    """The channels that the network was taught with. An array in memory says of none what it is:
    where the network reads as many channels without alpha, they are these."""
    count = int(picture.info.get("channels", 0))
    if wanted.get("chosen"):
        words = _spoken(names)
        if words and count == len(names) and _spoken(picture.info.get("names") or ()) == words:
            return picture  # what such a network made: these channels and no others
        return only_channels(picture, wanted["chosen"])
    told = picture.info.get("format") == "array" and picture.raw is not None
    if told and count == len(names) and not channels.are_colors(names):
        return only_channels(picture, range(1, count + 1))
    return picture


def choosing(about: Mapping[str, Any], text: str | None) -> dict[str, Any]:
    """A model's facts with the choice of channels that a person gave ("1,3") instead of its own;
    as they are for None. PincelError for a choice of more or fewer than it reads."""
    numbers = channels.numbers_of(text)
    if numbers is None:
        return dict(about)
    wanted = about["prepare"]
    if len(numbers) != int(wanted["channels"]):
        raise PincelError(
            "channels.count", came=text, count=len(numbers), wanted=int(wanted["channels"])
        )
    return {**about, "prepare": {**wanted, "chosen": list(numbers)}}


def choice_of(about: Mapping[str, Any]) -> tuple[int, ...] | None:
    """The channels that a model reads of a file, counted from 1; None for all that there are."""
    own = (about.get("prepare") or {}).get("chosen")
    return tuple(int(number) for number in own) if own else None


def network_numbers(pictures: np.ndarray, about: Mapping[str, Any]) -> np.ndarray:
    """Pictures (n, h, w, c), or one (h, w, c), as the network reads them: (n, c, h, w) float32
    with mean 0 and spread 1. Another size is stretched. PincelError for other channels."""
    wanted = about["prepare"]
    if pictures.ndim == 3:
        pictures = pictures[None]
    if "things" in wanted:
        return np.concatenate([inputs.network_input(picture, wanted) for picture in pictures])
    if pictures.shape[-1] != wanted["channels"]:
        soft = channels.are_colors(names_in(wanted))
        pictures = np.stack([with_channels(p, wanted["channels"], alpha=soft) for p in pictures])
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
    """`network_numbers` of pictures (n, h, w, c) as a torch tensor (n, c, h, w), float32."""
    import torch

    return torch.from_numpy(network_numbers(pictures, about))


def to_pictures(values: Any, about: Mapping[str, Any], kind: str = "uint8") -> np.ndarray:
    """What a generator made, (n, c, h, w) numbers or tensor, as pictures (n, h, w, c) of the type
    `kind`, uint8, uint16 or float32: the way back from `network_numbers`. Alpha becomes 0 or
    full where the data knew no other."""
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
    return _like(shown * np.float32(_MOST[kind]), np.dtype(kind))


def are_seen(about: Mapping[str, Any]) -> bool:
    """Whether a model's pictures are what people see, grey, RGB or RGBA; else they are stains,
    bands or slices, kept as they are (`own_pictures`) and looked at through `visible`."""
    return channels.are_colors(names_in(about["prepare"]))


def own_pictures(values: Any, about: Mapping[str, Any]) -> np.ndarray:
    """The same as `to_pictures`, (n, h, w, c), as they are kept: what people see as uint8, stains
    in the type of the files that the network learned from."""
    kind = "uint8" if are_seen(about) else about["prepare"].get("type", "uint8")
    return to_pictures(values, about, kind)


def visible(pictures: np.ndarray, about: Mapping[str, Any]) -> np.ndarray:
    """A model's pictures (..., h, w, c) to look at: as they are where people see them so, else
    (..., h, w, 3) uint8, the first three channels as red, green and blue (of two, nothing is blue;
    one is grey)."""
    return pictures if are_seen(about) else seen_rgb(pictures, False)
