"""How the older formats are told by their first bytes: Truevision TGA (which has no signature), PCX
and Windows icons. Pillow decodes them; the alpha of a TGA and of a BMP of 16 bits is read here."""

from __future__ import annotations

import struct

import numpy as np
from PIL import Image, ImageChops

_TGA_FOOTER = b"TRUEVISION-XFILE."


def is_ico(data: bytes) -> bool:
    """Windows icon: reserved 0, type 1, at least one picture."""
    return data[:4] == b"\0\0\1\0" and len(data) > 22 and data[4:6] != b"\0\0" and data[9] == 0


def is_pcx(data: bytes) -> bool:
    """ZSoft PCX: maker 10, a known version, run lengths, 1 to 8 bits a plane."""
    start = data[:4]
    known = len(start) == 4 and start[0] == 10 and start[1] in (0, 2, 3, 4, 5)
    return known and start[2] in (0, 1) and start[3] in (1, 2, 4, 8) and len(data) > 128


def is_tga(data: bytes) -> bool:
    """Truevision TGA: its footer (version 2), or a header in which every field is possible
    (TGA File Format Specification 2.0, 1991)."""
    if len(data) < 18:
        return False
    mapped, kind = data[1], data[2]
    wide, high, depth, descriptor = struct.unpack_from("<HHBB", data, 12)
    possible = (
        mapped == (kind in (1, 9))
        and kind in (1, 2, 3, 9, 10, 11)
        and wide > 0
        and high > 0
        and depth in (8, 15, 16, 24, 32)
        and descriptor & 0xC0 == 0
        and (data[7] in (15, 16, 24, 32) if mapped else data[3:8] == bytes(5))
    )
    return possible or (kind in (1, 2, 3, 9, 10, 11) and _TGA_FOOTER in data[-26:])


def with_own_alpha(image: Image.Image, data: bytes) -> Image.Image:
    """The opened TGA `image` with the alpha that the file `data` declares in its descriptor.

    Without declared bits it is opaque, whatever stands in the fourth byte or the sixteenth bit.
    With them, a sixteenth bit that is set means visible, unless none is set, which says nothing.
    Pillow takes it the other way around, declared or not (findings/tga-sixteenth-bit.sh)."""
    sixteen = data[7 if data[1] else 16] in (15, 16)
    if image.mode != "RGBA" and not (image.mode == "P" and sixteen):
        return image
    rgba = image.convert("RGBA")
    if data[17] & 0x0F and not sixteen:
        return rgba
    unset = rgba.getchannel("A")
    if data[17] & 0x0F and unset.getextrema() != (255, 255):
        rgba.putalpha(ImageChops.invert(unset))
        return rgba
    return rgba.convert("RGB")


def with_alpha_bit(image: Image.Image, data: bytes) -> Image.Image:
    """The opened BMP `image` with the bit of alpha that the header of the file `data` may declare
    at 16 bits (A1 R5 G5 B5), which Pillow 13.0.0 leaves out (findings/bmp-of-sixteen-bits.sh).
    Set means visible, unless none is set, which says nothing."""
    if len(data) < 70:
        return image
    start, header = struct.unpack_from("<II", data, 10)
    tall, _, bits, packing = struct.unpack_from("<iHHI", data, 22)
    declared = header >= 56 and (bits, packing) == (16, 3) and data[66:70] == b"\0\x80\0\0"
    wide, high = image.size
    across = wide + wide % 2  # a row is filled up to four bytes
    if not declared or len(data) < start + 2 * across * high:
        return image
    words = np.frombuffer(data, "<u2", across * high, start).reshape(high, across)[:, :wide]
    alpha = (words >> 15).astype(np.uint8) * 255
    if not alpha.any():
        return image
    held = image.convert("RGB")
    held.putalpha(Image.fromarray(alpha[::-1] if tall > 0 else alpha))
    return held
