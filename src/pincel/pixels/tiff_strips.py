"""The strips and tiles of a TIFF: checked before they are expanded, and expanded by libtiff (which
Pillow carries) where tifffile alone cannot: LZW, LZMA, Zstandard."""

from __future__ import annotations

import math
import struct
import zlib
from io import BytesIO
from itertools import accumulate
from typing import Any

import numpy as np
from PIL import Image

from pincel.pixels.size_limits import MOST_BYTES, check_bytes

_PLAIN, _PACKBITS, _DEFLATE = 1, 32_773, (8, 32_946)
_PACKBITS_GROWTH = 65  # two bytes make at most 128
LIBTIFF = (5, 34_925, 50_000)
"""Compressions whose bytes libtiff expands: LZW, LZMA, Zstandard."""

_COMPRESSION, _FILL, _PREDICTOR = 259, 266, 317
_STARTS, _COUNTS = (273, 324), (279, 325)  # of strips, of tiles


def check_strips(page: Any, end: int) -> None:
    """Refuse strips and tiles that lie beyond the end of the file (EOFError) and such as would
    expand beyond their size (ValueError): tifffile puts zeros for the first, and expands first
    and measures then, though a few bytes may hold gigabytes. Other compressions are left to
    libtiff, which measures first."""
    strips = list(zip(page.dataoffsets, page.databytecounts, strict=True))
    if any(start + count > end for start, count in strips):
        raise EOFError("a strip lies beyond the end")
    if page.compression == _PACKBITS:
        if sum(page.databytecounts) * _PACKBITS_GROWTH > MOST_BYTES:
            raise ValueError("strips may expand beyond the limit")
    elif page.compression in _DEFLATE:
        handle = page.parent.filehandle
        most = math.prod(page.chunks) * page.keyframe.dtype.itemsize
        for start, count in strips:
            handle.seek(start)
            if len(zlib.decompressobj().decompress(handle.read(count), most + 1)) > most:
                raise ValueError("a strip expands beyond its size")
    elif page.compression != _PLAIN and page.compression not in LIBTIFF:
        raise ValueError("a compression that libtiff knows better")


def expanded(data: bytes, series: Any) -> bytes:
    """The same TIFF with the strips and tiles of this series expanded and nothing left to undo.
    Raises what Pillow raises where they are damaged, ValueError for a predictor of floats."""
    order = "<" if data[:1] == b"I" else ">"
    long = "Q" if data[2:4] in (b"+\0", b"\0+") else "I"
    check_bytes("TIFF", len(data) + math.prod(series.shape) * series.dtype.itemsize)
    parts, end = [data], len(data)
    edits: list[tuple[int, bytes]] = []
    for each in series.pages:
        page = (each if each is not None else series.keyframe).aspage()
        pieces = []
        for place, (start, count) in enumerate(
            zip(page.dataoffsets, page.databytecounts, strict=True)
        ):
            pieces.append(_piece(data[start : start + count], page, place, order))
        starts = [end + done for done in accumulate(map(len, pieces), initial=0)][:-1]
        end += sum(map(len, pieces))
        parts += pieces
        for codes, values in ((_STARTS, starts), (_COUNTS, list(map(len, pieces)))):
            entry = next(tag for code in codes if (tag := page.tags.get(code)) is not None)
            held = struct.pack(f"{order}{len(values)}{long}", *values)
            if len(values) > 1:  # elsewhere, and the entry says where
                parts.append(held)
                held, end = struct.pack(order + long, end), end + len(held)
            kind = 16 if long == "Q" else 4
            head = struct.pack(f"{order}HH{long}", entry.code, kind, len(values))
            edits.append((entry.offset, head + held))
        for code in (_COMPRESSION, _PREDICTOR):
            if (tag := page.tags.get(code)) is not None:
                edits.append((tag.valueoffset, struct.pack(order + "H", _PLAIN)))
    whole = bytearray(b"".join(parts))
    for at, text in edits:
        whole[at : at + len(text)] = text
    return bytes(whole)


def _piece(data: bytes, page: Any, place: int, order: str) -> bytes:
    """One strip or tile expanded: libtiff is told that it is a grey picture of bytes."""
    rows, columns, samples = _extent(page, place)
    across = -(-columns * samples * int(page.bitspersample) // 8)
    if not data:
        return bytes(rows * across)  # left out: nothing is written where nothing was
    fill = page.tags.get(_FILL)
    tags = [
        (256, across), (257, rows), (258, 8), (_COMPRESSION, int(page.compression)), (262, 1),
        (_FILL, int(fill.value) if fill is not None else 1), (273, 8), (277, 1), (278, rows),
        (279, len(data)),
    ]  # fmt: skip
    head = b"II*\0" + struct.pack("<I", 8 + len(data) + len(data) % 2)
    body = data + b"\0" * (len(data) % 2)
    table = struct.pack("<H", len(tags)) + b"".join(
        struct.pack("<HHII", t, 4, 1, v) for t, v in tags
    )
    with Image.open(BytesIO(head + body + table + bytes(4)), formats=["TIFF"]) as image:
        values = np.asarray(image)
    return _undone(values, page, (rows, columns, samples), order).tobytes()


def _undone(values: np.ndarray, page: Any, shape: tuple[int, int, int], order: str) -> np.ndarray:
    """Bytes (rows, across) without the predictor: each sample was stored as its difference from
    that of the pixel before (TIFF 6.0, section 14)."""
    if int(page.predictor) == 1:
        return values
    bits = int(page.bitspersample)
    if int(page.predictor) != 2 or bits not in (8, 16, 32, 64):
        raise ValueError("a predictor that libtiff knows better")
    kind = np.dtype(f"{order}u{bits // 8}")
    differences = np.ascontiguousarray(values).view(kind).reshape(shape)
    return np.cumsum(differences, axis=1, dtype=kind.newbyteorder("=")).astype(kind)


def _extent(page: Any, place: int) -> tuple[int, int, int]:
    """Rows, columns and samples of a strip or tile."""
    samples = 1 if int(page.planarconfig) == 2 else int(page.samplesperpixel)
    if page.is_tiled:
        return int(page.tilelength), int(page.tilewidth), samples
    most = min(int(page.rowsperstrip), int(page.imagelength))
    strips = -(-int(page.imagelength) // most)
    rows = min(most, int(page.imagelength) - (place % strips) * most)
    return rows, int(page.imagewidth), samples
