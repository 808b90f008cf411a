"""PNG: by Pillow, but for what it loses: the lower eight of 16 bits, and which grey is
transparent."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from typing import Any

import numpy as np
from PIL import Image

from pincel.pixels import apng, canvas
from pincel.pixels.channels import CONVENTION
from pincel.pixels.from_pillow import DecodeOptions, orientation_of, picture_of, picture_of_values
from pincel.pixels.picture import Picture
from pincel.pixels.size_limits import check_bytes, check_size

_GREY, _RGB, _GREY_ALPHA, _RGBA = 0, 2, 4, 6


def open_png(
    image: Image.Image, data: bytes, wanted: DecodeOptions, facts: dict[str, Any]
) -> Picture:
    """A picture of the PNG in `data`, which `image` has opened."""
    bits = data[24]
    facts |= {"bits": bits, "interlaced": bool(data[28])}
    if bits == 16 and getattr(image, "n_frames", 1) == 1:
        check_size(wanted.label, *image.size)
        values = read_values(data, wanted.label)
        facts |= {"mode": image.mode, "size": list(image.size)}
        count = values.shape[-1] if values.ndim == 3 else 1
        facts |= {"names": list(CONVENTION[count])}
        orientation = orientation_of(image) if "exif" in image.info else 1
        if orientation >= 5:
            wanted = wanted.turned()
        icc = image.info.get("icc_profile")
        return picture_of_values(values, wanted, facts, icc, orientation)
    key = image.info.get("transparency")
    if bits < 8 and image.mode == "L" and isinstance(key, int):
        # Pillow widens grey of 2 and 4 bits to eight, not the grey that is transparent
        image.info["transparency"] = key * 255 // (2**bits - 1)
    if getattr(image, "n_frames", 1) == 1:
        return picture_of(image, wanted, facts)
    facts["plays"] = apng.plays(data)
    return picture_of(
        image, wanted, facts, lambda: canvas.shown_frames(apng.patches(data), *image.size)
    )


def read_values(data: bytes, label: str) -> np.ndarray:
    """All channels of a 16-bit PNG, (h, w) or (h, w, 2|3|4) uint16; a transparent colour (tRNS)
    becomes an alpha channel. Raises what Pillow raises for damage."""
    kind = data[25]
    with _open(data) as image:
        check_bytes(label, image.width * image.height * len(image.getbands()) * 2)
        if kind == _GREY:
            values = np.asarray(image).astype(np.uint16)
        elif kind == _GREY_ALPHA:
            pairs = _as_rgba8(data)
            values = _joined(pairs[..., 0::2], pairs[..., 1::2])
        else:
            values = _joined(np.asarray(image), _lower_bytes(data))
        key = image.info.get("transparency")
    if key is None or kind not in (_GREY, _RGB):
        return values
    alike = values == np.asarray(key, np.uint16)
    opaque = ~(alike if kind == _GREY else alike.all(axis=-1))
    colors = values[..., None] if kind == _GREY else values
    alpha = opaque[..., None] * np.uint16(65_535)
    return np.concatenate([colors, alpha], axis=-1)


def _joined(upper: np.ndarray, lower: np.ndarray) -> np.ndarray:
    values = upper.astype(np.uint16)
    values <<= 8
    values |= lower
    return values


def _open(data: bytes) -> Any:
    return Image.open(BytesIO(data), formats=["PNG"])


def _lower_bytes(data: bytes) -> np.ndarray:
    """The same rows unpacked as little-endian: what Pillow then takes for the upper byte is the
    lower one of PNG's big-endian values."""
    with _open(data) as image:
        image.tile = [tile._replace(args=f"{image.mode};16L") for tile in image.tile]
        return np.asarray(image)


def _as_rgba8(data: bytes) -> np.ndarray:
    """Grey + alpha at 16 bits has the rows of RGBA at 8 bits: one header says the other."""
    header = b"IHDR" + data[16:24] + bytes([8, _RGBA]) + data[26:29]
    renamed = data[:12] + header + struct.pack(">I", zlib.crc32(header)) + data[33:]
    with _open(renamed) as image:
        return np.asarray(image)
