"""How large a picture file will be once it is opened, mostly without decoding its pixels.

The same readers are asked that `open_picture` uses, in the same order, so that both agree on which
sample is a side and which a channel, and on how a picture is turned.
"""

from __future__ import annotations

import os
import struct
from pathlib import Path
from typing import BinaryIO

import numpy as np
from PIL import Image

from pincel.errors import PincelError, SystemReason
from pincel.pixels.arrays import axes_of
from pincel.pixels.damage import decoding, hushed
from pincel.pixels.from_pillow import orientation_of
from pincel.pixels.open import kind_of, open_picture
from pincel.pixels.tiff import pillow_of, size_in

_HEAD = 4096
_BY_PILLOW = ("PNG", "JPEG", "GIF", "WEBP", "BMP", "AVIF")


def size_of(path: str | os.PathLike[str]) -> tuple[int, int]:
    """Width and height of the picture in a file as `open_picture` gives it: upright, channels and
    slices told from sides. PincelError where the file cannot be read."""
    label = str(path)
    try:
        with open(path, "rb") as file:
            kind = kind_of(file.read(_HEAD), label)
            file.seek(0)
            with decoding(label, kind):
                known = _known(file, kind)
    except OSError as error:
        raise PincelError("picture.unreadable", name=label, reason=SystemReason(error)) from error
    if known is not None:
        return known
    picture = open_picture(Path(path))
    return picture.width, picture.height


def _known(file: BinaryIO, kind: str) -> tuple[int, int] | None:
    """The size that a file's header tells; None where it must be decoded to know."""
    if kind == "NPY":
        return _of_shape(_npy_shape(file))
    if kind == "TIFF":
        with hushed():
            return _of_tiff(file)
    if kind not in _BY_PILLOW:
        return None
    with Image.open(file, formats=[kind]) as image:
        size = image.size
        turned = (kind != "PNG" or _png_may_turn(file)) and orientation_of(image) >= 5
    return (size[1], size[0]) if turned else size


def _npy_shape(file: BinaryIO) -> tuple[int, ...]:
    version = np.lib.format.read_magic(file)
    if version == (1, 0):
        return np.lib.format.read_array_header_1_0(file)[0]
    return np.lib.format.read_array_header_2_0(file)[0]


def _of_shape(shape: tuple[int, ...]) -> tuple[int, int] | None:
    axes = axes_of(shape)
    return (shape[axes.index("w")], shape[axes.index("h")]) if axes else None


def _of_tiff(file: BinaryIO) -> tuple[int, int] | None:
    image, plain = pillow_of(file)
    if image is not None and plain and getattr(image, "n_frames", 1) == 1:
        return image.size  # Pillow gives a TIFF's size as it will stand
    file.seek(0)
    return size_in(file)


def _png_may_turn(file: BinaryIO) -> bool:
    """Whether a PNG holds anything that could tell an orientation: Pillow decodes a whole PNG to
    find that out, since it may stand behind the pixels."""
    file.seek(8)
    while len(head := file.read(8)) == 8:
        (length,), kind = struct.unpack(">I", head[:4]), head[4:]
        if kind == b"eXIf":
            return True
        start = file.read(min(length, 32)) if kind in (b"tEXt", b"zTXt", b"iTXt") else b""
        if start.startswith((b"Raw profile type", b"XML:com.adobe.xmp", b"exif")):
            return True
        file.seek(length - len(start) + 4, os.SEEK_CUR)
    return False
