"""Animations written from the letter of their formats, and what should be seen of them, reckoned
pixel by pixel from the specifications: GIF89a (CompuServe, 1990) and PNG, third edition (W3C)."""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from picture_files import chunk

CLEAR = (0, 0, 0, 0)
KEEP, CLEARED, UNDONE = "keep", "cleared", "undone"
_GIF_DISPOSAL = {KEEP: 1, CLEARED: 2, UNDONE: 3}
_APNG_DISPOSAL = {KEEP: 0, CLEARED: 1, UNDONE: 2}


@dataclass(frozen=True, eq=False)
class Step:
    """A patch: pixels (h, w, 4) for APNG, indices (h, w) and a palette for GIF."""

    pixels: np.ndarray
    x: int
    y: int
    then: str = KEEP
    over: bool = True
    palette: np.ndarray | None = None
    clear: int | None = None
    time: tuple[int, int] = (1, 10)  # seconds, a fraction

    def rgba(self) -> np.ndarray:
        """The patch in colours."""
        if self.palette is None:
            return self.pixels
        alpha = np.where(self.pixels == self.clear, 0, 255)[..., None]
        return np.concatenate([self.palette[self.pixels], alpha], -1).astype(np.uint8)


def seen(width: int, height: int, steps: list[Step]) -> list[np.ndarray]:
    """The frames as the specifications tell them, one pixel after the other in fractions."""
    canvas = [[CLEAR] * width for _ in range(height)]
    frames = []
    for step in steps:
        before = [list(row) for row in canvas]
        pixels = step.rgba()
        places = [(y, x) for y in range(pixels.shape[0]) for x in range(pixels.shape[1])]
        for y, x in places:
            above = tuple(int(v) for v in pixels[y, x])
            below = canvas[step.y + y][step.x + x]
            canvas[step.y + y][step.x + x] = _over(below, above) if step.over else above
        frames.append(np.array(canvas, np.uint8))
        if step.then == UNDONE:
            canvas = before
        for y, x in places if step.then == CLEARED else []:
            canvas[step.y + y][step.x + x] = CLEAR
    return frames


def _over(below: tuple[int, ...], above: tuple[int, ...]) -> tuple[int, ...]:
    upper, lower = Fraction(above[3], 255), Fraction(below[3], 255)
    alpha = upper + lower * (1 - upper)
    if not alpha:
        return CLEAR
    mixed = [
        (a * upper + b * lower * (1 - upper)) / alpha
        for a, b in zip(above[:3], below[:3], strict=True)
    ]
    return tuple(int(value + Fraction(1, 2)) for value in (*mixed, 255 * alpha))


def apng(
    width: int,
    height: int,
    steps: list[Step],
    *,
    plays: int = 0,
    kind: int = 6,
    bits: int = 8,
    extra: bytes = b"",
    cover: np.ndarray | None = None,
    stored: Any = None,
) -> bytes:
    """An APNG. stored: makes the samples (h, w, channels) of a patch's pixels; `cover` is a still
    for old readers that is no frame of the animation."""
    stored = stored or (lambda pixels: pixels)
    head = struct.pack(">II5B", width, height, bits, kind, 0, 0, 0)
    parts = [chunk(b"IHDR", head), extra, chunk(b"acTL", struct.pack(">II", len(steps), plays))]
    order = 0
    if cover is not None:
        parts.append(chunk(b"IDAT", _rows(stored(cover), bits)))
    for number, step in enumerate(steps):
        high, wide = step.pixels.shape[:2]
        how = (_APNG_DISPOSAL[step.then], int(step.over))
        control = struct.pack(">5I2H2B", order, wide, high, step.x, step.y, *step.time, *how)
        parts.append(chunk(b"fcTL", control))
        order += 1
        rows = _rows(stored(step.pixels), bits)
        if number == 0 and cover is None:
            parts.append(chunk(b"IDAT", rows))
            continue
        half = len(rows) // 2
        for piece in (rows[:half], rows[half:]):  # a frame may stand in several chunks
            parts.append(chunk(b"fdAT", struct.pack(">I", order) + piece))
            order += 1
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts) + chunk(b"IEND", b"")


def _rows(values: np.ndarray, bits: int) -> bytes:
    values = values.reshape(*values.shape[:2], -1)
    spread = values[..., None].astype(np.int64) >> np.arange(bits - 1, -1, -1) & 1
    packed = np.packbits(spread.reshape(len(values), -1).astype(np.uint8), axis=1)
    return zlib.compress(np.pad(packed, ((0, 0), (1, 0))).tobytes())


def gif(
    width: int,
    height: int,
    steps: list[Step],
    *,
    repeats: int | None = 0,
    interlaced: bool = False,
    shared: bool = True,
    ending: bytes = b";",
) -> bytes:
    """A GIF; the first palette is the file's (unless not `shared`), others their frames' own.
    repeats: the loop count as stored, None without one. A frame that is kept, has no transparent
    index and no time has no control block."""
    table = steps[0].palette if shared else None
    flags = 0 if table is None else _flags(table, 0x80)
    parts = [b"GIF89a", struct.pack("<HHBBB", width, height, flags, 0, 0)]
    parts.append(b"" if table is None else table_of(table))
    if repeats is not None:
        parts.append(b"!\xff\x0bNETSCAPE2.0\x03\x01" + struct.pack("<H", repeats) + b"\0")
    for step in steps:
        high, wide = step.pixels.shape
        own = step.palette if step.palette is not table else None
        time = 100 * step.time[0] // step.time[1]
        packed = _GIF_DISPOSAL[step.then] << 2 | (step.clear is not None)
        if (packed, time) != (4, 0):
            control = struct.pack("<BHB", packed, time, step.clear or 0)
            parts.append(b"!\xf9\x04" + control + b"\0")
        flags = (0 if own is None else _flags(own, 0x80)) | 0x40 * interlaced
        parts.append(b"," + struct.pack("<4HB", step.x, step.y, wide, high, flags))
        parts.append(b"" if own is None else table_of(own))
        parts.append(_lzw(_passes(step.pixels) if interlaced else step.pixels))
    return b"".join(parts) + ending


def _passes(rows: np.ndarray) -> np.ndarray:
    order = [
        y for first, step in ((0, 8), (4, 8), (2, 4), (1, 2)) for y in range(first, len(rows), step)
    ]
    return rows[order]


def _flags(palette: np.ndarray, base: int) -> int:
    return base | max((len(palette) - 1).bit_length() - 1, 0)


def table_of(palette: np.ndarray) -> bytes:
    """The colours, filled up to a power of two."""
    size = 2 << max((len(palette) - 1).bit_length() - 1, 0)
    return palette.astype(np.uint8).tobytes().ljust(3 * size, b"\0")


def _lzw(indices: np.ndarray) -> bytes:
    """Codes of nine bits with the table cleared before it grows: no compression, any decoder."""
    codes = []
    for place, index in enumerate(indices.ravel().tolist()):
        if place % 254 == 0:
            codes.append(256)
        codes.append(index)
    codes.append(257)
    bits = np.array([code >> n & 1 for code in codes for n in range(9)], np.uint8)
    data = np.packbits(bits, bitorder="little").tobytes()
    cut = [data[n : n + 255] for n in range(0, len(data), 255)]
    return b"\x08" + b"".join(bytes([len(part)]) + part for part in cut) + b"\0"
