"""Arrays of numbers as pictures: what can be shown of them in eight bits."""

from __future__ import annotations

import math
import tokenize
from collections.abc import Sequence
from io import BytesIO
from typing import Any

import numpy as np
from PIL import Image

from pincel.errors import PincelError
from pincel.pixels import channels
from pincel.pixels.channels import CONVENTION
from pincel.pixels.picture import Picture
from pincel.pixels.size_limits import check_size
from pincel.pixels.to_rgba import block_size, rgba_of_image

# 65,535 / 257 = 255: the nearest of 256 evenly spaced values
_UPPER_BYTE = ((np.arange(65_536) + 128) // 257).astype(np.uint8)
_FEW = 4  # so few along an axis are channels, whichever axis it is


def axes_of(shape: tuple[int, ...]) -> str | None:
    """What the axes of an array of this shape are taken to be: "hw", "hwc" (channels last), "chw"
    (channels first), "dhw" (a volume: slices), "dhwc"; None if it is no picture.

    Three axes are channels last when the last is at most 4 or the shortest, channels first when
    the first is at most 4, and otherwise a volume.
    """
    if len(shape) == 2:
        return "hw"
    if len(shape) == 4 and shape[3] <= _FEW:
        return "dhwc"
    if len(shape) != 3:
        return None
    if shape[2] <= _FEW or shape[2] < min(shape[:2]):
        return "hwc"
    return "chw" if 1 <= shape[0] <= _FEW else "dhw"


def eight_bits(
    values: np.ndarray, extent: tuple[float, float] | None = None
) -> tuple[np.ndarray, tuple[float, float] | None]:
    """Any numbers as uint8 of the same shape, and the (low, high) that were stretched to 0-255 if
    they had to be.

    uint8 and whole numbers in 0-255 stay as they are, uint16 is divided by 257, booleans and
    floats in 0-1 are multiplied by 255; anything else is stretched from its least to its greatest
    finite value (or from `extent`). Not-a-number becomes 0.
    """
    kind = values.dtype
    if kind == np.uint8:
        return values, None
    if kind == np.bool_:
        return values.astype(np.uint8) * np.uint8(255), None
    if kind == np.uint16:
        return _UPPER_BYTE[values], None
    low, high = extent or _extent(values)
    if kind.kind in "iu" and low >= 0 and high <= 255:
        return values.astype(np.uint8), None
    plain: Any = values.astype(
        np.float32 if kind.itemsize <= 2 or kind == np.float32 else np.float64
    )
    if kind.kind == "f" and low >= 0 and high <= 1:
        stretched = None
    else:
        stretched = (low, high)
        plain = (plain - low) / (high - low) if high > low else np.zeros_like(plain)
    shown = np.rint(np.clip(np.nan_to_num(plain, nan=0.0), 0, 1) * 255)
    return shown.astype(np.uint8), stretched


def _extent(values: np.ndarray) -> tuple[float, float]:
    if values.dtype.kind == "f":
        values = values[np.isfinite(values)]
    return (float(values.min()), float(values.max())) if values.size else (0.0, 0.0)


def image_of(
    values: np.ndarray, axes: str, alpha: bool
) -> tuple[Image.Image, tuple[float, float] | None]:
    """An array as an 8-bit image to look at, and what was stretched: the first slice of a volume;
    one channel as grey, else the first three as red, green and blue (of two, nothing is blue).

    values  (h, w), (h, w, c), (c, h, w), (d, h, w) or (d, h, w, c) as `axes` says, of any type that
            `eight_bits` takes
    alpha   whether the last channel says how opaque each pixel is
    """
    whole = values
    if axes[0] == "d":
        values = values[0]
    elif axes == "chw":
        values = np.moveaxis(values, 0, -1)
    if values.ndim == 2:
        values = values[..., None]
    color = values[..., :-1] if alpha and values.shape[2] > 1 else values
    extent = _extent(whole) if axes == "dhw" and whole.dtype.itemsize > 1 else None
    shown, stretched = eight_bits(color[..., :3], extent)
    if shown.shape[2] == 2:
        shown = np.concatenate([shown, np.zeros_like(shown[..., :1])], axis=-1)
    if color is not values:
        shown = np.concatenate([shown, _alpha(values[..., -1:])], axis=-1)
    plain = shown[..., 0] if shown.shape[2] == 1 else shown
    return Image.fromarray(np.ascontiguousarray(plain)), stretched


def seen_rgb(pictures: np.ndarray, alpha: bool) -> np.ndarray:
    """Pictures (..., h, w, c) of any type as (..., h, w, 3) uint8 to look at: one channel as grey,
    else the first three as red, green and blue (of two, nothing is blue); laid on white where
    there is alpha, which is the last channel."""
    values = np.asarray(pictures)
    color = values[..., :-1] if alpha and values.shape[-1] > 1 else values
    shown = eight_bits(color[..., :3])[0]
    if shown.shape[-1] == 1:
        shown = shown.repeat(3, -1)
    elif shown.shape[-1] == 2:
        shown = np.concatenate([shown, np.zeros_like(shown[..., :1])], -1)
    if color is values:
        return shown
    part = _alpha(values[..., -1:]).astype(np.float32) / 255
    return np.rint(shown * part + 255 * (1 - part)).astype(np.uint8)


def _alpha(values: np.ndarray) -> np.ndarray:
    shown, stretched = eight_bits(values)
    flat = stretched is not None and stretched[0] == stretched[1]
    return np.full_like(shown, 255) if flat else shown


def checked_array(
    values: np.ndarray, label: str, axes: str | None = None
) -> tuple[np.ndarray, str]:
    """The array in native byte order, (h, w), (h, w, c), (c, h, w), (d, h, w) or (d, h, w, c), and
    its axes: those given, or what `axes_of` takes them to be.

    PincelError for what is no picture: other types than bools, whole numbers and floats, other
    shapes, no values at all, or too many pixels.
    """
    if values.dtype.kind not in "biuf":
        raise PincelError("picture.type", name=label, type=values.dtype)
    axes = axes or axes_of(values.shape)
    if axes is None:
        raise PincelError("picture.shape", name=label, shape=values.shape)
    if not values.size:
        raise PincelError("picture.no_pixels", name=label, shape=values.shape)
    start = axes.index("h")
    check_size(label, values.shape[start + 1], values.shape[start])
    return values.astype(values.dtype.newbyteorder("="), copy=False), axes


def read_npy(data: bytes, label: str) -> np.ndarray:
    """The array in the bytes of an .npy file, of any shape, as stored: never unpickles, never
    reserves more memory than the bytes hold.

    PincelError for types other than bools, whole numbers and floats; ValueError where the header is
    wrong or says more than there is.
    """
    stream = BytesIO(data)
    try:
        version = np.lib.format.read_magic(stream)
        if version == (1, 0):
            shape, fortran, kind = np.lib.format.read_array_header_1_0(stream)
        else:
            shape, fortran, kind = np.lib.format.read_array_header_2_0(stream)
    except tokenize.TokenError as error:  # numpy's second try at headers of Python 2
        raise ValueError("not a header") from error
    if kind.kind not in "biuf":
        raise PincelError("picture.type", name=label, type=kind)
    count, start = math.prod(shape), stream.tell()
    if min(shape, default=1) < 0 or count * kind.itemsize > len(data) - start:
        raise ValueError("fewer values than the header says")
    flat = np.frombuffer(data, kind, count, start)
    return flat.reshape(shape, order="F" if fortran else "C")


def picture_from_array(
    values: np.ndarray,
    label: str,
    name: str = "picture",
    at_most: tuple[int, int] | None = None,
    facts: dict[str, Any] | None = None,
    names: Sequence[str] | None = None,
) -> Picture:
    """A picture of an array: (h, w), (h, w, c), (c, h, w), (d, h, w) or (d, h, w, c), bools, whole
    numbers or floats (see `eight_bits` for their ranges). PincelError as `checked_array`.

    One channel is grey, two grey + alpha, three RGB, four RGBA, as in Pillow's own arrays, unless
    `names` says what each channel is (see `channels`); of more channels the first three are shown,
    of a volume the first slice. `raw` keeps every value (not with `at_most`).
    """
    values, axes = checked_array(values, label)
    count = values.shape[axes.index("c")] if "c" in axes else 1
    named = channels.channel_names(names, count, CONVENTION.get(count))
    image, stretched = image_of(values, axes, channels.has_alpha(named))
    factor = block_size(*image.size, at_most)
    info = {
        "format": "array",
        "type": str(values.dtype),
        "bits": 8 * values.dtype.itemsize,
        "axes": axes,
        "channels": count,
        "names": list(named),
        "stretched": stretched,
        "reduced": factor,
        **(facts or {}),
    }
    rgba = rgba_of_image(image, None, factor)
    raw = None if factor > 1 else values.copy()
    return Picture((rgba,), name=name, raw=raw, info=info)
