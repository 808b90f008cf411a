"""What the axes and the channels of a TIFF are, as the file itself declares it."""

from __future__ import annotations

import math
from typing import Any
from xml.etree import ElementTree

import numpy as np

from pincel.pixels import channels
from pincel.pixels.arrays import axes_of

_ALPHA = (1, 2)  # ExtraSamples: alpha multiplied into the colours, alpha for itself
_WORDS = ("C", "S")  # channels, and the samples of one page


def ordered(values: np.ndarray, axes: str) -> tuple[np.ndarray, str]:
    """An array of any type with tifffile's axes ("ZCYX", "TZCYXS", "YXC", ...) as (h, w),
    (h, w, c), (d, h, w) or (d, h, w, c), and which of these it is.

    Channels and samples become one axis, everything else but height and width another (Z, T,
    pages ...). Where a file only says how long an axis is and not what it is ("Q"), its shape must
    say, as that of an array.
    """
    keep = [i for i, name in enumerate(axes) if values.shape[i] != 1 or name in "YX"]
    values = values.reshape([values.shape[i] for i in keep])
    axes = "".join(axes[i] for i in keep)
    if axes.count("Q") == 1 and len(axes) == 3:
        guess = axes_of(values.shape) or "dhw"
        return (np.moveaxis(values, 0, -1), "hwc") if guess == "chw" else (values, guess)
    last = [axes.index(name) for name in _WORDS if name in axes]
    middle = [axes.index("Y"), axes.index("X")]
    first = [i for i in range(len(axes)) if i not in last and i not in middle]
    values = values.transpose(first + middle + last)
    height, width = (values.shape[len(first) + i] for i in range(2))
    shape: list[int] = [height, width]
    if first:
        shape.insert(0, math.prod(values.shape[: len(first)]))
    if last:
        shape.append(math.prod(values.shape[len(first) + 2 :]))
    return values.reshape(shape), ("d" if first else "") + "hw" + ("c" if last else "")


def side_of(series: Any) -> tuple[int, int]:
    """Width and height of the picture that `ordered` makes of a series, before it is decoded and
    before it is turned."""
    axes, shape = series.axes, series.shape
    if "Q" in axes:
        kept = [i for i, name in enumerate(axes) if shape[i] != 1 or name in "YX"]
        short = "".join(axes[i] for i in kept)
        if short.count("Q") == 1 and len(short) == 3:
            sizes = tuple(int(shape[i]) for i in kept)
            guess = axes_of(sizes) or "dhw"
            return sizes[guess.index("w")], sizes[guess.index("h")]
    return int(shape[axes.index("X")]), int(shape[axes.index("Y")])


def tiff_channel_names(file: Any, series: Any, count: int) -> tuple[str, ...]:
    """A name for each of `count` channels (see `channels`): of the file's own words for its
    channels, of what the samples of a page are, or numbers."""
    axes, shape = series.axes, series.shape
    words = file_channel_names(file)
    several = shape[axes.index("C")] if "C" in axes else 1
    samples = _samples(series.keyframe) if "S" in axes else ()
    if several == 1:
        if len(samples) == count:
            return samples
        return channels.numbered_channels(count, words) if words and count == 1 else _plain(count)
    stains = channels.numbered_channels(several, words)
    if len(samples) > 1:
        stains = tuple(f"{stain} {sample}" for stain in stains for sample in samples)
    return stains if len(stains) == count else channels.numbered_channels(count)


def _plain(count: int) -> tuple[str, ...]:
    return (channels.GREY,) if count == 1 else channels.numbered_channels(count)


def _samples(page: Any) -> tuple[str, ...]:
    """What the samples of a page are: red, green and blue where it says so, and alpha where
    ExtraSamples says so of the last one; the others have numbers."""
    count, extra = int(page.samplesperpixel), tuple(int(kind) for kind in page.extrasamples)
    colors = channels.RGB if getattr(page.photometric, "name", "") == "RGB" else ()
    names = list(channels.numbered_channels(count))
    if colors and count - len(extra) == len(colors):
        names[: len(colors)] = colors
    if extra and extra[-1] in _ALPHA:
        names[-1] = channels.ALPHA
        if count == 2:
            names[0] = channels.GREY
    return tuple(names)


def file_channel_names(file: Any) -> list[str]:
    """The names that a file gives its channels: OME-XML, or ImageJ's labels; [] without."""
    if file.is_ome and file.ome_metadata:
        return _ome_names(file.ome_metadata)
    if file.is_imagej:
        about = file.imagej_metadata or {}
        labels, count = about.get("Labels"), int(about.get("channels", 0) or 0)
        if isinstance(labels, (list, tuple)) and 0 < count <= len(labels):
            return [str(label) for label in labels[:count]]
    return []


def _ome_names(text: str) -> list[str]:
    """The Name of every Channel of the first Pixels (OME-XML, 2016-06)."""
    try:
        root = ElementTree.fromstring(text)
    except ElementTree.ParseError:
        return []
    pixels = next((one for one in root.iter() if one.tag.rpartition("}")[2] == "Pixels"), None)
    found = [] if pixels is None else list(pixels)
    return [one.get("Name") or "" for one in found if one.tag.rpartition("}")[2] == "Channel"]


def straight(values: np.ndarray) -> np.ndarray:
    """(..., c) whose last channel is alpha and multiplied into the others, with alpha divided
    out, of the same type; where alpha is 0, the others become 0.

    Opaque is the type's largest value for whole numbers, which are rounded and cut there, and 1 for
    floats, which are not cut.
    """
    whole = values.dtype.kind in "iu"
    most = float(np.iinfo(values.dtype).max) if whole else 1.0
    colors = values[..., :-1].astype(np.float64)
    alpha = values[..., -1:].astype(np.float64)
    divided = np.divide(colors * most, alpha, out=np.zeros_like(colors), where=alpha > 0)
    if whole:
        divided = np.rint(np.minimum(divided, most))
    return np.concatenate([divided.astype(values.dtype), values[..., -1:]], axis=-1)
