"""APNG: its patches decoded by Pillow one by one, laid on the canvas here.

Pillow (12.0 at least) lays a half-transparent patch over an opaque canvas and loses opacity (191 of
255 where 255 is right).
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from io import BytesIO

import numpy as np
from PIL import Image

from pincel.pixels.canvas import CLEAR, KEEP, PREVIOUS, Patch
from pincel.pixels.chunks import SIGNATURE, chunk, chunks

_SHARED = (b"PLTE", b"tRNS")  # what a frame's pixels mean; colour spaces are applied afterwards
_DISPOSALS = (KEEP, CLEAR, PREVIOUS)


def plays(data: bytes) -> int:
    """How often the animation is shown; 0 is for ever, 1 where the file is none."""
    for kind, value, _ in chunks(data):
        if kind == b"acTL" and len(value) == 8:
            return struct.unpack(">I", value[4:])[0]
    return 1


def patches(data: bytes) -> Iterator[Patch]:
    """Every frame as it is stored, without a still that is no part of the animation. Raises what
    Pillow raises for damage."""
    shared: list[bytes] = []
    head = control = b""
    pixels: list[bytes] = []
    missing = order = 0
    for kind, value, whole in chunks(data):
        if kind in (b"IHDR", b"IDAT", b"fdAT", b"fcTL", *_SHARED) and not _sound(whole):
            raise SyntaxError(f"broken chunk {kind!r}")
        if kind in (b"fcTL", b"fdAT"):
            if value[:4] != struct.pack(">I", order):
                raise SyntaxError("frames out of order")
            order += 1
        if kind == b"IHDR":
            head = value
        elif kind == b"acTL":
            (missing,) = struct.unpack_from(">I", value)
        elif kind in _SHARED:
            shared.append(whole)
        elif kind == b"fcTL":
            if pixels:
                yield _patch(head, control, shared, pixels)
                missing -= 1
            control, pixels = value, []
        elif kind == b"IDAT" and control:
            pixels.append(value)
        elif kind == b"fdAT":
            pixels.append(value[4:])
    if pixels:
        yield _patch(head, control, shared, pixels)
        missing -= 1
    if missing > 0:
        raise EOFError("fewer frames than announced")


def _patch(head: bytes, control: bytes, shared: list[bytes], pixels: list[bytes]) -> Patch:
    wide, high, x, y, shown, of, disposal, blend = struct.unpack(">4I2H2B", control[4:26])
    if x + wide > int.from_bytes(head[:4]) or y + high > int.from_bytes(head[4:8]):
        raise ValueError("a frame outside the picture")
    size = struct.pack(">II", wide, high) + head[8:]
    parts = [chunk(b"IHDR", size), *shared, chunk(b"IDAT", b"".join(pixels)), chunk(b"IEND", b"")]
    with Image.open(BytesIO(SIGNATURE + b"".join(parts)), formats=["PNG"]) as image:
        key = image.info.get("transparency")
        if head[8] < 8 and image.mode == "L" and isinstance(key, int):
            # Pillow widens grey of 2 and 4 bits to eight, not the grey that is transparent
            image.info["transparency"] = key * 255 // (2 ** head[8] - 1)
        rgba = np.asarray(image.convert("RGBA"))
    return Patch(rgba, x, y, 1000 * shown / (of or 100), _DISPOSALS[disposal], over=blend == 1)


def _sound(whole: bytes) -> bool:
    return zlib.crc32(whole[4:-4]) == struct.unpack(">I", whole[-4:])[0]
