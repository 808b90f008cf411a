"""Aseprite files put together byte by byte, without Pincel's writer."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence


def chunk(kind: int, data: bytes) -> bytes:
    return struct.pack("<IH", len(data) + 6, kind) + data


def string(text: str) -> bytes:
    return struct.pack("<H", len(text.encode())) + text.encode()


def frame(chunks: Sequence[bytes], duration: int = 0) -> bytes:
    body = b"".join(chunks)
    return struct.pack("<IHHH6x", 16 + len(body), 0xF1FA, len(chunks), duration) + body


def file(
    frames: Sequence[bytes],
    width: int,
    height: int,
    depth: int,
    clear: int = 0,
    speed: int = 0,
    flags: int = 1,
) -> bytes:
    body = b"".join(frames)
    size = 128 + len(body)
    head = struct.pack(
        "<IHHHHHIHII", size, 0xA5E0, len(frames), width, height, depth, flags, speed, 0, 0
    )
    return (head + struct.pack("<B3xH", clear, 0)).ljust(128, b"\0") + body


def layer(
    name: str,
    flags: int = 1,
    kind: int = 0,
    level: int = 0,
    blend: int = 0,
    opacity: int = 255,
    tileset: int | None = None,
) -> bytes:
    body = struct.pack("<HHHHHHB3x", flags, kind, level, 0, 0, blend, opacity) + string(name)
    return chunk(0x2004, body + (b"" if tileset is None else struct.pack("<I", tileset)))


def cel(
    number: int,
    x: int,
    y: int,
    width: int,
    height: int,
    pixels,
    opacity: int = 255,
    packed: bool = True,
    z: int = 0,
) -> bytes:
    data = zlib.compress(bytes(pixels)) if packed else bytes(pixels)
    kind = 2 if packed else 0
    head = struct.pack("<HhhBHh5xHH", number, x, y, opacity, kind, z, width, height)
    return chunk(0x2005, head + data)


def link(number: int, to: int, x: int = 0, y: int = 0, opacity: int = 255, z: int = 0) -> bytes:
    return chunk(0x2005, struct.pack("<HhhBHh5xH", number, x, y, opacity, 1, z, to))


def tilemap(
    number: int, x: int, y: int, width: int, height: int, cells: Sequence[int], bits: int = 32
) -> bytes:
    form = {8: "B", 16: "H", 32: "I"}[bits]
    top = bits - 3
    masks = ((1 << top) - 1, 1 << top, 1 << (top + 1), 1 << (top + 2))  # tile, x, y, diagonal
    head = struct.pack("<HhhBHh5x", number, x, y, 255, 3, 0)
    head += struct.pack("<HHHIIII10x", width, height, bits, *masks)
    return chunk(0x2005, head + zlib.compress(struct.pack(f"<{len(cells)}{form}", *cells)))


def tileset(number: int, count: int, width: int, height: int, pixels, flags: int = 2 | 4) -> bytes:
    head = struct.pack("<IIIHHh14x", number, flags, count, width, height, 1) + string("tiles")
    data = zlib.compress(bytes(pixels))
    return chunk(0x2023, head + struct.pack("<I", len(data)) + data)


def palette(colors: Sequence[Sequence[int]], first: int = 0, size: int | None = None) -> bytes:
    """A new palette chunk; colours of three or four values."""
    body = struct.pack("<III8x", size or first + len(colors), first, first + len(colors) - 1)
    for color in colors:
        body += struct.pack("<H4B", 0, *color, *([255] if len(color) == 3 else []))
    return chunk(0x2019, body)


def tags(*told: tuple[str, int, int, int, int]) -> bytes:
    """(name, first, last, direction, repeat) each."""
    body = struct.pack("<H8x", len(told))
    for name, first, last, direction, repeat in told:
        body += struct.pack("<HHBH6x4B", first, last, direction, repeat, 0, 0, 0, 0)
        body += string(name)
    return chunk(0x2018, body)


def user_data(text: str = "", color: Sequence[int] = ()) -> bytes:
    body = struct.pack("<I", bool(text) | 2 * bool(color))
    return chunk(0x2020, body + (string(text) if text else b"") + bytes(color))


def slice_(name: str, keys: Sequence[tuple], flags: int = 0) -> bytes:
    """Keys of whole numbers: frame, x, y, w, h, then centre and pivot as the flags say."""
    body = struct.pack("<III", len(keys), flags, 0) + string(name)
    for key in keys:
        body += struct.pack(f"<{len(key)}i", *key)
    return chunk(0x2022, body)


RED, GREEN, BLUE = (255, 0, 0), (0, 255, 0), (0, 0, 255)
OLD_PALETTE = chunk(0x0004, struct.pack("<HBB", 1, 0, 4) + bytes([9, 9, 9, *RED, *GREEN, *BLUE]))
