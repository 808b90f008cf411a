"""PNG with 16 bits a channel. Pillow keeps the upper eight of colours; here are all sixteen."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from typing import Any

import numpy as np
from PIL import Image

from pincel.pixels.limits import check_bytes

_GREY, _RGB, _GREY_ALPHA, _RGBA = 0, 2, 4, 6


def is_png16(data: bytes) -> bool:
    """Whether these bytes begin a PNG of 16 bits a channel."""
    return len(data) > 33 and data[12:16] == b"IHDR" and data[24] == 16


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
