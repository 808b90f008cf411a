"""GIF: its patches decoded by Pillow one by one, laid on the canvas here.

Pillow (12.0 at least) paints the canvas in the background colour where a frame without a
transparent entry is cleared or does not fill it; browsers leave it transparent.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import numpy as np
from PIL import Image

from pincel.pixels.canvas import CLEAR, KEEP, PREVIOUS, Patch, shown_frames
from pincel.pixels.from_pillow import DecodeOptions, picture_of
from pincel.pixels.picture import Picture
from pincel.pixels.size_limits import check_size

_IMAGE, _EXTENSION, _END = 0x2C, 0x21, 0x3B
_CONTROL, _APPLICATION = 0xF9, 0xFF
_DISPOSALS = {2: CLEAR, 3: PREVIOUS}
_MOST_PARTS = 100_000  # blocks; the frames themselves were counted before


def open_gif(
    image: Image.Image, data: bytes, wanted: DecodeOptions, facts: dict[str, Any]
) -> Picture:
    """A picture of the GIF in `data`, which `image` has opened."""
    if getattr(image, "n_frames", 1) > 1:
        facts["plays"] = plays(data)
        return picture_of(image, wanted, facts, lambda: shown_frames(patches(data), *image.size))
    if fills(data, *image.size):
        return picture_of(image, wanted, facts)
    check_size(wanted.label, *image.size)
    rgba = next((rgba for rgba, _ in shown_frames(patches(data), *image.size)), None)
    if rgba is None:
        return picture_of(image, wanted, facts)  # which says what is wrong
    colors = image.getpalette("RGB") or []
    facts["palette"] = [colors[i : i + 3] for i in range(0, len(colors), 3)]
    return picture_of(Image.fromarray(rgba), wanted, facts)


def fills(data: bytes, width: int, height: int) -> bool:
    """Whether the first frame covers the whole canvas."""
    for kind, at, _ in _blocks(data):
        if kind == _IMAGE:
            left, top, wide, high = struct.unpack_from("<4H", data, at + 1)
            return (left, top) == (0, 0) and wide >= width and high >= height
    return True


def plays(data: bytes) -> int:
    """How often the animation is shown: once unless it says more; 0 is for ever. The number in the
    file tells how often it is shown again, as browsers take it."""
    for kind, at, end in _blocks(data):
        told = data[at:end]
        if kind == _EXTENSION and told[1] == _APPLICATION and told[3:14] == b"NETSCAPE2.0":
            if len(told) < 18 or told[15] != 1:
                continue
            again = struct.unpack_from("<H", told, 16)[0]
            return again + 1 if again else 0
    return 1


def patches(data: bytes) -> Iterator[Patch]:
    """Every frame as it is stored. Raises what Pillow raises for damage."""
    flags, table = data[10], data[13 : 13 + _table(data[10])]
    control = b""
    for kind, at, end in _blocks(data):
        if kind == _EXTENSION and data[at + 1] == _CONTROL:
            control = data[at:end]
        elif kind == _IMAGE:
            left, top, wide, high = struct.unpack_from("<4H", data, at + 1)
            alone = b"GIF89a" + struct.pack("<HHBBB", wide, high, flags, 0, 0) + table + control
            alone += b"\x2c" + struct.pack("<4H", 0, 0, wide, high) + data[at + 9 : end] + b";"
            with Image.open(BytesIO(alone), formats=["GIF"]) as frame:
                rgba = np.asarray(frame.convert("RGBA"))
            told = control[3] if len(control) > 5 else 0
            hundredths = struct.unpack_from("<H", control, 4)[0] if len(control) > 5 else 0
            disposal = _DISPOSALS.get(told >> 2 & 7, KEEP)
            yield Patch(rgba, left, top, 10.0 * hundredths, disposal, over=True)
            control = b""  # it is for the next frame only


def _blocks(data: bytes) -> Iterator[tuple[int, int, int]]:
    """(kind, where it begins, where it ends) of every image and extension; stops where the file is
    cut, but hands out an image that is, so that decoding it says what is wrong."""
    at = 13 + _table(data[10])
    for _ in range(_MOST_PARTS):
        if at >= len(data) or data[at] not in (_IMAGE, _EXTENSION):
            return
        kind, begin = data[at], at
        at += 11 + _table(data[at + 9]) if kind == _IMAGE and at + 9 < len(data) else 2
        while at < len(data) and data[at]:
            at += 1 + data[at]
        at += 1
        if kind == _IMAGE or at <= len(data):
            yield kind, begin, min(at, len(data))


def _table(flags: int) -> int:
    """The bytes of the colour table that these flags announce."""
    return 3 << ((flags & 7) + 1) if flags & 0x80 else 0
